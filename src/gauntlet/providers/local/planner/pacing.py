"""Time: tempo, scene lengths on the beat grid, and what can be read in them. All lengths are frames."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.formats import FPS
from gauntlet.providers.local.planner.text import is_wordless

CHARS_PER_S: Final = 17
"""Subtitling practice for alphabetic scripts."""

WORDLESS_CHARS_PER_S: Final = 8
"""For Japanese and Chinese, where a character says more; short display lines, so above subtitling's four to five."""

SCENE_MIN_FRAMES: Final = 25
"""5/6 s, below which words cannot be taken in."""

END_CARD_MIN_FRAMES: Final = 2 * FPS
"""Name, call and destination want so long, wherever the other scenes leave it."""

FIRST_SECONDS_FRAMES: Final = 5 * FPS
"""Three shots and the product belong within these."""


@dataclass(frozen=True, slots=True)
class Timing:
    """A tempo and the scene lengths that fit it."""

    tempo_bpm: int
    durations: tuple[int, ...]


def beat_frame(beat: int, tempo_bpm: float) -> int:
    """Return the frame nearest to a beat, the first beat being frame 0."""
    return math.floor(beat * 60 * FPS / tempo_bpm + 0.5)


def nearest_beat(frame: int, tempo_bpm: float) -> int:
    """Return the beat nearest to a frame."""
    return math.floor(frame * tempo_bpm / (60 * FPS) + 0.5)


def reading_frames(chars: int, *, language: str) -> int:
    """Return the frames that so many characters take to read, at least 5/6 s."""
    rate = WORDLESS_CHARS_PER_S if is_wordless(language) else CHARS_PER_S
    return max(SCENE_MIN_FRAMES, math.ceil(chars * FPS / rate))


def readable_chars(frames: int, *, language: str) -> int:
    """Return how many characters can be read in so many frames."""
    rate = WORDLESS_CHARS_PER_S if is_wordless(language) else CHARS_PER_S
    return frames * rate // FPS


def time_scenes(ideal: Sequence[float], needs: Sequence[int], *, total: int, tempo: tuple[int, int]) -> Timing:
    """Return the tempo in the range, and scene lengths nearest to the ideal ones, whose cuts all fall on beats.

    `ideal` are frames that need not sum to `total`; `needs` are those in which a scene's words can be read, kept where
    there is room. The last scene takes what the grid leaves. Every scene has at least 5/6 s, which five to eight scenes
    have room for in five seconds and more.
    """
    # The end card keeps the length it would like: longer lines before it must not eat it up.
    scale = (total - ideal[-1]) / sum(ideal[:-1])
    wished = [*(length * scale for length in ideal[:-1]), ideal[-1]]
    wholes = (tuple(needs), (0,) * len(wished))
    options = (
        _on_grid(wished, floor, total=total, tempo_bpm=bpm) for floor in wholes for bpm in range(tempo[0], tempo[1] + 1)
    )
    fitting = [option for option in options if option is not None]
    if not fitting:
        return _on_any_grid(wished, total=total)
    return min(fitting, key=lambda timing: _misfit(timing, wished, needs))


def _on_grid(wished: Sequence[float], needs: Sequence[int], *, total: int, tempo_bpm: int) -> Timing | None:
    starts = [0]
    at = 0.0
    floor = max(1, math.ceil(SCENE_MIN_FRAMES * tempo_bpm / (60 * FPS)))
    beat = 0
    for length, need in zip(wished[:-1], needs[:-1], strict=True):
        at += length
        beat = max(beat + floor, nearest_beat(round(at), tempo_bpm))
        if beat_frame(beat, tempo_bpm) - starts[-1] < max(SCENE_MIN_FRAMES, need):
            beat += 1
        starts.append(beat_frame(beat, tempo_bpm))
    durations = tuple(b - a for a, b in zip(starts, [*starts[1:], total], strict=True))
    return Timing(tempo_bpm, durations) if min(durations) >= SCENE_MIN_FRAMES else None


def _on_any_grid(wished: Sequence[float], *, total: int) -> Timing:
    """Return a timing at any tempo that has room; a mood's own range may be too coarse for a very short film."""
    none = [0] * len(wished)
    for bpm in range(60, 191):
        if timing := _on_grid(wished, none, total=total, tempo_bpm=bpm):
            return timing
    even = [total / len(wished)] * len(wished)
    return min(
        (t for bpm in range(50, 191) if (t := _on_grid(even, none, total=total, tempo_bpm=bpm))),
        key=lambda timing: _misfit(timing, even, none),
    )


def _misfit(timing: Timing, wished: Sequence[float], needs: Sequence[int]) -> float:
    # The end card's length matters twice: it is what the grid's remainder falls on.
    weights = [1.0] * (len(wished) - 1) + [2.0]
    pairs = zip(timing.durations, wished, weights, strict=True)
    unread = sum(length < need for length, need in zip(timing.durations, needs, strict=True))
    unread += timing.durations[-1] < END_CARD_MIN_FRAMES
    return unread + sum(weight * ((length - wish) / wish) ** 2 for length, wish, weight in pairs)

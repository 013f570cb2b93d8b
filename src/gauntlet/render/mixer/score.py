"""The score: every note and hit of a bed with its time; plain data between composing and sounding."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from gauntlet.core.errors import InvalidInput
from gauntlet.render.mixer.harmony import Chord
from gauntlet.render.timeline import MusicBed

BEATS_A_BAR: Final = 4
STEPS_A_BEAT: Final = 4
_LONGEST_ENDING_BEATS: Final = 10
TEMPO_RANGE_BPM: Final = (40.0, 240.0)


@dataclass(frozen=True, slots=True)
class Note:
    """Pitches sounded together by one timbre; `duration_s` is how long they are held."""

    role: str
    timbre: str
    pitches: tuple[int, ...]
    start_s: float
    duration_s: float
    gain_db: float
    send: float
    pan: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One stroke of a drum."""

    voice: str
    start_s: float
    gain_db: float
    pan: float


@dataclass(frozen=True, slots=True)
class Rise:
    """Wind that ends, at its loudest, at `end_s`."""

    end_s: float
    duration_s: float
    gain_db: float


@dataclass(frozen=True, slots=True)
class Span:
    """Beats from `start` to before `end`, counted from the film's first frame."""

    start: int
    end: int

    @property
    def beats(self) -> int:
        """Return how many beats it lasts."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Passage:
    """A section on the beat grid. In an `ending` the harmony has come home and rings out."""

    span: Span
    intensity: float
    ending: bool = False


@dataclass(frozen=True, slots=True)
class Harmony:
    """A chord and the beats it lasts."""

    span: Span
    chord: Chord


@dataclass(frozen=True, slots=True)
class Score:
    """The whole bed; `tonic` is a pitch class, 0 for C."""

    tonic: int
    tempo_bpm: float
    passages: tuple[Passage, ...]
    harmony: tuple[Harmony, ...]
    notes: tuple[Note, ...]
    hits: tuple[Hit, ...]
    rises: tuple[Rise, ...]

    @property
    def beat_s(self) -> float:
        """Return the seconds that a beat lasts."""
        return 60.0 / self.tempo_bpm


def passages(music: MusicBed, *, total_frames: int, fps: int) -> tuple[Passage, ...]:
    """Return the bed's sections on its beats, end to end from beat 0 past the last frame; the last one is the ending.

    An ending is at most ten beats long: of a longer last section only the last bar is one. InvalidInput for a bed
    without sections, sections out of order or a tempo out of range.
    """
    _check(music, total_frames=total_frames, fps=fps)
    beats_a_frame = music.tempo_bpm / 60 / fps
    last = max(1, -int(-total_frames * beats_a_frame // 1))
    starts = [0, *(round(section.start_frame * beats_a_frame) for section in music.sections[1:])]
    found = [
        Passage(Span(start, end), section.intensity)
        for start, end, section in zip(starts, [*starts[1:], last], music.sections, strict=True)
        if end > start
    ]
    final = found.pop()
    if final.span.beats <= _LONGEST_ENDING_BEATS and found:
        return (*found, Passage(final.span, final.intensity, ending=True))
    turn = max(final.span.start + (final.span.beats - 1) // 2, final.span.end - BEATS_A_BAR - 1)
    lead_in = [Passage(Span(final.span.start, turn), final.intensity)] if turn > final.span.start else []
    return (*found, *lead_in, Passage(Span(turn, final.span.end), final.intensity, ending=True))


def bars(span: Span) -> tuple[Span, ...]:
    """Return the span's bars of four beats from its own start; what is left over is the last bar, a lone beat joins it.

    The metre begins anew with each section, so that a cut always falls on a first beat.
    """
    starts = list(range(span.start, span.end, BEATS_A_BAR))
    if len(starts) > 1 and span.end - starts[-1] == 1:
        starts.pop()
    return tuple(Span(start, end) for start, end in pairwise([*starts, span.end]))


def harmonise(
    parts: Sequence[Passage], *, progression: Sequence[Chord], cadence: Chord, home: Chord, beats_a_chord: int
) -> tuple[Harmony, ...]:
    """Return who sounds when: the progression running through all sections, the cadence, and home for the ending."""
    found: list[Harmony] = []
    for passage in parts:
        if passage.ending:
            if found:
                found[-1] = Harmony(found[-1].span, cadence)
            found.append(Harmony(passage.span, home))
            continue
        for bar in bars(passage.span):
            starts = [s for s in range(bar.start, bar.end, beats_a_chord) if s == bar.start or bar.end - s > 1]
            for start, end in pairwise([*starts, bar.end]):
                found.append(Harmony(Span(start, end), progression[len(found) % len(progression)]))
    return tuple(found)


def _check(music: MusicBed, *, total_frames: int, fps: int) -> None:
    low, high = TEMPO_RANGE_BPM
    starts = [section.start_frame for section in music.sections]
    if not low <= music.tempo_bpm <= high:
        raise _invalid("tempo_bpm", music.tempo_bpm, f"{low:g} to {high:g} beats a minute")
    if total_frames <= 0 or fps <= 0:
        raise _invalid("total_frames" if total_frames <= 0 else "fps", min(total_frames, fps), "at least 1")
    if not starts:
        raise _invalid("sections", 0, "at least 1 section")
    if starts[0] != 0 or any(late <= early for early, late in pairwise(starts)) or starts[-1] >= total_frames:
        raise _invalid("sections", str(starts), f"rising start frames from 0 to under {total_frames}")


def _invalid(field: str, value: float | str, limit: str) -> InvalidInput:
    return InvalidInput(
        f"music bed's {field} is {value}; it must be {limit}",
        next_step=f"Correct {field} in the timeline's music bed.",
        details={"field": field, "value": value, "limit": limit},
    )

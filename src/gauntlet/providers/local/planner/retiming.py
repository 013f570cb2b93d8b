"""Gives scenes more or less time, or another place, keeping the film's length to the frame and its cuts on beats."""

from collections.abc import Sequence
from typing import Final

from gauntlet.core.creative.brief import Brief, Scene, Transition
from gauntlet.providers.local.planner.pacing import SCENE_MIN_FRAMES, beat_frame, nearest_beat, reading_frames

STEP_S: Final = 1.0
"""What "longer" means when nobody says by how much."""


def rebuilt(brief: Brief, scenes: Sequence[Scene]) -> Brief:
    """Return the brief with these scenes in this order: numbered, put on the beat grid, curves following them."""
    bpm, total = brief.audio_direction.tempo_bpm, brief.technical_specs.duration_frames
    starts = _starts([scene.duration_frames for scene in scenes], total=total, bpm=bpm)
    ends = [*starts[1:], total]
    placed = tuple(
        scene.model_copy(
            update={
                "number": index + 1,
                "start_frame": start,
                "duration_frames": end - start,
                "transition": Transition.CUT if index == 0 else scene.transition,
            }
        )
        for index, (scene, start, end) in enumerate(zip(scenes, starts, ends, strict=True))
    )
    levels = tuple(scene.music_intensity for scene in placed)
    return Brief.model_validate(
        brief.model_copy(
            update={
                "scenes": placed,
                "audio_direction": brief.audio_direction.model_copy(update={"intensity_curve": levels}),
                "pacing": brief.pacing.model_copy(update={"energy_curve": levels}),
            }
        ).model_dump(exclude_computed_fields=True)
    )


def _starts(durations: Sequence[int], *, total: int, bpm: float) -> list[int]:
    starts = [0]
    at = 0
    for duration in durations[:-1]:
        at += duration
        snapped = beat_frame(nearest_beat(at, bpm), bpm)
        # A grid coarser than the scene (another planner's brief) leaves the cut where it was.
        fits = starts[-1] + SCENE_MIN_FRAMES <= snapped <= total - SCENE_MIN_FRAMES
        starts.append(snapped if fits else at)
    return starts


def resized(brief: Brief, number: int, *, to_frames: int) -> Brief:
    """Return the brief with that scene as near to `to_frames` as the others' words allow, in whole beats.

    Time is taken from the scenes that have most to spare, the end card last, or given to those that are tightest.
    """
    scenes, bpm = list(brief.scenes), brief.audio_direction.tempo_bpm
    floors = [_floor(scene, brief.text_strategy.language) for scene in scenes]
    lengths = [float(scene.duration_frames) for scene in scenes]
    beat = 1800 / bpm
    mine = number - 1
    steps = int((abs(to_frames - lengths[mine]) + beat - 1) // beat) if to_frames > lengths[mine] else 0
    steps = steps or -round((lengths[mine] - to_frames) / beat)
    for _ in range(abs(steps)):
        other = _giver(lengths, floors, mine, beat) if steps > 0 else _taker(lengths, floors, mine, beat)
        if other is None:
            break
        giver, taker = (other, mine) if steps > 0 else (mine, other)
        lengths[giver] -= beat
        lengths[taker] += beat
    return rebuilt(
        brief, [s.model_copy(update={"duration_frames": round(n)}) for s, n in zip(scenes, lengths, strict=True)]
    )


def _floor(scene: Scene, language: str) -> int:
    return reading_frames(len(scene.overlay_text) + len(scene.supporting_text), language=language) + 1


def _giver(lengths: Sequence[float], floors: Sequence[int], mine: int, beat: float) -> int | None:
    """Return the scene with most to spare that can give a beat; the end card only when no other can."""
    able = [i for i in range(len(lengths)) if i != mine and lengths[i] - beat >= floors[i]]
    body = [i for i in able if i != len(lengths) - 1]
    return max(body or able, key=lambda i: lengths[i] - floors[i], default=None)


def _taker(lengths: Sequence[float], floors: Sequence[int], mine: int, beat: float) -> int | None:
    """Return the scene that is tightest, if the one concerned can give a beat."""
    if lengths[mine] - beat < floors[mine]:
        return None
    others = [i for i in range(len(lengths) - 1) if i != mine]
    return min(others, key=lambda i: lengths[i] - floors[i])

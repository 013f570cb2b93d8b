"""Scenes out of a draft: shots and moves that differ from their neighbours', prompts finished for image models."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.brief import CameraMovement, Palette, Purpose, Scene, ShotType
from gauntlet.core.creative.formats import FPS, SCENES_MAX, SCENES_MIN
from gauntlet.providers.llm.draft import DraftScene
from gauntlet.providers.local.planner import directing, story
from gauntlet.providers.local.planner.casting import Cast
from gauntlet.providers.local.planner.copywriting import Words
from gauntlet.providers.local.planner.known import Known
from gauntlet.providers.local.planner.moods import MANNERS
from gauntlet.providers.local.planner.pacing import SCENE_MIN_FRAMES, Timing
from gauntlet.providers.local.planner.text import clean, clipped

_SAYABLE_MAX: Final = 1_200
"""What a scene's own prompt may take, so that what every prompt ends with still fits."""


def shape_faults(scenes: Sequence[DraftScene], *, frames: int) -> tuple[str, ...]:
    """Return what is wrong with the story's shape, beyond what can be mended here."""
    purposes = [scene.purpose for scene in scenes]
    faults: list[str] = []
    most = min(SCENES_MAX, frames // SCENE_MIN_FRAMES)
    if not SCENES_MIN <= len(scenes) <= most:
        faults.append(f"There are {len(scenes)} scenes; a film of {frames / FPS:g} s has {SCENES_MIN} to {most}.")
    if purposes and purposes[-1] is not Purpose.CTA:
        faults.append(f"The last scene's purpose is {purposes[-1].value}; it must be cta.")
    if Purpose.CTA in purposes[:-1]:
        faults.append("Only the last scene may be the cta.")
    if Purpose.PRODUCT_SHOWCASE not in purposes:
        faults.append("No scene is a product_showcase; one must show the product.")
    return tuple(faults)


@dataclass(frozen=True, slots=True)
class Stage:
    """What scenes are set on: everything that is theirs together."""

    known: Known
    timing: Timing
    words: tuple[Words, ...]
    cast: Cast
    palette: Palette
    style: str | None
    seed: int


def scenes_of(drafts: Sequence[DraftScene], stage: Stage) -> tuple[Scene, ...]:
    """Return the scenes; `drafts` have a story's shape."""
    manner = MANNERS[stage.known.mood]
    purposes = tuple(draft.purpose for draft in drafts)
    shots = _shots(drafts, reused=stage.cast.reused)
    moves = _moves(drafts, shots, stage.known, seed=stage.seed)
    entries = directing.transitions(purposes, manner)
    levels = story.intensities(purposes, level=manner.level)
    scenes: list[Scene] = []
    for index, draft in enumerate(drafts):
        directed = {
            "shot_type": shots[index],
            "camera_movement": moves[index],
            "transition": entries[index],
            "music_intensity": levels[index],
        }
        scenes.append(Scene.model_validate({**_scene(draft, stage, index), **directed}))
    return tuple(scenes)


def _scene(draft: DraftScene, stage: Stage, index: int) -> dict[str, object]:
    """Return what a scene shows and says, and when."""
    picture = stage.cast.pictures.get(index)
    return {
        "number": index + 1,
        "purpose": draft.purpose,
        "start_frame": sum(stage.timing.durations[:index]),
        "duration_frames": stage.timing.durations[index],
        "subject": seen(draft.subject, stage.known),
        "environment": seen(draft.environment, stage.known),
        "generation_prompt": prompt_of(draft, stage.known, palette=stage.palette, style=stage.style),
        "overlay_text": stage.words[index].headline,
        "supporting_text": stage.words[index].supporting,
        "asset_id": picture.id if picture else None,
        "focus": picture.focus if picture else None,
    }


def seen(words: str, known: Known) -> str:
    """Return what is seen, or where, without what is forbidden."""
    return clipped(known.guard.clauses(clean(words).replace("\n", " ")), limit=300)


def prompt_of(draft: DraftScene, known: Known, *, palette: Palette, style: str | None) -> str:
    """Return the scene's prompt for an image model: the draft's words, ended as every scene's."""
    own = known.guard.clauses(clean(draft.generation_prompt).replace("\n", " "))
    words = clipped(own or f"{draft.subject}, {draft.environment}", limit=_SAYABLE_MAX).rstrip()
    closed = words if words.endswith((".", "!", "?")) or not words else f"{words}."
    return directing.finished_prompt(known, closed, palette=palette, style=style)


def _shots(drafts: Sequence[DraftScene], *, reused: frozenset[int]) -> tuple[ShotType, ...]:
    """Return the draft's shots where they are unlike their neighbours', else those that rules would choose."""
    ruled = directing.shots(tuple(draft.purpose for draft in drafts), reused=reused)
    chosen: list[ShotType] = []
    for index, draft in enumerate(drafts):
        if index == len(drafts) - 1:
            chosen.append(ShotType.END_CARD)
            continue
        before = chosen[-1] if chosen else None
        order = (ruled[index], draft.shot_type) if index in reused else (draft.shot_type, ruled[index])
        fits = [shot for shot in (*order, *ShotType) if shot not in (before, ShotType.END_CARD)]
        chosen.append(fits[0])
    return tuple(chosen)


def _moves(
    drafts: Sequence[DraftScene], shots: Sequence[ShotType], known: Known, *, seed: int
) -> tuple[CameraMovement, ...]:
    ruled = directing.moves(shots, MANNERS[known.mood], seed=seed)
    chosen: list[CameraMovement] = []
    for index, draft in enumerate(drafts):
        if index == len(drafts) - 1:
            chosen.append(CameraMovement.STATIC)
            continue
        before = chosen[-1] if chosen else None
        order = (draft.camera_movement, ruled[index], *MANNERS[known.mood].moves)
        chosen.append(next(move for move in order if move is not before))
    return tuple(chosen)

"""Changing a brief by hand: pure."""

from collections.abc import Sequence
from typing import Final

from pydantic import ValidationError
from pydantic.alias_generators import to_camel

from gauntlet.core.creative.brief import Brief, Palette, Scene
from gauntlet.core.creative.colour import contrast_ratio
from gauntlet.core.creative.formats import DURATION_MAX_S, DURATION_MIN_S, FPS
from gauntlet.core.errors import InvalidInput
from gauntlet.domain.briefs.schemas import BriefPatch, ScenePatch

_CONTRAST_MIN: Final = 4.5  # WCAG 2.2, success criterion 1.4.3
_SECTIONS: Final = frozenset(BriefPatch.model_fields) - {"version", "scenes"}
_SHOWN_CHARACTERS: Final = 100


def edited(brief: Brief, patch: BriefPatch) -> Brief:
    """Return the brief with the patch applied, whole and valid again: what follows from a change is changed with it.

    Raises `InvalidInput` naming the field that breaks a rule, and for a patch that changes nothing.
    """
    scenes = tuple(_edited_scenes(brief.scenes, patch.scenes))
    changes: dict[str, object] = {name: getattr(patch, name) for name in patch.model_fields_set & _SECTIONS}
    document = brief.model_copy(update={**changes, "scenes": scenes}).model_dump(
        by_alias=False, exclude_computed_fields=True
    )
    frames = sum(scene.duration_frames for scene in scenes)
    _check_length(frames)
    document["technical_specs"]["duration_frames"] = frames
    document["pacing"]["cuts_per_minute"] *= _frames(brief) / frames
    levels = tuple(scene.music_intensity for scene in scenes)
    if levels != tuple(scene.music_intensity for scene in brief.scenes):
        document["audio_direction"]["intensity_curve"] = document["pacing"]["energy_curve"] = levels
    try:
        changed = Brief.model_validate(document)
    except ValidationError as error:
        raise _broken(error) from error
    _check_palette(changed.visual_direction.palette)
    if changed == brief:
        raise InvalidInput("That changes nothing in the brief.", next_step="Say what should be different.")
    return changed


def _edited_scenes(scenes: Sequence[Scene], patches: Sequence[ScenePatch]) -> list[Scene]:
    by_number = {patch.number: patch for patch in patches}
    for number in by_number:
        if number > len(scenes):
            raise InvalidInput(
                f"There is no scene {number}: this brief has scenes 1 to {len(scenes)}.",
                next_step=f"Name a scene from 1 to {len(scenes)}.",
                details={"field": "scenes", "value": number, "limit": len(scenes)},
            )
    edited_scenes: list[Scene] = []
    at = 0
    for scene in scenes:
        changed = _edited_scene(scene, by_number.get(scene.number)).model_copy(update={"start_frame": at})
        edited_scenes.append(changed)
        at += changed.duration_frames
    return edited_scenes


def _edited_scene(scene: Scene, patch: ScenePatch | None) -> Scene:
    if patch is None:
        return scene
    changes: dict[str, object] = {
        name: getattr(patch, name) for name in patch.model_fields_set - {"number", "duration"}
    }
    if patch.duration is not None:
        changes["duration_frames"] = max(1, round(patch.duration * FPS))
    if "asset_id" in changes and changes["asset_id"] != scene.asset_id:
        changes.setdefault("focus", None)  # it was in the other picture
    return scene.model_copy(update=changes)


def _frames(brief: Brief) -> int:
    return brief.technical_specs.duration_frames


def _check_length(frames: int) -> None:
    duration_s = frames / FPS
    if not DURATION_MIN_S <= duration_s <= DURATION_MAX_S:
        raise InvalidInput(
            f"The scenes last {duration_s:g} s together; a film lasts {DURATION_MIN_S} to {DURATION_MAX_S} s.",
            next_step="Make scenes shorter or longer.",
            details={"field": "scenes", "value": duration_s, "limit": DURATION_MAX_S},
        )


def _check_palette(palette: Palette) -> None:
    grounds = (("background", "on_background"), ("primary", "on_primary"), ("accent", "on_accent"))
    for ground, type_ in grounds:
        ratio = contrast_ratio(getattr(palette, ground), getattr(palette, type_))
        if ratio < _CONTRAST_MIN:
            raise InvalidInput(
                f"{to_camel(type_)} {getattr(palette, type_)} on {ground} {getattr(palette, ground)} has a contrast of"
                f" {ratio:.1f}:1; type needs {_CONTRAST_MIN}:1 to be read.",
                next_step="Choose a lighter or a darker colour for one of the two.",
                details={
                    "field": f"visualDirection.palette.{to_camel(type_)}",
                    "value": round(ratio, 2),
                    "limit": _CONTRAST_MIN,
                },
            )


def _broken(error: ValidationError) -> InvalidInput:
    fault = error.errors(include_url=False, include_context=False)[0]
    way = ".".join(str(part + 1) if isinstance(part, int) else to_camel(part) for part in fault["loc"])
    value = repr(fault["input"])[:_SHOWN_CHARACTERS] if isinstance(fault["input"], str | int | float) else None
    told = str(fault["msg"]).removeprefix("Value error, ")
    return InvalidInput(
        f"{way or 'The brief'}: {told}{'' if value is None else f', not {value}'}.",
        next_step="Correct it and send the change again.",
        details={"field": way, "value": value},
    )

"""What changed between two versions of a brief, field by field, in words that people read: pure."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal, TypeAlias

from pydantic import Field

from gauntlet.core.creative.brief import Brief, Scene
from gauntlet.core.schema import Schema
from gauntlet.domain.briefs.matching import matched_scenes, out_of_order
from gauntlet.domain.briefs.wording import shown

Flat: TypeAlias = Mapping[str, object]

BRIEF_FIELDS: Final[dict[str, str]] = {
    "title": "The title",
    "product.name": "The product's name",
    "product.brand": "The brand",
    "product.category": "The product's category",
    "product.description": "The product's description",
    "product.price_tier": "The price tier",
    "audience": "The audience",
    "technical_specs.duration_frames": "The film's length",
    "technical_specs.aspect_ratio": "The aspect ratio",
    "technical_specs.platform": "The platform",
    "visual_direction.aesthetic": "The look",
    "visual_direction.mood": "The picture's mood",
    "visual_direction.palette.primary": "The primary colour",
    "visual_direction.palette.secondary": "The secondary colour",
    "visual_direction.palette.accent": "The accent colour",
    "visual_direction.palette.background": "The background colour",
    "visual_direction.lighting": "The lighting",
    "visual_direction.camera": "The camera work",
    "visual_direction.heading_font": "The font of headings",
    "visual_direction.body_font": "The font of text",
    "audio_direction.genre": "The music's genre",
    "audio_direction.mood": "The music's mood",
    "audio_direction.tempo_bpm": "The tempo",
    "audio_direction.instruments": "The instruments",
    "audio_direction.seed": "The take of the synthesized music",
    "text_strategy.language": "The language",
    "text_strategy.tone": "The tone of voice",
    "text_strategy.headline": "The headline",
    "text_strategy.tagline": "The tagline",
    "pacing.transition": "The usual transition",
    "call_to_action.text": "The call to action",
    "call_to_action.destination": "Where it leads",
    "call_to_action.offer": "The offer",
}
"""Fields that people decide about, in the order in which they are told."""

DERIVED_FIELDS: Final = frozenset(
    {
        # follow from the platform and the aspect ratio
        "technical_specs.width",
        "technical_specs.height",
        "technical_specs.fps",
        # follow from the other colours, for type to be legible on them
        "visual_direction.palette.on_background",
        "visual_direction.palette.on_primary",
        "visual_direction.palette.on_accent",
        "visual_direction.palette.source",
        # follow from the scenes, and are told with them
        "audio_direction.intensity_curve",
        "pacing.cuts_per_minute",
        "pacing.energy_curve",
        # follows from the language
        "text_strategy.direction",
        # what the planner says of its own work, which stands in each version
        "confidence.overall",
        "confidence.parts",
        "defaults_used",
        "planner",
    }
)
SCENE_FIELDS: Final[dict[str, str]] = {
    "purpose": "the purpose",
    "duration_frames": "the length",
    "shot_type": "the shot",
    "camera_movement": "the camera's movement",
    "subject": "the subject",
    "environment": "the setting",
    "generation_prompt": "the prompt for models",
    "overlay_text": "the headline",
    "supporting_text": "the supporting text",
    "music_intensity": "the music's intensity",
    "transition": "the transition",
    "asset_id": "the client's picture",
    "focus": "the focus in it",
}
DERIVED_SCENE_FIELDS: Final = frozenset({"number", "start_frame"})
"""A scene's place follows from the scenes before it; scenes that moved are told as such."""


class BriefChange(Schema):
    """One thing that is different. `text` says it whole; `before` and `after` are null where there is nothing."""

    kind: Literal["changed", "added", "removed", "moved"]
    scene: int | None = Field(default=None, description="Its number in the newer version; in the older where removed.")
    field: str = Field(description="The way to it in the newer version, as in `scenes.2.overlayText`.")
    before: str | None = None
    after: str | None = None
    text: str


class BriefDiff(Schema):
    """What is different in a version of a brief, the whole film's first, then scene by scene."""

    from_version: int
    to_version: int
    summary: str
    changes: tuple[BriefChange, ...]


def diff_briefs(before: Brief, after: Brief, *, from_version: int, to_version: int) -> BriefDiff:
    """Return what changed; nothing where both say the same."""
    changes = (*_film_changes(before, after), *_scene_changes(before, after), *_warning_changes(before, after))
    return BriefDiff(from_version=from_version, to_version=to_version, summary=_summary(changes), changes=changes)


def flat_fields(document: Schema) -> dict[str, object]:
    """Return the fields of a value object by their way to them (`product.name`), without computed ones."""
    found: dict[str, object] = {}
    for name in type(document).model_fields:
        value = getattr(document, name)
        if isinstance(value, Schema):
            found |= {f"{name}.{way}": inner for way, inner in flat_fields(value).items()}
        else:
            found[name] = value
    return found


def _film_changes(before: Brief, after: Brief) -> Iterator[BriefChange]:
    old, new = flat_fields(before), flat_fields(after)
    for way, label in BRIEF_FIELDS.items():
        yield from _change(label, way, old=old, new=new)


def _scene_changes(before: Brief, after: Brief) -> Iterator[BriefChange]:
    pairs = matched_scenes(before.scenes, after.scenes)
    kept = {new.number: old for old, new in pairs}
    yield from (_moved(old, new) for old, new in out_of_order(pairs))
    for scene in after.scenes:
        old = kept.get(scene.number)
        yield from _one_scene(old, scene) if old is not None else (_added(scene),)
    gone = {scene.number for scene in before.scenes} - {old.number for old, _ in pairs}
    for scene in before.scenes:
        if scene.number in gone:
            yield _removed(scene)


def _one_scene(before: Scene, after: Scene) -> Iterator[BriefChange]:
    old, new = flat_fields(before), flat_fields(after)
    for name, label in SCENE_FIELDS.items():
        yield from _change(f"Scene {after.number}: {label}", name, old=old, new=new, scene=after.number)


def _change(label: str, way: str, *, old: Flat, new: Flat, scene: int | None = None) -> Iterator[BriefChange]:
    if old[way] == new[way]:
        return
    was, is_ = shown(way, old[way]), shown(way, new[way])
    yield BriefChange(
        kind="changed",
        scene=scene,
        field=_field(way, scene=scene),
        before=was,
        after=is_,
        text=_sentence(label, was, is_),
    )


def _sentence(label: str, before: str | None, after: str | None) -> str:
    if before is None:
        return f"{label} is now {after}; there was none."
    if after is None:
        return f"{label} is gone; it was {before}."
    if before == after:  # different by less than is shown
        return f"{label} is slightly different."
    return f"{label} is now {after} instead of {before}."


def _field(way: str, *, scene: int | None) -> str:
    camel = ".".join(_camel(part) for part in way.split("."))
    return camel if scene is None else f"scenes.{scene}.{camel}"


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)


def _moved(before: Scene, after: Scene) -> BriefChange:
    return BriefChange(
        kind="moved",
        scene=after.number,
        field=f"scenes.{after.number}",
        before=f"scene {before.number}",
        after=f"scene {after.number}",
        text=f"Scene {after.number} was scene {before.number} before.",
    )


def _added(scene: Scene) -> BriefChange:
    told = _told(scene)
    return BriefChange(
        kind="added",
        scene=scene.number,
        field=f"scenes.{scene.number}",
        after=told,
        text=f"Scene {scene.number} is new: {told}.",
    )


def _removed(scene: Scene) -> BriefChange:
    told = _told(scene)
    return BriefChange(
        kind="removed", scene=scene.number, field="scenes", before=told, text=f"Scene {scene.number} is gone: {told}."
    )


def _told(scene: Scene) -> str:
    words = shown("overlay_text", scene.overlay_text) or shown("subject", scene.subject)
    told = f"{shown('purpose', scene.purpose)}, {shown('duration_frames', scene.duration_frames)}"
    return f"{told}, {words}" if words else told


def _warning_changes(before: Brief, after: Brief) -> Iterator[BriefChange]:
    old, new = ({warning.message for warning in brief.warnings} for brief in (before, after))
    for warning in after.warnings:
        if warning.message not in old:
            yield BriefChange(
                kind="added", field="warnings", after=warning.message, text=f"A new warning: {warning.message}"
            )
    for warning in before.warnings:
        if warning.message not in new:
            yield BriefChange(
                kind="removed",
                field="warnings",
                before=warning.message,
                text=f"A warning that no longer holds: {warning.message}",
            )


def _summary(changes: tuple[BriefChange, ...]) -> str:
    if not changes:
        return "Nothing changed."
    scenes = sorted({change.scene for change in changes if change.scene is not None and change.kind != "removed"})
    gone = sum(change.kind == "removed" and change.scene is not None for change in changes)
    whole = sum(change.scene is None for change in changes)
    parts = [f"{whole} {'thing' if whole == 1 else 'things'} about the whole film"] if whole else []
    if scenes:
        parts.append(f"{'scene' if len(scenes) == 1 else 'scenes'} {', '.join(map(str, scenes))}")
    if gone:
        parts.append(f"{gone} {'scene' if gone == 1 else 'scenes'} fewer to see")
    return f"Changed: {'; '.join(parts)}."

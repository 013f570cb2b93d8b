"""A storyboard while it is edited by hand: values, each edit giving another one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gauntlet.core.creative.brief import Brief, Scene, Transition
from gauntlet.core.creative.storyboard import SceneSource, StoryboardContent
from gauntlet.core.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Draft:
    """A storyboard being edited. `origins` are its scenes' places before the first edit."""

    content: StoryboardContent
    origins: tuple[int, ...]

    @property
    def brief(self) -> Brief:
        """Its brief."""
        return self.content.brief

    def with_scenes(self, scenes: Sequence[Scene]) -> "Draft":
        """Return it with these scenes in the place of those there are, laid one after another."""
        return replace(self, content=self.content.model_copy(update={"brief": _laid_out(self.brief, scenes)}))

    def with_scene(self, number: int, **changes: object) -> "Draft":
        """Return it with fields of one scene replaced."""
        scenes = [s.model_copy(update=changes) if s.number == number else s for s in self.brief.scenes]
        return self.with_scenes(scenes)

    def with_source(self, number: int, source: SceneSource) -> "Draft":
        """Return it with one scene's source replaced."""
        sources = (*self.content.sources[: number - 1], source, *self.content.sources[number:])
        return replace(self, content=self.content.model_copy(update={"sources": sources}))


def _laid_out(brief: Brief, scenes: Sequence[Scene]) -> Brief:
    placed: list[Scene] = []
    at = 0
    for number, scene in enumerate(scenes, start=1):
        opening = {"transition": Transition.CUT} if number == 1 else {}
        placed.append(scene.model_copy(update={"number": number, "start_frame": at, **opening}))
        at += scene.duration_frames
    changes: dict[str, object] = {
        "scenes": tuple(placed),
        "technical_specs": brief.technical_specs.model_copy(update={"duration_frames": at}),
    }
    if (len(placed), at) != (len(brief.scenes), brief.technical_specs.duration_frames):
        share = len(placed) / len(brief.scenes) * brief.technical_specs.duration_frames / at
        pacing = {"cuts_per_minute": brief.pacing.cuts_per_minute * share}
        changes["pacing"] = brief.pacing.model_copy(update=pacing)
    brief = brief.model_copy(update=changes)
    return brief if len(brief.pacing.energy_curve) == len(placed) else _with_curves(brief)


def _with_curves(brief: Brief) -> Brief:
    levels = tuple(scene.music_intensity for scene in brief.scenes)
    return brief.model_copy(
        update={
            "audio_direction": brief.audio_direction.model_copy(update={"intensity_curve": levels}),
            "pacing": brief.pacing.model_copy(update={"energy_curve": levels}),
        }
    )


def broken(
    message: str,
    *,
    next_step: str,
    field: str,
    value: str | float,
    scene: int | None = None,
    limit: float | None = None,
) -> InvalidInput:
    """Return the error for an edit that breaks a rule, its facts as data."""
    details = {"scene": scene, "field": field, "value": value, "limit": limit}
    return InvalidInput(
        message, next_step=next_step, details={name: one for name, one in details.items() if one is not None}
    )

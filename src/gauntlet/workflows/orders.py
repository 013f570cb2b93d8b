"""What a storyboard orders from models: out of a person's choices, filled in for each scene, and kept over edits."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final
from uuid import UUID

from pydantic import JsonValue

from gauntlet.core.creative.brief import Brief, BriefWarning, CameraMovement, Scene, ShotType
from gauntlet.core.creative.storyboard import MediaOrder, SceneSource, StoryboardContent
from gauntlet.core.errors import FieldFault, InvalidInput
from gauntlet.core.generation import ModelChoice, ModelId, ModelKind, is_built_in
from gauntlet.domain.jobs.schemas import ModelChoices
from gauntlet.providers.inputs import check_inputs, file_inputs
from gauntlet.providers.predictions import ModelCard
from gauntlet.workflows.inputs import Filled, Wishes, fill

FindCard = Callable[[ModelId, UUID], Awaitable[ModelCard]]
"""Returns a model for a client; raises `ProviderRejected` where there is none, and what asking for it may raise."""

IMAGE_KINDS: Final = frozenset({ModelKind.TEXT_TO_IMAGE})
MOTION_KINDS: Final = frozenset({ModelKind.IMAGE_TO_VIDEO, ModelKind.TEXT_TO_VIDEO})
MUSIC_KINDS: Final = frozenset({ModelKind.TEXT_TO_MUSIC})

_PROMPT_MAX: Final = 2_000
_MOVES: Final[Mapping[CameraMovement, str]] = {
    CameraMovement.STATIC: "The camera stands still.",
    CameraMovement.PUSH_IN: "The camera pushes in slowly.",
    CameraMovement.PULL_OUT: "The camera pulls out slowly.",
    CameraMovement.PAN_LEFT: "The camera pans left.",
    CameraMovement.PAN_RIGHT: "The camera pans right.",
    CameraMovement.TILT_UP: "The camera tilts up.",
    CameraMovement.TILT_DOWN: "The camera tilts down.",
}


def is_left_to_compositor(choice: ModelChoice | None) -> bool:
    """Tell whether Gauntlet draws, moves or plays it itself: no model, or its own without inputs of a person's."""
    return choice is None or (is_built_in(choice.model) and not choice.inputs)


def order_key(order: MediaOrder, *, picture: str | None = None) -> str:
    """Return what tells one order from another, `picture` being what the model is given to start from."""
    facts = order.model_dump(mode="json", exclude={"choice": {"inputs"}}) | {"picture": picture}
    canonical = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:40]


class OrderBook:
    """Turns choices into orders that fit their models."""

    def __init__(self, card: FindCard) -> None:
        self._card = card

    async def check_choices(self, models: ModelChoices, brief: Brief, *, client_id: UUID) -> None:
        """Raise for a choice that cannot be: an unknown model, one of another kind, inputs that it does not take.

        `brief` is any that the job could have; what a scene's own words add is checked when they are there.
        """
        scene = brief.scenes[0]
        for at, choice in _places("image", models.image, [one.image for one in models.scenes]):
            with faults_at(at):
                await self.image(choice, scene, brief, client_id=client_id)
        for at, choice in _places("motion", models.motion, [one.motion for one in models.scenes]):
            with faults_at(at):
                await self.motion(choice, scene, brief, client_id=client_id)
        for at, choice in _places("music", models.music, []):
            with faults_at(at):
                await self.music(choice, brief, client_id=client_id)

    async def image(
        self, choice: ModelChoice, scene: Scene, brief: Brief, *, client_id: UUID, take: int = 1
    ) -> MediaOrder:
        """Return the order for a scene's picture."""
        wishes = Wishes(
            prompt=scene.generation_prompt[:_PROMPT_MAX],
            aspect=brief.technical_specs.aspect_ratio,
            mood=brief.visual_direction.mood.value,
        )
        return await self._order(choice, wishes, kinds=IMAGE_KINDS, what="a picture", client_id=client_id, take=take)

    async def motion(
        self, choice: ModelChoice, scene: Scene, brief: Brief, *, client_id: UUID, take: int = 1
    ) -> MediaOrder:
        """Return the order for a scene's motion."""
        wishes = Wishes(
            prompt=f"{scene.generation_prompt[: _PROMPT_MAX - 100]} {_MOVES[scene.camera_movement]}".strip(),
            aspect=brief.technical_specs.aspect_ratio,
            duration_s=scene.duration,
            camera_movement=scene.camera_movement.value,
        )
        return await self._order(choice, wishes, kinds=MOTION_KINDS, what="motion", client_id=client_id, take=take)

    async def music(self, choice: ModelChoice, brief: Brief, *, client_id: UUID, take: int = 1) -> MediaOrder:
        """Return the order for the film's music."""
        audio = brief.audio_direction
        wishes = Wishes(
            prompt=(
                f"Instrumental {audio.genre} for an advertisement, {audio.mood.value},"
                f" {audio.tempo_bpm:g} BPM, with {', '.join(audio.instruments) or 'fitting instruments'}; no vocals."
            )[:_PROMPT_MAX],
            duration_s=brief.technical_specs.duration,
            tempo_bpm=audio.tempo_bpm,
            mood=audio.mood.value,
        )
        return await self._order(choice, wishes, kinds=MUSIC_KINDS, what="music", client_id=client_id, take=take)

    async def _order(
        self,
        choice: ModelChoice,
        wishes: Wishes,
        *,
        kinds: frozenset[ModelKind],
        what: str,
        client_id: UUID,
        take: int,
    ) -> MediaOrder:
        card = await self._card(choice.model, client_id)
        if card.kind not in kinds:
            fitting = " or ".join(sorted(kind.value for kind in kinds))
            raise InvalidInput(
                f"The model {choice.model} is of kind {card.kind.value}; {what} is made by {fitting}.",
                next_step=f"Choose one of gauntlet model list --kind {sorted(kind.value for kind in kinds)[0]}.",
                details={"field": "model", "value": choice.model, "limit": fitting},
            )
        _refuse_files(card, choice)
        filled = fill(card, choice, wishes)
        check_inputs(card, _with_picture(filled))
        return MediaOrder(
            choice=choice, kind=card.kind, inputs=filled.inputs, picture_input=filled.picture_input, take=take
        )


@contextmanager
def faults_at(place: str) -> Generator[None]:
    """Have faults of a choice's inputs name the way to them from the whole request, in which it stands at `place`."""
    try:
        yield
    except InvalidInput as error:
        error.faults = tuple(replace(fault, field=f"{place}.{fault.field}") for fault in error.faults)
        raise


def _places(
    role: str, choice: ModelChoice | None, of_scenes: Sequence[ModelChoice | None]
) -> list[tuple[str, ModelChoice]]:
    """Return the choices that there are, each with where it stands in a request for a job."""
    everywhere = [
        (f"models.{role}", choice),
        *((f"models.scenes.{at}.{role}", one) for at, one in enumerate(of_scenes)),
    ]
    return [(place, one) for place, one in everywhere if one is not None]


def _refuse_files(card: ModelCard, choice: ModelChoice) -> None:
    """Raise `InvalidInput` for a file among a person's inputs.

    A scene's order is sent long after it was asked for, as it stands: an address in it would be fetched by whoever it
    is given to, and a file of the library would not be part of what was approved.
    """
    given = sorted(name for name in file_inputs(card) if choice.inputs.get(name) is not None)
    if given:
        raise InvalidInput(
            f"The input {given[0]} of {choice.model} is a file; for a scene, a model is given the scene's own picture.",
            next_step=f"Leave {given[0]} out; files are given to a model with POST /api/v2/images and /videos, and what"
            " it makes of them to a scene with replace.",
            details={"field": f"inputs.{given[0]}", "model": choice.model},
            faults=[FieldFault(f"inputs.{name}", f"{name} is a file; a scene's model takes none") for name in given],
        )


def _with_picture(filled: Filled) -> dict[str, JsonValue]:
    """Return the inputs as they will be, for a check before the picture is there."""
    if filled.picture_input is None:
        return filled.inputs
    return {**filled.inputs, filled.picture_input: {"imageId": 1}}


async def with_orders(
    content: StoryboardContent,
    models: ModelChoices,
    *,
    book: OrderBook,
    client_id: UUID,
    films: Collection[UUID] = (),
) -> StoryboardContent:
    """Return a freshly cast storyboard with what its models are to make; choices that fit nothing become warnings.

    `films` are the assets that move by themselves.
    """
    warnings = _unused(content, models, films=films)
    for place in range(len(content.sources)):
        content = await _scene_ordered(content, place, models, book=book, client_id=client_id, films=films)
    if models.music is not None and content.bed is None and not is_left_to_compositor(models.music):
        music = await book.music(models.music, content.brief, client_id=client_id)
        content = content.model_copy(update={"music": music})
    if not warnings:
        return content
    brief = content.brief.model_copy(update={"warnings": (*content.brief.warnings, *warnings)})
    return content.model_copy(update={"brief": brief})


async def _scene_ordered(
    content: StoryboardContent,
    place: int,
    models: ModelChoices,
    *,
    book: OrderBook,
    client_id: UUID,
    films: Collection[UUID],
) -> StoryboardContent:
    scene, source = content.brief.scenes[place], content.sources[place]
    own = models.of_scene(scene.number)
    is_card = scene.shot_type is ShotType.END_CARD
    image = own.image or (models.image if source.kind == "panel" and not is_card else None)
    if image is not None:
        content = await with_image(content, place, image, book=book, client_id=client_id)
    motion = own.motion or (None if is_card else models.motion)
    if motion is not None and content.sources[place].asset_id not in films:
        content = await with_motion(content, place, motion, book=book, client_id=client_id)
    return content


async def with_image(
    content: StoryboardContent, place: int, choice: ModelChoice | None, *, book: OrderBook, client_id: UUID
) -> StoryboardContent:
    """Return the content with a scene's picture to be made by another model, or (None) drawn by the compositor.

    The same model with the same inputs again makes another picture.
    """
    scene, source = content.brief.scenes[place], content.sources[place]
    drawn = SceneSource(kind="panel", motion=source.motion)
    if choice is not None and not is_left_to_compositor(choice):
        order = await book.image(choice, scene, content.brief, client_id=client_id)
        order = order.model_copy(update={"take": _next_take(source.image, order)})
        drawn = SceneSource(kind="generated", image=order, motion=source.motion)
    bare = scene.model_copy(update={"asset_id": None, "focus": None})
    return _with_source(content, place, drawn, scene=bare)


async def with_motion(
    content: StoryboardContent, place: int, choice: ModelChoice | None, *, book: OrderBook, client_id: UUID
) -> StoryboardContent:
    """Return the content with a scene to be moved by another model, or (None) by the compositor's camera alone.

    Raises `InvalidInput` for a scene that shows footage.
    """
    scene, source = content.brief.scenes[place], content.sources[place]
    if choice is None or is_left_to_compositor(choice):
        return _with_source(content, place, source.model_copy(update={"motion": None}))
    if source.cut is not None:
        raise InvalidInput(
            f"Scene {scene.number} shows a film, which moves already.",
            next_step="Show a picture in it first, or choose another scene.",
            details={"field": "scene", "value": scene.number},
        )
    order = await book.motion(choice, scene, content.brief, client_id=client_id)
    order = order.model_copy(update={"take": _next_take(source.motion, order)})
    return _with_source(content, place, source.model_copy(update={"motion": order}))


async def with_music(
    content: StoryboardContent, choice: ModelChoice | None, *, book: OrderBook, client_id: UUID
) -> StoryboardContent:
    """Return the content with music to be made by another model, or (None) synthesized by the compositor.

    Raises `InvalidInput` where the client's own music plays.
    """
    if choice is None or is_left_to_compositor(choice):
        return content.model_copy(update={"music": None})
    if content.bed is not None:
        raise InvalidInput(
            f"The client's own music plays in this film ({content.bed.name[:80]}).",
            next_step="Submit a new job without it to have music made.",
            details={"field": "music", "value": choice.model},
        )
    order = await book.music(choice, content.brief, client_id=client_id)
    return content.model_copy(update={"music": order.model_copy(update={"take": _next_take(content.music, order)})})


async def renewed(
    before: StoryboardContent,
    content: StoryboardContent,
    *,
    origins: Sequence[int],
    book: OrderBook,
    client_id: UUID,
) -> StoryboardContent:
    """Return a changed storyboard whose orders say what its scenes say now; `origins` are the scenes' places before.

    What nothing was changed of keeps its order, and with it what was made.
    """
    for place, origin in enumerate(origins):
        scene, old = content.brief.scenes[place], before.brief.scenes[origin]
        source = content.sources[place]
        if source.image is not None and scene.generation_prompt != old.generation_prompt:
            order = await book.image(
                source.image.choice, scene, content.brief, client_id=client_id, take=source.image.take
            )
            if order != source.image:
                source = SceneSource(kind="generated", image=order, motion=source.motion)
        if source.motion is not None and _moves_otherwise(scene, old):
            order = await book.motion(
                source.motion.choice, scene, content.brief, client_id=client_id, take=source.motion.take
            )
            source = source.model_copy(update={"motion": order})
        content = _with_source(content, place, source)
    return content


def _moves_otherwise(scene: Scene, old: Scene) -> bool:
    return (scene.generation_prompt, scene.camera_movement, scene.duration_frames) != (
        old.generation_prompt,
        old.camera_movement,
        old.duration_frames,
    )


def _next_take(before: MediaOrder | None, order: MediaOrder) -> int:
    if before is None or before.model_copy(update={"take": 1}) != order:
        return 1
    return before.take + 1


def _with_source(
    content: StoryboardContent, place: int, source: SceneSource, *, scene: Scene | None = None
) -> StoryboardContent:
    sources = (*content.sources[:place], source, *content.sources[place + 1 :])
    if scene is None or scene == content.brief.scenes[place]:
        return content.model_copy(update={"sources": sources})
    scenes = (*content.brief.scenes[:place], scene, *content.brief.scenes[place + 1 :])
    brief = content.brief.model_copy(update={"scenes": scenes})
    return content.model_copy(update={"sources": sources, "brief": brief})


def _unused(content: StoryboardContent, models: ModelChoices, *, films: Collection[UUID]) -> list[BriefWarning]:
    count = len(content.brief.scenes)
    warnings = [
        BriefWarning(
            code="model_not_used",
            message=f"Models were chosen for scene {choice.scene}; this storyboard has {count} scenes.",
        )
        for choice in models.scenes
        if choice.scene > count
    ]
    for choice in models.scenes:
        is_used = choice.scene > count or choice.motion is None or choice.image is not None
        if not is_used and content.sources[choice.scene - 1].asset_id in films:
            message = f"Scene {choice.scene} shows a film, which moves already; no motion is ordered for it."
            warnings.append(BriefWarning(code="model_not_used", message=message))
    if models.music is not None and content.bed is not None:
        message = f"The client's own music plays ({content.bed.name[:80]}); none is ordered from {models.music.model}."
        warnings.append(BriefWarning(code="model_not_used", message=message[:500]))
    return warnings

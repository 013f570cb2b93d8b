"""Media for a brief's scenes, ordered of models at a person's word: pictures for all of them, motion for one."""

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from gauntlet.core.creative.brief import Scene, ShotType
from gauntlet.core.creative.storyboard import MediaOrder
from gauntlet.core.errors import InvalidInput
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.briefs.schemas import BriefContent, SceneImages, SceneMotion
from gauntlet.domain.briefs.service import BriefService
from gauntlet.domain.generations.schemas import FileReference, GeneratedMedium, GenerationOrder, GivenFile
from gauntlet.domain.generations.service import GenerationService
from gauntlet.workflows.generations import GenerationDesk
from gauntlet.workflows.orders import OrderBook, order_key


class BriefMediaDesk:
    """Orders media for scenes. The same model with the same inputs for the same scene of a version is ordered once."""

    def __init__(
        self, *, briefs: BriefService, book: OrderBook, desk: GenerationDesk, generations: GenerationService
    ) -> None:
        self._briefs = briefs
        self._book = book
        self._desk = desk
        self._generations = generations

    async def images(self, principal: Principal, brief_id: UUID, wanted: SceneImages) -> list[GeneratedMedium]:
        """Order a picture for every scene but the end card, or for those named, and return them in their order.

        Nothing is ordered where one of the orders does not fit the model: raises `InvalidInput`.
        """
        content = await self._briefs.content(principal, brief_id, version=wanted.version)
        scenes = _chosen(content, wanted.scenes)
        orders = [
            await self._book.image(wanted.model, scene, content.brief, client_id=content.client_id) for scene in scenes
        ]
        asked = [
            _generation_order(principal, content, scene, order, role="image")
            for scene, order in zip(scenes, orders, strict=True)
        ]
        for order in asked:
            await self._desk.check(order)
        made = [await self._desk.order(order) for order in asked]
        return [await self._generations.get(principal, "image", generation_id) for generation_id in made]

    async def motion(self, principal: Principal, brief_id: UUID, wanted: SceneMotion) -> GeneratedMedium:
        """Order a scene's motion of the picture that is named, or of words alone where the model takes no picture."""
        content = await self._briefs.content(principal, brief_id, version=wanted.version)
        (scene,) = _chosen(content, (wanted.scene,))
        order = await self._book.motion(wanted.model, scene, content.brief, client_id=content.client_id)
        files = await self._files(content, scene, order, wanted)
        picture = next((file.digest for file in files.values()), None)
        asked = _generation_order(principal, content, scene, order, role="motion", files=files, picture=picture)
        return await self._generations.get(principal, "video", await self._desk.order(asked))

    async def _files(
        self, content: BriefContent, scene: Scene, order: MediaOrder, wanted: SceneMotion
    ) -> dict[str, GivenFile]:
        """Return the picture that the model starts from: the one named, or else the one that the scene shows."""
        if order.picture_input is None:
            return {}
        asset_id = wanted.asset_id or (scene.asset_id if wanted.image_id is None else None)
        if asset_id is None and wanted.image_id is None:
            raise InvalidInput(
                f"The model {wanted.model.model} moves a picture, and scene {scene.number} shows none of the client's.",
                next_step="Name one with imageId or assetId; POST /api/v2/briefs/{id}/images makes pictures.",
                details={"field": "imageId", "scene": scene.number},
            )
        reference = FileReference(asset_id=asset_id, image_id=wanted.image_id)
        file = await self._generations.given_file(content.client_id, reference, name=order.picture_input)
        return {order.picture_input: file}


def _chosen(content: BriefContent, numbers: tuple[int, ...]) -> list[Scene]:
    scenes = content.brief.scenes
    if not numbers:
        return [scene for scene in scenes if scene.shot_type is not ShotType.END_CARD]
    for number in numbers:
        if number > len(scenes):
            raise InvalidInput(
                f"There is no scene {number}: this brief has scenes 1 to {len(scenes)}.",
                next_step=f"Name scenes from 1 to {len(scenes)}.",
                details={"field": "scenes", "value": number, "limit": len(scenes)},
            )
    return [scenes[number - 1] for number in dict.fromkeys(numbers)]


def _generation_order(
    principal: Principal,
    content: BriefContent,
    scene: Scene,
    order: MediaOrder,
    *,
    role: Literal["image", "motion"],
    files: Mapping[str, GivenFile] | None = None,
    picture: str | None = None,
) -> GenerationOrder:
    prompt = order.inputs.get("prompt")
    fingerprint = order_key(order, picture=picture)
    return GenerationOrder(
        key=f"brief-{content.brief_id}-v{content.version}-scene-{scene.number}-{role}-{fingerprint}",
        client_id=content.client_id,
        campaign_id=content.campaign_id,
        user_id=principal.user_id,
        brief_id=content.brief_id,
        scene_number=scene.number,
        kind=order.kind,
        model=order.choice.model,
        prompt=prompt if isinstance(prompt, str) else "",
        inputs=order.inputs,
        files=dict(files or {}),
    )

"""Media that are ordered for a brief's scenes; the models themselves are told of elsewhere."""

from uuid import uuid4

import pytest

from gauntlet.core.creative.brief import ShotType
from gauntlet.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from gauntlet.core.generation import ModelChoice
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.briefs.schemas import BriefDetail, BriefRefinement, SceneImages, SceneMotion
from gauntlet.domain.clients.schemas import Client, ClientDraft, MemberDraft
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.generations.schemas import GenerationQuery
from gauntlet.providers.base import ProviderRejected
from tests.domain.assets.library import upload
from tests.pictures import encoded, scene
from tests.workflows.brief_studio import ALL, BriefStudio, asked

# A built-in model is left to the compositor in a job; here a person asked for its picture.
PANEL = ModelChoice(model="gauntlet/panel")
MOTION = ModelChoice(model="gauntlet/motion")


@pytest.fixture
async def brief(plain: BriefStudio, ana: Principal, acme: Client) -> BriefDetail:
    return await plain.desk.create(ana, asked(acme))


async def test_images_are_ordered_for_every_scene_but_the_end_card_and_asking_again_orders_nothing(
    plain: BriefStudio, ana: Principal, brief: BriefDetail
) -> None:
    assert brief.content is not None
    made = await plain.media.images(ana, brief.id, SceneImages(model=PANEL))
    wanted = [scene.number for scene in brief.content.scenes if scene.shot_type is not ShotType.END_CARD]
    assert [image.scene_number for image in made] == wanted
    assert {image.brief_id for image in made} == {brief.id}
    prompts = [scene.generation_prompt for scene in brief.content.scenes]
    assert [image.prompt for image in made] == [prompts[number - 1] for number in wanted]
    again = await plain.media.images(ana, brief.id, SceneImages(model=PANEL))
    assert [image.id for image in again] == [image.id for image in made]
    assert (await plain.generations.list(ana, query=GenerationQuery(type="image"), page=ALL))[1] == len(wanted)


async def test_images_are_ordered_for_the_scenes_that_are_named_in_their_order(
    plain: BriefStudio, ana: Principal, brief: BriefDetail
) -> None:
    made = await plain.media.images(ana, brief.id, SceneImages(model=PANEL, scenes=(3, 1, 3)))
    assert [image.scene_number for image in made] == [3, 1]
    other = await plain.media.images(
        ana, brief.id, SceneImages(model=ModelChoice(model="gauntlet/panel", inputs={"seed": 9}), scenes=(3,))
    )
    assert other[0].id not in {image.id for image in made}


async def test_scene_of_another_version_is_another_order(
    plain: BriefStudio, ana: Principal, brief: BriefDetail
) -> None:
    await plain.desk.refine(ana, brief.id, BriefRefinement(instruction='Headline: "Read on"', scene=2))
    newest = await plain.media.images(ana, brief.id, SceneImages(model=PANEL, scenes=(1,)))
    first = await plain.media.images(ana, brief.id, SceneImages(model=PANEL, scenes=(1,), version=1))
    assert newest[0].id != first[0].id


async def test_order_that_does_not_fit_its_model_orders_nothing_at_all(
    plain: BriefStudio, ana: Principal, brief: BriefDetail
) -> None:
    for wanted, error in (
        (SceneImages(model=ModelChoice(model="gauntlet/panel", inputs={"nonsense": 1})), InvalidInput),
        (SceneImages(model=MOTION), InvalidInput),
        (SceneImages(model=ModelChoice(model="nobody/nothing")), ProviderRejected),
        (SceneImages(model=PANEL, scenes=(1, 8)), InvalidInput),
        (SceneImages(model=PANEL, version=9), NotFound),
    ):
        with pytest.raises(error):
            await plain.media.images(ana, brief.id, wanted)
    assert (await plain.generations.list(ana, query=GenerationQuery(type="image"), page=ALL))[1] == 0


async def test_motion_of_an_asset_is_ordered_once(
    plain: BriefStudio, ana: Principal, acme: Client, brief: BriefDetail
) -> None:
    asset = await upload(plain.assets, ana, acme, encoded(scene(), "jpg"), file_name="lamp.jpg")
    wanted = SceneMotion(scene=2, model=MOTION, asset_id=asset.id)
    made = await plain.media.motion(ana, brief.id, wanted)
    assert (made.scene_number, made.brief_id) == (2, brief.id)
    assert (await plain.media.motion(ana, brief.id, wanted)).id == made.id
    other = await upload(plain.assets, ana, acme, encoded(scene(at=(0.7, 0.5)), "jpg"), file_name="lamp2.jpg")
    assert (await plain.media.motion(ana, brief.id, wanted.model_copy(update={"asset_id": other.id}))).id != made.id


async def test_motion_without_a_picture_of_it_is_refused_with_what_to_do(
    plain: BriefStudio, ana: Principal, acme: Client, brief: BriefDetail, clients: ClientService
) -> None:
    with pytest.raises(InvalidInput, match="moves a picture, and scene 2 shows none") as raised:
        await plain.media.motion(ana, brief.id, SceneMotion(scene=2, model=MOTION))
    assert "imageId" in (raised.value.next_step or "")
    other = await clients.create(ana, ClientDraft(name="Other"))
    theirs = await upload(plain.assets, ana, other, encoded(scene(), "jpg"), file_name="x.jpg")
    with pytest.raises(NotFound):
        await plain.media.motion(ana, brief.id, SceneMotion(scene=2, model=MOTION, asset_id=theirs.id))
    (image,) = await plain.media.images(ana, brief.id, SceneImages(model=PANEL, scenes=(2,)))
    with pytest.raises(Conflict):
        await plain.media.motion(ana, brief.id, SceneMotion(scene=2, model=MOTION, image_id=image.id))


async def test_only_editors_order_media(
    plain: BriefStudio, ana: Principal, eve: Principal, acme: Client, brief: BriefDetail, clients: ClientService
) -> None:
    with pytest.raises(NotFound):
        await plain.media.images(eve, brief.id, SceneImages(model=PANEL))
    with pytest.raises(NotFound):
        await plain.media.images(ana, uuid4(), SceneImages(model=PANEL))
    await clients.members.add(ana, acme.id, MemberDraft(email=eve.email, role="viewer"))
    with pytest.raises(NotAllowed):
        await plain.media.images(eve, brief.id, SceneImages(model=PANEL))

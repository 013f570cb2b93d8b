"""References and assets that briefs are asked for with."""

from uuid import uuid4

import pytest

from gauntlet.core.errors import InvalidInput, NotFound, TooLarge, UnsupportedMedia
from gauntlet.db.models.briefs import BriefRow
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.briefs.schemas import BriefRefinement
from gauntlet.domain.clients.schemas import Client, ClientDraft
from gauntlet.domain.clients.service import ClientService
from tests.domain.assets.library import stream, upload
from tests.hosted import Fakes
from tests.media_files import film
from tests.pictures import encoded, noise, scene
from tests.workflows.brief_studio import (
    BriefStudio,
    asked,
    blob_count,
    count,
)


async def test_picture_as_reference_is_measured_shown_to_the_model_and_kept_with_the_brief(
    hosted: BriefStudio, ana: Principal, acme: Client, fakes: Fakes
) -> None:
    data = encoded(scene(2_000, 1_000), "png")
    async with hosted.desk.receiving(stream(data), file_name="/tmp/Mood board.png") as reference:
        brief = await hosted.desk.create(ana, asked(acme), uploaded=reference)
    assert brief.reference is not None
    assert (brief.reference.name, brief.reference.media, brief.reference.width) == ("Mood board.png", "picture", 2_000)
    assert brief.reference.colours
    assert "image/jpeg" in fakes.sent_text()
    assert await blob_count(hosted.database) == 1
    assert (await hosted.service.get(ana, brief.id)).reference == brief.reference


async def test_film_of_the_library_as_reference_is_shown_by_its_key_frames_and_may_be_deleted_later(
    hosted: BriefStudio, ana: Principal, acme: Client, fakes: Fakes
) -> None:
    asset = await upload(hosted.assets, ana, acme, film(frames=40, rate=10), file_name="clip.mp4")
    brief = await hosted.desk.create(ana, asked(acme, reference_asset_id=asset.id))
    assert brief.reference is not None
    assert (brief.reference.media, brief.reference_asset_id) == ("footage", asset.id)
    assert fakes.sent_text().count("image/jpeg") >= 2
    await hosted.assets.purge(ana, asset.id, permanently=True)
    refined = await hosted.desk.refine(ana, brief.id, BriefRefinement(instruction="Make it more dramatic."))
    assert (refined.version, refined.reference_asset_id) == (2, None)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (encoded(noise(3_000, 1_500), "png"), TooLarge),
        (b"just some words in a file", UnsupportedMedia),
        (encoded(noise(), "png")[:-9_000], InvalidInput),
    ],
    ids=["13 MB image", "text", "damaged"],
)
async def test_reference_that_is_not_taken_leaves_nothing_behind(
    data: bytes, error: type[InvalidInput], plain: BriefStudio, ana: Principal, acme: Client
) -> None:
    with pytest.raises(error):
        async with plain.desk.receiving(stream(data, piece=1_000_000), file_name="x.png") as reference:
            await plain.desk.create(ana, asked(acme), uploaded=reference)
    assert await blob_count(plain.database) == 0
    assert await count(plain.database, BriefRow) == 0


async def test_reference_of_a_request_that_is_refused_is_not_kept(
    plain: BriefStudio, ana: Principal, eve: Principal, acme: Client
) -> None:
    with pytest.raises(NotFound):
        async with plain.desk.receiving(stream(encoded(scene(), "jpg")), file_name="x.jpg") as reference:
            await plain.desk.create(eve, asked(acme), uploaded=reference)
    assert await blob_count(plain.database) == 0


async def test_assets_that_fit_nothing_or_are_another_clients_are_refused(
    plain: BriefStudio, ana: Principal, acme: Client, clients: ClientService
) -> None:
    other = await clients.create(ana, ClientDraft(name="Other"))
    theirs = await upload(plain.assets, ana, other, encoded(scene(), "jpg"), file_name="x.jpg")
    text = await upload(plain.assets, ana, acme, b"some words of a text", file_name="x.txt")
    for field in ("reference_asset_id", "logo_asset_id"):
        with pytest.raises(NotFound, match=str(theirs.id)):
            await plain.desk.create(ana, asked(acme, **{field: theirs.id}))
        with pytest.raises(InvalidInput, match="is of type document"):
            await plain.desk.create(ana, asked(acme, **{field: text.id}))
    with pytest.raises(NotFound):
        await plain.desk.create(ana, asked(acme, asset_ids=(theirs.id,)))
    with pytest.raises(NotFound, match="no campaign"):
        await plain.desk.create(ana, asked(acme, campaign_id=uuid4()))

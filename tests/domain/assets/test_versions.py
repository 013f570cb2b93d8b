import pytest

from gauntlet.core.errors import Conflict, InvalidInput, NotFound
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.schemas import ImageAsset
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.clients.schemas import Client
from gauntlet.storage.database import DatabaseBlobStore
from tests.clocks import ManualClock
from tests.domain.assets.library import ALL, OTHER_PNG, PNG, counted, found, replace, upload, used_bytes
from tests.media_files import film
from tests.pictures import SVG, encoded, scene


async def test_replaced_file_keeps_id_name_and_tags_and_the_old_bytes(
    assets: AssetService, blobs: DatabaseBlobStore, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme, tags=("hero",))
    clock.advance(seconds=5)

    new = await replace(assets, ana, asset.id, encoded(scene(width=120, height=90), "jpg"), file_name="glass.jpg")

    assert isinstance(new, ImageAsset)
    assert (new.id, new.name, new.tags, new.version) == (asset.id, "bottle.png", ("hero",), 2)
    assert (new.file_name, new.format, new.width, new.height) == ("glass.jpg", "jpg", 120, 90)
    assert (new.uploaded_at, new.updated_at) == (asset.uploaded_at, clock.now())
    old = await assets.file(ana, asset.id, kind="original", version=1)
    assert (await blobs.read_bytes(old.digest), old.name) == (PNG, "bottle.png")
    assert (await assets.file(ana, asset.id, kind="original", version=2)).name == "bottle.jpg"
    assert await found(assets, ana, format="jpg") == (["bottle.png"], 1)
    assert await found(assets, ana, format="png") == ([], 0)


async def test_versions_are_listed_newest_first(assets: AssetService, ana: Principal, acme: Client) -> None:
    asset = await upload(assets, ana, acme)
    await replace(assets, ana, asset.id)
    await assets.restore_version(ana, asset.id, 1)

    versions, total = await assets.versions(ana, asset.id, page=ALL)

    path = f"/api/v2/assets/{asset.id}/versions/"
    assert total == 3
    assert [(v.number, v.file_name, v.restored_from, v.is_current) for v in versions] == [
        (3, "bottle.png", 1, True),
        (2, "new.png", None, False),
        (1, "bottle.png", None, False),
    ]
    assert [(v.size, v.width, v.url) for v in versions[1:]] == [
        (len(OTHER_PNG), 120, f"{path}2/data"),
        (len(PNG), 300, f"{path}1/data"),
    ]


async def test_restored_version_is_a_new_one_that_repeats_the_old(
    assets: AssetService, database: Database, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme, SVG, file_name="logo.svg")
    await replace(assets, ana, asset.id)
    used, before = await used_bytes(database, acme), await counted(database)

    back = await assets.restore_version(ana, asset.id, 1)

    assert isinstance(back, ImageAsset)
    assert (back.version, back.format, back.width, back.file_name) == (
        3,
        "svg",
        asset.model_dump()["width"],
        "logo.svg",
    )
    assert await assets.file(ana, asset.id, kind="shown") == await assets.file(ana, asset.id, kind="shown", version=1)
    assert await used_bytes(database, acme) == used == len(SVG) + len(OTHER_PNG)
    assert await counted(database) == before | {"assets": before["assets"] + 1}


async def test_present_and_unknown_versions_are_not_restored(
    assets: AssetService, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)

    with pytest.raises(Conflict, match="present"):
        await assets.restore_version(ana, asset.id, 1)
    with pytest.raises(NotFound, match="no version 2"):
        await assets.restore_version(ana, asset.id, 2)
    with pytest.raises(NotFound, match="no version 2"):
        await assets.file(ana, asset.id, kind="original", version=2)


async def test_the_same_bytes_again_are_no_new_version(
    assets: AssetService, database: Database, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)
    before = await counted(database)

    assert await replace(assets, ana, asset.id, PNG) == asset
    assert await counted(database) == before


async def test_version_of_another_type_or_of_no_media_is_refused_and_stores_nothing(
    assets: AssetService, database: Database, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)
    before, used = await counted(database), await used_bytes(database, acme)

    with pytest.raises(InvalidInput, match="type video"):
        await replace(assets, ana, asset.id, film(), file_name="film.mp4")
    with pytest.raises(InvalidInput, match=r"“bad.png”"):
        await replace(assets, ana, asset.id, PNG[: len(PNG) // 2], file_name="bad.png")

    assert await assets.get(ana, asset.id) == asset
    assert (await counted(database), await used_bytes(database, acme)) == (before, used)

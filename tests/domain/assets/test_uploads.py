import asyncio
from collections.abc import AsyncIterator

import pytest

from gauntlet.core.errors import InvalidInput, NotFound, StorageFailed, TooLarge, UnsupportedMedia
from gauntlet.core.ids import Digest
from gauntlet.core.settings import AssetSettings
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.errors import QuotaExceeded
from gauntlet.domain.assets.schemas import AssetDraft, AudioAsset, DocumentAsset, ImageAsset, VideoAsset
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.campaigns.schemas import CampaignDraft
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.schemas import Client, ClientDraft
from gauntlet.domain.clients.service import ClientService
from gauntlet.media.pictures import decode_picture, picture_size
from gauntlet.storage.base import BlobFacts, Piece
from gauntlet.storage.database import DatabaseBlobStore
from tests import pictures
from tests.clocks import ManualClock
from tests.domain.assets.library import NOTHING, PNG, counted, stream, upload, used_bytes
from tests.media_files import film, sound
from tests.pictures import SVG, encoded, scene
from tests.services import asset_service


async def test_uploaded_picture_is_an_image_asset_with_its_facts(
    assets: AssetService, ana: Principal, acme: Client, clock: ManualClock
) -> None:
    asset = await upload(assets, ana, acme, tags=("product_shot", " hero "))

    assert isinstance(asset, ImageAsset)
    assert (asset.client_id, asset.user_id, asset.campaign_id) == (acme.id, ana.user_id, None)
    assert (asset.name, asset.format, asset.size) == ("bottle.png", "png", len(PNG))
    assert (asset.width, asset.height, asset.version) == (300, 200, 1)
    assert asset.tags == ("product_shot", "hero")
    assert asset.uploaded_at == clock.now()
    assert asset.url == f"/api/v2/assets/{asset.id}/data"
    assert await assets.get(ana, asset.id) == asset


async def test_asset_on_the_wire_has_exactly_the_documented_fields(
    assets: AssetService, ana: Principal, acme: Client
) -> None:
    document = (await upload(assets, ana, acme)).model_dump(mode="json")

    assert set(document) == set(
        (
            "type id userId clientId campaignId name fileName url size uploadedAt updatedAt deletedAt tags format"
            " version width height orientation frames hasAlpha dominantColours thumbnailUrl"
        ).split()
    )


async def test_facts_for_planner_and_compositor_are_kept(
    assets: AssetService, database: Database, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme, encoded(scene(), "jpg", orientation=6))

    async with database.read() as session:
        row = await session.get_one(AssetRow, asset.id)
    assert (row.width, row.height) == (200, 300)
    assert row.facts["orientation"] == 6
    assert row.facts["hasAlpha"] is False
    assert row.facts["focus"] == pytest.approx([0.5, 0.25], abs=0.06)
    assert len(row.facts["dominantColours"]) == 2


async def test_bytes_and_thumbnail_are_read_back(
    assets: AssetService, blobs: DatabaseBlobStore, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)

    data = await assets.file(ana, asset.id, kind="shown")
    assert (data.media_type, data.name, data.size_bytes) == ("image/png", "bottle.png", len(PNG))
    assert await blobs.read_bytes(data.digest) == PNG
    small = await assets.file(ana, asset.id, kind="thumbnail")
    assert (small.media_type, small.name) == ("image/webp", "bottle.webp")
    assert pictures.decoded(await blobs.read_bytes(small.digest)).shape[:2] == (200, 300)


async def test_svg_is_shown_as_png_and_kept_as_it_came(
    assets: AssetService, blobs: DatabaseBlobStore, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme, SVG, file_name="logo.svg")

    shown = await assets.file(ana, asset.id, kind="shown")
    assert (shown.media_type, shown.name) == ("image/png", "logo.png")
    assert (await blobs.read_bytes(shown.digest)).startswith(b"\x89PNG")
    original = await assets.file(ana, asset.id, kind="original")
    assert (original.media_type, original.name) == ("image/svg+xml", "logo.svg")
    assert await blobs.read_bytes(original.digest) == SVG


@pytest.mark.parametrize(
    "data",
    [
        SVG,
        SVG.replace(b"<circle", b"<script/><circle"),
        encoded(scene(), "jpg", orientation=6),
        encoded(scene(), "gif"),
    ],
)
async def test_size_in_the_row_is_the_one_that_the_compositor_measures_in(
    assets: AssetService, blobs: DatabaseBlobStore, database: Database, ana: Principal, acme: Client, data: bytes
) -> None:
    asset = await upload(assets, ana, acme, data)

    async with database.read() as session:
        row = await session.get_one(AssetRow, asset.id)
    kept = await blobs.read_bytes(Digest(row.blob_digest))
    picture = decode_picture(kept)
    assert (row.width, row.height) == picture_size(kept) == (picture.width, picture.height)
    assert isinstance(asset, ImageAsset)
    assert {asset.width, asset.height} == {300, 200}


async def test_scripts_of_an_svg_are_nowhere_in_the_store(
    assets: AssetService, blobs: DatabaseBlobStore, database: Database, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme, SVG.replace(b"<circle", b"<script>steal()</script><circle"))

    original = await assets.file(ana, asset.id, kind="original")
    kept = await blobs.read_bytes(original.digest)
    assert b"steal" not in kept
    assert b"circle" in kept
    assert asset.size == len(kept)
    assert await counted(database) == {"assets": 2, "blobs": 3, "holds": 0, "contents": 3, "finders": 5}


async def test_equal_pictures_share_their_bytes_and_outlive_one_another(
    assets: AssetService, database: Database, blobs: DatabaseBlobStore, ana: Principal, acme: Client
) -> None:
    first = await upload(assets, ana, acme)
    second = await upload(assets, ana, acme, file_name="same.png")
    assert await counted(database) == {"assets": 4, "blobs": 2, "holds": 0, "contents": 2, "finders": 8}

    await assets.purge(ana, first.id, permanently=True)
    file = await assets.file(ana, second.id, kind="shown")
    assert await blobs.read_bytes(file.digest) == PNG

    await assets.purge(ana, second.id, permanently=True)
    assert await counted(database) == NOTHING


async def test_equal_pictures_uploaded_and_refused_at_once_leave_just_what_succeeded(
    assets: AssetService, database: Database, blobs: DatabaseBlobStore, ana: Principal, acme: Client
) -> None:
    async def refused() -> None:
        # The name is known to be bad only after the bytes came, as where a form's fields follow its file.
        async with assets.receiving(stream(PNG), file_name="x.png"):
            await asyncio.sleep(0)

    results = await asyncio.gather(*(task for _ in range(3) for task in (upload(assets, ana, acme), refused())))

    made = [asset for asset in results if asset is not None]
    assert len(made) == 3
    assert await counted(database) == {"assets": 6, "blobs": 2, "holds": 0, "contents": 2, "finders": 9}
    for asset in made:
        file = await assets.file(ana, asset.id, kind="shown")
        assert await blobs.read_bytes(file.digest) == PNG


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (bytes(range(256)) * 4, UnsupportedMedia, ""),
        (b"", InvalidInput, "empty"),
        (b"%PDF-1.7\n" + bytes(500), InvalidInput, "PDF is damaged"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(500), InvalidInput, "damaged or cut short"),
        (film()[:4_000], InvalidInput, "cut short"),
        (PNG[: len(PNG) // 2], InvalidInput, "cut short"),
        (pictures.huge_png(), TooLarge, "30000 × 30000"),
        (SVG[:-10], InvalidInput, "cut short"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, InvalidInput, "DTD"),
    ],
)
async def test_bad_file_is_refused_by_its_name_and_nothing_is_stored(
    assets: AssetService,
    database: Database,
    ana: Principal,
    acme: Client,
    data: bytes,
    error: type[InvalidInput],
    said: str,
) -> None:
    with pytest.raises(error, match=f"(?s)“summer.png”.*{said}") as caught:
        await upload(assets, ana, acme, data, file_name="summer.png")

    assert caught.value.next_step
    assert await counted(database) == NOTHING


async def test_file_over_the_limit_is_refused_and_not_read_to_its_end(
    database: Database, blobs: DatabaseBlobStore, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    small = asset_service(database, blobs=blobs, settings=AssetSettings(size_limit_bytes=50_000), clock=clock)
    read_bytes = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read_bytes
        while True:
            read_bytes += 10_000
            yield bytes(10_000)

    with pytest.raises(TooLarge, match=r"“big.png”.*0\.05 MB") as caught:
        await small.upload(ana, client_id=acme.id, stream=endless(), file_name="big.png")

    assert caught.value.details["limit"] == 50_000
    assert read_bytes == 60_000
    assert await counted(database) == NOTHING


async def test_pixel_limit_is_a_setting(
    database: Database, blobs: DatabaseBlobStore, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    strict = asset_service(database, blobs=blobs, settings=AssetSettings(pixel_limit=59_999), clock=clock)

    with pytest.raises(TooLarge, match="300 × 200"):
        await upload(strict, ana, acme)
    assert await counted(database) == NOTHING


async def test_client_that_stops_sending_leaves_nothing(
    assets: AssetService, database: Database, ana: Principal, acme: Client
) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield PNG[:100]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await assets.upload(ana, client_id=acme.id, stream=broken(), file_name="x.png")
    assert await counted(database) == NOTHING


async def test_path_in_the_file_name_is_dropped(assets: AssetService, ana: Principal, acme: Client) -> None:
    assert (await upload(assets, ana, acme, file_name="../../x.png")).name == "x.png"


async def test_bad_name_or_tags_are_refused_before_a_byte_is_read(
    assets: AssetService, ana: Principal, acme: Client
) -> None:
    async def untouched() -> AsyncIterator[bytes]:
        raise AssertionError("the stream was read")
        yield b""

    for name, tags in (("😀" * 300, ()), (None, ("x" * 51,)), (None, tuple(str(n) for n in range(31)))):
        with pytest.raises(InvalidInput):
            await assets.upload(ana, client_id=acme.id, name=name, tags=tags, stream=untouched(), file_name="x.png")


async def test_somebody_elses_client_is_not_found_and_nothing_is_stored(
    assets: AssetService, database: Database, eve: Principal, acme: Client
) -> None:
    with pytest.raises(NotFound):
        await upload(assets, eve, acme)
    assert await counted(database) == NOTHING


async def test_campaign_of_another_client_is_not_found(
    assets: AssetService, campaigns: CampaignService, clients: ClientService, ana: Principal, acme: Client
) -> None:
    other = await clients.create(ana, ClientDraft(name="Other"))
    campaign = await campaigns.create(ana, CampaignDraft(client_id=other.id, name="Spring"))

    with pytest.raises(NotFound, match="campaign"):
        await upload(assets, ana, acme, campaign_id=campaign.id)
    asset = await upload(assets, ana, other, campaign_id=campaign.id)
    assert asset.campaign_id == campaign.id


async def test_asset_has_no_file_that_its_type_has_not(assets: AssetService, ana: Principal, acme: Client) -> None:
    asset = await upload(assets, ana, acme)

    with pytest.raises(NotFound, match="no waveform"):
        await assets.file(ana, asset.id, kind="waveform")


class FullStore(DatabaseBlobStore):
    """A disk that is full after the first few blobs."""

    def __init__(self, database: Database, *, room_for: int) -> None:
        super().__init__(database)
        self._room = room_for

    async def put(self, chunks: AsyncIterator[Piece], *, size_limit_bytes: int, is_durable: bool = True) -> BlobFacts:
        self._fill()
        return await super().put(chunks, size_limit_bytes=size_limit_bytes, is_durable=is_durable)

    async def put_bytes(self, data: bytes, *, is_durable: bool = True) -> BlobFacts:
        self._fill()
        return await super().put_bytes(data, is_durable=is_durable)

    def _fill(self) -> None:
        if self._room == 0:
            raise StorageFailed("The disk is full.", next_step="Free space.")
        self._room -= 1


@pytest.mark.parametrize("room_for", [0, 1, 2])
async def test_full_disk_at_any_point_leaves_nothing(
    database: Database, clock: ManualClock, ana: Principal, acme: Client, room_for: int
) -> None:
    assets = asset_service(
        database, blobs=FullStore(database, room_for=room_for), settings=AssetSettings(), clock=clock
    )

    with pytest.raises(StorageFailed):
        await upload(assets, ana, acme, SVG)
    assert await counted(database) == NOTHING


async def test_client_deleted_while_its_picture_came_in_leaves_nothing(
    assets: AssetService, clients: ClientService, database: Database, ana: Principal, acme: Client
) -> None:
    async def slow() -> AsyncIterator[bytes]:
        yield PNG[:1000]
        await clients.delete(ana, acme.id)
        yield PNG[1000:]

    with pytest.raises(NotFound):
        await assets.upload(ana, client_id=acme.id, stream=slow(), file_name="x.png")
    assert await counted(database) == NOTHING


async def test_film_sound_and_text_are_assets_with_their_facts_and_files(
    assets: AssetService, blobs: DatabaseBlobStore, ana: Principal, acme: Client
) -> None:
    made = await upload(assets, ana, acme, film(rotation=90), file_name="clip.mov")
    heard = await upload(assets, ana, acme, sound("wav", duration_s=1.0), file_name="bed.wav")
    read = await upload(assets, ana, acme, b"one\ntwo\n", file_name="brief.txt")

    assert isinstance(made, VideoAsset)
    assert (made.format, made.width, made.height, made.video_codec) == ("mp4", 96, 160, "h264")
    assert made.duration == pytest.approx(2.0, abs=0.11)
    small = await assets.file(ana, made.id, kind="thumbnail")
    assert pictures.decoded(await blobs.read_bytes(small.digest)).shape[:2] == (160, 96)
    assert (await assets.file(ana, made.id, kind="original")).name == "clip.mp4"
    assert isinstance(heard, AudioAsset)
    assert (heard.format, heard.channels, heard.duration) == ("wav", 1, pytest.approx(1.0, abs=0.01))
    waveform = await assets.waveform(ana, heard.id)
    assert waveform.duration_s == pytest.approx(1.0, abs=0.01)
    assert waveform.peaks[0] < waveform.peaks[-1]
    file = await assets.file(ana, heard.id, kind="waveform")
    assert (file.media_type, file.name) == ("application/json", "bed.json")
    assert isinstance(read, DocumentAsset)
    assert (read.format, read.line_count, read.page_count, read.thumbnail_url) == ("txt", 2, None, None)


async def test_files_past_the_quota_are_refused_before_and_after_they_come(
    database: Database, blobs: DatabaseBlobStore, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    settings = AssetSettings(client_quota_bytes=2 * len(PNG) - 1)
    assets = asset_service(database, blobs=blobs, settings=settings, clock=clock)
    await upload(assets, ana, acme)
    before = await counted(database)

    with pytest.raises(QuotaExceeded) as caught:
        await upload(assets, ana, acme, PNG + b"\0")
    assert (caught.value.code, caught.value.status) == ("quota_exceeded", 413)
    assert caught.value.details["quotaBytes"] == 2 * len(PNG) - 1
    assert caught.value.details["usedBytes"] == len(PNG)
    for size_bytes, error in ((len(PNG), QuotaExceeded), (10**12, TooLarge)):
        with pytest.raises(error):
            await assets.check_upload(ana, AssetDraft(client_id=acme.id), file_name="x", size_bytes=size_bytes)
    await assets.check_upload(ana, AssetDraft(client_id=acme.id), file_name="x", size_bytes=len(PNG) - 1)

    assert await counted(database) == before


async def test_uploads_at_once_do_not_pass_the_quota_together(
    database: Database, blobs: DatabaseBlobStore, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    settings = AssetSettings(client_quota_bytes=3 * len(PNG))
    assets = asset_service(database, blobs=blobs, settings=settings, clock=clock)

    results = await asyncio.gather(*(upload(assets, ana, acme) for _ in range(6)), return_exceptions=True)

    assert sum(isinstance(result, QuotaExceeded) for result in results) == 3
    assert sum(isinstance(result, ImageAsset) for result in results) == 3
    assert await used_bytes(database, acme) == 3 * len(PNG)
    assert (await counted(database))["assets"] == 6

"""What holds for uploads whatever surface they come through: crashes, two processes, time that is over."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from gauntlet.core.errors import Conflict, NotFound, TooLarge, UnsupportedMedia
from gauntlet.core.ids import Digest
from gauntlet.core.paging import Page
from gauntlet.core.settings import AssetSettings
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.blobs import BlobContentRow, BlobHoldRow, BlobRow
from gauntlet.db.models.uploads import UploadPartRow, UploadRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.assets.schemas import AssetDraft
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.clients.schemas import ClientDraft
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.uploads import rules
from gauntlet.domain.uploads.errors import BrokenOff, UploadGone, UploadInterrupted, UploadLocked
from gauntlet.domain.uploads.schemas import Stretch, Upload
from gauntlet.domain.uploads.service import UploadService
from gauntlet.domain.uploads.writers import Writers
from gauntlet.storage.database import DatabaseBlobStore
from tests.clocks import ManualClock
from tests.pictures import encoded, noise
from tests.services import asset_service, make_principal

PNG = encoded(noise(250, 200), "png")
PART_BYTES = 60_000


@dataclass(frozen=True)
class Library:
    """Ana's client and two processes that take uploads for it."""

    database: Database
    clock: ManualClock
    blobs: DatabaseBlobStore
    assets: AssetService
    uploads: UploadService
    elsewhere: UploadService
    ana: Principal
    client_id: UUID

    async def begin(self, *, size: int | None = len(PNG), file_name: str = "x.png") -> Upload:
        draft = AssetDraft(client_id=self.client_id)
        return await self.uploads.create(self.ana, draft, file_name=file_name, size_bytes=size, metadata_line="")

    async def send(self, upload: Upload, data: bytes, *, offset: int = 0) -> Upload:
        return await self.uploads.append(self.ana, upload.id, Stretch(offset, pieces(data)))

    async def stored(self) -> list[int]:
        """Return how many assets, parts, blobs, holds and contents there are."""
        tables = (AssetRow, UploadPartRow, BlobRow, BlobHoldRow, BlobContentRow)
        async with self.database.read() as session:
            return [await session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


async def pieces(data: bytes, *, size: int = 7_000) -> AsyncIterator[bytes]:
    for at in range(0, len(data), size):
        yield data[at : at + size]


@pytest.fixture
async def library(database: Database, clock: ManualClock, accounts: AccountService) -> Library:
    blobs = DatabaseBlobStore(database, clock=clock)
    settings = AssetSettings()
    assets = asset_service(database, blobs=blobs, settings=settings, clock=clock)

    def uploads() -> UploadService:
        return UploadService(
            database,
            blobs=blobs,
            assets=assets,
            settings=settings,
            clock=clock,
            writers=Writers(idle_limit_s=5, patience_s=0.2),
            part_bytes=PART_BYTES,
        )

    ana = await make_principal(accounts, "ana@example.com")
    client = await ClientService(database, clock=clock).create(ana, ClientDraft(name="Acme"))
    return Library(database, clock, blobs, assets, uploads(), uploads(), ana, client.id)


async def test_crash_between_two_parts_loses_only_what_was_not_told_to_be_safe(library: Library) -> None:
    large = encoded(noise(500, 400), "png")
    upload = await library.begin(size=len(large))
    entered = asyncio.Event()

    async def until_the_crash() -> AsyncIterator[bytes]:
        yield large[: 5 * PART_BYTES + 10_000]
        entered.set()
        await asyncio.Event().wait()

    dying = asyncio.create_task(library.uploads.append(library.ana, upload.id, Stretch(0, until_the_crash())))
    await entered.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)

    found = await library.elsewhere.resume(library.ana, upload.id)
    assert found.offset == 5 * PART_BYTES
    done = await library.send(upload, large[found.offset :], offset=found.offset)
    assert done.asset_id is not None
    assert b"".join([piece async for piece in library.blobs.read(await digest_of(library, done.asset_id))]) == large


async def digest_of(library: Library, asset_id: UUID) -> Digest:
    async with library.database.read() as session:
        return Digest((await session.get_one(AssetRow, asset_id)).blob_digest)


async def all_but_the_asset(library: Library) -> Upload:
    """Leave an upload as a crash does between its last part and its asset."""
    upload = await library.begin(size=None)
    await library.send(upload, PNG)
    async with library.database.transaction() as session:
        await session.execute(update(UploadRow).values(size_bytes=len(PNG)))
    return upload


async def test_asking_where_to_go_on_makes_the_asset_that_a_crash_left_unmade(library: Library) -> None:
    upload = await all_but_the_asset(library)

    found = await library.elsewhere.resume(library.ana, upload.id)
    assert (found.status, found.offset, found.asset_id) == ("complete", len(PNG), upload.id)
    assert (await library.stored())[:2] == [1, 0]
    assert await library.uploads.resume(library.ana, upload.id) == found


async def test_sending_nothing_makes_the_asset_that_a_crash_left_unmade(library: Library) -> None:
    upload = await all_but_the_asset(library)
    done = await library.send(upload, b"", offset=len(PNG))
    assert done.status == "complete"


async def test_asset_whose_upload_a_crash_left_open_is_not_made_twice(library: Library) -> None:
    upload = await all_but_the_asset(library)
    await library.uploads.resume(library.ana, upload.id)
    async with library.database.transaction() as session:
        await session.execute(update(UploadRow).values(status="receiving", asset_id=None))

    found = await library.elsewhere.resume(library.ana, upload.id)
    assert found.asset_id == upload.id
    assert (await library.stored())[0] == 1


async def test_refusal_that_is_met_when_going_on_is_told_as_gone(library: Library) -> None:
    upload = await library.begin(size=None, file_name="words.png")
    await library.send(upload, b"\x00\x01" * 5_000)
    async with library.database.transaction() as session:
        await session.execute(update(UploadRow).values(size_bytes=10_000))

    with pytest.raises(UploadGone, match=r"words\.png"):
        await library.uploads.resume(library.ana, upload.id)
    assert (await library.uploads.get(library.ana, upload.id)).status == "failed"
    assert await library.stored() == [0, 0, 0, 0, 0]


async def test_of_two_processes_that_write_the_same_stretch_one_wins(library: Library) -> None:
    upload = await library.begin()
    both_wait = asyncio.Barrier(2)

    async def together() -> AsyncIterator[bytes]:
        yield PNG[:1_000]
        await both_wait.wait()
        yield PNG[1_000:2_000]

    results = await asyncio.gather(
        *(
            service.append(library.ana, upload.id, Stretch(0, together()))
            for service in (library.uploads, library.elsewhere)
        ),
        return_exceptions=True,
    )
    losers = [result for result in results if isinstance(result, Conflict)]
    assert len(losers) == 1
    assert losers[0].details["offset"] == 2_000
    assert (await library.uploads.get(library.ana, upload.id)).offset == 2_000
    # One part, its blob and its content; the loser's are gone.
    assert await library.stored() == [0, 1, 1, 0, 1]


async def test_newest_request_waits_no_longer_than_is_polite(library: Library) -> None:
    upload = await library.begin()
    async with library.uploads._writers.alone(upload.id):  # pyright: ignore[reportPrivateUsage]  # somebody who never ends
        with pytest.raises(UploadLocked):
            await library.uploads.resume(library.ana, upload.id)
    assert (await library.uploads.resume(library.ana, upload.id)).offset == 0


async def test_newest_of_three_wins_and_nobody_is_left_waiting(library: Library) -> None:
    upload = await library.begin()

    async def endless(data: bytes) -> AsyncIterator[bytes]:
        yield data
        await asyncio.Event().wait()

    async def write(data: bytes) -> Upload:
        return await library.uploads.append(library.ana, upload.id, Stretch(0, endless(data)))

    first, second = asyncio.create_task(write(PNG[:100])), asyncio.create_task(write(PNG[:200]))
    await asyncio.sleep(0)
    found = await library.uploads.resume(library.ana, upload.id)
    results = await asyncio.gather(first, second, return_exceptions=True)
    assert all(isinstance(result, UploadInterrupted | Conflict) for result in results)
    assert found.offset == (await library.uploads.get(library.ana, upload.id)).offset


async def test_break_before_the_first_byte_changes_nothing(library: Library) -> None:
    upload = await library.begin()

    async def broken() -> AsyncIterator[bytes]:
        raise BrokenOff
        yield b""

    with pytest.raises(UploadInterrupted, match="goes on at byte 0"):
        await library.uploads.append(library.ana, upload.id, Stretch(0, broken()))
    assert await library.stored() == [0, 0, 0, 0, 0]


async def test_expired_uploads_are_swept_with_their_bytes(library: Library) -> None:
    old = await library.begin()
    await library.send(old, PNG[:1_000])
    failed = await library.begin(size=3)
    with pytest.raises(UnsupportedMedia):
        await library.send(failed, b"\x00\x01\x02")
    library.clock.advance(seconds=rules.LIFETIME / timedelta(seconds=2))
    young = await library.begin()
    await library.send(young, PNG[:2_000])
    library.clock.advance(seconds=rules.LIFETIME / timedelta(seconds=2) + 1)

    assert await library.uploads.sweep() == 2
    assert await library.uploads.sweep() == 0
    left, total = await library.uploads.list(library.ana, page=Page())
    assert ([upload.id for upload in left], total) == ([young.id], 1)
    assert await library.stored() == [0, 1, 1, 0, 1]
    with pytest.raises(NotFound):
        await library.uploads.resume(library.ana, old.id)


async def test_asset_stays_when_the_memory_of_its_upload_is_swept(library: Library) -> None:
    upload = await library.begin()
    await library.send(upload, PNG)
    library.clock.advance(hours=25)
    assert await library.uploads.sweep() == 1
    assert (await library.assets.get(library.ana, upload.id)).size == len(PNG)


async def test_upload_at_which_somebody_is_at_work_is_not_swept(library: Library) -> None:
    upload = await library.begin()
    library.clock.advance(hours=25)
    async with library.uploads._writers.alone(upload.id):  # pyright: ignore[reportPrivateUsage]  # as one who sends
        assert await library.uploads.sweep() == 0
    assert await library.uploads.sweep() == 1


async def test_equal_parts_of_two_uploads_do_not_take_each_others_bytes(library: Library) -> None:
    one, other = await library.begin(), await library.begin()
    for upload in (one, other):
        await library.send(upload, PNG[:1_000])
    await library.uploads.delete(library.ana, one.id)
    assert (await library.send(other, PNG[1_000:], offset=1_000)).status == "complete"


async def test_upload_in_too_many_parts_is_refused() -> None:
    rules.check_part_count(rules.PARTS_MAX - 1)
    with pytest.raises(TooLarge, match="10,000 parts"):
        rules.check_part_count(rules.PARTS_MAX)


async def test_too_many_unfinished_uploads_are_refused(library: Library) -> None:
    async with library.database.transaction() as session:
        upload = UploadRow(
            user_id=library.ana.user_id,
            client_id=library.client_id,
            file_name="x",
            draft={},
            metadata_line="",
            offset_bytes=0,
            status="receiving",
            created_at=library.clock.now(),
            expires_at=library.clock.now(),
        )
        values = {c.key: getattr(upload, c.key) for c in UploadRow.__table__.columns if c.key != "id"}
        rows = [{**values, "id": UUID(int=number)} for number in range(1, rules.UNFINISHED_MAX + 1)]
        await session.run_sync(lambda sync: sync.bulk_insert_mappings(UploadRow.__mapper__, rows))
    with pytest.raises(Conflict, match="1,000 unfinished"):
        await library.begin()

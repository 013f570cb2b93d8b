"""What is special about blobs in the database: chunks, crashes, a full disk, who refers to what."""

import asyncio
import hashlib
import resource
import sqlite3
import uuid
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, event, func, select

from gauntlet.core.errors import Conflict, StorageFailed
from gauntlet.core.ids import Digest
from gauntlet.db.models.accounts import UserRow
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.blobs import BlobChunkRow, BlobContentRow, BlobHoldRow, BlobRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.db.session import Database
from gauntlet.db.sqlite_threads import SqliteThreads
from gauntlet.storage import publishing
from gauntlet.storage.base import BlobFacts
from gauntlet.storage.database import CHUNK_SIZE_BYTES, DatabaseBlobStore, DatabaseContents

NO_LIMIT = 1 << 40
MOMENT = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class HandClock:
    def __init__(self) -> None:
        self.moment = MOMENT

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(database: Database, clock: HandClock) -> DatabaseBlobStore:
    return DatabaseBlobStore(database, clock=clock)


async def rows(database: Database) -> dict[str, int]:
    tables = {"blobs": BlobRow, "contents": BlobContentRow, "chunks": BlobChunkRow, "holds": BlobHoldRow}
    async with database.read() as session:
        return {
            name: await session.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables.items()
        }


NOTHING = {"blobs": 0, "contents": 0, "chunks": 0, "holds": 0}


async def add_asset(database: Database, digest: Digest) -> uuid.UUID:
    client_id, asset_id = uuid.uuid4(), uuid.uuid4()
    async with database.transaction() as session:
        user = UserRow(email=f"{client_id}@example.com", role="member", created_at=MOMENT)
        session.add(user)
        session.add(ClientRow(id=client_id, name="Lumen", brand_guidelines={}, created_at=MOMENT, updated_at=MOMENT))
        await session.flush()
        session.add(
            AssetRow(
                id=asset_id,
                user_id=user.id,
                client_id=client_id,
                type="image",
                name="x",
                format="png",
                size_bytes=1,
                blob_digest=digest,
                tags=[],
                facts={},
                version=1,
                uploaded_at=MOMENT,
                updated_at=MOMENT,
            )
        )
    return asset_id


async def delete_asset(database: Database, asset_id: uuid.UUID) -> None:
    async with database.transaction() as session:
        await session.delete(await session.get_one(AssetRow, asset_id))


async def pieces(total_bytes: int, piece_bytes: int) -> AsyncIterator[bytes]:
    for at in range(0, total_bytes, piece_bytes):
        yield b"\x5a" * min(piece_bytes, total_bytes - at)


async def test_bytes_lie_in_chunks_of_one_mebibyte(database: Database, store: DatabaseBlobStore) -> None:
    await store.put(pieces(2 * CHUNK_SIZE_BYTES + 5, 300_000), size_limit_bytes=NO_LIMIT)

    async with database.read() as session:
        sizes = (await session.scalars(select(func.length(BlobChunkRow.data)).order_by(BlobChunkRow.position))).all()
    assert sizes == [CHUNK_SIZE_BYTES, CHUNK_SIZE_BYTES, 5]


async def test_reading_yields_a_chunk_at_a_time(store: DatabaseBlobStore) -> None:
    digest = (await store.put(pieces(3 * CHUNK_SIZE_BYTES, 1 << 19), size_limit_bytes=NO_LIMIT)).digest

    sizes = [len(piece) async for piece in store.read(digest, start=10, length=2 * CHUNK_SIZE_BYTES)]

    assert max(sizes) <= CHUNK_SIZE_BYTES
    assert sum(sizes) == 2 * CHUNK_SIZE_BYTES


async def test_a_small_part_fetches_only_its_own_bytes(
    database: Database, store: DatabaseBlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = (await store.put(pieces(3 * CHUNK_SIZE_BYTES, 1 << 19), size_limit_bytes=NO_LIMIT)).digest
    asked: list[str] = []
    event.listen(
        database.engine.sync_engine,
        "before_cursor_execute",
        lambda connection, cursor, statement, parameters, context, many: asked.append(statement),  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] # SQLAlchemy's event signature
    )
    fetched: list[object] = []
    plain = SqliteThreads.look

    async def spy(self: SqliteThreads, work: Callable[[sqlite3.Connection], object]) -> object:
        fetched.append(await plain(self, work))
        return fetched[-1]

    monkeypatch.setattr(SqliteThreads, "look", spy)

    assert [len(piece) async for piece in store.read(digest, start=2 * CHUNK_SIZE_BYTES + 7, length=100)] == [100]

    if database.sqlite_threads is None:
        of_chunks = [statement for statement in asked if "FROM blob_chunks" in statement]
        assert len(of_chunks) == 1
        assert "substr" in of_chunks[0]
    else:
        assert [len(each) for each in fetched if isinstance(each, bytes)] == [100]


@pytest.mark.parametrize("fails_after_bytes", [0, 3 * CHUNK_SIZE_BYTES, 9 * CHUNK_SIZE_BYTES])
async def test_a_broken_stream_leaves_no_row(
    database: Database, store: DatabaseBlobStore, fails_after_bytes: int
) -> None:
    async def broken() -> AsyncIterator[bytes]:
        async for piece in pieces(fails_after_bytes, 1 << 18):
            yield piece
        raise ConnectionResetError("gone")

    with pytest.raises(ConnectionResetError):
        await store.put(broken(), size_limit_bytes=NO_LIMIT)

    assert await rows(database) == NOTHING


async def test_a_canceled_upload_leaves_no_row(database: Database, store: DatabaseBlobStore) -> None:
    stuck = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        async for piece in pieces(6 * CHUNK_SIZE_BYTES, 1 << 18):
            yield piece
        stuck.set()
        await asyncio.Event().wait()

    upload = asyncio.create_task(store.put(endless(), size_limit_bytes=NO_LIMIT))
    await stuck.wait()
    assert (await rows(database))["chunks"] > 0
    upload.cancel()
    with pytest.raises(asyncio.CancelledError):
        await upload

    assert await rows(database) == NOTHING


async def test_equal_bytes_are_kept_once(database: Database, store: DatabaseBlobStore) -> None:
    first = await store.put(pieces(CHUNK_SIZE_BYTES + 1, 1 << 18), size_limit_bytes=NO_LIMIT)
    second = await store.put(pieces(CHUNK_SIZE_BYTES + 1, 1 << 10), size_limit_bytes=NO_LIMIT)

    assert first.hold != second.hold
    assert await rows(database) == {"blobs": 1, "contents": 1, "chunks": 2, "holds": 2}


async def test_a_few_bytes_are_a_blob_after_one_transaction_and_the_same_ones_need_no_content(
    database: Database, store: DatabaseBlobStore
) -> None:
    commits: list[str] = []

    def note(_connection: Connection) -> None:
        commits.append("commit")

    event.listen(database.writer.sync_engine, "commit", note)

    first = await store.put_bytes(b"preview")
    async with database.read() as session:
        content_id = await session.scalar(select(BlobContentRow.id))
    second = await store.put_bytes(b"preview")

    assert len(commits) == 2
    assert first.hold != second.hold
    assert await store.read_bytes(first.digest) == b"preview"
    async with database.read() as session:
        assert (await session.scalars(select(BlobContentRow.id))).all() == [content_id]
    assert await rows(database) == {"blobs": 1, "contents": 1, "chunks": 1, "holds": 2}


async def test_released_blob_that_a_row_refers_to_stays(database: Database, store: DatabaseBlobStore) -> None:
    facts = await store.put_bytes(b"logo")
    asset_id = await add_asset(database, facts.digest)

    await store.release(facts.digest, hold=facts.hold)
    assert await store.read_bytes(facts.digest) == b"logo"

    await delete_asset(database, asset_id)
    await store.release(facts.digest)
    assert await rows(database) == NOTHING


async def test_deleting_a_blob_in_use_is_refused_and_harmless(database: Database, store: DatabaseBlobStore) -> None:
    facts = await store.put_bytes(b"logo")
    await add_asset(database, facts.digest)

    with pytest.raises(Conflict):
        await store.delete(facts.digest)

    assert await store.read_bytes(facts.digest) == b"logo"
    assert (await rows(database))["holds"] == 1


async def test_a_row_written_under_a_hold_never_dangles(database: Database, store: DatabaseBlobStore) -> None:
    async def fail() -> None:
        facts = await store.put_bytes(b"same")
        await store.release(facts.digest, hold=facts.hold)

    async def succeed() -> None:
        facts = await store.put_bytes(b"same")
        await add_asset(database, facts.digest)  # a foreign key: raises where the blob is gone
        await store.release(facts.digest, hold=facts.hold)

    await asyncio.gather(*(job() for _ in range(4) for job in (fail, succeed)))

    digest = Digest(hashlib.sha256(b"same").hexdigest())
    assert await store.read_bytes(digest) == b"same"
    assert await rows(database) == {"blobs": 1, "contents": 1, "chunks": 1, "holds": 0}


async def test_what_a_crash_left_is_swept_when_it_is_old_enough(
    database: Database, store: DatabaseBlobStore, clock: HandClock
) -> None:
    # A process that dies while writing leaves chunks without a blob; one that dies after `put`, a hold.
    async with database.transaction() as session:
        content = await session.run_sync(publishing.add_content, store="database", location=None, now=clock.now())
    await DatabaseContents(database).open(content).write(memoryview(b"half a file"))
    await store.put_bytes(b"nobody came back for it")
    kept = await store.put_bytes(b"in use")
    await add_asset(database, kept.digest)
    clock.moment += HOUR

    young = await store.collect_garbage(older_than=HOUR)
    assert (young.blobs, young.unfinished) == (0, 0)
    assert (await rows(database))["contents"] == 3

    clock.moment += timedelta(seconds=1)
    swept = await store.collect_garbage(older_than=HOUR)

    assert (swept.blobs, swept.unfinished) == (1, 1)
    assert await rows(database) == {"blobs": 1, "contents": 1, "chunks": 1, "holds": 0}
    assert await store.read_bytes(kept.digest) == b"in use"


async def test_a_slow_upload_that_goes_on_is_not_swept(
    database: Database, store: DatabaseBlobStore, clock: HandClock
) -> None:
    async def slow() -> AsyncIterator[bytes]:
        for _ in range(4):
            yield b"\x01" * 4 * CHUNK_SIZE_BYTES
            clock.moment += timedelta(minutes=50)
            await store.collect_garbage(older_than=HOUR)

    facts = await store.put(slow(), size_limit_bytes=NO_LIMIT)

    assert len(await store.read_bytes(facts.digest)) == 16 * CHUNK_SIZE_BYTES


async def test_an_upload_that_was_swept_fails_and_shows_nothing(
    database: Database, store: DatabaseBlobStore, clock: HandClock
) -> None:
    async def stalled() -> AsyncIterator[bytes]:
        yield b"\x01" * 4 * CHUNK_SIZE_BYTES
        while (await rows(database))["chunks"] < 4:  # noqa: ASYNC110 # rows tell of no event
            await asyncio.sleep(0)
        clock.moment += 2 * HOUR
        await store.collect_garbage(older_than=HOUR)
        yield b"\x02" * 4 * CHUNK_SIZE_BYTES

    with pytest.raises(StorageFailed, match="swept"):
        await store.put(stalled(), size_limit_bytes=NO_LIMIT)
    assert await rows(database) == NOTHING


async def test_iterating_yields_every_blob_once(store: DatabaseBlobStore) -> None:
    put = [await store.put_bytes(bytes([number])) for number in range(20)]

    listed = [facts async for facts in store.iterate()]

    assert listed == sorted(
        (BlobFacts(digest=facts.digest, size_bytes=1) for facts in put), key=lambda facts: facts.digest
    )


async def test_a_chunk_that_is_missing_is_told_not_papered_over(database: Database, store: DatabaseBlobStore) -> None:
    facts = await store.put(pieces(2 * CHUNK_SIZE_BYTES, 1 << 19), size_limit_bytes=NO_LIMIT)
    async with database.transaction() as session:
        chunks = await session.scalars(select(BlobChunkRow).where(BlobChunkRow.position == 1))
        await session.delete(chunks.one())

    with pytest.raises(StorageFailed, match=str(CHUNK_SIZE_BYTES)):
        await store.read_bytes(facts.digest)


async def test_a_full_disk_is_told_and_what_could_not_be_removed_then_is_swept_later(
    database: Database, store: DatabaseBlobStore, clock: HandClock
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("a PostgreSQL server's disk cannot be filled from here; its error code is handled by db.session")
    kept = await store.put_bytes(b"before")
    await add_asset(database, kept.digest)
    before = await rows(database)

    # What a disk does that has 6 MB left for the file: the system refuses to let it grow.
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6_000_000, hard))
    try:
        with pytest.raises(StorageFailed) as caught:
            await store.put(pieces(20 * CHUNK_SIZE_BYTES, 1 << 19), size_limit_bytes=NO_LIMIT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert caught.value.next_step
    assert (await rows(database))["blobs"] == 1
    clock.moment += timedelta(seconds=1)
    assert (await store.collect_garbage(older_than=timedelta(0))).unfinished == 1
    assert await rows(database) == {**before, "holds": 0}
    assert await store.read_bytes(kept.digest) == b"before"
    small = await store.put_bytes(b"fits")
    assert await store.read_bytes(small.digest) == b"fits"

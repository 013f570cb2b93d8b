"""What every blob store does; a new store joins by a line in `tests/stores.py`."""

import asyncio
import hashlib
from collections.abc import AsyncIterator

import pytest

from gauntlet.core.errors import NotFound, TooLarge
from gauntlet.core.ids import Digest
from gauntlet.db.session import Database
from gauntlet.storage.base import BlobFacts, BlobStore
from gauntlet.storage.contents import STORE_NAMES, StoreName
from gauntlet.storage.database import CHUNK_SIZE_BYTES
from tests.stores import Stores

BIG = bytes(range(256)) * (CHUNK_SIZE_BYTES * 5 // 2 // 256) + b"and a bit"
NO_LIMIT = 1 << 40
UNKNOWN = Digest("0" * 64)


@pytest.fixture(params=STORE_NAMES)
def store(request: pytest.FixtureRequest, stores: Stores) -> BlobStore:
    name: StoreName = request.param
    return stores.library(name)


async def stream(data: bytes, *, piece: int = 70_001) -> AsyncIterator[bytes]:
    for at in range(0, len(data), piece):
        yield data[at : at + piece]


async def joined(pieces: AsyncIterator[bytes]) -> bytes:
    return b"".join([piece async for piece in pieces])


async def test_what_was_put_is_read_back_under_its_sha256(store: BlobStore) -> None:
    facts = await store.put(stream(BIG), size_limit_bytes=NO_LIMIT)

    assert facts.digest == hashlib.sha256(BIG).hexdigest()
    assert facts.size_bytes == len(BIG)
    assert await store.read_bytes(facts.digest) == BIG
    known = await store.facts(facts.digest)
    assert known is not None
    assert (known.digest, known.size_bytes, known.hold) == (facts.digest, len(BIG), None)


async def test_an_empty_blob_is_a_blob(store: BlobStore) -> None:
    facts = await store.put_bytes(b"")

    assert facts.digest == hashlib.sha256(b"").hexdigest()
    assert await store.read_bytes(facts.digest) == b""


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (0, 1),
        (5, 0),
        (CHUNK_SIZE_BYTES - 1, 2),
        (CHUNK_SIZE_BYTES, CHUNK_SIZE_BYTES),
        (len(BIG) - 4, None),
        (len(BIG) - 4, 1000),
        (len(BIG), None),
        (len(BIG) + 10, 5),
        (3, None),
    ],
)
async def test_a_part_is_read_exactly(store: BlobStore, start: int, length: int | None) -> None:
    digest = (await store.put_bytes(BIG)).digest

    expected = BIG[start:] if length is None else BIG[start : start + length]
    assert await joined(store.read(digest, start=start, length=length)) == expected


async def test_equal_bytes_are_one_blob_however_they_are_cut(store: BlobStore) -> None:
    first = await store.put(stream(BIG, piece=1_000_003), size_limit_bytes=NO_LIMIT)
    second = await store.put(stream(BIG, piece=4_096), size_limit_bytes=NO_LIMIT)

    assert first.digest == second.digest
    await store.delete(first.digest)
    assert await store.facts(second.digest) is None


async def test_a_stream_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(store: BlobStore) -> None:
    assert (await store.put(stream(b"12345"), size_limit_bytes=5)).size_bytes == 5

    with pytest.raises(TooLarge) as caught:
        await store.put(stream(b"123456"), size_limit_bytes=5)
    assert caught.value.details["limit"] == 5
    assert caught.value.next_step
    assert await store.facts(Digest(hashlib.sha256(b"123456").hexdigest())) is None


async def test_a_stream_past_the_limit_is_not_read_to_its_end(store: BlobStore) -> None:
    asked = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal asked
        while True:
            asked += 1
            yield b"x" * 1000

    with pytest.raises(TooLarge):
        await store.put(endless(), size_limit_bytes=10_000)
    assert asked == 11


async def test_a_stream_that_breaks_leaves_no_blob(store: BlobStore) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield BIG
        raise ConnectionResetError("the client went away")

    with pytest.raises(ConnectionResetError):
        await store.put(broken(), size_limit_bytes=NO_LIMIT)
    assert await store.facts(Digest(hashlib.sha256(BIG).hexdigest())) is None


async def test_reading_an_unknown_address_is_not_found(store: BlobStore) -> None:
    assert await store.facts(UNKNOWN) is None
    with pytest.raises(NotFound):
        await store.read_bytes(UNKNOWN)


async def test_deleting_twice_is_no_error(store: BlobStore) -> None:
    digest = (await store.put_bytes(BIG)).digest

    await store.delete(digest)
    await store.delete(digest)
    assert await store.facts(digest) is None


async def test_released_blob_that_nobody_refers_to_is_gone(store: BlobStore) -> None:
    facts = await store.put_bytes(BIG)

    await store.release(facts.digest, hold=facts.hold)

    assert await store.facts(facts.digest) is None


async def test_blob_outlives_the_release_of_somebody_else_who_put_the_same_bytes(store: BlobStore) -> None:
    mine = await store.put_bytes(BIG)
    theirs = await store.put_bytes(BIG)

    await store.release(theirs.digest, hold=theirs.hold)
    assert await store.read_bytes(mine.digest) == BIG

    await store.release(mine.digest, hold=mine.hold)
    assert await store.facts(mine.digest) is None


async def test_releasing_several_leaves_those_that_somebody_else_holds(store: BlobStore) -> None:
    shared = await store.put_bytes(b"shared", is_durable=False)
    again = await store.put_bytes(b"shared", is_durable=False)
    mine = [await store.put(stream(BIG), size_limit_bytes=NO_LIMIT, is_durable=False), await store.put_bytes(b"small")]

    await store.release_all([*mine, again, BlobFacts(digest=UNKNOWN, size_bytes=0)])

    assert [await store.facts(blob.digest) for blob in mine] == [None, None]
    assert await store.read_bytes(shared.digest) == b"shared"
    await store.release_all([shared])
    assert await store.facts(shared.digest) is None


async def test_releasing_what_is_not_there_is_no_error(store: BlobStore) -> None:
    await store.release(UNKNOWN)


async def test_many_who_put_and_release_the_same_bytes_at_once_never_lose_them_to_one_another(store: BlobStore) -> None:
    async def use() -> None:
        facts = await store.put(stream(BIG), size_limit_bytes=NO_LIMIT)
        assert await store.read_bytes(facts.digest) == BIG
        await store.release(facts.digest, hold=facts.hold)

    await asyncio.gather(*(use() for _ in range(8)))

    assert await store.facts(Digest(hashlib.sha256(BIG).hexdigest())) is None


async def test_what_comes_after_a_blob_was_removed_makes_it_anew(store: BlobStore) -> None:
    first = await store.put_bytes(BIG)
    await store.release(first.digest, hold=first.hold)

    second = await store.put_bytes(BIG)

    assert await store.read_bytes(second.digest) == BIG


@pytest.mark.parametrize("name", STORE_NAMES)
async def test_blob_that_was_read_here_and_removed_by_another_process_is_not_found(
    name: StoreName, stores: Stores
) -> None:
    here, there = stores.library(name), stores.library(name)
    facts = await here.put(stream(BIG), size_limit_bytes=NO_LIMIT)
    assert await here.read_bytes(facts.digest) == BIG

    await there.release(facts.digest, hold=facts.hold)

    with pytest.raises(NotFound):
        await here.read_bytes(facts.digest)
    again = await there.put(stream(BIG), size_limit_bytes=NO_LIMIT)
    assert await joined(here.read(again.digest, start=CHUNK_SIZE_BYTES + 5)) == BIG[CHUNK_SIZE_BYTES + 5 :]


async def test_hold_ends_with_the_transaction_that_ends_it_or_not_at_all(database: Database, store: BlobStore) -> None:
    facts = await store.put(stream(b"held"), size_limit_bytes=NO_LIMIT)

    async def give_up() -> None:
        async with database.transaction() as session:
            await store.end_holds(session, [facts])
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await give_up()
    await store.release(facts.digest)
    assert await store.facts(facts.digest) is not None

    async with database.transaction() as session:
        await store.end_holds(session, [facts])
    await store.release(facts.digest)
    assert await store.facts(facts.digest) is None

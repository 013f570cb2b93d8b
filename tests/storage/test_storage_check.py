"""The proof that rows and bytes agree: it sees each kind of fault, tells what to do, and repairs what it can."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, text

from gauntlet.core.ids import Digest
from gauntlet.db.models.blobs import BlobChunkRow
from gauntlet.storage.check import StorageCheck
from gauntlet.storage.contents import STORE_NAMES, StoreName
from gauntlet.storage.library import BlobLibrary
from gauntlet.storage.reports import CheckDepth, CheckProgress, Finding
from tests.clocks import ManualClock
from tests.stores import Stores, lying, stream

NO_LIMIT = 1 << 40
DATA = b"0123456789" * 300_000


async def check(
    library: BlobLibrary, stores: Stores, *, depth: CheckDepth = "sizes", repair: bool = False
) -> list[Finding]:
    run = StorageCheck(library, clock=stores.clock).run(depth=depth, repair=repair)
    return [finding async for finding in run]


async def tamper(stores: Stores, library: BlobLibrary, digest: Digest, data: bytes | None) -> None:
    """Let the bytes of a blob be others, or none, as no program of ours would."""
    found = await library.find(digest)
    assert found is not None
    if found.content.store != "database":
        return stores.tamper(found.content, data)
    async with stores.database.transaction() as session:
        rows = await session.scalars(select(BlobChunkRow).where(BlobChunkRow.content_id == found.content.id))
        for row in rows.all():
            await session.delete(row)
        await session.flush()
        if data is not None:
            session.add(BlobChunkRow(content_id=found.content.id, position=0, data=data))
    return None


@pytest.fixture(params=STORE_NAMES)
def name(request: pytest.FixtureRequest) -> StoreName:
    return request.param


@pytest.fixture
def library(name: StoreName, stores: Stores) -> BlobLibrary:
    return stores.library(name)


async def test_a_sound_library_gives_no_finding(library: BlobLibrary, stores: Stores) -> None:
    await library.put_bytes(DATA)
    await library.put_bytes(b"")
    await library.put_bytes(b"small")

    assert await check(library, stores, depth="hashes") == []


@pytest.mark.parametrize(
    ("data", "depth", "kind"),
    [
        (None, "sizes", "missing_bytes"),
        (b"short", "sizes", "wrong_size"),
        (b"X" * len(b"soon damaged"), "hashes", "wrong_bytes"),
    ],
)
async def test_damaged_bytes_are_found_and_healed_by_storing_them_again(  # each is one of its own
    library: BlobLibrary, stores: Stores, name: StoreName, data: bytes | None, depth: CheckDepth, kind: str
) -> None:
    facts = await library.put_bytes(b"soon damaged")
    sound = await library.put_bytes(b"sound")
    await tamper(stores, library, facts.digest, data)

    (seen,) = await check(library, stores, depth=depth)
    assert (seen.kind, seen.store, seen.subject, seen.was_repaired) == (kind, name, facts.digest, False)
    assert seen.next_step
    (marked,) = await check(library, stores, depth=depth, repair=True)
    assert marked.kind == kind

    again = await library.put_bytes(b"soon damaged")

    assert await library.read_bytes(again.digest) == b"soon damaged"
    assert await library.read_bytes(sound.digest) == b"sound"
    assert await check(library, stores, depth="hashes") == []
    assert len(await lying(library, name)) == 2


async def test_sizes_alone_do_not_read_bytes_and_miss_what_only_hashes_show(
    library: BlobLibrary, stores: Stores
) -> None:
    facts = await library.put_bytes(b"soon damaged")
    await tamper(stores, library, facts.digest, b"X" * len(b"soon damaged"))

    assert await check(library, stores) == []


async def test_bytes_that_came_back_are_no_longer_marked(library: BlobLibrary, stores: Stores) -> None:
    facts = await library.put_bytes(b"away for a while")
    await tamper(stores, library, facts.digest, b"Away for a while")
    await check(library, stores, depth="hashes", repair=True)
    await tamper(stores, library, facts.digest, b"away for a while")

    (seen,) = await check(library, stores, depth="hashes", repair=True)

    assert (seen.kind, seen.was_repaired) == ("sound_again", True)
    assert await check(library, stores, depth="hashes") == []


async def test_an_upload_that_broke_off_is_found_when_it_is_old_and_removed(
    library: BlobLibrary, stores: Stores, name: StoreName, clock: ManualClock
) -> None:
    async with library.unpublished(stream(DATA), size_limit_bytes=NO_LIMIT):
        pass  # nobody makes a blob of it

    assert await check(library, stores, repair=True) == []
    clock.advance(hours=2)
    (seen,) = await check(library, stores)
    assert (seen.kind, seen.was_repaired) == ("unfinished_content", False)
    (removed,) = await check(library, stores, repair=True)

    assert (removed.kind, removed.was_repaired) == ("unfinished_content", True)
    assert await lying(library, name) == []
    assert await check(library, stores) == []


async def test_bytes_that_no_row_knows_are_set_aside_and_never_deleted(stores: Stores) -> None:
    library = stores.library("filesystem")
    stray = "c" * 32
    (stores.directory / "objects" / "cc").mkdir(parents=True)
    (stores.directory / "objects" / "cc" / stray).write_bytes(b"whose?")
    kept = await library.put_bytes(b"mine")

    (seen,) = await check(library, stores)
    assert (seen.kind, seen.subject, seen.was_repaired) == ("stray_bytes", stray, False)
    (moved,) = await check(library, stores, repair=True)

    assert str(stores.directory / "strays" / stray) in (moved.next_step or "")
    assert (stores.directory / "strays" / stray).read_bytes() == b"whose?"
    assert await library.read_bytes(kept.digest) == b"mine"
    assert await check(library, stores) == []


async def test_a_reference_to_no_blob_is_told_with_its_table(stores: Stores) -> None:
    library = stores.library("database")
    facts = await library.put_bytes(b"logo")
    async with stores.database.engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="AUTOCOMMIT", gauntlet_writes=True)
        if stores.database.engine.dialect.name == "postgresql":
            await connection.execute(text("SET session_replication_role = replica"))
        else:
            await connection.execute(text("COMMIT"))
            await connection.execute(text("PRAGMA foreign_keys = OFF"))
            await connection.execute(text("PRAGMA query_only = OFF"))
        await connection.execute(text("DELETE FROM blobs"))
        await connection.invalidate()

    seen = [finding for finding in await check(library, stores) if finding.kind == "dangling_reference"]

    assert [finding.subject for finding in seen] == ["blob_holds.digest"]
    assert facts.digest in seen[0].message


async def test_a_check_that_was_broken_off_goes_on_where_it_was(stores: Stores) -> None:
    library = stores.library("filesystem")
    digests = sorted([(await library.put_bytes(bytes([number]))).digest for number in range(5)])
    for digest in digests:
        await tamper(stores, library, digest, None)
    seen: list[CheckProgress] = []

    run = StorageCheck(library, clock=stores.clock).run(after=digests[2], on_progress=seen.append)
    findings = [finding.subject async for finding in run]

    assert findings == digests[3:]
    assert seen[-1].last_digest == digests[-1]


async def test_what_others_verify_belongs_to_the_proof(stores: Stores) -> None:
    async def usage(*, repair: bool) -> AsyncIterator[Finding]:
        yield Finding(kind="wrong_usage", subject="acme", message="Counted wrongly.", was_repaired=repair)

    run = StorageCheck(stores.library("database"), verifiers=[usage], clock=stores.clock).run(repair=True)

    assert [(finding.kind, finding.was_repaired) async for finding in run] == [("wrong_usage", True)]

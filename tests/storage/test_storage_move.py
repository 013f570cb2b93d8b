"""A library on its way from one store to another: whole, resumable, and readable all the while."""

import asyncio
import contextlib
from datetime import timedelta
from itertools import permutations

import pytest

from gauntlet.core.errors import InvalidInput, StorageFailed
from gauntlet.core.ids import Digest
from gauntlet.storage.contents import STORE_NAMES, Content, StoreName
from gauntlet.storage.keeper import StorageKeeper
from gauntlet.storage.library import BlobLibrary
from gauntlet.storage.move import StorageMove
from gauntlet.storage.reports import MoveProgress, StoreTotals
from tests.clocks import ManualClock
from tests.stores import Stores, lying

BIG = bytes(range(256)) * 40_000  # 10 MB: several pieces in any store
ALL = [BIG, b"", b"small", BIG[:3_000_000]]


async def fill(library: BlobLibrary) -> dict[Digest, bytes]:
    return {(await library.put_bytes(data)).digest: data for data in ALL}


@pytest.mark.parametrize(("source", "target"), list(permutations(STORE_NAMES, 2)))
async def test_a_moved_library_is_the_same_and_leaves_nothing_behind(
    stores: Stores, source: StoreName, target: StoreName
) -> None:
    library = stores.library(source)
    held = await fill(library)
    progress: list[MoveProgress] = []

    report = await StorageMove(library, clock=stores.clock).run(source, target, on_progress=progress.append)

    assert (report.blobs_moved, report.bytes_moved) == (4, sum(map(len, ALL)))
    assert (report.remaining, report.failures) == (0, ())
    assert [each.blobs_moved for each in progress] == [1, 2, 3, 4]
    assert {digest: await library.read_bytes(digest) for digest in held} == held
    assert await lying(library, source) == []
    keeper = StorageKeeper(library, clock=stores.clock)
    assert [finding async for finding in keeper.check(depth="hashes")] == []


async def test_who_reads_while_a_blob_is_moved_gets_all_of_it(stores: Stores) -> None:
    library = stores.library("database")
    digest = (await library.put_bytes(BIG)).digest
    got = bytearray()

    async with contextlib.aclosing(library.read(digest)) as pieces:
        async for piece in pieces:
            if not got:
                await StorageMove(library, clock=stores.clock).run("database", "filesystem")
            elif len(got) < 5_000_000:
                await StorageMove(library, clock=stores.clock).run("filesystem", "s3")
            got += piece

    assert bytes(got) == BIG


async def test_a_move_that_died_half_way_goes_on_and_what_it_left_is_swept(stores: Stores, clock: ManualClock) -> None:
    library = stores.library("database")
    held = await fill(library)

    class Died(BaseException):
        """As a kill would end it: nothing is cleaned up."""

    def die(progress: MoveProgress) -> None:
        if progress.blobs_moved == 2:
            raise Died

    with pytest.raises(Died):
        await StorageMove(library, clock=clock).run("database", "filesystem", on_progress=die)
    # A kill between the copy's last byte and the row that points to it.
    found = await library.find(next(iter(held)))
    assert found is not None
    async with library.unpublished(library.read(found.digest), size_limit_bytes=1 << 40, store="filesystem"):
        pass

    report = await StorageMove(library, clock=clock).run("database", "filesystem")
    clock.advance(hours=2)
    swept = await library.collect_garbage(older_than=timedelta(hours=1))

    assert (report.blobs_moved, report.remaining) == (2, 0)
    assert swept.unfinished == 1


async def test_blobs_that_are_deleted_while_they_are_moved_are_gone_from_both(stores: Stores) -> None:
    library = stores.library("database")
    digests = list(await fill(library))

    async def delete() -> None:
        for digest in digests:
            await library.delete(digest)

    await asyncio.gather(StorageMove(library, clock=stores.clock).run("database", "filesystem"), delete())

    assert await lying(library, "database") == []
    assert await lying(library, "filesystem") == []


async def test_damaged_bytes_stay_where_they_are_and_are_told(stores: Stores) -> None:
    library = stores.library("filesystem")
    held = await fill(library)
    damaged = next(digest for digest, data in held.items() if data == b"small")
    found = await library.find(damaged)
    assert found is not None
    stores.tamper(found.content, b"SMALL")

    report = await StorageMove(library, clock=stores.clock).run("filesystem", "database")

    assert (report.blobs_moved, report.remaining) == (3, 1)
    assert [failure.subject for failure in report.failures] == [damaged]
    assert await lying(library, "filesystem") == [found.content.location]


async def test_a_target_that_takes_nothing_ends_the_move_and_loses_nothing(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = stores.library("database")
    held = await fill(library)

    def refuse(content: Content) -> None:
        raise StorageFailed("The disk is full.", next_step="Make space.")

    monkeypatch.setattr(library.stores["filesystem"], "open", refuse)

    with pytest.raises(StorageFailed, match="full"):
        await StorageMove(library, clock=stores.clock).run("database", "filesystem")

    assert {digest: await library.read_bytes(digest) for digest in held} == held


async def test_a_move_to_itself_is_refused(stores: Stores) -> None:
    with pytest.raises(InvalidInput):
        await StorageMove(stores.library("database")).run("database", "database")


async def test_a_move_to_a_store_that_is_not_configured_is_refused(stores: Stores) -> None:
    library = stores.library("database")
    del library.stores.by_name["s3"]

    with pytest.raises(StorageFailed, match="not configured"):
        await StorageMove(library).run("database", "s3")


async def test_totals_say_what_lies_where_and_what_sharing_saves(stores: Stores) -> None:
    old = stores.library("database")
    await old.put_bytes(b"in chunks")
    library = stores.library("filesystem")
    await library.put_bytes(b"in a file")
    async with library.unpublished(library.read((await library.put_bytes(b"x")).digest), size_limit_bytes=9):
        pass

    stats = await StorageKeeper(library, clock=stores.clock).stats()

    totals = {store.store: store for store in stats.stores}
    assert totals["database"] == StoreTotals(
        store="database", is_default=False, is_configured=True, blobs=1, size_bytes=9, unfinished=0
    )
    assert (totals["filesystem"].blobs, totals["filesystem"].size_bytes, totals["filesystem"].unfinished) == (2, 10, 1)
    assert totals["filesystem"].is_default
    assert (stats.blobs, stats.size_bytes, stats.damaged_blobs) == (3, 19, 0)
    assert (stats.references, stats.referenced_bytes, stats.unreferenced_blobs) == (0, 0, 0)

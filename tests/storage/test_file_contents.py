"""What is special about contents in files: whole names only, nothing outside the directory, clear failures."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest

from gauntlet.core.errors import StorageFailed
from gauntlet.storage.contents import BATCH_SIZE_BYTES, Content, LyingBytes
from gauntlet.storage.filesystem import FileContents
from gauntlet.storage.library import BlobLibrary
from tests.clocks import ManualClock
from tests.stores import Stores, break_off, cancel_within, lying, stream

NO_LIMIT = 1 << 40
DATA = bytes(range(256)) * (2 * BATCH_SIZE_BYTES // 256) + b"and a bit"


@pytest.fixture
def library(stores: Stores) -> BlobLibrary:
    return stores.library("filesystem")


def files(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


async def test_a_whole_content_is_one_private_file_and_nothing_else(library: BlobLibrary, stores: Stores) -> None:
    facts = await library.put(stream(DATA), size_limit_bytes=NO_LIMIT)

    (path,) = files(stores.directory)
    assert path.read_bytes() == DATA
    assert path.parent.parent.name == "objects"
    assert path.parent.name == path.name[:2]
    assert facts.digest not in str(path)
    assert path.stat().st_mode & 0o077 == 0


async def test_equal_bytes_stored_while_their_blob_is_deleted_are_there(library: BlobLibrary) -> None:
    first = await library.put_bytes(DATA)
    await asyncio.gather(library.delete(first.digest), library.put_bytes(DATA))
    assert await library.read_bytes(first.digest) == DATA
    await library.delete(first.digest)
    assert await lying(library, "filesystem") == []


async def test_a_stream_that_breaks_leaves_no_file(library: BlobLibrary, stores: Stores) -> None:
    with pytest.raises(ConnectionResetError):
        await break_off(library, DATA)

    assert files(stores.directory) == []


async def test_a_canceled_upload_leaves_no_file(library: BlobLibrary, stores: Stores) -> None:
    with pytest.raises(asyncio.CancelledError):
        await cancel_within(library, DATA)

    assert files(stores.directory) == []


async def test_what_a_killed_process_left_is_swept(library: BlobLibrary, stores: Stores, clock: ManualClock) -> None:
    async with library.unpublished(stream(DATA), size_limit_bytes=NO_LIMIT):
        pass  # as far as it comes before somebody makes a blob of it, and here nobody ever does
    draft = stores.directory / "incoming" / files(stores.directory)[0].name
    os.rename(files(stores.directory)[0], draft)  # killed before it was renamed
    clock.advance(hours=2)

    assert (await library.collect_garbage(older_than=timedelta(hours=1))).unfinished == 1
    assert files(stores.directory) == []


async def test_a_file_that_is_gone_is_told_not_papered_over(library: BlobLibrary, stores: Stores) -> None:
    facts = await library.put_bytes(DATA)
    files(stores.directory)[0].unlink()

    with pytest.raises(StorageFailed, match=facts.digest):
        await library.read_bytes(facts.digest)


@pytest.mark.parametrize("location", ["../../etc/passwd", "/etc/passwd", "", None, "a" * 31, "A" * 32, f"{'a' * 32}\n"])
async def test_a_location_that_is_no_name_of_ours_leads_nowhere(tmp_path: Path, location: str | None) -> None:
    store = FileContents(tmp_path)
    content = Content(id=1, store="filesystem", location=location)

    for work in (store.fetch(content, 0, 1), store.delete(content), store.sizes([content])):
        with pytest.raises(StorageFailed, match="no place"):
            await work


async def test_a_link_in_a_files_place_is_not_followed(library: BlobLibrary, stores: Stores, tmp_path: Path) -> None:
    facts = await library.put_bytes(b"mine")
    (tmp_path / "secret").write_bytes(b"not mine")
    (path,) = files(stores.directory)
    path.unlink()
    path.symlink_to(tmp_path / "secret")

    with pytest.raises(StorageFailed):
        await library.read_bytes(facts.digest)


async def test_a_directory_that_cannot_be_used_is_named(stores: Stores) -> None:
    stores.directory.write_text("a file where a directory should be")

    with pytest.raises(StorageFailed) as caught:
        await stores.library("filesystem").put_bytes(b"x")

    assert str(stores.directory) in caught.value.message
    assert caught.value.next_step


async def test_a_stray_is_set_aside_and_kept(tmp_path: Path) -> None:
    store = FileContents(tmp_path)
    (tmp_path / "objects" / "zz").mkdir(parents=True)
    (tmp_path / "objects" / "zz" / "holiday.jpg").write_bytes(b"whose?")
    (found,) = [each async for each in store.iterate()]
    assert found == LyingBytes(store="filesystem", name="objects/zz/holiday.jpg", size_bytes=6)

    place = await store.set_aside(found)

    assert files(tmp_path) == [Path(place)]
    assert files(tmp_path)[0].read_bytes() == b"whose?"
    assert [each async for each in store.iterate()] == []

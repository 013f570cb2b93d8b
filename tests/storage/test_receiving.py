"""A stream on its way into a store: in batches, bounded, one thing at a time."""

import asyncio
import hashlib
from collections.abc import AsyncIterator

import pytest

from gauntlet.core.errors import StorageFailed, TooLarge
from gauntlet.storage.contents import BATCH_SIZE_BYTES
from gauntlet.storage.receiving import receive

NO_LIMIT = 1 << 40


class Notes:
    """A writer that keeps what it is given, and says how many write at once."""

    def __init__(self, *, fails_at: int | None = None) -> None:
        self.taken: list[bytes] = []
        self.writing = self.most_writing = 0
        self.finished = False
        self._fails_at = fails_at

    async def write(self, data: memoryview) -> None:
        self.writing += 1
        self.most_writing = max(self.most_writing, self.writing)
        try:
            await asyncio.sleep(0)
            if len(self.taken) == self._fails_at:
                raise StorageFailed("full")
            await asyncio.sleep(0)
            self.taken.append(bytes(data))
        finally:
            self.writing -= 1

    async def finish(self) -> None:
        self.finished = True

    async def abort(self) -> None: ...


async def nothing() -> None: ...


def pattern(size_bytes: int) -> bytes:
    return (b"".join(number.to_bytes(4, "big") for number in range(size_bytes // 4 + 1)))[:size_bytes]


async def stream(data: bytes, *, piece: int) -> AsyncIterator[bytes]:
    for at in range(0, len(data), piece):
        yield data[at : at + piece]


@pytest.mark.parametrize("piece", [65_536, 70_001, 5 << 20])
@pytest.mark.parametrize("size_bytes", [0, 1, BATCH_SIZE_BYTES, 2 * BATCH_SIZE_BYTES + 1, 5 * BATCH_SIZE_BYTES])
async def test_what_is_written_is_the_stream_in_equal_batches(size_bytes: int, piece: int) -> None:
    data, notes = pattern(size_bytes), Notes()

    written = await receive(stream(data, piece=piece), notes, size_limit_bytes=NO_LIMIT, before_batch=nothing)

    assert b"".join(notes.taken) == data
    assert {len(batch) for batch in notes.taken[:-1]} <= {BATCH_SIZE_BYTES}
    assert (written.digest, written.size_bytes) == (hashlib.sha256(data).hexdigest(), size_bytes)
    assert notes.finished
    assert notes.most_writing <= 1


async def test_memory_does_not_grow_with_the_stream() -> None:
    notes, handed_over, most_pending = Notes(), 0, 0

    async def counted() -> AsyncIterator[bytes]:
        nonlocal handed_over, most_pending
        for _ in range(24 * 16):
            handed_over += 1 << 16
            # What was taken from the stream and is not yet in the store is what is held in memory.
            most_pending = max(most_pending, handed_over - sum(map(len, notes.taken)))
            yield bytes(1 << 16)

    await receive(counted(), notes, size_limit_bytes=NO_LIMIT, before_batch=nothing)

    assert most_pending <= 2 * BATCH_SIZE_BYTES + (1 << 16)


async def test_a_write_that_fails_ends_it_with_its_own_error() -> None:
    notes = Notes(fails_at=1)

    with pytest.raises(StorageFailed, match="full"):
        await receive(stream(pattern(9 << 20), piece=1 << 16), notes, size_limit_bytes=NO_LIMIT, before_batch=nothing)

    assert (len(notes.taken), notes.writing, notes.finished) == (1, 0, False)


async def test_nothing_is_being_written_any_more_once_a_stream_was_too_long() -> None:
    notes = Notes()

    with pytest.raises(TooLarge):
        await receive(stream(pattern(9 << 20), piece=1 << 16), notes, size_limit_bytes=5 << 20, before_batch=nothing)

    taken = len(notes.taken)
    await asyncio.sleep(0)
    assert (len(notes.taken), notes.writing, notes.finished) == (taken, 0, False)


async def test_nothing_is_being_written_any_more_once_it_was_canceled() -> None:
    notes, stuck = Notes(), asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield pattern(BATCH_SIZE_BYTES)
        stuck.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(receive(endless(), notes, size_limit_bytes=NO_LIMIT, before_batch=nothing))
    await stuck.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert (notes.writing, notes.finished) == (0, False)

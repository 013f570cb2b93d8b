"""A stream on its way into a store: cut into batches, hashed and counted while it is written."""

import asyncio
import contextlib
import hashlib
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self

from gauntlet.core.errors import TooLarge
from gauntlet.core.ids import Digest
from gauntlet.storage.base import Piece
from gauntlet.storage.contents import BATCH_SIZE_BYTES, ContentWriter

_SPARE_BUFFERS: Final = 4
_HASHED_IN_PLACE_BYTES: Final = 1 << 16  # 40 µs of work: less than a way to a thread and back


@dataclass(frozen=True, slots=True)
class Written:
    """What a stream turned out to be."""

    digest: Digest
    size_bytes: int


async def receive(
    chunks: AsyncIterator[Piece],
    writer: ContentWriter,
    *,
    size_limit_bytes: int,
    before_batch: Callable[[], Awaitable[None]],
) -> Written:
    """Write a stream to its end, and make it safe.

    One batch is written while the next one fills, and no more is taken from the stream meanwhile: two batches are all
    the memory it takes. Raises `TooLarge`, and whatever the stream, the writer or `before_batch` raise.
    """
    sha = hashlib.sha256()
    size_bytes = 0

    async def write(batch: memoryview) -> None:
        await before_batch()
        if len(batch) <= _HASHED_IN_PLACE_BYTES:
            sha.update(batch)
            return await writer.write(batch)
        hashing = asyncio.get_running_loop().run_in_executor(None, sha.update, batch)
        try:
            await writer.write(batch)
        finally:
            await hashing

    buffers = _Buffers()
    async with _Behind() as behind, contextlib.aclosing(_batches(chunks, size_limit_bytes, buffers)) as batches:
        async for batch in batches:
            size_bytes += len(batch)
            await behind.done()
            behind.begin(write(batch))
        await behind.done()
    buffers.spare()
    await writer.finish()
    return Written(digest=Digest(sha.hexdigest()), size_bytes=size_bytes)


class _Behind:
    """Does one thing at a time behind the caller's back, and none any more once the block is left."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            if not self._task.cancelled():
                self._task.exception()  # the block's own error is the one to tell

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        self._task = asyncio.create_task(work)

    async def done(self) -> None:
        if self._task is not None:
            task, self._task = self._task, None
            try:
                await task
            except asyncio.CancelledError:
                task.cancel()
                await asyncio.wait([task])
                raise


class _Buffers:
    """What two batches are put into, made when something comes for them.

    Memory that is fresh costs as much as what is copied into it: where all went well, it is left to the next stream.
    What broke off may still be read by a thread that nobody waits for.
    """

    _spare: ClassVar[deque[bytearray]] = deque(maxlen=_SPARE_BUFFERS)

    def __init__(self) -> None:
        self._both: list[bytearray | None] = [None, None]

    def __getitem__(self, number: int) -> memoryview:
        buffer = self._both[number]
        if buffer is None:
            buffer = self._both[number] = self._spare.pop() if self._spare else bytearray(BATCH_SIZE_BYTES)
        return memoryview(buffer)

    def spare(self) -> None:
        """Leave them to others; nothing reads them any more."""
        self._spare.extend(buffer for buffer in self._both if buffer is not None)


async def _batches(
    chunks: AsyncIterator[Piece], size_limit_bytes: int, buffers: _Buffers
) -> AsyncGenerator[memoryview]:
    """Cut a stream into batches; each is overwritten when the next but one is asked for."""
    turn = filled = total = 0
    async for piece in chunks:
        total += len(piece)
        if total > size_limit_bytes:
            raise _too_large(size_limit_bytes)
        rest = memoryview(piece)
        while rest:
            taken = min(len(rest), BATCH_SIZE_BYTES - filled)
            buffers[turn][filled : filled + taken] = rest[:taken]
            filled += taken
            rest = rest[taken:]
            if filled == BATCH_SIZE_BYTES:
                yield buffers[turn]
                turn, filled = 1 - turn, 0
    if filled:
        yield buffers[turn][:filled]


def _too_large(limit_bytes: int) -> TooLarge:
    return TooLarge(
        f"The file is larger than {limit_bytes / 1e6:g} MB ({limit_bytes:,} bytes), which is the limit.",
        next_step="Upload a smaller file, or raise GAUNTLET_ASSETS__SIZE_LIMIT_BYTES on the server.",
        details={"field": "file", "limit": limit_bytes},
    )

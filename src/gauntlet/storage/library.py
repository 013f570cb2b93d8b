"""The blob store: an index in the database over bytes that lie in one store or several."""

import asyncio
import contextlib
import hashlib
from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar
from uuid import UUID

import structlog
from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from gauntlet.core.clock import Clock, SystemClock
from gauntlet.core.errors import Conflict, NotFound, StorageFailed
from gauntlet.core.ids import Digest
from gauntlet.db.models.blobs import BlobHoldRow
from gauntlet.db.session import Database
from gauntlet.storage import index, publishing
from gauntlet.storage.base import BlobFacts, Piece
from gauntlet.storage.contents import BATCH_SIZE_BYTES, Content, ContentMissing, ContentStores, ContentSwept, StoreName
from gauntlet.storage.index import IndexedBlob
from gauntlet.storage.publishing import Published
from gauntlet.storage.receiving import Written, receive

TOUCH_INTERVAL: Final = timedelta(minutes=1)
"""How often a content that is being written says so; far less than what the sweeper takes for broken off."""
_AT_ONCE_BYTES: Final = 128 << 10
"""Less than a chunk, and so little that others who write do not notice it: previews, waveforms."""
_PAGE_ROWS: Final = 500
_READ_REMEMBERED: Final = 1_000

_Result = TypeVar("_Result")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Garbage:
    """What a sweep removed."""

    blobs: int
    unfinished: int


class BlobLibrary:
    """`BlobStore` over contents in any store.

    A stream is written, as it comes, into a content that nobody sees; one last short transaction makes it a blob (or
    finds that there is one already). What a crash leaves is a content without a blob, which `collect_garbage` removes
    from wherever it lies.
    """

    def __init__(self, database: Database, stores: ContentStores, *, clock: Clock | None = None) -> None:
        self.database = database
        self.stores = stores
        self._clock: Clock = clock or SystemClock()
        self._read_last: OrderedDict[Digest, IndexedBlob] = OrderedDict()

    async def put(self, chunks: AsyncIterator[Piece], *, size_limit_bytes: int, is_durable: bool = True) -> BlobFacts:
        """Store a stream; raises `TooLarge`, `StorageFailed` and whatever the stream raises, leaving nothing."""
        async with self.unpublished(chunks, size_limit_bytes=size_limit_bytes) as (content, written):
            publish = partial(publishing.publish, content=content, written=written, now=self._clock.now())
            published = await self._write(publish, is_durable=is_durable)
            if published is None:
                raise _swept()
        return await self._put(written, published)

    async def put_bytes(self, data: bytes, *, is_durable: bool = True) -> BlobFacts:
        """Store bytes that are at hand; a few of them in a single transaction where they lie in the database."""
        if len(data) > _AT_ONCE_BYTES or self.stores.default != "database":
            return await self.put(_slices(data), size_limit_bytes=len(data), is_durable=is_durable)
        written, now = Written(digest=Digest(hashlib.sha256(data).hexdigest()), size_bytes=len(data)), self._clock.now()

        def put(session: Session) -> Published | None:
            hold = publishing.hold_sound(session, written.digest, now=now)
            if hold is not None:
                return Published(hold=hold, superfluous=None)
            content = publishing.add_content(session, store="database", location=None, now=now)
            if data:
                publishing.add_chunk(session, content.id, data)
            return publishing.publish(session, content, written, now=now)

        return await self._put(written, await self._write(put, is_durable=is_durable))

    async def facts(self, digest: Digest) -> BlobFacts | None:
        """Return the blob's facts, or None where there is no whole blob of that address."""
        found = await self.find(digest)
        return None if found is None else BlobFacts(digest=digest, size_bytes=found.size_bytes)

    async def find(self, digest: Digest) -> IndexedBlob | None:
        """Return a blob and what it is made of now, or None where there is none of that address."""
        if self.database.sqlite_threads is not None:
            return await index.blob_aside(self.database.sqlite_threads, digest)
        async with self.database.read() as session:
            return await index.blob(session, digest)

    async def read(self, digest: Digest, *, start: int = 0, length: int | None = None) -> AsyncGenerator[bytes]:
        """Yield the bytes asked for; only they are fetched, a piece ahead, with no transaction held in between.

        Goes on in the other store where the blob is moved meanwhile.
        """
        if start < 0 or (length is not None and length < 0):
            raise ValueError(f"start {start} and length {length} must not be negative")
        found = await self._found(digest)
        end = found.size_bytes if length is None else min(found.size_bytes, start + length)
        began = start
        while start < end:
            try:
                async with contextlib.aclosing(self.pieces(found.content, start, end)) as pieces:
                    async for piece in pieces:
                        start += len(piece)
                        yield piece
            except ContentMissing as error:
                self._read_last.pop(digest, None)
                if start == began and await self.find(digest) is None:
                    raise _unknown(digest) from error
                found = await self._found_elsewhere(found, start=start, error=error)

    async def read_bytes(self, digest: Digest) -> bytes:
        """Return a whole blob."""
        return b"".join([piece async for piece in self.read(digest)])

    async def delete(self, digest: Digest) -> None:
        """Remove a blob and its holds; raises `Conflict` where a row refers to it, since that row would dangle."""
        try:
            async with self.transaction() as session:
                content = await index.remove_blob(session, digest)
        except IntegrityError as error:
            raise Conflict(
                f"The blob {digest} is still in use.",
                next_step="Delete what refers to it first.",
                details={"digest": digest},
            ) from error
        self._read_last.pop(digest, None)
        if content is not None:
            await self.remove_discarded(content)

    async def release(self, digest: Digest, *, hold: UUID | None = None) -> None:
        """End a hold, then remove the blob unless something still refers to it."""
        await self.release_all([BlobFacts(digest=digest, size_bytes=0, hold=hold)])

    async def end_holds(self, session: AsyncSession, blobs: Sequence[BlobFacts]) -> None:
        """End holds in the transaction that writes the rows which refer to the blobs."""
        await index.remove_holds(session, [blob.hold for blob in blobs if blob.hold is not None])

    async def release_all(self, blobs: Sequence[BlobFacts]) -> None:
        """End the holds, then remove those blobs that nothing refers to any more."""
        holds = [blob.hold for blob in blobs if blob.hold is not None]
        # A hold that a power cut brings back is the sweeper's; a blob that it brings back must have its bytes.
        async with self.transaction(is_durable=False) as session:
            unwanted = await index.end_holds(session, holds, {blob.digest for blob in blobs})
        for digest in unwanted:
            async with self.transaction() as session:
                content = await index.remove_unreferenced(session, digest)
            self._read_last.pop(digest, None)
            if content is not None:
                await self.remove_discarded(content)

    async def iterate(self, *, after: str = "") -> AsyncGenerator[BlobFacts]:
        """Yield all blobs, in the order of their digests."""
        while True:
            async with self.database.read() as session:
                found = await index.blobs_after(session, after, limit=_PAGE_ROWS)
            if not found:
                return
            for each in found:
                yield BlobFacts(digest=each.digest, size_bytes=each.size_bytes)
            after = found[-1].digest

    async def collect_garbage(self, *, older_than: timedelta) -> Garbage:
        """Remove what nobody finished for that long: holds, contents, and blobs that no row refers to.

        For a sweeper; writes nothing where there is nothing to sweep. The time must be longer than it takes from a
        `put` to the row that refers to it, and than `TOUCH_INTERVAL`.
        """
        before = self._clock.now() - older_than
        await self._collect_holds(before)
        return Garbage(blobs=await self._collect_blobs(before), unfinished=await self._collect_unfinished(before))

    @asynccontextmanager
    async def unpublished(
        self, chunks: AsyncIterator[Piece], *, size_limit_bytes: int, store: StoreName | None = None
    ) -> AsyncGenerator[tuple[Content, Written]]:
        """Store a stream in a content that no blob is made of yet, for the block to make one of.

        Nothing is left of it where the stream, the store or the block fails.
        """
        target = self.stores[store or self.stores.default]
        started_at = self._clock.now()
        content = await self._write(
            partial(publishing.add_content, store=target.name, location=target.new_location(), now=started_at),
            is_durable=target.name != "database",
        )
        writer = target.open(content)
        try:
            written = await receive(
                chunks, writer, size_limit_bytes=size_limit_bytes, before_batch=self._toucher(content, started_at)
            )
            yield content, written
        except BaseException as error:  # cancellation too must leave nothing behind
            await asyncio.shield(self._abandon(content, writer.abort()))
            if isinstance(error, ContentSwept):
                raise _swept() from error
            raise

    async def remove_discarded(self, content: Content) -> bool:
        """Delete a discarded content's bytes, then its row; what fails now is the sweeper's to try again."""
        try:
            await self.stores[content.store].delete(content)
            async with self.transaction(is_durable=False) as session:
                await index.remove_content(session, content.id)
        except StorageFailed as error:
            # The caller's own outcome matters more than these bytes, which nobody sees.
            log.warning("storage.discard.failed", content_id=content.id, store=content.store, reason=error.message)
            return False
        return True

    async def remove_condemned(self, content: Content, *, before: datetime) -> bool:
        """Remove a content that no blob is made of and nobody wrote to since; return whether it is gone now."""
        async with self.transaction() as session:
            if not await index.condemn(session, content.id, before=before):
                return False
        return await self.remove_discarded(content)

    @asynccontextmanager
    async def transaction(self, *, is_durable: bool = True) -> AsyncGenerator[AsyncSession]:
        """Give a session to write with; raises `StorageFailed` where the database cannot take it."""
        try:
            async with self.database.transaction(is_durable=is_durable) as session:
                yield session
        except (OSError, OperationalError) as error:
            raise database_failed(error) from error

    def _toucher(self, content: Content, started_at: datetime) -> Callable[[], Awaitable[None]]:
        touched_at = started_at

        async def touch() -> None:
            nonlocal touched_at
            now = self._clock.now()
            if now - touched_at < TOUCH_INTERVAL:
                return
            touched_at = now
            touched = partial(publishing.touch_content, content_id=content.id, now=now)
            if not await self._write(touched, is_durable=False):
                raise _swept()

        return touch

    async def _write(self, work: Callable[[Session], _Result], *, is_durable: bool) -> _Result:
        """Do work in one short transaction; raises as `transaction`."""
        if is_durable:
            async with self.transaction() as session:
                return await session.run_sync(work)
        try:
            return await self.database.write_in_line(work)
        except (OSError, OperationalError) as error:
            raise database_failed(error) from error

    async def _put(self, written: Written, published: Published | None) -> BlobFacts:
        if published is None:
            raise _swept()
        if published.superfluous is not None:
            await self.remove_discarded(published.superfluous)
        return BlobFacts(digest=written.digest, size_bytes=written.size_bytes, hold=published.hold)

    async def _abandon(self, content: Content, abort: Awaitable[None]) -> None:
        try:
            await abort
            async with self.transaction(is_durable=False) as session:
                await index.discard_content(session, content.id)
        except StorageFailed as error:
            log.warning("storage.abort.failed", content_id=content.id, store=content.store, reason=error.message)
        await self.remove_discarded(content)

    async def pieces(self, content: Content, start: int, end: int) -> AsyncGenerator[bytes]:
        """Yield a content's bytes; the next piece is fetched while the caller is busy with this one.

        Raises `ContentMissing` where they end too soon.
        """
        if start >= end:
            return
        store = self.stores[content.store]
        piece = await store.fetch(content, start, min(end, start + store.piece_bytes))
        while True:
            start += len(piece)
            if start >= end:
                yield piece
                return
            ahead = asyncio.ensure_future(store.fetch(content, start, min(end, start + store.piece_bytes)))
            try:
                yield piece
                piece = await ahead
            finally:
                if not ahead.done():
                    ahead.cancel()
                    await asyncio.wait([ahead])

    async def _found(self, digest: Digest) -> IndexedBlob:
        """Return a blob as it is, or as it was when it was last read: a content never has other bytes than its own."""
        found = self._read_last.pop(digest, None) or await self.find(digest)
        if found is None:
            raise _unknown(digest)
        self._remember(found)
        return found

    def _remember(self, found: IndexedBlob) -> None:
        if found.size_bytes:  # that one of no bytes is gone would never be noticed
            self._read_last[found.digest] = found
        if len(self._read_last) > _READ_REMEMBERED:
            self._read_last.popitem(last=False)

    async def _found_elsewhere(self, found: IndexedBlob, *, start: int, error: ContentMissing) -> IndexedBlob:
        """Return the blob as it is after a move; raises `StorageFailed` where it was none."""
        now = await self.find(found.digest)
        if now is not None and now.content.id != found.content.id:
            self._remember(now)
            return now
        raise StorageFailed(
            f"The blob {found.digest} ends at byte {start} of {found.size_bytes}: deleted meanwhile, or damaged.",
            next_step="Try again; if it goes on, run `gauntlet storage check`.",
            details={"digest": found.digest, "store": found.content.store},
        ) from error

    async def _collect_holds(self, before: datetime) -> None:
        old = BlobHoldRow.made_at < before
        async with self.database.read() as session:
            if not await session.scalar(select(exists(select(BlobHoldRow.id).where(old)))):
                return
        async with self.transaction() as session:
            await session.execute(delete(BlobHoldRow).where(old))

    async def _collect_blobs(self, before: datetime) -> int:
        removed = 0
        while True:
            async with self.database.read() as session:
                digests = await index.unreferenced_digests(session, before=before, limit=_PAGE_ROWS)
            for digest in digests:
                await self.release(Digest(digest))  # looks again, under a lock
            removed += len(digests)
            if len(digests) < _PAGE_ROWS:
                return removed

    async def _collect_unfinished(self, before: datetime) -> int:
        removed = 0
        async with self.database.read() as session:
            contents = await index.condemned(session, before=before, limit=_PAGE_ROWS)
        for content in contents:
            removed += await self.remove_condemned(content, before=before)
        return removed


def database_failed(error: Exception) -> StorageFailed:
    """Return the error to tell when the database does not take or give bytes."""
    reason = error.orig if isinstance(error, OperationalError) else error
    return StorageFailed(
        f"The database could not take the bytes: {reason}",
        next_step="Make sure that the database runs and has space, then try again.",
    )


def _unknown(digest: Digest) -> NotFound:
    return NotFound(f"There is no blob {digest}.", details={"digest": digest})


def _swept() -> StorageFailed:
    return StorageFailed(
        "The upload stood still for so long that it was taken for one that broke off, and was swept away.",
        next_step="Upload the file again over a better connection.",
    )


async def _slices(data: bytes) -> AsyncGenerator[bytes]:
    for at in range(0, len(data), BATCH_SIZE_BYTES):
        yield data[at : at + BATCH_SIZE_BYTES]

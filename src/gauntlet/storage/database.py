"""Blobs as rows of chunks in Gauntlet's own database: nothing to set up, and backed up with everything else."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy import LargeBinary, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock, SystemClock
from gauntlet.core.errors import Conflict, NotFound, StorageFailed, TooLarge
from gauntlet.core.ids import Digest, new_uuid
from gauntlet.db.models.blobs import BlobChunkRow, BlobContentRow, BlobHoldRow, BlobRow
from gauntlet.db.session import Database
from gauntlet.storage.base import BlobFacts
from gauntlet.storage.references import is_unreferenced

CHUNK_SIZE_BYTES: Final = 1 << 20
_CHUNKS_PER_TRANSACTION: Final = 4  # bounds memory and the time that the write lock is held; spares commits
_ROWS_PER_DELETE: Final = 64
_PAGE_ROWS: Final = 500

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Garbage:
    """What a sweep removed."""

    blobs: int
    unfinished: int


@dataclass(frozen=True, slots=True)
class _Written:
    digest: Digest
    size_bytes: int


class DatabaseBlobStore:
    """`BlobStore` in the database.

    A stream is written, as it comes, into a content that nobody sees, a few chunks a transaction; one last short
    transaction makes it a blob (or finds that there is one already). What a crash leaves is a content without a blob,
    which `collect_garbage` removes.
    """

    def __init__(self, database: Database, *, clock: Clock | None = None) -> None:
        self._database = database
        self._clock: Clock = clock or SystemClock()

    async def put(self, chunks: AsyncIterator[bytes], *, size_limit_bytes: int) -> BlobFacts:
        """Store a stream; raises `TooLarge`, `StorageFailed` and whatever the stream raises, leaving nothing."""
        content_id = await self._begin()
        try:
            written = await self._write(content_id, chunks, size_limit_bytes=size_limit_bytes)
            hold, published = await self._publish(content_id, written)
        except IntegrityError as error:
            raise StorageFailed(
                "The upload stood still for so long that it was taken for one that broke off, and was swept away.",
                next_step="Upload the file again over a better connection.",
            ) from error
        except BaseException:  # cancellation too must leave nothing behind
            await asyncio.shield(self._discard_quietly(content_id))
            raise
        if not published:
            await self._discard_quietly(content_id)
        return BlobFacts(digest=written.digest, size_bytes=written.size_bytes, hold=hold)

    async def put_bytes(self, data: bytes) -> BlobFacts:
        """Store bytes that are at hand."""
        return await self.put(_slices(data), size_limit_bytes=len(data))

    async def facts(self, digest: Digest) -> BlobFacts | None:
        """Return the blob's facts, or None where there is no whole blob of that address."""
        async with self._database.read() as session:
            size_bytes = await session.scalar(select(BlobRow.size_bytes).where(BlobRow.digest == digest))
        return None if size_bytes is None else BlobFacts(digest=digest, size_bytes=size_bytes)

    async def read(self, digest: Digest, *, start: int = 0, length: int | None = None) -> AsyncGenerator[bytes]:
        """Yield the bytes asked for; only they are fetched, a chunk at a time, with no transaction held in between."""
        if start < 0 or (length is not None and length < 0):
            raise ValueError(f"start {start} and length {length} must not be negative")
        async with self._database.read() as session:
            row = (
                await session.execute(select(BlobRow.content_id, BlobRow.size_bytes).where(BlobRow.digest == digest))
            ).one_or_none()
        if row is None:
            raise NotFound(f"There is no blob {digest}.", details={"digest": digest})
        end = row.size_bytes if length is None else min(row.size_bytes, start + length)
        while start < end:
            piece = await self._piece(row.content_id, start, end)
            if not piece:
                raise StorageFailed(
                    f"The blob {digest} ends at byte {start} of {row.size_bytes}: deleted meanwhile, or damaged.",
                    next_step="Try again; if it goes on, restore the database from its last backup.",
                    details={"digest": digest},
                )
            yield piece
            start += len(piece)

    async def read_bytes(self, digest: Digest) -> bytes:
        """Return a whole blob."""
        return b"".join([piece async for piece in self.read(digest)])

    async def delete(self, digest: Digest) -> None:
        """Remove a blob and its holds; raises `Conflict` where a row refers to it, since that row would dangle."""
        try:
            async with self._transaction() as session:
                await session.execute(delete(BlobHoldRow).where(BlobHoldRow.digest == digest))
                content_id = await session.scalar(
                    delete(BlobRow).where(BlobRow.digest == digest).returning(BlobRow.content_id)
                )
        except IntegrityError as error:
            raise Conflict(
                f"The blob {digest} is still in use.",
                next_step="Delete what refers to it first.",
                details={"digest": digest},
            ) from error
        if content_id is not None:
            await self._discard(content_id)

    async def release(self, digest: Digest, *, hold: UUID | None = None) -> None:
        """End a hold, then remove the blob unless something still refers to it."""
        async with self._transaction() as session:
            if hold is not None:
                await session.execute(delete(BlobHoldRow).where(BlobHoldRow.id == hold))
            content_id = await _remove_unreferenced(session, digest)
        if content_id is not None:
            await self._discard(content_id)

    async def iterate(self) -> AsyncGenerator[BlobFacts]:
        """Yield all blobs, in the order of their digests."""
        last = ""
        while True:
            async with self._database.read() as session:
                rows = (
                    await session.execute(
                        select(BlobRow.digest, BlobRow.size_bytes)
                        .where(BlobRow.digest > last)
                        .order_by(BlobRow.digest)
                        .limit(_PAGE_ROWS)
                    )
                ).all()
            if not rows:
                return
            for row in rows:
                yield BlobFacts(digest=Digest(row.digest), size_bytes=row.size_bytes)
            last = rows[-1].digest

    async def collect_garbage(self, *, older_than: timedelta) -> Garbage:
        """Remove what nobody finished for that long: holds, contents, and blobs that no row refers to.

        For a sweeper; writes nothing where there is nothing to sweep. The time must be longer than it takes from a
        `put` to the row that refers to it.
        """
        before = self._clock.now() - older_than
        await self._collect_holds(before)
        return Garbage(blobs=await self._collect_blobs(before), unfinished=await self._collect_unfinished(before))

    async def _collect_holds(self, before: datetime) -> None:
        old = BlobHoldRow.made_at < before
        async with self._database.read() as session:
            if not await session.scalar(select(exists(select(BlobHoldRow.id).where(old)))):
                return
        async with self._transaction() as session:
            await session.execute(delete(BlobHoldRow).where(old))

    async def _collect_blobs(self, before: datetime) -> int:
        async with self._database.read() as session:
            digests = (
                await session.scalars(select(BlobRow.digest).where(BlobRow.created_at < before, is_unreferenced()))
            ).all()
        for digest in digests:
            await self.release(Digest(digest))  # looks again, under a lock
        return len(digests)

    async def _collect_unfinished(self, before: datetime) -> int:
        async with self._database.read() as session:
            contents = (
                await session.scalars(
                    select(BlobContentRow.id).where(
                        BlobContentRow.written_at < before,
                        ~exists(select(BlobRow.digest).where(BlobRow.content_id == BlobContentRow.id)),
                    )
                )
            ).all()
        for content_id in contents:
            await self._discard(content_id)
        return len(contents)

    async def _begin(self) -> int:
        async with self._transaction() as session:
            content = BlobContentRow(written_at=self._clock.now())
            session.add(content)
            await session.flush()
            return content.id

    async def _write(self, content_id: int, chunks: AsyncIterator[bytes], *, size_limit_bytes: int) -> _Written:
        sha = hashlib.sha256()
        size_bytes = position = 0
        buffer = bytearray()
        batch_bytes = CHUNK_SIZE_BYTES * _CHUNKS_PER_TRANSACTION
        async for piece in chunks:
            size_bytes += len(piece)
            if size_bytes > size_limit_bytes:
                raise _too_large(size_limit_bytes)
            sha.update(piece)
            buffer += piece
            while len(buffer) >= batch_bytes:
                position = await self._insert(content_id, bytes(buffer[:batch_bytes]), position=position)
                del buffer[:batch_bytes]
        await self._insert(content_id, bytes(buffer), position=position)
        return _Written(digest=Digest(sha.hexdigest()), size_bytes=size_bytes)

    async def _insert(self, content_id: int, data: bytes, *, position: int) -> int:
        rows = [
            BlobChunkRow(content_id=content_id, position=position + index, data=data[at : at + CHUNK_SIZE_BYTES])
            for index, at in enumerate(range(0, len(data), CHUNK_SIZE_BYTES))
        ]
        async with self._transaction() as session:
            session.add_all(rows)
            await session.execute(
                update(BlobContentRow).where(BlobContentRow.id == content_id).values(written_at=self._clock.now())
            )
        return position + len(rows)

    async def _publish(self, content_id: int, written: _Written) -> tuple[UUID, bool]:
        """Return the hold on the blob, and whether our content is what it is made of."""
        insert = postgresql.insert if self._database.engine.dialect.name == "postgresql" else sqlite.insert
        now = self._clock.now()
        # An update that changes nothing, so that on either database the row that is there is locked and returned.
        statement = (
            insert(BlobRow)
            .values(digest=written.digest, size_bytes=written.size_bytes, content_id=content_id, created_at=now)
            .on_conflict_do_update(index_elements=[BlobRow.digest], set_={"size_bytes": written.size_bytes})
            .returning(BlobRow.content_id)
        )
        hold = new_uuid()
        async with self._transaction() as session:
            used = await session.scalar(statement)
            session.add(BlobHoldRow(id=hold, digest=written.digest, made_at=now))
        return hold, used == content_id

    async def _piece(self, content_id: int, start: int, end: int) -> bytes | None:
        position, offset = divmod(start, CHUNK_SIZE_BYTES)
        wanted = min(end - position * CHUNK_SIZE_BYTES, CHUNK_SIZE_BYTES) - offset
        whole = offset == 0 and wanted == CHUNK_SIZE_BYTES
        column = BlobChunkRow.data if whole else func.substr(BlobChunkRow.data, offset + 1, wanted, type_=LargeBinary())
        async with self._database.read() as session:
            return await session.scalar(
                select(column).where(BlobChunkRow.content_id == content_id, BlobChunkRow.position == position)
            )

    async def _discard(self, content_id: int) -> None:
        """Remove a content that no blob is made of, a few chunks a transaction."""
        while True:
            async with self._transaction() as session:
                positions: Sequence[int] = (
                    await session.scalars(
                        select(BlobChunkRow.position)
                        .where(BlobChunkRow.content_id == content_id)
                        .limit(_ROWS_PER_DELETE)
                    )
                ).all()
                if not positions:
                    await session.execute(delete(BlobContentRow).where(BlobContentRow.id == content_id))
                    return
                await session.execute(
                    delete(BlobChunkRow).where(
                        BlobChunkRow.content_id == content_id, BlobChunkRow.position.in_(positions)
                    )
                )

    async def _discard_quietly(self, content_id: int) -> None:
        # The caller's own outcome matters more than these chunks, which nobody sees and the sweeper finds.
        try:
            await self._discard(content_id)
        except StorageFailed as error:
            log.warning("storage.discard.failed", content_id=content_id, reason=error.message)

    @asynccontextmanager
    async def _transaction(self) -> AsyncGenerator[AsyncSession]:
        try:
            async with self._database.transaction() as session:
                yield session
        except (OSError, OperationalError) as error:
            reason = error.orig if isinstance(error, OperationalError) else error
            raise StorageFailed(
                f"The database could not take the bytes: {reason}",
                next_step="Make sure that the database runs and has space, then try again.",
            ) from error


async def _remove_unreferenced(session: AsyncSession, digest: Digest) -> int | None:
    """Remove the blob's row unless something refers to it; return the content that it was made of."""
    # Locked first and looked at second: who writes a reference meanwhile waits for us, or we for them.
    locked = await session.scalar(select(BlobRow.digest).where(BlobRow.digest == digest).with_for_update())
    if locked is None:
        return None
    return await session.scalar(
        delete(BlobRow).where(BlobRow.digest == digest, is_unreferenced()).returning(BlobRow.content_id)
    )


async def _slices(data: bytes) -> AsyncGenerator[bytes]:
    for at in range(0, len(data), CHUNK_SIZE_BYTES):
        yield data[at : at + CHUNK_SIZE_BYTES]


def _too_large(limit_bytes: int) -> TooLarge:
    return TooLarge(
        f"The file is larger than {limit_bytes / 1e6:g} MB ({limit_bytes:,} bytes), which is the limit.",
        next_step="Upload a smaller file, or raise GAUNTLET_ASSETS__SIZE_LIMIT_BYTES on the server.",
        details={"field": "file", "limit": limit_bytes},
    )

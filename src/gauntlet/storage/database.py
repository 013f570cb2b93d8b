"""Contents as rows of chunks in Gauntlet's own database: nothing to set up, and backed up with everything else."""

import sqlite3
from collections.abc import AsyncGenerator, Mapping, Sequence
from functools import partial
from typing import Final, cast

from sqlalchemy import LargeBinary, Table, delete, func, select
from sqlalchemy.exc import IntegrityError, OperationalError

from gauntlet.core.clock import Clock, SystemClock
from gauntlet.db.models.blobs import BlobChunkRow, BlobContentRow
from gauntlet.db.session import Database
from gauntlet.db.sqlite_threads import SqliteThreads
from gauntlet.storage.contents import (
    Content,
    ContentMissing,
    ContentStores,
    ContentSwept,
    LyingBytes,
    StoreName,
)
from gauntlet.storage.library import BlobLibrary, database_failed

CHUNK_SIZE_BYTES: Final = 1 << 20
_ROWS_PER_DELETE: Final = 64
_PAGE_ROWS: Final = 500


class DatabaseContents:
    """`ContentStore` in the database: a batch a transaction, which need not outlive a power cut by itself.

    The transaction that makes a blob of the chunks does, and carries them along (see `Database.transaction`).
    """

    name: StoreName = "database"
    piece_bytes: int = CHUNK_SIZE_BYTES

    def __init__(self, database: Database, *, clock: Clock | None = None) -> None:
        self._database = database
        self._clock: Clock = clock or SystemClock()

    def new_location(self) -> None:
        """Return None: chunks lie under the content's own number."""

    def open(self, content: Content) -> "_ChunkWriter":
        """Begin to write a content."""
        return _ChunkWriter(self._database, content.id)

    async def fetch(self, content: Content, start: int, end: int) -> bytes:
        """Return bytes of the chunk at `start`; only what is asked for leaves the database."""
        position, offset = divmod(start, CHUNK_SIZE_BYTES)
        wanted = min(end - position * CHUNK_SIZE_BYTES, CHUNK_SIZE_BYTES) - offset
        threads = self._database.sqlite_threads
        try:
            if threads is not None:
                data = await threads.look(partial(_piece_aside, content.id, position, offset, wanted))
            else:
                data = await self._piece(content.id, position, offset, wanted)
        except (OSError, OperationalError, sqlite3.OperationalError) as error:
            raise database_failed(error) from error
        if not data:
            raise ContentMissing
        return data

    async def _piece(self, content_id: int, position: int, offset: int, wanted: int) -> bytes | None:
        whole = offset == 0 and wanted == CHUNK_SIZE_BYTES
        column = BlobChunkRow.data if whole else func.substr(BlobChunkRow.data, offset + 1, wanted, type_=LargeBinary())
        async with self._database.read() as session:
            return await session.scalar(
                select(column).where(BlobChunkRow.content_id == content_id, BlobChunkRow.position == position)
            )

    async def sizes(self, contents: Sequence[Content]) -> Mapping[int, int]:
        """Return the sums of the chunks' sizes, which their rows tell without their bytes."""
        wanted = [content.id for content in contents]
        async with self._database.read() as session:
            rows = await session.execute(_SIZES.where(BlobChunkRow.content_id.in_(wanted)))
            return {content_id: int(size) for content_id, size in rows}

    async def delete(self, content: Content) -> None:
        """Remove a content's chunks, some a transaction."""
        while await self._delete_some(content.id):
            pass

    async def iterate(self) -> AsyncGenerator[LyingBytes]:
        """Yield each content that has chunks."""
        last = -1
        while True:
            async with self._database.read() as session:
                rows = (
                    await session.execute(
                        _SIZES.where(BlobChunkRow.content_id > last).order_by(BlobChunkRow.content_id).limit(_PAGE_ROWS)
                    )
                ).all()
            for content_id, size in rows:
                yield LyingBytes(store=self.name, name=str(content_id), size_bytes=int(size))
            if len(rows) < _PAGE_ROWS:
                return
            last = rows[-1][0]

    async def holds(self, lying: LyingBytes) -> bool:
        """Return whether there are chunks still."""
        async with self._database.read() as session:
            found = select(BlobChunkRow.position).where(BlobChunkRow.content_id == int(lying.name)).limit(1)
            return await session.scalar(found) is not None

    async def set_aside(self, lying: LyingBytes) -> str:
        """Give the chunks a content's row again, as of one that was not finished, which is how the sweeper sees it."""
        async with self._database.transaction() as session:
            session.add(BlobContentRow(id=int(lying.name), store=self.name, written_at=self._clock.now()))
        return f"the unfinished content {lying.name}"

    async def _delete_some(self, content_id: int) -> bool:
        try:
            async with self._database.transaction(is_durable=False) as session:
                positions: Sequence[int] = (
                    await session.scalars(
                        select(BlobChunkRow.position)
                        .where(BlobChunkRow.content_id == content_id)
                        .limit(_ROWS_PER_DELETE)
                    )
                ).all()
                if positions:
                    await session.execute(
                        delete(BlobChunkRow).where(
                            BlobChunkRow.content_id == content_id, BlobChunkRow.position.in_(positions)
                        )
                    )
        except (OSError, OperationalError) as error:
            raise database_failed(error) from error
        return len(positions) == _ROWS_PER_DELETE


def _piece_aside(
    content_id: int, position: int, offset: int, wanted: int, connection: sqlite3.Connection
) -> bytes | None:
    # A value that a query returns is put together in SQLite's memory first: twice to four times the work.
    row = connection.execute(_ROW_ON_SQLITE, (content_id, position)).fetchone()
    if row is None:
        return None
    try:
        chunk = connection.blobopen("blob_chunks", "data", row[0], readonly=True)
    except sqlite3.OperationalError:
        if connection.execute(_ROW_ON_SQLITE, (content_id, position)).fetchone() is None:
            return None  # deleted between the two
        raise
    with chunk:
        chunk.seek(min(offset, len(chunk)))
        return chunk.read(wanted)


class _ChunkWriter:
    def __init__(self, database: Database, content_id: int) -> None:
        self._database = database
        self._content_id = content_id
        self._position = 0

    async def write(self, data: memoryview) -> None:
        chunks = [data[at : at + CHUNK_SIZE_BYTES] for at in range(0, len(data), CHUNK_SIZE_BYTES)]
        rows = list(enumerate(chunks, self._position))
        threads = self._database.sqlite_threads
        try:
            await (self._write_rows(rows) if threads is None else self._write_aside(threads, rows))
        except (IntegrityError, sqlite3.IntegrityError) as error:
            raise ContentSwept from error
        except (OSError, OperationalError, sqlite3.OperationalError) as error:
            raise database_failed(error) from error
        self._position += len(rows)

    async def _write_rows(self, rows: Sequence[tuple[int, memoryview]]) -> None:
        async with self._database.transaction(is_durable=False) as session:
            connection = await session.connection()
            values = [{"content_id": self._content_id, "position": at, "data": data} for at, data in rows]
            await connection.execute(_INSERT, values)

    async def _write_aside(self, threads: SqliteThreads, rows: Sequence[tuple[int, memoryview]]) -> None:
        # One statement for all: between two of them this thread would wait for the interpreter's lock.
        sql = _INSERT_ON_SQLITE + ", ".join(["(?, ?, ?)"] * len(rows))
        await self._database.write_bytes(
            threads, sql, [value for at, data in rows for value in (self._content_id, at, data)]
        )

    async def finish(self) -> None:
        """Do nothing: the commit that makes a blob of the chunks makes them durable."""

    async def abort(self) -> None:
        """Do nothing: nothing is open between two transactions."""


_SIZES: Final = select(BlobChunkRow.content_id, func.sum(func.length(BlobChunkRow.data))).group_by(
    BlobChunkRow.content_id
)
_INSERT_ON_SQLITE: Final = "INSERT INTO blob_chunks (content_id, position, data) VALUES "
_ROW_ON_SQLITE: Final = "SELECT rowid FROM blob_chunks WHERE content_id = ? AND position = ?"
_INSERT: Final = cast("Table", BlobChunkRow.__table__).insert()  # rows as they are, not as objects


class DatabaseBlobStore(BlobLibrary):
    """A library whose bytes all lie in the database."""

    def __init__(self, database: Database, *, clock: Clock | None = None) -> None:
        stores = ContentStores(by_name={"database": DatabaseContents(database, clock=clock)}, default="database")
        super().__init__(database, stores, clock=clock)

"""SQLite beside SQLAlchemy's own way, for bytes: a whole transaction is one way to a thread and back.

Through the asynchronous engine each of a transaction's statements is several ways to the driver's thread. On a machine
whose cores are busy, each of them waits for its turn: with bytes by the hundred megabytes, most of what they cost.
"""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

import structlog
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.orm import Session

_READERS: Final = 2
_READING: Final = ("query_only = ON", f"mmap_size = {(1 << 31) - (1 << 16)}")
"""Readers see the file as memory, as far as SQLite goes: 50 MB of chunks come in 3 ms so, else, page by page, in 13."""
_WRITING: Final = ("synchronous = NORMAL",)

_Result = TypeVar("_Result")

log = structlog.get_logger(__name__)


class SqliteThreads:
    """One connection to write with and some to read with, each in a thread of its own, opened when first used."""

    def __init__(self, path: str, *, pragmas: Sequence[str]) -> None:
        self._path = path
        self._pragmas = pragmas
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="gauntlet-sqlite-writer")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="gauntlet-sqlite-reader")
        self._log = _Log(f"{path}-wal")
        self._own = threading.local()
        self._opened: list[sqlite3.Connection] = []

    async def read(self, sql: str, parameters: Sequence[int | str]) -> tuple[object, ...] | None:
        """Return the first row of a query, or None."""
        return await self.look(lambda connection: connection.execute(sql, parameters).fetchone())

    async def look(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """Do work that only reads."""

        def run() -> _Result:
            return work(self._connection(_READING))

        return await asyncio.get_running_loop().run_in_executor(self._readers, run)

    async def write(self, sql: str, parameters: Sequence[object]) -> None:
        """Execute one statement that writes many bytes, a transaction by itself; see `transact` for the rest."""

        def run() -> None:
            self._connection(_WRITING).execute(sql, parameters)
            self._log.sync_soon()

        await self._in_line(run)

    async def transact(self, work: Callable[[Session], _Result]) -> _Result:
        """Do work in a transaction of its own, which outlives a power cut with the next durable one (see `Database`).

        Where the caller is canceled, it is so when the transaction has ended.
        """

        def run() -> _Result:
            with Session(self._engine(), expire_on_commit=False) as session, session.begin():
                return work(session)

        return await self._in_line(run)

    async def close(self) -> None:
        """Close what was opened; nobody may be using it."""
        await asyncio.to_thread(self._shut_down)

    async def _in_line(self, run: Callable[[], _Result]) -> _Result:
        running = asyncio.get_running_loop().run_in_executor(self._writer, run)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            if not running.cancelled():
                running.exception()  # what is canceled has nobody to tell
            raise

    def _shut_down(self) -> None:
        for pool in (self._writer, self._readers):
            pool.shutdown(wait=True)
        self._log.close()
        while self._opened:
            self._opened.pop().close()

    def _engine(self) -> Engine:
        """Return SQLAlchemy's view of the writer's connection."""
        found: Engine | None = getattr(self._own, "engine", None)
        if found is None:
            connection = self._connection(_WRITING)
            found = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
            event.listen(found, "begin", _begin)
            self._own.engine = found
        return found

    def _connection(self, pragmas: Sequence[str]) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if found is None:
            # Used in this thread alone, and closed in another when the thread is gone.
            found = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            self._opened.append(found)
            for each in (*self._pragmas, *(f"PRAGMA {pragma}" for pragma in pragmas)):
                found.execute(each)
            self._own.connection = found
        return found


class _Log:
    """The write-ahead log as a file that is synced behind the writers' backs.

    A durable commit, and what copies the log into the database, wait for the disk while they have the turn to write:
    the less is left to sync then, the sooner it is another's. SQLite syncs all the same; it only finds less to do.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gauntlet-sqlite-sync")
        self._is_asked = False
        self._file: int | None = None

    def sync_soon(self) -> None:
        """Begin to sync what was written until now, unless that is about to be done."""
        if not self._is_asked:
            self._is_asked = True
            self._thread.submit(self._sync)

    def close(self) -> None:
        """End what runs, and close the file."""
        self._thread.shutdown(wait=True)
        if self._file is not None:
            os.close(self._file)

    def _sync(self) -> None:
        self._is_asked = False
        try:
            if self._file is None:
                # No lock of SQLite's is on this file, so that closing it lets go of none.
                self._file = os.open(self._path, os.O_RDONLY)
            os.fdatasync(self._file)
        except OSError as error:
            # SQLite's own sync is told of it too, and the transaction fails that would need it.
            log.warning("database.log.sync_failed", reason=str(error))


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")

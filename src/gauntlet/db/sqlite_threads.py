"""SQLite beside SQLAlchemy, for bytes: a whole transaction is one way to a thread and back, and nothing is copied.

Through the engine each of a transaction's statements is several ways to the driver's thread. On a machine whose cores
are busy, each of them waits for its turn; with bytes by the hundred megabytes that is most of what they cost.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

_READERS: Final = 2
_READING: Final = ("query_only = ON", f"mmap_size = {(1 << 31) - (1 << 16)}")
"""Readers see the file as memory, as far as SQLite goes: 50 MB of chunks come in 3 ms so, else, page by page, in 13."""
_WRITING: Final = ("synchronous = NORMAL",)

_Result = TypeVar("_Result")


class SqliteThreads:
    """One connection to write with and some to read with, each in a thread of its own, opened when first used."""

    def __init__(self, path: str, *, pragmas: Sequence[str]) -> None:
        self._path = path
        self._pragmas = pragmas
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="gauntlet-sqlite-writer")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="gauntlet-sqlite-reader")
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

    async def write(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """Do work in a transaction of its own, which outlives a power cut with the next durable one (see `Database`).

        Where the caller is canceled, it is so when the transaction has ended.
        """

        def run() -> _Result:
            connection = self._connection(_WRITING)
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return result

        running = asyncio.get_running_loop().run_in_executor(self._writer, run)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            if not running.cancelled():
                running.exception()  # what is canceled has nobody to tell
            raise

    async def close(self) -> None:
        """Close what was opened; nobody may be using it."""
        await asyncio.to_thread(self._shut_down)

    def _shut_down(self) -> None:
        for pool in (self._writer, self._readers):
            pool.shutdown(wait=True)
        while self._opened:
            self._opened.pop().close()

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

"""The database as the services hold it: sessions to read with, transactions to write with."""

import sqlite3
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final, Self, TypeVar

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session

from gauntlet.core.errors import StorageFailed
from gauntlet.db.engine import RELAXED, SQLITE_PRAGMAS, WRITES, create_engine
from gauntlet.db.sqlite_driver import BUSY_TIMEOUT_MS
from gauntlet.db.sqlite_threads import SqliteThreads
from gauntlet.db.turns import Turns

_Result = TypeVar("_Result")

_PATIENCE_S: Final = BUSY_TIMEOUT_MS / 1000
_FULL_CODES: Final = frozenset(
    {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHMSIZE", "53100"}
)
_BUSY_CODES: Final = frozenset({"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED", "55P03", "40P01"})


class Database:
    """One engine and the two ways to use it.

    A transaction belongs to one request or one workflow step and is never held across a call to a provider. Rows that
    are read in order to be changed are read `with_for_update()`: PostgreSQL locks them; SQLite has one writer at a
    time and ignores it. Within a process SQLite's writers take turns in the order in which they came: its own waiting
    is to look again every now and then, which lets one that writes all the time starve the others.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._is_postgresql = engine.dialect.name == "postgresql"
        self._reading = async_sessionmaker(
            engine.execution_options(postgresql_readonly=True) if self._is_postgresql else engine,
            expire_on_commit=False,
        )
        # On SQLite those who write have connections of their own: whoever has the turn would otherwise wait for one
        # behind all who read, and everybody behind him.
        self.writer = engine if self._is_postgresql else create_engine(engine.url)
        """The engine of the transactions: on PostgreSQL the one that reads, too."""
        self._writing = async_sessionmaker(self.writer.execution_options(**{WRITES: True}), expire_on_commit=False)
        self._relaxed = async_sessionmaker(
            self.writer.execution_options(**{WRITES: True, RELAXED: True}), expire_on_commit=False
        )
        self._turns = Turns()
        path = None if self._is_postgresql else engine.url.database
        self.sqlite_threads = None if path is None else SqliteThreads(path, pragmas=SQLITE_PRAGMAS)
        """A shorter way for bytes, on SQLite alone; to write by it are `write_in_line` and `write_bytes`."""

    @classmethod
    def open(cls, url: str) -> Self:
        """Return the database at a URL (see `create_engine`)."""
        return cls(create_engine(url))

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[AsyncSession]:
        """Give a session that sees committed rows and cannot write: the database itself refuses."""
        async with self._reading() as session:
            yield session

    @asynccontextmanager
    async def transaction(self, *, is_durable: bool = True) -> AsyncGenerator[AsyncSession]:
        """Give a session whose work is committed at the end of the block, and rolled back when the block raises.

        A commit outlives a power cut, and so do all before it; with `is_durable=False` it outlives the process, and a
        power cut only with the next durable one: for work that means nothing before that. Raises `StorageFailed` when
        the disk is full or somebody else holds the database for too long.
        """
        try:
            async with self._alone(), (self._writing if is_durable else self._relaxed)() as session, session.begin():
                if self._is_postgresql and not is_durable:
                    await session.execute(text("SET LOCAL synchronous_commit = off"))
                yield session
        except OperationalError as error:
            failure = _failure_of(error.orig)
            if failure is None:
                raise
            raise failure from error

    @asynccontextmanager
    async def _alone(self) -> AsyncGenerator[None]:
        if self._is_postgresql:
            yield
            return
        async with AsyncExitStack() as turn:
            try:
                await turn.enter_async_context(self._turns.alone(within_s=_PATIENCE_S))
            except TimeoutError as error:
                raise _busy() from error
            yield

    async def write_in_line(self, work: Callable[[Session], _Result]) -> _Result:
        """Do work in one short transaction that need not outlive a power cut: `transaction(is_durable=False)`, quicker.

        On SQLite all of it is done in the thread in which bytes are written, behind others there.
        """
        if self.sqlite_threads is None:
            async with self.transaction(is_durable=False) as session:
                return await session.run_sync(work)
        async with self._in_line():
            return await self.sqlite_threads.transact(work)

    async def write_bytes(self, threads: SqliteThreads, sql: str, parameters: Sequence[object]) -> None:
        """Execute one statement on SQLite that need not outlive a power cut, in turn with all others."""
        async with self._in_line():
            await threads.write(sql, parameters)

    @asynccontextmanager
    async def _in_line(self) -> AsyncGenerator[None]:
        try:
            async with self._turns.in_line(within_s=_PATIENCE_S):
                yield
        except TimeoutError as error:
            raise _busy() from error
        except (sqlite3.OperationalError, OperationalError) as error:
            failure = _failure_of(error.orig if isinstance(error, OperationalError) else error)
            if failure is None:
                raise
            raise failure from error

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()
        await self.writer.dispose()
        if self.sqlite_threads is not None:
            await self.sqlite_threads.close()


def _failure_of(error: BaseException | None) -> StorageFailed | None:
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    if code in _FULL_CODES:
        return StorageFailed(
            "The database could not be written: its disk is full or failing. Nothing of this request was kept.",
            next_step="Free space where the database lives, then try again.",
        )
    if code in _BUSY_CODES:
        return _busy()
    return None


def _busy() -> StorageFailed:
    return StorageFailed(
        f"The database was locked by somebody else for more than {BUSY_TIMEOUT_MS // 1000} s."
        " Nothing of this request was kept.",
        next_step="Try again; if it goes on, look for another process that holds the database.",
    )

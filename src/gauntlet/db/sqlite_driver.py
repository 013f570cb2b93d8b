"""SQLite's driver for SQLAlchemy, in which a statement is one way to the connection's thread and back.

Left to itself, aiosqlite goes there to make a cursor, to execute, to fetch and to close it: four times the waking of
threads, which is most of what a small statement costs. Rows are therefore fetched whole, where they are found. What
only reads, and is soon done, is not sent there at all (ADR 29).
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, cast

import aiosqlite

_FETCHED_AT_ONCE: Final = 64  # for those who read by aiosqlite's own cursors; nobody here does
_SOON: Final = 20_000
"""Instructions of SQLite's machine, for one statement: 0.2 to 0.8 ms of 3.40 on the machine of ADR 29."""
_IN_A_ROW: Final = 16
_NOT_HERE: Final = frozenset({sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY})
BUSY_TIMEOUT_MS: Final = 15_000
"""How long those who may wait do so for another's lock."""

_Row = tuple[Any, ...]
_Description = tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class _Outcome:
    description: _Description | None
    row_count: int
    last_row_id: int | None
    rows: Sequence[_Row]


class OneWayConnection(aiosqlite.Connection):
    """A connection whose cursors fetch what they find at once, and which goes nowhere for a transaction's sake alone.

    A transaction begins with its first statement, on the same way; where none comes, it was none. One that only reads
    stays in the event loop, each statement for as long as `_SOON` lasts: what is not done by then, or would wait for a
    lock, is begun anew in the thread. What is sent there and not waited for is done before anything else is.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(lambda: self._limited(connector()), _FETCHED_AT_ONCE)
        self._thread.daemon = True  # as SQLAlchemy has it: a connection left open must not keep the program
        self._pragmas: dict[str, str] = {}
        self._wanted: dict[str, str] = {}
        self._beginning: str | None = None
        self._is_begun = self._may_write = False
        self._only_reads = self._is_here = self._is_thread_idle = False
        self._in_a_row = 0

    def _limited(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        connection.set_progress_handler(lambda: self._is_here, _SOON)
        return connection

    def cursor(self) -> "OneWayCursor":  # pyright: ignore[reportIncompatibleMethodOverride] - made without a way
        """Return a cursor; nothing is done for it in the thread."""
        return OneWayCursor(self)

    def begin_with_next(self, statement: str, *, may_write: bool, **pragmas: str) -> None:
        """Have a transaction begun before the next statement, with pragmas, where they are not so yet."""
        self._wanted |= {name: value for name, value in pragmas.items() if self._pragmas.get(name) != value}
        self._beginning, self._may_write = statement, may_write
        self._only_reads = not may_write

    async def commit(self) -> None:
        """Commit what has been begun, if anything has."""
        is_begun = self._end()
        if is_begun:
            await super().commit()

    async def rollback(self) -> None:
        """Roll back what has been begun, if anything has: the pool asks for it after each commit, too."""
        may_be_here = self._may_be_here()
        is_begun = self._end()
        if is_begun and self._may_write:
            await super().rollback()
        elif is_begun and may_be_here:
            self._conn.rollback()
        elif is_begun:
            # Nobody is told: where it fails, the next transaction does, for there is one already.
            self._is_thread_idle = False
            self._tx.put_nowait((None, self._conn.rollback))  # pyright: ignore[reportUnknownMemberType] - of any future

    def _end(self) -> bool:
        """Forget the transaction, and return whether it was begun."""
        is_begun, self._beginning, self._is_begun, self._only_reads = self._is_begun, None, False, False
        return is_begun

    async def run(self, work: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> _Outcome:
        """Execute something, and return all that comes of it."""
        self._in_a_row += 1
        if self._in_a_row >= _IN_A_ROW:
            self._in_a_row = 0
            await asyncio.sleep(0)  # who reads in a loop must not keep the event loop from everybody else
        beginning, self._beginning = self._beginning, None
        self._is_begun = self._is_begun or beginning is not None
        if self._may_be_here():
            outcome = self._carried_out_here(work, beginning)
            if outcome is not None:
                return outcome
            beginning = None if self._conn.in_transaction else beginning
        return await self._sent(work, beginning)

    def _may_be_here(self) -> bool:
        return self._only_reads and self._is_thread_idle

    def _carried_out_here(
        self, work: Callable[[sqlite3.Connection], sqlite3.Cursor], beginning: str | None
    ) -> _Outcome | None:
        """Do it in this thread; return None where that would take too long."""
        self._want("busy_timeout", "0")
        self._is_here = True
        try:
            return self._carried_out(work, beginning)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in _NOT_HERE:  # the rest of the code tells more of the same
                raise
            return None
        finally:
            self._is_here = False

    async def _sent(self, work: Callable[[sqlite3.Connection], sqlite3.Cursor], beginning: str | None) -> _Outcome:
        # The binding leaves open what it returns.
        execute = cast("Callable[..., Awaitable[_Outcome]]", self._execute)  # pyright: ignore[reportUnknownMemberType]
        self._want("busy_timeout", str(BUSY_TIMEOUT_MS))
        self._is_thread_idle = False
        outcome = await execute(self._carried_out, work, beginning)
        self._is_thread_idle = True
        return outcome

    def _want(self, name: str, value: str) -> None:
        if self._pragmas.get(name) != value:
            self._wanted[name] = value

    def _carried_out(self, work: Callable[[sqlite3.Connection], sqlite3.Cursor], beginning: str | None) -> _Outcome:
        connection = self._conn
        while self._wanted:
            name, value = self._wanted.popitem()
            self._pragmas.pop(name, None)
            connection.execute(f"PRAGMA {name} = {value}")
            self._pragmas[name] = value
        if beginning is not None:
            connection.execute(beginning)
        cursor = work(connection)
        rows = cursor.fetchall() if cursor.description else ()
        outcome = _Outcome(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
        cursor.close()
        return outcome


class OneWayCursor:
    """What SQLAlchemy needs of a cursor, and no more."""

    def __init__(self, connection: OneWayConnection) -> None:
        self._connection = connection
        self._rows: Sequence[_Row] = ()
        self.description: _Description | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        """Execute a statement."""
        return self._filled(await self._connection.run(lambda connection: connection.execute(statement, parameters)))

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> Self:
        """Execute a statement with many parameters."""
        return self._filled(
            await self._connection.run(lambda connection: connection.executemany(statement, parameters))
        )

    async def fetchall(self) -> Sequence[_Row]:
        """Return the rows, once."""
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        """Do nothing: the cursor behind it is closed already."""

    def _filled(self, outcome: _Outcome) -> Self:
        self.description, self._rows = outcome.description, outcome.rows
        self.rowcount, self.lastrowid = outcome.row_count, outcome.last_row_id
        return self


async def connect(*arguments: Any, **options: Any) -> OneWayConnection:
    """Return a connection; takes what `sqlite3.connect` takes."""
    options["check_same_thread"] = False  # used in two, never at the same time
    connection = OneWayConnection(lambda: sqlite3.connect(*arguments, **options))
    await connection
    return connection

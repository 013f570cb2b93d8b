"""SQLite's driver for SQLAlchemy, in which a statement is one way to the connection's thread and back.

Left to itself, aiosqlite goes there to make a cursor, to execute, to fetch and to close it: four times the waking of
threads, which is most of what a small statement costs. Rows are therefore fetched whole, where they are found.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, cast

import aiosqlite

_FETCHED_AT_ONCE: Final = 64  # for those who read by aiosqlite's own cursors; nobody here does

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

    A transaction begins with its first statement, on the same way; where none comes, it was none. One that only read
    is ended without waiting for that: the thread does it before it does anything else.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, _FETCHED_AT_ONCE)
        self._thread.daemon = True  # as SQLAlchemy has it: a connection left open must not keep the program
        self._pragmas: dict[str, str] = {}
        self._wanted: dict[str, str] = {}
        self._beginning: str | None = None
        self._is_begun = self._may_write = False

    def cursor(self) -> "OneWayCursor":  # pyright: ignore[reportIncompatibleMethodOverride] - made without a way
        """Return a cursor; nothing is done for it in the thread."""
        return OneWayCursor(self)

    def begin_with_next(self, statement: str, *, may_write: bool, **pragmas: str) -> None:
        """Have a transaction begun before the next statement, with pragmas, where they are not so yet."""
        self._wanted |= {name: value for name, value in pragmas.items() if self._pragmas.get(name) != value}
        self._beginning, self._may_write = statement, may_write

    async def commit(self) -> None:
        """Commit what has been begun, if anything has."""
        is_begun, self._beginning, self._is_begun = self._is_begun, None, False
        if is_begun:
            await super().commit()

    async def rollback(self) -> None:
        """Roll back what has been begun, if anything has: the pool asks for it after each commit, too."""
        is_begun, self._beginning, self._is_begun = self._is_begun, None, False
        if is_begun and self._may_write:
            await super().rollback()
        elif is_begun:
            # Nobody is told: where it fails, the next transaction does, for there is one already.
            self._tx.put_nowait((None, self._conn.rollback))  # pyright: ignore[reportUnknownMemberType] - of any future

    async def run(self, work: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> _Outcome:
        """Execute something, and return all that comes of it."""
        # The binding leaves open what it returns.
        execute = cast("Callable[..., Awaitable[_Outcome]]", self._execute)  # pyright: ignore[reportUnknownMemberType]
        beginning, self._beginning = self._beginning, None
        self._is_begun = self._is_begun or beginning is not None
        return await execute(self._carried_out, work, beginning)

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
    connection = OneWayConnection(lambda: sqlite3.connect(*arguments, **options))
    await connection
    return connection

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import aiosqlite
import pytest
from sqlalchemy import TextClause, text
from sqlalchemy.exc import OperationalError

from gauntlet.db import sqlite_driver
from gauntlet.db.session import Database


@pytest.fixture
async def numbers(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with a table of three numbers, of which a connection to read with is open."""
    database = Database.open(f"sqlite:///{tmp_path / 'new.db'}")
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE numbers (number INTEGER)"))
        await session.execute(text("INSERT INTO numbers VALUES (0), (1), (2)"))
    async with database.read() as session:
        await session.execute(text("SELECT 1"))
    yield database
    await database.close()


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What goes to the thread of a connection, in order."""
    gone: list[str] = []
    execute = cast("Callable[..., Any]", vars(aiosqlite.Connection)["_execute"])

    async def counted(self: aiosqlite.Connection, work: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        gone.append(work.__name__)
        return await execute(self, work, *arguments, **options)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return gone


async def test_each_statement_that_writes_is_one_way_to_the_thread_and_back(tmp_path: Path, ways: list[str]) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'new.db'}")
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE numbers (number INTEGER)"))
    async with database.read() as session:
        await session.execute(text("SELECT 1"))
    ways.clear()
    async with database.transaction(is_durable=False) as session:
        statement = text("INSERT INTO numbers VALUES (:number) RETURNING number * 2")
        assert await session.scalar(statement, {"number": 21}) == 42
    told = tuple(ways)
    await database.close()
    # The statement with its beginning, and the commit.
    assert told == ("_carried_out", "commit")


async def test_reading_that_is_soon_done_stays_in_the_event_loop(numbers: Database, ways: list[str]) -> None:
    ways.clear()
    async with numbers.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM numbers")) == 3
        with pytest.raises(OperationalError, match="no such table"):
            await session.execute(text("SELECT * FROM letters"))
    async with numbers.read() as session:
        assert (await session.scalars(text("SELECT number FROM numbers"))).all() == [0, 1, 2]
    assert ways == []


async def test_reading_that_takes_longer_is_done_in_the_thread(numbers: Database, ways: list[str]) -> None:
    ways.clear()
    for count in (200_000, 300_000):
        async with numbers.read() as session:
            assert await session.scalar(text("SELECT number FROM numbers WHERE number = 1")) == 1
            assert await session.scalar(_counting_to(count)) == count
            assert await session.scalar(text("SELECT number FROM numbers WHERE number = 2")) == 2
    assert ways == ["_carried_out", "_carried_out"]
    async with numbers.transaction() as session:
        await session.execute(text("INSERT INTO numbers VALUES (3)"))
    async with numbers.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM numbers")) == 4


async def test_reading_that_was_given_up_in_the_thread_leaves_the_connection_as_it_was(numbers: Database) -> None:
    for number in range(3, 8):
        abandoned = asyncio.create_task(_scalar(numbers, _counting_to(1_000_000)))
        await asyncio.sleep(0)
        abandoned.cancel()
        with pytest.raises(asyncio.CancelledError):
            await abandoned
        async with numbers.transaction() as session:
            await session.execute(text("INSERT INTO numbers VALUES (:number)"), {"number": number})
        assert await _scalar(numbers, text("SELECT max(number) FROM numbers")) == number


async def test_what_would_wait_for_a_lock_waits_in_the_thread(
    numbers: Database, ways: list[str], tmp_path: Path
) -> None:
    ways.clear()
    connection = await sqlite_driver.connect(str(tmp_path / "new.db"), isolation_level=None)
    await connection.run(lambda inner: inner.execute("SELECT 1"))
    with closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        # A reader meets a lock only while a log is recovered; what is locked here stands in for that.
        connection.begin_with_next("BEGIN", may_write=False)
        locked = asyncio.create_task(connection.run(lambda inner: inner.execute("INSERT INTO numbers VALUES (3)")))
        await asyncio.sleep(0)
        assert ways == ["_carried_out", "_carried_out"]
        other.execute("ROLLBACK")
    assert (await locked).row_count == 1
    await connection.commit()
    await connection.close()
    assert await _scalar(numbers, text("SELECT max(number) FROM numbers")) == 3


async def test_who_reads_again_and_again_lets_others_have_their_turn(numbers: Database, ways: list[str]) -> None:
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    ways.clear()
    for _ in range(100):
        await _scalar(numbers, text("SELECT 1"))
    beside.cancel()
    assert ways == []
    assert turns >= 5


async def _scalar(database: Database, statement: TextClause) -> object:
    async with database.read() as session:
        return await session.scalar(statement)


def _counting_to(count: int) -> TextClause:
    """Return a statement that SQLite's machine is busy with for much longer than a reader may stay."""
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
    return text(f"{numbers} SELECT max(i) FROM n")


async def test_transaction_without_a_statement_goes_nowhere(tmp_path: Path, ways: list[str]) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'new.db'}")
    for opened in (database.read(), database.transaction()):
        async with opened as session:
            await session.execute(text("SELECT 1"))
    ways.clear()
    async with database.transaction() as session:
        await session.connection()
    async with database.read() as session:
        await session.connection()
    assert ways == []
    await database.close()


async def test_reader_lets_go_of_what_it_saw_and_sees_what_came_after(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'new.db'}")
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE numbers (number INTEGER)"))
    seen: list[int] = []
    for number in range(3):
        async with database.read() as session:
            seen.append(await session.scalar(text("SELECT count(*) FROM numbers")) or 0)
        async with database.transaction() as session:
            await session.execute(text("INSERT INTO numbers VALUES (:number)"), {"number": number})
    assert seen == [0, 1, 2]
    # A reader that still held its view would keep the log from being copied whole.
    with closing(sqlite3.connect(tmp_path / "new.db")) as other:
        assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)
    await database.close()


async def test_many_parameters_write_many_rows(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'new.db'}")
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE numbers (number INTEGER)"))
        written = await session.execute(text("INSERT INTO numbers VALUES (:number)"), [{"number": n} for n in range(3)])
        assert written.rowcount == 3  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue] - of a cursor's result
    async with database.read() as session:
        assert (await session.scalars(text("SELECT number FROM numbers"))).all() == [0, 1, 2]
    await database.close()


async def test_one_connection_syncs_as_each_transaction_wants_it(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'new.db'}")
    told: list[tuple[int, int]] = []
    for is_durable in (True, False, True):
        async with database.transaction(is_durable=is_durable) as session:
            synchronous = await session.scalar(text("PRAGMA synchronous"))
            told.append((synchronous, await session.scalar(text("PRAGMA query_only"))))
        async with database.read() as session:
            assert await session.scalar(text("PRAGMA query_only")) == 1
    await database.close()
    assert told == [(2, 0), (1, 0), (2, 0)]

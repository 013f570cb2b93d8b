import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import aiosqlite
import pytest
from sqlalchemy import text

from gauntlet.db.session import Database


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


async def test_each_statement_is_one_way_to_the_thread_and_back(tmp_path: Path, ways: list[str]) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'new.db'}")
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE numbers (number INTEGER)"))
    async with database.read() as session:
        await session.execute(text("SELECT 1"))
    ways.clear()
    async with database.transaction(is_durable=False) as session:
        statement = text("INSERT INTO numbers VALUES (:number) RETURNING number * 2")
        assert await session.scalar(statement, {"number": 21}) == 42
    async with database.read() as session:
        assert (await session.execute(text("SELECT number FROM numbers"))).all() == [(21,)]
    told = tuple(ways)
    await database.close()
    # The statement with its beginning, and the commit; then a statement, whose end is not waited for.
    assert told == ("_carried_out", "commit", "_carried_out")


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

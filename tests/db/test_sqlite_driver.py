from collections.abc import Callable
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
    ways.clear()
    async with database.transaction(is_durable=False) as session:
        statement = text("INSERT INTO numbers VALUES (:number) RETURNING number * 2")
        assert await session.scalar(statement, {"number": 21}) == 42
    async with database.read() as session:
        assert (await session.execute(text("SELECT number FROM numbers"))).all() == [(21,)]
    await database.close()
    # Beginning, statement, commit; then beginning, statement, and the end of what was begun.
    assert ways[:6] == ["_carried_out", "_carried_out", "commit", "_carried_out", "_carried_out", "rollback"]


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

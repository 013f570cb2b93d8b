"""Short transactions as functions: all of it or nothing, on both databases, and in turn with the others."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from gauntlet.db.session import Database


@pytest.fixture
async def database(own_url: str) -> AsyncIterator[Database]:
    opened = Database.open(own_url)
    async with opened.transaction() as session:
        await session.execute(text("CREATE TABLE things (name VARCHAR(40) PRIMARY KEY)"))
    yield opened
    await opened.close()


def adding(name: str, *, session: Session) -> None:
    session.execute(text("INSERT INTO things VALUES (:name)"), {"name": name})


async def names(database: Database) -> list[str]:
    async with database.read() as session:
        return list(await session.scalars(text("SELECT name FROM things ORDER BY name")))


async def test_work_is_committed_and_returns_what_it_found(database: Database) -> None:
    def work(session: Session) -> str:
        adding("cup", session=session)
        return str(session.scalar(text("SELECT name FROM things")))

    assert await database.write_in_line(work) == "cup"
    assert await names(database) == ["cup"]


async def test_work_that_fails_leaves_nothing_and_the_next_goes_on(database: Database) -> None:
    def broken(session: Session) -> None:
        adding("cup", session=session)
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        await database.write_in_line(broken)
    await database.write_in_line(lambda session: adding("lamp", session=session))
    assert await names(database) == ["lamp"]


async def test_many_at_once_beside_transactions_all_come_through(database: Database) -> None:
    async def alone(name: str) -> None:
        async with database.transaction() as session:
            await session.execute(text("INSERT INTO things VALUES (:name)"), {"name": name})

    async with asyncio.TaskGroup() as group:
        for number in range(20):
            group.create_task(alone(f"a{number:02}"))
            group.create_task(
                database.write_in_line(lambda session, name=f"b{number:02}": adding(name, session=session))
            )
    assert len(await names(database)) == 40


async def test_a_log_that_cannot_be_synced_beside_the_writers_is_told_of_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_file: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fdatasync", refused)
    path = tmp_path / "own.db"
    database = Database.open(f"sqlite:///{path}")
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE things (name TEXT)"))
    assert database.sqlite_threads is not None
    with capture_logs() as logged:
        await database.write_bytes(database.sqlite_threads, "INSERT INTO things VALUES (?)", ["cup"])
        await database.close()
    assert [entry["event"] for entry in logged] == ["database.log.sync_failed"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM things").fetchall() == [("cup",)]

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text

from gauntlet.core.errors import Misconfigured
from gauntlet.db.base import metadata
from gauntlet.db.migrate import check, newest_revision, revision_of, upgrade
from gauntlet.db.models.accounts import UserRow
from gauntlet.db.models_index import import_models
from gauntlet.db.session import Database


def differences(connection: Connection) -> list[object]:
    import_models()
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


async def test_migrated_database_is_what_the_models_say(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_newest_revision_has_the_triggers_of_the_library_the_ledger_and_the_log(database: Database) -> None:
    # SQLite drops a table's triggers with it, and batch mode makes tables anew: a migration that does so with one of
    # these makes them again (create_triggers of counts_0004 and revisions_0005, costs_0005.seal_ledger).
    sources = {"asset_counts": "assets", "asset_tag_counts": "asset_tags", "asset_term_counts": "asset_terms"}
    is_sqlite = database.engine.dialect.name == "sqlite"
    names = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if is_sqlite
        else "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    )
    async with database.engine.connect() as connection:
        found = {(name, table) for name, table in await connection.execute(text(names))}
    counting = {
        (f"{counts}_on_{event}", source)
        for counts, source in sources.items()
        for event in ("insert", "update", "delete")
    }
    revising = {
        (f"{source}_revised_on_{event}", source)
        for source in sources.values()
        for event in ("insert", "update", "delete")
    }
    sealing = {
        (f"{table}_sealed_on_{event}", table)
        for table in ("ledger_entries", "audit_entries")
        for event in ("update", "delete", *(() if is_sqlite else ("truncate",)))
    }
    assert found == counting | revising | sealing


async def test_upgrade_twice_changes_nothing(database: Database) -> None:
    await upgrade(database.engine)
    await check(database.engine)
    assert await revision_of(database.engine) == newest_revision()


@pytest.fixture
async def own_database(own_url: str) -> AsyncIterator[Database]:
    opened = Database.open(own_url)
    yield opened
    await opened.close()


async def test_programs_that_start_at_once_upgrade_once(own_url: str) -> None:
    programs = [Database.open(own_url) for _ in range(4)]
    await asyncio.gather(*(upgrade(program.engine) for program in programs))
    for program in programs:
        await check(program.engine)
        await program.close()


async def test_upgrade_from_the_first_revision_keeps_what_is_there(own_database: Database) -> None:
    await upgrade(own_database.engine, to="0001")
    assert await revision_of(own_database.engine) == "0001"
    with pytest.raises(Misconfigured, match="0001"):
        await check(own_database.engine)
    async with own_database.transaction() as session:
        session.add(UserRow(email="ana@example.com", role="admin", created_at=datetime(2026, 3, 1, tzinfo=UTC)))
    await upgrade(own_database.engine)
    async with own_database.read() as session:
        assert list(await session.scalars(select(UserRow.email))) == ["ana@example.com"]


async def test_failed_upgrade_leaves_the_database_as_it_was(own_database: Database) -> None:
    async with own_database.transaction() as session:
        await session.execute(text("CREATE TABLE campaigns (id INTEGER)"))  # in the way of revision 0001
    with pytest.raises(Misconfigured, match="campaigns"):
        await upgrade(own_database.engine)
    assert await revision_of(own_database.engine) is None
    async with own_database.engine.connect() as connection:
        assert await connection.run_sync(lambda held: inspect(held).get_table_names()) == ["campaigns"]


async def test_database_of_a_newer_program_is_refused_and_left_alone(own_database: Database) -> None:
    database = own_database
    await upgrade(database.engine)
    async with database.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for refuse in (upgrade, check):
        with pytest.raises(Misconfigured, match="9999") as caught:
            await refuse(database.engine)
        assert newest_revision() in caught.value.message
        assert caught.value.next_step
    assert await revision_of(database.engine) == "9999"


async def test_check_of_an_empty_database_says_how_to_set_it_up(tmp_path: Path) -> None:
    empty = Database.open(f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(Misconfigured, match="not set up"):
        await check(empty.engine)
    await empty.close()


async def test_upgrade_where_no_directory_is_names_the_file(tmp_path: Path) -> None:
    nowhere = Database.open(f"sqlite:///{tmp_path / 'missing' / 'gauntlet.db'}")
    with pytest.raises(Misconfigured, match=r"missing.gauntlet\.db"):
        await upgrade(nowhere.engine)
    await nowhere.close()


async def test_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "gauntlet.db"
    path.write_text("Dear diary, " * 200)
    other = Database.open(f"sqlite:///{path}")
    for refuse in (upgrade, check):
        with pytest.raises(Misconfigured, match="not a database"):
            await refuse(other.engine)
    await other.close()
    assert path.read_text() == "Dear diary, " * 200


async def test_unreachable_server_is_told_without_its_password() -> None:
    nobody = Database.open("postgresql://someone:hunter2@127.0.0.1:1/none")
    with pytest.raises(Misconfigured) as caught:
        await upgrade(nobody.engine)
    assert "hunter2" not in caught.value.message
    await nobody.close()

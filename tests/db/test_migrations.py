from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from gauntlet.core.errors import Misconfigured
from gauntlet.db.base import metadata
from gauntlet.db.migrate import check, newest_revision, revision_of, upgrade
from gauntlet.db.models_index import import_models
from gauntlet.db.session import Database


def differences(connection: Connection) -> list[object]:
    import_models()
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


async def test_migrated_database_is_what_the_models_say(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_upgrade_twice_changes_nothing(database: Database) -> None:
    await upgrade(database.engine)
    await check(database.engine)
    assert await revision_of(database.engine) == newest_revision()


async def test_database_of_a_newer_program_is_refused_and_left_alone(database: Database) -> None:
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


async def test_unreachable_server_is_told_without_its_password() -> None:
    nobody = Database.open("postgresql://someone:hunter2@127.0.0.1:1/none")
    with pytest.raises(Misconfigured) as caught:
        await upgrade(nobody.engine)
    assert "hunter2" not in caught.value.message
    await nobody.close()

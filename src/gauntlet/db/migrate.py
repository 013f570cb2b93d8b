"""The schema's versions: bring a database to the program's own, or refuse one that is not."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from gauntlet.core.errors import Misconfigured
from gauntlet.db.engine import WRITES
from gauntlet.db.sqlite_driver import BUSY_TIMEOUT_MS

MIGRATIONS_DIR: Final = Path(__file__).parent / "migrations"
_BUSY_PAUSE_S: Final = 0.02
_UPGRADE_LOCK: Final = 0x6761756E746C6574  # "gauntlet" in ASCII: the advisory lock of upgrades on PostgreSQL


async def upgrade(engine: AsyncEngine, *, to: str = "head") -> None:
    """Bring the database to the newest schema this program knows, in one transaction; does nothing when it is there.

    `to` stops at an earlier revision, for tests of migrations.

    Processes that start together wait for one another. Raises `Misconfigured` when the database cannot be reached or
    was made by a newer program; it is left as it was in either case.
    """
    await _require_usable_file(engine)
    try:
        async with engine.connect() as connection:
            await _set_sqlite_foreign_keys(connection, on=False)
            try:
                await connection.execution_options(**{WRITES: True})
                async with connection.begin():
                    await connection.run_sync(_upgrade, to)
            finally:
                await _set_sqlite_foreign_keys(connection, on=True)
    except DBAPIError as error:
        raise _unreachable(engine, error) from error


async def check(engine: AsyncEngine) -> None:
    """Raise `Misconfigured` unless the database has exactly the schema of this program."""
    newest = newest_revision()
    found = await revision_of(engine)
    if found == newest:
        return
    if found is None or found in _known_revisions():
        raise Misconfigured(
            f"The database's schema is {found or 'not set up'}; this program needs revision {newest}.",
            next_step="Start `gauntlet serve` once, which upgrades the database, or run any `gauntlet` command on it.",
            details={"found": found, "newest": newest},
        )
    raise _newer(found, newest)


async def revision_of(engine: AsyncEngine) -> str | None:
    """Return the revision that the database is at, or None for one without a schema."""
    await _require_usable_file(engine)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_current_revision)
    except DBAPIError as error:
        raise _unreachable(engine, error) from error


def newest_revision() -> str:
    """Return the newest revision this program knows."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise Misconfigured("This installation has no migrations.", next_step="Install Gauntlet again.")
    return head


async def _require_usable_file(engine: AsyncEngine) -> None:
    # Asked of SQLite itself first: where opening fails, aiosqlite leaves a thread behind that prints a traceback of
    # its own when the event loop is gone, which is no way to say "no such directory".
    if engine.dialect.name != "sqlite":
        return
    try:
        await asyncio.to_thread(_open_file, engine.url.database or "")
    except sqlite3.Error as error:
        raise _unreachable(engine, error) from error


def _open_file(path: str) -> None:
    # Of programs that start at once on a new file only one can switch it to WAL, and the others are told that it is
    # busy without SQLite waiting for them. Once switched, it stays so and this only looks.
    give_up_at_s = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    with closing(sqlite3.connect(path)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > give_up_at_s:
                    raise
                time.sleep(_BUSY_PAUSE_S)
            else:
                return


def _upgrade(connection: Connection, to: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})")
    found = _current_revision(connection)
    newest = newest_revision()
    if found == newest:
        return
    if found is not None and found not in _known_revisions():
        raise _newer(found, newest)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    if connection.dialect.name == "sqlite":
        _refuse_dangling_references(connection)


def _refuse_dangling_references(connection: Connection) -> None:
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if dangling:
        tables = ", ".join(sorted({str(row[0]) for row in dangling}))
        raise Misconfigured(
            f"The upgrade would leave {len(dangling)} rows of {tables} without what they refer to; it was undone.",
            next_step="Restore the last backup, or report this with the tables' names.",
        )


async def _set_sqlite_foreign_keys(connection: AsyncConnection, *, on: bool) -> None:
    # SQLite changes tables by making them anew, and dropping the old one would delete what refers to it. The switch
    # only works outside a transaction, so it is set on the driver's connection, before BEGIN.
    if connection.dialect.name == "sqlite":
        await connection.run_sync(lambda held: _execute_raw(held, f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}"))


def _execute_raw(connection: Connection, statement: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    cursor.close()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_DIR).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _known_revisions() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _current_revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _newer(found: str, newest: str) -> Misconfigured:
    return Misconfigured(
        f"The database is at schema revision {found}, which this program does not know; the newest it knows is"
        f" {newest}. The database was made by a newer Gauntlet and was left as it is.",
        next_step="Run the newer version of Gauntlet, or point GAUNTLET_DATA_DIR or DATABASE_URL at another database.",
        details={"found": found, "newest": newest},
    )


def _unreachable(engine: AsyncEngine, error: DBAPIError | sqlite3.Error) -> Misconfigured:
    reason = error.orig if isinstance(error, DBAPIError) else error
    place = engine.url.database if engine.dialect.name == "sqlite" else engine.url.render_as_string(hide_password=True)
    return Misconfigured(
        f"The database {place} cannot be used: {reason}",
        next_step="Make sure that its directory exists, can be written to and has space."
        if engine.dialect.name == "sqlite"
        else "Make sure that the server runs, and that user, password and database in DATABASE_URL are right.",
        details={"database": place},
    )

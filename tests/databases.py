"""The databases that tests run on: SQLite files, and PostgreSQL where a server answers."""

import asyncio
import functools
import os
import shutil
import uuid
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from gauntlet.db.engine import create_engine
from gauntlet.db.migrate import upgrade

SERVER_URL = os.environ.get("GAUNTLET_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


@functools.cache
def postgresql_problem() -> str | None:
    """Return None where the server answers, else why it does not, in a line."""
    try:
        psycopg.connect(SERVER_URL, connect_timeout=2).close()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return None


def kinds() -> list[str]:
    """Return the databases that tests run on, here and now."""
    return ["sqlite"] if postgresql_problem() else ["sqlite", "postgresql"]


def migrate(url: str) -> None:
    """Bring the database at a URL to the newest schema."""

    async def run() -> None:
        engine = create_engine(url)
        try:
            await upgrade(engine)
        finally:
            await engine.dispose()

    asyncio.run(run())


@contextmanager
def postgresql_database() -> Generator[str]:
    """Give the URL of a new, empty database, dropped at the end with whoever is still in it."""
    name = sql.Identifier(f"gauntlet_test_{uuid.uuid4().hex}")
    with psycopg.connect(SERVER_URL, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            yield make_url(SERVER_URL).set(database=name.as_string().strip('"')).render_as_string(hide_password=False)
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def empty_postgresql(url: str) -> None:
    """Make a migrated database as if it were new: no rows, no other schema, ids from 1.

    Deleting takes 4 ms, where truncating (a new file for every table) takes 80 and a new database a few hundred.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("DROP SCHEMA IF EXISTS dbos CASCADE")  # what the workflow engine makes for itself
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")  # rows go in any order
            for (table,) in connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            ).fetchall():
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            connection.execute(
                "SELECT setval(quote_ident(schemaname) || '.' || quote_ident(sequencename), 1, false)"
                " FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
            )


class Databases:
    """Migrated databases for one worker, made when first asked for.

    Migrating anew for each test would take longer than most tests do.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._life = ExitStack()

    @contextmanager
    def fresh(self, kind: str, directory: Path) -> Generator[str]:
        """Give the URL of a migrated, empty database for one test."""
        if kind == "postgresql":
            yield self._postgresql
            empty_postgresql(self._postgresql)
        else:
            path = directory / "gauntlet.db"
            shutil.copyfile(self._sqlite, path)
            yield f"sqlite:///{path}"

    def close(self) -> None:
        """Drop what is on the server."""
        self._life.close()

    @functools.cached_property
    def _sqlite(self) -> Path:
        """A file to copy; whole in itself, since closing its last connection empties the write-ahead log into it."""
        path = self._directory / "template.db"
        migrate(f"sqlite:///{path}")
        return path

    @functools.cached_property
    def _postgresql(self) -> str:
        url = self._life.enter_context(postgresql_database())
        migrate(url)
        return url

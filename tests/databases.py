"""The databases that tests run on: SQLite files, and PostgreSQL where a server answers."""

import asyncio
import functools
import os
import shutil
import uuid
from collections.abc import Generator
from contextlib import contextmanager
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
def postgresql_database(*, template: str | None = None) -> Generator[str]:
    """Give the URL of a new database (a copy of the template's), dropped at the end with whoever is still in it."""
    name = f"gauntlet_test_{uuid.uuid4().hex}"
    source = sql.Identifier(make_url(template).database or "") if template else sql.Identifier("template1")
    with psycopg.connect(SERVER_URL, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), source))
        try:
            yield make_url(SERVER_URL).set(database=name).render_as_string(hide_password=False)
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


class Templates:
    """A migrated database of each kind, made once a worker when first asked for, copied for every test."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._postgresql: str | None = None
        self._postgresql_life = None

    @functools.cached_property
    def sqlite(self) -> Path:
        """The file; whole in itself, since closing its last connection empties the write-ahead log into it."""
        path = self._directory / "template.db"
        migrate(f"sqlite:///{path}")
        return path

    @functools.cached_property
    def postgresql(self) -> str:
        """The URL."""
        self._postgresql_life = postgresql_database()
        url = self._postgresql_life.__enter__()
        migrate(url)
        return url

    def close(self) -> None:
        """Drop what is on the server."""
        if self._postgresql_life is not None:
            self._postgresql_life.__exit__(None, None, None)

    @contextmanager
    def copy(self, kind: str, directory: Path) -> Generator[str]:
        """Give the URL of a fresh, migrated, empty database."""
        if kind == "postgresql":
            with postgresql_database(template=self.postgresql) as url:
                yield url
        else:
            path = directory / "gauntlet.db"
            shutil.copyfile(self.sqlite, path)
            yield f"sqlite:///{path}"

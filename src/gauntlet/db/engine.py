"""Engines for the two databases: SQLite in a file (the default) and PostgreSQL."""

from typing import Any, Final, cast

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql import FromClause

from gauntlet.core.errors import Misconfigured
from gauntlet.db import sqlite_driver
from gauntlet.db.sqlite_driver import BUSY_TIMEOUT_MS

WRITES: Final = "gauntlet_writes"
"""Execution option of connections whose transactions may write."""
RELAXED: Final = "gauntlet_relaxed"
"""Execution option of writers whose commits need not outlive a power cut; the next one that must carries them along."""

SQLITE_PRAGMAS: Final = (
    # A second writer waits for the first instead of failing at once with "database is locked".
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    # Of a new file; one that is there keeps its own. Twice SQLite's own choice: a mebibyte is half as many pages, and
    # writing and reading it takes a third less of the processor. Larger ones gain little more and make small rows dear.
    "PRAGMA page_size = 8192",
    # Readers go on while one writes, and a commit is one append to the log. Kept in the file; setting it again is free.
    "PRAGMA journal_mode = WAL",
    # Per connection and off by default: without it SQLite parses REFERENCES and ignores it.
    "PRAGMA foreign_keys = ON",
    # With NORMAL a killed process loses nothing, but a power cut can lose the last commits of a WAL, and those were
    # acknowledged (an approval, a 201 for an upload). FULL syncs the log on every commit; Gauntlet commits per request
    # and per workflow step, so one fsync each is a price worth paying.
    "PRAGMA synchronous = FULL",
    # 16 MB of log before it is copied into the file: with the usual 4 an upload waits for the disk every 4 MB, twice.
    "PRAGMA wal_autocheckpoint = 2000",
    # Sorting and temporary indexes stay in memory: no stray files beside the database when the disk is full.
    "PRAGMA temp_store = MEMORY",
)


class _HintedCompiler(SQLiteCompiler):
    """Writes what `with_hint` says of a table behind its name, as SQLite reads `INDEXED BY`; the dialect drops it."""

    def get_from_hint_text(self, table: FromClause, text: str | None) -> str | None:
        return text


def create_engine(url: str | URL) -> AsyncEngine:
    """Return an engine for `sqlite:///path` or `postgresql://…`; nothing is connected or created yet.

    Raises `Misconfigured` for a URL that cannot be read, another kind of database, or SQLite in memory (which would
    be a new empty database for every connection).
    """
    parsed = _driver_url(url)
    if parsed.get_backend_name() == "postgresql":
        # A server restart or an idle-timeout in between must not fail the next request.
        return create_async_engine(parsed, pool_pre_ping=True)
    engine = create_async_engine(parsed)
    engine.dialect.statement_compiler = _HintedCompiler
    event.listen(engine.sync_engine, "do_connect", _choose_driver)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _driver_url(url: str | URL) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        # The URL may hold a password, so it is not repeated.
        raise Misconfigured(
            "The database URL cannot be read.",
            next_step="Set DATABASE_URL to sqlite:///path/to/file.db or postgresql://user@host:5432/name.",
        ) from error
    backend = parsed.drivername.split("+")[0]
    if backend == "sqlite":
        if parsed.database in {None, "", ":memory:"}:
            raise Misconfigured(
                "The database URL names no file: SQLite in memory is not supported.",
                next_step="Set DATABASE_URL to sqlite:///path/to/file.db.",
            )
        return parsed.set(drivername="sqlite+aiosqlite")
    if backend in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    raise Misconfigured(
        f"The database URL asks for {backend!r}; Gauntlet runs on SQLite and PostgreSQL.",
        next_step="Set DATABASE_URL to sqlite:///path/to/file.db or postgresql://user@host:5432/name.",
        details={"backend": backend},
    )


def _choose_driver(
    _dialect: Dialect, _entry: ConnectionPoolEntry, _arguments: list[Any], options: dict[str, Any]
) -> None:
    options["async_creator_fn"] = sqlite_driver.connect


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own implicit BEGIN comes late (before the first write) and is always deferred; `_begin_sqlite`
    # says when and how instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once, without waiting, when another has written
    # between: SQLite cannot upgrade its snapshot. Writers therefore take the lock first, where waiting works.
    options = connection.get_execution_options()
    writes = bool(options.get(WRITES))
    driver = cast(sqlite_driver.OneWayConnection, connection.connection.driver_connection)
    if writes:
        synchronous = "NORMAL" if options.get(RELAXED) else "FULL"
        driver.begin_with_next("BEGIN IMMEDIATE", may_write=True, query_only="OFF", synchronous=synchronous)
    else:
        driver.begin_with_next("BEGIN", may_write=False, query_only="ON")

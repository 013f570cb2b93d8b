"""Fixtures for all tests: real databases, fresh for each test."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from gauntlet.db.session import Database
from gauntlet.domain.accounts.service import AccountService
from tests import databases
from tests.clocks import ManualClock
from tests.services import account_service
from tests.stores import Stores, new_bucket, s3_server


def pytest_report_header() -> str:
    problem = databases.postgresql_problem()
    return f"databases: sqlite only (postgresql: {problem})" if problem else "databases: sqlite, postgresql"


@pytest.fixture(autouse=True)
def own_log_configuration() -> Iterator[None]:
    """Leave no test the level of logs that a command in the test before it chose."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def databases_of_worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[databases.Databases]:
    made = databases.Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


@pytest.fixture(params=databases.kinds())
def database_url(
    request: pytest.FixtureRequest, databases_of_worker: databases.Databases, tmp_path: Path
) -> Iterator[str]:
    """A migrated, empty database of each kind there is."""
    with databases_of_worker.fresh(str(request.param), tmp_path) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    with s3_server() as endpoint:
        yield endpoint


@pytest.fixture
def stores(database: Database, tmp_path: Path, s3_endpoint: str, clock: ManualClock) -> Stores:
    """A store of each kind over one database."""
    return Stores(database, tmp_path / "blobs", new_bucket(s3_endpoint), clock)


@pytest.fixture
def accounts(database: Database, clock: ManualClock) -> AccountService:
    return account_service(database, clock=clock)

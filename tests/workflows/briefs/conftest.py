"""People, a client, and briefs with keys and without."""

from collections.abc import AsyncIterator

import pytest

from gauntlet.core.settings import HostedSettings, MediaSettings
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.clients.schemas import Client, ClientDraft
from gauntlet.domain.clients.service import ClientService
from gauntlet.media.sandbox.pool import MediaSandbox
from tests.clocks import ManualClock
from tests.hosted import Fakes, running_fakes
from tests.services import make_principal
from tests.workflows.brief_studio import LANGUAGE_KEYS, BriefStudio, open_brief_studio


@pytest.fixture
async def fakes() -> AsyncIterator[Fakes]:
    async with running_fakes() as running:
        yield running


@pytest.fixture
async def sandbox() -> AsyncIterator[MediaSandbox]:
    async with MediaSandbox(MediaSettings(processes=1)) as opened:
        yield opened


@pytest.fixture
async def ana(accounts: AccountService) -> Principal:
    return await make_principal(accounts, "ana@example.com")


@pytest.fixture
async def eve(accounts: AccountService) -> Principal:
    return await make_principal(accounts, "eve@example.com")


@pytest.fixture
def clients(database: Database, clock: ManualClock) -> ClientService:
    return ClientService(database, clock=clock)


@pytest.fixture
async def acme(clients: ClientService, ana: Principal) -> Client:
    return await clients.create(ana, ClientDraft(name="Acme"))


@pytest.fixture
def plain(database: Database, sandbox: MediaSandbox, clock: ManualClock) -> BriefStudio:
    """Without any key."""
    return open_brief_studio(database, sandbox, clock=clock)


@pytest.fixture
def hosted(database: Database, sandbox: MediaSandbox, clock: ManualClock, fakes: Fakes) -> BriefStudio:
    """With the keys of all three services."""
    settings = HostedSettings(**fakes.hosted())
    return open_brief_studio(database, sandbox, clock=clock, keys=LANGUAGE_KEYS, hosted=settings)

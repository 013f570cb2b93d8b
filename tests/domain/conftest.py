"""Two people, of whom one has a client: what tests of most domains begin with."""

import pytest

from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.schemas import Client, ClientDraft
from gauntlet.domain.clients.service import ClientService
from tests.clocks import ManualClock
from tests.services import make_principal


@pytest.fixture
def clients(database: Database, clock: ManualClock) -> ClientService:
    return ClientService(database, clock=clock)


@pytest.fixture
def campaigns(database: Database, clock: ManualClock) -> CampaignService:
    return CampaignService(database, clock=clock)


@pytest.fixture
async def ana(accounts: AccountService) -> Principal:
    return await make_principal(accounts, "ana@example.com")


@pytest.fixture
async def eve(accounts: AccountService) -> Principal:
    return await make_principal(accounts, "eve@example.com")


@pytest.fixture
async def root(accounts: AccountService) -> Principal:
    return await make_principal(accounts, "root@example.com", role="admin")


@pytest.fixture
async def acme(clients: ClientService, ana: Principal) -> Client:
    """Ana's client, of which Eve knows nothing."""
    return await clients.create(ana, ClientDraft(name="Acme"))

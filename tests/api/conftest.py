"""The API over ASGI: the real application on real services, no socket."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import cast

import httpx
import pytest
from fastapi import FastAPI

from gauntlet.api.app import create_app
from gauntlet.core.settings import AccountSettings, AssetSettings, CostSettings, Settings
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Role
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.admin.audit import AuditLog
from gauntlet.domain.assets.quarantine import QuarantineService
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.assets.usage import UsageService
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.keys import KeyService
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.costs.budgets import BudgetService
from gauntlet.domain.costs.reports import CostService
from gauntlet.domain.costs.till import Till
from gauntlet.domain.uploads.service import UploadService
from gauntlet.domain.uploads.writers import Writers
from gauntlet.storage.base import BlobStore
from gauntlet.storage.database import DatabaseBlobStore
from gauntlet.storage.keeper import StorageKeeper
from gauntlet.workflows.container import Container
from tests.api.tus_client import PNG, TusClient
from tests.clocks import ManualClock
from tests.services import PASSWORD, SECRET_KEY, account_service, asset_service

SIZE_LIMIT_BYTES = 200_000
PART_BYTES = 60_000
assert 2 * PART_BYTES < len(PNG) < SIZE_LIMIT_BYTES


@dataclass(frozen=True, slots=True)
class PartOfContainer:
    """The services that the routes tested here call."""

    settings: Settings
    database: Database
    blobs: BlobStore
    accounts: AccountService
    audit: AuditLog
    clients: ClientService
    keys: KeyService
    campaigns: CampaignService
    costs: CostService
    budgets: BudgetService
    assets: AssetService
    uploads: UploadService
    usage: UsageService
    quarantine: QuarantineService
    storage: StorageKeeper


@pytest.fixture
def accounts(database: Database, clock: ManualClock) -> AccountService:
    settings = AccountSettings(attempts_per_account=3, attempts_per_address=5, attempts_window_s=60)
    return account_service(database, clock=clock, settings=settings)


@pytest.fixture
def blobs(database: Database, clock: ManualClock) -> DatabaseBlobStore:
    return DatabaseBlobStore(database, clock=clock)


@pytest.fixture
def till(database: Database, clock: ManualClock) -> Till:
    """What a workflow would spend by."""
    return Till(database, clock=clock, settings=CostSettings())


@pytest.fixture
def app(
    database: Database, accounts: AccountService, clock: ManualClock, blobs: DatabaseBlobStore, till: Till
) -> FastAPI:
    settings = Settings(assets=AssetSettings(size_limit_bytes=SIZE_LIMIT_BYTES))
    assets = asset_service(database, blobs=blobs, settings=settings.assets, clock=clock)
    container = PartOfContainer(
        settings=settings,
        database=database,
        blobs=blobs,
        accounts=accounts,
        audit=AuditLog(database, clock=clock),
        clients=ClientService(database, clock=clock),
        keys=KeyService(database, secret_key=SECRET_KEY, workspace=settings.keys, clock=clock),
        campaigns=CampaignService(database, clock=clock),
        costs=CostService(database, till=till),
        budgets=BudgetService(database, clock=clock),
        assets=assets,
        uploads=UploadService(
            database,
            blobs=blobs,
            assets=assets,
            settings=settings.assets,
            clock=clock,
            writers=Writers(idle_limit_s=0.5, patience_s=0.5),
            part_bytes=PART_BYTES,
        ),
        usage=UsageService(database, settings=settings.assets),
        quarantine=QuarantineService(database, settings=settings.assets, clock=clock),
        storage=StorageKeeper(blobs, clock=clock),
    )
    return create_app(cast(Container, container))


@pytest.fixture
async def anybody(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who has not signed in."""
    transport = httpx.ASGITransport(app, client=("192.0.2.1", 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://gauntlet.test/api/v2") as client:
        yield client


@dataclass(frozen=True, slots=True)
class People:
    """Makes callers who have signed in."""

    app: FastAPI
    accounts: AccountService

    async def caller(self, email: str, *, role: Role = "member") -> httpx.AsyncClient:
        user = await self.accounts.create_user(email, PASSWORD, role=role)
        key = await self.accounts.create_key(user.id, "tests")
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url="http://gauntlet.test/api/v2",
            headers={"authorization": f"Bearer {key.key}"},
        )


@pytest.fixture
def people(app: FastAPI, accounts: AccountService) -> People:
    return People(app, accounts)


@pytest.fixture
async def ana(people: People) -> AsyncIterator[httpx.AsyncClient]:
    async with await people.caller("ana@example.com") as client:
        yield client


@pytest.fixture
async def eve(people: People) -> AsyncIterator[httpx.AsyncClient]:
    async with await people.caller("eve@example.com") as client:
        yield client


@pytest.fixture
async def root(people: People) -> AsyncIterator[httpx.AsyncClient]:
    async with await people.caller("root@example.com", role="admin") as client:
        yield client


@pytest.fixture
async def acme(ana: httpx.AsyncClient) -> str:
    """The id of a client of Ana's."""
    response = await ana.post("/clients", json={"name": "Acme"})
    return str(response.json()["id"])


@pytest.fixture
def tus(ana: httpx.AsyncClient) -> TusClient:
    return TusClient(ana)

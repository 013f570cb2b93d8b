"""A till over a real database, and things to be paid for."""

import itertools
from typing import Protocol
from uuid import UUID, uuid4

import pytest

from gauntlet.core.settings import CostSettings
from gauntlet.db.models.jobs import JobRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients.schemas import Client
from gauntlet.domain.costs.budgets import BudgetService
from gauntlet.domain.costs.schemas import IntentDraft
from gauntlet.domain.costs.till import Till
from tests.clocks import ManualClock

UNKNOWN_RESERVE_MICROUSD = 700_000


class MakeDraft(Protocol):
    def __call__(
        self,
        estimate_microusd: int | None = 100,
        *,
        key: str | None = None,
        client_id: UUID | None = None,
        campaign_id: UUID | None = None,
        job_id: int | None = None,
    ) -> IntentDraft: ...


@pytest.fixture
def till(database: Database, clock: ManualClock) -> Till:
    return Till(database, clock=clock, settings=CostSettings(unknown_price_reserve_microusd=UNKNOWN_RESERVE_MICROUSD))


@pytest.fixture
def budgets(database: Database, clock: ManualClock) -> BudgetService:
    return BudgetService(database, clock=clock)


@pytest.fixture
async def job_id(database: Database, ana: Principal, acme: Client, clock: ManualClock) -> int:
    """A job of Acme's."""
    row = JobRow(
        client_id=acme.id,
        user_id=ana.user_id,
        request={},
        status="rendering",
        phase="film",
        run=1,
        progress={},
        timings={},
        estimated_cost_microusd=0,
        actual_cost_microusd=0,
        created_at=clock.now(),
        updated_at=clock.now(),
    )
    async with database.transaction() as session:
        session.add(row)
    return row.id


@pytest.fixture
def draft() -> MakeDraft:
    """Return a function that says what is to be paid for: each time something else, by one client."""
    numbers = itertools.count(1)
    own_client_id = uuid4()

    def make(
        estimate_microusd: int | None = 100,
        *,
        key: str | None = None,
        client_id: UUID | None = None,
        campaign_id: UUID | None = None,
        job_id: int | None = None,
    ) -> IntentDraft:
        return IntentDraft(
            key=key or f"step-{next(numbers)}",
            client_id=client_id or own_client_id,
            campaign_id=campaign_id,
            job_id=job_id,
            user_id=1,
            provider="replicate",
            model="black-forest-labs/flux-schnell",
            purpose="image",
            estimate_microusd=estimate_microusd,
        )

    return make

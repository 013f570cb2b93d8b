"""Many at once for the last of a budget, on each kind of database."""

import asyncio
from collections import Counter
from typing import Final
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert

from gauntlet.db.models.clients import ClientRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.costs.budgets import BudgetService
from gauntlet.domain.costs.errors import BudgetExceeded
from gauntlet.domain.costs.schemas import BudgetDraft, Intent, IntentDraft
from gauntlet.domain.costs.till import Till
from tests.clocks import ManualClock
from tests.domain.costs.conftest import MakeDraft
from tests.domain.costs.ledger import assert_books_balance, balances

RACERS: Final = 50
PLACES: Final = 10
PRICE_MICROUSD: Final = 4_000


async def make_client(database: Database, clock: ManualClock) -> UUID:
    client_id = uuid4()
    async with database.transaction() as session:
        await session.execute(
            insert(ClientRow).values(
                id=client_id, name="Racer", brand_guidelines={}, created_at=clock.now(), updated_at=clock.now()
            )
        )
    return client_id


async def outcomes_of(till: Till, drafts: list[IntentDraft]) -> tuple[list[Intent], list[BudgetExceeded]]:
    """What came of all at once; anything but a grant or a refusal is a fault."""
    outcomes = await asyncio.gather(*(till.open(draft) for draft in drafts), return_exceptions=True)
    granted = [outcome for outcome in outcomes if isinstance(outcome, Intent)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, BudgetExceeded)]
    assert len(granted) + len(refused) == len(drafts), outcomes
    return granted, refused


async def race(
    till: Till, budgets: BudgetService, draft: MakeDraft, database: Database, clock: ManualClock, root: Principal
) -> None:
    client_id = await make_client(database, clock)
    limit = BudgetDraft(
        scope="client", client_id=client_id, period="month", hard_microusd=PLACES * PRICE_MICROUSD + PRICE_MICROUSD // 2
    )
    await budgets.create(root, limit)
    drafts = [draft(PRICE_MICROUSD, client_id=client_id, job_id=number % 7) for number in range(RACERS)]
    granted, _refused = await outcomes_of(till, drafts)
    assert len(granted) == PLACES
    month = clock.now().date().replace(day=1)
    found = await balances(database)
    assert found[("client", str(client_id), "month", month)] == (PLACES * PRICE_MICROUSD, 0)


@pytest.mark.parametrize(
    "rounds", [3, pytest.param(100, marks=pytest.mark.soak)], ids=["a few rounds", "a hundred rounds"]
)
async def test_of_fifty_at_once_exactly_as_many_are_granted_as_the_budget_holds(
    till: Till,
    budgets: BudgetService,
    draft: MakeDraft,
    database: Database,
    clock: ManualClock,
    root: Principal,
    rounds: int,
) -> None:
    for _ in range(rounds):
        await race(till, budgets, draft, database, clock, root)
    await assert_books_balance(database)


async def test_many_in_overlapping_scopes_at_once_never_lock_each_other(
    till: Till, draft: MakeDraft, database: Database
) -> None:
    clients, campaigns = [uuid4() for _ in range(3)], [uuid4() for _ in range(3)]

    async def spend(number: int) -> None:
        intent = await till.open(
            draft(
                100 + number,
                client_id=clients[number % 3],
                campaign_id=campaigns[number // 3 % 3],
                job_id=number % 4,
            )
        )
        await till.begin_sending(intent.id)
        await till.note_sent(intent.id, provider_ref=f"p-{number}")
        if number % 5:
            await till.settle(intent.id, actual_microusd=number * 3)
        else:
            await till.release(intent.id, reason="failed before it ran")

    await asyncio.gather(*(spend(number) for number in range(60)))
    await assert_books_balance(database)


async def test_of_budgets_of_several_scopes_the_tightest_holds(
    till: Till,
    budgets: BudgetService,
    draft: MakeDraft,
    database: Database,
    root: Principal,
    clock: ManualClock,
) -> None:
    client_id = await make_client(database, clock)
    for period, places in (("day", 8), ("month", 5), ("total", 9)):
        await budgets.create(
            root,
            BudgetDraft.model_validate(
                {"scope": "client", "client_id": client_id, "period": period, "hard_microusd": places * PRICE_MICROUSD}
            ),
        )
    await budgets.create(root, BudgetDraft(scope="workspace", period="total", hard_microusd=6 * PRICE_MICROUSD))
    granted, refused = await outcomes_of(till, [draft(PRICE_MICROUSD, client_id=client_id) for _ in range(20)])
    assert len(granted) == 5
    assert Counter((error.used.scope, error.used.period) for error in refused) == {("client", "month"): 15}
    await assert_books_balance(database)


async def test_budget_that_is_set_while_the_first_is_spent_holds_from_then_on(
    till: Till,
    budgets: BudgetService,
    draft: MakeDraft,
    database: Database,
    root: Principal,
    clock: ManualClock,
) -> None:
    for _ in range(8):
        client_id = await make_client(database, clock)
        limit = BudgetDraft(scope="client", client_id=client_id, period="day", hard_microusd=PRICE_MICROUSD)
        await asyncio.gather(
            till.open(draft(PRICE_MICROUSD, client_id=client_id)),
            budgets.create(root, limit),
        )
        with pytest.raises(BudgetExceeded):
            await till.open(draft(1, client_id=client_id))

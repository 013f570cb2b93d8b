"""The books: what nobody may do to them, and what always holds of them whatever happens."""

from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gauntlet.core.errors import Conflict
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.costs.budgets import BudgetService
from gauntlet.domain.costs.errors import BudgetExceeded
from gauntlet.domain.costs.schemas import BudgetDraft, Intent
from gauntlet.domain.costs.till import Till
from tests.clocks import ManualClock
from tests.domain.costs.conftest import MakeDraft
from tests.domain.costs.ledger import accounts, assert_books_balance, entries, workspace_total

HARD_MICROUSD: Final = 2_000
KEYS: Final = 5

VERBS: Final = ("open", "send", "again", "note", "settle", "settle unknown", "release", "park", "wait")
Step = tuple[str, int, int]


@pytest.mark.parametrize("statement", ["UPDATE ledger_entries SET amount_microusd = 0", "DELETE FROM ledger_entries"])
async def test_entries_are_never_changed_or_deleted(
    till: Till, draft: MakeDraft, database: Database, statement: str
) -> None:
    await till.open(draft())
    before = len(await entries(database))
    with pytest.raises(DBAPIError, match="never changed or deleted"):
        async with database.transaction() as session:
            await session.execute(text(statement))
    assert len(await entries(database)) == before
    await assert_books_balance(database)


@given(steps=st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, KEYS - 1), st.integers(0, 900)), max_size=40))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_done_in_whatever_order_the_books_balance(
    till: Till,
    budgets: BudgetService,
    draft: MakeDraft,
    database: Database,
    clock: ManualClock,
    root: Principal,
    steps: list[Step],
) -> None:
    # The database stays from one example to the next: keys are new in each, and the books hold all of them.
    begun = len(await entries(database))
    await budgets.put(root, BudgetDraft(scope="workspace", period="day", hard_microusd=HARD_MICROUSD))
    for step in steps:
        await take(till, draft, clock, step, example=begun)
    await assert_books_balance(database)
    sums = await accounts(database)
    if sums:
        reserved, spent = await workspace_total(database)
        assert (sums["reserved"], sums.get("spent", 0)) == (reserved, spent)
        assert sums["available"] == -(reserved + spent)


async def take(till: Till, draft: MakeDraft, clock: ManualClock, step: Step, *, example: int) -> None:
    verb, number, amount = step
    if verb == "wait":
        clock.advance(hours=amount / 20)
        return
    key = f"example-{example}-{number}"
    intent = await till.by_key(key)
    try:
        if verb == "open" or intent is None:
            await till.open(draft(amount, key=key, job_id=number))
        else:
            await change(till, intent, verb, amount)
    except (BudgetExceeded, Conflict):
        pass  # refused: the books must be as they were


async def change(till: Till, intent: Intent, verb: str, amount: int) -> None:
    match verb:
        case "send":
            await till.begin_sending(intent.id)
        case "again":
            await till.begin_again(intent.id)
        case "note":
            await till.note_sent(intent.id, provider_ref=f"of {intent.id}")
        case "settle":
            await till.settle(intent.id, actual_microusd=amount)
        case "settle unknown":
            await till.settle(intent.id, actual_microusd=None)
        case "release":
            await till.release(intent.id, reason="a test")
        case _:
            await till.park(intent.id, reason="a test")

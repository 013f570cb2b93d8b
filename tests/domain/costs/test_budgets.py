from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from gauntlet.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from gauntlet.core.paging import Page
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.campaigns.schemas import Campaign, CampaignDraft
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.schemas import Client, MemberDraft
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.costs.budgets import BudgetService
from gauntlet.domain.costs.errors import BudgetExceeded
from gauntlet.domain.costs.schemas import BudgetDraft, BudgetPatch
from gauntlet.domain.costs.till import Till
from tests.clocks import ManualClock
from tests.domain.costs.conftest import MakeDraft

ALL = Page()


@pytest.fixture
async def spring(campaigns: CampaignService, ana: Principal, acme: Client) -> Campaign:
    return await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))


def of_client(client: Client, **limits: int) -> BudgetDraft:
    return BudgetDraft.model_validate({"scope": "client", "client_id": client.id, "period": "month", **limits})


async def test_budget_tells_what_is_used_of_it_also_what_was_before_it(
    budgets: BudgetService, till: Till, draft: MakeDraft, ana: Principal, acme: Client
) -> None:
    first = await till.open(draft(300, client_id=acme.id))
    await till.begin_sending(first.id)
    await till.settle(first.id, actual_microusd=250)
    await till.open(draft(100, client_id=acme.id))
    budget = await budgets.create(ana, of_client(acme, hard_microusd=1_000))
    assert (budget.spent_microusd, budget.reserved_microusd, budget.left_microusd) == (250, 100, 650)
    assert (budget.percentage, budget.name) == (35.0, "Acme")
    assert (str(budget.starts_on), str(budget.ends_on)) == ("2026-03-01", "2026-03-31")
    assert await budgets.get(ana, budget.id) == budget


async def test_hard_budget_refuses_what_does_not_fit_and_says_why(
    budgets: BudgetService, till: Till, draft: MakeDraft, ana: Principal, acme: Client
) -> None:
    await budgets.create(ana, of_client(acme, hard_microusd=2_500_000))
    await till.open(draft(2_000_000, client_id=acme.id))
    with pytest.raises(
        BudgetExceeded, match=r"this client is \$2\.50.*\$2\.00 reserved.*no room for \$1\.00"
    ) as caught:
        await till.open(draft(1_000_000, key="refused", client_id=acme.id))
    assert caught.value.details == {
        "scope": "client",
        "scopeId": str(acme.id),
        "period": "month",
        "limit": 2_500_000,
        "spent": 0,
        "reserved": 2_000_000,
        "asked": 1_000_000,
    }
    assert await till.by_key("refused") is None
    await till.open(draft(500_000, client_id=acme.id))


async def test_refusal_by_the_workspaces_budget_tells_nothing_of_what_others_spent(
    budgets: BudgetService, till: Till, draft: MakeDraft, root: Principal, acme: Client
) -> None:
    limit = {"scope": "workspace", "period": "day", "hard_microusd": 2_340_000}
    await budgets.create(root, BudgetDraft.model_validate(limit))
    await till.open(draft(1_230_000, client_id=acme.id))
    with pytest.raises(BudgetExceeded, match=r"Today's budget of the workspace.*no room for \$2\.00") as caught:
        await till.open(draft(2_000_000, key="refused", client_id=acme.id))
    assert caught.value.details == {"scope": "workspace", "scopeId": None, "period": "day", "asked": 2_000_000}
    assert "2.34" not in caught.value.message
    assert "1.23" not in caught.value.message


async def test_refused_step_may_reserve_under_the_same_key_once_there_is_room(
    budgets: BudgetService, till: Till, draft: MakeDraft, ana: Principal, acme: Client
) -> None:
    budget = await budgets.create(ana, of_client(acme, hard_microusd=50))
    with pytest.raises(BudgetExceeded):
        await till.open(draft(100, key="step", client_id=acme.id))
    assert not await till.would_grant(client_id=acme.id, campaign_id=None, job_id=None, amount_microusd=100)
    await budgets.update(ana, budget.id, BudgetPatch(hard_microusd=100))
    assert await till.would_grant(client_id=acme.id, campaign_id=None, job_id=None, amount_microusd=100)
    assert (await till.open(draft(100, key="step", client_id=acme.id))).reserved_microusd == 100


@pytest.mark.parametrize("scope", ["workspace", "client", "campaign", "job"])
async def test_each_scope_holds(
    budgets: BudgetService,
    till: Till,
    draft: MakeDraft,
    root: Principal,
    acme: Client,
    spring: Campaign,
    job_id: int,
    scope: str,
) -> None:
    target = {"client": {"client_id": acme.id}, "campaign": {"campaign_id": spring.id}, "job": {"job_id": job_id}}
    limit = {"scope": scope, "period": "total", "hard_microusd": 150, **target.get(scope, {})}
    budget = await budgets.create(root, BudgetDraft.model_validate(limit))
    assert (budget.starts_on, budget.ends_on) == (None, None)
    await till.open(draft(100, client_id=acme.id, campaign_id=spring.id, job_id=job_id))
    with pytest.raises(BudgetExceeded) as caught:
        await till.open(draft(100, client_id=acme.id, campaign_id=spring.id, job_id=job_id))
    assert (caught.value.details["scope"], caught.value.details["period"]) == (scope, "total")


async def test_day_and_month_begin_anew_and_the_total_does_not(
    budgets: BudgetService, till: Till, draft: MakeDraft, root: Principal, clock: ManualClock
) -> None:
    for period, hard in (("day", 100), ("month", 200), ("total", 300)):
        await budgets.create(
            root, BudgetDraft.model_validate({"scope": "workspace", "period": period, "hard_microusd": hard})
        )

    async def refused_by() -> object:
        try:
            await till.open(draft(100))
        except BudgetExceeded as error:
            return error.details["period"]
        return None

    assert [await refused_by() for _ in range(2)] == [None, "day"]
    clock.advance(hours=24)
    assert [await refused_by() for _ in range(2)] == [None, "day"]
    clock.advance(hours=24)
    assert await refused_by() == "month"
    clock.advance(hours=24 * 31)
    assert await refused_by() is None
    clock.advance(hours=24)
    assert await refused_by() == "total"


async def test_soft_limit_that_is_passed_is_told_of_once_a_period(
    budgets: BudgetService, till: Till, draft: MakeDraft, ana: Principal, acme: Client, clock: ManualClock
) -> None:
    budget = await budgets.create(ana, of_client(acme, soft_microusd=150))
    with capture_logs() as logs:
        await till.open(draft(150, client_id=acme.id))
        assert logs == []
        for _ in range(2):
            await till.open(draft(10, client_id=acme.id))
    assert [(entry["event"], entry["used_microusd"]) for entry in logs] == [("budget.warned", 160)]
    warned = await budgets.get(ana, budget.id)
    assert warned.warned_at == clock.now()
    assert (warned.percentage, warned.left_microusd) == (113.3, None)
    clock.advance(hours=24 * 31)
    assert (await budgets.get(ana, budget.id)).warned_at is None


async def test_what_was_charged_over_the_reservation_warns_too(
    budgets: BudgetService, till: Till, draft: MakeDraft, ana: Principal, acme: Client
) -> None:
    await budgets.create(ana, of_client(acme, soft_microusd=150, hard_microusd=150))
    intent = await till.open(draft(100, client_id=acme.id))
    await till.begin_sending(intent.id)
    with capture_logs() as logs:
        await till.settle(intent.id, actual_microusd=180)
    assert [entry["event"] for entry in logs] == ["budget.warned"]
    (budget,), _ = await budgets.list(ana, page=ALL)
    assert (budget.left_microusd, budget.percentage) == (-30, 120.0)


async def test_soft_limit_is_told_of_anew_when_it_is_changed(
    budgets: BudgetService, till: Till, draft: MakeDraft, ana: Principal, acme: Client, clock: ManualClock
) -> None:
    await till.open(draft(200, client_id=acme.id))
    budget = await budgets.create(ana, of_client(acme, soft_microusd=100))
    assert budget.warned_at == clock.now()
    with capture_logs() as logs:
        changed = await budgets.update(ana, budget.id, BudgetPatch(hard_microusd=900))
        assert (changed.warned_at, logs) == (budget.warned_at, [])
        assert (await budgets.update(ana, budget.id, BudgetPatch(soft_microusd=300))).warned_at is None
        assert (await budgets.update(ana, budget.id, BudgetPatch(soft_microusd=150))).warned_at is not None
    assert len(logs) == 1


async def test_deleted_budget_holds_nothing_back(
    budgets: BudgetService, till: Till, draft: MakeDraft, ana: Principal, acme: Client
) -> None:
    budget = await budgets.create(ana, of_client(acme, hard_microusd=0, soft_microusd=0))
    with pytest.raises(BudgetExceeded):
        await till.open(draft(1, client_id=acme.id))
    await budgets.delete(ana, budget.id)
    await till.open(draft(1, client_id=acme.id))
    with pytest.raises(NotFound):
        await budgets.get(ana, budget.id)


async def test_scope_and_period_have_one_budget(budgets: BudgetService, ana: Principal, acme: Client) -> None:
    budget = await budgets.create(ana, of_client(acme, hard_microusd=100))
    with pytest.raises(Conflict) as caught:
        await budgets.create(ana, of_client(acme, hard_microusd=200))
    assert caught.value.details["budgetId"] == budget.id
    assert (await budgets.get(ana, budget.id)).hard_microusd == 100
    assert (await budgets.put(ana, of_client(acme, soft_microusd=50))).id == budget.id
    replaced = await budgets.get(ana, budget.id)
    assert (replaced.hard_microusd, replaced.soft_microusd) == (None, 50)


@pytest.mark.parametrize(
    ("draft_of", "field"),
    [
        ({"scope": "client", "hard_microusd": 1}, "clientId"),
        ({"scope": "job", "client_id": str(uuid4()), "hard_microusd": 1}, "jobId"),
        ({"scope": "workspace", "job_id": 1, "hard_microusd": 1}, "jobId"),
        ({"scope": "workspace"}, "hardMicrousd"),
        ({"scope": "workspace", "hard_microusd": 1, "soft_microusd": 2}, "softMicrousd"),
    ],
)
async def test_wrong_budget_is_refused_naming_its_fault(
    budgets: BudgetService, root: Principal, draft_of: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await budgets.create(root, BudgetDraft.model_validate({"period": "day", **draft_of}))
    assert caught.value.details["field"] == field


async def test_change_that_leaves_no_sensible_limit_is_refused(
    budgets: BudgetService, ana: Principal, acme: Client
) -> None:
    budget = await budgets.create(ana, of_client(acme, hard_microusd=100))
    for patch in (BudgetPatch(hard_microusd=None), BudgetPatch(soft_microusd=101)):
        with pytest.raises(InvalidInput):
            await budgets.update(ana, budget.id, patch)
    assert await budgets.get(ana, budget.id) == budget


async def test_budgets_are_set_by_who_may_and_seen_by_the_clients_own(
    budgets: BudgetService,
    clients: ClientService,
    ana: Principal,
    eve: Principal,
    root: Principal,
    acme: Client,
    spring: Campaign,
) -> None:
    workspace = BudgetDraft(scope="workspace", period="day", hard_microusd=1)
    of_campaign = BudgetDraft(scope="campaign", campaign_id=spring.id, period="day", hard_microusd=1)
    with pytest.raises(NotAllowed):
        await budgets.create(ana, workspace)
    for draft in (of_client(acme, hard_microusd=1), of_campaign):
        with pytest.raises(NotFound):
            await budgets.create(eve, draft)
    await clients.members.add(ana, acme.id, MemberDraft(email=eve.email, role="editor"))
    with pytest.raises(NotAllowed):
        await budgets.create(eve, of_client(acme, hard_microusd=1))
    own = await budgets.create(eve, of_campaign)
    assert (own.name, own.client_id) == ("Spring", acme.id)
    hidden = await budgets.create(root, workspace)
    for principal, seen in ((ana, [own.id]), (eve, [own.id]), (root, [hidden.id, own.id])):
        listed, total = await budgets.list(principal, page=ALL)
        assert ([budget.id for budget in listed], total) == (seen, len(seen))
    with pytest.raises(NotFound):
        await budgets.get(ana, hidden.id)


async def test_budgets_of_others_are_as_if_they_were_not(
    budgets: BudgetService, ana: Principal, eve: Principal, acme: Client
) -> None:
    budget = await budgets.create(ana, of_client(acme, hard_microusd=1))
    for attempt in (
        budgets.get(eve, budget.id),
        budgets.update(eve, budget.id, BudgetPatch(hard_microusd=9)),
        budgets.delete(eve, budget.id),
        budgets.list(eve, page=ALL, client_id=acme.id),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert (await budgets.list(eve, page=ALL)) == ([], 0)

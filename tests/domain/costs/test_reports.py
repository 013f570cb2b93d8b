from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID, uuid4

import pytest

from gauntlet.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from gauntlet.core.paging import Page
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.campaigns.schemas import CampaignDraft
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.schemas import Client, MemberDraft
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.costs import reports
from gauntlet.domain.costs.reports import CostService
from gauntlet.domain.costs.schemas import CostQuery, CostSums, EntryQuery, GroupBy, IntentStatus, Resolution
from gauntlet.domain.costs.sheets import dollars, plain, report_csv
from gauntlet.domain.costs.till import Till
from tests.clocks import ManualClock
from tests.domain.costs.conftest import MakeDraft
from tests.domain.costs.ledger import accounts as ledger_accounts
from tests.domain.costs.ledger import assert_books_balance

ALL = Page()
Spend = Callable[..., Awaitable[UUID]]


@pytest.fixture
def costs(database: Database, till: Till) -> CostService:
    return CostService(database, till=till)


@pytest.fixture
def spend(till: Till, draft: MakeDraft) -> Spend:
    """Return a function that spends on something, by a job or campaign of a client."""

    async def run(
        actual_microusd: int | None,
        *,
        estimate_microusd: int | None = 100,
        client_id: UUID | None = None,
        campaign_id: UUID | None = None,
        job_id: int | None = None,
    ) -> UUID:
        intent = await till.open(draft(estimate_microusd, client_id=client_id, campaign_id=campaign_id, job_id=job_id))
        await till.begin_sending(intent.id)
        await till.settle(intent.id, actual_microusd=actual_microusd, provider_ref=f"p-{intent.id}")
        return intent.id

    return run


@pytest.fixture
async def lost(till: Till, draft: MakeDraft, acme: Client) -> UUID:
    """A spending of Acme's of which nobody knows whether it was charged."""
    intent = await till.open(draft(100, client_id=acme.id))
    await till.begin_sending(intent.id)
    await till.park(intent.id, reason="the answer was lost")
    return intent.id


async def test_report_tells_estimate_reservation_and_spend_of_all_but_what_was_released(
    costs: CostService, till: Till, draft: MakeDraft, spend: Spend, lost: UUID, ana: Principal, acme: Client
) -> None:
    await spend(120, client_id=acme.id)
    await spend(None, client_id=acme.id, estimate_microusd=None)
    await till.open(draft(300, client_id=acme.id))
    released = await till.open(draft(7_000, client_id=acme.id))
    await till.release(released.id, reason="refused")
    report = await costs.report(ana, CostQuery())
    (day,) = report.groups
    assert day.key == "2026-03-01"
    assert (
        day.model_dump(exclude={"key", "name"})
        == report.total.model_dump()
        == {
            "estimateMicrousd": 100 + 100 + 300,
            "reservedMicrousd": 100 + 300,
            "spentMicrousd": 120 + 700_000,
            "count": 4,
            "unknownPriceCount": 1,
            "estimatedCount": 1,
            "ambiguousCount": 1,
        }
    )


async def test_sums_of_a_report_are_those_of_the_ledger(
    costs: CostService, spend: Spend, lost: UUID, database: Database, root: Principal
) -> None:
    for amount in (1, 20, 300):
        await spend(amount)
    total = (await costs.report(root, CostQuery(group_by="model"))).total
    booked = await ledger_accounts(database)
    assert (total.estimate_microusd, total.reserved_microusd, total.spent_microusd) == (
        booked["estimate"],
        booked["reserved"],
        booked["spent"],
    )
    await assert_books_balance(database)


async def test_spend_is_grouped_by_what_is_asked_for(
    costs: CostService,
    campaigns: CampaignService,
    clients: ClientService,
    spend: Spend,
    clock: ManualClock,
    ana: Principal,
    acme: Client,
) -> None:
    spring = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    await spend(5, client_id=acme.id, campaign_id=spring.id, job_id=7)
    clock.advance(hours=24)
    await spend(2, client_id=acme.id, job_id=8)
    await spend(1, client_id=acme.id)

    async def groups(by: GroupBy) -> list[tuple[str | None, str | None, int]]:
        report = await costs.report(ana, CostQuery(group_by=by))
        return [(group.key, group.name, group.spent_microusd) for group in report.groups]

    assert await groups("day") == [("2026-03-02", None, 3), ("2026-03-01", None, 5)]
    assert await groups("client") == [(str(acme.id), "Acme", 8)]
    assert await groups("campaign") == [(str(spring.id), "Spring", 5), (None, None, 3)]
    assert await groups("job") == [("7", None, 5), ("8", None, 2), (None, None, 1)]
    assert await groups("model") == [("replicate:black-forest-labs/flux-schnell", None, 8)]
    assert await groups("purpose") == [("image", None, 8)]


async def test_report_is_narrowed_by_days_and_things(
    costs: CostService, spend: Spend, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    for amount in (1, 20, 300):
        await spend(amount, client_id=acme.id, job_id=amount)
        clock.advance(hours=24)

    async def spent(**query: object) -> int:
        return (await costs.report(ana, CostQuery.model_validate(query))).total.spent_microusd

    assert await spent(first_day=date(2026, 3, 2)) == 320
    assert await spent(last_day=date(2026, 3, 2)) == 21
    assert await spent(first_day=date(2026, 3, 2), last_day=date(2026, 3, 2)) == 20
    assert await spent(job_id=300, client_id=acme.id) == 300
    assert await spent(campaign_id=uuid4()) == 0
    with pytest.raises(InvalidInput, match="before the first"):
        await spent(first_day=date(2026, 3, 2), last_day=date(2026, 3, 1))


async def test_report_of_too_many_groups_is_refused(
    costs: CostService, spend: Spend, root: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "GROUPS_MAX", 2)
    for job_id in (1, 2):
        await spend(1, job_id=job_id)
    assert len((await costs.report(root, CostQuery(group_by="job"))).groups) == 2
    await spend(1, job_id=3)
    with pytest.raises(InvalidInput, match="more than 2 groups"):
        await costs.report(root, CostQuery(group_by="job"))


async def test_money_is_seen_by_the_clients_own_and_that_of_deleted_clients_by_administrators(
    costs: CostService,
    clients: ClientService,
    spend: Spend,
    lost: UUID,
    ana: Principal,
    eve: Principal,
    root: Principal,
    acme: Client,
) -> None:
    await spend(5, client_id=acme.id)
    assert (await costs.report(eve, CostQuery())).groups == ()
    assert await costs.entries(eve, EntryQuery(), page=ALL) == ([], 0)
    assert await costs.ambiguous(eve, page=ALL) == ([], 0)
    for refused in (
        costs.report(eve, CostQuery(client_id=acme.id)),
        costs.entries(eve, EntryQuery(client_id=acme.id), page=ALL),
        costs.resolve(eve, lost, Resolution(outcome="charged")),
    ):
        with pytest.raises(NotFound):
            await refused
    await clients.delete(ana, acme.id)
    assert (await costs.report(root, CostQuery(group_by="client"))).groups[0].key == str(acme.id)
    assert (await costs.resolve(root, lost, Resolution(outcome="not_charged"))).status is IntentStatus.RELEASED


async def test_entries_are_listed_newest_first_and_by_what_they_are_of(
    costs: CostService, spend: Spend, ana: Principal, acme: Client
) -> None:
    first = await spend(60, client_id=acme.id, job_id=7)
    await spend(100, client_id=acme.id)
    entries, total = await costs.entries(ana, EntryQuery(intent_id=first), page=ALL)
    assert [(entry.kind, entry.account, entry.amount_microusd) for entry in reversed(entries)] == [
        ("estimate", "plan", -100),
        ("estimate", "estimate", 100),
        ("reserve", "available", -100),
        ("reserve", "reserved", 100),
        ("settle", "reserved", -60),
        ("settle", "spent", 60),
        ("settle", "reserved", -40),
        ("settle", "available", 40),
    ]
    assert total == 8
    (spent,), _ = await costs.entries(ana, EntryQuery(account="spent", job_id=7), page=ALL)
    assert (spent.amount_microusd, spent.provider_ref) == (60, f"p-{first}")
    page, total = await costs.entries(ana, EntryQuery(client_id=acme.id), page=Page(limit=2, offset=1))
    assert (len(page), total) == (2, 14)


async def test_costs_of_a_job_are_its_own(
    costs: CostService, till: Till, draft: MakeDraft, spend: Spend, acme: Client
) -> None:
    await spend(60, job_id=7)
    await spend(1_000, job_id=8)
    await till.open(draft(40, job_id=7))
    assert await costs.of_job(7) == CostSums(estimate_microusd=140, reserved_microusd=40, spent_microusd=60)
    assert await costs.of_job(9) == CostSums()


@pytest.mark.parametrize(
    ("amount_microusd", "booked", "is_estimated"), [(80, 80, False), (0, 0, False), (None, 100, True)]
)
async def test_person_says_that_it_was_charged(
    costs: CostService, lost: UUID, ana: Principal, amount_microusd: int | None, booked: int, is_estimated: bool
) -> None:
    (waiting,), _ = await costs.ambiguous(ana, page=ALL)
    assert (waiting.id, waiting.reason) == (lost, "the answer was lost")
    resolution = Resolution(outcome="charged", amount_microusd=amount_microusd, provider_ref="p-9")
    decided = await costs.resolve(ana, lost, resolution)
    assert (decided.status, decided.actual_microusd, decided.is_actual_estimated, decided.provider_ref) == (
        IntentStatus.SETTLED,
        booked,
        is_estimated,
        "p-9",
    )
    assert decided.reason == f"user {ana.user_id} found that it was charged"
    with pytest.raises(Conflict, match="settled"):
        await costs.resolve(ana, lost, resolution)
    assert await costs.ambiguous(ana, page=ALL) == ([], 0)


async def test_what_was_not_charged_has_no_amount(costs: CostService, lost: UUID, ana: Principal) -> None:
    for told in ({"amount_microusd": 5}, {"provider_ref": "p-1"}):
        with pytest.raises(InvalidInput):
            await costs.resolve(ana, lost, Resolution.model_validate({"outcome": "not_charged", **told}))
    assert (await costs.ambiguous(ana, page=ALL))[1] == 1


async def test_viewers_neither_see_nor_decide_what_is_left_to_a_person(
    costs: CostService, clients: ClientService, lost: UUID, ana: Principal, eve: Principal, acme: Client
) -> None:
    await clients.members.add(ana, acme.id, MemberDraft(email=eve.email, role="viewer"))
    assert await costs.ambiguous(eve, page=ALL) == ([], 0)
    with pytest.raises(NotAllowed):
        await costs.resolve(eve, lost, Resolution(outcome="not_charged"))
    assert (await costs.report(eve, CostQuery())).total.ambiguous_count == 1


async def test_sheet_has_a_line_for_each_group_and_no_formula(
    costs: CostService, clients: ClientService, spend: Spend, ana: Principal, acme: Client
) -> None:
    await spend(1_234_567, client_id=acme.id)
    report = await costs.report(ana, CostQuery(group_by="client"))
    evil = report.groups[0].model_copy(update={"name": '=HYPERLINK("http://example.com","Acme, \nInc")'})
    sheet = report_csv(report.model_copy(update={"groups": (evil,)}))
    assert sheet == (
        "client,name,estimate_usd,reserved_usd,spent_usd,count,unknown_price_count,estimated_count,ambiguous_count\r\n"
        f'{acme.id},"\'=HYPERLINK(""http://example.com"",""Acme, \nInc"")",0.000100,0.000000,1.234567,1,0,0,0\r\n'
    )


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_cell_that_a_spreadsheet_would_compute_is_text(text: str) -> None:
    assert plain(text) == f"'{text}"


def test_harmless_cells_stay_as_they_are() -> None:
    assert [plain(text) for text in ("Acme", "2026-03-01", "", None)] == ["Acme", "2026-03-01", "", ""]
    assert [dollars(amount) for amount in (0, 1, 3_000, 12_345_678_901_234)] == [
        "0.000000",
        "0.000001",
        "0.003000",
        "12345678.901234",
    ]

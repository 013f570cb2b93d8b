import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from gauntlet.core.creative.brand import BrandColour, BrandGuidelines
from gauntlet.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from gauntlet.core.ids import UserId
from gauntlet.core.paging import Page
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.clients import ClientRow, MembershipRow
from gauntlet.db.models.jobs import JobRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.campaigns.schemas import CampaignDraft
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.repository import RUNNING_JOB_STATUSES
from gauntlet.domain.clients.schemas import Client, ClientDraft, ClientPatch, MemberDraft, MemberRole
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.jobs.rules import WORKING
from tests.clocks import ManualClock
from tests.services import make_principal

ALL = Page()


async def insert_job(database: Database, client: Client, who: Principal, clock: ManualClock, *, status: str) -> None:
    async with database.transaction() as session:
        session.add(
            JobRow(
                client_id=client.id,
                user_id=who.user_id,
                request={},
                status=status,
                phase="storyboard",
                run=1,
                progress={},
                timings={},
                estimated_cost_microusd=0,
                actual_cost_microusd=250_000,
                created_at=clock.now(),
                updated_at=clock.now(),
            )
        )


async def test_client_comes_back_as_it_was_made(clients: ClientService, ana: Principal) -> None:
    draft = ClientDraft(
        name="  Café Ümlaut 日本  ",
        description="Coffee",
        homepage="https://example.com/a?b=c",
        brand_guidelines=BrandGuidelines(colours=(BrandColour(hex="#AA3300", role="primary"),), voice="warm"),
    )
    made = await clients.create(ana, draft)
    found = await clients.get(ana, made.id)
    assert found == made
    assert (found.name, found.brand_guidelines) == ("Café Ümlaut 日本", draft.brand_guidelines)


async def test_strangers_find_no_client_whatever_they_try(
    clients: ClientService, ana: Principal, eve: Principal, acme: Client
) -> None:
    assert await clients.list(eve, page=ALL) == ([], 0)
    for attempt in (
        clients.get(eve, acme.id),
        clients.update(eve, acme.id, ClientPatch(name="Mine")),
        clients.delete(eve, acme.id),
        clients.stats(eve, acme.id),
        clients.members.list(eve, acme.id, page=ALL),
        clients.members.add(eve, acme.id, MemberDraft(email=eve.email, role="owner")),
        clients.members.change(eve, acme.id, ana.user_id, role="viewer"),
        clients.members.remove(eve, acme.id, ana.user_id),
        clients.members.remove(eve, acme.id, eve.user_id),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await clients.get(ana, acme.id) == acme


async def test_missing_and_foreign_clients_are_told_alike(clients: ClientService, eve: Principal, acme: Client) -> None:
    said: list[str] = []
    for client_id in (acme.id, missing := uuid4()):
        with pytest.raises(NotFound) as caught:
            await clients.get(eve, client_id)
        said.append(caught.value.message.replace(str(client_id), "ID"))
    assert said[0] == said[1], missing


async def test_administrators_reach_every_client(clients: ClientService, root: Principal, acme: Client) -> None:
    assert await clients.list(root, page=ALL) == ([acme], 1)
    await clients.update(root, acme.id, ClientPatch(name="Renamed"))
    await clients.delete(root, acme.id)


@pytest.mark.parametrize(("role", "may_edit"), [("viewer", False), ("editor", True), ("owner", True)])
async def test_members_do_what_their_role_allows(
    clients: ClientService, ana: Principal, eve: Principal, acme: Client, role: MemberRole, may_edit: bool
) -> None:
    await clients.members.add(ana, acme.id, MemberDraft(email="EVE@example.com", role=role))
    assert (await clients.get(eve, acme.id)).name == "Acme"
    if may_edit:
        assert (await clients.update(eve, acme.id, ClientPatch(name="New"))).name == "New"
    else:
        with pytest.raises(NotAllowed, match="editor; yours is viewer"):
            await clients.update(eve, acme.id, ClientPatch(name="New"))
    if role == "owner":
        await clients.delete(eve, acme.id)
    else:
        with pytest.raises(NotAllowed, match="owner"):
            await clients.delete(eve, acme.id)


async def test_patch_changes_only_what_it_names(
    clients: ClientService, ana: Principal, acme: Client, clock: ManualClock
) -> None:
    await clients.update(ana, acme.id, ClientPatch(description="Anvils", homepage="http://acme.example"))
    clock.advance(seconds=5)
    changed = await clients.update(ana, acme.id, ClientPatch(description=None))
    assert (changed.name, changed.description, changed.homepage) == ("Acme", None, "http://acme.example")
    assert changed.created_at == acme.created_at
    assert changed.updated_at == clock.now()


async def test_logo_that_is_not_the_clients_own_is_refused(
    clients: ClientService, ana: Principal, acme: Client
) -> None:
    guidelines = BrandGuidelines(logo_asset_id=uuid4())
    with pytest.raises(InvalidInput, match=str(guidelines.logo_asset_id)):
        await clients.update(ana, acme.id, ClientPatch(brand_guidelines=guidelines))
    with pytest.raises(InvalidInput):
        await clients.create(ana, ClientDraft(name="Other", brand_guidelines=guidelines))
    assert await clients.list(ana, page=ALL) == ([acme], 1)


async def test_clients_are_listed_newest_first_a_page_at_a_time(
    clients: ClientService, ana: Principal, clock: ManualClock
) -> None:
    for n in range(5):
        await clients.create(ana, ClientDraft(name=f"Client {n}"))
        clock.advance(seconds=1)
    page, total = await clients.list(ana, page=Page(limit=2, offset=1))
    assert [client.name for client in page] == ["Client 3", "Client 2"]
    assert total == 5


async def test_name_finds_the_same_client_even_at_once(clients: ClientService, ana: Principal) -> None:
    found = await asyncio.gather(*(clients.find_or_create_by_name(ana, " Acme ") for _ in range(5)))
    assert len({client.id for client in found}) == 1
    assert (await clients.list(ana, page=ALL))[1] == 1


async def test_name_of_somebody_elses_client_makes_one_of_ones_own(
    clients: ClientService, eve: Principal, acme: Client
) -> None:
    assert (await clients.find_or_create_by_name(eve, "Acme")).id != acme.id


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "two\nlines", "nul\0"])
async def test_name_that_is_none_makes_no_client(clients: ClientService, ana: Principal, name: str) -> None:
    with pytest.raises(InvalidInput):
        await clients.find_or_create_by_name(ana, name)
    assert await clients.list(ana, page=ALL) == ([], 0)


def test_states_that_hinder_deletion_are_those_in_which_a_job_works() -> None:
    assert set(RUNNING_JOB_STATUSES) == {str(status) for status in WORKING}


@pytest.mark.parametrize("status", RUNNING_JOB_STATUSES)
async def test_client_with_a_running_job_is_not_deleted(
    clients: ClientService, database: Database, ana: Principal, acme: Client, clock: ManualClock, status: str
) -> None:
    await insert_job(database, acme, ana, clock, status=status)
    with pytest.raises(Conflict, match="1 job of this client is still running"):
        await clients.delete(ana, acme.id)
    assert await clients.get(ana, acme.id) == acme


async def test_deleted_client_takes_all_it_owns_with_it(
    clients: ClientService, database: Database, ana: Principal, acme: Client, clock: ManualClock
) -> None:
    await CampaignService(database, clock=clock).create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    await insert_job(database, acme, ana, clock, status="completed")
    await clients.delete(ana, acme.id)
    async with database.read() as session:
        for table in (ClientRow, MembershipRow, CampaignRow, JobRow):
            assert await session.scalar(select(func.count()).select_from(table)) == 0
    with pytest.raises(NotFound):
        await clients.get(ana, acme.id)


async def test_stats_count_what_the_client_has_and_nobody_elses(
    clients: ClientService, database: Database, ana: Principal, acme: Client, clock: ManualClock
) -> None:
    other = await clients.create(ana, ClientDraft(name="Other"))
    await CampaignService(database, clock=clock).create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    for client, status in ((acme, "completed"), (acme, "rendering"), (acme, "failed"), (other, "completed")):
        await insert_job(database, client, ana, clock, status=status)
    stats = await clients.stats(ana, acme.id)
    assert (stats.campaigns, stats.assets, stats.asset_size_bytes) == (1, 0, 0)
    assert (stats.jobs, stats.jobs_running, stats.jobs_completed) == (3, 1, 1)
    assert stats.actual_cost_microusd == 750_000


async def test_members_are_listed_by_address(
    clients: ClientService, ana: Principal, eve: Principal, acme: Client
) -> None:
    await clients.members.add(ana, acme.id, MemberDraft(email=eve.email, role="viewer"))
    members, total = await clients.members.list(eve, acme.id, page=ALL)
    assert [(member.email, member.role) for member in members] == [(ana.email, "owner"), (eve.email, "viewer")]
    assert total == 2


async def test_unknown_user_and_member_twice_are_refused(
    clients: ClientService, ana: Principal, eve: Principal, acme: Client
) -> None:
    with pytest.raises(NotFound, match=r"nobody@example\.com"):
        await clients.members.add(ana, acme.id, MemberDraft(email="nobody@example.com"))
    await clients.members.add(ana, acme.id, MemberDraft(email=eve.email))
    with pytest.raises(Conflict, match="member already"):
        await clients.members.add(ana, acme.id, MemberDraft(email=eve.email))
    with pytest.raises(NotFound, match="User 404"):
        await clients.members.change(ana, acme.id, UserId(404), role="owner")


async def test_last_owner_can_neither_leave_nor_step_down(
    clients: ClientService, ana: Principal, eve: Principal, root: Principal, acme: Client
) -> None:
    await clients.members.add(ana, acme.id, MemberDraft(email=eve.email, role="editor"))
    for attempt in (
        clients.members.remove(ana, acme.id, ana.user_id),
        clients.members.remove(root, acme.id, ana.user_id),
        clients.members.change(ana, acme.id, ana.user_id, role="editor"),
    ):
        with pytest.raises(Conflict, match="last owner"):
            await attempt
    await clients.members.change(ana, acme.id, eve.user_id, role="owner")
    await clients.members.remove(ana, acme.id, ana.user_id)
    with pytest.raises(NotFound):
        await clients.get(ana, acme.id)


async def test_owners_who_leave_at_once_leave_one_behind(
    clients: ClientService, ana: Principal, eve: Principal, acme: Client
) -> None:
    await clients.members.add(ana, acme.id, MemberDraft(email=eve.email, role="owner"))
    outcomes = await asyncio.gather(
        *(clients.members.remove(who, acme.id, who.user_id) for who in (ana, eve)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes].count(Conflict) == 1


async def test_everybody_may_leave_but_only_owners_send_others_away(
    clients: ClientService, accounts: AccountService, ana: Principal, eve: Principal, acme: Client
) -> None:
    bob = await make_principal(accounts, "bob@example.com")
    for who in (eve, bob):
        await clients.members.add(ana, acme.id, MemberDraft(email=who.email, role="viewer"))
    with pytest.raises(NotAllowed):
        await clients.members.remove(eve, acme.id, bob.user_id)
    await clients.members.remove(eve, acme.id, eve.user_id)
    with pytest.raises(NotFound):
        await clients.get(eve, acme.id)
    assert (await clients.get(bob, acme.id)).id == acme.id

from uuid import uuid4

import pytest
from pydantic import ValidationError
from sqlalchemy import event

from gauntlet.core.creative.brand import CampaignBrief
from gauntlet.core.creative.formats import Platform
from gauntlet.core.errors import NotAllowed, NotFound
from gauntlet.core.paging import Page
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.campaigns.schemas import CampaignDraft, CampaignPatch
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.schemas import Client, ClientDraft, MemberDraft
from gauntlet.domain.clients.service import ClientService
from tests.clocks import ManualClock

ALL = Page()


async def test_campaign_comes_back_as_it_was_made(campaigns: CampaignService, ana: Principal, acme: Client) -> None:
    draft = CampaignDraft(
        client_id=acme.id,
        name="Spring",
        goal="Sell anvils",
        status="active",
        brief=CampaignBrief(objective="Awareness", key_messages=("Heavy", "Cheap"), do_not_mention=("coyotes",)),
        platforms=(Platform.TIKTOK, Platform.YOUTUBE),
    )
    made = await campaigns.create(ana, draft)
    found = await campaigns.get(ana, made.id)
    assert found == made
    assert (found.brief, found.platforms, found.client_id) == (draft.brief, draft.platforms, acme.id)


async def test_strangers_find_no_campaign_whatever_they_try(
    campaigns: CampaignService, ana: Principal, eve: Principal, acme: Client
) -> None:
    spring = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    assert await campaigns.list(eve, page=ALL) == ([], 0)
    for attempt in (
        campaigns.create(eve, CampaignDraft(client_id=acme.id, name="Mine")),
        campaigns.create(eve, CampaignDraft(client_id=uuid4(), name="Mine")),
        campaigns.list(eve, client_id=acme.id, page=ALL),
        campaigns.get(eve, spring.id),
        campaigns.update(eve, spring.id, CampaignPatch(name="Mine")),
        campaigns.delete(eve, spring.id),
        campaigns.stats(eve, spring.id),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await campaigns.list(ana, page=ALL) == ([spring], 1)


async def test_viewers_look_but_do_not_touch(
    clients: ClientService, campaigns: CampaignService, ana: Principal, eve: Principal, acme: Client
) -> None:
    spring = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    await clients.members.add(ana, acme.id, MemberDraft(email=eve.email, role="viewer"))
    assert await campaigns.get(eve, spring.id) == spring
    for attempt in (
        campaigns.create(eve, CampaignDraft(client_id=acme.id, name="Mine")),
        campaigns.update(eve, spring.id, CampaignPatch(name="Mine")),
        campaigns.delete(eve, spring.id),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    assert await campaigns.get(ana, spring.id) == spring


async def test_list_is_narrowed_by_client_and_status_newest_first(
    clients: ClientService, campaigns: CampaignService, ana: Principal, acme: Client, clock: ManualClock
) -> None:
    other = await clients.create(ana, ClientDraft(name="Other"))
    for client, name, archived in ((acme, "one", False), (acme, "two", True), (other, "three", False)):
        await campaigns.create(
            ana, CampaignDraft(client_id=client.id, name=name, status="archived" if archived else "draft")
        )
        clock.advance(seconds=1)

    async def names(**narrowed: object) -> list[str]:
        listed, total = await campaigns.list(ana, page=ALL, **narrowed)  # pyright: ignore[reportArgumentType] checked
        assert total == len(listed)
        return [campaign.name for campaign in listed]

    assert await names() == ["three", "two", "one"]
    assert await names(client_id=acme.id) == ["two", "one"]
    assert await names(status="draft") == ["three", "one"]
    assert await names(client_id=acme.id, status="archived") == ["two"]


async def test_patch_changes_only_what_it_names(
    campaigns: CampaignService, ana: Principal, acme: Client, clock: ManualClock
) -> None:
    spring = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring", goal="Sell"))
    clock.advance(seconds=1)
    changed = await campaigns.update(ana, spring.id, CampaignPatch(status="active", platforms=(Platform.TIKTOK,)))
    assert (changed.name, changed.goal, changed.status) == ("Spring", "Sell", "active")
    assert changed.platforms == (Platform.TIKTOK,)
    assert changed.updated_at == clock.now()
    cleared = await campaigns.update(ana, spring.id, CampaignPatch(goal=None, brief=CampaignBrief(audience="Smiths")))
    assert (cleared.goal, cleared.brief.audience, cleared.status) == (None, "Smiths", "active")


async def test_deleted_campaign_is_gone_and_its_client_stays(
    clients: ClientService, campaigns: CampaignService, ana: Principal, acme: Client
) -> None:
    spring = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    await campaigns.delete(ana, spring.id)
    with pytest.raises(NotFound, match=str(spring.id)):
        await campaigns.get(ana, spring.id)
    assert await clients.get(ana, acme.id) == acme


async def test_deletion_waits_its_turn_at_the_library_whose_assets_it_changes(
    campaigns: CampaignService, database: Database, ana: Principal, acme: Client
) -> None:
    spring = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(database.writer.sync_engine, "before_cursor_execute", note)
    await campaigns.delete(ana, spring.id)
    event.remove(database.writer.sync_engine, "before_cursor_execute", note)

    locked = next(number for number, statement in enumerate(asked) if "FROM client_storage" in statement)
    deleted = next(number for number, statement in enumerate(asked) if "DELETE FROM campaigns" in statement)
    assert locked < deleted
    assert database.engine.dialect.name == "sqlite" or "FOR UPDATE" in asked[locked]


async def test_stats_of_a_new_campaign_are_zero(campaigns: CampaignService, ana: Principal, acme: Client) -> None:
    spring = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    assert set((await campaigns.stats(ana, spring.id)).model_dump().values()) == {0}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 201),
        ("name", "two\nlines"),
        ("status", "finished"),
        ("platforms", ["myspace"]),
        ("platforms", ["tiktok", "tiktok"]),
        ("goal", "x" * 5_001),
        ("brief", {"keyMessages": [""]}),
        ("colour", "red"),
    ],
)
def test_draft_that_breaks_a_rule_is_refused_by_field(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        CampaignDraft.model_validate({"clientId": str(uuid4()), "name": "Spring", field: value})
    assert caught.value.errors()[0]["loc"][0] == field

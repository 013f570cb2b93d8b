"""Totals that are remembered are those that counting would tell, whoever changes what."""

from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy import delete, event, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.db.models.assets import AssetRow, AssetTagRow, AssetTermRow, LibraryRevisionRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets import totals
from gauntlet.domain.assets.conditions import Wanted
from gauntlet.domain.assets.counting import Counted, count
from gauntlet.domain.assets.schemas import AssetPatch, AssetQuery, BulkEdit
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.assets.totals import Totals
from gauntlet.domain.campaigns.schemas import CampaignDraft
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.members import MemberService
from gauntlet.domain.clients.schemas import Client, ClientDraft, MemberDraft
from gauntlet.domain.clients.service import ClientService
from gauntlet.storage.database import DatabaseBlobStore
from tests.clocks import ManualClock
from tests.domain.assets.library import found, replace, upload
from tests.services import asset_service


@pytest.fixture
async def elsewhere(database_url: str) -> AsyncIterator[Database]:
    """The same database as another process has it open."""
    opened = Database.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def others(elsewhere: Database, clock: ManualClock) -> AssetService:
    """The library as another process serves it."""
    return library_of(elsewhere, clock)


def library_of(database: Database, clock: ManualClock) -> AssetService:
    return asset_service(database, blobs=DatabaseBlobStore(database, clock=clock), clock=clock)


@pytest.fixture
async def counting(database: Database) -> AsyncIterator[list[str]]:
    """What the first process asks, other than revisions, that tells a number."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if ("count(" in statement or "sum(" in statement) and "library_revisions" not in statement:
            asked.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def test_what_has_not_changed_is_counted_once(
    assets: AssetService, others: AssetService, counting: list[str], ana: Principal, acme: Client
) -> None:
    for name in ("summer bottle.png", "bottles of summer.png", "bed.png"):
        await upload(assets, ana, acme, file_name=name, tags=("hero", "draft"))

    for query, total in (
        ({"text": "b s"}, 2),
        ({"text": "b"}, 3),
        ({"tags": ["hero", "draft"]}, 3),
        ({"size_min_bytes": 1}, 3),
    ):
        assert (await found(assets, ana, **query))[1] == total
        assert counting, query
        counting.clear()
        assert (await found(assets, ana, **query, sort="name"))[1] == total
        assert (await found(assets, ana, **query, client_id=acme.id))[1] == total
        assert not counting, query
    assert (await found(assets, ana, text="s  B"))[1] == 2
    assert not counting

    await upload(others, ana, acme, file_name="summer bed.png")

    assert (await found(assets, ana, text="b s"))[1] == 3
    assert counting


Change = Callable[[AssetService], Awaitable[object]]


async def test_total_follows_whatever_another_process_changes(
    assets: AssetService,
    others: AssetService,
    elsewhere: Database,
    campaigns: CampaignService,
    clients: ClientService,
    clock: ManualClock,
    ana: Principal,
    root: Principal,
    acme: Client,
) -> None:
    spring, autumn = [
        await campaigns.create(ana, CampaignDraft(client_id=acme.id, name=name)) for name in ("Spring", "Autumn")
    ]
    first, second, third = [
        await upload(assets, ana, acme, file_name=name, tags=("hero", "draft"), campaign_id=spring.id)
        for name in ("summer bottle.png", "sea bottle.png", "sun bed.png")
    ]
    mine = {"client_id": acme.id}
    queries = (
        *({**mine, "text": text} for text in ("s b", "s bottle", "s")),
        {**mine, "tags": ["hero", "draft"]},
        {**mine, "tags": ["hero"], "format": "png"},
        {**mine, "tags": ["hero"], "asset_type": "image"},
        *({"campaign_id": campaign.id, "tags": ["hero"]} for campaign in (spring, autumn)),
        {**mine, "size_max_bytes": first.size - 1},
        {**mine, "uploaded_from": clock.now()},
        {**mine, "text": "s b", "in_bin": True},
        {"text": "s b"},
    )

    async def told(service: AssetService, who: Principal) -> list[int]:
        return [(await found(service, who, **query))[1] for query in queries]

    before = [await told(assets, who) for who in (ana, root)]
    changes: tuple[Change, ...] = (
        lambda it: upload(it, ana, acme, file_name="sand bottle.png", tags=("hero",)),
        lambda it: it.update(ana, first.id, AssetPatch(name="winter.png")),
        lambda it: it.update(ana, first.id, AssetPatch(name="summer bottle.png")),
        lambda it: it.update(ana, second.id, AssetPatch(tags=("draft",))),
        lambda it: it.edit_many(ana, BulkEdit(asset_ids=(second.id, third.id), add_tags=("hero",))),
        lambda it: it.update(ana, second.id, AssetPatch(campaign_id=autumn.id)),
        lambda it: it.delete(ana, first.id),
        lambda it: it.restore(ana, first.id),
        lambda it: replace(it, ana, first.id),
        lambda it: it.purge(ana, third.id, permanently=True),
    )
    for number, change in enumerate(changes):
        await change(others)
        now = [await told(assets, who) for who in (ana, root)]
        counting_anew = library_of(elsewhere, clock)
        assert now == [await told(counting_anew, who) for who in (ana, root)], number
        assert now != before, number
        before = now
    await clients.delete(ana, acme.id)
    assert (await found(assets, root, text="s b"))[1] == 0


async def test_total_follows_rows_that_are_changed_past_the_program(
    assets: AssetService, elsewhere: Database, campaigns: CampaignService, ana: Principal, root: Principal, acme: Client
) -> None:
    spring = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    bottle = await upload(assets, ana, acme, file_name="summer bottle.png", tags=("hero",), campaign_id=spring.id)
    bed = await upload(assets, ana, acme, file_name="sea bed.png", tags=("draft",), campaign_id=spring.id)
    both, begun, placed = {"tags": ["hero", "draft"]}, {"text": "s bot"}, {"tags": ["hero"], "format": "png"}

    async def totals_after(*changes: object) -> list[int]:
        async with elsewhere.transaction() as session:
            for change in changes:
                await session.execute(change)  # pyright: ignore[reportCallIssue, reportArgumentType] # of mixed types
        return [(await found(assets, root, **query))[1] for query in (both, begun, placed)]

    def tagged(asset_id: UUID, tag: str, other: str) -> object:
        return update(AssetTagRow).where(AssetTagRow.asset_id == asset_id, AssetTagRow.tag == tag).values(tag=other)

    assert await totals_after() == [0, 1, 1]
    assert await totals_after(  # as many of each tag as before, but on one asset
        update(AssetTagRow).where(AssetTagRow.asset_id == bottle.id).values(asset_id=bed.id)
    ) == [1, 1, 1]
    assert await totals_after(tagged(bed.id, "draft", "other")) == [0, 1, 1]
    assert await totals_after(delete(AssetTermRow).where(AssetTermRow.term == "summer")) == [0, 0, 1]
    assert await totals_after(update(AssetRow).where(AssetRow.id == bed.id).values(format="jpg")) == [0, 0, 0]
    assert (await found(assets, root, campaign_id=spring.id, tags=["hero"]))[1] == 1
    revision = await revision_of(elsewhere, acme)
    async with elsewhere.transaction() as session:
        await session.execute(delete(CampaignRow))
    assert await revision_of(elsewhere, acme) > revision  # a foreign key's action takes assets out of the campaign
    assert (await found(assets, root, tags=["hero"], text="bed"))[1] == 1
    async with elsewhere.transaction() as session:
        await session.execute(delete(AssetRow).where(AssetRow.id == bed.id))
    assert (await found(assets, root, tags=["hero"], text="bed"))[1] == 0
    revision = await revision_of(elsewhere, acme)
    async with elsewhere.transaction() as session:
        await session.execute(delete(ClientRow))
    assert (await found(assets, root, text="s bot"))[1] == 0
    assert await revision_of(elsewhere, acme) > revision  # which outlives the client: a sum never falls


@pytest.mark.parametrize("rows", [AssetRow, AssetTagRow, AssetTermRow])
async def test_only_the_client_whose_library_changes_is_revised_and_only_when_that_is_committed(
    assets: AssetService, clients: ClientService, database: Database, ana: Principal, acme: Client, rows: type[AssetRow]
) -> None:
    other = await clients.create(ana, ClientDraft(name="Other"))
    for client in (acme, other):
        await upload(assets, ana, client, tags=("hero",))
    before, others = await revision_of(database, acme), await revision_of(database, other)

    async with database.transaction() as session:
        await session.execute(delete(rows).where(rows.client_id == acme.id))
        assert await _revision(session, acme) > before
        await session.rollback()
    assert await revision_of(database, acme) == before
    async with database.transaction() as session:
        await session.execute(update(rows).where(rows.client_id == acme.id).values(client_id=other.id))

    assert await revision_of(database, acme) > before
    assert await revision_of(database, other) > others


async def test_change_that_is_made_again_after_a_savepoint_was_rolled_back_revises_the_library(
    assets: AssetService, database: Database, ana: Principal, acme: Client
) -> None:
    await upload(assets, ana, acme, tags=("hero",))
    before = await revision_of(database, acme)

    async with database.transaction() as session:
        attempt = await session.begin_nested()
        await session.execute(delete(AssetTagRow))
        await attempt.rollback()
        assert await _revision(session, acme) == before
        await session.execute(delete(AssetTagRow))

    assert await revision_of(database, acme) > before


async def test_transaction_leaves_one_version_of_a_revision_on_postgresql(
    assets: AssetService, database: Database, ana: Principal, acme: Client
) -> None:
    made = [await upload(assets, ana, acme, file_name=f"{number}.png") for number in range(3)]
    before = await revision_of(database, acme)

    await assets.edit_many(ana, BulkEdit(asset_ids=tuple(asset.id for asset in made), add_tags=("hero", "draft")))

    more = await revision_of(database, acme) - before
    assert more == 1 if database.engine.dialect.name == "postgresql" else more > 0


async def revision_of(database: Database, client: Client) -> int:
    async with database.read() as session:
        return await _revision(session, client)


async def _revision(session: AsyncSession, client: Client) -> int:
    return (
        await session.scalars(select(LibraryRevisionRow.revision).where(LibraryRevisionRow.client_id == client.id))
    ).one()


@pytest.mark.parametrize("when", ["before", "after"])
async def test_total_is_not_remembered_of_another_revision_than_it_was_counted_at(
    assets: AssetService,
    others: AssetService,
    monkeypatch: pytest.MonkeyPatch,
    ana: Principal,
    acme: Client,
    when: str,
) -> None:
    await upload(assets, ana, acme, file_name="summer bottle.png")

    async def while_others_upload(session: AsyncSession, wanted: Wanted) -> Counted:
        if when == "before":
            await upload(others, ana, acme, file_name="sea bottle.png")
            return await count(session, wanted)
        counted = await count(session, wanted)
        await upload(others, ana, acme, file_name="sea bottle.png")
        return counted

    with monkeypatch.context() as patch:
        patch.setattr(totals, "count", while_others_upload)
        assert (await found(assets, ana, text="s b"))[1] in {1, 2}

    assert (await found(assets, ana, text="s b"))[1] == 2
    monkeypatch.setattr(totals, "count", None)  # whatever asks again is told without counting
    assert (await found(assets, ana, text="s b"))[1] == 2


async def test_total_is_of_the_clients_that_are_reached_now(
    assets: AssetService, clients: ClientService, database: Database, ana: Principal, eve: Principal, acme: Client
) -> None:
    hers = await clients.create(eve, ClientDraft(name="Hers"))
    await upload(assets, eve, hers, file_name="sea bottle.png")
    await upload(assets, ana, acme, file_name="summer bottle.png")
    members = MemberService(database)

    assert (await found(assets, eve, text="s b"))[1] == 1
    await members.add(ana, acme.id, MemberDraft(email=eve.email, role="viewer"))
    assert (await found(assets, eve, text="s b"))[1] == 2
    await members.remove(ana, acme.id, eve.user_id)
    assert await found(assets, eve, text="s b") == (["sea bottle.png"], 1)


async def test_the_filter_that_was_asked_longest_ago_is_forgotten_first(
    assets: AssetService, database: Database, counting: list[str], ana: Principal, acme: Client
) -> None:
    await upload(assets, ana, acme, tags=("hero", "draft"))
    known = Totals(remembered=2)

    async def is_counted(words: str) -> bool:
        wanted = Wanted.of(AssetQuery(text=words), reached=[acme.id])
        assert wanted is not None
        counting.clear()
        async with database.read() as session:
            await known.of(session, wanted)
        return bool(counting)

    assert [await is_counted(words) for words in ("b", "bo", "b", "bot", "b", "bo")] == [
        True, True, False, True, False, True,
    ]  # fmt: skip

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, text

from gauntlet.core.errors import NotFound
from gauntlet.core.paging import Page
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets import listing, stretches
from gauntlet.domain.assets.conditions import Wanted
from gauntlet.domain.assets.schemas import Asset, AssetQuery
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.assets.stretches import Stretch, guide
from gauntlet.domain.campaigns.schemas import CampaignDraft
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.schemas import Client, ClientDraft
from gauntlet.domain.clients.service import ClientService
from tests.clocks import ManualClock
from tests.domain.assets.library import ALL, found, upload
from tests.media_files import sound
from tests.pictures import SVG

WAV = sound("wav", duration_s=0.5)


async def test_lists_are_newest_first_paged_and_counted(
    assets: AssetService, clients: ClientService, clock: ManualClock, ana: Principal, eve: Principal, acme: Client
) -> None:
    other = await clients.create(ana, ClientDraft(name="Other"))
    hers = await clients.create(eve, ClientDraft(name="Hers"))
    made: list[Asset] = []
    for number in range(5):
        clock.advance(seconds=1)
        made.append(await upload(assets, ana, other if number == 4 else acme, file_name=f"{number}.png"))
    await upload(assets, eve, hers, file_name="hers.png")
    newest = made[::-1]

    assert await assets.list(ana, query=AssetQuery(), page=ALL) == (newest, 5)
    query = AssetQuery(client_id=acme.id)
    assert await assets.list(ana, query=query, page=Page(limit=2, offset=1)) == (newest[2:4], 4)
    assert await assets.list(ana, query=query, page=Page(offset=4)) == ([], 4)
    assert await found(assets, eve) == (["hers.png"], 1)


@pytest.mark.parametrize("few", [0, listing.FEW])
async def test_every_filter_finds_what_it_says_however_it_is_read(
    assets: AssetService,
    campaigns: CampaignService,
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    ana: Principal,
    acme: Client,
    few: int,
) -> None:
    # What is read along an index in large libraries is sorted in small ones.
    monkeypatch.setattr(listing, "FEW", few)
    monkeypatch.setattr(listing, "MANY", few)
    campaign = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    files = {
        "summer bottle.png": {"tags": ("hero", "it's 100%"), "campaign_id": campaign.id},
        "bottles of summer.svg": {"tags": ("hero",), "data": SVG},
        "Sommer.wav": {"tags": ("it's 100%",), "data": WAV},
        "bed 2.wav": {"data": WAV, "campaign_id": campaign.id},
    }
    sizes: dict[str, int] = {}
    for name, more in files.items():
        clock.advance(seconds=1)
        sizes[name] = (await upload(assets, ana, acme, file_name=name, **more)).size  # pyright: ignore[reportArgumentType] # of mixed types
    first = clock.now() - timedelta(seconds=3)
    svg, png = "bottles of summer.svg", "summer bottle.png"

    for query, names in (
        ({}, ["bed 2.wav", "Sommer.wav", svg, png]),
        ({"sort": "oldest"}, [png, svg, "Sommer.wav", "bed 2.wav"]),
        ({"sort": "name"}, ["bed 2.wav", svg, "Sommer.wav", png]),
        ({"sort": "-name"}, [png, "Sommer.wav", svg, "bed 2.wav"]),
        ({"asset_type": "audio"}, ["bed 2.wav", "Sommer.wav"]),
        ({"asset_type": "audio", "sort": "name"}, ["bed 2.wav", "Sommer.wav"]),
        ({"asset_type": "video"}, []),
        ({"format": "svg"}, [svg]),
        ({"format": "svg", "asset_type": "audio"}, []),
        ({"campaign_id": campaign.id}, ["bed 2.wav", png]),
        ({"campaign_id": campaign.id, "asset_type": "image"}, [png]),
        ({"tags": ["hero"]}, [svg, png]),
        ({"tags": ["hero"], "sort": "name"}, [svg, png]),
        ({"tags": ["hero", "it's 100%"]}, [png]),
        ({"tags": ["hero"], "asset_type": "audio"}, []),
        ({"tags": ["hero"], "campaign_id": campaign.id}, [png]),
        ({"tags": ["her"]}, []),
        ({"text": "bott"}, [svg, png]),
        ({"text": "SUMMER bottle"}, [svg, png]),
        ({"text": "s b", "sort": "oldest"}, [png, svg]),
        ({"text": "bottle", "tags": ["it's 100%"]}, [png]),
        ({"text": "bottle", "asset_type": "audio"}, []),
        ({"text": "s"}, ["Sommer.wav", svg, png]),  # two words of one of them begin so
        ({"text": "s", "sort": "name"}, [svg, "Sommer.wav", png]),
        ({"text": "w s"}, ["Sommer.wav"]),
        ({"text": "bottle", "campaign_id": campaign.id}, [png]),
        ({"text": "b", "campaign_id": campaign.id, "sort": "name"}, ["bed 2.wav", png]),
        ({"text": "b", "format": "wav"}, ["bed 2.wav"]),
        ({"tags": ["it's 100%"], "format": "png"}, [png]),
        ({"tags": ["hero"], "uploaded_from": first + timedelta(seconds=1)}, [svg]),
        ({"tags": ["hero"], "size_max_bytes": sizes[svg]}, [svg]),
        ({"text": "s", "sort": "duration"}, ["Sommer.wav", svg, png]),
        ({"sort": "-duration", "asset_type": "image"}, [svg, png]),
        ({"text": "_ottle"}, []),
        ({"uploaded_from": first, "uploaded_before": first + timedelta(seconds=2)}, [svg, png]),
        ({"size_min_bytes": sizes["bed 2.wav"], "text": "bed"}, ["bed 2.wav"]),
        ({"size_max_bytes": sizes[svg]}, [svg]),
        ({"in_bin": True}, []),
    ):
        for client in ({"client_id": acme.id}, {}):
            assert await found(assets, ana, **query, **client) == (names, len(names)), query


async def test_sizes_and_durations_order_with_what_has_none_at_the_end(
    assets: AssetService, ana: Principal, acme: Client
) -> None:
    for name, data in (("long.wav", sound("wav", duration_s=1.0)), ("short.wav", WAV), ("logo.svg", SVG)):
        await upload(assets, ana, acme, data, file_name=name)

    assert (await found(assets, ana, sort="size"))[0] == ["logo.svg", "short.wav", "long.wav"]
    assert (await found(assets, ana, sort="-size"))[0] == ["long.wav", "short.wav", "logo.svg"]
    assert (await found(assets, ana, sort="duration"))[0] == ["short.wav", "long.wav", "logo.svg"]
    assert (await found(assets, ana, sort="-duration"))[0] == ["long.wav", "short.wav", "logo.svg"]
    assert (await found(assets, ana, sort="-duration", asset_type="audio"))[0] == ["long.wav", "short.wav"]


async def test_list_of_an_unknown_campaign_or_one_of_another_client_is_not_found(
    assets: AssetService,
    clients: ClientService,
    campaigns: CampaignService,
    ana: Principal,
    eve: Principal,
    acme: Client,
) -> None:
    other = await clients.create(ana, ClientDraft(name="Other"))
    campaign = await campaigns.create(ana, CampaignDraft(client_id=other.id, name="Spring"))

    for who, query in (
        (ana, AssetQuery(campaign_id=uuid4())),
        (ana, AssetQuery(campaign_id=campaign.id, client_id=acme.id)),
        (eve, AssetQuery(campaign_id=campaign.id)),
    ):
        with pytest.raises(NotFound):
            await assets.list(who, query=query, page=ALL)


@pytest.fixture
async def plans(database: Database) -> AsyncIterator[list[tuple[str, Any]]]:
    """What is asked of the database, as it is asked."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


@pytest.mark.parametrize("few", [0, listing.FEW])
@pytest.mark.parametrize("who_asks", ["member", "administrator"])
async def test_no_list_reads_all_assets_or_any_bytes(
    assets: AssetService,
    campaigns: CampaignService,
    database: Database,
    plans: list[tuple[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    ana: Principal,
    root: Principal,
    acme: Client,
    few: int,
    who_asks: str,
) -> None:
    monkeypatch.setattr(listing, "FEW", few)
    monkeypatch.setattr(listing, "MANY", few)
    campaign = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    for number in range(3):
        await upload(assets, ana, acme, file_name=f"bottle {number}.png", tags=("hero",), campaign_id=campaign.id)
    await assets.delete(ana, (await upload(assets, ana, acme)).id)
    who = ana if who_asks == "member" else root
    client = {"client_id": acme.id}

    for query in (
        {},
        client,
        {"sort": "name"},
        *(
            {**client, "sort": sort}
            for sort in ("newest", "oldest", "name", "-name", "size", "-size", "duration", "updated")
        ),
        {**client, "asset_type": "image"},
        {**client, "asset_type": "image", "sort": "name"},
        {**client, "format": "png"},
        {**client, "tags": ["hero"]},
        {**client, "tags": ["hero"], "sort": "name"},
        {**client, "text": "bottle"},
        {**client, "text": "b"},
        {**client, "text": "bottle", "tags": ["hero"], "sort": "size"},
        {"tags": ["hero"]},
        {"text": "bottle"},
        {"text": "b p"},
        {**client, "text": "bottle", "format": "png"},
        {**client, "text": "bottle", "size_min_bytes": 1},
        {**client, "asset_type": "image", "sort": "-duration"},
        {"sort": "duration"},
        {"campaign_id": campaign.id, "text": "bottle"},
        {"campaign_id": campaign.id, "tags": ["hero"], "sort": "name"},
        {"campaign_id": campaign.id},
        {"campaign_id": campaign.id, "sort": "name"},
        {**client, "in_bin": True},
        {**client, "in_bin": True, "sort": "name"},
        {"in_bin": True},
    ):
        plans.clear()
        _, total = await found(assets, who, **query)
        assert total > 0, query
        for statement, parameters in list(plans):
            plan = await _plan(database, statement, parameters)
            assert not re.search(r"SCAN assets(?! USING)|Seq Scan on assets\b", plan), (query, statement, plan)
            assert "blob" not in plan, (query, plan)


@pytest.mark.parametrize(
    ("sizes", "total", "guided_by"),
    [
        ((15_000, 39_000), 9_000, "tag"),  # a few hundred rows of it hold the page, in order
        ((15_000, 39_000), 20, "beginning"),  # a page would be met at its end only
        ((500, 39_000), 400, "beginning"),
        ((15_000, 900), 20, "tag"),
    ],
)
def test_page_is_read_along_what_holds_it_soonest(sizes: tuple[int, int], total: int, guided_by: str) -> None:
    wanted = Wanted.of(AssetQuery(tags=("hero",), text="ko"), reached=[UUID(int=1)])
    assert wanted is not None
    tag, beginning = wanted.finders
    named = {
        "beginning": Stretch.of_finder(beginning, wanted, size=sizes[0]),
        "tag": Stretch.of_finder(tag, wanted, size=sizes[1]),
    }
    assert guide(list(named.values()), total=total, wanted_first=50) is named[guided_by]


async def test_page_of_a_beginning_that_many_have_is_left_as_soon_as_it_is_full(
    assets: AssetService,
    database: Database,
    plans: list[tuple[str, Any]],
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    ana: Principal,
    acme: Client,
) -> None:
    monkeypatch.setattr(stretches, "CLUSTERED", 1)
    for name in ("sand", "sea", "sun", "sky"):
        clock.advance(seconds=1)
        await upload(assets, ana, acme, file_name=f"bottle {name}.png")
    plans.clear()

    query = AssetQuery(client_id=acme.id, text="bot s")
    found_here, total = await assets.list(ana, query=query, page=Page(limit=1))

    assert ([asset.name for asset in found_here], total) == (["bottle sky.png"], 4)
    if database.engine.dialect.name == "sqlite":  # PostgreSQL plans otherwise for four rows than for many
        _, along, *_ = (await _plan(database, *plans[-1])).splitlines()
        assert along.endswith("ix_asset_terms_client_id_term (client_id=? AND in_bin=? AND term=?)")


async def _plan(database: Database, statement: str, parameters: Any) -> str:
    if not statement.startswith("SELECT"):
        return ""
    sqlite = database.engine.dialect.name == "sqlite"
    async with database.engine.connect() as connection:
        if not sqlite:  # with three assets to choose from, reading them all is the better plan: take it away
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"
        rows = await connection.exec_driver_sql(f"{explain} {statement}", parameters)
        return "\n".join(str(tuple(row)[3 if sqlite else 0]) for row in rows)


def test_queries_say_what_they_take() -> None:
    for wrong in ({"text": "x" * 201}, {"tags": ["x"] * 31}, {"size_min_bytes": -1}, {"sort": "random"}):
        with pytest.raises(ValueError, match="validation error"):
            AssetQuery.model_validate(wrong)
    assert AssetQuery(client_id=UUID(int=1)).sort == "newest"

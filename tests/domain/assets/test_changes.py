from uuid import uuid4

import pytest

from gauntlet.core.creative.brand import BrandGuidelines
from gauntlet.core.errors import InvalidInput, NotAllowed, NotFound
from gauntlet.core.paging import Page
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.schemas import Asset, AssetPatch
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.campaigns.schemas import CampaignDraft
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.members import MemberService
from gauntlet.domain.clients.schemas import Client, ClientDraft, ClientPatch, MemberDraft
from gauntlet.domain.clients.service import ClientService
from tests.clocks import ManualClock
from tests.domain.assets.library import ALL, upload
from tests.pictures import SVG


async def test_viewer_sees_but_changes_nothing(
    assets: AssetService, database: Database, clock: ManualClock, ana: Principal, eve: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)
    await MemberService(database).add(ana, acme.id, MemberDraft(email=eve.email, role="viewer"))

    assert await assets.get(eve, asset.id) == asset
    with pytest.raises(NotAllowed):
        await upload(assets, eve, acme)
    with pytest.raises(NotAllowed):
        await assets.update(eve, asset.id, AssetPatch(name="mine"))
    with pytest.raises(NotAllowed):
        await assets.delete(eve, asset.id)
    assert await assets.get(ana, asset.id) == asset


async def test_somebody_elses_asset_is_not_found_in_every_way(
    assets: AssetService, ana: Principal, eve: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)

    for attempt in (
        assets.get(eve, asset.id),
        assets.file(eve, asset.id, kind="shown"),
        assets.update(eve, asset.id, AssetPatch(name="mine")),
        assets.delete(eve, asset.id),
        assets.list(eve, client_id=acme.id, page=ALL),
        assets.get(eve, uuid4()),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await assets.list(eve, page=ALL) == ([], 0)
    assert (await assets.get(ana, asset.id)).name == "bottle.png"


async def test_lists_are_newest_first_paged_and_filtered(
    assets: AssetService,
    campaigns: CampaignService,
    clients: ClientService,
    clock: ManualClock,
    ana: Principal,
    acme: Client,
) -> None:
    campaign = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    other = await clients.create(ana, ClientDraft(name="Other"))
    made: list[Asset] = []
    for number in range(4):
        clock.advance(seconds=1)
        tags = ("hero", "it's 100%") if number % 2 else ("background",)
        where = campaign.id if number < 2 else None
        made.append(await upload(assets, ana, acme, file_name=f"{number}.png", tags=tags, campaign_id=where))
    clock.advance(seconds=1)
    elsewhere = await upload(assets, ana, other)
    newest = made[::-1]

    assert await assets.list(ana, page=ALL) == ([elsewhere, *newest], 5)
    assert await assets.list(ana, client_id=acme.id, page=Page(limit=2, offset=1)) == (newest[1:3], 4)
    assert await assets.list(ana, campaign_id=campaign.id, page=ALL) == (newest[2:], 2)
    assert await assets.list(ana, asset_type="image", client_id=other.id, page=ALL) == ([elsewhere], 1)
    assert await assets.list(ana, asset_type="video", page=ALL) == ([], 0)
    assert await assets.list(ana, tag="hero", page=ALL) == ([made[3], made[1]], 2)
    assert await assets.list(ana, tag="it's 100%", page=ALL) == ([made[3], made[1]], 2)
    assert await assets.list(ana, tag="her", page=ALL) == ([], 0)


async def test_list_of_an_unknown_campaign_is_not_found(assets: AssetService, ana: Principal) -> None:
    with pytest.raises(NotFound, match="campaign"):
        await assets.list(ana, campaign_id=uuid4(), page=ALL)


async def test_patch_changes_what_it_holds_and_no_more(
    assets: AssetService, campaigns: CampaignService, ana: Principal, acme: Client
) -> None:
    campaign = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    asset = await upload(assets, ana, acme, tags=("hero",))

    renamed = await assets.update(ana, asset.id, AssetPatch(name=" new/name.png "))
    assert (renamed.name, renamed.tags, renamed.campaign_id) == ("name.png", ("hero",), None)
    moved = await assets.update(ana, asset.id, AssetPatch(campaign_id=campaign.id, tags=()))
    assert (moved.name, moved.tags, moved.campaign_id) == ("name.png", (), campaign.id)
    away = await assets.update(ana, asset.id, AssetPatch(campaign_id=None))
    assert away.campaign_id is None
    assert await assets.get(ana, asset.id) == away


async def test_bad_patch_changes_nothing(assets: AssetService, ana: Principal, acme: Client) -> None:
    asset = await upload(assets, ana, acme)

    for patch in (AssetPatch(name="😀" * 300), AssetPatch(name="x", tags=("y" * 51,)), AssetPatch(name="")):
        with pytest.raises(InvalidInput):
            await assets.update(ana, asset.id, patch)
    with pytest.raises(NotFound):
        await assets.update(ana, asset.id, AssetPatch(name="x", campaign_id=uuid4()))
    assert await assets.get(ana, asset.id) == asset


async def test_deleted_logo_leaves_the_brand_guidelines(
    assets: AssetService, clients: ClientService, ana: Principal, acme: Client
) -> None:
    logo = await upload(assets, ana, acme, SVG, file_name="logo.svg")
    guidelines = BrandGuidelines(logo_asset_id=logo.id, voice="calm")
    await clients.update(ana, acme.id, ClientPatch(brand_guidelines=guidelines))

    await assets.delete(ana, logo.id)

    client = await clients.get(ana, acme.id)
    assert client.brand_guidelines == BrandGuidelines(voice="calm")

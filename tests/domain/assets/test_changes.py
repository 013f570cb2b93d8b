from collections.abc import Awaitable
from uuid import uuid4

import pytest

from gauntlet.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from gauntlet.core.settings import AssetSettings
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.quarantine import QuarantineService
from gauntlet.domain.assets.schemas import Asset, AssetPatch, AssetQuery, BulkEdit
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.assets.usage import UsageService
from gauntlet.domain.campaigns.schemas import CampaignDraft
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.members import MemberService
from gauntlet.domain.clients.schemas import Client, ClientDraft, MemberDraft
from gauntlet.domain.clients.service import ClientService
from tests.clocks import ManualClock
from tests.domain.assets.library import ALL, counted, found, replace, upload


def reading(assets: AssetService, usage: UsageService, who: Principal, asset: Asset) -> list[Awaitable[object]]:
    """Return everything that looks at an asset or its client's library."""
    client_id = asset.client_id
    return [
        assets.get(who, asset.id),
        assets.file(who, asset.id, kind="shown"),
        assets.file(who, asset.id, kind="original", version=1),
        assets.versions(who, asset.id, page=ALL),
        assets.sign(who, asset.id, kind="shown", expires_in_s=60),
        assets.list(who, query=AssetQuery(client_id=client_id), page=ALL),
        usage.usage(who, client_id),
    ]


def writing(assets: AssetService, who: Principal, asset: Asset) -> list[Awaitable[object]]:
    """Return everything that changes an asset."""
    return [
        assets.update(who, asset.id, AssetPatch(name="mine")),
        assets.edit_many(who, BulkEdit(asset_ids=(asset.id,), add_tags=("mine",))),
        assets.delete(who, asset.id),
        assets.restore(who, asset.id),
        assets.purge(who, asset.id, permanently=True),
        replace(assets, who, asset.id),
        assets.restore_version(who, asset.id, 1),
    ]


@pytest.fixture
def usage(database: Database) -> UsageService:
    return UsageService(database, settings=AssetSettings())


async def test_somebody_elses_asset_is_not_found_in_every_way(
    assets: AssetService, usage: UsageService, database: Database, ana: Principal, eve: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme, tags=("hero",))
    before = await counted(database)

    for attempt in (*reading(assets, usage, eve, asset), *writing(assets, eve, asset), assets.get(eve, uuid4())):
        with pytest.raises(NotFound):
            await attempt
    with pytest.raises(NotFound):
        await assets.waveform(eve, asset.id)

    assert await found(assets, eve) == ([], 0)
    assert await found(assets, eve, text="bottle", tags=["hero"]) == ([], 0)
    assert await assets.get(ana, asset.id) == asset
    assert await counted(database) == before


async def test_viewer_sees_but_changes_nothing(
    assets: AssetService, usage: UsageService, database: Database, ana: Principal, eve: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)
    await MemberService(database).add(ana, acme.id, MemberDraft(email=eve.email, role="viewer"))
    before = await counted(database)

    for sight in reading(assets, usage, eve, asset):
        await sight
    for attempt in (*writing(assets, eve, asset), upload(assets, eve, acme)):
        with pytest.raises(NotAllowed):
            await attempt

    assert await assets.get(ana, asset.id) == asset
    assert await counted(database) == before


async def test_quotas_totals_and_quarantine_are_for_administrators(
    usage: UsageService, database: Database, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    quarantine = QuarantineService(database, settings=AssetSettings(), clock=clock)

    for attempt in (
        usage.set_quota(ana, acme.id, 1),
        usage.totals(ana),
        quarantine.list(ana, page=ALL),
        quarantine.adopt(ana, uuid4(), acme.id),
    ):
        with pytest.raises(NotAllowed):
            await attempt


async def test_patch_changes_what_it_holds_and_no_more(
    assets: AssetService, campaigns: CampaignService, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    campaign = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    asset = await upload(assets, ana, acme, tags=("hero",))
    clock.advance(seconds=5)

    renamed = await assets.update(ana, asset.id, AssetPatch(name=" new/name.png "))
    assert (renamed.name, renamed.tags, renamed.campaign_id) == ("name.png", ("hero",), None)
    assert (renamed.file_name, renamed.updated_at, renamed.uploaded_at) == (
        "bottle.png",
        clock.now(),
        asset.uploaded_at,
    )
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
    assert await found(assets, ana, text="bottle") == (["bottle.png"], 1)


async def test_renamed_and_retagged_asset_is_found_by_what_it_is_now(
    assets: AssetService, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme, tags=("hero", "old"))

    await assets.update(ana, asset.id, AssetPatch(name="glass.png", tags=("hero", "new")))

    assert await found(assets, ana, text="bottle") == ([], 0)
    assert await found(assets, ana, tags=["old"]) == ([], 0)
    assert await found(assets, ana, text="glass", tags=["hero", "new"]) == (["glass.png"], 1)


async def test_bulk_edit_changes_all_of_them(
    assets: AssetService, campaigns: CampaignService, ana: Principal, acme: Client
) -> None:
    campaign = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    ids = [(await upload(assets, ana, acme, file_name=f"{n}.png", tags=("a", f"t{n}"))).id for n in range(3)]

    edit = BulkEdit(asset_ids=tuple(ids[:2]), add_tags=("b",), remove_tags=("a", "t1"), campaign_id=campaign.id)
    edited = await assets.edit_many(ana, edit)

    assert [(asset.id, asset.tags) for asset in edited] == [(ids[0], ("t0", "b")), (ids[1], ("b",))]
    assert {asset.campaign_id for asset in edited} == {campaign.id}
    assert await found(assets, ana, tags=["b"], sort="name") == (["0.png", "1.png"], 2)
    assert await found(assets, ana, campaign_id=campaign.id, sort="name") == (["0.png", "1.png"], 2)
    assert await found(assets, ana, tags=["a"]) == (["2.png"], 1)


async def test_bulk_edit_without_a_campaign_leaves_each_where_it_is(
    assets: AssetService, campaigns: CampaignService, ana: Principal, acme: Client
) -> None:
    campaign = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    asset = await upload(assets, ana, acme, campaign_id=campaign.id)

    (kept,) = await assets.edit_many(ana, BulkEdit(asset_ids=(asset.id,), add_tags=("x",)))
    (freed,) = await assets.edit_many(ana, BulkEdit(asset_ids=(asset.id,), campaign_id=None))

    assert (kept.campaign_id, freed.campaign_id, freed.tags) == (campaign.id, None, ("x",))


async def test_bulk_edit_into_the_bin_and_out_of_it_again(assets: AssetService, ana: Principal, acme: Client) -> None:
    ids = tuple([(await upload(assets, ana, acme, file_name=f"{n}.png", tags=("a",))).id for n in range(2)])

    await assets.edit_many(ana, BulkEdit(asset_ids=ids, in_bin=True))
    assert await found(assets, ana) == ([], 0)
    with pytest.raises(Conflict, match="bin"):
        await assets.edit_many(ana, BulkEdit(asset_ids=ids, add_tags=("b",)))
    back = await assets.edit_many(ana, BulkEdit(asset_ids=ids, in_bin=False, add_tags=("b",)))

    assert {asset.tags for asset in back} == {("a", "b")}
    assert await found(assets, ana, tags=["a", "b"], sort="name") == (["0.png", "1.png"], 2)
    assert await found(assets, ana, in_bin=True) == ([], 0)


async def test_bulk_edit_that_one_of_them_refuses_changes_none(
    assets: AssetService,
    clients: ClientService,
    campaigns: CampaignService,
    ana: Principal,
    eve: Principal,
    acme: Client,
) -> None:
    other = await clients.create(ana, ClientDraft(name="Other"))
    hers = await clients.create(eve, ClientDraft(name="Hers"))
    campaign = await campaigns.create(ana, CampaignDraft(client_id=other.id, name="Spring"))
    full = await upload(assets, ana, acme, tags=tuple(f"t{n}" for n in range(30)))
    mine = [await upload(assets, ana, acme), await upload(assets, ana, other), full]
    foreign = await upload(assets, eve, hers)

    for edit, error in (
        (BulkEdit(asset_ids=(mine[0].id, foreign.id), in_bin=True), NotFound),
        (BulkEdit(asset_ids=(mine[0].id, uuid4()), add_tags=("x",)), NotFound),
        (BulkEdit(asset_ids=(mine[0].id, mine[1].id), campaign_id=campaign.id), NotFound),
        (BulkEdit(asset_ids=(mine[0].id, full.id), add_tags=("x",)), InvalidInput),
    ):
        with pytest.raises(error):
            await assets.edit_many(ana, edit)

    assert [await assets.get(ana, asset.id) for asset in mine] == mine
    assert await assets.get(eve, foreign.id) == foreign
    assert await found(assets, ana, tags=["x"]) == ([], 0)


def test_bulk_edit_names_each_asset_once() -> None:
    twice = uuid4()
    for ids in ((), (twice, twice), tuple(uuid4() for _ in range(501))):
        with pytest.raises(ValueError, match=r"assetIds|asset_ids"):
            BulkEdit(asset_ids=ids)

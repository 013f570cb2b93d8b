from datetime import timedelta

import pytest
from sqlalchemy import delete

from gauntlet.core.creative.brand import BrandGuidelines
from gauntlet.core.errors import Conflict, InvalidInput, NotFound
from gauntlet.core.settings import AssetSettings
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.schemas import AssetPatch, AssetQuery, BulkEdit
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.campaigns.schemas import CampaignDraft
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.schemas import Client, ClientPatch
from gauntlet.domain.clients.service import ClientService
from gauntlet.storage.database import DatabaseBlobStore
from tests.clocks import ManualClock
from tests.domain.assets.library import ALL, NOTHING, counted, found, miscounted, replace, upload, used_bytes
from tests.pictures import SVG
from tests.services import asset_service


async def test_deleted_asset_lies_in_the_bin_and_nowhere_else(
    assets: AssetService, database: Database, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme, tags=("hero",))
    clock.advance(seconds=5)
    used = await used_bytes(database, acme)

    await assets.delete(ana, asset.id)

    assert await found(assets, ana) == ([], 0)
    assert await found(assets, ana, tags=["hero"], text="bottle") == ([], 0)
    for query in ({}, {"tags": ["hero"]}, {"text": "bott"}, {"client_id": acme.id, "asset_type": "image"}):
        assert await found(assets, ana, in_bin=True, **query) == (["bottle.png"], 1)
    assert (await assets.get(ana, asset.id)).deleted_at == clock.now()
    assert (await assets.file(ana, asset.id, kind="thumbnail")).size_bytes > 0
    assert await used_bytes(database, acme) == used


async def test_asset_in_the_bin_is_not_changed_or_given_away(
    assets: AssetService, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)
    await replace(assets, ana, asset.id)
    await assets.delete(ana, asset.id)
    binned = await assets.get(ana, asset.id)

    for attempt in (
        assets.update(ana, asset.id, AssetPatch(name="x")),
        replace(assets, ana, asset.id),
        assets.restore_version(ana, asset.id, 1),
        assets.sign(ana, asset.id, kind="shown", expires_in_s=60),
    ):
        with pytest.raises(Conflict, match="bin") as caught:
            await attempt
        assert "/restore" in (caught.value.next_step or "")
    assert await assets.get(ana, asset.id) == binned


async def test_restored_asset_has_all_that_it_had(
    assets: AssetService, campaigns: CampaignService, ana: Principal, acme: Client
) -> None:
    campaign = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    asset = await upload(assets, ana, acme, tags=("hero",), campaign_id=campaign.id)
    await replace(assets, ana, asset.id)
    before = await assets.get(ana, asset.id)

    await assets.delete(ana, asset.id)
    await assets.delete(ana, asset.id)  # twice is as good as once
    back = await assets.restore(ana, asset.id)

    assert back == await assets.restore(ana, asset.id) == before
    assert await found(assets, ana, tags=["hero"], text="bottle", campaign_id=campaign.id) == (["bottle.png"], 1)
    assert await found(assets, ana, in_bin=True) == ([], 0)
    assert (await assets.versions(ana, asset.id, page=ALL))[1] == 2


async def test_bin_shows_what_was_deleted_last_first(
    assets: AssetService, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    made = [await upload(assets, ana, acme, file_name=f"{n}.png") for n in range(3)]
    for n in (1, 0, 2):
        clock.advance(seconds=1)
        await assets.delete(ana, made[n].id)

    assert await found(assets, ana, in_bin=True, client_id=acme.id) == (["2.png", "0.png", "1.png"], 3)
    assert await found(assets, ana, in_bin=True, sort="name") == (["0.png", "1.png", "2.png"], 3)


async def test_purge_of_what_is_not_in_the_bin_is_to_be_meant(
    assets: AssetService, database: Database, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)

    with pytest.raises(Conflict, match="not in the bin"):
        await assets.purge(ana, asset.id)
    assert await assets.get(ana, asset.id) == asset

    await assets.purge(ana, asset.id, permanently=True)
    with pytest.raises(NotFound):
        await assets.get(ana, asset.id)
    assert await counted(database) == NOTHING
    assert await used_bytes(database, acme) == 0


async def test_purged_asset_takes_all_its_versions_with_it(
    assets: AssetService, database: Database, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme, SVG, file_name="logo.svg", tags=("a", "b"))
    await replace(assets, ana, asset.id)
    await assets.restore_version(ana, asset.id, 1)

    await assets.delete(ana, asset.id)
    await assets.purge(ana, asset.id)

    assert await counted(database) == NOTHING
    assert await used_bytes(database, acme) == 0


async def test_logo_leaves_the_brand_guidelines_when_it_is_purged_and_cannot_be_named_while_in_the_bin(
    assets: AssetService, clients: ClientService, ana: Principal, acme: Client
) -> None:
    logo = await upload(assets, ana, acme, SVG, file_name="logo.svg")
    guidelines = BrandGuidelines(logo_asset_id=logo.id, voice="calm")
    await clients.update(ana, acme.id, ClientPatch(brand_guidelines=guidelines))

    await assets.delete(ana, logo.id)
    assert (await clients.get(ana, acme.id)).brand_guidelines == guidelines
    with pytest.raises(InvalidInput, match="logo"):
        await clients.update(ana, acme.id, ClientPatch(brand_guidelines=guidelines))

    await assets.purge(ana, logo.id)
    assert (await clients.get(ana, acme.id)).brand_guidelines == BrandGuidelines(voice="calm")


async def test_bin_is_emptied_of_what_lay_there_for_its_time(
    assets: AssetService, database: Database, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    kept = await upload(assets, ana, acme, file_name="kept.png")
    old = await upload(assets, ana, acme, file_name="old.png")
    young = await upload(assets, ana, acme, file_name="young.png")
    await assets.delete(ana, old.id)
    clock.advance(hours=30 * 24 - 1)
    await assets.delete(ana, young.id)

    assert await assets.empty_bin() == 0
    clock.advance(hours=1, seconds=1)
    assert await assets.empty_bin() == 1

    assert await found(assets, ana, in_bin=True) == (["young.png"], 1)
    assert await assets.empty_bin(older_than=timedelta(hours=2)) == 0
    assert await assets.empty_bin(older_than=timedelta()) == 1
    assert [asset.id for asset in (await assets.list(ana, query=AssetQuery(), page=ALL))[0]] == [kept.id]
    assert await used_bytes(database, acme) == kept.size


async def test_bin_of_many_assets_is_emptied_in_steps_and_the_time_is_a_setting(
    database: Database, blobs: DatabaseBlobStore, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    hasty = asset_service(database, blobs=blobs, settings=AssetSettings(bin_retention_days=0), clock=clock)
    for number in range(103):
        asset = await upload(hasty, ana, acme, file_name=f"{number}.png")
        await hasty.delete(ana, asset.id)
    clock.advance(seconds=1)

    assert await hasty.empty_bin() == 103
    assert await counted(database) == NOTHING


async def test_deleted_campaign_leaves_its_assets_counted_where_they_are_now(
    assets: AssetService, campaigns: CampaignService, database: Database, ana: Principal, acme: Client
) -> None:
    campaign = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    asset = await upload(assets, ana, acme, campaign_id=campaign.id)
    await upload(assets, ana, acme, file_name="other.png")

    async with database.transaction() as session:
        await session.execute(delete(CampaignRow).where(CampaignRow.id == campaign.id))

    assert (await assets.get(ana, asset.id)).campaign_id is None
    assert (await found(assets, ana, client_id=acme.id))[1] == 2
    assert await miscounted(database) == []


async def test_counts_are_true_whatever_happens_to_assets(
    assets: AssetService, campaigns: CampaignService, database: Database, ana: Principal, acme: Client
) -> None:
    campaign = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    made = [
        await upload(assets, ana, acme, file_name=f"bottle {n}.png", tags=("a", f"t{n}"), campaign_id=campaign.id)
        for n in range(4)
    ]
    assert await miscounted(database) == []

    await assets.update(ana, made[0].id, AssetPatch(name="glass", tags=("b",), campaign_id=None))
    await replace(assets, ana, made[1].id, SVG, file_name="new.svg")
    await assets.edit_many(ana, BulkEdit(asset_ids=(made[2].id, made[3].id), add_tags=("c",), in_bin=True))
    assert await miscounted(database) == []

    await assets.restore(ana, made[2].id)
    await assets.purge(ana, made[3].id)
    assert await miscounted(database) == []


async def test_deleted_client_leaves_no_rows_of_its_library(
    assets: AssetService,
    clients: ClientService,
    campaigns: CampaignService,
    database: Database,
    ana: Principal,
    acme: Client,
) -> None:
    campaign = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    asset = await upload(assets, ana, acme, tags=("hero",), campaign_id=campaign.id)
    await replace(assets, ana, asset.id)
    await assets.delete(ana, (await upload(assets, ana, acme)).id)

    await clients.delete(ana, acme.id)

    left = await counted(database)
    assert (left["assets"], left["finders"]) == (0, 0)

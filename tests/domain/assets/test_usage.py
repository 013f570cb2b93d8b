from uuid import UUID

import pytest
from sqlalchemy import update

from gauntlet.core.errors import InvalidInput, NotFound
from gauntlet.core.settings import AssetSettings
from gauntlet.db.models.assets import ClientStorageRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.errors import QuotaExceeded
from gauntlet.domain.assets.schemas import SpaceShare
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.assets.usage import UsageService
from gauntlet.domain.campaigns.schemas import CampaignDraft
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.schemas import Client, ClientDraft
from gauntlet.domain.clients.service import ClientService
from tests.domain.assets.library import OTHER_PNG, PNG, replace, upload, used_bytes
from tests.media_files import sound

WAV = sound("wav", duration_s=0.2)


@pytest.fixture
def usage(database: Database) -> UsageService:
    return UsageService(database, settings=AssetSettings(client_quota_bytes=10_000_000))


async def test_usage_tells_where_a_clients_space_goes(
    assets: AssetService, campaigns: CampaignService, usage: UsageService, ana: Principal, acme: Client
) -> None:
    campaign = await campaigns.create(ana, CampaignDraft(client_id=acme.id, name="Spring"))
    picture = await upload(assets, ana, acme, campaign_id=campaign.id)
    await replace(assets, ana, picture.id)
    await assets.restore_version(ana, picture.id, 1)
    binned = await upload(assets, ana, acme, WAV, file_name="bed.wav")
    await assets.delete(ana, binned.id)
    pictures_bytes = len(PNG) + len(OTHER_PNG)

    found = await usage.usage(ana, acme.id)

    assert (found.used_bytes, found.quota_bytes) == (pictures_bytes + len(WAV), 10_000_000)
    assert (found.asset_count, found.bin_count, found.bin_bytes) == (2, 1, len(WAV))
    assert found.by_type == {
        "image": SpaceShare(asset_count=1, size_bytes=pictures_bytes),
        "audio": SpaceShare(asset_count=1, size_bytes=len(WAV)),
    }
    assert {(share.name, share.asset_count, share.size_bytes) for share in found.by_campaign} == {
        ("Spring", 1, pictures_bytes),
        (None, 1, len(WAV)),
    }


async def test_totals_tell_what_storing_equal_files_once_saves(
    assets: AssetService, clients: ClientService, usage: UsageService, ana: Principal, root: Principal, acme: Client
) -> None:
    other = await clients.create(ana, ClientDraft(name="Other"))
    await upload(assets, ana, acme)
    await upload(assets, ana, other)
    await upload(assets, ana, other, OTHER_PNG)

    totals = await usage.totals(root)

    assert (totals.asset_count, totals.version_count, totals.quarantined_count) == (3, 3, 0)
    assert totals.logical_bytes == 2 * len(PNG) + len(OTHER_PNG)
    assert totals.physical_bytes == len(PNG) + len(OTHER_PNG)
    assert totals.saved_bytes == len(PNG)
    assert [(share.name, share.used_bytes, share.asset_count) for share in totals.by_client] == [
        ("Other", len(PNG) + len(OTHER_PNG), 2),
        ("Acme", len(PNG), 1),
    ]


async def test_quota_of_a_client_wins_over_the_setting_until_it_is_taken_back(
    assets: AssetService, usage: UsageService, database: Database, ana: Principal, root: Principal, acme: Client
) -> None:
    await upload(assets, ana, acme)

    assert (await usage.set_quota(root, acme.id, len(PNG))).quota_bytes == len(PNG)
    with pytest.raises(QuotaExceeded):
        await upload(assets, ana, acme, OTHER_PNG)
    assert await used_bytes(database, acme) == len(PNG)
    assert (await usage.set_quota(root, acme.id, None)).quota_bytes == 10_000_000
    await upload(assets, ana, acme, OTHER_PNG)
    assert (await usage.set_quota(root, acme.id, 0)).used_bytes == len(PNG) + len(OTHER_PNG)


async def test_quota_is_no_negative_number_and_of_a_client_that_exists(
    usage: UsageService, root: Principal, acme: Client
) -> None:
    with pytest.raises(InvalidInput, match="quota"):
        await usage.set_quota(root, acme.id, -1)
    with pytest.raises(NotFound):
        await usage.set_quota(root, UUID(int=9), 1)


async def test_wrong_count_of_used_bytes_is_found_and_put_right(
    assets: AssetService, usage: UsageService, database: Database, ana: Principal, acme: Client
) -> None:
    await upload(assets, ana, acme)
    assert [found async for found in usage.verify(repair=True)] == []
    async with database.transaction() as session:
        await session.execute(update(ClientStorageRow).values(used_bytes=7))

    for repair in (False, True):
        (found,) = [found async for found in usage.verify(repair=repair)]
        assert (found.client_id, found.counted_bytes, found.real_bytes) == (acme.id, 7, len(PNG))
        assert found.repaired is repair
    assert await used_bytes(database, acme) == len(PNG)
    assert [found async for found in usage.verify(repair=False)] == []

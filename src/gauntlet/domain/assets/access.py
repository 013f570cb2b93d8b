"""What a caller may do with assets, and the locks that changing them takes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.db.models.assets import AssetRow, ClientStorageRow
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets import repository, rules
from gauntlet.domain.assets.schemas import AssetQuery
from gauntlet.domain.campaigns import repository as campaigns
from gauntlet.domain.clients.access import require_role


async def check_place(session: AsyncSession, principal: Principal, client_id: UUID, campaign_id: UUID | None) -> None:
    """Raise unless the caller may put assets there.

    `NotFound` for a client that is not the caller's or a campaign that is not that client's, `NotAllowed` for viewers.
    """
    await require_role(session, principal, client_id, minimum="editor")
    if campaign_id is None:
        return
    campaign = await campaigns.find(session, principal, campaign_id)
    if campaign is None or campaign.client_id != client_id:
        raise rules.no_campaign(campaign_id, of_client=client_id)


async def within_reach(session: AsyncSession, principal: Principal, query: AssetQuery) -> AssetQuery:
    """Return a query with the client of the campaign that it names.

    Raises `NotFound` for a client or campaign that is not the caller's, or a campaign of another client.
    """
    if query.client_id is not None:
        await require_role(session, principal, query.client_id, minimum="viewer")
    if query.campaign_id is None:
        return query
    campaign = await campaigns.find(session, principal, query.campaign_id)
    if campaign is None:
        raise rules.no_campaign(query.campaign_id)
    if query.client_id not in {None, campaign.client_id}:
        raise rules.no_campaign(query.campaign_id, of_client=query.client_id)
    return query.model_copy(update={"client_id": campaign.client_id})


async def visible(session: AsyncSession, principal: Principal, asset_id: UUID) -> AssetRow:
    """Return an asset that the caller reaches, in the bin or not; raises `NotFound`."""
    row = await repository.find(session, principal, asset_id)
    if row is None:
        raise rules.no_asset(asset_id)
    return row


async def visible_files(session: AsyncSession, principal: Principal, asset_id: UUID) -> AssetRow:
    """Return the same as `visible`, as far as it tells of the asset's files."""
    row = await repository.find_with_files(session, principal, asset_id)
    if row is None:
        raise rules.no_asset(asset_id)
    return row


async def changeable(session: AsyncSession, principal: Principal, asset_id: UUID) -> tuple[AssetRow, ClientStorageRow]:
    """Return an asset that the caller may change, as it is while its client's library is locked.

    Raises `NotFound`, and `NotAllowed` for viewers.
    """
    rows, locked = await changeable_together(session, principal, [asset_id])
    return rows[0], locked[rows[0].client_id]


async def changeable_together(
    session: AsyncSession, principal: Principal, asset_ids: Sequence[UUID]
) -> tuple[list[AssetRow], dict[UUID, ClientStorageRow]]:
    """Return assets that the caller may all change, and what is locked of their clients; raises as `changeable`."""
    found = await repository.find_many(session, principal, asset_ids)
    for asset_id in asset_ids:
        if asset_id not in found:
            raise rules.no_asset(asset_id)
    clients = sorted({row.client_id for row in found.values()})
    for client_id in clients:
        await require_role(session, principal, client_id, minimum="editor")
    locked = {client_id: await repository.lock_library(session, client_id) for client_id in clients}
    now_there = await repository.find_again(session, asset_ids)
    for asset_id in asset_ids:
        if asset_id not in now_there:  # purged by somebody else a moment ago
            raise rules.no_asset(asset_id)
    return [now_there[asset_id] for asset_id in asset_ids], locked

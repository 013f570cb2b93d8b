"""Assets on their way out: into the bin, out of it again, or gone for good. Work inside a transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.creative.brand import BrandGuidelines
from gauntlet.core.ids import Digest
from gauntlet.db.models.assets import AssetRow, ClientStorageRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.domain.assets import repository
from gauntlet.domain.assets.views import digests_of

log = structlog.get_logger(__name__)


async def put_in_bin(session: AsyncSession, rows: Sequence[AssetRow], *, user_id: int, now: datetime) -> None:
    """Put assets into the bin; those that lie there already stay as they are."""
    moved = [row for row in rows if row.deleted_at is None]
    for row in moved:
        row.deleted_at = row.updated_at = now
        row.deleted_by = user_id
    await repository.shelve(session, [row.id for row in moved], in_bin=True)


async def take_from_bin(session: AsyncSession, rows: Sequence[AssetRow], *, now: datetime) -> None:
    """Bring assets back with all they had; those that are not in the bin stay as they are."""
    moved = [row for row in rows if row.deleted_at is not None]
    for row in moved:
        row.deleted_at = row.deleted_by = None
        row.updated_at = now
    await repository.shelve(session, [row.id for row in moved], in_bin=False)


async def purge(session: AsyncSession, rows: Sequence[AssetRow], storage: ClientStorageRow) -> list[Digest]:
    """Remove assets of one client for good; return what may be let go of once this is committed.

    Its client's brand guidelines name none of them as the logo afterwards.
    """
    asset_ids = [row.id for row in rows]
    versions = await repository.all_versions(session, asset_ids)
    storage.used_bytes -= sum(version.size_bytes for version in versions if version.restored_from is None)
    await _forget_logo(session, storage.client_id, asset_ids)
    await session.execute(
        delete(AssetRow).where(AssetRow.id.in_(asset_ids)).execution_options(synchronize_session=False)
    )
    return list(dict.fromkeys(digest for row in (*rows, *versions) for digest in digests_of(row)))


async def overdue(session: AsyncSession, *, before: datetime, limit: int) -> tuple[UUID, list[UUID]] | None:
    """Return some assets of one client that lie in the bin since before a moment, the longest there first."""
    client_id = await session.scalar(
        select(AssetRow.client_id)
        .where(AssetRow.deleted_at.is_not(None), AssetRow.deleted_at < before)
        .order_by(AssetRow.deleted_at, AssetRow.id)
        .limit(1)
    )
    if client_id is None:
        return None
    asset_ids = await session.scalars(
        select(AssetRow.id)
        .where(AssetRow.client_id == client_id, AssetRow.deleted_at.is_not(None), AssetRow.deleted_at < before)
        .order_by(AssetRow.deleted_at, AssetRow.id)
        .limit(limit)
    )
    return client_id, list(asset_ids)


async def _forget_logo(session: AsyncSession, client_id: UUID, asset_ids: Sequence[UUID]) -> None:
    client = await session.get_one(ClientRow, client_id, with_for_update=True, populate_existing=True)
    guidelines = BrandGuidelines.model_validate(client.brand_guidelines)
    if guidelines.logo_asset_id in asset_ids:
        client.brand_guidelines = guidelines.model_copy(update={"logo_asset_id": None}).model_dump(mode="json")

"""Where space goes, and how much of it a client may take."""

from collections.abc import AsyncGenerator, Sequence
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.errors import InvalidInput, NotFound
from gauntlet.core.ids import ClientId
from gauntlet.core.settings import AssetSettings
from gauntlet.db.models.assets import (
    AssetCountRow,
    AssetRow,
    AssetVersionRow,
    ClientStorageRow,
    QuarantinedAssetRow,
)
from gauntlet.db.models.blobs import BlobRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.rules import require_admin
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets import repository
from gauntlet.domain.assets.schemas import (
    CampaignShare,
    ClientShare,
    SpaceShare,
    StorageTotals,
    StorageUsage,
    UsageCorrection,
)
from gauntlet.domain.clients.access import require_role

_QUOTA_MAX_BYTES = 2**63 - 1

log = structlog.get_logger(__name__)


class UsageService:
    """What clients' files take. Members see their clients' space; quotas and the whole are for administrators."""

    def __init__(self, database: Database, *, settings: AssetSettings) -> None:
        self._database = database
        self._settings = settings

    async def usage(self, principal: Principal, client_id: UUID) -> StorageUsage:
        """Return where a client's space goes."""
        async with self._database.read() as session:
            await require_role(session, principal, client_id, minimum="viewer")
            return await self._usage(session, client_id)

    async def set_quota(self, principal: Principal, client_id: UUID, quota_bytes: int | None) -> StorageUsage:
        """Say how many bytes a client's files may take; None for as many as the settings say.

        One that is used up already refuses more, and takes nothing away. Raises `NotAllowed` for anybody but an
        administrator, `InvalidInput` for a quota below 0.
        """
        require_admin(principal)
        if quota_bytes is not None and not 0 <= quota_bytes <= _QUOTA_MAX_BYTES:
            raise InvalidInput(
                f"A quota of {quota_bytes:,} bytes cannot be; it must be 0 to {_QUOTA_MAX_BYTES:,}.",
                next_step="Give a number of bytes, or none for as many as the settings say.",
                details={"field": "quotaBytes", "value": str(quota_bytes), "limit": str(_QUOTA_MAX_BYTES)},
            )
        async with self._database.transaction() as session:
            await require_role(session, principal, client_id, minimum="owner")
            storage = await repository.lock_library(session, client_id)
            storage.quota_bytes = quota_bytes
            await session.flush()
            usage = await self._usage(session, client_id)
        log.info("asset.quota_set", client_id=str(client_id), quota_bytes=quota_bytes, user_id=principal.user_id)
        return usage

    async def totals(self, principal: Principal) -> StorageTotals:
        """Return where the space of all clients together goes; for administrators."""
        require_admin(principal)
        async with self._database.read() as session:
            by_type = await _shares(session, AssetRow.type)
            version_count, logical_bytes = (
                await session.execute(select(func.count(), func.coalesce(func.sum(AssetVersionRow.size_bytes), 0)))
            ).one()
            physical_bytes = await session.scalar(_distinct_bytes()) or 0
            return StorageTotals.model_validate(
                {
                    "asset_count": sum(share.asset_count for share in by_type.values()),
                    "version_count": version_count,
                    "logical_bytes": int(logical_bytes),
                    "physical_bytes": int(physical_bytes),
                    "saved_bytes": int(logical_bytes) - int(physical_bytes),
                    "quarantined_count": await session.scalar(select(func.count(QuarantinedAssetRow.id))) or 0,
                    "by_type": by_type,
                    "by_client": await self._by_client(session),
                }
            )

    async def verify(self, *, repair: bool) -> AsyncGenerator[UsageCorrection]:
        """Yield the clients whose counted use is not what their assets add up to, put right where `repair` says so.

        For `storage check`: it acts for the house, not for a person.
        """
        async with self._database.read() as session:
            clients = (await session.scalars(select(ClientRow.id).order_by(ClientRow.id))).all()
        for client_id in clients:
            correction = await self._correction(client_id, repair=repair)
            if correction is not None:
                yield correction

    async def _correction(self, client_id: UUID, *, repair: bool) -> UsageCorrection | None:
        async with self._database.read() as session:
            storage = await session.get(ClientStorageRow, client_id)
            counted, real = (storage.used_bytes if storage else 0), await repository.used_bytes(session, client_id)
        if counted == real:
            return None
        if repair:
            try:
                counted, real = await self._put_right(client_id)
            except NotFound:  # the client went meanwhile
                return None
        return UsageCorrection.model_validate(
            {"client_id": client_id, "counted_bytes": counted, "real_bytes": real, "repaired": repair}
        )

    async def _put_right(self, client_id: UUID) -> tuple[int, int]:
        async with self._database.transaction() as session:
            storage = await repository.lock_library(session, client_id)
            counted, storage.used_bytes = storage.used_bytes, await repository.used_bytes(session, client_id)
        log.warning("asset.usage_repaired", client_id=str(client_id), counted=counted, real=storage.used_bytes)
        return counted, storage.used_bytes

    async def _usage(self, session: AsyncSession, client_id: UUID) -> StorageUsage:
        storage = await session.get(ClientStorageRow, client_id)
        of_client = AssetRow.client_id == client_id
        by_type = await _shares(session, AssetRow.type, of_client)
        by_campaign = await _shares(session, AssetRow.campaign_id, of_client)
        binned = await _shares(session, AssetRow.deleted_at.is_not(None), of_client)
        named = select(CampaignRow.id, CampaignRow.name).where(CampaignRow.client_id == client_id)
        names = {row.id: row.name for row in await session.execute(named)}
        in_bin = binned.get(True, SpaceShare(asset_count=0, size_bytes=0))
        return StorageUsage.model_validate(
            {
                "client_id": client_id,
                "used_bytes": storage.used_bytes if storage else 0,
                "quota_bytes": self._quota(storage.quota_bytes if storage else None),
                "asset_count": sum(share.asset_count for share in by_type.values()),
                "bin_count": in_bin.asset_count,
                "bin_bytes": in_bin.size_bytes,
                "by_type": by_type,
                "by_campaign": tuple(
                    CampaignShare(campaign_id=key, name=names.get(key), **share.model_dump(by_alias=False))
                    for key, share in sorted(by_campaign.items(), key=lambda item: -item[1].size_bytes)
                ),
            }
        )

    async def _by_client(self, session: AsyncSession) -> Sequence[ClientShare]:
        counted = select(AssetCountRow.client_id, func.sum(AssetCountRow.assets).label("assets")).group_by(
            AssetCountRow.client_id
        )
        counts = counted.subquery()
        rows = await session.execute(
            select(
                ClientRow.id,
                ClientRow.name,
                func.coalesce(ClientStorageRow.used_bytes, 0).label("used_bytes"),
                ClientStorageRow.quota_bytes,
                func.coalesce(counts.c.assets, 0).label("assets"),
            )
            .outerjoin(ClientStorageRow, ClientStorageRow.client_id == ClientRow.id)
            .outerjoin(counts, counts.c.client_id == ClientRow.id)
            .order_by(func.coalesce(ClientStorageRow.used_bytes, 0).desc(), ClientRow.name, ClientRow.id)
        )
        return tuple(
            ClientShare(
                client_id=ClientId(client_id),
                name=name,
                used_bytes=used_bytes,
                quota_bytes=self._quota(quota_bytes),
                asset_count=asset_count,
            )
            for client_id, name, used_bytes, quota_bytes, asset_count in rows
        )

    def _quota(self, own_bytes: int | None) -> int | None:
        return self._settings.client_quota_bytes if own_bytes is None else own_bytes


async def _shares(
    session: AsyncSession, key: ColumnElement[Any] | Any, *conditions: ColumnElement[bool]
) -> dict[Any, SpaceShare]:
    """Return what assets take by a key: their originals, repeated versions counted once."""
    statement = (
        select(key, func.count(AssetRow.id.distinct()), func.sum(AssetVersionRow.size_bytes))
        .join_from(AssetRow, AssetVersionRow, AssetVersionRow.asset_id == AssetRow.id)
        .where(AssetVersionRow.restored_from.is_(None), *conditions)
        .group_by(key)
    )
    rows = await session.execute(statement)
    return {found: SpaceShare(asset_count=count, size_bytes=int(size)) for found, count, size in rows}


def _distinct_bytes() -> Select[int]:
    """Return the select of what the originals of all versions take where equal ones are stored once."""
    return select(func.sum(BlobRow.size_bytes)).where(BlobRow.digest.in_(select(AssetVersionRow.blob_digest)))

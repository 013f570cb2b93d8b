"""Assets that an upgrade found without a client: to be listed, and given to one."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, get_args
from uuid import UUID

import structlog
from pydantic import BeforeValidator, ConfigDict, Json, ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.errors import Conflict, NotFound
from gauntlet.core.ids import AssetId
from gauntlet.core.paging import Page
from gauntlet.core.schema import Schema
from gauntlet.core.settings import AssetSettings
from gauntlet.db.models.accounts import UserRow
from gauntlet.db.models.assets import AssetRow, AssetVersionRow, QuarantinedAssetRow
from gauntlet.db.paging import fetch_page
from gauntlet.db.session import Database
from gauntlet.domain.accounts.rules import require_admin
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets import repository, rules
from gauntlet.domain.assets.schemas import Asset, AssetType, QuarantinedAsset
from gauntlet.domain.assets.versions import COPIED
from gauntlet.domain.assets.views import asset_of
from gauntlet.domain.clients.access import require_role

log = structlog.get_logger(__name__)


def _moment(text: str) -> datetime:
    """Return a moment as either database writes it: SQLite without a zone, PostgreSQL with one of hours alone."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


class _Original(Schema):
    """An asset's row as an upgrade found it, whatever stood in it."""

    model_config = ConfigDict(extra="ignore", alias_generator=None)

    user_id: int | None = None
    type: AssetType
    name: str
    format: str
    size_bytes: int
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    page_count: int | None = None
    tags: Json[list[str]]
    facts: Json[dict[str, Any]]
    version: int
    uploaded_at: Annotated[datetime, BeforeValidator(_moment)]


class QuarantineService:
    """What administrators do with such assets."""

    def __init__(self, database: Database, *, settings: AssetSettings, clock: Clock) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock

    async def list(self, principal: Principal, *, page: Page) -> tuple[Sequence[QuarantinedAsset], int]:
        """Return a page of what lies in quarantine, newest first, and how much there is; for administrators."""
        require_admin(principal)
        order = (QuarantinedAssetRow.quarantined_at.desc(), QuarantinedAssetRow.id.desc())
        async with self._database.read() as session:
            rows, total = await fetch_page(session, select(QuarantinedAssetRow).order_by(*order), page=page)
        return [_quarantined(row) for row in rows], total

    async def adopt(self, principal: Principal, asset_id: UUID, client_id: UUID) -> Asset:
        """Give a quarantined asset to a client, under the id it had; for administrators.

        Raises `NotFound` for what is not in quarantine and for an unknown client, `Conflict` where its bytes are
        lost, and `QuotaExceeded`.
        """
        require_admin(principal)
        async with self._database.transaction() as session:
            await require_role(session, principal, client_id, minimum="editor")
            storage = await repository.lock_library(session, client_id)
            found = await session.get(QuarantinedAssetRow, asset_id, with_for_update=True)
            if found is None:
                raise _nothing(asset_id)
            row = await self._row(session, principal, found, client_id)
            quota = self._settings.client_quota_bytes if storage.quota_bytes is None else storage.quota_bytes
            rules.check_quota(used_bytes=storage.used_bytes, more_bytes=row.size_bytes, quota_bytes=quota)
            storage.used_bytes += row.size_bytes
            await session.delete(found)
            await repository.add(session, row, _version(row))
        log.info("asset.adopted", asset_id=str(asset_id), client_id=str(client_id), user_id=principal.user_id)
        return asset_of(row)

    async def _row(
        self, session: AsyncSession, principal: Principal, found: QuarantinedAssetRow, client_id: UUID
    ) -> AssetRow:
        try:
            original = _Original.model_validate(found.original)
        except ValidationError as error:
            raise _lost(found.id, f"its row cannot be read ({error.error_count()} faults)") from error
        if found.blob_digest is None:
            raise _lost(found.id, "its bytes are lost")
        uploader = await session.get(UserRow, original.user_id) if original.user_id is not None else None
        return AssetRow(
            id=found.id,
            client_id=client_id,
            user_id=principal.user_id if uploader is None else uploader.id,
            file_name=original.name,
            blob_digest=found.blob_digest,
            thumbnail_digest=found.thumbnail_digest,
            waveform_digest=found.waveform_digest,
            rendition_digest=found.rendition_digest,
            uploaded_at=original.uploaded_at,
            updated_at=self._clock.now(),
            **original.model_dump(exclude={"user_id", "uploaded_at"}, by_alias=False),
        )


def _version(row: AssetRow) -> AssetVersionRow:
    copied = {column: getattr(row, column) for column in COPIED}
    return AssetVersionRow(
        asset_id=row.id, number=row.version, user_id=row.user_id, created_at=row.uploaded_at, **copied
    )


def _quarantined(row: QuarantinedAssetRow) -> QuarantinedAsset:
    original = row.original
    type_, size = original.get("type"), original.get("size_bytes")
    return QuarantinedAsset(
        id=AssetId(row.id),
        reason=row.reason,
        name=str(original.get("name") or "untitled"),
        type=type_ if type_ in get_args(AssetType) else None,
        size=size if isinstance(size, int) else None,
        has_bytes=row.blob_digest is not None,
        quarantined_at=row.quarantined_at,
    )


def _nothing(asset_id: UUID) -> NotFound:
    return NotFound(
        f"There is no asset {asset_id} in quarantine.",
        next_step="List what is there with GET /api/v2/admin/quarantine.",
        details={"assetId": str(asset_id)},
    )


def _lost(asset_id: UUID, why: str) -> Conflict:
    return Conflict(
        f"The asset {asset_id} cannot be adopted: {why}.",
        next_step="Bring it back from a backup made before the upgrade.",
        details={"assetId": str(asset_id)},
    )

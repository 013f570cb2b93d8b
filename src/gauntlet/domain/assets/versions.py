"""Versions of an asset's bytes: only ever appended. Work inside a transaction that has locked the library."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.errors import Conflict
from gauntlet.db.models.assets import AssetRow, AssetVersionRow
from gauntlet.domain.assets import rules
from gauntlet.domain.assets.intake import KeptFile

COPIED: Final = (
    "file_name",
    "format",
    "size_bytes",
    "blob_digest",
    "thumbnail_digest",
    "waveform_digest",
    "rendition_digest",
    "width",
    "height",
    "duration_s",
    "page_count",
    "facts",
)


async def append(session: AsyncSession, row: AssetRow, kept: KeptFile, *, user_id: int, now: datetime) -> None:
    """Let an asset have other bytes from now on."""
    row.version += 1
    row.updated_at = now
    kept.describe(row)
    session.add(kept.version(row.id, row.version, user_id=user_id, created_at=now))


async def repeat(session: AsyncSession, row: AssetRow, number: int, *, user_id: int, now: datetime) -> None:
    """Let an asset have the bytes of an earlier version again; raises `NotFound`, and `Conflict` for the present."""
    earlier = await session.get(AssetVersionRow, (row.id, number))
    if earlier is None:
        raise rules.no_version(row.id, number)
    if number == row.version:
        raise Conflict(
            f"Version {number} is the asset's present one.",
            next_step="Name an earlier one.",
            details={"assetId": str(row.id), "version": number},
        )
    row.version += 1
    row.updated_at = now
    again = AssetVersionRow(asset_id=row.id, number=row.version, user_id=user_id, created_at=now, restored_from=number)
    for column in COPIED:
        value = getattr(earlier, column)
        setattr(row, column, value)
        setattr(again, column, value)
    session.add(again)

"""The assets that a job is asked for with: whose they are, and whether they can be what they are named for."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.errors import InvalidInput, NotFound, TooLarge
from gauntlet.core.settings import MEGABYTE
from gauntlet.db.models.assets import AssetRow
from gauntlet.domain.jobs.schemas import JobRequest
from gauntlet.media.reference_limits import ReferenceLimits

_USABLE: Final = frozenset({"image", "video", "audio"})
_SHOWN: Final = frozenset({"image", "video"})
_LIMITS: Final = ReferenceLimits()
_TAKES: Final = {
    "assetIds": ("an ad is made from images, videos and audio", "Leave it out."),
    "logoAssetId": ("a logo is an image", "Name an image."),
    "referenceAssetId": ("a reference is an image or a video", "Name an image or a video."),
}

Asked = Row[UUID, str, str, int, float | None]


async def require_media(session: AsyncSession, request: JobRequest) -> None:
    """Raise `NotFound` for an asset that is not the client's, `InvalidInput` for one that cannot be used so."""
    logo, reference = request.logo_asset_id, request.reference_asset_id
    wanted: Sequence[UUID] = [*request.asset_ids, *(named for named in (logo, reference) if named is not None)]
    if not wanted:
        return
    rows = await session.execute(
        select(AssetRow.id, AssetRow.type, AssetRow.name, AssetRow.size_bytes, AssetRow.duration_s).where(
            AssetRow.id.in_(wanted), AssetRow.client_id == request.client_id, AssetRow.deleted_at.is_(None)
        )
    )
    found = {row.id: row for row in rows}
    for asset_id in wanted:
        if asset_id not in found:
            raise NotFound(
                f"Client {request.client_id} has no asset {asset_id}.",
                next_step="List the client's assets and use their ids.",
            )
        _require_type(found[asset_id], _USABLE, field="assetIds")
    if logo is not None:
        _require_type(found[logo], frozenset({"image"}), field="logoAssetId")
    if reference is not None:
        _require_type(found[reference], _SHOWN, field="referenceAssetId")
        _require_small(found[reference])


def _require_type(asset: Asked, types: frozenset[str], *, field: str) -> None:
    if asset.type in types:
        return
    takes, next_step = _TAKES[field]
    raise InvalidInput(
        f"Asset {asset.id} ({asset.name[:80]!r}) is of type {asset.type}; {takes}.",
        next_step=next_step,
        details={"field": field, "value": str(asset.id), "type": asset.type},
    )


def _require_small(asset: Asked) -> None:
    """Raise `TooLarge` for a reference past its limits, before anybody is asked to look at it."""
    limit_bytes = _LIMITS.picture_max_bytes if asset.type == "image" else _LIMITS.film_max_bytes
    details = {"field": "referenceAssetId", "value": asset.size_bytes, "limit": limit_bytes}
    if asset.size_bytes > limit_bytes:
        raise TooLarge(
            f"The reference {asset.name[:80]!r} has {asset.size_bytes / MEGABYTE:,.1f} MB; a reference {asset.type} has"
            f" at most {limit_bytes / MEGABYTE:g} MB.",
            next_step="Give a smaller one.",
            details=details,
        )
    if asset.type == "video" and asset.duration_s is not None and asset.duration_s > _LIMITS.film_max_s:
        raise TooLarge(
            f"The reference {asset.name[:80]!r} lasts {asset.duration_s:,.1f} s; a reference video lasts at most"
            f" {_LIMITS.film_max_s:g} s.",
            next_step="Cut it to the part whose look the ad is to have.",
            details={"field": "referenceAssetId", "value": asset.duration_s, "limit": _LIMITS.film_max_s},
        )

"""Assets in the database."""

from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, cast, exists, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.ids import Digest
from gauntlet.core.paging import Page
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.paging import fetch_page
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.schemas import Asset, AssetType
from gauntlet.domain.clients.access import reachable_clients

_ASSET: TypeAdapter[Asset] = TypeAdapter(Asset)


async def find(session: AsyncSession, principal: Principal, asset_id: UUID, *, lock: bool = False) -> AssetRow | None:
    """Return an asset that the caller reaches, locked until the transaction ends where asked for."""
    statement = _reached(principal).where(AssetRow.id == asset_id)
    return await session.scalar(statement.with_for_update() if lock else statement)


async def list_assets(
    session: AsyncSession,
    principal: Principal,
    *,
    client_id: UUID | None,
    campaign_id: UUID | None,
    asset_type: AssetType | None,
    tag: str | None,
    page: Page,
) -> tuple[list[AssetRow], int]:
    """Return a page of the assets that the caller reaches, newest first, and how many there are."""
    statement = _reached(principal)
    if client_id is not None:
        statement = statement.where(AssetRow.client_id == client_id)
    if campaign_id is not None:
        statement = statement.where(AssetRow.campaign_id == campaign_id)
    if asset_type is not None:
        statement = statement.where(AssetRow.type == asset_type)
    if tag is not None:
        statement = statement.where(_has_tag(session, tag))
    return await fetch_page(session, statement.order_by(AssetRow.uploaded_at.desc(), AssetRow.id.desc()), page=page)


def digests_of(row: AssetRow) -> list[Digest]:
    """Return the addresses of all blobs that an asset refers to."""
    digests = (row.blob_digest, row.thumbnail_digest, row.waveform_digest, row.rendition_digest)
    return [Digest(digest) for digest in digests if digest is not None]


def asset_of(row: AssetRow) -> Asset:
    """Return a row as callers see it."""
    path = f"/api/v2/assets/{row.id}"
    common = {
        "type": row.type,
        "id": row.id,
        "user_id": row.user_id,
        "client_id": row.client_id,
        "campaign_id": row.campaign_id,
        "name": row.name,
        "url": f"{path}/data",
        "size": row.size_bytes,
        "uploaded_at": row.uploaded_at,
        "tags": tuple(row.tags),
        "format": row.format,
        "version": row.version,
    }
    return _ASSET.validate_python(common | _own_fields(row, path))


def _own_fields(row: AssetRow, path: str) -> dict[str, object]:
    """Return the fields that only an asset of this type has."""
    thumbnail_url = f"{path}/thumbnail"
    match row.type:
        case "image":
            return {"width": row.facts["width"], "height": row.facts["height"]}
        case "video":
            size: dict[str, object] = {"width": row.width, "height": row.height}
            return {**size, "duration": row.duration_s, "thumbnail_url": thumbnail_url}
        case "audio":
            return {"duration": row.duration_s, "waveform_url": f"{path}/waveform"}
        case _:
            return {"page_count": row.page_count, "thumbnail_url": thumbnail_url if row.thumbnail_digest else None}


def _reached(principal: Principal) -> Select[AssetRow]:
    return select(AssetRow).where(AssetRow.client_id.in_(reachable_clients(principal)))


def _has_tag(session: AsyncSession, tag: str) -> ColumnElement[bool]:
    if session.get_bind().dialect.name == "postgresql":
        return cast(AssetRow.tags, JSONB).contains([tag])
    words = func.json_each(AssetRow.tags).table_valued("value")
    return exists(select(literal(1)).select_from(words).where(words.c.value == tag))

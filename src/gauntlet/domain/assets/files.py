"""Which file of an asset, or of one of its versions, is meant."""

from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.errors import NotFound
from gauntlet.core.ids import Digest
from gauntlet.db.models.assets import AssetRow, AssetVersionRow
from gauntlet.domain.assets import rules
from gauntlet.domain.assets.schemas import FileKind, StoredFile
from gauntlet.storage.base import BlobStore

_WAVEFORM_FORMAT: Final = "json"


async def content_of(session: AsyncSession, row: AssetRow, version: int | None) -> AssetRow | AssetVersionRow:
    """Return what tells of the bytes of a version, or of the present one; raises `NotFound`."""
    if version is None or version == row.version:
        return row
    found = await session.get(AssetVersionRow, (row.id, version))
    if found is None:
        raise rules.no_version(row.id, version)
    return found


async def content_with(session: AsyncSession, row: AssetRow, digest: Digest) -> AssetRow | AssetVersionRow | None:
    """Return which of an asset's versions has a file of that digest, the newest of them."""
    of_version = (
        AssetVersionRow.blob_digest,
        AssetVersionRow.thumbnail_digest,
        AssetVersionRow.waveform_digest,
        AssetVersionRow.rendition_digest,
    )
    found = select(AssetVersionRow).where(AssetVersionRow.asset_id == row.id)
    rows = await session.scalars(found.order_by(AssetVersionRow.number.desc()))
    return next((version for version in rows if any(getattr(version, c.key) == digest for c in of_version)), None)


def digest_and_format(content: AssetRow | AssetVersionRow, kind: FileKind) -> tuple[Digest | None, str]:
    """Return where one of the files is, and what it is called by its format."""
    shown = (content.rendition_digest, "png") if content.rendition_digest else (content.blob_digest, content.format)
    digest, format_ = {
        "original": (content.blob_digest, content.format),
        "shown": shown,
        "thumbnail": (content.thumbnail_digest, "webp"),
        "waveform": (content.waveform_digest, _WAVEFORM_FORMAT),
    }[kind]
    return (None if digest is None else Digest(digest)), format_


async def stored_file(
    blobs: BlobStore, content: AssetRow | AssetVersionRow, kind: FileKind, *, asset_id: UUID, name: str
) -> StoredFile:
    """Return where one of the files is, and what it is; raises `NotFound` where there is none such."""
    digest, format_ = digest_and_format(content, kind)
    size_bytes = None
    if digest == content.blob_digest:
        size_bytes = content.size_bytes  # that the blob is there is held by a foreign key: one look less for every part
    elif digest is not None and (blob := await blobs.facts(digest)) is not None:
        size_bytes = blob.size_bytes
    if digest is None or size_bytes is None:
        raise NotFound(
            f"The asset {asset_id} has no {kind}.",
            next_step=f"Ask for its data with GET /api/v2/assets/{asset_id}/data.",
            details={"assetId": str(asset_id)},
        )
    return StoredFile(
        digest=digest,
        size_bytes=size_bytes,
        media_type="application/json" if format_ == _WAVEFORM_FORMAT else rules.MEDIA_TYPES[format_],
        name=rules.download_name(name, format_),
    )

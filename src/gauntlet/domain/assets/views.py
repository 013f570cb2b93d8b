"""Rows of assets as callers see them."""

from pydantic import TypeAdapter

from gauntlet.core.ids import Digest
from gauntlet.db.models.assets import AssetRow, AssetVersionRow
from gauntlet.domain.assets.schemas import Asset, AssetVersion

_ASSET: TypeAdapter[Asset] = TypeAdapter(Asset)


def digests_of(row: AssetRow | AssetVersionRow) -> list[Digest]:
    """Return the addresses of all blobs that an asset, or a version of one, refers to."""
    digests = (row.blob_digest, row.thumbnail_digest, row.waveform_digest, row.rendition_digest)
    return [Digest(digest) for digest in digests if digest is not None]


def asset_of(row: AssetRow) -> Asset:
    """Return an asset as callers see it."""
    path = f"/api/v2/assets/{row.id}"
    common = {
        "type": row.type,
        "id": row.id,
        "user_id": row.user_id,
        "client_id": row.client_id,
        "campaign_id": row.campaign_id,
        "name": row.name,
        "file_name": row.file_name,
        "url": f"{path}/data",
        "size": row.size_bytes,
        "uploaded_at": row.uploaded_at,
        "updated_at": row.updated_at,
        "deleted_at": row.deleted_at,
        "tags": tuple(row.tags),
        "format": row.format,
        "version": row.version,
    }
    return _ASSET.validate_python(common | _own_fields(row, path))


def version_of(row: AssetVersionRow, *, current: int) -> AssetVersion:
    """Return a version as callers see it; `current` is the number of the asset's present one."""
    path = f"/api/v2/assets/{row.asset_id}/versions/{row.number}"
    return AssetVersion.model_validate(
        {
            "number": row.number,
            "file_name": row.file_name,
            "format": row.format,
            "size": row.size_bytes,
            "width": row.facts.get("width"),
            "height": row.facts.get("height"),
            "duration": row.duration_s,
            "page_count": row.page_count,
            "created_at": row.created_at,
            "user_id": row.user_id,
            "restored_from": row.restored_from,
            "is_current": row.number == current,
            "url": f"{path}/data",
            "thumbnail_url": f"{path}/thumbnail" if row.thumbnail_digest else None,
        }
    )


def _own_fields(row: AssetRow, path: str) -> dict[str, object]:
    """Return the fields that only an asset of this type has."""
    facts = row.facts
    thumbnail_url = f"{path}/thumbnail"
    colours = tuple(facts.get("dominantColours", ()))
    match row.type:
        case "image":
            return {
                "width": facts["width"],
                "height": facts["height"],
                "orientation": facts.get("orientation", 1),
                "frames": facts.get("frames", 1),
                "has_alpha": facts.get("hasAlpha", False),
                "dominant_colours": colours,
                "thumbnail_url": thumbnail_url,
            }
        case "video":
            return {
                "width": facts["width"],
                "height": facts["height"],
                "duration": row.duration_s,
                "frame_rate": facts.get("frameRate"),
                "rotation": facts.get("rotation", 0),
                "video_codec": facts["videoCodec"],
                "audio_codec": facts.get("audioCodec"),
                "dominant_colours": colours,
                "thumbnail_url": thumbnail_url,
            }
        case "audio":
            return {
                "duration": row.duration_s,
                "codec": facts["audioCodec"],
                "channels": facts["channels"],
                "sample_rate": facts["sampleRateHz"],
                "waveform_url": f"{path}/waveform",
            }
        case _:
            return {
                "page_count": row.page_count,
                "line_count": facts.get("lineCount"),
                "encrypted": facts.get("isEncrypted", False),
                "thumbnail_url": thumbnail_url if row.thumbnail_digest else None,
            }

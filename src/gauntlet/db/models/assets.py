"""Files of a client."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Double, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gauntlet.db.base import Base, Json, UtcDateTime, one_of

_BLOB = "blobs.digest"


class AssetRow(Base):
    """A file of one client, perhaps of one of its campaigns; what does not apply to its type is NULL.

    What the columns say of the bytes is of the present version, whose number is `version`; every version, the present
    one too, has a row of its own. An asset with `deleted_at` lies in the bin. `sort_name` is the name as names are
    ordered. `facts` is the type's `MediaFacts` (of gauntlet.media) as JSON. `width` and `height` are of the picture as
    the compositor decodes it: the same as in `facts` but for an SVG, which is drawn larger.
    `rendition_digest` is a PNG to be shown in place of bytes that no browser should run (SVG).
    """

    __tablename__ = "assets"
    __table_args__ = (
        one_of("type", ("image", "video", "audio", "document")),
        Index(None, "client_id", "uploaded_at", "id"),
        Index(None, "client_id", "type", "uploaded_at", "id"),
        Index(None, "campaign_id", "uploaded_at", "id"),
        Index(None, "uploaded_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id", ondelete="SET NULL"))
    type: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    sort_name: Mapped[str] = mapped_column(String(400), server_default="")
    format: Mapped[str] = mapped_column(String(8))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    blob_digest: Mapped[str] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    thumbnail_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    waveform_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    rendition_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration_s: Mapped[float | None] = mapped_column(Double)
    page_count: Mapped[int | None]
    tags: Mapped[list[str]] = mapped_column(Json)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    version: Mapped[int]
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)


class AssetVersionRow(Base):
    """The bytes that an asset has or had; columns as in `assets`. `restored_from` names the version it repeats."""

    __tablename__ = "asset_versions"

    asset_id: Mapped[UUID] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(8))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    blob_digest: Mapped[str] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    thumbnail_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    waveform_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    rendition_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration_s: Mapped[float | None] = mapped_column(Double)
    page_count: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    restored_from: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AssetTagRow(Base):
    """A tag of an asset that is not in the bin; what `tags` of the asset says, in a form that is found quickly."""

    __tablename__ = "asset_tags"
    __table_args__ = (Index(None, "client_id", "tag", "asset_id"), Index(None, "tag", "asset_id"))

    asset_id: Mapped[UUID] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(50), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))


class AssetTermRow(Base):
    """A folded word of the name of an asset that is not in the bin; search finds names by the beginnings of words."""

    __tablename__ = "asset_terms"
    __table_args__ = (Index(None, "client_id", "term", "asset_id"), Index(None, "term", "asset_id"))

    asset_id: Mapped[UUID] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True)
    term: Mapped[str] = mapped_column(String(60), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))


class ClientStorageRow(Base):
    """How many bytes a client's assets have, all versions and the bin counted, and how many they may have."""

    __tablename__ = "client_storage"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    used_bytes: Mapped[int] = mapped_column(BigInteger)
    quota_bytes: Mapped[int | None] = mapped_column(BigInteger)


class QuarantinedAssetRow(Base):
    """An asset that an upgrade found without a client: `original` is its row as it was, until somebody adopts it."""

    __tablename__ = "quarantined_assets"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    original: Mapped[dict[str, Any]] = mapped_column(Json)
    blob_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    thumbnail_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    rendition_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    quarantined_at: Mapped[datetime] = mapped_column(UtcDateTime)

"""Files of a client."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gauntlet.db.base import Base, Json, UtcDateTime, one_of

_BLOB = "blobs.digest"


class AssetRow(Base):
    """A file of one client, perhaps of one of its campaigns; what does not apply to its type is NULL.

    `facts` is an `ImageFacts` (of gauntlet.media) as JSON for an image, empty for what has none. `width` and `height`
    are of the picture as the compositor decodes it: the same as in `facts` but for an SVG, which is drawn larger.
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

"""Files of a client."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Double, ForeignKey, Index, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from gauntlet.db.base import Base, Json, UtcDateTime, one_of

_BLOB = "blobs.digest"


def _ordered(length: int) -> TypeEngine[str]:
    """Return a text that sorts by its code points on either database, whatever the server's language."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def _shelf(name: str, condition: str, *columns: str) -> Index:
    """Return an index of the assets in the bin, or of those outside: each list then walks nothing but its own."""
    where = text(condition)
    return Index(f"ix_assets_{name}_{'_'.join(columns)}", *columns, sqlite_where=where, postgresql_where=where)


def _live(*columns: str) -> Index:
    return _shelf("live", "deleted_at IS NULL", *columns, "id")


def _binned(*columns: str) -> Index:
    return _shelf("bin", "deleted_at IS NOT NULL", *columns, "id")


def _lasting(*columns: str) -> Index:
    return _shelf("lasting", "deleted_at IS NULL AND duration_s IS NOT NULL", *columns, "id")


class AssetRow(Base):
    """A file of one client, perhaps of one of its campaigns; what does not apply to its type is NULL.

    What the columns say of the bytes is of the present version, whose number is `version`; every version, the present
    one too, has a row of its own. An asset with `deleted_at` lies in the bin. `sort_name` is the name as names are
    ordered. `facts` is the type's `MediaFacts` (of gauntlet.media) as JSON. `width` and `height` are of the picture as
    the compositor decodes it: the same as in `facts` but for an SVG, which is drawn larger.
    `rendition_digest` is a PNG to be shown in place of bytes that no browser should run (SVG).

    Triggers count these rows, and those of tags and terms, in the tables of counts (revision 0004) and revise the
    client's library (0005): whoever makes this table anew (as SQLite does to change it) makes them anew.
    """

    __tablename__ = "assets"
    __table_args__ = (
        one_of("type", ("image", "video", "audio", "document")),
        _live("client_id", "uploaded_at"),
        _live("client_id", "type", "uploaded_at"),
        _live("client_id", "format", "uploaded_at"),
        _live("client_id", "sort_name"),
        _live("client_id", "type", "sort_name"),
        _live("client_id", "size_bytes"),
        _live("client_id", "type", "size_bytes"),
        _live("client_id", "updated_at"),
        _live("campaign_id", "uploaded_at"),
        _live("campaign_id", "type", "uploaded_at"),
        _live("campaign_id", "sort_name"),
        _live("campaign_id", "size_bytes"),
        _live("uploaded_at"),
        _live("type", "uploaded_at"),
        _live("sort_name"),
        _live("size_bytes"),
        _live("updated_at"),
        _lasting("client_id", "duration_s"),
        _lasting("client_id", "type", "duration_s"),
        _lasting("duration_s"),
        _binned("client_id", "deleted_at"),
        _binned("client_id", "sort_name"),
        _binned("client_id", "size_bytes"),
        _binned("deleted_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), index=True)
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id", ondelete="SET NULL"), index=True)
    type: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    sort_name: Mapped[str] = mapped_column(_ordered(400), server_default="")
    file_name: Mapped[str] = mapped_column(String(200), server_default="")
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
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
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
    """A tag of an asset: what `tags` of the asset says, in a form that is found quickly.

    The columns after the tag are the asset's own (`in_bin` says whether it has a `deleted_at`), here so that a list of
    what has a tag, newest first, is one stretch of an index.
    """

    __tablename__ = "asset_tags"
    __table_args__ = (
        Index("ix_asset_tags_client_id_tag", "client_id", "in_bin", "tag", "uploaded_at", "asset_id", "type"),
        Index("ix_asset_tags_tag", "in_bin", "tag", "uploaded_at", "asset_id", "type"),
    )

    asset_id: Mapped[UUID] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(50), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    in_bin: Mapped[bool] = mapped_column(default=False)
    type: Mapped[str] = mapped_column(String(16))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)


_TERM_COLUMNS = ("in_bin", "term", "uploaded_at", "asset_id", "type", "shared")


class AssetTermRow(Base):
    """A folded word of an asset's name; search finds names by the beginnings of words. Columns as in `asset_tags`.

    `shared` says with how many characters the word before it begins alike, of the words of the same name in their
    order. Of words that have a beginning in common, one alone shares less than it: so each asset is counted once.
    """

    __tablename__ = "asset_terms"
    __table_args__ = (
        Index("ix_asset_terms_client_id_term", "client_id", *_TERM_COLUMNS),
        Index("ix_asset_terms_term", *_TERM_COLUMNS),
    )

    asset_id: Mapped[UUID] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True)
    term: Mapped[str] = mapped_column(_ordered(60), primary_key=True)
    shared: Mapped[int] = mapped_column(SmallInteger)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    in_bin: Mapped[bool] = mapped_column(default=False)
    type: Mapped[str] = mapped_column(String(16))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AssetCountRow(Base):
    """How many assets a client has of a kind; `campaign_id` is all zeros for those of no campaign.

    Kept by triggers, as the other counts are. They have no foreign keys: while a client goes with all it has, its
    counts change for things that are about to go, and end at nothing by themselves.
    """

    __tablename__ = "asset_counts"

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    in_bin: Mapped[bool] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    format: Mapped[str] = mapped_column(String(8), primary_key=True)
    type: Mapped[str] = mapped_column(String(16), primary_key=True)
    assets: Mapped[int]


class AssetTagCountRow(Base):
    """How many assets of a client and a type have a tag. Kept by triggers."""

    __tablename__ = "asset_tag_counts"
    __table_args__ = (Index(None, "in_bin", "tag"),)

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    in_bin: Mapped[bool] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(String(50), primary_key=True)
    type: Mapped[str] = mapped_column(String(16), primary_key=True)
    assets: Mapped[int]


class AssetTermCountRow(Base):
    """How many assets of a client and a type have a word in their name that shares so much. Kept by triggers."""

    __tablename__ = "asset_term_counts"
    __table_args__ = (Index(None, "in_bin", "term"),)

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    in_bin: Mapped[bool] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(_ordered(60), primary_key=True)
    shared: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    type: Mapped[str] = mapped_column(String(16), primary_key=True)
    assets: Mapped[int]


class LibraryRevisionRow(Base):
    """A number that grows whenever something changes that a total of a client's assets could depend on.

    Kept by triggers of revision 0005 on assets, tags and terms: whoever makes one of those tables anew makes them
    anew. A row outlives its client, so that the sum of several never comes to what it was before.
    """

    __tablename__ = "library_revisions"

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger)


class ClientStorageRow(Base):
    """How many bytes a client's assets have, all versions and the bin counted, and how many they may have.

    Locked by whoever changes what a client's library holds, before anything else: so two uploads cannot both take the
    last room, and changes of counts wait for each other in one order.
    """

    __tablename__ = "client_storage"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    used_bytes: Mapped[int] = mapped_column(BigInteger)
    quota_bytes: Mapped[int | None] = mapped_column(BigInteger)


class QuarantinedAssetRow(Base):
    """An asset that an upgrade found without a client: `original` is its row as it was, until somebody adopts it.

    A digest is NULL where there is no such blob any more.
    """

    __tablename__ = "quarantined_assets"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    original: Mapped[dict[str, Any]] = mapped_column(Json)
    blob_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    thumbnail_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    waveform_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    rendition_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    quarantined_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

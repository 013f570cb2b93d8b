"""Bytes under the SHA-256 of their content: in chunks here, or in another store.

A blob is whole by having a row in `blobs`; what is being written lies in a content that no blob points at yet. Tables
that refer to a blob do so by a foreign key to `blobs.digest` with RESTRICT, which is all that the store needs to know
who uses it.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from gauntlet.db.base import Base, UtcDateTime, one_of


class BlobContentRow(Base):
    """Bytes that belong together: of a blob, or of a stream still being written (or broken off).

    `store` says where they lie: in `blob_chunks`, or elsewhere under the name `location`, which is never used twice.
    The row is there before the first byte and goes after the last, so that every byte can be found. One that is
    `discarded` never becomes a blob's (again); a `damaged` one is a blob's until the same bytes are stored anew.
    """

    __tablename__ = "blob_contents"
    __table_args__ = (
        one_of("store", ("database", "filesystem", "s3")),
        one_of("state", ("sound", "damaged", "discarded")),
        # Never give a number a second time: a late writer must not add chunks to somebody else's content.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    store: Mapped[str] = mapped_column(String(16), default="database", server_default="database")
    location: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(16), default="sound", server_default="sound")
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class BlobChunkRow(Base):
    """A piece of a content; all but the last have the same size."""

    __tablename__ = "blob_chunks"

    content_id: Mapped[int] = mapped_column(ForeignKey("blob_contents.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class BlobRow(Base):
    """A whole blob."""

    __tablename__ = "blobs"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    content_id: Mapped[int] = mapped_column(ForeignKey("blob_contents.id", ondelete="RESTRICT"), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BlobHoldRow(Base):
    """That somebody has stored a blob and is about to write a row which refers to it."""

    __tablename__ = "blob_holds"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("blobs.digest", ondelete="RESTRICT"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

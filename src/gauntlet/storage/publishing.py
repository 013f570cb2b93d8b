"""How a content becomes a blob: the queries of the short transactions before its bytes come and after them.

They take a plain session, so that on SQLite such a transaction is one way to a thread and back: see
`Database.write_in_line`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Update, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gauntlet.core.ids import Digest, new_uuid
from gauntlet.db.models.blobs import BlobChunkRow, BlobContentRow, BlobHoldRow, BlobRow
from gauntlet.storage.contents import Content, StoreName
from gauntlet.storage.receiving import Written


@dataclass(frozen=True, slots=True)
class Published:
    """A hold on a blob, and the content that it is not made of: ours, or a damaged one that ours replaced."""

    hold: UUID
    superfluous: Content | None


def add_content(session: Session, *, store: StoreName, location: str | None, now: datetime) -> Content:
    """Make the row of a content that is about to be written."""
    row = BlobContentRow(store=store, location=location, written_at=now)
    session.add(row)
    session.flush()
    return Content(id=row.id, store=store, location=location)


def add_chunk(session: Session, content_id: int, data: bytes) -> None:
    """Write a content that is one chunk in the database, in the transaction that makes a blob of it."""
    session.add(BlobChunkRow(content_id=content_id, position=0, data=data))
    session.flush()


def hold_sound(session: Session, digest: Digest, *, now: datetime) -> UUID | None:
    """Return a hold on a blob that is there and known to be sound; None, and no hold, where there is none."""
    found = select(BlobRow.digest).join(BlobContentRow, BlobContentRow.id == BlobRow.content_id)
    found = found.where(BlobRow.digest == digest, BlobContentRow.state == "sound")
    if session.scalar(found.with_for_update(of=BlobRow)) is None:
        return None
    hold = new_uuid()
    session.add(BlobHoldRow(id=hold, digest=digest, made_at=now))
    return hold


def touch_content(session: Session, content_id: int, *, now: datetime) -> bool:
    """Say that a content is still written; return whether it may be (or has been swept meanwhile)."""
    statement = (
        update(BlobContentRow)
        .where(BlobContentRow.id == content_id, BlobContentRow.state != "discarded")
        .values(written_at=now)
        .returning(BlobContentRow.id)
    )
    return session.scalar(statement) is not None


def publish(session: Session, content: Content, written: Written, *, now: datetime) -> Published | None:
    """Make a content a blob, or find that there is one already; None where the content was swept meanwhile."""
    if not touch_content(session, content.id, now=now):
        return None
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # An update that changes nothing, so that on either database the row that is there is locked and returned.
    statement = (
        insert(BlobRow)
        .values(digest=written.digest, size_bytes=written.size_bytes, content_id=content.id, created_at=now)
        .on_conflict_do_update(index_elements=[BlobRow.digest], set_={"size_bytes": written.size_bytes})
        .returning(BlobRow.content_id)
    )
    used = session.scalar(statement)
    hold = new_uuid()
    session.add(BlobHoldRow(id=hold, digest=written.digest, made_at=now))
    if used == content.id:
        return Published(hold=hold, superfluous=None)
    present = session.get_one(BlobContentRow, cast("int", used), with_for_update=True)
    if present.state != "damaged":
        session.execute(discarding(content.id))
        return Published(hold=hold, superfluous=content)
    session.execute(update(BlobRow).where(BlobRow.digest == written.digest).values(content_id=content.id))
    session.execute(discarding(present.id))
    return Published(hold=hold, superfluous=content_of(present))


def discarding(content_id: int) -> Update:
    """Return the statement by which a content will never be a blob's; its bytes may be deleted from the commit on."""
    return update(BlobContentRow).where(BlobContentRow.id == content_id).values(state="discarded")


def content_of(row: BlobContentRow) -> Content:
    """Return a content as the stores know it."""
    return Content(id=row.id, store=cast("StoreName", row.store), location=row.location)

"""What the database knows of blobs, whatever store their bytes lie in: the queries of the library."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Delete, Row, Select, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.ids import Digest
from gauntlet.db.models.blobs import BlobContentRow, BlobHoldRow, BlobRow
from gauntlet.db.sqlite_threads import SqliteThreads
from gauntlet.storage.contents import Content, StoreName
from gauntlet.storage.publishing import content_of, discarding
from gauntlet.storage.references import is_unreferenced

_BLOB_ON_SQLITE: Final = (
    "SELECT blobs.size_bytes, contents.id, contents.store, contents.location, contents.state"
    " FROM blobs JOIN blob_contents AS contents ON contents.id = blobs.content_id WHERE blobs.digest = ?"
)


@dataclass(frozen=True, slots=True)
class IndexedBlob:
    """A blob and what it is made of."""

    digest: Digest
    size_bytes: int
    content: Content
    is_damaged: bool


async def remove_holds(session: AsyncSession, holds: Collection[UUID]) -> None:
    """Remove holds, whatever refers to their blobs."""
    if holds:
        await session.execute(
            delete(BlobHoldRow).where(BlobHoldRow.id.in_(holds)).execution_options(synchronize_session=False)
        )


async def end_holds(session: AsyncSession, holds: Collection[UUID], digests: Collection[Digest]) -> Sequence[Digest]:
    """Remove holds; return those of the blobs to which nothing refers now."""
    await remove_holds(session, holds)
    # Of two who end the last two holds on a blob at once, the second must see what the first did.
    blobs = select(BlobRow.digest).where(BlobRow.digest.in_(digests))
    await session.execute(blobs.order_by(BlobRow.digest).with_for_update())
    return [Digest(found) for found in (await session.scalars(blobs.where(is_unreferenced()))).all()]


async def blob(session: AsyncSession, digest: Digest) -> IndexedBlob | None:
    """Return a blob, or None where there is none of that address."""
    row = (await session.execute(_blobs().where(BlobRow.digest == digest))).one_or_none()
    return None if row is None else _indexed(row)


async def blob_aside(threads: SqliteThreads, digest: Digest) -> IndexedBlob | None:
    """Return the same as `blob` by the shorter way: each download begins with it."""
    row = await threads.read(_BLOB_ON_SQLITE, (digest,))
    if row is None:
        return None
    size_bytes, content_id, store, location, state = cast("tuple[int, int, StoreName, str | None, str]", row)
    return IndexedBlob(
        digest=digest,
        size_bytes=size_bytes,
        content=Content(id=content_id, store=store, location=location),
        is_damaged=state == "damaged",
    )


async def blobs_after(
    session: AsyncSession, last: str, *, limit: int, where: ColumnElement[bool] | None = None
) -> list[IndexedBlob]:
    """Return the blobs whose digests come next, in their order."""
    statement = _blobs().where(BlobRow.digest > last).order_by(BlobRow.digest).limit(limit)
    if where is not None:
        statement = statement.where(where)
    return [_indexed(row) for row in (await session.execute(statement)).all()]


async def remove_blob(session: AsyncSession, digest: Digest) -> Content | None:
    """Remove a blob's row and all holds on it; return what it was made of, now discarded."""
    await session.execute(delete(BlobHoldRow).where(BlobHoldRow.digest == digest))
    return await _taken_apart(session, delete(BlobRow).where(BlobRow.digest == digest))


async def remove_unreferenced(session: AsyncSession, digest: Digest) -> Content | None:
    """Remove the blob's row unless something refers to it; return what it was made of, now discarded."""
    # Locked first and looked at second: who writes a reference meanwhile waits for us, or we for them.
    locked = await session.scalar(select(BlobRow.digest).where(BlobRow.digest == digest).with_for_update())
    if locked is None:
        return None
    return await _taken_apart(session, delete(BlobRow).where(BlobRow.digest == digest, is_unreferenced()))


async def switch_content(session: AsyncSession, digest: Digest, *, old: Content, new: Content) -> bool:
    """Let a blob be made of another content, if it is still made of the old one; that is discarded then."""
    statement = (
        update(BlobRow)
        .where(BlobRow.digest == digest, BlobRow.content_id == old.id)
        .values(content_id=new.id)
        .returning(BlobRow.digest)
    )
    if await session.scalar(statement) is None:
        return False
    await discard_content(session, old.id)
    return True


async def discard_content(session: AsyncSession, content_id: int) -> None:
    """Say that a content will never be a blob's; its bytes may be deleted from the commit on."""
    await session.execute(discarding(content_id))


async def remove_content(session: AsyncSession, content_id: int) -> None:
    """Remove the row of a content of which no byte is left."""
    await session.execute(delete(BlobContentRow).where(BlobContentRow.id == content_id))


async def unreferenced_digests(session: AsyncSession, *, before: datetime, limit: int) -> Sequence[str]:
    """Return blobs that are that old and that nothing refers to."""
    statement = select(BlobRow.digest).where(BlobRow.created_at < before, is_unreferenced()).limit(limit)
    return (await session.scalars(statement)).all()


async def condemned(session: AsyncSession, *, before: datetime, limit: int, after: int = 0) -> list[Content]:
    """Return contents that no blob is made of, by their numbers: discarded, or last written that long ago."""
    statement = (
        select(BlobContentRow)
        .where(or_(BlobContentRow.state == "discarded", BlobContentRow.written_at < before), ~_is_used())
        .where(BlobContentRow.id > after)
        .order_by(BlobContentRow.id)
        .limit(limit)
    )
    return [content_of(row) for row in (await session.scalars(statement)).all()]


async def condemn(session: AsyncSession, content_id: int, *, before: datetime) -> bool:
    """Discard a content that is still unused and was not written meanwhile; return whether it is discarded now."""
    statement = (
        update(BlobContentRow)
        .where(
            BlobContentRow.id == content_id,
            or_(BlobContentRow.state == "discarded", BlobContentRow.written_at < before),
            ~_is_used(),
        )
        .values(state="discarded")
        .returning(BlobContentRow.id)
    )
    return await session.scalar(statement) is not None


async def known_places(session: AsyncSession, store: StoreName, names: Sequence[str]) -> set[str]:
    """Return those of a store's names that a content's row knows."""
    if store == "database":
        by_id = select(BlobContentRow.id).where(BlobContentRow.id.in_([int(name) for name in names]))
        return {str(content_id) for content_id in (await session.scalars(by_id)).all()}
    by_location = select(BlobContentRow.location).where(
        BlobContentRow.store == store, BlobContentRow.location.in_(names)
    )
    return {location for location in (await session.scalars(by_location)).all() if location is not None}


async def set_state(session: AsyncSession, content_id: int, *, state: Literal["damaged", "sound"]) -> None:
    """Say of a blob's content that its bytes are damaged, or sound after all."""
    await session.execute(
        update(BlobContentRow)
        .where(BlobContentRow.id == content_id, BlobContentRow.state != "discarded")
        .values(state=state)
    )


async def _taken_apart(session: AsyncSession, statement: Delete) -> Content | None:
    content_id = await session.scalar(statement.returning(BlobRow.content_id))
    if content_id is None:
        return None
    row = await session.get_one(BlobContentRow, content_id)
    await discard_content(session, row.id)
    return content_of(row)


def _blobs() -> Select[BlobRow, BlobContentRow]:
    return select(BlobRow, BlobContentRow).join(BlobContentRow, BlobContentRow.id == BlobRow.content_id)


def _indexed(row: Row[BlobRow, BlobContentRow]) -> IndexedBlob:
    blob_row, content_row = row
    return IndexedBlob(
        digest=Digest(blob_row.digest),
        size_bytes=blob_row.size_bytes,
        content=content_of(content_row),
        is_damaged=content_row.state == "damaged",
    )


def _is_used() -> ColumnElement[bool]:
    return exists(select(BlobRow.digest).where(BlobRow.content_id == BlobContentRow.id))

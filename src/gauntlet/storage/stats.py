"""Where space goes, as the index knows it: no store is asked."""

from sqlalchemy import ColumnElement, Subquery, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.db.models.blobs import BlobContentRow, BlobRow
from gauntlet.storage.contents import STORE_NAMES, StoreName
from gauntlet.storage.library import BlobLibrary
from gauntlet.storage.references import is_unreferenced, referring_columns
from gauntlet.storage.reports import StorageStats, StoreTotals


async def storage_stats(library: BlobLibrary) -> StorageStats:
    """Return the totals of this moment."""
    async with library.database.read() as session:
        stores = await _store_totals(session, library)
        references, referenced_bytes = await _referenced(session)
        unreferenced, unreferenced_bytes = await _blobs_where(session, is_unreferenced())
        damaged = await session.scalar(
            select(func.count())
            .select_from(BlobRow)
            .join(BlobContentRow, BlobContentRow.id == BlobRow.content_id)
            .where(BlobContentRow.state == "damaged")
        )
    return StorageStats(
        stores=stores,
        blobs=sum(store.blobs for store in stores),
        size_bytes=sum(store.size_bytes for store in stores),
        references=references,
        referenced_bytes=referenced_bytes,
        unreferenced_blobs=unreferenced,
        unreferenced_bytes=unreferenced_bytes,
        damaged_blobs=damaged or 0,
    )


async def _store_totals(session: AsyncSession, library: BlobLibrary) -> tuple[StoreTotals, ...]:
    rows = await session.execute(
        select(
            BlobContentRow.store,
            func.count(BlobRow.digest),
            func.coalesce(func.sum(BlobRow.size_bytes), 0),
            func.count() - func.count(BlobRow.digest),
        )
        .outerjoin(BlobRow, BlobRow.content_id == BlobContentRow.id)
        .group_by(BlobContentRow.store)
    )
    by_name = {store: (blobs, int(size), unfinished) for store, blobs, size, unfinished in rows}
    configured = library.stores.by_name
    totals: list[tuple[StoreName, tuple[int, int, int]]] = [
        (name, by_name.get(name, (0, 0, 0))) for name in STORE_NAMES if name in by_name or name in configured
    ]
    return tuple(
        StoreTotals(
            store=name,
            is_default=name == library.stores.default,
            is_configured=name in configured,
            blobs=blobs,
            size_bytes=size_bytes,
            unfinished=unfinished,
        )
        for name, (blobs, size_bytes, unfinished) in totals
    )


async def _referenced(session: AsyncSession) -> tuple[int, int]:
    digests = _references()
    count, size = (
        await session.execute(
            select(func.count(), func.coalesce(func.sum(BlobRow.size_bytes), 0))
            .select_from(digests)
            .join(BlobRow, BlobRow.digest == digests.c.digest)
        )
    ).one()
    return int(count), int(size)


def _references() -> Subquery:
    """Return every reference to a blob by a row, holds apart."""
    columns = [column for column in referring_columns() if column.table.name != "blob_holds"]
    return union_all(*(select(column.label("digest")).where(column.is_not(None)) for column in columns)).subquery()


async def _blobs_where(session: AsyncSession, condition: ColumnElement[bool]) -> tuple[int, int]:
    count, size = (
        await session.execute(select(func.count(), func.coalesce(func.sum(BlobRow.size_bytes), 0)).where(condition))
    ).one()
    return int(count), int(size)

"""Assets in the database: single ones, their versions, and the rows that keep them found."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Final
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from gauntlet.core.paging import Page
from gauntlet.db.models.assets import AssetRow, AssetTagRow, AssetTermRow, AssetVersionRow, ClientStorageRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.db.paging import fetch_page
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.search import shared_beginnings, sort_name, terms_of
from gauntlet.domain.clients.access import no_client, reachable_clients

_CALLERS_REMEMBERED: Final = 256


async def find(session: AsyncSession, principal: Principal, asset_id: UUID) -> AssetRow | None:
    """Return an asset that the caller reaches, in the bin or not."""
    return await session.scalar(_reached(principal).where(AssetRow.id == asset_id))


async def find_with_files(session: AsyncSession, principal: Principal, asset_id: UUID) -> AssetRow | None:
    """Return the same as `find`, as far as it tells of the asset's files: pages ask for them by the hundred."""
    # A frozen schema has a hash, of which its types say nothing.
    statement = _with_files(principal)  # pyright: ignore[reportArgumentType]
    return await session.scalar(statement, {"asset_id": asset_id})


async def find_many(session: AsyncSession, principal: Principal, asset_ids: Collection[UUID]) -> dict[UUID, AssetRow]:
    """Return those assets that the caller reaches."""
    rows = await session.scalars(_reached(principal).where(AssetRow.id.in_(asset_ids)))
    return {row.id: row for row in rows}


async def find_again(session: AsyncSession, asset_ids: Collection[UUID]) -> dict[UUID, AssetRow]:
    """Return assets as they are now that their clients' libraries are locked."""
    rows = await session.scalars(
        select(AssetRow).where(AssetRow.id.in_(asset_ids)).execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows}


async def lock_library(session: AsyncSession, client_id: UUID) -> ClientStorageRow:
    """Let nobody else change what a client's library holds until the transaction ends.

    Taken before the rows are read that are to be changed, and of several clients in the order of their ids. Raises
    `NotFound` where the client is gone.
    """
    # Shared with whoever else refers to the client, but not with who deletes it: that would leave our rows dangling.
    held = select(ClientRow.id).where(ClientRow.id == client_id).with_for_update(read=True, key_share=True)
    if await session.scalar(held) is None:
        raise no_client(client_id)
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    await session.execute(insert(ClientStorageRow).values(client_id=client_id, used_bytes=0).on_conflict_do_nothing())
    return await session.get_one(ClientStorageRow, client_id, with_for_update=True, populate_existing=True)


async def versions(session: AsyncSession, asset_id: UUID, *, page: Page) -> tuple[list[AssetVersionRow], int]:
    """Return a page of an asset's versions, newest first, and how many there are."""
    statement = select(AssetVersionRow).where(AssetVersionRow.asset_id == asset_id)
    return await fetch_page(session, statement.order_by(AssetVersionRow.number.desc()), page=page)


async def all_versions(session: AsyncSession, asset_ids: Collection[UUID]) -> Sequence[AssetVersionRow]:
    """Return all versions of some assets."""
    return (await session.scalars(select(AssetVersionRow).where(AssetVersionRow.asset_id.in_(asset_ids)))).all()


async def used_bytes(session: AsyncSession, client_id: UUID) -> int:
    """Return what a client's assets add up to: a version that repeats an earlier one is not counted again."""
    total = await session.scalar(
        select(func.sum(AssetVersionRow.size_bytes))
        .join(AssetRow, AssetRow.id == AssetVersionRow.asset_id)
        .where(AssetRow.client_id == client_id, AssetVersionRow.restored_from.is_(None))
    )
    return int(total or 0)


async def add(session: AsyncSession, row: AssetRow, version: AssetVersionRow) -> None:
    """Write a new asset with its first version and all by which it is found."""
    row.sort_name = sort_name(row.name)
    session.add(row)
    await session.flush()
    session.add(version)
    session.add_all(_tags(row, row.tags))
    session.add_all(_terms(row))
    await session.flush()


async def rename(session: AsyncSession, row: AssetRow, name: str) -> None:
    """Give an asset another name, by which it is found from now on."""
    row.name = name
    row.sort_name = sort_name(name)
    await session.execute(delete(AssetTermRow).where(AssetTermRow.asset_id == row.id))
    session.add_all(_terms(row))


async def tag(session: AsyncSession, row: AssetRow, tags: list[str]) -> None:
    """Give an asset other tags."""
    gone = set(row.tags) - set(tags)
    if gone:
        await session.execute(delete(AssetTagRow).where(AssetTagRow.asset_id == row.id, AssetTagRow.tag.in_(gone)))
    session.add_all(_tags(row, [tag for tag in tags if tag not in set(row.tags)]))
    row.tags = tags


async def shelve(session: AsyncSession, asset_ids: Collection[UUID], *, in_bin: bool) -> None:
    """Find assets in the bin from now on, or no longer there."""
    for finder in (AssetTagRow, AssetTermRow):
        await session.execute(
            update(finder)
            .where(finder.asset_id.in_(asset_ids))
            .values(in_bin=in_bin)
            .execution_options(synchronize_session=False)
        )


def _tags(row: AssetRow, tags: Iterable[str]) -> list[AssetTagRow]:
    return [
        AssetTagRow(
            asset_id=row.id,
            tag=tag,
            client_id=row.client_id,
            in_bin=row.deleted_at is not None,
            type=row.type,
            uploaded_at=row.uploaded_at,
        )
        for tag in tags
    ]


def _terms(row: AssetRow) -> list[AssetTermRow]:
    return [
        AssetTermRow(
            asset_id=row.id,
            term=term,
            shared=shared,
            client_id=row.client_id,
            in_bin=row.deleted_at is not None,
            type=row.type,
            uploaded_at=row.uploaded_at,
        )
        for term, shared in shared_beginnings(terms_of(row.name)).items()
    ]


def _reached(principal: Principal) -> Select[AssetRow]:
    return select(AssetRow).where(AssetRow.client_id.in_(reachable_clients(principal)))


@lru_cache(_CALLERS_REMEMBERED)
def _with_files(principal: Principal) -> Select[AssetRow]:
    told = load_only(
        AssetRow.name,
        AssetRow.version,
        AssetRow.format,
        AssetRow.size_bytes,
        AssetRow.blob_digest,
        AssetRow.thumbnail_digest,
        AssetRow.waveform_digest,
        AssetRow.rendition_digest,
        raiseload=True,
    )
    return _reached(principal).where(AssetRow.id == bindparam("asset_id")).options(told)

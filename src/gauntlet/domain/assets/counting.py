"""How many assets meet a query: from kept counts where they tell it, else counted in indexes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.db.models.assets import AssetCountRow, AssetRow
from gauntlet.domain.assets.conditions import Finder, Wanted
from gauntlet.domain.assets.stretches import Stretch, meeting


async def stretches_of(session: AsyncSession, wanted: Wanted) -> list[Stretch]:
    """Return where the tags and words of a query are found, and what else of it has a stretch; none without finders.

    Of finders that find nothing, that one alone.
    """
    found: list[Stretch] = []
    for finder in wanted.finders:
        finder, size = await _size_of(session, wanted, finder)
        found.append(Stretch.of_finder(finder, wanted, size=size))
        if not size:
            return found[-1:]
    query = wanted.query
    if not found or query.in_bin or wanted.client_id is None:
        return found
    if query.campaign_id is not None:
        size = await _kept_count(session, wanted, {"campaign_id": query.campaign_id})
        found.append(Stretch.of_campaign(query.campaign_id, size=size))
    if query.format is not None:
        size = await _kept_count(session, wanted, {"format": query.format})
        found.append(Stretch.of_format(wanted.client_id, query.format, size=size))
    return found


async def count(session: AsyncSession, wanted: Wanted, stretches: Sequence[Stretch]) -> int:
    """Return how many assets meet a query of which these are the stretches."""
    if any(not stretch.size for stretch in stretches):
        return 0
    if wanted.is_sized or wanted.is_timed or len(stretches) > 1 or (stretches and wanted.is_of_assets):
        return await _counted(session, wanted, stretches)
    if stretches:
        return stretches[0].size
    query = wanted.query
    asked = {"campaign_id": query.campaign_id, "type": query.asset_type, "format": query.format}
    return await _kept_count(session, wanted, asked)


async def _size_of(session: AsyncSession, wanted: Wanted, finder: Finder) -> tuple[Finder, int]:
    """Return how many assets a finder finds by itself; the beginning of only one word is that word from here on."""
    counts = finder.counts
    column = finder.column(counts)
    found = await session.execute(
        select(func.sum(counts.assets), func.min(column), func.max(column)).where(
            *wanted.of_finder(counts), finder.matches(counts)
        )
    )
    total, first, last = found.one()
    return (replace(finder, word=first, is_whole=True) if total and first == last else finder), int(total or 0)


async def _kept_count(session: AsyncSession, wanted: Wanted, asked: Mapping[str, object]) -> int:
    """Return how many assets there are of clients and with values in columns, in the bin or not."""
    row = AssetCountRow
    conditions = [getattr(row, column) == value for column, value in asked.items() if value is not None]
    total = await session.scalar(
        select(func.sum(row.assets)).where(
            *wanted.of_clients(row.client_id), row.in_bin.is_(wanted.query.in_bin), *conditions
        )
    )
    return int(total or 0)


async def _counted(session: AsyncSession, wanted: Wanted, stretches: Sequence[Stretch]) -> int:
    if not stretches:
        statement = select(func.count()).select_from(AssetRow).where(*wanted.of_assets())
    else:
        first, conditions = meeting(wanted, stretches)
        statement = select(func.count()).select_from(first.rows).where(*conditions)
    return await session.scalar(statement) or 0

"""How many assets meet a query: from kept counts where they tell it, else counted in indexes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.db.models.assets import AssetCountRow, AssetRow
from gauntlet.domain.assets.conditions import Finder, Wanted
from gauntlet.domain.assets.stretches import Stretch, meeting


@dataclass(frozen=True, slots=True)
class Counted:
    """How many assets meet a query; and for each condition that has a stretch, how many meet that.

    `finders` are those of the query, with the beginning of only one word turned into that word. Of a query with
    beginnings alone `shelf` is how many there are to choose from; else nobody asks.
    """

    total: int
    finders: tuple[tuple[Finder, int], ...] = ()
    in_campaign: int | None = None
    of_format: int | None = None
    shelf: int = 0

    def stretches(self, wanted: Wanted) -> list[Stretch]:
        """Return where the tags and words of a query are found, and what else of it has a stretch.

        None without finders. Valid as long as the counts are.
        """
        query = wanted.query
        found = [Stretch.of_finder(finder, wanted, size=size) for finder, size in self.finders]
        if self.in_campaign is not None and query.campaign_id is not None:
            found.append(Stretch.of_campaign(query.campaign_id, size=self.in_campaign))
        if self.of_format is not None and query.format is not None and wanted.client_id is not None:
            found.append(Stretch.of_format(wanted.client_id, query.format, size=self.of_format))
        return found


async def count(session: AsyncSession, wanted: Wanted) -> Counted:
    """Return how many assets meet a query and its conditions."""
    sizes = await _sizes_of(session, wanted)
    stretches = sizes.stretches(wanted)
    if any(not stretch.size for stretch in stretches):
        return Counted(0)
    return replace(sizes, total=await _total(session, wanted, stretches))


async def _sizes_of(session: AsyncSession, wanted: Wanted) -> Counted:
    """Return how many meet the conditions one by one; of finders that find nothing, of that one alone."""
    found: list[tuple[Finder, int]] = []
    for finder in wanted.finders:
        found.append(await _size_of(session, wanted, finder))
        if not found[-1][1]:
            return Counted(0, (found[-1],))
    query = wanted.query
    sizes = Counted(0, tuple(found))
    if len(found) > 1 and not any(finder.is_whole for finder, _ in found):
        sizes = replace(sizes, shelf=await _kept_count(session, wanted, {"type": query.asset_type}))
    if not found or query.in_bin or wanted.client_id is None:
        return sizes
    if query.campaign_id is not None:
        sizes = replace(sizes, in_campaign=await _kept_count(session, wanted, {"campaign_id": query.campaign_id}))
    if query.format is not None:
        sizes = replace(sizes, of_format=await _kept_count(session, wanted, {"format": query.format}))
    return sizes


async def _total(session: AsyncSession, wanted: Wanted, stretches: Sequence[Stretch]) -> int:
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

"""How many assets meet a query: from kept counts where they tell it, else counted in indexes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.db.models.assets import AssetCountRow, AssetRow
from gauntlet.domain.assets.conditions import Finder, Wanted

Reach = Mapping[Finder, int]
"""How many assets each finder finds by itself, at most: one with two words of the same beginning may count twice."""

NOT_KNOWN: Final = -1


async def reach_of(session: AsyncSession, wanted: Wanted) -> tuple[Reach, int]:
    """Return what each finder reaches, and how many assets all of the query finds where that tells it already.

    The beginning of only one word is that word from here on.
    """
    reach: dict[Finder, int] = {}
    for finder in wanted.finders:
        counts = finder.counts
        column = finder.column(counts)
        found = await session.execute(
            select(func.sum(counts.assets), func.min(column), func.max(column)).where(
                *wanted.of_finder(counts), finder.matches(counts)
            )
        )
        total, first, last = found.one()
        if not total:
            return {finder: 0}, 0
        reach[replace(finder, word=first, is_whole=True) if first == last else finder] = int(total)
    only = next(iter(reach), None)
    tells_all = len(reach) == 1 and only is not None and only.is_whole and _known_to_finders(wanted)
    return reach, reach[only] if tells_all and only is not None else NOT_KNOWN


async def count_plain(session: AsyncSession, wanted: Wanted) -> int:
    """Return how many assets there are of clients, a campaign, a type, a format, in the bin or not."""
    query, row = wanted.query, AssetCountRow
    asked = (
        (query.campaign_id, row.campaign_id == query.campaign_id),
        (query.asset_type, row.type == query.asset_type),
        (query.format, row.format == query.format),
    )
    conditions = [condition for value, condition in asked if value is not None]
    total = await session.scalar(
        select(func.sum(row.assets)).where(*wanted.of_clients(row.client_id), row.in_bin.is_(query.in_bin), *conditions)
    )
    return int(total or 0)


async def count_found(session: AsyncSession, wanted: Wanted, reach: Reach) -> int:
    """Return how many assets meet a query with finders, or with spans of time or size, by looking at each."""
    if not reach:
        return await session.scalar(select(func.count()).select_from(AssetRow).where(*wanted.of_assets())) or 0
    first, *others = sorted(reach, key=lambda finder: reach[finder])
    rows = first.rows
    found: list[ColumnElement[bool]] = [*wanted.of_finder(rows), first.matches(rows)]
    found += [other.of_asset(rows.asset_id) for other in others]
    statement = select(func.count(rows.asset_id.distinct())).where(*found)
    if not _known_to_finders(wanted):
        statement = statement.join_from(rows, AssetRow, AssetRow.id == rows.asset_id).where(*wanted.of_assets())
    return await session.scalar(statement) or 0


def _known_to_finders(wanted: Wanted) -> bool:
    """Say whether rows of finders tell all that is asked of an asset."""
    return wanted.query.campaign_id is None and wanted.query.format is None and not wanted.is_measured

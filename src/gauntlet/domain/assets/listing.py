"""Lists of assets: a page, and how many there are in all, out of indexes however many assets there are.

How many meet the query is known before the page is read, and says how to read it best: along an index that has the
order asked for, which is quick where many meet it; or all of the few that do, sorted then. PostgreSQL estimates the
same for itself; SQLite estimates without looking at the words, and so is told.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from gauntlet.core.paging import Page
from gauntlet.db.base import metadata
from gauntlet.db.models.assets import AssetRow
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.access import within_reach
from gauntlet.domain.assets.conditions import Wanted
from gauntlet.domain.assets.counting import Counted
from gauntlet.domain.assets.schemas import AssetQuery, AssetSort
from gauntlet.domain.assets.stretches import CLUSTERED, PRIMARY_KEY, Stretch, guide, meeting
from gauntlet.domain.assets.totals import Totals
from gauntlet.domain.clients.access import reachable_ids

FEW: Final = 1_000
"""So many are sorted in about the time in which an index is walked to fifty of them among a hundred thousand."""

MANY: Final = 20_000
"""So many of a hundred thousand lie closely along an index of all, and take longer to sort than to find there."""

_SORTS: Final[dict[AssetSort, tuple[str, bool]]] = {
    "newest": ("uploaded_at", True),
    "oldest": ("uploaded_at", False),
    "name": ("sort_name", False),
    "-name": ("sort_name", True),
    "size": ("size_bytes", False),
    "-size": ("size_bytes", True),
    "duration": ("duration_s", False),
    "-duration": ("duration_s", True),
    "updated": ("updated_at", True),
}
_INDEXES: Final = frozenset(str(index.name) for index in metadata.tables[AssetRow.__tablename__].indexes)


async def list_assets(
    session: AsyncSession, principal: Principal, *, query: AssetQuery, page: Page, totals: Totals
) -> tuple[list[AssetRow], int]:
    """Return a page of the assets that the caller reaches and that meet a query, and how many do.

    Raises `NotFound` where it is asked for those of a client or campaign that is not the caller's.
    """
    query = await within_reach(session, principal, query)
    # Of one client it is known by now that the caller reaches it.
    reached = await reachable_ids(session, principal) if query.client_id is None else (query.client_id,)
    wanted = Wanted.of(query, reached=reached)
    if wanted is None:
        return [], 0
    counted = await totals.of(session, wanted)
    total = counted.total
    if total <= page.offset:
        return [], total
    stretches = counted.stretches(wanted)
    if _SORTS[query.sort][0] == "duration_s":
        return await _by_duration(session, wanted, stretches, total=total, page=page), total
    along = _stretch_to_read(wanted, counted, stretches, page)
    if along is not None:
        statement = _along_stretch(wanted, stretches, page, along=along)
    else:
        found = _found(wanted, stretches, total=total)
        statement = found.order_by(*_order(query)).limit(page.limit).offset(page.offset)
    return list(await session.scalars(statement)), total


def _stretch_to_read(wanted: Wanted, counted: Counted, stretches: Sequence[Stretch], page: Page) -> Stretch | None:
    """Return along which stretch a page is read that is in the order of upload; None where an index of all is quicker.

    That is where all stretches are of beginnings, to be read wholly and sorted, and so much meets them that a page of
    it lies closely among all there is.
    """
    if _order_column(wanted.query) != "uploaded_at" or not stretches:
        return None
    last = page.offset + page.limit
    along = guide(stretches, total=counted.total, wanted_first=last)
    if any(stretch.beginning is None for stretch in stretches):
        return along
    if len(stretches) == 1:
        return along if counted.total <= MANY else None
    return along if along.size * counted.total <= CLUSTERED * last * counted.shelf else None


def _along_stretch(wanted: Wanted, stretches: Sequence[Stretch], page: Page, *, along: Stretch) -> Select[AssetRow]:
    """Return the select of a page that is in the order of stretches."""
    first, conditions = meeting(wanted, stretches, along=along)
    order = [_directed(column, wanted.query) for column in (first.uploaded_at, first.asset_id)]
    # The ids of the page first: where many words begin alike they are sorted, which would carry whole assets along.
    found = select(first.asset_id.label("asset_id")).where(*conditions).order_by(*order)
    ids = found.limit(page.limit).offset(page.offset).subquery()
    statement = select(AssetRow).join(ids, ids.c.asset_id == AssetRow.id)
    return _by_index(statement.order_by(*_order(wanted.query)), PRIMARY_KEY)


def _found(wanted: Wanted, stretches: Sequence[Stretch], *, total: int, shelf: str | None = None) -> Select[AssetRow]:
    """Return the select of all that meets the query, to be sorted where it is little, else read along an index."""
    is_little = total <= FEW
    if stretches and is_little:
        first, conditions = meeting(wanted, stretches)
        statement = select(AssetRow).where(AssetRow.id.in_(select(first.asset_id).where(*conditions)))
        return _by_index(statement, PRIMARY_KEY)
    finders = [finder.of_asset(AssetRow.id) for finder in wanted.finders]
    statement = select(AssetRow).where(*wanted.of_assets(), *finders)
    return _by_index(statement, _index_of(wanted, shelf=shelf, is_narrow=is_little))


async def _by_duration(
    session: AsyncSession, wanted: Wanted, stretches: Sequence[Stretch], *, total: int, page: Page
) -> list[AssetRow]:
    """Return a page of what lasts, in order, and then of what does not, newest first.

    Asked for at once the two are one order that no index has, up and down, on both databases.
    """
    shelf = None if wanted.query.in_bin else "lasting"
    lasting = _found(wanted, stretches, total=total, shelf=shelf).where(AssetRow.duration_s.is_not(None))
    rows = list(await session.scalars(lasting.order_by(*_order(wanted.query)).limit(page.limit).offset(page.offset)))
    if len(rows) == page.limit:
        return rows
    passed = page.offset + len(rows)
    if not rows:
        passed = await session.scalar(select(func.count()).select_from(lasting.subquery())) or 0
    newest = wanted.by("newest")
    still = _found(newest, stretches, total=total).where(AssetRow.duration_s.is_(None)).order_by(*_order(newest.query))
    skipped = page.offset + len(rows) - passed
    return [*rows, *await session.scalars(still.limit(page.limit - len(rows)).offset(skipped))]


def _order(query: AssetQuery) -> Sequence[ColumnElement[Any]]:
    return [_directed(getattr(AssetRow, _order_column(query)), query), _directed(AssetRow.id, query)]


def _directed(column: ColumnElement[Any] | InstrumentedAttribute[Any], query: AssetQuery) -> ColumnElement[Any]:
    return column.desc() if _SORTS[query.sort][1] else column.asc()


def _index_of(wanted: Wanted, *, shelf: str | None, is_narrow: bool) -> str | None:
    """Return the index to read along: the one with the order asked for or, of little, the one with the least else."""
    query = wanted.query
    sorts = [_order_column(query)]
    if is_narrow:
        sorts = [*(["size_bytes"] if wanted.is_sized else []), *sorts, "deleted_at" if query.in_bin else "uploaded_at"]
    shelf = shelf or ("bin" if query.in_bin else "live")
    names = [
        f"ix_assets_{shelf}_{'_'.join((*scope, sort))}_id" for scope in _scopes(wanted, is_narrow) for sort in sorts
    ]
    return next((name for name in names if name in _INDEXES), None)


def _order_column(query: AssetQuery) -> str:
    column, _ = _SORTS[query.sort]
    return "deleted_at" if query.in_bin and column == "uploaded_at" else column


def _scopes(wanted: Wanted, is_narrow: bool) -> list[tuple[str, ...]]:
    """Return by which columns an index may begin, those with the fewest assets first."""
    query = wanted.query
    owner: tuple[str, ...] = ()
    if query.campaign_id is not None:
        owner = ("campaign_id",)
    elif wanted.client_id is not None or (is_narrow and wanted.client_ids is not None):
        owner = ("client_id",)
    kinds = [kind for kind, value in (("format", query.format), ("type", query.asset_type)) if value is not None]
    return [*((*owner, kind) for kind in kinds), owner]


def _by_index(statement: Select[AssetRow], index: str | None) -> Select[AssetRow]:
    return statement if index is None else statement.with_hint(AssetRow, f"INDEXED BY {index}", "sqlite")

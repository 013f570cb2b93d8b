"""Lists of assets: a page, and how many there are in all, out of indexes however many assets there are.

How many meet the query is known before the page is read, and says how to read it best: along an index that has the
order asked for, which is quick where many meet it; or all of the few that do, sorted then. PostgreSQL estimates the
same for itself; SQLite estimates without looking at the words, and so is told.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from gauntlet.core.paging import Page
from gauntlet.db.base import metadata
from gauntlet.db.models.assets import AssetRow
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.conditions import Wanted
from gauntlet.domain.assets.counting import NOT_KNOWN, Reach, count_found, count_plain, reach_of
from gauntlet.domain.assets.schemas import AssetQuery, AssetSort
from gauntlet.domain.clients.access import reachable_ids

FEW: Final = 1_000
"""So many are sorted in about the time in which an index is walked to fifty of them among a hundred thousand."""

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
_ALWAYS_LASTING: Final = frozenset({"video", "audio"})
_INDEXES: Final = frozenset(str(index.name) for index in metadata.tables[AssetRow.__tablename__].indexes)
_PRIMARY_KEY: Final = "sqlite_autoindex_assets_1"


async def list_assets(
    session: AsyncSession, principal: Principal, *, query: AssetQuery, page: Page
) -> tuple[list[AssetRow], int]:
    """Return a page of the assets that the caller reaches and that meet a query, and how many do."""
    wanted = Wanted.of(query, reached=await reachable_ids(session, principal))
    if wanted is None:
        return [], 0
    reach, total = await reach_of(session, wanted)
    if total == NOT_KNOWN:
        plain = not wanted.finders and not wanted.is_measured
        total = await (count_plain(session, wanted) if plain else count_found(session, wanted, reach))
    if total <= page.offset:
        return [], total
    statement = page_statement(wanted, reach, total=total)
    rows = await session.scalars(statement.limit(page.limit).offset(page.offset))
    return list(rows), total


def page_statement(wanted: Wanted, reach: Reach, *, total: int) -> Select[AssetRow]:
    """Return the select of all that meets the query in its order, written for how many there are."""
    if wanted.finders:
        return _found(wanted, reach)
    few = total <= FEW
    statement = select(AssetRow).where(*wanted.of_assets()).order_by(*_order(wanted.query))
    return _by_index(statement, _index_of(wanted, narrow=few))


def _found(wanted: Wanted, reach: Reach) -> Select[AssetRow]:
    first = min(reach, key=lambda finder: reach[finder])
    others = [finder for finder in reach if finder != first]
    rows = first.rows
    conditions = [*wanted.of_assets(), *(other.of_asset(AssetRow.id) for other in others)]
    if first.is_whole and _SORTS[wanted.query.sort][0] == "uploaded_at" and not wanted.query.in_bin:
        # One stretch of the finder's own index has them in the order asked for.
        order = [rows.uploaded_at, rows.asset_id]
        return _by_index(
            select(AssetRow)
            .join(rows, rows.asset_id == AssetRow.id)
            .where(*wanted.of_finder(rows), first.matches(rows), *conditions)
            .order_by(*(_directed(column, wanted.query) for column in order)),
            _PRIMARY_KEY,
        )
    if reach[first] <= FEW:
        found = select(rows.asset_id).where(*wanted.of_finder(rows), first.matches(rows))
        statement = select(AssetRow).where(AssetRow.id.in_(found), *conditions)
        return _by_index(statement.order_by(*_order(wanted.query)), _PRIMARY_KEY)
    statement = select(AssetRow).where(*conditions, first.of_asset(AssetRow.id)).order_by(*_order(wanted.query))
    return _by_index(statement, _index_of(wanted, narrow=False))


def _order(query: AssetQuery) -> Sequence[ColumnElement[Any]]:
    column = _order_column(query)
    order = [_directed(getattr(AssetRow, column), query), _directed(AssetRow.id, query)]
    if column == "duration_s" and query.asset_type not in _ALWAYS_LASTING:
        order.insert(0, AssetRow.duration_s.is_(None))
    return order


def _directed(column: ColumnElement[Any] | InstrumentedAttribute[Any], query: AssetQuery) -> ColumnElement[Any]:
    return column.desc() if _SORTS[query.sort][1] else column.asc()


def _index_of(wanted: Wanted, *, narrow: bool) -> str | None:
    """Return the index to read along: the one with the order asked for or, of few, the one with the fewest others."""
    query = wanted.query
    sorts = [_order_column(query)]
    if narrow:
        sorts += ["deleted_at" if query.in_bin else "uploaded_at"]
    shelf = "bin" if query.in_bin else "live"
    names = [f"ix_assets_{shelf}_{'_'.join((*scope, sort))}_id" for scope in _scopes(wanted, narrow) for sort in sorts]
    return next((name for name in names if name in _INDEXES), None)


def _order_column(query: AssetQuery) -> str:
    column, _ = _SORTS[query.sort]
    return "deleted_at" if query.in_bin and column == "uploaded_at" else column


def _scopes(wanted: Wanted, narrow: bool) -> list[tuple[str, ...]]:
    """Return by which columns an index may begin, those with the fewest assets first."""
    query = wanted.query
    owner: tuple[str, ...] = ()
    if query.campaign_id is not None:
        owner = ("campaign_id",)
    elif wanted.client_id is not None or (narrow and wanted.client_ids is not None):
        owner = ("client_id",)
    kinds = [kind for kind, value in (("format", query.format), ("type", query.asset_type)) if value is not None]
    return [*((*owner, kind) for kind in kinds), owner]


def _by_index(statement: Select[AssetRow], index: str | None) -> Select[AssetRow]:
    return statement if index is None else statement.with_hint(AssetRow, f"INDEXED BY {index}", "sqlite")

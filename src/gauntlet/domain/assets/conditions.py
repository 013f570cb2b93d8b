"""What a list of assets is asked for, as conditions on rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import eq, ge, le
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, literal, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from gauntlet.db.models.assets import (
    AssetRow,
    AssetTagCountRow,
    AssetTagRow,
    AssetTermCountRow,
    AssetTermRow,
)
from gauntlet.domain.assets.schemas import AssetQuery, AssetSort
from gauntlet.domain.assets.search import beginnings_of

_LAST_CHARACTER: Final = "\U0010ffff"

FinderRow: TypeAlias = type[AssetTagRow] | type[AssetTermRow]
FinderCountRow: TypeAlias = type[AssetTagCountRow] | type[AssetTermCountRow]


@dataclass(frozen=True, slots=True)
class Finder:
    """A tag that an asset must have, or a word of its name: all of it, or its beginning."""

    word: str
    is_tag: bool
    is_whole: bool

    @property
    def rows(self) -> FinderRow:
        """The table that tells which assets are found."""
        return AssetTagRow if self.is_tag else AssetTermRow

    @property
    def counts(self) -> FinderCountRow:
        """The table that tells how many there are."""
        return AssetTagCountRow if self.is_tag else AssetTermCountRow

    def column(self, table: FinderRow | FinderCountRow) -> InstrumentedAttribute[str]:
        """Return where the word stands in either table."""
        column: InstrumentedAttribute[str] = getattr(table, "tag" if self.is_tag else "term")
        return column

    def matches(self, table: FinderRow | FinderCountRow) -> ColumnElement[bool]:
        """Return the condition on rows of either table, which one row of each asset meets and no other."""
        if self.is_whole or issubclass(table, AssetTagRow | AssetTagCountRow):
            return self._begins(table)
        return and_(self._begins(table), table.shared < len(self.word))

    def of_asset(self, asset_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
        """Return the condition on an asset, looked up by its id."""
        # Under a name of its own: the same table may be what the whole query is read from.
        rows = aliased(self.rows)
        return exists(select(literal(1)).where(rows.asset_id == asset_id, self._begins(rows)))

    def _begins(self, table: FinderRow | FinderCountRow) -> ColumnElement[bool]:
        column = self.column(table)
        if self.is_whole:
            return column == self.word
        return and_(column >= self.word, column < self.word + _LAST_CHARACTER)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query as it is carried out. `client_ids` are those that it is limited to; None where the caller reaches all."""

    query: AssetQuery
    client_ids: tuple[UUID, ...] | None
    finders: tuple[Finder, ...]

    @classmethod
    def of(cls, query: AssetQuery, *, reached: Sequence[UUID] | None) -> "Wanted | None":
        """Return what a caller who reaches these clients (None: all) asks for; None where nothing can be found."""
        words = beginnings_of(query.text)
        clients = None if reached is None else tuple(sorted(reached))  # in one order, as a key must be
        if query.client_id is not None:
            clients = (query.client_id,) if clients is None or query.client_id in clients else ()
        if (query.text.strip() and not words) or clients == ():
            return None
        finders = [Finder(tag, is_tag=True, is_whole=True) for tag in dict.fromkeys(query.tags)]
        return cls(query, clients, (*finders, *(Finder(word, is_tag=False, is_whole=False) for word in words)))

    @property
    def client_id(self) -> UUID | None:
        """The one client that it is limited to."""
        return self.client_ids[0] if self.client_ids is not None and len(self.client_ids) == 1 else None

    def by(self, sort: AssetSort) -> "Wanted":
        """Return the same in another order."""
        return replace(self, query=self.query.model_copy(update={"sort": sort}))

    def as_filter(self) -> "Wanted":
        """Return the same for all queries that are met by the same assets, however they are spelled and ordered."""
        told_otherwise = {"client_id": None, "text": "", "tags": (), "sort": "newest"}
        return replace(self, query=self.query.model_copy(update=told_otherwise))

    @property
    def is_kept(self) -> bool:
        """Whether one row or a few of kept counts tell how many meet it."""
        is_of_rows = self.is_timed or self.is_sized or (bool(self.finders) and self.is_of_assets)
        return not is_of_rows and (not self.finders or (len(self.finders) == 1 and self.finders[0].is_whole))

    @property
    def is_of_assets(self) -> bool:
        """Whether it asks for what assets alone tell, and no finder: a campaign or a format."""
        return self.query.campaign_id is not None or self.query.format is not None

    @property
    def is_timed(self) -> bool:
        """Whether it asks for a span of time."""
        return self.query.uploaded_from is not None or self.query.uploaded_before is not None

    @property
    def is_sized(self) -> bool:
        """Whether it asks for a span of sizes."""
        return self.query.size_min_bytes is not None or self.query.size_max_bytes is not None

    def of_clients(self, client_id: InstrumentedAttribute[UUID]) -> list[ColumnElement[bool]]:
        """Return the condition on the client, or none."""
        if self.client_ids is None:
            return []
        return [client_id == self.client_id if self.client_id is not None else client_id.in_(self.client_ids)]

    def of_finder(self, table: FinderRow | FinderCountRow) -> list[ColumnElement[bool]]:
        """Return the conditions on rows of finders that these rows can tell of themselves."""
        of_type = [] if self.query.asset_type is None else [table.type == self.query.asset_type]
        return [*self.of_clients(table.client_id), table.in_bin.is_(self.query.in_bin), *of_type]

    def of_assets(self) -> list[ColumnElement[bool]]:
        """Return the conditions on assets, those of finders left out."""
        query, row = self.query, AssetRow
        asked = (
            (eq, row.campaign_id, query.campaign_id),
            (eq, row.type, query.asset_type),
            (eq, row.format, query.format),
            (ge, row.size_bytes, query.size_min_bytes),
            (le, row.size_bytes, query.size_max_bytes),
        )
        shelf = row.deleted_at.is_not(None) if query.in_bin else row.deleted_at.is_(None)
        return [
            shelf,
            *self.of_clients(row.client_id),
            *self.of_time(row.uploaded_at),
            *(compare(column, value) for compare, column, value in asked if value is not None),
        ]

    def of_time(self, uploaded_at: InstrumentedAttribute[datetime]) -> list[ColumnElement[bool]]:
        """Return the conditions on when something was uploaded, or none."""
        since, before = self.query.uploaded_from, self.query.uploaded_before
        return [
            *([] if since is None else [uploaded_at >= since]),
            *([] if before is None else [uploaded_at < before]),
        ]

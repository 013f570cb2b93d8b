"""Stretches of indexes: what meets one condition, in the order in which it was uploaded.

What meets several conditions is found along the shortest of their stretches, each asset looked up in the others by its
whole place there: client, time and id. All run the same way, so what is looked up lies beside what was looked up
before. That takes a tenth of the time in which assets are looked up by id, which lie anywhere; SQLite would choose
the latter, and so is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, literal, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from gauntlet.db.models.assets import AssetRow
from gauntlet.domain.assets.conditions import Finder, Wanted

PRIMARY_KEY: Final = "sqlite_autoindex_assets_1"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rows that meet one condition, of assets or of finders, and how many they are of all times and sizes.

    Of a `beginning` it is as many stretches as there are words that begin so.
    """

    rows: Any  # an alias of one mapped class or the other, whose columns the type checker does not know
    conditions: tuple[ColumnElement[bool], ...]
    index: str
    size: int
    beginning: Finder | None = None

    @classmethod
    def of_finder(cls, finder: Finder, wanted: Wanted, *, size: int) -> "Stretch":
        """Return what has a tag or word."""
        rows = aliased(finder.rows)
        index = f"ix_{finder.rows.__tablename__}_client_id_{'tag' if finder.is_tag else 'term'}"
        conditions = (rows.in_bin.is_(wanted.query.in_bin), finder.matches(rows))
        return cls(rows, conditions, index, size, None if finder.is_whole else finder)

    @classmethod
    def of_assets(cls, column: str, value: object, *, index: str, size: int) -> "Stretch":
        """Return what has a value in a column, outside the bin."""
        rows = aliased(AssetRow)
        return cls(rows, (rows.deleted_at.is_(None), getattr(rows, column) == value), index, size)

    @property
    def asset_id(self) -> InstrumentedAttribute[UUID]:
        """Which asset a row is, or tells of."""
        of_assets = self.index.startswith("ix_assets_")
        asset_id: InstrumentedAttribute[UUID] = self.rows.id if of_assets else self.rows.asset_id
        return asset_id

    @property
    def uploaded_at(self) -> InstrumentedAttribute[datetime]:
        """When what stands in a row was uploaded."""
        uploaded_at: InstrumentedAttribute[datetime] = self.rows.uploaded_at
        return uploaded_at

    def holds(self, other: "Stretch") -> ColumnElement[bool]:
        """Return the condition that what another stretch has is in this one too."""
        if self.beginning is not None:  # of many words, each has its own order
            return self.beginning.of_asset(other.asset_id)
        place = (
            self.rows.client_id == other.rows.client_id,
            self.rows.uploaded_at == other.uploaded_at,
            self.asset_id == other.asset_id,
        )
        found = select(literal(1)).select_from(self.rows).where(*place, *self.conditions)
        return exists(found.with_hint(self.rows, f"INDEXED BY {self.index}", "sqlite"))


def is_ordered(stretches: Sequence[Stretch]) -> bool:
    """Say whether what meets all of them comes in the order of upload without being sorted."""
    return min(stretches, key=_size).beginning is None


def meeting(wanted: Wanted, stretches: Sequence[Stretch]) -> tuple[Stretch, list[ColumnElement[bool]]]:
    """Return the shortest stretch, and the conditions under which what stands there meets all of the query."""
    first, *others = sorted(stretches, key=_size)
    kind = wanted.query.asset_type
    conditions = [
        *wanted.of_clients(first.rows.client_id),
        *wanted.of_time(first.uploaded_at),
        *first.conditions,
        *([] if kind is None else [first.rows.type == kind]),
        *(other.holds(first) for other in others),
    ]
    if not _tell_all(wanted):
        found = select(literal(1)).select_from(AssetRow).where(AssetRow.id == first.asset_id, *wanted.of_assets())
        conditions.append(exists(found.with_hint(AssetRow, f"INDEXED BY {PRIMARY_KEY}", "sqlite")))
    return first, conditions


def columns_of(wanted: Wanted) -> dict[str, tuple[object, str]]:
    """Return what is asked of columns of assets that have a stretch each: the value, and the name of the index."""
    if wanted.query.in_bin or wanted.client_id is None:
        return {}
    indexes = {
        "campaign_id": "ix_assets_live_campaign_id_uploaded_at_id",
        "format": "ix_assets_live_client_id_format_uploaded_at_id",
    }
    return {column: (value, indexes[column]) for column, value in wanted.owned.items()}


def _size(stretch: Stretch) -> int:
    return stretch.size


def _tell_all(wanted: Wanted) -> bool:
    """Say whether stretches tell all that is asked of an asset."""
    return not wanted.is_sized and wanted.owned.keys() == columns_of(wanted).keys()

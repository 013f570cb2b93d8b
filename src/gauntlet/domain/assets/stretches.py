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

CLUSTERED: Final = 10
"""So many times as far as where all lay evenly one may have to look: what was uploaded together is alike."""


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
        conditions = (*wanted.of_finder(rows), finder.matches(rows))
        return cls(rows, conditions, index, size, None if finder.is_whole else finder)

    @classmethod
    def of_campaign(cls, campaign_id: UUID, *, size: int) -> "Stretch":
        """Return what is of a campaign, outside the bin; of which client and type, finders tell."""
        rows = aliased(AssetRow)
        conditions = (rows.deleted_at.is_(None), rows.campaign_id == campaign_id)
        return cls(rows, conditions, "ix_assets_live_campaign_id_uploaded_at_id", size)

    @classmethod
    def of_format(cls, client_id: UUID, format_: str, *, size: int) -> "Stretch":
        """Return what a client has of a format, outside the bin."""
        rows = aliased(AssetRow)
        conditions = (rows.deleted_at.is_(None), rows.client_id == client_id, rows.format == format_)
        return cls(rows, conditions, "ix_assets_live_client_id_format_uploaded_at_id", size)

    @property
    def is_of_finder(self) -> bool:
        """Whether these are rows of finders, which tell the client."""
        return not self.index.startswith("ix_assets_")

    @property
    def asset_id(self) -> InstrumentedAttribute[UUID]:
        """Which asset a row is, or tells of."""
        asset_id: InstrumentedAttribute[UUID] = self.rows.asset_id if self.is_of_finder else self.rows.id
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
        place: list[ColumnElement[bool]] = [self.uploaded_at == other.uploaded_at, self.asset_id == other.asset_id]
        if self.is_of_finder and other.is_of_finder:
            place.append(self.rows.client_id == other.rows.client_id)
        found = select(literal(1)).select_from(self.rows).where(*place, *self.conditions)
        return exists(found.with_hint(self.rows, f"INDEXED BY {self.index}", "sqlite"))


def guide(stretches: Sequence[Stretch], *, total: int, wanted_first: int) -> Stretch:
    """Return along which stretch the first of all that meet the query are soonest at hand, in the order of upload.

    Of many words each has an order of its own, and so all must be seen. Any other is left where enough were met.
    """

    def seen(stretch: Stretch) -> int:
        if stretch.beginning is not None:
            return stretch.size
        return min(stretch.size, CLUSTERED * wanted_first * stretch.size // total)

    return min(stretches, key=seen)


def meeting(
    wanted: Wanted, stretches: Sequence[Stretch], *, along: Stretch | None = None
) -> tuple[Stretch, list[ColumnElement[bool]]]:
    """Return a stretch, else the shortest, and the conditions under which what stands there meets all of the query."""
    first = along or min(stretches, key=_size)
    others = sorted((stretch for stretch in stretches if stretch is not first), key=_size)
    conditions = [*wanted.of_time(first.uploaded_at), *first.conditions, *(other.holds(first) for other in others)]
    if not _tell_all(wanted):
        found = select(literal(1)).select_from(AssetRow).where(AssetRow.id == first.asset_id, *wanted.of_assets())
        conditions.append(exists(found.with_hint(AssetRow, f"INDEXED BY {PRIMARY_KEY}", "sqlite")))
    return first, conditions


def _size(stretch: Stretch) -> int:
    return stretch.size


def _tell_all(wanted: Wanted) -> bool:
    """Say whether stretches tell all that is asked of an asset."""
    has_stretches = wanted.client_id is not None and not wanted.query.in_bin
    return not wanted.is_sized and (has_stretches or not wanted.is_of_assets)

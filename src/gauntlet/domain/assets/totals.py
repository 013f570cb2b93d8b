"""Totals that were counted before, good for as long as nothing has changed that they depend on."""

from collections import OrderedDict
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.db.models.assets import LibraryRevisionRow
from gauntlet.domain.assets.conditions import Wanted
from gauntlet.domain.assets.counting import Counted, count

_REMEMBERED: Final = 1_024


class Totals:
    """What was counted last, by filter and clients reached, each with the revision of their libraries.

    For one database, by which revisions mean what they do, and one process; whoever else changes it is noticed, since
    the database itself revises. What is told is what counting would tell, always.
    """

    def __init__(self, *, remembered: int = _REMEMBERED) -> None:
        self._remembered = remembered
        self._known: OrderedDict[Wanted, tuple[int, Counted]] = OrderedDict()

    async def of(self, session: AsyncSession, wanted: Wanted) -> Counted:
        """Return how many assets meet a query, counted only where that is not known of the libraries as they are."""
        if wanted.is_kept:
            return await count(session, wanted)
        key = wanted.as_filter()
        revision = await _revision(session, wanted)
        known = self._known.get(key)
        if known is not None and known[0] == revision:
            self._known.move_to_end(key)
            return known[1]
        counted = await count(session, wanted)
        # On PostgreSQL each statement sees what is committed by then: what was counted may be newer than the revision
        # read before it, and older than one read after it. It is exactly both where they are the same.
        if await _revision(session, wanted) == revision:
            self._remember(key, revision, counted)
        return counted

    def _remember(self, key: Wanted, revision: int, counted: Counted) -> None:
        self._known[key] = revision, counted
        self._known.move_to_end(key)
        if len(self._known) > self._remembered:
            self._known.popitem(last=False)


async def _revision(session: AsyncSession, wanted: Wanted) -> int:
    """Return the revision of the libraries that a query is limited to: of several the sum, since none ever falls."""
    row = LibraryRevisionRow
    revision = await session.scalar(select(func.sum(row.revision)).where(*wanted.of_clients(row.client_id)))
    return int(revision or 0)

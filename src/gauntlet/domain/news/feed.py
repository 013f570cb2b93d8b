"""What changed since one looked last, whichever process changed it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.ids import UserId
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.briefs.repository import latest_orders
from gauntlet.domain.clients.access import reaches
from gauntlet.domain.news import repository, views
from gauntlet.domain.news.repository import Tally, Trace
from gauntlet.domain.news.schemas import (
    AssetsChanged,
    BudgetsChanged,
    CampaignsChanged,
    ClientsChanged,
    LiveEvent,
)

Owner = TypeVar("Owner", UUID, UUID | None)

LOOK_BACK: Final = timedelta(seconds=30)
"""How late a row may become visible after the moment that it carries: a long transaction, another machine's clock."""


class NewsFeed:
    """One reader's place in the news; the first look takes everything as known and tells nothing.

    Cursors alone would miss rows: on PostgreSQL one that carries an earlier moment or a smaller id may become visible
    later. So each look goes over the last half minute again, and what was seen before is not told twice.
    """

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._seen: frozenset[Trace] = frozenset()
        self._tally: Tally | None = None
        self._libraries: dict[UUID, int] = {}
        self._campaigns: dict[UUID | None, int] = {}
        self._budgets: dict[UUID | None, int] = {}

    async def look(self) -> list[LiveEvent]:
        """Return what changed since the last look."""
        since = self._clock.now() - LOOK_BACK
        async with self._database.read() as session:
            traces = frozenset(await repository.traces_since(session, since))
            tally = await repository.tally(session)
            is_first = self._tally is None
            fresh = [] if is_first else sorted(traces - self._seen, key=lambda trace: trace.at)
            news = await _told(session, fresh) if fresh else []
            if tally != self._tally:
                counted = await self._recount(session, self._tally, tally)
                news += [] if is_first else [event for event in counted if event not in news]
        # Only what is still inside the stretch can come up again.
        self._seen = traces
        self._tally = tally
        return news

    async def reaches(self, principals: Iterable[Principal]) -> dict[UserId, frozenset[UUID] | None]:
        """Return the clients of which each of several users may have news; None for all."""
        async with self._database.read() as session:
            return await reaches(session, principals)

    async def _recount(self, session: AsyncSession, before: Tally | None, now: Tally) -> list[LiveEvent]:
        news: list[LiveEvent] = []
        if before is None or before.library_revisions != now.library_revisions:
            libraries = await repository.library_revisions(session)
            changed = _different(self._libraries, libraries)
            news += [AssetsChanged(client_id=id_, revision=libraries.get(id_, 0)) for id_ in changed]
            self._libraries = libraries
        if before is None or before.campaigns != now.campaigns:
            campaigns = await repository.campaigns_by_client(session)
            changed = _different(self._campaigns, campaigns)
            news += [CampaignsChanged(client_id=id_) for id_ in changed if id_ is not None]
            self._campaigns = campaigns
        if before is None or before.budgets != now.budgets:
            budgets = await repository.budgets_by_client(session)
            news += [BudgetsChanged(client_id=id_) for id_ in _different(self._budgets, budgets)]
            self._budgets = budgets
        if before is not None and before.clients != now.clients:
            news.append(ClientsChanged(client_id=None))
        return news


def _different(before: Mapping[Owner, int], now: Mapping[Owner, int]) -> list[Owner]:
    return [key for key in dict.fromkeys((*before, *now)) if before.get(key) != now.get(key)]


async def _told(session: AsyncSession, fresh: Sequence[Trace]) -> list[LiveEvent]:
    """Return the news of what was touched, in the order in which it was."""
    keys: dict[str, dict[str, UUID | None]] = {}
    for trace in fresh:
        keys.setdefault(trace.topic, {})[trace.key] = trace.client_id
    told = await _things(session, keys) | await _briefs(session, keys.get("brief", {}))
    news: dict[tuple[str, str], LiveEvent] = {}
    for trace in fresh:
        hint = _HINTS.get(trace.topic)
        # Of what a client has many of, one hint tells of all; a thing of its own tells its present state, once.
        name = (trace.topic, trace.key if hint is None else str(trace.client_id))
        event = told.get(name) if hint is None else hint(trace.client_id)
        if event is not None:
            news[name] = event
    return list(news.values())


async def _things(
    session: AsyncSession, keys: Mapping[str, Mapping[str, UUID | None]]
) -> dict[tuple[str, str], LiveEvent]:
    told: dict[tuple[str, str], LiveEvent] = {}
    if ids := keys.get("job"):
        for job in await repository.jobs(session, [int(id_) for id_ in ids]):
            told["job", str(job.id)] = views.job_changed(job)
    if ids := keys.get("medium"):
        for medium in await repository.generations(session, [int(id_) for id_ in ids]):
            told["medium", str(medium.id)] = views.medium_changed(medium)
    if ids := keys.get("event"):
        for row in await repository.job_events(session, [int(id_) for id_ in ids]):
            if (client_id := ids[str(row.id)]) is not None:
                told["event", str(row.id)] = views.picture_ready(row, client_id)
    return told


async def _briefs(session: AsyncSession, keys: Mapping[str, UUID | None]) -> dict[tuple[str, str], LiveEvent]:
    # The databases write ids of this kind as text each in its own way.
    ids = {UUID(key): key for key in keys}
    if not ids:
        return {}
    orders = await latest_orders(session, list(ids))
    rows = await repository.briefs(session, list(ids))
    return {("brief", ids[row.id]): views.brief_changed(row, orders.get(row.id)) for row in rows}


def _campaigns_changed(client_id: UUID | None) -> LiveEvent | None:
    return None if client_id is None else CampaignsChanged(client_id=client_id)


def _budgets_changed(client_id: UUID | None) -> LiveEvent:
    return BudgetsChanged(client_id=client_id)


def _clients_changed(client_id: UUID | None) -> LiveEvent:
    return ClientsChanged(client_id=client_id)


_HINTS: Final[Mapping[str, Callable[[UUID | None], LiveEvent | None]]] = {
    "campaigns": _campaigns_changed,
    "budgets": _budgets_changed,
    "clients": _clients_changed,
}

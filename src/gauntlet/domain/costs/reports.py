"""What was spent, for people: reports, the ledger, and what nobody but they can tell."""

from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.errors import Conflict, InvalidInput, NotFound
from gauntlet.core.paging import Page
from gauntlet.db.models.costs import LedgerEntryRow, SpendingIntentRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients.access import reachable_ids, require_role
from gauntlet.domain.costs import repository, rules, statistics
from gauntlet.domain.costs.schemas import (
    CostQuery,
    CostReport,
    CostSums,
    EntryQuery,
    Intent,
    IntentStatus,
    LedgerEntry,
    Resolution,
)
from gauntlet.domain.costs.till import Till, intent_of

GROUPS_MAX: Final = 10_000


class CostService:
    """What people see of money, of the clients that they reach; administrators also of clients that are gone."""

    def __init__(self, database: Database, *, till: Till) -> None:
        self._database = database
        self._till = till

    async def report(self, principal: Principal, query: CostQuery) -> CostReport:
        """Return what was spent, in groups.

        Raises `InvalidInput` for a stretch of time that ends before it begins, or a report of too many groups.
        """
        rules.check_days(query.first_day, query.last_day)
        async with self._database.read() as session:
            reach = await _reach(session, principal, query.client_id)
            groups = await statistics.groups(session, query, reach=reach, limit=GROUPS_MAX + 1)
            if len(groups) > GROUPS_MAX:
                raise InvalidInput(
                    f"The report has more than {GROUPS_MAX:,} groups.",
                    next_step="Narrow it down with from and to, or group by something else.",
                    details={"field": "groupBy", "value": query.group_by, "limit": GROUPS_MAX},
                )
            total = await statistics.total(session, query, reach=reach)
        return CostReport(query=query, groups=tuple(groups), total=total)

    async def of_job(self, job_id: int) -> CostSums:
        """Return what a job's spendings were estimated at, have reserved, and cost; the caller knows who may see it."""
        async with self._database.read() as session:
            return await repository.costs_of_job(session, job_id)

    async def entries(self, principal: Principal, query: EntryQuery, *, page: Page) -> tuple[list[LedgerEntry], int]:
        """Return a page of the ledger, newest first, and how many entries there are."""
        async with self._database.read() as session:
            reach = await _reach(session, principal, query.client_id)
            rows, total = await statistics.list_entries(session, query, reach=reach, page=page)
        return [entry_of(row) for row in rows], total

    async def ambiguous(self, principal: Principal, *, page: Page) -> tuple[list[Intent], int]:
        """Return what it cannot be told of whether it was charged, of the clients that the caller edits."""
        async with self._database.read() as session:
            reach = await reachable_ids(session, principal, minimum="editor")
            rows, total = await statistics.list_ambiguous(session, reach=reach, page=page)
        return [intent_of(row) for row in rows], total

    async def resolve(self, principal: Principal, intent_id: UUID, resolution: Resolution) -> Intent:
        """Settle or release what was left to a person; raises `Conflict` where nothing is left to decide."""
        rules.check_resolution(resolution)
        async with self._database.read() as session:
            row = await _decidable(session, principal, intent_id)
        said = f"user {principal.user_id} found that it was {resolution.outcome.replace('_', ' ')}"
        if resolution.outcome == "charged":
            await self._till.settle(
                row.id,
                actual_microusd=resolution.amount_microusd,
                note=said,
                provider_ref=resolution.provider_ref,
            )
        else:
            await self._till.release(row.id, reason=said)
        decided = await self._till.find(row.id)
        assert decided is not None  # intents are never deleted
        return decided


async def _reach(session: AsyncSession, principal: Principal, client_id: UUID | None) -> statistics.Reach:
    """Return whose money may be seen; `NotFound` for a client that is not the caller's."""
    reach = await reachable_ids(session, principal)
    if client_id is not None and reach is not None:
        await require_role(session, principal, client_id, minimum="viewer")
    return reach


async def _decidable(session: AsyncSession, principal: Principal, intent_id: UUID) -> SpendingIntentRow:
    row = await repository.intent(session, intent_id)
    reach = await reachable_ids(session, principal)
    if row is None or (reach is not None and row.client_id not in reach):
        raise NotFound(
            f"There is no spending {intent_id}.",
            next_step="List those that are to be decided with GET /api/v2/costs/ambiguous.",
            details={"intentId": str(intent_id)},
        )
    if reach is not None:
        await require_role(session, principal, row.client_id, minimum="editor")
    if row.status != IntentStatus.AMBIGUOUS:
        raise Conflict(
            f"The spending {intent_id} is {row.status}: nothing is left to a person.",
            next_step="List those that are to be decided with GET /api/v2/costs/ambiguous.",
            details={"intentId": str(intent_id), "status": row.status},
        )
    return row


def entry_of(row: LedgerEntryRow) -> LedgerEntry:
    """Return a row as callers see it."""
    return LedgerEntry.model_validate({field: getattr(row, field) for field in LedgerEntry.model_fields})

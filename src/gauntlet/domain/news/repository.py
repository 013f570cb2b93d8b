"""Queries of what changed lately. Of all clients: who may know of it is decided where news is handed on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, String, cast, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.db.models.assets import LibraryRevisionRow
from gauntlet.db.models.briefs import BriefOrderRow, BriefRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.db.models.costs import BudgetRow, LedgerEntryRow
from gauntlet.db.models.generations import GenerationRow
from gauntlet.db.models.jobs import JobEventRow, JobRow

_TOLD_EVENTS: Final = ("frame.ready", "shot.ready")


class Trace(NamedTuple):
    """That a thing was touched at a moment; `mark` tells apart two changes of the same moment."""

    topic: str
    key: str
    client_id: UUID | None
    at: datetime
    mark: str


class Tally(NamedTuple):
    """What shows that something went or came which leaves no moment behind."""

    library_revisions: int
    clients: int
    campaigns: int
    budgets: int


async def traces_since(session: AsyncSession, since: datetime) -> list[Trace]:
    """Return all that was touched at or after a moment."""
    rows = await session.execute(_traces(since))
    return [Trace(*row) for row in rows]


def _traces(since: datetime) -> CompoundSelect[str, str, UUID | None, datetime, str]:
    return union_all(
        select(literal("job"), cast(JobRow.id, String), JobRow.client_id, JobRow.updated_at, JobRow.status).where(
            JobRow.updated_at >= since
        ),
        select(
            literal("medium"),
            cast(GenerationRow.id, String),
            GenerationRow.client_id,
            GenerationRow.updated_at,
            GenerationRow.status,
        ).where(GenerationRow.updated_at >= since),
        _touched("brief", BriefRow, since),
        _orders(since),
        _touched("campaigns", CampaignRow, since),
        select(literal("clients"), cast(ClientRow.id, String), ClientRow.id, ClientRow.updated_at, literal("")).where(
            ClientRow.updated_at >= since
        ),
        _touched("budgets", BudgetRow, since),
        select(
            literal("budgets"),
            literal("ledger") + cast(LedgerEntryRow.id, String),
            LedgerEntryRow.client_id,
            LedgerEntryRow.created_at,
            literal(""),
        ).where(LedgerEntryRow.created_at >= since),
        select(literal("event"), cast(JobEventRow.id, String), JobRow.client_id, JobEventRow.created_at, literal(""))
        .join(JobRow, JobRow.id == JobEventRow.job_id)
        .where(JobEventRow.created_at >= since, JobEventRow.kind.in_(_TOLD_EVENTS)),
    )


def _touched(
    topic: str, row: type[BriefRow] | type[CampaignRow] | type[BudgetRow], since: datetime
) -> Select[str, str, UUID | None, datetime, str]:
    return select(literal(topic), cast(row.id, String), row.client_id, row.updated_at, literal("")).where(
        row.updated_at >= since
    )


def _orders(since: datetime) -> Select[str, str, UUID, datetime, str]:
    row = BriefOrderRow
    at, mark = func.coalesce(row.ended_at, row.created_at), row.status + cast(row.run, String)
    # One that is taken up again has no moment for that: all at work are looked at.
    is_new = or_(row.status == "working", row.created_at >= since, row.ended_at >= since)
    return (
        select(literal("brief"), cast(BriefRow.id, String), BriefRow.client_id, at, mark)
        .join(BriefRow, BriefRow.id == row.brief_id)
        .where(is_new)
    )


async def tally(session: AsyncSession) -> Tally:
    """Return the present tally."""
    found = await session.execute(
        select(
            select(func.coalesce(func.sum(LibraryRevisionRow.revision), 0)).scalar_subquery(),
            select(func.count()).select_from(ClientRow).scalar_subquery(),
            select(func.count()).select_from(CampaignRow).scalar_subquery(),
            select(func.count()).select_from(BudgetRow).scalar_subquery(),
        )
    )
    return Tally(*(int(number) for number in found.one()))


async def library_revisions(session: AsyncSession) -> dict[UUID, int]:
    """Return the revision of each client's library."""
    rows = await session.execute(select(LibraryRevisionRow.client_id, LibraryRevisionRow.revision))
    return {client_id: revision for client_id, revision in rows}


async def campaigns_by_client(session: AsyncSession) -> dict[UUID | None, int]:
    """Return how many campaigns each client has."""
    rows = await session.execute(select(CampaignRow.client_id, func.count()).group_by(CampaignRow.client_id))
    return {client_id: number for client_id, number in rows}


async def budgets_by_client(session: AsyncSession) -> dict[UUID | None, int]:
    """Return how many budgets each client has; those of the workspace under None."""
    rows = await session.execute(select(BudgetRow.client_id, func.count()).group_by(BudgetRow.client_id))
    return {client_id: number for client_id, number in rows}


async def jobs(session: AsyncSession, ids: Sequence[int]) -> list[JobRow]:
    """Return some jobs."""
    return list(await session.scalars(select(JobRow).where(JobRow.id.in_(ids)).order_by(JobRow.id)))


async def generations(session: AsyncSession, ids: Sequence[int]) -> list[GenerationRow]:
    """Return some generations."""
    statement = select(GenerationRow).where(GenerationRow.id.in_(ids)).order_by(GenerationRow.id)
    return list(await session.scalars(statement))


async def briefs(session: AsyncSession, ids: Sequence[UUID]) -> list[BriefRow]:
    """Return some briefs."""
    return list(await session.scalars(select(BriefRow).where(BriefRow.id.in_(ids)).order_by(BriefRow.created_at)))


async def job_events(session: AsyncSession, ids: Sequence[int]) -> list[JobEventRow]:
    """Return some events of jobs, oldest first."""
    return list(await session.scalars(select(JobEventRow).where(JobEventRow.id.in_(ids)).order_by(JobEventRow.id)))

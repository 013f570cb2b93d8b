"""What was spent, summed up and listed, in the database."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from gauntlet.core.paging import Page
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.db.models.costs import LedgerEntryRow, SpendingIntentRow
from gauntlet.db.paging import fetch_page
from gauntlet.domain.costs.repository import sums
from gauntlet.domain.costs.schemas import CostCounts, CostGroup, CostQuery, EntryQuery, GroupBy, IntentStatus

Reach = Collection[UUID] | None
"""The clients whose money may be seen; None for all, also those that are gone."""

_GROUPED: Final[dict[GroupBy, tuple[InstrumentedAttribute[Any], ...]]] = {
    "day": (SpendingIntentRow.reserved_on,),
    "client": (SpendingIntentRow.client_id,),
    "campaign": (SpendingIntentRow.campaign_id,),
    "job": (SpendingIntentRow.job_id,),
    "model": (SpendingIntentRow.provider, SpendingIntentRow.model),
    "purpose": (SpendingIntentRow.purpose,),
}


async def groups(session: AsyncSession, query: CostQuery, *, reach: Reach, limit: int) -> list[CostGroup]:
    """Return at most `limit` groups of intents, days newest first, all else dearest first."""
    columns = _GROUPED[query.group_by]
    counted = _counts()
    order = [columns[0].desc()] if query.group_by == "day" else [counted[2].desc(), *columns]
    statement = _of(query, select(*columns, *counted), reach=reach).group_by(*columns).order_by(*order).limit(limit)
    rows = (await session.execute(statement)).all()
    names = await _names(session, query.group_by, [row[0] for row in rows])
    return [
        CostGroup(
            key=_key(row, len(columns)),
            name=names.get(row[0]),
            **_counts_of(row, skip=len(columns)).model_dump(by_alias=False),
        )
        for row in rows
    ]


async def total(session: AsyncSession, query: CostQuery, *, reach: Reach) -> CostCounts:
    """Return all groups together."""
    return _counts_of((await session.execute(_of(query, select(*_counts()), reach=reach))).one(), skip=0)


async def list_entries(
    session: AsyncSession, query: EntryQuery, *, reach: Reach, page: Page
) -> tuple[list[LedgerEntryRow], int]:
    """Return a page of the ledger's entries, newest first, and how many there are."""
    statement = select(LedgerEntryRow).order_by(LedgerEntryRow.id.desc())
    if reach is not None:
        statement = statement.where(LedgerEntryRow.client_id.in_(reach))
    wanted = query.model_dump(exclude_none=True, by_alias=False)
    for name, value in wanted.items():
        statement = statement.where(getattr(LedgerEntryRow, name) == value)
    return await fetch_page(session, statement, page=page)


async def list_ambiguous(session: AsyncSession, *, reach: Reach, page: Page) -> tuple[list[SpendingIntentRow], int]:
    """Return a page of the intents that a person is to decide on, newest first."""
    statement = (
        select(SpendingIntentRow)
        .where(SpendingIntentRow.status == IntentStatus.AMBIGUOUS.value)
        .order_by(SpendingIntentRow.created_at.desc(), SpendingIntentRow.id)
    )
    if reach is not None:
        statement = statement.where(SpendingIntentRow.client_id.in_(reach))
    return await fetch_page(session, statement, page=page)


def _of(query: CostQuery, statement: Select[Any], *, reach: Reach) -> Select[Any]:
    row = SpendingIntentRow
    conditions: list[ColumnElement[bool]] = [row.status != IntentStatus.RELEASED.value]
    if reach is not None:
        conditions.append(row.client_id.in_(reach))
    if query.first_day is not None:
        conditions.append(row.reserved_on >= query.first_day)
    if query.last_day is not None:
        conditions.append(row.reserved_on <= query.last_day)
    for column, value in (
        (row.client_id, query.client_id),
        (row.campaign_id, query.campaign_id),
        (row.job_id, query.job_id),
    ):
        if value is not None:
            conditions.append(column == value)
    return statement.where(*conditions)


def _counts() -> tuple[ColumnElement[Any], ...]:
    row = SpendingIntentRow
    return (
        *sums(),
        func.count(),
        func.count().filter(row.estimate_microusd.is_(None)),
        func.count().filter(row.is_actual_estimated),
        func.count().filter(row.status == IntentStatus.AMBIGUOUS.value),
    )


def _counts_of(row: Row[Any], *, skip: int) -> CostCounts:
    numbers = [int(number) for number in row[skip:]]
    return CostCounts(
        estimate_microusd=numbers[0],
        reserved_microusd=numbers[1],
        spent_microusd=numbers[2],
        count=numbers[3],
        unknown_price_count=numbers[4],
        estimated_count=numbers[5],
        ambiguous_count=numbers[6],
    )


def _key(row: Row[Any], columns: int) -> str | None:
    parts = [_word(part) for part in row[:columns] if part is not None]
    return ":".join(parts) if parts else None


def _word(part: date | UUID | int | str) -> str:
    return part.isoformat() if isinstance(part, date) else str(part)


async def _names(session: AsyncSession, group_by: GroupBy, ids: list[Any]) -> dict[Any, str]:
    if group_by not in {"client", "campaign"}:
        return {}
    table = ClientRow if group_by == "client" else CampaignRow
    found = await session.execute(select(table.id, table.name).where(table.id.in_(ids)))
    return {thing_id: name for thing_id, name in found}

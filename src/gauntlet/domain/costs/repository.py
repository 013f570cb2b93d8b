"""Intents, the ledger and balances in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, select, text, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.ids import new_uuid
from gauntlet.db.models.costs import BudgetRow, LedgerEntryRow, SpendBalanceRow, SpendingIntentRow
from gauntlet.domain.costs.passed import Passed
from gauntlet.domain.costs.rules import BEGINNING, OPEN, WORKSPACE_KEY
from gauntlet.domain.costs.schemas import BalanceKey, CostSums, IntentDraft, IntentStatus, Transfer, UsedBudget

_USED: Final = SpendBalanceRow.reserved_microusd + SpendBalanceRow.spent_microusd


async def insert_intent(
    session: AsyncSession, draft: IntentDraft, *, reserved_microusd: int, at: datetime
) -> SpendingIntentRow | None:
    """Insert an intent; None where one of that key is there already.

    Who asks at once for the same key waits here until the first has committed or given up.
    """
    dialect = postgresql if _on_postgresql(session) else sqlite
    values = {
        **draft.model_dump(by_alias=False),
        "id": new_uuid(),
        "status": IntentStatus.RESERVED.value,
        "reserved_microusd": reserved_microusd,
        "is_actual_estimated": False,
        "reserved_on": at.date(),
        "created_at": at,
    }
    statement = (
        dialect.insert(SpendingIntentRow)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(SpendingIntentRow)
    )
    return await session.scalar(statement)


async def intent(session: AsyncSession, intent_id: UUID) -> SpendingIntentRow | None:
    """Return an intent."""
    return await session.get(SpendingIntentRow, intent_id)


async def lock_intent(session: AsyncSession, intent_id: UUID) -> SpendingIntentRow | None:
    """Return an intent that nobody else changes until the transaction ends."""
    return await session.get(SpendingIntentRow, intent_id, with_for_update=True)


async def intent_by_key(session: AsyncSession, key: str) -> SpendingIntentRow | None:
    """Return the intent of a key."""
    return await session.scalar(select(SpendingIntentRow).where(SpendingIntentRow.key == key))


async def intent_by_ref(session: AsyncSession, provider: str, ref: str) -> SpendingIntentRow | None:
    """Return the intent behind what a provider calls `ref`."""
    return await session.scalar(
        select(SpendingIntentRow).where(SpendingIntentRow.provider == provider, SpendingIntentRow.provider_ref == ref)
    )


async def intents_of_status(session: AsyncSession, status: IntentStatus) -> list[SpendingIntentRow]:
    """Return all intents of a state, oldest first."""
    rows = await session.scalars(
        select(SpendingIntentRow)
        .where(SpendingIntentRow.status == status.value)
        .order_by(SpendingIntentRow.created_at, SpendingIntentRow.id)
    )
    return list(rows)


async def intents_left(session: AsyncSession, *, before: datetime) -> list[tuple[UUID, IntentStatus]]:
    """Return the intents that were under way before a moment and still are, with their states."""
    row = SpendingIntentRow
    under_way = (IntentStatus.RESERVED, IntentStatus.SENDING, IntentStatus.SENT)
    rows = await session.execute(
        select(row.id, row.status).where(
            row.status.in_([status.value for status in under_way]), func.coalesce(row.sent_at, row.created_at) < before
        )
    )
    return [(intent_id, IntentStatus(status)) for intent_id, status in rows]


def add_transfers(
    session: AsyncSession, row: SpendingIntentRow, transfers: Sequence[Transfer], *, at: datetime, note: str | None
) -> None:
    """Write transfers of an intent into the ledger: two entries each."""
    for transfer in transfers:
        transfer_id = new_uuid()
        for account, amount in (
            (transfer.source, -transfer.amount_microusd),
            (transfer.target, transfer.amount_microusd),
        ):
            session.add(
                LedgerEntryRow(
                    transfer_id=transfer_id,
                    intent_id=row.id,
                    kind=transfer.kind,
                    account=account,
                    amount_microusd=amount,
                    client_id=row.client_id,
                    campaign_id=row.campaign_id,
                    job_id=row.job_id,
                    user_id=row.user_id,
                    provider=row.provider,
                    model=row.model,
                    purpose=row.purpose,
                    provider_ref=row.provider_ref,
                    note=note,
                    created_at=at,
                )
            )


async def open_balances(session: AsyncSession, keys: Sequence[BalanceKey]) -> None:
    """Make the balances that are not there yet, with the limits of the budgets that stand."""
    found = await session.scalar(select(func.count()).select_from(SpendBalanceRow).where(_among(keys)))
    if found == len(keys):
        return
    if _on_postgresql(session):
        # A budget that is being set, changes the balances that it finds: it must not miss these, nor these miss it.
        await session.execute(text("LOCK TABLE budgets IN SHARE MODE"))
    limits = await _limits(session, keys)
    dialect = postgresql if _on_postgresql(session) else sqlite
    for key in keys:
        hard, soft = limits.get((key.scope, key.scope_key, key.period), (None, None))
        await session.execute(
            dialect.insert(SpendBalanceRow)
            .values(
                **key.model_dump(by_alias=False),
                reserved_microusd=0,
                spent_microusd=0,
                hard_microusd=hard,
                soft_microusd=soft,
            )
            .on_conflict_do_nothing()
        )


async def _limits(
    session: AsyncSession, keys: Sequence[BalanceKey]
) -> dict[tuple[str, str, str], tuple[int | None, int | None]]:
    rows = await session.scalars(
        select(BudgetRow).where(
            tuple_(BudgetRow.scope, BudgetRow.scope_key, BudgetRow.period).in_(
                [(key.scope, key.scope_key, key.period) for key in keys]
            )
        )
    )
    return {(row.scope, row.scope_key, row.period): (row.hard_microusd, row.soft_microusd) for row in rows}


async def balances(session: AsyncSession, keys: Sequence[BalanceKey]) -> list[SpendBalanceRow]:
    """Return the balances that are there."""
    return list(await session.scalars(select(SpendBalanceRow).where(_among(keys))))


async def take_turn(session: AsyncSession) -> None:
    """Wait until nobody else moves money: the workspace's balance, in which all counts, is the gate.

    Statements that change several balances would lock them in any order, and two of them each other, on PostgreSQL.
    """
    await session.execute(
        select(SpendBalanceRow.scope)
        .where(
            SpendBalanceRow.scope == "workspace",
            SpendBalanceRow.scope_key == WORKSPACE_KEY,
            SpendBalanceRow.period == "total",
            SpendBalanceRow.starts_on == BEGINNING,
        )
        .with_for_update()
    )


async def reserve(session: AsyncSession, keys: Sequence[BalanceKey], *, amount_microusd: int) -> list[BalanceKey]:
    """Reserve in all balances that have room; return those that do not, and the caller rolls everything back.

    One statement whose condition is of the rows that it changes; see docs/adr/0020.
    """
    granted = await session.execute(
        update(SpendBalanceRow)
        .where(
            _among(keys),
            or_(SpendBalanceRow.hard_microusd.is_(None), _USED + amount_microusd <= SpendBalanceRow.hard_microusd),
        )
        .values(reserved_microusd=SpendBalanceRow.reserved_microusd + amount_microusd)
        .returning(SpendBalanceRow.scope, SpendBalanceRow.period)
        .execution_options(synchronize_session=False)
    )
    # Of each scope there is one key here, so scope and period tell balances apart.
    places = {(scope, period) for scope, period in granted}
    return [key for key in keys if (key.scope, key.period) not in places]


async def move(
    session: AsyncSession, keys: Sequence[BalanceKey], *, reserved_microusd: int, spent_microusd: int
) -> None:
    """Add to what is reserved and spent; limits are not asked: what was charged is booked."""
    await session.execute(
        update(SpendBalanceRow)
        .where(_among(keys))
        .values(
            reserved_microusd=SpendBalanceRow.reserved_microusd + reserved_microusd,
            spent_microusd=SpendBalanceRow.spent_microusd + spent_microusd,
        )
        .execution_options(synchronize_session=False)
    )


async def warn(session: AsyncSession, keys: Sequence[BalanceKey], *, at: datetime) -> list[Passed]:
    """Mark the soft limits that are passed and were not told of yet, and return them."""
    rows = await session.execute(
        update(SpendBalanceRow)
        .where(_among(keys), SpendBalanceRow.warned_at.is_(None), _USED > SpendBalanceRow.soft_microusd)
        .values(warned_at=at)
        .returning(
            SpendBalanceRow.scope,
            SpendBalanceRow.scope_key,
            SpendBalanceRow.period,
            SpendBalanceRow.soft_microusd,
            _USED,
        )
        .execution_options(synchronize_session=False)
    )
    return [Passed(scope, key, period, soft or 0, used) for scope, key, period, soft, used in rows]


async def used_up(session: AsyncSession, keys: Sequence[BalanceKey], *, amount_microusd: int) -> UsedBudget | None:
    """Return the first hard budget that has no room for an amount, in the order of the keys.

    Where a period has no balance yet, the budget itself tells the limit.
    """
    found = {(row.scope, row.scope_key, row.period): row for row in await balances(session, keys)}
    limits = await _limits(session, keys)
    for key in keys:
        place = (key.scope, key.scope_key, key.period)
        row = found.get(place)
        hard = row.hard_microusd if row else limits.get(place, (None, None))[0]
        used = UsedBudget(
            scope=key.scope,
            scope_key=key.scope_key,
            period=key.period,
            hard_microusd=hard or 0,
            spent_microusd=row.spent_microusd if row else 0,
            reserved_microusd=row.reserved_microusd if row else 0,
        )
        if hard is not None and used.spent_microusd + used.reserved_microusd + amount_microusd > hard:
            return used
    return None


async def costs_of_job(session: AsyncSession, job_id: int) -> CostSums:
    """Return what a job's spendings were estimated at, have reserved, and cost."""
    row = (await session.execute(select(*sums()).where(SpendingIntentRow.job_id == job_id))).one()
    estimate, reserved, spent = (int(amount) for amount in row)
    return CostSums(estimate_microusd=estimate, reserved_microusd=reserved, spent_microusd=spent)


def sums() -> tuple[ColumnElement[int | None], ColumnElement[int], ColumnElement[int | None]]:
    """Return the columns that sum up intents: estimated (but what was released), reserved, spent."""
    is_open = SpendingIntentRow.status.in_([status.value for status in OPEN])
    counts = SpendingIntentRow.status != IntentStatus.RELEASED.value
    return (
        func.coalesce(func.sum(SpendingIntentRow.estimate_microusd).filter(counts), 0),
        func.coalesce(func.sum(SpendingIntentRow.reserved_microusd).filter(is_open), 0),
        func.coalesce(func.sum(SpendingIntentRow.actual_microusd), 0),
    )


def _among(keys: Sequence[BalanceKey]) -> ColumnElement[bool]:
    # Written out: SQLite looks rows up by their key for this, and reads the whole table for a list of tuples.
    row = SpendBalanceRow
    return or_(
        false(),
        *(
            and_(
                row.scope == key.scope,
                row.scope_key == key.scope_key,
                row.period == key.period,
                row.starts_on == key.starts_on,
            )
            for key in keys
        ),
    )


def _on_postgresql(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "postgresql"

"""Looks into the books: what the ledger says, and whether the balances say the same."""

from collections import Counter
from datetime import date
from uuid import UUID

from sqlalchemy import select

from gauntlet.db.models.costs import LedgerEntryRow, SpendBalanceRow, SpendingIntentRow
from gauntlet.db.session import Database
from gauntlet.domain.costs import rules
from gauntlet.domain.costs.schemas import BalanceKey

Place = tuple[str, str, str, date]


async def entries(database: Database) -> list[LedgerEntryRow]:
    async with database.read() as session:
        return list(await session.scalars(select(LedgerEntryRow).order_by(LedgerEntryRow.id)))


async def accounts(database: Database) -> dict[str, int]:
    """What lies in each account."""
    sums = Counter[str]()
    for entry in await entries(database):
        sums[entry.account] += entry.amount_microusd
    return dict(sums)


async def balances(database: Database) -> dict[Place, tuple[int, int]]:
    """What is reserved and spent, by scope, key, period and its start."""
    async with database.read() as session:
        rows = await session.scalars(select(SpendBalanceRow))
        return {
            (row.scope, row.scope_key, row.period, row.starts_on): (row.reserved_microusd, row.spent_microusd)
            for row in rows
        }


async def workspace_total(database: Database) -> tuple[int, int]:
    return (await balances(database))[("workspace", "", "total", rules.BEGINNING)]


async def assert_books_balance(database: Database) -> None:
    """Every transfer sums to zero, and the balances are what the ledger says, each in the day of its reservation."""
    written = await entries(database)
    by_transfer = Counter[UUID]()
    for entry in written:
        by_transfer[entry.transfer_id] += entry.amount_microusd
    assert set(by_transfer.values()) <= {0}
    assert all(count == 2 for count in Counter(entry.transfer_id for entry in written).values())
    async with database.read() as session:
        intents = {row.id: row for row in await session.scalars(select(SpendingIntentRow))}
    expected: dict[Place, tuple[int, int]] = {}
    for entry in written:
        for key in _keys(intents[entry.intent_id]):
            place = (key.scope, key.scope_key, key.period, key.starts_on)
            reserved, spent = expected.get(place, (0, 0))
            expected[place] = (
                reserved + entry.amount_microusd * (entry.account == "reserved"),
                spent + entry.amount_microusd * (entry.account == "spent"),
            )
    assert await balances(database) == expected


def _keys(row: SpendingIntentRow) -> tuple[BalanceKey, ...]:
    return rules.balance_keys(
        client_id=row.client_id, campaign_id=row.campaign_id, job_id=row.job_id, on=row.reserved_on
    )

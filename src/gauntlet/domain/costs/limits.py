"""Budgets in the database, and their limits in the balances that they hold."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import case, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.paging import Page
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.db.models.costs import BudgetRow, SpendBalanceRow
from gauntlet.db.models.jobs import JobRow
from gauntlet.db.paging import fetch_page
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients.access import reachable_clients
from gauntlet.domain.costs import repository, rules
from gauntlet.domain.costs.passed import Passed
from gauntlet.domain.costs.schemas import BalanceKey, BudgetDraft, BudgetScope


async def client_of_campaign(session: AsyncSession, principal: Principal, campaign_id: UUID) -> UUID | None:
    """Return whose a campaign is, where the caller reaches it."""
    return await session.scalar(
        select(CampaignRow.client_id).where(
            CampaignRow.id == campaign_id, CampaignRow.client_id.in_(reachable_clients(principal))
        )
    )


async def client_of_job(session: AsyncSession, principal: Principal, job_id: int) -> UUID | None:
    """Return whose a job is, where the caller reaches it."""
    return await session.scalar(
        select(JobRow.client_id).where(JobRow.id == job_id, JobRow.client_id.in_(reachable_clients(principal)))
    )


async def insert_budget(
    session: AsyncSession, draft: BudgetDraft, *, scope_key: str, client_id: UUID | None, user_id: int, at: datetime
) -> BudgetRow | None:
    """Insert a budget; None where its scope has one for the period already."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = (
        dialect.insert(BudgetRow)
        .values(
            scope=draft.scope,
            scope_key=scope_key,
            client_id=client_id,
            period=draft.period,
            hard_microusd=draft.hard_microusd,
            soft_microusd=draft.soft_microusd,
            user_id=user_id,
            created_at=at,
            updated_at=at,
        )
        .on_conflict_do_nothing(index_elements=["scope", "scope_key", "period"])
        .returning(BudgetRow)
    )
    return await session.scalar(statement)


async def lock_budget_of(session: AsyncSession, draft: BudgetDraft, *, scope_key: str) -> BudgetRow | None:
    """Return the budget of a scope and period, which nobody else changes until the transaction ends."""
    return await session.scalar(
        select(BudgetRow)
        .where(BudgetRow.scope == draft.scope, BudgetRow.scope_key == scope_key, BudgetRow.period == draft.period)
        .with_for_update()
    )


async def find_budget(
    session: AsyncSession, principal: Principal, budget_id: int, *, for_update: bool = False
) -> BudgetRow | None:
    """Return a budget that the caller may see."""
    statement = select(BudgetRow).where(BudgetRow.id == budget_id)
    if not principal.is_admin:
        statement = statement.where(BudgetRow.client_id.in_(reachable_clients(principal)))
    return await session.scalar(statement.with_for_update() if for_update else statement)


async def list_budgets(
    session: AsyncSession,
    principal: Principal,
    *,
    page: Page,
    scope: BudgetScope | None,
    client_id: UUID | None,
) -> tuple[list[BudgetRow], int]:
    """Return a page of the budgets that the caller may see, newest first; the workspace's are administrators' alone."""
    statement = select(BudgetRow)
    if not principal.is_admin:
        statement = statement.where(BudgetRow.client_id.in_(reachable_clients(principal)))
    if scope is not None:
        statement = statement.where(BudgetRow.scope == scope)
    if client_id is not None:
        statement = statement.where(BudgetRow.client_id == client_id)
    return await fetch_page(session, statement.order_by(BudgetRow.id.desc()), page=page)


async def names_of(session: AsyncSession, rows: Sequence[BudgetRow]) -> dict[str, str]:
    """Return the names of the clients and campaigns that budgets are of, by scope key."""
    clients = [UUID(row.scope_key) for row in rows if row.scope == "client"]
    campaigns = [UUID(row.scope_key) for row in rows if row.scope == "campaign"]
    found = [
        *(await session.execute(select(ClientRow.id, ClientRow.name).where(ClientRow.id.in_(clients)))),
        *(await session.execute(select(CampaignRow.id, CampaignRow.name).where(CampaignRow.id.in_(campaigns)))),
    ]
    return {str(thing_id): name for thing_id, name in found}


async def balances_of(session: AsyncSession, keys: Sequence[BalanceKey]) -> dict[BalanceKey, SpendBalanceRow]:
    """Return the balances that are there."""
    rows = {
        (row.scope, row.scope_key, row.period, row.starts_on): row for row in await repository.balances(session, keys)
    }
    places = {key: rows.get((key.scope, key.scope_key, key.period, key.starts_on)) for key in keys}
    return {key: row for key, row in places.items() if row is not None}


async def hold(
    session: AsyncSession, key: BalanceKey, *, hard_microusd: int | None, soft_microusd: int | None, at: datetime
) -> list[Passed]:
    """Lay limits into the present period's balance, and into any later; return soft ones that are passed already.

    Where there is no balance yet, the first spending makes it with these limits. A soft limit that stays is not told
    of again.
    """
    await repository.take_turn(session)
    stays = SpendBalanceRow.soft_microusd.is_not_distinct_from(soft_microusd)
    await session.execute(
        update(SpendBalanceRow)
        .where(
            SpendBalanceRow.scope == key.scope,
            SpendBalanceRow.scope_key == key.scope_key,
            SpendBalanceRow.period == key.period,
            SpendBalanceRow.starts_on >= key.starts_on,
        )
        .values(
            hard_microusd=hard_microusd,
            soft_microusd=soft_microusd,
            warned_at=case((stays, SpendBalanceRow.warned_at), else_=None),
        )
        .execution_options(synchronize_session=False)
    )
    return await repository.warn(session, [key], at=at)


def key_of(row: BudgetRow, on: date) -> BalanceKey:
    """Return the balance that a budget holds on a day."""
    whole = BalanceKey.model_validate(
        {"scope": row.scope, "scope_key": row.scope_key, "period": row.period, "starts_on": on}
    )
    return whole.model_copy(update={"starts_on": rules.period_start(whole.period, on)})

"""Budgets: what may be spent in the workspace, by a client, in a campaign, by a job."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.errors import Conflict, NotAllowed, NotFound
from gauntlet.core.paging import Page
from gauntlet.db.models.costs import BudgetRow, SpendBalanceRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients.access import require_role
from gauntlet.domain.clients.schemas import MemberRole
from gauntlet.domain.costs import limits, rules
from gauntlet.domain.costs.passed import Passed, tell_passed
from gauntlet.domain.costs.schemas import BalanceKey, Budget, BudgetDraft, BudgetPatch, BudgetScope

_NEEDED: Final[dict[str, MemberRole]] = {"client": "owner", "campaign": "editor", "job": "editor"}


class BudgetService:
    """What people do with budgets.

    The workspace's are administrators' alone, a client's its owners' to change, those of its campaigns and jobs its
    editors'. One that is not theirs to see is `NotFound`; one that they may only look at, `NotAllowed`.
    """

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(self, principal: Principal, draft: BudgetDraft) -> Budget:
        """Make a budget; raises `Conflict` where there is one of that scope and period."""
        return await self._put(principal, draft, may_replace=False)

    async def put(self, principal: Principal, draft: BudgetDraft) -> Budget:
        """Make a budget, or give the one of that scope and period these limits."""
        return await self._put(principal, draft, may_replace=True)

    async def list(
        self,
        principal: Principal,
        *,
        page: Page,
        scope: BudgetScope | None = None,
        client_id: UUID | None = None,
    ) -> tuple[list[Budget], int]:
        """Return a page of the budgets that the caller may see, newest first, and how many there are."""
        async with self._database.read() as session:
            if client_id is not None:
                await require_role(session, principal, client_id, minimum="viewer")
            rows, total = await limits.list_budgets(session, principal, page=page, scope=scope, client_id=client_id)
            return await _views(session, rows, on=self._today()), total

    async def get(self, principal: Principal, budget_id: int) -> Budget:
        """Return a budget."""
        async with self._database.read() as session:
            row = await _existing(session, principal, budget_id)
            return (await _views(session, [row], on=self._today()))[0]

    async def update(self, principal: Principal, budget_id: int, patch: BudgetPatch) -> Budget:
        """Change the limits that the patch holds."""
        async with self._database.transaction() as session:
            row = await _existing(session, principal, budget_id, for_update=True)
            await _require_scope(session, principal, row.scope, row.client_id)
            changed = patch.model_fields_set
            hard = patch.hard_microusd if "hard_microusd" in changed else row.hard_microusd
            soft = patch.soft_microusd if "soft_microusd" in changed else row.soft_microusd
            rules.check_limits(hard_microusd=hard, soft_microusd=soft)
            budget, passed = await self._limit(session, row, hard_microusd=hard, soft_microusd=soft)
        tell_passed(passed)
        return budget

    async def delete(self, principal: Principal, budget_id: int) -> None:
        """Take a budget away; what was spent stays counted."""
        async with self._database.transaction() as session:
            row = await _existing(session, principal, budget_id, for_update=True)
            await _require_scope(session, principal, row.scope, row.client_id)
            key = limits.key_of(row, self._today())
            await session.delete(row)
            await session.flush()
            await limits.hold(session, key, hard_microusd=None, soft_microusd=None, at=self._clock.now())

    async def _put(self, principal: Principal, draft: BudgetDraft, *, may_replace: bool) -> Budget:
        rules.check_target(draft)
        rules.check_limits(hard_microusd=draft.hard_microusd, soft_microusd=draft.soft_microusd)
        async with self._database.transaction() as session:
            scope_key, client_id = await _target(session, principal, draft)
            await _require_scope(session, principal, draft.scope, client_id)
            row = await limits.insert_budget(
                session,
                draft,
                scope_key=scope_key,
                client_id=client_id,
                user_id=principal.user_id,
                at=self._clock.now(),
            )
            if row is None:
                row = await limits.lock_budget_of(session, draft, scope_key=scope_key)
                if row is None or not may_replace:
                    raise _there_is_one(draft, row)
            budget, passed = await self._limit(
                session, row, hard_microusd=draft.hard_microusd, soft_microusd=draft.soft_microusd
            )
        tell_passed(passed)
        return budget

    async def _limit(
        self, session: AsyncSession, row: BudgetRow, *, hard_microusd: int | None, soft_microusd: int | None
    ) -> tuple[Budget, Sequence[Passed]]:
        now = self._clock.now()
        row.hard_microusd, row.soft_microusd, row.updated_at = hard_microusd, soft_microusd, now
        await session.flush()
        key = limits.key_of(row, now.date())
        passed = await limits.hold(session, key, hard_microusd=hard_microusd, soft_microusd=soft_microusd, at=now)
        return (await _views(session, [row], on=now.date()))[0], passed

    def _today(self) -> date:
        return self._clock.now().date()


async def _target(session: AsyncSession, principal: Principal, draft: BudgetDraft) -> tuple[str, UUID | None]:
    """Return the key of a draft's scope, and whose it is; `NotFound` for what the caller does not reach."""
    if draft.campaign_id is not None:
        client_id = await limits.client_of_campaign(session, principal, draft.campaign_id)
        return str(draft.campaign_id), _found(client_id, "campaign", draft.campaign_id)
    if draft.job_id is not None:
        client_id = await limits.client_of_job(session, principal, draft.job_id)
        return str(draft.job_id), _found(client_id, "job", draft.job_id)
    return rules.WORKSPACE_KEY if draft.client_id is None else str(draft.client_id), draft.client_id


def _found(client_id: UUID | None, kind: str, wanted: UUID | int) -> UUID:
    if client_id is None:
        raise NotFound(
            f"There is no {kind} {wanted}.",
            next_step=f"List those that you reach with GET /api/v2/{kind}s.",
            details={f"{kind}Id": str(wanted)},
        )
    return client_id


async def _require_scope(session: AsyncSession, principal: Principal, scope: str, client_id: UUID | None) -> None:
    """Raise where the caller may not set budgets of a scope."""
    if client_id is not None:
        await require_role(session, principal, client_id, minimum=_NEEDED[scope])
    elif not principal.is_admin:
        raise NotAllowed(
            "Budgets of the workspace are set by administrators.", next_step="Ask one, or set your client's."
        )


async def _existing(
    session: AsyncSession, principal: Principal, budget_id: int, *, for_update: bool = False
) -> BudgetRow:
    row = await limits.find_budget(session, principal, budget_id, for_update=for_update)
    if row is None:
        raise NotFound(
            f"There is no budget {budget_id}.",
            next_step="List those that you may see with GET /api/v2/budgets.",
            details={"budgetId": budget_id},
        )
    return row


def _there_is_one(draft: BudgetDraft, row: BudgetRow | None) -> Conflict:
    return Conflict(
        f"There is a budget of this {draft.scope} for the {draft.period} already.",
        next_step="Change it with PATCH /api/v2/budgets/{id}.",
        details={"budgetId": row.id if row else None},
    )


async def _views(session: AsyncSession, rows: list[BudgetRow], *, on: date) -> list[Budget]:
    keys = {row.id: limits.key_of(row, on) for row in rows}
    balances = await limits.balances_of(session, list(keys.values()))
    names = await limits.names_of(session, rows)
    return [_view(row, keys[row.id], balances.get(keys[row.id]), name=names.get(row.scope_key)) for row in rows]


def _view(row: BudgetRow, key: BalanceKey, balance: SpendBalanceRow | None, *, name: str | None) -> Budget:
    spent, reserved = (balance.spent_microusd, balance.reserved_microusd) if balance else (0, 0)
    hard, soft = row.hard_microusd, row.soft_microusd
    ends_on = rules.period_end(key.period, key.starts_on)
    return Budget(
        id=row.id,
        scope=key.scope,
        client_id=row.client_id,
        campaign_id=UUID(row.scope_key) if key.scope == "campaign" else None,
        job_id=int(row.scope_key) if key.scope == "job" else None,
        name=name,
        period=key.period,
        hard_microusd=hard,
        soft_microusd=soft,
        spent_microusd=spent,
        reserved_microusd=reserved,
        left_microusd=None if hard is None else hard - spent - reserved,
        percentage=rules.percentage_used(spent + reserved, hard_microusd=hard, soft_microusd=soft),
        starts_on=key.starts_on if ends_on else None,
        ends_on=ends_on,
        warned_at=balance.warned_at if balance else None,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )

"""Budgets."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from gauntlet.api.dependencies import Caller, IntegerId, Services
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.domain.costs.schemas import Budget, BudgetDraft, BudgetPatch, BudgetScope

router = APIRouter(prefix="/budgets", tags=["costs"])


@router.get("", responses=problems(404))
async def list_budgets(
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    page: PageQuery,
    scope: Annotated[BudgetScope | None, Query(description="Only those of this scope.")] = None,
    client_id: Annotated[UUID | None, Query(alias="clientId", description="Only those of this client.")] = None,
) -> list[Budget]:
    """List the budgets that the caller may see, newest first, with what is used of each."""
    budgets, total = await services.budgets.list(caller, page=page, scope=scope, client_id=client_id)
    tell_page(request, response, page=page, total=total)
    return budgets


@router.post("", status_code=201, responses=problems(403, 404, 409))
async def create_budget(draft: BudgetDraft, caller: Caller, services: Services) -> Budget:
    """Limit spending: of the workspace (administrators), a client (its owners), a campaign or job (editors)."""
    return await services.budgets.create(caller, draft)


@router.get("/{budget_id}")
async def get_budget(budget_id: IntegerId, caller: Caller, services: Services) -> Budget:
    """Return a budget with what is used of it."""
    return await services.budgets.get(caller, budget_id)


@router.patch("/{budget_id}", responses=problems(403))
async def update_budget(budget_id: IntegerId, patch: BudgetPatch, caller: Caller, services: Services) -> Budget:
    """Change a budget's limits; what is absent stays as it is, null takes a limit away."""
    return await services.budgets.update(caller, budget_id, patch)


@router.delete("/{budget_id}", status_code=204, responses=problems(403))
async def delete_budget(budget_id: IntegerId, caller: Caller, services: Services) -> None:
    """Take a budget away; what was spent stays counted."""
    await services.budgets.delete(caller, budget_id)

"""Accounts, as administrators manage them."""

from fastapi import APIRouter, Request, Response

from gauntlet.api.dependencies import Administrator, Services, UserIdPath
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.domain.accounts.schemas import User, UserDraft, UserPatch

router = APIRouter(prefix="/users", tags=["users"])


@router.get("", responses=problems(403))
async def list_users(
    request: Request, response: Response, _caller: Administrator, services: Services, page: PageQuery
) -> list[User]:
    """List all accounts, newest first."""
    users, total = await services.accounts.list_users(page=page)
    tell_page(request, response, page=page, total=total)
    return users


@router.post("", status_code=201, responses=problems(403, 409))
async def create_user(draft: UserDraft, _caller: Administrator, services: Services) -> User:
    """Make an account."""
    return await services.accounts.create_user(
        draft.email, draft.password.get_secret_value(), role=draft.role, name=draft.name
    )


@router.get("/{user_id}", responses=problems(403))
async def get_user(user_id: UserIdPath, _caller: Administrator, services: Services) -> User:
    """Return an account."""
    return await services.accounts.get_user(user_id)


@router.patch("/{user_id}", responses=problems(403, 409))
async def update_user(user_id: UserIdPath, patch: UserPatch, _caller: Administrator, services: Services) -> User:
    """Change an account: name, role, password, disabled or not."""
    return await services.accounts.update_user(user_id, patch)

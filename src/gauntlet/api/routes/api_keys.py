"""The caller's own API keys."""

from fastapi import APIRouter, Request, Response

from gauntlet.api.dependencies import Caller, IntegerId, Services
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.domain.accounts.schemas import ApiKey, ApiKeyDraft, IssuedApiKey

router = APIRouter(prefix="/api-keys", tags=["API keys"])


@router.get("")
async def list_api_keys(
    request: Request, response: Response, caller: Caller, services: Services, page: PageQuery
) -> list[ApiKey]:
    """List one's keys, newest first, without the keys themselves."""
    keys, total = await services.accounts.list_keys(caller.user_id, page=page)
    tell_page(request, response, page=page, total=total)
    return keys


@router.post("", status_code=201, responses=problems(403))
async def create_api_key(draft: ApiKeyDraft, caller: Caller, services: Services) -> IssuedApiKey:
    """Make a key. It is shown in this answer and never again."""
    return await services.accounts.create_key(caller.user_id, draft.name)


@router.delete("/{key_id}", status_code=204, responses=problems(403))
async def revoke_api_key(key_id: IntegerId, caller: Caller, services: Services) -> None:
    """Make a key useless from now on."""
    await services.accounts.revoke_key(caller.user_id, key_id)

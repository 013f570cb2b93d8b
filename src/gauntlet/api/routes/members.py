"""The users who reach a client."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from gauntlet.api.dependencies import Caller, Services, UserIdPath
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.domain.clients.schemas import Member, MemberDraft, MemberPatch

router = APIRouter(prefix="/clients/{client_id}/members", tags=["members"])


@router.get("")
async def list_members(
    client_id: UUID, request: Request, response: Response, caller: Caller, services: Services, page: PageQuery
) -> list[Member]:
    """List a client's members by their addresses."""
    members, total = await services.clients.members.list(caller, client_id, page=page)
    tell_page(request, response, page=page, total=total)
    return members


@router.post("", status_code=201, responses=problems(403, 409))
async def add_member(client_id: UUID, draft: MemberDraft, caller: Caller, services: Services) -> Member:
    """Let a user reach a client."""
    return await services.clients.members.add(caller, client_id, draft)


@router.patch("/{user_id}", responses=problems(403, 409))
async def change_member(
    client_id: UUID, user_id: UserIdPath, patch: MemberPatch, caller: Caller, services: Services
) -> Member:
    """Give a member another role."""
    return await services.clients.members.change(caller, client_id, user_id, role=patch.role)


@router.delete("/{user_id}", status_code=204, responses=problems(403, 409))
async def remove_member(client_id: UUID, user_id: UserIdPath, caller: Caller, services: Services) -> None:
    """End a membership; one's own too, unless one is the last owner."""
    await services.clients.members.remove(caller, client_id, user_id)

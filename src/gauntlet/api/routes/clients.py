"""Clients."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.etag import CONDITIONAL, not_modified
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.domain.clients.schemas import Client, ClientDraft, ClientPatch, ClientStats

router = APIRouter(prefix="/clients", tags=["clients"])


@router.get("")
async def list_clients(
    request: Request, response: Response, caller: Caller, services: Services, page: PageQuery
) -> list[Client]:
    """List the clients that the caller reaches, newest first."""
    clients, total = await services.clients.list(caller, page=page)
    tell_page(request, response, page=page, total=total)
    return clients


@router.post("", status_code=201, responses=problems(403))
async def create_client(draft: ClientDraft, caller: Caller, services: Services) -> Client:
    """Make a client; the caller becomes its owner."""
    return await services.clients.create(caller, draft)


@router.get("/{client_id}", response_model=Client, responses=CONDITIONAL)
async def get_client(
    client_id: UUID, request: Request, response: Response, caller: Caller, services: Services
) -> Client | Response:
    """Return a client."""
    client = await services.clients.get(caller, client_id)
    return not_modified(request, response, client) or client


@router.patch("/{client_id}", responses=problems(403))
async def update_client(client_id: UUID, patch: ClientPatch, caller: Caller, services: Services) -> Client:
    """Change a client; what is absent stays as it is."""
    return await services.clients.update(caller, client_id, patch)


@router.delete("/{client_id}", status_code=204, responses=problems(403, 409))
async def delete_client(client_id: UUID, caller: Caller, services: Services) -> None:
    """Remove a client with its campaigns, assets, briefs and jobs. Not while one of its jobs is running."""
    await services.clients.delete(caller, client_id)


@router.get("/{client_id}/stats")
async def get_client_stats(client_id: UUID, caller: Caller, services: Services) -> ClientStats:
    """Return what a client has, and what its jobs cost."""
    return await services.clients.stats(caller, client_id)

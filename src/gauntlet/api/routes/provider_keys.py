"""Clients' own keys of hosted services."""

from uuid import UUID

from fastapi import APIRouter

from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.openapi import problems
from gauntlet.core.generation import KeyedProvider
from gauntlet.domain.clients.schemas import ProviderKey, ProviderKeyDraft

router = APIRouter(prefix="/clients/{client_id}/provider-keys", tags=["clients"])


@router.get("", responses=problems(403))
async def list_provider_keys(client_id: UUID, caller: Caller, services: Services) -> list[ProviderKey]:
    """Tell for each hosted service whose key a client's work is done with; never a key itself."""
    return await services.keys.list(caller, client_id)


@router.put("/{provider}", responses=problems(403))
async def set_provider_key(
    client_id: UUID, provider: KeyedProvider, draft: ProviderKeyDraft, caller: Caller, services: Services
) -> ProviderKey:
    """Keep a client's own key of a service, encrypted, in the place of an earlier one."""
    return await services.keys.set(caller, client_id, provider, draft)


@router.delete("/{provider}", status_code=204, responses=problems(403))
async def remove_provider_key(client_id: UUID, provider: KeyedProvider, caller: Caller, services: Services) -> None:
    """Forget a client's own key; its work is then done with the workspace's, where there is one."""
    await services.keys.remove(caller, client_id, provider)

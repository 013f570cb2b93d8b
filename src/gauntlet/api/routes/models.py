"""Models: the built-in ones and those of hosted services, with their inputs and their prices."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.core.generation import ModelKind
from gauntlet.workflows.catalogue import Model

router = APIRouter(prefix="/models", tags=["models"])

NOTE_HEADER: Final = "X-Gauntlet-Note"
_NAME: Final = r"^[a-z0-9][a-z0-9._-]{0,99}$"


async def _client(
    caller: Caller,
    services: Services,
    client_id: Annotated[
        UUID | None, Query(alias="clientId", description="As this client's key shows them; else the workspace's.")
    ] = None,
) -> UUID | None:
    if client_id is not None:
        await services.clients.get(caller, client_id)
    return client_id


ForClient = Annotated[UUID | None, Depends(_client)]
OwnerPath = Annotated[str, Path(pattern=_NAME)]
NamePath = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9._-]{0,99}(:[0-9a-f]{64})?$")]


_NOTED: Final = {
    200: {"headers": {NOTE_HEADER: {"description": "Why some are missing, if any are.", "schema": {"type": "string"}}}}
}


@router.get("", responses=problems(404) | _NOTED)
async def list_models(
    request: Request,
    response: Response,
    services: Services,
    client_id: ForClient,
    page: PageQuery,
    kind: Annotated[ModelKind | None, Query(description="Only those of this kind.")] = None,
) -> list[Model]:
    """List the models to choose from, the built-in ones first.

    Where a service's own are missing (there is no key, or it does not answer), `X-Gauntlet-Note` tells why.
    """
    listing = await services.catalogue.list(kind=kind, client_id=client_id)
    tell_page(request, response, page=page, total=len(listing.models))
    if listing.note is not None:
        response.headers[NOTE_HEADER] = listing.note.encode("ascii", "replace").decode()
    return list(listing.models[page.offset : page.offset + page.limit])


@router.get("/{owner}/{name}", responses=problems(404, 409, 502, 503))
async def get_model(services: Services, client_id: ForClient, owner: OwnerPath, name: NamePath) -> Model:
    """Return a model with the JSON Schema of its inputs; `name:version` for a certain version."""
    return await services.catalogue.get(f"{owner}/{name}", client_id=client_id)

"""Assets that the server fetches itself."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.openapi import problems
from gauntlet.core.schema import Schema
from gauntlet.domain.assets.schemas import NAME_MAX_CHARACTERS, TAG_MAX_CHARACTERS, TAGS_MAX, Asset, AssetDraft

router = APIRouter(tags=["assets"])


class RemoteAssetRequest(Schema):
    """A file on the web, and what is said of it."""

    url: str = Field(
        description="An http(s) address on the public internet, without credentials; at most five redirects are"
        " followed. Networks of the house's own are reached only as configured."
    )
    client_id: UUID
    campaign_id: UUID | None = Field(default=None, description="A campaign of that client.")
    name: str | None = Field(
        default=None,
        description=f"1 to {NAME_MAX_CHARACTERS} characters; else the one that the server there gives, or that ends"
        " the address.",
    )
    tags: tuple[str, ...] = Field(
        default=(), description=f"At most {TAGS_MAX} of at most {TAG_MAX_CHARACTERS} characters each."
    )


@router.post("/assets/from-url", status_code=201, responses=problems(403, 404, 415, 429, 502, 503))
async def fetch_asset(wanted: RemoteAssetRequest, caller: Caller, services: Services) -> Asset:
    """Fetch a file from a web address and keep it, with the same limits as an upload; answers when it is there.

    422 with an address that nothing is fetched from, or with what the server there refuses (`provider_rejected`); 503
    where it does not answer in time, 502 where it answers with no file.
    """
    draft = AssetDraft(client_id=wanted.client_id, campaign_id=wanted.campaign_id, name=wanted.name, tags=wanted.tags)
    return await services.remote_uploads.fetch(caller, draft, wanted.url)

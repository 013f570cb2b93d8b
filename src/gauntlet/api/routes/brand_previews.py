"""A brand as it will look: scenes drawn in guidelines that need not be kept, and the typefaces to choose from."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Response

from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.ranges import CONTENT_SECURITY_POLICY, file_responses
from gauntlet.core.creative.brand import BrandGuidelines
from gauntlet.core.creative.typefaces import FontSample
from gauntlet.workflows.brand_previews import BrandLook, BrandTrial

router = APIRouter(tags=["clients"])

_JPEG: Final = "image/jpeg"
_PICTURE: Final[dict[int | str, dict[str, Any]]] = {200: file_responses(_JPEG)[200]}


@router.get("/fonts")
async def list_fonts(services: Services) -> tuple[FontSample, ...]:
    """List the families that a brand can name, each with its name and a line of text as shapes."""
    return await services.brand_previews.fonts()


@router.post("/clients/{client_id}/brand-look")
async def try_brand(client_id: UUID, guidelines: BrandGuidelines, caller: Caller, services: Services) -> BrandLook:
    """Return the colours and families that an ad of these guidelines would be made in; nothing is kept."""
    return await services.brand_previews.look(caller, client_id, guidelines)


@router.post("/clients/{client_id}/brand-preview", response_class=Response, responses=_PICTURE)
async def draw_brand(client_id: UUID, trial: BrandTrial, caller: Caller, services: Services) -> Response:
    """Return a scene of an ad in these guidelines, drawn as the film would be; nothing is kept."""
    picture = await services.brand_previews.draw(caller, client_id, trial)
    headers = {"content-security-policy": CONTENT_SECURITY_POLICY, "x-content-type-options": "nosniff"}
    return Response(picture, headers=headers, media_type=_JPEG)

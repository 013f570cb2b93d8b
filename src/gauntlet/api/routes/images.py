"""Generated images: ordered from a model, looked at, kept as assets."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from gauntlet.api.dependencies import Caller, IntegerId, Services
from gauntlet.api.etag import CONDITIONAL, not_modified
from gauntlet.api.generated import MediaFilterQuery, medium_file
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.api.ranges import file_responses
from gauntlet.domain.assets.schemas import Asset
from gauntlet.domain.generations.schemas import (
    AssetWish,
    GeneratedMedium,
    GenerationEstimate,
    GenerationRequest,
)

router = APIRouter(prefix="/images", tags=["images"])
older_router = APIRouter(prefix="/images", tags=["images"])

DownloadQuery = Annotated[bool, Query(description="To be saved.")]


@router.post("", status_code=202, responses=problems(403, 404, 409, 415, 502, 503))
async def create_image(request: GenerationRequest, caller: Caller, services: Services) -> GeneratedMedium:
    """Order an image from a model; its inputs are checked against the model's schema before anything is sent."""
    return await services.media.order(caller, "image", request)


@router.post("/estimate", responses=problems(403, 404, 409, 502, 503))
async def estimate_image(request: GenerationRequest, caller: Caller, services: Services) -> GenerationEstimate:
    """Tell what an order would probably cost; refuses what ordering it would refuse, and orders nothing."""
    return GenerationEstimate(amount_microusd=await services.media.estimate(caller, "image", request))


@router.get("", responses=problems(404))
async def list_images(
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    page: PageQuery,
    wanted: MediaFilterQuery,
) -> list[GeneratedMedium]:
    """List the generated images that the caller reaches, newest first."""
    images, total = await services.generations.list(caller, query=wanted.query("image"), page=page)
    tell_page(request, response, page=page, total=total)
    return images


@router.get("/{image_id}", response_model=GeneratedMedium, responses=CONDITIONAL)
async def get_image(
    image_id: IntegerId, request: Request, response: Response, caller: Caller, services: Services
) -> GeneratedMedium | Response:
    """Return a generated image; poll it with `If-None-Match`."""
    image = await services.generations.get(caller, "image", image_id)
    return not_modified(request, response, image) or image


@router.head("/{image_id}/data", include_in_schema=False)
@router.get(
    "/{image_id}/data",
    response_class=Response,
    responses=file_responses("image/png", "image/jpeg", "image/webp", "image/gif", "image/svg+xml"),
)
async def get_image_data(
    image_id: IntegerId, request: Request, caller: Caller, services: Services, download: DownloadQuery = False
) -> Response:
    """Return an image's bytes, whole or in part (`Range`)."""
    return await medium_file(
        request, caller, services, type_="image", generation_id=image_id, kind="data", download=download
    )


@router.head("/{image_id}/thumbnail", include_in_schema=False)
@router.get("/{image_id}/thumbnail", response_class=Response, responses=file_responses("image/webp"))
async def get_image_thumbnail(image_id: IntegerId, request: Request, caller: Caller, services: Services) -> Response:
    """Return a small picture of an image, at most 480 pixels on either side."""
    return await medium_file(request, caller, services, type_="image", generation_id=image_id, kind="thumbnail")


@router.post("/{image_id}/retry", status_code=202, responses=problems(403, 409))
async def retry_image(image_id: IntegerId, caller: Caller, services: Services) -> GeneratedMedium:
    """Try again what failed or is paused; what the service still has is fetched, anything else is paid for anew."""
    return await services.media.retry(caller, "image", image_id)


@router.post("/{image_id}/cancel", responses=problems(403))
async def cancel_image(image_id: IntegerId, caller: Caller, services: Services) -> GeneratedMedium:
    """End an order, here and at the service; what it costs all the same is booked. One that has ended stays so."""
    return await services.media.cancel(caller, "image", image_id)


@router.post("/{image_id}/asset", status_code=201, responses=problems(403, 413))
async def keep_image(image_id: IntegerId, caller: Caller, services: Services, wish: AssetWish | None = None) -> Asset:
    """Keep an image in its client's library, as an asset."""
    return await services.media.keep(caller, "image", image_id, wish or AssetWish())


@router.delete("/{image_id}", status_code=204, responses=problems(403, 409))
async def delete_image(image_id: IntegerId, caller: Caller, services: Services) -> None:
    """Delete an image and its bytes, unless an ad shows them; what it cost stays in the books."""
    await services.generations.delete(caller, "image", image_id)


@older_router.head("/{image_id}/data", include_in_schema=False)
@older_router.get("/{image_id}/data", include_in_schema=False)
async def get_image_data_by_older_name(image_id: IntegerId) -> RedirectResponse:
    """Go to `/api/v2/images/{id}/data`."""
    return RedirectResponse(f"/api/v2/images/{image_id}/data", status_code=308)

"""Generated videos: ordered from a model, looked at, kept as assets."""

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

router = APIRouter(prefix="/videos", tags=["videos"])
older_router = APIRouter(prefix="/videos", tags=["videos"])

DownloadQuery = Annotated[bool, Query(description="To be saved.")]


@router.post("", status_code=202, responses=problems(403, 404, 409, 415, 502, 503))
async def create_video(request: GenerationRequest, caller: Caller, services: Services) -> GeneratedMedium:
    """Order a video from a model; its inputs are checked against the model's schema before anything is sent."""
    return await services.media.order(caller, "video", request)


@router.post("/estimate", responses=problems(403, 404, 409, 502, 503))
async def estimate_video(request: GenerationRequest, caller: Caller, services: Services) -> GenerationEstimate:
    """Tell what an order would probably cost; refuses what ordering it would refuse, and orders nothing."""
    return GenerationEstimate(amount_microusd=await services.media.estimate(caller, "video", request))


@router.get("", responses=problems(404))
async def list_videos(
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    page: PageQuery,
    wanted: MediaFilterQuery,
) -> list[GeneratedMedium]:
    """List the generated videos that the caller reaches, newest first."""
    videos, total = await services.generations.list(caller, query=wanted.query("video"), page=page)
    tell_page(request, response, page=page, total=total)
    return videos


@router.get("/{video_id}", response_model=GeneratedMedium, responses=CONDITIONAL)
async def get_generated_video(
    video_id: IntegerId, request: Request, response: Response, caller: Caller, services: Services
) -> GeneratedMedium | Response:
    """Return a generated video; poll it with `If-None-Match`."""
    video = await services.generations.get(caller, "video", video_id)
    return not_modified(request, response, video) or video


@router.head("/{video_id}/data", include_in_schema=False)
@router.get(
    "/{video_id}/data",
    response_class=Response,
    responses=file_responses("video/mp4", "video/webm", "video/quicktime", "video/x-msvideo", "video/x-matroska"),
)
async def get_video_data(
    video_id: IntegerId, request: Request, caller: Caller, services: Services, download: DownloadQuery = False
) -> Response:
    """Return a video's bytes, whole or in part (`Range`)."""
    return await medium_file(
        request, caller, services, type_="video", generation_id=video_id, kind="data", download=download
    )


@router.head("/{video_id}/thumbnail", include_in_schema=False)
@router.get("/{video_id}/thumbnail", response_class=Response, responses=file_responses("image/webp"))
async def get_video_thumbnail(video_id: IntegerId, request: Request, caller: Caller, services: Services) -> Response:
    """Return a small picture of a video, at most 480 pixels on either side."""
    return await medium_file(request, caller, services, type_="video", generation_id=video_id, kind="thumbnail")


@router.post("/{video_id}/retry", status_code=202, responses=problems(403, 409))
async def retry_video(video_id: IntegerId, caller: Caller, services: Services) -> GeneratedMedium:
    """Try again what failed or is paused; what the service still has is fetched, anything else is paid for anew."""
    return await services.media.retry(caller, "video", video_id)


@router.post("/{video_id}/cancel", responses=problems(403))
async def cancel_video(video_id: IntegerId, caller: Caller, services: Services) -> GeneratedMedium:
    """End an order, here and at the service; what it costs all the same is booked. One that has ended stays so."""
    return await services.media.cancel(caller, "video", video_id)


@router.post("/{video_id}/asset", status_code=201, responses=problems(403, 413))
async def keep_video(video_id: IntegerId, caller: Caller, services: Services, wish: AssetWish | None = None) -> Asset:
    """Keep a video in its client's library, as an asset."""
    return await services.media.keep(caller, "video", video_id, wish or AssetWish())


@router.delete("/{video_id}", status_code=204, responses=problems(403, 409))
async def delete_video(video_id: IntegerId, caller: Caller, services: Services) -> None:
    """Delete a video and its bytes, unless an ad shows them; what it cost stays in the books."""
    await services.generations.delete(caller, "video", video_id)


@older_router.head("/{video_id}/data", include_in_schema=False)
@older_router.get("/{video_id}/data", include_in_schema=False)
async def get_video_data_by_older_name(video_id: IntegerId) -> RedirectResponse:
    """Go to `/api/v2/videos/{id}/data`."""
    return RedirectResponse(f"/api/v2/videos/{video_id}/data", status_code=308)

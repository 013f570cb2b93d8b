"""The ad's desk: a film as data, edits by hand, and looks at it before it is rendered."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Path, Query, Request, Response

from gauntlet.api.dependencies import Caller, IntegerId, Services
from gauntlet.api.etag import CONDITIONAL, matches, not_modified
from gauntlet.api.openapi import problems
from gauntlet.api.ranges import CONTENT_SECURITY_POLICY, Sent, blob_response, file_responses
from gauntlet.core.creative.formats import DURATION_MAX_S, FPS, SCENES_MAX
from gauntlet.domain.jobs.downloads import PreflightView
from gauntlet.domain.jobs.edits import FrameOfEdits, TriedEdits
from gauntlet.domain.jobs.film_views import FilmTimeline
from gauntlet.domain.jobs.schemas import JobDetail
from gauntlet.storage.base import BlobFacts
from gauntlet.workflows.previews import PreviewFrame

router = APIRouter(prefix="/jobs", tags=["jobs"])

_WIDTH_MIN: Final = 64
_WIDTH_MAX: Final = 720
_JPEG: Final = "image/jpeg"
_MP4: Final = "video/mp4"

VersionPath = Annotated[int, Path(ge=1, le=2**31 - 1)]
ScenePath = Annotated[int, Path(ge=1, le=SCENES_MAX)]
SceneQuery = Annotated[int | None, Query(ge=1, le=SCENES_MAX, description="That scene alone, without sound.")]
FrameQuery = Annotated[int, Query(ge=0, lt=DURATION_MAX_S * FPS, description="Of the film, from 0.")]
WidthQuery = Annotated[int, Query(ge=_WIDTH_MIN, le=_WIDTH_MAX, description="Pixels; the height follows.")]
FilmWidthQuery = Annotated[
    int, Query(ge=_WIDTH_MIN, le=_WIDTH_MAX, multiple_of=2, description="Pixels; the height follows.")
]
_FRAME: Final[dict[int | str, dict[str, Any]]] = {
    status: response for status, response in file_responses(_JPEG).items() if status in (200, 304)
}


@router.get("/{job_id}/timeline", response_model=FilmTimeline, responses=CONDITIONAL)
async def get_timeline(
    job_id: IntegerId,
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="The present one where absent.")] = None,
) -> FilmTimeline | Response:
    """Return the film of a storyboard version as data, in whole frames: pictures, type, captions, sound."""
    timeline = await services.previews.timeline(caller, job_id, version=version)
    return not_modified(request, response, timeline) or timeline


@router.post("/{job_id}/edit", status_code=202, responses=problems(403, 409))
async def edit_job(
    job_id: IntegerId,
    asked: TriedEdits,
    caller: Caller,
    services: Services,
    idempotency_key: Annotated[
        str | None,
        Header(min_length=1, max_length=200, description="The same key makes the same edits once."),
    ] = None,
) -> JobDetail:
    """Make edits by hand, all or none: one new storyboard version; an approval of the old one is void."""
    return await services.desk.edit(caller, job_id, asked, idempotency_key=idempotency_key)


@router.post("/{job_id}/timeline/preview", responses=problems(409))
async def try_edits(job_id: IntegerId, asked: TriedEdits, caller: Caller, services: Services) -> FilmTimeline:
    """Return the film that edits would make of the present storyboard; nothing is kept, ordered or spent."""
    return await services.previews.tried_timeline(caller, job_id, asked)


@router.post("/{job_id}/preview-frame", response_class=Response, responses={**_FRAME, **problems(409)})
async def try_edits_as_frame(
    job_id: IntegerId, asked: FrameOfEdits, request: Request, caller: Caller, services: Services
) -> Response:
    """Return a frame of the film that edits would make of the present storyboard; nothing is kept."""
    return await _drawn(request, await services.previews.tried_frame(caller, job_id, asked))


@router.head("/{job_id}/storyboard/{version}/preview", include_in_schema=False)
@router.get("/{job_id}/storyboard/{version}/preview", response_class=Response, responses=_FRAME)
async def get_preview_frame(
    job_id: IntegerId,
    version: VersionPath,
    request: Request,
    caller: Caller,
    services: Services,
    frame: FrameQuery = 0,
    width: WidthQuery = 360,
) -> Response:
    """Return a frame of a storyboard version's film, drawn as the film will be."""
    return await _drawn(
        request, await services.previews.frame(caller, job_id, version=version, frame=frame, width=width)
    )


@router.head("/{job_id}/storyboard/{version}/preview.mp4", include_in_schema=False)
@router.get("/{job_id}/storyboard/{version}/preview.mp4", response_class=Response, responses=file_responses(_MP4))
async def get_preview_film(
    job_id: IntegerId,
    version: VersionPath,
    request: Request,
    caller: Caller,
    services: Services,
    width: FilmWidthQuery = 360,
    scene: SceneQuery = None,
) -> Response:
    """Return a small film of a storyboard version, whole or in ranges; the first to ask waits until it is made."""
    film = await services.previews.film(caller, job_id, version=version, width=width, scene=scene)
    part = "" if scene is None else f"-scene-{scene}"
    return _played(request, services, film, name=f"preview-{job_id}-version-{version}{part}.mp4")


@router.head("/{job_id}/shots/{scene}/video", include_in_schema=False)
@router.get("/{job_id}/shots/{scene}/video", response_class=Response, responses=file_responses(_MP4))
async def get_rendered_shot(
    job_id: IntegerId, scene: ScenePath, request: Request, caller: Caller, services: Services
) -> Response:
    """Return a finished shot of the film, without sound, also while others are still rendered."""
    shot = await services.previews.shot(caller, job_id, scene)
    return _played(request, services, shot, name=f"ad-{job_id}-scene-{scene}.mp4")


@router.get("/{job_id}/preflight")
async def get_preflight(job_id: IntegerId, caller: Caller, services: Services) -> PreflightView:
    """Return what a program can see of the ad before delivery: of the storyboard, and of the film once it is there."""
    return await services.previews.preflight(caller, job_id)


async def _drawn(request: Request, frame: PreviewFrame) -> Response:
    """Return the frame, or 304 where the caller has it: then nothing is drawn."""
    etag = f'"{frame.fingerprint}"'
    headers = {
        "etag": etag,
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "x-content-type-options": "nosniff",
    }
    if matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(await frame.draw(), headers=headers, media_type=_JPEG)


def _played(request: Request, services: Services, film: BlobFacts, *, name: str) -> Response:
    sent = Sent(digest=film.digest, size_bytes=film.size_bytes, media_type=_MP4, name=name)
    return blob_response(request, services.blobs, sent)

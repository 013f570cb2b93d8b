"""Jobs: from a prompt to a finished ad."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Header, Path, Query, Request, Response
from starlette.responses import StreamingResponse

from gauntlet.api.dependencies import Caller, IntegerId, Services
from gauntlet.api.etag import CONDITIONAL, not_modified
from gauntlet.api.events import job_event_stream
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.api.ranges import Disposition, Sent, blob_response, file_responses
from gauntlet.core.creative.formats import SCENES_MAX
from gauntlet.core.errors import NotFound
from gauntlet.core.ids import Digest
from gauntlet.domain.jobs.downloads import Download, DownloadKind, download
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import (
    ApprovalRequest,
    Estimate,
    Job,
    JobDetail,
    JobRequest,
    MusicModel,
    NewOrder,
    Refinement,
    Replacement,
    SceneModels,
    StoryboardVersion,
)

router = APIRouter(tags=["jobs"])

_EVENT_STREAM: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Server-sent events: `job.*`, `brief.ready`, `storyboard.*`, `frame.ready` and `shot.ready` with"
        " ids, `job.progress` without.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}

EventId = Annotated[int, Query(ge=0, alias="lastEventId", description="As the header, for clients that cannot set it.")]


@router.post("/generate", status_code=202, responses=problems(403, 404, 409))
async def generate(
    request: JobRequest,
    caller: Caller,
    services: Services,
    idempotency_key: Annotated[
        str | None,
        Header(min_length=1, max_length=200, description="The same key gives the same job, however often it is sent."),
    ] = None,
) -> JobDetail:
    """Submit a prompt: the brief is planned and the storyboard drawn; follow the job's events."""
    return await services.desk.submit(caller, request, idempotency_key=idempotency_key)


@router.post("/estimates", responses=problems(402, 403, 404, 409))
async def estimate(request: JobRequest, caller: Caller, services: Services) -> Estimate:
    """Estimate what `generate` with the same body would cost; nothing is stored and nothing spent."""
    return await services.desk.estimate(caller, request)


@router.get("/jobs", responses=problems(404))
async def list_jobs(
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    page: PageQuery,
    status: Annotated[JobStatus | None, Query(description="Only those in this state.")] = None,
    client_id: Annotated[UUID | None, Query(alias="clientId", description="Only those of this client.")] = None,
    campaign_id: Annotated[UUID | None, Query(alias="campaignId", description="Only those of this campaign.")] = None,
) -> list[Job]:
    """List the jobs that the caller reaches, newest first."""
    jobs, total = await services.jobs.list(
        caller, page=page, status=status, client_id=client_id, campaign_id=campaign_id
    )
    tell_page(request, response, page=page, total=total)
    return jobs


@router.get("/jobs/{job_id}", response_model=JobDetail, responses=CONDITIONAL)
async def get_job(
    job_id: IntegerId, request: Request, response: Response, caller: Caller, services: Services
) -> JobDetail | Response:
    """Return a job with its brief and storyboard; poll it with `If-None-Match`."""
    job = await services.jobs.get(caller, job_id)
    return not_modified(request, response, job) or job


@router.get("/jobs/{job_id}/events", response_class=StreamingResponse, responses=_EVENT_STREAM)
async def get_job_events(
    job_id: IntegerId,
    caller: Caller,
    services: Services,
    last_event_id: Annotated[int | None, Header(ge=0, description="Go on after this event.")] = None,
    after: EventId = 0,
) -> StreamingResponse:
    """Follow a job; the stream ends when the job is completed, failed or canceled."""
    # Asked before the stream begins, so that a job that is not the caller's is a 404 and not an empty stream.
    await services.jobs.get(caller, job_id)
    after_id = last_event_id if last_event_id is not None else after
    return StreamingResponse(
        job_event_stream(services.jobs, caller, job_id, after_id=after_id),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


@router.post("/jobs/{job_id}/refine", status_code=202, responses=problems(403, 409))
async def refine_job(job_id: IntegerId, refinement: Refinement, caller: Caller, services: Services) -> JobDetail:
    """Change a scene in words: a new storyboard version; an approval of the old one is void."""
    return await services.desk.refine(caller, job_id, refinement)


@router.post("/jobs/{job_id}/reorder", status_code=202, responses=problems(403, 409))
async def reorder_job(job_id: IntegerId, new_order: NewOrder, caller: Caller, services: Services) -> JobDetail:
    """Show the scenes in another order: a new storyboard version."""
    return await services.desk.reorder(caller, job_id, order=new_order.order)


@router.post("/jobs/{job_id}/replace", status_code=202, responses=problems(403, 409))
async def replace_frame(job_id: IntegerId, replacement: Replacement, caller: Caller, services: Services) -> JobDetail:
    """Show another picture or film in a scene, the client's or a generated one: a new storyboard version."""
    return await services.desk.replace(caller, job_id, replacement)


@router.post("/jobs/{job_id}/scenes/{scene}/source", status_code=202, responses=problems(403, 409))
async def choose_scene_models(
    job_id: IntegerId,
    scene: Annotated[int, Path(ge=1, le=SCENES_MAX)],
    models: SceneModels,
    caller: Caller,
    services: Services,
) -> JobDetail:
    """Have a scene made by another model, or (null) by the compositor: a new storyboard version.

    Also where a model failed or a budget stopped the job, which goes on then. The same model again makes another take.
    """
    return await services.desk.choose_models(caller, job_id, scene=scene, models=models)


@router.post("/jobs/{job_id}/music", status_code=202, responses=problems(403, 409))
async def choose_music_model(job_id: IntegerId, music: MusicModel, caller: Caller, services: Services) -> JobDetail:
    """Have the music made by another model, or (null) by the compositor: a new storyboard version."""
    return await services.desk.choose_music(caller, job_id, music.model)


@router.post("/jobs/{job_id}/approve", responses=problems(403, 409))
async def approve_job(
    job_id: IntegerId, caller: Caller, services: Services, approval: ApprovalRequest | None = None
) -> JobDetail:
    """Approve exactly the present storyboard; a `version` that is not the present one is refused."""
    seen_version = approval.version if approval else None
    return await services.desk.approve(caller, job_id, seen_version=seen_version)


@router.post("/jobs/{job_id}/render", status_code=202, responses=problems(403, 409))
async def render_job(job_id: IntegerId, caller: Caller, services: Services) -> JobDetail:
    """Render the approved storyboard; anything that was not approved is refused."""
    return await services.desk.render(caller, job_id)


@router.post("/jobs/{job_id}/pause", responses=problems(403, 409))
async def pause_job(job_id: IntegerId, caller: Caller, services: Services) -> JobDetail:
    """Stop a job's work so that `retry` can go on with it."""
    return await services.desk.pause(caller, job_id)


@router.post("/jobs/{job_id}/retry", status_code=202, responses=problems(403, 409))
async def retry_job(job_id: IntegerId, caller: Caller, services: Services) -> JobDetail:
    """Take up a failed or paused job where it stopped; finished steps are kept."""
    return await services.desk.resume(caller, job_id)


@router.delete("/jobs/{job_id}", responses=problems(403, 409))
async def cancel_job(job_id: IntegerId, caller: Caller, services: Services) -> JobDetail:
    """Cancel a job; its work stops within two seconds and what was made stays to be looked at."""
    return await services.desk.cancel(caller, job_id)


@router.get("/jobs/{job_id}/storyboard/versions")
async def list_storyboard_versions(job_id: IntegerId, caller: Caller, services: Services) -> list[StoryboardVersion]:
    """Return the storyboard's history, newest first."""
    return await services.jobs.versions(caller, job_id)


@router.get(
    "/jobs/{job_id}/storyboard/{version}/frames/{scene}",
    response_class=Response,
    responses=file_responses("image/webp"),
)
async def get_frame(
    job_id: IntegerId,
    version: Annotated[int, Path(ge=1)],
    scene: Annotated[int, Path(ge=1)],
    request: Request,
    caller: Caller,
    services: Services,
) -> Response:
    """Return a scene's drawn frame."""
    digest = await services.jobs.frame_image(caller, job_id, version=version, scene=scene)
    return await _send(request, services, digest, media_type="image/webp", name=f"scene-{scene}.webp")


DownloadQuery = Annotated[bool, Query(alias="download", description="To be saved, not shown.")]


@router.get("/jobs/{job_id}/downloads")
async def list_downloads(job_id: IntegerId, caller: Caller, services: Services) -> list[Download]:
    """Return what can be taken away: the contact sheet, and the files of a finished film."""
    files = await services.jobs.files(caller, job_id)
    return [download(file, job_id=job_id) for file in files.values()]


@router.head("/jobs/{job_id}/contact-sheet", include_in_schema=False)
@router.get("/jobs/{job_id}/contact-sheet", response_class=Response, responses=file_responses("image/png"))
async def get_contact_sheet(
    job_id: IntegerId, request: Request, caller: Caller, services: Services, is_saved: DownloadQuery = False
) -> Response:
    """Return the whole storyboard as one picture."""
    return await _file(request, caller, services, job_id=job_id, kind=DownloadKind.CONTACT_SHEET, is_saved=is_saved)


@router.head("/jobs/{job_id}/video", include_in_schema=False)
@router.get("/jobs/{job_id}/video", response_class=Response, responses=file_responses("video/mp4"))
async def get_video(
    job_id: IntegerId, request: Request, caller: Caller, services: Services, is_saved: DownloadQuery = False
) -> Response:
    """Return the film, whole or in ranges."""
    return await _file(request, caller, services, job_id=job_id, kind=DownloadKind.VIDEO, is_saved=is_saved)


@router.head("/jobs/{job_id}/thumbnail", include_in_schema=False)
@router.get("/jobs/{job_id}/thumbnail", response_class=Response, responses=file_responses("image/jpeg"))
async def get_poster(
    job_id: IntegerId, request: Request, caller: Caller, services: Services, is_saved: DownloadQuery = False
) -> Response:
    """Return the film's poster."""
    return await _file(request, caller, services, job_id=job_id, kind=DownloadKind.POSTER, is_saved=is_saved)


@router.head("/jobs/{job_id}/captions.srt", include_in_schema=False)
@router.get("/jobs/{job_id}/captions.srt", response_class=Response, responses=file_responses("application/x-subrip"))
async def get_captions_srt(
    job_id: IntegerId, request: Request, caller: Caller, services: Services, is_saved: DownloadQuery = False
) -> Response:
    """Return the captions as SubRip."""
    return await _file(request, caller, services, job_id=job_id, kind=DownloadKind.SRT, is_saved=is_saved)


@router.head("/jobs/{job_id}/captions.vtt", include_in_schema=False)
@router.get("/jobs/{job_id}/captions.vtt", response_class=Response, responses=file_responses("text/vtt"))
async def get_captions_vtt(
    job_id: IntegerId, request: Request, caller: Caller, services: Services, is_saved: DownloadQuery = False
) -> Response:
    """Return the captions as WebVTT."""
    return await _file(request, caller, services, job_id=job_id, kind=DownloadKind.VTT, is_saved=is_saved)


@router.head("/jobs/{job_id}/metadata", include_in_schema=False)
@router.get("/jobs/{job_id}/metadata", response_class=Response, responses=file_responses("application/json"))
async def get_manifest(
    job_id: IntegerId, request: Request, caller: Caller, services: Services, is_saved: DownloadQuery = False
) -> Response:
    """Return the manifest: of every second, which picture, maker, prompt, cost and approval it came from."""
    return await _file(request, caller, services, job_id=job_id, kind=DownloadKind.MANIFEST, is_saved=is_saved)


async def _file(
    request: Request, caller: Caller, services: Services, *, job_id: int, kind: DownloadKind, is_saved: bool
) -> Response:
    file = await services.jobs.file(caller, job_id, kind=kind)
    return await _send(
        request,
        services,
        file.digest,
        media_type=file.media_type,
        name=file.file_name,
        disposition="attachment" if is_saved else "inline",
    )


async def _send(
    request: Request,
    services: Services,
    digest: Digest,
    *,
    media_type: str,
    name: str,
    disposition: Disposition = "inline",
) -> Response:
    facts = await services.blobs.facts(digest)
    if facts is None:
        raise NotFound(f"The bytes of {name} are gone.", next_step="Retry the job to make them again.")
    sent = Sent(digest=digest, size_bytes=facts.size_bytes, media_type=media_type, name=name, disposition=disposition)
    return blob_response(request, services.blobs, sent)

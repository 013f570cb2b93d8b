"""Briefs: asked for from a prompt, refined in words, changed by hand, compared; media for their scenes."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response

from gauntlet.api.brief_forms import BRIEF_BODY, brief_wish
from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.etag import CONDITIONAL, not_modified
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.domain.briefs.diff import BriefDiff
from gauntlet.domain.briefs.schemas import (
    BriefDetail,
    BriefPatch,
    BriefRefinement,
    BriefSummary,
    BriefVersion,
    RefinedBrief,
    SceneImages,
    SceneMotion,
)
from gauntlet.domain.generations.schemas import GeneratedMedium

router = APIRouter(prefix="/briefs", tags=["briefs"])

_STILL_AT_IT: Final[dict[int | str, dict[str, object]]] = {
    202: {
        "model": BriefDetail,
        "description": "Stored, and not planned yet: the planner is still at it, or `error` says why it stopped.",
    }
}
_STILL_REFINING: Final[dict[int | str, dict[str, object]]] = {202: {**_STILL_AT_IT[202], "model": RefinedBrief}}

IdempotencyKey = Annotated[
    str | None,
    Header(min_length=1, max_length=200, description="The same key gives the same answer, however often it is sent."),
]
VersionQuery = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="The newest where absent.")]


@router.post(
    "",
    status_code=201,
    responses={**problems(403, 404, 409, 415), **_STILL_AT_IT},
    openapi_extra=BRIEF_BODY,
)
async def create_brief(
    request: Request, response: Response, caller: Caller, services: Services, idempotency_key: IdempotencyKey = None
) -> BriefDetail:
    """Have a brief planned from a prompt, by the language models that there are keys for or by the built-in planner."""
    async with brief_wish(request, services) as (wanted, reference):
        brief = await services.brief_desk.create(caller, wanted, uploaded=reference, idempotency_key=idempotency_key)
    response.headers["location"] = f"/api/v2/briefs/{brief.id}"
    if brief.status != "ready":
        response.status_code = 202
    return brief


@router.get("", responses=problems(404))
async def list_briefs(
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    page: PageQuery,
    client_id: Annotated[UUID | None, Query(alias="clientId", description="Only those of this client.")] = None,
    campaign_id: Annotated[UUID | None, Query(alias="campaignId", description="Only those of this campaign.")] = None,
) -> list[BriefSummary]:
    """List the briefs that the caller reaches, jobs' own among them, newest first."""
    briefs, total = await services.briefs.list(caller, page=page, client_id=client_id, campaign_id=campaign_id)
    tell_page(request, response, page=page, total=total)
    return briefs


@router.get("/{brief_id}", response_model=BriefDetail, responses=CONDITIONAL)
async def get_brief(
    brief_id: UUID,
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    version: VersionQuery = None,
) -> BriefDetail | Response:
    """Return a brief with a version of it: who made it, what each planner answered, what it cost."""
    brief = await services.briefs.get(caller, brief_id, version=version)
    return not_modified(request, response, brief) or brief


@router.patch("/{brief_id}", responses=problems(403, 409))
async def edit_brief(brief_id: UUID, patch: BriefPatch, caller: Caller, services: Services) -> BriefDetail:
    """Change a brief by hand: a new version; what is absent stays as it is."""
    return await services.briefs.edit(caller, brief_id, patch)


@router.get("/{brief_id}/versions")
async def list_brief_versions(
    brief_id: UUID, request: Request, response: Response, caller: Caller, services: Services, page: PageQuery
) -> list[BriefVersion]:
    """List a brief's versions, newest first, without their content."""
    versions, total = await services.briefs.versions(caller, brief_id, page=page)
    tell_page(request, response, page=page, total=total)
    return versions


@router.get("/{brief_id}/diff")
async def compare_brief_versions(
    brief_id: UUID,
    caller: Caller,
    services: Services,
    from_version: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, alias="from", description="The one before `to` where absent.")
    ] = None,
    to_version: Annotated[
        int | None, Query(ge=1, le=2**31 - 1, alias="to", description="The newest where absent.")
    ] = None,
) -> BriefDiff:
    """Tell what changed between two versions, field by field and in words."""
    return await services.briefs.diff(caller, brief_id, from_version=from_version, to_version=to_version)


@router.post("/{brief_id}/refine", responses={**problems(403, 409), **_STILL_REFINING})
async def refine_brief(
    brief_id: UUID,
    refinement: BriefRefinement,
    response: Response,
    caller: Caller,
    services: Services,
    idempotency_key: IdempotencyKey = None,
) -> RefinedBrief:
    """Change a brief in words, or one scene of it: a new version, with what changed."""
    brief = await services.brief_desk.refine(caller, brief_id, refinement, idempotency_key=idempotency_key)
    if brief.status != "ready":
        response.status_code = 202
    return brief


@router.post("/{brief_id}/retry", responses={**problems(403, 409), **_STILL_REFINING})
async def retry_brief(brief_id: UUID, response: Response, caller: Caller, services: Services) -> RefinedBrief:
    """Go on with a planning or a change that failed or is paused; nothing is paid for twice."""
    brief = await services.brief_desk.retry(caller, brief_id)
    if brief.status != "ready":
        response.status_code = 202
    return brief


@router.post("/{brief_id}/images", status_code=202, responses=problems(403, 409, 502, 503))
async def create_brief_images(
    brief_id: UUID, wanted: SceneImages, caller: Caller, services: Services
) -> list[GeneratedMedium]:
    """Order an image of a model for every scene but the end card, or for those named; the same again orders nothing."""
    return await services.brief_media.images(caller, brief_id, wanted)


@router.post("/{brief_id}/videos", status_code=202, responses=problems(403, 409, 502, 503))
async def create_brief_video(
    brief_id: UUID, wanted: SceneMotion, caller: Caller, services: Services
) -> GeneratedMedium:
    """Order a scene's motion of a model, of a generated image, an asset, or what the scene shows."""
    return await services.brief_media.motion(caller, brief_id, wanted)

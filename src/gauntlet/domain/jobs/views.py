"""From rows to what people see of a job."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.creative.brief import Scene
from gauntlet.core.creative.storyboard import Bed, SceneSource, StoryboardContent
from gauntlet.core.ids import Digest
from gauntlet.core.money import format_usd
from gauntlet.db.models.jobs import ApprovalRow, DeliverableRow, JobEventRow, JobRow, StoryboardRow
from gauntlet.domain.briefs.repository import all_attempts, current_brief
from gauntlet.domain.costs.repository import costs_of_job
from gauntlet.domain.jobs import repository
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import (
    ApprovalMark,
    ApprovalView,
    BedView,
    DeliverableKind,
    DeliverableView,
    Estimate,
    FrameView,
    Job,
    JobDetail,
    JobEvent,
    StoryboardVersion,
)

_PATHS: Mapping[DeliverableKind, str] = {
    DeliverableKind.VIDEO: "video",
    DeliverableKind.POSTER: "thumbnail",
    DeliverableKind.SRT: "captions.srt",
    DeliverableKind.VTT: "captions.vtt",
    DeliverableKind.MANIFEST: "metadata",
}


def job_url(job_id: int) -> str:
    """Return the path of a job in the API."""
    return f"/api/v2/jobs/{job_id}"


def frame_view(*, job_id: int, version: int, scene: Scene, source: SceneSource, digest: Digest | None) -> FrameView:
    """Return one scene of the storyboard; its image's URL changes with its bytes, so that caches may keep it."""
    url = f"{job_url(job_id)}/storyboard/{version}/frames/{scene.number}?v={digest[:12]}" if digest else None
    return FrameView(
        scene=scene.number,
        purpose=scene.purpose,
        start=scene.start,
        duration=scene.duration,
        overlay_text=scene.overlay_text,
        supporting_text=scene.supporting_text,
        source=source.kind,
        asset_id=source.asset_id,
        asset_version=source.asset_version,
        moves=source.cut is not None,
        image_model=source.image.choice.model if source.image else None,
        image_id=source.generation_id,
        is_awaited=source.is_awaited,
        motion_model=source.motion.choice.model if source.motion else None,
        image_url=url,
    )


def bed_view(bed: Bed) -> BedView:
    """Return the client's own music."""
    return BedView(
        asset_id=bed.asset_id, asset_version=bed.asset_version, name=bed.name, duration=bed.duration_ms / 1_000
    )


def approval_view(row: ApprovalRow) -> ApprovalView:
    """Return who approved what."""
    return ApprovalView(
        version=row.version, fingerprint=row.fingerprint, user_id=row.user_id, approved_at=row.created_at
    )


def approval_mark(row: ApprovalRow) -> ApprovalMark:
    """Return an approval with what became of it."""
    return ApprovalMark(
        user_id=row.user_id, approved_at=row.created_at, voided_at=row.voided_at, void_reason=row.void_reason
    )


def deliverable_view(row: DeliverableRow) -> DeliverableView:
    """Return a finished file and where to get it."""
    kind = DeliverableKind(row.kind)
    return DeliverableView(kind=kind, url=f"{job_url(row.job_id)}/{_PATHS[kind]}", size_bytes=row.size_bytes)


def event_view(row: JobEventRow) -> JobEvent:
    """Return an event of the job's history."""
    return JobEvent.model_validate(
        {"id": row.id, "job_id": row.job_id, "kind": row.kind, "data": row.data, "created_at": row.created_at}
    )


def version_view(row: StoryboardRow, approvals: Sequence[ApprovalRow]) -> StoryboardVersion:
    """Return a version of the storyboard and whether an approval of it stands."""
    own = [approval for approval in approvals if approval.version == row.version]
    last = max(own, key=lambda approval: approval.id, default=None)
    return StoryboardVersion(
        version=row.version,
        brief_version=row.brief_version,
        change=row.change,
        fingerprint=row.fingerprint,
        user_id=row.user_id,
        created_at=row.created_at,
        approved=any(approval.voided_at is None for approval in own),
        last_approval=approval_mark(last) if last else None,
    )


def _bare(row: JobRow) -> dict[str, object]:
    return {
        "id": row.id,
        "client_id": row.client_id,
        "campaign_id": row.campaign_id,
        "user_id": row.user_id,
        "brief_id": row.brief_id,
        "prompt": row.request["prompt"],
        "aspect_ratio": row.request.get("aspectRatio"),
        "status": row.status,
        "phase": row.phase,
        "progress": row.progress,
        "storyboard_version": row.storyboard_version,
        "error": row.error,
        "estimated_cost": format_usd(row.estimated_cost_microusd),
        "estimated_cost_microusd": row.estimated_cost_microusd,
        "timings": row.timings,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "completed_at": row.completed_at,
    }


async def job_view(session: AsyncSession, row: JobRow) -> Job:
    """Return the job with its storyboard, approval, files and costs."""
    parts = _bare(row) | await _storyboard_part(session, row) | await _costs_part(session, row)
    return Job.model_validate({name: value for name, value in parts.items() if name != "estimate"})


async def job_detail(session: AsyncSession, row: JobRow) -> JobDetail:
    """Return the job with its whole brief as well."""
    storyboard = await _storyboard_part(session, row) | await _costs_part(session, row)
    brief = None if row.brief_id is None else await current_brief(session, row.brief_id)
    attempts = () if row.brief_id is None else await all_attempts(session, row.brief_id)
    fingerprint: str | None = None
    if row.storyboard_version is not None:
        found = await repository.storyboard_row(session, job_id=row.id, version=row.storyboard_version)
        fingerprint = found.fingerprint if found else None
    whole = {"brief": brief, "attempts": attempts, "storyboard_fingerprint": fingerprint}
    return JobDetail.model_validate(_bare(row) | storyboard | whole)


async def _costs_part(session: AsyncSession, row: JobRow) -> dict[str, object]:
    """Return what the job costs: estimated for the present storyboard or else the request, held back, and spent."""
    costs = await costs_of_job(session, row.id)
    found = None
    if row.storyboard_version is not None:
        found = await repository.storyboard_row(session, job_id=row.id, version=row.storyboard_version)
    estimate = _estimate(found.estimate if found is not None and found.estimate else row.estimate)
    return {
        "estimate": estimate,
        "reserved_cost_microusd": costs.reserved_microusd,
        "actual_cost_microusd": costs.spent_microusd,
        "render_estimate_microusd": estimate.render_microusd if estimate and found is not None else None,
        "unknown_prices": estimate.unknown if estimate else (),
    }


def _estimate(document: dict[str, Any] | None) -> Estimate | None:
    return None if document is None else Estimate.model_validate(document)


async def _storyboard_part(session: AsyncSession, row: JobRow) -> dict[str, object]:
    version = row.storyboard_version
    if version is None:
        return {}
    found = await repository.storyboard_row(session, job_id=row.id, version=version)
    if found is None:
        return {}
    content = StoryboardContent.model_validate(found.content)
    frames = await repository.frame_digests(session, job_id=row.id, version=version)
    approval = await repository.standing_approval(session, row.id)
    files = await repository.deliverables(session, job_id=row.id, version=version)
    finished = row.status == JobStatus.COMPLETED
    return {
        "title": content.brief.title,
        "aspect_ratio": content.brief.technical_specs.aspect_ratio,
        "ground": content.brief.visual_direction.palette.background,
        "storyboard": [
            frame_view(job_id=row.id, version=version, scene=scene, source=source, digest=frames.get(scene.number))
            for scene, source in zip(content.brief.scenes, content.sources, strict=True)
        ],
        "bed": bed_view(content.bed) if content.bed else None,
        "music_model": content.music.choice.model if content.music else None,
        "approval": approval_view(approval) if approval else None,
        "contact_sheet_url": f"{job_url(row.id)}/contact-sheet" if found.contact_sheet_digest else None,
        "video_url": f"{job_url(row.id)}/video" if finished else None,
        "deliverables": [deliverable_view(file) for file in files] if finished else [],
    }

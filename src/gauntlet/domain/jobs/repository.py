"""Rows of jobs: reading them, and the conditional writes that let only the latest run change a job."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.errors import Canceled
from gauntlet.core.ids import Digest
from gauntlet.core.paging import Page
from gauntlet.db.models.jobs import (
    ApprovalRow,
    DeliverableRow,
    JobEventRow,
    JobRow,
    RenderPartRow,
    StoryboardFrameRow,
    StoryboardMediumRow,
    StoryboardPictureRow,
    StoryboardRow,
)
from gauntlet.domain.jobs.rules import JobStatus, Stage
from gauntlet.domain.jobs.schemas import JobRequest, JobState, StoryboardMedium, StoryboardState

EventData = Mapping[str, str | int | float | bool | None]


def add_event(session: AsyncSession, *, job_id: int, kind: str, data: EventData, at: datetime) -> None:
    """Append to the job's history; it becomes visible with the transaction it belongs to."""
    session.add(JobEventRow(job_id=job_id, kind=kind, data=dict(data), created_at=at))


async def change_job(
    session: AsyncSession,
    *,
    job_id: int,
    run: int,
    expected: frozenset[JobStatus],
    values: Mapping[str, object],
) -> None:
    """Write to a job if it is still in one of the expected states and run; raise `Canceled` where it is not.

    One statement, so that a cancel, an edit or a second worker in between always wins or always loses.
    """
    result = await session.execute(
        update(JobRow)
        .where(JobRow.id == job_id, JobRow.run == run, JobRow.status.in_([s.value for s in expected]))
        .values(**values)
    )
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        raise Canceled(
            f"Run {run} of job {job_id} was canceled, paused or replaced by a later one.",
            details={"jobId": job_id, "run": run},
        )


async def find_job(session: AsyncSession, job_id: int, *, within: ColumnElement[bool]) -> JobRow | None:
    """Return the job if it is among those that `within` admits."""
    return await session.scalar(select(JobRow).where(JobRow.id == job_id, within))


async def lock_job(session: AsyncSession, job_id: int, *, within: ColumnElement[bool]) -> JobRow | None:
    """As `find_job`, holding the row until the transaction ends (SQLite holds the whole database anyway)."""
    return await session.scalar(select(JobRow).where(JobRow.id == job_id, within).with_for_update())


async def job_state(session: AsyncSession, job_id: int) -> JobState | None:
    """Return a job's bare state, whoever owns it; for workflows only."""
    row = await session.get(JobRow, job_id, populate_existing=True)
    return None if row is None else state_of(row)


def state_of(row: JobRow) -> JobState:
    """Return the row as a value."""
    return JobState(
        id=row.id,
        status=JobStatus(row.status),
        phase=row.phase,  # pyright: ignore[reportArgumentType]  # validated by the schema: a StrEnum column
        run=row.run,
        storyboard_version=row.storyboard_version,
        request=JobRequest.model_validate(row.request),
        user_id=row.user_id,
        brief_id=row.brief_id,
        stages={Stage(k): float(v) for k, v in row.progress.get("stages", {}).items()},
        created_at=row.created_at,
    )


async def list_jobs(
    session: AsyncSession,
    *,
    within: ColumnElement[bool],
    status: JobStatus | None,
    client_id: UUID | None,
    campaign_id: UUID | None,
    page: Page,
) -> tuple[Sequence[JobRow], int]:
    """Return a page of jobs, newest first, and how many there are."""
    conditions = [within]
    if status is not None:
        conditions.append(JobRow.status == status.value)
    if client_id is not None:
        conditions.append(JobRow.client_id == client_id)
    if campaign_id is not None:
        conditions.append(JobRow.campaign_id == campaign_id)
    total = await session.scalar(select(func.count()).select_from(JobRow).where(*conditions))
    rows = await session.scalars(
        select(JobRow).where(*conditions).order_by(JobRow.id.desc()).limit(page.limit).offset(page.offset)
    )
    return rows.all(), total or 0


async def jobs_at_work(session: AsyncSession, statuses: frozenset[JobStatus]) -> Sequence[JobRow]:
    """Return every job in one of these states, oldest first; for taking work up again after a crash."""
    rows = await session.scalars(
        select(JobRow).where(JobRow.status.in_([s.value for s in statuses])).order_by(JobRow.id)
    )
    return rows.all()


async def add_storyboard(
    session: AsyncSession,
    *,
    job_id: int,
    version: int,
    brief_version: int,
    content: StoryboardContent,
    change: str,
    user_id: int,
    at: datetime,
) -> None:
    """Insert a storyboard version and hold the bytes of all that it is made from."""
    session.add(
        StoryboardRow(
            job_id=job_id,
            version=version,
            brief_version=brief_version,
            content=content.model_dump(mode="json", by_alias=True, exclude_computed_fields=True),
            fingerprint=content.fingerprint(),
            change=change,
            user_id=user_id,
            created_at=at,
        )
    )
    await session.flush()
    for digest in sorted(picture_digests(content)):
        session.add(StoryboardPictureRow(job_id=job_id, version=version, digest=digest))
    for medium in shown_media(content):
        session.add(StoryboardMediumRow(**medium_values(job_id, version=version, medium=medium, at=at)))
    await session.flush()


def shown_media(content: StoryboardContent) -> list[StoryboardMedium]:
    """Return the generated media that the storyboard shows from its beginning on."""
    return [
        StoryboardMedium(
            scene=scene.number,
            role="image",
            generation_id=source.generation_id,
            digest=source.picture_digest,
            width=source.width,
            height=source.height,
            has_alpha=source.has_alpha,
        )
        for scene, source in zip(content.brief.scenes, content.sources, strict=True)
        if source.generation_id is not None and source.picture_digest is not None
    ]


def medium_values(job_id: int, *, version: int, medium: StoryboardMedium, at: datetime) -> dict[str, object]:
    """Return the columns of a storyboard's medium."""
    return {
        "job_id": job_id,
        "version": version,
        "scene_number": medium.scene,
        "role": medium.role,
        "generation_id": medium.generation_id,
        "digest": medium.digest,
        "facts": medium.model_dump(mode="json", by_alias=True, include=_MEDIUM_FACTS),
        "created_at": at,
    }


_MEDIUM_FACTS: Final = {"width", "height", "duration_s", "has_alpha"}


async def media_of(session: AsyncSession, *, job_id: int, version: int) -> tuple[StoryboardMedium, ...]:
    """Return what was made of a storyboard version's orders."""
    rows = await session.scalars(
        select(StoryboardMediumRow)
        .where(StoryboardMediumRow.job_id == job_id, StoryboardMediumRow.version == version)
        .order_by(StoryboardMediumRow.scene_number, StoryboardMediumRow.role)
    )
    return tuple(
        StoryboardMedium.model_validate(
            {
                "scene": row.scene_number,
                "role": row.role,
                "generation_id": row.generation_id,
                "digest": row.digest,
                **row.facts,
            }
        )
        for row in rows
    )


def picture_digests(content: StoryboardContent) -> set[Digest]:
    """Return the digests of all that the storyboard is made from: pictures, films, the logo, the client's music."""
    digests = {source.picture_digest for source in content.sources if source.picture_digest is not None}
    logo = {content.logo.picture_digest} if content.logo is not None else set[Digest]()
    return digests | logo | ({content.bed.digest} if content.bed is not None else set())


async def storyboard_row(session: AsyncSession, *, job_id: int, version: int) -> StoryboardRow | None:
    """Return a storyboard version."""
    return await session.get(StoryboardRow, (job_id, version))


async def storyboard_state(session: AsyncSession, *, job_id: int, version: int) -> StoryboardState | None:
    """Return a storyboard version with the frames drawn so far."""
    row = await storyboard_row(session, job_id=job_id, version=version)
    if row is None:
        return None
    return StoryboardState(
        job_id=job_id,
        version=version,
        content=StoryboardContent.model_validate(row.content),
        fingerprint=row.fingerprint,
        frames=await frame_digests(session, job_id=job_id, version=version),
        contact_sheet=None if row.contact_sheet_digest is None else Digest(row.contact_sheet_digest),
        media=await media_of(session, job_id=job_id, version=version),
    )


async def storyboard_rows(session: AsyncSession, job_id: int) -> Sequence[StoryboardRow]:
    """Return all versions, newest first."""
    rows = await session.scalars(
        select(StoryboardRow).where(StoryboardRow.job_id == job_id).order_by(StoryboardRow.version.desc())
    )
    return rows.all()


async def frame_digests(session: AsyncSession, *, job_id: int, version: int) -> dict[int, Digest]:
    """Return the drawn frames' image digests by scene number."""
    rows = await session.execute(
        select(StoryboardFrameRow.scene_number, StoryboardFrameRow.image_digest).where(
            StoryboardFrameRow.job_id == job_id, StoryboardFrameRow.version == version
        )
    )
    return {number: Digest(digest) for number, digest in rows}


async def equal_frame(session: AsyncSession, *, job_id: int, fingerprint: str) -> Digest | None:
    """Return the image of a frame of the same job that looks exactly the same, from any version."""
    digest = await session.scalar(
        select(StoryboardFrameRow.image_digest)
        .where(StoryboardFrameRow.job_id == job_id, StoryboardFrameRow.fingerprint == fingerprint)
        .limit(1)
    )
    return None if digest is None else Digest(digest)


async def render_part(session: AsyncSession, *, job_id: int, fingerprint: str) -> Digest | None:
    """Return a finished part of the job's films, if it was made before."""
    row = await session.get(RenderPartRow, (job_id, fingerprint))
    return None if row is None else Digest(row.digest)


async def standing_approval(session: AsyncSession, job_id: int) -> ApprovalRow | None:
    """Return the approval that has not been voided, if there is one."""
    return await session.scalar(
        select(ApprovalRow)
        .where(ApprovalRow.job_id == job_id, ApprovalRow.voided_at.is_(None))
        .order_by(ApprovalRow.id.desc())
        .limit(1)
    )


async def approvals(session: AsyncSession, job_id: int) -> Sequence[ApprovalRow]:
    """Return all approvals, voided ones among them."""
    rows = await session.scalars(select(ApprovalRow).where(ApprovalRow.job_id == job_id).order_by(ApprovalRow.id))
    return rows.all()


async def void_approvals(session: AsyncSession, *, job_id: int, reason: str, at: datetime) -> bool:
    """Void what was approved; return whether there was anything to void."""
    result = await session.execute(
        update(ApprovalRow)
        .where(ApprovalRow.job_id == job_id, ApprovalRow.voided_at.is_(None))
        .values(voided_at=at, void_reason=reason)
    )
    return isinstance(result, CursorResult) and result.rowcount > 0


async def deliverables(session: AsyncSession, *, job_id: int, version: int) -> Sequence[DeliverableRow]:
    """Return the finished files of one storyboard version."""
    rows = await session.scalars(
        select(DeliverableRow)
        .where(DeliverableRow.job_id == job_id, DeliverableRow.storyboard_version == version)
        .order_by(DeliverableRow.kind)
    )
    return rows.all()


async def version_events(session: AsyncSession, job_id: int) -> Sequence[JobEventRow]:
    """Return the events that tell of the storyboard's versions, newest first."""
    rows = await session.scalars(
        select(JobEventRow)
        .where(JobEventRow.job_id == job_id, JobEventRow.kind == "storyboard.version")
        .order_by(JobEventRow.id.desc())
    )
    return rows.all()


async def events_after(session: AsyncSession, *, job_id: int, after_id: int, limit: int) -> Sequence[JobEventRow]:
    """Return what happened after event `after_id`, oldest first."""
    rows = await session.scalars(
        select(JobEventRow)
        .where(JobEventRow.job_id == job_id, JobEventRow.id > after_id)
        .order_by(JobEventRow.id)
        .limit(limit)
    )
    return rows.all()

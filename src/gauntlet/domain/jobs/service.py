"""What people do with jobs: submit, look, change, approve, start, stop. Long work itself is in `workflows`."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.errors import Conflict, InvalidInput, NotFound
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.jobs import ApprovalRow, JobRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.briefs import repository as briefs
from gauntlet.domain.clients.access import require_role
from gauntlet.domain.jobs import repository, rules, views
from gauntlet.domain.jobs.reader import reachable_jobs, unknown_job
from gauntlet.domain.jobs.rules import JobStatus, Phase, Stage
from gauntlet.domain.jobs.schemas import (
    JobDetail,
    JobRequest,
    JobState,
    Progress,
)


class JobService:
    """The people's side of a job. What is not theirs is `NotFound`; what they may only look at, `NotAllowed`."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(
        self, principal: Principal, request: JobRequest, *, idempotency_key: str | None = None
    ) -> tuple[JobState, bool]:
        """Store a job and return it with whether it is new; the same key of the same user gives the same job."""
        if idempotency_key is not None:
            known = await self._by_key(principal, idempotency_key)
            if known is not None:
                return self._same_request(known, request, key=idempotency_key), False
        try:
            async with self._database.transaction() as session:
                await require_role(session, principal, request.client_id, minimum="editor")
                await _require_campaign(session, request)
                await _require_media(session, request)
                return await self._insert(session, principal, request, key=idempotency_key), True
        except IntegrityError:
            # Another request with the same key won the race between the look-up and the insert.
            known = await self._by_key(principal, idempotency_key) if idempotency_key else None
            if known is None or idempotency_key is None:
                raise
            return self._same_request(known, request, key=idempotency_key), False

    async def content_to_change(self, principal: Principal, job_id: int) -> tuple[JobState, StoryboardContent]:
        """Return the present storyboard for an edit; raises `Conflict` where it may not be edited now."""
        async with self._database.read() as session:
            row = await repository.find_job(session, job_id, within=reachable_jobs(principal))
            row = await self._require_editable(session, principal, row, job_id=job_id)
            state = await repository.storyboard_state(session, job_id=job_id, version=row.storyboard_version or 0)
        if state is None:
            raise NotFound(f"Job {job_id} has no storyboard yet.")
        return repository.state_of(row), state.content

    async def keep_edit(
        self, principal: Principal, before: JobState, content: StoryboardContent, *, change: str
    ) -> JobState:
        """Store a changed storyboard as a new version, void the approval, and count a run to draw it.

        Raises `Conflict` where the storyboard moved on since `before` was read.
        """
        now = self._clock.now()
        async with self._database.transaction() as session:
            row = await repository.lock_job(session, before.id, within=reachable_jobs(principal))
            row = await self._require_editable(session, principal, row, job_id=before.id)
            if row.storyboard_version != before.storyboard_version or row.run != before.run:
                raise Conflict(
                    f"Job {row.id}'s storyboard was changed by somebody else meanwhile"
                    f" (version {before.storyboard_version} is now {row.storyboard_version}).",
                    next_step="Look at the present storyboard and make the change again.",
                )
            version = (row.storyboard_version or 0) + 1
            if row.brief_id is None:
                raise NotFound(f"Job {row.id} has no brief yet.")
            brief_version = await briefs.add_version(
                session,
                brief_id=row.brief_id,
                brief=content.brief,
                change=change,
                cost_microusd=0,
                user_id=principal.user_id,
                at=now,
            )
            await repository.add_storyboard(
                session,
                job_id=row.id,
                version=version,
                brief_version=brief_version,
                content=content,
                change=change,
                user_id=principal.user_id,
                at=now,
            )
            if await repository.void_approvals(session, job_id=row.id, reason=change, at=now):
                repository.add_event(session, job_id=row.id, kind="approval.voided", data={"reason": change}, at=now)
            self._start(row, status=JobStatus.GENERATING_STORYBOARD, phase=Phase.STORYBOARD)
            row.storyboard_version = version
            row.completed_at = None
            data = {"version": version, "change": change}
            repository.add_event(session, job_id=row.id, kind="storyboard.version", data=data, at=now)
            self._tell_status(session, row)
            return repository.state_of(row)

    async def approve(self, principal: Principal, job_id: int, *, seen_version: int | None) -> JobDetail:
        """Record who approves exactly the present storyboard."""
        now = self._clock.now()
        async with self._database.transaction() as session:
            row = await self._workable(session, principal, job_id)
            standing = await repository.standing_approval(session, job_id)
            rules.require_approvable(
                job_id=job_id,
                status=JobStatus(row.status),
                current_version=row.storyboard_version or 0,
                seen_version=seen_version,
                approved=standing.version if standing else None,
            )
            found = await repository.storyboard_row(session, job_id=job_id, version=row.storyboard_version or 0)
            if found is None:
                raise NotFound(f"Job {job_id} has no storyboard yet.")
            session.add(
                ApprovalRow(
                    job_id=job_id,
                    version=found.version,
                    fingerprint=found.fingerprint,
                    user_id=principal.user_id,
                    created_at=now,
                )
            )
            row.updated_at = now
            data = {"version": found.version, "fingerprint": found.fingerprint, "userId": principal.user_id}
            repository.add_event(session, job_id=job_id, kind="storyboard.approved", data=data, at=now)
            await session.flush()
            return await views.job_detail(session, row)

    async def begin_render(self, principal: Principal, job_id: int) -> JobState:
        """Let the render of the approved storyboard start, as a new run; anything else is refused."""
        async with self._database.transaction() as session:
            row = await self._workable(session, principal, job_id)
            standing = await repository.standing_approval(session, job_id)
            found = await repository.storyboard_row(session, job_id=job_id, version=row.storyboard_version or 0)
            rules.require_renderable(
                job_id=job_id,
                status=JobStatus(row.status),
                approved_fingerprint=standing.fingerprint if standing else None,
                # Computed anew from the stored content: an approval is of what is there, not of what a column says.
                present_fingerprint=StoryboardContent.model_validate(found.content).fingerprint() if found else None,
            )
            self._start(row, status=JobStatus.RENDERING, phase=Phase.RENDER)
            self._tell_status(session, row)
            return repository.state_of(row)

    async def cancel(self, principal: Principal, job_id: int) -> JobState:
        """End a job for good; what was made stays to be looked at."""
        return await self._stop(principal, job_id, status=JobStatus.CANCELED, action="canceled")

    async def pause(self, principal: Principal, job_id: int) -> JobState:
        """Stop work that can go on later where it stopped."""
        return await self._stop(principal, job_id, status=JobStatus.PAUSED, action="paused")

    async def resume(self, principal: Principal, job_id: int) -> JobState:
        """Take a failed or paused job up again as a new run; finished steps are kept."""
        async with self._database.transaction() as session:
            row = await self._workable(session, principal, job_id)
            if row.status not in {JobStatus.FAILED, JobStatus.PAUSED}:
                raise rules.refuse("retried", job_id=job_id, status=JobStatus(row.status))
            phase = Phase(row.phase)
            status = rules.status_on_resume(phase=phase, has_storyboard=row.storyboard_version is not None)
            self._start(row, status=status, phase=phase)
            self._tell_status(session, row)
            return repository.state_of(row)

    async def _stop(
        self,
        principal: Principal,
        job_id: int,
        *,
        status: JobStatus,
        action: str,
    ) -> JobState:
        async with self._database.transaction() as session:
            row = await self._workable(session, principal, job_id)
            if not rules.may_follow(status, after=JobStatus(row.status)):
                raise rules.refuse(action, job_id=job_id, status=JobStatus(row.status))
            row.status = status.value
            row.updated_at = self._clock.now()
            self._tell_status(session, row)
            return repository.state_of(row)

    def _start(self, row: JobRow, *, status: JobStatus, phase: Phase) -> None:
        row.status = status.value
        row.phase = phase.value
        row.run += 1
        row.error = None
        row.updated_at = self._clock.now()

    def _tell_status(self, session: AsyncSession, row: JobRow) -> None:
        repository.add_event(
            session, job_id=row.id, kind="job.status", data={"status": row.status}, at=self._clock.now()
        )

    async def _insert(
        self, session: AsyncSession, principal: Principal, request: JobRequest, *, key: str | None
    ) -> JobState:
        now = self._clock.now()
        progress = Progress(stage=Stage.PLAN, percentage=0, stages={})
        row = JobRow(
            client_id=request.client_id,
            campaign_id=request.campaign_id,
            user_id=principal.user_id,
            idempotency_key=key,
            request=request.model_dump(mode="json", by_alias=True),
            status=JobStatus.PENDING.value,
            phase=Phase.STORYBOARD.value,
            run=1,
            progress=progress.model_dump(mode="json", by_alias=True),
            timings={},
            estimated_cost_microusd=0,
            actual_cost_microusd=0,
            created_at=now,
            updated_at=now,
        )
        session.add(row)
        await session.flush()
        repository.add_event(session, job_id=row.id, kind="job.created", data={"status": row.status}, at=now)
        return repository.state_of(row)

    async def _by_key(self, principal: Principal, key: str) -> JobRow | None:
        async with self._database.read() as session:
            return await session.scalar(
                select(JobRow).where(JobRow.user_id == principal.user_id, JobRow.idempotency_key == key)
            )

    @staticmethod
    def _same_request(row: JobRow, request: JobRequest, *, key: str) -> JobState:
        if row.request != request.model_dump(mode="json", by_alias=True):
            raise Conflict(
                f"Idempotency key {key[:60]!r} was used before, for another request (job {row.id}).",
                next_step="Use a new key for a new request.",
            )
        return repository.state_of(row)

    async def _workable(self, session: AsyncSession, principal: Principal, job_id: int) -> JobRow:
        row = await repository.lock_job(session, job_id, within=reachable_jobs(principal))
        if row is None:
            raise unknown_job(job_id)
        await require_role(session, principal, row.client_id, minimum="editor")
        return row

    @staticmethod
    async def _require_editable(
        session: AsyncSession, principal: Principal, row: JobRow | None, *, job_id: int
    ) -> JobRow:
        if row is None:
            raise unknown_job(job_id)
        await require_role(session, principal, row.client_id, minimum="editor")
        rules.require_editable(job_id=job_id, status=JobStatus(row.status))
        return row


async def _require_campaign(session: AsyncSession, request: JobRequest) -> None:
    if request.campaign_id is None:
        return
    owner = await session.scalar(select(CampaignRow.client_id).where(CampaignRow.id == request.campaign_id))
    if owner != request.client_id:
        raise NotFound(
            f"Client {request.client_id} has no campaign {request.campaign_id}.",
            next_step="List the client's campaigns, or leave the campaign out.",
        )


_USABLE: Final = frozenset({"image", "video", "audio"})


async def _require_media(session: AsyncSession, request: JobRequest) -> None:
    wanted: Sequence[UUID] = [*request.asset_ids, *([request.logo_asset_id] if request.logo_asset_id else [])]
    if not wanted:
        return
    rows = await session.execute(
        select(AssetRow.id, AssetRow.type, AssetRow.name).where(
            AssetRow.id.in_(wanted), AssetRow.client_id == request.client_id, AssetRow.deleted_at.is_(None)
        )
    )
    found = {row.id: row for row in rows}
    for asset_id in wanted:
        if asset_id not in found:
            raise NotFound(
                f"Client {request.client_id} has no asset {asset_id}.",
                next_step="List the client's assets and use their ids.",
            )
        if found[asset_id].type not in _USABLE:
            raise _unusable(asset_id, found[asset_id].name, found[asset_id].type, field="assetIds")
    logo = request.logo_asset_id
    if logo is not None and found[logo].type != "image":
        raise _unusable(logo, found[logo].name, found[logo].type, field="logoAssetId")


def _unusable(asset_id: UUID, name: str, asset_type: str, *, field: str) -> InvalidInput:
    takes = "a logo is an image" if field == "logoAssetId" else "an ad is made from images, videos and audio"
    return InvalidInput(
        f"Asset {asset_id} ({name[:80]!r}) is of type {asset_type}; {takes}.",
        next_step="Name an image." if field == "logoAssetId" else "Leave it out.",
        details={"field": field, "value": str(asset_id), "type": asset_type},
    )

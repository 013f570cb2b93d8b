"""What people do with jobs: submit, look, change, approve, start, stop. Long work itself is in `workflows`."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.attempts import Attempt
from gauntlet.core.clock import Clock
from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.errors import Conflict, NotFound
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.jobs import ApprovalRow, JobRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.briefs import repository as briefs
from gauntlet.domain.clients.access import require_role
from gauntlet.domain.jobs import repository, rules, views
from gauntlet.domain.jobs.asked_media import require_media
from gauntlet.domain.jobs.edits import EditMark
from gauntlet.domain.jobs.from_briefs import completed_by_brief
from gauntlet.domain.jobs.progress import Progress
from gauntlet.domain.jobs.reader import reachable_jobs, unknown_job
from gauntlet.domain.jobs.rules import JobStatus, Phase, Stage
from gauntlet.domain.jobs.schemas import JobDetail, JobRequest, JobState


class JobService:
    """The people's side of a job. What is not theirs is `NotFound`; what they may only look at, `NotAllowed`."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(
        self, principal: Principal, request: JobRequest, *, idempotency_key: str | None = None
    ) -> tuple[JobState, bool]:
        """Store a job and return it with whether it is new; the same key of the same user gives the same job."""
        known = await self.known(principal, request, idempotency_key=idempotency_key)
        if known is not None:
            return known, False
        try:
            async with self._database.transaction() as session:
                await require_role(session, principal, request.client_id, minimum="editor")
                await _require_campaign(session, request)
                await require_media(session, request)
                return await self._insert(session, principal, request, key=idempotency_key), True
        except IntegrityError:
            # Another request with the same key won the race between the look-up and the insert.
            known = await self.known(principal, request, idempotency_key=idempotency_key)
            if known is None:
                raise
            return known, False

    async def known(self, principal: Principal, request: JobRequest, *, idempotency_key: str | None) -> JobState | None:
        """Return the job that was submitted under a key before; raises `Conflict` where that was another request."""
        row = await self._by_key(principal, idempotency_key) if idempotency_key is not None else None
        if row is None or idempotency_key is None:
            return None
        return self._same_request(row, request, key=idempotency_key)

    async def completed(self, principal: Principal, request: JobRequest) -> JobRequest:
        """Return the request with what its brief says: prompt, campaign, files, and which version of it is meant.

        Raises `NotFound` for a brief of another client's, `Conflict` for one that has no version yet.
        """
        if request.brief_id is None:
            return request
        async with self._database.read() as session:
            await require_role(session, principal, request.client_id, minimum="editor")
            return await completed_by_brief(session, request)

    async def check(self, principal: Principal, request: JobRequest) -> None:
        """Raise what `create` would raise of the request itself."""
        async with self._database.read() as session:
            await require_role(session, principal, request.client_id, minimum="editor")
            await _require_campaign(session, request)
            await require_media(session, request)

    async def content_to_change(
        self, principal: Principal, job_id: int, *, also_halted: bool = False
    ) -> tuple[JobState, StoryboardContent]:
        """Return the present storyboard for an edit; raises `Conflict` where it may not be edited now.

        `also_halted` admits jobs that failed or are paused: for changes that let them go on.
        """
        async with self._database.read() as session:
            row = await repository.find_job(session, job_id, within=reachable_jobs(principal))
            row = await self._require_editable(session, principal, row, job_id=job_id, also_halted=also_halted)
            state = await repository.storyboard_state(session, job_id=job_id, version=row.storyboard_version or 0)
        if state is None:
            raise NotFound(f"Job {job_id} has no storyboard yet.")
        return repository.state_of(row), state.content

    async def kept_edit(self, principal: Principal, job_id: int, mark: EditMark) -> bool:
        """Tell whether that very change was made before; raises `Conflict` where its key came with another one."""
        async with self._database.read() as session:
            row = await repository.find_job(session, job_id, within=reachable_jobs(principal))
            if row is None:
                raise unknown_job(job_id)
            await require_role(session, principal, row.client_id, minimum="editor")
            events = await repository.version_events(session, job_id)
        known = next((event.data for event in events if event.data.get("key") == mark.key), None)
        if known is not None and known.get("request") != mark.request:
            raise Conflict(
                f"That idempotency key was used before, for another change to job {job_id}.",
                next_step="Use a new key for a new change.",
                details={"jobId": job_id},
            )
        return known is not None

    async def keep_edit(
        self,
        principal: Principal,
        before: JobState,
        content: StoryboardContent,
        *,
        change: str,
        attempts: Sequence[Attempt] = (),
        cost_microusd: int = 0,
        mark: EditMark | None = None,
    ) -> JobState:
        """Store a changed storyboard as a new version, void the approval, and count a run to draw it.

        With a `mark` it is known again by `kept_edit`. Raises `Conflict` where the storyboard moved on since `before`
        was read.
        """
        now = self._clock.now()
        async with self._database.transaction() as session:
            row = await repository.lock_job(session, before.id, within=reachable_jobs(principal))
            also_halted = before.status in rules.HALTED
            row = await self._require_editable(session, principal, row, job_id=before.id, also_halted=also_halted)
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
                cost_microusd=cost_microusd,
                attempts=attempts,
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
            marked = {} if mark is None else {"key": mark.key, "request": mark.request}
            data = {"version": version, "change": change, **marked}
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
            if JobStatus(row.status) not in rules.HALTED:
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
        if JobRequest.model_validate(row.request) != request:  # read again: an older program stored fewer fields
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
        session: AsyncSession, principal: Principal, row: JobRow | None, *, job_id: int, also_halted: bool
    ) -> JobRow:
        if row is None:
            raise unknown_job(job_id)
        await require_role(session, principal, row.client_id, minimum="editor")
        has_storyboard = row.storyboard_version is not None
        rules.require_editable(job_id=job_id, status=JobStatus(row.status), also_halted=also_halted and has_storyboard)
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

"""What a workflow writes to its job: each method is one transaction, and only the job's latest run gets through."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.attempts import Attempt
from gauntlet.core.clock import Clock
from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.errors import NotFound
from gauntlet.core.ids import Digest
from gauntlet.db.models.jobs import (
    DeliverableRow,
    JobRow,
    RenderPartRow,
    StoryboardFrameRow,
    StoryboardRow,
)
from gauntlet.db.session import Database
from gauntlet.domain.briefs import repository as briefs
from gauntlet.domain.jobs import repository
from gauntlet.domain.jobs.progress import Progress
from gauntlet.domain.jobs.rules import WORKING, JobStatus, Stage, states_before
from gauntlet.domain.jobs.schemas import (
    ApprovalView,
    DeliverableKind,
    JobProblem,
    JobState,
    StoryboardState,
)
from gauntlet.domain.jobs.views import approval_view


class JobWorklog:
    """The workflow's side of a job.

    Every write raises `Canceled` where the job is no longer at work in this run: canceled, paused, edited or failed
    meanwhile.
    """

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def state(self, job_id: int) -> JobState:
        """Return the job's bare state; raises `NotFound`."""
        async with self._database.read() as session:
            found = await repository.job_state(session, job_id)
        if found is None:
            raise NotFound(f"There is no job {job_id}.", details={"jobId": job_id})
        return found

    async def jobs_at_work(self) -> list[JobState]:
        """Return every job that some workflow should be working on."""
        async with self._database.read() as session:
            return [repository.state_of(row) for row in await repository.jobs_at_work(session, WORKING)]

    async def storyboard(self, job_id: int, version: int) -> StoryboardState:
        """Return a storyboard version with what is drawn of it; raises `NotFound`."""
        async with self._database.read() as session:
            found = await repository.storyboard_state(session, job_id=job_id, version=version)
        if found is None:
            raise NotFound(f"Job {job_id} has no storyboard version {version}.", details={"jobId": job_id})
        return found

    async def standing_approval(self, job_id: int) -> ApprovalView | None:
        """Return who approved what, where that still stands."""
        async with self._database.read() as session:
            approval = await repository.standing_approval(session, job_id)
        return approval_view(approval) if approval else None

    async def enter(self, job_id: int, *, run: int, status: JobStatus) -> None:
        """Go to a state of work and tell of it."""
        async with self._database.transaction() as session:
            await self._go_to(session, job_id=job_id, run=run, status=status)

    async def report(self, job_id: int, *, run: int, progress: Progress) -> None:
        """Tell how far the job is."""
        async with self._database.transaction() as session:
            values = {"progress": progress.model_dump(mode="json", by_alias=True)}
            await self._change(session, job_id=job_id, run=run, values=values)

    async def note_timing(self, job_id: int, *, run: int, stage: Stage, seconds: float) -> None:
        """Keep how long a stage took; a stage done in several runs adds up."""
        async with self._database.transaction() as session:
            row = await repository.lock_job(session, job_id, within=JobRow.run == run)
            if row is not None:
                total = float(row.timings.get(stage.value, 0.0)) + seconds
                row.timings = {**row.timings, stage.value: round(total, 3)}

    async def keep_plan(
        self,
        job_id: int,
        *,
        run: int,
        brief_id: UUID,
        content: StoryboardContent,
        attempts: Sequence[Attempt] = (),
        cost_microusd: int = 0,
    ) -> None:
        """Store the brief and the first storyboard version; done before, it changes nothing."""
        brief = content.brief
        now = self._clock.now()
        async with self._database.transaction() as session:
            row = await repository.lock_job(session, job_id, within=JobRow.run == run)
            if row is not None and row.storyboard_version is not None:
                return
            values: dict[str, object] = {"brief_id": brief_id, "storyboard_version": 1}
            if row is not None:
                await briefs.add_brief(
                    session,
                    brief_id=brief_id,
                    client_id=row.client_id,
                    campaign_id=row.campaign_id,
                    user_id=row.user_id,
                    prompt=row.request["prompt"],
                    at=now,
                )
                brief_version = await briefs.add_version(
                    session,
                    brief_id=brief_id,
                    brief=brief,
                    change=_first_change(row.request),
                    cost_microusd=cost_microusd,
                    attempts=attempts,
                    user_id=row.user_id,
                    at=now,
                )
                await repository.add_storyboard(
                    session,
                    job_id=job_id,
                    version=1,
                    brief_version=brief_version,
                    content=content,
                    change="First storyboard",
                    user_id=row.user_id,
                    at=now,
                )
            await self._change(session, job_id=job_id, run=run, values=values)
            data = {"briefId": str(brief_id), "scenes": len(brief.scenes), "storyboardVersion": 1}
            repository.add_event(session, job_id=job_id, kind="brief.ready", data=data, at=now)

    async def equal_frame(self, job_id: int, *, fingerprint: str) -> Digest | None:
        """Return the image of an equal frame of this job, drawn before."""
        async with self._database.read() as session:
            return await repository.equal_frame(session, job_id=job_id, fingerprint=fingerprint)

    async def keep_frame(
        self, job_id: int, *, run: int, version: int, scene: int, fingerprint: str, digest: Digest
    ) -> None:
        """Store a drawn frame and tell of it."""
        now = self._clock.now()
        async with self._database.transaction() as session:
            await self._change(session, job_id=job_id, run=run, values={})
            values = {
                "job_id": job_id,
                "version": version,
                "scene_number": scene,
                "fingerprint": fingerprint,
                "image_digest": digest,
                "created_at": now,
            }
            if await self._insert_once(session, StoryboardFrameRow, values):
                data = {"version": version, "scene": scene, "digest": digest}
                repository.add_event(session, job_id=job_id, kind="frame.ready", data=data, at=now)

    async def finish_storyboard(self, job_id: int, *, run: int, version: int, contact_sheet: Digest) -> None:
        """Store the contact sheet and hand the storyboard over to its reviewers."""
        async with self._database.transaction() as session:
            await session.execute(
                update(StoryboardRow)
                .where(StoryboardRow.job_id == job_id, StoryboardRow.version == version)
                .values(contact_sheet_digest=contact_sheet)
            )
            await self._go_to(session, job_id=job_id, run=run, status=JobStatus.STORYBOARD_READY)

    async def render_part(self, job_id: int, *, fingerprint: str) -> Digest | None:
        """Return a part of the film that was made before."""
        async with self._database.read() as session:
            return await repository.render_part(session, job_id=job_id, fingerprint=fingerprint)

    async def keep_render_part(
        self, job_id: int, *, run: int, fingerprint: str, kind: str, digest: Digest, scene: int | None
    ) -> None:
        """Store a finished part of the film."""
        now = self._clock.now()
        async with self._database.transaction() as session:
            await self._change(session, job_id=job_id, run=run, values={})
            values = {"job_id": job_id, "fingerprint": fingerprint, "kind": kind, "digest": digest, "created_at": now}
            if await self._insert_once(session, RenderPartRow, values) and scene is not None:
                repository.add_event(session, job_id=job_id, kind="shot.ready", data={"scene": scene}, at=now)

    async def complete(
        self, job_id: int, *, run: int, version: int, files: Mapping[DeliverableKind, tuple[Digest, int]]
    ) -> None:
        """Publish all files of the film at once and end the job."""
        now = self._clock.now()
        async with self._database.transaction() as session:
            await self._go_to(session, job_id=job_id, run=run, status=JobStatus.COMPLETED, also={"completed_at": now})
            for kind, (digest, size_bytes) in files.items():
                await session.merge(
                    DeliverableRow(
                        job_id=job_id,
                        storyboard_version=version,
                        kind=kind.value,
                        digest=digest,
                        size_bytes=size_bytes,
                        created_at=now,
                    )
                )
            repository.add_event(session, job_id=job_id, kind="job.completed", data={"version": version}, at=now)

    async def fail(self, job_id: int, *, run: int, problem: JobProblem) -> None:
        """End this run with a reason; what succeeded stays and a retry goes on from there."""
        async with self._database.transaction() as session:
            error = problem.model_dump(mode="json", by_alias=True)
            await self._go_to(
                session, job_id=job_id, run=run, status=JobStatus.FAILED, also={"error": error}, reason=problem.message
            )

    async def begin_new_run(self, job_id: int, *, run: int) -> int:
        """Count a new run for a job whose workflow is gone; return its number."""
        async with self._database.transaction() as session:
            await self._change(session, job_id=job_id, run=run, values={"run": run + 1})
        return run + 1

    async def _change(self, session: AsyncSession, *, job_id: int, run: int, values: Mapping[str, object]) -> None:
        stamped = {**values, "updated_at": self._clock.now()}
        await repository.change_job(session, job_id=job_id, run=run, expected=WORKING, values=stamped)

    async def _go_to(
        self,
        session: AsyncSession,
        *,
        job_id: int,
        run: int,
        status: JobStatus,
        also: Mapping[str, object] = MappingProxyType({}),
        reason: str | None = None,
    ) -> None:
        """Change the state, from one that it may follow or from itself (a step that runs again), and tell of it."""
        now = self._clock.now()
        await repository.change_job(
            session,
            job_id=job_id,
            run=run,
            expected=states_before(status) & WORKING | {status},
            values={"status": status.value, "error": None, "updated_at": now, **also},
        )
        data: dict[str, str | None] = {"status": status.value, "reason": reason}
        repository.add_event(session, job_id=job_id, kind="job.status", data=data, at=now)

    @staticmethod
    async def _insert_once(
        session: AsyncSession,
        model: type[StoryboardFrameRow] | type[RenderPartRow],
        values: Mapping[str, object],
    ) -> bool:
        """Insert unless the key is there already (a step that ran again after a crash); tell whether it was new."""
        dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        statement = dialect.insert(model).values(**values).on_conflict_do_nothing().returning(model.job_id)
        return await session.scalar(statement) is not None


def _first_change(request: Mapping[str, object]) -> str:
    brief_id, version = request.get("briefId"), request.get("briefVersion")
    return "Planned from the prompt" if brief_id is None else f"Taken from version {version} of the brief {brief_id}"

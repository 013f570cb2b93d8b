"""What a workflow writes of media that models made for its job: each method is one transaction."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.errors import Canceled, NotFound
from gauntlet.core.generation import GeneratedType
from gauntlet.core.ids import Digest
from gauntlet.db.models.generations import GenerationRow
from gauntlet.db.models.jobs import (
    JobRow,
    StoryboardFrameRow,
    StoryboardMediumRow,
    StoryboardPictureRow,
    StoryboardRow,
)
from gauntlet.db.session import Database
from gauntlet.domain.costs.repository import costs_of_job
from gauntlet.domain.generations import repository as generations
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.generations.schemas import GenerationState
from gauntlet.domain.jobs import repository
from gauntlet.domain.jobs.rules import WORKING, JobStatus, Phase, status_on_resume
from gauntlet.domain.jobs.schemas import Estimate, JobProblem, JobState, StoryboardMedium

_STOPPABLE = frozenset(
    {GenerationStatus.PENDING, GenerationStatus.RUNNING, GenerationStatus.PAUSED, GenerationStatus.AMBIGUOUS}
)
_ENDED_FOR_GOOD = (JobStatus.CANCELED.value,)


class MediaLog:
    """The workflow's side of a job's media. Writes raise `Canceled` where the job is not at work in this run."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def require_at_work(self, job_id: int, *, run: int) -> None:
        """Raise `Canceled` where nobody waits for this run of the job any more."""
        async with self._database.read() as session:
            found = await session.execute(select(JobRow.run, JobRow.status).where(JobRow.id == job_id))
            row = found.one_or_none()
        if row is None or row.run != run or JobStatus(row.status) not in WORKING:
            raise Canceled(f"Run {run} of job {job_id} was canceled, paused or replaced by a later one.")

    async def keep_image(self, job_id: int, *, run: int, version: int, medium: StoryboardMedium) -> None:
        """Put a scene's picture into the storyboard that ordered it; done before, it changes nothing."""
        async with self._database.transaction() as session:
            row = await self._storyboard(session, job_id, run=run, version=version)
            content = StoryboardContent.model_validate(row.content)
            place = medium.scene - 1
            source = content.sources[place]
            if not source.is_awaited:
                return
            shown = source.model_copy(
                update={
                    "picture_digest": medium.digest,
                    "width": medium.width,
                    "height": medium.height,
                    "has_alpha": medium.has_alpha,
                    "generation_id": medium.generation_id,
                }
            )
            sources = (*content.sources[:place], shown, *content.sources[place + 1 :])
            content = content.model_copy(update={"sources": sources})
            row.content = content.model_dump(mode="json", by_alias=True, exclude_computed_fields=True)
            row.fingerprint = content.fingerprint()
            await session.flush()
            await insert_once(
                session, StoryboardPictureRow, {"job_id": job_id, "version": version, "digest": medium.digest}
            )
            await self._keep(session, job_id, version=version, medium=medium)

    async def frame_fingerprint(self, job_id: int, *, version: int, scene: int) -> str | None:
        """Return what tells a drawn frame from another, None where none is drawn."""
        async with self._database.read() as session:
            row = await session.get(StoryboardFrameRow, (job_id, version, scene))
            return None if row is None else row.fingerprint

    async def replace_frame(
        self, job_id: int, *, run: int, version: int, scene: int, fingerprint: str, digest: Digest
    ) -> None:
        """Put a frame in the place of one that was drawn before all pictures were there, and tell of it."""
        now = self._clock.now()
        async with self._database.transaction() as session:
            await repository.change_job(session, job_id=job_id, run=run, expected=WORKING, values={"updated_at": now})
            row = await session.get(StoryboardFrameRow, (job_id, version, scene), populate_existing=True)
            if row is None or row.fingerprint == fingerprint:
                return
            row.fingerprint, row.image_digest, row.created_at = fingerprint, digest, now
            data = {"version": version, "scene": scene, "digest": digest}
            repository.add_event(session, job_id=job_id, kind="frame.ready", data=data, at=now)

    async def keep_medium(self, job_id: int, *, run: int, version: int, medium: StoryboardMedium) -> None:
        """Keep a motion or the music beside the storyboard that ordered it; done before, it changes nothing."""
        async with self._database.transaction() as session:
            await self._storyboard(session, job_id, run=run, version=version)
            await self._keep(session, job_id, version=version, medium=medium)

    async def keep_estimate(self, job_id: int, *, version: int | None, estimate: Estimate) -> None:
        """Keep what the request (without a version), or a version of its storyboard, is estimated to cost."""
        document = estimate.model_dump(mode="json", by_alias=True)
        async with self._database.transaction() as session:
            row = await repository.lock_job(session, job_id, within=JobRow.id == job_id)
            if row is None:
                return
            spent = (await costs_of_job(session, job_id)).spent_microusd
            row.estimated_cost_microusd = spent + estimate.total_microusd
            if version is None:
                row.estimate = document
            elif (storyboard := await session.get(StoryboardRow, (job_id, version))) is not None:
                storyboard.estimate = document

    async def pause(self, job_id: int, *, run: int, problem: JobProblem) -> None:
        """Stop this run with a reason; what succeeded stays, and the job goes on from there when it may."""
        now = self._clock.now()
        async with self._database.transaction() as session:
            values: dict[str, object] = {
                "status": JobStatus.PAUSED.value,
                "error": problem.model_dump(mode="json", by_alias=True),
                "updated_at": now,
            }
            await repository.change_job(session, job_id=job_id, run=run, expected=WORKING, values=values)
            data = {"status": JobStatus.PAUSED.value, "reason": problem.message, "code": problem.code}
            repository.add_event(session, job_id=job_id, kind="job.status", data=data, at=now)

    async def paused_because(self, code: str) -> list[tuple[JobState, JobProblem]]:
        """Return the jobs that are paused for this reason, oldest first."""
        async with self._database.read() as session:
            rows = await session.scalars(
                select(JobRow).where(JobRow.status == JobStatus.PAUSED.value).order_by(JobRow.id)
            )
            found = [(repository.state_of(row), JobProblem.model_validate(row.error)) for row in rows if row.error]
        return [(state, problem) for state, problem in found if problem.code == code]

    async def go_on(self, job_id: int, *, run: int) -> JobState:
        """Let a paused job go on as a new run; raises `Canceled` where it is not paused in this run any more."""
        now = self._clock.now()
        async with self._database.transaction() as session:
            row = await repository.lock_job(session, job_id, within=JobRow.run == run)
            if row is None or row.status != JobStatus.PAUSED:
                raise Canceled(f"Run {run} of job {job_id} is not paused any more.")
            status = status_on_resume(phase=Phase(row.phase), has_storyboard=row.storyboard_version is not None)
            row.status, row.run, row.error, row.updated_at = status.value, run + 1, None, now
            repository.add_event(session, job_id=job_id, kind="job.status", data={"status": status.value}, at=now)
            return repository.state_of(row)

    async def stoppable_generations(self, job_id: int) -> list[int]:
        """Return the generations of a job that have not ended."""
        async with self._database.read() as session:
            rows = await session.scalars(
                select(GenerationRow.id)
                .where(GenerationRow.job_id == job_id, GenerationRow.status.in_([s.value for s in _STOPPABLE]))
                .order_by(GenerationRow.id)
            )
            return list(rows)

    async def finished_keys(self, job_id: int) -> frozenset[str]:
        """Return the keys of a job's generations that have succeeded."""
        async with self._database.read() as session:
            rows = await session.scalars(
                select(GenerationRow.key).where(
                    GenerationRow.job_id == job_id,
                    GenerationRow.status == GenerationStatus.SUCCEEDED.value,
                    GenerationRow.key.is_not(None),
                )
            )
            return frozenset(key for key in rows if key is not None)

    async def generations_nobody_wants(self) -> list[int]:
        """Return the generations that go on for jobs that were canceled."""
        async with self._database.read() as session:
            rows = await session.scalars(
                select(GenerationRow.id)
                .join(JobRow, JobRow.id == GenerationRow.job_id)
                .where(
                    JobRow.status.in_(_ENDED_FOR_GOOD),
                    GenerationRow.status.in_([s.value for s in _STOPPABLE]),
                )
                .order_by(GenerationRow.id)
            )
            return list(rows)

    async def generated(self, client_id: UUID, generation_id: int, *, kind: GeneratedType) -> GenerationState:
        """Return a finished medium that was made for a client; raises `NotFound`."""
        async with self._database.read() as session:
            row = await session.scalar(
                select(GenerationRow).where(
                    GenerationRow.id == generation_id,
                    GenerationRow.client_id == client_id,
                    GenerationRow.type == kind,
                    GenerationRow.status == GenerationStatus.SUCCEEDED.value,
                    GenerationRow.deleted_at.is_(None),
                )
            )
            found = None if row is None else await generations.state_of(session, row)
        if found is None:
            raise NotFound(
                f"Client {client_id} has no finished {kind} {generation_id}.",
                next_step=f"List the client's with GET /api/v2/{kind}s?status=succeeded.",
                details={"clientId": str(client_id), "generationId": generation_id},
            )
        return found

    async def _storyboard(self, session: AsyncSession, job_id: int, *, run: int, version: int) -> StoryboardRow:
        """Return the version, locked; the job's row is written first, so that all take the two in the same order."""
        stamped = {"updated_at": self._clock.now()}
        await repository.change_job(session, job_id=job_id, run=run, expected=WORKING, values=stamped)
        row = await session.get(StoryboardRow, (job_id, version), with_for_update=True, populate_existing=True)
        if row is None:
            raise NotFound(f"Job {job_id} has no storyboard version {version}.", details={"jobId": job_id})
        return row

    async def _keep(self, session: AsyncSession, job_id: int, *, version: int, medium: StoryboardMedium) -> None:
        now = self._clock.now()
        values = repository.medium_values(job_id, version=version, medium=medium, at=now)
        if await insert_once(session, StoryboardMediumRow, values):
            data = {"version": version, "scene": medium.scene, "role": medium.role, "id": medium.generation_id}
            repository.add_event(session, job_id=job_id, kind="medium.ready", data=data, at=now)


async def insert_once(
    session: AsyncSession,
    model: type[StoryboardMediumRow] | type[StoryboardPictureRow],
    values: dict[str, object],
) -> bool:
    """Insert unless the key is there already; tell whether it was new."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(model).values(**values).on_conflict_do_nothing().returning(model.job_id)
    return await session.scalar(statement) is not None

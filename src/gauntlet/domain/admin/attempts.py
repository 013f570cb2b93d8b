"""What is kept of who was asked for a job's brief and media."""

from sqlalchemy import select

from gauntlet.core.errors import NotFound
from gauntlet.db.models.generations import GenerationRow
from gauntlet.db.models.jobs import JobRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts import rules
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.admin.schemas import JobAttempts, MediumAttempt
from gauntlet.domain.briefs.repository import all_attempts


class AttemptArchive:
    """Shows administrators what was tried for a job."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_job(self, principal: Principal, job_id: int) -> JobAttempts:
        """Return what was tried, oldest first; raises `NotAllowed` for other people and `NotFound`."""
        rules.require_admin(principal)
        async with self._database.read() as session:
            job = await session.get(JobRow, job_id)
            if job is None:
                raise NotFound(f"There is no job {job_id}.", next_step="List the jobs with GET /api/v2/jobs.")
            media = await session.scalars(
                select(GenerationRow).where(GenerationRow.job_id == job_id).order_by(GenerationRow.id)
            )
            planners = [] if job.brief_id is None else await all_attempts(session, job.brief_id)
            return JobAttempts(run=job.run, planners=tuple(planners), media=tuple(_medium(medium) for medium in media))


def _medium(row: GenerationRow) -> MediumAttempt:
    return MediumAttempt.model_validate(
        {
            "id": row.id,
            "type": row.type,
            "model": row.model,
            "scene": row.scene_number,
            "status": row.status,
            "attempts": row.attempt,
            "error": None if row.error is None else row.error.get("message"),
            "created_at": row.created_at,
            "finished_at": row.finished_at,
        }
    )

"""How a job's durable work went: its runs, their steps, and who was asked meanwhile."""

from typing import Final

from pydantic import Field

from gauntlet.core.attempts import Attempt
from gauntlet.core.schema import Schema
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.admin.attempts import AttemptArchive
from gauntlet.domain.admin.schemas import MediumAttempt
from gauntlet.domain.jobs.rules import workflow_id
from gauntlet.workflows.engine import Engine, RunRecord

_RUNS_MAX: Final = 50


class JobHistory(Schema):
    """A job's work as it went. A step is there once it has ended; the one at work is not."""

    job_id: int
    runs: tuple[RunRecord, ...] = Field(description="Newest first, at most 50: one for each time that work began.")
    planners: tuple[Attempt, ...]
    media: tuple[MediumAttempt, ...]


class JobHistories:
    """Shows administrators how a job's work went."""

    def __init__(self, engine: Engine, database: Database) -> None:
        self._engine = engine
        self._attempts = AttemptArchive(database)

    async def of_job(self, principal: Principal, job_id: int) -> JobHistory:
        """Return it; raises `NotAllowed` for other people and `NotFound`."""
        tried = await self._attempts.of_job(principal, job_id)
        latest = range(tried.run, max(0, tried.run - _RUNS_MAX), -1)
        runs = [await self._engine.record(workflow_id(job_id, run=run)) for run in latest]
        return JobHistory(
            job_id=job_id,
            runs=tuple(run for run in runs if run is not None),
            planners=tried.planners,
            media=tried.media,
        )

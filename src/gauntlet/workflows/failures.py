"""How a workflow ends when a step raises: the job says why, keeps what succeeded and can be taken up again."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

import structlog

from gauntlet.core.errors import Canceled, GauntletError, StorageFailed
from gauntlet.domain.jobs.schemas import JobProblem
from gauntlet.domain.jobs.worklog import JobWorklog
from gauntlet.workflows.engine import run_step

log = structlog.get_logger(__name__)

_UNEXPECTED: Final = JobProblem(
    code="internal_error",
    message="Something went wrong inside Gauntlet; the log has the details.",
    next_step="Retry the job; finished steps are kept. If it fails again, report it with the job's number.",
)


@asynccontextmanager
async def ending_well(worklog: JobWorklog, *, job_id: int, run: int) -> AsyncGenerator[None]:
    """Turn what a step raises into the job's failed state; a run that was called off just ends."""
    try:
        yield
    except Canceled:
        log.info("job.run.called_off")
    except GauntletError as error:
        log.warning("job.run.failed", code=error.code, reason=error.message)
        await _fail(worklog, job_id=job_id, run=run, problem=problem_of(error))
    except Exception:
        # The last door before the durable runtime: without it the job would stay "rendering" for ever.
        log.exception("job.run.broke")
        await _fail(worklog, job_id=job_id, run=run, problem=_UNEXPECTED)


def problem_of(error: GauntletError) -> JobProblem:
    """Return the error as the job tells it."""
    return JobProblem(code=error.code, message=error.message, next_step=error.next_step)


async def _fail(worklog: JobWorklog, *, job_id: int, run: int, problem: JobProblem) -> None:
    async def fail() -> None:
        try:
            await worklog.fail(job_id, run=run, problem=problem)
        except Canceled:
            log.info("job.run.called_off")

    try:
        await run_step("fail", fail)
    except StorageFailed:
        # A full disk takes even this sentence; the job is found at work without a workflow and taken up again later.
        log.warning("job.failure.not_stored", code=problem.code)

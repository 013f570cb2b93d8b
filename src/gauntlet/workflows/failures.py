"""How a workflow ends when a step raises: the job says why, keeps what succeeded and can be taken up again."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Final

import structlog

from gauntlet.core.errors import Canceled, GauntletError, StorageFailed
from gauntlet.core.schema import Schema
from gauntlet.domain.costs.errors import BudgetExceeded
from gauntlet.domain.jobs.medialog import MediaLog
from gauntlet.domain.jobs.schemas import JobProblem
from gauntlet.domain.jobs.worklog import JobWorklog
from gauntlet.providers.base import PaymentRequired
from gauntlet.workflows.engine import run_step

log = structlog.get_logger(__name__)

PAUSING: Final = frozenset({BudgetExceeded.code, PaymentRequired.code})
"""What stops a job until money is there; it is no failure."""

_UNEXPECTED: Final = JobProblem(
    code="internal_error",
    message="Something went wrong inside Gauntlet; the log has the details.",
    next_step="Retry the job; finished steps are kept. If it fails again, report it with the job's number.",
)


class Halt(Schema):
    """Why a run goes no further; steps return it, so that what others make beside them is kept first."""

    problem: JobProblem
    is_pause: bool = False


class Halted(GauntletError):
    """A run that ends by a step's halt."""

    def __init__(self, message: str, halt: Halt | None = None) -> None:
        super().__init__(message)
        self.halt = halt


def stop_at(halts: Sequence[Halt | None]) -> None:
    """Raise `Halted` where a step halted: by a failure before a pause, and by the smallest sum that a budget lacks."""
    found = [halt for halt in halts if halt is not None]
    if not found:
        return
    first = min(found, key=lambda halt: (halt.is_pause, halt.problem.code != PaymentRequired.code, _asked(halt)))
    problem = first.problem
    others = len(found) - 1
    if others:
        more = "something else was" if others == 1 else f"{others} other things were"
        problem = problem.model_copy(update={"message": f"{problem.message} ({more} not made either.)"})
    raise Halted(problem.message, Halt(problem=problem, is_pause=first.is_pause))


def _asked(halt: Halt) -> int:
    asked = halt.problem.details.get("asked")
    return asked if isinstance(asked, int) else 0


@asynccontextmanager
async def ending_well(worklog: JobWorklog, media: MediaLog, *, job_id: int, run: int) -> AsyncGenerator[None]:
    """Turn what a step raises into the job's failed or paused state; a run that was called off just ends."""
    try:
        yield
    except Canceled:
        log.info("job.run.called_off")
    except GauntletError as error:
        halt = halt_of(error)
        log.warning("job.run.halted", code=halt.problem.code, is_pause=halt.is_pause, reason=halt.problem.message)
        await _end(worklog, media, halt, job_id=job_id, run=run)
    except Exception:
        # The last door before the durable runtime: without it the job would stay "rendering" for ever.
        log.exception("job.run.broke")
        await _end(worklog, media, Halt(problem=_UNEXPECTED), job_id=job_id, run=run)


def halt_of(error: GauntletError) -> Halt:
    """Return how an error ends a run."""
    if isinstance(error, Halted) and error.halt is not None:
        return error.halt
    return Halt(problem=problem_of(error), is_pause=error.code in PAUSING)


def problem_of(error: GauntletError) -> JobProblem:
    """Return the error as the job tells it."""
    return JobProblem(code=error.code, message=error.message, next_step=error.next_step, details=error.details)


async def _end(worklog: JobWorklog, media: MediaLog, halt: Halt, *, job_id: int, run: int) -> None:
    async def fail() -> None:
        try:
            if halt.is_pause:
                await media.pause(job_id, run=run, problem=halt.problem)
            else:
                await worklog.fail(job_id, run=run, problem=halt.problem)
        except Canceled:
            log.info("job.run.called_off")

    try:
        await run_step("fail", fail)
    except StorageFailed:
        # A full disk takes even this sentence; the job is found at work without a workflow and taken up again later.
        log.warning("job.failure.not_stored", code=halt.problem.code)

"""The job's state machine: which state may follow which, what voids an approval, how progress adds up. No I/O."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from gauntlet.core.errors import Conflict


class JobStatus(StrEnum):
    """Where a job is on its way from prompt to film."""

    PENDING = "pending"
    PARSING = "parsing"
    GENERATING_STORYBOARD = "generating_storyboard"
    STORYBOARD_READY = "storyboard_ready"
    RENDERING = "rendering"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELED = "canceled"
    PAUSED = "paused"


class Stage(StrEnum):
    """The stretches of work that progress and timings are told by."""

    PLAN = "plan"
    STORYBOARD = "storyboard"
    RENDER = "render"
    SOUND = "sound"
    ENCODE = "encode"


class Phase(StrEnum):
    """The two workflows of a job, before and after the approval."""

    STORYBOARD = "storyboard"
    RENDER = "render"


WORKING: Final = frozenset({JobStatus.PENDING, JobStatus.PARSING, JobStatus.GENERATING_STORYBOARD, JobStatus.RENDERING})
"""States in which a workflow is at work; a job found in one after a crash is taken up again."""

HALTED: Final = frozenset({JobStatus.FAILED, JobStatus.PAUSED})
"""States in which nothing is at work and a retry goes on."""

EDITABLE: Final = frozenset({JobStatus.STORYBOARD_READY, JobStatus.COMPLETED})

_NEXT: Final[Mapping[JobStatus, frozenset[JobStatus]]] = {
    JobStatus.PENDING: frozenset({JobStatus.PARSING, JobStatus.PAUSED, JobStatus.FAILED, JobStatus.CANCELED}),
    JobStatus.PARSING: frozenset(
        {JobStatus.GENERATING_STORYBOARD, JobStatus.PAUSED, JobStatus.FAILED, JobStatus.CANCELED}
    ),
    JobStatus.GENERATING_STORYBOARD: frozenset(
        {JobStatus.STORYBOARD_READY, JobStatus.PAUSED, JobStatus.FAILED, JobStatus.CANCELED}
    ),
    JobStatus.STORYBOARD_READY: frozenset({JobStatus.GENERATING_STORYBOARD, JobStatus.RENDERING, JobStatus.CANCELED}),
    JobStatus.RENDERING: frozenset({JobStatus.COMPLETED, JobStatus.PAUSED, JobStatus.FAILED, JobStatus.CANCELED}),
    JobStatus.COMPLETED: frozenset({JobStatus.GENERATING_STORYBOARD}),
    JobStatus.FAILED: frozenset(
        {JobStatus.PENDING, JobStatus.GENERATING_STORYBOARD, JobStatus.RENDERING, JobStatus.CANCELED}
    ),
    JobStatus.CANCELED: frozenset(),
    JobStatus.PAUSED: frozenset(
        {JobStatus.PENDING, JobStatus.GENERATING_STORYBOARD, JobStatus.RENDERING, JobStatus.CANCELED}
    ),
}

_HOW_TO_GO_ON: Final[Mapping[JobStatus, str]] = {
    JobStatus.PENDING: "Wait until the storyboard is ready; follow the job's events.",
    JobStatus.PARSING: "Wait until the storyboard is ready; follow the job's events.",
    JobStatus.GENERATING_STORYBOARD: "Wait until the storyboard is ready; follow the job's events.",
    JobStatus.STORYBOARD_READY: "Approve the storyboard, then render it.",
    JobStatus.RENDERING: "Wait until the film is rendered, or cancel the job.",
    JobStatus.COMPLETED: "Refine the storyboard to make a new version.",
    JobStatus.FAILED: "Retry the job; finished steps are kept.",
    JobStatus.CANCELED: "Submit a new job.",
    JobStatus.PAUSED: "Retry the job to continue where it stopped.",
}


def how_to_go_on(status: str) -> str:
    """Return what a person can do with a job in this state."""
    return _HOW_TO_GO_ON[JobStatus(status)]


def may_follow(status: JobStatus, *, after: JobStatus) -> bool:
    """Tell whether a job in state `after` may go to `status`."""
    return status in _NEXT[after]


def states_before(status: JobStatus) -> frozenset[JobStatus]:
    """Return the states from which a job may go to `status`."""
    return frozenset(before for before, after in _NEXT.items() if status in after)


def refuse(action: str, *, job_id: int, status: JobStatus) -> Conflict:
    """Return the error for an action that the job's state does not admit."""
    return Conflict(
        f"Job {job_id} is {status}; it cannot be {action} now.",
        next_step=_HOW_TO_GO_ON[status],
        details={"jobId": job_id, "status": status.value},
    )


def require_approvable(
    *, job_id: int, status: JobStatus, current_version: int, seen_version: int | None, approved: int | None
) -> None:
    """Raise `Conflict` unless exactly the storyboard version that was seen can be approved now."""
    if status is not JobStatus.STORYBOARD_READY:
        raise refuse("approved", job_id=job_id, status=status)
    if seen_version is not None and seen_version != current_version:
        raise Conflict(
            f"Version {seen_version} of job {job_id}'s storyboard was seen; it is at version {current_version} now.",
            next_step="Look at the present storyboard and approve that version.",
            details={"jobId": job_id, "seenVersion": seen_version, "currentVersion": current_version},
        )
    if approved == current_version:
        raise Conflict(
            f"Version {current_version} of job {job_id}'s storyboard is approved already.",
            next_step="Render it, or refine it to make a new version.",
            details={"jobId": job_id, "currentVersion": current_version},
        )


def require_seen(*, job_id: int, seen_version: int | None, current_version: int | None) -> None:
    """Raise `Conflict` where a change was made to a storyboard version that is not the present one any more."""
    if seen_version is not None and seen_version != current_version:
        raise Conflict(
            f"Job {job_id}'s storyboard is at version {current_version}; the change was made to version"
            f" {seen_version}.",
            next_step="Look at the present storyboard and make the change again.",
            details={"jobId": job_id, "seenVersion": seen_version, "currentVersion": current_version},
        )


def require_renderable(
    *, job_id: int, status: JobStatus, approved_fingerprint: str | None, present_fingerprint: str | None
) -> None:
    """Raise `Conflict` unless the storyboard as it is now is exactly what was approved."""
    if status is not JobStatus.STORYBOARD_READY:
        raise refuse("rendered", job_id=job_id, status=status)
    if approved_fingerprint is None:
        raise Conflict(
            f"Job {job_id}'s storyboard is not approved; nothing is rendered without an approval.",
            next_step="Approve the storyboard first.",
            details={"jobId": job_id, "status": status.value},
        )
    if approved_fingerprint != present_fingerprint:
        raise Conflict(
            f"Job {job_id}'s storyboard differs from the one that was approved.",
            next_step="Look at the present storyboard and approve it.",
            details={"jobId": job_id, "status": status.value},
        )


def require_editable(*, job_id: int, status: JobStatus, also_halted: bool = False) -> None:
    """Raise `Conflict` unless the storyboard may be changed now; `also_halted` admits failed and paused jobs."""
    if status not in (EDITABLE | HALTED if also_halted else EDITABLE):
        raise refuse("changed", job_id=job_id, status=status)


def status_on_resume(*, phase: Phase, has_storyboard: bool) -> JobStatus:
    """Return the state in which a failed or paused job is taken up again: where it stopped."""
    if phase is Phase.RENDER:
        return JobStatus.RENDERING
    return JobStatus.GENERATING_STORYBOARD if has_storyboard else JobStatus.PENDING


_STAGE_SHARES: Final[Mapping[Stage, float]] = {
    Stage.PLAN: 3,
    Stage.STORYBOARD: 17,
    Stage.RENDER: 68,
    Stage.SOUND: 6,
    Stage.ENCODE: 6,
}


def overall_percentage(stages: Mapping[Stage, float]) -> int:
    """Return the whole job's percentage from each stage's share done (0 to 1)."""
    done = sum(_STAGE_SHARES[stage] * min(1.0, max(0.0, share)) for stage, share in stages.items())
    return int(done + 1e-9)


def eta_s(*, share_done: float, elapsed_s: float) -> float | None:
    """Return the seconds left at the pace so far; None while too little is done to tell."""
    if share_done <= 0.02 or elapsed_s <= 0:
        return None
    return elapsed_s * (1 - share_done) / share_done


def workflow_id(job_id: int, *, run: int) -> str:
    """Return the durable workflow's id: the job's own for its first run, with a suffix for each later one."""
    return f"job-{job_id}" if run == 1 else f"job-{job_id}-run-{run}"

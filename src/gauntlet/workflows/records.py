"""What the engine keeps of a workflow, as people see it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, Literal, Protocol

from pydantic import Field

from gauntlet.core.errors import GauntletError
from gauntlet.core.schema import Schema

RunState = Literal["waiting", "working", "done", "failed", "canceled"]

_STATES: Final[Mapping[str, RunState]] = {
    "ENQUEUED": "waiting",
    "DELAYED": "waiting",
    "PENDING": "working",
    "SUCCESS": "done",
    "CANCELLED": "canceled",
}
_SHOWN_CHARACTERS: Final = 500


class StepRecord(Schema):
    """A step that has ended; a step that was broken off by a crash ran again under the same number."""

    number: int
    name: str
    started_at: datetime | None
    ended_at: datetime | None
    outcome: Literal["done", "failed"]
    error: str | None


class RunRecord(Schema):
    """A time that work began: waits in the queue, then runs to an end, over restarts of the server."""

    workflow_id: str
    name: str
    state: RunState
    submitted_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    starts: int = Field(description="How often it was begun; more than once: a process ended under it.")
    error: str | None
    steps: tuple[StepRecord, ...]


class WorkflowLike(Protocol):
    """The fields of a workflow that are shown."""

    workflow_id: str
    name: str
    error: Exception | None
    created_at: int | None
    dequeued_at: int | None
    completed_at: int | None
    recovery_attempts: int | None

    @property
    def status(self) -> str:
        """The engine's own word for its state."""
        ...


def run_record(workflow: WorkflowLike, steps: Sequence[Mapping[str, Any]]) -> RunRecord:
    """Return a workflow with its steps, in their order."""
    ordered = sorted(steps, key=lambda step: int(step["function_id"]))
    return RunRecord(
        workflow_id=workflow.workflow_id,
        name=workflow.name,
        state=_STATES.get(workflow.status, "failed"),
        submitted_at=_moment(workflow.created_at),
        started_at=_moment(workflow.dequeued_at),
        ended_at=_moment(workflow.completed_at),
        starts=workflow.recovery_attempts or 0,
        error=_words(workflow.error),
        steps=tuple(_step(step) for step in ordered),
    )


def _step(step: Mapping[str, Any]) -> StepRecord:
    error: Exception | None = step["error"]
    return StepRecord(
        number=int(step["function_id"]),
        name=str(step["function_name"]),
        started_at=_moment(step["started_at_epoch_ms"]),
        ended_at=_moment(step["completed_at_epoch_ms"]),
        outcome="done" if error is None else "failed",
        error=_words(error),
    )


def _words(error: Exception | None) -> str | None:
    """Return what is told of an error: our own are made for people; of others only the kind is known to be safe."""
    if error is None:
        return None
    return error.message[:_SHOWN_CHARACTERS] if isinstance(error, GauntletError) else type(error).__name__


def _moment(epoch_ms: int | None) -> datetime | None:
    return None if epoch_ms is None else datetime.fromtimestamp(epoch_ms / 1000, UTC)

"""The generation's state machine, and which word of a service counts. No I/O."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from gauntlet.core.errors import Conflict, NotFound
from gauntlet.core.generation import PREDICTION_ENDED, GeneratedType, PredictionStatus
from gauntlet.domain.costs.schemas import IntentStatus


class GenerationStatus(StrEnum):
    """Where a generation is on its way from an order to a medium."""

    PENDING = "pending"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"
    PAUSED = "paused"
    AMBIGUOUS = "ambiguous"


WORKING: Final = frozenset({GenerationStatus.PENDING, GenerationStatus.RUNNING})
"""States in which a workflow is at work; a generation found in one after a crash is taken up again."""

RETRYABLE: Final = frozenset({GenerationStatus.FAILED, GenerationStatus.PAUSED, GenerationStatus.AMBIGUOUS})

_NEXT: Final[Mapping[GenerationStatus, frozenset[GenerationStatus]]] = {
    GenerationStatus.PENDING: frozenset(
        {
            GenerationStatus.RUNNING,
            GenerationStatus.FAILED,
            GenerationStatus.CANCELED,
            GenerationStatus.PAUSED,
            GenerationStatus.AMBIGUOUS,
        }
    ),
    GenerationStatus.RUNNING: frozenset(
        {
            GenerationStatus.SUCCEEDED,
            GenerationStatus.FAILED,
            GenerationStatus.CANCELED,
            GenerationStatus.PAUSED,
            GenerationStatus.AMBIGUOUS,
        }
    ),
    GenerationStatus.SUCCEEDED: frozenset(),
    GenerationStatus.FAILED: frozenset({GenerationStatus.PENDING}),
    GenerationStatus.CANCELED: frozenset(),
    GenerationStatus.PAUSED: frozenset({GenerationStatus.PENDING, GenerationStatus.CANCELED}),
    GenerationStatus.AMBIGUOUS: frozenset({GenerationStatus.PENDING, GenerationStatus.CANCELED}),
}

_HOW_TO_GO_ON: Final[Mapping[GenerationStatus, str]] = {
    GenerationStatus.PENDING: "Wait until it is done, or cancel it.",
    GenerationStatus.RUNNING: "Wait until it is done, or cancel it.",
    GenerationStatus.SUCCEEDED: "Order another one.",
    GenerationStatus.FAILED: "Retry it, or order another one.",
    GenerationStatus.CANCELED: "Order another one.",
    GenerationStatus.PAUSED: "Retry it once what its error names is mended.",
    GenerationStatus.AMBIGUOUS: "Say whether it was charged (`gauntlet costs`), then retry it.",
}

_RANKS: Final[Mapping[PredictionStatus, int]] = {
    PredictionStatus.STARTING: 0,
    PredictionStatus.PROCESSING: 1,
    PredictionStatus.SUCCEEDED: 2,
    PredictionStatus.FAILED: 2,
    PredictionStatus.CANCELED: 2,
    PredictionStatus.ABORTED: 2,
}


def how_to_go_on(status: str) -> str:
    """Return what a person can do with a generation in this state."""
    return _HOW_TO_GO_ON[GenerationStatus(status)]


def to_go_on(generation_id: int, *, type_: GeneratedType, mend: str | None) -> str:
    """Return what a person does with a generation that is paused: `mend` what stopped it, then retry it.

    Nobody else does: only what a job ordered goes on by itself, with the job.
    """
    retry = f"To go on, retry it with POST /api/v2/{PLURALS[type_]}/{generation_id}/retry."
    return retry if mend is None else f"{mend} {retry}"


def may_follow(status: GenerationStatus, *, after: GenerationStatus) -> bool:
    """Tell whether a generation in state `after` may go to `status`."""
    return status in _NEXT[after]


def is_done(status: GenerationStatus) -> bool:
    """Tell whether nothing more happens by itself."""
    return status not in WORKING


def is_newer(word: PredictionStatus, *, than: PredictionStatus | None) -> bool:
    """Tell whether a service's word is to be believed after an earlier one: an end is final, and nothing goes back."""
    return than is None or (than not in PREDICTION_ENDED and _RANKS[word] >= _RANKS[than])


def is_intent_over(status: str) -> bool:
    """Tell whether nothing more can come of what was ordered under an intent."""
    return IntentStatus(status) in {IntentStatus.SETTLED, IntentStatus.RELEASED}


def require_retryable(
    *, generation_id: int, type_: GeneratedType, status: GenerationStatus, intent_status: str | None
) -> None:
    """Raise `Conflict` unless a generation may be tried again: what may have been charged is not paid for silently."""
    if status not in RETRYABLE:
        raise refuse("retried", generation_id=generation_id, type_=type_, status=status)
    if intent_status == IntentStatus.AMBIGUOUS:
        raise Conflict(
            f"It is not known whether the {NOUNS[type_]} {generation_id} was charged; it is not ordered again before"
            " that is decided.",
            next_step="Look at the service's own list, then POST /api/v2/costs/ambiguous/{id}/resolve.",
            details={"generationId": generation_id, "status": status.value},
        )


def refuse(action: str, *, generation_id: int, type_: GeneratedType, status: GenerationStatus) -> Conflict:
    """Return the error for an action that the generation's state does not admit."""
    return Conflict(
        f"The {NOUNS[type_]} {generation_id} is {status}; it cannot be {action} now.",
        next_step=_HOW_TO_GO_ON[status],
        details={"generationId": generation_id, "status": status.value},
    )


def unknown(generation_id: int, *, type_: GeneratedType | None = None) -> NotFound:
    """Return the error for a generation that is not there for the caller."""
    noun = "generation" if type_ is None else NOUNS[type_]
    listed = "images" if type_ is None else PLURALS[type_]
    return NotFound(
        f"There is no {noun} {generation_id}.",
        next_step=f"List yours with GET /api/v2/{listed}.",
        details={"generationId": generation_id},
    )


NOUNS: Final[Mapping[GeneratedType, str]] = {"image": "image", "video": "video", "audio": "sound"}
PLURALS: Final[Mapping[GeneratedType, str]] = {"image": "images", "video": "videos", "audio": "sounds"}


def workflow_id(generation_id: int, *, run: int) -> str:
    """Return the durable workflow's id, another one for each run."""
    return f"generation-{generation_id}-run-{run}"


def intent_key(generation_id: int, *, attempt: int) -> str:
    """Return the key of the intent to pay: the same for all runs of one attempt, so that a crash pays nothing twice."""
    return f"generation-{generation_id}-attempt-{attempt}"

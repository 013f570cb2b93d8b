"""What may be done with a brief, when: pure functions."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from gauntlet.core.errors import Conflict
from gauntlet.domain.briefs.schemas import BriefRequest, BriefStatus, OrderStatus

KEPT_ANSWERS_AGE: Final = timedelta(days=30)
"""For how long an answer to an equal question is taken from the shelf instead of being paid for again."""

_STATUSES: Final[dict[OrderStatus, BriefStatus]] = {
    "working": "planning",
    "done": "ready",
    "failed": "failed",
    "paused": "paused",
}


def workflow_id(order_id: int, *, run: int) -> str:
    """Return the durable workflow's name for a run of an order."""
    return f"brief-order-{order_id}-{run}"


def account_key(brief_id: UUID, order_id: int) -> str:
    """Return the step under which an order's questions are paid for: the same in every run of it."""
    return f"brief-{brief_id}-order-{order_id}"


def brief_status(order: OrderStatus | None, *, version: int) -> BriefStatus:
    """Return how a brief is, by the latest order for it; one that a job made was never ordered.

    A change that failed leaves the brief as it was before.
    """
    if order is None or (order == "failed" and version > 0):
        return "ready"
    return _STATUSES[order]


def require_ready(brief_id: UUID, *, status: BriefStatus, version: int) -> None:
    """Raise `Conflict` where a planner is at work on a brief, or there is no version of it yet."""
    if status == "planning":
        raise Conflict(
            f"A planner is at work on the brief {brief_id}.",
            next_step=f"Wait until GET /api/v2/briefs/{brief_id} says that it is ready.",
            details={"briefId": str(brief_id)},
        )
    if version < 1:
        raise Conflict(
            f"The brief {brief_id} has no version yet: its planning is {status}.",
            next_step=f"Try it again with POST /api/v2/briefs/{brief_id}/retry.",
            details={"briefId": str(brief_id)},
        )


def require_current(brief_id: UUID, *, seen: int | None, current: int) -> None:
    """Raise `Conflict` where a change was made to a version that is not the present one any more."""
    if seen is not None and seen != current:
        raise Conflict(
            f"The brief {brief_id} is at version {current}; the change was made to version {seen}.",
            next_step="Look at the present version and make the change again.",
            details={"briefId": str(brief_id), "seen": seen, "current": current},
        )


def require_same(known: BriefRequest | None, asked: BriefRequest, *, key: str) -> None:
    """Raise `Conflict` where a key that named a brief before comes with something else."""
    if known != asked:
        raise Conflict(
            f"Idempotency key {key[:60]!r} was used before, for another request.",
            next_step="Use a new key for a new request.",
        )

"""A desk for generations whose models do what a test says."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from gauntlet.core.errors import Conflict
from gauntlet.core.generation import TYPE_OF_KIND, ModelKind
from gauntlet.domain.generations.rules import RETRYABLE, GenerationStatus, is_done
from gauntlet.domain.generations.schemas import GenerationOrder, GenerationProblem, GenerationState

Making = Callable[[GenerationOrder], GenerationState | None]


def state_of(
    order: GenerationOrder,
    generation_id: int,
    *,
    status: GenerationStatus = GenerationStatus.PENDING,
    error: GenerationProblem | None = None,
    **made: object,
) -> GenerationState:
    """Return a generation of the order in that state."""
    kind = order.kind or ModelKind.TEXT_TO_IMAGE
    return GenerationState.model_validate(
        {
            "id": generation_id,
            "key": order.key,
            "type": TYPE_OF_KIND[kind],
            "kind": kind,
            "model": order.model,
            "version": None,
            "status": status,
            "run": 1,
            "attempt": 1,
            "client_id": order.client_id,
            "campaign_id": order.campaign_id,
            "user_id": order.user_id,
            "job_id": order.job_id,
            "brief_id": order.brief_id,
            "scene_number": order.scene_number,
            "prompt": order.prompt,
            "inputs": order.inputs,
            "intent_id": None,
            "error": error,
            "created_at": datetime(2026, 1, 1, tzinfo=UTC),
            **made,
        }
    )


class ScriptedOffice:
    """Takes orders once a key; the test says by `end` what becomes of each."""

    def __init__(self) -> None:
        self.orders: list[GenerationOrder] = []
        self.states: dict[int, GenerationState] = {}
        self.retried: list[int] = []
        self.canceled: list[int] = []
        self._changed = asyncio.Event()

    async def order(self, order: GenerationOrder) -> int:
        for state in self.states.values():
            if state.key == order.key:
                return state.id
        self.orders.append(order)
        generation_id = len(self.orders)
        self.states[generation_id] = state_of(order, generation_id)
        return generation_id

    def end(
        self,
        generation_id: int,
        *,
        status: GenerationStatus = GenerationStatus.SUCCEEDED,
        error: GenerationProblem | None = None,
        **made: object,
    ) -> None:
        order = self.orders[generation_id - 1]
        self.states[generation_id] = state_of(order, generation_id, status=status, error=error, **made)
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_for_medium(self, generation_id: int) -> GenerationState:
        while not is_done(self.states[generation_id].status):
            await self._changed.wait()
        return self.states[generation_id]

    async def state(self, generation_id: int) -> GenerationState:
        return self.states[generation_id]

    async def cancel(self, generation_id: int) -> None:
        self.canceled.append(generation_id)
        self.end(generation_id, status=GenerationStatus.CANCELED)

    async def retry(self, generation_id: int) -> None:
        if self.states[generation_id].status not in RETRYABLE:
            raise Conflict("It cannot be retried.")
        self.retried.append(generation_id)
        self.end(generation_id, status=GenerationStatus.PENDING)

    async def estimate(self, order: GenerationOrder) -> int | None:
        return None

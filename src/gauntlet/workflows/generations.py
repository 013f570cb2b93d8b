"""The desk for media that models make: it takes orders, once each, and starts, stops and awaits the work."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from uuid import UUID

import structlog
from pydantic import JsonValue

from gauntlet.core.errors import Canceled, FieldFault, InvalidInput, StorageFailed
from gauntlet.core.generation import ModelId, ModelKind
from gauntlet.core.settings import HostedSettings
from gauntlet.domain.generations.rules import is_done, workflow_id
from gauntlet.domain.generations.schemas import GenerationOrder, GenerationState
from gauntlet.domain.generations.worklog import CheckedOrder, GenerationWorklog
from gauntlet.providers.inputs import SECRET_KEYWORD, check_inputs
from gauntlet.providers.predictions import ModelCard
from gauntlet.workflows.bells import Bells
from gauntlet.workflows.engine import Engine, WorkQueue
from gauntlet.workflows.generating import GENERATION_WORKFLOW
from gauntlet.workflows.given_files import with_files
from gauntlet.workflows.lookout import Lookout
from gauntlet.workflows.spending import MediaPrices

HOSTED_QUEUE: Final = "hosted"

FindCard = Callable[[ModelId, UUID], Awaitable[ModelCard]]
"""Returns a model for a client; raises `ProviderRejected` where there is none, and what asking for it may raise."""

_OWN_LOOK_S: Final = 30.0
"""Whoever works in this process rings, and the lookout rings for what another does: this is for when both fail."""
_STAND_IN: Final = "https://file.invalid/"
_COUNT_NAMES: Final = ("num_outputs", "num_images", "number_of_images", "num_samples", "max_images", "batch_size")

log = structlog.get_logger(__name__)


def hosted_queue(settings: HostedSettings) -> WorkQueue:
    """Return the queue that generations wait in: what the services' rates allow."""
    return WorkQueue(HOSTED_QUEUE, at_once=settings.at_once, starts_per_minute=settings.creates_per_minute)


class GenerationDesk:
    """Orders, awaits, cancels and retries generations. Who may do that is asked by those who call it."""

    def __init__(
        self,
        *,
        engine: Engine,
        worklog: GenerationWorklog,
        card: FindCard,
        prices: MediaPrices,
        bells: Bells,
    ) -> None:
        self._engine = engine
        self._worklog = worklog
        self._card = card
        self._prices = prices
        self._bells = bells
        self._lookout = Lookout(worklog.with_news, bells)

    async def order(self, order: GenerationOrder) -> int:
        """Take an order and start the work; the same key is the same generation, whatever else the order says.

        Raises `InvalidInput` for inputs that the model does not take, and what looking the model up raises; nothing is
        stored then.
        """
        known = None if order.key is None else await self._worklog.by_key(order.key)
        if known is not None:
            return known.id
        state = await self._worklog.create(await self.check(order))
        log.info("generation.order.done", generation_id=state.id, model=state.model, job_id=state.job_id)
        await self._start(state)
        return state.id

    async def check(self, order: GenerationOrder) -> CheckedOrder:
        """Return the order completed by what its model is; raises as `order` does, and stores nothing."""
        card = await self.card(order)
        if order.kind is not None and card.kind is not order.kind:
            raise _wrong_kind(card, wanted=order.kind)
        inputs = _completed(card, order)
        check_inputs(card, with_files(inputs, dict.fromkeys(order.files, _STAND_IN)))
        return CheckedOrder(
            order=order,
            kind=card.kind,
            version=card.version,
            inputs=inputs,
            estimate_microusd=self._prices.estimate_media(order.model, inputs),
        )

    async def card(self, order: GenerationOrder) -> ModelCard:
        """Return the model of an order; raises `ProviderRejected` where there is none."""
        return await self._card(order.model, order.client_id)

    async def estimate(self, order: GenerationOrder) -> int | None:
        """Return what an order will probably cost in micro-dollars; None where the price is not known."""
        return (await self.check(order)).estimate_microusd

    async def state(self, generation_id: int) -> GenerationState:
        """Return how a generation is; raises `NotFound`."""
        return await self._worklog.state(generation_id)

    async def wait(self, generation_id: int) -> GenerationState:
        """Return a generation when nothing more happens to it by itself: see `rules.is_done`."""
        return await self._waited(generation_id, lambda state: is_done(state.status))

    async def wait_for_medium(self, generation_id: int) -> GenerationState:
        """As `wait`, and as soon as its medium is stored: what is paid for it is booked while others go on with it."""
        return await self._waited(generation_id, lambda state: is_done(state.status) or state.digest is not None)

    async def _waited(self, generation_id: int, is_ready: Callable[[GenerationState], bool]) -> GenerationState:
        with self._bells.listening(generation_id) as ear, self._lookout.watching(generation_id):
            while not is_ready(state := await self._worklog.state(generation_id)):
                await ear.hear(_OWN_LOOK_S)
            return state

    async def cancel(self, generation_id: int) -> None:
        """End a generation, here and at the service; what it costs all the same is booked. One that ended stays so."""
        await self._worklog.cancel(generation_id)
        self._bells.ring(generation_id)

    async def retry(self, generation_id: int) -> None:
        """Begin anew, or go on with what the service still has; raises `Conflict` where that may not be."""
        await self._start(await self._worklog.begin_retry(generation_id))

    async def take_up_lost_work(self) -> int:
        """Start a workflow for every generation that one should be working on and none is; return how many."""
        taken_up = 0
        for state in await self._worklog.at_work():
            liveness = await self._engine.liveness(workflow_id(state.id, run=state.run))
            if liveness == "alive":
                continue
            run = state.run
            if liveness == "ended":
                await self._engine.cancel(workflow_id(state.id, run=state.run))
                try:
                    run = await self._worklog.begin_new_run(state.id, run=state.run)
                except Canceled:
                    continue
            log.info("generation.taken_up", generation_id=state.id, run=run)
            await self._start(state.model_copy(update={"run": run}))
            taken_up += 1
        return taken_up

    async def _start(self, state: GenerationState) -> None:
        """Start the work; where that fails now, it is found and taken up later."""
        try:
            await self._engine.submit(
                GENERATION_WORKFLOW,
                workflow_id=workflow_id(state.id, run=state.run),
                subject_id=state.id,
                run=state.run,
                queue=HOSTED_QUEUE,
            )
        except StorageFailed as error:
            log.warning("generation.start.postponed", generation_id=state.id, run=state.run, reason=error.message)


def _completed(card: ModelCard, order: GenerationOrder) -> dict[str, JsonValue]:
    """Return an order's inputs with its prompt in its place, for one medium; raises `InvalidInput` for secrets."""
    known = _properties(card)
    inputs = dict(order.inputs)
    if order.prompt and "prompt" in known:
        inputs.setdefault("prompt", order.prompt)
    for name in inputs:
        if known.get(name, {}).get(SECRET_KEYWORD) is True:
            raise InvalidInput(
                f"The input {name} of {card.id} is a secret; secrets are not kept with generations.",
                next_step="Choose a model that needs none.",
                details={"field": f"inputs.{name}", "model": card.id},
                faults=[FieldFault(f"inputs.{name}", f"{name} is a secret, which is not kept")],
            )
    for name in _COUNT_NAMES:
        if name in known and known[name].get("type") == "integer":
            _check_count(card, name, inputs.setdefault(name, 1))
    return inputs


def _check_count(card: ModelCard, name: str, count: JsonValue) -> None:
    if isinstance(count, int) and count > 1:
        raise InvalidInput(
            f"The input {name} of {card.id} is {count}; a generation is one medium.",
            next_step="Order it several times, with another seed each.",
            details={"field": f"inputs.{name}", "value": count, "limit": 1},
            faults=[FieldFault(f"inputs.{name}", f"{name} is {count}; it must be 1", value=str(count), limit="1")],
        )


def _properties(card: ModelCard) -> dict[str, Mapping[str, JsonValue]]:
    found = card.input_schema.get("properties")
    if not isinstance(found, dict):
        return {}
    return {name: part for name, part in found.items() if isinstance(part, dict)}


def _wrong_kind(card: ModelCard, *, wanted: ModelKind) -> InvalidInput:
    return InvalidInput(
        f"The model {card.id} is of kind {card.kind.value}; {wanted.value} is needed.",
        next_step=f"Choose one with GET /api/v2/models?kind={wanted.value}.",
        details={"field": "model", "value": card.id, "limit": wanted.value},
    )

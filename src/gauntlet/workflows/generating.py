"""The generation workflow: reserve, send (or find), wait, then fetch, check, store and settle."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import structlog
from pydantic import JsonValue

from gauntlet.core.errors import Canceled, GauntletError, StorageFailed
from gauntlet.core.generation import PredictionStatus, is_built_in
from gauntlet.domain.costs.errors import BudgetExceeded
from gauntlet.domain.costs.schemas import Intent, IntentStatus
from gauntlet.domain.costs.till import Till
from gauntlet.domain.generations.rules import to_go_on
from gauntlet.domain.generations.schemas import GenerationProblem, GenerationState
from gauntlet.domain.generations.worklog import GenerationWorklog
from gauntlet.providers.base import (
    PaymentRequired,
    ProviderAmbiguous,
    ProviderError,
    ProviderNotConfigured,
    ProviderUnavailable,
)
from gauntlet.providers.predictions import MediaModels, Prediction
from gauntlet.storage.base import BlobStore
from gauntlet.workflows.bells import Bells
from gauntlet.workflows.engine import run_step
from gauntlet.workflows.given_files import FileSender
from gauntlet.workflows.outputs import MediaStore
from gauntlet.workflows.spending import MediaPrices, MediaServices, OrderTerms, PaidOrders
from gauntlet.workflows.watching import Watch

GENERATION_WORKFLOW: Final = "generation"

_OVER: Final = frozenset({IntentStatus.SETTLED, IntentStatus.RELEASED, IntentStatus.AMBIGUOUS})
_UNEXPECTED: Final = GenerationProblem(
    code="internal_error",
    message="Something went wrong inside Gauntlet; the log has the details.",
    next_step="Retry it. If it fails again, report it with its number.",
)

log = structlog.get_logger(__name__)

Step = Callable[[GenerationState], Awaitable[None]]


class Checkpointed(Protocol):
    """Runs a step of the present workflow unless it was run before; `engine.run_step` does."""

    async def __call__(
        self,
        name: str,
        function: Callable[[Step, int, int], Coroutine[Any, Any, bool]],
        step: Step,
        generation_id: int,
        run: int,
    ) -> bool:
        """Return what the step returns, or returned."""
        ...


class LocalModels(Protocol):
    """Runs the built-in models, which need neither money nor a network."""

    async def run(self, model: str, inputs: Mapping[str, JsonValue], files: Mapping[str, bytes]) -> bytes:
        """Return the medium; `files` are by the names of the inputs that they are."""
        ...


@dataclass(frozen=True, slots=True)
class GenerationTools:
    """The tools of the workflow's steps."""

    worklog: GenerationWorklog
    till: Till
    orders: PaidOrders
    watch: Watch
    media: MediaStore
    files: FileSender
    services: MediaServices
    local: LocalModels
    prices: MediaPrices
    blobs: BlobStore
    bells: Bells
    terms: OrderTerms


class GenerationWorkflow:
    """Makes the medium of one generation.

    What a step does is told by the generation and its intent, not by what earlier steps returned: any of them may break
    off anywhere and run again. A generation that has ended, and whose spending has not, is wound up.
    """

    def __init__(self, tools: GenerationTools, *, checkpointed: Checkpointed | None = None) -> None:
        self._tools = tools
        self._checkpointed = checkpointed or _durably
        self._ended: dict[int, Prediction] = {}

    async def run(self, generation_id: int, run: int) -> None:
        """Go through the steps; the first that ends the generation is the last."""
        steps: dict[str, Step] = {"reserve": self._reserve, "send": self._send, "wait": self._wait, "take": self._take}
        with structlog.contextvars.bound_contextvars(generation_id=generation_id, run=run):
            if not await self._checkpointed("begin", self._guarded, self._begin, generation_id, run):
                return
            if is_built_in((await self._tools.worklog.state(generation_id)).model):
                steps = {"make": self._make}
            for name, step in steps.items():
                if not await self._checkpointed(name, self._guarded, step, generation_id, run):
                    return

    async def _guarded(self, step: Step, generation_id: int, run: int) -> bool:
        """Do a step and tell whether to go on; what goes wrong becomes the generation's end, in the same step."""
        state = (await self._tools.worklog.state(generation_id)).model_copy(update={"run": run})
        try:
            await step(state)
        except Canceled:
            await self._wind_up(generation_id, run)
            return False
        except GauntletError as error:
            log.warning("generation.run.failed", code=error.code, reason=error.message)
            await self._end_badly(state, error)
            return False
        except Exception:
            # The last door before the durable runtime: without it the generation would be "running" for ever.
            log.exception("generation.run.broke")
            await self._end_badly(state, None)
            return False
        return True

    async def _begin(self, state: GenerationState) -> None:
        await self._tools.worklog.enter(state.id, run=state.run)

    async def _make(self, state: GenerationState) -> None:
        """Run a built-in model."""
        tools = self._tools
        if state.digest is None:
            given = await tools.worklog.files(state.id)
            files = {name: await tools.blobs.read_bytes(file.digest) for name, file in given.items()}
            data = await tools.local.run(state.model, state.inputs, files)
            async with tools.media.stored(_whole(data), kind=state.kind) as medium:
                await tools.worklog.keep_medium(state.id, run=state.run, medium=medium)
        await self._succeed(state)

    async def _reserve(self, state: GenerationState) -> None:
        """Reserve the money and hand over the files; what will be sent is then written down."""
        tools = self._tools
        await tools.orders.reserve(state)
        if state.sent_inputs is None:
            service = await tools.services.models_for(state.client_id)
            inputs = await tools.files.sent_inputs(state, service)
            await tools.worklog.keep_sent_inputs(state.id, run=state.run, inputs=inputs)

    async def _send(self, state: GenerationState) -> None:
        intent = await self._intent(state)
        if intent.provider_ref is None or intent.status not in _OVER:  # else an earlier run came further than this
            await self._tools.orders.send(state, intent)

    async def _wait(self, state: GenerationState) -> None:
        intent = await self._intent(state)
        if intent.status not in _OVER:
            self._ended[state.id] = await self._tools.watch.until_ended(state, intent)

    async def _take(self, state: GenerationState) -> None:
        """Take what came, book what it cost, and let it be seen."""
        tools = self._tools
        intent = await self._intent(state)
        if state.digest is not None and intent.status is IntentStatus.SETTLED:
            return await self._succeed(state)
        service = await tools.services.models_for(state.client_id)
        prediction = self._ended.pop(state.id, None) or await tools.watch.until_ended(state, intent)
        fault: ProviderError | None = None
        if prediction.status is not PredictionStatus.SUCCEEDED:
            fault = _fault_of(prediction, deadline_s=tools.terms.deadline_s)
        elif state.digest is None:
            try:
                await self._copy(state, service, prediction)
            except ProviderError as error:
                fault = error
        await self._settle(state, intent, prediction, fault)
        if fault is not None:
            raise fault
        return await self._succeed(state)

    async def _copy(self, state: GenerationState, service: MediaModels, prediction: Prediction) -> None:
        """Copy the output, trying for a while; it is kept by the service for an hour at most."""
        tools = self._tools
        output, *others = prediction.outputs or (None,)
        if output is None:
            raise _no_output(prediction)
        if others:
            log.warning("generation.outputs.left", count=len(others))
        pace = tools.terms.pace
        for tries in range(pace.fetch_tries):
            try:
                async with tools.media.fetched(service, output, kind=state.kind) as medium:
                    await tools.worklog.keep_medium(state.id, run=state.run, medium=medium)
                    tools.bells.ring(state.id)
                    return
            except ProviderUnavailable:
                if tries + 1 == pace.fetch_tries:
                    raise
            with tools.bells.listening(state.id) as ear:
                await ear.hear(pace.fetch_again_s * 2**tries)

    async def _settle(
        self, state: GenerationState, intent: Intent, prediction: Prediction, fault: ProviderError | None
    ) -> None:
        """Book what the service charges: what succeeded, and what was canceled while it ran."""
        tools = self._tools
        is_billed = prediction.status is PredictionStatus.SUCCEEDED or (
            prediction.status is PredictionStatus.CANCELED and prediction.started_at is not None
        )
        if not is_billed:
            await tools.till.release(intent.id, reason=f"The prediction {prediction.status.value} and is not charged.")
            return
        actual_microusd = tools.prices.actual_media(
            state.model, state.sent_inputs or state.inputs, prediction.metrics, max(1, len(prediction.outputs))
        )
        note = None if fault is None else fault.message
        await tools.till.settle(intent.id, actual_microusd=actual_microusd, note=note)
        log.info("intent.settle.done", intent_id=str(intent.id), actual_microusd=actual_microusd)

    async def _succeed(self, state: GenerationState) -> None:
        await self._tools.worklog.succeed(state.id, run=state.run)
        self._tools.bells.ring(state.id)
        log.info("generation.run.done", type=state.type, model=state.model)

    async def _end_badly(self, state: GenerationState, error: GauntletError | None) -> None:
        """Give the generation its end and its reason, and let go of money that nothing was ordered for."""
        tools = self._tools
        self._ended.pop(state.id, None)
        problem = _UNEXPECTED if error is None else problem_of(error)
        intent = await tools.orders.intent(state)
        try:
            if isinstance(error, ProviderAmbiguous):
                if intent is not None:
                    await tools.till.park(intent.id, reason=error.message)
                await tools.worklog.park(state.id, run=state.run, problem=problem)
            elif _may_go_on(error, intent):
                await tools.worklog.pause(state.id, run=state.run, problem=_paused(state, problem))
            else:
                await tools.worklog.fail(state.id, run=state.run, problem=problem)
        except Canceled:
            await self._wind_up(state.id, state.run)
            return
        # After the generation's end: were it the other way round, a crash between the two would lose the reason.
        if intent is not None and intent.status is IntentStatus.RESERVED:
            await tools.till.release(intent.id, reason=problem.message)
        tools.bells.ring(state.id)

    async def _wind_up(self, generation_id: int, run: int) -> None:
        """End the spending of a generation that has ended: stop what runs, book what it cost, give back the rest."""
        tools = self._tools
        self._ended.pop(generation_id, None)
        state = await tools.worklog.state(generation_id)
        if state.run != run:
            return  # a later run has taken over
        intent = await tools.orders.intent(state)
        if intent is None or intent.status in _OVER:
            return
        log.info("generation.wind_up.begun", intent_id=str(intent.id), status=intent.status.value)
        try:
            if intent.status is IntentStatus.SENDING and await tools.orders.find(state, intent) is None:
                await tools.till.begin_again(intent.id)
            intent = await self._intent(state)
            if intent.status is IntentStatus.RESERVED:
                await tools.till.release(
                    intent.id, reason=f"The generation was {state.status.value} before it was sent."
                )
                return
            prediction = await tools.watch.until_ended(state, intent, is_wanted=False)
            await self._settle(state, intent, prediction, None)
        except (ProviderAmbiguous, ProviderNotConfigured) as error:
            await tools.till.park(intent.id, reason=error.message)
        log.info("generation.wind_up.done", intent_id=str(intent.id))

    async def _intent(self, state: GenerationState) -> Intent:
        intent = await self._tools.orders.intent(state)
        if intent is None:
            raise RuntimeError(f"generation {state.id} has no intent for attempt {state.attempt}")
        return intent


def problem_of(error: GauntletError) -> GenerationProblem:
    """Return the error as a generation tells it."""
    return GenerationProblem(
        code=error.code, message=error.message, next_step=error.next_step, details=dict(error.details)
    )


def _paused(state: GenerationState, problem: GenerationProblem) -> GenerationProblem:
    """Return the reason with how to go on; a job says that itself of what it ordered."""
    if state.job_id is not None:
        return problem
    next_step = to_go_on(state.id, type_=state.type, mend=problem.next_step)
    return problem.model_copy(update={"next_step": next_step})


def _may_go_on(error: GauntletError | None, intent: Intent | None) -> bool:
    """Tell whether an error only stops a generation for a while.

    A budget or an account without money; or a full disk or a key that is refused while the order is at the service,
    from where a retry fetches it.
    """
    if isinstance(error, BudgetExceeded | PaymentRequired):
        return True
    is_out = intent is not None and intent.status is IntentStatus.SENT
    return is_out and isinstance(error, StorageFailed | ProviderNotConfigured)


def _fault_of(prediction: Prediction, *, deadline_s: int) -> ProviderError:
    said = f": {prediction.error[:300]}" if prediction.error else ""
    match prediction.status:
        case PredictionStatus.CANCELED:
            message = (
                f"The prediction was canceled at the service, by hand or because it took longer than {deadline_s} s"
            )
        case PredictionStatus.ABORTED:
            message = (
                f"The service did not begin the prediction within {deadline_s} s and gave it up; it is not charged"
            )
        case _:
            message = "The model failed"
    return ProviderError(
        f"{message}{said}.".replace("..", "."),
        next_step="Retry it, or choose other inputs or another model.",
        details={"predictionId": prediction.id, "status": prediction.status.value},
    )


def _no_output(prediction: Prediction) -> ProviderError:
    if prediction.is_data_removed:
        return ProviderError(
            "The output was removed by the service before it could be copied; it keeps outputs for an hour.",
            next_step="Retry it (a new run, paid for anew).",
            details={"predictionId": prediction.id},
        )
    return ProviderError(
        "The model ended well and brought no output.",
        next_step="Retry it with other inputs, or choose another model.",
        details={"predictionId": prediction.id},
    )


async def _durably(
    name: str, function: Callable[[Step, int, int], Coroutine[Any, Any, bool]], step: Step, generation_id: int, run: int
) -> bool:
    return await run_step(name, function, step, generation_id, run)


async def _whole(data: bytes) -> AsyncGenerator[bytes]:
    yield data

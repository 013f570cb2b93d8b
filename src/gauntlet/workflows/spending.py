"""Orders that cost money: sent once, and looked for before they are ever sent again (docs/adr/0020)."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

import structlog
from pydantic import JsonValue

from gauntlet.core.clock import Clock
from gauntlet.core.errors import Canceled, Conflict
from gauntlet.core.generation import ModelKind
from gauntlet.core.schema import Schema
from gauntlet.domain.costs.schemas import Intent, IntentDraft, IntentStatus, Purpose
from gauntlet.domain.costs.till import Till
from gauntlet.domain.generations.rules import WORKING, intent_key
from gauntlet.domain.generations.schemas import GenerationState, PredictionWord
from gauntlet.domain.generations.worklog import GenerationWorklog
from gauntlet.providers.base import (
    PaymentRequired,
    ProviderAmbiguous,
    ProviderError,
    ProviderNotConfigured,
    ProviderRejected,
    ProviderUnavailable,
    RateLimited,
)
from gauntlet.providers.predictions import MediaModels, Prediction, PredictionRequest
from gauntlet.workflows.bells import Bells

PROVIDER: Final = "replicate"
_SKEW: Final = timedelta(minutes=2)
"""By how much the service's clock may differ from ours."""

_PURPOSES: Final[Mapping[ModelKind, Purpose]] = {
    ModelKind.TEXT_TO_IMAGE: "image",
    ModelKind.IMAGE_TO_VIDEO: "motion",
    ModelKind.TEXT_TO_VIDEO: "video",
    ModelKind.TEXT_TO_MUSIC: "music",
    ModelKind.UPSCALE: "upscale",
}

log = structlog.get_logger(__name__)


class MediaServices(Protocol):
    """Knows which account runs media models for a client."""

    async def models_for(self, client_id: UUID) -> MediaModels:
        """Return it; raises `ProviderNotConfigured` where there is no key."""
        ...


class MediaPrices(Protocol):
    """What runs of media models cost, as far as that is known; `domain.costs.prices.PriceBook` is one."""

    def estimate_media(self, model: str, inputs: Mapping[str, JsonValue]) -> int | None:
        """Return what a run will probably cost in micro-dollars."""
        ...

    def actual_media(
        self, model: str, inputs: Mapping[str, JsonValue], metrics: Mapping[str, float], outputs_count: int
    ) -> int | None:
        """Return what a run did cost in micro-dollars."""
        ...


class Pace(Schema):
    """How long is waited for what, in seconds.

    An order that does not appear in the service's list `settling_s` after it was sent was not taken.
    """

    settling_s: float = 20.0
    look_again_s: float = 2.0
    look_for_s: float = 600.0
    first_again_s: float = 1.0
    most_again_s: float = 30.0
    try_for_s: float = 600.0
    poll_first_s: float = 1.0
    poll_most_s: float = 10.0
    poll_first_with_webhook_s: float = 3.0
    poll_most_with_webhook_s: float = 15.0
    glance_s: float = 2.0
    grace_s: float = 30.0
    give_up_s: float = 600.0
    fetch_again_s: float = 1.0
    fetch_tries: int = 6


@dataclass(frozen=True, slots=True)
class Later:
    """The order was certainly not taken: send it again after a while."""

    after_s: float | None
    reason: ProviderError | None = None


@dataclass(frozen=True, slots=True)
class OrderTerms:
    """What holds for all orders: how long a run may take, where webhooks go (None for nowhere), how long one waits."""

    deadline_s: int
    webhook_base_url: str | None
    pace: Pace

    def webhook_url(self, intent_id: UUID) -> str | None:
        """Return the address that tells of what an intent ordered."""
        if self.webhook_base_url is None:
            return None
        return f"{self.webhook_base_url.rstrip('/')}/api/webhooks/{PROVIDER}?token={intent_id}"


class PaidOrders:
    """Reserves, sends and finds orders of one service.

    Every method may break off anywhere and be called again: what was ordered is one thing, and is paid for once.
    """

    def __init__(
        self,
        *,
        till: Till,
        worklog: GenerationWorklog,
        services: MediaServices,
        bells: Bells,
        clock: Clock,
        terms: OrderTerms,
    ) -> None:
        self._till = till
        self._worklog = worklog
        self._services = services
        self._bells = bells
        self._clock = clock
        self._terms = terms

    async def intent(self, state: GenerationState) -> Intent | None:
        """Return the intent of the present attempt, where there is one already."""
        return await self._till.by_key(intent_key(state.id, attempt=state.attempt))

    async def reserve(self, state: GenerationState) -> Intent:
        """Reserve what the attempt may cost; raises `BudgetExceeded`. Reserved before, it changes nothing."""
        intent = await self._till.open(
            IntentDraft(
                key=intent_key(state.id, attempt=state.attempt),
                client_id=state.client_id,
                campaign_id=state.campaign_id,
                job_id=state.job_id,
                user_id=state.user_id,
                provider=PROVIDER,
                model=state.model,
                purpose=_PURPOSES[state.kind],
                estimate_microusd=state.estimate_microusd,
            )
        )
        await self._worklog.bind_intent(state.id, run=state.run, intent_id=intent.id)
        return intent

    async def send(self, state: GenerationState, intent: Intent) -> str:
        """Send the order, or find it where it was sent before; return the service's id of it.

        Waits and sends again for as long as it is certain that nothing was taken. Raises `ProviderAmbiguous` where
        that cannot be told, other `ProviderError`s where the service does not take it, `Canceled`.
        """
        pace, waited_s, tries = self._terms.pace, 0.0, 0
        while True:
            outcome = await self._send_or_find(state, intent)
            if isinstance(outcome, str):
                return outcome
            again_s = min(pace.most_again_s, pace.first_again_s * 2**tries)
            tries = min(tries + 1, 10)
            after_s = again_s if outcome.after_s is None else outcome.after_s
            waited_s += after_s
            if outcome.reason is not None and waited_s > pace.try_for_s:
                raise outcome.reason
            await self._rest(state, after_s)

    async def find(self, state: GenerationState, intent: Intent) -> str | None:
        """Look for an order of which it is not known whether it was taken; None where it was certainly not.

        Raises `ProviderAmbiguous` where that cannot be told.
        """
        return await self._find(state, intent, since=_sent_at(intent), while_wanted=False)

    async def _send_or_find(self, state: GenerationState, intent: Intent) -> str | Later:
        todo = await self._till.begin_sending(intent.id)
        if todo == "send":
            return await self._create(state, intent)
        if todo == "find":
            return await self._found_or_again(state, intent.id)
        present = await self._present(intent.id)
        if todo == "ended" or present.provider_ref is None:
            raise ended(present)
        return present.provider_ref

    async def _create(self, state: GenerationState, intent: Intent) -> str | Later:
        request = PredictionRequest(
            model=state.model,
            version=state.version,
            inputs=state.sent_inputs or {},
            token=str(intent.id),
            webhook_url=self._terms.webhook_url(intent.id),
            deadline_s=self._terms.deadline_s,
        )
        try:
            service = await self._services.models_for(state.client_id)
            prediction = await service.create(request)
        except (RateLimited, ProviderUnavailable) as error:
            await self._till.begin_again(intent.id)
            log.info("order.send.postponed", code=error.code)
            return Later(error.retry_after_s if isinstance(error, RateLimited) else None, error)
        except (PaymentRequired, ProviderRejected, ProviderNotConfigured):
            await self._till.begin_again(intent.id)
            raise
        except Exception as error:
            # Whatever else happened, the service may have the order: it is looked for, and never just sent again.
            log.warning("order.send.unclear", reason=type(error).__name__)
            return await self._found_or_again(state, intent.id, since=self._clock.now())
        if await self._claim(state, intent, prediction):
            log.info("order.send.done", intent_id=str(intent.id), prediction_id=prediction.id)
            return prediction.id
        # An equal order that was lost took this one for its own; then its own, if there is one, is this one's.
        return await self._found_or_again(state, intent.id, since=self._clock.now())

    async def _found_or_again(
        self, state: GenerationState, intent_id: UUID, *, since: datetime | None = None
    ) -> str | Later:
        intent = await self._present(intent_id)
        found = await self._find(state, intent, since=since or _sent_at(intent), while_wanted=True)
        if found is not None:
            return found
        await self._till.begin_again(intent.id)
        log.info("order.find.absent", intent_id=str(intent.id))
        return Later(0.0)

    async def _find(self, state: GenerationState, intent: Intent, *, since: datetime, while_wanted: bool) -> str | None:
        """Look until the order is found, or has been absent for long enough after `since`."""
        pace, looked_s = self._terms.pace, 0.0
        fault: ProviderError | None = None
        with self._bells.listening(state.id) as ear:
            while True:
                present = await self._worklog.state(state.id)
                if while_wanted:
                    require_wanted(present, run=state.run)
                told = present.prediction  # by a webhook, which knows the order by its token
                if told is not None and await self._claim_word(state, intent, told):
                    return told.id
                looked_at = self._clock.now()
                try:
                    found, is_there = await self._look(present, intent)
                    fault = None
                    if found is not None:
                        return found
                    if not is_there and looked_at - since >= timedelta(seconds=pace.settling_s):
                        return None
                except (RateLimited, ProviderUnavailable) as error:
                    fault = error
                except ProviderAmbiguous:
                    raise
                except ProviderError as error:
                    raise _lost(intent, error.message) from error
                if looked_s > pace.look_for_s:
                    raise _lost(intent, fault.message if fault else "it appears and is another order's.")
                looked_s += pace.look_again_s
                await ear.hear(pace.look_again_s)

    async def _look(self, state: GenerationState, intent: Intent) -> tuple[str | None, bool]:
        """Go through the account's predictions once.

        Return the order's id where it was found and claimed, and whether there is anything that may be the order.
        """
        service = await self._services.models_for(state.client_id)
        by_token: list[Prediction] = []
        by_inputs: list[Prediction] = []
        async for prediction in service.created_since(_sent_at(intent) - _SKEW):
            if prediction.webhook_url is not None:
                if str(intent.id) in prediction.webhook_url:
                    by_token.append(prediction)
            elif _asks_the_same(prediction, state) and await self._is_free(prediction):
                by_inputs.append(prediction)
        if len(by_token) > 1:
            raise _lost(intent, f"the service has {len(by_token)} predictions for it.")
        if not by_token and len(by_inputs) > 1 + await self._worklog.lost_twins(state):
            raise _lost(intent, f"{len(by_inputs)} predictions ask for the same, and nothing tells them apart.")
        # Equal orders that are lost together may take each other's: what they bring and cost is the same.
        for prediction in (*by_token, *sorted(by_inputs, key=lambda one: one.id)):
            if await self._claim(state, intent, prediction):
                log.info("order.find.done", intent_id=str(intent.id), prediction_id=prediction.id)
                return prediction.id, True
        return None, bool(by_token)

    async def _claim(self, state: GenerationState, intent: Intent, prediction: Prediction) -> bool:
        return await self._claim_word(state, intent, word_of(prediction))

    async def _claim_word(self, state: GenerationState, intent: Intent, word: PredictionWord) -> bool:
        """Note that a prediction is this order's; False where it is another's."""
        try:
            await self._till.note_sent(intent.id, provider_ref=word.id)
        except Conflict:
            return False
        await self._worklog.hear(state.id, word, is_ours=True)
        return True

    async def _is_free(self, prediction: Prediction) -> bool:
        return await self._till.find_by_ref(PROVIDER, prediction.id) is None

    async def _present(self, intent_id: UUID) -> Intent:
        intent = await self._till.find(intent_id)
        if intent is None:
            raise RuntimeError(f"the intent {intent_id} is gone, and intents are never deleted")
        return intent

    async def _rest(self, state: GenerationState, duration_s: float) -> None:
        """Wait, and no longer than the order is wanted."""
        loop = asyncio.get_running_loop()
        until = loop.time() + duration_s
        with self._bells.listening(state.id) as ear:
            while True:
                require_wanted(await self._worklog.state(state.id), run=state.run)
                left_s = until - loop.time()
                if left_s <= 0:
                    return
                await ear.hear(min(left_s, self._terms.pace.glance_s))


def word_of(prediction: Prediction) -> PredictionWord:
    """Return what is kept of what a service says of a prediction."""
    return PredictionWord(
        id=prediction.id,
        status=prediction.status,
        error=prediction.error,
        metrics=prediction.metrics,
        created_at=prediction.created_at,
        started_at=prediction.started_at,
        completed_at=prediction.completed_at,
    )


def require_wanted(state: GenerationState, *, run: int) -> None:
    """Raise `Canceled` where a generation is no longer at work in this run."""
    if state.status not in WORKING or state.run != run:
        raise Canceled(f"Run {run} of generation {state.id} was called off.", details={"generationId": state.id})


def ended(intent: Intent) -> ProviderError:
    """Return the error for an attempt whose spending somebody has ended."""
    if intent.status is IntentStatus.AMBIGUOUS:
        return _lost(intent, intent.reason or "it was left to a person.")
    return ProviderError(
        f"The spending of this attempt was {intent.status.value} already"
        f"{f' ({intent.reason})' if intent.reason else ''}; nothing more comes of it.",
        next_step="Retry it: that is a new order, and is paid for anew.",
        details={"intentId": str(intent.id)},
    )


def _sent_at(intent: Intent) -> datetime:
    return intent.sent_at or intent.created_at


def _asks_the_same(prediction: Prediction, state: GenerationState) -> bool:
    """Tell whether a prediction asks the model for what we sent; a service may add the inputs that were left out."""
    if prediction.model.partition(":")[0] not in {state.model.partition(":")[0], state.version, ""}:
        return False
    sent = state.sent_inputs or {}
    return all(name in prediction.inputs and prediction.inputs[name] == value for name, value in sent.items())


def _lost(intent: Intent, reason: str) -> ProviderAmbiguous:
    return ProviderAmbiguous(
        f"It cannot be told whether the service took the order: {reason}",
        next_step="Look for it in the service's own list, then say whether it was charged:"
        " POST /api/v2/costs/ambiguous/{id}/resolve.",
        details={"intentId": str(intent.id), "provider": intent.provider},
    )

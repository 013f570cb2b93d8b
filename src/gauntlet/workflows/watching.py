"""Waiting for the end of a prediction: the webhook and polling together, whichever tells first."""

from datetime import datetime, timedelta
from typing import Final

import structlog

from gauntlet.core.clock import Clock
from gauntlet.core.generation import PREDICTION_ENDED
from gauntlet.domain.costs.schemas import Intent
from gauntlet.domain.generations.schemas import GenerationState
from gauntlet.domain.generations.worklog import GenerationWorklog
from gauntlet.providers.base import (
    ProviderAmbiguous,
    ProviderError,
    ProviderNotConfigured,
    ProviderRejected,
    RateLimited,
)
from gauntlet.providers.predictions import MediaModels, Prediction
from gauntlet.workflows.bells import Bells
from gauntlet.workflows.spending import MediaServices, OrderTerms, require_wanted, word_of

_UNKNOWN_TIMES_MAX: Final = 3
"""A prediction that the service does not know so often in a row is another account's, or gone."""

log = structlog.get_logger(__name__)


class Watch:
    """Watches predictions until they end, and ends those that take too long or are not wanted."""

    def __init__(
        self,
        *,
        worklog: GenerationWorklog,
        services: MediaServices,
        bells: Bells,
        clock: Clock,
        terms: OrderTerms,
    ) -> None:
        self._worklog = worklog
        self._services = services
        self._bells = bells
        self._clock = clock
        self._terms = terms

    async def until_ended(self, state: GenerationState, intent: Intent, *, is_wanted: bool = True) -> Prediction:
        """Return the prediction as it is at its end; one that is not wanted is canceled first.

        Raises `Canceled` where it is not wanted any more meanwhile, `ProviderAmbiguous` where its end does not come or
        cannot be learned, `ProviderNotConfigured` where the key is refused.
        """
        vigil = _Vigil(self._terms, intent, now=self._clock.now())
        service = await self._services.models_for(state.client_id)
        if not is_wanted:
            vigil.stop_at = vigil.poll_at = self._clock.now()
            vigil.given_up_at = vigil.stop_at + timedelta(seconds=self._terms.pace.give_up_s)
            await self._hurry(service, vigil)
        with self._bells.listening(state.id) as ear:
            while True:
                present = await self._worklog.state(state.id)
                if is_wanted:
                    require_wanted(present, run=state.run)
                told = present.prediction
                is_told = told is not None and told.id == vigil.ref and told.status in PREDICTION_ENDED
                if is_told or self._clock.now() >= vigil.poll_at:
                    prediction = await self._poll(service, state, vigil)
                    if prediction is not None:
                        return prediction
                await self._hurry(service, vigil)
                news = await ear.hear(vigil.rest_s(self._clock.now()))
                if news is not None and news.id == vigil.ref and news.status in PREDICTION_ENDED:
                    return news

    async def _poll(self, service: MediaModels, state: GenerationState, vigil: "_Vigil") -> Prediction | None:
        """Ask how the prediction is; return it if it has ended."""
        try:
            prediction = await service.get(vigil.ref)
        except ProviderNotConfigured:
            raise
        except ProviderRejected as error:
            vigil.unknown += 1
            if vigil.unknown >= _UNKNOWN_TIMES_MAX:
                raise _unknown(vigil, error.message) from error
        except ProviderError as error:
            log.info("prediction.poll.failed", prediction_id=vigil.ref, code=error.code)
            if isinstance(error, RateLimited) and error.retry_after_s is not None:
                vigil.note_poll(self._clock.now(), again_s=error.retry_after_s)
                return None
        else:
            vigil.unknown = 0
            await self._worklog.hear(state.id, word_of(prediction), is_ours=True)
            if prediction.status in PREDICTION_ENDED:
                return prediction
        vigil.note_poll(self._clock.now())
        return None

    async def _hurry(self, service: MediaModels, vigil: "_Vigil") -> None:
        """End a prediction past its time; give up on one that goes on all the same."""
        now = self._clock.now()
        if now < vigil.stop_at:
            return
        if now >= vigil.given_up_at:
            raise ProviderAmbiguous(
                f"The prediction {vigil.ref} was told to stop and did not end.",
                next_step="Look at it in the service's own list, then say whether it was charged:"
                " POST /api/v2/costs/ambiguous/{id}/resolve.",
                details={"predictionId": vigil.ref},
            )
        if vigil.is_stopped:
            return
        try:
            await service.cancel(vigil.ref)
        except ProviderError as error:
            log.warning("prediction.cancel.failed", prediction_id=vigil.ref, code=error.code)  # it is told again
            return
        log.info("prediction.cancel.done", prediction_id=vigil.ref)
        vigil.is_stopped = True
        vigil.poll_at = now


class _Vigil:
    """One watch: what is watched, when to look next, and when to lose patience."""

    def __init__(self, terms: OrderTerms, intent: Intent, *, now: datetime) -> None:
        if intent.provider_ref is None:
            raise ValueError(f"the intent {intent.id} was not sent")
        pace = terms.pace
        has_webhook = terms.webhook_base_url is not None
        self.ref = intent.provider_ref
        self.unknown = 0
        self.is_stopped = False
        # The service ends it at its deadline by itself; only then, and a little later, is it told to.
        self.stop_at = (intent.sent_at or now) + timedelta(seconds=terms.deadline_s + pace.grace_s)
        self.given_up_at = self.stop_at + timedelta(seconds=pace.give_up_s)
        self._again_s = pace.poll_first_with_webhook_s if has_webhook else pace.poll_first_s
        self._most_s = pace.poll_most_with_webhook_s if has_webhook else pace.poll_most_s
        self._glance_s = pace.glance_s
        # One that was sent a while ago (this process is its second) may have ended long since.
        self.poll_at = (intent.sent_at or now) + timedelta(seconds=self._again_s)

    def note_poll(self, now: datetime, *, again_s: float | None = None) -> None:
        """Set when to look next: less and less often."""
        self.poll_at = now + timedelta(seconds=self._again_s if again_s is None else again_s)
        self._again_s = min(self._most_s, self._again_s * 1.5)

    def rest_s(self, now: datetime) -> float:
        """Return for how long to listen before the next look."""
        return max(0.0, min(self._glance_s, (self.poll_at - now).total_seconds()))


def _unknown(vigil: _Vigil, reason: str) -> ProviderAmbiguous:
    return ProviderAmbiguous(
        f"The service does not know the prediction {vigil.ref} any more: {reason}",
        next_step="Was the key replaced by another account's? Look there, then say whether it was charged:"
        " POST /api/v2/costs/ambiguous/{id}/resolve.",
        details={"predictionId": vigil.ref},
    )

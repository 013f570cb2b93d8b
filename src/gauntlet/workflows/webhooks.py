"""Webhooks of services: believed when they are signed, noted, and passed on to the workflow that waits."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from pydantic import ValidationError

from gauntlet.core.clock import Clock
from gauntlet.core.errors import Conflict, InvalidInput, NotSignedIn
from gauntlet.domain.costs.schemas import Intent, IntentStatus
from gauntlet.domain.costs.till import Till
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.generations.worklog import GenerationWorklog
from gauntlet.providers.base import ProviderNotConfigured
from gauntlet.providers.predictions import Prediction, WebhookVerifier
from gauntlet.providers.replicate.wire import PredictionBody
from gauntlet.workflows.bells import Bells
from gauntlet.workflows.generations import GenerationDesk
from gauntlet.workflows.spending import PROVIDER, word_of

REMEMBERED_FOR: Final = timedelta(hours=1)
"""Deliveries older than minutes are refused by their signature; an hour is plenty to know duplicates by."""

VerifierFor = Callable[[UUID | None], Awaitable[WebhookVerifier]]
"""Returns who verifies webhooks of a client's account (the workspace's for None); raises `ProviderNotConfigured`."""

log = structlog.get_logger(__name__)


class WebhookDesk:
    """Takes in what a service says of predictions.

    It writes down the status and rings the bell; all that follows is the workflow's. Whoever sends something else than
    news of an order of ours learns nothing of which there are.
    """

    def __init__(
        self,
        *,
        till: Till,
        worklog: GenerationWorklog,
        desk: GenerationDesk,
        bells: Bells,
        clock: Clock,
        verifier_for: VerifierFor,
    ) -> None:
        self._till = till
        self._worklog = worklog
        self._desk = desk
        self._bells = bells
        self._clock = clock
        self._verifier_for = verifier_for

    async def receive(self, *, headers: Mapping[str, str], body: bytes, token: str | None) -> None:
        """Take a delivery in, `body` being what came over the wire; the same one again changes nothing.

        Raises `NotSignedIn` for one that is not the service's own, and `InvalidInput` for one that cannot be read.
        """
        marked = await self._marked(token)
        delivery = await self._verified(headers, body, client_id=None if marked is None else marked.client_id)
        prediction = _read(body)
        if not await self._worklog.take_delivery(PROVIDER, delivery):
            log.info("webhook.receive.known", delivery=delivery)
            return
        intent = await self._till.find_by_ref(PROVIDER, prediction.id)
        if intent is None:
            intent = await self._found(marked, prediction)
        elif token is not None and (marked is None or marked.id != intent.id):
            intent = None
        if intent is None:
            log.info("webhook.receive.ignored", delivery=delivery, prediction_id=prediction.id)
            return
        await self._pass_on(intent, prediction)

    async def _marked(self, token: str | None) -> Intent | None:
        """Return the intent that the address of the webhook was made for."""
        try:
            return None if token is None else await self._till.find(UUID(token))
        except ValueError:
            return None

    async def _verified(self, headers: Mapping[str, str], body: bytes, *, client_id: UUID | None) -> str:
        try:
            verifier = await self._verifier_for(client_id)
        except ProviderNotConfigured as error:
            raise NotSignedIn(
                "The webhook is not taken: no account of the service is known here.",
                next_step="Set the service's key.",
            ) from error
        return await verifier.verify(headers=headers, body=body, now=self._clock.now())

    async def _found(self, marked: Intent | None, prediction: Prediction) -> Intent | None:
        """Return the order that turns up by its token; one that was left to a person is found thereby."""
        if marked is None or marked.provider != PROVIDER or marked.provider_ref is not None:
            return None
        if marked.status is IntentStatus.SENDING:
            return marked  # whoever sends it, or looks for it, hears of it and claims it
        if marked.status is not IntentStatus.AMBIGUOUS:
            return None
        try:
            await self._till.note_sent(marked.id, provider_ref=prediction.id)
        except Conflict:
            return None  # decided by a person a moment ago
        log.info("order.find.told", intent_id=str(marked.id), prediction_id=prediction.id)
        return await self._till.find(marked.id)

    async def _pass_on(self, intent: Intent, prediction: Prediction) -> None:
        state = await self._worklog.by_intent(intent.id)
        if state is None:
            return
        is_ours = intent.provider_ref == prediction.id
        is_news = await self._worklog.hear(state.id, word_of(prediction), is_ours=is_ours)
        log.info(
            "webhook.receive.done",
            generation_id=state.id,
            prediction_id=prediction.id,
            status=prediction.status.value,
            is_news=is_news,
        )
        self._bells.ring(state.id, prediction if is_news else None)
        if state.status is GenerationStatus.AMBIGUOUS and intent.status is IntentStatus.SENT:
            await self._desk.retry(state.id)


def _read(body: bytes) -> Prediction:
    try:
        return PredictionBody.model_validate_json(body).prediction()
    except ValidationError as error:
        raise InvalidInput(
            "The webhook's body is not a prediction.", next_step="Send it as the service does."
        ) from error

"""News of predictions: believed when signed, taken once, in any order, and passed on to who waits."""

import asyncio
import json
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr

from gauntlet.core.errors import InvalidInput, NotSignedIn
from gauntlet.core.generation import PredictionStatus
from gauntlet.db.session import Database
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.generations.schemas import GenerationState
from gauntlet.providers.base import ProviderNotConfigured, ProviderUnavailable
from gauntlet.providers.predictions import WebhookVerifier
from gauntlet.providers.replicate.webhooks import ReplicateWebhooks, signature_of
from gauntlet.workflows.bells import Ear
from gauntlet.workflows.webhooks import WebhookDesk
from tests.workflows.generation_studio import Studio, open_studio
from tests.workflows.media_service import AcceptedButLost

SECRET = SecretStr("whsec_bm90IGEgcmVhbCBzZWNyZXQgYXQgYWxs")


class Sender:
    """Sends webhooks to a desk as the service does."""

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.asked_for: list[UUID | None] = []
        self.desk = WebhookDesk(
            till=studio.till,
            worklog=studio.worklog,
            desk=studio.desk,
            bells=studio.bells,
            clock=studio.clock,
            verifier_for=self.verifier,
        )

    async def verifier(self, client_id: UUID | None) -> WebhookVerifier:
        self.asked_for.append(client_id)

        async def secret() -> SecretStr:
            return SECRET

        return ReplicateWebhooks(secret)

    async def send(
        self,
        prediction_id: str,
        status: PredictionStatus,
        *,
        token: object = None,
        delivery: str | None = None,
        signed_at: datetime | None = None,
        secret: SecretStr = SECRET,
        **more: Any,
    ) -> None:
        body = json.dumps({"id": prediction_id, "model": "acme/painter", "status": status.value, **more}).encode()
        delivery = delivery or f"msg_{uuid4().hex}"
        timestamp = str(int((signed_at or self.studio.clock.now()).timestamp()))
        signature = signature_of(secret, delivery=delivery, timestamp=timestamp, body=body)
        headers = {"webhook-id": delivery, "webhook-timestamp": timestamp, "webhook-signature": f"v1,{signature}"}
        await self.desk.receive(headers=headers, body=body, token=None if token is None else str(token))


@pytest.fixture
async def sender(database: Database) -> Sender:
    return Sender(await open_studio(database))


async def sent(studio: Studio) -> GenerationState:
    """Return a generation whose prediction p1 runs at the service."""
    generation_id = await studio.ordered()
    state = await studio.worklog.state(generation_id)
    await studio.worklog.enter(state.id, run=1)
    intent = await studio.tools.orders.reserve(state)
    await studio.worklog.keep_sent_inputs(state.id, run=1, inputs=state.inputs)
    studio.service.ends_as = None
    await studio.tools.orders.send(await studio.worklog.state(generation_id), intent)
    return await studio.worklog.state(generation_id)


async def heard(studio: Studio, generation_id: int) -> PredictionStatus | None:
    word = (await studio.worklog.state(generation_id)).prediction
    return None if word is None else word.status


async def test_news_wakes_the_workflow_which_then_takes_the_outputs_that_were_told(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = sender.studio
    state = await sent(studio)
    studio.service.get_refusals = [ProviderUnavailable("must not be needed") for _ in range(100_000)]
    is_listening, listen = asyncio.Event(), studio.bells.listening

    def listening(generation_id: int) -> AbstractContextManager[Ear]:
        is_listening.set()
        return listen(generation_id)

    monkeypatch.setattr(studio.bells, "listening", listening)
    running = asyncio.create_task(studio.run(state.id))
    await is_listening.wait()
    output = "https://replicate.delivery/p1"
    started = studio.clock.now().isoformat()
    await sender.send("p1", PredictionStatus.SUCCEEDED, token=state.intent_id, output=output, started_at=started)
    assert (await running).status is GenerationStatus.SUCCEEDED
    assert sender.asked_for == [studio.client_id]


async def test_older_word_that_comes_later_changes_nothing(sender: Sender) -> None:
    state = await sent(sender.studio)
    await sender.send("p1", PredictionStatus.SUCCEEDED, token=state.intent_id)
    await sender.send("p1", PredictionStatus.PROCESSING, token=state.intent_id)
    await sender.send("p1", PredictionStatus.FAILED, token=state.intent_id)
    assert await heard(sender.studio, state.id) is PredictionStatus.SUCCEEDED


async def test_delivery_that_comes_twice_is_taken_once(sender: Sender) -> None:
    state = await sent(sender.studio)
    await sender.send("p1", PredictionStatus.PROCESSING, token=state.intent_id, delivery="msg_1")
    await sender.send("p1", PredictionStatus.SUCCEEDED, token=state.intent_id, delivery="msg_1")
    assert await heard(sender.studio, state.id) is PredictionStatus.PROCESSING


async def test_prediction_that_nobody_ordered_here_is_ignored_without_a_word(sender: Sender) -> None:
    state = await sent(sender.studio)
    await sender.send("unknown", PredictionStatus.SUCCEEDED)
    await sender.send("unknown", PredictionStatus.SUCCEEDED, token="no token at all")
    await sender.send("unknown", PredictionStatus.SUCCEEDED, token=uuid4())
    assert await heard(sender.studio, state.id) is PredictionStatus.STARTING


async def test_token_that_does_not_fit_the_prediction_is_ignored(sender: Sender) -> None:
    state = await sent(sender.studio)
    other = await sender.studio.tools.orders.reserve(
        await sender.studio.worklog.state(await sender.studio.ordered(inputs={"seed": 8}))
    )
    await sender.send("p1", PredictionStatus.SUCCEEDED, token=other.id)
    await sender.send("p9", PredictionStatus.SUCCEEDED, token=state.intent_id)
    assert await heard(sender.studio, state.id) is PredictionStatus.STARTING


async def test_forged_and_old_webhooks_are_refused(sender: Sender) -> None:
    state = await sent(sender.studio)
    forged = SecretStr("whsec_YW5vdGhlciBzZWNyZXQgYWx0b2dldGhlcg==")
    with pytest.raises(NotSignedIn):
        await sender.send("p1", PredictionStatus.SUCCEEDED, token=state.intent_id, secret=forged)
    signed_at = sender.studio.clock.now()
    sender.studio.clock.advance(seconds=301)
    with pytest.raises(NotSignedIn):
        await sender.send("p1", PredictionStatus.SUCCEEDED, token=state.intent_id, signed_at=signed_at)
    assert await heard(sender.studio, state.id) is PredictionStatus.STARTING


async def test_body_that_is_no_prediction_is_refused_and_may_be_sent_again(sender: Sender) -> None:
    with pytest.raises(InvalidInput):
        await sender.send("", PredictionStatus.SUCCEEDED)


async def test_without_any_account_nothing_is_believed(sender: Sender) -> None:
    async def nobody(client_id: UUID | None) -> WebhookVerifier:
        raise ProviderNotConfigured("There is no key.")

    sender.desk = WebhookDesk(
        till=sender.studio.till,
        worklog=sender.studio.worklog,
        desk=sender.studio.desk,
        bells=sender.studio.bells,
        clock=sender.studio.clock,
        verifier_for=nobody,
    )
    with pytest.raises(NotSignedIn):
        await sender.send("p1", PredictionStatus.SUCCEEDED)


async def test_order_that_was_given_up_goes_on_when_its_webhook_comes_after_all(sender: Sender) -> None:
    studio = sender.studio
    studio.service.refusals = [AcceptedButLost()]
    studio.service.list_refusals = [ProviderUnavailable("away") for _ in range(10_000)]
    state = await studio.made()
    assert state.status is GenerationStatus.AMBIGUOUS

    await sender.send("p1", PredictionStatus.SUCCEEDED, token=state.intent_id)
    state = await studio.run(state.id)
    assert state.status is GenerationStatus.SUCCEEDED
    assert len(studio.service.predictions) == 1
    assert await studio.booked("spent") == studio.service.charged_microusd


async def test_lost_order_of_a_canceled_generation_is_wound_up_when_its_webhook_comes(sender: Sender) -> None:
    studio = sender.studio
    studio.service.refusals = [AcceptedButLost()]
    studio.service.list_refusals = [ProviderUnavailable("away") for _ in range(10_000)]
    state = await studio.made()
    await studio.desk.cancel(state.id)

    await sender.send("p1", PredictionStatus.PROCESSING, token=state.intent_id)
    while await studio.desk.take_up_lost_work():
        await studio.run(state.id)
    assert (await studio.worklog.state(state.id)).status is GenerationStatus.CANCELED
    assert studio.service.canceled == ["p1"]
    assert await studio.booked("spent") == studio.service.charged_microusd
    assert await studio.booked("reserved") == 0

"""What becomes of a generation, as the service lets it end."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import pytest
from pydantic import JsonValue

from gauntlet.core.errors import Conflict, InvalidInput
from gauntlet.core.generation import ModelKind, PredictionStatus
from gauntlet.db.models.costs import BudgetRow, SpendBalanceRow
from gauntlet.db.session import Database
from gauntlet.domain.costs.schemas import IntentStatus
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.media.facts import ImageFacts
from gauntlet.providers.base import (
    PaymentRequired,
    ProviderNotConfigured,
    ProviderRejected,
    ProviderUnavailable,
    RateLimited,
)
from gauntlet.workflows.generating import GenerationWorkflow
from tests.workflows.generation_studio import Studio, open_studio, plainly
from tests.workflows.media_service import PICTURE, PRICE_MICROUSD


@pytest.fixture
async def studio(database: Database) -> Studio:
    return await open_studio(database)


async def test_medium_is_stored_decoded_and_paid_for_at_its_price(studio: Studio) -> None:
    state = await studio.made()

    assert state.status is GenerationStatus.SUCCEEDED
    assert (state.format, state.width, state.height) == ("png", 64, 48)
    assert isinstance(state.facts, ImageFacts)
    assert state.facts.dominant_colours
    assert state.digest is not None
    assert await studio.blobs.read_bytes(state.digest) == PICTURE
    assert state.thumbnail_digest is not None
    assert state.cost_microusd == PRICE_MICROUSD
    assert await studio.booked("spent") == PRICE_MICROUSD
    assert await studio.booked("reserved") == 0
    [intent] = await studio.intents()
    assert (intent.status, intent.provider_ref) == ("settled", "p1")


async def test_prompt_seed_and_single_output_are_what_the_service_is_asked_for(studio: Studio) -> None:
    await studio.made()
    [prediction] = studio.service.predictions.values()
    assert {name: prediction.inputs[name] for name in ("prompt", "seed", "num_outputs")} == {
        "prompt": "a red fox",
        "seed": 7,
        "num_outputs": 1,
    }
    [intent] = await studio.intents()
    assert prediction.webhook_url == f"https://studio.example/api/webhooks/replicate?token={intent.id}"


async def test_same_key_is_the_same_generation_and_is_paid_once(studio: Studio) -> None:
    first = await studio.ordered(key="job-7-v1-scene-3-image")
    await studio.run(first)
    assert await studio.ordered(key="job-7-v1-scene-3-image") == first
    assert len(studio.service.predictions) == 1


async def test_orders_racing_under_one_key_are_one_generation(studio: Studio) -> None:
    ids = await asyncio.gather(*(studio.ordered(key="job-7-music") for _ in range(8)))
    assert len(set(ids)) == 1


async def test_inputs_that_the_model_does_not_take_are_refused_before_anything_is_stored(studio: Studio) -> None:
    with pytest.raises(InvalidInput, match="seed"):
        await studio.ordered(inputs={"seed": "seven"})
    with pytest.raises(InvalidInput, match="stepz"):
        await studio.ordered(inputs={"stepz": 4})
    with pytest.raises(InvalidInput, match="one medium"):
        await studio.ordered(inputs={"num_outputs": 4})
    with pytest.raises(InvalidInput, match="text-to-music is needed"):
        await studio.ordered(kind=ModelKind.TEXT_TO_MUSIC)
    assert studio.queue.submitted == {}
    assert await studio.intents() == []


async def test_failed_prediction_fails_with_the_models_words_and_costs_nothing(studio: Studio) -> None:
    studio.service.ends_as = PredictionStatus.FAILED
    state = await studio.made()
    assert state.status is GenerationStatus.FAILED
    assert state.error is not None
    assert "out of memory" in state.error.message
    assert await studio.booked("reserved") == await studio.booked("spent") == 0


async def test_prediction_canceled_at_the_service_is_paid_and_failed(studio: Studio) -> None:
    studio.service.ends_as = PredictionStatus.CANCELED
    state = await studio.made()
    assert state.status is GenerationStatus.FAILED
    assert await studio.booked("spent") == studio.service.charged_microusd == PRICE_MICROUSD


async def test_prediction_that_never_began_is_not_paid(studio: Studio) -> None:
    studio.service.ends_as = PredictionStatus.ABORTED
    state = await studio.made()
    assert state.status is GenerationStatus.FAILED
    assert await studio.booked("spent") == await studio.booked("reserved") == 0


@pytest.mark.parametrize("output", [b"", b"not a picture but a text", b"\x89PNG\r\n\x1a\n broken"])
async def test_output_that_is_no_picture_fails_the_generation_and_is_paid_all_the_same(
    studio: Studio, output: bytes
) -> None:
    studio.service.output = output
    state = await studio.made()
    assert state.status is GenerationStatus.FAILED
    assert state.error is not None
    assert state.error.code == "wrong_medium"
    assert state.digest is None
    assert await studio.booked("spent") == studio.service.charged_microusd


async def test_output_that_expired_fails_with_that_reason_and_is_paid(studio: Studio) -> None:
    studio.service.fetch_refusals = [ProviderRejected("The output is no longer there.", details={"status": 404})]
    state = await studio.made()
    assert state.status is GenerationStatus.FAILED
    assert state.error is not None
    assert "no longer there" in state.error.message
    assert await studio.booked("spent") == PRICE_MICROUSD


async def test_output_is_asked_for_again_when_it_is_not_delivered_at_once(studio: Studio) -> None:
    studio.service.fetch_refusals = [ProviderUnavailable("broke off"), ProviderUnavailable("broke off")]
    assert (await studio.made()).status is GenerationStatus.SUCCEEDED


async def test_account_without_credit_pauses_and_a_retry_is_a_new_order(studio: Studio) -> None:
    studio.service.refusals = [PaymentRequired("Replicate asks for payment.", next_step="Add credit.")]
    state = await studio.made()
    assert state.status is GenerationStatus.PAUSED
    assert state.error is not None
    assert state.error.code == "payment_required"
    assert state.error.next_step == f"Add credit. To go on, retry it with POST /api/v2/images/{state.id}/retry."
    assert await studio.booked("reserved") == 0

    await studio.desk.retry(state.id)
    state = await studio.run(state.id)
    assert state.status is GenerationStatus.SUCCEEDED
    assert [intent.status for intent in await studio.intents()] == ["released", "settled"]


async def test_used_up_budget_pauses_before_anything_is_sent(studio: Studio) -> None:
    await set_budget(studio, hard_microusd=PRICE_MICROUSD - 1)
    state = await studio.made()
    assert state.status is GenerationStatus.PAUSED
    assert state.error is not None
    assert state.error.code == "budget_exceeded"
    assert state.error.details["asked"] == PRICE_MICROUSD
    assert state.error.next_step == (
        f"Let an owner of the client raise the budget. To go on, retry it with POST /api/v2/images/{state.id}/retry."
    )
    assert studio.service.predictions == {}


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (ProviderRejected("Input validation failed."), "provider_rejected"),
        (ProviderNotConfigured("The key is refused."), "provider_not_configured"),
    ],
)
async def test_refused_order_fails_with_the_reason_and_gives_the_money_back(
    studio: Studio, refusal: Exception, code: str
) -> None:
    studio.service.refusals = [refusal]
    state = await studio.made()
    assert state.status is GenerationStatus.FAILED
    assert state.error is not None
    assert state.error.code == code
    assert await studio.booked("reserved") == 0


async def test_rate_limit_is_waited_for_under_the_same_intent(studio: Studio) -> None:
    studio.service.refusals = [RateLimited("Too many requests.", retry_after_s=0.001), RateLimited("Too many.")]
    state = await studio.made()
    assert state.status is GenerationStatus.SUCCEEDED
    assert len(await studio.intents()) == 1


async def test_service_that_stays_away_fails_with_its_own_reason_after_a_while(studio: Studio) -> None:
    studio.service.refusals = [ProviderUnavailable("Replicate cannot be reached.") for _ in range(100)]
    state = await studio.made()
    assert state.status is GenerationStatus.FAILED
    assert state.error is not None
    assert state.error.message == "Replicate cannot be reached."
    assert await studio.booked("reserved") == 0


async def test_polls_that_fail_are_asked_again(studio: Studio) -> None:
    studio.service.get_refusals = [ProviderUnavailable("away"), RateLimited("slow down", retry_after_s=1)]
    assert (await studio.made()).status is GenerationStatus.SUCCEEDED


async def test_prediction_that_takes_too_long_is_ended_at_the_service_and_paid(studio: Studio) -> None:
    studio.service.ends_as = None
    generation_id = await studio.ordered()
    running = asyncio.create_task(studio.run(generation_id))
    state = await running
    assert studio.service.canceled == ["p1"]
    assert state.status is GenerationStatus.FAILED
    assert state.error is not None
    assert "longer than 60 s" in state.error.message
    assert await studio.booked("spent") == studio.service.charged_microusd == PRICE_MICROUSD


async def test_prediction_that_does_not_end_even_when_told_to_is_left_to_a_person(studio: Studio) -> None:
    studio.service.ends_as, studio.service.cancels = None, False
    state = await studio.made()
    assert state.status is GenerationStatus.AMBIGUOUS
    assert [intent.status for intent in await studio.intents()] == [IntentStatus.AMBIGUOUS]
    assert await studio.booked("reserved") == PRICE_MICROUSD


async def test_prediction_that_the_account_no_longer_knows_is_left_to_a_person(studio: Studio) -> None:
    generation_id = await studio.ordered()
    studio.service.on_create = lambda prediction: studio.service.predictions.clear()
    state = await studio.run(generation_id)
    assert state.status is GenerationStatus.AMBIGUOUS
    with pytest.raises(Conflict, match="not known whether"):
        await studio.desk.retry(generation_id)


async def test_key_refused_while_the_model_runs_pauses_and_a_retry_fetches_what_was_paid(studio: Studio) -> None:
    studio.service.get_refusals = [ProviderNotConfigured("The key is refused.")]
    state = await studio.made()
    assert state.status is GenerationStatus.PAUSED
    await studio.desk.retry(state.id)
    state = await studio.run(state.id)
    assert state.status is GenerationStatus.SUCCEEDED
    assert len(studio.service.predictions) == 1


async def test_cancel_ends_the_prediction_at_the_service_and_books_what_it_costs(studio: Studio) -> None:
    studio.service.ends_as = None
    generation_id = await studio.ordered()
    is_sent = asyncio.Event()
    studio.service.on_create = lambda prediction: is_sent.set()
    running = asyncio.create_task(studio.run(generation_id))
    await is_sent.wait()
    await studio.desk.cancel(generation_id)
    state = await running
    assert state.status is GenerationStatus.CANCELED
    assert studio.service.canceled == ["p1"]
    assert await studio.booked("spent") == studio.service.charged_microusd == PRICE_MICROUSD
    assert await studio.booked("reserved") == 0


async def test_cancel_before_the_work_began_orders_nothing(studio: Studio) -> None:
    generation_id = await studio.ordered()
    await studio.desk.cancel(generation_id)
    state = await studio.run(generation_id)
    assert state.status is GenerationStatus.CANCELED
    assert studio.service.predictions == {}
    assert await studio.booked("reserved") == 0


async def test_wait_returns_at_once_when_the_generation_ends(studio: Studio) -> None:
    generation_id = await studio.ordered()
    waiting = asyncio.create_task(studio.desk.wait(generation_id))
    await studio.run(generation_id)
    assert (await waiting).status is GenerationStatus.SUCCEEDED


async def test_lost_work_is_taken_up_once(studio: Studio) -> None:
    generation_id = await studio.ordered()
    studio.queue.submitted.clear()  # as after a crash between the row and the queue
    assert await studio.desk.take_up_lost_work() == 1
    assert list(studio.queue.submitted) == [f"generation-{generation_id}-run-1"]
    studio.queue.alive.update(studio.queue.submitted)
    assert await studio.desk.take_up_lost_work() == 0


async def test_work_whose_workflow_ended_without_it_gets_a_new_run_under_the_same_intent(studio: Studio) -> None:
    generation_id = await studio.ordered()
    state = await studio.worklog.state(generation_id)
    intent = await studio.tools.orders.reserve(state)
    assert await studio.desk.take_up_lost_work() == 1
    state = await studio.run(generation_id)
    assert (state.status, state.run, state.intent_id) == (GenerationStatus.SUCCEEDED, 2, intent.id)


async def test_files_are_handed_over_and_sent_by_their_addresses(studio: Studio) -> None:
    stored = await studio.blobs.put_bytes(PICTURE)
    state = await studio.made(files={"image": {"digest": stored.digest, "media_type": "image/png"}})
    assert state.status is GenerationStatus.SUCCEEDED
    assert studio.service.uploads == [PICTURE]
    [prediction] = studio.service.predictions.values()
    assert prediction.inputs["image"] == "https://replicate.example/files/1"


async def test_built_in_model_needs_neither_money_nor_the_service(studio: Studio) -> None:
    class Painter:
        async def run(self, model: str, inputs: Mapping[str, JsonValue], files: Mapping[str, bytes]) -> bytes:
            return PICTURE

    generation_id = await studio.ordered(model="gauntlet/panel")
    await GenerationWorkflow(replace(studio.tools, local=Painter()), checkpointed=plainly).run(generation_id, 1)
    state = await studio.worklog.state(generation_id)
    assert state.status is GenerationStatus.SUCCEEDED
    assert await studio.intents() == []
    assert studio.service.predictions == {}


async def set_budget(studio: Studio, *, hard_microusd: int) -> None:
    from gauntlet.domain.costs.rules import BEGINNING

    now = studio.clock.now()
    async with studio.database.transaction() as session:
        session.add(
            BudgetRow(
                scope="client",
                scope_key=str(studio.client_id),
                client_id=studio.client_id,
                period="total",
                hard_microusd=hard_microusd,
                user_id=studio.principal.user_id,
                created_at=now,
                updated_at=now,
            )
        )
        session.add(
            SpendBalanceRow(
                scope="client",
                scope_key=str(studio.client_id),
                period="total",
                starts_on=BEGINNING,
                reserved_microusd=0,
                spent_microusd=0,
                hard_microusd=hard_microusd,
            )
        )

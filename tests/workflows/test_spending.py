"""Orders whose answers are lost: found again where they were taken, sent again only where they were not."""

import pytest

from gauntlet.core.errors import Conflict
from gauntlet.core.generation import PredictionStatus
from gauntlet.db.session import Database
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.generations.schemas import GenerationState, PredictionWord
from gauntlet.providers.base import ProviderAmbiguous, ProviderError, ProviderUnavailable
from gauntlet.providers.predictions import PredictionRequest
from tests.workflows.generation_studio import Studio, open_studio
from tests.workflows.media_service import PRICE_MICROUSD, AcceptedButLost


@pytest.fixture(params=["webhooks", "webhooks that lists do not show", "no webhooks"])
async def studio(request: pytest.FixtureRequest, database: Database) -> Studio:
    """Orders are told apart by the address of their webhook, or by what they ask for alone."""
    return await open_studio(
        database, has_webhooks=request.param != "no webhooks", tells_webhooks=request.param == "webhooks"
    )


async def require_paid_once(studio: Studio, state: GenerationState) -> None:
    assert state.status is GenerationStatus.SUCCEEDED
    assert len(studio.service.predictions) == 1
    assert await studio.booked("spent") == studio.service.charged_microusd == PRICE_MICROUSD
    assert await studio.booked("reserved") == 0


async def test_order_that_was_taken_and_whose_answer_was_lost_is_found(studio: Studio) -> None:
    studio.service.refusals = [AcceptedButLost()]
    await require_paid_once(studio, await studio.made())


async def test_order_that_was_not_taken_is_sent_again_under_the_same_intent(studio: Studio) -> None:
    studio.service.refusals = [ProviderAmbiguous("Timed out.")]
    await require_paid_once(studio, await studio.made())
    assert len(await studio.intents()) == 1


async def test_fault_of_any_other_kind_while_sending_is_looked_into_as_well(studio: Studio) -> None:
    studio.service.refusals = [ProviderError("An answer of another shape."), ValueError("a fault of our own")]
    await require_paid_once(studio, await studio.made())


async def test_order_is_looked_for_until_the_service_answers(studio: Studio) -> None:
    studio.service.refusals = [AcceptedButLost()]
    studio.service.list_refusals = [ProviderUnavailable("away") for _ in range(3)]
    await require_paid_once(studio, await studio.made())


async def test_order_that_cannot_be_looked_for_is_left_to_a_person_and_never_sent_again(studio: Studio) -> None:
    studio.service.refusals = [AcceptedButLost()]
    studio.service.list_refusals = [ProviderUnavailable("away") for _ in range(10_000)]
    state = await studio.made()
    assert state.status is GenerationStatus.AMBIGUOUS
    assert state.error is not None
    assert "cannot be told" in state.error.message
    assert len(studio.service.predictions) == 1
    assert await studio.booked("reserved") == PRICE_MICROUSD
    with pytest.raises(Conflict, match="not known whether"):
        await studio.desk.retry(state.id)


async def test_person_who_decides_lets_it_be_tried_anew(studio: Studio) -> None:
    studio.service.refusals = [AcceptedButLost()]
    studio.service.list_refusals = [ProviderUnavailable("away") for _ in range(10_000)]
    state = await studio.made()
    assert state.intent_id is not None
    await studio.till.settle(state.intent_id, actual_microusd=PRICE_MICROUSD, note="seen in the account")
    studio.service.list_refusals = []

    await studio.desk.retry(state.id)
    state = await studio.run(state.id)
    assert (state.status, state.attempt) == (GenerationStatus.SUCCEEDED, 2)
    assert state.cost_microusd == 2 * PRICE_MICROUSD


async def test_equal_order_of_somebody_else_is_not_taken_for_ours(database: Database) -> None:
    studio = await open_studio(database)
    studio.service.refusals = [AcceptedButLost()]
    request = PredictionRequest(
        model="acme/painter",
        inputs={"seed": 7, "prompt": "a red fox", "num_outputs": 1},
        token="-",
        deadline_s=60,
        webhook_url="https://elsewhere.example/hook",
    )
    studio.service.on_create = lambda prediction: None
    studio.service.accept(request)
    state = await studio.made()
    assert state.prediction is not None
    assert state.prediction.id == "p2"


async def test_order_that_several_predictions_could_be_is_left_to_a_person(database: Database) -> None:
    studio = await open_studio(database, has_webhooks=False)
    studio.service.refusals = [AcceptedButLost()]
    twin = PredictionRequest(
        model="acme/painter", inputs={"seed": 7, "prompt": "a red fox", "num_outputs": 1}, token="-", deadline_s=60
    )
    studio.service.accept(twin)  # made by hand, in the service's own pages
    state = await studio.made()
    assert state.status is GenerationStatus.AMBIGUOUS
    assert len(studio.service.predictions) == 2


async def test_equal_orders_that_are_lost_together_are_each_found(database: Database) -> None:
    studio = await open_studio(database, has_webhooks=False)
    first, second = await studio.ordered(), await studio.ordered()
    studio.service.refusals = [AcceptedButLost(), AcceptedButLost()]
    for generation_id in (first, second):  # both were on their way when the process died
        state = await studio.worklog.state(generation_id)
        intent = await studio.tools.orders.reserve(state)
        await studio.worklog.keep_sent_inputs(state.id, run=1, inputs=state.inputs)
        await studio.till.begin_sending(intent.id)
        studio.service.accept(
            PredictionRequest(model=state.model, inputs=state.inputs, token=str(intent.id), deadline_s=60)
        )
    states = [await studio.run(first), await studio.run(second)]
    assert [state.status for state in states] == [GenerationStatus.SUCCEEDED] * 2
    assert len(studio.service.predictions) == 2
    assert len({state.prediction.id for state in states if state.prediction is not None}) == 2
    assert await studio.booked("spent") == studio.service.charged_microusd


async def test_order_told_of_by_its_webhook_is_claimed_without_a_search(database: Database) -> None:
    studio = await open_studio(database)
    generation_id = await studio.ordered()
    state = await studio.worklog.state(generation_id)
    intent = await studio.tools.orders.reserve(state)
    await studio.worklog.keep_sent_inputs(state.id, run=1, inputs=state.inputs)
    await studio.till.begin_sending(intent.id)
    prediction = studio.service.accept(
        PredictionRequest(model=state.model, inputs=state.inputs, token=str(intent.id), deadline_s=60)
    )
    await studio.worklog.hear(generation_id, PredictionWord(id=prediction.id, status=PredictionStatus.PROCESSING))
    studio.service.list_refusals = [ProviderUnavailable("must not be asked") for _ in range(100)]
    await require_paid_once(studio, await studio.run(generation_id))


async def test_lost_order_of_a_canceled_generation_is_ended_and_paid(studio: Studio) -> None:
    generation_id = await studio.ordered()
    state = await studio.worklog.state(generation_id)
    intent = await studio.tools.orders.reserve(state)
    await studio.worklog.keep_sent_inputs(state.id, run=1, inputs=state.inputs)
    await studio.till.begin_sending(intent.id)
    url = studio.tools.terms.webhook_url(intent.id)
    studio.service.accept(
        PredictionRequest(model=state.model, inputs=state.inputs, token=str(intent.id), deadline_s=60, webhook_url=url)
    )
    await studio.desk.cancel(generation_id)
    state = await studio.run(generation_id)
    assert state.status is GenerationStatus.CANCELED
    assert studio.service.canceled == ["p1"]
    assert await studio.booked("spent") == studio.service.charged_microusd
    assert await studio.booked("reserved") == 0

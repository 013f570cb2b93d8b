"""The client and the double of the service, over real connections."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from gauntlet.core.clock import SystemClock
from gauntlet.core.errors import InvalidInput
from gauntlet.core.generation import PREDICTION_ENDED, ModelKind, PredictionStatus
from gauntlet.core.settings import HostedSettings
from gauntlet.media.pictures import picture_format
from gauntlet.providers.base import (
    PaymentRequired,
    ProviderAmbiguous,
    ProviderError,
    ProviderNotConfigured,
    ProviderRejected,
    ProviderUnavailable,
    RateLimited,
)
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.words import Fault
from gauntlet.providers.inputs import check_inputs, file_inputs
from gauntlet.providers.predictions import Prediction
from gauntlet.providers.replicate.accounts import ReplicateAccounts
from gauntlet.providers.replicate.client import ReplicateClient
from tests.hosted import KEYS, Fakes, running_fakes
from tests.pictures import encoded, scene
from tests.providers.replicate.service import Pauses, order

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SCHNELL = "black-forest-labs/flux-schnell"


@pytest.fixture
async def fakes() -> AsyncIterator[Fakes]:
    async with running_fakes(standing_at=NOW, speed=1) as running:
        yield running


@pytest.fixture
async def client(fakes: Fakes) -> AsyncIterator[ReplicateClient]:
    key = SecretStr(KEYS["replicate"])

    async def key_for(_client_id: object) -> SecretStr:
        return key

    settings = HostedSettings(**fakes.hosted(answer_timeout_s=1))
    accounts = ReplicateAccounts(settings, key_for=key_for, workspace_key=key, clock=SystemClock(), pause=Pauses())
    yield await accounts.models_for(None)
    await accounts.aclose()


async def ended(client: ReplicateClient, fakes: Fakes, prediction_id: str) -> Prediction:
    for _ in range(60):
        prediction = await client.get(prediction_id)
        if prediction.status in PREDICTION_ENDED:
            return prediction
        await fakes.advance(1)
    raise AssertionError("the prediction does not end")


async def data_of(client: ReplicateClient, url: str, *, limit: int = 10_000_000) -> bytes:
    async with client.fetch(url, size_limit_bytes=limit) as pieces:
        return b"".join([piece async for piece in pieces])


@pytest.mark.parametrize("kind", list(ModelKind))
async def test_every_collection_can_be_read_and_its_models_one_by_one(client: ReplicateClient, kind: ModelKind) -> None:
    cards = await client.models(kind)

    assert cards
    for card in cards:
        assert card.kind is kind
        alone = await client.model(card.id)
        assert alone.input_schema == card.input_schema
        assert (alone.version is None) is alone.is_official


async def test_a_picture_is_made_and_fetched(client: ReplicateClient, fakes: Fakes) -> None:
    made = await client.create(order(inputs={"prompt": "a red cup", "output_format": "png"}))
    prediction = await ended(client, fakes, made.id)

    assert prediction.status is PredictionStatus.SUCCEEDED
    assert prediction.inputs["prompt"] == "a red cup"
    assert prediction.metrics["predict_time"] > 0
    assert picture_format(await data_of(client, prediction.outputs[0])) == "png"
    assert len(fakes.charges) == 1


async def test_a_community_model_is_run_by_the_version_of_its_card(client: ReplicateClient, fakes: Fakes) -> None:
    card = (await client.models(ModelKind.UPSCALE))[0]
    name = next(iter(file_inputs(card)))
    address = await client.upload(encoded(scene(64, 64), "png"), name="small.png", media_type="image/png")
    inputs = {name: address}
    check_inputs(card, inputs)

    made = await client.create(order(card.id, version=card.version, inputs=inputs))

    prediction = await ended(client, fakes, made.id)
    assert prediction.status is PredictionStatus.SUCCEEDED


async def test_a_prediction_is_found_again_among_the_accounts_own(client: ReplicateClient, fakes: Fakes) -> None:
    await client.create(order(inputs={"prompt": "early"}))
    await fakes.advance(60)
    fakes.set_faults(FaultRule(fault=Fault.RESET_AFTER, endpoint="predictions.create", times=1))
    hook = "https://me.example/webhooks/t0k3n"

    with pytest.raises(ProviderAmbiguous):
        await client.create(order(inputs={"prompt": "lost"}, webhook_url=hook))

    found = [one async for one in client.created_since(NOW + timedelta(seconds=30))]
    assert [one.inputs["prompt"] for one in found] == ["lost"]
    assert found[0].webhook_url == hook


async def test_a_long_list_of_predictions_is_gone_through_to_its_end(client: ReplicateClient, fakes: Fakes) -> None:
    for number in range(102):
        await client.create(order(inputs={"prompt": f"number {number}"}))

    found = [one.inputs["prompt"] async for one in client.created_since(NOW)]

    assert found == [f"number {number}" for number in reversed(range(102))]


async def test_a_prediction_is_canceled(client: ReplicateClient, fakes: Fakes) -> None:
    made = await client.create(order())

    await client.cancel(made.id)

    ended_one = await ended(client, fakes, made.id)
    assert ended_one.status in {PredictionStatus.CANCELED, PredictionStatus.ABORTED}


@pytest.mark.parametrize(
    ("fault", "error", "predictions"),
    [
        (Fault.RATE_LIMITED, RateLimited, 0),
        (Fault.PAYMENT_REQUIRED, PaymentRequired, 0),
        (Fault.INVALID_KEY, ProviderNotConfigured, 0),
        (Fault.SERVER_ERROR, ProviderAmbiguous, 0),
        (Fault.RESET, ProviderAmbiguous, 0),
        (Fault.SERVER_ERROR_AFTER, ProviderAmbiguous, 1),
        (Fault.RESET_AFTER, ProviderAmbiguous, 1),
        (Fault.BROKEN_JSON, ProviderAmbiguous, 1),
        (Fault.HANG_AFTER, ProviderAmbiguous, 1),
    ],
)
async def test_every_fault_of_creating_has_its_error_and_is_asked_once(
    client: ReplicateClient, fakes: Fakes, fault: Fault, error: type[ProviderError], predictions: int
) -> None:
    fakes.set_faults(FaultRule(fault=fault, endpoint="predictions.create"))

    with pytest.raises(error) as raised:
        await client.create(order())

    assert KEYS["replicate"] not in f"{raised.value.message}{raised.value.next_step}{raised.value.details}"
    assert len(fakes.requests("replicate", "predictions.create")) == 1
    assert len(fakes.predictions) == predictions


async def test_throttling_says_when_to_come_back(client: ReplicateClient, fakes: Fakes) -> None:
    fakes.set_faults(FaultRule(fault=Fault.RATE_LIMITED, retry_after_s=7, endpoint="predictions.create"))

    with pytest.raises(RateLimited) as raised:
        await client.create(order())

    assert raised.value.retry_after_s == 7


async def test_refused_inputs_are_named(client: ReplicateClient) -> None:
    with pytest.raises(ProviderRejected) as raised:
        await client.create(order(inputs={"prompt": "a cup", "num_outputs": 9}))

    assert raised.value.details["field"] == "num_outputs"


async def test_the_check_refuses_what_the_service_would(client: ReplicateClient) -> None:
    card = await client.model(SCHNELL)
    with pytest.raises(InvalidInput, match="num_outputs is 9"):
        check_inputs(card, {"prompt": "a cup", "num_outputs": 9})


async def test_a_model_that_there_is_not_is_rejected(client: ReplicateClient) -> None:
    with pytest.raises(ProviderRejected):
        await client.create(order("nobody/nothing"))


async def test_outputs_are_gone_after_an_hour(client: ReplicateClient, fakes: Fakes) -> None:
    made = await client.create(order())
    prediction = await ended(client, fakes, made.id)
    await fakes.advance(3_601)

    with pytest.raises(ProviderRejected, match="no longer where"):
        await data_of(client, prediction.outputs[0])
    assert (await client.get(made.id)).is_data_removed


async def test_an_output_that_ends_too_early_is_not_taken_for_a_whole_one(
    client: ReplicateClient, fakes: Fakes
) -> None:
    fakes.set_faults(FaultRule(fault=Fault.CUT_OUTPUT))
    made = await client.create(order())
    prediction = await ended(client, fakes, made.id)

    with pytest.raises(ProviderUnavailable, match="broke off"):
        await data_of(client, prediction.outputs[0])


async def test_the_secret_of_webhooks_is_asked_for(client: ReplicateClient) -> None:
    assert (await client.webhook_secret()).get_secret_value().startswith("whsec_")

"""A prediction is asked for once, whatever comes back."""

import asyncio

import httpx
import pytest

from gauntlet.providers.base import (
    PaymentRequired,
    ProviderAmbiguous,
    ProviderError,
    ProviderRejected,
    ProviderUnavailable,
    RateLimited,
)
from tests.clocks import ManualClock
from tests.providers.replicate.service import VERSION, Pauses, Service, client_of, order, sent, told

BROKEN_OFF = httpx.RemoteProtocolError("Server disconnected without sending a response.")
NOT_CONNECTED = httpx.ConnectError("refused")

# After each of these the prediction may have been taken, and may cost.
IN_DOUBT = [
    pytest.param(httpx.ReadTimeout("late"), id="no answer in time"),
    pytest.param(httpx.WriteTimeout("late"), id="not all sent in time"),
    pytest.param(httpx.ReadError("reset"), id="reset"),
    pytest.param(BROKEN_OFF, id="broken off"),
    pytest.param(httpx.Response(500, json={"detail": "oops"}), id="500"),
    pytest.param(httpx.Response(502, text="<html>bad gateway</html>"), id="502"),
    pytest.param(httpx.Response(503, headers={"Retry-After": "1"}), id="503"),
    pytest.param(httpx.Response(408), id="408"),
    pytest.param(httpx.Response(201, text='{"id": "p1", "sta'), id="cut JSON"),
    pytest.param(httpx.Response(201, json={"status": "starting"}), id="no id"),
    pytest.param(httpx.Response(201, json=told("../p1")), id="an id that leads elsewhere"),
    pytest.param(httpx.Response(201, json=told(status="paused")), id="a status that there is not"),
    pytest.param(httpx.Response(201, json=[told()]), id="a list"),
    pytest.param(httpx.Response(201, content=b""), id="nothing"),
]

# After these it certainly was not.
NOT_TAKEN = [
    pytest.param(NOT_CONNECTED, ProviderUnavailable, id="not connected"),
    pytest.param(httpx.ConnectTimeout("late"), ProviderUnavailable, id="no connection in time"),
    pytest.param(httpx.Response(402, json={"title": "Insufficient credit", "status": 402}), PaymentRequired, id="402"),
    pytest.param(httpx.Response(422, json={"detail": "no"}), ProviderRejected, id="422"),
    pytest.param(httpx.Response(404), ProviderRejected, id="404"),
    pytest.param(httpx.Response(429), RateLimited, id="429"),
    pytest.param(httpx.Response(307, headers={"Location": "https://elsewhere.test/"}), ProviderError, id="redirect"),
]


async def test_an_official_model_is_asked_at_its_own_address(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(201, json=told()))
    client = await client_of(service, clock=clock)

    prediction = await client.create(order(webhook_url="https://me.test/hook/t0k3n"))

    assert service.asked == ["POST /v1/models/black-forest-labs/flux-schnell/predictions"]
    assert sent(service.requests[0]) == {
        "input": {"prompt": "a cup"},
        "webhook": "https://me.test/hook/t0k3n",
        "webhook_events_filter": ["start", "completed"],
    }
    assert service.requests[0].headers["Cancel-After"] == "60s"
    assert service.requests[0].headers["Authorization"] == "Bearer r8_a_key_for_tests_alone"
    assert "Prefer" not in service.requests[0].headers
    assert (prediction.id, prediction.status) == ("p1", "starting")


@pytest.mark.parametrize(
    "request_",
    [order("meta/musicgen", version=VERSION), order(f"meta/musicgen:{VERSION}")],
    ids=["version beside the name", "version in the name"],
)
async def test_a_version_is_asked_for_by_its_id(clock: ManualClock, request_: object) -> None:
    service = Service()
    service.will(httpx.Response(202, json=told()))
    client = await client_of(service, clock=clock)

    await client.create(request_)  # pyright: ignore[reportArgumentType] # what parametrize hands over has no type

    assert service.asked == ["POST /v1/predictions"]
    assert sent(service.requests[0]) == {"input": {"prompt": "a cup"}, "version": VERSION}


@pytest.mark.parametrize("answer", IN_DOUBT)
async def test_a_fault_after_sending_is_in_doubt_and_nothing_is_sent_again(
    clock: ManualClock, answer: httpx.Response | Exception
) -> None:
    service, pauses = Service(), Pauses()
    service.will(answer)
    client = await client_of(service, clock=clock, pauses=pauses)

    with pytest.raises(ProviderAmbiguous) as raised:
        await client.create(order())

    assert len(service.requests) == 1
    assert pauses.lengths_s == []
    assert "looked for" in (raised.value.next_step or "")


@pytest.mark.parametrize(("answer", "error"), NOT_TAKEN)
async def test_a_refusal_says_that_nothing_was_taken_and_nothing_is_sent_again(
    clock: ManualClock, answer: httpx.Response | Exception, error: type[ProviderError]
) -> None:
    service = Service()
    service.will(answer)
    client = await client_of(service, clock=clock)

    with pytest.raises(error) as raised:
        await client.create(order())

    assert not isinstance(raised.value, ProviderAmbiguous)
    assert len(service.requests) == 1


async def test_a_body_over_the_limit_is_in_doubt(clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gauntlet.providers.replicate.line.BODY_MAX_BYTES", 1_000)
    service = Service()
    service.will(httpx.Response(201, json=told(logs="x" * 2_000)))
    client = await client_of(service, clock=clock)

    with pytest.raises(ProviderAmbiguous, match="sends more than"):
        await client.create(order())


async def test_what_cannot_be_written_as_json_is_never_sent(clock: ManualClock) -> None:
    service = Service()
    client = await client_of(service, clock=clock)

    with pytest.raises(ProviderUnavailable, match="nothing was sent"):
        await client.create(order(inputs={"prompt": "half \ud800"}))

    assert service.requests == []


async def test_a_model_that_fails_again_and_again_is_left_alone_for_a_while(clock: ManualClock) -> None:
    service = Service()
    service.will(*[httpx.Response(500)] * 5, httpx.Response(201, json=told("other")))
    client = await client_of(service, clock=clock)
    for _ in range(5):
        with pytest.raises(ProviderAmbiguous):
            await client.create(order())

    with pytest.raises(ProviderUnavailable, match=r"nothing is asked of it for 30 s"):
        await client.create(order())

    assert len(service.requests) == 5
    assert (await client.create(order("meta/musicgen", version=VERSION))).id == "other"


async def test_a_model_that_only_refuses_is_not_left_alone(clock: ManualClock) -> None:
    service = Service()
    service.will(*[httpx.Response(422)] * 12)
    client = await client_of(service, clock=clock)

    for _ in range(12):
        with pytest.raises(ProviderRejected):
            await client.create(order())

    assert len(service.requests) == 12


async def test_a_request_that_nobody_waits_for_any_more_says_nothing_of_the_model(clock: ManualClock) -> None:
    service = Service()
    service.will(*[httpx.Response(500)] * 4, asyncio.CancelledError(), httpx.Response(201, json=told()))
    client = await client_of(service, clock=clock)
    for _ in range(4):
        with pytest.raises(ProviderAmbiguous):
            await client.create(order())

    with pytest.raises(asyncio.CancelledError):
        await client.create(order())

    assert (await client.create(order())).id == "p1"


async def test_what_was_tried_after_a_rest_decides(clock: ManualClock) -> None:
    service = Service()
    service.will(*[httpx.Response(500)] * 6, httpx.Response(201, json=told()))
    client = await client_of(service, clock=clock)
    for _ in range(5):
        with pytest.raises(ProviderAmbiguous):
            await client.create(order())
    clock.advance(seconds=30)

    with pytest.raises(ProviderAmbiguous):
        await client.create(order())
    with pytest.raises(ProviderUnavailable):
        await client.create(order())
    clock.advance(seconds=30)

    assert (await client.create(order())).id == "p1"

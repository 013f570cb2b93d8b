"""Every refusal has its own error, in words that help and without the key."""

from datetime import UTC, datetime

import httpx
import pytest

from gauntlet.providers.base import (
    PaymentRequired,
    ProviderError,
    ProviderNotConfigured,
    ProviderRejected,
    ProviderUnavailable,
    RateLimited,
)
from gauntlet.providers.replicate.refusals import Question, refusal, retry_after_s
from gauntlet.providers.replicate.wire import ProblemBody
from tests.clocks import ManualClock
from tests.providers.replicate.service import KEY, Pauses, Service, accounts_of, client_of, order

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ASKED = Question("model a/b", "ask", "REPLICATE_API_TOKEN", NOW)


def refused(status: int, body: str = "", **headers: str) -> ProviderError:
    return refusal(status, headers=httpx.Headers(headers), body=body.encode(), question=ASKED)


def test_a_wrong_key_is_named_by_where_it_is_set() -> None:
    error = refused(401, '{"title":"Unauthenticated","detail":"You did not pass a valid token","status":401}')

    assert isinstance(error, ProviderNotConfigured)
    assert "REPLICATE_API_TOKEN" in error.message
    assert error.details["setting"] == "REPLICATE_API_TOKEN"


async def test_a_clients_own_wrong_key_leads_to_the_clients_keys_and_is_never_told(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(401, json={"detail": f"bad token {KEY}"}))
    client = await accounts_of(service, clock=clock, workspace_key="another").models_for(None)

    with pytest.raises(ProviderNotConfigured) as raised:
        await client.create(order())

    assert "gauntlet provider-key set" in raised.value.message
    assert KEY not in f"{raised.value.message}{raised.value.next_step}{raised.value.details}"


async def test_a_key_with_a_line_break_is_refused_before_anything_could_tell_it(clock: ManualClock) -> None:
    with pytest.raises(ProviderNotConfigured) as raised:
        await accounts_of(Service(), clock=clock, key="r8_secret\nX-Evil: 1").models_for(None)

    assert "r8_secret" not in f"{raised.value.message}{raised.value.next_step}{raised.value.details}"


async def test_no_key_says_what_to_set(clock: ManualClock) -> None:
    with pytest.raises(ProviderNotConfigured, match="There is no key") as raised:
        await accounts_of(Service(), clock=clock, key=None).models_for(None)

    assert "REPLICATE_API_TOKEN" in (raised.value.next_step or "")


def test_no_credit_says_where_to_pay() -> None:
    error = refused(402, '{"title":"Insufficient credit","detail":"You have insufficient credit to run this model."}')

    assert isinstance(error, PaymentRequired)
    assert error.message == "Replicate asks for payment: You have insufficient credit to run this model."
    assert "billing" in (error.next_step or "")


def test_refused_inputs_are_named() -> None:
    error = refused(
        422,
        '{"title":"Input validation failed","detail":"- input: prompt is required\\n","status":422,"invalid_fields":'
        '[{"type":"required","field":"input.prompt","description":"prompt is required"},'
        '{"type":"number_lte","field":"input.steps","description":"Must be less than or equal to 4"}]}',
    )

    assert isinstance(error, ProviderRejected)
    assert error.message == ("Replicate refuses model a/b: prompt is required; Must be less than or equal to 4.")
    assert error.details["field"] == "prompt, steps"


def test_a_refusal_without_fields_tells_its_sentence_on_one_line() -> None:
    error = refused(422, '{"detail":"- version is required\\n- Additional property foo is not allowed\\n"}')

    assert error.message == (
        "Replicate refuses model a/b: version is required - Additional property foo is not allowed."
    )


def test_a_strangers_long_sentence_is_cut() -> None:
    assert len(refused(403, '{"detail":"' + "x" * 5_000 + '"}').message) < 500


@pytest.mark.parametrize("body", ["", "<html>no</html>", "[1]", '{"detail":', '{"detail":{"a":1}}', "\ufffd"])
def test_a_body_that_is_no_problem_document_still_has_its_status(body: str) -> None:
    error = refused(403, body)

    assert isinstance(error, ProviderRejected)
    assert "403" in error.message


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({"retry-after": "7"}, ProblemBody(), 7.0),
        ({"retry-after": "0.5"}, ProblemBody(retry_after=9), 0.5),
        ({"retry-after": "Sun, 01 Mar 2026 12:00:20 GMT"}, ProblemBody(), 20.0),
        ({"retry-after": "Sun, 01 Mar 2026 11:00:00 GMT"}, ProblemBody(), 0.0),
        ({"retry-after": "soon"}, ProblemBody(retry_after=9), 9.0),
        ({}, ProblemBody(retry_after=12.5), 12.5),
        ({}, ProblemBody(detail="Request was throttled. Your rate limit resets in ~30s."), 30.0),
        ({}, ProblemBody(detail="Your rate limit resets in 2m"), 120.0),
        ({"retry-after": "999999999"}, ProblemBody(), 3_600.0),
        ({}, ProblemBody(detail="Request was throttled."), None),
        ({"retry-after": "-5"}, ProblemBody(), None),
    ],
)
def test_when_to_come_back_is_read_wherever_it_is_said(
    headers: dict[str, str], body: ProblemBody, seconds: float | None
) -> None:
    assert retry_after_s(headers, body, now=NOW) == seconds


def test_throttling_carries_when_to_come_back() -> None:
    error = refused(429, '{"detail":"Request was throttled. Your rate limit resets in ~30s."}')

    assert isinstance(error, RateLimited)
    assert error.retry_after_s == 30.0


async def test_a_question_is_asked_again_where_nobody_answers(clock: ManualClock) -> None:
    service, pauses = Service(), Pauses()
    service.will(httpx.ReadTimeout("late"), httpx.Response(502), httpx.Response(200, json={"key": "whsec_c2VjcmV0"}))
    client = await client_of(service, clock=clock, pauses=pauses)

    assert (await client.webhook_secret()).get_secret_value() == "whsec_c2VjcmV0"
    assert pauses.lengths_s == [0.25, 1.0]


async def test_a_question_is_given_up_after_three_times(clock: ManualClock) -> None:
    service = Service()
    service.will(*[httpx.Response(503)] * 3)
    client = await client_of(service, clock=clock)

    with pytest.raises(ProviderUnavailable, match="status 503"):
        await client.get("p1")

    assert len(service.requests) == 3


async def test_a_refused_question_is_not_asked_again(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(429, headers={"Retry-After": "3"}))
    client = await client_of(service, clock=clock)

    with pytest.raises(RateLimited):
        await client.get("p1")

    assert len(service.requests) == 1


async def test_a_cancel_is_sent_once(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(500))
    client = await client_of(service, clock=clock)

    with pytest.raises(ProviderUnavailable):
        await client.cancel("p1")

    assert service.asked == ["POST /v1/predictions/p1/cancel"]


@pytest.mark.parametrize("prediction_id", ["../account", "", "p1/cancel", "p 1", "p1?x=1", "ü"])
async def test_an_id_that_would_lead_elsewhere_is_refused(clock: ManualClock, prediction_id: str) -> None:
    service = Service()
    client = await client_of(service, clock=clock)

    with pytest.raises(ProviderRejected):
        await client.get(prediction_id)

    assert service.requests == []

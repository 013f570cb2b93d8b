"""What the doubles of the language services answer: documents that fit the form asked for, counted and charged."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Final, cast

import httpx
import pytest

from gauntlet.core.generation import LanguageProvider
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.words import Fault
from tests.hosted import KEYS, Fakes, running_fakes
from tests.providers.fakes.asking import faults_in

SERVICES: Final[tuple[LanguageProvider, ...]] = ("openrouter", "openai", "anthropic")
MODELS: Final = {"openrouter": "anthropic/claude-sonnet-4.5", "openai": "gpt-5.1", "anthropic": "claude-sonnet-4-5"}
MODELS_BY_DEFAULT: Final = {"openai": "gpt-6.1-sol", "anthropic": "claude-sonnet-5-5"}
QUESTION: Final = 'Plan a 20 second ad for "Kvelda One", the portable lamp with a warm glow.'
FORM: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "mood": {"type": "string", "enum": ["loud", "warm"]},
        "scenes": {
            "type": "array",
            "description": "5 to 8 scenes.",
            "items": {
                "type": "object",
                "properties": {"words": {"type": "string"}, "seconds": {"type": "number"}},
                "required": ["words", "seconds"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["title", "mood", "scenes"],
    "additionalProperties": False,
}


@asynccontextmanager
async def line(fakes: Fakes, service: LanguageProvider) -> AsyncGenerator[httpx.AsyncClient]:
    key = KEYS[service]
    headers = (
        {"x-api-key": key, "anthropic-version": "2023-06-01"}
        if service == "anthropic"
        else {"authorization": f"Bearer {key}"}
    )
    async with httpx.AsyncClient(base_url=fakes.urls[service], headers=headers, timeout=20, verify=False) as client:
        yield client


def question(service: LanguageProvider, *, form: dict[str, Any] | None = FORM, **more: Any) -> dict[str, Any]:
    body = {"model": MODELS[service], "max_tokens": 4_000, "messages": [{"role": "user", "content": QUESTION}], **more}
    if form is None:
        return body
    if service == "anthropic":
        return body | {"output_config": {"format": {"type": "json_schema", "schema": form}}}
    named = {"name": "ad", "strict": True, "schema": form}
    return body | {"response_format": {"type": "json_schema", "json_schema": named}}


def path(service: LanguageProvider) -> str:
    return "/v1/messages" if service == "anthropic" else "/chat/completions"


async def asked(fakes: Fakes, service: LanguageProvider, body: dict[str, Any] | None = None) -> httpx.Response:
    async with line(fakes, service) as client:
        return await client.post(path(service), json=body or question(service))


def words_of(service: LanguageProvider, answer: dict[str, Any]) -> str:
    if service == "anthropic":
        return answer["content"][0]["text"]
    return answer["choices"][0]["message"]["content"]


def end_of(service: LanguageProvider, answer: dict[str, Any]) -> str:
    return answer["stop_reason"] if service == "anthropic" else answer["choices"][0]["finish_reason"]


@pytest.mark.parametrize("service", SERVICES)
async def test_an_answer_fits_the_form_and_is_made_of_the_questions_words(service: LanguageProvider) -> None:
    async with running_fakes() as fakes:
        answer = (await asked(fakes, service)).json()
    document = json.loads(words_of(service, answer))
    assert faults_in(document, FORM) == []
    assert 5 <= len(document["scenes"]) <= 8
    assert sum(scene["seconds"] for scene in document["scenes"]) == pytest.approx(20, abs=0.1)
    assert document["mood"] == "warm"
    assert "glow" in json.dumps(document)
    assert end_of(service, answer) in ("stop", "end_turn")


@pytest.mark.parametrize("service", SERVICES)
async def test_an_answer_counts_its_tokens_and_is_charged_for_them(service: LanguageProvider) -> None:
    async with running_fakes() as fakes:
        answer = (await asked(fakes, service)).json()
    usage = answer["usage"]
    into = usage["input_tokens"] if service == "anthropic" else usage["prompt_tokens"]
    out = usage["output_tokens"] if service == "anthropic" else usage["completion_tokens"]
    (charge,) = fakes.charges
    assert (charge.reference, charge.input_tokens, charge.output_tokens) == (answer["id"], into, out)
    price = (1.25, 10) if service == "openai" else (3, 15)
    assert charge.amount_microusd == pytest.approx(into * price[0] + out * price[1], abs=0.5)
    if service == "openrouter":
        assert usage["cost"] * 1_000_000 == pytest.approx(charge.amount_microusd)


@pytest.mark.parametrize("service", SERVICES)
async def test_a_question_without_a_form_is_answered_in_words(service: LanguageProvider) -> None:
    async with running_fakes() as fakes:
        answer = (await asked(fakes, service, question(service, form=None))).json()
    assert "Kvelda One" in words_of(service, answer)


@pytest.mark.parametrize("service", SERVICES)
async def test_a_stream_says_the_same_as_the_document(service: LanguageProvider) -> None:
    async with running_fakes() as fakes:
        whole = words_of(service, (await asked(fakes, service)).json())
        streamed = (await asked(fakes, service, question(service, stream=True))).text
    events = [json.loads(entry[6:]) for entry in streamed.splitlines() if entry.startswith("data: {")]
    if service == "anthropic":
        pieces = [event["delta"]["text"] for event in events if event["type"] == "content_block_delta"]
        assert [events[0]["type"], events[-1]["type"]] == ["message_start", "message_stop"]
    else:
        pieces = [event["choices"][0]["delta"].get("content", "") for event in events if event["choices"]]
        assert events[-1]["usage"]["completion_tokens"] > 0
        assert streamed.endswith("data: [DONE]\n\n")
    assert "".join(pieces) == whole
    assert len(fakes.charges) == 2


async def test_anthropic_answers_by_a_tool_where_one_must_be_used() -> None:
    body = question("anthropic", form=None, tool_choice={"type": "tool", "name": "plan"})
    body["tools"] = [{"name": "plan", "input_schema": FORM}]
    async with running_fakes() as fakes:
        answer = (await asked(fakes, "anthropic", body)).json()
    assert (answer["stop_reason"], answer["content"][0]["name"]) == ("tool_use", "plan")
    assert faults_in(answer["content"][0]["input"], FORM) == []


@pytest.mark.parametrize("service", SERVICES)
async def test_too_few_tokens_cut_the_answer_off(service: LanguageProvider) -> None:
    body = question(service) | {"max_tokens": 20}
    async with running_fakes() as fakes:
        answer = (await asked(fakes, service, body)).json()
    assert end_of(service, answer) in ("length", "max_tokens")
    assert len(words_of(service, answer)) == 80


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "fault", [Fault.NOT_JSON, Fault.SCHEMA_BREAKING, Fault.TOO_FEW_SCENES, Fault.REFUSAL, Fault.TRUNCATED]
)
async def test_answers_go_wrong_as_models_get_them_wrong_and_are_charged(
    service: LanguageProvider, fault: Fault
) -> None:
    async with running_fakes() as fakes:
        fakes.set_faults(FaultRule(fault=fault, service=service))
        answer = (await asked(fakes, service)).json()
    assert len(fakes.charges) == 1
    if fault is Fault.REFUSAL:
        refused = answer["stop_reason"] if service == "anthropic" else answer["choices"][0]["message"]["refusal"]
        assert refused
        return
    words = words_of(service, answer)
    assert (end_of(service, answer) in ("length", "max_tokens")) is (fault is Fault.TRUNCATED)
    if fault in (Fault.NOT_JSON, Fault.TRUNCATED):
        with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
            json.loads(words)
    elif fault is Fault.SCHEMA_BREAKING:
        assert faults_in(json.loads(words), FORM)
    else:
        assert len(json.loads(words)["scenes"]) == 2


ERRORS: Final[list[tuple[LanguageProvider, Fault, int, str]]] = [
    ("openrouter", Fault.INVALID_KEY, 401, "No auth credentials found"),
    ("openrouter", Fault.PAYMENT_REQUIRED, 402, "more credits"),
    ("openrouter", Fault.RATE_LIMITED, 429, "Rate limit exceeded"),
    ("openrouter", Fault.OVERLOADED, 503, "no available model provider"),
    ("openrouter", Fault.SERVER_ERROR, 502, "Provider returned error"),
    ("openai", Fault.INVALID_KEY, 401, "invalid_api_key"),
    ("openai", Fault.PAYMENT_REQUIRED, 429, "insufficient_quota"),
    ("openai", Fault.RATE_LIMITED, 429, "rate_limit_exceeded"),
    ("openai", Fault.OVERLOADED, 503, "overloaded"),
    ("openai", Fault.SERVER_ERROR, 500, "server_error"),
    ("anthropic", Fault.INVALID_KEY, 401, "authentication_error"),
    ("anthropic", Fault.PAYMENT_REQUIRED, 400, "credit balance is too low"),
    ("anthropic", Fault.RATE_LIMITED, 429, "rate_limit_error"),
    ("anthropic", Fault.OVERLOADED, 529, "overloaded_error"),
    ("anthropic", Fault.SERVER_ERROR, 500, "api_error"),
]


@pytest.mark.parametrize(("service", "fault", "status", "words"), ERRORS)
async def test_each_service_refuses_in_its_own_words_for_free(
    service: LanguageProvider, fault: Fault, status: int, words: str
) -> None:
    async with running_fakes() as fakes:
        fakes.set_faults(FaultRule(fault=fault, retry_after_s=3))
        answer = await asked(fakes, service)
    assert answer.status_code == status
    assert words in answer.text
    assert "error" in answer.json()
    assert (answer.headers.get("retry-after") == "3") is (
        fault is Fault.RATE_LIMITED or (service, fault) == ("openrouter", Fault.OVERLOADED)
    )
    assert fakes.charges == []


@pytest.mark.parametrize(("service", "status"), [("openrouter", 402), ("openai", 429), ("anthropic", 400)])
async def test_an_account_without_credit_is_told_so_as_the_service_does(service: LanguageProvider, status: int) -> None:
    async with running_fakes() as fakes:
        fakes.credit(service, 0)
        assert (await asked(fakes, service)).status_code == status


async def test_openrouter_answers_200_with_an_error_in_it() -> None:
    async with running_fakes() as fakes:
        fakes.set_faults(FaultRule(fault=Fault.ERROR_IN_200))
        answer = await asked(fakes, "openrouter")
    assert (answer.status_code, answer.json()["error"]["code"]) == (200, 502)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("fault", [Fault.STREAM_CUT, Fault.STREAM_STALLED])
async def test_a_stream_breaks_off_in_the_middle_after_it_was_charged(service: LanguageProvider, fault: Fault) -> None:
    async with running_fakes() as fakes:
        fakes.set_faults(FaultRule(fault=fault, hold_s=0.01))
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            await asked(fakes, service, question(service, stream=True))
        assert len(fakes.charges) == 1


async def test_an_error_can_come_in_the_middle_of_anthropics_stream() -> None:
    async with running_fakes() as fakes:
        fakes.set_faults(FaultRule(fault=Fault.ERROR_IN_200))
        answer = await asked(fakes, "anthropic", question("anthropic", stream=True))
    assert answer.status_code == 200
    assert "event: error" in answer.text
    assert "message_stop" not in answer.text


@pytest.mark.parametrize(
    ("service", "change", "words"),
    [
        ("openai", {"additionalProperties": True}, "additionalProperties"),
        ("openai", {"required": ["title"]}, "Missing 'mood'"),
        ("anthropic", {"properties": {"n": {"type": "integer", "minimum": 1}}}, "minimum are not supported"),
        ("anthropic", {"properties": {"n": {"type": "string", "maxLength": 5}}}, "maxLength are not supported"),
        ("anthropic", {"additionalProperties": None}, "explicitly set to false"),
    ],
)
async def test_schemas_that_a_service_does_not_take_are_refused(
    service: LanguageProvider, change: dict[str, Any], words: str
) -> None:
    async with running_fakes() as fakes:
        answer = await asked(fakes, service, question(service, form=FORM | change))
    assert answer.status_code == 400
    assert words in answer.text


@pytest.mark.parametrize(
    ("service", "without"), [("openai", "model"), ("openrouter", "model"), ("anthropic", "max_tokens")]
)
async def test_what_a_question_needs_is_asked_for(service: LanguageProvider, without: str) -> None:
    body = question(service)
    del body[without]
    async with running_fakes() as fakes:
        answer = await asked(fakes, service, body)
    assert answer.status_code == 400


async def test_questions_are_kept_whole_for_those_who_want_to_look_into_them() -> None:
    async with running_fakes() as fakes:
        await asked(fakes, "anthropic")
        (seen,) = fakes.requests("anthropic")
    assert cast(dict[str, Any], seen.body)["messages"][0]["content"] == QUESTION
    assert "x-api-key" not in seen.headers
    assert KEYS["anthropic"] not in fakes.sent_text()


async def test_openrouter_tells_of_a_key_what_it_spent_and_what_it_has_left() -> None:
    async with running_fakes() as fakes:
        fakes.credit("openrouter", 1_000_000)
        await asked(fakes, "openrouter")
        async with line(fakes, "openrouter") as client:
            told = (await client.get("/key")).json()["data"]
        spent_usd = fakes.charges[0].amount_microusd / 1_000_000
    assert (told["usage"], told["limit"]) == (spent_usd, 1)
    assert told["limit_remaining"] == pytest.approx(1 - spent_usd)


@pytest.mark.parametrize(("service", "path"), [("openai", "/models"), ("anthropic", "/v1/models")])
async def test_models_are_listed_for_those_who_have_a_key(service: LanguageProvider, path: str) -> None:
    async with running_fakes() as fakes:
        async with line(fakes, service) as client:
            listed = (await client.get(path)).json()["data"]
        assert MODELS_BY_DEFAULT[service] in [model["id"] for model in listed]
        async with httpx.AsyncClient(base_url=fakes.urls[service]) as stranger:
            assert (await stranger.get(path)).status_code == 401

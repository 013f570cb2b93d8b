"""The double of OpenAI."""

from typing import Final

from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gauntlet.providers.fakes import identity
from gauntlet.providers.fakes.answering import Call, Reception, bearer_of
from gauntlet.providers.fakes.dropping import PlainJson
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.language.answers import Answer, answer, tokens_of
from gauntlet.providers.fakes.language.charging import charge
from gauntlet.providers.fakes.language.chat import Asked, Json, read_chat, responded, within_limit
from gauntlet.providers.fakes.language.sampling import Unanswerable
from gauntlet.providers.fakes.language.strictness import openai_fault
from gauntlet.providers.fakes.shared import Shared
from gauntlet.providers.fakes.words import ANSWERS, Fault

PREFIX: Final = "/openai/v1"
_LISTED: Final = ("gpt-6.1-sol", "gpt-5.1", "gpt-5-mini")
_LISTED_CREATED: Final = 1_767_225_600
_QUOTA: Final = (
    "You exceeded your current quota, please check your plan and billing details. For more information on this error,"
    " read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors."
)


def error(status: int, message: str, *, kind: str, code: str | None, param: str | None = None) -> Response:
    """Return an error as the service writes it."""
    body = {"error": {"message": message, "type": kind, "param": param, "code": code}}
    return PlainJson(body, status_code=status, headers={"x-request-id": f"req_{identity.token(32).lower()}"})


class OpenAiRefusals:
    """As `Refusals`."""

    def unauthenticated(self) -> Response:
        """Return 401; the service repeats the key's ends, which the double leaves out."""
        return error(
            401,
            "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.",
            kind="invalid_request_error",
            code="invalid_api_key",
        )

    def unreadable(self) -> Response:
        """Return 400."""
        return error(400, "We could not parse the JSON body of your request.", kind="invalid_request_error", code=None)

    def refused(self, rule: FaultRule) -> Response:
        """Return the answer of a fault; no credit is a 429 here."""
        match rule.fault:
            case Fault.RATE_LIMITED:
                wait_s = rule.retry_after_s
                response = error(
                    429,
                    "Rate limit reached for requests. Please try again later.",
                    kind="requests",
                    code="rate_limit_exceeded",
                )
                if wait_s is not None:
                    response.headers["retry-after"] = str(wait_s)
                return response
            case Fault.PAYMENT_REQUIRED:
                return error(429, _QUOTA, kind="insufficient_quota", code="insufficient_quota")
            case Fault.OVERLOADED:
                return error(
                    rule.status or 503,
                    "That model is currently overloaded with other requests.",
                    kind="server_error",
                    code=None,
                )
            case _:
                return error(
                    rule.status or 500,
                    "The server had an error while processing your request. Sorry about that!",
                    kind="server_error",
                    code=None,
                )


class OpenAiDouble:
    """Answers chat completions."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._refusals = OpenAiRefusals()
        self._reception = Reception(shared, "openai", self._refusals, bearer_of)

    def routes(self) -> list[Route]:
        """Return the addresses."""
        return [
            Route(f"{PREFIX}/chat/completions", self._chat, methods=["POST"]),
            Route(f"{PREFIX}/models", self._models, methods=["GET"]),
        ]

    async def _models(self, request: Request) -> Response:
        return await self._reception.answer(request, "models.get", self._listed)

    async def _listed(self, call: Call) -> Response:
        data: list[JsonValue] = [
            {"id": model, "object": "model", "created": _LISTED_CREATED, "owned_by": "system"} for model in _LISTED
        ]
        return PlainJson({"object": "list", "data": data})

    async def _chat(self, request: Request) -> Response:
        return await self._reception.answer(request, "completions", self._complete)

    async def _complete(self, call: Call) -> Response:
        if call.model is None:
            return error(400, "you must provide a model parameter", kind="invalid_request_error", code=None)
        asked = read_chat(call.body)
        if asked.is_strict and (fault := openai_fault(asked.schema)) is not None:
            return error(
                400,
                f"Invalid schema for response_format: {fault}",
                kind="invalid_request_error",
                code=None,
                param="response_format",
            )
        if call.account.is_spent:
            return error(429, _QUOTA, kind="insufficient_quota", code="insufficient_quota")
        rule = self._shared.faults.strike(ANSWERS, service="openai", endpoint="completions", model=call.model)
        call.struck_by = rule
        try:
            said = answer(asked.text, asked.schema, fault=rule.fault if rule else None)
        except Unanswerable as unanswerable:
            return error(400, str(unanswerable), kind="invalid_request_error", code=None, param="response_format")
        return responded(self._shared, self._completion(call, asked, said), asked, rule)

    def _completion(self, call: Call, asked: Asked, said: Answer) -> Json:
        said = within_limit(said, asked.max_tokens)
        output_tokens = tokens_of(said.text)
        reference = f"chatcmpl-{identity.token(29)}"
        model = call.model or ""
        charge(
            self._shared,
            call,
            reference=reference,
            model=model,
            input_tokens=asked.input_tokens,
            output_tokens=output_tokens,
        )
        return completion(
            reference,
            model,
            said,
            asked,
            created=int(self._shared.clock.now().timestamp()),
            output_tokens=output_tokens,
        )


def completion(reference: str, model: str, said: Answer, asked: Asked, *, created: int, output_tokens: int) -> Json:
    """Return a completion as the service writes it."""
    is_refusal = said.end == "refusal"
    message: Json = {
        "role": "assistant",
        "content": None if is_refusal else said.text,
        "refusal": said.text if is_refusal else None,
        "annotations": [],
    }
    return {
        "id": reference,
        "object": "chat.completion",
        "created": created,
        "model": model,
        "choices": [
            {
                "index": 0,
                "message": message,
                "logprobs": None,
                "finish_reason": "length" if said.end == "length" else "stop",
            }
        ],
        "usage": _usage(asked.input_tokens, output_tokens),
        "service_tier": "default",
        "system_fingerprint": None,
    }


def _usage(input_tokens: int, output_tokens: int) -> Json:
    return {
        "prompt_tokens": input_tokens,
        "completion_tokens": output_tokens,
        "total_tokens": input_tokens + output_tokens,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0},
    }

"""The double of Anthropic: messages, as a document and as a stream of named events."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Final, cast

from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from gauntlet.providers.fakes import identity
from gauntlet.providers.fakes.answering import Call, Reception, bearer_of
from gauntlet.providers.fakes.dropping import CutResponse, PlainJson
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.language.answers import Answer, answer, tokens_of
from gauntlet.providers.fakes.language.charging import charge
from gauntlet.providers.fakes.language.chat import Asked, Json, texts_of, within_limit
from gauntlet.providers.fakes.language.sampling import Unanswerable
from gauntlet.providers.fakes.language.strictness import anthropic_fault
from gauntlet.providers.fakes.shared import Shared
from gauntlet.providers.fakes.words import ANSWERS, Fault

PREFIX: Final = "/anthropic"
_PIECE_CHARS: Final = 32
_LISTED: Final = {"claude-sonnet-5-5": "Claude Sonnet 5.5", "claude-haiku-4-5": "Claude Haiku 4.5"}
_STREAM_HEADERS: Final = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache"}
_NO_CREDIT: Final = (
    "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase"
    " credits."
)
_STOPS: Final = {"stop": "end_turn", "length": "max_tokens", "refusal": "refusal"}


def error(status: int, kind: str, message: str, *, retry_after_s: int | None = None) -> Response:
    """Return an error as the service writes it."""
    request_id = f"req_{identity.token(24)}"
    body = {"type": "error", "error": {"type": kind, "message": message}, "request_id": request_id}
    headers = {"request-id": request_id} | ({} if retry_after_s is None else {"retry-after": str(retry_after_s)})
    return PlainJson(body, status_code=status, headers=headers)


class AnthropicRefusals:
    """As `Refusals`."""

    def unauthenticated(self) -> Response:
        """Return 401."""
        return error(401, "authentication_error", "invalid x-api-key")

    def unreadable(self) -> Response:
        """Return 400."""
        return error(400, "invalid_request_error", "The request body is not valid JSON")

    def refused(self, rule: FaultRule) -> Response:
        """Return the answer of a fault; no credit is a 400 here."""
        match rule.fault:
            case Fault.RATE_LIMITED:
                message = "This request would exceed your organization's rate limit"
                return error(429, "rate_limit_error", message, retry_after_s=rule.retry_after_s)
            case Fault.PAYMENT_REQUIRED:
                return error(400, "invalid_request_error", _NO_CREDIT)
            case Fault.OVERLOADED:
                return error(rule.status or 529, "overloaded_error", "Overloaded")
            case _:
                return error(rule.status or 500, "api_error", "Internal server error")


class AnthropicDouble:
    """Answers messages."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._reception = Reception(shared, "anthropic", AnthropicRefusals(), _key_of)

    def routes(self) -> list[Route]:
        """Return the addresses."""
        return [
            Route(f"{PREFIX}/v1/messages", self._messages, methods=["POST"]),
            Route(f"{PREFIX}/v1/models", self._models, methods=["GET"]),
        ]

    async def _models(self, request: Request) -> Response:
        return await self._reception.answer(request, "models.get", self._listed)

    async def _listed(self, call: Call) -> Response:
        if call.request.headers.get("anthropic-version") is None:
            return error(400, "invalid_request_error", "anthropic-version: header is required")
        data: list[JsonValue] = [
            {"type": "model", "id": model, "display_name": title, "created_at": "2026-01-01T00:00:00Z"}
            for model, title in _LISTED.items()
        ]
        ends: Json = {"first_id": next(iter(_LISTED)), "last_id": next(reversed(_LISTED))}
        return PlainJson({"data": data, "has_more": False, **ends})

    async def _messages(self, request: Request) -> Response:
        return await self._reception.answer(request, "completions", self._answered)

    async def _answered(self, call: Call) -> Response:
        body = call.body
        missing = next((name for name in ("model", "max_tokens", "messages") if name not in body), None)
        if missing is not None:
            return error(400, "invalid_request_error", f"{missing}: Field required")
        if call.request.headers.get("anthropic-version") is None:
            return error(400, "invalid_request_error", "anthropic-version: header is required")
        asked = _read(body)
        if asked.is_strict and (fault := anthropic_fault(asked.schema)) is not None:
            return error(400, "invalid_request_error", fault)
        if call.account.is_spent:
            return error(400, "invalid_request_error", _NO_CREDIT)
        model = call.model or ""
        rule = self._shared.faults.strike(ANSWERS, service="anthropic", endpoint="completions", model=model)
        call.struck_by = rule
        try:
            said = answer(asked.text, asked.schema, fault=rule.fault if rule else None)
        except Unanswerable as unanswerable:
            return error(400, "invalid_request_error", str(unanswerable))
        message = self._message(call, asked, within_limit(said, asked.max_tokens))
        return self._responded(message, asked, rule)

    def _message(self, call: Call, asked: Asked, said: Answer) -> Json:
        output_tokens, model = tokens_of(said.text), call.model or ""
        reference = f"msg_{identity.token(24)}"
        charge(
            self._shared,
            call,
            reference=reference,
            model=model,
            input_tokens=asked.input_tokens,
            output_tokens=output_tokens,
        )
        return {
            "id": reference,
            "type": "message",
            "role": "assistant",
            "model": model,
            # A refusal comes with nothing said, or with what was said before it.
            "content": [] if said.end == "refusal" else [_block(call.body, said.text)],
            "stop_reason": "tool_use" if _tool_of(call.body) and said.end == "stop" else _STOPS[said.end],
            "stop_sequence": None,
            "usage": {
                "input_tokens": asked.input_tokens,
                "output_tokens": output_tokens,
                "cache_creation_input_tokens": 0,
                "cache_read_input_tokens": 0,
                "service_tier": "standard",
            },
        }

    def _responded(self, message: Json, asked: Asked, rule: FaultRule | None) -> Response:
        if not asked.is_streamed:
            return PlainJson(message, headers={"request-id": f"req_{identity.token(24)}"})
        events = list(_events(message))
        if rule is not None and rule.fault is Fault.ERROR_IN_200:
            overloaded: Json = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
            events = [*events[: len(events) // 2], _event("error", overloaded)]
        if rule is None or rule.fault not in (Fault.STREAM_CUT, Fault.STREAM_STALLED):
            return StreamingResponse(_sent(events), headers=_STREAM_HEADERS)
        hold_s = rule.hold_s if rule.fault is Fault.STREAM_STALLED else 0
        half = _sent(events[: max(len(events) // 2, 1)])
        return CutResponse(half, headers=_STREAM_HEADERS, hold_s=hold_s, stopping=self._shared.stopping)


def _key_of(request: Request) -> str | None:
    # The service's own client sends its keys as bearers since version 2; both are taken.
    return request.headers.get("x-api-key") or bearer_of(request)


def _tool_of(body: Json) -> Json | None:
    """Return the tool that must be used, where one must be: another way of asking for a form."""
    choice, tools = body.get("tool_choice"), body.get("tools")
    if not isinstance(choice, dict) or not isinstance(tools, list) or choice.get("type") not in ("tool", "any"):
        return None
    named = [tool for tool in tools if isinstance(tool, dict) and choice.get("name") in (None, tool.get("name"))]
    return named[0] if named else None


def _read(body: Json) -> Asked:
    config, tool, limit = body.get("output_config"), _tool_of(body), body.get("max_tokens")
    form = config.get("format") if isinstance(config, dict) else body.get("output_format")
    schema = form.get("schema") if isinstance(form, dict) else tool.get("input_schema") if tool else None
    system = body.get("system")
    instructions = [system] if isinstance(system, str) else list(texts_of([{"content": system}]))
    return Asked(
        text="\n\n".join([*instructions, *texts_of(body.get("messages"))]),
        schema=schema if isinstance(schema, dict) else None,
        is_strict=isinstance(form, dict),
        max_tokens=limit if isinstance(limit, int) else None,
        is_streamed=body.get("stream") is True,
    )


def _block(body: Json, text: str) -> Json:
    tool = _tool_of(body)
    if tool is None:
        return {"type": "text", "text": text, "citations": None}
    try:
        given: JsonValue = json.loads(text)
    except ValueError:
        given = {}
    return {"type": "tool_use", "id": f"toolu_{identity.token(24)}", "name": tool["name"], "input": given}


def _events(message: Json) -> Iterator[str]:
    usage = cast(Json, message["usage"])
    start: Json = {**message, "content": [], "stop_reason": None, "usage": {**usage, "output_tokens": 1}}
    yield _event("message_start", {"message": start})
    for place, block in enumerate(cast(list[Json], message["content"])):
        is_text = block["type"] == "text"
        empty: Json = {**block, "text": ""} if is_text else {**block, "input": {}}
        yield _event("content_block_start", {"index": place, "content_block": empty})
        yield _event("ping", {})
        words = str(block["text"]) if is_text else json.dumps(block["input"], ensure_ascii=False)
        for begin in range(0, len(words), _PIECE_CHARS):
            piece = words[begin : begin + _PIECE_CHARS]
            delta: Json = (
                {"type": "text_delta", "text": piece}
                if is_text
                else {"type": "input_json_delta", "partial_json": piece}
            )
            yield _event("content_block_delta", {"index": place, "delta": delta})
        yield _event("content_block_stop", {"index": place})
    ending: Json = {"stop_reason": message["stop_reason"], "stop_sequence": None}
    yield _event("message_delta", {"delta": ending, "usage": {"output_tokens": usage["output_tokens"]}})
    yield _event("message_stop", {})


def _event(name: str, data: Json) -> str:
    told = data if name == "error" else {"type": name, **data}
    return f"event: {name}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"


async def _sent(events: list[str]) -> AsyncIterator[bytes]:
    for event in events:
        yield event.encode()

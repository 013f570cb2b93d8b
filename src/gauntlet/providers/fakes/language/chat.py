"""Chat completions, as OpenAI and OpenRouter answer them: what they share."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Final, cast

from pydantic import JsonValue
from starlette.responses import Response, StreamingResponse

from gauntlet.providers.fakes.dropping import CutResponse, PlainJson
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.language.answers import Answer, tokens_of
from gauntlet.providers.fakes.shared import Shared
from gauntlet.providers.fakes.words import Fault

Json = dict[str, JsonValue]
_PIECE_CHARS: Final = 24
_STREAM_HEADERS: Final = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was read: all its text, and the schema of the answer where one is asked for."""

    text: str
    schema: Json | None
    is_strict: bool
    max_tokens: int | None
    is_streamed: bool

    @property
    def input_tokens(self) -> int:
        """How many tokens it has."""
        return tokens_of(self.text + (json.dumps(self.schema) if self.schema else ""))


def read_chat(body: Json) -> Asked:
    """Return what a chat completion's body asks."""
    form = body.get("response_format")
    named = form.get("json_schema") if isinstance(form, dict) and form.get("type") == "json_schema" else None
    schema = named.get("schema") if isinstance(named, dict) else None
    limit = body.get("max_completion_tokens", body.get("max_tokens"))
    return Asked(
        text="\n\n".join(texts_of(body.get("messages"))),
        schema=schema if isinstance(schema, dict) else None,
        is_strict=isinstance(named, dict) and named.get("strict") is True,
        max_tokens=limit if isinstance(limit, int) else None,
        is_streamed=body.get("stream") is True,
    )


def texts_of(messages: JsonValue) -> Iterator[str]:
    """Yield the texts of messages, pictures left out."""
    for message in messages if isinstance(messages, list) else []:
        content = message.get("content") if isinstance(message, dict) else None
        if isinstance(content, str):
            yield content
        for part in content if isinstance(content, list) else []:
            if isinstance(part, dict) and isinstance(part.get("text"), str):
                yield str(part["text"])


def within_limit(answer: Answer, max_tokens: int | None) -> Answer:
    """Return the answer, cut where it has more tokens than were asked for."""
    if max_tokens is None or tokens_of(answer.text) <= max_tokens:
        return answer
    return Answer(answer.text[: max_tokens * 4], "length")


def responded(shared: Shared, completion: Json, asked: Asked, rule: FaultRule | None) -> Response:
    """Return a completion as a document or as a stream, whole or broken off."""
    if not asked.is_streamed:
        return PlainJson(completion)
    events = list(_events(completion))
    if rule is None or rule.fault not in (Fault.STREAM_CUT, Fault.STREAM_STALLED):
        return StreamingResponse(_sent(events), headers=_STREAM_HEADERS)
    hold_s = rule.hold_s if rule.fault is Fault.STREAM_STALLED else 0
    half = _sent(events[: max(len(events) // 2, 1)])
    return CutResponse(half, headers=_STREAM_HEADERS, hold_s=hold_s, stopping=shared.stopping)


def _events(completion: Json) -> Iterator[str]:
    choices = cast(list[Json], completion["choices"])
    message = cast(Json, choices[0]["message"])
    text = str(message.get("content") or "")
    head = {name: value for name, value in completion.items() if name not in ("choices", "usage")}
    head["object"] = "chat.completion.chunk"
    yield _event(head, {"role": "assistant", "content": ""}, finish=None)
    for start in range(0, len(text), _PIECE_CHARS):
        yield _event(head, {"content": text[start : start + _PIECE_CHARS]}, finish=None)
    if message.get("refusal"):
        yield _event(head, {"refusal": message["refusal"]}, finish=None)
    yield _event(head, {}, finish=choices[0]["finish_reason"])
    yield f"data: {json.dumps({**head, 'choices': [], 'usage': completion['usage']})}\n\n"
    yield "data: [DONE]\n\n"


def _event(head: Json, delta: Json, *, finish: JsonValue) -> str:
    choice: Json = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return f"data: {json.dumps({**head, 'choices': [choice]}, ensure_ascii=False)}\n\n"


async def _sent(events: list[str]) -> AsyncIterator[bytes]:
    for event in events:
        yield event.encode()

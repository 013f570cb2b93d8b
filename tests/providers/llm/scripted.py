"""Planning without a network: a speaker that answers by script, a meter that remembers, drafts to answer with."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

from pydantic import JsonValue, SecretStr
from pydantic_ai.messages import FinishReason, ModelMessage, ModelResponse, TextPart
from pydantic_ai.models import Model
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_ai.usage import RequestUsage

from gauntlet.core.generation import LanguageProvider
from gauntlet.providers.llm.contract import ChainLink, MeterTicket
from gauntlet.providers.llm.draft import Draft
from gauntlet.providers.llm.links import ORDER

PROMPT: Final = "15 s TikTok ad for Luna, a fresh cold brew coffee, 20% off until Sunday. Visit luna.coffee"

_SCENES: Final[tuple[dict[str, Any], ...]] = (
    {"purpose": "hook", "shotType": "extreme_close_up", "cameraMovement": "push_in", "overlayText": "Slow down."},
    {"purpose": "context", "shotType": "wide", "cameraMovement": "pan_right", "overlayText": "Mornings run hot."},
    {"purpose": "product_showcase", "shotType": "medium", "cameraMovement": "push_in", "overlayText": "Meet Luna."},
    {"purpose": "benefit", "shotType": "detail", "cameraMovement": "tilt_up", "overlayText": "Fresh cold brew coffee."},
    {"purpose": "offer", "shotType": "close_up", "cameraMovement": "pull_out", "overlayText": "20% off until Sunday."},
    {"purpose": "cta", "shotType": "end_card", "cameraMovement": "static", "overlayText": "Brewed for slow people."},
)


def scene(**changes: Any) -> dict[str, Any]:
    """Return one scene of an answer."""
    return {
        "purpose": "benefit",
        "shotType": "medium",
        "cameraMovement": "push_in",
        "subject": "a tall glass of cold brew with ice",
        "environment": "a sunlit kitchen counter",
        "generationPrompt": "A tall glass of cold brew on a sunlit counter, soft window light, 50 mm lens.",
        "overlayText": "",
        "supportingText": "",
        "seconds": 2.5,
        "asset": "",
    } | changes


def answer(*, scenes: Sequence[Mapping[str, Any]] = _SCENES, **changes: Any) -> dict[str, Any]:
    """Return a whole answer; `scenes` are changes to plain ones."""
    return {
        "title": "Slow mornings",
        "language": "en",
        "productName": "Luna",
        "category": "coffee",
        "priceTier": "mid",
        "facts": ["fresh cold brew coffee"],
        "audience": "people who love slow mornings",
        "tone": "calm and dry",
        "mood": "calm",
        "aesthetic": "quiet still life on pale stone",
        "lighting": "soft window light",
        "camera": "50 mm lens, level",
        "palette": {"primary": "#2B2A33", "secondary": "#A58F86", "accent": "#D9503F", "background": "#F5F1EC"},
        "callToAction": "Taste it",
        "offer": "20% off until Sunday",
        "scenes": [scene(**one) for one in scenes],
    } | changes


def scenes_with(**changes: Any) -> list[dict[str, Any]]:
    """Return the usual scenes with changes to those named `s1` to `s6`."""
    return [one | changes.get(f"s{number}", {}) for number, one in enumerate(_SCENES, start=1)]


def draft(**changes: Any) -> Draft:
    """Return an answer as it is read."""
    return Draft.model_validate(answer(**changes))


def link(provider: LanguageProvider = "openrouter", *, timeout_s: float = 20, key: str | None = "k") -> ChainLink:
    """Return a link of a chain."""
    return ChainLink(
        provider=provider,
        model="anthropic/claude-sonnet-4.5" if provider == "openrouter" else "a-model",
        key=None if key is None else SecretStr(key),
        base_url="http://127.0.0.1:9",
        timeout_s=timeout_s,
    )


def chain(*, timeout_s: float = 20) -> tuple[ChainLink, ...]:
    """Return all three links."""
    return tuple(link(provider, timeout_s=timeout_s) for provider in ORDER)


@dataclass(frozen=True)
class Said:
    """An answer by script: text, how it ended, what it took."""

    text: str
    finish: FinishReason = "stop"
    cost_usd: float | None = 0.01


def said(document: Mapping[str, Any]) -> Said:
    """Return a document as a model says it."""
    return Said(json.dumps(document))


@dataclass(frozen=True)
class Silence:
    """No answer, ever."""


Script = Said | Exception | Silence
Request = tuple[str, list[ModelMessage], AgentInfo]


@dataclass
class ScriptedSpeaker:
    """Answers each service's questions in the order of its script; what was asked is in `asked`."""

    scripts: dict[str, list[Script]]
    asked: list[Request] = field(default_factory=list[Request])

    @asynccontextmanager
    async def connect(self, link: ChainLink) -> AsyncGenerator[Model]:
        async def speak(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
            self.asked.append((link.provider, messages, info))
            script = self.scripts[link.provider].pop(0)
            if isinstance(script, Exception):
                raise script
            if isinstance(script, Silence):
                await asyncio.Event().wait()
                raise AssertionError("nobody wakes it")
            return ModelResponse(
                parts=[TextPart(script.text)] if script.text else [],
                usage=RequestUsage(input_tokens=1_000, output_tokens=500),
                finish_reason=script.finish,
                provider_details=None if script.cost_usd is None else {"cost": script.cost_usd},
                provider_response_id=f"answer-{len(self.asked)}",
            )

        yield FunctionModel(speak)

    def user_text(self, place: int = -1) -> str:
        """Return all that a question said in user messages."""
        _, messages, _ = self.asked[place]
        parts = [part for message in messages if message.kind == "request" for part in message.parts]
        return "\n".join(str(part.content) for part in parts if part.part_kind == "user-prompt")

    def instructions(self, place: int = -1) -> str:
        """Return a question's instructions."""
        _, messages, _ = self.asked[place]
        parts = [part for message in messages if message.kind == "request" for part in message.parts]
        return "\n".join(str(part.content) for part in parts if part.part_kind == "system-prompt")


def speaking(
    *, openrouter: Sequence[Script] = (), openai: Sequence[Script] = (), anthropic: Sequence[Script] = ()
) -> ScriptedSpeaker:
    """Return a speaker with a script for each service."""
    return ScriptedSpeaker({"openrouter": list(openrouter), "openai": list(openai), "anthropic": list(anthropic)})


@dataclass
class RememberingMeter:
    """Remembers what became of every ticket: `ends` has one entry for each."""

    lost: frozenset[int] = frozenset()
    refuse: dict[int, Exception] = field(default_factory=dict[int, Exception])
    begun: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    ends: dict[int, str] = field(default_factory=dict[int, str])
    settled: dict[int, dict[str, Any]] = field(default_factory=dict[int, dict[str, Any]])
    _ordinals: dict[UUID, int] = field(default_factory=dict[UUID, int])

    async def begin(
        self, *, provider: str, model: str, ordinal: int, estimated_input_tokens: int, max_output_tokens: int
    ) -> MeterTicket:
        assert estimated_input_tokens > 0
        assert max_output_tokens > 0
        assert model
        if ordinal in self.refuse:
            raise self.refuse[ordinal]
        ticket = MeterTicket(decision="lost" if ordinal in self.lost else "ask", intent_id=uuid4())
        self.begun.append((provider, ordinal))
        self._ordinals[ticket.intent_id] = ordinal
        return ticket

    async def settle(
        self,
        ticket: MeterTicket,
        *,
        input_tokens: int | None,
        output_tokens: int | None,
        cost_microusd: int | None,
        request_id: str | None,
    ) -> int | None:
        ordinal = self._ended(ticket, "settled")
        self.settled[ordinal] = {"input_tokens": input_tokens, "output_tokens": output_tokens, "request_id": request_id}
        return cost_microusd

    async def release(self, ticket: MeterTicket, *, reason: str) -> None:
        assert reason
        self._ended(ticket, "released")

    async def lose(self, ticket: MeterTicket, *, reason: str) -> None:
        assert reason
        self._ended(ticket, "lost")

    def _ended(self, ticket: MeterTicket, how: str) -> int:
        ordinal = self._ordinals[ticket.intent_id]
        assert ordinal not in self.ends, "a ticket ends once"
        self.ends[ordinal] = how
        return ordinal


@dataclass
class DictShelf:
    """A shelf in memory."""

    answers: dict[str, dict[str, JsonValue]] = field(default_factory=dict[str, dict[str, JsonValue]])

    async def find(self, key: str) -> dict[str, JsonValue] | None:
        return self.answers.get(key)

    async def keep(self, key: str, answer: dict[str, JsonValue]) -> None:
        self.answers.setdefault(key, answer)

"""Asks one link of the chain: at most twice, within its time, every single question paid for by the meter."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from pydantic import JsonValue

from gauntlet.core.attempts import Attempt, AttemptOutcome
from gauntlet.core.errors import GauntletError
from gauntlet.core.money import format_usd
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.llm.answers import answer_key, digest_of
from gauntlet.providers.llm.assembling import Assembly
from gauntlet.providers.llm.contract import (
    ASKS_PER_LINK,
    AnswerShelf,
    ChainLink,
    Meter,
    MeterTicket,
    ReferencePicture,
    Revision,
)
from gauntlet.providers.llm.draft import NotADraft
from gauntlet.providers.llm.links import SERVICE_NAMES
from gauntlet.providers.llm.prompting import Question, again, messages_of
from gauntlet.providers.llm.replies import Money, Spoken, Unanswered
from gauntlet.providers.llm.speaking import MAX_OUTPUT_TOKENS, Speaker, speak
from gauntlet.providers.local.planner.text import clipped

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage
    from pydantic_ai.models import Model

log = structlog.get_logger(__name__)

_MESSAGE_MAX: Final = 500
_CUT_OFF: Final = "The answer was cut off at its length limit. Say less in every field."
_DECLINED: Final = "The answer was a refusal. Plan an ad that you can stand for, from the same data."


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be made of an answer: `build` returns it, or raises `NotADraft`."""

    asked: PlanRequest | Revision
    question: Question
    schema: dict[str, JsonValue]
    pictures: tuple[ReferencePicture, ...]
    build: Callable[[str, str], Assembly]
    """From an answer's text and its planner's name."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one question brought: an assembly, perhaps with faults to ask again with; or neither: the link is done."""

    assembly: Assembly | None = None
    faults: tuple[str, ...] = ()
    text: str = ""
    is_passing: bool = False


class LinkAsker:
    """Asks one link; what was tried is in `attempts`, also when an error ends it."""

    def __init__(
        self, link: ChainLink, task: Task, *, place: int, speaker: Speaker, meter: Meter, shelf: AnswerShelf | None
    ) -> None:
        self.attempts: list[Attempt] = []
        self._link = link
        self._task = task
        self._place = place
        self._speaker = speaker
        self._meter = meter
        self._shelf = shelf
        self._name = f"{link.provider}:{link.model}"[:120]
        self._ends_at = 0.0

    async def ask(self) -> Assembly | None:
        """Return what the link's answer makes, None where it has none to give; errors of budgets are passed on."""
        if self._link.key is None:
            self._note("skipped", f"There is no {SERVICE_NAMES[self._link.provider]} key.")
            return None
        references = [digest_of(picture.data) for picture in self._task.pictures]
        key = answer_key(self._task.asked, self._link, references=references)
        if kept := await self._kept(key):
            return kept
        self._ends_at = time.monotonic() + self._link.timeout_s
        try:
            async with AsyncExitStack() as stack:
                turn = await self._turns(await self._connected(stack))
        except Unanswered as error:
            self._note(error.outcome, error.message)
            return None
        if turn.assembly is not None and self._shelf is not None:
            await self._shelf.keep(key, {"text": turn.text})
        return turn.assembly

    async def _connected(self, stack: AsyncExitStack) -> "Model":
        try:
            async with asyncio.timeout(self._left_s()):
                return await stack.enter_async_context(self._speaker.connect(self._link))
        except TimeoutError:
            raise self._timed_out("release") from None

    async def _kept(self, key: str) -> Assembly | None:
        answer = await self._shelf.find(key) if self._shelf is not None else None
        if answer is None:
            return None
        try:
            assembly = self._task.build(str(answer.get("text", "")), self._name)
        except NotADraft:
            log.info("answer.reuse.refused", provider=self._link.provider, model=self._link.model)
            return None
        message = "The same was asked before; its answer was taken again, and nothing was sent or paid."
        self._note("answered", message, cost_microusd=0, is_cached=True)
        return assembly

    async def _turns(self, model: "Model") -> _Turn:
        messages = messages_of(self._task.question, self._task.pictures)
        best = _Turn()
        for ask in range(ASKS_PER_LINK):
            started = time.monotonic()
            try:
                turn = await self._turn(model, messages, ordinal=self._place * ASKS_PER_LINK + ask + 1)
            except GauntletError:
                if best.assembly is None:
                    raise
                # A used-up budget must not take away the answer that was paid for.
                return best
            best = turn if turn.assembly is not None else best
            # A second answer takes about as long as the first: without that time, asking would only cost money.
            is_late = self._left_s() < time.monotonic() - started
            if is_late or not (turn.faults or turn.is_passing):
                break
            messages = again(messages, turn.text, turn.faults) if turn.faults else messages
        return best

    def _left_s(self) -> float:
        return max(0.0, self._ends_at - time.monotonic())

    async def _turn(self, model: "Model", messages: "Sequence[ModelMessage]", *, ordinal: int) -> _Turn:
        """Ask once, with a ticket that is settled, released or lost whatever comes."""
        link, started = self._link, time.monotonic()
        ticket = await self._meter.begin(
            provider=link.provider,
            model=link.model,
            ordinal=ordinal,
            estimated_input_tokens=self._task.question.estimated_tokens(
                pictures=len(self._task.pictures), schema=self._task.schema
            ),
            max_output_tokens=MAX_OUTPUT_TOKENS,
        )
        if ticket.decision == "lost":
            message = "This was asked before, and what came of it was lost; it was not asked, or paid, again."
            self._note("lost", message)
            return _Turn()
        try:
            spoken = await self._spoken(model, messages)
        except Unanswered as error:
            give_back = self._meter.release if error.money == "release" else self._meter.lose
            await give_back(ticket, reason=error.message)
            self._note(error.outcome, error.message, started=started)
            return _Turn(is_passing=error.is_passing)
        cost = await self._settled(ticket, spoken)
        return self._judged(spoken, cost, started=started)

    async def _spoken(self, model: "Model", messages: "Sequence[ModelMessage]") -> Spoken:
        try:
            async with asyncio.timeout(self._left_s()):
                return await speak(model, self._link, messages, schema=self._task.schema)
        except TimeoutError:
            raise self._timed_out("lose") from None

    def _timed_out(self, money: Money) -> Unanswered:
        name, limit = SERVICE_NAMES[self._link.provider], self._link.timeout_s
        return Unanswered("timed_out", f"{name} did not answer within {limit:g} s.", money=money)

    async def _settled(self, ticket: MeterTicket, spoken: Spoken) -> int | None:
        return await self._meter.settle(
            ticket,
            input_tokens=spoken.input_tokens,
            output_tokens=spoken.output_tokens,
            cost_microusd=spoken.cost_microusd,
            request_id=spoken.request_id,
        )

    def _judged(self, spoken: Spoken, cost_microusd: int | None, *, started: float) -> _Turn:
        """Return what an answer is worth, and note it."""
        name = SERVICE_NAMES[self._link.provider]
        if spoken.end == "refused":
            outcome, turn, message = "refused", _Turn(faults=(_DECLINED,)), f"{name} refused to answer."
        elif spoken.end == "truncated":
            outcome, turn, message = "truncated", _Turn(faults=(_CUT_OFF,)), f"The answer of {name} was cut off."
        else:
            outcome, turn, message = self._built(spoken)
        self._note(outcome, message, spoken=spoken, cost_microusd=cost_microusd, started=started)
        return turn

    def _built(self, spoken: Spoken) -> tuple[AttemptOutcome, _Turn, str]:
        try:
            assembly = self._task.build(spoken.text, self._name)
        except NotADraft as error:
            message = f"The answer is no plan of an ad: {'; '.join(error.faults)}"
            return "invalid", _Turn(faults=error.faults, text=spoken.text), message
        faults = tuple(fault.told() for fault in assembly.faults)
        message = f"Answered, with faults: {' '.join(faults)}" if faults else "Answered."
        return "answered", _Turn(assembly, faults, spoken.text), message

    def _note(
        self,
        outcome: AttemptOutcome,
        message: str,
        *,
        spoken: Spoken | None = None,
        cost_microusd: int | None = None,
        started: float | None = None,
        is_cached: bool = False,
    ) -> None:
        duration_ms = 0 if started is None else max(0, round((time.monotonic() - started) * 1_000))
        attempt = Attempt(
            provider=self._link.provider,
            model=self._link.model,
            outcome=outcome,
            message=clipped(message, limit=_MESSAGE_MAX),
            input_tokens=spoken.input_tokens if spoken else None,
            output_tokens=spoken.output_tokens if spoken else None,
            cost_microusd=cost_microusd,
            duration_ms=duration_ms,
            is_cached=is_cached,
        )
        self.attempts.append(attempt)
        log.info(
            "planner.ask.done",
            provider=attempt.provider,
            model=attempt.model,
            outcome=outcome,
            duration_ms=duration_ms,
            cost=None if cost_microusd is None else format_usd(cost_microusd),
        )

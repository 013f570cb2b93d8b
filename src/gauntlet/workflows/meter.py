"""The money of questions to language models: every single one is an intent at the till before it is asked."""

import hashlib
from dataclasses import dataclass
from typing import Final, Literal, Protocol
from uuid import UUID

import structlog

from gauntlet.core.errors import Conflict
from gauntlet.domain.costs.schemas import Intent, IntentDraft, IntentStatus
from gauntlet.domain.costs.till import Till
from gauntlet.providers.llm.contract import MeterTicket

_KEY_MAX_CHARACTERS: Final = 180  # of 200, so that a number still fits behind it
_REF_MAX_CHARACTERS: Final = 200
_ASKS_MAX: Final = 100
"""A question that was released so often is not asked any more: something else is wrong."""

log = structlog.get_logger(__name__)


class TokenPrices(Protocol):
    """What tokens cost, as far as that is known."""

    def __call__(self, provider: str, model: str, input_tokens: int, output_tokens: int) -> int | None:
        """Return micro-dollars, None where the price is not known."""
        ...


@dataclass(frozen=True, slots=True)
class Account:
    """On whose account questions are asked. `key` is the step that wants them, as in `job-7-plan`."""

    key: str
    purpose: Literal["brief", "refine"]
    client_id: UUID
    user_id: int
    campaign_id: UUID | None = None
    job_id: int | None = None


class TillMeter:
    """The `Meter` of one plan.

    A question that an earlier run sent and whose answer is not known here is lost: it is parked for a person, and not
    asked again. One that was released is asked under a key of its own.
    """

    def __init__(self, till: Till, *, account: Account, prices: TokenPrices) -> None:
        self._till = till
        self._account = account
        self._prices = prices
        self._asked: dict[UUID, tuple[str, str]] = {}

    async def begin(
        self, *, provider: str, model: str, ordinal: int, estimated_input_tokens: int, max_output_tokens: int
    ) -> MeterTicket:
        """Reserve the most that the question may cost; raises `BudgetExceeded` where a hard budget has no room."""
        estimate = self._prices(provider, model, estimated_input_tokens, max_output_tokens)
        intent = await self._intent(provider, model, ordinal=ordinal, estimate_microusd=estimate)
        self._asked[intent.id] = (provider, model)
        match await self._till.begin_sending(intent.id):
            case "send":
                return MeterTicket(decision="ask", intent_id=intent.id)
            case "find" | "sent":
                await self._till.park(intent.id, reason="Gauntlet was interrupted before the answer came.")
            case "ended":
                pass
        log.info("question.begin.lost", intent_id=str(intent.id), provider=provider, model=model)
        return MeterTicket(decision="lost", intent_id=intent.id)

    async def settle(
        self,
        ticket: MeterTicket,
        *,
        input_tokens: int | None,
        output_tokens: int | None,
        cost_microusd: int | None,
        request_id: str | None,
    ) -> int | None:
        """Book what the service says that it cost, else what its tokens cost, else all that was reserved."""
        cost = cost_microusd
        if cost is None and input_tokens is not None and output_tokens is not None:
            provider, model = self._asked[ticket.intent_id]
            cost = self._prices(provider, model, input_tokens, output_tokens)
        ref = request_id[:_REF_MAX_CHARACTERS] if request_id else None
        try:
            await self._till.settle(ticket.intent_id, actual_microusd=cost, provider_ref=ref)
        except Conflict:
            if ref is None:
                raise
            # Ids of answers are the services' affair: one that is not unique must not keep money from being booked.
            log.warning("question.reference.taken", intent_id=str(ticket.intent_id))
            await self._till.settle(ticket.intent_id, actual_microusd=cost)
        return cost

    async def release(self, ticket: MeterTicket, *, reason: str) -> None:
        """Give back what was reserved."""
        await self._till.release(ticket.intent_id, reason=reason)

    async def lose(self, ticket: MeterTicket, *, reason: str) -> None:
        """Leave it to a person; what was reserved stays so until then."""
        await self._till.park(ticket.intent_id, reason=reason)

    async def _intent(self, provider: str, model: str, *, ordinal: int, estimate_microusd: int | None) -> Intent:
        """Return the question's intent; where it was released, the one for asking again."""
        key = _question_key(self._account.key, provider, model, ordinal)
        for ask in range(1, _ASKS_MAX + 1):
            intent = await self._till.open(
                IntentDraft(
                    key=key if ask == 1 else f"{key}-again-{ask}",
                    client_id=self._account.client_id,
                    campaign_id=self._account.campaign_id,
                    job_id=self._account.job_id,
                    user_id=self._account.user_id,
                    provider=provider,
                    model=model,
                    purpose=self._account.purpose,
                    estimate_microusd=estimate_microusd,
                )
            )
            if intent.status is not IntentStatus.RELEASED:
                return intent
        raise Conflict(
            f"{provider} was asked {_ASKS_MAX} times for the same brief and never took the question.",
            next_step="Look at what the attempts answered, correct the key or the model, and make a new brief.",
            details={"provider": provider, "model": model},
        )


def _question_key(step: str, provider: str, model: str, ordinal: int) -> str:
    key = f"{step}-{ordinal}-{provider}-{model}"
    if len(key) <= _KEY_MAX_CHARACTERS:
        return key
    return f"{key[: _KEY_MAX_CHARACTERS - 33]}-{hashlib.sha256(key.encode()).hexdigest()[:32]}"

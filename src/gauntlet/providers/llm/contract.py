"""What planning with language models is handed and what it hands back; who keeps the money and the answers."""

from typing import Literal, Protocol
from uuid import UUID

from pydantic import Field, JsonValue, SecretStr

from gauntlet.core.attempts import Attempt
from gauntlet.core.creative.brief import Brief
from gauntlet.core.generation import LanguageProvider
from gauntlet.core.schema import Schema
from gauntlet.providers.base import PlanRequest

ASKS_PER_LINK = 2
"""The question, and once more with what was wrong with the answer."""


class ChainLink(Schema):
    """One language model in the order in which they are asked; one without a key is skipped, and that is told."""

    provider: LanguageProvider
    model: str = Field(min_length=1, max_length=200)
    key: SecretStr | None
    base_url: str
    timeout_s: float = Field(gt=0)


class ReferencePicture(Schema):
    """A picture to look at, already small; `label` tells what it is ("reference, at 2.0 s")."""

    media_type: Literal["image/jpeg", "image/png", "image/webp"]
    data: bytes = Field(min_length=1, repr=False)
    label: str = Field(default="reference", max_length=120)


class PlanOutcome(Schema):
    """A brief, who made it (`openrouter:owner/name`, or `gauntlet/planner`), and everything that was tried for it."""

    brief: Brief
    provider: str
    attempts: tuple[Attempt, ...]
    cost_microusd: int = 0


class Revision(Schema):
    """A change to a brief in words: to one of its scenes, or to the whole of it."""

    brief: Brief
    instruction: str
    scene_number: int | None = None
    context: PlanRequest


class MeterTicket(Schema):
    """Leave to ask once. `lost`: it was asked before and what came of it is not known here; do not ask again."""

    decision: Literal["ask", "lost"]
    intent_id: UUID


class Meter(Protocol):
    """Counts the money of every single question; one meter for one plan.

    `ordinal` is the question's place: the same in a later run of the same plan, whatever came of the others. Provider
    and model belong into the intent's key beside it, for settings may change between two runs. Where an earlier run's
    intent was released, the question may be asked anew.
    """

    async def begin(
        self, *, provider: str, model: str, ordinal: int, estimated_input_tokens: int, max_output_tokens: int
    ) -> MeterTicket:
        """Reserve the money and note that it is about to be sent; errors of budgets are the caller's caller's."""
        ...

    async def settle(
        self,
        ticket: MeterTicket,
        *,
        input_tokens: int | None,
        output_tokens: int | None,
        cost_microusd: int | None,
        request_id: str | None,
    ) -> int | None:
        """Book what it cost: as the service says, else by prices; return what was booked, None where unknown."""
        ...

    async def release(self, ticket: MeterTicket, *, reason: str) -> None:
        """Give back what was reserved: it is certain that nothing is charged."""
        ...

    async def lose(self, ticket: MeterTicket, *, reason: str) -> None:
        """Leave it to a person: it cannot be told whether something is charged."""
        ...


class AnswerShelf(Protocol):
    """Answers that were paid for, of one client alone: a shelf is made for a client and never sees another's."""

    async def find(self, key: str) -> dict[str, JsonValue] | None:
        """Return the answer kept under a key."""
        ...

    async def keep(self, key: str, answer: dict[str, JsonValue]) -> None:
        """Keep an answer; the same key again changes nothing."""
        ...

"""What came of asking one language model: kept with the brief, told to people."""

from typing import Literal

from pydantic import Field

from gauntlet.core.schema import Schema

AttemptOutcome = Literal[
    "answered",
    "rejected",
    "refused",
    "truncated",
    "invalid",
    "unavailable",
    "timed_out",
    "rate_limited",
    "payment_required",
    "not_configured",
    "lost",
    "skipped",
]


class Attempt(Schema):
    """One question to one planner and what came of it. `message` is for people: no key and no service's raw words.

    Tokens are None where the service told none, the cost where it is not known (yet).
    """

    provider: str = Field(max_length=32)
    model: str = Field(max_length=300)
    outcome: AttemptOutcome
    message: str = Field(max_length=500)
    input_tokens: int | None = Field(default=None, ge=0)
    output_tokens: int | None = Field(default=None, ge=0)
    cost_microusd: int | None = Field(default=None, ge=0)
    duration_ms: int = Field(default=0, ge=0)
    is_cached: bool = Field(default=False, description="An earlier answer to the same question; nothing was sent.")

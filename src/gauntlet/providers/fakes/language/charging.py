"""What the doubles of language services charge, by their own list."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from gauntlet.providers.fakes.answering import Call
from gauntlet.providers.fakes.ledger import Charge, digest_of
from gauntlet.providers.fakes.shared import Shared

# Dollars for a million tokens, in and out.
_PRICES: Final = {
    "gpt-6.1-sol": ("2", "10"),
    "gpt-5.1": ("1.25", "10"),
    "gpt-5": ("1.25", "10"),
    "gpt-5-mini": ("0.25", "2"),
    "gpt-4.1": ("2", "8"),
    "gpt-4o": ("2.5", "10"),
    "gpt-4o-mini": ("0.15", "0.6"),
    "claude-sonnet-5-5": ("2", "10"),
    "claude-sonnet-5.5": ("2", "10"),
    "claude-sonnet-4-5": ("3", "15"),
    "claude-sonnet-4.5": ("3", "15"),
    "claude-haiku-4-5": ("1", "5"),
    "claude-haiku-4.5": ("1", "5"),
    "claude-opus-4-1": ("15", "75"),
    "claude-opus-4.1": ("15", "75"),
}
_OTHERS: Final = ("1", "4")


def cost_microusd(model: str, *, input_tokens: int, output_tokens: int) -> int:
    """Return what an answer costs. Dollars for a million tokens are micro-dollars for one."""
    into, out = _PRICES.get(model.rpartition("/")[2], _OTHERS)
    cost = Decimal(into) * input_tokens + Decimal(out) * output_tokens
    return int(cost.to_integral_value(ROUND_HALF_UP))


def charge(shared: Shared, call: Call, *, reference: str, model: str, input_tokens: int, output_tokens: int) -> int:
    """Write an answer's cost down and return it."""
    amount_microusd = cost_microusd(model, input_tokens=input_tokens, output_tokens=output_tokens)
    shared.charges.add(
        Charge(
            service=call.service,
            reference=reference,
            model=model,
            account=call.account.name,
            amount_microusd=amount_microusd,
            inputs_digest=digest_of(call.body),
            status="answered",
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            charged_at=shared.clock.now(),
        ),
        call.account,
    )
    return amount_microusd

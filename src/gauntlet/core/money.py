"""Money: integer micro-dollars, so that sums are exact."""

from typing import NewType

MicroUsd = NewType("MicroUsd", int)
MICROUSD_PER_USD = 1_000_000


def format_usd(amount_microusd: int) -> str:
    """Return the amount as people read it: `$0.00`, `$1.25`, `-$3.10`, and `$0.0042` below a cent."""
    sign = "-" if amount_microusd < 0 else ""
    dollars = abs(amount_microusd) / MICROUSD_PER_USD
    places = 4 if 0 < dollars < 0.01 else 2
    return f"{sign}${dollars:,.{places}f}"

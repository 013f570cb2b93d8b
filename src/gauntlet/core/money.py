"""Money: integer micro-dollars, so that sums are exact."""

from typing import NewType

MicroUsd = NewType("MicroUsd", int)
MICROUSD_PER_USD = 1_000_000


def format_usd(amount_microusd: int) -> str:
    """Return the amount as people read it: `$0.00`, `$1.25`, `-$3.10`; below a cent `$0.0042`, or `$0.000007`."""
    sign = "-" if amount_microusd < 0 else ""
    dollars = abs(amount_microusd) / MICROUSD_PER_USD
    places = 2 if dollars == 0 or dollars >= 0.01 else 4 if dollars >= 0.0001 else 6  # never $0.0000
    return f"{sign}${dollars:,.{places}f}"

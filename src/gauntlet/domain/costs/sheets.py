"""Reports as CSV, for spreadsheets."""

import csv
import io
from decimal import Decimal
from typing import Final

from gauntlet.core.money import MICROUSD_PER_USD
from gauntlet.domain.costs.schemas import CostReport

COLUMNS: Final = (
    "name",
    "estimate_usd",
    "reserved_usd",
    "spent_usd",
    "count",
    "unknown_price_count",
    "estimated_count",
    "ambiguous_count",
)
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def report_csv(report: CostReport) -> str:
    """Return a report's groups as CSV (RFC 4180), a line each under one of headings; dollars to the millionth."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow((report.query.group_by, *COLUMNS))
    for group in report.groups:
        writer.writerow(
            (
                plain(group.key),
                plain(group.name),
                dollars(group.estimate_microusd),
                dollars(group.reserved_microusd),
                dollars(group.spent_microusd),
                group.count,
                group.unknown_price_count,
                group.estimated_count,
                group.ambiguous_count,
            )
        )
    return lines.getvalue()


def plain(text: str | None) -> str:
    """Return a cell that no spreadsheet takes for a formula: names are typed by people, who may be strangers."""
    if not text:
        return ""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def dollars(amount_microusd: int) -> str:
    """Return an amount in dollars with all its six places, as in 0.003000."""
    return f"{Decimal(amount_microusd) / MICROUSD_PER_USD:.6f}"

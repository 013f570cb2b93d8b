"""Soft limits that were passed: what is told of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import structlog

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Passed:
    """A soft limit that was passed just now."""

    scope: str
    scope_key: str
    period: str
    soft_microusd: int
    used_microusd: int


def tell_passed(limits: Iterable[Passed]) -> None:
    """Tell of limits in the log, once what passed them is committed."""
    for limit in limits:
        log.warning(
            "budget.warned",
            scope=limit.scope,
            scope_key=limit.scope_key,
            period=limit.period,
            soft_microusd=limit.soft_microusd,
            used_microusd=limit.used_microusd,
        )

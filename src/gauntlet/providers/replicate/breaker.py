"""A model that does not answer is left alone for a while, so that what waits for it fails at once and says why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final, Literal

from gauntlet.core.clock import Clock
from gauntlet.providers.base import ProviderUnavailable

FAILURES_MAX: Final = 5
REST: Final = timedelta(seconds=30)

Outcome = Literal["answered", "failed", "unknown"]
"""`answered`: the service did, even if it refused; `failed`: it did not; `unknown`: nobody waited for it."""


@dataclass(slots=True)
class _Breaker:
    failures: int = 0
    opened_at: datetime | None = None
    probe_since: datetime | None = None


class Breakers:
    """A breaker for each model.

    It opens after `failures_max` failures in a row. Open, it refuses for the time of `rest`; then it lets one request
    through (the probe), whose outcome closes it or opens it anew. A probe of which nothing is heard for as long again
    counts as lost.
    """

    def __init__(self, clock: Clock, *, failures_max: int = FAILURES_MAX, rest: timedelta = REST) -> None:
        self._clock = clock
        self._failures_max = failures_max
        self._rest = rest
        self._by_model: dict[str, _Breaker] = {}

    def admit(self, model: str) -> None:
        """Let a request through; raises `ProviderUnavailable`, which says when to come back, while it is open."""
        breaker = self._by_model.get(model)
        if breaker is None or breaker.opened_at is None:
            return
        now = self._clock.now()
        free_at = (breaker.probe_since or breaker.opened_at) + self._rest
        if now < free_at:
            raise _resting(model, failures=breaker.failures, wait=free_at - now)
        breaker.probe_since = now

    def note(self, model: str, outcome: Outcome) -> None:
        """Take in what became of a request that was let through."""
        if outcome == "answered":
            self._by_model.pop(model, None)
            return
        breaker = self._by_model.setdefault(model, _Breaker()) if outcome == "failed" else self._by_model.get(model)
        if breaker is None:
            return
        breaker.probe_since = None
        if outcome == "failed":
            breaker.failures += 1
            if breaker.failures >= self._failures_max:
                breaker.opened_at = self._clock.now()


def _resting(model: str, *, failures: int, wait: timedelta) -> ProviderUnavailable:
    wait_s = max(1, ceil(wait.total_seconds()))
    return ProviderUnavailable(
        f"{model} has not answered {failures} times in a row, so nothing is asked of it for {wait_s} s.",
        next_step=f"Try again in {wait_s} s, or choose another model.",
        details={"model": model, "retryAfterS": wait_s},
    )

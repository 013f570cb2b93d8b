"""Time that a test moves itself."""

from datetime import UTC, datetime, timedelta


class ManualClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, *, seconds: float = 0, hours: float = 0) -> None:
        self._now += timedelta(seconds=seconds, hours=hours)

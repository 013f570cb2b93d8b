"""How many requests an account may send within a minute."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Final

_WINDOW: Final = timedelta(minutes=1)


@dataclass
class MinuteLimit:
    """Counts requests by account over the last minute."""

    per_minute: int
    _seen: dict[str, deque[datetime]] = field(default_factory=dict[str, deque[datetime]])

    def retry_after_s(self, account: str, now: datetime) -> int | None:
        """Count a request; return after how many seconds to come back, if it is one too many."""
        seen = self._seen.setdefault(account, deque())
        while seen and now - seen[0] >= _WINDOW:
            seen.popleft()
        if len(seen) >= self.per_minute:
            return max(ceil((seen[0] + _WINDOW - now).total_seconds()), 1)
        seen.append(now)
        return None

"""How often sign-in may be tried: a moving window in memory, on a clock that is handed in."""

from collections import deque
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from gauntlet.core.clock import Clock
from gauntlet.core.errors import TooManyAttempts

_KEYS_BEFORE_SWEEP: Final = 4_096


class MovingWindow:
    """At most `limit` attempts of one key within any stretch of the window's length.

    Kept by one process and forgotten when it ends: whoever can restart the server need not guess passwords.
    """

    def __init__(self, *, limit: int, window_s: int, clock: Clock) -> None:
        self._limit = limit
        self._window = timedelta(seconds=window_s)
        self._clock = clock
        self._attempts: dict[str, deque[datetime]] = {}
        self._sweep_at = _KEYS_BEFORE_SWEEP

    def __len__(self) -> int:
        return len(self._attempts)

    def wait_s(self, key: str) -> int:
        """Return in how many seconds the next attempt is free; 0 for now."""
        now = self._clock.now()
        attempts = self._recent(key, now)
        if len(attempts) < self._limit:
            return 0
        return max(1, ceil((attempts[0] + self._window - now).total_seconds()))

    def record(self, key: str) -> None:
        """Count an attempt, now."""
        now = self._clock.now()
        attempts = self._recent(key, now)
        attempts.append(now)
        self._attempts[key] = attempts
        if len(self._attempts) > self._sweep_at:
            self._sweep(now)

    def forgive(self, key: str) -> None:
        """Take the latest attempt back: it was no guess."""
        attempts = self._attempts.get(key)
        if attempts:
            attempts.pop()

    def _recent(self, key: str, now: datetime) -> deque[datetime]:
        attempts = self._attempts.get(key, deque())
        while attempts and attempts[0] + self._window <= now:
            attempts.popleft()
        return attempts

    def _sweep(self, now: datetime) -> None:
        self._attempts = {key: kept for key in list(self._attempts) if (kept := self._recent(key, now))}
        # Twice what is alive: sweeping stays cheap on average however many keys there are.
        self._sweep_at = max(_KEYS_BEFORE_SWEEP, 2 * len(self._attempts))


class SignInThrottle:
    """The two windows of sign-in, per account and per network; a sign-in that succeeds counts in neither."""

    def __init__(self, *, per_account: MovingWindow, per_network: MovingWindow) -> None:
        self._per_account = per_account
        self._per_network = per_network

    def admit(self, *, account: str, network: str) -> None:
        """Count an attempt before it is made, so that attempts side by side count too.

        Raises `TooManyAttempts` where either window is full; such an attempt is not counted.
        """
        wait_s = max(self._per_account.wait_s(account), self._per_network.wait_s(network))
        if wait_s:
            raise TooManyAttempts(
                f"Too many attempts to sign in; the next one is possible in {wait_s} s.",
                retry_after_s=wait_s,
                next_step=f"Wait {wait_s} s. An administrator can set a new password if yours is lost.",
            )
        self._per_account.record(account)
        self._per_network.record(network)

    def succeeded(self, *, account: str, network: str) -> None:
        """Take the attempt back."""
        self._per_account.forgive(account)
        self._per_network.forgive(network)

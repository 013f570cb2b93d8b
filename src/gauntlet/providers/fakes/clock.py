"""The doubles' time: it runs or stands, can be moved, and knows when everything that it set off has come to rest."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog

log = structlog.get_logger(__name__)


@dataclass(eq=False)
class _Waiter:
    """Somebody who waits for a moment; `timer` is what wakes them while time runs by itself."""

    moment: datetime
    woken: asyncio.Future[None]
    timer: asyncio.TimerHandle | None = None


@dataclass
class FakesClock:
    """Tells the doubles' time and lets their own work wait for it.

    `speed` shortens what a service itself takes (queue, run, deadlines, pauses between deliveries); what it tells of
    moments stays true, so that signatures are not too old and lists of the last minutes are those. `standing_at` makes
    it a clock that moves only when it is moved.
    """

    speed: float = 1.0
    standing_at: datetime | None = None
    _offset: timedelta = timedelta()
    _waiters: list[_Waiter] = field(default_factory=list[_Waiter])
    _tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    _busy: int = 0
    _rest: asyncio.Event = field(default_factory=asyncio.Event)
    _errors: list[Exception] = field(default_factory=list[Exception])

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return (self.standing_at or datetime.now(UTC)) + self._offset

    def after(self, duration_s: float, *, since: datetime | None = None) -> datetime:
        """Return the moment at which something that takes a service so long is over."""
        return (since or self.now()) + timedelta(seconds=duration_s / self.speed)

    def advance(self, seconds: float) -> None:
        """Move on; all that became due is set going at once, `at_rest` tells when it is through."""
        self._offset += timedelta(seconds=seconds)
        for waiter in list(self._waiters):
            self._wake_if_due(waiter)

    def spawn(self, work: Coroutine[None, None, None]) -> None:
        """Do work in the background that counts as unrest until it ends or waits for a moment."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        self._stir()
        task.add_done_callback(self._ended)

    async def reach(self, moment: datetime) -> None:
        """Wait for a moment, within work that was spawned here."""
        if moment <= self.now():
            return
        waiter = _Waiter(moment, asyncio.get_running_loop().create_future())
        self._waiters.append(waiter)
        self._set_timer(waiter)
        self._calm()
        try:
            await waiter.woken
        finally:
            if waiter in self._waiters:  # given up: whoever wakes somebody takes them from the list
                self._forget(waiter)

    async def at_rest(self) -> None:
        """Wait until everything in the background has ended or waits for a moment to come.

        Raises what went wrong there, which would be a fault of the doubles themselves.
        """
        if self._busy:
            self._rest.clear()
            await self._rest.wait()
        if self._errors:
            errors, self._errors = self._errors, []
            raise ExceptionGroup("the doubles' own work failed", errors)

    async def close(self) -> None:
        """End all that goes on in the background."""
        for task in list(self._tasks):
            task.cancel()
        for task in list(self._tasks):
            with suppress(asyncio.CancelledError):
                await task

    def _set_timer(self, waiter: _Waiter) -> None:
        if self.standing_at is None:
            left_s = (waiter.moment - self.now()).total_seconds()
            loop = asyncio.get_running_loop()
            waiter.timer = loop.call_later(max(left_s, 0.0), self._wake_if_due, waiter)

    def _wake_if_due(self, waiter: _Waiter) -> None:
        if waiter.moment > self.now():
            self._stop_timer(waiter)
            self._set_timer(waiter)
        elif waiter in self._waiters:
            self._forget(waiter)
            if not waiter.woken.done():
                waiter.woken.set_result(None)

    def _forget(self, waiter: _Waiter) -> None:
        self._stop_timer(waiter)
        self._waiters.remove(waiter)
        self._stir()

    @staticmethod
    def _stop_timer(waiter: _Waiter) -> None:
        if waiter.timer is not None:
            waiter.timer.cancel()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._calm()
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            log.error("fakes.task.failed", exc_info=error)
            self._errors.append(error)

    def _stir(self) -> None:
        self._busy += 1

    def _calm(self) -> None:
        self._busy -= 1
        if not self._busy:
            self._rest.set()

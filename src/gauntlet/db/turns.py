"""Whose turn it is to write to SQLite, within this process: in the order in which they came."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final, Literal

_Way = Literal["alone", "in line"]
_ALONE: Final = "alone"
_IN_LINE: Final = "in line"


class Turns:
    """Lets one in alone, or several together whose work stands in one thread's line anyway.

    Those in line go on without a way back to the event loop between two of them, which under load is longer than their
    work. Nobody overtakes one who waits.
    """

    def __init__(self) -> None:
        self._waiting: deque[tuple[asyncio.Future[None], _Way]] = deque()
        self._present = 0
        self._is_one_alone = False

    @asynccontextmanager
    async def alone(self, *, within_s: float) -> AsyncGenerator[None]:
        """Give the turn to nobody else meanwhile; raises `TimeoutError` where it does not come in time."""
        async with self._turn(_ALONE, within_s):
            yield

    @asynccontextmanager
    async def in_line(self, *, within_s: float) -> AsyncGenerator[None]:
        """Share the turn with others in line; raises `TimeoutError` where it does not come in time."""
        async with self._turn(_IN_LINE, within_s):
            yield

    @asynccontextmanager
    async def _turn(self, way: _Way, within_s: float) -> AsyncGenerator[None]:
        async with asyncio.timeout(within_s):
            await self._come(way)
        try:
            yield
        finally:
            self._go()

    async def _come(self, way: _Way) -> None:
        if not self._waiting and self._may_come(way):
            self._let_in(way)
            return
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        place = (called, way)
        self._waiting.append(place)
        try:
            await called
        except asyncio.CancelledError:
            if place in self._waiting:
                self._waiting.remove(place)
                self._call()
            else:
                self._go()  # called in the moment in which the caller was canceled
            raise

    def _go(self) -> None:
        self._present -= 1
        self._is_one_alone = False
        self._call()

    def _call(self) -> None:
        while self._waiting and self._may_come(self._waiting[0][1]):
            called, way = self._waiting.popleft()
            self._let_in(way)
            if not called.done():
                called.set_result(None)

    def _may_come(self, way: _Way) -> bool:
        return not self._present if way == _ALONE else not self._is_one_alone

    def _let_in(self, way: _Way) -> None:
        self._present += 1
        self._is_one_alone = way == _ALONE

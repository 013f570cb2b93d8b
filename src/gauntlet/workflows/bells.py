"""Bells that wake, at once and within this process, whoever waits for news of a generation."""

import asyncio
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager

from gauntlet.providers.predictions import Prediction


class Ear:
    """Hears one generation's bell. What was rung between two waits is not missed."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._news: Prediction | None = None

    def ring(self, news: Prediction | None) -> None:
        """Wake the one who waits."""
        self._news = news or self._news
        self._rung.set()

    async def hear(self, within_s: float) -> Prediction | None:
        """Wait until the bell rings, at most so long; return what was told with it, once."""
        try:
            async with asyncio.timeout(within_s):
                await self._rung.wait()
        except TimeoutError:
            pass  # nothing was rung; who waits looks for himself then
        self._rung.clear()
        news, self._news = self._news, None
        return news


class Bells:
    """A bell for each generation. A process that hears nothing (the webhook came to another) looks now and then."""

    def __init__(self) -> None:
        self._ears: defaultdict[int, set[Ear]] = defaultdict(set)

    @contextmanager
    def listening(self, generation_id: int) -> Generator[Ear]:
        """Give an ear that hears all that is rung inside the block."""
        ear = Ear()
        self._ears[generation_id].add(ear)
        try:
            yield ear
        finally:
            self._ears[generation_id].discard(ear)
            if not self._ears[generation_id]:
                del self._ears[generation_id]

    def ring(self, generation_id: int, news: Prediction | None = None) -> None:
        """Wake all who listen; `news` is what the service said of the prediction."""
        for ear in tuple(self._ears.get(generation_id, ())):
            ear.ring(news)

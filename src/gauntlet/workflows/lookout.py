"""Looking for news of generations on behalf of all who wait for some: one question for hundreds, not one of each."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Generator
from contextlib import contextmanager
from typing import Final

import structlog

from gauntlet.core.errors import GauntletError
from gauntlet.workflows.bells import Bells

_EVERY_S: Final = 1.0

FindNews = Callable[[Collection[int]], Awaitable[Collection[int]]]
"""Returns those of some generations that somebody who waits for them should look at."""

log = structlog.get_logger(__name__)


class Lookout:
    """Rings for what no bell of this process told: work that another does, or a ring that went with a crash."""

    def __init__(self, find_news: FindNews, bells: Bells, *, every_s: float = _EVERY_S) -> None:
        self._find_news = find_news
        self._bells = bells
        self._every_s = every_s
        self._watched = Counter[int]()
        self._looking: asyncio.Task[None] | None = None

    @contextmanager
    def watching(self, generation_id: int) -> Generator[None]:
        """Have the generation looked after inside the block."""
        self._watched[generation_id] += 1
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            yield
        finally:
            self._watched[generation_id] -= 1
            if self._watched[generation_id] == 0:
                del self._watched[generation_id]
            if not self._watched:
                self._looking.cancel()
                self._looking = None

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(self._every_s)
            try:
                found = await self._find_news(tuple(self._watched))
            except GauntletError as error:
                # Those who wait look for themselves now and then, and meet what is wrong.
                log.warning("generation.look.failed", code=error.code)
                continue
            for generation_id in found:
                self._bells.ring(generation_id)

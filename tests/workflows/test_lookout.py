"""One question for all who wait."""

import asyncio
from collections.abc import Collection

from gauntlet.core.errors import StorageFailed
from gauntlet.workflows.bells import Bells
from gauntlet.workflows.lookout import Lookout


class News:
    """What the database would say, and what it was asked."""

    def __init__(self, *answers: Collection[int] | StorageFailed) -> None:
        self._answers = list(answers)
        self.asked: list[set[int]] = []

    async def __call__(self, generation_ids: Collection[int]) -> Collection[int]:
        self.asked.append(set(generation_ids))
        answer = self._answers.pop(0) if self._answers else ()
        if isinstance(answer, StorageFailed):
            raise answer
        return answer


async def _told(bells: Bells, lookout: Lookout, generation_id: int) -> None:
    with bells.listening(generation_id) as ear, lookout.watching(generation_id):
        await ear.hear(30.0)


async def test_those_with_news_are_told_by_one_question_for_all() -> None:
    bells, news = Bells(), News([1, 2])
    lookout = Lookout(news, bells, every_s=0.01)
    async with asyncio.timeout(10):
        await asyncio.gather(_told(bells, lookout, 1), _told(bells, lookout, 2))
    assert news.asked == [{1, 2}]


async def test_question_that_failed_is_asked_again() -> None:
    bells, news = Bells(), News(StorageFailed("The database is away."), [1])
    lookout = Lookout(news, bells, every_s=0.01)
    async with asyncio.timeout(10):
        await _told(bells, lookout, 1)
    assert news.asked == [{1}, {1}]


async def test_nobody_is_asked_about_when_nobody_waits() -> None:
    bells, news = Bells(), News([1], [2])
    lookout = Lookout(news, bells, every_s=0.01)
    async with asyncio.timeout(10):
        await _told(bells, lookout, 1)
        await _told(bells, lookout, 2)
    assert news.asked == [{1}, {2}]

"""Who may write next: in the order of coming, alone or with others in line, whoever gives up meanwhile."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from gauntlet.db.turns import Turns

PATIENCE_S = 20.0


class Visitors:
    """Holds turns until they are told to go, and notes who is in."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.present: list[str] = []
        self._leave: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def alone(self, name: str) -> None:
        await self._come(name, lambda: self.turns.alone(within_s=PATIENCE_S))

    async def in_line(self, name: str) -> None:
        await self._come(name, lambda: self.turns.in_line(within_s=PATIENCE_S))

    async def go(self, name: str) -> None:
        self._leave[name].set()
        await self._tasks[name]
        await settled()

    async def give_up(self, name: str) -> None:
        self._tasks[name].cancel()
        with pytest.raises(asyncio.CancelledError):
            await self._tasks[name]
        await settled()

    async def _come(self, name: str, turn: Callable[[], AbstractAsyncContextManager[None]]) -> None:
        self._leave[name] = asyncio.Event()
        self._tasks[name] = asyncio.ensure_future(self._stay(name, turn()))
        await settled()

    async def _stay(self, name: str, turn: AbstractAsyncContextManager[None]) -> None:
        async with turn:
            self.present.append(name)
            await self._leave[name].wait()
            self.present.remove(name)


async def settled() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture
def visitors() -> Visitors:
    return Visitors(Turns())


async def test_one_alone_keeps_everybody_out_until_it_goes(visitors: Visitors) -> None:
    await visitors.alone("a")
    await visitors.alone("b")
    await visitors.in_line("c")
    assert visitors.present == ["a"]
    await visitors.go("a")
    assert visitors.present == ["b"]
    await visitors.go("b")
    assert visitors.present == ["c"]
    await visitors.go("c")


async def test_those_in_line_are_in_together(visitors: Visitors) -> None:
    await visitors.in_line("a")
    await visitors.in_line("b")
    assert visitors.present == ["a", "b"]
    await visitors.go("a")
    await visitors.go("b")


async def test_nobody_overtakes_one_who_waits_to_be_alone(visitors: Visitors) -> None:
    await visitors.in_line("a")
    await visitors.alone("b")
    await visitors.in_line("c")
    assert visitors.present == ["a"]
    await visitors.go("a")
    assert visitors.present == ["b"]
    await visitors.go("b")
    assert visitors.present == ["c"]
    await visitors.go("c")


async def test_one_who_gives_up_lets_those_behind_it_in(visitors: Visitors) -> None:
    await visitors.in_line("a")
    await visitors.alone("b")
    await visitors.in_line("c")
    await visitors.give_up("b")
    assert visitors.present == ["a", "c"]
    await visitors.go("a")
    await visitors.go("c")


async def test_one_who_is_called_and_canceled_at_once_passes_the_turn_on() -> None:
    turns, is_over = Turns(), asyncio.Event()

    async def first() -> None:
        async with turns.alone(within_s=PATIENCE_S):
            await is_over.wait()

    async def next_one() -> None:
        async with turns.alone(within_s=PATIENCE_S):
            raise AssertionError("it was canceled")

    holding = asyncio.ensure_future(first())
    await settled()
    waiting = asyncio.ensure_future(next_one())
    await settled()
    is_over.set()
    await asyncio.sleep(0)  # the first has called the next, which has not run yet
    assert not waiting.done()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await holding
    async with asyncio.timeout(PATIENCE_S), turns.alone(within_s=PATIENCE_S):
        pass


async def test_one_who_has_waited_for_too_long_is_told_and_leaves_no_trace(visitors: Visitors) -> None:
    await visitors.alone("a")
    with pytest.raises(TimeoutError):
        async with visitors.turns.in_line(within_s=0):
            raise AssertionError("it was not its turn")
    await visitors.go("a")
    await visitors.alone("b")
    assert visitors.present == ["b"]
    await visitors.go("b")

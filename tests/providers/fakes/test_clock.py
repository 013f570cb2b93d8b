"""Time that tests move: everything that became due is done when they are told so."""

import asyncio
from datetime import timedelta

import pytest

from gauntlet.providers.fakes.clock import FakesClock
from tests.providers.fakes.asking import NOON


async def test_work_that_waits_for_a_moment_is_at_rest_until_time_is_moved_there() -> None:
    clock, done = FakesClock(standing_at=NOON), list[str]()

    async def work(name: str, after_s: float) -> None:
        await clock.reach(clock.after(after_s, since=NOON))
        done.append(name)

    clock.spawn(work("late", 10))
    clock.spawn(work("soon", 5))
    await clock.at_rest()
    assert done == []
    clock.advance(5)
    await clock.at_rest()
    assert (done, clock.now()) == (["soon"], NOON + timedelta(seconds=5))
    clock.advance(100)
    await clock.at_rest()
    assert done == ["soon", "late"]


async def test_work_of_several_moments_is_done_whole_by_one_move() -> None:
    clock, done = FakesClock(standing_at=NOON), list[int]()

    async def work() -> None:
        for second in (1, 2, 3):
            await clock.reach(clock.after(second, since=NOON))
            await asyncio.sleep(0)
            done.append(second)

    clock.spawn(work())
    clock.advance(3)
    await clock.at_rest()
    assert done == [1, 2, 3]


async def test_speed_shortens_what_takes_time_and_not_time_itself() -> None:
    clock = FakesClock(standing_at=NOON, speed=10)
    assert clock.after(30) == NOON + timedelta(seconds=3)
    clock.advance(3)
    assert clock.now() == NOON + timedelta(seconds=3)


async def test_a_clock_that_runs_wakes_by_itself_and_earlier_when_it_is_moved() -> None:
    clock, woken, done = FakesClock(), asyncio.Event(), asyncio.Event()
    start = clock.now()

    async def work() -> None:
        await clock.reach(clock.after(0.001, since=start))
        woken.set()
        await clock.reach(clock.after(1_000, since=start))
        done.set()

    clock.spawn(work())
    await woken.wait()
    clock.advance(999)
    await clock.at_rest()
    assert not done.is_set()
    clock.advance(1)
    await clock.at_rest()
    assert done.is_set()


async def test_closing_ends_what_waits() -> None:
    clock = FakesClock(standing_at=NOON)
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await clock.reach(clock.after(10))
        finally:
            ended.set()

    clock.spawn(work())
    await clock.at_rest()
    await clock.close()
    assert ended.is_set()


async def test_a_fault_in_the_background_does_not_leave_it_restless() -> None:
    clock = FakesClock(standing_at=NOON)

    async def work() -> None:
        raise ValueError("broken")

    clock.spawn(work())
    with pytest.raises(ExceptionGroup, match="the doubles' own work"):
        await clock.at_rest()

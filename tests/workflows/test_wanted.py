"""Those who wait for media of one run ask together whether it is wanted still."""

import pytest

from gauntlet.core.errors import Canceled
from gauntlet.workflows.wanted import Wanted


class Jobs:
    """Knows which runs are wanted, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []
        self.unwanted: set[tuple[int, int]] = set()

    async def ask(self, job_id: int, *, run: int) -> None:
        self.asked.append((job_id, run))
        if (job_id, run) in self.unwanted:
            raise Canceled(f"Run {run} of job {job_id} was canceled.")


async def test_many_who_wait_for_the_same_run_ask_once() -> None:
    jobs = Jobs()
    wanted = Wanted(jobs.ask)
    for _ in range(6):
        await wanted.require(7, 1)
    assert jobs.asked == [(7, 1)]


async def test_each_run_is_asked_for_by_itself() -> None:
    jobs = Jobs()
    wanted = Wanted(jobs.ask)
    for job_id, run in ((7, 1), (7, 2), (8, 1)):
        await wanted.require(job_id, run)
    assert jobs.asked == [(7, 1), (7, 2), (8, 1)]


async def test_all_who_wait_for_a_run_that_is_not_wanted_are_told() -> None:
    jobs = Jobs()
    jobs.unwanted.add((7, 1))
    wanted = Wanted(jobs.ask)
    for _ in range(3):
        with pytest.raises(Canceled):
            await wanted.require(7, 1)


async def test_run_that_ended_is_asked_for_anew() -> None:
    jobs = Jobs()
    wanted = Wanted(jobs.ask)
    await wanted.require(7, 1)
    wanted.forget(7, 1)
    jobs.unwanted.add((7, 1))
    with pytest.raises(Canceled):
        await wanted.require(7, 1)

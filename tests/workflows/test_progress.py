"""How far a film is, as people see it while it is rendered."""

from collections.abc import Awaitable, Callable

from gauntlet.domain.jobs.progress import ShotProgress
from gauntlet.domain.jobs.rules import Stage
from gauntlet.workflows.progress import ProgressBoard
from tests.domain.jobs.conftest import Desk, desk, plan

__all__ = ["desk", "plan"]


async def test_frames_of_each_shot_are_told_with_the_share(desk: Desk, plan: Callable[[], Awaitable[int]]) -> None:
    job_id = await plan()
    board = ProgressBoard(desk.worklog, await desk.worklog.state(job_id))
    shots = [
        ShotProgress(scene=1, frames_done=75, frames_total=75),
        ShotProgress(scene=2, frames_done=15, frames_total=60),
    ]
    board.count(shots)
    await board.report(Stage.RENDER, 0.66, message="90 of 135 frames")
    progress = (await desk.reader.get(desk.ann.principal, job_id)).progress
    assert (progress.frames_done, progress.frames_total) == (90, 135)
    assert list(progress.shots) == shots


async def test_progress_tells_of_no_frames_before_there_are_any(desk: Desk, plan: Callable[[], Awaitable[int]]) -> None:
    job_id = await plan()
    board = ProgressBoard(desk.worklog, await desk.worklog.state(job_id))
    await board.report(Stage.STORYBOARD, 0.5)
    progress = (await desk.reader.get(desk.ann.principal, job_id)).progress
    assert (progress.frames_done, progress.frames_total, progress.shots) == (None, None, ())

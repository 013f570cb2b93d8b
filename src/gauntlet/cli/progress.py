"""A bar for each stage of a job on a terminal, a line for each finished stage elsewhere."""

import asyncio
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from gauntlet.cli.output import stderr
from gauntlet.domain.jobs.rules import WORKING, JobStatus, Stage

if TYPE_CHECKING:
    from gauntlet.domain.accounts.schemas import Principal
    from gauntlet.domain.jobs.schemas import JobDetail
    from gauntlet.workflows.container import Container

POLL_INTERVAL_S: Final = 0.1
STORYBOARD_STAGES: Final = (Stage.PLAN, Stage.STORYBOARD)
FILM_STAGES: Final = (Stage.RENDER, Stage.SOUND, Stage.ENCODE)


class ProgressView(Protocol):
    """Shows how far the stages are."""

    def update(self, shares: Mapping[Stage, float], *, message: str, timings: Mapping[Stage, float]) -> None:
        """Take in each stage's share done (0 to 1)."""
        ...


class SilentProgress:
    """Shows nothing; for programs that read the result."""

    def update(self, shares: Mapping[Stage, float], *, message: str, timings: Mapping[Stage, float]) -> None:
        """Take note of nothing."""


class LineProgress:
    """Prints a line when a stage is done; for logs and pipes."""

    def __init__(self, stages: tuple[Stage, ...]) -> None:
        self._open = list(stages)

    def update(self, shares: Mapping[Stage, float], *, message: str, timings: Mapping[Stage, float]) -> None:
        """Print the stages that are done since the last time and whose time is known."""
        for stage in [stage for stage in self._open if shares.get(stage, 0) >= 1 and stage in timings]:
            self._open.remove(stage)
            stderr().print(f"{stage.value:<11}{timings[stage]:.1f} s", markup=False)


@contextmanager
def progress_view(stages: tuple[Stage, ...], *, silent: bool) -> Generator[ProgressView]:
    """Give the view that fits where stderr goes."""
    if silent:
        yield SilentProgress()
    elif not sys.stderr.isatty():
        yield LineProgress(stages)
    else:
        with _bars(stages) as bars:
            yield bars


@contextmanager
def _bars(stages: tuple[Stage, ...]) -> Generator[ProgressView]:
    from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

    shown = Progress(
        TextColumn("{task.description:<11}", style="bold"),
        BarColumn(bar_width=36),
        TaskProgressColumn(),
        TextColumn("[dim]{task.fields[note]}[/]"),
        console=stderr(),
    )
    tasks: dict[Stage, TaskID] = {stage: shown.add_task(stage.value, total=1.0, note="") for stage in stages}

    class Bars:
        """The live bars."""

        def update(self, shares: Mapping[Stage, float], *, message: str, timings: Mapping[Stage, float]) -> None:
            """Move the bars."""
            for stage, task in tasks.items():
                share = shares.get(stage, 0.0)
                running = 0 < share < 1
                note = f"{timings[stage]:.1f} s" if share >= 1 and stage in timings else message if running else ""
                shown.update(task, completed=share, note=note)

    with shown:
        yield Bars()


async def follow(
    container: "Container", principal: "Principal", job_id: int, *, stages: tuple[Stage, ...], silent: bool
) -> "JobDetail":
    """Show the job's progress until it is no longer at work, and return it then."""
    with progress_view(stages, silent=silent) as view:
        while True:
            job = await container.jobs.get(principal, job_id)
            view.update(job.progress.stages, message=_note(job), timings=job.timings)
            if JobStatus(job.status) not in WORKING:
                return job
            await asyncio.sleep(POLL_INTERVAL_S)


def _note(job: "JobDetail") -> str:
    left = job.progress.eta_s
    parts = (job.progress.message, f"{left:.0f} s left" if left else "")
    return ", ".join(part for part in parts if part)

"""The storyboard's review on a terminal: look, change in words, approve."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gauntlet.cli.orders import validated
from gauntlet.cli.output import report, stderr
from gauntlet.cli.progress import STORYBOARD_STAGES, follow
from gauntlet.core.errors import Canceled, GauntletError, InvalidInput
from gauntlet.core.money import format_usd
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import Refinement, Replacement

if TYPE_CHECKING:
    from uuid import UUID

    from gauntlet.domain.accounts.schemas import Principal
    from gauntlet.domain.jobs.schemas import Estimate, FrameView, JobDetail
    from gauntlet.workflows.container import Container

Ask = Callable[[str], Awaitable[str]]

_MENU: Final = (
    "[bold]a[/]pprove   [bold]r[/]efine a scene   [bold]o[/]rder   [bold]p[/]icture of a scene   [bold]c[/]ancel"
)


@dataclass(frozen=True, slots=True)
class Review:
    """One person's look at one job's storyboard.

    `show` writes the contact sheet to where the person can open it and returns the path; `upload` stores a file
    for the job's client and returns the asset's id.
    """

    container: "Container"
    principal: "Principal"
    show: Callable[["JobDetail"], Awaitable[Path]]
    upload: Callable[["JobDetail", Path], Awaitable["UUID"]]
    ask: Ask

    async def run(self, job: "JobDetail") -> "JobDetail":
        """Show and change until the person approves what they see; raises `Canceled` when they give up."""
        while True:
            print_storyboard(job, sheet=await self.show(job))
            job, approved = await self._answer(job)
            if approved:
                return job

    async def _answer(self, job: "JobDetail") -> tuple["JobDetail", bool]:
        """Ask until something was done about the storyboard; return the job and whether it is approved."""
        desk = self.container.desk
        while True:
            stderr().print(_MENU)
            word, _, rest = (await self.ask("> ")).strip().partition(" ")
            try:
                match word.lower():
                    case "a" | "approve":
                        return await desk.approve(self.principal, job.id, seen_version=job.storyboard_version), True
                    case "r" | "refine":
                        return await self._redrawn(await self._refine(job, rest)), False
                    case "o" | "order" | "reorder":
                        return await self._redrawn(await self._reorder(job, rest)), False
                    case "p" | "picture" | "replace":
                        return await self._redrawn(await self._replace(job, rest)), False
                    case "c" | "cancel" | "q" | "quit":
                        raise Canceled("Canceled: nothing was rendered.")
                    case _:
                        stderr().print("Type a, r, o, p or c; details may follow at once: r 3 make it brighter")
            except Canceled:
                raise
            except GauntletError as error:
                report(error, as_json=False)

    async def _refine(self, job: "JobDetail", rest: str) -> "JobDetail":
        scene, instruction = await self._scene_and(rest, what="What shall change? ")
        return await self.container.desk.refine(
            self.principal, job.id, validated(Refinement, {"scene": scene, "instruction": instruction})
        )

    async def _reorder(self, job: "JobDetail", rest: str) -> "JobDetail":
        wanted = rest or await self.ask(f"New order (now {' '.join(str(frame.scene) for frame in job.storyboard)}): ")
        order = tuple(_number(word) for word in wanted.replace(",", " ").split())
        return await self.container.desk.reorder(self.principal, job.id, order=order)

    async def _replace(self, job: "JobDetail", rest: str) -> "JobDetail":
        scene, name = await self._scene_and(rest, what="Picture or film file: ")
        if scene not in {frame.scene for frame in job.storyboard}:
            raise InvalidInput(
                f"There is no scene {scene}; the storyboard has {len(job.storyboard)}.",
                next_step=f"Name a scene from 1 to {len(job.storyboard)}.",
                details={"field": "scene", "value": scene, "limit": len(job.storyboard)},
            )
        asset_id = await self.upload(job, Path(name))
        return await self.container.desk.replace(self.principal, job.id, Replacement(scene=scene, asset_id=asset_id))

    async def _scene_and(self, rest: str, *, what: str) -> tuple[int, str]:
        number, _, words = rest.strip().partition(" ")
        scene = _number(number or await self.ask("Scene number: "))
        return scene, words.strip() or (await self.ask(what)).strip()

    async def _redrawn(self, job: "JobDetail") -> "JobDetail":
        drawn = await follow(self.container, self.principal, job.id, stages=STORYBOARD_STAGES[1:], silent=False)
        if drawn.status is not JobStatus.STORYBOARD_READY:
            raise failure_of(drawn)
        return drawn


def failure_of(job: "JobDetail") -> GauntletError:
    """Return why a job that should have gone on did not."""
    if job.status is JobStatus.CANCELED:
        return Canceled(f"Job {job.id} was canceled.")
    problem = job.error
    error = GauntletError(
        problem.message if problem else f"Job {job.id} is {job.status}.",
        next_step=problem.next_step if problem else None,
        details={"jobId": job.id},
    )
    if problem:
        # The class of what a workflow's step raised is gone; its stable code is what tells it.
        error.code = problem.code  # pyright: ignore[reportAttributeAccessIssue] # ClassVar, narrowed for this instance
    return error


def print_estimate(estimate: "Estimate") -> None:
    """Print what will be paid for, line by line, and what no price is known of."""
    from rich.markup import escape
    from rich.table import Table

    console = stderr()
    table = Table(title="Estimate", title_justify="left", show_edge=False)
    for heading in ("", "scene", "model", "about"):
        table.add_column(heading)
    for line in estimate.lines:
        amount = "price not known" if line.amount_microusd is None else format_usd(line.amount_microusd)
        table.add_row(line.step, str(line.scene or ""), escape(line.model), amount)
    console.print(table)
    more = " and what is not known" if estimate.unknown else ""
    console.print(f"In all about [bold]{estimate.total}[/]{more}")


def print_storyboard(job: "JobDetail", *, sheet: Path) -> None:
    """Print the scenes as a table, what was assumed and warned of, and where the contact sheet lies."""
    from rich.markup import escape
    from rich.table import Table

    console = stderr()
    table = Table(title=f"Storyboard, version {job.storyboard_version}", title_justify="left", show_edge=False)
    for heading in ("", "time", "purpose", "shows", "words on screen"):
        table.add_column(heading, overflow="fold")
    scenes = job.brief.scenes if job.brief else ()
    for frame, scene in zip(job.storyboard, scenes, strict=False):
        words = " / ".join(part for part in (frame.overlay_text, frame.supporting_text) if part)
        table.add_row(
            str(frame.scene),
            f"{frame.start:.1f}–{frame.start + frame.duration:.1f} s",
            frame.purpose.value.replace("_", " "),
            escape(f"{scene.shot_type.value.replace('_', ' ')}, {_shown(frame)}"),
            escape(words),
        )
    console.print(table)
    for default in job.brief.defaults_used if job.brief else ():
        console.print(f"[dim]assumed {escape(default.field)}: {escape(default.value)} ({escape(default.reason)})[/]")
    for warning in job.brief.warnings if job.brief else ():
        console.print(f"[yellow]![/] {escape(warning.message)}")
    for attempt in job.attempts:
        console.print(f"[dim]planner {escape(attempt.provider)}: {escape(attempt.message)}[/]")
    if job.render_estimate_microusd:
        console.print(f"Rendering it will cost about [bold]{format_usd(job.render_estimate_microusd)}[/]")
    console.print(f"Contact sheet: [bold]{escape(str(sheet))}[/]", soft_wrap=True)


def _shown(frame: "FrameView") -> str:
    picture = frame.image_model or frame.source
    return f"{picture}, moved by {frame.motion_model}" if frame.motion_model else picture


async def ask_on_terminal(question: str) -> str:
    """Return the line that the person types, without the loop being held up; raises `Canceled` at the end of input.

    A thread in `input()` could not be interrupted by Ctrl-C; the loop's own watch on the terminal can.
    """
    console = stderr()
    console.print(question, end="", markup=False)
    loop = asyncio.get_running_loop()
    typed: asyncio.Future[str] = loop.create_future()
    loop.add_reader(sys.stdin.fileno(), lambda: typed.done() or typed.set_result(sys.stdin.readline()))
    try:
        line = await typed
    finally:
        loop.remove_reader(sys.stdin.fileno())
    if not line:
        raise Canceled("Canceled: the input ended before the storyboard was approved.")
    return line


def _number(word: str) -> int:
    try:
        return int(word)
    except ValueError as error:
        raise InvalidInput(
            f"{word[:40]!r} is not a scene's number.",
            next_step="Use the numbers in the table's first column.",
            details={"field": "scene", "value": word[:40]},
        ) from error

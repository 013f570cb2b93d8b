"""The desk that people's requests about jobs come to: it writes what they want and starts the work that follows."""

from collections.abc import Sequence
from typing import Final

import structlog

from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.errors import Canceled, Conflict, InvalidInput, StorageFailed
from gauntlet.core.generation import ModelChoice
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.costs.errors import BudgetExceeded
from gauntlet.domain.jobs.edits import EditMark, TriedEdits
from gauntlet.domain.jobs.reader import JobReader
from gauntlet.domain.jobs.rules import JobStatus, Phase, require_seen, workflow_id
from gauntlet.domain.jobs.schemas import (
    Estimate,
    JobDetail,
    JobRequest,
    JobState,
    Refinement,
    Replacement,
    SceneModels,
)
from gauntlet.domain.jobs.service import JobService
from gauntlet.domain.jobs.worklog import JobWorklog
from gauntlet.render.layout.compose import LAYOUT_VERSION
from gauntlet.workflows.edits import Edit
from gauntlet.workflows.engine import Engine
from gauntlet.workflows.films import FILM_WORKFLOW
from gauntlet.workflows.making import MakingTools
from gauntlet.workflows.storyboards import STORYBOARD_WORKFLOW

_WORKFLOWS: Final = {Phase.STORYBOARD: STORYBOARD_WORKFLOW, Phase.RENDER: FILM_WORKFLOW}

log = structlog.get_logger(__name__)


class JobDesk:
    """Submits, changes, approves, renders, stops and takes up jobs."""

    def __init__(
        self,
        *,
        engine: Engine,
        jobs: JobService,
        reader: JobReader,
        worklog: JobWorklog,
        making: MakingTools,
    ) -> None:
        self._engine = engine
        self._jobs = jobs
        self._reader = reader
        self._worklog = worklog
        self._making = making

    async def submit(
        self, principal: Principal, request: JobRequest, *, idempotency_key: str | None = None
    ) -> JobDetail:
        """Store a job and start its storyboard; the same idempotency key gives the same job.

        Raises, and stores nothing, for models that cannot do what they are chosen for.
        """
        request = await self._jobs.completed(principal, request)
        state = await self._jobs.known(principal, request, idempotency_key=idempotency_key)
        if state is None:
            estimate = await self.estimate(principal, request)
            state, is_new = await self._jobs.create(principal, request, idempotency_key=idempotency_key)
            if is_new and estimate.lines:
                await self._making.log.keep_estimate(state.id, version=None, estimate=estimate)
        # Started even for a known key: the process may have died between the two.
        if state.run == 1:
            await self._start(state)
        return await self._reader.get(principal, state.id)

    async def estimate(self, principal: Principal, request: JobRequest) -> Estimate:
        """Return what a job would cost; nothing is stored and nothing spent. Raises what submitting it would raise."""
        request = await self._jobs.completed(principal, request)
        await self._jobs.check(principal, request)
        return await self._making.rehearsal.estimate(request)

    async def refine(self, principal: Principal, job_id: int, wish: Refinement) -> JobDetail:
        """Change a scene in words: a new storyboard version."""
        before, content = await self._jobs.content_to_change(principal, job_id)
        return await self._edit(principal, before, content, await self._making.editor.refine(before, content, wish))

    async def edit(
        self, principal: Principal, job_id: int, asked: TriedEdits, *, idempotency_key: str | None = None
    ) -> JobDetail:
        """Make edits by hand, all or none, as one new storyboard version; the same idempotency key makes them once.

        Raises `Conflict` where the storyboard is not at the version that was seen.
        """
        mark = EditMark.of(principal.user_id, idempotency_key, asked) if idempotency_key is not None else None
        if mark is not None and await self._jobs.kept_edit(principal, job_id, mark):
            return await self._reader.get(principal, job_id)
        try:
            before, content = await self._jobs.content_to_change(principal, job_id)
            require_seen(job_id=job_id, seen_version=asked.version, current_version=before.storyboard_version)
            edit = await self._making.editor.change(before, content, asked.edits)
            return await self._edit(principal, before, content, edit, mark=mark)
        except Conflict:
            # Sent twice at once: the other one has made the change meanwhile.
            if mark is None or not await self._jobs.kept_edit(principal, job_id, mark):
                raise
            return await self._reader.get(principal, job_id)

    async def reorder(self, principal: Principal, job_id: int, *, order: Sequence[int]) -> JobDetail:
        """Show the scenes in another order: a new storyboard version."""
        before, content = await self._jobs.content_to_change(principal, job_id)
        return await self._edit(
            principal, before, content, await self._making.editor.reorder(before, content, order=order)
        )

    async def replace(self, principal: Principal, job_id: int, wish: Replacement) -> JobDetail:
        """Show another picture or film in a scene: a new storyboard version."""
        before, content = await self._jobs.content_to_change(principal, job_id)
        return await self._edit(principal, before, content, await self._making.editor.replace(before, content, wish))

    async def choose_models(self, principal: Principal, job_id: int, *, scene: int, models: SceneModels) -> JobDetail:
        """Have a scene made by another model or by the compositor, also where a model failed: a new version."""
        before, content = await self._jobs.content_to_change(principal, job_id, also_halted=True)
        edit = await self._making.editor.choose_models(before, content, scene=scene, models=models)
        return await self._edit(principal, before, content, edit)

    async def choose_music(self, principal: Principal, job_id: int, choice: ModelChoice | None) -> JobDetail:
        """Have the music made by another model or by the compositor, also where a model failed: a new version."""
        before, content = await self._jobs.content_to_change(principal, job_id, also_halted=True)
        return await self._edit(
            principal, before, content, await self._making.editor.choose_music(before, content, choice)
        )

    async def approve(self, principal: Principal, job_id: int, *, seen_version: int | None) -> JobDetail:
        """Approve exactly the present storyboard; raises `Conflict` where it must be drawn anew first."""
        await self._redraw_outdated(principal, job_id)
        return await self._jobs.approve(principal, job_id, seen_version=seen_version)

    async def render(self, principal: Principal, job_id: int) -> JobDetail:
        """Render what was approved; raises `Conflict` where it must be drawn anew first."""
        await self._redraw_outdated(principal, job_id)
        await self._start(await self._jobs.begin_render(principal, job_id))
        return await self._reader.get(principal, job_id)

    async def resume(self, principal: Principal, job_id: int) -> JobDetail:
        """Take up a failed or paused job where it stopped."""
        await self._start(await self._jobs.resume(principal, job_id))
        return await self._reader.get(principal, job_id)

    async def cancel(self, principal: Principal, job_id: int) -> JobDetail:
        """End a job and what models make for it; its work stops within two seconds."""
        state = await self._jobs.cancel(principal, job_id)
        await self._making.media.cancel(await self._making.log.stoppable_generations(job_id))
        return await self._stop(principal, state)

    async def pause(self, principal: Principal, job_id: int) -> JobDetail:
        """Stop a job's work so that it can go on later."""
        return await self._stop(principal, await self._jobs.pause(principal, job_id))

    async def take_up_lost_work(self) -> int:
        """Start a workflow for every job that is at work by its state but not in fact; return how many there were.

        A process can die between storing a job and starting its workflow, and a full disk can swallow a failure's
        record; this is what makes either harmless.
        """
        taken_up = 0
        for state in await self._worklog.jobs_at_work():
            liveness = await self._engine.liveness(workflow_id(state.id, run=state.run))
            if liveness == "alive":
                continue
            run = state.run
            if liveness == "ended":
                await self._engine.cancel(workflow_id(state.id, run=state.run))
                try:
                    run = await self._worklog.begin_new_run(state.id, run=state.run)
                except Canceled:
                    continue
            log.info("job.taken_up", job_id=state.id, run=run)
            await self._start(state.model_copy(update={"run": run}))
            taken_up += 1
        return taken_up

    async def go_on_within_budgets(self) -> int:
        """Let jobs go on that a used-up budget stopped and that it would grant now; return how many there were."""
        resumed = 0
        for state, problem in await self._making.log.paused_because(BudgetExceeded.code):
            asked = problem.details.get("asked")
            if not isinstance(asked, int) or not await self._making.till.would_grant(
                client_id=state.request.client_id,
                campaign_id=state.request.campaign_id,
                job_id=state.id,
                amount_microusd=asked,
            ):
                continue
            try:
                going_on = await self._making.log.go_on(state.id, run=state.run)
            except Canceled:
                continue
            log.info("job.resume.done", job_id=state.id, run=going_on.run)
            await self._start(going_on)
            resumed += 1
        return resumed

    async def cancel_unwanted_media(self) -> int:
        """End what models still make for canceled jobs, where a process died between the two; return how many."""
        unwanted = await self._making.log.generations_nobody_wants()
        await self._making.media.cancel(unwanted)
        return len(unwanted)

    async def _redraw_outdated(self, principal: Principal, job_id: int) -> None:
        """Draw anew what an earlier compositor laid out: its film would not be the one that was seen."""
        if (await self._reader.get(principal, job_id)).status is not JobStatus.STORYBOARD_READY:
            return  # what may not be done then is told by who does it
        before, content = await self._jobs.content_to_change(principal, job_id)
        if content.compositor == LAYOUT_VERSION:
            return
        redrawn = await self._edit(principal, before, content, Edit(content, "Drawn again by a newer compositor"))
        raise Conflict(
            f"Job {job_id}'s storyboard was laid out by an earlier version of Gauntlet; it is being drawn again as"
            f" version {redrawn.storyboard_version}.",
            next_step="Look at the new version when it is ready, and approve that.",
            details={"jobId": job_id, "version": redrawn.storyboard_version},
        )

    async def _edit(
        self,
        principal: Principal,
        before: JobState,
        content: StoryboardContent,
        edit: Edit,
        *,
        mark: EditMark | None = None,
    ) -> JobDetail:
        changed = edit.content.model_copy(update={"compositor": LAYOUT_VERSION})
        if changed == content:
            raise InvalidInput(
                f"That changes nothing in job {before.id}'s storyboard.",
                next_step="Say what should be different.",
                details={"jobId": before.id},
            )
        state = await self._jobs.keep_edit(
            principal,
            before,
            changed,
            change=edit.change,
            attempts=edit.attempts,
            cost_microusd=edit.cost_microusd,
            mark=mark,
        )
        await self._start(state)
        return await self._reader.get(principal, before.id)

    async def _start(self, state: JobState) -> None:
        """Start the work that the job's state asks for; where that fails now, it is found and taken up later."""
        try:
            await self._engine.submit(
                _WORKFLOWS[state.phase],
                workflow_id=workflow_id(state.id, run=state.run),
                subject_id=state.id,
                run=state.run,
            )
        except StorageFailed as error:
            log.warning("job.start.postponed", job_id=state.id, run=state.run, reason=error.message)

    async def _stop(self, principal: Principal, state: JobState) -> JobDetail:
        """Stop the work of a job that is stopped by its state; where that fails, the next write of its run ends it."""
        try:
            await self._engine.cancel(workflow_id(state.id, run=state.run))
        except StorageFailed as error:
            log.warning("job.stop.not_recorded", job_id=state.id, run=state.run, reason=error.message)
        return await self._reader.get(principal, state.id)

"""The desk that people's requests about jobs come to: it writes what they want and starts the work that follows."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

import structlog

from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.errors import Canceled, Conflict, InvalidInput, StorageFailed
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.jobs.pictures import PictureShelf, StudioPicture
from gauntlet.domain.jobs.reader import JobReader
from gauntlet.domain.jobs.rules import JobStatus, Phase, workflow_id
from gauntlet.domain.jobs.schemas import JobDetail, JobRequest, JobState
from gauntlet.domain.jobs.service import JobService
from gauntlet.domain.jobs.worklog import JobWorklog
from gauntlet.providers.base import Planner, RefineRequest
from gauntlet.providers.local.planner.refinement import reorder, replace_picture
from gauntlet.render.layout.compose import LAYOUT_VERSION
from gauntlet.workflows.engine import Engine
from gauntlet.workflows.films import FILM_WORKFLOW
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.plans import asset_facts, choose_logo, plan_request, recast, with_cuts
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
        shelf: PictureShelf,
        planner: Planner,
        cutting: CuttingRoom,
    ) -> None:
        self._engine = engine
        self._jobs = jobs
        self._reader = reader
        self._worklog = worklog
        self._shelf = shelf
        self._planner = planner
        self._cutting = cutting

    async def submit(
        self, principal: Principal, request: JobRequest, *, idempotency_key: str | None = None
    ) -> JobDetail:
        """Store a job and start its storyboard; the same idempotency key gives the same job."""
        state, _new = await self._jobs.create(principal, request, idempotency_key=idempotency_key)
        # Started even for a known key: the process may have died between the two.
        if state.run == 1:
            await self._start(state)
        return await self._reader.get(principal, state.id)

    async def refine(self, principal: Principal, job_id: int, *, scene: int, instruction: str) -> JobDetail:
        """Change a scene in words: a new storyboard version."""
        before, content = await self._jobs.content_to_change(principal, job_id)
        pictures = await self._shelf.pictures(before.request, also=_shown(content))
        logo = choose_logo(pictures, logo_asset_id=content.logo.asset_id if content.logo else None)
        inputs = await self._shelf.plan_inputs(before.request)
        sounds = await self._shelf.sounds(before.request)
        context = plan_request(before.request, inputs, pictures=pictures, logo=logo, sounds=sounds)
        refined = self._planner.refine(
            RefineRequest(brief=content.brief, scene_number=scene, instruction=instruction, context=context)
        )
        known = {picture.id: picture for picture in pictures}
        changed = await self._cut(recast(content, refined.brief, pictures=known), known)
        return await self._edit(principal, before, content, changed, change=f"Scene {scene}: {instruction}")

    async def reorder(self, principal: Principal, job_id: int, *, order: Sequence[int]) -> JobDetail:
        """Show the scenes in another order: a new storyboard version."""
        before, content = await self._jobs.content_to_change(principal, job_id)
        changed = await self._cut(recast(content, reorder(content.brief, tuple(order)), pictures={}), {})
        return await self._edit(
            principal, before, content, changed, change=f"Order: {', '.join(str(number) for number in order)}"
        )

    async def replace(self, principal: Principal, job_id: int, *, scene: int, asset_id: UUID) -> JobDetail:
        """Show another of the client's pictures or films in a scene: a new storyboard version."""
        before, content = await self._jobs.content_to_change(principal, job_id)
        pictures = {picture.id: picture for picture in await self._shelf.pictures(before.request, also=[asset_id])}
        brief = replace_picture(content.brief, scene, asset_facts(pictures[asset_id]))
        changed = await self._cut(recast(content, brief, pictures=pictures, fresh_scene=scene), pictures)
        return await self._edit(
            principal, before, content, changed, change=f"Scene {scene} shows {pictures[asset_id].name}"
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
        """End a job; its work stops within two seconds."""
        return await self._stop(principal, await self._jobs.cancel(principal, job_id))

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

    async def _redraw_outdated(self, principal: Principal, job_id: int) -> None:
        """Draw anew what an earlier compositor laid out: its film would not be the one that was seen."""
        if (await self._reader.get(principal, job_id)).status is not JobStatus.STORYBOARD_READY:
            return  # what may not be done then is told by who does it
        before, content = await self._jobs.content_to_change(principal, job_id)
        if content.compositor == LAYOUT_VERSION:
            return
        redrawn = await self._edit(principal, before, content, content, change="Drawn again by a newer compositor")
        raise Conflict(
            f"Job {job_id}'s storyboard was laid out by an earlier version of Gauntlet; it is being drawn again as"
            f" version {redrawn.storyboard_version}.",
            next_step="Look at the new version when it is ready, and approve that.",
            details={"jobId": job_id, "version": redrawn.storyboard_version},
        )

    async def _cut(self, content: StoryboardContent, pictures: Mapping[UUID, StudioPicture]) -> StoryboardContent:
        return await with_cuts(content, pictures=pictures, cutting=self._cutting)

    async def _edit(
        self,
        principal: Principal,
        before: JobState,
        content: StoryboardContent,
        changed: StoryboardContent,
        *,
        change: str,
    ) -> JobDetail:
        changed = changed.model_copy(update={"compositor": LAYOUT_VERSION})
        if changed == content:
            raise InvalidInput(
                f"That changes nothing in job {before.id}'s storyboard.",
                next_step="Say what should be different.",
                details={"jobId": before.id},
            )
        await self._start(await self._jobs.keep_edit(principal, before, changed, change=change))
        return await self._reader.get(principal, before.id)

    async def _start(self, state: JobState) -> None:
        """Start the work that the job's state asks for; where that fails now, it is found and taken up later."""
        try:
            await self._engine.submit(
                _WORKFLOWS[state.phase],
                workflow_id=workflow_id(state.id, run=state.run),
                job_id=state.id,
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


def _shown(content: StoryboardContent) -> list[UUID]:
    return [source.asset_id for source in content.sources if source.asset_id is not None]

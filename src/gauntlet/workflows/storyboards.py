"""The storyboard workflow: plan the brief, conform footage, draw a frame for each scene, lay out the contact sheet."""

import asyncio
from typing import Final
from uuid import uuid4

import structlog

from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.ids import Digest
from gauntlet.domain.jobs.rules import JobStatus, Stage
from gauntlet.domain.jobs.schemas import JobState
from gauntlet.render.contactsheet import draw_contact_sheet
from gauntlet.render.footage import clips_of
from gauntlet.render.frames import draw_frame, frame_fingerprint
from gauntlet.render.layout.compose import LAYOUT_VERSION
from gauntlet.workflows.engine import all_of, run_step
from gauntlet.workflows.failures import ending_well
from gauntlet.workflows.pictures import load_pictures
from gauntlet.workflows.plans import cast, choose_bed, choose_logo, plan_request, with_cuts
from gauntlet.workflows.progress import ProgressBoard
from gauntlet.workflows.studio import Studio

STORYBOARD_WORKFLOW: Final = "storyboard"

log = structlog.get_logger(__name__)


class StoryboardWorkflow:
    """Draws the present storyboard version of a job; plans the brief first where there is none."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._boards: dict[tuple[int, int], ProgressBoard] = {}

    async def run(self, job_id: int, run: int) -> None:
        """Go through the steps; every step may be run again after a crash."""
        with structlog.contextvars.bound_contextvars(job_id=job_id, run=run):
            async with ending_well(self._studio.worklog, job_id=job_id, run=run):
                version, scenes, moving = await run_step("plan", self._plan, job_id, run)
                await all_of(
                    *(run_step(f"conform-{number}", self._conform, job_id, run, version, number) for number in moving)
                )
                drawn = (
                    run_step(f"frame-{number}", self._draw_frame, job_id, run, version, number)
                    for number in range(1, scenes + 1)
                )
                await all_of(*drawn)
                await run_step("contact-sheet", self._finish, job_id, run, version)
        self._boards.pop((job_id, run), None)

    async def _plan(self, job_id: int, run: int) -> tuple[int, int, list[int]]:
        """Make brief and storyboard content where there is none.

        Return the version, how many scenes it has and which of them show footage.
        """
        state = await self._studio.worklog.state(job_id)
        if state.storyboard_version is None:
            await self._make_brief(state, run)
            state = await self._studio.worklog.state(job_id)
        await self._studio.worklog.enter(job_id, run=run, status=JobStatus.GENERATING_STORYBOARD)
        version = state.storyboard_version or 1
        storyboard = await self._studio.worklog.storyboard(job_id, version)
        timeline = await self._studio.timelines.timeline(storyboard)
        moving = [shot.scene_number for shot in timeline.shots if clips_of([shot])]
        return version, len(timeline.shots), moving

    async def _conform(self, job_id: int, run: int, version: int, number: int) -> list[str]:
        """Have the footage of one scene conformed; return the digests of its clips."""
        studio = self._studio
        board = await self._board(job_id, run)
        board.begin(Stage.STORYBOARD)
        await board.report(Stage.STORYBOARD, 0.0, message=f"preparing the footage of scene {number}")
        timeline = await studio.timelines.timeline(await studio.worklog.storyboard(job_id, version))
        return [await studio.cutting.conform(order) for order in clips_of([timeline.shots[number - 1]])]

    async def _make_brief(self, state: JobState, run: int) -> None:
        await self._studio.worklog.enter(state.id, run=run, status=JobStatus.PARSING)
        board = await self._board(state.id, run)
        board.begin(Stage.PLAN)
        content, cost_microusd = await self._plan_content(state)
        await self._studio.worklog.keep_plan(
            state.id,
            run=run,
            brief_id=state.brief_id or uuid4(),
            brief=content.brief,
            content=content,
            cost_microusd=cost_microusd,
        )
        await board.end(Stage.PLAN)

    async def _plan_content(self, state: JobState) -> tuple[StoryboardContent, int]:
        shelf = self._studio.shelf
        inputs = await shelf.plan_inputs(state.request)
        pictures = await shelf.pictures(state.request)
        logo = choose_logo(pictures, logo_asset_id=await shelf.logo_asset_id(state.request))
        sounds = await shelf.sounds(state.request)
        request = plan_request(state.request, inputs, pictures=pictures, logo=logo, sounds=sounds)
        planned = await asyncio.to_thread(self._studio.planner.plan, request)
        known = {picture.id: picture for picture in pictures}
        content = cast(planned.brief, pictures=known, logo=logo, compositor=LAYOUT_VERSION, bed=choose_bed(sounds))
        content = await with_cuts(content, pictures=known, cutting=self._studio.cutting)
        log.info("brief.planned", provider=planned.provider, scenes=len(content.brief.scenes), pictures=len(pictures))
        return content, planned.cost_microusd

    async def _draw_frame(self, job_id: int, run: int, version: int, number: int) -> str:
        """Draw one scene's frame, or take over an equal one that was drawn before; return its digest."""
        studio = self._studio
        board = await self._board(job_id, run)
        board.begin(Stage.STORYBOARD)
        storyboard = await studio.worklog.storyboard(job_id, version)
        digest = storyboard.frames.get(number)
        if digest is None:
            timeline = await studio.timelines.timeline(storyboard)
            fingerprint = frame_fingerprint(timeline, number - 1)
            digest = await studio.worklog.equal_frame(job_id, fingerprint=fingerprint)
            hold = None
            if digest is None:
                pictures = await load_pictures(studio.blobs, studio.cutting, timeline.shots[number - 1])
                image = await studio.pool.run(
                    draw_frame,
                    timeline=timeline,
                    shot_index=number - 1,
                    pictures=pictures,
                    fonts=studio.timelines.font_files,
                )
                facts = await studio.blobs.put_bytes(image)
                digest, hold = facts.digest, facts.hold
            try:
                await studio.worklog.keep_frame(
                    job_id, run=run, version=version, scene=number, fingerprint=fingerprint, digest=digest
                )
            finally:
                if hold is not None:
                    await studio.blobs.release(digest, hold=hold)
        done = len((await studio.worklog.storyboard(job_id, version)).frames)
        await board.report(Stage.STORYBOARD, 0.95 * done / len(storyboard.content.brief.scenes))
        return digest

    async def _finish(self, job_id: int, run: int, version: int) -> None:
        studio = self._studio
        board = await self._board(job_id, run)
        storyboard = await studio.worklog.storyboard(job_id, version)
        images = {number: await studio.blobs.read_bytes(digest) for number, digest in storyboard.frames.items()}
        timeline = await studio.timelines.timeline(storyboard)
        moving = frozenset(shot.scene_number for shot in timeline.shots if clips_of([shot]))
        sheet = await studio.pool.run(draw_contact_sheet, brief=storyboard.content.brief, images=images, moving=moving)
        facts = await studio.blobs.put_bytes(sheet)
        try:
            await board.end(Stage.STORYBOARD)
            await studio.worklog.finish_storyboard(job_id, run=run, version=version, contact_sheet=Digest(facts.digest))
        finally:
            await studio.blobs.release(facts.digest, hold=facts.hold)
        log.info("storyboard.ready", version=version)

    async def _board(self, job_id: int, run: int) -> ProgressBoard:
        key = (job_id, run)
        if key not in self._boards:
            self._boards[key] = ProgressBoard(self._studio.worklog, await self._studio.worklog.state(job_id))
        return self._boards[key]

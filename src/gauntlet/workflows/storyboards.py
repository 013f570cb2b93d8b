"""The storyboard workflow: plan the brief, conform footage, draw a frame for each scene, lay out the contact sheet."""

from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID, uuid4

import structlog
from pydantic import JsonValue

from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.ids import Digest
from gauntlet.domain.jobs.rules import JobStatus, Stage
from gauntlet.domain.jobs.schemas import JobState
from gauntlet.render.contactsheet import draw_contact_sheet
from gauntlet.render.footage import clips_of
from gauntlet.render.frames import draw_frame, frame_fingerprint
from gauntlet.render.layout.compose import LAYOUT_VERSION
from gauntlet.render.timeline import Timeline
from gauntlet.storage.base import BlobStore
from gauntlet.workflows.engine import all_of, run_step
from gauntlet.workflows.failures import Halt, ending_well, stop_at
from gauntlet.workflows.media import Placed, placed_of, told
from gauntlet.workflows.orders import with_orders
from gauntlet.workflows.pictures import load_pictures
from gauntlet.workflows.plans import cast, choose_bed, choose_logo, films_among, with_cuts
from gauntlet.workflows.progress import ProgressBoard
from gauntlet.workflows.sketches import can_be_drawn, sketched
from gauntlet.workflows.studio import Studio
from gauntlet.workflows.wanted import Wanted

STORYBOARD_WORKFLOW: Final = "storyboard"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DrawnFrame:
    """A frame's image; with a hold it was stored now, and is the drawer's to release once something refers to it."""

    fingerprint: str
    digest: Digest
    hold: UUID | None = None

    async def release(self, blobs: BlobStore) -> None:
        """Let go of it."""
        if self.hold is not None:
            await blobs.release(self.digest, hold=self.hold)


class StoryboardWorkflow:
    """Draws the present storyboard version of a job; plans the brief first where there is none."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._boards: dict[tuple[int, int], ProgressBoard] = {}
        self._wanted = Wanted(studio.making.log.require_at_work)

    async def run(self, job_id: int, run: int) -> None:
        """Go through the steps; every step may be run again after a crash."""
        studio = self._studio
        with structlog.contextvars.bound_contextvars(job_id=job_id, run=run):
            async with ending_well(studio.worklog, studio.making.log, job_id=job_id, run=run):
                version, scenes, moving, awaited = await run_step("plan", self._plan, job_id, run)
                placed = await self._place_all(job_id, run, version, awaited)
                await all_of(
                    *(run_step(f"conform-{number}", self._conform, job_id, run, version, number) for number in moving)
                )
                drawn = (
                    run_step(f"frame-{number}", self._make_frame, job_id, run, version, number, placed.get(number))
                    for number in range(1, scenes + 1)
                )
                stop_at([told(halt) for halt in await all_of(*drawn)])
                if awaited:
                    await all_of(
                        *(
                            run_step(f"redraw-{number}", self._redraw, job_id, run, version, number)
                            for number in range(1, scenes + 1)
                        )
                    )
                await run_step("contact-sheet", self._finish, job_id, run, version)
        self._boards.pop((job_id, run), None)
        self._wanted.forget(job_id, run)

    async def _place_all(self, job_id: int, run: int, version: int, awaited: list[int]) -> dict[int, Placed]:
        """Order the pictures that models are to make, all before any is waited for."""
        orders = (run_step(f"order-{number}", self._place, job_id, run, version, number) for number in awaited)
        return dict(zip(awaited, await all_of(*orders), strict=True))

    async def _place(self, job_id: int, run: int, version: int, number: int) -> Placed:
        """Order a scene's picture; return the generation, or why it was not ordered."""
        studio = self._studio
        await studio.making.log.require_at_work(job_id, run=run)
        state = await studio.worklog.state(job_id)
        content = (await studio.worklog.storyboard(job_id, version)).content
        order = content.sources[number - 1].image
        if order is None or not content.sources[number - 1].is_awaited:
            return None
        return placed_of(await studio.making.media.placed(state, order, role="image", scene=number))

    async def _plan(self, job_id: int, run: int) -> tuple[int, int, list[int], list[int]]:
        """Make brief and storyboard content where there is none.

        Return the version, how many scenes it has, which of them show footage, and whose pictures are to be made.
        """
        studio = self._studio
        state = await studio.worklog.state(job_id)
        if state.storyboard_version is None:
            await self._make_brief(state, run)
            state = await studio.worklog.state(job_id)
        await studio.worklog.enter(job_id, run=run, status=JobStatus.GENERATING_STORYBOARD)
        version = state.storyboard_version or 1
        storyboard = await studio.worklog.storyboard(job_id, version)
        await studio.making.estimates.keep(state, storyboard.content, version=version)
        timeline = await studio.timelines.timeline(sketched(storyboard))
        moving = [shot.scene_number for shot in timeline.shots if clips_of([shot])]
        return version, len(timeline.shots), moving, list(storyboard.content.awaited)

    async def _conform(self, job_id: int, run: int, version: int, number: int) -> list[str]:
        """Have the footage of one scene conformed; return the digests of its clips."""
        studio = self._studio
        board = await self._board(job_id, run)
        board.begin(Stage.STORYBOARD)
        await board.report(Stage.STORYBOARD, 0.0, message=f"preparing the footage of scene {number}")
        timeline = await studio.timelines.timeline(sketched(await studio.worklog.storyboard(job_id, version)))
        return [await studio.cutting.conform(order) for order in clips_of([timeline.shots[number - 1]])]

    async def _make_brief(self, state: JobState, run: int) -> None:
        await self._studio.worklog.enter(state.id, run=run, status=JobStatus.PARSING)
        studio = self._studio
        board = await self._board(state.id, run)
        board.begin(Stage.PLAN)
        async with studio.table:
            outcome = await studio.making.planning.plan_job(state)
        content = await self._cast(state, outcome.brief)
        await studio.worklog.keep_plan(
            state.id,
            run=run,
            brief_id=state.brief_id or uuid4(),
            content=content,
            attempts=outcome.attempts,
            cost_microusd=outcome.cost_microusd,
        )
        await board.end(Stage.PLAN)

    async def _cast(self, state: JobState, brief: Brief) -> StoryboardContent:
        """Return what each scene shows, with the orders for what models are to make."""
        studio, request = self._studio, state.request
        pictures = await studio.shelf.pictures(request)
        logo = choose_logo(pictures, logo_asset_id=await studio.shelf.logo_asset_id(request))
        sounds = await studio.shelf.sounds(request)
        known = {picture.id: picture for picture in pictures}
        content = cast(brief, pictures=known, logo=logo, compositor=LAYOUT_VERSION, bed=choose_bed(sounds))
        content = await with_orders(
            content,
            request.models,
            book=studio.making.book,
            client_id=request.client_id,
            films=films_among(pictures),
        )
        content = await with_cuts(content, pictures=known, cutting=studio.cutting)
        log.info("brief.planned", provider=brief.planner, scenes=len(brief.scenes), pictures=len(pictures))
        return content

    async def _make_frame(
        self, job_id: int, run: int, version: int, number: int, placed: Placed = None
    ) -> dict[str, JsonValue] | None:
        """Wait for the scene's picture where one was ordered, and draw the frame; return why it could not be."""
        studio = self._studio
        if placed is not None:
            halt = await self._take_picture(job_id, run, version, number, placed)
            if halt is not None:
                return halt.model_dump(mode="json")
        await self._draw_frame(job_id, run, version, number)
        storyboard = await studio.worklog.storyboard(job_id, version)
        share = len(storyboard.frames) / len(storyboard.content.brief.scenes)
        await (await self._board(job_id, run)).report(Stage.STORYBOARD, 0.95 * share)
        return None

    async def _take_picture(self, job_id: int, run: int, version: int, number: int, placed: Placed) -> Halt | None:
        studio = self._studio
        if not isinstance(placed, int):
            return told(placed)
        board = await self._board(job_id, run)
        board.begin(Stage.STORYBOARD)
        made = await studio.making.media.made(
            placed,
            role="image",
            scene=number,
            still_wanted=partial(self._wanted.require, job_id, run),
        )
        if isinstance(made, Halt):
            return made
        await studio.making.log.keep_image(job_id, run=run, version=version, medium=made)
        return None

    async def _draw_frame(self, job_id: int, run: int, version: int, number: int) -> None:
        """Draw one scene's frame, or take over an equal one; one that shows what is not there yet is drawn later."""
        studio = self._studio
        (await self._board(job_id, run)).begin(Stage.STORYBOARD)
        storyboard = sketched(await studio.worklog.storyboard(job_id, version))
        if number in storyboard.frames:
            return
        timeline = await studio.timelines.timeline(storyboard)
        if not can_be_drawn(timeline.shots[number - 1]):
            return
        drawn = await self._drawn(job_id, timeline, number)
        try:
            await studio.worklog.keep_frame(
                job_id, run=run, version=version, scene=number, fingerprint=drawn.fingerprint, digest=drawn.digest
            )
        finally:
            await drawn.release(studio.blobs)

    async def _redraw(self, job_id: int, run: int, version: int, number: int) -> None:
        """Draw a frame that was left out, or that looks otherwise now that every picture is there."""
        studio = self._studio
        storyboard = await studio.worklog.storyboard(job_id, version)
        known = await studio.making.log.frame_fingerprint(job_id, version=version, scene=number)
        timeline = await studio.timelines.timeline(storyboard)
        if known == frame_fingerprint(timeline, number - 1):
            return
        drawn = await self._drawn(job_id, timeline, number)
        keep = studio.worklog.keep_frame if known is None else studio.making.log.replace_frame
        try:
            await keep(
                job_id, run=run, version=version, scene=number, fingerprint=drawn.fingerprint, digest=drawn.digest
            )
        finally:
            await drawn.release(studio.blobs)

    async def _drawn(self, job_id: int, timeline: Timeline, number: int) -> DrawnFrame:
        studio = self._studio
        fingerprint = frame_fingerprint(timeline, number - 1)
        equal = await studio.worklog.equal_frame(job_id, fingerprint=fingerprint)
        if equal is not None:
            return DrawnFrame(fingerprint, equal)
        async with studio.bench:
            pictures = await load_pictures(studio.blobs, studio.cutting, timeline.shots[number - 1])
            image = await studio.pool.run(
                draw_frame,
                timeline=timeline,
                shot_index=number - 1,
                pictures=pictures,
                fonts=studio.timelines.font_files,
            )
        facts = await studio.blobs.put_bytes(image)
        return DrawnFrame(fingerprint, facts.digest, facts.hold)

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

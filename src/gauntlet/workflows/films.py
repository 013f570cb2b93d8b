"""The film workflow: conform footage, encode each shot, mix the sound, join them, publish all files at once."""

import asyncio
from typing import Final

import structlog

from gauntlet.core.errors import Conflict
from gauntlet.core.ids import Digest
from gauntlet.domain.jobs.progress import ShotProgress
from gauntlet.domain.jobs.rules import Stage
from gauntlet.domain.jobs.schemas import DeliverableKind, StoryboardState
from gauntlet.render.captions import to_srt, to_webvtt
from gauntlet.render.encoder.film import join_film
from gauntlet.render.encoder.fingerprint import shot_fingerprint
from gauntlet.render.footage import clips_of, sounds_of
from gauntlet.render.frames import draw_poster
from gauntlet.render.soundtrack import encode_sound, sound_fingerprint
from gauntlet.render.timeline import Timeline
from gauntlet.workflows.engine import all_of, run_step
from gauntlet.workflows.failures import ending_well, stop_at
from gauntlet.workflows.film_media import FilmMedia, still_to_make
from gauntlet.workflows.manifests import write_manifest
from gauntlet.workflows.media import told
from gauntlet.workflows.pictures import load_pictures
from gauntlet.workflows.progress import REPORT_INTERVAL_S, ProgressBoard
from gauntlet.workflows.studio import Studio

FILM_WORKFLOW: Final = "film"

log = structlog.get_logger(__name__)


class FilmWorkflow:
    """Renders the approved storyboard of a job."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._media = FilmMedia(
            worklog=studio.worklog,
            blobs=studio.blobs,
            pool=studio.pool,
            timelines=studio.timelines,
            cutting=studio.cutting,
            making=studio.making,
        )
        self._boards: dict[tuple[int, int], ProgressBoard] = {}
        self._frames_done: dict[tuple[int, int], dict[int, int]] = {}

    async def run(self, job_id: int, run: int) -> None:
        """Go through the steps; every step may be run again after a crash."""
        with structlog.contextvars.bound_contextvars(job_id=job_id, run=run):
            async with ending_well(self._studio.worklog, self._studio.making.log, job_id=job_id, run=run):
                version, wanted = await run_step("prepare", self._prepare, job_id, run)
                await self._make_media(job_id, run, version, wanted)
                order, moving, is_recorded = await run_step("lay-out", self._lay_out, job_id, run, version)
                await all_of(
                    *(run_step(f"conform-{index + 1}", self._conform, job_id, run, version, index) for index in moving),
                    *([run_step("conform-sound", self._conform_sound, job_id, run, version)] if is_recorded else []),
                )
                shots = [
                    run_step(f"shot-{index + 1}", self._encode_shot, job_id, run, version, index) for index in order
                ]
                sound = run_step("sound", self._mix_sound, job_id, run, version)
                await all_of(*shots, sound)
                await run_step("join", self._join, job_id, run, version)
        self._boards.pop((job_id, run), None)
        self._frames_done.pop((job_id, run), None)

    async def _make_media(self, job_id: int, run: int, version: int, scenes: list[int]) -> None:
        """Have motion and music (0) made, all ordered before any is waited for; what some lack keeps none of the rest.

        Raises `Halted` where something was not made.
        """
        media = self._media
        orders = [run_step(f"order-{scene}", media.place, job_id, run, version, scene) for scene in scenes]
        placed = await all_of(*orders)
        made = (
            run_step(f"medium-{scene}", media.take, job_id, run, version, scene, one)
            for scene, one in zip(scenes, placed, strict=True)
        )
        stop_at([told(halt) for halt in await all_of(*made)])

    async def _prepare(self, job_id: int, run: int) -> tuple[int, list[int]]:
        """Check the approval once more; return the version and what models are to make for it (0 for the music)."""
        studio = self._studio
        state = await studio.worklog.state(job_id)
        storyboard = await studio.worklog.storyboard(job_id, state.storyboard_version or 0)
        approval = await studio.worklog.standing_approval(job_id)
        if approval is None or approval.fingerprint != storyboard.content.fingerprint():
            raise Conflict(
                f"Job {job_id}'s storyboard version {storyboard.version} is not what was approved.",
                next_step="Look at the present storyboard, approve it and render it.",
            )
        board = await self._board(job_id, run)
        await board.reset({Stage.RENDER: 0.0, Stage.SOUND: 0.0, Stage.ENCODE: 0.0}, stage=Stage.RENDER)
        return storyboard.version, still_to_make(storyboard)

    async def _lay_out(self, job_id: int, run: int, version: int) -> tuple[list[int], list[int], bool]:
        """Return the shots' indices, those of shots with footage, and whether the sound is (partly) recorded.

        The longest shots come first, which keeps both of two processes busy until the end.
        """
        studio = self._studio
        storyboard = await studio.worklog.storyboard(job_id, version)
        timeline = await studio.timelines.timeline(storyboard)
        order = sorted(range(len(timeline.shots)), key=lambda index: -timeline.shots[index].duration_frames)
        log.info("video.render.started", version=storyboard.version, frames=timeline.total_frames)
        moving = [index for index in order if clips_of([timeline.shots[index]])]
        return order, moving, bool(sounds_of(timeline))

    async def _conform(self, job_id: int, run: int, version: int, index: int) -> list[str]:
        """Have a shot's footage conformed, unless it was for the storyboard; return the digests of its clips."""
        studio = self._studio
        timeline = await studio.timelines.timeline(await studio.worklog.storyboard(job_id, version))
        await self._tell(job_id, run, timeline=timeline)
        return [await studio.cutting.conform(order) for order in clips_of([timeline.shots[index]])]

    async def _conform_sound(self, job_id: int, run: int, version: int) -> list[str]:
        """Have the client's music and the footage that is heard conformed; return the digests."""
        studio = self._studio
        timeline = await studio.timelines.timeline(await studio.worklog.storyboard(job_id, version))
        await self._tell(job_id, run, timeline=timeline)
        return [await studio.cutting.conform(order) for order in sounds_of(timeline)]

    async def _encode_shot(self, job_id: int, run: int, version: int, index: int) -> str:
        """Encode one shot, or take over an equal one that was encoded before; return its digest."""
        studio = self._studio
        board = await self._board(job_id, run)
        board.begin(Stage.RENDER)
        timeline = await studio.timelines.timeline(await studio.worklog.storyboard(job_id, version))
        fingerprint = shot_fingerprint(timeline, index, studio.encoder, fonts=studio.timelines.font_files)
        digest = await studio.worklog.render_part(job_id, fingerprint=fingerprint)
        if digest is None:
            async with studio.bench:
                segment = await self._encoded(job_id, run, timeline=timeline, index=index)
            digest = await self._keep_part(
                job_id,
                run,
                fingerprint=fingerprint,
                kind="shot",
                data=segment,
                scene=timeline.shots[index].scene_number,
            )
        self._count(job_id, run, index=index, frames_done=timeline.shots[index].duration_frames)
        await self._tell(job_id, run, timeline=timeline)
        return digest

    async def _encoded(self, job_id: int, run: int, *, timeline: Timeline, index: int) -> bytes:
        """Return the shot's segment; tells of the frames done, and stops at once where nobody wants them any more."""
        studio = self._studio
        pictures = await load_pictures(studio.blobs, studio.cutting, *timeline.shots[max(0, index - 1) : index + 1])
        encoding = asyncio.create_task(
            studio.pool.encode_shot(
                timeline,
                index,
                pictures=pictures,
                settings=studio.encoder,
                on_frame=lambda frames_done: self._count(job_id, run, index=index, frames_done=frames_done),
            )
        )
        try:
            while not (await asyncio.wait({encoding}, timeout=REPORT_INTERVAL_S))[0]:
                await self._tell(job_id, run, timeline=timeline)
            return await encoding
        finally:
            encoding.cancel()

    async def _mix_sound(self, job_id: int, run: int, version: int) -> str:
        """Mix and encode the sound, or take over an equal one; return its digest."""
        studio = self._studio
        board = await self._board(job_id, run)
        board.begin(Stage.SOUND)
        timeline = await studio.timelines.timeline(await studio.worklog.storyboard(job_id, version))
        fingerprint = sound_fingerprint(timeline)
        digest = await studio.worklog.render_part(job_id, fingerprint=fingerprint)
        if digest is None:
            async with studio.bench:
                sounds = await studio.cutting.load(sounds_of(timeline))
                silent = timeline.model_copy(update={"shots": timeline.shots[:1], "captions": ()})  # pictures weigh
                sound = await studio.pool.run(encode_sound, timeline=silent, sounds=sounds)
            digest = await self._keep_part(job_id, run, fingerprint=fingerprint, kind="sound", data=sound, scene=None)
        await board.end(Stage.SOUND)
        return digest

    async def _join(self, job_id: int, run: int, version: int) -> None:
        """Join what was encoded, write the files beside the film and publish them all."""
        studio = self._studio
        board = await self._board(job_id, run)
        await board.end(Stage.RENDER)
        board.begin(Stage.ENCODE)
        storyboard = await studio.worklog.storyboard(job_id, version)
        timeline = await studio.timelines.timeline(storyboard)
        async with studio.bench:
            files = await self._files(job_id, storyboard, timeline)
        stored = {kind: await studio.blobs.put_bytes(data) for kind, data in files.items()}
        try:
            await board.end(Stage.ENCODE)
            await studio.worklog.complete(
                job_id,
                run=run,
                version=version,
                files={kind: (facts.digest, facts.size_bytes) for kind, facts in stored.items()},
            )
        finally:
            for facts in stored.values():
                await studio.blobs.release(facts.digest, hold=facts.hold)
        log.info("video.render.finished", version=version, size_bytes=len(files[DeliverableKind.VIDEO]))

    async def _files(
        self, job_id: int, storyboard: StoryboardState, timeline: Timeline
    ) -> dict[DeliverableKind, bytes]:
        studio = self._studio
        segments = [
            await self._part(job_id, shot_fingerprint(timeline, i, studio.encoder, fonts=studio.timelines.font_files))
            for i in range(len(timeline.shots))
        ]
        sound = await self._part(job_id, sound_fingerprint(timeline))
        pictures = await load_pictures(studio.blobs, studio.cutting, timeline.shots[timeline.poster_shot])
        film, poster = await asyncio.gather(
            studio.pool.run(join_film, segments=segments, audio=sound, timeline=timeline),
            studio.pool.run(draw_poster, timeline=timeline, pictures=pictures, fonts=studio.timelines.font_files),
        )
        return {
            DeliverableKind.VIDEO: film,
            DeliverableKind.POSTER: poster,
            DeliverableKind.SRT: to_srt(timeline.captions, timeline.fps).encode(),
            DeliverableKind.VTT: to_webvtt(timeline.captions, timeline.fps, timeline.language).encode(),
            DeliverableKind.MANIFEST: await write_manifest(studio, job_id, storyboard, timeline),
        }

    async def _part(self, job_id: int, fingerprint: str) -> bytes:
        digest = await self._studio.worklog.render_part(job_id, fingerprint=fingerprint)
        if digest is None:
            raise Conflict(
                f"A part of job {job_id}'s film is missing.", next_step="Retry the job; the part is made again."
            )
        return await self._studio.blobs.read_bytes(digest)

    async def _keep_part(
        self, job_id: int, run: int, *, fingerprint: str, kind: str, data: bytes, scene: int | None
    ) -> Digest:
        studio = self._studio
        facts = await studio.blobs.put_bytes(data)
        try:
            await studio.worklog.keep_render_part(
                job_id, run=run, fingerprint=fingerprint, kind=kind, digest=facts.digest, scene=scene
            )
        finally:
            await studio.blobs.release(facts.digest, hold=facts.hold)
        return facts.digest

    def _count(self, job_id: int, run: int, *, index: int, frames_done: int) -> None:
        self._frames_done.setdefault((job_id, run), {})[index] = frames_done

    async def _tell(self, job_id: int, run: int, *, timeline: Timeline) -> None:
        done = self._frames_done.get((job_id, run), {})
        total = sum(done.values())
        board = await self._board(job_id, run)
        board.count(
            ShotProgress(scene=shot.scene_number, frames_done=done.get(index, 0), frames_total=shot.duration_frames)
            for index, shot in enumerate(timeline.shots)
        )
        message = f"{total} of {timeline.total_frames} frames"
        await board.report(Stage.RENDER, min(0.99, total / timeline.total_frames), message=message)

    async def _board(self, job_id: int, run: int) -> ProgressBoard:
        key = (job_id, run)
        if key not in self._boards:
            self._boards[key] = ProgressBoard(self._studio.worklog, await self._studio.worklog.state(job_id))
        return self._boards[key]

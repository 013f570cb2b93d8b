"""Looks at films that are not rendered: their timeline, single frames, and small films; also of edits not yet kept.

They are drawn by processes of their own that stand back behind those which render.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import structlog

from gauntlet.core.errors import InvalidInput, NotFound
from gauntlet.core.ids import Digest
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.jobs.clips import ClipShelf
from gauntlet.domain.jobs.downloads import DownloadKind, PreflightView
from gauntlet.domain.jobs.edits import FrameOfEdits, TriedEdits
from gauntlet.domain.jobs.film_views import FilmTimeline
from gauntlet.domain.jobs.reader import JobReader
from gauntlet.domain.jobs.rules import require_seen
from gauntlet.domain.jobs.schemas import StoryboardState
from gauntlet.render.encoder.film import join_film
from gauntlet.render.encoder.fingerprint import shot_fingerprint
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.filmfacts import FilmFacts, measure_film
from gauntlet.render.footage import sounds_of
from gauntlet.render.pool import RenderPool
from gauntlet.render.previewing import (
    PREVIEW_ENCODER,
    draw_preview,
    film_fingerprint,
    only_shot,
    place_of,
    preview_fingerprint,
    scaled,
    shots_seen,
)
from gauntlet.render.soundtrack import encode_sound, sound_fingerprint
from gauntlet.render.timeline import Timeline
from gauntlet.storage.base import BlobFacts, BlobStore
from gauntlet.workflows.edits import StoryboardEditor
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.once import Once
from gauntlet.workflows.pictures import load_pictures
from gauntlet.workflows.preflights import checks_of_manifest, facts_key, preflight_view
from gauntlet.workflows.sketches import can_be_drawn, sketched
from gauntlet.workflows.timeline_views import film_timeline
from gauntlet.workflows.timelines import TimelineShelf

PREVIEW_WORKERS: Final = 1
PREVIEW_NICENESS: Final = 5
"""About a third of the time of a process that renders, where both want the same core."""

_FRAMES_KEPT_BYTES: Final = 24_000_000
_FRAMES_AT_ONCE: Final = 4
_FOUND_KEPT: Final = 200

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PreviewFrame:
    """A frame that can be drawn: `fingerprint` tells it from all others before it is."""

    fingerprint: str
    draw: Callable[[], Awaitable[bytes]]


class PreviewRoom:
    """Shows films before they are rendered. Use as an async context manager, so that its processes end."""

    def __init__(
        self,
        *,
        reader: JobReader,
        editor: StoryboardEditor,
        blobs: BlobStore,
        clips: ClipShelf,
        cutting: CuttingRoom,
        encoder: EncoderSettings,
        fonts_dir: Path | None = None,
    ) -> None:
        self._reader = reader
        self._editor = editor
        self._blobs = blobs
        self._clips = clips
        self._cutting = cutting
        self._encoder = encoder
        # Its own, so that looking at many versions costs no render the layers that it holds.
        self._timelines = TimelineShelf(fonts_dir=fonts_dir)
        self.pool = RenderPool(PREVIEW_WORKERS, fonts_dir=fonts_dir, niceness=PREVIEW_NICENESS)
        self._frames = _Frames(_FRAMES_KEPT_BYTES)
        self._found: OrderedDict[Digest, Digest] = OrderedDict()
        self._drawing = Once[bytes]()
        self._making = Once[BlobFacts]()
        self._desk = asyncio.Semaphore(_FRAMES_AT_ONCE)
        self._bench = asyncio.Semaphore(1)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._drawing.close()
        await self._making.close()
        await asyncio.to_thread(self.pool.close)

    async def timeline(self, principal: Principal, job_id: int, *, version: int | None = None) -> FilmTimeline:
        """Return the film of a storyboard version as data; of the present one where none is named."""
        _, storyboard = await self._reader.storyboard(principal, job_id, version=version)
        return film_timeline(storyboard, await self._timelines.timeline(sketched(storyboard)))

    async def tried_timeline(self, principal: Principal, job_id: int, asked: TriedEdits) -> FilmTimeline:
        """Return the film that edits would make of the present storyboard; raises what making them would raise."""
        storyboard = await self._tried(principal, job_id, asked)
        return film_timeline(storyboard, await self._timelines.timeline(sketched(storyboard)), is_kept=False)

    async def frame(self, principal: Principal, job_id: int, *, version: int, frame: int, width: int) -> PreviewFrame:
        """Return a frame of a storyboard version's film, to be drawn `width` pixels wide."""
        _, storyboard = await self._reader.storyboard(principal, job_id, version=version)
        return await self._frame(storyboard, frame=frame, width=width)

    async def tried_frame(self, principal: Principal, job_id: int, asked: FrameOfEdits) -> PreviewFrame:
        """Return a frame of the film that edits would make of the present storyboard."""
        storyboard = await self._tried(principal, job_id, asked)
        return await self._frame(storyboard, frame=asked.frame, width=asked.width)

    async def film(
        self, principal: Principal, job_id: int, *, version: int, width: int, scene: int | None = None
    ) -> BlobFacts:
        """Return a small film of a storyboard version, or of one scene without sound; it is made once."""
        _, storyboard = await self._reader.storyboard(principal, job_id, version=version)
        timeline = await self._drawable(storyboard)
        if scene is not None:
            timeline = only_shot(timeline, _index_of(timeline, scene))
        small = scaled(timeline, width=width)
        has_sound = scene is None
        key = Digest(
            await asyncio.to_thread(film_fingerprint, small, has_sound=has_sound, fonts=self._timelines.font_files)
        )
        known = await self._kept(key)
        if known is not None:
            return known
        return await self._making.get(key, lambda: self._make_film(key, small, has_sound=has_sound))

    async def shot(self, principal: Principal, job_id: int, scene: int) -> BlobFacts:
        """Return a rendered shot of the present film, without sound, also while others are still rendered."""
        _, storyboard = await self._reader.storyboard(principal, job_id)
        timeline = await self._timelines.timeline(sketched(storyboard))
        fingerprint = shot_fingerprint(
            timeline, _index_of(timeline, scene), self._encoder, fonts=self._timelines.font_files
        )
        digest = await self._reader.render_part(principal, job_id, fingerprint=fingerprint)
        facts = await self._blobs.facts(digest) if digest is not None else None
        if facts is None:
            raise NotFound(
                f"Scene {scene} of job {job_id} is not rendered yet.",
                next_step="Follow the job's events (shot.ready), or look at the preview of the storyboard.",
                details={"jobId": job_id, "scene": scene},
            )
        return facts

    async def preflight(self, principal: Principal, job_id: int) -> PreflightView:
        """Return what can be seen of the present film by a program; a finished one is measured, once."""
        _, storyboard = await self._reader.storyboard(principal, job_id)
        timeline = await self._timelines.timeline(sketched(storyboard))
        files = await self._reader.files(principal, job_id)
        film, manifest = files.get(DownloadKind.VIDEO), files.get(DownloadKind.MANIFEST)
        if film is None or manifest is None:
            return preflight_view(storyboard, timeline)
        known = checks_of_manifest(await self._blobs.read_bytes(manifest.digest))
        return preflight_view(storyboard, timeline, facts=await self._facts(film.digest), known=known)

    async def _facts(self, film: Digest) -> FilmFacts:
        key = facts_key(film)
        known = await self._kept(key) or await self._making.get(key, lambda: self._measure(key, film))
        return FilmFacts.model_validate_json(await self._blobs.read_bytes(known.digest))

    async def _measure(self, key: Digest, film: Digest) -> BlobFacts:
        data = await self._blobs.read_bytes(film)
        facts = await self.pool.run(measure_film, mp4_bytes=data)
        return await self._keep(key, facts.model_dump_json().encode())

    async def _tried(self, principal: Principal, job_id: int, asked: TriedEdits) -> StoryboardState:
        state, storyboard = await self._reader.storyboard(principal, job_id)
        require_seen(job_id=job_id, seen_version=asked.version, current_version=storyboard.version)
        draft = await self._editor.tried(state, storyboard.content, asked.edits)
        return storyboard.model_copy(update={"content": draft.content, "media": ()})

    async def _drawable(self, storyboard: StoryboardState) -> Timeline:
        timeline = await self._timelines.timeline(sketched(storyboard))
        waiting = [shot.scene_number for shot in timeline.shots if not can_be_drawn(shot)]
        if waiting:
            raise _awaits(storyboard, waiting[0])
        return timeline

    async def _frame(self, storyboard: StoryboardState, *, frame: int, width: int) -> PreviewFrame:
        timeline = await self._timelines.timeline(sketched(storyboard))
        if frame >= timeline.total_frames:
            raise InvalidInput(
                f"There is no frame {frame}: the film has frames 0 to {timeline.total_frames - 1}.",
                next_step=f"Ask for a frame from 0 to {timeline.total_frames - 1}.",
                details={"field": "frame", "value": frame, "limit": timeline.total_frames - 1},
            )
        index, place = place_of(timeline, frame)
        for shot in shots_seen(timeline, index):
            if not can_be_drawn(shot):
                raise _awaits(storyboard, shot.scene_number)
        fingerprint = preview_fingerprint(timeline, index, place, width=width)
        return PreviewFrame(fingerprint, lambda: self._drawn(fingerprint, timeline, index, place, width=width))

    async def still(self, timeline: Timeline, *, width: int) -> bytes:
        """Return the first shot of a film as it stands when all of it has come in, as JPEG."""
        frame = timeline.shots[0].poster_frame
        fingerprint = preview_fingerprint(timeline, 0, frame, width=width)
        return await self._drawn(fingerprint, timeline, 0, frame, width=width)

    async def _drawn(self, fingerprint: str, timeline: Timeline, index: int, frame: int, *, width: int) -> bytes:
        known = self._frames.get(fingerprint)
        if known is not None:
            return known

        async def draw() -> bytes:
            async with self._desk:
                pictures = await load_pictures(self._blobs, self._cutting, *shots_seen(timeline, index))
                image = await self.pool.run(
                    draw_preview,
                    timeline=_around(timeline, index),
                    shot_index=len(shots_seen(timeline, index)) - 1,
                    frame=frame,
                    width=width,
                    pictures=pictures,
                    fonts=self._timelines.font_files,
                )
            self._frames.put(fingerprint, image)
            return image

        return await self._drawing.get(fingerprint, draw)

    async def _make_film(self, key: Digest, timeline: Timeline, *, has_sound: bool) -> BlobFacts:
        async with self._bench:
            segments = [await self._segment(timeline, index) for index in range(len(timeline.shots))]
            sound = await self._sound(timeline) if has_sound else None
            film = await self.pool.run(join_film, segments=segments, audio=sound, timeline=timeline)
        facts = await self._keep(key, film)
        log.info("preview.made", frames=timeline.total_frames, size_bytes=facts.size_bytes)
        return facts

    async def _segment(self, timeline: Timeline, index: int) -> bytes:
        pictures = await load_pictures(self._blobs, self._cutting, *shots_seen(timeline, index))
        return await self.pool.encode_shot(timeline, index, pictures=pictures, settings=PREVIEW_ENCODER)

    async def _sound(self, timeline: Timeline) -> bytes:
        """Return the film's sound; the same one serves every size, and every version that sounds alike."""
        key = Digest(sound_fingerprint(timeline))
        known = await self._kept(key)
        if known is not None:
            return await self._blobs.read_bytes(known.digest)
        sounds = await self._cutting.load(sounds_of(timeline))
        silent = timeline.model_copy(update={"shots": timeline.shots[:1], "captions": ()})  # pictures weigh
        sound = await self.pool.run(encode_sound, timeline=silent, sounds=sounds)
        await self._keep(key, sound)
        return sound

    async def _kept(self, key: Digest) -> BlobFacts | None:
        """Return what was made before. A player asks for many ranges of it: looking is written down once."""
        known = self._found.get(key)
        if known is not None and (facts := await self._blobs.facts(known)) is not None:
            return facts
        digest = await self._clips.find(key)
        if digest is None:
            return None
        self._found[key] = digest
        while len(self._found) > _FOUND_KEPT:
            self._found.popitem(last=False)
        return await self._blobs.facts(digest)

    async def _keep(self, key: Digest, data: bytes) -> BlobFacts:
        facts = await self._blobs.put_bytes(data)
        try:
            await self._clips.keep(key, facts.digest)
        finally:
            await self._blobs.release(facts.digest, hold=facts.hold)
        return facts


class _Frames:
    """Drawn frames, the last used ones kept up to so many bytes."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size_bytes = 0

    def get(self, fingerprint: str) -> bytes | None:
        image = self._kept.get(fingerprint)
        if image is not None:
            self._kept.move_to_end(fingerprint)
        return image

    def put(self, fingerprint: str, image: bytes) -> None:
        self._size_bytes += len(image) - len(self._kept.pop(fingerprint, b""))
        self._kept[fingerprint] = image
        while self._size_bytes > self._limit_bytes:
            self._size_bytes -= len(self._kept.popitem(last=False)[1])


def _index_of(timeline: Timeline, scene: int) -> int:
    if not 1 <= scene <= len(timeline.shots):
        raise NotFound(
            f"There is no scene {scene}: the film has scenes 1 to {len(timeline.shots)}.",
            next_step=f"Name a scene from 1 to {len(timeline.shots)}.",
            details={"field": "scene", "value": scene, "limit": len(timeline.shots)},
        )
    return scene - 1


def _around(timeline: Timeline, index: int) -> Timeline:
    """Return the film with no more shots than painting one takes: the others need not travel to the process."""
    return timeline.model_copy(update={"shots": shots_seen(timeline, index), "captions": ()})


def _awaits(storyboard: StoryboardState, scene: int) -> NotFound:
    return NotFound(
        f"The picture of scene {scene} in storyboard version {storyboard.version} is still to be made.",
        next_step="Wait for it; the job's events tell when it is there (medium.ready).",
        details={"jobId": storyboard.job_id, "scene": scene},
    )

"""Motion and music that an approved storyboard orders: made while rendering, kept beside the version."""

from functools import partial
from typing import Final

from gauntlet.core.creative.storyboard import MediaOrder
from gauntlet.core.errors import NotFound
from gauntlet.domain.generations.schemas import GivenFile
from gauntlet.domain.jobs.schemas import StoryboardState
from gauntlet.domain.jobs.worklog import JobWorklog
from gauntlet.render.layout.moving import MovedPicture
from gauntlet.render.plates import draw_plate, draw_still, plate_fingerprint
from gauntlet.render.pool import RenderPool
from gauntlet.render.timeline import Timeline
from gauntlet.storage.base import BlobStore
from gauntlet.workflows.failures import Halt
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.making import MakingTools
from gauntlet.workflows.media import MediumRole, Placed, placed_of
from gauntlet.workflows.pictures import load_pictures
from gauntlet.workflows.timelines import TimelineShelf, moved_picture
from gauntlet.workflows.wanted import Wanted

MUSIC: Final = 0
"""Stands in the place of a scene's number."""


def still_to_make(storyboard: StoryboardState) -> list[int]:
    """Return the scenes whose motion is ordered and not there, and `MUSIC` where that is."""
    made = {(medium.role, medium.scene) for medium in storyboard.media}
    pairs = zip(storyboard.content.brief.scenes, storyboard.content.sources, strict=True)
    moving = [scene.number for scene, source in pairs if source.motion and ("motion", scene.number) not in made]
    music = [MUSIC] if storyboard.content.music is not None and ("music", MUSIC) not in made else []
    return [*moving, *music]


class FilmMedia:
    """The film workflow's steps for what models make."""

    def __init__(
        self,
        *,
        worklog: JobWorklog,
        blobs: BlobStore,
        pool: RenderPool,
        timelines: TimelineShelf,
        cutting: CuttingRoom,
        making: MakingTools,
    ) -> None:
        self._worklog = worklog
        self._blobs = blobs
        self._pool = pool
        self._timelines = timelines
        self._cutting = cutting
        self._making = making
        self._wanted = Wanted(making.log.require_at_work)

    async def place(self, job_id: int, run: int, version: int, scene: int) -> Placed:
        """Order a scene's motion, or the music; return the generation, or why it was not ordered."""
        await self._making.log.require_at_work(job_id, run=run)
        state = await self._worklog.state(job_id)
        storyboard = await self._worklog.storyboard(job_id, version)
        order = _order(storyboard, scene)
        if order.picture_input is None:
            return placed_of(await self._making.media.placed(state, order, role=_role(scene), scene=scene))
        # As it was approved: what was made for other scenes meanwhile is not in the picture.
        timeline = await self._timelines.timeline(storyboard.model_copy(update={"media": ()}))
        still = moved_picture(storyboard.content.sources[scene - 1], timeline.shots[scene - 1])
        picture = still.digest if still is not None else plate_fingerprint(timeline, scene - 1)
        data = await self._still(still) if still is not None else await self._plate(timeline, scene - 1)
        stored = await self._blobs.put_bytes(data)
        try:
            files = {order.picture_input: GivenFile(digest=stored.digest, media_type="image/jpeg")}
            return placed_of(
                await self._making.media.placed(state, order, role="motion", scene=scene, files=files, picture=picture)
            )
        finally:
            await self._blobs.release(stored.digest, hold=stored.hold)

    async def take(self, job_id: int, run: int, version: int, scene: int, placed: Placed) -> Placed:
        """Wait for a scene's motion, or the music, and keep it; return why there is none."""
        if not isinstance(placed, int):
            return placed
        made = await self._making.media.made(
            placed,
            role=_role(scene),
            scene=scene,
            still_wanted=partial(self._wanted.require, job_id, run),
        )
        if isinstance(made, Halt):
            return placed_of(made)
        await self._making.log.keep_medium(job_id, run=run, version=version, medium=made)
        return None

    async def _still(self, picture: MovedPicture) -> bytes:
        data = await self._blobs.read_bytes(picture.digest)
        return await self._pool.run(draw_still, data=data, picture=picture, fonts=self._timelines.font_files)

    async def _plate(self, timeline: Timeline, index: int) -> bytes:
        pictures = await load_pictures(self._blobs, self._cutting, timeline.shots[index])
        return await self._pool.run(
            draw_plate, timeline=timeline, shot_index=index, pictures=pictures, fonts=self._timelines.font_files
        )


def _role(scene: int) -> MediumRole:
    return "music" if scene == MUSIC else "motion"


def _order(storyboard: StoryboardState, scene: int) -> MediaOrder:
    content = storyboard.content
    order = content.music if scene == MUSIC else content.sources[scene - 1].motion
    if order is None:
        raise NotFound(f"Storyboard version {storyboard.version} orders nothing for scene {scene}.")
    return order

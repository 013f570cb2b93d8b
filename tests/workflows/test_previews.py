"""Looks at films with footage in them, by the preview room's own process and the media sandbox."""

import asyncio
import io
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass

import av
import cv2
import numpy as np
import pytest

from gauntlet.core.errors import NotFound
from gauntlet.domain.jobs.clips import ClipShelf
from gauntlet.domain.jobs.edits import FrameOfEdits, TriedEdits
from gauntlet.domain.jobs.schemas import Replacement
from gauntlet.media.sandbox.conforming import Conformer
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.jobs import JobDesk
from gauntlet.workflows.previews import PreviewFrame, PreviewRoom
from tests.clocks import ManualClock
from tests.domain.jobs.conftest import Desk, desk, plan, ready
from tests.making import making_tools
from tests.media_files import film
from tests.workflows.test_replacing import film_asset, people_s_desk

__all__ = ["desk", "people_s_desk", "plan", "ready"]


@dataclass(frozen=True)
class Looking:
    """A job whose second scene shows a film of 9 s, and who looks at it."""

    desk: Desk
    room: PreviewRoom
    job_id: int

    async def tried(self, start_s: float) -> PreviewFrame:
        edits = [{"kind": "trim", "scene": 2, "sourceStartS": start_s}]
        asked = FrameOfEdits.model_validate({"edits": edits, "frame": 110, "width": 120})
        return await self.room.tried_frame(self.desk.ann.principal, self.job_id, asked)


@pytest.fixture
async def looking(
    desk: Desk, ready: Callable[[], Awaitable[int]], people_s_desk: JobDesk, clock: ManualClock
) -> AsyncGenerator[Looking]:
    job_id, asset_id = await ready(), await film_asset(desk, film(frames=90))
    await people_s_desk.replace(desk.ann.principal, job_id, Replacement(scene=2, asset_id=asset_id))
    async with MediaSandbox() as sandbox:
        clips = ClipShelf(desk.database, clock=clock)
        cutting = CuttingRoom(blobs=desk.blobs, clips=clips, conformer=Conformer(sandbox))
        making = making_tools(desk.database, blobs=desk.blobs, cutting=cutting, sandbox=sandbox, clock=clock)
        async with PreviewRoom(
            reader=desk.reader,
            editor=making.editor,
            blobs=desk.blobs,
            clips=clips,
            cutting=cutting,
            encoder=EncoderSettings(),
        ) as room:
            yield Looking(desk, room, job_id)


async def test_another_beginning_of_the_film_is_seen_before_it_is_kept(looking: Looking) -> None:
    early, late = await looking.tried(0.0), await looking.tried(5.0)
    assert early.fingerprint != late.fingerprint
    pictures = [_pixels(await frame.draw()) for frame in (early, late)]
    assert np.abs(pictures[0] - pictures[1]).max() > 20
    assert (await looking.desk.reader.get(looking.desk.ann.principal, looking.job_id)).storyboard_version == 2


async def test_timeline_tells_the_stretch_and_how_late_it_may_begin(looking: Looking) -> None:
    asked = TriedEdits.model_validate({"edits": [{"kind": "trim", "scene": 2, "sourceStartS": 1.5}]})
    kept = await looking.room.timeline(looking.desk.ann.principal, looking.job_id)
    tried = await looking.room.tried_timeline(looking.desk.ann.principal, looking.job_id, asked)
    before, after = (view.tracks.picture[1].footage for view in (kept, tried))
    assert before is not None
    assert after is not None
    assert (before.film_ms, after.film_ms, after.start_ms) == (9_000, 9_000, 1_500)
    assert after.latest_start_ms == 9_000 - after.length_ms
    assert tried.tracks.picture[1].source.kind == "asset"


async def test_small_film_with_footage_is_made_once_for_all_who_ask_at_once(looking: Looking) -> None:
    person = looking.desk.ann.principal
    films = await asyncio.gather(
        *(looking.room.film(person, looking.job_id, version=2, width=64, scene=2) for _ in range(3))
    )
    assert len({film.digest for film in films}) == 1
    again = await looking.room.film(person, looking.job_id, version=2, width=64, scene=2)
    assert again.digest == films[0].digest
    with av.open(io.BytesIO(await looking.desk.blobs.read_bytes(again.digest)), "r") as container:
        assert sum(1 for _ in container.decode(video=0)) == 72


async def test_another_tenant_sees_no_preview(looking: Looking) -> None:
    bob = looking.desk.bob.principal
    for look in (
        looking.room.timeline(bob, looking.job_id),
        looking.room.film(bob, looking.job_id, version=2, width=64),
        looking.room.frame(bob, looking.job_id, version=2, frame=0, width=64),
        looking.room.preflight(bob, looking.job_id),
    ):
        with pytest.raises(NotFound):
            await look


def _pixels(image: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    decoded = cv2.imdecode(np.frombuffer(image, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    return decoded.astype(np.float64)

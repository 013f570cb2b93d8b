"""Showing a film in a scene of a storyboard that is there: through the desk, as a person asks for it."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
from typing import cast
from uuid import UUID, uuid4

import pytest

from gauntlet.core.errors import Conflict, InvalidInput
from gauntlet.db.models.assets import AssetRow
from gauntlet.domain.jobs.clips import ClipShelf
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import Replacement
from gauntlet.media.sandbox.conforming import Conformer
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.render.layout.compose import LAYOUT_VERSION
from gauntlet.workflows.engine import Engine
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.jobs import JobDesk
from tests.clocks import ManualClock
from tests.domain.jobs.conftest import Desk, desk, plan, ready
from tests.making import making_tools
from tests.media_files import film

__all__ = ["desk", "plan", "ready"]

Make = Callable[[], Awaitable[int]]


class IdleEngine:
    """Takes every order and carries out none."""

    async def submit(self, workflow: str, *, workflow_id: str, subject_id: int, run: int) -> None:
        """Do nothing."""


@pytest.fixture
async def people_s_desk(desk: Desk, clock: ManualClock) -> AsyncGenerator[JobDesk]:
    async with MediaSandbox() as sandbox:
        clips = ClipShelf(desk.database, clock=clock)
        cutting = CuttingRoom(blobs=desk.blobs, clips=clips, conformer=Conformer(sandbox))
        yield JobDesk(
            engine=cast(Engine, IdleEngine()),
            jobs=desk.service,
            reader=desk.reader,
            worklog=desk.worklog,
            making=making_tools(desk.database, blobs=desk.blobs, cutting=cutting, sandbox=sandbox, clock=clock),
        )


async def film_asset(desk: Desk, data: bytes, *, asset_type: str = "video") -> UUID:
    blob = await desk.blobs.put_bytes(data)
    now = datetime.now(UTC)
    row = AssetRow(
        id=uuid4(),
        user_id=desk.ann.principal.user_id,
        client_id=desk.ann.client_id,
        type=asset_type,
        name="pouring.mp4",
        format="mp4",
        size_bytes=blob.size_bytes,
        blob_digest=blob.digest,
        width=160,
        height=96,
        duration_s=9.0,
        tags=[],
        facts={"frameRate": 10.0, "focus": [0.5, 0.5]},
        version=4,
        uploaded_at=now,
        updated_at=now,
    )
    async with desk.database.transaction() as session:
        session.add(row)
    return row.id


async def test_film_takes_the_place_of_a_scene_s_picture(desk: Desk, ready: Make, people_s_desk: JobDesk) -> None:
    job_id, asset_id = await ready(), await film_asset(desk, film(frames=90))
    changed = await people_s_desk.replace(desk.ann.principal, job_id, Replacement(scene=2, asset_id=asset_id))
    scene = changed.storyboard[1]
    assert (scene.asset_id, scene.asset_version, scene.moves, scene.source) == (asset_id, 4, True, "asset")
    kept = (await desk.worklog.storyboard(job_id, 2)).content.sources[1]
    assert kept.cut is not None
    assert kept.cut.film_ms == 9_000
    assert 0 < kept.cut.start_ms <= 9_000 - kept.cut.length_ms
    assert [one.moves for one in changed.storyboard].count(True) == 1


async def test_reordered_scenes_keep_their_stretches(desk: Desk, ready: Make, people_s_desk: JobDesk) -> None:
    job_id, asset_id = await ready(), await film_asset(desk, film(frames=90))
    await people_s_desk.replace(desk.ann.principal, job_id, Replacement(scene=2, asset_id=asset_id))
    await desk.worklog.finish_storyboard(
        job_id, run=2, version=2, contact_sheet=(await desk.blobs.put_bytes(b"a sheet")).digest
    )
    before = (await desk.worklog.storyboard(job_id, 2)).content.sources[1]
    await people_s_desk.reorder(desk.ann.principal, job_id, order=[1, 3, 2, 4, 5, 6])
    after = (await desk.worklog.storyboard(job_id, 3)).content.sources[2]
    assert (after.asset_id, after.picture_digest) == (before.asset_id, before.picture_digest)
    assert after.cut is not None
    assert before.cut is not None
    assert after.cut.length_ms >= 1


@pytest.mark.parametrize(("asset_type", "told"), [("audio", "of type audio"), ("video", "pouring.mp4")])
async def test_what_cannot_be_shown_is_refused_and_changes_nothing(
    desk: Desk, ready: Make, people_s_desk: JobDesk, asset_type: str, told: str
) -> None:
    job_id, asset_id = await ready(), await film_asset(desk, film()[:2_000], asset_type=asset_type)
    with pytest.raises(InvalidInput, match=told):
        await people_s_desk.replace(desk.ann.principal, job_id, Replacement(scene=2, asset_id=asset_id))
    assert (await desk.reader.get(desk.ann.principal, job_id)).storyboard_version == 1


async def test_storyboard_of_an_earlier_compositor_is_drawn_again_instead_of_approved(
    desk: Desk, ready: Make, people_s_desk: JobDesk
) -> None:
    job_id = await ready()
    before, content = await desk.service.content_to_change(desk.ann.principal, job_id)
    assert content.compositor != LAYOUT_VERSION, "the fixture's storyboard is of an earlier compositor"
    with pytest.raises(Conflict, match="drawn again as version 2") as refused:
        await people_s_desk.approve(desk.ann.principal, job_id, seen_version=before.storyboard_version)
    assert refused.value.next_step
    redrawn = (await desk.worklog.storyboard(job_id, 2)).content
    assert redrawn == content.model_copy(update={"compositor": LAYOUT_VERSION})
    assert (await desk.reader.get(desk.ann.principal, job_id)).status is JobStatus.GENERATING_STORYBOARD

"""People's side of jobs against real databases: tenants, approvals, edits, stops."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest

from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.errors import Canceled, Conflict, NotFound
from gauntlet.core.paging import Page
from gauntlet.domain.jobs.rules import JobStatus, Phase, Stage
from gauntlet.domain.jobs.schemas import DeliverableKind, JobProblem, JobRequest, JobState, Progress
from tests.domain.jobs.conftest import Desk, request_of

MakeJob = Callable[[], Awaitable[int]]


def _changed(content: StoryboardContent) -> StoryboardContent:
    first = content.brief.scenes[0].model_copy(update={"overlay_text": "Another hook"})
    brief = content.brief.model_copy(update={"scenes": (first, *content.brief.scenes[1:])})
    return content.model_copy(update={"brief": brief})


async def _edit(desk: Desk, job_id: int) -> JobState:
    before, content = await desk.service.content_to_change(desk.ann.principal, job_id)
    return await desk.service.keep_edit(desk.ann.principal, before, _changed(content), change="Another hook")


async def _finish_drawing(desk: Desk, state: JobState) -> None:
    sheet = await desk.blobs.put_bytes(f"sheet of run {state.run}".encode())
    await desk.worklog.finish_storyboard(
        state.id, run=state.run, version=state.storyboard_version or 0, contact_sheet=sheet.digest
    )


async def test_new_job_is_pending_and_its_history_begins(desk: Desk) -> None:
    state, new = await desk.service.create(desk.ann.principal, request_of(desk.ann))
    assert new
    assert state.status is JobStatus.PENDING
    events = await desk.reader.events(desk.ann.principal, state.id, after_id=0)
    assert [event.kind for event in events] == ["job.created"]


async def test_same_idempotency_key_gives_the_same_job_and_no_second_one(desk: Desk) -> None:
    first, _ = await desk.service.create(desk.ann.principal, request_of(desk.ann), idempotency_key="k")
    second, new = await desk.service.create(desk.ann.principal, request_of(desk.ann), idempotency_key="k")
    assert not new
    assert second.id == first.id
    _, total = await desk.reader.list(desk.ann.principal, page=Page())
    assert total == 1


async def test_same_idempotency_key_for_another_request_is_refused(desk: Desk) -> None:
    await desk.service.create(desk.ann.principal, request_of(desk.ann), idempotency_key="k")
    with pytest.raises(Conflict, match="used before"):
        await desk.service.create(desk.ann.principal, request_of(desk.ann, "Another ad"), idempotency_key="k")


async def test_another_tenants_client_campaign_and_asset_are_not_found_and_nothing_is_stored(desk: Desk) -> None:
    refused = [
        request_of(desk.bob),
        JobRequest(prompt="x", client_id=desk.ann.client_id, campaign_id=uuid4()),
        JobRequest(prompt="x", client_id=desk.ann.client_id, asset_ids=(uuid4(),)),
    ]
    for request in refused:
        with pytest.raises(NotFound):
            await desk.service.create(desk.ann.principal, request)
    _, total = await desk.reader.list(desk.ann.principal, page=Page())
    assert total == 0


async def test_another_tenants_job_is_not_found_whatever_is_asked_of_it(desk: Desk, ready: MakeJob) -> None:
    job_id = await ready()
    bob = desk.bob.principal
    for attempt in (
        desk.reader.get(bob, job_id),
        desk.reader.events(bob, job_id, after_id=0),
        desk.reader.contact_sheet(bob, job_id),
        desk.reader.deliverable(bob, job_id, kind=DeliverableKind.VIDEO),
        desk.service.approve(bob, job_id, seen_version=None),
        desk.service.begin_render(bob, job_id),
        desk.service.cancel(bob, job_id),
        desk.service.content_to_change(bob, job_id),
    ):
        with pytest.raises(NotFound):
            await attempt
    jobs, total = await desk.reader.list(bob, page=Page())
    assert (jobs, total) == ([], 0)


async def test_approval_stores_who_when_and_the_fingerprint(desk: Desk, ready: MakeJob) -> None:
    job_id = await ready()
    job = await desk.service.approve(desk.ann.principal, job_id, seen_version=1)
    assert job.approval is not None
    assert job.approval.user_id == desk.ann.principal.user_id
    assert job.approval.fingerprint == job.storyboard_fingerprint


async def test_approving_twice_or_a_stale_version_is_refused(desk: Desk, ready: MakeJob) -> None:
    job_id = await ready()
    with pytest.raises(Conflict, match="version 1 now"):
        await desk.service.approve(desk.ann.principal, job_id, seen_version=7)
    await desk.service.approve(desk.ann.principal, job_id, seen_version=1)
    with pytest.raises(Conflict, match="approved already"):
        await desk.service.approve(desk.ann.principal, job_id, seen_version=1)


async def test_render_before_approval_is_refused_and_changes_nothing(desk: Desk, ready: MakeJob) -> None:
    job_id = await ready()
    with pytest.raises(Conflict, match="not approved"):
        await desk.service.begin_render(desk.ann.principal, job_id)
    assert (await desk.reader.get(desk.ann.principal, job_id)).status is JobStatus.STORYBOARD_READY


async def test_edit_makes_a_new_version_and_voids_the_approval(desk: Desk, ready: MakeJob) -> None:
    job_id = await ready()
    await desk.service.approve(desk.ann.principal, job_id, seen_version=1)
    state = await _edit(desk, job_id)
    await _finish_drawing(desk, state)
    job = await desk.reader.get(desk.ann.principal, job_id)
    assert (job.storyboard_version, job.approval) == (2, None)
    with pytest.raises(Conflict, match="not approved"):
        await desk.service.begin_render(desk.ann.principal, job_id)
    versions = await desk.reader.versions(desk.ann.principal, job_id)
    assert [(v.version, v.approved) for v in versions] == [(2, False), (1, False)]


async def test_two_edits_of_the_same_version_let_only_the_first_through(desk: Desk, ready: MakeJob) -> None:
    job_id = await ready()
    before, content = await desk.service.content_to_change(desk.ann.principal, job_id)
    state = await _edit(desk, job_id)
    await _finish_drawing(desk, state)
    with pytest.raises(Conflict, match="somebody else"):
        await desk.service.keep_edit(desk.ann.principal, before, content, change="late")


async def test_stored_content_that_was_tampered_with_is_not_rendered(desk: Desk, ready: MakeJob) -> None:
    from gauntlet.db.models.jobs import StoryboardRow

    job_id = await ready()
    await desk.service.approve(desk.ann.principal, job_id, seen_version=1)
    async with desk.database.transaction() as session:
        row = await session.get_one(StoryboardRow, (job_id, 1))
        row.content = {**row.content, "compositor": "another"}
    with pytest.raises(Conflict, match="differs"):
        await desk.service.begin_render(desk.ann.principal, job_id)


async def test_canceled_job_refuses_every_later_write_of_its_workflow(desk: Desk, plan: MakeJob) -> None:
    job_id = await plan()
    await desk.service.cancel(desk.ann.principal, job_id)
    frame = await desk.blobs.put_bytes(b"a frame")
    progress = Progress(stage=Stage.STORYBOARD, percentage=10, stages={})
    with pytest.raises(Canceled):
        await desk.worklog.report(job_id, run=1, progress=progress)
    with pytest.raises(Canceled):
        await desk.worklog.keep_frame(job_id, run=1, version=1, scene=1, fingerprint="f", digest=frame.digest)
    assert (await desk.reader.get(desk.ann.principal, job_id)).storyboard[0].image_url is None


async def test_canceled_job_cannot_be_approved_retried_or_canceled_again(desk: Desk, ready: MakeJob) -> None:
    job_id = await ready()
    await desk.service.cancel(desk.ann.principal, job_id)
    for attempt in (
        desk.service.approve(desk.ann.principal, job_id, seen_version=None),
        desk.service.resume(desk.ann.principal, job_id),
        desk.service.cancel(desk.ann.principal, job_id),
    ):
        with pytest.raises(Conflict, match="canceled"):
            await attempt


async def test_failed_render_is_retried_as_a_render_and_an_older_run_is_shut_out(desk: Desk, ready: MakeJob) -> None:
    job_id = await ready()
    await desk.service.approve(desk.ann.principal, job_id, seen_version=1)
    state = await desk.service.begin_render(desk.ann.principal, job_id)
    await desk.worklog.fail(job_id, run=state.run, problem=JobProblem(code="render_failed", message="shot 2 broke"))
    failed = await desk.reader.get(desk.ann.principal, job_id)
    assert failed.error is not None
    assert failed.error.message == "shot 2 broke"
    again = await desk.service.resume(desk.ann.principal, job_id)
    assert (again.status, again.phase, again.run) == (JobStatus.RENDERING, Phase.RENDER, state.run + 1)
    with pytest.raises(Canceled):
        await desk.worklog.complete(job_id, run=state.run, version=1, files={})


async def test_paused_storyboard_goes_on_where_it_stopped(desk: Desk, plan: MakeJob) -> None:
    job_id = await plan()
    await desk.service.pause(desk.ann.principal, job_id)
    state = await desk.service.resume(desk.ann.principal, job_id)
    assert (state.status, state.storyboard_version) == (JobStatus.GENERATING_STORYBOARD, 1)


async def test_frame_stored_twice_is_told_of_once(desk: Desk, plan: MakeJob) -> None:
    job_id = await plan()
    frame = await desk.blobs.put_bytes(b"a frame")
    for _ in range(2):
        await desk.worklog.keep_frame(job_id, run=1, version=1, scene=1, fingerprint="f", digest=frame.digest)
    events = await desk.reader.events(desk.ann.principal, job_id, after_id=0)
    assert [event.kind for event in events].count("frame.ready") == 1
    assert await desk.worklog.equal_frame(job_id, fingerprint="f") == frame.digest


async def test_files_are_visible_only_once_the_job_is_completed(desk: Desk, ready: MakeJob) -> None:
    job_id = await ready()
    await desk.service.approve(desk.ann.principal, job_id, seen_version=1)
    state = await desk.service.begin_render(desk.ann.principal, job_id)
    with pytest.raises(NotFound, match="rendering"):
        await desk.reader.deliverable(desk.ann.principal, job_id, kind=DeliverableKind.VIDEO)
    film = await desk.blobs.put_bytes(b"a film")
    files = {DeliverableKind.VIDEO: (film.digest, film.size_bytes)}
    await desk.worklog.complete(job_id, run=state.run, version=1, files=files)
    assert await desk.reader.deliverable(desk.ann.principal, job_id, kind=DeliverableKind.VIDEO) == film.digest
    assert (await desk.reader.get(desk.ann.principal, job_id)).video_url == f"/api/v2/jobs/{job_id}/video"


async def test_timings_of_a_stage_add_up_over_runs(desk: Desk, plan: MakeJob) -> None:
    job_id = await plan()
    for seconds in (1.0, 0.5):
        await desk.worklog.note_timing(job_id, run=1, stage=Stage.STORYBOARD, seconds=seconds)
    job = await desk.reader.get(desk.ann.principal, job_id)
    assert job.timings == {Stage.STORYBOARD: 1.5}


async def test_events_are_read_on_from_any_point(desk: Desk, ready: MakeJob) -> None:
    job_id = await ready()
    everything = await desk.reader.events(desk.ann.principal, job_id, after_id=0)
    for index, event in enumerate(everything):
        rest = await desk.reader.events(desk.ann.principal, job_id, after_id=event.id)
        assert rest == everything[index + 1 :]

"""Many at once on one job, on each kind of database: exactly one gets what only one can have."""

import asyncio
from collections.abc import Awaitable, Callable

from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.errors import Conflict, GauntletError
from gauntlet.core.paging import Page
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import JobState
from tests.domain.jobs.conftest import Desk, request_of

MakeJob = Callable[[], Awaitable[int]]
ROUNDS = 5


def _sorted_out(outcomes: list[object]) -> tuple[list[object], list[GauntletError]]:
    """Return what succeeded and what was refused; anything else that was raised is a fault."""
    refused = [outcome for outcome in outcomes if isinstance(outcome, GauntletError)]
    done = [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]
    assert len(refused) + len(done) == len(outcomes), outcomes
    return done, refused


async def test_of_twenty_approvals_at_once_one_counts_and_the_rest_are_conflicts(desk: Desk, ready: MakeJob) -> None:
    job_id = await ready()
    attempts = [desk.service.approve(desk.ann.principal, job_id, seen_version=1) for _ in range(20)]
    done, refused = _sorted_out(list(await asyncio.gather(*attempts, return_exceptions=True)))
    assert len(done) == 1
    assert {type(error) for error in refused} == {Conflict}
    events = await desk.reader.events(desk.ann.principal, job_id, after_id=0)
    assert [event.kind for event in events].count("storyboard.approved") == 1


async def test_of_twenty_renders_at_once_one_starts(desk: Desk, ready: MakeJob) -> None:
    job_id = await ready()
    await desk.service.approve(desk.ann.principal, job_id, seen_version=1)
    attempts = [desk.service.begin_render(desk.ann.principal, job_id) for _ in range(20)]
    done, refused = _sorted_out(list(await asyncio.gather(*attempts, return_exceptions=True)))
    assert [state.run for state in done if isinstance(state, JobState)] == [2]
    assert {type(error) for error in refused} == {Conflict}


async def test_same_idempotency_key_sent_ten_times_at_once_makes_one_job(desk: Desk) -> None:
    attempts = [
        desk.service.create(desk.ann.principal, request_of(desk.ann), idempotency_key="once") for _ in range(10)
    ]
    made = await asyncio.gather(*attempts)
    assert len({state.id for state, _ in made}) == 1
    assert [new for _, new in made].count(True) == 1
    _, total = await desk.reader.list(desk.ann.principal, page=Page())
    assert total == 1


async def test_approval_and_edit_at_once_never_let_anything_unapproved_render(desk: Desk, ready: MakeJob) -> None:
    for _ in range(ROUNDS):
        job_id = await ready()
        before, content = await desk.service.content_to_change(desk.ann.principal, job_id)

        async def edit(before: JobState = before, content: StoryboardContent = content) -> JobState:
            return await desk.service.keep_edit(desk.ann.principal, before, _changed(content), change="Another hook")

        async def approve_and_render(job_id: int = job_id) -> JobState:
            await desk.service.approve(desk.ann.principal, job_id, seen_version=1)
            return await desk.service.begin_render(desk.ann.principal, job_id)

        _, refused = _sorted_out(list(await asyncio.gather(approve_and_render(), edit(), return_exceptions=True)))
        assert {type(error) for error in refused} <= {Conflict}
        job = await desk.reader.get(desk.ann.principal, job_id)
        standing = await desk.worklog.standing_approval(job_id)
        if job.status is JobStatus.RENDERING:
            assert job.storyboard_version == 1
            assert standing is not None
            assert standing.fingerprint == job.storyboard_fingerprint
        else:
            assert (job.status, job.storyboard_version) == (JobStatus.GENERATING_STORYBOARD, 2)
            assert standing is None


async def test_cancel_and_the_end_of_the_work_at_once_leave_one_of_the_two(desk: Desk, ready: MakeJob) -> None:
    for _ in range(ROUNDS):
        job_id = await ready()
        await desk.service.approve(desk.ann.principal, job_id, seen_version=1)
        state = await desk.service.begin_render(desk.ann.principal, job_id)
        done, refused = _sorted_out(
            list(
                await asyncio.gather(
                    desk.service.cancel(desk.ann.principal, job_id),
                    desk.worklog.complete(job_id, run=state.run, version=1, files={}),
                    return_exceptions=True,
                )
            )
        )
        assert (len(done), len(refused)) == (1, 1)
        job = await desk.reader.get(desk.ann.principal, job_id)
        kinds = [event.kind for event in await desk.reader.events(desk.ann.principal, job_id, after_id=0)]
        assert ("job.completed" in kinds) == (job.status is JobStatus.COMPLETED)


def _changed(content: StoryboardContent) -> StoryboardContent:
    first = content.brief.scenes[0].model_copy(update={"overlay_text": "Another hook"})
    brief = content.brief.model_copy(update={"scenes": (first, *content.brief.scenes[1:])})
    return content.model_copy(update={"brief": brief})

"""What models made for jobs, against real databases: pictures that complete a storyboard, pauses, what nobody wants."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest

from gauntlet.core.creative.storyboard import MediaOrder, SceneSource
from gauntlet.core.errors import Canceled, Conflict, NotFound
from gauntlet.core.generation import ModelChoice, ModelKind
from gauntlet.core.ids import Digest
from gauntlet.core.paging import Page
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.generations.schemas import GenerationOrder
from gauntlet.domain.generations.worklog import CheckedOrder, GenerationWorklog, StoredMedium
from gauntlet.domain.jobs.medialog import MediaLog
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import Estimate, EstimateLine, JobProblem, StoryboardMedium
from gauntlet.media.facts import ImageFacts
from tests.domain.jobs.conftest import Desk, Person, Ticking, request_of
from tests.render.layout.filmset import make_brief, storyboard

MakeJob = Callable[[], Awaitable[int]]
ORDER = MediaOrder(
    choice=ModelChoice(model="maker/pictures"), kind=ModelKind.TEXT_TO_IMAGE, inputs={"prompt": "A blue fox"}
)
NO_ROOM = JobProblem(code="budget_exceeded", message="No room.", details={"asked": 3_000})


@pytest.fixture
def log(desk: Desk) -> MediaLog:
    return MediaLog(desk.database, clock=Ticking())


@pytest.fixture
def generations(desk: Desk) -> GenerationWorklog:
    return GenerationWorklog(desk.database, clock=Ticking())


@pytest.fixture
def awaiting(desk: Desk) -> MakeJob:
    """Return a function that makes a job whose first two scenes wait for a model's pictures."""

    async def make() -> int:
        state, _ = await desk.service.create(desk.ann.principal, request_of(desk.ann))
        await desk.worklog.enter(state.id, run=1, status=JobStatus.PARSING)
        content = storyboard(make_brief())
        sources = (*[SceneSource(kind="generated", image=ORDER)] * 2, *content.sources[2:])
        content = content.model_copy(update={"sources": sources})
        await desk.worklog.keep_plan(state.id, run=1, brief_id=uuid4(), content=content)
        await desk.worklog.enter(state.id, run=1, status=JobStatus.GENERATING_STORYBOARD)
        return state.id

    return make


async def _picture(
    desk: Desk, generations: GenerationWorklog, job_id: int, *, scene: int, person: Person | None = None
) -> StoryboardMedium:
    owner = person or desk.ann
    order = GenerationOrder(
        key=f"job-{job_id}-image-{scene}",
        client_id=owner.client_id,
        user_id=owner.principal.user_id,
        job_id=job_id,
        model="maker/pictures",
    )
    checked = CheckedOrder(order=order, kind=ModelKind.TEXT_TO_IMAGE, version=None, inputs={}, estimate_microusd=3_000)
    made = await generations.create(checked)
    blob = await desk.blobs.put_bytes(b"picture %d" % scene)
    await generations.enter(made.id, run=1)
    medium = StoredMedium(
        facts=ImageFacts(format="png", width=768, height=1_344),
        width=768,
        height=1_344,
        digest=blob.digest,
        size_bytes=blob.size_bytes,
        thumbnail_digest=None,
    )
    await generations.keep_medium(made.id, run=1, medium=medium)
    await generations.succeed(made.id, run=1)
    return StoryboardMedium(
        scene=scene, role="image", generation_id=made.id, digest=blob.digest, width=768, height=1_344
    )


async def test_pictures_that_arrive_together_are_all_in_the_storyboard_and_what_is_approved_is_with_them(
    desk: Desk, log: MediaLog, generations: GenerationWorklog, awaiting: MakeJob
) -> None:
    job_id = await awaiting()
    media = [await _picture(desk, generations, job_id, scene=scene) for scene in (1, 2)]
    before = (await desk.worklog.storyboard(job_id, 1)).fingerprint
    await asyncio.gather(*(log.keep_image(job_id, run=1, version=1, medium=medium) for medium in media * 3))
    state = await desk.worklog.storyboard(job_id, 1)
    assert [source.picture_digest for source in state.content.sources[:2]] == [medium.digest for medium in media]
    assert (state.content.awaited, list(state.media)) == ((), media)
    assert state.fingerprint == state.content.fingerprint() != before
    told = await desk.reader.events(desk.ann.principal, job_id, after_id=0)
    assert len([event for event in told if event.kind == "medium.ready"]) == 2
    frames = (await desk.reader.get(desk.ann.principal, job_id)).storyboard
    assert [frame.image_id for frame in frames[:2]] == [medium.generation_id for medium in media]


async def test_run_that_nobody_wants_any_more_writes_nothing(
    desk: Desk, log: MediaLog, generations: GenerationWorklog, awaiting: MakeJob
) -> None:
    job_id = await awaiting()
    medium = await _picture(desk, generations, job_id, scene=1)
    await log.require_at_work(job_id, run=1)
    await desk.service.pause(desk.ann.principal, job_id)
    for attempt in (
        log.require_at_work(job_id, run=1),
        log.keep_image(job_id, run=1, version=1, medium=medium),
        log.keep_medium(job_id, run=1, version=1, medium=medium),
        log.pause(job_id, run=1, problem=NO_ROOM),
    ):
        with pytest.raises(Canceled):
            await attempt
    assert (await desk.worklog.storyboard(job_id, 1)).content.awaited == (1, 2)


async def test_paused_job_tells_why_and_goes_on_once_as_a_new_run(desk: Desk, log: MediaLog, plan: MakeJob) -> None:
    job_id = await plan()
    await log.pause(job_id, run=1, problem=NO_ROOM)
    job = await desk.reader.get(desk.ann.principal, job_id)
    assert (job.status, job.error) == (JobStatus.PAUSED, NO_ROOM)
    ((state, problem),) = await log.paused_because("budget_exceeded")
    assert (state.id, problem) == (job_id, NO_ROOM)
    assert await log.paused_because("payment_required") == []
    going_on = await log.go_on(job_id, run=1)
    assert (going_on.run, going_on.status) == (2, JobStatus.GENERATING_STORYBOARD)
    with pytest.raises(Canceled):
        await log.go_on(job_id, run=1)
    assert (await desk.reader.get(desk.ann.principal, job_id)).error is None


async def test_what_models_still_make_for_a_canceled_job_is_found(
    desk: Desk, log: MediaLog, generations: GenerationWorklog, awaiting: MakeJob
) -> None:
    job_id = await awaiting()
    done = await _picture(desk, generations, job_id, scene=1)
    checked = CheckedOrder(
        order=GenerationOrder(
            client_id=desk.ann.client_id, user_id=desk.ann.principal.user_id, job_id=job_id, model="maker/pictures"
        ),
        kind=ModelKind.TEXT_TO_IMAGE,
        version=None,
        inputs={},
        estimate_microusd=None,
    )
    open_one = await generations.create(checked)
    assert await log.stoppable_generations(job_id) == [open_one.id]
    assert await log.finished_keys(job_id) == {f"job-{job_id}-image-1"}
    assert await log.generations_nobody_wants() == []
    await desk.service.cancel(desk.ann.principal, job_id)
    assert await log.generations_nobody_wants() == [open_one.id] != [done.generation_id]
    await generations.cancel(open_one.id)
    assert await log.generations_nobody_wants() == []


async def test_generated_medium_is_another_client_s_nothing(
    desk: Desk, log: MediaLog, generations: GenerationWorklog, awaiting: MakeJob
) -> None:
    job_id = await awaiting()
    medium = await _picture(desk, generations, job_id, scene=1)
    found = await log.generated(desk.ann.client_id, medium.generation_id, kind="image")
    assert (found.digest, found.status) == (medium.digest, GenerationStatus.SUCCEEDED)
    with pytest.raises(NotFound):
        await log.generated(desk.bob.client_id, medium.generation_id, kind="image")
    with pytest.raises(NotFound):
        await log.generated(desk.ann.client_id, medium.generation_id, kind="video")


async def test_estimate_is_kept_with_what_is_spent_and_told_to_people(
    desk: Desk, log: MediaLog, ready: MakeJob
) -> None:
    job_id = await ready()
    line = EstimateLine(step="motion", scene=1, model="maker/motion", amount_microusd=250_000)
    estimate = Estimate(
        lines=(line,), total="$0.25", total_microusd=250_000, render_microusd=250_000, unknown=("music: x/y",)
    )
    await log.keep_estimate(job_id, version=1, estimate=estimate)
    job = await desk.reader.get(desk.ann.principal, job_id)
    assert (job.estimate, job.estimated_cost, job.render_estimate_microusd) == (estimate, "$0.25", 250_000)
    (listed,), _ = await desk.reader.list(desk.ann.principal, page=Page())
    assert (listed.estimated_cost_microusd, listed.unknown_prices) == (250_000, ("music: x/y",))


async def test_halted_job_may_be_changed_only_by_what_lets_it_go_on(desk: Desk, log: MediaLog, plan: MakeJob) -> None:
    job_id = await plan()
    await log.pause(job_id, run=1, problem=NO_ROOM)
    ann = desk.ann.principal
    with pytest.raises(Conflict):
        await desk.service.content_to_change(ann, job_id)
    before, content = await desk.service.content_to_change(ann, job_id, also_halted=True)
    first = content.brief.scenes[0].model_copy(update={"overlay_text": "Another hook"})
    brief = content.brief.model_copy(update={"scenes": (first, *content.brief.scenes[1:])})
    changed = await desk.service.keep_edit(
        ann, before, content.model_copy(update={"brief": brief}), change="Scene 1: picture by the compositor"
    )
    assert (changed.status, changed.storyboard_version, changed.run) == (JobStatus.GENERATING_STORYBOARD, 2, 2)


async def test_frame_drawn_before_all_pictures_were_there_is_replaced_once(
    desk: Desk, log: MediaLog, plan: MakeJob
) -> None:
    job_id = await plan()
    early, late = await desk.blobs.put_bytes(b"early"), await desk.blobs.put_bytes(b"late")
    await desk.worklog.keep_frame(job_id, run=1, version=1, scene=3, fingerprint="e", digest=early.digest)
    for _ in range(2):
        await log.replace_frame(job_id, run=1, version=1, scene=3, fingerprint="l", digest=Digest(late.digest))
    assert await log.frame_fingerprint(job_id, version=1, scene=3) == "l"
    assert (await desk.worklog.storyboard(job_id, 1)).frames == {3: late.digest}
    events = await desk.reader.events(desk.ann.principal, job_id, after_id=0)
    assert len([event for event in events if event.kind == "frame.ready"]) == 2

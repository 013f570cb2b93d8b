"""A job's orders: placed once, taken up where they failed, and told of by scene when they come to nothing."""

import asyncio
from uuid import uuid4

import pytest

from gauntlet.core.creative.storyboard import MediaOrder
from gauntlet.core.errors import Canceled, Conflict
from gauntlet.core.generation import ModelChoice, ModelKind
from gauntlet.core.ids import Digest
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.generations.schemas import GenerationProblem
from gauntlet.domain.jobs.rules import JobStatus, Phase
from gauntlet.domain.jobs.schemas import JobProblem, JobRequest, JobState, StoryboardMedium
from gauntlet.workflows import media
from gauntlet.workflows.failures import Halt, Halted, stop_at
from gauntlet.workflows.media import MediaRoom
from tests.clocks import ManualClock
from tests.offices import ScriptedOffice

ORDER = MediaOrder(
    choice=ModelChoice(model="maker/pictures"), kind=ModelKind.TEXT_TO_IMAGE, inputs={"prompt": "A blue fox"}
)
PICTURE = Digest("a" * 64)


@pytest.fixture
def office() -> ScriptedOffice:
    return ScriptedOffice()


@pytest.fixture
def job(clock: ManualClock) -> JobState:
    return JobState(
        id=7,
        status=JobStatus.GENERATING_STORYBOARD,
        phase=Phase.STORYBOARD,
        run=1,
        storyboard_version=1,
        request=JobRequest(prompt="x", client_id=uuid4()),
        user_id=1,
        brief_id=uuid4(),
        stages={},
        created_at=clock.now(),
    )


async def _wanted() -> None:
    return


async def test_equal_order_of_another_scene_or_version_is_the_same_generation(
    office: ScriptedOffice, job: JobState
) -> None:
    room = MediaRoom(office)
    first = await room.place(job, ORDER, role="image", scene=2)
    assert await room.place(job.model_copy(update={"storyboard_version": 4}), ORDER, role="image", scene=3) == first
    other = ORDER.model_copy(update={"take": 2})
    assert await room.place(job, other, role="image", scene=2) != first
    assert (office.orders[0].job_id, office.orders[0].prompt) == (7, "A blue fox")


@pytest.mark.parametrize("status", [GenerationStatus.FAILED, GenerationStatus.PAUSED])
async def test_what_failed_or_waited_is_taken_up_again_under_the_same_order(
    office: ScriptedOffice, job: JobState, status: GenerationStatus
) -> None:
    room = MediaRoom(office)
    generation_id = await room.place(job, ORDER, role="image", scene=2)
    office.end(generation_id, status=status, error=GenerationProblem(code="provider_failed", message="It broke."))
    assert await room.place(job, ORDER, role="image", scene=2) == generation_id
    assert office.retried == [generation_id]


async def test_what_was_canceled_is_ordered_anew(office: ScriptedOffice, job: JobState) -> None:
    room = MediaRoom(office)
    generation_id = await room.place(job, ORDER, role="image", scene=2)
    await office.cancel(generation_id)
    second = await room.place(job, ORDER, role="image", scene=2)
    assert second != generation_id
    assert await room.place(job, ORDER, role="image", scene=2) == second


async def test_what_was_made_is_taken_as_it_is(office: ScriptedOffice, job: JobState) -> None:
    room = MediaRoom(office)
    generation_id = await room.place(job, ORDER, role="image", scene=2)
    office.end(generation_id, digest=PICTURE, width=768, height=1344)
    made = await room.made(generation_id, role="image", scene=2, still_wanted=_wanted)
    assert made == StoryboardMedium(
        scene=2, role="image", generation_id=generation_id, digest=PICTURE, width=768, height=1344
    )
    assert await room.place(job, ORDER, role="image", scene=2) == generation_id
    assert office.retried == []


@pytest.mark.parametrize(
    ("status", "code", "is_pause"),
    [
        (GenerationStatus.FAILED, "provider_rejected", False),
        (GenerationStatus.FAILED, "payment_required", True),
        (GenerationStatus.PAUSED, "budget_exceeded", True),
        (GenerationStatus.AMBIGUOUS, "provider_ambiguous", True),
    ],
)
async def test_what_was_not_made_is_told_with_scene_model_and_reason(
    office: ScriptedOffice, job: JobState, status: GenerationStatus, code: str, is_pause: bool
) -> None:
    room = MediaRoom(office)
    generation_id = await room.place(job, ORDER, role="image", scene=2)
    office.end(generation_id, status=status, error=GenerationProblem(code=code, message="It said no."))
    halt = await room.made(generation_id, role="image", scene=2, still_wanted=_wanted)
    assert isinstance(halt, Halt)
    assert halt.problem.message == "The picture of scene 2 was not made by maker/pictures: It said no."
    assert (halt.problem.code, halt.is_pause) == (code, is_pause)


async def test_ambiguous_order_that_nobody_has_resolved_keeps_the_job_waiting_and_is_not_sent_again(
    office: ScriptedOffice, job: JobState, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(generation_id: int) -> None:
        raise Conflict(f"Say first whether {generation_id} was charged.")

    room = MediaRoom(office)
    generation_id = await room.place(job, ORDER, role="image", scene=2)
    problem = GenerationProblem(code="provider_ambiguous", message="Nobody can tell.")
    office.end(generation_id, status=GenerationStatus.AMBIGUOUS, error=problem)
    monkeypatch.setattr(office, "retry", refuse)
    halt = await room.placed(job, ORDER, role="image", scene=2)
    assert isinstance(halt, Halt)
    assert (halt.problem.code, halt.is_pause) == ("provider_ambiguous", True)
    assert len(office.orders) == 1


async def test_wait_ends_when_nobody_wants_the_run_any_more(
    office: ScriptedOffice, job: JobState, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unwanted() -> None:
        raise Canceled("The job was paused.")

    monkeypatch.setattr(media, "STILL_WANTED_EVERY_S", 0)
    room = MediaRoom(office)
    generation_id = await room.place(job, ORDER, role="image", scene=2)
    with pytest.raises(Canceled):
        await asyncio.wait_for(room.made(generation_id, role="image", scene=2, still_wanted=unwanted), timeout=10)
    assert office.states[generation_id].status is GenerationStatus.PENDING


def _halt(code: str, *, is_pause: bool = False, asked: int | None = None) -> Halt:
    details = {} if asked is None else {"asked": asked}
    return Halt(problem=JobProblem(code=code, message=f"{code}.", details=dict(details)), is_pause=is_pause)


def test_run_stops_at_a_failure_before_a_pause_and_at_the_smallest_sum_that_a_budget_lacks() -> None:
    small, large = (_halt("budget_exceeded", is_pause=True, asked=asked) for asked in (3_000, 250_000))
    credit = _halt("payment_required", is_pause=True)
    for halts, code, asked in (
        ([large, None, small], "budget_exceeded", 3_000),
        ([small, credit], "payment_required", None),
        ([small, _halt("provider_rejected")], "provider_rejected", None),
    ):
        with pytest.raises(Halted) as stopped:
            stop_at(halts)
        halt = stopped.value.halt
        assert halt is not None
        assert (halt.problem.code, halt.problem.details.get("asked")) == (code, asked)
        assert "something else was not made either" in halt.problem.message
    stop_at([None, None])

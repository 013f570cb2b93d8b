"""The process is killed before and after everything that a generation writes or asks, one moment after the other."""

import inspect
import random
from collections.abc import Callable
from typing import Any, cast

import pytest

from gauntlet.core.generation import PredictionStatus
from gauntlet.db.session import Database
from gauntlet.domain.costs.till import Till
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.generations.schemas import GenerationState
from gauntlet.domain.generations.worklog import GenerationWorklog
from gauntlet.providers.base import PaymentRequired, ProviderAmbiguous, RateLimited
from tests.workflows.generation_studio import Studio, open_studio, rewired
from tests.workflows.media_service import AcceptedButLost, MemoryModels

MOMENTS_MAX = 200

every_moment = pytest.mark.parametrize(
    "step", [pytest.param(9, id="some"), pytest.param(1, id="every", marks=pytest.mark.soak)]
)
"""Each moment takes a life and a restart: a few of them every time, all of them in the soak."""


class Killed(BaseException):
    """What kill -9 does, as far as the code that runs is concerned."""


class Fuse:
    """Burns at a moment."""

    def __init__(self, burns_at: int) -> None:
        self._left = burns_at
        self.has_burnt = False

    def pass_by(self) -> None:
        self._left -= 1
        if self._left == 0:
            self.has_burnt = True
            raise Killed


class Fused:
    """Anything, with a moment before and one after each of its coroutines."""

    def __init__(self, inner: object, fuse: Fuse) -> None:
        self._inner = inner
        self._fuse = fuse

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._inner, name)
        if name == "models_for":
            return self._models_for
        if not inspect.iscoroutinefunction(attribute):
            return attribute

        async def call(*args: Any, **kwargs: Any) -> Any:
            self._fuse.pass_by()
            result = await attribute(*args, **kwargs)
            self._fuse.pass_by()
            return result

        return call

    async def _models_for(self, client_id: object) -> Any:
        return self


async def run_killed(studio: Studio, generation_id: int, *moments: int) -> tuple[GenerationState, bool]:
    """Run a generation, killing it at these moments of its lives; return how it ends, and whether it was killed."""
    was_killed = False
    for moment in moments:
        fuse = Fuse(moment)
        tools = rewired(
            studio,
            till=cast(Till, Fused(studio.till, fuse)),
            worklog=cast(GenerationWorklog, Fused(studio.worklog, fuse)),
            service=cast(MemoryModels, Fused(studio.service, fuse)),
        )
        try:
            await studio.run(generation_id, tools=tools)
        except Killed:
            was_killed = True
    # What a restart does: the workflow is taken up where it was, and upkeep looks for what it did not bring to an end.
    await studio.run(generation_id)
    while await studio.desk.take_up_lost_work():
        await studio.run(generation_id)
    return await studio.worklog.state(generation_id), was_killed


async def require_books_in_order(studio: Studio) -> None:
    assert await studio.booked("spent") == studio.service.charged_microusd
    assert await studio.booked("reserved") == 0
    refs = [intent.provider_ref for intent in await studio.intents() if intent.provider_ref is not None]
    assert len(refs) == len(set(refs))
    settled = {intent.provider_ref for intent in await studio.intents() if intent.status == "settled"}
    charged = {one.id for one in studio.service.predictions.values() if studio.service.price_of(one)}
    assert settled == charged


async def at_all_moments(
    studio: Studio, end: GenerationStatus, *, step: int, prepare: Callable[[], None] = lambda: None
) -> int:
    """Kill at one moment, then at a later one …, with a generation for each; return how many there are."""
    for moment in range(1, MOMENTS_MAX, step):
        prepare()
        before = len(studio.service.predictions)
        generation_id = await studio.ordered(inputs={"seed": moment})
        state, was_killed = await run_killed(studio, generation_id, moment)
        assert state.status is end, f"killed at moment {moment}: {state.status}, {state.error}"
        assert len(studio.service.predictions) - before <= 1, f"ordered twice when killed at moment {moment}"
        await require_books_in_order(studio)
        if not was_killed:
            return moment
    raise AssertionError(f"it takes more than {MOMENTS_MAX} moments")


@every_moment
@pytest.mark.parametrize("has_webhooks", [True, False])
async def test_medium_is_made_and_paid_once_wherever_the_process_is_killed(
    database: Database, has_webhooks: bool, step: int
) -> None:
    studio = await open_studio(database, has_webhooks=has_webhooks)
    assert await at_all_moments(studio, GenerationStatus.SUCCEEDED, step=step) > 30


@every_moment
async def test_lost_answer_is_paid_once_wherever_the_process_is_killed(database: Database, step: int) -> None:
    studio = await open_studio(database)

    def lose_the_answer() -> None:
        studio.service.refusals = [AcceptedButLost()]

    await at_all_moments(studio, GenerationStatus.SUCCEEDED, step=step, prepare=lose_the_answer)


@every_moment
async def test_order_that_was_not_taken_is_paid_once_wherever_the_process_is_killed(
    database: Database, step: int
) -> None:
    studio = await open_studio(database)

    def refuse() -> None:
        studio.service.refusals = [ProviderAmbiguous("Timed out."), RateLimited("Slow down.", retry_after_s=0)]

    await at_all_moments(studio, GenerationStatus.SUCCEEDED, step=step, prepare=refuse)


@every_moment
async def test_failed_prediction_is_never_paid_wherever_the_process_is_killed(database: Database, step: int) -> None:
    studio = await open_studio(database)
    studio.service.ends_as = PredictionStatus.FAILED
    await at_all_moments(studio, GenerationStatus.FAILED, step=step)


@every_moment
async def test_account_without_credit_pauses_wherever_the_process_is_killed(database: Database, step: int) -> None:
    studio = await open_studio(database)

    def no_credit() -> None:
        studio.service.refusals = [PaymentRequired("No credit."), PaymentRequired("No credit.")]

    await at_all_moments(studio, GenerationStatus.PAUSED, step=step, prepare=no_credit)


@every_moment
async def test_generation_canceled_between_two_lives_is_wound_up(database: Database, step: int) -> None:
    studio = await open_studio(database)
    for moment in range(1, MOMENTS_MAX, step):
        studio.service.ends_as = PredictionStatus.SUCCEEDED
        generation_id = await studio.ordered(inputs={"seed": moment})
        fuse = Fuse(moment)
        tools = rewired(
            studio,
            till=cast(Till, Fused(studio.till, fuse)),
            worklog=cast(GenerationWorklog, Fused(studio.worklog, fuse)),
            service=cast(MemoryModels, Fused(studio.service, fuse)),
        )
        try:
            await studio.run(generation_id, tools=tools)
        except Killed:
            studio.service.ends_as = None
        await studio.desk.cancel(generation_id)
        state, _ = await run_killed(studio, generation_id)
        assert state.status in {GenerationStatus.CANCELED, GenerationStatus.SUCCEEDED}
        await require_books_in_order(studio)
        if not fuse.has_burnt:
            return
    raise AssertionError(f"it takes more than {MOMENTS_MAX} moments")


async def test_process_killed_again_and_again_pays_once(database: Database) -> None:
    studio = await open_studio(database)
    chance = random.Random(20)
    for seed in range(12):
        studio.service.refusals = chance.choice(
            ([], [AcceptedButLost()], [ProviderAmbiguous("?")], [RateLimited("!", retry_after_s=0), AcceptedButLost()])
        )
        generation_id = await studio.ordered(inputs={"seed": seed})
        moments = [chance.randint(1, 45) for _ in range(chance.randint(1, 4))]
        state, _ = await run_killed(studio, generation_id, *moments)
        assert state.status is GenerationStatus.SUCCEEDED, f"seed {seed}, killed at {moments}: {state.error}"
        await require_books_in_order(studio)

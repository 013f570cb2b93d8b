"""Storyboards whose pictures models make: once each, scene by scene, and what becomes of a job when one is not made."""

from pathlib import Path

import pytest

from gauntlet.core.errors import GauntletError
from gauntlet.core.paging import Page
from gauntlet.domain.costs.schemas import BudgetDraft, BudgetPatch
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import NewOrder, Refinement, SceneModels
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.words import Fault
from tests.workflows.hosted_studio import FLUX, PICTURE_MICROUSD, hosted_studio, until


async def test_every_scene_without_a_picture_gets_one_from_the_model_and_the_job_says_what_that_cost(
    tmp_path: Path,
) -> None:
    async with hosted_studio(tmp_path) as studio:
        estimate = await studio.container.desk.estimate(studio.person, studio.request(image=FLUX))
        assert not studio.fakes.charges
        job = await studio.submit(image=FLUX)
        assert job.status is JobStatus.STORYBOARD_READY
        made = [frame for frame in job.storyboard if frame.source == "generated"]
        assert [frame.scene for frame in made] == list(range(1, len(job.storyboard)))  # all but the end card
        assert all(frame.image_url and frame.image_id and not frame.is_awaited for frame in made)
        assert estimate.total_microusd == len(made) * PICTURE_MICROUSD
        assert job.estimated_cost_microusd == job.actual_cost_microusd == studio.billed_microusd
        assert (job.reserved_cost_microusd, job.unknown_prices) == (0, ())


async def test_change_of_one_scene_pays_for_no_other_and_a_new_order_of_scenes_for_none(tmp_path: Path) -> None:
    async with hosted_studio(tmp_path) as studio:
        desk = studio.container.desk
        job = await studio.submit(image=FLUX)
        shown = {frame.scene: frame.image_id for frame in job.storyboard}
        await desk.refine(studio.person, job.id, Refinement(scene=2, instruction='headline "Fresh daily"'))
        assert (await studio.settled(job.id)).status is JobStatus.STORYBOARD_READY
        order = (2, 1, *range(3, len(job.storyboard) + 1))
        await desk.reorder(studio.person, job.id, order=NewOrder(order=order).order)
        turned = await studio.settled(job.id)
        assert [frame.image_id for frame in turned.storyboard[:3]] == [shown[2], shown[1], shown[3]]
        charges = len(studio.fakes.charges)
        assert studio.billed_microusd == charges * PICTURE_MICROUSD == job.actual_cost_microusd
        await desk.choose_models(studio.person, job.id, scene=1, models=SceneModels(image=FLUX))
        again = await studio.settled(job.id)
        assert again.storyboard[0].image_id not in shown.values()  # the same model once more is another picture
        assert len(studio.fakes.charges) == charges + 1


async def test_job_whose_picture_fails_names_the_scene_keeps_the_others_and_makes_only_that_one_again(
    tmp_path: Path,
) -> None:
    async with hosted_studio(tmp_path) as studio:
        studio.fakes.set_faults(FaultRule(fault=Fault.FAILED, service="replicate", times=1))
        job = await studio.submit(image=FLUX)
        assert job.status is JobStatus.FAILED
        assert job.error is not None
        (missing,) = [frame.scene for frame in job.storyboard if frame.is_awaited]
        assert job.error.message.startswith(f"The picture of scene {missing} was not made by {FLUX.model}")
        assert all(frame.image_url for frame in job.storyboard if frame.image_id)
        asked = len(studio.fakes.requests("replicate", "predictions.create"))
        await studio.container.desk.resume(studio.person, job.id)
        assert (await studio.settled(job.id)).status is JobStatus.STORYBOARD_READY
        assert len(studio.fakes.requests("replicate", "predictions.create")) == asked + 1


async def test_scene_whose_model_fails_can_be_left_to_the_compositor(tmp_path: Path) -> None:
    async with hosted_studio(tmp_path) as studio:
        studio.fakes.set_faults(FaultRule(fault=Fault.FAILED, service="replicate", times=1))
        failed = await studio.submit(image=FLUX)
        (missing,) = [frame.scene for frame in failed.storyboard if frame.is_awaited]
        asked = len(studio.fakes.requests("replicate", "predictions.create"))
        desk = studio.container.desk
        await desk.choose_models(studio.person, failed.id, scene=missing, models=SceneModels(image=None))
        job = await studio.settled(failed.id)
        assert job.status is JobStatus.STORYBOARD_READY
        assert job.storyboard[missing - 1].source == "panel"
        assert len(studio.fakes.requests("replicate", "predictions.create")) == asked


async def test_used_up_budget_pauses_the_job_which_goes_on_by_itself_when_there_is_room(tmp_path: Path) -> None:
    async with hosted_studio(tmp_path) as studio:
        container = studio.container
        limit = BudgetDraft(
            scope="client", client_id=studio.client.id, period="total", hard_microusd=2 * PICTURE_MICROUSD
        )
        budget = await container.budgets.create(studio.person, limit)
        job = await studio.submit(image=FLUX)
        assert job.status is JobStatus.PAUSED
        assert job.error is not None
        assert (job.error.code, job.error.details["asked"]) == ("budget_exceeded", PICTURE_MICROUSD)
        assert job.error.next_step == "Let an owner of the client raise the budget."
        assert len(studio.fakes.charges) == 2
        assert await container.desk.go_on_within_budgets() == 0
        await container.budgets.update(studio.person, budget.id, BudgetPatch(hard_microusd=1_000_000))
        assert await container.desk.go_on_within_budgets() == 1
        done = await studio.settled(job.id)
        assert done.status is JobStatus.STORYBOARD_READY
        assert studio.billed_microusd == done.actual_cost_microusd == (len(done.storyboard) - 1) * PICTURE_MICROUSD


async def test_account_without_credit_pauses_the_job_until_a_person_says_go_on(tmp_path: Path) -> None:
    async with hosted_studio(tmp_path) as studio:
        studio.fakes.credit("replicate", 0)
        job = await studio.submit(image=FLUX)
        assert job.status is JobStatus.PAUSED
        assert job.error is not None
        assert job.error.code == "payment_required"
        assert (studio.billed_microusd, job.reserved_cost_microusd) == (0, 0)
        studio.fakes.credit("replicate", None)
        await studio.container.desk.resume(studio.person, job.id)
        assert (await studio.settled(job.id)).status is JobStatus.STORYBOARD_READY


async def test_job_that_waits_for_models_is_canceled_with_what_they_make(tmp_path: Path) -> None:
    async with hosted_studio(tmp_path) as studio:
        container = studio.container
        studio.fakes.set_faults(FaultRule(fault=Fault.STUCK, service="replicate"))
        job = await container.desk.submit(studio.person, studio.request(image=FLUX))
        await until(lambda: len(studio.fakes.predictions) > 0)
        canceled = await container.desk.cancel(studio.person, job.id)
        assert canceled.status is JobStatus.CANCELED
        assert await container.desk.cancel_unwanted_media() == 0  # nothing was left to upkeep


async def test_models_that_cannot_be_are_refused_before_anything_is_stored_or_spent(tmp_path: Path) -> None:
    async with hosted_studio(tmp_path) as studio:
        refused = {
            "of kind text-to-music": {"image": {"model": "meta/musicgen"}},
            "no-one/nothing": {"image": {"model": "no-one/nothing"}},
            "aspect_ratio": {"image": {"model": FLUX.model, "inputs": {"aspect_ratio": "17:3"}}},
            "nonsense": {"scenes": [{"scene": 8, "image": {"model": FLUX.model, "inputs": {"nonsense": 1}}}]},
        }
        for word, models in refused.items():
            with pytest.raises(GauntletError, match=word):
                await studio.container.desk.submit(studio.person, studio.request(**models))
        _, total = await studio.container.jobs.list(studio.person, page=Page())
        assert (total, studio.fakes.charges) == (0, [])

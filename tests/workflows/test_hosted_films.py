"""Films with motion and music that models make after the approval, and briefs that language models write."""

import json
from pathlib import Path
from typing import Any

from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.generations.schemas import GenerationOrder, GivenFile
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import DeliverableKind, JobDetail, MusicModel, Refinement, Replacement, SceneModels
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.words import Fault
from tests.workflows.hosted_studio import FLUX, KLING, MUSICGEN, HostedStudio, hosted_studio


async def _manifest(studio: HostedStudio, job: JobDetail) -> Any:
    digest = await studio.container.jobs.deliverable(studio.person, job.id, kind=DeliverableKind.MANIFEST)
    return json.loads(await studio.container.blobs.read_bytes(digest))


async def test_motion_and_music_are_made_after_the_approval_once_and_the_manifest_names_their_origin(
    tmp_path: Path,
) -> None:
    async with hosted_studio(tmp_path) as studio:
        scenes = [{"scene": 1, "image": FLUX, "motion": KLING}, {"scene": 2, "motion": KLING}]
        job = await studio.submit(music=MUSICGEN, scenes=scenes)
        assert [charge.model for charge in studio.fakes.charges] == [FLUX.model]
        assert (job.storyboard[0].motion_model, job.music_model) == (KLING.model, MUSICGEN.model)
        assert job.render_estimate_microusd is not None
        assert job.estimated_cost_microusd == job.actual_cost_microusd + job.render_estimate_microusd
        done = await studio.film(job)
        assert (done.status, done.error) == (JobStatus.COMPLETED, None)
        assert sorted(charge.model for charge in studio.fakes.charges[1:]) == [KLING.model, KLING.model, MUSICGEN.model]
        assert done.actual_cost_microusd == studio.billed_microusd
        manifest = await _manifest(studio, done)
        by_id = {prediction.id for prediction in studio.fakes.predictions}
        first, second = manifest["scenes"][:2]
        assert {first["image"]["predictionId"], first["motion"]["predictionId"]} < by_id
        assert (second["maker"], second["motion"]["model"]) == ("gauntlet/panel", KLING.model)
        assert manifest["film"]["music"]["model"] == MUSICGEN.model
        await _rendered_again_for_nothing(studio, done)


async def _rendered_again_for_nothing(studio: HostedStudio, job: JobDetail) -> None:
    """Change the words of a scene that has neither picture nor motion of a model's: nothing is paid again."""
    billed = studio.billed_microusd
    await studio.container.desk.refine(studio.person, job.id, Refinement(scene=3, instruction='headline "Fresh"'))
    changed = await studio.settled(job.id)
    done = await studio.film(changed)
    assert done.status is JobStatus.COMPLETED
    assert studio.billed_microusd == billed


async def test_motion_that_fails_fails_the_job_by_name_and_without_it_the_film_is_made(tmp_path: Path) -> None:
    async with hosted_studio(tmp_path) as studio:
        desk = studio.container.desk
        studio.fakes.set_faults(FaultRule(fault=Fault.FAILED, service="replicate", model=f"{KLING.model}*"))
        job = await studio.submit(scenes=[{"scene": 2, "motion": KLING}])
        failed = await studio.film(job)
        assert failed.status is JobStatus.FAILED
        assert failed.error is not None
        assert failed.error.message.startswith(f"The motion of scene 2 was not made by {KLING.model}")
        await desk.choose_models(studio.person, job.id, scene=2, models=SceneModels(motion=None))
        done = await studio.film(await studio.settled(job.id))
        assert (done.status, done.actual_cost_microusd) == (JobStatus.COMPLETED, studio.billed_microusd)


async def test_picture_and_film_made_by_hand_are_shown_in_scenes_and_paid_no_second_time(tmp_path: Path) -> None:
    async with hosted_studio(tmp_path) as studio:
        desk = studio.container.desk
        other = await studio.submit(image=FLUX)
        picture = other.storyboard[0].image_id
        billed = studio.billed_microusd
        job = await studio.submit()
        await desk.replace(studio.person, job.id, Replacement(scene=1, image_id=picture))
        shown = await studio.settled(job.id)
        assert (shown.storyboard[0].source, shown.storyboard[0].image_id) == ("generated", picture)
        film = await _moved(studio, picture)
        await desk.replace(studio.person, job.id, Replacement(scene=2, video_id=film))
        moving = await studio.settled(job.id)
        assert (moving.status, moving.storyboard[1].moves, moving.storyboard[1].image_id) == (
            JobStatus.STORYBOARD_READY,
            True,
            film,
        )
        await desk.choose_music(studio.person, job.id, MusicModel(model=MUSICGEN).model)
        scored = await studio.settled(job.id)
        assert (scored.music_model, scored.storyboard[0].image_id) == (MUSICGEN.model, picture)
        assert studio.billed_microusd == billed


async def _moved(studio: HostedStudio, picture: int | None) -> int:
    """Return a film of the picture, made by hand with a model that costs nothing."""
    desk = studio.container.generation_desk
    still = await desk.state(picture or 0)
    assert still.digest is not None
    order = GenerationOrder(
        client_id=studio.client.id,
        user_id=studio.person.user_id,
        model="gauntlet/motion",
        inputs={"duration": 2},
        files={"image": GivenFile(digest=still.digest, media_type="image/webp")},
    )
    made = await desk.wait(await desk.order(order))
    assert made.status is GenerationStatus.SUCCEEDED, made.error
    return made.id


async def test_brief_of_a_language_model_tells_who_answered_what_and_what_it_cost(tmp_path: Path) -> None:
    async with hosted_studio(tmp_path) as studio:
        studio.fakes.refuse("openrouter")
        job = await studio.submit(brief="hosted")
        assert job.status is JobStatus.STORYBOARD_READY
        assert job.brief is not None
        assert job.attempts[0].provider == "openrouter"
        assert job.attempts[0].outcome == "not_configured"
        assert len(job.attempts) > 1
        assert job.actual_cost_microusd == studio.billed_microusd > 0
        assert job.estimated_cost_microusd >= job.actual_cost_microusd

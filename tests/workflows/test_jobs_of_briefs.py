"""Briefs under the real durable engine, and jobs that are made of them."""

from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import ValidationError

from gauntlet.core.errors import Conflict, NotFound
from gauntlet.core.generation import ModelChoice
from gauntlet.core.paging import Page
from gauntlet.domain.briefs.schemas import BriefModels, BriefRefinement, BriefRequest, SceneImages
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import JobRequest
from tests.workflows.hosted_studio import FLUX, PICTURE_MICROUSD, PROMPT, hosted_studio

ALL = Page()
BY_RULES = BriefModels(brief="built_in")


async def test_job_of_a_brief_shows_its_scenes_and_pays_nothing_for_planning_again(tmp_path: Path) -> None:
    async with hosted_studio(tmp_path) as studio:
        container, person = studio.container, studio.person
        request = BriefRequest(prompt=PROMPT, client_id=studio.client.id)
        brief = await container.brief_desk.create(person, request)
        assert (brief.status, brief.cost_microusd) == ("ready", studio.billed_microusd)
        refined = await container.brief_desk.refine(
            person, brief.id, BriefRefinement(instruction='Headline: "Fresh daily"', scene=2)
        )
        planned = studio.billed_microusd
        assert refined.cost_microusd == planned
        job = await container.desk.submit(person, JobRequest(client_id=studio.client.id, brief_id=brief.id))
        job = await studio.settled(job.id)
        assert job.status is JobStatus.STORYBOARD_READY
        assert studio.billed_microusd == planned
        assert refined.content is not None
        assert [frame.overlay_text for frame in job.storyboard] == [
            scene.overlay_text for scene in refined.content.scenes
        ]
        assert job.prompt == PROMPT
        assert job.brief_id is not None
        (version,) = (await container.briefs.versions(person, job.brief_id, page=ALL))[0]
        assert version.change == f"Taken from version 2 of the brief {brief.id}"
        assert version.cost_microusd == 0
        older = JobRequest(client_id=studio.client.id, brief_id=brief.id, brief_version=1)
        first = await studio.settled((await container.desk.submit(person, older)).id)
        assert brief.content is not None
        assert [frame.overlay_text for frame in first.storyboard] == [
            scene.overlay_text for scene in brief.content.scenes
        ]


async def test_images_for_a_briefs_scenes_are_made_and_each_is_paid_for_once(tmp_path: Path) -> None:
    async with hosted_studio(tmp_path) as studio:
        container, person = studio.container, studio.person
        brief = await container.brief_desk.create(
            person, BriefRequest(prompt=PROMPT, client_id=studio.client.id, models=BY_RULES)
        )
        wanted = SceneImages(model=FLUX, scenes=(1, 2))
        ordered = await container.brief_media.images(person, brief.id, wanted)
        await container.brief_media.images(person, brief.id, wanted)
        for image in ordered:
            state = await container.generation_desk.wait(image.id)
            assert state.status is GenerationStatus.SUCCEEDED
            assert (state.brief_id, state.scene_number) == (brief.id, image.scene_number)
        assert studio.billed_microusd == 2 * PICTURE_MICROUSD
        panel = SceneImages(model=ModelChoice(model="gauntlet/panel"), scenes=(1,))
        (drawn,) = await container.brief_media.images(person, brief.id, panel)
        assert (await container.generation_desk.wait(drawn.id)).status is GenerationStatus.SUCCEEDED
        assert studio.billed_microusd == 2 * PICTURE_MICROUSD


async def test_job_of_no_brief_of_the_clients_is_refused(tmp_path: Path) -> None:
    async with hosted_studio(tmp_path) as studio:
        container, person = studio.container, studio.person
        other = await container.clients.find_or_create_by_name(person, "Other")
        brief = await container.brief_desk.create(
            person, BriefRequest(prompt=PROMPT, client_id=other.id, models=BY_RULES)
        )
        for request in (
            JobRequest(client_id=studio.client.id, brief_id=brief.id),
            JobRequest(client_id=studio.client.id, brief_id=uuid4()),
            JobRequest(client_id=other.id, brief_id=brief.id, brief_version=7),
        ):
            with pytest.raises(NotFound):
                await container.desk.submit(person, request)
        mine = JobRequest(client_id=other.id, brief_id=brief.id)
        same = [await container.desk.submit(person, mine, idempotency_key="k") for _ in range(2)]
        assert same[0].id == same[1].id
        with pytest.raises(Conflict):
            await container.desk.submit(person, JobRequest(prompt="x", client_id=other.id), idempotency_key="k")


@pytest.mark.parametrize(
    "changes",
    [{"duration": 20}, {"platform": "tiktok"}, {"aspect_ratio": "1:1"}, {"brief_id": None}],
    ids=["duration", "platform", "aspect ratio", "version of nothing"],
)
def test_what_the_brief_says_is_not_said_again(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        JobRequest.model_validate(
            {"client_id": uuid4(), "brief_id": uuid4(), "brief_version": 1, "prompt": "x", **changes}
        )

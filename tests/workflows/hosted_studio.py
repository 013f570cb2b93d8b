"""A whole Gauntlet of its own, working against the doubles of the hosted services: jobs as people have them made."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gauntlet.bootstrap import open_container
from gauntlet.cli.progress import POLL_INTERVAL_S, STORYBOARD_STAGES, follow
from gauntlet.core.generation import ModelChoice
from gauntlet.core.settings import RenderSettings, Settings
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients.schemas import Client
from gauntlet.domain.jobs.schemas import JobDetail, JobRequest, ModelChoices
from gauntlet.workflows.container import Container
from tests.hosted import Fakes, running_fakes

PROMPT = "A 5 second TikTok ad for Blue Fox coffee. Order now at bluefox.example"
FLUX = ModelChoice(model="black-forest-labs/flux-schnell")
KLING = ModelChoice(model="kwaivgi/kling-v2.1")
MUSICGEN = ModelChoice(model="meta/musicgen")
PICTURE_MICROUSD = 3_000
BY_RULES = "built_in"


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for what happens in the background."""
    async with asyncio.timeout(60):
        while not is_so():  # noqa: ASYNC110  # what goes on in the background tells nobody but those who look
            await asyncio.sleep(POLL_INTERVAL_S)


@dataclass(frozen=True)
class HostedStudio:
    """The container, whose work it is, and the doubles that are asked."""

    container: Container
    person: Principal
    client: Client
    fakes: Fakes

    def request(self, **models: Any) -> JobRequest:
        choices = ModelChoices.model_validate({"brief": BY_RULES, **models})
        return JobRequest(prompt=PROMPT, client_id=self.client.id, models=choices)

    async def submit(self, **models: Any) -> JobDetail:
        """Return a job when it has got as far as it gets by itself."""
        job = await self.container.desk.submit(self.person, self.request(**models))
        return await self.settled(job.id)

    async def settled(self, job_id: int) -> JobDetail:
        return await follow(self.container, self.person, job_id, stages=STORYBOARD_STAGES, silent=True)

    async def film(self, job: JobDetail) -> JobDetail:
        """Approve what is there and return the job when it has got as far as it gets."""
        desk = self.container.desk
        await desk.approve(self.person, job.id, seen_version=job.storyboard_version)
        await desk.render(self.person, job.id)
        return await self.settled(job.id)

    @property
    def billed_microusd(self) -> int:
        return sum(charge.amount_microusd for charge in self.fakes.charges)


@asynccontextmanager
async def hosted_studio(data_dir: Path, **hosted: Any) -> AsyncGenerator[HostedStudio]:
    """Open one; `hosted` changes the settings of hosted models."""
    async with running_fakes() as fakes:
        settings = Settings(
            data_dir=data_dir,
            render=RenderSettings(x264_preset="ultrafast", x264_crf=35),
            **fakes.settings(**hosted),
        )
        async with open_container(settings, role="worker") as container:
            person = await container.accounts.local_user()
            client = await container.clients.find_or_create_by_name(person, "Blue Fox")
            yield HostedStudio(container, person, client, fakes)

"""Briefs over real services, on any database, without the durable engine under them.

A workflow runs as a task as soon as it is submitted, unless the test holds it back; its step is run as the engine runs
it: at least once, and again after a crash.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import SecretStr
from sqlalchemy import func, select

from gauntlet.core.clock import Clock
from gauntlet.core.paging import Page
from gauntlet.core.settings import AssetSettings, CostSettings, HostedSettings, ProviderKeys
from gauntlet.db.models.blobs import BlobRow
from gauntlet.db.models.briefs import BriefOrderRow, BriefRow
from gauntlet.db.models.costs import SpendingIntentRow
from gauntlet.db.session import Database
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.briefs.answers import AnswerArchive
from gauntlet.domain.briefs.schemas import BriefRequest
from gauntlet.domain.briefs.service import BriefService
from gauntlet.domain.briefs.worklog import BriefWorklog
from gauntlet.domain.clients.keys import KeyService
from gauntlet.domain.clients.schemas import Client
from gauntlet.domain.costs.price_list import BUILT_IN_PRICES
from gauntlet.domain.costs.prices import PriceBook
from gauntlet.domain.costs.till import Till
from gauntlet.domain.generations.service import GenerationService
from gauntlet.domain.generations.worklog import GenerationWorklog
from gauntlet.domain.jobs.clips import ClipShelf
from gauntlet.domain.jobs.pictures import PictureShelf
from gauntlet.media.sandbox.conforming import Conformer
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.media.sandbox.references import ReferenceReader
from gauntlet.storage.database import DatabaseBlobStore
from gauntlet.workflows.bells import Bells
from gauntlet.workflows.brief_media import BriefMediaDesk
from gauntlet.workflows.brief_planning import BriefPlanner, BriefWorkflow
from gauntlet.workflows.briefs import BriefDesk
from gauntlet.workflows.engine import Engine, Liveness
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.generations import GenerationDesk
from gauntlet.workflows.references import ReferenceRoom
from tests.hosted import KEYS
from tests.making import Cards, making_tools
from tests.services import SECRET_KEY, asset_service
from tests.workflows.generation_studio import QueueOnPaper

PROMPT = "15 second vertical ad for Lumo, a reading lamp for people who read at night. Warm and calm."
ALL = Page()
LANGUAGE_KEYS = ProviderKeys(
    openrouter=SecretStr(KEYS["openrouter"]), openai=SecretStr(KEYS["openai"]), anthropic=SecretStr(KEYS["anthropic"])
)


async def plainly(name: str, step: Callable[[], Coroutine[Any, Any, int]]) -> int:
    return await step()


@dataclass
class TaskEngine:
    """Stands for the durable engine: a workflow is a task of this loop, one for each id."""

    run: Callable[[int, int], Coroutine[Any, Any, None]] | None = None
    is_held: bool = False
    tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict[str, "asyncio.Task[None]"])
    submitted: list[str] = field(default_factory=list[str])

    async def submit(self, workflow: str, *, workflow_id: str, subject_id: int, run: int, queue: str) -> None:
        self.submitted.append(workflow_id)
        if self.run is not None and not self.is_held and workflow_id not in self.tasks:
            self.tasks[workflow_id] = asyncio.create_task(self.run(subject_id, run))

    async def liveness(self, workflow_id: str) -> Liveness:
        task = self.tasks.get(workflow_id)
        return "absent" if task is None else "ended" if task.done() else "alive"

    async def cancel(self, workflow_id: str) -> None:
        task = self.tasks.get(workflow_id)
        if task is not None:
            task.cancel()

    async def at_rest(self) -> None:
        """Wait until nothing runs."""
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)


@dataclass
class BriefStudio:
    """Everything around briefs."""

    database: Database
    engine: TaskEngine
    worklog: BriefWorklog
    planner: BriefPlanner
    workflow: BriefWorkflow
    service: BriefService
    desk: BriefDesk
    media: BriefMediaDesk
    generations: GenerationService
    generation_log: GenerationWorklog
    references: ReferenceRoom
    answers: AnswerArchive
    assets: AssetService
    blobs: DatabaseBlobStore
    keys: KeyService
    till: Till


def open_brief_studio(
    database: Database,
    sandbox: MediaSandbox,
    *,
    clock: Clock,
    keys: ProviderKeys | None = None,
    hosted: HostedSettings | None = None,
    patience_s: float = 30.0,
) -> BriefStudio:
    blobs = DatabaseBlobStore(database, clock=clock)
    cutting = CuttingRoom(blobs=blobs, clips=ClipShelf(database, clock=clock), conformer=Conformer(sandbox))
    tools = making_tools(database, blobs=blobs, cutting=cutting, sandbox=sandbox, clock=clock, keys=keys, hosted=hosted)
    engine = TaskEngine()
    worklog, service = BriefWorklog(database, clock=clock), BriefService(database, clock=clock)
    references = ReferenceRoom(blobs=blobs, reader=ReferenceReader(sandbox))
    till = Till(database, clock=clock, settings=CostSettings())
    answers = AnswerArchive(database, clock=clock)
    planner = BriefPlanner(
        worklog=worklog,
        shelf=PictureShelf(database),
        references=references,
        chain=tools.planning.chain,
        till=till,
        prices=PriceBook(BUILT_IN_PRICES).estimate_tokens,
        answers=answers.shelf_for,
    )
    workflow = BriefWorkflow(worklog, planner, checkpointed=plainly)
    engine.run = workflow.run
    generation_log = GenerationWorklog(database, clock=clock)
    generations = GenerationService(database, blobs=blobs, clock=clock)
    return BriefStudio(
        database=database,
        engine=engine,
        worklog=worklog,
        planner=planner,
        workflow=workflow,
        service=service,
        desk=BriefDesk(
            engine=cast(Engine, engine),
            briefs=service,
            worklog=worklog,
            references=references,
            blobs=blobs,
            till=till,
            patience_s=patience_s,
        ),
        media=BriefMediaDesk(
            briefs=service,
            book=tools.book,
            desk=GenerationDesk(
                engine=cast(Engine, QueueOnPaper()),
                worklog=generation_log,
                card=Cards().find,
                prices=PriceBook(BUILT_IN_PRICES),
                bells=Bells(),
            ),
            generations=generations,
        ),
        generations=generations,
        generation_log=generation_log,
        references=references,
        answers=answers,
        assets=asset_service(database, blobs=blobs, clock=clock, settings=AssetSettings()),
        blobs=blobs,
        keys=KeyService(database, secret_key=SECRET_KEY, workspace=keys or ProviderKeys(), clock=clock),
        till=till,
    )


def asked(client: Client, **changes: object) -> BriefRequest:
    return BriefRequest.model_validate({"prompt": PROMPT, "client_id": client.id} | changes)


def keys_of(keys: ProviderKeys) -> list[SecretStr]:
    return [key for key in (keys.openrouter, keys.openai, keys.anthropic) if key is not None]


async def intents(database: Database) -> list[SpendingIntentRow]:
    async with database.read() as session:
        return list(await session.scalars(select(SpendingIntentRow).order_by(SpendingIntentRow.created_at)))


async def orders(database: Database) -> list[BriefOrderRow]:
    async with database.read() as session:
        return list(await session.scalars(select(BriefOrderRow).order_by(BriefOrderRow.id)))


async def count(database: Database, model: type[BriefRow] | type[BlobRow]) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def blob_count(database: Database) -> int:
    return await count(database, BlobRow)

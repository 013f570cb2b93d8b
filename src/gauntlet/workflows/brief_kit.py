"""Everything that briefs need, put together out of what `bootstrap` chooses."""

from dataclasses import dataclass

from gauntlet.core.clock import Clock
from gauntlet.db.session import Database
from gauntlet.domain.briefs.answers import AnswerArchive
from gauntlet.domain.briefs.rules import KEPT_ANSWERS_AGE
from gauntlet.domain.briefs.service import BriefService
from gauntlet.domain.briefs.worklog import BriefWorklog
from gauntlet.domain.costs.till import Till
from gauntlet.domain.jobs.pictures import PictureShelf
from gauntlet.storage.base import BlobStore
from gauntlet.workflows.brief_media import BriefMediaDesk
from gauntlet.workflows.brief_planning import BriefPlanner, BriefWorkflow, FindChain
from gauntlet.workflows.briefs import BriefDesk
from gauntlet.workflows.engine import Engine
from gauntlet.workflows.generation_kit import GenerationKit
from gauntlet.workflows.meter import TokenPrices
from gauntlet.workflows.orders import OrderBook
from gauntlet.workflows.references import ReferenceRoom


@dataclass(frozen=True, slots=True)
class BriefParts:
    """What is chosen elsewhere."""

    database: Database
    clock: Clock
    blobs: BlobStore
    engine: Engine
    till: Till
    prices: TokenPrices
    shelf: PictureShelf
    references: ReferenceRoom
    chain: FindChain
    answers: AnswerArchive
    book: OrderBook
    generations: GenerationKit


@dataclass(frozen=True, slots=True)
class BriefKit:
    """What others call."""

    service: BriefService
    desk: BriefDesk
    media: BriefMediaDesk
    workflow: BriefWorkflow
    answers: AnswerArchive

    async def keep_up(self) -> None:
        """Take up lost work, go on where budgets allow it again, and forget old answers."""
        await self.desk.take_up_lost_work()
        await self.desk.resume_paused()
        await self.answers.sweep(older_than=KEPT_ANSWERS_AGE)


def brief_kit(parts: BriefParts) -> BriefKit:
    """Put it together."""
    service = BriefService(parts.database, clock=parts.clock)
    worklog = BriefWorklog(parts.database, clock=parts.clock)
    planner = BriefPlanner(
        worklog=worklog,
        shelf=parts.shelf,
        references=parts.references,
        chain=parts.chain,
        till=parts.till,
        prices=parts.prices,
        answers=parts.answers.shelf_for,
    )
    return BriefKit(
        service=service,
        desk=BriefDesk(
            engine=parts.engine,
            briefs=service,
            worklog=worklog,
            references=parts.references,
            blobs=parts.blobs,
            till=parts.till,
        ),
        media=BriefMediaDesk(
            briefs=service, book=parts.book, desk=parts.generations.desk, generations=parts.generations.service
        ),
        workflow=BriefWorkflow(worklog, planner),
        answers=parts.answers,
    )

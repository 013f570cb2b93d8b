"""What the desk of jobs and their workflows share where models make things: put together in one place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from gauntlet.core.settings import HostedSettings
from gauntlet.domain.clients.keys import KeyService
from gauntlet.domain.costs.prices import PriceBook
from gauntlet.domain.costs.till import Till
from gauntlet.domain.jobs.medialog import MediaLog
from gauntlet.domain.jobs.pictures import PictureShelf
from gauntlet.providers.base import Planner
from gauntlet.providers.llm.contract import AnswerShelf
from gauntlet.workflows.edits import StoryboardEditor
from gauntlet.workflows.estimates import EstimateRoom
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.media import GenerationOffice, MediaRoom
from gauntlet.workflows.orders import FindCard, OrderBook
from gauntlet.workflows.planning import PlanningRoom
from gauntlet.workflows.references import ReferenceRoom
from gauntlet.workflows.rehearsal import Rehearsal


@dataclass(frozen=True, slots=True)
class MakingTools:
    """Planning, orders to models, estimates, and what is written of them."""

    log: MediaLog
    media: MediaRoom
    book: OrderBook
    planning: PlanningRoom
    estimates: EstimateRoom
    rehearsal: Rehearsal
    editor: StoryboardEditor
    till: Till

    @classmethod
    def of(
        cls,
        *,
        log: MediaLog,
        shelf: PictureShelf,
        cutting: CuttingRoom,
        references: ReferenceRoom,
        planner: Planner,
        keys: KeyService,
        till: Till,
        prices: PriceBook,
        settings: HostedSettings,
        answers: Callable[[UUID], AnswerShelf],
        office: GenerationOffice,
        card: FindCard,
    ) -> Self:
        """Return the tools over what they work with."""
        book = OrderBook(card)
        estimates = EstimateRoom(prices=prices, log=log)
        planning = PlanningRoom(
            planner=planner,
            shelf=shelf,
            references=references,
            keys=keys,
            till=till,
            prices=prices,
            settings=settings,
            answers=answers,
        )
        return cls(
            log=log,
            media=MediaRoom(office),
            book=book,
            planning=planning,
            estimates=estimates,
            rehearsal=Rehearsal(planning=planning, shelf=shelf, book=book, estimates=estimates),
            editor=StoryboardEditor(shelf=shelf, cutting=cutting, planning=planning, book=book, log=log),
            till=till,
        )

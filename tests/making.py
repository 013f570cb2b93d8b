"""The tools that jobs make things with, over real services; models are the built-in ones unless a test gives others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from gauntlet.core.clock import Clock
from gauntlet.core.settings import CostSettings, HostedSettings, ProviderKeys
from gauntlet.db.session import Database
from gauntlet.domain.briefs.answers import AnswerArchive
from gauntlet.domain.clients.keys import KeyService
from gauntlet.domain.costs.price_list import BUILT_IN_PRICES
from gauntlet.domain.costs.prices import PriceBook
from gauntlet.domain.costs.till import Till
from gauntlet.domain.jobs.medialog import MediaLog
from gauntlet.domain.jobs.pictures import PictureShelf
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.media.sandbox.references import ReferenceReader
from gauntlet.providers.base import ProviderRejected
from gauntlet.providers.local.models.cards import BUILT_IN_MODELS
from gauntlet.providers.local.planner.planner import BuiltInPlanner
from gauntlet.providers.predictions import ModelCard
from gauntlet.storage.base import BlobStore
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.making import MakingTools
from gauntlet.workflows.media import GenerationOffice
from gauntlet.workflows.references import ReferenceRoom
from tests.offices import ScriptedOffice
from tests.services import SECRET_KEY


@dataclass
class Cards:
    """Models to choose from."""

    more: Mapping[str, ModelCard] = field(default_factory=dict[str, ModelCard])

    async def find(self, model: str, client_id: UUID) -> ModelCard:
        known = {card.id: card for card in BUILT_IN_MODELS} | dict(self.more)
        if model not in known:
            raise ProviderRejected(f"There is no model {model}.", details={"status": 404})
        return known[model]


def making_tools(
    database: Database,
    *,
    blobs: BlobStore,
    cutting: CuttingRoom,
    sandbox: MediaSandbox,
    clock: Clock,
    office: GenerationOffice | None = None,
    cards: Cards | None = None,
    keys: ProviderKeys | None = None,
    hosted: HostedSettings | None = None,
) -> MakingTools:
    return MakingTools.of(
        log=MediaLog(database, clock=clock),
        shelf=PictureShelf(database),
        cutting=cutting,
        references=ReferenceRoom(blobs=blobs, reader=ReferenceReader(sandbox)),
        planner=BuiltInPlanner(),
        keys=KeyService(database, secret_key=SECRET_KEY, workspace=keys or ProviderKeys(), clock=clock),
        till=Till(database, clock=clock, settings=CostSettings()),
        prices=PriceBook(BUILT_IN_PRICES),
        settings=hosted or HostedSettings(),
        answers=AnswerArchive(database, clock=clock).shelf_for,
        office=office or ScriptedOffice(),
        card=(cards or Cards()).find,
    )

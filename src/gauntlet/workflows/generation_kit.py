"""Everything that generated media need, put together out of what `bootstrap` chooses."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import JsonValue

from gauntlet.core.clock import Clock
from gauntlet.core.settings import Settings
from gauntlet.db.session import Database
from gauntlet.domain.assets.intake import Inspector
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.costs.till import Till
from gauntlet.domain.generations.service import GenerationService
from gauntlet.domain.generations.worklog import GenerationWorklog
from gauntlet.providers.local.models.running import run_local
from gauntlet.providers.predictions import MediaModels, WebhookVerifier
from gauntlet.providers.web.fetching import RemoteFetcher
from gauntlet.render.pool import RenderPool
from gauntlet.storage.base import BlobStore
from gauntlet.workflows.bells import Bells
from gauntlet.workflows.engine import Engine, WorkQueue
from gauntlet.workflows.generating import GenerationTools, GenerationWorkflow
from gauntlet.workflows.generations import FindCard, GenerationDesk, hosted_queue
from gauntlet.workflows.given_files import FileSender
from gauntlet.workflows.media_desk import MediaDesk
from gauntlet.workflows.outputs import MediaStore
from gauntlet.workflows.spending import MediaPrices, OrderTerms, Pace, PaidOrders
from gauntlet.workflows.watching import Watch
from gauntlet.workflows.webhooks import WebhookDesk


@dataclass(frozen=True, slots=True)
class GenerationParts:
    """What is chosen elsewhere."""

    settings: Settings
    database: Database
    clock: Clock
    blobs: BlobStore
    inspector: Inspector
    engine: Engine
    till: Till
    prices: MediaPrices
    assets: AssetService
    pool: RenderPool
    card: FindCard
    models_for: Callable[[UUID | None], Awaitable[MediaModels]]
    webhooks_for: Callable[[UUID | None], Awaitable[WebhookVerifier]]
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, slots=True)
class GenerationKit:
    """What others call."""

    service: GenerationService
    worklog: GenerationWorklog
    desk: GenerationDesk
    media: MediaDesk
    webhooks: WebhookDesk
    workflow: GenerationWorkflow
    queue: WorkQueue


def generation_kit(parts: GenerationParts) -> GenerationKit:
    """Put it together."""
    settings, clock, till = parts.settings, parts.clock, parts.till
    bells, worklog = Bells(), GenerationWorklog(parts.database, clock=clock)
    service = GenerationService(parts.database, blobs=parts.blobs, clock=clock)
    desk = GenerationDesk(engine=parts.engine, worklog=worklog, card=parts.card, prices=parts.prices, bells=bells)
    return GenerationKit(
        service=service,
        worklog=worklog,
        desk=desk,
        media=MediaDesk(
            desk=desk,
            service=service,
            assets=parts.assets,
            fetcher=RemoteFetcher(settings.fetch),
            blobs=parts.blobs,
            inspector=parts.inspector,
            settings=settings.assets,
        ),
        webhooks=WebhookDesk(
            till=till, worklog=worklog, desk=desk, bells=bells, clock=clock, verifier_for=parts.webhooks_for
        ),
        workflow=GenerationWorkflow(_tools(parts, worklog, bells)),
        queue=hosted_queue(settings.hosted),
    )


def webhook_base_url(settings: Settings) -> str | None:
    """Return where services send webhooks: as set, else this server's own address where that is HTTPS, else nowhere."""
    if settings.hosted.webhook_base_url is not None:
        return settings.hosted.webhook_base_url
    base_url = settings.base_url
    return base_url if base_url is not None and base_url.lower().startswith("https://") else None


def _tools(parts: GenerationParts, worklog: GenerationWorklog, bells: Bells) -> GenerationTools:
    terms = OrderTerms(
        deadline_s=parts.settings.hosted.prediction_deadline_s,
        webhook_base_url=webhook_base_url(parts.settings),
        pace=parts.pace,
    )
    services = _Services(parts.models_for)
    return GenerationTools(
        worklog=worklog,
        till=parts.till,
        orders=PaidOrders(
            till=parts.till, worklog=worklog, services=services, bells=bells, clock=parts.clock, terms=terms
        ),
        watch=Watch(worklog=worklog, services=services, bells=bells, clock=parts.clock, terms=terms),
        media=MediaStore(blobs=parts.blobs, inspector=parts.inspector, settings=parts.settings.assets),
        files=FileSender(worklog=worklog, blobs=parts.blobs),
        services=services,
        local=_PoolModels(parts.pool),
        prices=parts.prices,
        blobs=parts.blobs,
        bells=bells,
        terms=terms,
    )


@dataclass(frozen=True, slots=True)
class _Services:
    find: Callable[[UUID | None], Awaitable[MediaModels]]

    async def models_for(self, client_id: UUID) -> MediaModels:
        return await self.find(client_id)


@dataclass(frozen=True, slots=True)
class _PoolModels:
    """The built-in models, run in the processes that draw and sound everything else."""

    pool: RenderPool

    async def run(self, model: str, inputs: Mapping[str, JsonValue], files: Mapping[str, bytes]) -> bytes:
        made = await self.pool.run(run_local, model=model, inputs=dict(inputs), files=dict(files))
        return made.data

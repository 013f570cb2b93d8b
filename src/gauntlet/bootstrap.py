"""Settings in, a working Gauntlet out: the only place that chooses which implementation is used."""

import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final, Literal
from uuid import UUID

from pydantic import SecretStr

from gauntlet.core.clock import Clock, SystemClock
from gauntlet.core.data_directory import BLOBS_DIRECTORY_NAME, prepare_data_dir, worker_id, workflows_url
from gauntlet.core.errors import Misconfigured
from gauntlet.core.secrets import SECRET_FILE_NAME, load_or_create_secret
from gauntlet.core.settings import Settings
from gauntlet.db.migrate import upgrade
from gauntlet.db.session import Database
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.admin.audit import AuditLog
from gauntlet.domain.assets.quarantine import QuarantineService
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.assets.usage import UsageService
from gauntlet.domain.briefs.answers import AnswerArchive
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.keys import KeyService
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.costs.budgets import BudgetService
from gauntlet.domain.costs.price_list import BUILT_IN_PRICES
from gauntlet.domain.costs.prices import PriceBook, open_price_book
from gauntlet.domain.costs.reports import CostService
from gauntlet.domain.costs.till import Till
from gauntlet.domain.jobs.clips import ClipShelf
from gauntlet.domain.jobs.medialog import MediaLog
from gauntlet.domain.jobs.pictures import PictureShelf
from gauntlet.domain.jobs.reader import JobReader
from gauntlet.domain.jobs.service import JobService
from gauntlet.domain.jobs.worklog import JobWorklog
from gauntlet.domain.news.feed import NewsFeed
from gauntlet.domain.uploads.service import UploadService
from gauntlet.media.sandbox.conforming import Conformer
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.media.sandbox.references import ReferenceReader
from gauntlet.providers.local.planner.planner import BuiltInPlanner
from gauntlet.providers.replicate.accounts import ReplicateAccounts
from gauntlet.providers.web.fetching import RemoteFetcher
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.pool import RenderPool
from gauntlet.render.typography.fonts import font_files
from gauntlet.storage.contents import ContentStore, ContentStores, StoreName
from gauntlet.storage.database import DatabaseContents
from gauntlet.storage.filesystem import FileContents
from gauntlet.storage.keeper import StorageKeeper
from gauntlet.storage.library import BlobLibrary
from gauntlet.storage.s3 import S3Contents
from gauntlet.workflows.brand_previews import BrandRoom
from gauntlet.workflows.brief_kit import BriefKit, BriefParts, brief_kit
from gauntlet.workflows.brief_planning import BRIEF_WORKFLOW, BRIEFS_QUEUE
from gauntlet.workflows.catalogue import ModelCatalogue
from gauntlet.workflows.container import Container
from gauntlet.workflows.engine import JOBS_QUEUE, Engine
from gauntlet.workflows.films import FILM_WORKFLOW, FilmWorkflow
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.generating import GENERATION_WORKFLOW
from gauntlet.workflows.generation_kit import GenerationKit, GenerationParts, generation_kit
from gauntlet.workflows.histories import JobHistories
from gauntlet.workflows.jobs import JobDesk
from gauntlet.workflows.making import MakingTools
from gauntlet.workflows.previews import PreviewRoom
from gauntlet.workflows.references import ReferenceRoom
from gauntlet.workflows.remote_files import RemoteUploads
from gauntlet.workflows.storyboards import STORYBOARD_WORKFLOW, StoryboardWorkflow
from gauntlet.workflows.studio import Studio
from gauntlet.workflows.timelines import TimelineShelf
from gauntlet.workflows.upkeep import Upkeep
from gauntlet.workflows.usage_check import wrong_usage
from gauntlet.workflows.worker import Worker
from gauntlet.workflows.worker_lock import WorkerLock

GARBAGE_AGE: Final = timedelta(hours=1)

Role = Literal["worker", "client", "either"]


@asynccontextmanager
async def open_container(settings: Settings, *, role: Role = "either") -> AsyncGenerator[Container]:
    """Open a data directory and everything on it; close it all at the end.

    `worker` runs workflows in this process and raises `Misconfigured` where another one does already; `client` never
    does; `either` does where no other process does, and as soon as none does any more.
    """
    prepare_data_dir(settings.data_dir)
    lock = None if role == "client" else WorkerLock.try_take(settings.data_dir)
    if role == "worker" and lock is None:
        raise Misconfigured(
            f"Another Gauntlet works on the data directory {settings.data_dir} already.",
            next_step="Stop it first, or choose another directory with --data-dir or GAUNTLET_DATA_DIR.",
        )
    database = Database.open(settings.effective_database_url)
    try:
        await upgrade(database.engine)
        async with (
            MediaSandbox(settings.media, font_files=font_files(settings.render.fonts_dir)) as sandbox,
            _serve(settings, database, sandbox, role=role, lock=lock) as container,
        ):
            yield container
    finally:
        await database.close()
        if lock is not None:
            lock.free()


def content_stores(settings: Settings, database: Database, *, clock: Clock) -> ContentStores:
    """Return the stores that hold bytes or may hold some from an earlier choice; one of them takes what is new.

    Raises `Misconfigured` where S3 is chosen and no bucket named. Nothing is connected or made yet.
    """
    chosen = settings.storage
    stores: dict[StoreName, ContentStore] = {
        "database": DatabaseContents(database, clock=clock),
        "filesystem": FileContents(chosen.directory or settings.data_dir.absolute() / BLOBS_DIRECTORY_NAME),
    }
    if chosen.s3_bucket:
        stores["s3"] = S3Contents(chosen)
    if chosen.kind not in stores:
        raise Misconfigured(
            "Bytes are to be kept on S3, and no bucket is named.",
            next_step="Set GAUNTLET_STORAGE__S3_BUCKET, or another GAUNTLET_STORAGE__KIND.",
        )
    return ContentStores(by_name=stores, default=chosen.kind)


@asynccontextmanager
async def _serve(
    settings: Settings, database: Database, sandbox: MediaSandbox, *, role: Role, lock: WorkerLock | None
) -> AsyncGenerator[Container]:
    ground = _ground(settings, database, sandbox)
    shop = _shop(ground)
    rooms = _rooms(ground, shop)
    studio = _studio(ground, rooms)
    desk = JobDesk(
        engine=ground.engine,
        jobs=JobService(database, clock=ground.clock),
        reader=JobReader(database),
        worklog=studio.worklog,
        making=rooms.making,
    )
    worker = _worker(ground, shop, rooms, studio, desk)
    works = worker.working() if lock else worker.handing_over(heir_of=None if role == "client" else settings.data_dir)
    async with contextlib.aclosing(shop.replicate), rooms.previews, works:
        yield _container(ground, shop, rooms, desk)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What everything stands on."""

    settings: Settings
    database: Database
    clock: Clock
    blobs: BlobLibrary
    sandbox: MediaSandbox
    secret_key: bytes
    engine: Engine
    pool: RenderPool
    assets: AssetService
    usage: UsageService
    uploads: UploadService


def _ground(settings: Settings, database: Database, sandbox: MediaSandbox) -> _Ground:
    clock = SystemClock()
    blobs = BlobLibrary(database, content_stores(settings, database, clock=clock), clock=clock)
    secret_key = load_or_create_secret(settings.data_dir / SECRET_FILE_NAME)
    assets = AssetService(
        database,
        blobs=blobs,
        inspector=sandbox,
        settings=settings.assets,
        clock=clock,
        secret_key=secret_key,
    )
    return _Ground(
        settings=settings,
        database=database,
        clock=clock,
        blobs=blobs,
        sandbox=sandbox,
        secret_key=secret_key,
        engine=Engine(system_database_url=workflows_url(settings), executor_id=worker_id(settings.data_dir)),
        pool=RenderPool(settings.render.workers, fonts_dir=settings.render.fonts_dir),
        assets=assets,
        usage=UsageService(database, settings=settings.assets),
        uploads=UploadService(database, blobs=blobs, assets=assets, settings=settings.assets, clock=clock),
    )


@dataclass(frozen=True, slots=True)
class _Shop:
    """What costs money: whose keys, what it costs, where it is booked, who sells it."""

    keys: KeyService
    prices: PriceBook
    till: Till
    replicate: ReplicateAccounts
    catalogue: ModelCatalogue


def _shop(ground: _Ground) -> _Shop:
    settings = ground.settings
    keys = KeyService(ground.database, secret_key=ground.secret_key, workspace=settings.keys, clock=ground.clock)
    prices = open_price_book(settings.costs.prices_file, built_in=BUILT_IN_PRICES)
    replicate = ReplicateAccounts(
        settings.hosted,
        key_for=partial(_replicate_key, settings, keys),
        workspace_key=settings.keys.replicate,
        clock=ground.clock,
    )
    return _Shop(
        keys=keys,
        prices=prices,
        till=Till(ground.database, clock=ground.clock, settings=settings.costs),
        replicate=replicate,
        catalogue=ModelCatalogue(replicate, prices=prices, clock=ground.clock),
    )


@dataclass(frozen=True, slots=True)
class _Rooms:
    """Where media, briefs and storyboards are made."""

    shelf: PictureShelf
    cutting: CuttingRoom
    generations: GenerationKit
    making: MakingTools
    briefs: BriefKit
    previews: PreviewRoom


def _rooms(ground: _Ground, shop: _Shop) -> _Rooms:
    generations = _generations(ground, shop)
    shelf = PictureShelf(ground.database)
    clips = ClipShelf(ground.database, clock=ground.clock)
    cutting = CuttingRoom(blobs=ground.blobs, clips=clips, conformer=Conformer(ground.sandbox))
    references = ReferenceRoom(blobs=ground.blobs, reader=ReferenceReader(ground.sandbox))
    answers = AnswerArchive(ground.database, clock=ground.clock)
    making = MakingTools.of(
        log=MediaLog(ground.database, clock=ground.clock),
        shelf=shelf,
        cutting=cutting,
        references=references,
        planner=BuiltInPlanner(),
        keys=shop.keys,
        till=shop.till,
        prices=shop.prices,
        settings=ground.settings.hosted,
        answers=answers.shelf_for,
        office=generations.desk,
        card=shop.catalogue.card,
    )
    briefs = brief_kit(
        BriefParts(
            database=ground.database,
            clock=ground.clock,
            blobs=ground.blobs,
            engine=ground.engine,
            till=shop.till,
            prices=shop.prices.estimate_tokens,
            shelf=shelf,
            references=references,
            chain=making.planning.chain,
            answers=answers,
            book=making.book,
            generations=generations,
        )
    )
    previews = PreviewRoom(
        reader=JobReader(ground.database),
        editor=making.editor,
        blobs=ground.blobs,
        clips=clips,
        cutting=cutting,
        encoder=EncoderSettings.of(ground.settings.render),
        fonts_dir=ground.settings.render.fonts_dir,
    )
    return _Rooms(
        shelf=shelf, cutting=cutting, generations=generations, making=making, briefs=briefs, previews=previews
    )


def _generations(ground: _Ground, shop: _Shop) -> GenerationKit:
    return generation_kit(
        GenerationParts(
            settings=ground.settings,
            database=ground.database,
            clock=ground.clock,
            blobs=ground.blobs,
            inspector=ground.sandbox,
            engine=ground.engine,
            till=shop.till,
            prices=shop.prices,
            assets=ground.assets,
            pool=ground.pool,
            card=shop.catalogue.card,
            models_for=shop.replicate.models_for,
            webhooks_for=shop.replicate.webhooks_for,
        )
    )


def _studio(ground: _Ground, rooms: _Rooms) -> Studio:
    fonts_dir = ground.settings.render.fonts_dir
    return Studio(
        worklog=JobWorklog(ground.database, clock=ground.clock),
        shelf=rooms.shelf,
        blobs=ground.blobs,
        pool=ground.pool,
        encoder=EncoderSettings.of(ground.settings.render),
        timelines=TimelineShelf(fonts_dir=fonts_dir),
        cutting=rooms.cutting,
        making=rooms.making,
    )


def _worker(ground: _Ground, shop: _Shop, rooms: _Rooms, studio: Studio, desk: JobDesk) -> Worker:
    return Worker(
        engine=ground.engine,
        workflows={
            STORYBOARD_WORKFLOW: StoryboardWorkflow(studio).run,
            FILM_WORKFLOW: FilmWorkflow(studio).run,
            GENERATION_WORKFLOW: rooms.generations.workflow.run,
            BRIEF_WORKFLOW: rooms.briefs.workflow.run,
        },
        queues=(JOBS_QUEUE, rooms.generations.queue, BRIEFS_QUEUE),
        pool=ground.pool,
        sandbox=ground.sandbox,
        upkeep=Upkeep(
            jobs=desk,
            generations=rooms.generations,
            briefs=rooms.briefs,
            till=shop.till,
            uploads=ground.uploads,
            assets=ground.assets,
            cutting=rooms.cutting,
            collect_garbage=partial(ground.blobs.collect_garbage, older_than=GARBAGE_AGE),
        ),
    )


def _container(ground: _Ground, shop: _Shop, rooms: _Rooms, desk: JobDesk) -> Container:
    settings, database, clock = ground.settings, ground.database, ground.clock
    clients = ClientService(database, clock=clock)
    return Container(
        settings=settings,
        database=database,
        blobs=ground.blobs,
        storage=StorageKeeper(ground.blobs, verifiers=[partial(wrong_usage, ground.usage)], clock=clock),
        accounts=AccountService(database, secret_key=ground.secret_key, settings=settings.accounts, clock=clock),
        audit=AuditLog(database, clock=clock),
        clients=clients,
        brand_previews=BrandRoom(
            rooms.previews, clients=clients, shelf=rooms.shelf, fonts_dir=settings.render.fonts_dir
        ),
        keys=shop.keys,
        campaigns=CampaignService(database, clock=clock),
        prices=shop.prices,
        till=shop.till,
        costs=CostService(database, till=shop.till),
        budgets=BudgetService(database, clock=clock),
        replicate=shop.replicate,
        catalogue=shop.catalogue,
        briefs=rooms.briefs.service,
        brief_desk=rooms.briefs.desk,
        brief_media=rooms.briefs.media,
        generations=rooms.generations.service,
        generation_desk=rooms.generations.desk,
        media=rooms.generations.media,
        webhooks=rooms.generations.webhooks,
        assets=ground.assets,
        usage=ground.usage,
        quarantine=QuarantineService(database, settings=settings.assets, clock=clock),
        uploads=ground.uploads,
        remote_uploads=RemoteUploads(
            ground.assets, RemoteFetcher(settings.fetch), size_limit_bytes=settings.assets.size_limit_bytes
        ),
        jobs=JobReader(database),
        news=NewsFeed(database, clock=clock),
        desk=desk,
        histories=JobHistories(ground.engine, database),
        previews=rooms.previews,
        engine=ground.engine,
        secret_key=ground.secret_key,
    )


async def _replicate_key(settings: Settings, keys: KeyService, client_id: UUID | None) -> SecretStr | None:
    """Return the key that Replicate is asked with: a client's own or else the workspace's."""
    return settings.keys.replicate if client_id is None else await keys.key_for(client_id, "replicate")

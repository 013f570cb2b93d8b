"""Settings in, a working Gauntlet out: the only place that chooses which implementation is used."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final, Literal

import structlog

from gauntlet.core.clock import Clock, SystemClock
from gauntlet.core.errors import GauntletError, Misconfigured, StorageFailed
from gauntlet.core.ids import new_uuid
from gauntlet.core.secrets import SECRET_FILE_NAME, load_or_create_secret
from gauntlet.core.settings import Settings
from gauntlet.db.migrate import upgrade
from gauntlet.db.session import Database
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.assets.quarantine import QuarantineService
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.assets.usage import UsageService
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.jobs.clips import ClipShelf
from gauntlet.domain.jobs.pictures import PictureShelf
from gauntlet.domain.jobs.reader import JobReader
from gauntlet.domain.jobs.service import JobService
from gauntlet.domain.jobs.worklog import JobWorklog
from gauntlet.domain.uploads.service import UploadService
from gauntlet.media.sandbox.conforming import Conformer
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.providers.local.planner.planner import BuiltInPlanner
from gauntlet.providers.web.fetching import RemoteFetcher
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.pool import RenderPool
from gauntlet.render.typography.fonts import font_files
from gauntlet.storage.base import BlobStore
from gauntlet.storage.contents import ContentStore, ContentStores, StoreName
from gauntlet.storage.database import DatabaseContents
from gauntlet.storage.filesystem import FileContents
from gauntlet.storage.keeper import StorageKeeper
from gauntlet.storage.library import BlobLibrary
from gauntlet.storage.reports import Finding
from gauntlet.storage.s3 import S3Contents
from gauntlet.workflows.engine import Engine
from gauntlet.workflows.films import FILM_WORKFLOW, FilmWorkflow
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.jobs import JobDesk
from gauntlet.workflows.remote_files import RemoteUploads
from gauntlet.workflows.storyboards import STORYBOARD_WORKFLOW, StoryboardWorkflow
from gauntlet.workflows.studio import Studio
from gauntlet.workflows.timelines import TimelineShelf
from gauntlet.workflows.worker_lock import WorkerLock

WORKER_ID_FILE_NAME: Final = "worker.id"
WORKFLOWS_FILE_NAME: Final = "workflows.db"
BLOBS_DIRECTORY_NAME: Final = "blobs"
GARBAGE_AGE: Final = timedelta(hours=1)
_UPKEEP_INTERVAL_S: Final = 5.0
_GARBAGE_EVERY: Final = 60  # rounds of upkeep: whatever nobody refers to is looked for among all blobs
_TAKE_OVER_INTERVAL_S: Final = 0.5

log = structlog.get_logger(__name__)

Role = Literal["worker", "client", "either"]
_Working = Callable[[], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Container:
    """Everything that the API and the command line call."""

    settings: Settings
    database: Database
    blobs: BlobStore
    storage: StorageKeeper
    accounts: AccountService
    clients: ClientService
    campaigns: CampaignService
    assets: AssetService
    usage: UsageService
    quarantine: QuarantineService
    uploads: UploadService
    remote_uploads: RemoteUploads
    jobs: JobReader
    desk: JobDesk
    engine: Engine
    secret_key: bytes


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


def prepare_data_dir(data_dir: Path) -> None:
    """Make the data directory where there is none; raises `Misconfigured` where it cannot be."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"The data directory {data_dir} cannot be made: {error.strerror}.",
            next_step="Choose another with --data-dir or GAUNTLET_DATA_DIR, or change its parent's permissions.",
            details={"path": str(data_dir)},
        ) from error


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
    clock = SystemClock()
    blobs = BlobLibrary(database, content_stores(settings, database, clock=clock), clock=clock)
    secret_key = load_or_create_secret(settings.data_dir / SECRET_FILE_NAME)
    worklog = JobWorklog(database, clock=clock)
    shelf = PictureShelf(database)
    jobs = JobReader(database)
    planner = BuiltInPlanner()
    cutting = CuttingRoom(blobs=blobs, clips=ClipShelf(database, clock=clock), conformer=Conformer(sandbox))
    engine = Engine(system_database_url=_workflows_url(settings), executor_id=_worker_id(settings.data_dir))
    desk = JobDesk(
        engine=engine,
        jobs=JobService(database, clock=clock),
        reader=jobs,
        worklog=worklog,
        shelf=shelf,
        planner=planner,
        cutting=cutting,
    )
    assets = AssetService(
        database,
        blobs=blobs,
        inspector=sandbox,
        settings=settings.assets,
        clock=clock,
        secret_key=secret_key,
    )
    usage = UsageService(database, settings=settings.assets)
    uploads = UploadService(database, blobs=blobs, assets=assets, settings=settings.assets, clock=clock)
    container = Container(
        settings=settings,
        database=database,
        blobs=blobs,
        storage=StorageKeeper(blobs, verifiers=[partial(_wrong_usage, usage)], clock=clock),
        accounts=AccountService(database, secret_key=secret_key, settings=settings.accounts, clock=clock),
        clients=ClientService(database, clock=clock),
        campaigns=CampaignService(database, clock=clock),
        assets=assets,
        usage=usage,
        quarantine=QuarantineService(database, settings=settings.assets, clock=clock),
        uploads=uploads,
        remote_uploads=RemoteUploads(
            assets, RemoteFetcher(settings.fetch), size_limit_bytes=settings.assets.size_limit_bytes
        ),
        jobs=jobs,
        desk=desk,
        engine=engine,
        secret_key=secret_key,
    )
    studio = Studio(
        worklog=worklog,
        shelf=shelf,
        blobs=blobs,
        planner=planner,
        pool=RenderPool(settings.render.workers, fonts_dir=settings.render.fonts_dir),
        encoder=EncoderSettings.of(settings.render),
        timelines=TimelineShelf(fonts_dir=settings.render.fonts_dir),
        cutting=cutting,
    )
    working = partial(_working, engine, desk, studio, blobs, uploads, assets, sandbox)
    if lock is not None:
        async with working():
            yield container
    else:
        async with _handing_over(settings, engine, None if role == "client" else working):
            yield container


@asynccontextmanager
async def _working(
    engine: Engine,
    desk: JobDesk,
    studio: Studio,
    blobs: BlobLibrary,
    uploads: UploadService,
    assets: AssetService,
    sandbox: MediaSandbox,
) -> AsyncGenerator[None]:
    """Run workflows in this process for as long as the block lasts."""
    async with studio.pool:
        engine.launch(
            {
                STORYBOARD_WORKFLOW: StoryboardWorkflow(studio).run,
                FILM_WORKFLOW: FilmWorkflow(studio).run,
            }
        )
        await engine.open_queue()
        upkeep = asyncio.create_task(_keep_up(desk, blobs, uploads, assets, studio.cutting))
        warming = asyncio.create_task(_warm(studio, sandbox))
        try:
            yield
        finally:
            await _ended(warming)
            await _ended(upkeep)
            await engine.close()


@asynccontextmanager
async def _handing_over(settings: Settings, engine: Engine, working: _Working | None) -> AsyncGenerator[None]:
    """Hand work to the process that works; where `working` is given, take its place when it ends."""
    engine.connect()
    heir = None if working is None else asyncio.create_task(_take_over(settings, working))
    try:
        yield
    finally:
        if heir is not None:
            await _ended(heir)
        await engine.close()


async def _take_over(settings: Settings, working: _Working) -> None:
    """Wait until nobody works on the data directory, then do.

    The worker that this process handed its job to may be a `gauntlet make` that has only its own film to wait for.
    """
    while True:
        await asyncio.sleep(_TAKE_OVER_INTERVAL_S)
        lock = WorkerLock.try_take(settings.data_dir)
        if lock is None:
            continue
        log.info("worker.taken_over")
        try:
            async with working():
                await asyncio.Event().wait()
        finally:
            lock.free()


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _warm(studio: Studio, sandbox: MediaSandbox) -> None:
    """Start what the first upload would wait for, once what the first job waits for is there."""
    await studio.pool.ready()
    try:
        await sandbox.ready()
    except GauntletError as error:
        log.warning("sandbox.not_warmed", reason=error.message)  # the upload that needs it tells why


async def _wrong_usage(usage: UsageService, *, repair: bool) -> AsyncGenerator[Finding]:
    """Yield, as findings of a storage check, the clients whose counted use of space is wrong."""
    async for wrong in usage.verify(repair=repair):
        yield Finding(
            kind="wrong_usage",
            subject=f"client {wrong.client_id}",
            message=f"The client {wrong.client_id} is said to use {wrong.counted_bytes:,} bytes; its files take"
            f" {wrong.real_bytes:,}.",
            was_repaired=wrong.repaired,
            next_step=None if wrong.repaired else "Run gauntlet storage check --repair.",
        )


async def _keep_up(
    desk: JobDesk, blobs: BlobLibrary, uploads: UploadService, assets: AssetService, cutting: CuttingRoom
) -> None:
    """Take up lost work and sweep what crashes left, now and then."""
    for number in itertools.count():
        try:
            await desk.take_up_lost_work()
            await uploads.sweep()
            await assets.empty_bin()
            await cutting.sweep()
            if number % _GARBAGE_EVERY == 0:
                await blobs.collect_garbage(older_than=GARBAGE_AGE)
        except StorageFailed as error:
            log.warning("upkeep.postponed", reason=error.message)
        except Exception:
            # Upkeep is tried again soon; what it met (a full disk, a database away) must not end it for good.
            log.exception("upkeep.failed")
        await asyncio.sleep(_UPKEEP_INTERVAL_S)


def _workflows_url(settings: Settings) -> str:
    """Return where DBOS keeps its own tables: PostgreSQL beside ours, or an SQLite file of its own."""
    if settings.database_url is not None and settings.database_url.startswith("postgres"):
        return settings.database_url
    return f"sqlite:///{settings.data_dir.absolute() / WORKFLOWS_FILE_NAME}"


def _worker_id(data_dir: Path) -> str:
    """Return the name under which this data directory's worker takes up its own workflows, the same for ever.

    Workers that share a PostgreSQL must not share a name, so it is drawn by lot and kept.
    """
    path = data_dir / WORKER_ID_FILE_NAME
    if not path.exists():
        draft = path.with_suffix(f".{new_uuid().hex}")
        draft.write_text(new_uuid().hex)
        with contextlib.suppress(FileExistsError):
            # A link fails where the name exists: of two that start at once, one name wins for both.
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()

"""Working on a data directory, or leaving it to the process that does and taking its place when it ends."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog

from gauntlet.core.errors import GauntletError
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.render.pool import RenderPool
from gauntlet.workflows.engine import Engine, WorkflowFunction, WorkQueue
from gauntlet.workflows.upkeep import Upkeep
from gauntlet.workflows.worker_lock import WorkerLock

_TAKE_OVER_INTERVAL_S: Final = 0.5

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Worker:
    """All that working takes: the workflows, the queues that they come from, and the processes that do the work."""

    engine: Engine
    workflows: Mapping[str, WorkflowFunction]
    queues: Sequence[WorkQueue]
    pool: RenderPool
    sandbox: MediaSandbox
    upkeep: Upkeep

    @asynccontextmanager
    async def working(self) -> AsyncGenerator[None]:
        """Run workflows in this process for as long as the block lasts."""
        async with self.pool:
            self.engine.launch(self.workflows)
            for queue in self.queues:
                await self.engine.open_queue(queue)
            upkeep = asyncio.create_task(self.upkeep.run())
            warming = asyncio.create_task(self._warm())
            try:
                yield
            finally:
                await _ended(warming)
                await _ended(upkeep)
                await self.engine.close()

    @asynccontextmanager
    async def handing_over(self, *, heir_of: Path | None) -> AsyncGenerator[None]:
        """Hand work to the process that works; on the data directory `heir_of`, take its place when it ends."""
        self.engine.connect()
        heir = None if heir_of is None else asyncio.create_task(self._take_over(heir_of))
        try:
            yield
        finally:
            if heir is not None:
                await _ended(heir)
            await self.engine.close()

    async def _take_over(self, data_dir: Path) -> None:
        """Wait until nobody works on the data directory, then do.

        The worker that this process handed its job to may be a `gauntlet make` that has only its own film to wait for.
        """
        while True:
            await asyncio.sleep(_TAKE_OVER_INTERVAL_S)
            lock = WorkerLock.try_take(data_dir)
            if lock is None:
                continue
            log.info("worker.taken_over")
            try:
                async with self.working():
                    await asyncio.Event().wait()
            finally:
                lock.free()

    async def _warm(self) -> None:
        """Start what the first upload would wait for, once what the first job waits for is there."""
        await self.pool.ready()
        try:
            await self.sandbox.ready()
        except GauntletError as error:
            log.warning("sandbox.not_warmed", reason=error.message)  # the upload that needs it tells why


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task

"""What is done now and then while somebody works: lost work is taken up, and what crashes left is swept."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from gauntlet.core.errors import StorageFailed
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.costs.till import Till
from gauntlet.domain.uploads.service import UploadService
from gauntlet.workflows.brief_kit import BriefKit
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.generation_kit import GenerationKit
from gauntlet.workflows.jobs import JobDesk
from gauntlet.workflows.webhooks import REMEMBERED_FOR

ABANDONED_AFTER: Final = timedelta(hours=24)  # spendings: no run and no wait for a service is as long
_INTERVAL_S: Final = 5.0
_RARELY: Final = 60  # rounds: whatever nobody refers to is looked for among all blobs

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Those who have something to look after."""

    jobs: JobDesk
    generations: GenerationKit
    briefs: BriefKit
    till: Till
    uploads: UploadService
    assets: AssetService
    cutting: CuttingRoom
    collect_garbage: Callable[[], Awaitable[object]]

    async def run(self) -> None:
        """Go on until canceled; what fails is tried again in the next round."""
        for number in itertools.count():
            try:
                await self._round()
                if number % _RARELY == 0:
                    await self._rare_round()
            except StorageFailed as error:
                log.warning("upkeep.postponed", reason=error.message)
            except Exception:
                # Upkeep is tried again soon; what it met (a full disk, a database away) must not end it for good.
                log.exception("upkeep.failed")
            await asyncio.sleep(_INTERVAL_S)

    async def _round(self) -> None:
        await self.generations.desk.take_up_lost_work()
        await self.jobs.take_up_lost_work()
        await self.jobs.go_on_within_budgets()
        await self.jobs.cancel_unwanted_media()
        await self.briefs.keep_up()
        await self.uploads.sweep()
        await self.assets.empty_bin()
        await self.cutting.sweep()

    async def _rare_round(self) -> None:
        await self.generations.worklog.forget_deliveries(older_than=REMEMBERED_FOR)
        await self.till.tidy(older_than=ABANDONED_AFTER)
        await self.collect_garbage()

"""The desk that people's requests about briefs come to: it writes what they want and starts the planning."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

import structlog

from gauntlet.core.errors import (
    Canceled,
    Conflict,
    GauntletError,
    InvalidInput,
    Misconfigured,
    NotFound,
    StorageFailed,
    TooLarge,
)
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.briefs.rules import workflow_id
from gauntlet.domain.briefs.schemas import (
    BriefDetail,
    BriefOrder,
    BriefProblem,
    BriefRefinement,
    BriefRequest,
    GivenReference,
    RefinedBrief,
)
from gauntlet.domain.briefs.service import BriefService
from gauntlet.domain.briefs.worklog import BriefWorklog
from gauntlet.domain.costs.errors import BudgetExceeded
from gauntlet.domain.costs.till import Till
from gauntlet.media.reference_limits import ReferenceLimits
from gauntlet.storage.base import BlobStore, Piece
from gauntlet.workflows.brief_planning import BRIEF_WORKFLOW, BRIEFS_QUEUE
from gauntlet.workflows.engine import Engine
from gauntlet.workflows.references import ReferenceRoom

PATIENCE_S: Final = 50.0
"""How long a request waits for its brief before it answers that the planner is still at it: proxies give up at 60 s."""

_FIRST_LOOK_S: Final = 0.05
_LAST_LOOK_S: Final = 0.5
_LIMITS: Final = ReferenceLimits()
_TOLD_AT_ONCE: Final[dict[str, type[GauntletError]]] = {
    error.code: error for error in (InvalidInput, TooLarge, NotFound, Conflict, Misconfigured)
}
"""What is wrong with the request itself, and is its answer rather than the brief's state."""

log = structlog.get_logger(__name__)


class BriefDesk:
    """Has briefs planned and changed in words, and takes up what was lost. Looking and editing is the service's."""

    def __init__(
        self,
        *,
        engine: Engine,
        briefs: BriefService,
        worklog: BriefWorklog,
        references: ReferenceRoom,
        blobs: BlobStore,
        till: Till,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._engine = engine
        self._briefs = briefs
        self._worklog = worklog
        self._references = references
        self._blobs = blobs
        self._till = till
        self._patience_s = patience_s

    @asynccontextmanager
    async def receiving(self, stream: AsyncIterator[Piece], *, file_name: str | None) -> AsyncGenerator[GivenReference]:
        """Store an uploaded reference and look at it; what no brief refers to at the end of the block is gone.

        Raises `TooLarge`, `UnsupportedMedia` or `InvalidInput` for one that is not taken.
        """
        try:
            blob = await self._blobs.put(stream, size_limit_bytes=_LIMITS.film_max_bytes)
        except TooLarge as error:
            raise _too_large() from error
        try:
            seen = await self._references.look(blob.digest, name=_name_of(file_name))
            yield GivenReference(digest=blob.digest, facts=seen.facts)
        finally:
            await self._blobs.release(blob.digest, hold=blob.hold)

    async def create(
        self,
        principal: Principal,
        request: BriefRequest,
        *,
        uploaded: GivenReference | None = None,
        idempotency_key: str | None = None,
        patience_s: float | None = None,
    ) -> BriefDetail:
        """Store a brief, have it planned, and return it: planned, or still being planned when patience ends."""
        if uploaded is not None and request.reference_asset_id is not None:
            raise InvalidInput(
                "Both a file and referenceAssetId are given as the reference; a brief has one.",
                next_step="Leave one of them out.",
                details={"field": "referenceAssetId"},
            )
        asset = await self._briefs.check(principal, request)
        if asset is not None:
            digest, name = asset
            seen = await self._references.look(digest, name=name)
            uploaded = GivenReference(digest=digest, facts=seen.facts, asset_id=request.reference_asset_id)
        order = await self._briefs.create(principal, request, reference=uploaded, idempotency_key=idempotency_key)
        await self._settled(order, patience_s=patience_s)
        return await self._briefs.get(principal, order.brief_id)

    async def refine(
        self,
        principal: Principal,
        brief_id: UUID,
        refinement: BriefRefinement,
        *,
        idempotency_key: str | None = None,
        patience_s: float | None = None,
    ) -> RefinedBrief:
        """Change a brief in words: a new version, with what changed; raises `InvalidInput` for what is not understood.

        Where patience ends first, the brief is still being planned and there is nothing to compare yet.
        """
        order = await self._briefs.refine(principal, brief_id, refinement, idempotency_key=idempotency_key)
        return await self._refined(principal, await self._settled(order, patience_s=patience_s))

    async def retry(self, principal: Principal, brief_id: UUID) -> RefinedBrief:
        """Go on with what failed or is paused."""
        return await self._refined(principal, await self._settled(await self._briefs.retry(principal, brief_id)))

    async def take_up_lost_work(self) -> int:
        """Start a workflow for every order that is at work by its state but not in fact; return how many there were."""
        taken_up = 0
        for order in await self._worklog.at_work():
            name = workflow_id(order.id, run=order.run)
            liveness = await self._engine.liveness(name)
            if liveness == "alive":
                continue
            run = order.run
            if liveness == "ended":
                await self._engine.cancel(name)
                try:
                    run = await self._worklog.begin_new_run(order.id, run=order.run)
                except Canceled:
                    continue
            log.info("brief.taken_up", brief_order_id=order.id, run=run)
            await self._start(order.model_copy(update={"run": run}))
            taken_up += 1
        return taken_up

    async def resume_paused(self) -> int:
        """Go on with orders that a budget stopped and would grant now; return how many there were."""
        resumed = 0
        for order in await self._worklog.paused(code=BudgetExceeded.code):
            asked = order.error.details.get("asked") if order.error else None
            if not isinstance(asked, int) or not await self._till.would_grant(
                client_id=order.client_id, campaign_id=order.campaign_id, job_id=None, amount_microusd=asked
            ):
                continue
            try:
                run = await self._worklog.resume(order.id, run=order.run)
            except Canceled:
                continue
            log.info("brief.resumed", brief_order_id=order.id, run=run)
            await self._start(order.model_copy(update={"run": run}))
            resumed += 1
        return resumed

    async def _refined(self, principal: Principal, order: BriefOrder) -> RefinedBrief:
        detail = await self._briefs.get(principal, order.brief_id)
        diff = None
        if order.version is not None and order.base_version > 0:
            diff = await self._briefs.diff(
                principal, order.brief_id, from_version=order.base_version, to_version=order.version
            )
        return RefinedBrief(**{name: getattr(detail, name) for name in BriefDetail.model_fields}, diff=diff)

    async def _settled(self, order: BriefOrder, *, patience_s: float | None = None) -> BriefOrder:
        """Start an order and return it when it is done, stopped, or patience ends; raises what is the request's fault.

        Started even when it was known: the process may have died between storing and starting it.
        """
        if order.status == "working":
            await self._start(order)
        ends_at = time.monotonic() + (self._patience_s if patience_s is None else patience_s)
        pause_s = _FIRST_LOOK_S
        while order.status == "working" and time.monotonic() < ends_at:
            await asyncio.sleep(pause_s)
            pause_s = min(_LAST_LOOK_S, 1.5 * pause_s)
            order = await self._worklog.order(order.id)
        if order.status == "failed" and order.error is not None:
            _raise_at_once(order.error)
        return order

    async def _start(self, order: BriefOrder) -> None:
        """Start the planning; where that fails now, it is found and taken up later."""
        try:
            await self._engine.submit(
                BRIEF_WORKFLOW,
                workflow_id=workflow_id(order.id, run=order.run),
                subject_id=order.id,
                run=order.run,
                queue=BRIEFS_QUEUE.name,
            )
        except StorageFailed as error:
            log.warning("brief.start.postponed", brief_order_id=order.id, reason=error.message)


def _raise_at_once(problem: BriefProblem) -> None:
    error = _TOLD_AT_ONCE.get(problem.code)
    if error is not None:
        raise error(problem.message, next_step=problem.next_step, details=problem.details)


def _name_of(file_name: str | None) -> str:
    """Return a file's own name as it is shown: one line, without folders."""
    name = (file_name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in name if letter.isprintable())[:200] or "reference"


def _too_large() -> TooLarge:
    limit = _LIMITS.film_max_bytes
    return TooLarge(
        f"The reference is larger than {limit / 1e6:g} MB, which is the limit for a video; an image has at most"
        f" {_LIMITS.picture_max_bytes / 1e6:g} MB.",
        next_step="Save it smaller, or cut it to the part whose look the ad is to have.",
        details={"field": "reference", "limit": limit},
    )

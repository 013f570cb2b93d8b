"""Briefs from planners: one durable step an order, so that a crash neither loses a brief nor pays for it twice."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import structlog

from gauntlet.core.creative.reference import ReferenceFacts
from gauntlet.core.errors import Canceled, Conflict, GauntletError, StorageFailed
from gauntlet.domain.briefs.rules import account_key
from gauntlet.domain.briefs.schemas import BriefOrder, BriefProblem
from gauntlet.domain.briefs.worklog import BriefWorklog
from gauntlet.domain.costs.errors import BudgetExceeded
from gauntlet.domain.costs.till import Till
from gauntlet.domain.jobs.pictures import PictureShelf
from gauntlet.domain.jobs.schemas import JobRequest
from gauntlet.providers.base import PaymentRequired, PlanRequest
from gauntlet.providers.llm.contract import AnswerShelf, ChainLink, PlanOutcome, ReferencePicture, Revision
from gauntlet.workflows.engine import WorkQueue, run_step
from gauntlet.workflows.meter import Account, TillMeter, TokenPrices
from gauntlet.workflows.plans import choose_logo, plan_request
from gauntlet.workflows.references import ReferenceRoom

if TYPE_CHECKING:
    from gauntlet.providers.llm.planner import HostedPlanner

BRIEF_WORKFLOW: Final = "brief"
BRIEFS_QUEUE: Final = WorkQueue("briefs", at_once=16)
"""What is waited for is nearly always a language model."""

_PAUSING: Final = frozenset({BudgetExceeded.code, PaymentRequired.code})
_UNEXPECTED: Final = BriefProblem(
    code="internal_error",
    message="Something went wrong inside Gauntlet; the log has the details.",
    next_step="Try it again; if it fails again, report it with the brief's id.",
)

FindChain = Callable[[UUID], Awaitable[tuple[ChainLink, ...]]]
"""Returns the language models that a client's briefs are made with, in their order."""

Checkpointed = Callable[[str, Callable[[], Coroutine[Any, Any, int]]], Coroutine[Any, Any, int]]
"""Runs a step by its name and records what it returns."""

log = structlog.get_logger(__name__)


class BriefPlanner:
    """Has one order made: gathers what a planner is told, and asks along the client's chain on its account."""

    def __init__(
        self,
        *,
        worklog: BriefWorklog,
        shelf: PictureShelf,
        references: ReferenceRoom,
        chain: FindChain,
        till: Till,
        prices: TokenPrices,
        answers: Callable[[UUID], AnswerShelf],
    ) -> None:
        self._worklog = worklog
        self._shelf = shelf
        self._references = references
        self._chain = chain
        self._till = till
        self._prices = prices
        self._answers = answers

    async def make(self, order: BriefOrder) -> PlanOutcome:
        """Return what came of an order.

        Raises `BudgetExceeded`, `InvalidInput` for a change that is not understood, and `Conflict` for one to a
        version that is not the present one any more.
        """
        if order.kind == "refine" and order.current_version != order.base_version:
            raise Conflict(
                f"The change was to version {order.base_version}; the brief is at version {order.current_version}.",
                next_step="Look at the present version and ask for the change again.",
                details={"briefId": str(order.brief_id), "version": order.current_version},
            )
        facts, pictures = await self._look(order)
        request = await self._request(order, facts)
        planner = await asyncio.to_thread(_hosted_planner)
        is_hosted = order.request is None or order.request.models.brief == "hosted"
        chain = await self._chain(order.client_id) if is_hosted else ()
        meter = TillMeter(self._till, account=_account(order), prices=self._prices)
        shelf = self._answers(order.client_id)
        if order.kind == "plan":
            return await planner.plan(request, chain=chain, meter=meter, references=pictures, shelf=shelf)
        revision = Revision(
            brief=await self._worklog.content(order),
            instruction=order.instruction or "",
            scene_number=order.scene_number,
            context=request,
        )
        return await planner.refine(revision, chain=chain, meter=meter, references=pictures, shelf=shelf)

    async def _look(self, order: BriefOrder) -> tuple[ReferenceFacts | None, tuple[ReferencePicture, ...]]:
        given = order.reference
        if given is None:
            return None, ()
        seen = await self._references.look(given.digest, name=given.facts.name)
        return given.facts, seen.pictures

    async def _request(self, order: BriefOrder, facts: ReferenceFacts | None) -> PlanRequest:
        """Return all that a planner is told; of assets, those that the client still has."""
        job = await self._as_job(order)
        pictures = await self._shelf.pictures(job)
        request = plan_request(
            job,
            await self._shelf.plan_inputs(job),
            pictures=pictures,
            logo=choose_logo(pictures, logo_asset_id=await self._shelf.logo_asset_id(job)),
            sounds=await self._shelf.sounds(job),
        )
        return request.model_copy(update={"reference": facts})

    async def _as_job(self, order: BriefOrder) -> JobRequest:
        """Return the order as a job would ask for it: what is gathered for a planner is the same for both."""
        asked = order.request
        wanted = list(asked.asset_ids) if asked else []
        if order.kind == "refine":
            shown = (scene.asset_id for scene in (await self._worklog.content(order)).scenes)
            wanted += [asset_id for asset_id in shown if asset_id is not None]
        logo = asked.logo_asset_id if asked else None
        return JobRequest(
            prompt=order.prompt,
            client_id=order.client_id,
            campaign_id=order.campaign_id,
            duration=asked.duration if asked else None,
            platform=asked.platform if asked else None,
            aspect_ratio=asked.aspect_ratio if asked else None,
            asset_ids=await self._worklog.present_assets(order, wanted),
            logo_asset_id=next(iter(await self._worklog.present_assets(order, [logo])), None) if logo else None,
        )


class BriefWorkflow:
    """Makes what was ordered, keeps it as a version, or says why there is none."""

    def __init__(self, worklog: BriefWorklog, planner: BriefPlanner, *, checkpointed: Checkpointed = run_step) -> None:
        self._worklog = worklog
        self._planner = planner
        self._checkpointed = checkpointed

    async def run(self, order_id: int, run: int) -> None:
        """Go through the one step; it may be run again after a crash."""
        with structlog.contextvars.bound_contextvars(brief_order_id=order_id, run=run):
            async with self._ending_well(order_id, run):
                await self._checkpointed("plan", partial(self._plan, order_id, run))

    async def _plan(self, order_id: int, run: int) -> int:
        order = await self._worklog.order(order_id)
        if order.version is not None:
            return order.version  # kept before a crash that lost the step's own record
        outcome = await self._planner.make(order)
        version = await self._worklog.keep(
            order_id,
            run=run,
            brief=outcome.brief,
            provider=outcome.provider,
            attempts=outcome.attempts,
            cost_microusd=outcome.cost_microusd,
        )
        log.info("brief.plan.done", brief_id=str(order.brief_id), version=version, provider=outcome.provider)
        return version

    @asynccontextmanager
    async def _ending_well(self, order_id: int, run: int) -> AsyncGenerator[None]:
        """Turn what the step raises into the order's failed or paused state; a run that was replaced just ends."""
        try:
            yield
        except Canceled:
            log.info("brief.plan.called_off")
        except GauntletError as error:
            log.warning("brief.plan.stopped", code=error.code, reason=error.message)
            problem = BriefProblem(
                code=error.code, message=error.message, next_step=error.next_step, details=error.details
            )
            await self._stop(order_id, run, problem)
        except Exception:
            # The last door before the durable runtime: without it the brief would be "planning" for ever.
            log.exception("brief.plan.broke")
            await self._stop(order_id, run, _UNEXPECTED)

    async def _stop(self, order_id: int, run: int, problem: BriefProblem) -> None:
        async def stop() -> int:
            try:
                await self._worklog.stop(order_id, run=run, problem=problem, is_pause=problem.code in _PAUSING)
            except Canceled:
                log.info("brief.plan.called_off")
            return run

        try:
            await self._checkpointed("stop", stop)
        except StorageFailed:
            # A full disk takes even this sentence; the order is found at work without a workflow and taken up again.
            log.warning("brief.problem.not_stored", code=problem.code)


def _account(order: BriefOrder) -> Account:
    return Account(
        key=account_key(order.brief_id, order.id),
        purpose="brief" if order.kind == "plan" else "refine",
        client_id=order.client_id,
        campaign_id=order.campaign_id,
        user_id=order.user_id,
    )


def _hosted_planner() -> "HostedPlanner":
    from gauntlet.providers.llm.planner import HostedPlanner  # its libraries take seconds to load

    return HostedPlanner()

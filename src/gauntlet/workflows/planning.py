"""Planning a job's brief: the language models that there are keys for, in their order, then the built-in planner."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, Literal
from uuid import UUID

from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.generation import LanguageProvider
from gauntlet.core.settings import HostedSettings
from gauntlet.domain.clients.keys import KeyService
from gauntlet.domain.costs.prices import PriceBook
from gauntlet.domain.costs.till import Till
from gauntlet.domain.jobs.pictures import PictureShelf, StudioPicture
from gauntlet.domain.jobs.schemas import EstimateLine, JobRequest, JobState, Refinement
from gauntlet.providers.base import Planner, PlanRequest, RefineRequest
from gauntlet.providers.llm.contract import AnswerShelf, ChainLink, PlanOutcome, Revision
from gauntlet.workflows.meter import Account, TillMeter
from gauntlet.workflows.plans import choose_logo, plan_request
from gauntlet.workflows.references import Reference, ReferenceRoom

if TYPE_CHECKING:
    from gauntlet.providers.llm.planner import HostedPlanner

CHAIN: Final[tuple[LanguageProvider, ...]] = ("openrouter", "openai", "anthropic")

_QUESTION_TOKENS: Final = 8_000
_ANSWER_TOKENS: Final = 4_000
"""About what a brief takes, for estimates; what is really reserved is counted on the question itself."""


class PlanningRoom:
    """Has briefs planned."""

    def __init__(
        self,
        *,
        planner: Planner,
        shelf: PictureShelf,
        references: ReferenceRoom,
        keys: KeyService,
        till: Till,
        prices: PriceBook,
        settings: HostedSettings,
        answers: Callable[[UUID], AnswerShelf],
    ) -> None:
        self._planner = planner
        self._shelf = shelf
        self._references = references
        self._keys = keys
        self._till = till
        self._prices = prices
        self._settings = settings
        self._answers = answers

    async def chain(self, client_id: UUID) -> tuple[ChainLink, ...]:
        """Return the language models in the order in which they are asked; empty where there is no key at all."""
        settings = self._settings
        places = {
            "openrouter": (settings.openrouter_model, settings.openrouter_url),
            "openai": (settings.openai_model, settings.openai_url),
            "anthropic": (settings.anthropic_model, settings.anthropic_url),
        }
        links = tuple(
            [
                ChainLink(
                    provider=provider,
                    model=places[provider][0],
                    key=await self._keys.key_for(client_id, provider),
                    base_url=places[provider][1],
                    timeout_s=settings.language_timeout_s,
                )
                for provider in CHAIN
            ]
        )
        return links if any(link.key is not None for link in links) else ()

    async def plan_job(self, job: JobState) -> PlanOutcome:
        """Return the brief of a job and everything that was tried for it; raises `BudgetExceeded`, `InvalidInput`."""
        given = await self._shelf.given_brief(job.request)
        if given is not None:
            return PlanOutcome(brief=given, provider=given.planner, attempts=())
        request = await self.request_of(job.request)
        reference = await self._reference(job.request)
        if reference is not None:
            request = request.model_copy(update={"reference": reference.facts})
        chain = await self.chain(job.request.client_id) if job.request.models.brief == "hosted" else ()
        if not chain:
            planned = await asyncio.to_thread(self._planner.plan, request)
            return PlanOutcome(brief=planned.brief, provider=planned.provider, attempts=(), cost_microusd=0)
        account = self._account(job, key=f"job-{job.id}-plan", purpose="brief")
        meter = TillMeter(self._till, account=account, prices=self._prices.estimate_tokens)
        return await _hosted_planner().plan(
            request,
            chain=chain,
            meter=meter,
            references=reference.pictures if reference is not None else (),
            shelf=self._answers(job.request.client_id),
        )

    async def refine_job(
        self,
        job: JobState,
        content: StoryboardContent,
        *,
        pictures: Sequence[StudioPicture],
        wish: Refinement,
    ) -> PlanOutcome:
        """Return the brief with one scene changed as asked; raises `InvalidInput` for what is not understood."""
        logo = choose_logo(pictures, logo_asset_id=content.logo.asset_id if content.logo else None)
        inputs = await self._shelf.plan_inputs(job.request)
        sounds = await self._shelf.sounds(job.request)
        context = plan_request(job.request, inputs, pictures=pictures, logo=logo, sounds=sounds)
        chain = await self.chain(job.request.client_id) if job.request.models.brief == "hosted" else ()
        if not chain:
            refined = self._planner.refine(
                RefineRequest(
                    brief=content.brief, scene_number=wish.scene, instruction=wish.instruction, context=context
                )
            )
            return PlanOutcome(brief=refined.brief, provider=refined.provider, attempts=())
        said = hashlib.sha256(f"{wish.scene}|{wish.instruction}".encode()).hexdigest()[:16]
        account = self._account(job, key=f"job-{job.id}-refine-v{job.storyboard_version}-{said}", purpose="refine")
        return await _hosted_planner().refine(
            Revision(brief=content.brief, instruction=wish.instruction, scene_number=wish.scene, context=context),
            chain=chain,
            meter=TillMeter(self._till, account=account, prices=self._prices.estimate_tokens),
            shelf=self._answers(job.request.client_id),
        )

    async def draft(self, request: JobRequest) -> PlanOutcome:
        """Return the given brief, or one by the built-in planner: to check and to estimate by; nothing is spent."""
        given = await self._shelf.given_brief(request)
        if given is not None:
            return PlanOutcome(brief=given, provider=given.planner, attempts=())
        planned = await asyncio.to_thread(self._planner.plan, await self.request_of(request))
        return PlanOutcome(brief=planned.brief, provider=planned.provider, attempts=(), cost_microusd=0)

    async def estimate(self, request: JobRequest) -> tuple[EstimateLine, ...]:
        """Return what planning will cost where the first language model answers at once; nothing without a key."""
        if request.brief_id is not None:
            return ()
        chain = await self.chain(request.client_id) if request.models.brief == "hosted" else ()
        first = next((link for link in chain if link.key is not None), None)
        if first is None:
            return ()
        amount = self._prices.estimate_tokens(first.provider, first.model, _QUESTION_TOKENS, _ANSWER_TOKENS)
        return (EstimateLine(step="brief", model=f"{first.provider}:{first.model}", amount_microusd=amount),)

    async def request_of(self, request: JobRequest) -> PlanRequest:
        """Return all that a planner is told."""
        inputs = await self._shelf.plan_inputs(request)
        pictures = await self._shelf.pictures(request)
        logo = choose_logo(pictures, logo_asset_id=await self._shelf.logo_asset_id(request))
        return plan_request(request, inputs, pictures=pictures, logo=logo, sounds=await self._shelf.sounds(request))

    async def _reference(self, request: JobRequest) -> Reference | None:
        if request.reference_asset_id is None:
            return None
        digest, name = await self._shelf.reference(request)
        return await self._references.look(digest, name=name)

    @staticmethod
    def _account(job: JobState, *, key: str, purpose: Literal["brief", "refine"]) -> Account:
        return Account(
            key=key,
            purpose=purpose,
            client_id=job.request.client_id,
            campaign_id=job.request.campaign_id,
            job_id=job.id,
            user_id=job.user_id,
        )


def _hosted_planner() -> "HostedPlanner":
    from gauntlet.providers.llm.planner import HostedPlanner  # its libraries take seconds to load

    return HostedPlanner()

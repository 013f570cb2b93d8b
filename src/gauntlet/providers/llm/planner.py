"""Plans ads with hosted language models: OpenRouter, OpenAI, Anthropic as the chain has them, and rules at its end."""

import asyncio
from collections.abc import Sequence
from typing import Final

from gauntlet.core.attempts import Attempt
from gauntlet.core.creative.brief import Brief, BriefWarning
from gauntlet.core.errors import InvalidInput
from gauntlet.providers.base import PlanRequest, RefineRequest
from gauntlet.providers.llm.asking import LinkAsker, Task
from gauntlet.providers.llm.assembling import Assembly, assemble
from gauntlet.providers.llm.contract import (
    AnswerShelf,
    ChainLink,
    Meter,
    PlanOutcome,
    ReferencePicture,
    Revision,
)
from gauntlet.providers.llm.draft import Draft, read_draft, wire_schema
from gauntlet.providers.llm.links import SERVICE_NAMES
from gauntlet.providers.llm.prompting import plan_question
from gauntlet.providers.llm.revising import check_wish, revision_task
from gauntlet.providers.llm.speaking import NetworkSpeaker, Speaker
from gauntlet.providers.local.planner.known import gather
from gauntlet.providers.local.planner.planner import PROVIDER, BuiltInPlanner
from gauntlet.providers.local.planner.text import clipped

_BUILT_IN: Final = ("gauntlet", "planner")
_MUST_BE_KNOWN: Final = {"not_configured": "key_refused", "payment_required": "payment_required"}
"""What a person must set right, whoever made the brief in the end."""


class HostedPlanner:
    """Plans ads. The built-in planner always stands at the chain's end, so that there is a brief whatever happens.

    Raises `InvalidInput` as the built-in planner does, and whatever the meter raises of budgets.
    """

    def __init__(self, *, speaker: Speaker | None = None) -> None:
        self._speaker: Speaker = speaker or NetworkSpeaker()
        self._built_in = BuiltInPlanner()

    async def plan(
        self,
        request: PlanRequest,
        *,
        chain: Sequence[ChainLink],
        meter: Meter,
        references: Sequence[ReferencePicture] = (),
        shelf: AnswerShelf | None = None,
    ) -> PlanOutcome:
        """Return a brief, who made it, and what everyone who was asked answered."""
        known = gather(request)

        def build(text: str, planner: str) -> Assembly:
            return assemble(read_draft(Draft, text), request, known, planner=planner)

        task = Task(request, plan_question(request, known), wire_schema(Draft), tuple(references), build)
        made, attempts = await self._ask(task, chain=chain, meter=meter, shelf=shelf)
        if made is not None:
            return _outcome(made.brief, attempts)
        planned = await asyncio.to_thread(self._built_in.plan, request)
        return _fallen_back(planned.brief, attempts)

    async def refine(
        self,
        revision: Revision,
        *,
        chain: Sequence[ChainLink],
        meter: Meter,
        references: Sequence[ReferencePicture] = (),
        shelf: AnswerShelf | None = None,
    ) -> PlanOutcome:
        """Return the brief changed as asked; what the wish does not concern stays as it is.

        Without a language model, one scene can be changed; `InvalidInput` says so of wishes for the whole brief.
        """
        check_wish(revision)
        task = revision_task(revision, tuple(references))
        made, attempts = await self._ask(task, chain=chain, meter=meter, shelf=shelf)
        if made is not None:
            return _outcome(made.brief, attempts)
        return _fallen_back(await asyncio.to_thread(self._refined_by_rules, revision, attempts), attempts)

    async def _ask(
        self, task: Task, *, chain: Sequence[ChainLink], meter: Meter, shelf: AnswerShelf | None
    ) -> tuple[Assembly | None, tuple[Attempt, ...]]:
        attempts: list[Attempt] = []
        for place, link in enumerate(chain):
            asker = LinkAsker(link, task, place=place, speaker=self._speaker, meter=meter, shelf=shelf)
            made = await asker.ask()
            attempts += asker.attempts
            if made is not None:
                return made, tuple(attempts)
        return None, tuple(attempts)

    def _refined_by_rules(self, revision: Revision, attempts: Sequence[Attempt]) -> Brief:
        number = revision.scene_number
        if number is None:
            raise InvalidInput(
                "Only a language model can change a whole brief in words, and none answered."
                + (f" {_causes(attempts)}" if attempts else ""),
                next_step="Change one scene at a time, or set a key of OpenRouter, OpenAI or Anthropic.",
                details={"field": "instruction"},
            )
        request = RefineRequest(
            brief=revision.brief, scene_number=number, instruction=revision.instruction, context=revision.context
        )
        return self._built_in.refine(request).brief


def _outcome(brief: Brief, attempts: tuple[Attempt, ...]) -> PlanOutcome:
    notes = _to_set_right(attempts)
    told = brief.model_copy(update={"warnings": (*notes, *brief.warnings)}) if notes else brief
    return PlanOutcome(brief=told, provider=told.planner, attempts=attempts, cost_microusd=_cost_microusd(attempts))


def _fallen_back(brief: Brief, attempts: tuple[Attempt, ...]) -> PlanOutcome:
    """Return the built-in planner's brief; where others were asked before it, that is told."""
    if not attempts:
        return PlanOutcome(brief=brief, provider=PROVIDER, attempts=())
    message = clipped(f"No language model made this; the built-in planner did. {_causes(attempts)}", limit=500)
    note = BriefWarning(code="built_in_planner_used", message=message)
    told = brief.model_copy(update={"warnings": (note, *_to_set_right(attempts), *brief.warnings), "planner": PROVIDER})
    provider, model = _BUILT_IN
    own = Attempt(provider=provider, model=model, outcome="answered", message="Answered.", cost_microusd=0)
    return PlanOutcome(brief=told, provider=PROVIDER, attempts=(*attempts, own), cost_microusd=_cost_microusd(attempts))


def _to_set_right(attempts: Sequence[Attempt]) -> tuple[BriefWarning, ...]:
    return tuple(
        BriefWarning(code=_MUST_BE_KNOWN[attempt.outcome], message=attempt.message)
        for attempt in attempts
        if attempt.outcome in _MUST_BE_KNOWN
    )


def _causes(attempts: Sequence[Attempt]) -> str:
    """Return the last word of each service that was asked."""
    last = {attempt.provider: attempt.message for attempt in attempts}
    names = {**SERVICE_NAMES}
    return " ".join(f"{name}: {last[provider]}" for provider, name in names.items() if provider in last)


def _cost_microusd(attempts: Sequence[Attempt]) -> int:
    return sum(attempt.cost_microusd or 0 for attempt in attempts)

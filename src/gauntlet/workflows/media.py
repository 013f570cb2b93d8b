"""A job's orders to models: placed once, waited for, taken into the storyboard, or told of where they went wrong."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, Literal, Protocol

import structlog
from pydantic import JsonValue

from gauntlet.core.creative.storyboard import MediaOrder
from gauntlet.core.errors import Conflict, GauntletError
from gauntlet.domain.generations.rules import WORKING, GenerationStatus
from gauntlet.domain.generations.schemas import GenerationOrder, GenerationState, GivenFile
from gauntlet.domain.jobs.schemas import JobProblem, JobState, StoryboardMedium
from gauntlet.media.facts import ImageFacts
from gauntlet.workflows.failures import PAUSING, Halt, Halted, halt_of
from gauntlet.workflows.orders import order_key

MediumRole = Literal["image", "motion", "music"]

Placed = int | dict[str, JsonValue] | None
"""What a step that orders returns: the generation, or the halt that it came to; None where nothing is to be made."""

STILL_WANTED_EVERY_S: Final = 2.0
"""How soon a run that nobody wants any more stops waiting."""

_KEYS_MAX: Final = 50
_WAITING_FOR_A_PERSON: Final = frozenset({GenerationStatus.PAUSED, GenerationStatus.AMBIGUOUS})

log = structlog.get_logger(__name__)


class GenerationOffice(Protocol):
    """Has media made by models; see `workflows.generations.GenerationDesk`."""

    async def order(self, order: GenerationOrder) -> int:
        """Return the generation of an order; the same key is the same generation."""
        ...

    async def wait_for_medium(self, generation_id: int) -> GenerationState:
        """Return a generation when its medium is stored, when it has ended, or where it waits for a person."""
        ...

    async def cancel(self, generation_id: int) -> None:
        """End a generation; one that has ended stays as it is."""
        ...

    async def retry(self, generation_id: int) -> None:
        """Begin anew after a failure or a pause; raises `Conflict` where that may not be."""
        ...

    async def estimate(self, order: GenerationOrder) -> int | None:
        """Return micro-dollars, None where the price is not known."""
        ...

    async def state(self, generation_id: int) -> GenerationState:
        """Return how a generation is."""
        ...


def what_of(role: MediumRole, scene: int) -> str:
    """Return what an order is for, as a sentence begins with it."""
    if role == "music":
        return "The music"
    return f"The {'picture' if role == 'image' else 'motion'} of scene {scene}"


def generation_key(job_id: int, order: MediaOrder, *, role: MediumRole, picture: str | None = None) -> str:
    """Return the key of an order: of what is asked, so that an equal scene of a later version is the same order."""
    return f"job-{job_id}-{role}-{order_key(order, picture=picture)}"


def generation_order(
    job: JobState,
    order: MediaOrder,
    *,
    role: MediumRole,
    scene: int,
    files: Mapping[str, GivenFile] | None = None,
    picture: str | None = None,
    again: int = 1,
) -> GenerationOrder:
    """Return what the models' desk is asked for."""
    key = generation_key(job.id, order, role=role, picture=picture)
    prompt = order.inputs.get("prompt")
    return GenerationOrder(
        key=key if again == 1 else f"{key}-{again}",
        client_id=job.request.client_id,
        campaign_id=job.request.campaign_id,
        user_id=job.user_id,
        job_id=job.id,
        brief_id=job.brief_id,
        scene_number=scene or None,
        kind=order.kind,
        model=order.choice.model,
        prompt=prompt if isinstance(prompt, str) else "",
        inputs=order.inputs,
        files=dict(files or {}),
    )


class MediaRoom:
    """Places a job's orders and takes what comes of them."""

    def __init__(self, office: GenerationOffice) -> None:
        self._office = office

    async def place(
        self,
        job: JobState,
        order: MediaOrder,
        *,
        role: MediumRole,
        scene: int,
        files: Mapping[str, GivenFile] | None = None,
        picture: str | None = None,
    ) -> int:
        """Return the generation of an order, let to go on where it failed or waited; one that was canceled is replaced.

        Raises what ordering raises, and `Halted` where a person must say first what became of an earlier attempt.
        """
        for again in range(1, _KEYS_MAX + 1):
            asked = generation_order(job, order, role=role, scene=scene, files=files, picture=picture, again=again)
            generation_id = await self._office.order(asked)
            state = await self._office.state(generation_id)
            if state.status is GenerationStatus.CANCELED:
                continue
            if state.status not in WORKING and state.status is not GenerationStatus.SUCCEEDED:
                await self._retry(state, role=role, scene=scene)
            return generation_id
        raise Conflict(
            f"{what_of(role, scene)} was canceled {_KEYS_MAX} times.",
            next_step="Choose another model for it, or leave it to the compositor.",
        )

    async def _retry(self, state: GenerationState, *, role: MediumRole, scene: int) -> None:
        try:
            await self._office.retry(state.id)
        except Conflict as error:
            if state.status is not GenerationStatus.AMBIGUOUS:
                raise
            halt = _halt(state, what=what_of(role, scene))
            raise Halted(halt.problem.message, halt) from error
        log.info("generation.retry.done", generation_id=state.id, role=role, scene=scene)

    async def placed(
        self,
        job: JobState,
        order: MediaOrder,
        *,
        role: MediumRole,
        scene: int,
        files: Mapping[str, GivenFile] | None = None,
        picture: str | None = None,
    ) -> int | Halt:
        """As `place`, with the reason in the place of an error: other scenes' orders are to be placed all the same."""
        try:
            return await self.place(job, order, role=role, scene=scene, files=files, picture=picture)
        except Halted as error:
            return halt_of(error)
        except GauntletError as error:
            halt = halt_of(error)
            message = f"{what_of(role, scene)} was not ordered: {error.message}"
            return halt.model_copy(update={"problem": halt.problem.model_copy(update={"message": message})})

    async def state(self, generation_id: int) -> GenerationState:
        """Return how a generation is."""
        return await self._office.state(generation_id)

    async def cancel(self, generation_ids: Sequence[int]) -> None:
        """End generations that nobody wants; one that cannot be ended now is left to upkeep."""
        for generation_id in generation_ids:
            try:
                await self._office.cancel(generation_id)
            except GauntletError as error:
                log.warning("generation.cancel.postponed", generation_id=generation_id, reason=error.message)

    async def made(
        self,
        generation_id: int,
        *,
        role: MediumRole,
        scene: int,
        still_wanted: Callable[[], Awaitable[None]],
    ) -> StoryboardMedium | Halt:
        """Return the medium once it is there, or why it is not; `still_wanted` is asked now and then and may raise."""
        waiting = asyncio.ensure_future(self._office.wait_for_medium(generation_id))
        try:
            while not (await asyncio.wait({waiting}, timeout=STILL_WANTED_EVERY_S))[0]:
                await still_wanted()
            state = await waiting
        finally:
            waiting.cancel()
        return medium_of(state, role=role, scene=scene) or _halt(state, what=what_of(role, scene))


def placed_of(placed: int | Halt) -> Placed:
    """Return it as a step may."""
    return placed.model_dump(mode="json") if isinstance(placed, Halt) else placed


def told(halt: Placed) -> Halt | None:
    """Return the halt that a step returned."""
    return Halt.model_validate(halt) if isinstance(halt, dict) else None


def medium_of(state: GenerationState, *, role: MediumRole, scene: int) -> StoryboardMedium | None:
    """Return what a generation made, None where it made nothing; money may be left to book."""
    if state.digest is None or state.status not in {*WORKING, GenerationStatus.SUCCEEDED}:
        return None
    return StoryboardMedium(
        scene=scene,
        role=role,
        generation_id=state.id,
        digest=state.digest,
        width=state.width,
        height=state.height,
        duration_s=state.duration_s,
        has_alpha=isinstance(state.facts, ImageFacts) and state.facts.has_alpha,
    )


def _halt(state: GenerationState, *, what: str) -> Halt:
    error = state.error
    if state.status is GenerationStatus.CANCELED or error is None:
        problem = JobProblem(
            code="canceled",
            message=f"{what} was canceled while the job waited for it ({state.model}).",
            next_step="Retry the job to have it made anew, or leave the scene to the compositor.",
            details={"generationId": state.id},
        )
        return Halt(problem=problem)
    problem = JobProblem(
        code=error.code,
        message=f"{what} was not made by {state.model}: {error.message}",
        next_step=error.next_step,
        details={**error.details, "generationId": state.id},
    )
    return Halt(problem=problem, is_pause=state.status in _WAITING_FOR_A_PERSON or error.code in PAUSING)

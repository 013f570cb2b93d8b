"""Changes to storyboards: each takes the present content and returns what it becomes, and the change in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from gauntlet.core.attempts import Attempt
from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.storyboard import SceneSource, StoryboardContent
from gauntlet.core.generation import ModelChoice
from gauntlet.domain.generations.schemas import GenerationState
from gauntlet.domain.jobs.edits import StoryboardEdit
from gauntlet.domain.jobs.medialog import MediaLog
from gauntlet.domain.jobs.pictures import PictureShelf, StudioPicture
from gauntlet.domain.jobs.schemas import JobState, Refinement, Replacement, SceneModels
from gauntlet.media.facts import ImageFacts, VideoFacts
from gauntlet.providers.local.planner.guard import make_guard
from gauntlet.providers.local.planner.refinement import check_number, reorder, replace_picture, with_scene
from gauntlet.workflows.drafts import Draft
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.hand_edits import told, with_edits
from gauntlet.workflows.orders import OrderBook, faults_at, renewed, with_image, with_motion, with_music
from gauntlet.workflows.planning import PlanningRoom
from gauntlet.workflows.plans import asset_facts, recast, with_cuts

_CHANGE_MAX: Final = 500
"""Characters of a change in the storyboard's history."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What a storyboard becomes, the change in words, and who was asked for it."""

    content: StoryboardContent
    change: str
    attempts: tuple[Attempt, ...] = ()
    cost_microusd: int = 0


class StoryboardEditor:
    """Changes storyboards as people ask. What a change does not concern keeps its picture, and with it its price."""

    def __init__(
        self,
        *,
        shelf: PictureShelf,
        cutting: CuttingRoom,
        planning: PlanningRoom,
        book: OrderBook,
        log: MediaLog,
    ) -> None:
        self._shelf = shelf
        self._cutting = cutting
        self._planning = planning
        self._book = book
        self._log = log

    async def refine(self, job: JobState, content: StoryboardContent, wish: Refinement) -> Edit:
        """Change a scene in words."""
        pictures = await self._shelf.pictures(job.request, also=_shown(content))
        made = await self._planning.refine_job(job, content, pictures=pictures, wish=wish)
        changed = await self._recast(job, content, made.brief, {picture.id: picture for picture in pictures})
        return Edit(changed, f"Scene {wish.scene}: {wish.instruction}", made.attempts, made.cost_microusd)

    async def change(self, job: JobState, content: StoryboardContent, edits: Sequence[StoryboardEdit]) -> Edit:
        """Make edits by hand, all or none."""
        draft = await self.tried(job, content, edits)
        changed = await renewed(
            content, draft.content, origins=draft.origins, book=self._book, client_id=job.request.client_id
        )
        words = "; ".join(told(edit) for edit in edits)
        return Edit(changed, words if len(words) <= _CHANGE_MAX else f"{words[: _CHANGE_MAX - 1]}…")

    async def tried(self, job: JobState, content: StoryboardContent, edits: Sequence[StoryboardEdit]) -> Draft:
        """Return what edits by hand would make of a storyboard; nothing is ordered or kept. Raises `InvalidInput`."""
        inputs = await self._shelf.plan_inputs(job.request)
        guard = make_guard((*inputs.brand.forbidden_elements, *inputs.campaign.do_not_mention))
        return with_edits(content, edits, guard=guard)

    async def reorder(self, job: JobState, content: StoryboardContent, *, order: Sequence[int]) -> Edit:
        """Show the scenes in another order."""
        brief = reorder(content.brief, tuple(order))
        changed = await self._recast(job, content, brief, {}, origins=[number - 1 for number in order])
        return Edit(changed, f"Order: {', '.join(str(number) for number in order)}")

    async def replace(self, job: JobState, content: StoryboardContent, wish: Replacement) -> Edit:
        """Show another picture or film in a scene."""
        check_number(content.brief, wish.scene)
        if wish.asset_id is not None:
            return await self._replace_by_asset(job, content, scene=wish.scene, asset_id=wish.asset_id)
        kind = "image" if wish.image_id is not None else "video"
        made = await self._log.generated(job.request.client_id, wish.image_id or wish.video_id or 0, kind=kind)
        place = wish.scene - 1
        motion = content.sources[place].motion if kind == "image" else None
        focus = made.facts.focus if isinstance(made.facts, ImageFacts | VideoFacts) else None
        brief = with_scene(content.brief, wish.scene, asset_id=None, focus=focus)
        sources = list(content.sources)
        sources[place] = _generated_source(made).model_copy(update={"motion": motion})
        changed = content.model_copy(update={"brief": brief, "sources": tuple(sources)})
        shown = {} if kind == "image" else {place: made}
        changed = await with_cuts(changed, pictures={}, cutting=self._cutting, made=shown)
        return Edit(changed, f"Scene {wish.scene} shows {kind} {made.id}")

    async def choose_models(
        self, job: JobState, content: StoryboardContent, *, scene: int, models: SceneModels
    ) -> Edit:
        """Have a scene's picture, or its motion, made by another model or by the compositor."""
        check_number(content.brief, scene)
        client_id, place, said = job.request.client_id, scene - 1, models.model_fields_set
        words: list[str] = []
        if "image" in said:
            with faults_at("image"):
                content = await with_image(content, place, models.image, book=self._book, client_id=client_id)
            words.append(f"picture by {_maker(models.image)}")
        if "motion" in said:
            with faults_at("motion"):
                content = await with_motion(content, place, models.motion, book=self._book, client_id=client_id)
            words.append(f"motion by {_maker(models.motion)}")
        return Edit(content, f"Scene {scene}: {', '.join(words)}")

    async def choose_music(self, job: JobState, content: StoryboardContent, choice: ModelChoice | None) -> Edit:
        """Have the music made by another model or by the compositor."""
        with faults_at("model"):
            changed = await with_music(content, choice, book=self._book, client_id=job.request.client_id)
        return Edit(changed, f"Music by {_maker(choice)}")

    async def _replace_by_asset(self, job: JobState, content: StoryboardContent, *, scene: int, asset_id: UUID) -> Edit:
        pictures = {picture.id: picture for picture in await self._shelf.pictures(job.request, also=[asset_id])}
        brief = replace_picture(content.brief, scene, asset_facts(pictures[asset_id]))
        changed = await self._recast(job, content, brief, pictures, fresh_scene=scene)
        return Edit(changed, f"Scene {scene} shows {pictures[asset_id].name}")

    async def _recast(
        self,
        job: JobState,
        content: StoryboardContent,
        brief: Brief,
        pictures: Mapping[UUID, StudioPicture],
        *,
        fresh_scene: int | None = None,
        origins: Sequence[int] | None = None,
    ) -> StoryboardContent:
        places = list(origins) if origins is not None else list(range(len(brief.scenes)))
        changed = recast(content, brief, pictures=pictures, fresh_scene=fresh_scene, origins=places)
        changed = await renewed(content, changed, origins=places, book=self._book, client_id=job.request.client_id)
        return await with_cuts(changed, pictures=pictures, cutting=self._cutting)


def _generated_source(made: GenerationState) -> SceneSource:
    return SceneSource(
        kind="generated",
        picture_digest=made.digest,
        width=made.width,
        height=made.height,
        has_alpha=isinstance(made.facts, ImageFacts) and made.facts.has_alpha,
        generation_id=made.id,
    )


def _maker(choice: ModelChoice | None) -> str:
    return choice.model if choice is not None else "the compositor"


def _shown(content: StoryboardContent) -> list[UUID]:
    return [source.asset_id for source in content.sources if source.asset_id is not None]

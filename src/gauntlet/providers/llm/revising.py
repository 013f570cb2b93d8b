"""Changes of a brief in words: what a model is shown of it, and what becomes of its answer."""

import json
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from gauntlet.core.creative.brief import Brief, Scene
from gauntlet.core.errors import InvalidInput
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.llm.asking import Task
from gauntlet.providers.llm.assembling import Assembly, assemble
from gauntlet.providers.llm.contract import ReferencePicture, Revision
from gauntlet.providers.llm.draft import Draft, DraftPalette, DraftScene, NotADraft, SceneDraft, read_draft, wire_schema
from gauntlet.providers.llm.editing import Editor
from gauntlet.providers.llm.prompting import letters, revise_question
from gauntlet.providers.llm.scenes import shape_faults
from gauntlet.providers.local.planner import directing
from gauntlet.providers.local.planner.categories import Category
from gauntlet.providers.local.planner.known import gather
from gauntlet.providers.local.planner.refinement import check_number

INSTRUCTION_MAX: Final = 2_000


def check_wish(revision: Revision) -> None:
    """Raise `InvalidInput` for an unknown scene, and for a wish that is empty or too long."""
    length = len(revision.instruction.strip())
    if not 1 <= length <= INSTRUCTION_MAX:
        raise InvalidInput(
            f"The instruction has {length} characters; it has 1 to {INSTRUCTION_MAX}.",
            next_step="Say in a few sentences what is to change.",
            details={"field": "instruction", "value": length, "limit": INSTRUCTION_MAX},
        )
    if revision.scene_number is not None:
        check_number(revision.brief, revision.scene_number)


def revision_task(revision: Revision, pictures: tuple[ReferencePicture, ...]) -> Task:
    """Return what to ask for a revision, and how its answer becomes a brief."""
    number, context = revision.scene_number, _as_it_is(revision)
    known = gather(context)
    draft = draft_of(revision.brief, context)
    plan = json.dumps(draft.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1)
    question = revise_question(context, known, plan=plan, wish=revision.instruction, scene=number)
    editor = Editor(revision.brief, draft, context, known, wish=revision.instruction)

    def whole(text: str, planner: str) -> Assembly:
        changed = read_draft(Draft, text)
        if faults := shape_faults(changed.scenes, frames=known.frames):
            raise NotADraft(faults)
        if _shape(changed) == _shape(draft):
            return editor.edited(changed, planner=planner)
        seed = revision.brief.audio_direction.seed
        return assemble(changed, context, known, planner=planner, seed=seed, wish=revision.instruction)

    def scene(text: str, planner: str) -> Assembly:
        changed = read_draft(SceneDraft, text).scene
        scenes = [changed if place == number else kept for place, kept in enumerate(draft.scenes, start=1)]
        return editor.edited(draft.model_copy(update={"scenes": tuple(scenes)}), planner=planner)

    build, kind = (whole, Draft) if number is None else (scene, SceneDraft)
    return Task(revision, question, wire_schema(kind), pictures, build)


def _shape(draft: Draft) -> tuple[object, ...]:
    """Return what cannot change without timing, music and story changing with it."""
    return (draft.mood, draft.language, *(scene.purpose for scene in draft.scenes))


def _as_it_is(revision: Revision) -> PlanRequest:
    """Return the request with length, platform and shape as the brief has them: a wish for words changes none."""
    specs = revision.brief.technical_specs
    kept = {"duration_s": specs.duration, "platform": specs.platform, "aspect_ratio": specs.aspect_ratio}
    return revision.context.model_copy(update=kept)


def draft_of(brief: Brief, request: PlanRequest) -> Draft:
    """Return a brief in the words in which a model would have drafted it."""
    by_id = {asset_id: letter for letter, asset_id in letters(request.assets).items()}
    palette, visual = brief.visual_direction.palette, brief.visual_direction
    category = brief.product.category
    return Draft(
        title=brief.title,
        language=brief.text_strategy.language,
        product_name=brief.product.name,
        category=Category(category) if category in set(Category) else Category.GENERAL,
        price_tier=brief.product.price_tier,
        facts=tuple(fact[:400] for fact in brief.product.description.split("; ") if fact)[:20],
        audience=brief.audience,
        tone=brief.text_strategy.tone,
        mood=visual.mood,
        aesthetic=visual.aesthetic,
        lighting=visual.lighting,
        camera=visual.camera,
        palette=DraftPalette(
            primary=palette.primary,
            secondary=palette.secondary,
            accent=palette.accent,
            background=palette.background,
        ),
        call_to_action=brief.call_to_action.text,
        offer=brief.call_to_action.offer or "",
        scenes=tuple(_scene_draft(scene, by_id) for scene in brief.scenes),
    )


def _scene_draft(scene: Scene, by_id: Mapping[UUID, str]) -> DraftScene:
    return DraftScene(
        purpose=scene.purpose,
        shot_type=scene.shot_type,
        camera_movement=scene.camera_movement,
        subject=scene.subject,
        environment=scene.environment,
        generation_prompt=scene.generation_prompt.split(directing.TAIL_MARK)[0].strip(),
        overlay_text=scene.overlay_text,
        supporting_text=scene.supporting_text,
        seconds=round(scene.duration, 1),
        asset=by_id.get(scene.asset_id, "") if scene.asset_id else "",
    )

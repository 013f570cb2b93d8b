"""Carries the differences between two drafts into a brief: what is the same in both stays to the frame."""

from dataclasses import replace
from typing import Final

from gauntlet.core.creative.brief import Brief, Scene, ShotType
from gauntlet.core.creative.formats import FPS
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.llm.assembling import Assembly, left_out
from gauntlet.providers.llm.draft import Draft, DraftScene
from gauntlet.providers.llm.founding import sources_of
from gauntlet.providers.llm.lines import Checker, Fault, words_of_draft
from gauntlet.providers.llm.looks import wished_palette
from gauntlet.providers.llm.prompting import letters
from gauntlet.providers.llm.scenes import prompt_of, seen
from gauntlet.providers.local.planner.known import Known
from gauntlet.providers.local.planner.pacing import reading_frames
from gauntlet.providers.local.planner.refinement import with_scene
from gauntlet.providers.local.planner.retiming import resized
from gauntlet.providers.local.planner.text import clean, clipped, shown

_SAME_S: Final = 0.2
"""Seconds are told with one decimal; less than this is no wish."""

_OF_ONE_VERSION: Final = frozenset({"words_left_out", "built_in_planner_used", "key_refused", "payment_required"})


class Editor:
    """Edits one brief, whose draft is `before`, under everything known around it."""

    def __init__(self, brief: Brief, before: Draft, context: PlanRequest, known: Known, *, wish: str) -> None:
        self._brief = brief
        self._before = before
        self._context = context
        self._known = replace(known, language=brief.text_strategy.language)
        self._by_letter = letters(context.assets)
        self._by_id = {asset.id: asset for asset in context.assets}
        said = (wish, *(f"{scene.overlay_text} {scene.supporting_text}" for scene in brief.scenes))
        sources = sources_of(context, *said, brief.call_to_action.text)
        self._checker = Checker(known.guard, sources, brief.text_strategy.language)

    def edited(self, after: Draft, *, planner: str) -> Assembly:
        """Return the brief with what differs in `after`, which has as many scenes of the same purposes."""
        brief, faults = self._with_words(after)
        brief = self._with_look(brief, after)
        for number, (old, new) in enumerate(zip(self._before.scenes, after.scenes, strict=True), start=1):
            if new != old:
                brief, problems = self._with_scene(brief, number, old=old, new=new)
                faults += problems
        kept = tuple(note for note in brief.warnings if note.code not in _OF_ONE_VERSION)
        told = brief.model_copy(update={"warnings": (*left_out(faults), *kept), "planner": planner})
        return Assembly(Brief.model_validate(told.model_dump(exclude_computed_fields=True)), faults)

    def _with_words(self, after: Draft) -> tuple[Brief, tuple[Fault, ...]]:
        before, brief = self._before, self._brief
        changes: dict[str, object] = {}
        if after.title != before.title and (title := self._said(after.title, limit=160)):
            changes["title"] = title
        if after.audience != before.audience and (audience := self._said(after.audience, limit=300)):
            changes["audience"] = audience
        if after.tone != before.tone and (tone := self._said(after.tone, limit=120)):
            changes["text_strategy"] = brief.text_strategy.model_copy(update={"tone": tone})
        faults: tuple[Fault, ...] = ()
        if after.call_to_action != before.call_to_action:
            call = self._said(after.call_to_action, limit=60)
            if objection := self._checker.objection(call) if call else None:
                faults = (Fault(len(brief.scenes), objection[0], is_forbidden=objection[1]),)
            elif call:
                changes["call_to_action"] = brief.call_to_action.model_copy(update={"text": call})
        return brief.model_copy(update=changes), faults

    def _said(self, words: str, *, limit: int) -> str:
        return clipped(self._known.guard.words(shown(clean(words))), limit=limit)

    def _with_look(self, brief: Brief, after: Draft) -> Brief:
        before, visual = self._before, brief.visual_direction
        changes: dict[str, object] = {}
        if after.aesthetic != before.aesthetic:
            changes["aesthetic"] = self._seen(after.aesthetic) or visual.aesthetic
        if after.lighting != before.lighting:
            changes["lighting"] = self._seen(after.lighting) or visual.lighting
        if after.camera != before.camera:
            changes["camera"] = self._seen(after.camera) or visual.camera
        is_free = not self._context.brand.colours
        if is_free and after.palette != before.palette and (palette := wished_palette(after.palette)):
            changes["palette"] = palette
        return brief.model_copy(update={"visual_direction": visual.model_copy(update=changes)})

    def _seen(self, words: str) -> str:
        return clipped(seen(words, self._known), limit=200)

    def _with_scene(
        self, brief: Brief, number: int, *, old: DraftScene, new: DraftScene
    ) -> tuple[Brief, tuple[Fault, ...]]:
        scene = brief.scenes[number - 1]
        brief = with_scene(brief, number, **self._seen_changes(brief, scene, old=old, new=new))
        if abs(new.seconds - old.seconds) >= _SAME_S:
            brief = resized(brief, number, to_frames=round(new.seconds * FPS))
        if (new.overlay_text, new.supporting_text) == (old.overlay_text, old.supporting_text):
            return brief, ()
        return self._with_lines(brief, number, new)

    def _seen_changes(self, brief: Brief, scene: Scene, *, old: DraftScene, new: DraftScene) -> dict[str, object]:
        changes: dict[str, object] = {}
        is_card = scene.shot_type is ShotType.END_CARD
        if new.shot_type not in (old.shot_type, ShotType.END_CARD) and not is_card:
            changes["shot_type"] = new.shot_type
        if new.camera_movement is not old.camera_movement and not is_card:
            changes["camera_movement"] = new.camera_movement
        if new.subject != old.subject:
            changes["subject"] = seen(new.subject, self._known)
        if new.environment != old.environment:
            changes["environment"] = seen(new.environment, self._known)
        if new.generation_prompt != old.generation_prompt:
            style, palette = self._context.brand.visual_style, brief.visual_direction.palette
            changes["generation_prompt"] = prompt_of(new, self._known, palette=palette, style=style)
        if new.asset != old.asset and not is_card:
            changes |= self._picture(new.asset)
        return changes

    def _picture(self, letter: str) -> dict[str, object]:
        if not letter.strip():
            return {"asset_id": None, "focus": None}
        asset_id = self._by_letter.get(letter.strip().upper())
        return {"asset_id": asset_id, "focus": self._by_id[asset_id].focus} if asset_id else {}

    def _with_lines(self, brief: Brief, number: int, new: DraftScene) -> tuple[Brief, tuple[Fault, ...]]:
        """Return the brief with the scene's new words, given the time that they take to read."""
        (words,), problems = words_of_draft((new,), self._checker)
        faults = tuple(replace(fault, scene=number) for fault in problems)
        for supporting in dict.fromkeys((words.supporting, "")):
            roomy = self._with_time(brief, number, chars=len(words.headline) + len(supporting))
            if roomy is not None:
                return with_scene(roomy, number, overlay_text=words.headline, supporting_text=supporting), faults
        reason = f"{words.headline[:80]!r} takes longer to read than the scene lasts, and no other has time to give."
        return brief, (*faults, Fault(number, reason))

    def _with_time(self, brief: Brief, number: int, *, chars: int) -> Brief | None:
        """Return the brief with so many characters' time for the scene; None where the others have none to give."""
        button = len(brief.call_to_action.text) if number == len(brief.scenes) else 0
        need = reading_frames(chars + button, language=self._checker.language)
        if need <= brief.scenes[number - 1].duration_frames:
            return brief
        roomy = resized(brief, number, to_frames=need)
        return roomy if roomy.scenes[number - 1].duration_frames >= need else None

"""What edits by hand do to a storyboard: pure rules. Lengths are whole frames, exactly as a person set them."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gauntlet.core.creative.brief import Brief, Purpose, Scene, ShotType
from gauntlet.core.creative.formats import DURATION_MAX_S, DURATION_MIN_S, FPS, SCENES_MAX, SCENES_MIN
from gauntlet.core.creative.storyboard import FootageCut, SceneSource, StoryboardContent
from gauntlet.domain.jobs.edits import (
    Duplicate,
    MoveCamera,
    Recolour,
    Remove,
    Retime,
    Rewrite,
    StoryboardEdit,
    Trim,
)
from gauntlet.providers.local.planner.guard import Guard
from gauntlet.providers.local.planner.pacing import SCENE_MIN_FRAMES, reading_frames
from gauntlet.workflows.cuts import frames_seen, plan_cut, still_fits
from gauntlet.workflows.drafts import Draft, broken
from gauntlet.workflows.palette_edits import recoloured

_WORDS: Final = {"headline": "overlay_text", "supporting": "supporting_text"}
_CALLS: Final = {"call_to_action": "text", "destination": "destination"}


def with_edits(content: StoryboardContent, edits: Sequence[StoryboardEdit], *, guard: Guard) -> Draft:
    """Return the storyboard with all edits made, in order.

    Raises `InvalidInput` naming scene, value and limit for the first that cannot be, and where the whole breaks a rule
    of films: words that cannot be read in their time, a film too short or too long.
    """
    draft = Draft(content, tuple(range(len(content.sources))))
    for edit in edits:
        draft = _edited(draft, edit, guard)
    _check_total(content, draft)
    _check_reading(content, draft)
    brief = Brief.model_validate(draft.brief.model_dump(exclude_computed_fields=True))
    draft = replace(draft, content=draft.content.model_copy(update={"brief": brief}))
    return _recut(content, draft)


def floor_frames(scene: Scene, *, language: str) -> int:
    """Return the fewest frames in which the scene's words can be read."""
    return reading_frames(len(scene.overlay_text) + len(scene.supporting_text), language=language)


def told(edit: StoryboardEdit) -> str:
    """Return the edit in words, for the storyboard's history."""
    match edit:
        case Retime():
            return f"Scene {edit.scene} lasts {edit.wanted_frames / FPS:.2f} s"
        case Rewrite():
            return f"Scene {edit.scene} says {' / '.join(text or 'nothing' for text in edit.said.values())}"
        case Trim():
            return f"Scene {edit.scene} begins at {edit.source_start_s:g} s of its film"
        case Remove():
            return f"Scene {edit.scene} removed"
        case Duplicate():
            return f"Scene {edit.scene} shown twice"
        case MoveCamera():
            return f"Scene {edit.scene}: camera {edit.move.value.replace('_', ' ')}"
        case Recolour():
            return f"Colours: {', '.join(edit.colors.said.values())}"


def _edited(draft: Draft, edit: StoryboardEdit, guard: Guard) -> Draft:
    if not isinstance(edit, Recolour):
        _check_number(draft, edit)
    match edit:
        case Retime():
            return _retimed(draft, edit)
        case Rewrite():
            return _reworded(draft, edit, guard)
        case Trim():
            return _trimmed(draft, edit)
        case Remove():
            return _removed(draft, edit)
        case Duplicate():
            return _duplicated(draft, edit)
        case MoveCamera():
            return draft.with_scene(edit.scene, camera_movement=edit.move)
        case Recolour():
            brief = recoloured(draft.brief, edit.colors)
            return replace(draft, content=draft.content.model_copy(update={"brief": brief}))


def _retimed(draft: Draft, edit: Retime) -> Draft:
    wanted, place = edit.wanted_frames, edit.scene - 1
    if wanted < SCENE_MIN_FRAMES:
        raise broken(
            f"Scene {edit.scene} cannot last {wanted} frames: a scene has at least {SCENE_MIN_FRAMES}"
            f" ({SCENE_MIN_FRAMES / FPS:.2f} s).",
            next_step=f"Give it {SCENE_MIN_FRAMES} frames or more, or remove it.",
            scene=edit.scene,
            field="frames",
            value=wanted,
            limit=SCENE_MIN_FRAMES,
        )
    lengths = [scene.duration_frames for scene in draft.brief.scenes]
    delta = wanted - lengths[place]
    lengths[place] = wanted
    if edit.keep_total:
        lengths = _given_way(draft, lengths, place, delta, asked=edit.scene)
    return draft.with_scenes(_of_lengths(draft.brief.scenes, lengths))


def _given_way(draft: Draft, lengths: Sequence[int], place: int, delta: int, *, asked: int) -> list[int]:
    """Return the lengths with `delta` frames taken from (or, negative, given to) the scenes around `place`.

    The next scene comes first, then the one before, then those further off; time is given to the first of them alone.
    """
    out, left, language = list(lengths), delta, draft.brief.text_strategy.language
    for other in sorted((i for i in range(len(out)) if i != place), key=lambda i: (abs(i - place), i < place)):
        least = min(out[other], max(SCENE_MIN_FRAMES, floor_frames(draft.brief.scenes[other], language=language)))
        taken = left if left <= 0 else min(left, out[other] - least)
        out[other] -= taken
        left -= taken
        if left == 0:
            return out
    most = delta - left
    raise broken(
        f"Scene {asked} needs {delta} frames of the other scenes, which have {most} to give:"
        " their words must stay readable.",
        next_step=f"Ask for {left} frames less, shorten words of other scenes, or let the film become longer"
        " (keepTotal false).",
        scene=asked,
        field="keepTotal",
        value=delta,
        limit=most,
    )


def _reworded(draft: Draft, edit: Rewrite, guard: Guard) -> Draft:
    for name, text in edit.said.items():
        if term := guard.found(text):
            raise broken(
                f"The words for scene {edit.scene} hold {term!r}, which the brand or the campaign forbids.",
                next_step="Say it without that word, or take it off the list first.",
                scene=edit.scene,
                field=name,
                value=term,
            )
    calls = {_CALLS[name]: text or None for name, text in edit.said.items() if name in _CALLS}
    if calls and edit.scene != len(draft.brief.scenes):
        raise broken(
            f"Scene {edit.scene} is not the end card, where the call to action and the destination stand.",
            next_step=f"Name scene {len(draft.brief.scenes)} for these.",
            scene=edit.scene,
            field="scene",
            value=edit.scene,
            limit=len(draft.brief.scenes),
        )
    words = {_WORDS[name]: text for name, text in edit.said.items() if name in _WORDS}
    draft = draft.with_scene(edit.scene, **words)
    if not calls:
        return draft
    call = draft.brief.call_to_action.model_copy(update=calls)
    brief = draft.brief.model_copy(update={"call_to_action": call})
    return replace(draft, content=draft.content.model_copy(update={"brief": brief}))


def _trimmed(draft: Draft, edit: Trim) -> Draft:
    source = draft.content.sources[edit.scene - 1]
    cut = source.cut
    if cut is None:
        raise broken(
            f"Scene {edit.scene} shows no film, so there is no place in one to begin at.",
            next_step="Show a film in it first, or choose a scene with footage.",
            scene=edit.scene,
            field="scene",
            value=edit.scene,
        )
    fitted = _fitted(cut, frames_seen(draft.brief.scenes, edit.scene - 1))
    start_ms, latest_ms = round(edit.source_start_s * 1_000), latest_start_ms(fitted)
    if start_ms > latest_ms:
        raise broken(
            f"Scene {edit.scene} cannot begin at {edit.source_start_s:g} s of its film, which lasts"
            f" {cut.film_ms / 1_000:g} s: the latest is {latest_ms / 1_000:g} s.",
            next_step=f"Begin at {latest_ms / 1_000:g} s or earlier, or make the scene shorter first.",
            scene=edit.scene,
            field="sourceStartS",
            value=edit.source_start_s,
            limit=latest_ms / 1_000,
        )
    return draft.with_source(edit.scene, _recast(source, fitted.model_copy(update={"start_ms": start_ms})))


def _removed(draft: Draft, edit: Remove) -> Draft:
    count, place = len(draft.brief.scenes), edit.scene - 1
    _check_no_end_card(draft, edit.scene, action="removed")
    if count <= SCENES_MIN:
        raise broken(
            f"Scene {edit.scene} cannot be removed: the film has {count} scenes, and at least {SCENES_MIN}.",
            next_step="Change the scene instead, or duplicate another one first.",
            scene=edit.scene,
            field="scene",
            value=count,
            limit=SCENES_MIN,
        )
    lengths = [scene.duration_frames for scene in draft.brief.scenes]
    if edit.keep_total:
        lengths = _given_way(draft, lengths, place, -lengths[place], asked=edit.scene)
    scenes = _of_lengths(draft.brief.scenes, lengths)
    del scenes[place]
    return _placed(draft, scenes, [i for i in range(count) if i != place])


def _duplicated(draft: Draft, edit: Duplicate) -> Draft:
    count, place = len(draft.brief.scenes), edit.scene - 1
    _check_no_end_card(draft, edit.scene, action="shown twice")
    if count >= SCENES_MAX:
        raise broken(
            f"Scene {edit.scene} cannot be shown twice: the film has {count} scenes, and at most {SCENES_MAX}.",
            next_step="Remove another scene first.",
            scene=edit.scene,
            field="scene",
            value=count,
            limit=SCENES_MAX,
        )
    lengths = [scene.duration_frames for scene in draft.brief.scenes]
    length = lengths[place]
    if edit.keep_total:
        lengths = _given_way(draft, lengths, place, length, asked=edit.scene)
    scenes = _of_lengths(draft.brief.scenes, lengths)
    scenes.insert(place + 1, scenes[place])
    places = list(range(count))
    places.insert(place + 1, place)
    draft = _placed(draft, scenes, places)
    # What moves the scene is paid for: nobody asked for it a second time.
    copy = draft.content.sources[place + 1].model_copy(update={"motion": None})
    return draft.with_source(edit.scene + 1, copy)


def _placed(draft: Draft, scenes: Sequence[Scene], places: Sequence[int]) -> Draft:
    """Return the draft with scenes that come from `places` of it."""
    sources = tuple(draft.content.sources[place] for place in places)
    moved = replace(
        draft,
        content=draft.content.model_copy(update={"sources": sources}),
        origins=tuple(draft.origins[place] for place in places),
    )
    return moved.with_scenes(scenes)


def _of_lengths(scenes: Sequence[Scene], lengths: Sequence[int]) -> list[Scene]:
    return [s.model_copy(update={"duration_frames": n}) for s, n in zip(scenes, lengths, strict=True)]


def latest_start_ms(cut: FootageCut) -> int:
    """Return where in its film a scene's stretch may begin at the latest."""
    return max(0, cut.film_ms - cut.length_ms)


def _fitted(cut: FootageCut, frames: int) -> FootageCut:
    """Return the stretch as long as so many frames need it, from where it begins as far as the film allows."""
    plan = plan_cut(film_ms=cut.film_ms, frames=frames, frame_rate=None, is_heard=cut.is_heard)
    changes: dict[str, object] = {"length_ms": plan.length_ms, "pace_percent": plan.pace_percent, "play": plan.play}
    if still_fits(cut, plan):
        changes = {"length_ms": plan.length_ms}
    fitted = cut.model_copy(update=changes)
    return fitted.model_copy(update={"start_ms": min(cut.start_ms, latest_start_ms(fitted))})


def _recut(before: StoryboardContent, draft: Draft) -> Draft:
    """Return the draft with stretches that fill their scenes, where these are longer now; others stay as they are."""
    scenes = draft.brief.scenes
    for place, origin in enumerate(draft.origins):
        source = draft.content.sources[place]
        frames = frames_seen(scenes, place)
        if source.cut is None or frames == frames_seen(before.brief.scenes, origin):
            continue
        needed_ms = math.ceil(frames * 1_000 / FPS)
        if source.cut.play == "once" and source.cut.pace_percent == 100 and source.cut.length_ms >= needed_ms:
            continue
        draft = draft.with_source(place + 1, _recast(source, _fitted(source.cut, frames)))
    return draft


def _recast(source: SceneSource, cut: FootageCut) -> SceneSource:
    return source.model_copy(update={"cut": cut})


def _check_number(draft: Draft, edit: Retime | Rewrite | Trim | Remove | Duplicate | MoveCamera) -> None:
    count = len(draft.brief.scenes)
    if edit.scene > count:
        raise broken(
            f"There is no scene {edit.scene}: the storyboard has scenes 1 to {count}.",
            next_step=f"Name a scene from 1 to {count}.",
            scene=edit.scene,
            field="scene",
            value=edit.scene,
            limit=count,
        )


def _check_no_end_card(draft: Draft, number: int, *, action: str) -> None:
    scene = draft.brief.scenes[number - 1]
    if number == len(draft.brief.scenes) or Purpose.CTA is scene.purpose or scene.shot_type is ShotType.END_CARD:
        raise broken(
            f"Scene {number} is the end card and cannot be {action}.",
            next_step="Name another scene.",
            scene=number,
            field="scene",
            value=number,
        )


def _check_total(before: StoryboardContent, draft: Draft) -> None:
    frames, was = draft.brief.technical_specs.duration_frames, before.brief.technical_specs.duration_frames
    if frames == was:
        return
    if not DURATION_MIN_S * FPS <= frames <= DURATION_MAX_S * FPS:
        raise broken(
            f"The film would last {frames / FPS:.2f} s; a film lasts {DURATION_MIN_S} to {DURATION_MAX_S} s.",
            next_step="Make scenes shorter or longer, or keep the film's length with keepTotal.",
            field="edits",
            value=frames / FPS,
            limit=DURATION_MIN_S if frames < was else DURATION_MAX_S,
        )
    if before.bed is not None and before.bed.is_whole:
        raise broken(
            f"The film would last {frames / FPS:.2f} s; the client's own music ({before.bed.name[:80]}) plays whole"
            f" and lends it its {was / FPS:.2f} s.",
            next_step="Keep the film's length with keepTotal.",
            field="keepTotal",
            value=frames / FPS,
            limit=was / FPS,
        )


def _check_reading(before: StoryboardContent, draft: Draft) -> None:
    """Raise for a scene whose words can be read less well than before, and not in its time."""
    language = draft.brief.text_strategy.language
    for scene, origin in zip(draft.brief.scenes, draft.origins, strict=True):
        old = before.brief.scenes[origin]
        need, known = floor_frames(scene, language=language), floor_frames(old, language=language)
        if scene.duration_frames >= need or (need <= known and scene.duration_frames >= old.duration_frames):
            continue
        raise broken(
            f"The words of scene {scene.number} take {need / FPS:.2f} s to read; it would last"
            f" {scene.duration_frames / FPS:.2f} s.",
            next_step=f"Shorten the words, or give the scene {need} frames.",
            scene=scene.number,
            field="frames",
            value=scene.duration_frames,
            limit=need,
        )

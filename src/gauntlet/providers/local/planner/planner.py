"""The built-in planner: any prompt becomes the plan of an ad by rules alone, the same each time, without a network."""

import hashlib
from typing import Final

from gauntlet.core.creative.brief import (
    AudioDirection,
    Brief,
    CallToAction,
    Pacing,
    Palette,
    Product,
    Purpose,
    Scene,
    ShotType,
    TechnicalSpecs,
    TextStrategy,
    VisualDirection,
)
from gauntlet.core.creative.formats import CANVASES, FPS, PLATFORM_NAMES
from gauntlet.providers.base import PlanRequest, PlanResult, RefineRequest
from gauntlet.providers.local.planner import afterthoughts, directing, pacing, story
from gauntlet.providers.local.planner.casting import Cast, cast
from gauntlet.providers.local.planner.categories import SETTINGS
from gauntlet.providers.local.planner.confidence import judge
from gauntlet.providers.local.planner.copywriting import Words, call_for, wished_frames, write
from gauntlet.providers.local.planner.known import Known, gather
from gauntlet.providers.local.planner.language import direction
from gauntlet.providers.local.planner.look import choose_fonts, choose_palette
from gauntlet.providers.local.planner.moods import MANNERS
from gauntlet.providers.local.planner.refinement import refine
from gauntlet.providers.local.planner.text import capitalised, clipped

PROVIDER: Final = "gauntlet/planner"


class BuiltInPlanner:
    """Plans ads by rules. Pure: the same request gives the same brief; costs nothing; raises only `InvalidInput`."""

    def plan(self, request: PlanRequest) -> PlanResult:
        """Return a brief for the request; whatever is missing in it is assumed and listed in `defaults_used`."""
        return PlanResult(brief=_brief(request), provider=PROVIDER)

    def refine(self, request: RefineRequest) -> PlanResult:
        """Return the brief with one scene changed as its instruction says; `InvalidInput` when it is not understood."""
        return PlanResult(brief=refine(request), provider=PROVIDER)


def _brief(request: PlanRequest) -> Brief:
    known, seed = gather(request), seed_of(request)
    manner = MANNERS[known.mood]
    purposes = _purposes(known)
    wished, needs = wished_frames(known, purposes, story.ideal_frames(purposes, total=known.frames))
    tempo = story.tempo_range(manner.tempo, platform=known.platform, mood=known.mood)
    timing = pacing.time_scenes(wished, needs, total=known.frames, tempo=tempo)
    words = write(known, purposes, timing.durations, seed=seed)
    wordings = [f"{pair.headline} {pair.supporting}" for pair in words]
    casting = cast(request.assets, purposes, wordings=wordings, aspect=known.aspect_ratio)
    visual = _visual(known, request)
    levels = story.intensities(purposes, level=manner.level)
    scenes = _scenes(
        known,
        purposes,
        timing,
        words=words,
        casting=casting,
        palette=visual.palette,
        style=request.brand.visual_style,
        seed=seed,
    )
    return Brief(
        title=_title(known),
        product=_product(known),
        audience=known.audience,
        technical_specs=specs_of(known),
        visual_direction=visual,
        audio_direction=audio_of(known, timing, levels=levels, seed=seed),
        text_strategy=_text(known, words),
        pacing=pacing_of(known, levels=levels),
        call_to_action=_call_to_action(known, frames=timing.durations[-1]),
        scenes=scenes,
        confidence=judge(known, request, pictures_used=len({asset.id for asset in casting.pictures.values()})),
        defaults_used=known.defaults,
        warnings=(
            *known.warnings,
            *afterthoughts.unused(known, words),
            *afterthoughts.unsaid(known, words),
            *afterthoughts.unshown(known, request, casting),
        ),
        planner=PROVIDER,
    )


def _title(known: Known) -> str:
    parts = (capitalised(known.name), PLATFORM_NAMES[known.platform], f"{known.frames / FPS:g} s")
    return clipped(" · ".join(parts), limit=160)


def audio_of(known: Known, timing: pacing.Timing, *, levels: tuple[float, ...], seed: int) -> AudioDirection:
    """Return the sound of the film's mood at the tempo on which its cuts fall."""
    manner = MANNERS[known.mood]
    return AudioDirection(
        genre=known.guard.words(manner.genre),
        mood=known.mood,
        tempo_bpm=timing.tempo_bpm,
        intensity_curve=levels,
        instruments=tuple(name for name in manner.instruments if not known.guard.forbids(name)),
        seed=seed,
    )


def pacing_of(known: Known, *, levels: tuple[float, ...]) -> Pacing:
    """Return how fast the film cuts, and its energy."""
    cuts = len(levels) - 1
    return Pacing(
        cuts_per_minute=round(cuts * 60 * FPS / known.frames, 2),
        transition=MANNERS[known.mood].transition,
        energy_curve=levels,
    )


def _call_to_action(known: Known, *, frames: int) -> CallToAction:
    offer = known.guard.first(known.reading.bound if known.reading.offer else None)
    return CallToAction(text=call_for(known, frames=frames), destination=known.destination, offer=offer or None)


def seed_of(request: PlanRequest) -> int:
    """Return a number that is the same for the same request, for choices that are all as good."""
    # What was not given is left out: a request as it always was keeps the film that it always made.
    left_out = {"reference"} if request.reference is None else set[str]()
    return int.from_bytes(hashlib.sha256(request.model_dump_json(exclude=left_out).encode()).digest()[:4]) >> 1


def _purposes(known: Known) -> tuple[Purpose, ...]:
    from_prompt = known.reading
    offers = [text for text in (from_prompt.offer, from_prompt.price) if text and not known.guard.forbids(text)]
    facts = len(known.features)
    problem = from_prompt.problem if from_prompt.problem and not known.guard.forbids(from_prompt.problem) else None
    material = story.Material(
        has_problem=problem is None and _has_problem(known),
        has_proof=bool(known.proofs),
        has_offer=bool(offers),
        facts=facts,
    )
    count = story.scene_count(duration_s=known.frames / FPS, platform=known.platform, facts=facts + len(known.proofs))
    return story.shape(material, count=count)


def _has_problem(known: Known) -> bool:
    return SETTINGS[known.category].has_problem and not known.reading.audience


def _scenes(
    known: Known,
    purposes: tuple[Purpose, ...],
    timing: pacing.Timing,
    *,
    words: tuple[Words, ...],
    casting: Cast,
    palette: Palette,
    style: str | None,
    seed: int,
) -> tuple[Scene, ...]:
    manner = MANNERS[known.mood]
    shot_types = directing.shots(purposes, reused=casting.reused)
    moves = directing.moves(shot_types, manner, seed=seed)
    levels = story.intensities(purposes, level=manner.level)
    entries = directing.transitions(purposes, manner)
    scenes: list[Scene] = []
    for index, purpose in enumerate(purposes):
        scene = _scene(
            known, purpose, index=index, shot=shot_types[index], words=words[index], palette=palette, style=style
        )
        placed = {
            **_place(timing, casting, index),
            "camera_movement": moves[index],
            "music_intensity": levels[index],
            "transition": entries[index],
        }
        scenes.append(Scene.model_validate({**scene, **placed}))
    return tuple(scenes)


def _place(timing: pacing.Timing, casting: Cast, index: int) -> dict[str, object]:
    """Return when a scene plays and which picture it shows."""
    picture = casting.pictures.get(index)
    return {
        "start_frame": sum(timing.durations[:index]),
        "duration_frames": timing.durations[index],
        "asset_id": picture.id if picture else None,
        "focus": picture.focus if picture else None,
    }


def _scene(
    known: Known,
    purpose: Purpose,
    *,
    index: int,
    shot: ShotType,
    words: Words,
    palette: Palette,
    style: str | None,
) -> dict[str, object]:
    """Return what a scene shows and says."""
    what = directing.subject(known, purpose, index=index, headline=words.headline)
    where = directing.environment(known, index=index)
    prompt = directing.generation_prompt(known, shot=shot, what=what, where=where, palette=palette, style=style)
    return {
        "number": index + 1,
        "purpose": purpose,
        "shot_type": shot,
        "subject": what,
        "environment": where,
        "generation_prompt": prompt,
        "overlay_text": words.headline,
        "supporting_text": words.supporting,
    }


def _product(known: Known) -> Product:
    said = [item.rstrip(" .;,") for item in (known.kind, *known.features, *known.proofs) if item]
    return Product(
        name=capitalised(known.name),
        brand=known.brand,
        category=known.guard.words(known.category.value) or "general",
        description=clipped("; ".join(dict.fromkeys(said)), limit=600),
        price_tier=known.price_tier,
    )


def specs_of(known: Known) -> TechnicalSpecs:
    """Return what the film is, in numbers."""
    canvas = CANVASES[known.aspect_ratio]
    return TechnicalSpecs(
        duration_frames=known.frames,
        aspect_ratio=known.aspect_ratio,
        platform=known.platform,
        width=canvas.width,
        height=canvas.height,
    )


def _visual(known: Known, request: PlanRequest) -> VisualDirection:
    manner = MANNERS[known.mood]
    heading, body = choose_fonts(request.brand, mood=known.mood, language=known.language)
    style = (request.brand.visual_style or "").rstrip(" .;,")
    aesthetic = f"{style}; {manner.aesthetic}" if style else manner.aesthetic
    return VisualDirection(
        aesthetic=clipped(known.guard.clauses(aesthetic), limit=200),
        mood=known.mood,
        palette=choose_palette(
            brand=request.brand,
            assets=request.assets,
            said=known.reading.colours,
            reference=request.reference.colours if request.reference else (),
            category=known.category,
            mood=known.mood,
            asked_mood=known.mood if known.reading.mood is known.mood else None,
        ),
        lighting=known.guard.clauses(known.lighting),
        camera=known.guard.clauses(manner.camera),
        heading_font=heading,
        body_font=body,
    )


def _text(known: Known, words: tuple[Words, ...]) -> TextStrategy:
    return TextStrategy(
        language=known.language,
        direction=direction(known.language),
        tone=known.guard.words(MANNERS[known.mood].tone),
        headline=next((pair.headline for pair in words if pair.headline), clipped(known.name, limit=120)),
        tagline=words[-1].headline or None,
    )

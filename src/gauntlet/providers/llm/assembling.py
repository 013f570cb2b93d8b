"""Turns a language model's draft into a brief: its words and choices, within everything that Gauntlet knows better."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.brief import Brief, BriefWarning, CallToAction, Product, Purpose, TextStrategy
from gauntlet.core.creative.formats import FPS, PLATFORM_NAMES
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.llm.draft import Draft, NotADraft
from gauntlet.providers.llm.founding import Sources, figures_of, sources_of
from gauntlet.providers.llm.lines import Checker, Fault, fitted, words_of_draft
from gauntlet.providers.llm.looks import visual_of
from gauntlet.providers.llm.prompting import letters
from gauntlet.providers.llm.scenes import Stage, scenes_of, shape_faults
from gauntlet.providers.llm.settling import settled
from gauntlet.providers.local.planner import afterthoughts, pacing, story
from gauntlet.providers.local.planner.casting import Cast, cast
from gauntlet.providers.local.planner.confidence import judge
from gauntlet.providers.local.planner.copywriting import Words, write
from gauntlet.providers.local.planner.known import Known
from gauntlet.providers.local.planner.language import direction
from gauntlet.providers.local.planner.moods import MANNERS
from gauntlet.providers.local.planner.planner import audio_of, pacing_of, seed_of, specs_of
from gauntlet.providers.local.planner.text import capitalised, clean, clipped, fold, shown

_WISH_RANGE: Final = (0.6, 1.7)
"""How far a model's seconds may stretch what a scene of its purpose would like: beyond, the rhythm goes."""

_OPENING_STRETCH: Final = (1.0, 1.25)
"""The same for what comes before the product, so that the product is there within five seconds."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """A brief that holds, and what had to be taken out of the draft for it; `faults` are worth asking again for."""

    brief: Brief
    faults: tuple[Fault, ...]


def assemble(
    draft: Draft, request: PlanRequest, known: Known, *, planner: str, seed: int | None = None, wish: str = ""
) -> Assembly:
    """Return the brief of a draft; raise `NotADraft` where its scenes tell no story that can be mended.

    What was asked for wins over the brand, the brand over the draft, the draft over what rules read out of the prompt.
    `wish` is what else people said, so that the draft may say it too.
    """
    if faults := shape_faults(draft.scenes, frames=known.frames):
        raise NotADraft(faults)
    sources = sources_of(request, wish)
    known = settled(known, draft, request, sources=sources, is_wished=bool(wish))
    said, faults_said = words_of_draft(draft.scenes, Checker(known.guard, sources, known.language))
    timing = time_draft(draft, known, said)
    kept, faults_read = fitted(said, timing.durations, language=known.language, call=known.call)
    seed = seed_of(request) if seed is None else seed
    shown_offer, faults_offer = _with_offer(kept, draft, known)
    words = _filled(shown_offer, draft, known, timing, seed=seed)
    film = _Film(draft, request, known, sources, timing, words, cast=_cast(draft, request, known, words))
    faults = (*faults_said, *faults_read, *faults_offer)
    return Assembly(_brief(film, faults, planner=planner, seed=seed), faults)


@dataclass(frozen=True, slots=True)
class _Film:
    """Everything that a brief is put together from."""

    draft: Draft
    request: PlanRequest
    known: Known
    sources: Sources
    timing: pacing.Timing
    words: tuple[Words, ...]
    cast: Cast


def _brief(film: _Film, faults: Sequence[Fault], *, planner: str, seed: int) -> Brief:
    draft, known, request = film.draft, film.known, film.request
    purposes = tuple(scene.purpose for scene in draft.scenes)
    visual = visual_of(draft, request, known)
    levels = story.intensities(purposes, level=MANNERS[known.mood].level)
    stage = Stage(known, film.timing, film.words, film.cast, visual.palette, request.brand.visual_style, seed)
    return Brief(
        title=_title(draft, known),
        product=_product(draft, known, film.sources),
        audience=known.audience,
        technical_specs=specs_of(known),
        visual_direction=visual,
        audio_direction=audio_of(known, film.timing, levels=levels, seed=seed),
        text_strategy=_text(draft, known, film.words),
        pacing=pacing_of(known, levels=levels),
        call_to_action=_call_to_action(draft, known, film.sources),
        scenes=scenes_of(draft.scenes, stage),
        confidence=judge(known, request, pictures_used=len({asset.id for asset in film.cast.pictures.values()})),
        defaults_used=known.defaults,
        warnings=_warnings(film, faults),
        planner=planner,
    )


def _warnings(film: _Film, faults: Sequence[Fault]) -> tuple[BriefWarning, ...]:
    return (
        *film.known.warnings,
        *left_out(faults),
        *afterthoughts.unsaid(film.known, film.words),
        *afterthoughts.unshown(film.known, film.request, film.cast),
    )


def _with_offer(words: tuple[Words, ...], draft: Draft, known: Known) -> tuple[tuple[Words, ...], tuple[Fault, ...]]:
    """Return the words with the offer's scene left empty, and a fault, where no scene says the offer's figures."""
    offer = known.reading.offer or known.reading.price
    heard = figures_of(" . ".join(f"{pair.headline} . {pair.supporting}" for pair in words))
    if not offer or known.guard.forbids(offer) or figures_of(offer) <= heard:
        return words, ()
    places = [index for index, scene in enumerate(draft.scenes) if scene.purpose is Purpose.OFFER]
    place = places[0] if places else len(words) - 2
    fault = Fault(place + 1, f"The offer is nowhere on screen: {offer[:80]!r}.")
    return tuple(Words("") if index in places else pair for index, pair in enumerate(words)), (fault,)


def _filled(
    words: tuple[Words, ...], draft: Draft, known: Known, timing: pacing.Timing, *, seed: int
) -> tuple[Words, ...]:
    """Return the words with the built-in planner's own where a model's had to go; what is empty on purpose stays so."""
    if all(pair.headline or not scene.overlay_text for pair, scene in zip(words, draft.scenes, strict=True)):
        return words
    purposes = tuple(scene.purpose for scene in draft.scenes)
    said = {fold(pair.headline) for pair in words}
    filled: list[Words] = []
    for pair, scene, own in zip(words, draft.scenes, write(known, purposes, timing.durations, seed=seed), strict=True):
        is_gap = bool(scene.overlay_text) and not pair.headline and fold(own.headline) not in said
        filled.append(own if is_gap else pair)
        said.add(fold(filled[-1].headline))
    return tuple(filled)


def time_draft(draft: Draft, known: Known, words: Sequence[Words]) -> pacing.Timing:
    """Return tempo and scene lengths: the built-in rhythm, stretched towards the model's wishes and its words."""
    purposes = tuple(scene.purpose for scene in draft.scenes)
    ideal = story.ideal_frames(purposes, total=known.frames)
    asked = [scene.seconds * FPS or length for scene, length in zip(draft.scenes, ideal, strict=True)]
    scale = known.frames / sum(asked)
    opening = min(len(_OPENING_STRETCH), purposes.index(Purpose.PRODUCT_SHOWCASE))
    stretch = (*_OPENING_STRETCH[:opening], *[_WISH_RANGE[1]] * (len(ideal) - opening))
    wished: list[float] = []
    needs: list[int] = []
    for index, (length, wish, pair) in enumerate(zip(ideal, asked, words, strict=True)):
        chars = len(pair.headline) + len(pair.supporting) + (len(known.call) if index == len(words) - 1 else 0)
        need = pacing.reading_frames(chars, language=known.language) + 1 if chars else 0
        most = length * stretch[index]
        wished.append(min(most, max(wish * scale, length * _WISH_RANGE[0], need)))
        needs.append(need if need <= most else 0)
    tempo = story.tempo_range(MANNERS[known.mood].tempo, platform=known.platform, mood=known.mood)
    return pacing.time_scenes(_after_opening(wished, opening, known.frames), needs, total=known.frames, tempo=tempo)


def _after_opening(wished: Sequence[float], opening: int, total: int) -> list[float]:
    """Return the lengths with what comes before the product as it is, and the rest filling the film."""
    before, rest = wished[:opening], wished[opening:]
    scale = (total - sum(before)) / sum(rest)
    return [*before, *(length * scale for length in rest)]


def _cast(draft: Draft, request: PlanRequest, known: Known, words: Sequence[Words]) -> Cast:
    by_letter = letters(request.assets)
    chosen = {index: by_letter.get(scene.asset.strip().upper()) for index, scene in enumerate(draft.scenes)}
    wordings = [
        f"{pair.headline} {pair.supporting} {scene.subject}" for pair, scene in zip(words, draft.scenes, strict=True)
    ]
    return cast(
        request.assets,
        tuple(scene.purpose for scene in draft.scenes),
        wordings=wordings,
        aspect=known.aspect_ratio,
        wishes={index: asset_id for index, asset_id in chosen.items() if asset_id is not None},
    )


def _title(draft: Draft, known: Known) -> str:
    own = clipped(known.guard.words(shown(clean(draft.title))), limit=160)
    return own or f"{capitalised(known.name)} · {PLATFORM_NAMES[known.platform]} · {known.frames / FPS:g} s"[:160]


def _product(draft: Draft, known: Known, sources: Sources) -> Product:
    quoted = [shown(clean(fact)) for fact in draft.facts if sources.holds(fact)]
    said = quoted or [item for item in (known.kind, *known.features, *known.proofs) if item]
    allowed = [item for item in dict.fromkeys(said) if item and not known.guard.forbids(item)]
    return Product(
        name=capitalised(known.name),
        brand=known.brand,
        category=known.guard.words(known.category.value) or "general",
        description=clipped("; ".join(said.rstrip(" .;,") for said in allowed), limit=600),
        price_tier=known.price_tier,
    )


def _text(draft: Draft, known: Known, words: Sequence[Words]) -> TextStrategy:
    headline = next((pair.headline for pair in words if pair.headline), "")
    return TextStrategy(
        language=known.language,
        direction=direction(known.language),
        tone=clipped(known.guard.words(shown(clean(draft.tone))), limit=120) or MANNERS[known.mood].tone,
        headline=headline or clipped(known.name, limit=120),
        tagline=words[-1].headline or None,
    )


def _call_to_action(draft: Draft, known: Known, sources: Sources) -> CallToAction:
    told = known.reading.bound if known.reading.offer else None
    quoted = shown(clean(draft.offer)) if sources.holds(draft.offer) else None
    offer = known.guard.first(told, quoted)
    return CallToAction(
        text=clipped(known.call, limit=60), destination=known.destination, offer=clipped(offer, limit=160) or None
    )


def left_out(faults: Sequence[Fault]) -> tuple[BriefWarning, ...]:
    """Return a warning that names words which may not stand on screen."""
    if not faults:
        return ()
    told = " ".join(fault.told() for fault in faults)
    message = f"Words of the language model were left out. {told}"
    return (BriefWarning(code="words_left_out", message=clipped(message, limit=500)),)

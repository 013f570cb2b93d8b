"""From an approved storyboard to the film's timeline: one shot a scene, laid out for its canvas."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from gauntlet.core.creative.brief import Brief, Purpose, Scene, ShotType, Transition
from gauntlet.core.creative.formats import FPS
from gauntlet.core.creative.storyboard import SceneSource, StoryboardContent
from gauntlet.core.errors import InvalidInput
from gauntlet.render.captions import frames_to_read
from gauntlet.render.layout.captions import captions_for
from gauntlet.render.layout.card_scenes import can_be_shown, card
from gauntlet.render.layout.cropping import Picture
from gauntlet.render.layout.end_card import end_card
from gauntlet.render.layout.geometry import stage_for
from gauntlet.render.layout.legibility import Ground
from gauntlet.render.layout.lockups import brand_tag, logo_shows
from gauntlet.render.layout.motion import fade_away, settled_frame
from gauntlet.render.layout.panel_scenes import panel
from gauntlet.render.layout.photo_scenes import fills_frame, fills_window, full_bleed, leaves_side, plated, split
from gauntlet.render.layout.take import Composition, Take
from gauntlet.render.layout.theme import Theme, theme_for
from gauntlet.render.layout.type_scenes import offer, type_only
from gauntlet.render.timeline import BedSection, HeardFootage, Layer, MusicBed, RecordedBed, Shot, Timeline
from gauntlet.render.typography.fonts import Catalogue

LAYOUT_VERSION: Final = "3"
"""Part of what an approval is of: raise it whenever the same storyboard would come out as another film."""

_TRANSITION_FRAMES: Final = {Transition.CUT: 0, Transition.DISSOLVE: 11, Transition.PUSH: 12}
_TRANSITION_AT_LEAST: Final = 5
"""Frames under which a transition reads as a fault; a cut is better."""

_WORDS_OUT_BY, _WORDS_IN_FROM = 0.4, 0.6
"""Shares of a dissolve by which the old words are gone, and from which the new ones come: never both at once."""

_WORDED: Final = frozenset(
    {"headline", "supporting", "label", "cta", "destination", "brand", "legal", "button", "plate", "badge", "logo"}
)
"""First words of the names of layers that bear words, or that words stand on."""

_DEFAULT_FOCUS: Final = (0.5, 0.48)


@dataclass(frozen=True, slots=True)
class _Film:
    content: StoryboardContent
    theme: Theme
    transitions: tuple[int, ...]

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every scene's picture, in order."""
        pairs = zip(self.content.brief.scenes, self.content.sources, strict=True)
        return tuple(picture for scene, source in pairs if (picture := _picture(scene, source)))


def compose_timeline(content: StoryboardContent, *, fonts: Catalogue | None = None) -> Timeline:
    """Return the film of a storyboard: the same timeline for the same content, no pixel drawn.

    Raises InvalidInput when scenes and sources do not match, FontsUnavailable for a script that no font has.
    """
    brief = content.brief
    if len(content.sources) != len(brief.scenes):
        raise InvalidInput(
            f"the storyboard has {len(content.sources)} pictures for {len(brief.scenes)} scenes",
            next_step="make the storyboard again",
            details={"field": "sources", "value": len(content.sources), "limit": len(brief.scenes)},
        )
    film = _Film(content, theme_for(brief, fonts), _transitions(brief))
    shots: list[Shot] = []
    used: list[str] = []
    for index in range(len(brief.scenes)):
        shot, layout = _shot(film, index, used)
        shots.append(shot)
        used.append(layout)
    specs = brief.technical_specs
    return Timeline(
        width=specs.width,
        height=specs.height,
        fps=specs.fps,
        total_frames=specs.duration_frames,
        title=brief.title,
        language=brief.text_strategy.language,
        shots=tuple(shots),
        captions=captions_for(brief),
        music=_music(brief),
        recorded=_recorded(content),
        heard=_heard(content),
        poster_shot=_poster_shot(brief),
    )


def _transitions(brief: Brief) -> tuple[int, ...]:
    """Return each scene's overlap with the one before: never more than a third of either.

    It is shorter, or none, where the words would else come too late to be read.
    """
    out = [0]
    for before, scene in pairwise(brief.scenes):
        limit = min(before.duration_frames, scene.duration_frames) // 3
        longest = min(_TRANSITION_FRAMES[scene.transition], limit)
        spare = _spare_frames(brief, scene)
        lengths = range(longest, _TRANSITION_AT_LEAST - 1, -1)
        out.append(next((n for n in lengths if _entrance(scene.transition, n) <= spare), 0))
    return tuple(out)


def _entrance(transition: Transition, overlap: int) -> int:
    """Return the frame at which a scene's words begin to come in: in a dissolve when the old words have long gone."""
    if overlap and transition is Transition.DISSOLVE:
        return math.ceil(overlap * _WORDS_IN_FROM)
    return 2 + overlap // 2


def _spare_frames(brief: Brief, scene: Scene) -> int:
    """Return how many of a scene's frames may pass before its words begin to come in; never negative."""
    call = brief.call_to_action.text if scene.purpose is Purpose.CTA else ""
    words = f"{scene.overlay_text} {scene.supporting_text} {call}".strip()
    specs = brief.technical_specs
    needed = frames_to_read(words, fps=specs.fps, language=brief.text_strategy.language) if words else 0
    return max(0, scene.duration_frames - needed)


def _parting(layers: tuple[Layer, ...], *, duration: int, overlap: int) -> tuple[Layer, ...]:
    """Return the layers, those with words fading out first in a dissolve of `overlap` frames into the next scene."""
    frames = max(2, math.floor(overlap * _WORDS_OUT_BY))
    return tuple(
        layer.model_copy(update={"keys": fade_away(layer.keys, start=duration - 1, frames=frames)})
        if bears_words(layer)
        else layer
        for layer in layers
    )


def bears_words(layer: Layer) -> bool:
    """Tell whether a layer bears words, or is what words stand on."""
    return layer.name.split()[0] in _WORDED


def _shot(film: _Film, index: int, used: list[str]) -> tuple[Shot, str]:
    scene, overlap = film.content.brief.scenes[index], film.transitions[index]
    following = film.transitions[index + 1] if index + 1 < len(film.transitions) else 0
    begin = min(_entrance(scene.transition, overlap), _spare_frames(film.content.brief, scene))
    take = _take(film, index, begin=begin, frames=scene.duration_frames + following)
    layout, composition = _laid_out(take, film, used)
    tag = brand_tag(take, name=_brand_name(film.content.brief)) if layout in _TAGGED else None
    layers = (*composition.layers, *(tag.layers if tag else ()))
    arrived = max(settled_frame(layer.keys) for layer in layers)
    if following and film.content.brief.scenes[index + 1].transition is Transition.DISSOLVE:
        layers = _parting(layers, duration=scene.duration_frames, overlap=following)
    return (
        Shot(
            scene_number=scene.number,
            start_frame=scene.start_frame,
            duration_frames=scene.duration_frames,
            transition=scene.transition if overlap else Transition.CUT,
            transition_frames=overlap,
            layers=layers,
            texts=(*composition.texts, *(tag.texts if tag else ())),
            poster_frame=min(scene.duration_frames - 1, max(arrived, overlap)),
        ),
        layout,
    )


_TAGGED: Final = frozenset({"bleed_low", "plated", "split_picture_first"})
"""Layouts whose head is free for the brand's name."""


_BLEEDS: Final = frozenset({"bleed_low", "bleed_high", "plated"})
"""Layouts of a photograph that fills the frame."""


def _brand_name(brief: Brief) -> str:
    return brief.product.brand or brief.product.name


def _take(film: _Film, index: int, *, begin: int, frames: int) -> Take:
    brief = film.content.brief
    scene, source = brief.scenes[index], film.content.sources[index]
    stage = stage_for(brief.technical_specs, rtl=brief.text_strategy.direction == "rtl")
    return Take(
        stage=stage,
        theme=film.theme,
        brief=brief,
        scene=scene,
        picture=_picture(scene, source) or _borrowed(film, scene),
        logo=film.content.logo,
        frames=frames,
        begin=begin,
        turn=index,
        ground=_ground(film, index),
    )


def _picture(scene: Scene, source: SceneSource) -> Picture | None:
    if source.kind == "panel" or source.picture_digest is None or source.width is None or source.height is None:
        return None
    focus = scene.focus or _DEFAULT_FOCUS
    return Picture(
        source.picture_digest,
        source.width,
        source.height,
        source.has_alpha,
        focus,
        source.cut,
        is_generated=source.kind == "generated",
    )


def _borrowed(film: _Film, scene: Scene) -> Picture | None:
    """Return the product's picture for a scene without one: cut out if possible, else (to close) the largest.

    A film is the last choice; what it shows may be over before the scene is, so it may begin again.
    """
    pictures = film.pictures
    if scene.purpose not in {Purpose.OFFER, Purpose.CTA}:
        # A photograph belongs to its own scene; a cut-out is the product itself, and better than a drawing of it.
        pictures = tuple(picture for picture in pictures if picture.has_alpha)
    best = max(pictures, key=lambda p: (p.has_alpha, p.cut is None, p.width * p.height), default=None)
    if best is None or best.cut is None or best.cut.play != "once":
        return best
    return replace(best, cut=best.cut.model_copy(update={"play": "loop"}))


def _ground(film: _Film, index: int) -> Ground:
    """Return the scene's ground: by what it does for the story, never the same twice in a row."""
    theme, scenes = film.theme, film.content.brief.scenes
    order: list[Ground] = []
    for place, scene in enumerate(scenes[: index + 1]):
        wishes = {
            Purpose.HOOK: (theme.brand, theme.deep),
            Purpose.CONTEXT: (theme.soft, theme.paper),
            Purpose.PROBLEM: (theme.deep, theme.soft),
            Purpose.PRODUCT_SHOWCASE: (theme.paper, theme.soft),
            Purpose.BENEFIT: (theme.soft, theme.brand),
            Purpose.PROOF: (theme.deep, theme.paper),
            Purpose.OFFER: (theme.brand, theme.deep),
            Purpose.CTA: _closing_grounds(film),
        }[scene.purpose]
        taken = order[place - 1] if place else None
        order.append(next((ground for ground in wishes if ground != taken), theme.deep))
    return order[index]


def _closing_grounds(film: _Film) -> tuple[Ground, ...]:
    """Return the grounds for the end card, best first: those on which the logo shows, where its colour is known."""
    theme, logo = film.theme, film.content.logo
    if logo is None:
        return theme.brand, theme.paper
    grounds = (theme.paper, theme.soft, theme.brand, theme.deep)
    fitting = tuple(ground for ground in grounds if logo_shows(logo, ground))
    return fitting or grounds[:2]


def _laid_out(take: Take, film: _Film, used: list[str]) -> tuple[str, Composition]:
    scene = take.scene
    if scene.shot_type is ShotType.END_CARD or scene.purpose is Purpose.CTA:
        return "end_card", end_card(take)
    if scene.purpose is Purpose.OFFER:
        badge = offer(take)
        if badge:
            return "offer", badge
    if take.picture is None and film.pictures and used[-1:] != ["type_only"]:
        # Among photographs a drawn product would be a stranger: words alone keep the film of one kind.
        turn = used.count("type_only")
        grounds = (take.theme.brand, take.theme.soft, take.theme.deep)
        return "type_only", type_only(replace(take, turn=turn, ground=grounds[turn % len(grounds)]))
    if take.picture is None or not can_be_shown(take):
        return "panel", panel(replace(take, picture=None, turn=used.count("panel")))
    if take.picture.has_alpha:
        return "panel", panel(replace(take, turn=used.count("panel")))
    return _with_picture(take, used)


def _with_picture(take: Take, used: list[str]) -> tuple[str, Composition]:
    """Choose among the layouts that the picture bears: the one used least and not the last."""
    options = _options(take)
    last = used[-1] if used else ""
    name = min(options, key=lambda option: (option == last, used.count(option), options.index(option)))
    match name:
        case "bleed_low" | "bleed_high":
            return name, full_bleed(take, low=name == "bleed_low")
        case "plated":
            return name, plated(take)
        case "split_picture_first" | "split_words_first":
            return name, split(take, picture_first=name == "split_picture_first")
        case _:
            return name, card(take, words_first=name == "card_words_first")


def _options(take: Take) -> tuple[str, ...]:
    options: list[str] = []
    if fills_frame(take):
        # Where the foot is a platform's, low words would stand in the middle of the picture, on what it shows.
        # In a wide frame words beside the picture's middle would stand on what it shows, too.
        low = ["bleed_low"] if take.stage.low_is_free else []
        high = ["bleed_high"] if take.stage.stacked else []
        options += [*low, *high, "plated"]
    for name, first in (("split_words_first", False), ("split_picture_first", True)):
        if fills_window(take, picture_first=first):
            options.append(name)
    if not _BLEEDS.issuperset(options) and not leaves_side(take):
        options = [name for name in options if name not in _BLEEDS]
    return tuple(options) or ("card_words_first", "card_picture_first")


def _music(brief: Brief) -> MusicBed:
    audio = brief.audio_direction
    return MusicBed(
        tempo_bpm=audio.tempo_bpm,
        mood=audio.mood,
        genre=audio.genre,
        instruments=audio.instruments,
        sections=tuple(
            BedSection(
                start_frame=scene.start_frame,
                duration_frames=scene.duration_frames,
                intensity=scene.music_intensity,
                purpose=scene.purpose.value,
            )
            for scene in brief.scenes
        ),
        seed=audio.seed,
    )


def _recorded(content: StoryboardContent) -> RecordedBed | None:
    bed = content.bed
    if bed is None:
        return None
    return RecordedBed(digest=bed.digest, duration_ms=bed.duration_ms, is_whole=bed.is_whole)


def _heard(content: StoryboardContent) -> tuple[HeardFootage, ...]:
    """Return the footage whose own sound plays: once through, for as long as its scene lasts."""
    heard: list[HeardFootage] = []
    for scene, source in zip(content.brief.scenes, content.sources, strict=True):
        if source.cut is None or source.picture_digest is None or not source.cut.is_heard:
            continue
        lasting = min(scene.duration_frames, source.cut.length_ms * FPS // 1_000)
        heard.append(
            HeardFootage(
                digest=source.picture_digest,
                start_ms=source.cut.start_ms,
                start_frame=scene.start_frame,
                duration_frames=max(1, lasting),
            )
        )
    return tuple(heard)


def _poster_shot(brief: Brief) -> int:
    """Return the shot that stands for the film: where the product is shown first, else the opening."""
    showing = (i for i, scene in enumerate(brief.scenes) if scene.purpose is Purpose.PRODUCT_SHOWCASE)
    return next(showing, 0)

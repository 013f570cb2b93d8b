"""One ad's visual system: grounds from its palette, two type styles, one motif."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gauntlet.core.creative.brief import Brief, Mood
from gauntlet.core.creative.colour import mix, relative_luminance
from gauntlet.render.layout.legibility import Ground, ground_of, ink_for
from gauntlet.render.typography.fonts import Catalogue, default_catalogue
from gauntlet.render.typography.measuring import TypeStyle, type_style

_DEEP: Final = "#08090C"
_WHITE: Final = "#FFFFFF"


class Motif(StrEnum):
    """The shape that runs through an ad."""

    CIRCLE = "circle"
    ARCH = "arch"
    DIAGONAL = "diagonal"
    WAVE = "wave"
    DOTS = "dots"
    GRID = "grid"
    RAYS = "rays"


_MOTIFS: Final[dict[Mood, tuple[Motif, ...]]] = {
    Mood.ENERGETIC: (Motif.DIAGONAL, Motif.RAYS),
    Mood.UPLIFTING: (Motif.RAYS, Motif.CIRCLE),
    Mood.CALM: (Motif.WAVE, Motif.CIRCLE),
    Mood.ELEGANT: (Motif.ARCH,),
    Mood.PLAYFUL: (Motif.DOTS, Motif.CIRCLE),
    Mood.DRAMATIC: (Motif.DIAGONAL, Motif.CIRCLE),
    Mood.WARM: (Motif.ARCH, Motif.CIRCLE),
    Mood.TECH: (Motif.GRID, Motif.CIRCLE),
}

_HEADING_WEIGHT: Final = {"Manrope": 800, "Roboto": 900, "Source Sans Pro": 900, "Source Serif Pro": 700}
_HEADING_TRACKING: Final = {"Manrope": -0.025, "Roboto": -0.018, "Source Sans Pro": -0.018, "Source Serif Pro": -0.012}
_UNTRACKED: Final = frozenset({"ja", "zh", "ko", "ar", "fa", "he", "ur", "hi", "th"})


@dataclass(frozen=True, slots=True)
class Theme:
    """The system. `scrim` and `scrim_ink` are for type on photographs."""

    paper: Ground
    soft: Ground
    brand: Ground
    deep: Ground
    pop: Ground
    scrim: str
    scrim_ink: str
    heading: TypeStyle
    body: TypeStyle
    strong: TypeStyle
    motif: Motif
    mood: Mood
    seed: int
    palette: tuple[str, str, str, str]
    """Primary, secondary, accent, background, for pictures that carry no type."""


def theme_for(brief: Brief, fonts: Catalogue | None = None) -> Theme:
    """Return the visual system of a brief."""
    look, palette = brief.visual_direction, brief.visual_direction.palette
    language, seed = brief.text_strategy.language, brief.audio_direction.seed
    known = fonts or default_catalogue()
    head, body = known.resolve(look.heading_font), known.resolve(look.body_font)
    if body == "Fredoka One":
        body = "Manrope"  # a display face is not for running words
    inks = (palette.on_background, mix(palette.primary, _DEEP, share=0.8), _DEEP, _WHITE)
    tints = (palette.primary, palette.accent)
    dark = relative_luminance(palette.background) < 0.25
    soft_base = mix(palette.background, palette.primary, share=0.22 if dark else 0.16)
    deep = mix(palette.primary, _DEEP, share=0.82)
    motifs = _MOTIFS[look.mood]
    tracking = 0.0 if language in _UNTRACKED else _HEADING_TRACKING.get(head, 0.0)
    return Theme(
        paper=ground_of(palette.background, inks=inks, tints=tints),
        soft=ground_of(soft_base, inks=inks, tints=(palette.secondary, palette.primary)),
        brand=ground_of(palette.primary, inks=(palette.on_primary, _WHITE), tints=(palette.secondary, palette.accent)),
        deep=ground_of(deep, inks=(_WHITE,), tints=tints),
        pop=ground_of(palette.accent, inks=(palette.on_accent, _WHITE), tints=(palette.primary, palette.secondary)),
        scrim=mix(palette.primary, _DEEP, share=0.9),
        scrim_ink=ink_for(deep, _WHITE),
        heading=type_style(
            head, weight=_HEADING_WEIGHT.get(head, 700), language=language, tracking=tracking, fonts=fonts
        ),
        body=type_style(body, weight=500, language=language, fonts=fonts),
        strong=type_style(body, weight=700, language=language, fonts=fonts),
        motif=motifs[seed % len(motifs)],
        mood=look.mood,
        seed=seed,
        palette=(palette.primary, palette.secondary, palette.accent, palette.background),
    )

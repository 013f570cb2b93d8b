"""One ad's visual system: grounds from its palette, two type styles, one motif."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gauntlet.core.creative.brief import Brief, Mood, Palette
from gauntlet.core.creative.colour import contrast_ratio, relative_luminance
from gauntlet.render.layout.legibility import Ground, ground_of, ink_for
from gauntlet.render.panels.colours import from_lch, lch, lighter, toned
from gauntlet.render.typography.fonts import Catalogue, default_catalogue
from gauntlet.render.typography.measuring import TypeStyle, type_style

_DEEP: Final = "#08090C"
_WHITE: Final = "#FFFFFF"

_TINTED: Final = 0.008
"""OKLab chroma from which a background has a hue of its own."""

_FIELD_CONTRAST: Final = 1.25
"""Least contrast at which two neighbouring areas of colour read as two."""


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

    def field_colours(self, ground: Ground, turn: int, *, beside: str | None = None) -> tuple[str, str]:
        """Return fill and loud colour of a field next to `ground` (and to a badge of colour `beside`).

        Successive turns differ where the palette allows.
        """
        primary, secondary, accent, background = self.palette
        options = [
            (fill, loud)
            for fill, loud in (
                (primary, accent),
                (accent, primary),
                (secondary, accent),
                (background, accent),
                (toned(primary, 0.82, chroma_at_most=0.1), primary),
            )
            if all(contrast_ratio(fill, other) >= _FIELD_CONTRAST for other in (ground.base, beside or ground.base))
        ]
        if not options:
            return lighter(ground.base, 0.14), ground.ink
        fill, loud = options[turn % min(2, len(options))]
        return fill, ground.base if loud == beside else loud


def theme_for(brief: Brief, fonts: Catalogue | None = None) -> Theme:
    """Return the visual system of a brief."""
    look, palette = brief.visual_direction, brief.visual_direction.palette
    language, seed = brief.text_strategy.language, brief.audio_direction.seed
    known = fonts or default_catalogue()
    head, body = known.resolve(look.heading_font), known.resolve(look.body_font)
    if body == "Fredoka One":
        body = "Manrope"  # a display face is not for running words
    motifs = _MOTIFS[look.mood]
    tracking = 0.0 if language in _UNTRACKED else _HEADING_TRACKING.get(head, 0.0)
    weight = _HEADING_WEIGHT.get(head, 700)
    paper, soft, brand, deep, pop = _grounds(palette)
    return Theme(
        paper=paper,
        soft=soft,
        brand=brand,
        deep=deep,
        pop=pop,
        scrim=toned(palette.primary, 0.13, chroma_at_most=0.03),
        scrim_ink=ink_for(deep.base, _WHITE),
        heading=type_style(head, weight=weight, language=language, tracking=tracking, fonts=fonts),
        body=type_style(body, weight=500, language=language, fonts=fonts),
        strong=type_style(body, weight=700, language=language, fonts=fonts),
        motif=motifs[seed % len(motifs)],
        mood=look.mood,
        seed=seed,
        palette=(palette.primary, palette.secondary, palette.accent, palette.background),
    )


def _grounds(palette: Palette) -> tuple[Ground, Ground, Ground, Ground, Ground]:
    """Return the paper, soft, brand, deep and pop grounds of a palette."""
    primary, accent = palette.primary, palette.accent
    inks = (palette.on_background, toned(primary, 0.24, chroma_at_most=0.09), _DEEP, _WHITE)
    dark = relative_luminance(palette.background) < 0.25
    tints = (primary, accent)
    return (
        ground_of(palette.background, inks=inks, tints=tints),
        ground_of(_soft(palette.background, primary, dark=dark), inks=inks, tints=tints),
        ground_of(primary, inks=(palette.on_primary, _WHITE), tints=tints),
        ground_of(toned(primary, 0.21, chroma_at_most=0.065), inks=(_WHITE,), tints=tints),
        ground_of(accent, inks=(palette.on_accent, _WHITE), tints=(accent, primary)),
    )


def _soft(background: str, primary: str, *, dark: bool) -> str:
    """Return a second quiet ground: a deeper shade of a tinted background, else a breath of the primary colour."""
    level, chroma, hue = lch(background)
    if chroma > _TINTED:
        return from_lch(level + (0.06 if dark else -0.055), chroma + 0.022, hue)
    return toned(primary, 0.27 if dark else 0.93, chroma_at_most=0.07 if dark else 0.035)

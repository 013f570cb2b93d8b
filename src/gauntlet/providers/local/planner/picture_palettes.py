"""Draws a palette from a picture's colours: its tone stays, and variety comes where the picture has none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.brief import Mood
from gauntlet.providers.local.planner.oklch import Lch, hex_of_lch, hue_distance, lch_of
from gauntlet.providers.local.planner.palettes import Swatches

COLOURLESS: Final = 0.03
"""OKLCH chroma below which a colour reads as grey."""

_APART_DEGREES: Final = 55
"""Hues nearer than this read as shades of one colour."""


_SHARE_WEIGHS: Final = 0.06
"""Chroma that a colour must have more of, for each place by which another covers more of the picture."""

_EARTHY: Final = (20.0, 118.0)
"""Hues of brown, ochre and olive: made deep they turn dull, so lively moods lead with their complement instead."""

_COMPLEMENT: Final = 195.0
"""A little past the opposite hue, which keeps the complement of brown a clear blue rather than a teal."""


@dataclass(frozen=True, slots=True)
class _Temper:
    """How much colour a mood bears, as (lightness, chroma); hues in degrees.

    The accent's hue is `accent_hue`, or the picture's turned by `turn`. `earthy_accent` makes a mood lively: pictures
    of earthy hue then lead with the complement and accent in this hue.
    """

    accent: tuple[float, float]
    primary: tuple[float, float]
    primary_chroma_min: float = 0.0
    turn: float = 165.0
    accent_hue: float | None = None
    earthy_accent: float | None = None


_TEMPERS: Final[dict[Mood, _Temper]] = {
    Mood.PLAYFUL: _Temper((0.82, 0.16), (0.45, 0.18), 0.14, 165, earthy_accent=82),
    Mood.ENERGETIC: _Temper((0.72, 0.19), (0.33, 0.15), 0.11, 180, earthy_accent=52),
    Mood.UPLIFTING: _Temper((0.79, 0.15), (0.44, 0.12), 0.09, 150, earthy_accent=75),
    Mood.WARM: _Temper((0.76, 0.14), (0.38, 0.10), 0.05, accent_hue=66),
    Mood.CALM: _Temper((0.68, 0.09), (0.42, 0.06), accent_hue=50),
    Mood.ELEGANT: _Temper((0.79, 0.09), (0.26, 0.05), accent_hue=82),
    Mood.DRAMATIC: _Temper((0.70, 0.18), (0.24, 0.08), 0.03),
    Mood.TECH: _Temper((0.72, 0.16), (0.30, 0.08), 0.03, 150),
}


def has_colour(colours: Sequence[str]) -> bool:
    """Say whether any of the colours is more than a grey."""
    return any(lch_of(colour).chroma > COLOURLESS for colour in colours)


def palette_of_pictures(colours: Sequence[str], *, mood: Mood) -> Swatches:
    """Return primary, secondary, accent and background; `colours` hold at least one that is no grey, largest first.

    The picture's tone makes the ground and the secondary. The accent is the picture's own where that has a second,
    lively hue, else one derived from its hue as the mood bears it.
    """
    temper = _TEMPERS[mood]
    tones = [lch_of(colour) for colour in dict.fromkeys(colours)]
    coloured = [tone for tone in tones if tone.chroma > COLOURLESS]
    tone = max(coloured, key=lambda one: one.chroma - _SHARE_WEIGHS * tones.index(one))
    primary = _primary(tone, temper)
    accent = _accent(coloured, tone, primary, temper)
    secondary = hex_of_lch(Lch(min(0.74, max(0.56, tone.lightness)), min(tone.chroma, 0.11), tone.hue))
    background = hex_of_lch(Lch(0.965, min(0.022, tone.chroma / 3), tone.hue))
    return hex_of_lch(primary), secondary, hex_of_lch(accent), background


def _primary(tone: Lch, temper: _Temper) -> Lch:
    lightness, chroma_most = temper.primary
    chroma = min(chroma_most, max(tone.chroma, temper.primary_chroma_min))
    turn = _COMPLEMENT if _leads_with_complement(tone, temper) else 0.0
    return Lch(lightness, chroma, (tone.hue + turn) % 360)


def _leads_with_complement(tone: Lch, temper: _Temper) -> bool:
    return temper.earthy_accent is not None and _EARTHY[0] <= tone.hue <= _EARTHY[1]


def _accent(coloured: Sequence[Lch], tone: Lch, primary: Lch, temper: _Temper) -> Lch:
    others = [one for one in coloured if hue_distance(one.hue, primary.hue) >= _APART_DEGREES and one.chroma >= 0.1]
    own = max(others, key=lambda one: one.chroma, default=None)
    if own and own is not tone:
        return Lch(max(own.lightness, 0.64), max(own.chroma, temper.accent[1]), own.hue)
    if temper.earthy_accent is not None and _leads_with_complement(tone, temper):
        return Lch(*temper.accent, temper.earthy_accent)
    return Lch(*temper.accent, (tone.hue + temper.turn) % 360 if temper.accent_hue is None else temper.accent_hue)

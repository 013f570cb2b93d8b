"""Type on its ground: inks, tones and scrims that keep at least WCAG's 4.5:1, computed for the worst case."""

from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.colour import contrast_ratio, mix, relative_luminance
from gauntlet.render.panels.colours import blended, lch, lighter, toned

TEXT_CONTRAST: Final = 4.6
"""WCAG 2.2 AA asks 4.5:1 of body text; a little more, because pixels are rounded and video is quantised."""

_WHITE: Final = "#FFFFFF"
_BLACK: Final = "#000000"
_INK: Final = "#101114"
_STEPS: Final = 40


@dataclass(frozen=True, slots=True)
class Ground:
    """A colour that type stands on, its ink, and tones for shapes: the ink is legible on every one of them.

    `tones` go from nearest to the base to furthest; `worst` is the one with the least contrast.
    """

    base: str
    ink: str
    tones: tuple[str, ...]

    @property
    def worst(self) -> str:
        """The tone on which the ink is least legible."""
        return min((self.base, *self.tones), key=lambda tone: contrast_ratio(tone, self.ink))

    @property
    def is_light(self) -> bool:
        """Whether dark ink stands on it."""
        return relative_luminance(self.base) > relative_luminance(self.ink)


def ink_for(base: str, *wishes: str) -> str:
    """Return the first wished ink legible on `base`, else near-black or white, whichever contrasts more."""
    for wish in wishes:
        if contrast_ratio(wish, base) >= TEXT_CONTRAST:
            return wish
    best = max((_INK, _WHITE), key=lambda ink: contrast_ratio(ink, base))
    return (
        best
        if contrast_ratio(best, base) >= TEXT_CONTRAST
        else max((_BLACK, _WHITE), key=lambda i: contrast_ratio(i, base))
    )


def ground_of(base: str, *, inks: tuple[str, ...], tints: tuple[str, str]) -> Ground:
    """Return a ground with an ink out of `inks` and tones of itself and of the two `tints`, all of them legible.

    Tones, in order: lighter, much lighter, darker, much darker, two soft tints of the first, a strong one of each. A
    base that carries no ink well enough (a middle grey) is moved away from its ink until it does.
    """
    ink = ink_for(base, *inks)
    dark_ink = relative_luminance(ink) < 0.4
    legible = towards(base, _WHITE if dark_ink else _BLACK, ink=ink)
    level = lch(legible)[0]
    if dark_ink:
        tones = (
            lighter(legible, 0.03),
            lighter(legible, 0.06),
            lighter(legible, -0.025),
            lighter(legible, -0.06),
            toned(tints[0], min(level - 0.045, 0.91), chroma_at_most=0.05),
            toned(tints[0], min(level - 0.09, 0.87), chroma_at_most=0.07),
            toned(tints[0], min(level - 0.1, 0.8), chroma_at_most=0.12),
            toned(tints[1], min(level - 0.1, 0.8), chroma_at_most=0.15),
        )
    else:
        tones = (
            lighter(legible, 0.03),
            lighter(legible, 0.07),
            lighter(legible, -0.03),
            lighter(legible, -0.06),
            toned(tints[0], level + 0.06, chroma_at_most=0.13),
            toned(tints[0], level + 0.1, chroma_at_most=0.15),
            toned(tints[0], max(level + 0.1, 0.5), chroma_at_most=0.2),
            toned(tints[1], max(level + 0.1, 0.52), chroma_at_most=0.2),
        )
    return Ground(legible, ink, tuple(away_from_ink(tone, legible, ink=ink) for tone in tones))


def towards(colour: str, away: str, *, ink: str) -> str:
    """Return `colour`, moved towards `away` just so far that `ink` is legible on it."""
    for step in range(_STEPS + 1):
        candidate = mix(colour, away, share=step / _STEPS)
        if contrast_ratio(candidate, ink) >= TEXT_CONTRAST:
            return candidate
    return away


def away_from_ink(tone: str, base: str, *, ink: str) -> str:
    """Return `tone`, moved towards the legible `base` just so far that `ink` is legible on it."""
    for step in range(_STEPS + 1):
        candidate = blended(tone, base, share=step / _STEPS)
        if contrast_ratio(candidate, ink) >= TEXT_CONTRAST:
            return candidate
    return base


def scrim_alpha(scrim: str, ink: str) -> float:
    """Return the least opacity (0 to 1) at which `scrim` makes `ink` legible on any picture, white or black."""
    worst = _WHITE if relative_luminance(ink) > relative_luminance(scrim) else _BLACK
    for percent in range(101):
        if contrast_ratio(mix(worst, scrim, share=percent / 100), ink) >= TEXT_CONTRAST:
            return percent / 100
    return 1.0


def under_scrim(scrim: str, ink: str, *, alpha: float) -> str:
    """Return the least favourable colour that a picture can show through the scrim."""
    worst = _WHITE if relative_luminance(ink) > relative_luminance(scrim) else _BLACK
    return mix(worst, scrim, share=alpha)


def stands_out(candidates: tuple[str, ...], ground: str, *, least: float) -> str:
    """Return the first candidate with at least `least`:1 to the ground, else the one with the most."""
    for candidate in candidates:
        if contrast_ratio(candidate, ground) >= least:
            return candidate
    return max(candidates, key=lambda c: contrast_ratio(c, ground))

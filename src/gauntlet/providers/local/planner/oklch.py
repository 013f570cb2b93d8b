"""Colours as lightness, chroma and hue that look evenly spaced: sRGB hex to OKLCH and back.

Matrices from Björn Ottosson, "A perceptual color space for image processing" (2020), bottosson.github.io/posts/oklab.
"""

import math
from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.colour import hex_of, rgb

_FIT_STEPS: Final = 18
_IN_GAMUT: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Lch:
    """A colour: `lightness` 0 to 1, `chroma` 0 (grey) to about 0.32 in sRGB, `hue` in degrees."""

    lightness: float
    chroma: float
    hue: float


def lch_of(colour: str) -> Lch:
    """Return the OKLCH of `#RRGGBB`."""
    red, green, blue = (_linear(channel / 255) for channel in rgb(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Lch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def hex_of_lch(colour: Lch) -> str:
    """Return `#RRGGBB`; chroma that sRGB cannot show is lowered, lightness and hue are kept."""
    low, high = 0.0, colour.chroma
    if _is_shown(_channels(colour)):
        low = high
    for _ in range(_FIT_STEPS if low < high else 0):
        middle = (low + high) / 2
        if _is_shown(_channels(Lch(colour.lightness, middle, colour.hue))):
            low = middle
        else:
            high = middle
    return hex_of(*(255 * _encoded(value) for value in _channels(Lch(colour.lightness, low, colour.hue))))


def hue_distance(one: float, other: float) -> float:
    """Return the degrees between two hues, 0 to 180."""
    apart = abs(one - other) % 360
    return min(apart, 360 - apart)


def _channels(colour: Lch) -> tuple[float, float, float]:
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _is_shown(channels: tuple[float, float, float]) -> bool:
    return all(-_IN_GAMUT <= value <= 1 + _IN_GAMUT for value in channels)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    bounded = min(1.0, max(0.0, value))
    return bounded * 12.92 if bounded <= 0.0031308 else 1.055 * bounded ** (1 / 2.4) - 0.055

"""Tones of a colour as the eye sees them: OKLab arithmetic on hex colours.

Matrices from Björn Ottosson, "A perceptual color space for image processing" (2020), bottosson.github.io/posts/oklab.
"""

import functools
import math
from typing import Final

from gauntlet.core.creative.colour import rgb

_GAMUT_STEPS: Final = 24


@functools.lru_cache(maxsize=4_096)
def lch(colour: str) -> tuple[float, float, float]:
    """Return lightness (0 to 1), chroma (0 to about 0.33) and hue (radians) of `#RRGGBB`."""
    r, g, b = (_linear(channel / 255) for channel in rgb(colour))
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b_axis = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b_axis), math.atan2(b_axis, a)


@functools.lru_cache(maxsize=4_096)
def from_lch(lightness: float, chroma: float, hue: float) -> str:
    """Return `#RRGGBB` of that lightness and hue; chroma gives way where sRGB cannot show it."""
    light = min(1.0, max(0.0, lightness))
    channels = (light, light, light)
    for step in range(_GAMUT_STEPS + 1):
        channels = _channels(light, chroma * (1 - step / _GAMUT_STEPS), hue)
        if all(-0.002 <= channel <= 1.002 for channel in channels):
            break
    return "#" + "".join(f"{round(255 * _encoded(min(1.0, max(0.0, channel)))):02X}" for channel in channels)


def toned(colour: str, lightness: float, *, chroma_at_most: float = 1.0) -> str:
    """Return the colour's hue at another lightness, no more saturated than told."""
    _, chroma, hue = lch(colour)
    return from_lch(round(lightness, 4), round(min(chroma, chroma_at_most), 4), hue)


def lighter(colour: str, by: float) -> str:
    """Return the colour `by` (0 to 1) lighter, or darker when negative, of the same hue."""
    lightness, chroma, hue = lch(colour)
    return from_lch(round(lightness + by, 4), round(chroma, 4), hue)


def blended(one: str, other: str, *, share: float) -> str:
    """Return the OKLab blend that has `share` (0 to 1) of `other`: even steps, no muddy middle."""
    l1, c1, h1 = lch(one)
    l2, c2, h2 = lch(other)
    a = c1 * math.cos(h1) * (1 - share) + c2 * math.cos(h2) * share
    b = c1 * math.sin(h1) * (1 - share) + c2 * math.sin(h2) * share
    return from_lch(round(l1 + (l2 - l1) * share, 4), round(math.hypot(a, b), 4), math.atan2(b, a))


def _channels(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055

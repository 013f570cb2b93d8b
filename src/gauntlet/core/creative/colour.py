"""Colour arithmetic in sRGB: hex strings in, ratios and hex strings out (WCAG 2.2 definitions)."""

import re
from typing import Annotated

from pydantic import AfterValidator

_HEX = re.compile(r"#[0-9A-F]{6}")


def _normalised(value: str) -> str:
    text = value.strip().upper()
    if re.fullmatch(r"#?[0-9A-F]{3}", text):
        text = "#" + "".join(c * 2 for c in text.lstrip("#"))
    if not text.startswith("#"):
        text = "#" + text
    if not _HEX.fullmatch(text):
        raise ValueError(f"colour {value!r} is not of the form #RRGGBB")
    return text


HexColour = Annotated[str, AfterValidator(_normalised)]
"""An opaque sRGB colour, normalised to `#RRGGBB` in capitals."""


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the three 8-bit sRGB channels of `#RRGGBB`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def hex_of(red: float, green: float, blue: float) -> str:
    """Return `#RRGGBB` for channels 0 to 255, rounded and clamped."""
    clamped = (min(255, max(0, round(c))) for c in (red, green, blue))
    return "#" + "".join(f"{c:02X}" for c in clamped)


def relative_luminance(colour: str) -> float:
    """Return WCAG relative luminance, 0 (black) to 1 (white)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_ratio(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours, 1 to 21, in either order."""
    light, dark = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, *, share: float) -> str:
    """Return the sRGB blend that has `share` (0 to 1) of `other`."""
    return hex_of(*(a + (b - a) * share for a, b in zip(rgb(one), rgb(other), strict=True)))

"""The light of a picture, measured on perceived lightness."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gauntlet.core.creative.reference import LightFacts, Side
from gauntlet.media.oklab import Floats, to_oklab

_VISIBLE: Final = 128  # alpha from which a pixel counts
_SAMPLES: Final = 65_536
_DARK: Final = 0.42
"""Mean lightness of a low key: a night street has 0.25 to 0.4, an evenly lit room 0.5 to 0.65."""
_AMBER: Final = 0.12
"""Lean towards yellow and red at which light counts as wholly warm: what candles and sunsets have at their middle."""
_RED_SHARE: Final = 0.5
_VIVID: Final = 0.25
"""Mean colourfulness of the most vivid posters; sRGB's own corners reach 0.26 to 0.32."""
_CLEAR_DIFFERENCE: Final = 0.1
"""Lightness by which one half must lead the other for a side to be named."""
_FEW: Final = 0.05
"""Of a half's pixels: fewer visible ones say nothing of it."""


def light_of(rgba: NDArray[np.uint8]) -> LightFacts | None:
    """Return the light of a small H×W×4 straight-alpha picture's visible pixels; None where nothing is visible."""
    visible = rgba[..., 3] >= _VISIBLE
    if not visible.any():
        return None
    pixels = rgba[..., :3][visible]
    lab = to_oklab(pixels[:: -(-len(pixels) // _SAMPLES)])
    lightness = lab[:, 0]
    low, high = (float(value) for value in np.quantile(lightness, (0.05, 0.95)))
    brightness = _share(float(lightness.mean()))
    warmth = (float(lab[:, 2].mean()) + _RED_SHARE * float(lab[:, 1].mean())) / _AMBER
    return LightFacts(
        brightness=brightness,
        contrast=_share(high - low),
        warmth=round(min(1.0, max(-1.0, warmth)), 3),
        saturation=_share(float(np.hypot(lab[:, 1], lab[:, 2]).mean()) / _VIVID),
        is_dark=brightness < _DARK,
        brighter_side=_brighter_side(rgba, visible),
    )


def joined_light(lights: Sequence[LightFacts]) -> LightFacts:
    """Return the light of several pictures of one film as one: the mean, and a side only where all agree on it."""
    brightness = _share(float(np.mean([light.brightness for light in lights])))
    sides: set[Side | None] = {light.brighter_side for light in lights}
    agreed = lights[0].brighter_side if len(sides) == 1 else None
    return LightFacts(
        brightness=brightness,
        contrast=_share(float(np.mean([light.contrast for light in lights]))),
        warmth=round(float(np.mean([light.warmth for light in lights])), 3),
        saturation=_share(float(np.mean([light.saturation for light in lights]))),
        is_dark=brightness < _DARK,
        brighter_side=agreed,
    )


def _brighter_side(rgba: NDArray[np.uint8], visible: NDArray[np.bool_]) -> Side | None:
    """Return the side whose half is clearly lighter than the opposite one, the clearest of the four."""
    height, width = visible.shape
    if height < 2 or width < 2:
        return None
    lightness = to_oklab(rgba[..., :3])[..., 0]
    halves: dict[Side, tuple[slice, slice]] = {
        "left": (slice(None), slice(0, width // 2)),
        "right": (slice(None), slice(width - width // 2, None)),
        "top": (slice(0, height // 2), slice(None)),
        "bottom": (slice(height - height // 2, None), slice(None)),
    }
    means = {side: _mean(lightness[half], visible[half]) for side, half in halves.items()}
    best: tuple[float, Side] | None = None
    pairs: tuple[tuple[Side, Side], ...] = (("left", "right"), ("top", "bottom"))
    for pair in pairs:
        one, other = (means[side] for side in pair)
        if one is None or other is None or abs(one - other) < _CLEAR_DIFFERENCE:
            continue
        lead = (abs(one - other), pair[0] if one > other else pair[1])
        best = lead if best is None or lead[0] > best[0] else best
    return None if best is None else best[1]


def _mean(lightness: Floats, visible: NDArray[np.bool_]) -> float | None:
    return float(lightness[visible].mean()) if float(visible.mean()) > _FEW else None


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 3)

"""From drawing to photograph: bloom round the light, a vignette and film grain, as a lens and a sensor would add them."""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from gauntlet.media.vector import rasterise

_BLOOM_FROM = 0.72
_BLOOM_STRENGTH = 0.55
_VIGNETTE_STRENGTH = 0.22
_GRAIN_LEVELS = 2.2
_GRAIN_SEED = 20_261

Light = NDArray[np.float32]
"""H×W×3 sRGB from 0 (black) to 1 (white)."""


def cut_out(svg: str, *, width: int, height: int) -> bytes:
    """Return the drawing as PNG with its transparency."""
    drawn = rasterise(svg, width=width, height=height)
    return _encoded(".png", cv2.cvtColor(drawn, cv2.COLOR_RGBA2BGRA), [cv2.IMWRITE_PNG_COMPRESSION, 9])


def photograph(svg: str, *, width: int, height: int, quality: int = 90) -> bytes:
    """Return an opaque drawing as JPEG with bloom, vignette and grain, the same each time."""
    drawn = rasterise(svg, width=width, height=height)[..., :3].astype(np.float32) / np.float32(255)
    exposed = _with_grain(_with_vignette(_with_bloom(drawn)))
    developed = np.clip(exposed * 255 + 0.5, 0, 255).astype(np.uint8)
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    return _encoded(".jpg", cv2.cvtColor(developed, cv2.COLOR_RGB2BGR), options)


def _encoded(suffix: str, picture: cv2.typing.MatLike, options: list[int]) -> bytes:
    done, data = cv2.imencode(suffix, picture, options)
    if not done:
        raise ValueError(f"the picture could not be encoded as {suffix}")
    return data.tobytes()


def _with_bloom(picture: Light) -> Light:
    height, width = picture.shape[:2]
    small = cast(Light, cv2.resize(picture, (width // 8, height // 8), interpolation=cv2.INTER_AREA))
    bright = small * np.clip((small.max(axis=2, keepdims=True) - _BLOOM_FROM) / (1 - _BLOOM_FROM), 0, 1)
    near, far = (cast(Light, cv2.GaussianBlur(bright, (0, 0), sigma)) for sigma in (5, 26))
    wide = cast(Light, cv2.resize(0.6 * near + 0.4 * far, (width, height), interpolation=cv2.INTER_CUBIC))
    # Screen, so that what is white already stays white.
    return (1 - (1 - picture) * (1 - _BLOOM_STRENGTH * np.clip(wide, 0, 1))).astype(np.float32)


def _with_vignette(picture: Light) -> Light:
    height, width = picture.shape[:2]
    y, x = np.linspace(-1, 1, height)[:, None], np.linspace(-1, 1, width)[None, :]
    falloff = 1 - _VIGNETTE_STRENGTH * np.clip((x**2 + y**2) / 2, 0, 1) ** 1.5
    return (picture * falloff[..., None]).astype(np.float32)


def _with_grain(picture: Light) -> Light:
    grain = np.random.default_rng(_GRAIN_SEED).normal(0, _GRAIN_LEVELS / 255, picture.shape[:2])
    return (picture + grain[..., None]).astype(np.float32)

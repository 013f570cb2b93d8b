"""Colour as it is seen: sRGB to OKLab and back, where equal distances look equally different.

Matrices from Björn Ottosson, "A perceptual color space for image processing" (2020), bottosson.github.io/posts/oklab.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_TO_LMS: Final = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    dtype=np.float32,
)
_TO_LAB: Final = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    dtype=np.float32,
)
_FROM_LAB: Final = np.linalg.inv(_TO_LAB.astype(np.float64)).astype(np.float32)
_FROM_LMS: Final = np.linalg.inv(_TO_LMS.astype(np.float64)).astype(np.float32)


def to_oklab(rgb: NDArray[np.uint8]) -> Floats:
    """Return `…×3` OKLab (L 0 to 1, a and b about ±0.4) for `…×3` sRGB bytes."""
    encoded = rgb.astype(np.float32) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4).astype(np.float32)
    return np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T


def from_oklab(lab: Floats) -> NDArray[np.uint8]:
    """Return `…×3` sRGB bytes, clipped to what sRGB can show."""
    linear = np.clip((lab @ _FROM_LAB.T) ** 3 @ _FROM_LMS.T, 0, 1)
    encoded = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.rint(encoded * 255).astype(np.uint8)

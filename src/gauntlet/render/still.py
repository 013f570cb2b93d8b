"""Single pictures out: resampling and encoding of finished RGB pixels."""

import cv2
import numpy as np
import pyvips
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
"""H×W×3, sRGB."""


def resample(pixels: Rgb, width: int, height: int) -> Rgb:
    """Return the picture at another size: averaged on the way down, Lanczos on the way up."""
    shrinks = width * height < pixels.shape[0] * pixels.shape[1]
    result = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LANCZOS4)
    return np.asarray(result, dtype=np.uint8)


def encode_png(pixels: Rgb) -> bytes:
    """Return the picture as PNG."""
    return bytes(pyvips.Image.new_from_array(np.ascontiguousarray(pixels)).pngsave_buffer(compression=6))


def encode_webp(pixels: Rgb, *, quality: int = 88) -> bytes:
    """Return the picture as lossy WebP, for screens."""
    return bytes(pyvips.Image.new_from_array(np.ascontiguousarray(pixels)).webpsave_buffer(Q=quality, effort=2))


def encode_jpeg(pixels: Rgb, *, quality: int = 90) -> bytes:
    """Return the picture as JPEG."""
    return bytes(pyvips.Image.new_from_array(np.ascontiguousarray(pixels)).jpegsave_buffer(Q=quality))

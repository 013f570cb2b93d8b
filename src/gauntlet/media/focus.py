"""Where the eye goes in a picture: an estimate without a model, from how much each part stands out.

Two views are combined. The spectral residual (Hou and Zhang, "Saliency Detection: A Spectral Residual Approach", CVPR
2007) finds what breaks the texture; contrast to the colours along the border finds what is not background.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from gauntlet.media.oklab import Floats, to_oklab

_SIDE_PX: Final = 96
_SPECTRAL_SIDE_PX: Final = 64  # the scale at which the paper found objects to stand out
_CUT_OUT_SHARE: Final = 0.02  # of the pixels transparent: a picture whose outline says what it shows
_VISIBLE: Final = 128
_CENTRE: Final = (0.5, 0.5)


def focus_of(rgba: NDArray[np.uint8]) -> tuple[float, float]:
    """Return the centre (x, y; 0 to 1 from the top left) of what draws the eye in a small H×W×4 picture.

    A cut-out answers with the middle of its outline's box; a picture in which nothing stands out with its middle.
    """
    solid = rgba[..., 3] >= _VISIBLE
    if not solid.any():
        return _CENTRE
    if 1 - float(solid.mean()) > _CUT_OUT_SHARE:
        return _box_centre(solid)
    map_ = saliency(rgba)
    if float(map_.max()) < 1e-3:
        return _CENTRE
    return _centre_of_attention(map_)


def saliency(rgba: NDArray[np.uint8]) -> Floats:
    """Return how much each part stands out, 0 to 1, for an opaque picture; the longer side is 96."""
    height, width = rgba.shape[:2]
    scale = _SIDE_PX / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = cv2.resize(rgba[..., :3], size, interpolation=cv2.INTER_AREA)
    lab = to_oklab(np.asarray(small, dtype=np.uint8))
    if float(lab.reshape(-1, 3).std(axis=0).max()) < 5e-3:  # one flat colour
        return np.zeros(lab.shape[:2], dtype=np.float32)
    combined = _normalised(_spectral_residual(lab)) + np.float32(1.5) * _normalised(_border_contrast(lab))
    return _normalised((combined * _centre_bias(lab.shape[0], lab.shape[1])).astype(np.float32))


def _spectral_residual(lab: Floats) -> Floats:
    total = np.zeros((_SPECTRAL_SIDE_PX, _SPECTRAL_SIDE_PX), dtype=np.float32)
    for channel in range(3):
        plane = np.asarray(cv2.resize(lab[..., channel], (_SPECTRAL_SIDE_PX, _SPECTRAL_SIDE_PX)), dtype=np.float32)
        contrast = float(plane.std())
        if contrast < 2e-3:
            continue
        spectrum = np.fft.fft2(plane)
        amplitude = np.log(np.abs(spectrum) + 1e-6).astype(np.float32)
        residual = amplitude - np.asarray(cv2.blur(amplitude, (3, 3)))
        back = np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2
        total += contrast * _normalised(
            np.asarray(cv2.GaussianBlur(back.astype(np.float32), (0, 0), 2.5), dtype=np.float32)
        )
    return np.asarray(cv2.resize(total, (lab.shape[1], lab.shape[0])), dtype=np.float32)


def _border_contrast(lab: Floats) -> Floats:
    """Return each pixel's distance from the nearest of the colours along the four sides."""
    depth = max(1, min(lab.shape[:2]) // 20)
    sides = (lab[:depth], lab[-depth:], lab[:, :depth], lab[:, -depth:])
    # Medians: what crosses a side (a person's shoulders) must not count as background.
    colours = [np.median(side.reshape(-1, 3), axis=0).astype(np.float32) for side in sides]
    distance = np.stack([np.linalg.norm(lab - colour, axis=2) for colour in colours]).min(axis=0)
    return np.asarray(cv2.GaussianBlur(distance.astype(np.float32), (0, 0), 2.0), dtype=np.float32)


def _centre_bias(height: int, width: int) -> Floats:
    """Return a mild preference for the middle, where photographers put their subject."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    distance = np.square((x + 0.5) / width - 0.5) + np.square((y + 0.5) / height - 0.5)
    return np.exp(-distance / (2 * 0.35**2)).astype(np.float32)


def _centre_of_attention(map_: Floats) -> tuple[float, float]:
    """Return the weighted centre of the heaviest connected part among the strongest fifth."""
    strong = (map_ >= max(float(np.quantile(map_, 0.8)), 0.35 * float(map_.max()))).astype(np.uint8)
    count, labels = cv2.connectedComponents(strong)
    weights = [float(np.square(map_)[labels == label].sum()) for label in range(1, count)]
    heaviest = np.asarray(labels) == 1 + int(np.argmax(weights))
    y, x = np.nonzero(heaviest)
    weight = np.square(map_[heaviest])
    height, width = map_.shape
    return (
        round(float(((x + 0.5) * weight).sum() / weight.sum()) / width, 3),
        round(float(((y + 0.5) * weight).sum() / weight.sum()) / height, 3),
    )


def _box_centre(solid: NDArray[np.bool_]) -> tuple[float, float]:
    columns, rows = np.flatnonzero(solid.any(axis=0)), np.flatnonzero(solid.any(axis=1))
    height, width = solid.shape
    return (
        round(float(columns[0] + columns[-1] + 1) / 2 / width, 3),
        round(float(rows[0] + rows[-1] + 1) / 2 / height, 3),
    )


def _normalised(values: Floats) -> Floats:
    low, high = float(values.min()), float(values.max())
    return np.zeros_like(values) if high - low < 1e-9 else (values - low) / (high - low)

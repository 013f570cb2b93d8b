"""Pictures to measure with, made here."""

import hashlib
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from gauntlet.core.ids import Digest
from gauntlet.render.timeline import Timeline

PICTURE_SIZE: Final = (1620, 2880)
_COUNT: Final = 4
_GRAIN_PX: Final = 180


@dataclass(frozen=True, slots=True)
class Sample:
    """A film's data and the bytes of its pictures."""

    timeline: Timeline
    pictures: dict[Digest, bytes]


def client_pictures() -> dict[Digest, bytes]:
    """Return photographs by digest, in a fixed order."""
    return {Digest(hashlib.sha256(data).hexdigest()): data for data in (_photograph(seed) for seed in range(_COUNT))}


def _photograph(seed: int) -> bytes:
    """Return a JPEG with what a photograph has: soft light, edges, texture at all scales, a little grain."""
    width, height = PICTURE_SIZE
    chance = np.random.default_rng(seed)
    pixels: NDArray[np.float32] = np.full((height, width, 3), 118, np.float32)
    for cells, swing in ((3, 55), (9, 34), (40, 16), (160, 8), (640, 5)):
        noise = chance.normal(0, 1, (cells * height // width + 1, cells, 3)).astype(np.float32)
        noise = noise.mean(axis=2, keepdims=True) * 0.8 + noise * 0.35
        grown: NDArray[np.float32] = np.asarray(
            cv2.resize(noise, PICTURE_SIZE, interpolation=cv2.INTER_CUBIC), np.float32
        )
        pixels += grown * swing
    for _ in range(14):
        centre = (int(chance.integers(0, width)), int(chance.integers(0, height)))
        colour = [float(part) for part in chance.integers(20, 235, 3)]
        cv2.circle(pixels, centre, int(chance.integers(60, width // 5)), colour, -1, cv2.LINE_AA)
    tile = chance.normal(0, 2.0, (_GRAIN_PX, _GRAIN_PX, 3)).astype(np.float32)
    grain = np.tile(tile, (height // _GRAIN_PX, width // _GRAIN_PX, 1))
    pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 1.0), np.float32) + grain
    return cv2.imencode(".jpg", np.clip(pixels, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()

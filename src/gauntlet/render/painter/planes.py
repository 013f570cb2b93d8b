"""Pixels as the encoder wants them: Y, U and V planes, 4:2:0, BT.709 in limited range.

Chroma is sited as H.264 decoders assume: level with the even luma columns, halfway between two luma rows
(ITU-T H.264, annex E, chroma_sample_loc_type 0). Offsets and filters here and in `sampling` follow from that.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]

# ITU-R BT.709-6, table 3: luma coefficients; limited range 16 to 235 and 16 to 240.
_KR: Final = 0.2126
_KB: Final = 0.0722
_KG: Final = 1 - _KR - _KB
_LUMA_RANGE: Final = 219 / 255
_CHROMA_RANGE: Final = 224 / 255

RGB_TO_YUV: Final = np.array(
    [
        [_KR * _LUMA_RANGE, _KG * _LUMA_RANGE, _KB * _LUMA_RANGE, 16],
        [
            -_KR / (1 - _KB) / 2 * _CHROMA_RANGE,
            -_KG / (1 - _KB) / 2 * _CHROMA_RANGE,
            0.5 * _CHROMA_RANGE,
            128,
        ],
        [
            0.5 * _CHROMA_RANGE,
            -_KG / (1 - _KR) / 2 * _CHROMA_RANGE,
            -_KB / (1 - _KR) / 2 * _CHROMA_RANGE,
            128,
        ],
    ]
)
"""3×4: Y, U, V of 0 to 255 from R, G, B of 0 to 255 and 1."""

BLACK: Final = (16, 128, 128)


@dataclass(frozen=True, slots=True, eq=False)
class Yuv:
    """A picture: `y` H×W and `u`, `v` H/2×W/2, uint8."""

    y: Plane
    u: Plane
    v: Plane

    @property
    def planes(self) -> tuple[Plane, Plane, Plane]:
        """Y, U, V."""
        return self.y, self.u, self.v

    def copy_to(self, other: "Yuv") -> None:
        """Write these pixels over those of `other`, of the same size."""
        for source, target in zip(self.planes, other.planes, strict=True):
            np.copyto(target, source)


@dataclass(frozen=True, slots=True, eq=False)
class Yuva:
    """Pixels multiplied by their alpha, and what they let through of the ground (255 − alpha) at both resolutions.

    All three colour planes, offsets included, are multiplied: over a ground g the result is colour + g × through.
    `through` and `through_chroma` are None where alpha is 255 everywhere.
    """

    colour: Yuv
    through: Plane | None
    through_chroma: Plane | None

    @property
    def layers(self) -> tuple[tuple[Plane, Plane | None], ...]:
        """(colour plane, what it lets through) for Y, U, V."""
        return (
            (self.colour.y, self.through),
            (self.colour.u, self.through_chroma),
            (self.colour.v, self.through_chroma),
        )

    def window(self, width: int, height: int) -> "Yuva":
        """Return the top left part, of even size, sharing its memory."""
        half = (slice(height // 2), slice(width // 2))
        colour = Yuv(self.colour.y[:height, :width], self.colour.u[half], self.colour.v[half])
        through = None if self.through is None else self.through[:height, :width]
        return Yuva(colour, through, None if self.through_chroma is None else self.through_chroma[half])

    @property
    def size_bytes(self) -> int:
        """Memory held."""
        masks = sum(plane.nbytes for plane in (self.through, self.through_chroma) if plane is not None)
        return masks + sum(plane.nbytes for plane in self.colour.planes)


def empty(width: int, height: int) -> Yuv:
    """Return planes of the given even size with undefined pixels."""
    half = (height // 2, width // 2)
    return Yuv(np.empty((height, width), np.uint8), np.empty(half, np.uint8), np.empty(half, np.uint8))


def blank(width: int, height: int) -> Yuva:
    """Return planes and masks of the given even size with undefined pixels."""
    colour = empty(width, height)
    return Yuva(colour, np.empty_like(colour.y), np.empty_like(colour.u))


def from_rgba(rgba: NDArray[np.uint8]) -> Yuva:
    """Return the planes of straight sRGB pixels H×W×4 with even H and W."""
    # Three channels to three is the one shape that OpenCV transforms in integers, ten times as fast as the others.
    yuv = cv2.split(cv2.transform(cv2.cvtColor(rgba, cv2.COLOR_RGBA2RGB), RGB_TO_YUV))
    alpha = cv2.extractChannel(rgba, 3)
    if cv2.minMaxLoc(alpha)[0] == 255:
        y, u, v = (_plane(channel) for channel in yuv)
        return Yuva(Yuv(y, _subsampled(u), _subsampled(v)), None, None)
    y, u, v = (_plane(cv2.multiply(channel, alpha, scale=1 / 255)) for channel in yuv)
    through = _plane(cv2.bitwise_not(alpha))
    return Yuva(Yuv(y, _subsampled(u), _subsampled(v)), through, _subsampled(through))


def to_rgb(frame: Yuv) -> NDArray[np.uint8]:
    """Return the frame as sRGB, H×W×3, with chroma put back where it is sited. For people and tests, not for speed."""
    height, width = frame.y.shape
    x = np.broadcast_to((np.arange(width, dtype=np.float32) / 2)[None, :], (height, width))
    y = np.broadcast_to(((np.arange(height, dtype=np.float32) - 0.5) / 2)[:, None], (height, width))
    chroma = [
        cv2.remap(plane.astype(np.float32), x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        for plane in (frame.u, frame.v)
    ]
    stacked = np.dstack([frame.y.astype(np.float32), *chroma]) - np.float32(RGB_TO_YUV[:, 3])
    rgb = stacked @ np.linalg.inv(RGB_TO_YUV[:, :3]).T.astype(np.float32)
    return np.clip(np.rint(rgb), 0, 255).astype(np.uint8)


def _subsampled(plane: Plane) -> Plane:
    """Return the plane at half the size, sited like chroma: 1-2-1 across about even columns, the mean of two rows.

    That is the mean of two exact halvings, one of them begun a column earlier.
    """
    height, width = plane.shape
    half = (width // 2, height // 2)
    earlier = cv2.copyMakeBorder(plane[:, :-1], 0, 0, 1, 0, cv2.BORDER_REPLICATE)
    here, before = (cv2.resize(part, half, interpolation=cv2.INTER_AREA) for part in (plane, earlier))
    return _plane(cv2.addWeighted(here, 0.5, before, 0.5, 0))


def _plane(pixels: cv2.typing.MatLike) -> Plane:
    return pixels.astype(np.uint8, copy=False)

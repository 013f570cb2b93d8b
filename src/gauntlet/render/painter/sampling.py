"""Resampling a plane under zoom and shift, to a fraction of a pixel, as fast as may be.

`cv2.resize` is four times as fast as `cv2.warpAffine` for the same bilinear result, but its source begins at a whole
pixel. A source that is sampled a little coarser than its pixels (a step of 1.05, say) comes by every fraction, though:
output pixel k lies at k × step. So we start k pixels early, where the source position is nearly whole, and drop those
pixels again. When no such k is near enough, `warpAffine` does it.
"""

import threading
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

import cv2
import numpy as np

from gauntlet.render.painter.planes import Plane

EARLY_MAX: Final = 40
"""Most output pixels that are drawn only to be dropped, on either axis; sources need `MARGIN` for them."""

MARGIN: Final = 52
"""Source pixels needed beyond what is shown, at a step of up to 1.25."""

STEP_MIN: Final = 1.05
"""Source pixels per output pixel from which starting early reaches every fraction well."""

_EXACT_PX: Final = 1e-4
_GOOD_PX: Final = 1 / 64
_TOLERABLE_PX: Final = 1 / 24


@dataclass(frozen=True, slots=True)
class Axis:
    """Along one axis, output pixel i shows the source at `step` × i + `start` (pixel centres at whole numbers)."""

    step: float
    start: float


@dataclass(frozen=True, slots=True)
class _Early:
    drop: int
    first: int
    error: float


def sample(source: Plane, across: Axis, down: Axis, out: Plane, *, border: int | None) -> None:
    """Fill `out` from `source`, bilinear. Past the source's edges lies `border`, or the edge repeated if it is None."""
    height, width = out.shape
    if across.step == down.step == 1.0 and _shift(source, across.start, down.start, out):
        return
    early_x, early_y = _early_start(across), _early_start(down)
    if early_x and early_y and _resize(source, (across, early_x), (down, early_y), out):
        return
    mode = cv2.BORDER_REPLICATE if border is None else cv2.BORDER_CONSTANT
    matrix = np.array([[across.step, 0, across.start], [0, down.step, down.start]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cv2.warpAffine(source, matrix, (width, height), dst=out, flags=flags, borderMode=mode, borderValue=(border or 0,))


def _shift(source: Plane, across: float, down: float, out: Plane) -> bool:
    """Fill `out` from the source at its own size, beginning at a fraction of a pixel; False where it ends too soon."""
    height, width = out.shape
    x, y = floor(across + _EXACT_PX), floor(down + _EXACT_PX)
    part_x, part_y = max(0.0, across - x), max(0.0, down - y)
    further_x, further_y = int(part_x > _EXACT_PX), int(part_y > _EXACT_PX)
    if x < 0 or y < 0 or y + height + further_y > source.shape[0] or x + width + further_x > source.shape[1]:
        return False
    rows = source[y : y + height + further_y]
    if further_x:
        beside = _scratch(width, height + further_y)
        cv2.addWeighted(rows[:, x : x + width], 1 - part_x, rows[:, x + 1 : x + 1 + width], part_x, 0, dst=beside)
    else:
        beside = rows[:, x : x + width]
    if further_y:
        cv2.addWeighted(beside[:-1], 1 - part_y, beside[1:], part_y, 0, dst=out)
    else:
        np.copyto(out, beside)
    return True


def _early_start(axis: Axis) -> _Early | None:
    """Return the nearest way to start early on a whole source pixel, or None when none is near enough."""
    if axis.step < STEP_MIN:
        return None
    # resize lays source coordinate (i + 1/2) × step − 1/2 under output pixel i.
    origin = axis.start - axis.step / 2 + 0.5
    best: _Early | None = None
    for drop in range(EARLY_MAX + 1):
        exact = origin - axis.step * drop
        first = floor(exact + 0.5)
        if first < 0:
            break
        error = abs(exact - first)
        if best is None or error < best.error:
            best = _Early(drop, first, error)
            if error <= _GOOD_PX:
                break
    return best if best and best.error <= _TOLERABLE_PX else None


def _resize(source: Plane, across: tuple[Axis, _Early], down: tuple[Axis, _Early], out: Plane) -> bool:
    (x_axis, x), (y_axis, y) = across, down
    height, width = out.shape
    # One more pixel than needed: the last one that resize makes repeats the edge of what it is given.
    drawn_width, drawn_height = width + x.drop + 1, height + y.drop + 1
    take_width, take_height = round(drawn_width * x_axis.step), round(drawn_height * y_axis.step)
    if x.first + take_width > source.shape[1] or y.first + take_height > source.shape[0]:
        return False
    part = source[y.first : y.first + take_height, x.first : x.first + take_width]
    drawn = _scratch(drawn_width, drawn_height)
    cv2.resize(part, None, dst=drawn, fx=1 / x_axis.step, fy=1 / y_axis.step, interpolation=cv2.INTER_LINEAR)
    np.copyto(out, drawn[y.drop : y.drop + height, x.drop : x.drop + width])
    return True


class _Desk(threading.local):
    """Memory to draw on, kept: fresh pages for every frame would cost as much as the drawing."""

    def __init__(self) -> None:
        self.pixels = np.empty((0, 0), np.uint8)


_desk = _Desk()


def _scratch(width: int, height: int) -> Plane:
    have_height, have_width = _desk.pixels.shape
    if width > have_width or height > have_height:
        _desk.pixels = np.empty((max(height, have_height), max(width, have_width)), np.uint8)
    return _desk.pixels[:height, :width]


def margin_for(step: float) -> int:
    """Return the even number of source pixels that a source sampled at `step` needs on every side."""
    needed = ceil((EARLY_MAX + 2) * max(step, 1.0)) + 4
    return needed + needed % 2

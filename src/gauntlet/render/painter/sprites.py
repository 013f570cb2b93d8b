"""Layers ready to be placed: planes of their pixels, and the mapping from canvas to those planes."""

import hashlib
import itertools
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import Final

import cv2
import numpy as np

from gauntlet.media.vector import Drawing
from gauntlet.render.painter.bitmaps import draw
from gauntlet.render.painter.easing import Pose, pose_at
from gauntlet.render.painter.planes import BLACK, Plane, Yuv, Yuva, blank, from_rgba
from gauntlet.render.painter.sampling import STEP_MIN, Axis, margin_for, sample
from gauntlet.render.painter.sources import Sources
from gauntlet.render.timeline import Layer

_BAND: Final = 1.5
"""A bitmap serves scales down to its own over this; below, bilinear sampling would leave pixels out."""

_OVERSHOOT: Final = 1.25
"""A layer that rests at scale 1 may grow to this for a moment from a bitmap of its own size."""

_REST_MARGIN: Final = 6
"""Enough for a fraction of a pixel's shift, on chroma too, and for what evening out a rectangle adds."""

_CACHE_BYTES: Final = 16_000_000


@dataclass(frozen=True, slots=True)
class Rect:
    """A part of the canvas; all four are even."""

    x: int
    y: int
    width: int
    height: int

    @property
    def area(self) -> int:
        """Pixels inside."""
        return self.width * self.height


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Pixels that belong at `rect` of the canvas."""

    rect: Rect
    pixels: Yuva


@dataclass(frozen=True, slots=True, eq=False)
class Bitmap:
    """Planes whose pixel (x, y) is the layer's pixel ((x − left) / zoom_x, (y − top) / zoom_y).

    At least `margin` pixels lie around it on every side. `is_endless` says that there the edges are repeated;
    otherwise nothing is there.
    """

    pixels: Yuva
    margin: int
    is_endless: bool
    left: int
    top: int
    zoom_x: float
    zoom_y: float


@dataclass(frozen=True, slots=True)
class Mapping:
    """Canvas to bitmap in continuous coordinates (pixel i reaches from i to i + 1): step × x + shift."""

    step: float
    shift: float

    def axis(self, first: int, *, centre: float, every: int) -> Axis:
        """Return it for the samples of one plane from canvas coordinate `first` on.

        Sample i of that plane, in canvas and bitmap alike, is the value at every × i + centre.
        """
        start = (centre * self.step + self.shift - centre) / every + self.step * first / every
        return Axis(self.step, start)


class Bitmaps:
    """Bitmaps of layers, the last used ones kept: grounds and logos come again from shot to shot."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Bitmap] = OrderedDict()

    def get(self, layer: Layer, sources: Sources, *, zoom: float, margin: int, cover: bool) -> Bitmap:
        """Return the layer at `zoom` with `margin` pixels around it: the edge repeated (cover) or nothing."""
        width, height = ceil(layer.width * zoom - 1e-6), ceil(layer.height * zoom - 1e-6)
        parity = (round(layer.x) % 2, round(layer.y) % 2) if zoom == 1 else (0, 0)
        facts = f"{width} {height} {margin} {cover} {parity} {layer.width} {layer.height} {layer.opaque} "
        key = hashlib.sha256((facts + layer.content.model_dump_json()).encode()).hexdigest()
        found = self._kept.get(key)
        if found is None:
            found = _bitmap(layer, draw(layer, width, height, sources), (width, height), margin, parity, cover=cover)
            self._kept[key] = found
        self._kept.move_to_end(key)
        while len(self._kept) > 1 and sum(kept.pixels.size_bytes for kept in self._kept.values()) > _CACHE_BYTES:
            self._kept.popitem(last=False)
        return found


class _Desk:
    """Planes to sample onto, kept: fresh pages for every frame of a large layer cost as much as sampling it."""

    def __init__(self) -> None:
        self._whole = blank(0, 0)

    def sheet(self, width: int, height: int) -> Yuva:
        have_height, have_width = self._whole.colour.y.shape
        if width > have_width or height > have_height:
            self._whole = blank(max(width, have_width), max(height, have_height))
        return self._whole.window(width, height)


class Sprite:
    """A layer in one shot: knows its pose at each frame and gives its pixels there."""

    def __init__(self, layer: Layer, *, canvas: Rect, sources: Sources, bitmaps: Bitmaps, is_ground: bool) -> None:
        self.layer = layer
        self._canvas = canvas
        self._sources = sources
        self._bitmaps = bitmaps
        self._is_ground = is_ground
        self._bands: dict[int, Bitmap] = {}
        self._desk = _Desk()

    def hides_all_below(self, pose: Pose) -> bool:
        """Say whether nothing under the layer can be seen at this pose."""
        if self._is_ground:
            return True
        if pose.opacity < 1 or not self._covers(pose):
            return False
        return self._bitmap(pose).pixels.through is None

    def place(self, pose: Pose, *, kept: bool) -> Placed | None:
        """Return the layer's pixels at this pose, or None where nothing of it is on the canvas.

        Unless they are to be `kept`, the next call overwrites them.
        """
        bitmap = self._bitmap(pose)
        across, down = self._mappings(bitmap, pose)
        rect = self._canvas if bitmap.is_endless else self._visible(bitmap, across, down)
        if rect is None:
            return None
        out = blank(rect.width, rect.height) if kept else self._desk.sheet(rect.width, rect.height)
        return Placed(rect, faded(_sampled(bitmap.pixels, across, down, rect, out), pose.opacity))

    def paint_ground(self, pose: Pose, out: Yuv) -> None:
        """Fill the whole canvas with the layer; past its edges they are repeated."""
        bitmap = self._bitmap(pose)
        across, down = self._mappings(bitmap, pose)
        if bitmap.pixels.through is None and pose.opacity >= 1:
            _sample_colour(bitmap.pixels.colour, across, down, self._canvas, out, borders=(None, None, None))
            return
        sheet = self._desk.sheet(self._canvas.width, self._canvas.height)
        pixels = _sampled(bitmap.pixels, across, down, self._canvas, sheet)
        for (colour, through), target, black in zip(faded(pixels, pose.opacity).layers, out.planes, BLACK, strict=True):
            target[:] = black
            blend(target, colour, through)

    @cached_property
    def _is_cover(self) -> bool:
        frames = range(self.layer.first_frame, self.layer.last_frame + 1)
        return self._is_ground or all(self._covers(pose_at(self.layer, frame)) for frame in frames)

    def _covers(self, pose: Pose) -> bool:
        layer = self.layer
        half_width, half_height = layer.width * pose.scale / 2, layer.height * pose.scale / 2
        x, y = layer.x + layer.width / 2 + pose.dx, layer.y + layer.height / 2 + pose.dy
        return (
            x - half_width <= 0
            and y - half_height <= 0
            and x + half_width >= self._canvas.width
            and y + half_height >= self._canvas.height
        )

    @cached_property
    def _scales(self) -> tuple[float, float]:
        """Least and greatest scale that frames of the layer show."""
        layer = self.layer
        scales = [pose_at(layer, frame).scale for frame in range(layer.first_frame, layer.last_frame + 1)]
        return min(scales), max(scales)

    @cached_property
    def _drifts(self) -> bool:
        """Whether the layer moves for most of its time; what only enters or leaves is drawn for its rest."""
        layer = self.layer
        poses = [pose_at(layer, frame) for frame in range(layer.first_frame, layer.last_frame + 1)]
        places = [(pose.dx, pose.dy, pose.scale) for pose in poses]
        moves = sum(before != after for before, after in itertools.pairwise(places))
        return moves * 2 > len(places)

    def _bitmap(self, pose: Pose) -> Bitmap:
        band, zoom = self._band(pose.scale)
        if band not in self._bands:
            cover = self._is_cover
            margin = margin_for(STEP_MIN * _BAND) if self._drifts else _REST_MARGIN
            self._bands[band] = self._bitmaps.get(self.layer, self._sources, zoom=zoom, margin=margin, cover=cover)
        return self._bands[band]

    def _band(self, scale: float) -> tuple[int, float]:
        least, greatest = self._scales
        if self._drifts:
            top = greatest * STEP_MIN
        else:
            top = 1.0 if greatest <= _OVERSHOOT and least <= 1 else greatest
        band, zoom = 0, top
        while zoom / _BAND / scale > (STEP_MIN if self._drifts else 1.0) and band < 8:
            band, zoom = band + 1, zoom / _BAND
        return band, zoom

    def _mappings(self, bitmap: Bitmap, pose: Pose) -> tuple[Mapping, Mapping]:
        layer = self.layer
        # A whole pixel's rest keeps type and edges as sharp as they were drawn.
        x, y = (layer.x, layer.y) if self._drifts else (round(layer.x), round(layer.y))
        return (
            _mapping(bitmap.zoom_x, bitmap.left, layer.width, x + pose.dx, pose.scale),
            _mapping(bitmap.zoom_y, bitmap.top, layer.height, y + pose.dy, pose.scale),
        )

    def _visible(self, bitmap: Bitmap, across: Mapping, down: Mapping) -> Rect | None:
        height, width = bitmap.pixels.colour.y.shape
        left, right = _extent(across, bitmap.margin, width - bitmap.margin, self._canvas.width)
        top, bottom = _extent(down, bitmap.margin, height - bitmap.margin, self._canvas.height)
        if right <= left or bottom <= top:
            return None
        return Rect(left, top, right - left, bottom - top)


def blend(target: Plane, colour: Plane, through: Plane | None) -> None:
    """Lay premultiplied `colour` over `target`, in place."""
    if through is None:
        np.copyto(target, colour)
        return
    cv2.multiply(target, through, dst=target, scale=1 / 255)
    cv2.add(target, colour, dst=target)


def faded(pixels: Yuva, opacity: float) -> Yuva:
    """Return the pixels at an opacity of 0 to 1."""
    if opacity >= 1:
        return pixels
    colour = Yuv(*(_scaled(plane, opacity, 0) for plane in pixels.colour.planes))
    passed = 255 * (1 - opacity)
    through, through_chroma = (
        np.full(shape.shape, round(passed), np.uint8) if mask is None else _scaled(mask, opacity, passed)
        for mask, shape in (
            (pixels.through, pixels.colour.y),
            (pixels.through_chroma, pixels.colour.u),
        )
    )
    return Yuva(colour, through, through_chroma)


def _scaled(plane: Plane, factor: float, offset: float) -> Plane:
    return cv2.convertScaleAbs(plane, alpha=factor, beta=offset).astype(np.uint8, copy=False)


def _mapping(zoom: float, origin: int, size: int, position: float, scale: float) -> Mapping:
    """Return the mapping along one axis of a layer of `size` at `position`, scaled about its centre."""
    half = size / 2
    return Mapping(step=zoom / scale, shift=zoom * (half - (position + half) / scale) + origin)


def _extent(mapping: Mapping, begin: int, end: int, canvas: int) -> tuple[int, int]:
    """Return the even canvas coordinates around what bitmap coordinates `begin` to `end` come to."""
    first = floor((begin - 1 - mapping.shift) / mapping.step)
    last = ceil((end + 1 - mapping.shift) / mapping.step)
    return max(0, first - first % 2), min(canvas, last + last % 2)


def _sampled(pixels: Yuva, across: Mapping, down: Mapping, rect: Rect, out: Yuva) -> Yuva:
    is_opaque = pixels.through is None
    borders = (None, None, None) if is_opaque else (0, 0, 0)
    _sample_colour(pixels.colour, across, down, rect, out.colour, borders=borders)
    masks = (pixels.through, pixels.through_chroma, out.through, out.through_chroma)
    if masks[0] is None or masks[1] is None or masks[2] is None or masks[3] is None:
        return Yuva(out.colour, None, None)
    _sample_luma(masks[0], across, down, rect, masks[2], border=255)
    _sample_chroma(masks[1], across, down, rect, masks[3], border=255)
    return out


def _sample_colour(
    colour: Yuv, across: Mapping, down: Mapping, rect: Rect, out: Yuv, *, borders: tuple[int | None, ...]
) -> None:
    _sample_luma(colour.y, across, down, rect, out.y, border=borders[0])
    _sample_chroma(colour.u, across, down, rect, out.u, border=borders[1])
    _sample_chroma(colour.v, across, down, rect, out.v, border=borders[2])


def _sample_luma(source: Plane, across: Mapping, down: Mapping, rect: Rect, out: Plane, *, border: int | None) -> None:
    x = across.axis(rect.x, centre=0.5, every=1)
    sample(source, x, down.axis(rect.y, centre=0.5, every=1), out, border=border)


def _sample_chroma(
    source: Plane, across: Mapping, down: Mapping, rect: Rect, out: Plane, *, border: int | None
) -> None:
    # Level with even luma columns (centre 0.5 of 2), between two rows (centre 1 of 2): see `planes`.
    x = across.axis(rect.x, centre=0.5, every=2)
    sample(source, x, down.axis(rect.y, centre=1.0, every=2), out, border=border)


def _bitmap(
    layer: Layer, drawing: Drawing, size: tuple[int, int], margin: int, parity: tuple[int, int], *, cover: bool
) -> Bitmap:
    height, width = drawing.rgba.shape[:2]
    # The bitmap's even pixels must fall on the canvas's even pixels, so that chroma need not be resampled at rest.
    left = margin + (margin + drawing.x - parity[0]) % 2
    top = margin + (margin + drawing.y - parity[1]) % 2
    right, bottom = margin + (left + width + margin) % 2, margin + (top + height + margin) % 2
    is_endless = cover and (width, height) == size
    border = cv2.BORDER_REPLICATE if is_endless else cv2.BORDER_CONSTANT
    padded = cv2.copyMakeBorder(drawing.rgba, top, bottom, left, right, border, value=(0, 0, 0, 0))
    return Bitmap(
        pixels=from_rgba(padded.astype(np.uint8, copy=False)),
        margin=margin,
        is_endless=is_endless,
        left=left - drawing.x,
        top=top - drawing.y,
        zoom_x=size[0] / layer.width,
        zoom_y=size[1] / layer.height,
    )

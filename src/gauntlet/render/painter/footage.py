"""A layer of moving pictures, placed like any other."""

from functools import cached_property
from typing import Final

import cv2
import numpy as np

from gauntlet.core.errors import GauntletError, RenderFailed
from gauntlet.render.painter.bitmaps import rounded
from gauntlet.render.painter.clips import ClipReader, clip_of
from gauntlet.render.painter.easing import Pose
from gauntlet.render.painter.planes import Plane, Yuv, Yuva, blank, from_rgba
from gauntlet.render.painter.sprites import Bitmap, Mapping, Rect, Sprite
from gauntlet.render.timeline import FootageContent

_MARGIN: Final = 6
"""Nothing around a picture with round corners, so that it can be moved by fractions of a pixel."""


class FootageSprite(Sprite):
    """A layer of footage: its bitmap is another one at each moment, and only the present one is held."""

    _moment: int = -1
    _present: Bitmap | None = None

    @property
    def _content(self) -> FootageContent:
        content = self.layer.content
        if not isinstance(content, FootageContent):
            raise TypeError(f"layer {self.layer.name} is no footage")
        return content

    @cached_property
    def _reader(self) -> ClipReader:
        return ClipReader(clip_of(self.layer, self._content, self._sources))

    def _bitmap(self, pose: Pose) -> Bitmap:
        if self._present is None or pose.moment != self._moment:
            try:
                self._present, self._moment = self._decoded(pose.moment), pose.moment
            except (GauntletError, ValueError) as error:
                raise RenderFailed(
                    f"Layer “{self.layer.name}” cannot be drawn: {error}",
                    next_step=getattr(error, "next_step", None),
                    details={"layer": self.layer.name},
                ) from error
        return self._present

    def _decoded(self, moment: int) -> Bitmap:
        frame = self._reader.frame(moment)
        is_round = self._content.corner_radius > 0
        height, width = frame.y.shape
        margin = _MARGIN if is_round else 0
        return Bitmap(
            pixels=self._cut_round(frame) if is_round else Yuva(frame, None, None),
            margin=margin,
            is_endless=not is_round and self._is_cover,
            left=margin,
            top=margin,
            zoom_x=width / self.layer.width,
            zoom_y=height / self.layer.height,
        )

    @cached_property
    def _mask(self) -> Yuva:
        """White with round corners and nothing around it."""
        height, width = self._reader.frame(0).y.shape
        white = np.full((height, width, 4), 255, np.uint8)
        cut = rounded(white, self._content.corner_radius * width / self.layer.width)
        return from_rgba(np.pad(cut, ((_MARGIN, _MARGIN), (_MARGIN, _MARGIN), (0, 0))))

    @cached_property
    def _desk_round(self) -> Yuva:
        height, width = self._mask.colour.y.shape
        desk = blank(width, height)
        for plane in desk.colour.planes:
            plane[:] = 0
        return Yuva(desk.colour, self._mask.through, self._mask.through_chroma)

    def _cut_round(self, frame: Yuv) -> Yuva:
        desk = self._desk_round
        for source, (target, through) in zip(frame.planes, desk.layers, strict=True):
            if through is None:
                raise ValueError("round corners let something through")
            _multiply_into(target, source, through)
        return desk

    def _visible(self, bitmap: Bitmap, across: Mapping, down: Mapping) -> Rect | None:
        exact = self._resting_rect(bitmap, across, down)
        return super()._visible(bitmap, across, down) if exact is None else exact

    def _resting_rect(self, bitmap: Bitmap, across: Mapping, down: Mapping) -> Rect | None:
        """Return where a picture without margin lies to the pixel; None where it moves, or reaches past the canvas."""
        x, y = -across.shift, -down.shift
        height, width = bitmap.pixels.colour.y.shape
        is_whole = across.step == down.step == 1 and x % 2 == 0 and y % 2 == 0 and bitmap.margin == 0
        canvas = self._canvas
        if not is_whole or x < 0 or y < 0 or x + width > canvas.width or y + height > canvas.height:
            return None
        return Rect(int(x), int(y), width, height)


def _multiply_into(target: Plane, source: Plane, through: Plane) -> None:
    """Write `source` times what `through` does not let through into the middle of `target`."""
    height, width = source.shape
    top, left = (target.shape[0] - height) // 2, (target.shape[1] - width) // 2
    window = (slice(top, top + height), slice(left, left + width))
    cv2.multiply(source, cv2.bitwise_not(through[window]), dst=target[window], scale=1 / 255)

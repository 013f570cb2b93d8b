"""Conformed footage, frame by frame."""

import io
from typing import Any, cast

import av
import numpy as np
from av.error import FFmpegError

from gauntlet.render.footage import clip_order
from gauntlet.render.painter.planes import Plane, Yuv
from gauntlet.render.painter.sources import Sources
from gauntlet.render.timeline import FootageContent, Layer

_SEEK_FROM_FRAMES: int = 30
"""Conformed clips have a keyframe at least this often, so that going further ahead is quicker by seeking."""


class ClipReader:
    """Decodes a conformed clip, one frame at a time; best asked for frames in increasing order.

    Raises ValueError for bytes that are no such clip.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._container = cast(Any, av.open(io.BytesIO(data)))
            self._stream = self._container.streams.video[0]
        except (FFmpegError, IndexError) as error:
            raise ValueError(f"its conformed footage cannot be read: {error}") from error
        self._stream.thread_type = "NONE"  # a render process has one core
        self._every = 1 / (self._stream.average_rate * self._stream.time_base)
        self._last: int = self._stream.frames - 1
        self._decoded: Any = None
        self._at = -1
        self._frame: Any = None

    def frame(self, number: int) -> Yuv:
        """Return a frame's planes, for reading only and until the next call; past the end, those of the last."""
        wanted = min(number, self._last)
        if wanted != self._at:
            try:
                self._go_to(wanted)
            except (FFmpegError, StopIteration) as error:
                raise ValueError(f"frame {wanted} of its conformed footage cannot be decoded: {error}") from error
        frame = self._frame
        return Yuv(*(_view(frame, index, 1 if index == 0 else 2) for index in range(3)))

    def _go_to(self, wanted: int) -> None:
        if self._decoded is None or not self._at < wanted <= self._at + _SEEK_FROM_FRAMES:
            self._container.seek(int(wanted * self._every), stream=self._stream, backward=True)
            self._decoded = self._container.decode(self._stream)
            self._at = -1
        while self._at != wanted:
            self._frame = next(self._decoded)
            self._at = round(self._frame.pts / self._every)


def clip_of(layer: Layer, content: FootageContent, sources: Sources) -> bytes:
    """Return the clip that a layer of footage is painted from; raises ValueError where it was not handed over."""
    key = clip_order(layer, content).key
    if key not in sources.pictures:
        raise ValueError(f"its conformed footage {key[:12]} was not handed over")
    return sources.pictures[key]


def _view(frame: Any, index: int, every: int) -> Plane:
    plane = frame.planes[index]
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows[: frame.height // every, : frame.width // every]

"""H.264: frames to packets in an MP4 in memory, tagged as what they are."""

import io
from fractions import Fraction
from typing import Final

import av
import numpy as np

from gauntlet.render.encoder.containers import Codec, mp4_writer
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.painter.planes import Plane, Yuv

# ITU-T H.273: 1 is BT.709 for primaries, transfer and matrix; 1 is limited ("MPEG") range.
_BT709: Final = 1
_LIMITED: Final = 1


class SegmentWriter:
    """Encodes frames one after another; `finish` gives the segment. Every segment begins with a closed group."""

    def __init__(self, *, width: int, height: int, fps: int, settings: EncoderSettings) -> None:
        self._file = io.BytesIO()
        self._container = mp4_writer(self._file)
        options = {
            "preset": settings.preset,
            "crf": str(settings.crf),
            "profile": "high",
            "g": str(settings.keyframe_interval_s * fps),
            "threads": str(settings.threads),
            # Each frame held for looking ahead takes 6.6 MB at 1080×1920, in every worker at once.
            "rc-lookahead": str(settings.lookahead_frames),
        }
        self._stream = self._container.add_stream("libx264", rate=fps, options=options)
        _describe(self._stream.codec_context, width=width, height=height, fps=fps)
        # The encoder copies what it is given before `encode` returns, so one frame serves for all.
        self._frame = av.VideoFrame(width, height, "yuv420p")
        self.canvas = Yuv(
            *(
                _pixels(self._frame, index, width=width // every, height=height // every)
                for index, every in ((0, 1), (1, 2), (2, 2))
            )
        )
        self._time_base = Fraction(1, fps)
        self._count = 0

    def write(self, frame: Yuv) -> None:
        """Encode the next frame, without a copy if it is the writer's own `canvas`.

        Its planes may change as soon as this returns.
        """
        if frame is not self.canvas:
            frame.copy_to(self.canvas)
        self._frame.pts = self._count
        self._frame.time_base = self._time_base
        self._count += 1
        self._container.mux(self._stream.encode(self._frame))

    def finish(self) -> bytes:
        """Return the MP4 with all frames written."""
        self._container.mux(self._stream.encode())
        self._container.close()
        return self._file.getvalue()

    def abandon(self) -> None:
        """Let go of the encoder; nothing comes of the frames written."""
        self._container.close()


def _describe(codec: Codec, *, width: int, height: int, fps: int) -> None:
    codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
    codec.time_base = Fraction(1, fps)
    codec.color_primaries = codec.color_trc = codec.colorspace = _BT709
    codec.color_range = _LIMITED


def _pixels(frame: av.VideoFrame, index: int, *, width: int, height: int) -> Plane:
    plane = frame.planes[index]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    rows[:] = 0  # x264 looks a little past the picture's edge: let it always see the same there
    return rows[:height, :width]

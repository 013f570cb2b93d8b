"""What a finished film is, measured from its bytes: every frame decoded, all of its sound heard."""

import io
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final, cast

import av
import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray
from pydantic import Field

from gauntlet.core.errors import RenderFailed
from gauntlet.core.schema import Schema
from gauntlet.render.mixer.loudness import integrated_loudness, true_peak_dbtp
from gauntlet.render.mixer.signal import SAMPLE_RATE

FACTS_VERSION: Final = 1
"""Raised whenever the same file would give other facts."""

SPAN_MIN_S: Final = 0.5
"""Black or frozen picture this short is not noticed as one."""

_GRID: Final = 8
_BLACK_LUMA: Final = 38
_BLACK_SHARE: Final = 0.98
"""A picture is black when 98 % of it is under 10 % of video range: what FFmpeg's blackdetect takes by default."""

_FROZEN_MEAN: Final = 0.05
_FROZEN_MOST: Final = 3
"""Luma steps between a picture and the one that a still began with, above which something moved: coding noise at rest
stays below, a slow zoom adds up to more within a few frames."""

_BT709: Final = 1
_LIMITED_RANGE: Final = 1
"""ITU-T H.273 code points: 1 is BT.709 for primaries, transfer and matrix; 1 is limited range in FFmpeg's numbering."""


class FrameSpan(Schema):
    """Frames from `start_frame` to before `end_frame`."""

    start_frame: int = Field(ge=0)
    end_frame: int = Field(gt=0)

    @property
    def frames(self) -> int:
        """Return how many frames it lasts."""
        return self.end_frame - self.start_frame


class SoundFacts(Schema):
    """The film's sound. `samples` are of one channel, after the encoder's priming has been taken off."""

    codec: str
    sample_rate_hz: int
    channels: int
    samples: int
    loudness_lufs: float
    true_peak_dbtp: float


class FilmFacts(Schema):
    """The film's file. `fps` is the average; spans are those longer than half a second."""

    size_bytes: int
    width: int
    height: int
    frames: int
    fps: float
    constant_frame_rate: bool
    video_codec: str
    profile: str
    pixel_format: str
    bt709: bool
    faststart: bool
    black_spans: tuple[FrameSpan, ...]
    frozen_spans: tuple[FrameSpan, ...]
    sound: SoundFacts | None


def measure_film(mp4_bytes: bytes) -> FilmFacts:
    """Return the facts of an MP4. RenderFailed when it cannot be opened, has no picture, or stops decoding midway."""
    try:
        with av.open(io.BytesIO(mp4_bytes), mode="r", format="mp4") as container:
            return _measured(container, mp4_bytes)
    except (av.error.FFmpegError, IndexError) as cause:
        raise RenderFailed(
            f"the finished film of {len(mp4_bytes)} bytes cannot be read back: {cause}",
            next_step="Render the film again; if it stays so, report it with the job's number.",
            details={"sizeBytes": len(mp4_bytes)},
        ) from cause


def starts_fast(mp4_bytes: bytes) -> bool:
    """Return whether the index (`moov`) lies before the media (`mdat`), so that a player can start at once."""
    kinds = [kind for kind, _ in _boxes(mp4_bytes)]
    return b"moov" in kinds and b"mdat" in kinds and kinds.index(b"moov") < kinds.index(b"mdat")


def _boxes(mp4_bytes: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield (kind, size) of the file's outermost boxes (ISO/IEC 14496-12, 4.2)."""
    at = 0
    while at + 8 <= len(mp4_bytes):
        size = int.from_bytes(mp4_bytes[at : at + 4], "big")
        kind = mp4_bytes[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(mp4_bytes[at + 8 : at + 16], "big")
        elif size == 0:
            size = len(mp4_bytes) - at
        if size < 8:
            return
        yield kind, size
        at += size


def _measured(container: InputContainer, mp4_bytes: bytes) -> FilmFacts:
    stream = container.streams.video[0]
    stream.thread_type = "FRAME"
    codec: VideoCodecContext = stream.codec_context
    watch = _watched(container, stream)
    if not watch.times:
        raise RenderFailed(
            f"the finished film of {len(mp4_bytes)} bytes has no frame that can be decoded",
            next_step="Render the film again.",
            details={"sizeBytes": len(mp4_bytes)},
        )
    container.seek(0)
    return FilmFacts(
        size_bytes=len(mp4_bytes),
        width=codec.width,
        height=codec.height,
        frames=len(watch.times),
        fps=float(stream.average_rate or 0),
        constant_frame_rate=_is_constant(watch.times, stream),
        video_codec=codec.name,
        profile=codec.profile or "",
        pixel_format=codec.pix_fmt or "",
        bt709=_is_bt709(codec),
        faststart=starts_fast(mp4_bytes),
        black_spans=tuple(watch.black),
        frozen_spans=tuple(watch.frozen),
        sound=_sound(container),
    )


def _is_constant(times: list[int], stream: VideoStream) -> bool:
    """Return whether frames come at equal distances, to the rounding of the stream's own clock."""
    distances = {later - earlier for earlier, later in pairwise(times)}
    exact = Fraction(1) / (stream.time_base or Fraction(1)) / (stream.average_rate or Fraction(1))
    return all(abs(distance - exact) < 1 for distance in distances)


def _is_bt709(codec: VideoCodecContext) -> bool:
    tags = (codec.color_primaries, codec.color_trc, codec.colorspace, codec.color_range)
    return tuple(int(tag) for tag in tags) == (_BT709, _BT709, _BT709, _LIMITED_RANGE)


class _Watch:
    """Looks at every eighth pixel of every eighth line of each frame and notes black and still stretches."""

    def __init__(self, *, fps: float) -> None:
        self.times: list[int] = []
        self.black: list[FrameSpan] = []
        self.frozen: list[FrameSpan] = []
        self._shortest = SPAN_MIN_S * fps
        self._black_since: int | None = None
        self._still_since = 0
        self._still: NDArray[np.int16] | None = None

    def see(self, frame: VideoFrame) -> None:
        """Take in the next frame."""
        luma = _sparse_luma(frame)
        index = len(self.times)
        self.times.append(frame.pts or 0)
        if float((luma < _BLACK_LUMA).mean()) >= _BLACK_SHARE:
            self._black_since = index if self._black_since is None else self._black_since
        else:
            self._end_black(index)
        if self._still is None or _moved(self._still, luma):
            self._end_still(index)
            self._still, self._still_since = luma, index

    def close(self) -> None:
        """End what was going on at the last frame."""
        self._end_black(len(self.times))
        self._end_still(len(self.times))

    def _end_black(self, index: int) -> None:
        if self._black_since is not None and index - self._black_since > self._shortest:
            self.black.append(FrameSpan(start_frame=self._black_since, end_frame=index))
        self._black_since = None

    def _end_still(self, index: int) -> None:
        if index - self._still_since > self._shortest:
            self.frozen.append(FrameSpan(start_frame=self._still_since, end_frame=index))


def _watched(container: InputContainer, stream: VideoStream) -> _Watch:
    watch = _Watch(fps=float(stream.average_rate or 30))
    for frame in container.decode(stream):
        watch.see(frame)
    watch.close()
    return watch


def _sparse_luma(frame: VideoFrame) -> NDArray[np.int16]:
    shown = frame if frame.format.name == "yuv420p" else frame.reformat(format="yuv420p")
    plane = shown.planes[0]
    rows = np.frombuffer(cast("memoryview", plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: shown.height : _GRID, : shown.width : _GRID].astype(np.int16)


def _moved(still: NDArray[np.int16], luma: NDArray[np.int16]) -> bool:
    difference = np.abs(luma - still)
    return float(difference.mean()) > _FROZEN_MEAN or int(difference.max()) > _FROZEN_MOST


def _sound(container: InputContainer) -> SoundFacts | None:
    if not container.streams.audio:
        return None
    stream = container.streams.audio[0]
    frames = list(container.decode(stream))
    samples = sum(frame.samples for frame in frames)
    pcm = _stereo_48k(frames)
    return SoundFacts(
        codec=stream.codec_context.name,
        sample_rate_hz=stream.codec_context.sample_rate,
        channels=stream.codec_context.layout.nb_channels,
        samples=samples,
        loudness_lufs=round(integrated_loudness(pcm), 2),
        true_peak_dbtp=round(max(true_peak_dbtp(pcm), -120.0), 2),
    )


def _stereo_48k(frames: list[AudioFrame]) -> NDArray[np.float32]:
    resampler = AudioResampler(format="flt", layout="stereo", rate=SAMPLE_RATE)
    blocks = [block.to_ndarray().reshape(-1, 2) for frame in frames for block in resampler.resample(frame)]
    blocks.extend(block.to_ndarray().reshape(-1, 2) for block in resampler.resample(None))
    if not blocks:
        return np.zeros((0, 2), np.float32)
    return np.concatenate(blocks).astype(np.float32, copy=False)

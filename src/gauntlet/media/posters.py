"""The frame that stands for a film: one that shows something, upright, and small.

Key frames at a few places are looked at first, for each can be decoded alone. Only where all of them are black or blank
(a film that fades in from its one key frame) are the frames after them decoded one by one, as far as a budget goes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, cast

import av.error
import numpy as np
from av.packet import Packet
from av.sidedata.sidedata import SideDataContainer, Type
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.lengths import Length
from gauntlet.media.streams import Reel, check_size, damaged, max_pixels

Rotation = Literal[0, 90, 180, 270]

_PLACES: Final = (Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(0))
"""Past the titles and the fade, where the film is under way; the start last, for it is black most often."""

_PACKETS_TO_KEY_MAX: Final = 500
_WALK_PIXELS: Final = 400_000_000
"""Decoded at most while walking on from black key frames: some 190 frames of 1080p, about a second's work."""
_WALK_BYTES: Final = 8_000_000
"""Read at most while walking on: grain at a high rate takes long to decode, and does not fade in to anything."""
_LOOK_EVERY: Final = 4
_BLACK_LUMA: Final = 24.0
_BLACK_SHARE: Final = 0.85
_LEAST_SPREAD: Final = 10.0
"""Steps of 255 by which pixels lie from their mean: a frame of one colour has next to none."""
_EACH: Final = 3
"""Every third pixel of every third line says enough of whether there is anything to see."""
_STRANGE_ASPECT: Final = 8
"""Pixels more than so many times as wide as high are a broken header: they are taken as square."""

_UNSPECIFIED: Final = 2
_BT709: Final = 1
_BT601: Final = 5
_HD_LINES: Final = 720
_FULL_RANGE: Final = 2
"""Code points of ITU-T H.273 and FFmpeg's own for ranges; without any, HD is BT.709 and less BT.601, as players do."""


@dataclass(frozen=True, slots=True, eq=False)
class Poster:
    """The chosen frame, H×W×4 straight-alpha sRGB, upright and small; sizes are those of the film as it is shown."""

    rgba: NDArray[np.uint8]
    width: int
    height: int
    rotation: Rotation
    pixel_format: str


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    poster: Poster
    score: float
    is_good: bool


def choose_poster(reel: Reel, picture: VideoStream, length: Length, *, limits: InspectionLimits) -> Poster:
    """Return the first good frame of a few places, else the best one seen; all within a budget of decoded frames.

    A good frame is neither black nor of one colour. Raises InvalidInput where no frame can be decoded, TooLarge where
    the frames turn out larger than the header said, past the limits.
    """
    _prepare(picture, limits)
    best: _Look | None = None
    for frame in _frames(reel, picture, length):
        look = _looked_at(frame, picture, limits)
        if look.is_good:
            return look.poster
        best = look if best is None or look.score > best.score else best
    if best is None:
        raise damaged("none of its pictures can be decoded")
    return best.poster


def key_frames(
    reel: Reel, picture: VideoStream, length: Length, *, places: Sequence[Fraction], limits: InspectionLimits
) -> list[tuple[float, Poster]]:
    """Return the key frames at or before some places (shares of the film), with their seconds; none of them twice.

    Frames of one colour are left out where others are not. Raises as `choose_poster`.
    """
    _prepare(picture, limits)
    looks: dict[int | None, tuple[float, _Look]] = {}
    for place in places:
        frame = _key_frame(reel, picture, _ticks(picture, length, place))
        if frame is not None and frame.pts not in looks:
            at_s = max(0.0, float((frame.pts or 0) * (picture.time_base or 1) - length.start_s))
            looks[frame.pts] = (at_s, _looked_at(frame, picture, limits))
    if not looks:
        raise damaged("none of its pictures can be decoded")
    good = {pts: look for pts, look in looks.items() if look[1].is_good} or looks
    return [(at_s, look.poster) for at_s, look in good.values()]


def _frames(reel: Reel, picture: VideoStream, length: Length) -> Iterator[VideoFrame]:
    """Yield frames worth a look: key frames of a few places, then those that follow them."""
    starts: dict[int | None, int] = {}
    for place in _PLACES:
        at = _ticks(picture, length, place)
        frame = _key_frame(reel, picture, at)
        if frame is not None and frame.pts not in starts:
            starts[frame.pts] = at
            yield frame
    yield from _walk(reel, picture, list(starts.values()) or [_ticks(picture, length, _PLACES[-1])])


def _prepare(picture: VideoStream, limits: InspectionLimits) -> None:
    codec = picture.codec_context
    codec.thread_count = 1  # threads cost memory and, for single frames, more time than they save
    codec.options = {"max_pixels": str(max_pixels(limits))}


def _ticks(picture: VideoStream, length: Length, place: Fraction) -> int:
    return round((length.start_s + length.duration_s * place) / (picture.time_base or 1))


def _key_frame(reel: Reel, picture: VideoStream, at: int) -> VideoFrame | None:
    """Return the key frame at or before a time, None where there is none or it is damaged."""
    try:
        reel.container.seek(at, stream=picture)
        for count, packet in enumerate(reel.container.demux(picture)):
            if packet.is_keyframe and packet.size:
                # A decoder that waits for frames to put in order gives out what it has when told that this is all.
                frames = _decode(picture, packet) or _decode(picture, None)
                return frames[0] if frames else None
            if count >= _PACKETS_TO_KEY_MAX:
                return None
    except av.error.FFmpegError:
        return None  # another place may be whole
    return None


def _walk(reel: Reel, picture: VideoStream, starts: list[int]) -> Iterator[VideoFrame]:
    """Yield every fourth frame on from each start, in turn, until its part of the budget is used up."""
    for start in starts:
        left = _WALK_PIXELS // len(starts)
        try:
            reel.container.seek(start, stream=picture)
            for index, frame in enumerate(_decoded(reel, picture, size_limit_bytes=_WALK_BYTES // len(starts))):
                left -= frame.width * frame.height
                if index % _LOOK_EVERY == 0:
                    yield frame
                if left <= 0:
                    break
        except av.error.FFmpegError:
            continue  # what follows another start may be whole


def _decoded(reel: Reel, picture: VideoStream, *, size_limit_bytes: int) -> Iterator[VideoFrame]:
    left = size_limit_bytes
    for packet in reel.container.demux(picture):
        left -= packet.size
        if left < 0:
            return
        try:
            yield from _decode(picture, packet if packet.size else None)
        except av.error.InvalidDataError:
            continue  # players, too, go on with the next one


def _decode(picture: VideoStream, packet: "Packet[VideoStream] | None") -> list[VideoFrame]:
    # The binding leaves open of what stream its packets are.
    return picture.codec_context.decode(packet)  # pyright: ignore[reportUnknownMemberType]


def _looked_at(frame: VideoFrame, picture: VideoStream, limits: InspectionLimits) -> _Look:
    check_size(frame.width, frame.height, limits)
    matrix = _display_matrix(frame)
    width, height = _shown_size(frame, picture)
    scale = min(1.0, limits.thumbnail_px / max(width, height))
    small = frame.reformat(
        width=max(1, round(width * scale)),
        height=max(1, round(height * scale)),
        format="rgba",
        interpolation="AREA",
        src_colorspace=_matrix_of(frame),
        dst_color_range=_FULL_RANGE,
        threads=1,
    )
    pixels, rotation = _upright(cast("NDArray[np.uint8]", small.to_ndarray()), matrix)
    if rotation in {90, 270}:
        width, height = height, width
    check_size(width, height, limits)
    poster = Poster(pixels, width, height, rotation, frame.format.name)
    sample = pixels[::_EACH, ::_EACH, :3].reshape(-1, 3).astype(np.float32)
    black, spread = float((sample.mean(axis=1) < _BLACK_LUMA).mean()), float(np.sqrt(sample.var(axis=0).sum()))
    is_good = black < _BLACK_SHARE and spread >= _LEAST_SPREAD and not frame.is_corrupt
    return _Look(poster, spread * (1 - black) * (0.5 if frame.is_corrupt else 1), is_good)


def _matrix_of(frame: VideoFrame) -> int | None:
    if frame.colorspace != _UNSPECIFIED:
        return None
    return _BT709 if frame.height >= _HD_LINES else _BT601


def _shown_size(frame: VideoFrame, picture: VideoStream) -> tuple[int, int]:
    """Return the size with square pixels: the side whose pixels are longer grows, so that none is thrown away.

    The container's word on their shape goes before the codec's, as in players.
    """
    aspect = picture.sample_aspect_ratio or picture.codec_context.sample_aspect_ratio or Fraction(1)
    if not Fraction(1, _STRANGE_ASPECT) <= aspect <= _STRANGE_ASPECT:
        return frame.width, frame.height
    if aspect >= 1:
        return round(frame.width * aspect), frame.height
    return frame.width, round(frame.height / aspect)


def _display_matrix(frame: VideoFrame) -> tuple[int, int, int, int]:
    """Return a, b, c, d of x′ = ax + cy, y′ = bx + dy: how the stored frame is turned and mirrored to be shown."""
    side_data = cast(SideDataContainer, frame.side_data)
    for data in side_data:
        if data.type is Type.DISPLAYMATRIX:
            numbers = np.frombuffer(bytes(data), dtype="<i4")
            return int(numbers[0]), int(numbers[1]), int(numbers[3]), int(numbers[4])
    return 1, 0, 0, 1


def _upright(rgba: NDArray[np.uint8], matrix: tuple[int, int, int, int]) -> tuple[NDArray[np.uint8], Rotation]:
    """Return the pixels as shown, by the nearest of the eight ways to turn and mirror them, and the turn clockwise."""
    a, b, c, d = matrix
    if abs(a) + abs(d) >= abs(b) + abs(c):
        turned = rgba[:: -1 if d < 0 else 1, :: -1 if a < 0 else 1]
        return turned, 180 if a < 0 and d < 0 else 0
    turned = rgba.transpose(1, 0, 2)[:: -1 if b < 0 else 1, :: -1 if c < 0 else 1]
    return turned, 90 if b > 0 else 270

"""How long a film's picture is: measured from its packets, whatever its header says of it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import av.error
from av.packet import Packet
from av.stream import Discard
from av.video.stream import VideoStream

from gauntlet.media.streams import Reel, damaged

_SCANNED_WHOLE_BYTES: Final = 32_000_000
"""Up to here, all packets of a film without a reliable index are read: some 30 ms, and the frames are counted."""

_TAIL_FRAMES: Final = 32
"""More than any codec reorders (16 in H.264 and HEVC): the frame that is shown last is among the last so many."""

_FAR_S: Final = 1_000_000_000
_RATE_MAX: Final = 1_000
_RATE_SLACK: Final = 0.01
_INDEX_READ_MAX: Final = 200_000


@dataclass(frozen=True, slots=True)
class Length:
    """A picture's length in seconds, from its first frame's beginning to its last one's end, and what it is made of.

    `frames` is None where counting them would mean reading all of a large file.
    """

    start_s: Fraction
    duration_s: Fraction
    frames: int | None
    frame_rate: float | None


def measure_picture(reel: Reel, picture: VideoStream) -> Length:
    """Return how long the picture is, as its packets have it. The container's position is left anywhere.

    Raises InvalidInput where there is no picture, or the index speaks of pictures that are not there.
    """
    if reel.kind in {"mp4", "mov"} and not reel.is_fragmented:
        return _from_index(reel, picture)
    if reel.size_bytes <= _SCANNED_WHOLE_BYTES:
        return _from_all_packets(reel, picture)
    return _from_both_ends(reel, picture) or _from_all_packets(reel, picture)


@dataclass(frozen=True, slots=True)
class _Shown:
    """When a packet's picture is shown and for how long, in the stream's units; a duration of 0 is not known."""

    time: int
    duration: int


def _from_index(reel: Reel, picture: VideoStream) -> Length:
    entries = len(picture.index_entries)
    if not entries:
        raise damaged("there is no picture in its index")
    first = max(0, entries - _TAIL_FRAMES)
    _leave_others(reel, picture)
    reel.container.seek(picture.index_entries[first].timestamp, any_frame=True, stream=picture)
    there, tail = 0, list[_Shown]()
    for packet in reel.container.demux(picture):
        there += 1 if packet.size and not packet.is_corrupt else 0
        tail.extend(_shown(packet))
    if there < entries - first or not tail:
        raise damaged(f"its index speaks of {entries:,} pictures; the last of them are not there")
    start = picture.start_time or 0
    hidden = _hidden(picture, entries)
    return _length(picture, start, tail, None if hidden is None else entries - hidden)


def _hidden(picture: VideoStream, entries: int) -> int | None:
    """Return how many pictures an edit list leaves out, None where the index is too long to ask each."""
    if entries > _INDEX_READ_MAX:
        return None
    return sum(entry.is_discard for entry in picture.index_entries)


def _from_all_packets(reel: Reel, picture: VideoStream) -> Length:
    _leave_others(reel, picture)
    _rewind(reel, picture)
    shown = [one for packet in reel.container.demux(picture) for one in _shown(packet)]
    if not shown:
        raise damaged("there is no picture in it")
    return _length(picture, min(one.time for one in shown), shown, len(shown))


def _from_both_ends(reel: Reel, picture: VideoStream) -> Length | None:
    """Return the length by looking at the first packets and at those after the last key frame, None if that fails."""
    _leave_others(reel, picture)
    _rewind(reel, picture)
    start = next((one.time for packet in reel.container.demux(picture) for one in _shown(packet)), None)
    try:
        reel.container.seek(round(_FAR_S / _time_base(picture)), stream=picture)
    except av.error.FFmpegError:
        return None  # without an index there is no way to its end but through it
    tail = [one for packet in reel.container.demux(picture) for one in _shown(packet)]
    return _length(picture, start, tail, None) if start is not None and tail else None


def _length(picture: VideoStream, start: int, shown: list[_Shown], frames: int | None) -> Length:
    last = max(shown, key=lambda one: one.time)
    unit = _time_base(picture)
    length = (last.time + last.duration - start) * unit
    if not last.duration:
        length += _usual_distance(picture, shown)
    return Length(start * unit, length, frames, _frame_rate(picture, length, frames))


def _usual_distance(picture: VideoStream, shown: list[_Shown]) -> Fraction:
    """Return how long a frame lasts, in seconds, where the last one does not say it of itself."""
    times = [one.time for one in shown]
    if len(times) > 1 and max(times) > min(times):
        return Fraction(max(times) - min(times), len(times) - 1) * _time_base(picture)
    rate = picture.average_rate
    return 1 / rate if rate and 0 < rate <= _RATE_MAX else Fraction(0)


def _frame_rate(picture: VideoStream, length: Fraction, frames: int | None) -> float | None:
    """Return frames a second on average: what the header says if the frames bear it out, else what they come to."""
    told = picture.average_rate
    if told is not None and not 0 < told <= _RATE_MAX:
        told = None
    counted = frames / length if frames is not None and frames > 1 and length > 0 else None
    if told is None or (counted is not None and abs(counted - told) > told * _RATE_SLACK):
        return None if counted is None or counted > _RATE_MAX else round(float(counted), 3)
    return round(float(told), 3)


def _shown(packet: "Packet[VideoStream]") -> tuple[_Shown, ...]:
    time = packet.pts if packet.pts is not None else packet.dts
    if time is None or not packet.size or packet.is_discard:
        return ()
    return (_Shown(time, max(0, packet.duration or 0)),)


def _leave_others(reel: Reel, picture: VideoStream) -> None:
    for stream in reel.container.streams:
        if stream.index != picture.index:
            stream.discard = Discard.all


def _rewind(reel: Reel, picture: VideoStream) -> None:
    reel.container.seek(picture.start_time or 0, stream=picture)


def _time_base(picture: VideoStream) -> Fraction:
    if not picture.time_base:
        raise damaged("its picture has no clock")
    return picture.time_base

"""Segments and sound to one MP4, without encoding anything again."""

import heapq
import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, cast

from gauntlet.core.errors import RenderFailed
from gauntlet.render.encoder.containers import MediaError, Packet, Reader, Track, Writer, mp4_writer, reader, tracks
from gauntlet.render.encoder.sound import SAMPLE_RATE_HZ
from gauntlet.render.timeline import Timeline

_READ: Final = 1  # AVIO_FLAG_READ


@dataclass(frozen=True, slots=True)
class _Segment:
    """A shot's packets: pictures, by how many frames decoding must run ahead of showing, decoder's head."""

    frames: int
    delay: int
    head: bytes | None


class _SecondReader(io.RawIOBase):
    """Reads a buffer that is being written, at a place of its own: the muxer moves the index to the front so."""

    def __init__(self, buffer: io.BytesIO) -> None:
        super().__init__()
        self._buffer = buffer
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        view = self._buffer.getbuffer()
        part = bytes(view[self._at : len(view) if size < 0 else self._at + size])
        self._at += len(part)
        return part

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._buffer.getbuffer().nbytes}[whence]
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at


def join_film(segments: Sequence[bytes], audio: bytes | None, *, timeline: Timeline) -> bytes:
    """Return the film: the shots' segments in order with `audio` (from `encode_audio`), index in front.

    Raises RenderFailed when a segment is not what the timeline says or was encoded otherwise than the first.
    """
    facts = [_segment(data, index, timeline) for index, data in enumerate(segments)]
    _check(facts, timeline)
    file = io.BytesIO()

    def open_again(url: str, flags: int, options: object) -> io.RawIOBase | io.BytesIO:
        return _SecondReader(file) if flags == _READ else file

    # A movie timescale that frames and samples both divide keeps the durations in the header exact.
    options = {"movflags": "+faststart", "movie_timescale": str(SAMPLE_RATE_HZ * timeline.fps)}
    with mp4_writer(file, options=options, io_open=open_again) as out, ExitStack() as sources:
        first = sources.enter_context(reader(segments[0]))
        video = out.add_stream_from_template(tracks(first, "video")[0])
        streams = [_pictures(segments, max(fact.delay for fact in facts), timeline.fps, video)]
        if audio is not None:
            streams.append(_sounds(sources.enter_context(reader(audio)), out))
        for packet in heapq.merge(*streams, key=_seconds):
            out.mux(packet)
    return file.getvalue()


def _check(facts: Sequence[_Segment], timeline: Timeline) -> None:
    if len(facts) != len(timeline.shots):
        raise RenderFailed(f"The film has {len(timeline.shots)} shots, but {len(facts)} segments were given.")
    for index, fact in enumerate(facts):
        if fact.head != facts[0].head:
            raise RenderFailed(
                f"Scene {timeline.shots[index].scene_number} was encoded with other settings than the first.",
                next_step="Render the film again.",
                details={"scene": timeline.shots[index].scene_number},
            )


def _segment(data: bytes, index: int, timeline: Timeline) -> _Segment:
    shot = timeline.shots[index] if index < len(timeline.shots) else None
    try:
        with reader(data) as container:
            stream = tracks(container, "video")[0]
            every = 1 / (timeline.fps * stream.time_base)
            shown = [int(packet.pts / every) for packet in container.demux(stream) if packet.pts is not None]
            head = stream.codec_context.extradata
    except (MediaError, IndexError) as error:
        raise RenderFailed(f"Segment {index + 1} of the film cannot be read: {error}") from error
    if shot is not None and sorted(shown) != list(range(shot.duration_frames)):
        raise RenderFailed(
            f"Scene {shot.scene_number} has {len(shown)} frames encoded, not {shot.duration_frames}.",
            next_step="Render the scene again.",
            details={"scene": shot.scene_number, "value": len(shown), "limit": shot.duration_frames},
        )
    return _Segment(len(shown), max(place - at for place, at in enumerate(shown)), head)


def _pictures(segments: Sequence[bytes], delay: int, fps: int, out: Track) -> Iterator[Packet]:
    """Yield all packets in decoding order, with times that run on from segment to segment."""
    done = 0
    for data in segments:
        with reader(data) as container:
            stream = tracks(container, "video")[0]
            every = 1 / (fps * stream.time_base)
            count = 0
            for packet in container.demux(stream):
                if packet.pts is None:
                    continue
                packet.pts = done + int(packet.pts / every)
                # One packet a frame in decoding order: never equal, never after its own showing.
                packet.dts = done + count - delay
                packet.duration = 1
                packet.time_base = Fraction(1, fps)
                packet.stream = out
                count += 1
                yield packet
            done += count


def _sounds(source: Reader, out: Writer) -> Iterator[Packet]:
    stream = tracks(source, "audio")[0]
    return _sound_packets(source, stream, out.add_stream_from_template(stream))


def _sound_packets(source: Reader, stream: Track, target: Track) -> Iterator[Packet]:
    for packet in source.demux(stream):
        if packet.pts is not None:
            packet.stream = target
            yield packet


def _seconds(packet: Packet) -> Fraction:
    return cast(int, packet.dts) * packet.time_base

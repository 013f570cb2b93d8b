"""PyAV as far as this program uses it, with types: what its own stubs leave open is given one here."""

import io
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Protocol, Self, cast

import av
from av.error import FFmpegError

MediaError = FFmpegError
"""Raised by everything here when FFmpeg refuses data or settings."""

Opener = Callable[[str, int, object], io.RawIOBase | io.BytesIO]


class Packet(Protocol):
    """Encoded data of one track; times are counts of `time_base`."""

    pts: int | None
    dts: int | None
    duration: int | None
    time_base: Fraction
    stream: object


class Codec(Protocol):
    """An encoder's or decoder's facts; colour codes are those of ITU-T H.273."""

    name: str
    profile: str | None
    width: int
    height: int
    pix_fmt: str | None
    time_base: Fraction
    color_primaries: int
    color_trc: int
    colorspace: int
    color_range: int
    layout: Any
    format: Any
    bit_rate: int | None
    frame_size: int
    extradata: bytes | None

    def open(self) -> None:
        """Open it with what is set so far."""
        ...


class Track(Protocol):
    """A stream of a container."""

    time_base: Fraction
    average_rate: Fraction
    duration: int | None
    codec_context: Codec

    def encode(self, frame: object | None = None) -> Sequence[Packet]:
        """Return the packets that are ready once `frame` is in; without one, all that are left."""
        ...


class Reader(Protocol):
    """A container read from memory."""

    duration: int | None

    def demux(self, *tracks: Track) -> Iterator[Packet]:
        """Yield the packets as stored, and at the end an empty one for each track."""
        ...

    def decode(self, track: Track) -> Iterator[Any]:
        """Yield the track's frames in the order they are shown."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class Writer(Protocol):
    """A container being written."""

    def add_stream(self, codec: str, *, rate: int, options: dict[str, str]) -> Track:
        """Add a track that an encoder fills."""
        ...

    def add_stream_from_template(self, template: Track) -> Track:
        """Add a track for packets of another container's track."""
        ...

    def mux(self, packets: Packet | Sequence[Packet]) -> None:
        """Write packets; those of all tracks in the order of their times."""
        ...

    def close(self) -> None:
        """Write what is left and let go of it."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def reader(data: bytes) -> Reader:
    """Open a file held in memory."""
    return cast(Reader, av.open(io.BytesIO(data)))


def tracks(source: Reader, kind: str) -> Sequence[Track]:
    """Return a container's tracks of kind `video` or `audio`."""
    return cast(Sequence[Track], getattr(cast(Any, source).streams, kind))


def mp4_writer(file: io.BytesIO, *, options: dict[str, str] | None = None, io_open: Opener | None = None) -> Writer:
    """Begin an MP4 in memory. `io_open` is asked for further views of the same file."""
    return cast(Writer, cast(Any, av).open(file, "w", format="mp4", options=options or {}, io_open=io_open))

"""Films of a given size to upload, made once: each upload differs from all others in a box that no player reads."""

import io
import itertools
import struct
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final, cast

import av
import numpy as np
import pyvips

_av: Any = cast(Any, av)  # its types are only half there
_FPS: Final = 30
_SIZE: Final = (1_920, 1_080)
ROOM_FOR_NUMBER: Final = 16
_PIECE_BYTES: Final = 1 << 18
_numbers: Final = itertools.count(1)


def film(size_bytes: int, *, has_scene: bool = True) -> bytes:
    """Return 1080p H.264 of about 5 s in an MP4 of exactly this size, filled up with a free box.

    Without a scene it is grain alone: none of its frames makes a good thumbnail, however long one looks.
    """
    seconds, out = 5, io.BytesIO()
    chance = np.random.default_rng(1)
    # Strong grain over a scene that moves: what the encoder cannot foresee, so that the bytes are the film's own.
    grain = chance.integers(0, 256, (_SIZE[1] * 2, _SIZE[0] * 2), dtype=np.uint8)
    with _av.open(out, "w", format="mp4") as muxer:
        stream = muxer.add_stream("libx264", rate=_FPS, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *_SIZE, "yuv420p"
        stream.codec_context.gop_size = 2 * _FPS  # as cameras and exports for the web have it
        stream.bit_rate = size_bytes * 8 * 85 // 100 // seconds
        for number in range(seconds * _FPS):
            x, y = (int(value) for value in chance.integers(0, _SIZE[1], 2))
            luma = grain[y : y + _SIZE[1], x : x + _SIZE[0]] // 6 + (_scene(number) if has_scene else np.uint8(100))
            frame = av.VideoFrame.from_ndarray(_planes(luma), format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, _FPS)
            muxer.mux(stream.encode(frame))
        muxer.mux(stream.encode(None))
    return _filled(out.getvalue(), size_bytes)


def repeated(film_bytes: bytes, *, times: int, size_bytes: int) -> bytes:
    """Return the same film several times over, one after the other, in one MP4."""
    out = io.BytesIO()
    with _av.open(out, "w", format="mp4") as muxer:
        into, offset = None, 0
        for _ in range(times):
            with _av.open(io.BytesIO(film_bytes)) as source:
                into = into or muxer.add_stream_from_template(source.streams.video[0])
                end = offset
                for packet in source.demux(source.streams.video[0]):
                    if packet.dts is None:
                        continue
                    packet.pts, packet.dts, packet.stream = packet.pts + offset, packet.dts + offset, into
                    end = max(end, packet.pts + (packet.duration or 0))
                    muxer.mux(packet)
                offset = end
    return _filled(out.getvalue(), size_bytes)


def noise_png(size_bytes: int) -> bytes:
    """Return a picture that does not compress, of about this size."""
    side = int((size_bytes / 3) ** 0.5)
    pixels = np.random.default_rng(2).integers(0, 256, (side, side, 3), dtype=np.uint8)
    return pyvips.Image.new_from_array(pixels).copy(interpretation="srgb").write_to_buffer(".png", compression=1)


def distinct(film_bytes: bytes) -> Iterator[memoryview]:
    """Yield the film in pieces, with a number at its end that no other upload of this run has."""
    whole = memoryview(film_bytes)
    body = whole[: len(whole) - ROOM_FOR_NUMBER]
    for at in range(0, len(body), _PIECE_BYTES):
        yield body[at : at + _PIECE_BYTES]
    yield memoryview(struct.pack(">QQ", 0, next(_numbers)))


def _scene(number: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Return light from the left, and a dark block that wanders."""
    light = np.linspace(190, 40, _SIZE[0], dtype=np.float32).astype(np.uint8)
    pixels = np.repeat(light[None, :], _SIZE[1], axis=0)
    left = 200 + 5 * number
    pixels[300:800, left : left + 600] = 25
    return pixels


def _planes(luma: np.ndarray[Any, np.dtype[np.uint8]]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    chroma = np.full((luma.shape[0] // 2, luma.shape[1]), 128, np.uint8)
    return np.concatenate([luma, chroma])


def _filled(data: bytes, size_bytes: int) -> bytes:
    missing = size_bytes - len(data)
    if missing < 8 + ROOM_FOR_NUMBER:
        raise ValueError(f"the film has {len(data):,} bytes, {-missing:,} more than there is room for")
    return data + struct.pack(">I", missing) + b"free" + bytes(missing - 8)

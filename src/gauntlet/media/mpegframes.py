"""MP3 and ADTS as they lie in a file: frame after frame, each with a header and no container around them.

Header bits from ISO/IEC 11172-3, 2.4.1.3 (and its extension to half rates in 13818-3), and ISO/IEC 13818-7, 6.2.
"""

from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, Literal

_SEARCH_BYTES: Final = 65_536
"""How far into the sound a first frame is looked for: encoders and editors leave padding, and halves of frames."""

_IN_A_ROW: Final = 3
"""Frames that must follow one another: two bytes of a header are found by chance in any file."""

# kbit/s of layer III by the header's index; 0 is "free", which no encoder writes.
_KBPS_FULL: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_HALF: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES_HZ: Final = (44_100, 48_000, 32_000)
_ADTS_RATES: Final = 13
_VERSION_1: Final = 3


def mpeg_audio_at(file: BinaryIO, start: int) -> Literal["mp3", "aac"] | None:
    """Return what begins at `start`, or soon after, None when no frames follow one another there."""
    file.seek(start)
    data = file.read(_SEARCH_BYTES)
    is_all = len(data) < _SEARCH_BYTES
    for at in _marks(data):
        if _follow_one_another(data, at, mp3_frame_bytes, is_all=is_all):
            return "mp3"
        if _follow_one_another(data, at, adts_frame_bytes, is_all=is_all):
            return "aac"
    return None


def mp3_frame_bytes(header: bytes) -> int | None:
    """Return how long the layer III frame is that begins with these 4 bytes, None when none does."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return None
    version, rate, kbps = header[1] >> 3 & 0b11, header[2] >> 2 & 0b11, header[2] >> 4
    if version == 1 or rate == 3 or kbps in {0, 15}:
        return None
    is_full = version == _VERSION_1
    rate_hz = _RATES_HZ[rate] // (1 if is_full else 2 if version else 4)
    bits_per_second = 1000 * (_KBPS_FULL if is_full else _KBPS_HALF)[kbps]
    return (144 if is_full else 72) * bits_per_second // rate_hz + (header[2] >> 1 & 1)


def adts_frame_bytes(header: bytes) -> int | None:
    """Return how long the ADTS frame is that begins with these 6 bytes, None when none does."""
    if len(header) < 6 or header[0] != 0xFF or header[1] & 0xF6 != 0xF0 or header[2] >> 2 & 0xF >= _ADTS_RATES:
        return None
    length = (header[3] & 0b11) << 11 | header[4] << 3 | header[5] >> 5
    return length if length > 7 else None


def mp3_promised_bytes(file: BinaryIO, start: int) -> tuple[int, int] | None:
    """Return where an MP3's first frame is and how many bytes of sound from there on its encoder counted, if it did.

    The count is in the Xing or Info header of the first frame, which LAME and its kin write when all is done.
    """
    file.seek(start)
    data = file.read(_SEARCH_BYTES)
    at = next((at for at in _marks(data) if _follow_one_another(data, at, mp3_frame_bytes, is_all=False)), None)
    if at is None:
        return None
    is_full, is_mono = data[at + 1] >> 3 & 0b11 == _VERSION_1, data[at + 3] >> 6 == 0b11
    side_bytes = (17 if is_mono else 32) if is_full else (9 if is_mono else 17)
    tag = at + 4 + side_bytes
    if data[tag : tag + 4] not in {b"Xing", b"Info"} or not data[tag + 7] & 0b10:
        return None
    counted = tag + 8 + (4 if data[tag + 7] & 0b01 else 0)
    return start + at, int.from_bytes(data[counted : counted + 4], "big")


def _marks(data: bytes) -> Iterator[int]:
    at = data.find(0xFF)
    while at >= 0:
        yield at
        at = data.find(0xFF, at + 1)


def _follow_one_another(data: bytes, at: int, frame_bytes: Callable[[bytes], int | None], *, is_all: bool) -> bool:
    for _ in range(_IN_A_ROW):
        length = frame_bytes(data[at : at + 7])
        if length is None:
            return False
        at += length
        if is_all and at >= len(data):
            return True
    return True

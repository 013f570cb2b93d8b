"""What a film or a sound is wrapped in, and whether all of it is there: told from its bytes before a demuxer sees it.

A demuxer reads what is left of a file that was cut short as if that were all of it. The containers themselves say how
long their parts are, and that is compared with the file here.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Literal

from gauntlet.core.errors import InvalidInput, UnsupportedMedia
from gauntlet.media.mpegframes import mp3_promised_bytes, mpeg_audio_at

Container = Literal["mp4", "mov", "webm", "mkv", "avi", "ogg", "wav", "mp3", "aac"]

PICTURE_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"jpeg", b"crx "}
)
"""Major brands of still pictures (ISO/IEC 23008-12, AV1 Image File Format, Canon raw), which share the box format."""

_QUICKTIME_BRAND: Final = b"qt  "
_CLASSIC_STARTS: Final = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
"""What a film begins with that is older than `ftyp`."""
_EBML: Final = b"\x1aE\xdf\xa3"
_SEGMENT: Final = b"\x18S\x80g"
_DOC_TYPE: Final = b"B\x82"
_EBML_HEADER_MAX: Final = 4_096
_BOXES_MAX: Final = 200_000
_RIFF_SLACK: Final = 64
"""Bytes by which writers of RIFF count wrongly (their own header, padding) without anything missing."""
_RIFF_UNKNOWN: Final = 0x7FFF_0000
"""A size of 0, or from here on: the writer could not go back to write how much it became."""
_OGG_PAGE_MAX: Final = 65_307
_ID3_HEADER: Final = 10
_MP3_SLACK: Final = 1_500
"""Bytes by which encoders count a tag at the end as sound, or a last frame that is not there."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box of an MP4 or MOV: `size` as it says of itself, its header included."""

    kind: bytes
    at: int
    size: int


def container_of(file: BinaryIO) -> Container | None:
    """Return what the content is wrapped in, None when it is nothing of the kind. The position is left anywhere.

    An `mp4` without picture is what people call M4A; Matroska counts as `webm` only if it says that it keeps to WebM.
    """
    head = _read(file, 0, 64)
    if head.startswith(_EBML):
        return _matroska_kind(_read(file, 0, _EBML_HEADER_MAX))
    if head[:4] in {b"RIFF", b"RF64", b"BW64"}:
        return "wav" if head[8:12] == b"WAVE" else "avi" if head[8:12] == b"AVI " else None
    if head.startswith(b"OggS"):
        return "ogg"
    if head[4:8] == b"ftyp":
        return _branded(head[8:12])
    if head[4:8] in _CLASSIC_STARTS and any(box.kind in {b"moov", b"mdat"} for box in boxes(file)):
        return "mov"
    return mpeg_audio_at(file, after_id3(file))


def size_of(file: BinaryIO) -> int:
    """Return the file's size in bytes. The position is left at its end."""
    return file.seek(0, io.SEEK_END)


def is_fragmented(file: BinaryIO) -> bool:
    """Say whether an MP4 comes in fragments: its index then lies all through the file."""
    return any(box.kind == b"moof" for box in boxes(file))


def check_whole(file: BinaryIO, container: Container) -> None:
    """Raise InvalidInput where the container's own sizes say that the file is cut short, naming what is missing."""
    size_bytes = size_of(file)
    if container in {"mp4", "mov"}:
        _check_boxes(file, size_bytes)
    elif container in {"webm", "mkv"}:
        _check_segment(file, size_bytes)
    elif container in {"wav", "avi"}:
        _check_riff(file, size_bytes)
    elif container == "ogg":
        _check_pages(file, size_bytes)
    elif container == "mp3":
        _check_counted(file, size_bytes)


def boxes(file: BinaryIO) -> Iterator[Box]:
    """Yield the outermost boxes (ISO/IEC 14496-12, 4.2) as far as they can be read; the last may reach past the end."""
    at, size_bytes = 0, size_of(file)
    for _ in range(_BOXES_MAX):
        header = _read(file, at, 16)
        size, kind, least = int.from_bytes(header[:4], "big"), header[4:8], 8
        if size == 1:
            size, least = int.from_bytes(header[8:16], "big"), 16
        elif size == 0:
            size = size_bytes - at
        if len(header) < 8 or size < least or not kind.isascii():
            return
        yield Box(kind, at, size)
        at += size


def after_id3(file: BinaryIO) -> int:
    """Return where the sound begins: ID3v2 tags, with cover pictures of any size, stand before it (ID3v2.4, 3.1)."""
    at = 0
    for _ in range(4):
        header = _read(file, at, _ID3_HEADER)
        if header[:3] != b"ID3" or len(header) < _ID3_HEADER:
            break
        length = sum((byte & 0x7F) << shift for byte, shift in zip(header[6:], (21, 14, 7, 0), strict=True))
        at += _ID3_HEADER + length + (_ID3_HEADER if header[5] & 0x10 else 0)
    return at


def cut_short(what: str, *, promised_bytes: int, there_bytes: int) -> InvalidInput:
    """Return the error for a file that ends before its own `what` (“its picture and sound data”) does."""
    return InvalidInput(
        f"The file is cut short: {what} should be {promised_bytes:,} bytes long; {max(0, there_bytes):,} are there.",
        next_step="Upload it again; if it stays so, export it again.",
        details={"field": "file", "value": max(0, there_bytes), "limit": promised_bytes},
    )


def _check_boxes(file: BinaryIO, size_bytes: int) -> None:
    kinds: set[bytes] = set()
    for box in boxes(file):
        if box.at + box.size > size_bytes and not {b"moov", b"mdat"} <= kinds:
            name = box.kind.decode("ascii", "replace")
            raise cut_short(f"its part “{name}”", promised_bytes=box.size, there_bytes=size_bytes - box.at)
        if box.at + box.size > size_bytes and box.kind in {b"moof", b"mdat"}:
            raise cut_short("its last fragment", promised_bytes=box.size, there_bytes=size_bytes - box.at)
        kinds.add(box.kind)
    if b"moov" not in kinds:
        raise InvalidInput(
            "The file is damaged or cut short: its index (moov), without which nothing in it is found, is missing.",
            next_step="Upload it again; if it stays so, export it again.",
            details={"field": "file", "value": size_bytes},
        )


def _check_segment(file: BinaryIO, size_bytes: int) -> None:
    head = _read(file, 0, _EBML_HEADER_MAX)
    at = 4
    length, used = _ebml_size(head, at)
    at += used + (length or 0)
    if _read(file, at, 4) != _SEGMENT:
        return
    length, used = _ebml_size(_read(file, at + 4, 8), 0)
    start = at + 4 + used
    if length is not None and start + length > size_bytes:
        raise cut_short("its content", promised_bytes=length, there_bytes=size_bytes - start)


def _check_riff(file: BinaryIO, size_bytes: int) -> None:
    at = 0
    while (header := _read(file, at, 12))[:4] == b"RIFF" and len(header) == 12:
        size = int.from_bytes(header[4:8], "little")
        if size == 0 or size >= _RIFF_UNKNOWN:
            return
        if at + 8 + size > size_bytes + _RIFF_SLACK:
            raise cut_short("its content", promised_bytes=size, there_bytes=size_bytes - at - 8)
        at += 8 + size + size % 2  # a film of more than a gigabyte is several of them, one after another


def _check_pages(file: BinaryIO, size_bytes: int) -> None:
    """Check that the last page is whole (RFC 3533, section 6): a stream may end after any page, not within one."""
    start = max(0, size_bytes - _OGG_PAGE_MAX - 27)
    tail = _read(file, start, size_bytes - start)
    at = tail.rfind(b"OggS\0")
    if at < 0:
        raise cut_short("its last page", promised_bytes=27, there_bytes=0)
    segments = tail[at + 26] if at + 26 < len(tail) else 255
    lengths = tail[at + 27 : at + 27 + segments]
    promised = 27 + segments + sum(lengths)
    if len(lengths) < segments or at + promised > len(tail):
        raise cut_short("its last page", promised_bytes=promised, there_bytes=len(tail) - at)


def _check_counted(file: BinaryIO, size_bytes: int) -> None:
    counted = mp3_promised_bytes(file, after_id3(file))
    if counted is not None and counted[0] + counted[1] > size_bytes + _MP3_SLACK:
        raise cut_short("its sound", promised_bytes=counted[1], there_bytes=size_bytes - counted[0])


def _branded(brand: bytes) -> Container | None:
    if brand in PICTURE_BRANDS:
        return None
    return "mov" if brand == _QUICKTIME_BRAND else "mp4"


def _matroska_kind(head: bytes) -> Container:
    length, used = _ebml_size(head, 4)
    end = min(len(head), 4 + used + (length or 0))
    at = 4 + used
    while at < end:
        width = _vint_width(head[at])
        identifier = head[at : at + width]
        length, used = _ebml_size(head, at + width)
        at += width + used
        if identifier == _DOC_TYPE:
            name = head[at : at + (length or 0)].rstrip(b"\0")[:20].decode("ascii", "replace")
            if name in {"webm", "matroska"}:
                return "webm" if name == "webm" else "mkv"
            raise UnsupportedMedia(
                f"The content is EBML of the kind “{name}”; Matroska and WebM are taken.",
                next_step="Save it as MP4, WebM or MKV and upload that.",
                details={"field": "file", "value": name},
            )
        at += length or 0
    return "mkv"  # RFC 9559 wants it said; old files leave it out, and Matroska is what they are


def _ebml_size(data: bytes, at: int) -> tuple[int | None, int]:
    """Return an element's length (None: until the end) and how many bytes say so (RFC 8794, section 4)."""
    if at >= len(data):
        return 0, 0
    width = _vint_width(data[at])
    value = int.from_bytes(data[at : at + width], "big") & ((1 << 7 * width) - 1)
    return (None if value == (1 << 7 * width) - 1 else value), width


def _vint_width(first: int) -> int:
    return 9 - first.bit_length() if first else 8


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length)

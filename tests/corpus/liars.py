"""Films and sounds whose headers say what is not so."""

import functools
import struct
from collections.abc import Callable, Iterator, Mapping

from tests.corpus.case import CANARY, Case, Fact, Outcome, given
from tests.corpus.seeds import SEEDS, film, sound

_HOST = CANARY.decode()
_BELIEVED = "what is measured counts, not what is said"
_DAMAGED = "refused, or taken for what it really is"
# What a player would make of these nobody can say (of the last, its index is read as if it were film).
_CLOCKS = frozenset(
    {"clock-of-no-ticks", "clock-of-4-billion-ticks", "ticks-of-4-billion", "frames-of-no-time", "index-of-4-gb"}
)
_Lie = tuple[str, str, Callable[[], bytes], Outcome, Mapping[str, Fact]]


def cases() -> Iterator[Case]:
    """Yield all of them."""
    for name, format_, build, outcome, facts in (*_mp4s(), *_matroskas(), *_avis(), *_wavs(), *_packets()):
        reason = _BELIEVED if outcome == "accepted" else _DAMAGED
        yield Case(
            f"lie-{format_}-{name}",
            build,
            outcome,
            reason,
            file_name=f"lie.{format_}",
            facts=facts,
            is_timed=name not in _CLOCKS,
        )
    for name, data in _playlists():
        yield Case(
            f"playlist-{name}",
            given(data),
            "either",
            "a text at most; what it names is never opened",
            file_name=f"{name}.mp4",
            facts={"type": "document", "format": "txt"},
        )


def patched(format_: str, marker: bytes, offset: int, value: bytes, *, all_of_them: bool = False) -> bytes:
    """Return the seed with bytes put in behind a marker; fails where the marker is not there."""
    data = bytearray(SEEDS[format_].data)
    at = data.index(marker)
    while at >= 0:
        start = at + len(marker) + offset
        data[start : start + len(value)] = value
        at = data.find(marker, at + 1) if all_of_them else -1
    return bytes(data)


def _mp4s() -> Iterator[_Lie]:
    """Offsets are into the boxes of ISO/IEC 14496-12, version 0."""
    edit = functools.partial(patched, "mp4")
    whole: Mapping[str, Fact] = SEEDS["mp4"].facts
    sides: Mapping[str, Fact] = {"width": 160, "height": 96}
    most, zero = b"\xff" * 4, bytes(4)
    for name, build in (
        ("film-of-136-years", lambda: edit(b"mvhd", 16, most)),
        ("track-of-136-years", lambda: edit(b"tkhd", 20, most, all_of_them=True)),
        ("edit-of-136-years", lambda: edit(b"elst", 8, b"\x7f\xff\xff\xff", all_of_them=True)),
        ("edit-before-its-beginning", lambda: edit(b"elst", 12, b"\x80\0\0\0", all_of_them=True)),
        ("clock-of-no-ticks", lambda: edit(b"mvhd", 12, zero)),
        ("media-of-136-years", lambda: edit(b"mdhd", 16, most, all_of_them=True)),
        ("4-billion-frames", lambda: edit(b"stsz", 8, most)),
        ("frames-of-4-gb", lambda: edit(b"stsz", 4, most)),
        ("4-billion-durations", lambda: edit(b"stts", 4, most)),
        ("4-billion-chunks", lambda: edit(b"stco", 4, most)),
        ("chunks-past-the-end", lambda: edit(b"stco", 8, b"\x7f\xff\xff\xff")),
        ("4-billion-places", lambda: edit(b"stsc", 4, most)),
        ("sides-of-65535-in-the-sample", lambda: edit(b"avc1", 24, most)),
        ("sides-of-nothing-in-the-sample", lambda: edit(b"avc1", 24, zero)),
        ("matrix-of-zeros", lambda: edit(b"tkhd", 40, bytes(36))),
        ("codec-that-nobody-knows", lambda: SEEDS["mp4"].data.replace(b"avc1", b"zzzz")),
        ("codec-of-another", lambda: SEEDS["mp4"].data.replace(b"avc1", b"hvc1")),
        ("codec-set-up-by-noise", lambda: edit(b"avcC", 0, b"\xa5" * 30)),
        ("box-of-4-gb", lambda: edit(b"moov", -8, most)),
        ("box-of-nothing", lambda: edit(b"moov", -8, b"\0\0\0\1")),
        ("box-of-2-to-the-63", lambda: _box64(b"moov")),
        ("no-index", lambda: SEEDS["mp4"].data.replace(b"moov", b"free")),
        ("no-frames", lambda: SEEDS["mp4"].data.replace(b"mdat", b"free")[: SEEDS["mp4"].data.index(b"mdat") + 4]),
        ("boxes-in-boxes", _nested_boxes),
        ("100000-tracks", lambda: b"\0\0\0\x14ftypisom\0\0\0\0isom" + _box(b"moov", _box(b"trak", b"") * 100_000)),
        ("frames-elsewhere", _elsewhere),
        ("film-elsewhere", lambda: b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + _box(b"moov", _box(b"rmra", _reference()))),
    ):
        yield name, "mp4", build, "either", whole
    for name, build, facts in (
        ("media-clock-of-no-ticks", lambda: edit(b"mdhd", 12, zero, all_of_them=True), sides),
        ("media-clock-of-one-tick", lambda: edit(b"mdhd", 12, b"\0\0\0\1", all_of_them=True), sides),
        ("frames-of-a-day", lambda: edit(b"stts", 12, b"\x7f\xff\xff\xff"), sides),
        ("sides-of-65535-in-the-track", lambda: edit(b"tkhd", 76, most + most), {}),
        ("matrix-of-a-billion", lambda: edit(b"tkhd", 40, b"\x7f\xff\xff\xff" * 9), {}),
    ):
        yield name, "mp4", build, "either", facts
    yield (
        "cover-and-no-film",
        "m4a",
        lambda: sound("m4a", cover=True),
        "accepted",
        {**SEEDS["m4a"].facts, "type": "audio"},
    )
    silent = functools.partial(film, "mp4", with_sound=False)
    yield "no-sound", "mp4", silent, "accepted", {**SEEDS["mp4"].facts, "type": "video"}


def _matroskas() -> Iterator[_Lie]:
    """Ids are of the Matroska specification: 4489 duration, B0 and BA sides, 2AD7B1 the clock."""
    edit = functools.partial(patched, "mkv")
    for name, build in (
        ("duration-that-is-no-number", lambda: edit(b"\x44\x89\x88", 0, struct.pack(">d", float("nan")))),
        ("duration-without-end", lambda: edit(b"\x44\x89\x88", 0, struct.pack(">d", float("inf")))),
        ("duration-of-the-universe", lambda: edit(b"\x44\x89\x88", 0, struct.pack(">d", 1e300))),
        ("duration-below-nothing", lambda: edit(b"\x44\x89\x88", 0, struct.pack(">d", -1e6))),
        ("doctype-that-nobody-knows", lambda: SEEDS["mkv"].data.replace(b"matroska", b"gauntlet")),
        ("segment-of-2-to-the-56", lambda: edit(b"\x18\x53\x80\x67", 0, b"\x01" + b"\xff" * 7)),
        ("cluster-of-2-to-the-50", lambda: edit(b"\x1f\x43\xb6\x75", 0, b"\x01\x03" + b"\xff" * 6)),
        ("clock-of-no-ticks", lambda: edit(b"\x2a\xd7\xb1", 0, b"\x83\0\0\0")),
        ("codec-that-nobody-knows", lambda: SEEDS["mkv"].data.replace(b"V_MPEG4/ISO/AVC", b"V_GAUNTLET/ODD/")),
        ("only-a-header", lambda: SEEDS["mkv"].data[:40]),
    ):
        yield name, "mkv", build, "either", {}
    webm = functools.partial(patched, "webm")
    nan = struct.pack(">d", float("nan"))
    yield "duration-that-is-no-number", "webm", lambda: webm(b"\x44\x89\x88", 0, nan), "either", {}
    called: Mapping[str, Fact] = {"type": "video", "format": "mkv"}
    yield "matroska-with-vp9", "mkv", lambda: film("mkv", codec="libvpx-vp9"), "accepted", called


def _avis() -> Iterator[_Lie]:
    """Offsets into `avih` (AVIMAINHEADER) and `strh` (AVISTREAMHEADER), both behind their sizes."""
    edit = functools.partial(patched, "avi")
    most = b"\xff" * 4
    for name, build in (
        ("sides-of-4-billion", lambda: edit(b"avih", 36, most * 2)),
        ("4-billion-frames", lambda: edit(b"avih", 20, most)),
        ("frames-of-no-time", lambda: edit(b"avih", 4, bytes(4))),
        ("clock-of-no-ticks", lambda: edit(b"strh", 24, bytes(8), all_of_them=True)),
        ("clock-of-4-billion-ticks", lambda: edit(b"strh", 28, most)),
        ("ticks-of-4-billion", lambda: edit(b"strh", 24, most)),
        ("stream-of-136-years", lambda: edit(b"strh", 36, most, all_of_them=True)),
        ("bitmap-of-2-billion", lambda: edit(b"strf", 8, b"\xff\xff\xff\x7f" * 2)),
        ("65535-streams", lambda: edit(b"avih", 28, most)),
        ("index-of-4-gb", lambda: edit(b"idx1", 0, most)),
        ("list-of-4-gb", lambda: edit(b"movi", -8, most)),
    ):
        yield name, "avi", build, "either", {}


def _wavs() -> Iterator[_Lie]:
    """Offsets into `fmt `, behind its size: format, channels, rate, bytes a second, block, bits."""
    edit = functools.partial(patched, "wav", b"fmt ")
    most = b"\xff" * 4
    for name, build in (
        ("no-channels", lambda: edit(6, b"\0\0")),
        ("65535-channels", lambda: edit(6, b"\xff\xff")),
        ("rate-of-nothing", lambda: edit(8, bytes(4))),
        ("rate-of-4-ghz", lambda: edit(8, most)),
        ("rate-of-1-hz", lambda: edit(8, b"\1\0\0\0")),
        ("bytes-a-second-that-lie", lambda: edit(12, b"\1\0\0\0")),
        ("blocks-of-nothing", lambda: edit(16, b"\0\0")),
        ("samples-of-no-bits", lambda: edit(18, b"\0\0")),
        ("samples-of-65535-bits", lambda: edit(18, b"\xff\xff")),
        ("codec-that-nobody-knows", lambda: edit(4, b"\x77\x77")),
        ("data-of-4-gb", lambda: patched("wav", b"data", 0, most)),
        ("data-of-nothing", lambda: patched("wav", b"data", 0, bytes(4))),
        ("no-data", lambda: SEEDS["wav"].data[: SEEDS["wav"].data.index(b"data")]),
        ("rf64-of-2-to-the-63", lambda: b"RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0" + b"\xff" * 28 + _wav_rest()),
    ):
        yield name, "wav", build, "either", {}


def _packets() -> Iterator[_Lie]:
    mp3, aac, ogg = (SEEDS[format_].data for format_ in ("mp3", "aac", "ogg"))
    frames = b"\0\0\0\x0f" + b"\xff" * 8
    for name, format_, build in (
        ("xing-of-4-billion-frames", "mp3", lambda: _counted(mp3, frames)),
        ("tag-of-256-mb", "mp3", lambda: b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + mp3),
        ("tags-in-front-of-tags", "mp3", lambda: b"ID3\x04\0\0\0\0\0\0" * 50_000 + mp3),
        ("only-a-tag", "mp3", lambda: b"ID3\x04\0\0\0\0\x07\x76" + bytes(1_014)),
        ("cover-that-is-a-bomb", "mp3", _covered),
        ("frames-of-no-length", "aac", lambda: aac[:3] + bytes(3) + aac[6:]),
        ("frames-of-no-rate", "aac", lambda: aac[:2] + b"\x7c" + aac[3:]),
        ("only-sync-words", "aac", lambda: b"\xff\xf1" * 20_000),
        ("only-sync-words", "mp3", lambda: b"\xff\xfb" * 20_000),
        ("position-of-2-to-the-63", "ogg", lambda: _ogg_end(ogg)),
        ("page-that-lies", "ogg", lambda: ogg[:26] + b"\xff" + ogg[27:]),
        ("first-page-again-and-again", "ogg", lambda: ogg[:200] * 1_000),
    ):
        yield name, format_, build, "either", {}


def _playlists() -> Iterator[tuple[str, bytes]]:
    yield "hls", f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://{_HOST}/x.ts\n#EXT-X-ENDLIST\n".encode()
    yield "hls-of-files", b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
    yield "concat", b"ffconcat version 1.0\nfile '/etc/passwd'\n"
    yield "concat-of-protocols", f"ffconcat version 1.0\nfile 'http://{_HOST}/x.mp4'\n".encode()
    yield "sdp", b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 65432 RTP/AVP 96\n"
    yield "dash", f'<?xml version="1.0"?><MPD><BaseURL>http://{_HOST}/</BaseURL></MPD>'.encode()
    yield "asx", f'<asx version="3.0"><entry><ref href="http://{_HOST}/x"/></entry></asx>'.encode()
    yield "pls", f"[playlist]\nFile1=http://{_HOST}/x.mp3\nNumberOfEntries=1\n".encode()
    yield "smil", f'<smil><body><video src="http://{_HOST}/x.mp4"/></body></smil>'.encode()
    yield "subtitles", b"1\n00:00:00,000 --> 99:59:59,999\n<script>alert(1)</script>\n"


def _box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data


def _box64(kind: bytes) -> bytes:
    data = SEEDS["mp4"].data
    at = data.index(kind) - 4
    return data[:at] + b"\0\0\0\1" + kind + struct.pack(">Q", 2**63) + data[at + 8 :]


def _nested_boxes() -> bytes:
    deep = b"".join(struct.pack(">I", 8 * (20_000 - n)) + b"moov" for n in range(20_000))
    return b"\0\0\0\x14ftypisom\0\0\0\0isom" + deep


def _elsewhere() -> bytes:
    """Return a film whose samples are said to lie at a URL: the flag for `in this file` is taken away."""
    data = SEEDS["mp4"].data
    at = data.index(b"url ")
    return data[: at + 4] + bytes(4) + data[at + 8 :]


def _reference() -> bytes:
    url = f"http://{_HOST}/x.mov\0".encode()
    return _box(b"rmda", _box(b"rdrf", bytes(4) + b"url " + struct.pack(">I", len(url)) + url))


def _wav_rest() -> bytes:
    return SEEDS["wav"].data[12:]


def _counted(mp3: bytes, frames: bytes) -> bytes:
    at = max(mp3.find(b"Xing"), mp3.find(b"Info"))
    assert at > 0
    return mp3[: at + 4] + frames + mp3[at + 4 + len(frames) :]


def _covered() -> bytes:
    from tests.corpus.bombs import png

    cover = png(30_000, 30_000)
    frame = b"\0image/png\0\x03\0" + cover
    size = len(frame) + 10
    head = b"ID3\x03\0\0" + bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return head + b"APIC" + struct.pack(">I", len(frame)) + b"\0\0" + frame + SEEDS["mp3"].data


def _ogg_end(ogg: bytes) -> bytes:
    last = ogg.rindex(b"OggS")
    return ogg[: last + 6] + b"\x7f" + b"\xff" * 7 + ogg[last + 14 :]

"""A small whole file of every format that is taken, made here: what the corpus damages, disguises and joins."""

import functools
import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests import media_files, pictures
from tests.corpus.case import Fact
from tests.media_files import FilmKind, SoundKind

_SECTOR = 512
_SAME_EACH_TIME = {"fflags": "bitexact"}  # else some containers draw their ids by lot


@dataclass(frozen=True)
class Seed:
    """A whole file; `facts` are what the asset made of it must say."""

    format: str
    type: str
    build: Callable[[], bytes]
    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])

    @functools.cached_property
    def data(self) -> bytes:
        return self.build()


def film(kind: FilmKind, *, codec: str | None = None, with_sound: bool = True) -> bytes:
    """Return a second of film, the same bytes each time."""
    return media_files.film(kind, frames=10, rate=10, codec=codec, with_sound=with_sound, options=_SAME_EACH_TIME)


def sound(kind: SoundKind, *, cover: bool = False) -> bytes:
    """Return a second of sound, the same bytes each time."""
    return media_files.sound(kind, duration_s=1.0, cover=cover, options=_SAME_EACH_TIME)


def pdf(*pages: bytes, extra: bytes = b"", catalog: bytes = b"", count: int | None = None) -> bytes:
    """Return a PDF of pages with these content streams; `extra` are more objects, whole, from number 100 on."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * n) for n in range(len(pages)))
    counted = len(pages) if count is None else count
    objects = [
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R %s>>\nendobj\n" % catalog,
        b"2 0 obj\n<</Type/Pages/Kids[%s]/Count %d>>\nendobj\n" % (kids, counted),
    ]
    for n, content in enumerate(pages):
        objects.append(
            b"%d 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents %d 0 R/Resources<</XObject<<"
            b"/X 100 0 R>>>>>>\nendobj\n" % (10 + 2 * n, 11 + 2 * n)
        )
        objects.append(pdf_stream(11 + 2 * n, content))
    return pdf_file([*objects, *([extra] if extra else [])])


def pdf_stream(number: int, data: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object; `data` as it lies in the file."""
    return b"%d 0 obj\n<</Length %d%s>>\nstream\n%s\nendstream\nendobj\n" % (number, len(data), entries, data)


def pdf_file(objects: list[bytes], *, root: bytes = b"/Root 1 0 R") -> bytes:
    """Return objects as a file with a true table of where they are."""
    body, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", dict[int, int]()
    for one in objects:
        for part in one.split(b"endobj\n"):
            if part:
                offsets[int(part.split(b" ", 1)[0])] = len(body)
                body += part + b"endobj\n"
    size = max(offsets) + 1
    lines = [b"%010d 00000 n \n" % offsets[n] if n in offsets else b"0000000000 65535 f \n" for n in range(size)]
    table = b"xref\n0 %d\n%s" % (size, b"".join(lines))
    return body + table + b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, len(body))


_CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType=\
"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""
_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>
<w:t>The brief.</w:t></w:r></w:p></w:body></w:document>"""
DOCX_PARTS: Mapping[str, str | bytes] = {
    "[Content_Types].xml": _CONTENT_TYPES,
    "_rels/.rels": _RELATIONS,
    "word/document.xml": _DOCUMENT,
}


def package(parts: Mapping[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP with the same date in all entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            archive.writestr(info, data, compress_type=compression)
    return out.getvalue()


def docx(more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a document of one paragraph, with more parts, or others in place of its own."""
    return package({**DOCX_PARTS, **(more or {})})


def compound(*names: str) -> bytes:
    """Return an OLE compound file whose directory has streams of these names, one small sector each."""
    header = bytearray(b"\xff" * _SECTOR)
    header[:76] = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4_096),
        *(0xFFFFFFFE, 0, 0xFFFFFFFE, 0),
    )
    struct.pack_into("<I", header, 76, 0)
    size = 4_096  # below it, streams lie in a stream of their own
    sectors = size // _SECTOR
    table = [0xFFFFFFFD, 0xFFFFFFFE]
    for n in range(len(names)):
        first = 2 + n * sectors
        table += [*range(first + 1, first + sectors), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    entries = [_entry("Root Entry", kind=5, child=1, start=0xFFFFFFFE, size=0)]
    for n, name in enumerate(names):
        following = n + 2 if n + 1 < len(names) else 0xFFFFFFFF
        entries.append(_entry(name, kind=2, right=following, start=2 + n * sectors, size=size))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    body = b"".join(struct.pack("<H", 0xA5EC) + bytes(size - 2) for _ in names)
    return bytes(header) + struct.pack("<128I", *table) + directory[:_SECTOR] + body


def _entry(name: str, *, kind: int, start: int, size: int, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII16xI8x8xIQ", written, len(written), kind, 1, 0xFFFFFFFF, right, child, 0, start, size)


def _jpeg() -> bytes:
    return pictures.encoded(pictures.scene(), "jpg")


TEXT = "The brief.\nTwo lines of it, and größe.\n"
_PICTURE: Mapping[str, Fact] = {"width": 300, "height": 200}
_FILM: Mapping[str, Fact] = {"width": 160, "height": 96, "duration": 1.0}
_SOUND: Mapping[str, Fact] = {"duration": 1.0}

SEEDS: Mapping[str, Seed] = {
    seed.format: seed
    for seed in (
        Seed("jpg", "image", _jpeg, _PICTURE),
        Seed("png", "image", lambda: pictures.encoded(pictures.scene(), "png"), _PICTURE),
        Seed("webp", "image", lambda: pictures.encoded(pictures.scene(), "webp"), _PICTURE),
        Seed("gif", "image", lambda: pictures.animated_gif(), {"width": 64, "height": 48}),
        Seed("svg", "image", lambda: pictures.SVG, _PICTURE),
        Seed("mp4", "video", lambda: film("mp4"), _FILM),
        Seed("mov", "video", lambda: film("mov"), _FILM),
        Seed("webm", "video", lambda: film("webm"), _FILM),
        Seed("mkv", "video", lambda: film("mkv"), _FILM),
        Seed("avi", "video", lambda: film("avi"), _FILM),
        Seed("mp3", "audio", lambda: sound("mp3"), _SOUND),
        Seed("wav", "audio", lambda: sound("wav"), _SOUND),
        Seed("ogg", "audio", lambda: sound("ogg"), _SOUND),
        Seed("aac", "audio", lambda: sound("aac"), _SOUND),
        Seed("m4a", "audio", lambda: sound("m4a"), _SOUND),
        Seed("pdf", "document", lambda: pdf(b"0 0 200 50 re f", b"0 0 90 90 re f"), {"pageCount": 2}),
        Seed("doc", "document", lambda: compound("WordDocument", "1Table"), {"pageCount": None}),
        Seed("docx", "document", lambda: docx(), {}),
        Seed("txt", "document", lambda: TEXT.encode(), {"pageCount": None}),
    )
}

"""Files that are two things at once: kept as the one that is taken, and never served as the other."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests import pictures
from tests.corpus.case import Case, given
from tests.corpus.seeds import SEEDS, package, pdf

HTML = b"<!DOCTYPE html><html><script>alert(document.domain)</script></html>"
SCRIPT = b"*/=1;alert(document.domain)//"


def cases() -> Iterator[Case]:
    """Yield all of them."""
    for name, format_, data in (*_pictures(), *_films(), *_documents()):
        seed = SEEDS[format_]
        yield Case(
            f"polyglot-{name}",
            given(data),
            "accepted",
            "it is whole as what it is, and harmless by how it is served",
            file_name=f"{name}.html",
            declared_type="text/html",
            facts={"type": seed.type, "format": format_, **seed.facts},
        )
    for name, data in _texts():
        yield Case(f"polyglot-{name}", given(data), "either", "at most a text to be saved", file_name=name, facts=_TEXT)
    for name, data in _doubtful():
        yield Case(f"polyglot-{name}", given(data), "either", "refused, or one of the two", file_name=f"{name}.html")


_TEXT = {"type": "document", "format": "txt"}


def _pictures() -> Iterator[tuple[str, str, bytes]]:
    png, gif, jpg, webp = (SEEDS[format_].data for format_ in ("png", "gif", "jpg", "webp"))
    yield "html-in-a-png-comment", "png", _png_with(b"tEXt", b"Comment\0" + HTML)
    yield "html-in-a-packed-png-comment", "png", _png_with(b"zTXt", b"Comment\0\0" + zlib.compress(HTML))
    yield "html-in-an-unknown-png-chunk", "png", _png_with(b"htMl", HTML)
    yield "html-behind-a-png", "png", png + HTML
    yield "php-behind-a-png", "png", png + b"<?php system($_GET['c']); ?>"
    yield "zip-behind-a-png", "png", png + package({"x.html": HTML})
    yield "html-in-a-jpeg-comment", "jpg", jpg[:2] + b"\xff\xfe" + struct.pack(">H", len(HTML) + 2) + HTML + jpg[2:]
    yield "html-behind-a-jpeg", "jpg", jpg + HTML
    yield "zip-behind-a-jpeg", "jpg", jpg + package({"x.html": HTML})
    yield "html-behind-a-gif", "gif", gif + HTML
    yield "html-in-a-gif-comment", "gif", gif[:-1] + b"!\xfe" + bytes([len(HTML)]) + HTML + b"\0;"
    yield "html-in-a-webp-chunk", "webp", _riff_with(webp, b"EXIF", HTML)
    yield "svg-in-a-png-comment", "png", _png_with(b"tEXt", b"XML\0" + pictures.SVG)


def _films() -> Iterator[tuple[str, str, bytes]]:
    mp4, wav, mp3 = (SEEDS[format_].data for format_ in ("mp4", "wav", "mp3"))
    box = struct.pack(">I", len(HTML) + 8)
    yield "html-in-an-mp4-free-box", "mp4", mp4 + box + b"free" + HTML
    yield "html-in-an-mp4-unknown-box", "mp4", mp4 + box + b"html" + HTML
    yield "html-in-a-wav-chunk", "wav", _riff_with(wav, b"LIST", b"INFOICMT" + struct.pack("<I", len(HTML)) + HTML)
    yield "html-in-an-mp3-tag", "mp3", _tagged(mp3, HTML)


def _documents() -> Iterator[tuple[str, str, bytes]]:
    whole, docx = SEEDS["pdf"].data, SEEDS["docx"].data
    yield "html-in-a-pdf-comment", "pdf", whole.replace(b"%\xe2\xe3\xcf\xd3", b"%" + HTML, 1)
    yield "html-behind-a-pdf", "pdf", whole + HTML
    yield "html-in-a-docx", "docx", _with_part(docx, "word/afchunk.html", HTML)


def _doubtful() -> Iterator[tuple[str, bytes]]:
    gif, jpg, png, whole = (SEEDS[format_].data for format_ in ("gif", "jpg", "png", "pdf"))
    # A width of 0x2A2F, so that the file begins `GIF89a/*` for a script's parser, which skips the rest of the picture.
    yield "script-in-a-gif", b"GIF89a/*" + gif[8:] + SCRIPT
    yield "script-in-a-gif-by-assignment", b"GIF89a=1;" + SCRIPT + gif
    yield "html-before-a-jpeg", HTML + jpg
    yield "html-before-a-png", HTML + png
    yield "html-before-a-pdf", HTML + whole
    yield "gif-before-a-pdf", gif + whole
    yield "png-before-an-svg", png + pictures.SVG
    yield "svg-before-a-png", pictures.SVG + png
    yield "pdf-before-a-zip", whole + package({"x.html": HTML})
    yield "pdf-inside-a-zip", package({"x.pdf": whole}, compression=zipfile.ZIP_STORED)
    yield "pdf-inside-a-docx", package({"x.pdf": whole, **_parts_of(SEEDS["docx"].data)}, compression=0)
    yield "zip-in-front-of-a-docx", package({"x.html": HTML}) + SEEDS["docx"].data
    yield "script-in-a-wav", b"RIFF=1/*WAVE" + SEEDS["wav"].data[12:] + SCRIPT
    yield "html-as-an-mp4-brand", SEEDS["mp4"].data[:8] + b"<scr" + SEEDS["mp4"].data[12:]
    yield "jar-behind-a-gif", gif + package({"META-INF/MANIFEST.MF": b"Main-Class: X\n"})
    yield "pdf-that-runs", pdf(b"", catalog=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")
    yield "pdf-that-launches", pdf(b"", catalog=b"/OpenAction<</S/Launch/F(/bin/sh)>>")


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "page.html", HTML
    yield "page.txt", HTML
    yield "script.js", b"alert(document.domain)\n"
    yield "style.css", b"@import 'http://x.example/';\n"
    yield "script.php", b"<?php phpinfo(); ?>\n"
    yield "script.sh", b"#!/bin/sh\nrm -rf /\n"
    yield "page.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n" + HTML
    yield "page.hta", b"<HTA:APPLICATION><script>alert(1)</script>\n"
    yield "shortcut.url", b"[InternetShortcut]\nURL=javascript:alert(1)\n"
    yield "feed.xml", b'<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>\n'
    yield "data.json", b'{"a": "</script><script>alert(1)</script>"}\n'
    yield "vector.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n"
    yield "utf7.txt", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-\n"
    yield "one-line.txt", b"a" * 2_000_000
    yield "many-lines.txt", b"\n" * 2_000_000


def _png_with(kind: bytes, data: bytes) -> bytes:
    png = SEEDS["png"].data
    chunk = struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return png[:33] + chunk + png[33:]  # behind the signature and IHDR


def _riff_with(riff: bytes, kind: bytes, data: bytes) -> bytes:
    padded = data + b"\0" * (len(data) % 2)
    body = riff[8:] + b"\0" * (len(riff) % 2) + kind + struct.pack("<I", len(data)) + padded
    return riff[:4] + struct.pack("<I", len(body)) + body


def _tagged(mp3: bytes, text: bytes) -> bytes:
    frame = b"TXXX" + struct.pack(">I", len(text) + 3) + b"\0\0\0" + b"x\0" + text
    size = len(frame)
    head = b"ID3\x03\0\0" + bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return head + frame + mp3


def _parts_of(archive: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _with_part(archive: bytes, name: str, data: bytes) -> bytes:
    return package({**_parts_of(archive), name: data})

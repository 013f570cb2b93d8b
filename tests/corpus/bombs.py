"""Files that unfold into far more than they are: pixels, frames, chunks, streams, archives."""

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

import numpy as np
import pyvips

from tests import pictures
from tests.corpus.case import Case, Outcome
from tests.corpus.seeds import DOCX_PARTS, docx, package, pdf, pdf_file, pdf_stream

_GIGABYTE = 1 << 30
_TOO_MANY = "more pixels than are taken"


def cases() -> Iterator[Case]:
    """Yield all of them."""
    for name, build, outcome, reason in (*_pngs(), *_animations(), *_rasters(), *_pdfs(), *_packages()):
        yield Case(f"bomb-{name}", build, outcome, reason, file_name=f"{name}.bin")


_Bomb = tuple[str, Callable[[], bytes], Outcome, str]


def _pngs() -> Iterator[_Bomb]:
    yield "png-900-megapixels-promised", lambda: pictures.huge_png(), "refused", _TOO_MANY
    yield "png-largest-sides", lambda: pictures.huge_png(2**31 - 1, 2**31 - 1), "refused", _TOO_MANY
    yield "png-long-strip", lambda: pictures.huge_png(2**31 - 1, 1), "refused", _TOO_MANY
    yield "png-no-sides", lambda: pictures.huge_png(0, 0), "refused", "no pixels"
    yield "png-900-megapixels-held", functools.partial(png, 30_000, 30_000), "refused", _TOO_MANY
    yield "png-100-megapixels", functools.partial(png, 10_000, 10_000), "either", "at the limit"
    deep = functools.partial(png, 10_000, 10_000, depth=16, colour=6)
    yield "png-100-megapixels-of-16-bits", deep, "either", "at the limit"
    woven = functools.partial(png, 10_000, 10_000, depth=16, colour=6, interlaced=True)
    yield "png-100-megapixels-interlaced", woven, "either", "at the limit, and not readable row by row"
    yield "png-packed-text", lambda: _png_chunk(b"zTXt", b"a\0\0" + _packed(_GIGABYTE)), "either", "its text is left"
    international = b"a\0\x01\0\0\0"
    yield "png-packed-itext", lambda: _png_chunk(b"iTXt", international + _packed(_GIGABYTE)), "either", "as above"
    yield "png-packed-profile", lambda: _png_chunk(b"iCCP", b"a\0\0" + _packed(_GIGABYTE)), "either", "as above"
    yield "png-many-chunks", lambda: _png_chunk(b"tEXt", b"a\0b", times=100_000), "either", "as above"
    yield "png-many-frames", lambda: _png_chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0)), "either", "only the first"
    yield "png-chunk-of-4-gb", _with_lying_chunk, "refused", "the chunk is not there"
    yield "png-pixels-that-never-end", functools.partial(png, 10, 10, rows=1_000_000), "either", "read to its last row"


def _animations() -> Iterator[_Bomb]:
    many = "frames times pixels are bounded, or only the first is drawn"
    yield "gif-20000-frames", functools.partial(gif, 64, 64, frames=20_000), "either", many
    yield "gif-1000-frames-of-4-gigapixels", functools.partial(gif, 65_535, 65_535, frames=1_000), "either", many
    yield "gif-5000-frames-of-100-megapixels", functools.partial(gif, 10_000, 10_000, frames=5_000), "either", many
    yield "gif-of-nothing", functools.partial(gif, 0, 0, frames=1), "either", "its frame has a pixel"
    yield "gif-without-frames", functools.partial(gif, 10, 10, frames=0), "refused", "no picture"
    yield (
        "gif-comment-that-never-ends",
        lambda: gif(10, 10, frames=1)[:-1] + b"!\xfe" + b"\xffx" * 200_000,
        "either",
        "",
    )
    yield "webp-3000-frames-of-100-megapixels", functools.partial(_webp_film, 10_000, 10_000, 3_000), "either", many
    yield "webp-frames-of-280-gigapixels", functools.partial(_webp_film, 1 << 24, 1 << 14, 4), "refused", _TOO_MANY


def _rasters() -> Iterator[_Bomb]:
    yield "webp-268-megapixels-promised", _wide_webp, "refused", _TOO_MANY
    yield (
        "webp-100-megapixels",
        functools.partial(_flat, 10_000, 10_000, ".webp", lossless=True, effort=0),
        "either",
        "at the limit",
    )
    yield "jpeg-144-megapixels", functools.partial(_flat, 12_000, 12_000, ".jpg"), "refused", _TOO_MANY
    yield "jpeg-100-megapixels", functools.partial(_flat, 10_000, 10_000, ".jpg"), "either", "at the limit"
    slow = functools.partial(_flat, 10_000, 10_000, ".jpg", interlace=True)
    yield "jpeg-100-megapixels-progressive", slow, "either", "at the limit, and not readable row by row"
    yield "jpeg-of-a-thousand-scans", _scans, "either", "each scan goes over all pixels"
    yield "jpeg-65535-square-promised", lambda: _jpeg_of(65_535, 65_535), "refused", _TOO_MANY
    yield "jpeg-no-height", lambda: _jpeg_of(300, 0), "refused", "no pixels"


def _pdfs() -> Iterator[_Bomb]:
    reason = "drawn at a thumbnail's scale within limits, or refused"
    flate = b"/Filter/FlateDecode"
    yield "pdf-packed-content", lambda: _pdf_of(_packed(_GIGABYTE, b" "), flate), "either", reason
    twice = b"/Filter[/FlateDecode/FlateDecode]"
    yield "pdf-packed-twice", lambda: _pdf_of(zlib.compress(_packed(_GIGABYTE, b" "), 9), twice), "either", reason
    runs = b"/Filter[/FlateDecode/RunLengthDecode/RunLengthDecode]"
    yield "pdf-packed-runs", lambda: _pdf_of(_packed(64 << 20, b"\x81"), runs), "either", reason
    yield "pdf-many-operators", lambda: _pdf_of(_packed(200 << 20, b"0 0 m 9 9 l S "), flate), "either", reason
    yield "pdf-huge-picture", _pdf_picture, "either", reason
    yield "pdf-huge-page", lambda: _paged(b"[0 0 1e9 1e9]"), "either", reason
    yield "pdf-strip-of-a-page", lambda: _paged(b"[0 0 14400 0.001]"), "either", reason
    yield "pdf-page-of-nothing", lambda: _paged(b"[0 0 0 0]"), "either", reason
    yield "pdf-page-that-is-no-number", lambda: _paged(b"[(a) /b null 9]"), "either", reason
    yield "pdf-count-that-lies", lambda: pdf(b"", count=2**31 - 1), "either", "pages are counted, not believed"
    yield "pdf-count-below-nothing", lambda: pdf(b"", count=-5), "either", "as above"
    yield "pdf-5000-pages", lambda: pdf(*[b""] * 5_000), "accepted", "long, and whole"
    yield "pdf-pages-in-a-ring", _ring, "either", "the tree ends somewhere"
    yield "pdf-form-of-itself", _recursive_form, "either", reason
    yield "pdf-forms-doubling", _doubling_forms, "either", reason
    yield "pdf-table-in-a-ring", _table_ring, "either", "tables lead to each other"
    yield "pdf-deep-array", lambda: pdf(b"", catalog=b"/X" + b"[" * 200_000 + b"]" * 200_000), "either", reason
    yield "pdf-function-that-repeats", lambda: pdf(b"q " * 1_000_000), "either", reason


def _packages() -> Iterator[_Bomb]:
    reason = "unpacked sizes are bounded"
    zeros = bytes(64 << 20)
    yield "docx-document-of-64-mb", lambda: docx({"word/document.xml": b"<a>" + zeros}), "either", reason
    yield "docx-media-of-256-mb", _many_zeros, "either", reason
    yield "docx-100000-entries", lambda: docx({f"word/{n}": b"" for n in range(100_000)}), "refused", reason
    yield "docx-in-a-docx", lambda: docx({"word/embeddings/1.docx": _nested(9)}), "either", "what is inside stays so"
    yield "docx-lying-sizes", _lying_sizes, "refused", "sizes said are not believed"
    yield "docx-overlapping-entries", _overlapping, "refused", "entries of the same bytes"
    yield (
        "docx-paths-outside",
        lambda: docx({"../../../../tmp/x": b"x", "/etc/x": b"x"}),
        "either",
        "nothing is written",
    )
    laughs = "".join(f'<!ENTITY c{n} "{f"&c{n - 1};" * 10}">' for n in range(1, 10))
    entity = f'<!DOCTYPE d [<!ENTITY c0 "ha">{laughs}]>'
    yield "docx-laughing-document", lambda: docx({"word/document.xml": entity + "<d>&c9;</d>"}), "either", reason
    yield "docx-laughing-properties", lambda: docx({"docProps/app.xml": entity + "<d>&c9;</d>"}), "either", reason
    told = "<Properties><Pages>2147483647</Pages></Properties>"
    yield "docx-pages-that-lie", lambda: docx({"docProps/app.xml": told}), "either", "believed only where it can be"
    yield "docx-types-that-lie", lambda: docx({"[Content_Types].xml": "<Types/>"}), "refused", "no document in it"
    empty: dict[str, str | bytes] = {"[Content_Types].xml": DOCX_PARTS["[Content_Types].xml"]}
    yield "docx-without-a-document", lambda: package(empty), "refused", "no document in it"
    yield "docx-is-a-sheet", lambda: package({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "refused", "a sheet"
    yield "zip-of-zips", lambda: package({f"{n}.zip": _nested(5) for n in range(10)}), "refused", "no type taken"


@functools.cache
def _packed(size_bytes: int, unit: bytes = b"\0") -> bytes:
    piece = unit * ((1 << 20) // len(unit))
    return _deflated(piece, times=size_bytes >> 20)


def _deflated(piece: bytes, *, times: int) -> bytes:
    """Return the zlib stream of a piece many times over: it is packed once, and the packed form repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)  # ends on a byte and looks back at nothing
    checksum = 1
    for _ in range(times):
        checksum = zlib.adler32(piece, checksum)
    return b"\x78\xda" + block * times + packer.flush() + struct.pack(">I", checksum)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(
    width: int, height: int, *, depth: int = 1, colour: int = 0, interlaced: bool = False, rows: int | None = None
) -> bytes:
    """Return a PNG of zeros that holds all the rows that it promises, or `rows`."""
    bits = depth * {0: 1, 2: 3, 6: 4}[colour]
    row = b"\0" + bytes((width * bits + 7) // 8)
    extra = 15 * len(row) if interlaced else 0  # the passes' own filter bytes
    piece = row * max(1, (1 << 20) // len(row))
    total = len(row) * (rows or height) + extra + (height * 4 if interlaced else 0)
    data = _deflated(piece, times=-(-total // len(piece)))
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, int(interlaced))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _png_chunk(kind: bytes, data: bytes, *, times: int = 1) -> bytes:
    whole = pictures.encoded(pictures.scene(), "png")
    return whole[:33] + _chunk(kind, data) * times + whole[33:]


def _with_lying_chunk() -> bytes:
    whole = pictures.encoded(pictures.scene(), "png")
    return whole[:33] + struct.pack(">I", 0xFFFFFFFF) + b"tEXt" + whole[33:]


def gif(width: int, height: int, *, frames: int) -> bytes:
    """Return a GIF of frames of one pixel on a canvas of any size."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\xff\0\0\0\xff\0"
    frame = b"!\xf9\x04\x04\x05\0\0\0" + b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return head + frame * frames + b";"


def _webp_film(width: int, height: int, frames: int) -> bytes:
    still = pictures.encoded(pictures.scene(16, 16), "webp")
    bits = still[still.index(b"VP8 ") :]
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    frame = bytes(6) + struct.pack("<I", 15)[:3] * 2 + b"\x0a\0\0" + b"\0" + bits
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + size + b"ANIM" + struct.pack("<I", 6) + bytes(6)
    body += (b"ANMF" + struct.pack("<I", len(frame)) + frame + b"\0" * (len(frame) % 2)) * frames
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _flat(width: int, height: int, kind: str, **options: bool | int) -> bytes:
    image = pyvips.Image.black(width, height, bands=3) + 80
    return image.cast("uchar").copy(interpretation="srgb").write_to_buffer(kind, **options)


def _wide_webp() -> bytes:
    """Return a lossless WebP that says of itself, in 14 bits a side behind its signature, to be as large as can be."""
    whole = bytearray(_flat(16, 16, ".webp", lossless=True))
    at = whole.index(b"VP8L") + 9
    whole[at : at + 4] = struct.pack("<I", struct.unpack_from("<I", whole, at)[0] | 0x0FFFFFFF)
    return bytes(whole)


def _jpeg_of(width: int, height: int) -> bytes:
    whole = pictures.encoded(pictures.scene(), "jpg")
    at = whole.index(b"\xff\xc0")
    return whole[: at + 5] + struct.pack(">HH", height, width) + whole[at + 9 :]


def _scans() -> bytes:
    noisy = np.random.default_rng(3).integers(0, 256, (1_500, 1_500, 3), dtype=np.uint8)
    image = pyvips.Image.new_from_array(noisy).copy(interpretation="srgb")
    whole = image.write_to_buffer(".jpg", interlace=True, Q=5)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * 1_000 + b"\xff\xd9" if len(whole) - last < 20_000 else whole[:-2] * 2


def _pdf_of(content: bytes, entries: bytes) -> bytes:
    page = b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R>>\nendobj\n"
    return _one_page(page, pdf_stream(4, content, entries))


def _one_page(*objects: bytes) -> bytes:
    catalog = b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    pages = b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    return pdf_file([catalog, pages, *objects])


def _paged(box: bytes) -> bytes:
    page = b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R>>\nendobj\n" % box
    return _one_page(page, pdf_stream(4, b"0 0 90 90 re f"))


def _pdf_picture() -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceGray"
    picture = pdf_stream(100, _packed(_GIGABYTE), entries + b"/Filter/FlateDecode")
    return pdf(b"200 0 0 100 0 0 cm /X Do", extra=picture)


def _ring() -> bytes:
    catalog = b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    first = b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 9>>\nendobj\n"
    second = b"3 0 obj\n<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 9>>\nendobj\n"
    return pdf_file([catalog, first, second])


_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 200 100]/Resources<</XObject<</X %d 0 R>>>>"


def _recursive_form() -> bytes:
    return pdf(b"/X Do", extra=pdf_stream(100, b"/X Do /X Do", _FORM % 100))


def _doubling_forms() -> bytes:
    forms = [pdf_stream(100 + n, b"/X Do /X Do 0 0 9 9 re f ", _FORM % (101 + n)) for n in range(30)]
    return pdf(b"/X Do", extra=b"".join(forms))


def _table_ring() -> bytes:
    whole = pdf(b"")
    at = whole.rindex(b"xref\n0")
    return whole.replace(b"trailer\n<<", b"trailer\n<</Prev %d " % at)


def _many_zeros() -> bytes:
    parts: dict[str, str | bytes] = {f"word/media/{n}.bin": bytes(16 << 20) for n in range(16)}
    return docx(parts)


def _nested(depth: int) -> bytes:
    inner = package({"zeros": bytes(8 << 20)})
    for _ in range(depth):
        inner = package({f"{n}.zip": inner for n in range(4)})
    return inner


def _lying_sizes() -> bytes:
    """Return a package whose directory says of its document that it unpacks to ten bytes."""
    whole = bytearray(docx({"word/document.xml": b"<a>" + bytes(32 << 20)}))
    at = whole.index(b"PK\x01\x02")
    while at >= 0:
        if whole[at + 46 :].startswith(b"word/document.xml"):
            struct.pack_into("<I", whole, at + 24, 10)
        at = whole.find(b"PK\x01\x02", at + 4)
    return bytes(whole)


def _overlapping() -> bytes:
    """Return a package in whose directory a thousand entries share one entry's bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in {**DOCX_PARTS, "word/big.bin": bytes(4 << 20)}.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        last = archive.infolist()[-1]
        for n in range(1_000):
            twin = zipfile.ZipInfo(f"word/{n:04}.bin", (2026, 1, 1, 0, 0, 0))
            twin.header_offset, twin.CRC = last.header_offset, last.CRC
            twin.compress_size, twin.file_size, twin.compress_type = last.compress_size, last.file_size, 8
            archive.filelist.append(twin)
    return out.getvalue()

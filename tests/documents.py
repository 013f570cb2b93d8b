"""Small real documents, made when a test asks for one."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(pages: int = 1, *, said: int | None = None, content: bytes | None = None, extra: bytes = b"") -> bytes:
    """Return a PDF whose pages show a dark block in the upper left; `said` is the number that it claims."""
    drawing = b"0.1 0.2 0.5 rg 20 480 200 200 re f" if content is None else content
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages if said is None else said),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
    ]
    objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 700] /Contents 3 0 R %s >>" % extra] * pages
    return _pdf_file(objects)


def locked_pdf() -> bytes:
    """Return a PDF that no empty password opens."""
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"ab" * 32, b"cd" * 32)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 700] >>",
    ]
    return _pdf_file(objects, b"/Encrypt %s /ID [<%s> <%s>]" % (lock, b"00" * 16, b"00" * 16))


def _pdf_file(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    data, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            trailer,
            len(data),
        )
    )


def docx(
    text: str = "Kvelda One. Evening light.",
    *,
    pages: int | None = 1,
    characters: int | None = None,
    main_type: str = WORD_TYPE,
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return a DOCX; `characters` is what its properties claim (by default the truth), without `pages` it has none."""
    body = f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>'
    )
    files = {"[Content_Types].xml": types.encode(), "word/document.xml": body.encode()}
    if pages is not None:
        count = len("".join(text.split())) if characters is None else characters
        files["docProps/app.xml"] = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            f"<Pages>{pages}</Pages><Characters>{count}</Characters></Properties>"
        ).encode()
    return archive({**files, **(parts or {})})


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file of version 3 with such streams of 4,096 bytes or more, one sector's directory at most."""
    sector = 512
    bodies = [data + bytes(-len(data) % sector) for data in streams.values()]
    first, chains = 2, list[int]()
    entries = [_ole_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    for (name, data), body in zip(streams.items(), bodies, strict=True):
        count = len(body) // sector
        entries.append(_ole_entry(name, 2, first, len(data)))
        chains += [first + n + 1 for n in range(count - 1)] + [0xFFFFFFFE]
        first += count
    table = [0xFFFFFFFD, 0xFFFFFFFE, *chains]
    table += [0xFFFFFFFF] * (sector // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    directory = b"".join(entries).ljust(sector, b"\0")
    return header + struct.pack(f"<{sector // 4}I", *table) + directory + b"".join(bodies)


def doc() -> bytes:
    """Return what is a Word file as far as its structure goes."""
    return ole({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(5_000), "1Table": bytes(4_200)})


def _ole_entry(name: str, kind: int, start: int, size_bytes: int) -> bytes:
    encoded = name.encode("utf-16-le")
    free = struct.pack("<III", *[0xFFFFFFFF] * 3)
    tail = struct.pack("<II4x", start, size_bytes)
    return encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded) + 2, kind, 1) + free + bytes(36) + tail

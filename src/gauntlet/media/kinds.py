"""What a file is, told by how its content begins; what its decoder finds then decides.

Names and declared types play no part. A start can lie (a polyglot): then a decoder is asked that refuses, or the file
is what it began as, and is served as that alone.
"""

import re
from typing import Final, Literal, cast

import filetype

from gauntlet.core.errors import InvalidInput, UnsupportedMedia

Kind = Literal["raster", "svg", "timed", "pdf", "docx", "doc", "txt"]
"""`timed` is a film or a sound: which of them is known only once it is open."""

HEAD_BYTES: Final = 65_536
"""How much of a file's start is looked at; a drawing may have a long comment before its first element."""

TAKEN: Final = (
    "pictures (JPEG, PNG, WebP, GIF, SVG), films (MP4, WebM, MOV, AVI, MKV), sounds (MP3, WAV, OGG, AAC, M4A)"
    " and documents (PDF, DOC, DOCX, TXT)"
)

_RASTERS: Final = frozenset({"jpg", "png", "webp", "gif"})
_TIMED: Final = frozenset({"mp4", "m4v", "mov", "m4a", "3gp", "avi", "mp3", "wav", "ogg", "aac"})
_BOXES: Final = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
# Pictures that share the box format of films (ISO/IEC 23008-12, AVIF), by their major brand.
_PICTURE_BRANDS: Final = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIF", b"msf1": "HEIF", b"avif": "AVIF"}
_EBML: Final = b"\x1aE\xdf\xa3"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_UTF8_MARK: Final = b"\xef\xbb\xbf"
UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF32_MARK: Final = b"\xff\xfe\x00\x00"

# What may stand before a document's first element (XML 1.0, section 2.8).
_PROLOG: Final = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ELEMENT: Final = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
# The starts by which browsers tell HTML (WHATWG MIME Sniffing, section 7.1): each ends with a space or `>`.
_HTML_ELEMENTS: Final = frozenset(
    "html head script iframe h1 div font table a style title b body br p form img link meta base svg:script".split()
)
_SHOWN_CHARACTERS: Final = 40
_LEGACY_ASCII_SHARE: Final = 0.6  # of a text in a Western one-byte encoding; others look like noise

CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
"""Control characters that no text has: all but tabs, line and page breaks, and the escape of coloured logs."""


def kind_of(head: bytes) -> Kind:
    """Return what a file beginning with `head` (up to `HEAD_BYTES`) is to be read as.

    Raises InvalidInput for an empty file, UnsupportedMedia naming what it looks like for one that is not taken.
    """
    if not head:
        raise InvalidInput(
            "The file is empty.", next_step="Check that it was saved completely, and upload it again.", details=_FIELD
        )
    kind = _binary_kind(head) or _text_kind(head)
    if kind is not None:
        return kind
    if _is_legacy_text(head):
        raise UnsupportedMedia(
            "The content is text in an older encoding; text is taken in UTF-8, or in UTF-16 with a byte order mark.",
            next_step="Save it again with UTF-8 encoding.",
            details={**_FIELD, "value": "text"},
        )
    raise not_taken(found_kind(head))


def found_kind(data: bytes) -> str:
    """Return what the content looks like, in a word for people: `PDF`, `MP4`, `text`, `unknown data`."""
    if data[4:8] == b"ftyp" and data[8:12] in _PICTURE_BRANDS:
        return _PICTURE_BRANDS[data[8:12]]
    extension = _guessed_extension(data[:8192])
    if extension is not None:
        return extension.upper()
    if not data:
        return "an empty file"
    if data.startswith(_OLE):
        return "an OLE file"
    return "text" if _is_text(data[:4096]) else "unknown data"


def not_taken(what: str) -> UnsupportedMedia:
    """Return the error for content of a type that is not taken; `what` names it for people."""
    return UnsupportedMedia(
        f"The content is {what}; {TAKEN} are taken.",
        next_step="Save it as one of these and upload that.",
        details={**_FIELD, "value": what},
    )


_FIELD: Final = {"field": "file"}


def _binary_kind(head: bytes) -> Kind | None:
    if head.startswith(_EBML) or (head[4:8] in _BOXES and head[8:12] not in _PICTURE_BRANDS):
        return "timed"
    if head.startswith(_OLE):
        return "doc"
    if head.startswith(_ZIPS):
        return "docx"
    if head[:4] in {b"RIFF", b"RF64"} and head[8:12] == b"WAVE":
        return "timed"
    if head[0] == 0xFF and len(head) > 1 and _is_sound_frame(head[1]):
        return "timed"
    # A PDF may have some bytes before its header (PDF 1.7, appendix H.3.4.1); a text may just speak of it.
    if head.startswith(b"%PDF-") or (b"%PDF-" in head[:1024] and _head_text(head) is None):
        return "pdf"
    extension = _guessed_extension(head[:8192])
    if extension in _RASTERS:
        return "raster"
    return "timed" if extension in _TIMED else None


def _is_sound_frame(second: int) -> bool:
    # ISO/IEC 11172-3, 2.4.1.3: eleven sync bits, version, layer; layer III is MP3, no layer at all is AAC's ADTS.
    layer = second >> 1 & 0b11
    return second & 0xE0 == 0xE0 and (layer == 0b01 or (layer == 0 and second & 0xF0 == 0xF0))


def _text_kind(head: bytes) -> Kind | None:
    text = _head_text(head)
    if text is None or CONTROLS.search(text):
        return None
    start = _after_prolog(text)
    element = _ELEMENT.match(start)
    name = element[1] if element else ""
    if name.lower() == "svg" or (not name and text.lstrip("\ufeff \t\r\n").startswith(("<!", "<?"))):
        return "svg"  # markup without any element in sight: the parser says what is wrong
    if name.lower() in _HTML_ELEMENTS:
        raise _markup("HTML", name)
    if name and start != text.lstrip():
        raise _markup("XML", name)
    return "txt"


def _markup(language: str, name: str) -> UnsupportedMedia:
    return UnsupportedMedia(
        f"The content is {language} with the first element <{name[:_SHOWN_CHARACTERS]}>; {TAKEN} are taken.",
        next_step="Save a page as PDF, a drawing as SVG.",
        details={**_FIELD, "value": language},
    )


def _after_prolog(text: str) -> str:
    """Return the text from the first thing on that may not stand before an element."""
    at = 0
    while match := _PROLOG.match(text, at):
        at = match.end()
    return text[at:]


def _head_text(head: bytes) -> str | None:
    """Return the head as text, None where it is not text; a character cut at its end is left out."""
    if head.startswith(_UTF32_MARK):
        return None
    encoding = "utf-16" if head.startswith(UTF16_MARKS) else "utf-8-sig"
    try:
        return head.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4 or len(head) < HEAD_BYTES:
            # Drawings may be in any encoding that their declaration names.
            return head[:200].decode("latin-1") if head.lstrip().startswith((b"<?xml", b"<svg")) else None
        return head[: error.start].decode(encoding)


def _is_legacy_text(head: bytes) -> bool:
    shown = sum(32 <= byte < 127 or byte in b"\t\n\r\f" for byte in head)
    return not CONTROLS.search(head.decode("latin-1")) and shown >= _LEGACY_ASCII_SHARE * len(head)


def _guessed_extension(start: bytes) -> str | None:
    # filetype ships no types
    return cast("str | None", filetype.guess_extension(start))  # pyright: ignore[reportUnknownMemberType]


def _is_text(start: bytes) -> bool:
    try:
        text = start.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(start) - 4 and error.start > 0  # cut inside a character
    return all(character.isprintable() or character.isspace() for character in text)

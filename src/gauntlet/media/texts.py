"""Plain text: whether it is, and how many lines it has. Read as a stream, never whole."""

import codecs
from typing import BinaryIO, Final

from gauntlet.core.errors import InvalidInput, UnsupportedMedia
from gauntlet.media.kinds import CONTROLS, UTF16_MARKS

_BLOCK_BYTES: Final = 1 << 18


def count_lines(file: BinaryIO) -> int:
    """Return the number of lines of a text in UTF-8 or marked UTF-16; what stands after the last break is one more.

    Raises UnsupportedMedia for bytes that are not text in that encoding, InvalidInput for control characters.
    """
    file.seek(0)
    mark = file.read(2)
    encoding = "utf-16" if mark in UTF16_MARKS else "utf-8-sig"
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    lines, last, at = 0, "\n", 0
    while True:
        block = file.read(_BLOCK_BYTES)
        text = _decoded(decoder, block, at)
        _check_characters(text, lines)
        lines += _breaks(last + text) - (last == "\n" or last == "\r")
        last = text[-1] if text else last
        at += len(block)
        if not block:
            return lines + (last not in "\r\n")


def _decoded(decoder: codecs.IncrementalDecoder, block: bytes, at: int) -> str:
    try:
        return decoder.decode(block, final=not block)
    except UnicodeDecodeError as error:
        name = "UTF-16" if error.encoding.startswith("utf-16") else "UTF-8"
        raise UnsupportedMedia(
            f"The content begins as text but is not {name} all through: near byte {at + error.start:,} it is not.",
            next_step="Save it again with UTF-8 encoding.",
            details={"field": "file", "value": at + error.start},
        ) from error


def _check_characters(text: str, lines: int) -> None:
    found = CONTROLS.search(text)
    if found is not None:
        line = lines + 1 + text.count("\n", 0, found.start())
        raise InvalidInput(
            f"The content begins as text but holds the control character U+{ord(found[0]):04X}, about line {line:,}.",
            next_step="Remove it, or save the file as plain text again.",
            details={"field": "file", "value": f"U+{ord(found[0]):04X}", "line": line},
        )


def _breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")

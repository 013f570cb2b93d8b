"""DOCX: a ZIP archive of XML parts (ECMA-376), read as far as is needed to say that it is one. Nothing is unpacked."""

import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final
from xml.parsers import expat

from gauntlet.core.errors import InvalidInput, TooLarge
from gauntlet.media.inspection import MEGABYTE, InspectionLimits
from gauntlet.media.kinds import not_taken

_CONTENT_TYPES: Final = "[Content_Types].xml"
_PROPERTIES: Final = "docProps/app.xml"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_PACKAGES: Final = {
    "macroEnabled": "an Office file with macros",
    "wordprocessingml.template": "a Word template",
    "spreadsheetml": "an Excel workbook",
    "presentationml": "a PowerPoint presentation",
}
_SMALL_PART_MAX_BYTES: Final = 4 * MEGABYTE
_TEXT_MAX_BYTES: Final = 64 * MEGABYTE  # of markup: a novel has ten
_END: Final = b"PK\x05\x06"  # of the directory of an archive, APPNOTE 4.3.16
_END_BYTES: Final = 22
_END_REACH_BYTES: Final = 65_535 + _END_BYTES
_ENTRY_MAX_BYTES: Final = 512  # in the directory, on average: 46 and a name
_WHOLE: Final = re.compile(r"[0-9]{1,12}")
_PAGES_MAX: Final = 100_000
_AGREEMENT: Final = 0.1
_AGREEMENT_CHARACTERS: Final = 20
_BLOCK_BYTES: Final = 1 << 18


def count_pages(file: BinaryIO, *, limits: InspectionLimits) -> int | None:
    """Return how many pages a DOCX has, null where that is not known.

    Only a program that lays it out knows, and writes the number beside the text; it is believed where the number of
    characters written with it is that of the text. Raises UnsupportedMedia for another kind of archive, InvalidInput
    for a damaged one, TooLarge for one that unpacks to more than the limits.
    """
    try:
        _check_directory(file, limits)
        with zipfile.ZipFile(file) as archive:
            package = _Package(archive, limits)
            main = package.main_part()
            claimed = package.claims()
            found = package.characters(main)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise _damaged(str(error) or type(error).__name__) from error
    if claimed is None or found is None or not 1 <= claimed.pages <= _PAGES_MAX:
        return None
    allowed = max(_AGREEMENT_CHARACTERS, _AGREEMENT * found)
    return claimed.pages if abs(claimed.characters - found) <= allowed else None


@dataclass(frozen=True, slots=True)
class _Claims:
    pages: int
    characters: int


class _Package:
    """The parts of a document, each read with a limit."""

    def __init__(self, archive: zipfile.ZipFile, limits: InspectionLimits) -> None:
        self._archive = archive
        entries = archive.infolist()
        _check_count(len(entries), limits)
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > limits.archive_unpacked_max_bytes:
            raise TooLarge(
                f"The document unpacks to {unpacked / MEGABYTE:,.0f} MB;"
                f" the limit is {limits.archive_unpacked_max_bytes / MEGABYTE:g} MB.",
                next_step="Make its pictures smaller, or save it as PDF.",
                details={"field": "file", "value": unpacked, "limit": limits.archive_unpacked_max_bytes},
            )
        self._names = {entry.filename for entry in entries}

    def main_part(self) -> str:
        """Return the name of the part with the text; raises UnsupportedMedia for an archive of another kind."""
        if _CONTENT_TYPES not in self._names:
            raise not_taken("a ZIP archive")
        types: dict[str, str] = {}

        def start(name: str, attributes: Mapping[str, str]) -> None:
            if name.rpartition(" ")[2] == "Override":
                types[attributes.get("ContentType", "")] = attributes.get("PartName", "").removeprefix("/")

        self._parse(_CONTENT_TYPES, most_bytes=_SMALL_PART_MAX_BYTES, start=start)
        part = types.get(_MAIN)
        if part is None:
            listed = " ".join(types)
            raise not_taken(next((what for mark, what in _OTHER_PACKAGES.items() if mark in listed), "a ZIP archive"))
        if part not in self._names:
            raise _damaged("its text is missing")
        return part

    def claims(self) -> _Claims | None:
        """Return what the program that wrote it has counted."""
        if _PROPERTIES not in self._names:
            return None
        numbers: dict[str, str] = {}
        open_element = ""

        def start(name: str, _attributes: Mapping[str, str]) -> None:
            nonlocal open_element
            open_element = name.rpartition(" ")[2]

        def text(data: str) -> None:
            if open_element in {"Pages", "Characters"}:
                numbers[open_element] = (numbers.get(open_element, "") + data.strip())[:20]

        self._parse(_PROPERTIES, most_bytes=_SMALL_PART_MAX_BYTES, start=start, text=text)
        pages, characters = (_WHOLE.fullmatch(numbers.get(name, "")) for name in ("Pages", "Characters"))
        return None if pages is None or characters is None else _Claims(int(pages[0]), int(characters[0]))

    def characters(self, part: str) -> int | None:
        """Return the number of characters of the text, without spaces; None for a text past all measure."""
        if self._archive.getinfo(part).file_size > _TEXT_MAX_BYTES:
            return None
        count, is_text = 0, False

        def start(name: str, _attributes: Mapping[str, str]) -> None:
            nonlocal is_text
            is_text = name.rpartition(" ")[2] == "t"

        def text(data: str) -> None:
            nonlocal count
            if is_text:
                count += len(re.sub(r"\s+", "", data))

        def end(_name: str) -> None:
            nonlocal is_text
            is_text = False

        self._parse(part, most_bytes=_TEXT_MAX_BYTES, start=start, text=text, end=end)
        return count

    def _parse(
        self,
        part: str,
        *,
        most_bytes: int,
        start: Callable[[str, Mapping[str, str]], None],
        text: Callable[[str], None] = lambda _: None,
        end: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Read a part as XML; no entity is expanded, none may be declared."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = start
        parser.CharacterDataHandler = text
        parser.EndElementHandler = end
        parser.StartDoctypeDeclHandler = _refuse_doctype
        read = 0
        try:
            with self._archive.open(part) as stream:
                while block := stream.read(_BLOCK_BYTES):
                    read += len(block)
                    if read > most_bytes:
                        raise _damaged(f"its part {part} unpacks to more than {most_bytes / MEGABYTE:g} MB")
                    parser.Parse(block, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise _damaged(f"its part {part}: {expat.ErrorString(error.code)} in line {error.lineno}") from error


def _check_directory(file: BinaryIO, limits: InspectionLimits) -> None:
    """Bound the archive's directory before it is read: each entry costs a kilobyte of memory."""
    size_bytes = file.seek(0, 2)
    start = max(0, size_bytes - _END_REACH_BYTES)
    file.seek(start)
    tail = file.read(_END_REACH_BYTES)
    at = tail.rfind(_END)
    if at < 0 or at + _END_BYTES > len(tail):
        raise _damaged("its directory is missing")
    directory_bytes = int.from_bytes(tail[at + 12 : at + 16], "little")
    # All ones: the number stands in a larger directory (ZIP64), which no document of pictures and text needs.
    if directory_bytes == 0xFFFFFFFF or directory_bytes > limits.archive_entries_max * _ENTRY_MAX_BYTES:
        _check_count(limits.archive_entries_max + 1, limits)
    _check_count(int.from_bytes(tail[at + 10 : at + 12], "little"), limits)


def _check_count(entries: int, limits: InspectionLimits) -> None:
    if entries > limits.archive_entries_max:
        raise TooLarge(
            f"The document is an archive of more than {limits.archive_entries_max:,} parts.",
            next_step="Save it again from Word or LibreOffice, or as PDF.",
            details={"field": "file", "limit": limits.archive_entries_max},
        )


def _refuse_doctype(*_declaration: object) -> None:
    raise _damaged("it declares a document type, which such files have not")


def _damaged(reason: str) -> InvalidInput:
    return InvalidInput(
        f"The document is damaged or cut short ({' '.join(reason.split())[:160]}).",
        next_step="Open it, save it again and upload that.",
        details={"field": "file"},
    )

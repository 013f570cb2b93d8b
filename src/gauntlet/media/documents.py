"""Documents: PDF, DOCX, DOC and plain text. How long they are, where that is known, and how the first page looks."""

from typing import BinaryIO, Final, Literal

from gauntlet.core.errors import UnsupportedMedia
from gauntlet.media.facts import DocumentFacts
from gauntlet.media.inspection import Inspection, InspectionLimits
from gauntlet.media.kinds import not_taken
from gauntlet.media.olefiles import OleFile
from gauntlet.media.packages import count_pages
from gauntlet.media.pdfs import look_at_pdf
from gauntlet.media.rasters import webp_of
from gauntlet.media.texts import count_lines

DocumentKind = Literal["pdf", "docx", "doc", "txt"]

_WORD_STREAM: Final = "WordDocument"
_WORD_MARK: Final = b"\xec\xa5"  # how the stream begins, [MS-DOC] 2.5.2
_OTHER_STREAMS: Final = {
    "EncryptedPackage": "an Office file locked with a password",
    "Workbook": "an Excel workbook",
    "Book": "an Excel workbook",
    "PowerPoint Document": "a PowerPoint presentation",
    "__properties_version1.0": "an Outlook message",
}


def inspect_document(file: BinaryIO, kind: DocumentKind, *, limits: InspectionLimits) -> Inspection:
    """Return a document's facts, and a thumbnail of a PDF's first page.

    Raises UnsupportedMedia for content that only begins like it, InvalidInput for damaged content, TooLarge past a
    limit. A PDF that needs a password is taken, with neither count nor thumbnail.
    """
    match kind:
        case "pdf":
            return _pdf(file, limits)
        case "docx":
            return Inspection(facts=DocumentFacts(format="docx", page_count=count_pages(file, limits=limits)))
        case "doc":
            _check_word(file)
            return Inspection(facts=DocumentFacts(format="doc"))
        case "txt":
            return Inspection(facts=DocumentFacts(format="txt", line_count=count_lines(file)))


def _pdf(file: BinaryIO, limits: InspectionLimits) -> Inspection:
    look = look_at_pdf(file, longest_px=limits.thumbnail_px)
    facts = DocumentFacts(format="pdf", page_count=look.page_count, is_encrypted=look.is_encrypted)
    return Inspection(facts=facts, thumbnail=None if look.first_page is None else webp_of(look.first_page))


def _check_word(file: BinaryIO) -> None:
    """Raise for a compound file in which there is no text of Word's."""
    compound = OleFile(file)
    streams = {stream.name: stream for stream in compound.streams()}
    word = streams.get(_WORD_STREAM)
    if word is None:
        raise not_taken(next((what for name, what in _OTHER_STREAMS.items() if name in streams), "an OLE file"))
    start = compound.first_bytes(word, len(_WORD_MARK))
    if start is not None and start != _WORD_MARK:
        raise UnsupportedMedia(
            "The content is a Word file of a version before 1997, or damaged.",
            next_step="Save it as DOCX or PDF and upload that.",
            details={"field": "file"},
        )

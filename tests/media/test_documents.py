import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.media.facts import DocumentFacts
from gauntlet.media.inspection import Inspection, InspectionLimits
from gauntlet.media.inspector import inspect
from tests import documents, pictures

LIMITS = InspectionLimits()


def look(data: bytes, limits: InspectionLimits = LIMITS) -> Inspection:
    return inspect(io.BytesIO(data), limits=limits)


def facts(data: bytes) -> DocumentFacts:
    found = look(data).facts
    assert isinstance(found, DocumentFacts)
    return found


@pytest.mark.parametrize("pages", [1, 4])
def test_pdf_has_its_pages_and_a_picture_of_the_first(pages: int) -> None:
    seen = look(documents.pdf(pages))

    assert seen.facts == DocumentFacts(format="pdf", page_count=pages)
    assert (seen.width, seen.height) == (None, None)
    assert seen.thumbnail is not None
    small = pictures.decoded(seen.thumbnail)
    assert small.shape[:2] == (480, 343)
    assert small[60, 60, 2] > small[60, 60, 0] + 40
    assert small[400, 300, :3].min() > 250


def test_pdf_with_something_before_its_header_is_taken() -> None:
    assert facts(b"\x01\x02mail header\r\n" + documents.pdf(2)).page_count == 2


def test_pages_that_a_pdf_only_claims_are_not_believed() -> None:
    seen = look(documents.pdf(2, said=5_000))

    assert seen.facts == DocumentFacts(format="pdf", page_count=None)
    assert seen.thumbnail


def test_locked_pdf_is_taken_and_marked_without_a_thumbnail() -> None:
    seen = look(documents.locked_pdf())

    assert seen.facts == DocumentFacts(format="pdf", page_count=None, is_encrypted=True)
    assert seen.thumbnail is None


@pytest.mark.parametrize(
    "box", [b"[0 0 0 0]", b"[0 0 1e30 1]", b"[0 0 1 14400]", b"[0 0 -5 7]", b"[0 0 200000 200000]"]
)
def test_a_page_of_odd_size_is_drawn_small_or_not_at_all(box: bytes) -> None:
    seen = look(documents.pdf(extra=b"/MediaBox " + box))

    assert seen.facts == DocumentFacts(format="pdf", page_count=1)
    assert seen.thumbnail is None or max(pictures.decoded(seen.thumbnail).shape[:2]) <= 480


def test_pdf_that_takes_long_to_draw_goes_without_a_thumbnail() -> None:
    strokes = b"".join(b"%d 0 m %d 700 l S " % (n % 500, n * 7 % 500) for n in range(400_000))

    seen = look(documents.pdf(content=strokes))

    assert seen.facts == DocumentFacts(format="pdf", page_count=1)
    assert seen.thumbnail is None


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", documents.pdf()[:200], documents.pdf(0), b"%PDF-1.7\n" + bytes(5_000)])
def test_damaged_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="PDF is damaged or cut short") as caught:
        look(data)
    assert caught.value.next_step


def test_docx_has_the_pages_that_its_program_counted_with_this_text() -> None:
    assert facts(documents.docx(pages=3)) == DocumentFacts(format="docx", page_count=3)


@pytest.mark.parametrize(
    "data",
    [
        documents.docx(pages=None),
        documents.docx(pages=3, characters=9_000),
        documents.docx(pages=0),
        documents.docx(pages=10**9),
        documents.docx(parts={"docProps/app.xml": b"<Properties><Pages>3</Pages></Properties>"}),
        documents.docx(parts={"docProps/app.xml": b"<P><Pages>three</Pages><Characters>23</Characters></P>"}),
    ],
    ids=["none", "of another text", "zero", "absurd", "alone", "words"],
)
def test_docx_pages_that_cannot_be_vouched_for_are_null(data: bytes) -> None:
    assert facts(data) == DocumentFacts(format="docx", page_count=None)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (documents.archive({"a.txt": b"hello"}), "a ZIP archive"),
        (documents.docx(main_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "Office file with macros"),
        (documents.docx(main_type=documents.WORD_TYPE.replace("wordprocessingml", "spreadsheetml")), "Excel workbook"),
        (documents.docx(main_type=documents.WORD_TYPE.replace("wordprocessingml", "presentationml")), "PowerPoint"),
    ],
)
def test_other_archives_are_refused_by_name(data: bytes, what: str) -> None:
    with pytest.raises(UnsupportedMedia, match=what):
        look(data)


def test_docx_that_unpacks_past_the_limit_is_refused_without_unpacking() -> None:
    bomb = documents.docx(parts={f"word/media/{n}.bmp": bytes(2_000_000) for n in range(4)})

    with pytest.raises(TooLarge, match="unpacks to 8 MB; the limit is 5 MB") as caught:
        look(bomb, InspectionLimits(archive_unpacked_max_bytes=5_000_000))
    assert caught.value.details["limit"] == 5_000_000
    assert look(bomb).facts.type == "document"


def test_docx_of_too_many_parts_is_refused() -> None:
    many = documents.docx(parts={f"word/{n}": b"" for n in range(120)})

    with pytest.raises(TooLarge, match="more than 100 parts"):
        look(many, InspectionLimits(archive_entries_max=100))


def test_docx_whose_directory_is_longer_than_it_says_is_refused_before_it_is_read() -> None:
    many = bytearray(documents.docx(parts={f"word/{n}-{'x' * 700}": b"" for n in range(120)}))
    end = many.rfind(b"PK\x05\x06")
    many[end + 8 : end + 12] = b"\x01\x00\x01\x00"

    with pytest.raises(TooLarge, match="more than 100 parts"):
        look(bytes(many), InspectionLimits(archive_entries_max=100))


def test_docx_whose_part_is_larger_than_it_says_is_refused() -> None:
    data = bytearray(documents.docx("word " * 5_000))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        real = package.getinfo("word/document.xml").file_size
    at = data.rfind(real.to_bytes(4, "little"))
    data[at : at + 4] = (100).to_bytes(4, "little")

    with pytest.raises(InvalidInput, match="damaged or cut short"):
        look(bytes(data))


@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><w>&c;</w>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><w/>',
        b"<w><unclosed></w>",
        b"",
    ],
)
def test_docx_whose_text_is_no_plain_xml_is_refused(part: bytes) -> None:
    with pytest.raises(InvalidInput, match="damaged or cut short"):
        look(documents.docx(parts={"word/document.xml": part}))


def test_doc_is_taken_without_counts() -> None:
    assert facts(documents.doc()) == DocumentFacts(format="doc")


@pytest.mark.parametrize(
    ("stream", "what"),
    [
        ("Workbook", "an Excel workbook"),
        ("PowerPoint Document", "a PowerPoint presentation"),
        ("EncryptedPackage", "an Office file locked with a password"),
        ("Something", "an OLE file"),
    ],
)
def test_other_compound_files_are_refused_by_name(stream: str, what: str) -> None:
    with pytest.raises(UnsupportedMedia, match=f"The content is {what}"):
        look(documents.ole({stream: bytes(5_000)}))


def test_a_word_stream_that_does_not_begin_like_one_is_refused() -> None:
    with pytest.raises(UnsupportedMedia, match="before 1997"):
        look(documents.ole({"WordDocument": bytes(5_000)}))


def test_a_directory_that_turns_in_a_circle_is_refused() -> None:
    data = bytearray(documents.doc())
    data[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")  # in the table, the directory's sector leads to itself

    with pytest.raises(InvalidInput, match="no end"):
        look(bytes(data))


@pytest.mark.parametrize("length", [8, 300, 600, 1_100, 1_600])
def test_a_doc_cut_short_is_refused(length: int) -> None:
    with pytest.raises(InvalidInput):
        look(documents.doc()[:length])


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"one", 1),
        (b"one\n", 1),
        (b"one\r\ntwo\rthree\nfour", 4),
        (b"\n\n\n", 3),
        (b"\xef\xbb\xbf", 0),
        ("\ufeffone\r\ntwo".encode("utf-16-le"), 2),
        ("\ufeffone\ntwo\n".encode("utf-16-be"), 2),
        (("é" * 100_000 + "\r\n").encode() * 9, 9),
        (b"x" * ((1 << 18) - 1) + b"\r\n" + b"y", 2),
        (b"red \x1b[31mlog\x1b[0m\n", 1),
    ],
)
def test_text_has_its_lines(data: bytes, lines: int) -> None:
    assert facts(data) == DocumentFacts(format="txt", line_count=lines)


def test_text_that_turns_into_something_else_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"control character U\+0000, about line 20,001"):
        look(b"words\n" * 20_000 + b"\x00\x01")
    with pytest.raises(UnsupportedMedia, match=r"not UTF-8 all through: near byte 120,000"):
        look(b"words\n" * 20_000 + b"\xe9\xe8")
    with pytest.raises(UnsupportedMedia, match="not UTF-16 all through"):
        look("\ufeffwords".encode("utf-16-le") * 20_000 + b"\x00")


MADE = [documents.pdf(2), documents.docx(), documents.doc(), "Zeile\r\n".encode("utf-16"), documents.locked_pdf()]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_is_flipped_or_cut_gives_facts_or_a_refusal(data: st.DataObject) -> None:
    made = bytearray(data.draw(st.sampled_from(MADE)))
    for _ in range(data.draw(st.integers(0, 6))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(made[: data.draw(st.integers(0, len(made)))])
    try:
        seen = look(cut)
    except (InvalidInput, TooLarge, UnsupportedMedia) as error:
        told = error.next_step
    else:
        told = seen.facts.type
    assert told

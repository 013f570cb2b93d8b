import pytest

from gauntlet.core.errors import InvalidInput, UnsupportedMedia
from gauntlet.media.kinds import Kind, found_kind, kind_of
from tests.pictures import SVG, encoded, scene


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (encoded(scene(), "png"), "raster"),
        (encoded(scene(), "webp"), "raster"),
        (SVG, "svg"),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?><!-- made <by> hand --><svg:svg xmlns:svg='x'/>", "svg"),
        ("\ufeff<svg xmlns='http://www.w3.org/2000/svg'/>".encode("utf-16-le"), "svg"),
        (b"<?xml version='1.0' encoding='latin1'?><svg title='caf\xe9'/>", "svg"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", "svg"),
        (b"<?xml version='1.0'?>", "svg"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "timed"),
        (b"\x00\x00\x00\x08wide\x00\x00\x00\x00mdat", "timed"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01", "timed"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "timed"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "timed"),
        (b"OggS\x00\x02" + bytes(40), "timed"),
        (b"ID3\x04\x00\x00" + bytes(40), "timed"),
        (b"\xff\xf3\x84\xc4" + bytes(40), "timed"),
        (b"\xff\xf1\x50\x80" + bytes(40), "timed"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf"),
        (b"\x00\x01 junk before\n%PDF-1.4\n%\xe2\xe3", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "doc"),
        (b"PK\x03\x04\x14\x00" + bytes(40), "docx"),
        (b"Shot list\n1. Kettle\n", "txt"),
        ("\ufeffŠíp a čaj".encode("utf-16-le"), "txt"),
        ("茶".encode(), "txt"),
        (b" \n\nBMW is our client", "txt"),
        (b"BMW is our client", "txt"),
        (b"<3 from all of us", "txt"),
        (b"A file that begins with %PDF-1.7 is a PDF", "txt"),
        (b"alert('a script is only text')", "txt"),
        (b"#EXTM3U\nhttp://169.254.169.254/\n", "txt"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "txt"),
    ],
)
def test_content_decides_what_a_file_is(head: bytes, kind: Kind) -> None:
    assert kind_of(head) == kind


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(InvalidInput, match="The file is empty"):
        kind_of(b"")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\x7fELF\x02\x01\x01" + bytes(50), "ELF"),
        (b"MZ\x90\x00" + bytes(50), "EXE"),
        (b"fLaC\x00\x00\x00\x22" + bytes(50), "FLAC"),
        (b"II*\x00\x08\x00\x00\x00" + bytes(100), "TIF"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "HEIC"),
        (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avifmif1", "AVIF"),
        (bytes(range(200, 256)) * 10, "unknown data"),
        (bytes(100), "unknown data"),
        (b"\xff", "unknown data"),
        (b"\x1b[2Jwords" + bytes(3), "unknown data"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "unknown data"),
    ],
)
def test_other_content_is_refused_by_name_with_what_is_taken(head: bytes, name: str) -> None:
    with pytest.raises(UnsupportedMedia, match=f"The content is {name}; pictures .JPEG, PNG.* are taken") as caught:
        kind_of(head)
    assert caught.value.details == {"field": "file", "value": name}
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("page", "element"),
    [
        (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "html"),
        (b"  \n<HTML>", "HTML"),
        (b"<script>alert(1)</script>", "script"),
        (b"<!-- a comment --><body onload=x>", "body"),
        ("\ufeff<html>".encode("utf-16-le"), "html"),
        (b"<p>Just a paragraph", "p"),
        (b"<img src=x onerror=alert(1)>", "img"),
    ],
)
def test_a_page_that_a_browser_would_know_by_its_start_is_no_text(page: bytes, element: str) -> None:
    with pytest.raises(UnsupportedMedia, match=f"HTML with the first element <{element}>"):
        kind_of(page)


def test_xml_of_another_kind_is_refused() -> None:
    with pytest.raises(UnsupportedMedia, match="XML with the first element <rss>"):
        kind_of(b"<?xml version='1.0'?>\n<rss version='2.0'></rss>")


def test_text_in_an_older_encoding_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnsupportedMedia, match="older encoding") as caught:
        kind_of("Café à la crème, ten euros".encode("latin-1"))
    assert caught.value.next_step == "Save it again with UTF-8 encoding."


def test_a_character_cut_by_the_end_of_the_head_is_not_damage() -> None:
    text = ("x" + "é" * 40_000).encode()

    assert kind_of(text[: 1 << 16]) == "txt"


def test_a_prolog_of_many_brackets_is_read_in_no_time() -> None:
    assert kind_of(b"<!DOCTYPE a [" + b"] " * 30_000) == "svg"
    assert kind_of(b"<!--" * 16_000) == "svg"


def test_found_kind_is_a_word_for_people() -> None:
    assert [found_kind(data) for data in (b"", b"words", b"%PDF-1.7", bytes(9))] == [
        "an empty file",
        "text",
        "PDF",
        "unknown data",
    ]

import base64
from pathlib import Path

import pytest

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.media.svg_safety import read_svg
from tests import pictures
from tests.media.looking import facts_of, look, replacement_of, thumbnail_of

RECT = '<rect width="10" height="10" fill="#123456"/>'


def svg(body: str, *, before: str = "", attributes: str = "") -> bytes:
    return (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' width="10" height="10" {attributes}>{body}{RECT}</svg>'
    ).encode()


def removed(data: bytes) -> tuple[str, ...]:
    return read_svg(data, check_embedded=lambda _: None).removed


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE svg [<!ENTITY % remote SYSTEM "http://127.0.0.1:1/x.dtd">%remote;]>',
        '<!DOCTYPE svg SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE svg PUBLIC "-//EVIL//DTD//EN" "http://127.0.0.1:1/x.dtd">',
    ],
)
def test_own_document_types_and_entities_are_refused_with_the_reason(before: str) -> None:
    with pytest.raises(InvalidInput, match="DTD"):
        facts_of(svg("", before=before))


def test_the_plain_document_type_of_old_drawing_programs_is_taken() -> None:
    before = (
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
        ' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    assert facts_of(svg("", before=before)).dominant_colours == ("#123456",)


@pytest.mark.parametrize(
    ("body", "attributes", "gone", "named"),
    [
        ("<script>alert(1)</script>", "", b"alert", "<script>"),
        ('<g><script href="http://x/y.js"/></g>', "", b"y.js", "<script>"),
        (
            "<foreignObject><div xmlns='http://www.w3.org/1999/xhtml'>hi</div></foreignObject>",
            "",
            b"hi",
            "<foreignObject>",
        ),
        ("", 'onload="steal()"', b"steal", "onload"),
        ('<g onclick="steal()"/>', "", b"steal", "onclick"),
        ('<a href="javascript:steal()"><path d="M0 0"/></a>', "", b"steal", "href of <a>"),
        ('<a xlink:href="https://x.example/"><path d="M0 0"/></a>', "", b"x.example", "href of <a>"),
        ('<a><set attributeName="href" to="javascript:steal()"/></a>', "", b"steal", "<set>"),
        ('<path d="M0 0" fill="url(http://x.example/p#q)"/>', "", b"x.example", "outside reference in fill"),
        ('<path d="M0 0" style="fill:url( \'//x.example/p\')"/>', "", b"x.example", "outside reference in style"),
        ("<style>@import url(http://x.example/a.css);</style>", "", b"x.example", "outside reference in a style sheet"),
    ],
)
def test_what_runs_or_loads_is_taken_out_and_named(body: str, attributes: str, gone: bytes, named: str) -> None:
    data = svg(body, attributes=attributes)

    clean = replacement_of(data)

    assert gone not in clean
    assert named in removed(data)
    assert facts_of(clean).dominant_colours == ("#123456",)
    assert look(clean).replacement is None


@pytest.mark.parametrize(
    "body",
    [
        '<image href="http://127.0.0.1:1/x.png" width="5" height="5"/>',
        '<image xlink:href="secret.png" width="5" height="5"/>',
        '<image href="file:///etc/hostname" width="5" height="5"/>',
        '<use href="other.svg#a"/>',
        '<use href="data:image/svg+xml,%3Csvg/%3E#a"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zy8+" width="5" height="5"/>',
        '<filter id="f"><feImage href="../x.png"/></filter>',
    ],
)
def test_pictures_from_outside_are_refused_naming_them(body: str) -> None:
    with pytest.raises(UnsupportedMedia, match="loads"):
        facts_of(svg(body))


def test_nothing_beside_the_file_is_ever_read(tmp_path: Path) -> None:
    picture = tmp_path / "beside.png"
    picture.write_bytes(pictures.encoded(pictures.scene(), "png"))

    with pytest.raises(UnsupportedMedia):
        thumbnail_of(svg(f'<image href="{picture}" width="10" height="10"/>'), size=100)


def test_an_embedded_picture_is_drawn() -> None:
    embedded = base64.b64encode(pictures.encoded(pictures.noise(4, 4) // 255, "png")).decode()

    data = svg(f'<image href="data:image/png;base64,{embedded}" width="10" height="10"/>')

    assert look(data).replacement is None
    assert facts_of(data).width == 10


def test_an_embedded_picture_is_held_to_the_pixel_limit() -> None:
    embedded = base64.b64encode(pictures.huge_png()).decode()

    with pytest.raises(TooLarge, match="30000"):
        facts_of(svg(f'<image href="data:image/png;base64,{embedded}" width="10" height="10"/>'))


def test_an_embedded_picture_that_is_none_is_refused() -> None:
    with pytest.raises(UnsupportedMedia):
        facts_of(svg('<image href="data:image/png;base64,aGVsbG8=" width="10" height="10"/>'))


@pytest.mark.parametrize(
    "last",
    ['<use href="#g{0}"/><use href="#g{0}"/>' * 5, '<rect width="9" height="9" mask="url(#g{0})"/>' * 10],
)
def test_references_that_unfold_without_end_are_refused(last: str) -> None:
    groups = f'<g id="g0">{RECT}</g>' + "".join(f'<g id="g{n + 1}">{last.format(n)}</g>' for n in range(12))

    with pytest.raises(TooLarge, match="unfolds"):
        facts_of(svg(f"<defs>{groups}</defs><use href='#g12'/>"))


@pytest.mark.parametrize(
    "body",
    [
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<g id="a"><use href="#a"/></g>',
        '<pattern id="a" width="1" height="1"><rect width="1" height="1" fill="url(#a)"/></pattern>',
    ],
)
def test_a_drawing_that_is_made_of_itself_is_refused(body: str) -> None:
    with pytest.raises(InvalidInput, match="made of itself"):
        facts_of(svg(body))


def test_a_link_to_what_it_stands_in_is_no_circle() -> None:
    assert facts_of(svg('<g id="top"><a href="#top"><path d="M0 0"/></a></g>')).width == 10


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(InvalidInput, match="100 deep"):
        facts_of(svg("<g>" * 50_000 + "</g>" * 50_000))


@pytest.mark.parametrize("share", [0.3, 0.7, 0.98])
def test_truncated_svg_is_refused_naming_the_line(share: float) -> None:
    data = svg(RECT * 20)

    with pytest.raises(InvalidInput, match="line 1"):
        facts_of(data[: int(len(data) * share)])


def test_other_xml_is_refused_naming_its_root() -> None:
    with pytest.raises(UnsupportedMedia, match="<html>"):
        look(b"<html><body>hello</body></html>")


def test_other_xml_behind_a_long_comment_is_refused_naming_its_root() -> None:
    with pytest.raises(UnsupportedMedia, match="<page>"):
        look(b"<!--" + b" svg " * 20_000 + b"--><page/>")


def test_a_drawing_in_utf16_is_read_and_kept_as_utf8() -> None:
    text = svg("<title>Größe</title>", before='<?xml version="1.0" encoding="utf-16"?>').decode()

    clean = replacement_of(text.encode("utf-16"))

    assert "Größe" in clean.decode("utf-8")
    assert facts_of(clean).width == 10


def test_a_drawing_without_its_namespace_is_given_it() -> None:
    data = f'<svg width="10" height="10">{RECT}</svg>'.encode()

    assert removed(data) == ("missing namespace",)
    assert facts_of(replacement_of(data)).dominant_colours == ("#123456",)


def test_a_drawing_with_a_prefix_on_every_name_is_rewritten_without() -> None:
    data = b'<s:svg xmlns:s="http://www.w3.org/2000/svg" width="10" height="10"><s:path d="M0 0h9v9z"/></s:svg>'

    clean = replacement_of(data)

    assert removed(data) == ("unusual start",)
    assert clean.startswith(b"<svg ")
    assert facts_of(clean) == facts_of(data)

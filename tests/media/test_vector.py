import base64
import importlib.util
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.media.vector import rasterise, rasterise_ink, svg_size

SVG = 'xmlns="http://www.w3.org/2000/svg"'


def test_rasterise_gives_straight_rgba_of_the_size_asked_for() -> None:
    svg = f'<svg {SVG} width="40" height="20"><rect width="20" height="20" fill="#ff8000" fill-opacity="0.5"/></svg>'
    pixels = rasterise(svg, width=80, height=40)
    assert pixels.shape == (40, 80, 4)
    assert pixels.dtype == np.uint8
    assert pixels[20, 20, :3] == pytest.approx([255, 128, 0], abs=1)
    assert pixels[20, 20, 3] == pytest.approx(128, abs=1)
    assert pixels[20, 60, 3] == 0


@pytest.mark.parametrize("size", [(271, 151), (270, 150), (541, 301), (135, 75)])
def test_rasterise_fills_an_odd_size_whose_aspect_is_rounded(size: tuple[int, int]) -> None:
    svg = f'<svg {SVG} width="541" height="301"><rect width="541" height="301" fill="#123456"/></svg>'
    pixels = rasterise(svg, width=size[0], height=size[1])
    assert pixels.shape == (size[1], size[0], 4)
    assert pixels[..., 3].min() > 100


def test_rasterise_at_another_aspect_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="unstretched"):
        rasterise(f'<svg {SVG} width="40" height="20"/>', width=40, height=40)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('width="30" height="40"', (30, 40)),
        ('width="1in" height="72pt"', (96, 96)),
        ('viewBox="0 0 30 40"', (30, 40)),
        ('viewBox="0,0,30,40" width="60"', (60, 80)),
        ('viewBox="0 0 30 40" height="20"', (15, 20)),
        ('viewBox="0 0 30 40" width="100%" height="100%"', (30, 40)),
        ("", (100, 100)),
    ],
)
def test_svg_size_follows_the_root_element(attributes: str, expected: tuple[float, float]) -> None:
    assert svg_size(f"<svg {SVG} {attributes}/>") == pytest.approx(expected)


@pytest.mark.parametrize("svg", ["", "nope", "<html/>", f'<svg {SVG} width="3"><rect></svg>'])
def test_what_is_not_svg_is_refused(svg: str) -> None:
    with pytest.raises(UnsupportedMedia):
        svg_size(svg)


@pytest.mark.parametrize("size", ["0", "-3", "wide"])
def test_a_size_that_is_no_length_is_refused(size: str) -> None:
    with pytest.raises(InvalidInput):
        svg_size(f'<svg {SVG} width="{size}" height="10"/>')


def test_rasterise_past_the_pixel_limit_is_refused() -> None:
    with pytest.raises(TooLarge, match="100 megapixels"):
        rasterise(f'<svg {SVG} width="10" height="10"/>', width=20_000, height=20_000)


def _white_picture(folder: Path) -> Path:
    path = folder / "secret.png"
    path.write_bytes(_png())
    return path


def _png() -> bytes:
    return cv2.imencode(".png", np.full((8, 8, 3), 255, np.uint8))[1].tobytes()


OUTSIDE = {
    "href": '<image href="{path}" width="8" height="8"/>',
    "xlink": '<image xlink:href="{path}" width="8" height="8"/>',
    "single quotes": "<image href='{path}' width='8' height='8'/>",
    "filter": '<filter id="f"><feImage href="{path}"/></filter><rect width="8" height="8" filter="url(#f)"/>',
    "address": '<image href="http://127.0.0.1:9/x.png" width="8" height="8"/>',
    "use": '<use href="{path}#x"/>',
    "character reference": '<image href="&#47;{path}" width="8" height="8"/>',
}


@pytest.mark.parametrize("way", list(OUTSIDE))
def test_an_svg_that_refers_outside_itself_is_refused_unread(way: str, tmp_path: Path) -> None:
    body = OUTSIDE[way].format(path=_white_picture(tmp_path))
    svg = f'<svg {SVG} xmlns:xlink="http://www.w3.org/1999/xlink" width="8" height="8">{body}</svg>'
    with pytest.raises(UnsupportedMedia, match="outside it and is never loaded"):
        rasterise(svg, width=8, height=8)


def test_a_path_hidden_in_an_entity_is_refused_unread(tmp_path: Path) -> None:
    path = _white_picture(tmp_path)
    svg = (
        f'<!DOCTYPE svg [<!ENTITY hidden "{path}">]>'
        f'<svg {SVG} width="8" height="8"><image href="&hidden;" width="8" height="8"/></svg>'
    )
    with pytest.raises(UnsupportedMedia, match="outside it"):
        rasterise(svg, width=8, height=8)


def test_a_whole_element_hidden_in_an_entity_is_refused_unread(tmp_path: Path) -> None:
    path = _white_picture(tmp_path)
    svg = (
        f'<!DOCTYPE svg [<!ENTITY hidden \'<image href="{path}" width="8" height="8"/>\'>]>'
        f'<svg {SVG} width="8" height="8">&hidden;</svg>'
    )
    with pytest.raises(UnsupportedMedia, match="outside it"):
        rasterise(svg, width=8, height=8)


def test_an_svg_inside_an_svg_loads_nothing_from_outside(tmp_path: Path) -> None:
    inner = f'<svg {SVG} width="8" height="8"><image href="{_white_picture(tmp_path)}" width="8" height="8"/></svg>'
    uri = "data:image/svg+xml;base64," + base64.b64encode(inner.encode()).decode()
    svg = f'<svg {SVG} width="8" height="8"><image href="{uri}" width="8" height="8"/></svg>'
    assert rasterise(svg, width=8, height=8).max() == 0


def test_an_embedded_picture_and_links_inside_the_document_are_drawn() -> None:
    uri = "data:image/png;base64," + base64.b64encode(_png()).decode()
    svg = (
        f'<svg {SVG} width="16" height="8"><defs><rect id="r" width="8" height="8" fill="#00ff00"/></defs>'
        f'<image href="{uri}" width="8" height="8"/><use href="#r" x="8"/></svg>'
    )
    pixels = rasterise(svg, width=16, height=8)
    assert pixels[4, 4].tolist() == [255, 255, 255, 255]
    assert pixels[4, 12].tolist() == [0, 255, 0, 255]


def test_a_web_link_around_a_shape_is_harmless() -> None:
    svg = f'<svg {SVG} width="8" height="8"><a href="https://example.com/"><rect width="8" height="8"/></a></svg>'
    assert rasterise(svg, width=8, height=8)[4, 4].tolist() == [0, 0, 0, 255]


def test_exploding_entities_are_refused() -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
    svg = f'<!DOCTYPE svg [<!ENTITY e0 "aaaaaaaaaa">{lines}]><svg {SVG} width="8" height="8"><text>&e11;</text></svg>'
    with pytest.raises(UnsupportedMedia):
        rasterise(svg, width=8, height=8)


def test_ink_alone_is_the_same_pixels_without_the_empty_margins() -> None:
    svg = (
        f'<svg {SVG} width="400" height="300"><filter id="b"><feGaussianBlur stdDeviation="3"/></filter>'
        '<circle cx="300" cy="100" r="20" fill="#a03060" filter="url(#b)"/>'
        '<path d="M250.3 151.7h90" stroke="#fff" stroke-width="0.4" stroke-opacity="0.3"/></svg>'
    )
    whole = rasterise(svg, width=400, height=300)
    drawing = rasterise_ink(svg, width=400, height=300)
    height, width = drawing.rgba.shape[:2]
    pasted = np.zeros_like(whole)
    pasted[drawing.y : drawing.y + height, drawing.x : drawing.x + width] = drawing.rgba
    assert np.array_equal(pasted, whole)
    assert width * height < 400 * 300 / 4


def test_a_drawing_without_ink_is_one_empty_pixel() -> None:
    assert rasterise_ink(f'<svg {SVG} width="400" height="300"/>', width=400, height=300).rgba.tolist() == [[[0] * 4]]


def test_threads_draw_the_same_with_fonts_of_their_own() -> None:
    svg = f'<svg {SVG} width="40" height="40"><text y="36" font-size="40" font-family="Manrope">A</text></svg>'
    package = importlib.util.find_spec("font_manrope")
    assert package is not None
    assert package.origin is not None
    fonts = [Path(package.origin).parent / "files" / "Manrope-Bold.ttf"]
    here = rasterise(svg, width=40, height=40, font_files=fonts)
    with ThreadPoolExecutor(2) as threads:
        drawing = [threads.submit(rasterise, svg, width=40, height=40, font_files=fonts) for _ in range(4)]
        there = [future.result() for future in drawing]
    assert here[..., 3].max() == 255
    assert all(np.array_equal(here, pixels) for pixels in there)
    assert rasterise(svg, width=40, height=40).max() == 0


def test_a_document_of_another_namespace_is_refused() -> None:
    with pytest.raises(UnsupportedMedia):
        rasterise('<svg xmlns="urn:other" width="8" height="8"><rect/></svg>', width=8, height=8)


def test_references_that_multiply_are_refused() -> None:
    def uses(number: int) -> str:
        return f'<use href="#a{number - 1}"/>' * 10

    groups = "".join(f'<g id="a{n}">{uses(n)}</g>' for n in range(1, 9))
    svg = f'<svg {SVG} width="8" height="8"><defs><path id="a0" d="M0 0h1v1"/>{groups}</defs><use href="#a8"/></svg>'
    with pytest.raises(UnsupportedMedia):
        rasterise(svg, width=8, height=8)


def test_elements_nested_past_the_limit_are_refused() -> None:
    svg = f'<svg {SVG} width="8" height="8">{"<g>" * 20_000}{"</g>" * 20_000}</svg>'
    with pytest.raises(UnsupportedMedia, match="256 deep"):
        rasterise(svg, width=8, height=8)

import base64
from pathlib import Path

import cv2
import numpy as np
import pytest

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.media.vector import rasterise, svg_size

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
    with pytest.raises(ValueError, match="draws as"):
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

from typing import Any, cast

import cv2
import numpy as np
import pytest
import pyvips
from numpy.typing import NDArray

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.media.pictures import Cut, cut_picture, decode_picture, picture_format, picture_size
from gauntlet.render.typography.fonts import font_files

Pixels = NDArray[np.uint8]


def _gradient(width: int, height: int) -> Pixels:
    x = np.linspace(0, 255, width)[None, :, None]
    y = np.linspace(0, 255, height)[:, None, None]
    ones = np.ones((height, width, 1))
    return np.concatenate([x * ones, y * ones, 128 * ones], axis=2).astype(np.uint8)


def _encoded(pixels: NDArray[Any], suffix: str, **options: object) -> bytes:
    image = cast(Any, pyvips.Image.new_from_array(pixels))
    if pixels.dtype == np.uint16:
        image = image.copy(interpretation="rgb16")
    return cast(bytes, image.write_to_buffer(suffix, **options))


@pytest.mark.parametrize(("suffix", "name"), [(".jpg", "jpg"), (".png", "png"), (".webp", "webp"), (".gif", "gif")])
def test_each_raster_type_decodes_to_upright_rgba(suffix: str, name: str) -> None:
    data = _encoded(_gradient(60, 40), suffix)
    picture = decode_picture(data)
    assert picture_format(data) == name
    assert picture_size(data) == (60, 40) == (picture.width, picture.height)
    assert picture.rgba.dtype == np.uint8
    assert not picture.has_alpha
    assert picture.rgba[20, 30, :3].astype(int) == pytest.approx([129, 130, 128], abs=14)
    assert picture.rgba[..., 3].min() == 255


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_turns_the_picture_upright(orientation: int) -> None:
    upright = np.zeros((40, 60, 3), np.uint8)
    upright[:20, :30] = [255, 0, 0]
    upright[:20, 30:] = [0, 255, 0]
    image = cast(Any, pyvips.Image.new_from_array(upright))
    stored = {
        1: lambda: image,
        2: lambda: image.fliphor(),
        3: lambda: image.rot180(),
        4: lambda: image.flipver(),
        5: lambda: image.rot90().fliphor(),
        6: lambda: image.rot270(),
        7: lambda: image.rot270().fliphor(),
        8: lambda: image.rot90(),
    }[orientation]().copy()
    stored.set_type(cast(Any, pyvips).GValue.gint_type, "orientation", orientation)
    data = cast(bytes, stored.write_to_buffer(".jpg", Q=95))
    picture = decode_picture(data)
    assert (picture.width, picture.height) == picture_size(data) == (60, 40)
    assert picture.rgba[8, 8, :3].astype(int) == pytest.approx([254, 0, 0], abs=6)
    assert picture.rgba[8, 50, :3].astype(int) == pytest.approx([0, 255, 0], abs=6)
    assert picture.rgba[32, 50, :3].max() < 8


def test_transparency_is_kept_straight() -> None:
    pixels = np.zeros((10, 10, 4), np.uint8)
    pixels[:, :5] = [200, 100, 50, 128]
    picture = decode_picture(_encoded(pixels, ".png"))
    assert picture.has_alpha
    assert picture.rgba[5, 2].tolist() == [200, 100, 50, 128]


def test_an_alpha_channel_that_is_full_counts_as_opaque() -> None:
    pixels = np.full((10, 10, 4), 255, np.uint8)
    assert not decode_picture(_encoded(pixels, ".png")).has_alpha


def test_gray_and_sixteen_bit_become_eight_bit_srgb() -> None:
    gray = decode_picture(_encoded(np.full((8, 8), 100, np.uint8), ".png"))
    deep = decode_picture(_encoded(np.full((8, 8, 3), [65535, 32896, 0], np.uint16), ".png"))
    assert gray.rgba[4, 4].tolist() == [100, 100, 100, 255]
    assert deep.rgba[4, 4].tolist() == [255, 128, 0, 255]


def test_cmyk_becomes_srgb() -> None:
    image = cast(Any, pyvips.Image.new_from_array(_gradient(16, 16)))
    cyan = image.new_from_image([255, 0, 0, 0]).cast("uchar").copy(interpretation="cmyk")
    red, green, blue = decode_picture(cast(bytes, cyan.write_to_buffer(".jpg"))).rgba[8, 8, :3].tolist()
    assert blue > 180
    assert green > 120
    assert red < 120


def test_a_profile_wider_than_srgb_is_converted() -> None:
    red = np.full((16, 16, 3), [200, 60, 60], np.uint8)
    plain = decode_picture(_encoded(red, ".png"))
    image = cast(Any, pyvips.Image.new_from_array(red)).copy(interpretation="srgb")
    wide = cast(bytes, image.icc_transform("p3", input_profile="srgb").write_to_buffer(".png"))
    raw = cv2.imdecode(np.frombuffer(wide, np.uint8), cv2.IMREAD_COLOR)
    assert raw is not None
    assert int(raw[8, 8, 2]) < 195  # in Display P3 the same red has a smaller number
    assert decode_picture(wide).rgba[8, 8].astype(int) == pytest.approx(plain.rgba[8, 8].astype(int), abs=2)


def test_a_gif_gives_its_first_frame() -> None:
    first, second = np.full((8, 8, 3), 250, np.uint8), np.full((8, 8, 3), 5, np.uint8)
    both = cast(Any, pyvips.Image.new_from_array(np.concatenate([first, second]))).copy()
    both.set_type(cast(Any, pyvips).GValue.gint_type, "page-height", 8)
    data = cast(bytes, both.write_to_buffer(".gif"))
    assert picture_size(data) == (8, 8)
    assert decode_picture(data).rgba[..., :3].min() > 240


def test_an_svg_is_drawn_large_in_its_own_aspect() -> None:
    data = b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><path fill="red" d="M0 0h20v10H0"/></svg>'
    picture = decode_picture(data)
    assert picture_format(data) == "svg"
    assert (picture.width, picture.height) == picture_size(data) == (2048, 1024)
    assert picture.rgba[500, 500].tolist() == [255, 0, 0, 255]


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.4 nothing", b"\x89PNG\r\n\x1a\nbroken", b"<html></html>"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    for look in (decode_picture, picture_size, picture_format):
        with pytest.raises(UnsupportedMedia) as refused:
            look(data)
        assert refused.value.next_step


def test_a_type_that_is_not_taken_is_refused() -> None:
    with pytest.raises(UnsupportedMedia):
        decode_picture(b"P6 2 2 255\n" + bytes(12))
    with pytest.raises(UnsupportedMedia):
        decode_picture(_encoded(_gradient(8, 8), ".tif"))


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp"])
def test_a_truncated_picture_is_refused(suffix: str) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3), np.uint8)
    data = _encoded(noise, suffix)
    with pytest.raises(InvalidInput):
        decode_picture(data[: len(data) // 2])


def test_a_huge_header_is_refused_before_decoding() -> None:
    image = cast(Any, pyvips.Image).black(30_000, 30_000)
    data = cast(bytes, image.write_to_buffer(".png", bitdepth=1))
    for look in (decode_picture, picture_size):
        with pytest.raises(TooLarge, match="30000 × 30000 pixels, 900 megapixels; the limit is 100 megapixels"):
            look(data)


def test_a_cut_shows_exactly_its_part_of_the_picture() -> None:
    pixels = np.zeros((100, 200, 3), np.uint8)
    pixels[20:60, 50:150] = [255, 255, 0]
    cut = cut_picture(_encoded(pixels, ".png"), Cut(50, 20, 100, 40, 50, 20))
    assert cut.rgba.shape == (20, 50, 4)
    assert cut.rgba[2:-2, 2:-2, 0].min() > 250
    wider = cut_picture(_encoded(pixels, ".png"), Cut(30, 0, 140, 80, 70, 40))
    assert wider.rgba[20, 5, 0] == 0
    assert wider.rgba[20, 35, 0] == 255


def test_a_cut_of_a_cut_out_has_no_dark_fringe() -> None:
    pixels = np.zeros((80, 80, 4), np.uint8)
    pixels[20:60, 20:60] = [250, 250, 250, 255]
    cut = cut_picture(_encoded(pixels, ".png"), Cut(0, 0, 80, 80, 33, 33))
    seen = cut.rgba[cut.rgba[..., 3] > 16]
    assert cut.has_alpha
    assert seen[:, :3].min() >= 245


def test_a_cut_reaching_past_the_edge_by_rounding_repeats_it() -> None:
    pixels = np.full((33, 33, 3), 77, np.uint8)
    cut = cut_picture(_encoded(pixels, ".png"), Cut(0.4, 0.4, 33, 33, 20, 20))
    assert np.ptp(cut.rgba[..., :3]) == 0


def test_a_cut_of_an_svg_is_drawn_sharp_at_the_size_asked_for() -> None:
    data = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">'
        b'<rect x="32" width="32" height="64" fill="#fff"/></svg>'
    )
    width, height = picture_size(data)
    cut = cut_picture(data, Cut(0, 0, width, height, 4096, 4096))
    row = cut.rgba[2048, :, 3].astype(int)
    assert row[2040] <= 2
    assert row[2056] >= 253


def test_text_of_an_svg_is_drawn_with_the_fonts_that_are_handed_in() -> None:
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100">'
        b'<text x="10" y="70" font-family="Manrope" font-size="60">kvelda</text></svg>'
    )
    width, height = picture_size(svg)
    whole = Cut(0, 0, width, height, 400, 100)
    assert not cut_picture(svg, whole).rgba[..., 3].any()
    assert cut_picture(svg, whole, font_files=font_files()).rgba[..., 3].any()

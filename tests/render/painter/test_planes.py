import numpy as np
import pytest

from gauntlet.render.painter.planes import Yuv, from_rgba, to_rgb


def _flat(red: int, green: int, blue: int, alpha: int = 255) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((16, 16, 4), [red, green, blue, alpha], np.uint8)


@pytest.mark.parametrize(
    ("rgb", "yuv"),
    [
        # ITU-R BT.709-6, table 3, computed by hand for limited range.
        ((0, 0, 0), (16, 128, 128)),
        ((255, 255, 255), (235, 128, 128)),
        ((255, 0, 0), (63, 102, 240)),
        ((0, 255, 0), (173, 42, 26)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_primaries_have_their_bt709_codes(rgb: tuple[int, int, int], yuv: tuple[int, int, int]) -> None:
    colour = from_rgba(_flat(*rgb)).colour
    assert [int(plane[4, 4]) for plane in colour.planes] == pytest.approx(yuv, abs=1)


def test_colours_come_back_within_2_levels() -> None:
    steps = range(0, 256, 15)
    worst = 0
    for red in steps:
        for green in steps:
            for blue in (0, 60, 128, 200, 255):
                back = to_rgb(from_rgba(_flat(red, green, blue)).colour)[8, 8].astype(int)
                worst = max(worst, int(np.abs(back - [red, green, blue]).max()))
    assert worst <= 2


def test_chroma_lies_level_with_even_columns_and_between_rows() -> None:
    rgba = np.full((8, 16, 4), 255, np.uint8)
    rgba[:, :8, 1:3] = 0  # red left of column 8, white from it on
    v = from_rgba(rgba).colour.v.astype(int)
    red, white = int(v[1, 0]), int(v[1, 7])
    assert v[1, 4] == pytest.approx(white + (red - white) / 4, abs=1)  # column 8: 1-2-1 takes a quarter of column 7
    assert v[1, 3] == red
    rows = np.full((8, 16, 4), 255, np.uint8)
    rows[:3, :, 1:3] = 0
    v = from_rgba(rows).colour.v.astype(int)
    assert v[1, 4] == pytest.approx((red + white) / 2, abs=1)


def test_opaque_pixels_carry_no_masks_and_transparent_ones_are_premultiplied() -> None:
    assert from_rgba(_flat(10, 20, 30)).through is None
    half = from_rgba(_flat(255, 255, 255, 128))
    assert half.through is not None
    assert half.through_chroma is not None
    assert int(half.through[4, 4]) == int(half.through_chroma[2, 2]) == 127
    assert int(half.colour.y[4, 4]) == pytest.approx(235 * 128 / 255, abs=1)
    assert int(half.colour.u[2, 2]) == pytest.approx(128 * 128 / 255, abs=1)


def test_to_rgb_of_limited_range_extremes_is_black_and_white() -> None:
    half = np.full((4, 4), 128, np.uint8)
    assert to_rgb(Yuv(np.full((8, 8), 16, np.uint8), half, half)).max() == 0
    assert to_rgb(Yuv(np.full((8, 8), 235, np.uint8), half, half)).min() == 255

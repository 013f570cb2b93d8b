import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from gauntlet.render.painter.sampling import EARLY_MAX, Axis, margin_for, sample


def _source(size: int = 400) -> NDArray[np.uint8]:
    noise = np.random.default_rng(3).integers(0, 255, (size, size), np.uint8)
    soft = cv2.GaussianBlur(noise.astype(np.float32), (0, 0), 2)
    return ((soft - soft.min()) / np.ptp(soft) * 255).astype(np.uint8)


def _expected(source: NDArray[np.uint8], across: Axis, down: Axis, size: tuple[int, int]) -> NDArray[np.float64]:
    x = np.arange(size[0]) * across.step + across.start
    y = np.arange(size[1]) * down.step + down.start
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    part_x, part_y = x - left, (y - top)[:, None]
    pixels = source.astype(np.float64)
    beside = pixels[:, left] * (1 - part_x) + pixels[:, left + 1] * part_x
    return beside[top] * (1 - part_y) + beside[top + 1] * part_y


@pytest.mark.parametrize("step", [1.0, 1.05, 1.07, 1.1, 1.125, 1.2, 1.4, 0.9, 0.7])
@pytest.mark.parametrize("start", [60.0, 60.25, 71.37, 83.99])
def test_samples_are_bilinear_to_a_twentieth_of_a_pixel(step: float, start: float) -> None:
    source = _source()
    across, down = Axis(step, start), Axis(step, start + 3.3)
    out = np.zeros((120, 150), np.uint8)
    sample(source, across, down, out, border=None)
    expected = _expected(source, across, down, (150, 120))
    slope = max(float(np.abs(np.diff(source.astype(float), axis=axis)).max()) for axis in (0, 1))
    assert np.abs(out - expected).max() <= 2 * slope / 20 + 1


def test_a_slow_zoom_advances_evenly_from_frame_to_frame() -> None:
    # A ramp shows positions as levels: each pixel's place can be read off its value.
    ramp = np.broadcast_to((np.arange(600) / 600 * 255).astype(np.uint8), (600, 600)).copy()
    fine = cv2.GaussianBlur(ramp, (0, 0), 6).astype(np.uint8)
    out = np.zeros((300, 300), np.uint8)
    means: list[float] = []
    for frame in range(60):
        step = 1.05 + frame * 0.0004
        axis = Axis(step, 120 - 0.11 * frame)
        sample(fine, axis, axis, out, border=None)
        means.append(float(out.mean()) - step * 150 * 255 / 600 - axis.start * 255 / 600)
    wobble_px = np.ptp(np.diff(means)) / (255 / 600)
    assert wobble_px < 0.1


def test_whole_pixel_samples_are_copies() -> None:
    source = _source()
    out = np.zeros((50, 60), np.uint8)
    sample(source, Axis(1.0, 20.0), Axis(1.0, 7.0), out, border=None)
    assert np.array_equal(out, source[7:57, 20:80])


def test_past_the_edge_lies_the_border_or_the_edge_repeated() -> None:
    source = np.full((20, 20), 200, np.uint8)
    out = np.zeros((40, 40), np.uint8)
    sample(source, Axis(1.1, -10.0), Axis(1.1, -10.0), out, border=None)
    assert out.min() == 200
    sample(source, Axis(1.1, -10.0), Axis(1.1, -10.0), out, border=7)
    assert out[0, 0] == 7
    assert out[20, 20] == 200


def test_margins_suffice_for_the_earliest_start() -> None:
    for step in (1.05, 1.3, 1.575):
        assert margin_for(step) >= EARLY_MAX * step + 1
        assert margin_for(step) % 2 == 0

import math
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray
from pydantic import ValidationError

from gauntlet.media.svg_safety import read_svg
from gauntlet.media.vector import rasterise
from gauntlet.media.waveforms import Waveform, waveform_svg

SPEECH = tuple(abs(math.sin(index / 12)) * (0.4 + 0.6 * abs(math.sin(index / 150))) for index in range(1_000))


def drawn(peaks: tuple[float, ...], *, width: int = 800, height: int = 120) -> NDArray[np.uint8]:
    """Return how opaque each pixel of the drawing is."""
    svg = waveform_svg(Waveform(duration_s=9.0, peaks=peaks), width=width, height=height)
    return rasterise(svg, width=width, height=height)[..., 3]


def heights(ink: NDArray[np.uint8]) -> NDArray[np.intp]:
    """Return how many pixels are inked in each column that has any."""
    columns = (ink > 128).sum(axis=0)
    return columns[columns > 0]


def test_the_drawing_fills_its_width_and_height_within_a_margin():
    ink = drawn(SPEECH) > 0
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    assert 3 <= rows[0] <= 6
    assert 113 <= rows[-1] <= 116
    assert 3 <= columns[0] <= 8
    assert 791 <= columns[-1] <= 796


def test_bars_are_mirrored_about_the_middle():
    ink = drawn(SPEECH).astype(int)
    assert np.abs(ink - ink[::-1]).max() <= 24  # of 255: a line's edge falls between pixels


def test_louder_is_taller():
    columns = heights(drawn(tuple(index / 999 for index in range(1_000))))
    assert columns[5] < columns[len(columns) // 2] < columns[-5]


def test_silence_is_a_line_of_dots():
    columns = heights(drawn((0.0,) * 100))
    assert len(columns) > 200
    assert columns.max() <= 3


def test_a_quiet_sound_has_a_shape_and_mere_noise_stays_small():
    assert heights(drawn(tuple(0.15 * peak for peak in SPEECH))).max() > 100
    assert heights(drawn(tuple(0.01 * peak for peak in SPEECH))).max() < 20


@pytest.mark.parametrize("count", [1, 2, 7, 131, 1_000])
@pytest.mark.parametrize(("width", "height"), [(800, 120), (320, 48), (30, 8), (1, 1)])
def test_any_count_of_peaks_is_drawn_at_any_size(count: int, width: int, height: int):
    assert drawn(SPEECH[:count], width=width, height=height).shape == (height, width)


def test_few_peaks_are_drawn_without_steps():
    columns = heights(drawn((0.2, 1.0, 0.2)))
    assert np.abs(np.diff(columns)).max() <= 12


def test_the_drawing_is_plain_and_safe_as_it_is():
    svg = waveform_svg(Waveform(duration_s=9.0, peaks=SPEECH))
    root = ElementTree.fromstring(svg)
    assert [element.tag.rpartition("}")[2] for element in root.iter()] == ["svg", "path"]
    assert read_svg(svg.encode(), check_embedded=lambda _: None).removed == ()
    assert "currentColor" not in svg
    assert len(svg) < 4_000


def test_the_same_sound_is_always_drawn_the_same():
    waveform = Waveform(duration_s=9.0, peaks=SPEECH)
    assert waveform_svg(waveform) == waveform_svg(waveform)


@pytest.mark.parametrize("peaks", [(), (1.1,), (-0.1,), (math.nan,), (0.5,) * 1_001])
def test_peaks_that_are_none_are_refused(peaks: tuple[float, ...]):
    with pytest.raises(ValidationError):
        Waveform(duration_s=1.0, peaks=peaks)


def test_a_waveform_keeps_its_numbers_as_data():
    waveform = Waveform(duration_s=9.0, peaks=(0.0, 0.5, 1.0))
    assert Waveform.model_validate_json(waveform.model_dump_json()) == waveform
    assert set(waveform.model_dump()) == {"durationS", "peaks"}

"""A sound as something to look at: its peaks as data, and drawn."""

from typing import Annotated, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from gauntlet.core.schema import Schema

PEAKS_MAX: Final = 1_000
SVG_WIDTH_PX: Final = 800
SVG_HEIGHT_PX: Final = 120

_INK: Final = "#64748B"
"""A slate that holds 4.5:1 on white and 3:1 on near-black: it is drawn into pages of either kind."""
_BAR_PX: Final = 3.0
_PITCH_PX: Final = 6.0
_MARGIN_PX: Final = 4.0
_QUIETEST_FULL: Final = 0.1
"""Peaks are drawn relative to the loudest, so that a quiet voice has a shape; below this they stay small."""


class Waveform(Schema):
    """The greatest |sample| of each of equal stretches of a sound, 0 to 1, all channels together.

    Of long sounds each stretch is heard only in part, so that a single click may be missing.
    """

    duration_s: float = Field(gt=0, allow_inf_nan=False)
    peaks: tuple[Annotated[float, Field(ge=0, le=1)], ...] = Field(min_length=1, max_length=PEAKS_MAX)


def waveform_svg(waveform: Waveform, *, width: int = SVG_WIDTH_PX, height: int = SVG_HEIGHT_PX) -> str:
    """Return the sound drawn as upright bars with round ends, mirrored about the middle, on no ground.

    Silence is a line of dots. The document is one path: no script, no style, no reference, no text to be set.
    """
    bars = max(1, int((width - 2 * _MARGIN_PX + _PITCH_PX - _BAR_PX) // _PITCH_PX))
    left = (width - (bars - 1) * _PITCH_PX) / 2
    reach = max(0.0, height / 2 - _MARGIN_PX - _BAR_PX / 2)
    path = "".join(
        f"M{_number(left + index * _PITCH_PX)} {_number(height / 2 - half)}v{_number(max(2 * half, 0.01))}"
        for index, half in enumerate(_levels(waveform.peaks, bars) * reach)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<path d="{path}" fill="none" stroke="{_INK}" stroke-width="{_number(_BAR_PX)}" stroke-linecap="round"/></svg>'
    )


def _levels(peaks: tuple[float, ...], bars: int) -> NDArray[np.float64]:
    """Return each bar's share of the height, 0 to 1.

    A bar is the quadratic mean of its peaks: the highest would make one block of anything mastered for loudness.
    """
    squares = np.square(np.asarray(peaks, dtype=np.float64))
    if len(squares) < bars:  # a short sound has fewer peaks than there is room for: no steps are made of them
        squares = np.interp(np.linspace(0, len(squares) - 1, bars), np.arange(len(squares)), squares)
    edges = np.linspace(0, len(squares), bars + 1)
    summed = np.concatenate(([0.0], np.cumsum(squares)))
    sums = np.diff(np.interp(edges, np.arange(len(squares) + 1), summed))
    levels = np.sqrt(np.maximum(sums, 0) / np.diff(edges))
    return levels / max(float(levels.max()), _QUIETEST_FULL)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")

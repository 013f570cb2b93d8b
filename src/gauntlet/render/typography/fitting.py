"""Fitting words into boxes: the largest size at which they stand well broken, whatever their length and language."""

import functools
import math
from dataclasses import dataclass
from typing import Final

from gauntlet.core.errors import GauntletError
from gauntlet.render.typography.breaking import Unit, balanced, characters, lines_needed, units
from gauntlet.render.typography.fonts import Catalogue
from gauntlet.render.typography.measuring import Line, TypeStyle, cap_height, set_line, settable, type_style

_STEP_PX: Final = 2

_RAGGED_BELOW: Final = 0.42
_WORTH_FEWER_LINES: Final = 0.68
"""With a line shorter than the first share of the widest, a line less is better where it keeps the second share of
the size."""

_DESCENT_EM: Final = 0.2
_TALL_SCRIPTS: Final = {"ar": 1.22, "fa": 1.22, "ur": 1.4, "he": 1.08, "hi": 1.22, "th": 1.25, "ja": 1.16, "zh": 1.16}
"""How much more leading than Latin a script takes, as factors."""

_NOT_BROKEN_ABOVE: Final = 1.6
"""A word is torn only when keeping it whole would need a size under `min_px`; torn type is set no larger than this
many times `min_px`."""


class TextDoesNotFit(GauntletError):
    """Words that no allowed size brings into their box."""

    code = "text_does_not_fit"
    status = 422


@dataclass(frozen=True, slots=True)
class FittedText:
    """Words as they stand in a box: pixels, y downwards from the block's top.

    `baselines` are the lines' baselines; `height` runs from the top of the first line's capitals (or higher ink) to the
    last line's descenders; `widths` are inked widths.
    """

    lines: tuple[Line, ...]
    font_px: float
    widths: tuple[float, ...]
    baselines: tuple[float, ...]
    height: float
    style: TypeStyle

    @property
    def width(self) -> float:
        """The widest line's ink."""
        return max(self.widths, default=0.0)

    @property
    def text(self) -> str:
        """The words, one line after the other."""
        return " ".join(line.text for line in self.lines).replace("\u00a0", " ")


def leading_for(language: str, leading: float) -> float:
    """Return a Latin leading (in ems) as the language's script needs it."""
    return leading * _TALL_SCRIPTS.get(language, 1.0)


def fit_text(
    text: str,
    *,
    family: str,
    weight: int,
    language: str,
    box_width: float,
    box_height: float,
    max_lines: int,
    max_px: float,
    min_px: float,
    leading: float,
    tracking: float = 0.0,
    fonts: Catalogue | None = None,
) -> FittedText:
    """Set `text` as large as `max_px`, the box and `max_lines` allow, its lines balanced.

    `leading` is the Latin line pitch in ems; scripts that stand taller get more. Words stay whole unless that would
    take them under `min_px`. Raises TextDoesNotFit when even then the box is too small, FontsUnavailable for a script
    that no font has.
    """
    style = type_style(family, weight=weight, language=language, tracking=tracking, fonts=fonts)
    return fit_styled(
        text,
        style,
        box=(box_width, box_height),
        max_lines=max_lines,
        sizes_px=(min_px, max_px),
        leading=leading_for(language, leading),
    )


@functools.lru_cache(maxsize=2_048)
def fit_styled(
    text: str,
    style: TypeStyle,
    *,
    box: tuple[float, float],
    max_lines: int,
    sizes_px: tuple[float, float],
    leading: float,
) -> FittedText:
    """Do as `fit_text`, for a style at hand; `box` is width and height, `sizes_px` least and greatest size, in px."""
    clean = settable(text, style)
    if not clean:
        return FittedText((), sizes_px[0], (), (), 0.0, style)
    min_px, max_px = sizes_px
    words = units(clean, style.language)
    torn = characters(clean)
    for pieces, top in ((words, max_px), (torn, min(max_px, min_px * _NOT_BROKEN_ABOVE))):
        fitted = _largest(pieces, style, box=box, max_lines=max_lines, sizes_px=(min_px, top), leading=leading)
        if fitted:
            return fitted
    raise TextDoesNotFit(
        f"the text {clean[:60]!r} ({len(clean)} characters) does not fit "
        f"{box[0]:.0f} × {box[1]:.0f} px at {min_px:.0f} px",
        next_step="shorten the text",
        details={"text": clean[:60], "characters": len(clean)},
    )


def largest_whole(
    text: str,
    style: TypeStyle,
    *,
    box: tuple[float, float],
    max_lines: int,
    sizes_px: tuple[float, float],
    leading: float,
) -> FittedText | None:
    """Return the text at the largest of the sizes that fits with its words whole, or None where none does."""
    clean = settable(text, style)
    if not clean:
        return FittedText((), sizes_px[0], (), (), 0.0, style)
    pieces = units(clean, style.language)
    return _largest(pieces, style, box=box, max_lines=max_lines, sizes_px=sizes_px, leading=leading)


def _largest(
    pieces: tuple[Unit, ...],
    style: TypeStyle,
    *,
    box: tuple[float, float],
    max_lines: int,
    sizes_px: tuple[float, float],
    leading: float,
) -> FittedText | None:
    low, high = 0, max(0, math.floor((sizes_px[1] - sizes_px[0]) / _STEP_PX))
    best = _set(pieces, style, box, max_lines, sizes_px[0] + high * _STEP_PX, leading)
    if best:
        low = high + 1
    # Not quite monotone in the size (a break may fall better at a larger one), near enough for a bisection.
    while low <= high:
        middle = (low + high) // 2
        fitted = _set(pieces, style, box, max_lines, sizes_px[0] + middle * _STEP_PX, leading)
        if fitted:
            best, low = fitted, middle + 1
        else:
            high = middle - 1
    if best and len(best.lines) > 1 and min(best.widths) < _RAGGED_BELOW * max(best.widths):
        fewer = _largest(pieces, style, box=box, max_lines=len(best.lines) - 1, sizes_px=sizes_px, leading=leading)
        return fewer if fewer and fewer.font_px >= _WORTH_FEWER_LINES * best.font_px else best
    return best


def _set(
    pieces: tuple[Unit, ...],
    style: TypeStyle,
    box: tuple[float, float],
    max_lines: int,
    px: float,
    leading: float,
) -> FittedText | None:
    """Set at exactly `px`, or return None when it does not go into the box."""

    def width(text: str) -> float:
        return _ink_width(set_line(text, style))

    limit = box[0] / px
    count = lines_needed(pieces, width, limit=limit)
    if count is None or count > max_lines:
        return None
    lines = tuple(set_line(text, style) for text in balanced(pieces, width, limit=limit, count=count))
    ascent = max(cap_height(style), lines[0].ink_top)
    descent = max(_DESCENT_EM, -lines[-1].ink_bottom)
    height = (ascent + (count - 1) * leading + descent) * px
    if height > box[1] + 0.5:
        return None
    baselines = tuple((ascent + i * leading) * px for i in range(count))
    return FittedText(lines, px, tuple(_ink_width(line) * px for line in lines), baselines, height, style)


def _ink_width(line: Line) -> float:
    return line.ink_right - line.ink_left

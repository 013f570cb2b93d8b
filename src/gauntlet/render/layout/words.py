"""Words on the stage: stacks of headline and supporting text in an area, as layers that enter line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gauntlet.render.layout.geometry import Rect
from gauntlet.render.layout.layers import vector_layer
from gauntlet.render.layout.motion import rise, starts
from gauntlet.render.timeline import Layer, TextBox
from gauntlet.render.typography.fitting import FittedText, TextDoesNotFit, fit_styled, largest_whole, leading_for
from gauntlet.render.typography.measuring import Line, TypeStyle, set_line
from gauntlet.render.typography.svg import line_elements

Role = Literal["headline", "supporting", "label", "cta", "destination", "brand", "legal"]
Anchor = Literal["top", "middle", "bottom"]
Align = Literal["start", "center"]

_PAD_PX = 3
_FLOOR_PX = 18.0
"""No type is smaller, whatever must fit: what a 1080 px film still shows on a phone."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text to be set: its part on screen, its style, its greatest size, and how many lines it may take."""

    role: Role
    text: str
    style: TypeStyle
    max_px: float
    max_lines: int
    leading: float = 1.2
    share: float = 1.0
    """Greatest share of the stack's height."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Set words in their place; `box` holds the ink of every line."""

    role: Role
    fitted: FittedText
    box: Rect
    align: Align
    rtl: bool

    def line_x(self, index: int) -> float:
        """Return where a line's origin stands, so that its ink meets the margin."""
        line, px = self.fitted.lines[index], self.fitted.font_px
        free = self.box.width - self.fitted.widths[index]
        shift = free / 2 if self.align == "center" else (free if self.rtl else 0.0)
        return self.box.x + shift - line.ink_left * px


@dataclass(frozen=True, slots=True)
class Entrance:
    """When words come in: the first piece at `first`, all arrived by `ready` (where given), word by word or by line."""

    first: int
    by_word: bool = False
    ready: int | None = None


def stack(
    items: Sequence[Words],
    area: Rect,
    *,
    gap: float,
    anchor: Anchor,
    align: Align,
    rtl: bool,
    lead: Role = "headline",
) -> tuple[Placed, ...]:
    """Set the items below one another in `area`: lesser texts first, the `lead` takes what height they leave.

    Items without words are left out. Every box lies in the area.
    """
    wanted = [item for item in items if item.text.strip()]
    fitted: dict[int, FittedText] = {}
    left_over = area.height
    # The lead last; Python's sort keeps the others' order.
    for index in sorted(range(len(wanted)), key=lambda i: wanted[i].role == lead):
        item = wanted[index]
        room = left_over if item.role == lead else min(left_over, area.height * item.share)
        fitted[index] = _fit(item, area.width, room)
        left_over -= fitted[index].height + gap if fitted[index].lines else 0.0
    pairs = [(item, fitted[i]) for i, item in enumerate(wanted) if fitted[i].lines]
    total = sum(text.height for _, text in pairs) + gap * max(0, len(pairs) - 1)
    y = {"top": area.y, "middle": area.cy - total / 2, "bottom": area.bottom - total}[anchor]
    placed: list[Placed] = []
    for item, text in pairs:
        box = Rect(_line_up(text, area, align=align, rtl=rtl), y, text.width, text.height)
        placed.append(Placed(item.role, text, box, align, rtl))
        y += text.height + gap
    return tuple(placed)


def _line_up(text: FittedText, area: Rect, *, align: Align, rtl: bool) -> float:
    if align == "center":
        return area.cx - text.width / 2
    return area.right - text.width if rtl else area.x


def _fit(item: Words, width: float, height: float) -> FittedText:
    floor = min(item.max_px, _FLOOR_PX)
    # More lines than asked for are better than type that nobody can read; the smallest size comes last.
    attempts = ((item.max_lines, 0.62), (item.max_lines + 1, 0.5), (item.max_lines + 3, 0.34))
    for lines, share in attempts:
        fitted = _attempt(item, box=(width, height), max_lines=lines, least_px=max(floor, item.max_px * share))
        if fitted:
            return fitted
    for least in (floor, floor * 0.7):
        try:
            return _torn(item, box=(width, max(height, floor * 1.4)), least_px=least)
        except TextDoesNotFit:
            continue
    return _torn(item, box=(width, max(height, floor * 1.4)), least_px=floor * 0.45)


def _torn(item: Words, *, box: tuple[float, float], least_px: float) -> FittedText:
    """Return the text at `least_px` or more, its words torn if need be; raises TextDoesNotFit."""
    return fit_styled(
        item.text,
        item.style,
        box=box,
        max_lines=item.max_lines + 9,
        sizes_px=(least_px, item.max_px),
        leading=leading_for(item.style.language, item.leading),
    )


def _attempt(item: Words, *, box: tuple[float, float], max_lines: int, least_px: float) -> FittedText | None:
    """Return the text set whole at no less than `least_px`, or None."""
    return largest_whole(
        item.text,
        item.style,
        box=box,
        max_lines=max_lines,
        sizes_px=(least_px, item.max_px),
        leading=leading_for(item.style.language, item.leading),
    )


def text_box(placed: Placed, *, ink: str, ground: str, frames: tuple[int, int]) -> TextBox:
    """Return the record of placed words for preflight and captions; `frames` are first and last."""
    return TextBox(
        role=placed.role,
        text=placed.fitted.text,
        x=placed.box.x,
        y=placed.box.y,
        width=placed.box.width,
        height=placed.box.height,
        font_px=placed.fitted.font_px,
        ink=ink,
        ground=ground,
        first_frame=frames[0],
        last_frame=frames[1],
    )


def text_layers(placed: Placed, *, ink: str, entrance: Entrance, last_frame: int, name: str = "") -> tuple[Layer, ...]:
    """Return a layer for each line (or word), each cropped to its ink, rising in one after the other."""
    pieces = [piece for i in range(len(placed.fitted.lines)) for piece in _pieces(placed, i, by_word=entrance.by_word)]
    begins = starts(len(pieces), first=entrance.first, by_word=entrance.by_word, ready=entrance.ready)
    distance = placed.fitted.font_px * 0.45
    return tuple(
        vector_layer(
            f"{name or placed.role} {number}",
            line_elements(line, x=x, baseline=baseline, px=placed.fitted.font_px, ink=ink),
            box=_ink_box(line, x, baseline, placed.fitted.font_px),
            keys=rise(begin, distance=distance),
            first_frame=begin,
            last_frame=last_frame,
        )
        for number, ((line, x, baseline), begin) in enumerate(zip(pieces, begins, strict=True), start=1)
    )


def static_text(placed: Placed, *, ink: str) -> str:
    """Return placed words as SVG in canvas coordinates, to be part of another layer."""
    return "".join(
        line_elements(
            line,
            x=placed.line_x(i),
            baseline=placed.box.y + placed.fitted.baselines[i],
            px=placed.fitted.font_px,
            ink=ink,
        )
        for i, line in enumerate(placed.fitted.lines)
    )


def _pieces(placed: Placed, index: int, *, by_word: bool) -> list[tuple[Line, float, float]]:
    line, style, px = placed.fitted.lines[index], placed.fitted.style, placed.fitted.font_px
    x, baseline = placed.line_x(index), placed.box.y + placed.fitted.baselines[index]
    words = line.text.split(" ")
    # Joined scripts and mixed directions keep their line whole: order and shapes belong to it.
    if not by_word or len(words) == 1 or any(run.rtl for run in line.runs):
        return [(line, x, baseline)]
    out: list[tuple[Line, float, float]] = []
    done = ""
    for word in words:
        offset = set_line(f"{done}{word}", style).width - set_line(word, style).width
        out.append((set_line(word, style), x + offset * px, baseline))
        done += word + " "
    return out


def _ink_box(line: Line, x: float, baseline: float, px: float) -> Rect:
    return Rect.spanning(
        x + line.ink_left * px,
        baseline - line.ink_top * px,
        right=x + line.ink_right * px,
        bottom=baseline - line.ink_bottom * px,
    ).grown(_PAD_PX)

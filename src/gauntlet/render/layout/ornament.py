"""The ad's motif, drawn: under big type, in fields of colour behind pictures, as the edge of such a field.

SVG in canvas coordinates throughout.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from gauntlet.render.layout.geometry import Rect, Stage
from gauntlet.render.layout.legibility import Ground
from gauntlet.render.layout.theme import Motif
from gauntlet.render.panels.colours import lch, lighter

Edge = Literal["top", "bottom", "left", "right"]

BLEED_PX: Final = 8

_EDGE_SHARE: Final = 0.2
"""Share of an area's shorter side within which its shaped edge runs."""

_ACCENT_MOVES_UNITS: Final = 8
"""How far a motif's accent may be moved from its place before it is better left out."""

LIGHT, LIGHTER, SHADE, DARKER, TINT, TINT_2, STRONG, STRONG_2 = range(8)
"""Places of a ground's tones (see `legibility.ground_of`)."""


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours of a motif: `near` hardly leaves the ground, `soft` is seen, `loud` is meant to be."""

    near: str
    soft: str
    softer: str
    loud: str
    floor: str


@dataclass(frozen=True, slots=True)
class Field:
    """An area of colour with one shaped edge, that carries a picture and never words."""

    box: Rect
    edge: Edge
    fill: str
    inks: Inks
    floor: float | None = None
    """Height at which something in it stands on a floor."""


def legible_inks(ground: Ground) -> Inks:
    """Return the motif's colours on which the ground's ink stays legible."""
    tone = ground.tones
    return Inks(near=tone[LIGHT], soft=tone[TINT], softer=tone[TINT_2], loud=tone[STRONG_2], floor=tone[SHADE])


def calm_inks(ground: Ground) -> Inks:
    """Return legible colours of a motif in the ground's own hue: on light grounds tints of others look like strays."""
    tone = ground.tones
    return Inks(near=tone[LIGHT], soft=tone[SHADE], softer=tone[DARKER], loud=tone[TINT_2], floor=tone[SHADE])


def quiet_inks(ground: Ground) -> Inks:
    """Return colours of a motif that words run across: a breath off the ground."""
    near = ground.tones[LIGHT]
    return Inks(near, near, near, near, near)


def field_inks(fill: str, loud: str) -> Inks:
    """Return the motif's colours in a field, where nothing needs to be read."""
    step = 0.05 if lch(fill)[0] < 0.8 else -0.045
    return Inks(
        near=lighter(fill, step * 0.7),
        soft=lighter(fill, step * 1.6),
        softer=lighter(fill, step * 2.4),
        loud=loud,
        floor=lighter(fill, -0.055),
    )


def ground_art(ground: Ground, *, area: Rect) -> str:
    """Return `area` filled with the ground, hardly shaded."""
    return (
        f'<defs><linearGradient id="g" x1="0" y1="0" x2="0.35" y2="1">'
        f'<stop offset="0" stop-color="{ground.tones[LIGHT]}"/><stop offset="0.6" stop-color="{ground.base}"/>'
        f'<stop offset="1" stop-color="{ground.tones[SHADE]}"/></linearGradient></defs>'
        f'<rect x="{area.x:.1f}" y="{area.y:.1f}" width="{area.width:.1f}" height="{area.height:.1f}" fill="url(#g)"/>'
    )


def motif_art(stage: Stage, motif: Motif, inks: Inks, *, focal: Rect, area: Rect) -> str:
    """Return the motif in `area`, gathered around `focal`."""
    return _ART[motif](stage.unit, inks, focal, area)


def field_art(stage: Stage, motif: Motif, field: Field, *, focal: Rect) -> str:
    """Return a field of colour with the motif around `focal` inside, its free edge shaped by the motif too."""
    path = edged_block(bled(field.box, stage), field.edge, motif, depth=edge_depth(stage, motif))
    inner = motif_art(stage, motif, field.inks, focal=focal, area=field.box.grown(edge_depth(stage, motif) * 2))
    if field.floor is not None and motif is not Motif.WAVE:
        # Waves lie there already.
        inner += floor_art(stage, field, focal=focal, y=field.floor)
    return (
        f'<defs><clipPath id="f"><path d="{path}"/></clipPath></defs><path d="{path}" fill="{field.fill}"/>'
        f'<g clip-path="url(#f)">{inner}</g>'
    )


def floor_art(stage: Stage, field: Field, *, focal: Rect, y: float) -> str:
    """Return a floor in the field from `y` down, lit where something stands on it under `focal`."""
    bottom = field.box.bottom + edge_depth(stage, Motif.ARCH) * 2
    rx = max(focal.width * 0.8, stage.unit * 9)
    pools = "".join(
        f'<ellipse cx="{focal.cx:.1f}" cy="{y + rx * 0.26:.1f}" rx="{rx * grow:.1f}" ry="{rx * grow * 0.24:.1f}" '
        f'fill="{fill}"/>'
        for grow, fill in ((1.0, lighter(field.inks.floor, 0.02)), (0.68, lighter(field.inks.floor, 0.04)))
    )
    return (
        f'<rect x="{field.box.x - BLEED_PX:.1f}" y="{y:.1f}" width="{field.box.width + 2 * BLEED_PX:.1f}" '
        f'height="{max(0.0, bottom - y):.1f}" fill="{field.inks.floor}"/>' + pools
    )


def foot_art(stage: Stage, motif: Motif, ground: Ground) -> str:
    """Return the motif at the foot of a frame whose words end far above it, so that it is not bare there."""
    foot = stage.height - stage.safe.bottom
    if not stage.has_reserved_foot:
        return ""
    inks = calm_inks(ground)
    if motif is Motif.WAVE:
        area = Rect.spanning(-4, stage.safe.bottom, right=stage.width + 4, bottom=stage.height)
        tops = tuple(stage.safe.bottom + foot * share for share in (0.34, 0.56, 0.78))
        return _bands(stage.unit, inks, area, tops)
    # The circle reaches just as high as its side: it keeps clear of the words.
    side = min(stage.unit * 15, foot - stage.unit * 3)
    x = -side * 0.3 if stage.rtl else stage.width - side * 0.7
    spot = Rect(x, stage.height - side * 0.6, side, side)
    shape = motif if motif in {Motif.DOTS, Motif.RAYS} else Motif.CIRCLE
    return motif_art(stage, shape, inks, focal=spot, area=stage.canvas)


def _disc(cx: float, cy: float, r: float, fill: str) -> str:
    return f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="{max(r, 0.5):.1f}" fill="{fill}"/>'


def _circle(unit: float, inks: Inks, focal: Rect, area: Rect) -> str:
    r = max(focal.width, focal.height) * 0.6
    return (
        _disc(focal.cx, focal.cy, r * 1.5, inks.near)
        + _disc(focal.cx, focal.cy, r * 1.05, inks.soft)
        + f'<circle cx="{focal.cx:.1f}" cy="{focal.cy:.1f}" r="{r * 1.26:.1f}" fill="none" stroke="{inks.softer}" '
        f'stroke-width="{unit * 0.12:.1f}"/>'
        + _accent(focal.cx + r * 0.92, focal.cy - r * 0.88, r * 0.2, unit=unit, inks=inks, area=area)
    )


def _accent(x: float, y: float, r: float, *, unit: float, inks: Inks, area: Rect) -> str:
    """Return a loud disc, moved down where the edge would touch it; none where that would take it far away."""
    clear = area.y + r + unit * 0.5 + _EDGE_SHARE * min(area.width, area.height)
    return "" if y < clear - unit * _ACCENT_MOVES_UNITS else _disc(x, max(y, clear), r, inks.loud)


def _arch(unit: float, inks: Inks, focal: Rect, area: Rect) -> str:
    out: list[str] = []
    for grow, fill in ((1.62, inks.near), (1.3, inks.soft), (1.0, inks.softer)):
        half = max(focal.width, unit * 12) * 0.5 * grow
        top = focal.cy - max(focal.height, unit * 10) * 0.62 * grow
        out.append(
            f'<path d="M{focal.cx - half:.1f},{area.bottom:.1f} V{top + half:.1f} '
            f'A{half:.1f},{half:.1f} 0 0 1 {focal.cx + half:.1f},{top + half:.1f} V{area.bottom:.1f} Z" fill="{fill}"/>'
        )
    sun = unit * 1.7
    x, y = focal.cx + max(focal.width, unit * 12) * 0.72, focal.cy - focal.height * 0.62
    out.append(_accent(x, y, sun, unit=unit, inks=inks, area=area))
    return "".join(out)


def _diagonal(unit: float, inks: Inks, focal: Rect, area: Rect) -> str:
    lean = (area.height) * 0.27
    width = max(focal.width, unit * 12)
    left = focal.cx - width * 0.62
    out: list[str] = []
    for start, end, fill in (
        (-0.7, -0.2, inks.near),
        (0.1, 0.86, inks.soft),
        (0.93, 1.03, inks.loud),
        (1.1, 1.3, inks.near),
    ):
        x1, x2 = left + width * start, left + width * end
        out.append(
            f'<path d="M{x1 + lean:.1f},{area.y:.1f} H{x2 + lean:.1f} L{x2 - lean:.1f},{area.bottom:.1f} '
            f'H{x1 - lean:.1f} Z" fill="{fill}"/>'
        )
    return "".join(out)


def _wave(unit: float, inks: Inks, focal: Rect, area: Rect) -> str:
    out: list[str] = [_disc(focal.cx, focal.cy, max(focal.width, focal.height) * 0.56, inks.near)]
    out.append(_bands(unit, inks, area, tuple(focal.y + focal.height * share + unit for share in (0.42, 0.72, 1.02))))
    out.append(_accent(focal.right + unit * 0.6, focal.y - unit * 0.6, unit * 1.3, unit=unit, inks=inks, area=area))
    return "".join(out)


def _bands(unit: float, inks: Inks, area: Rect, tops: tuple[float, ...]) -> str:
    """Return waves over one another, each from its top down to the foot of `area`."""
    swell, third = unit * 2.6, area.width / 3
    out: list[str] = []
    for place, y in enumerate(tops):
        side, fill = (1, inks.soft) if place % 2 == 0 else (-1, inks.softer)
        out.append(
            f'<path d="M{area.x:.1f},{y:.1f} C{area.x + third:.1f},{y - side * 2 * swell:.1f} '
            f"{area.right - third:.1f},{y + side * 2 * swell:.1f} {area.right:.1f},{y:.1f} "
            f'V{area.bottom + swell:.1f} H{area.x:.1f} Z" fill="{fill}"/>'
        )
    return "".join(out)


def _dots(unit: float, inks: Inks, focal: Rect, area: Rect) -> str:
    r = max(focal.width, focal.height) * 0.58
    out = [_disc(focal.cx, focal.cy, r, inks.soft)]
    step = unit * 1.9
    for row in range(6):
        for column in range(6):
            x, y = focal.right + step * (column - 1.5), focal.y + step * (row - 2.5)
            out.append(_disc(x, y, unit * (0.44 - 0.03 * (row + column)), inks.softer))
    spots = ((-1.05, 0.72, 0.26, inks.loud), (0.98, 0.9, 0.34, inks.softer), (-0.86, -0.86, 0.13, inks.softer))
    out += [_disc(focal.cx + dx * r, focal.cy + dy * r, r * share, fill) for dx, dy, share, fill in spots]
    return "".join(out)


def _grid(unit: float, inks: Inks, focal: Rect, area: Rect) -> str:
    step = unit * 3
    columns, rows = math.ceil(area.width / step), math.ceil(area.height / step)
    lines = "".join(f"M{area.x + i * step:.1f},{area.y:.1f} V{area.bottom:.1f} " for i in range(1, columns + 1))
    lines += "".join(f"M{area.x:.1f},{area.y + i * step:.1f} H{area.right:.1f} " for i in range(1, rows + 1))
    out = [f'<path d="{lines}" fill="none" stroke="{inks.near}" stroke-width="2"/>']

    def cell(column: int, row: int, fill: str) -> str:
        # Cells sit on the grid's own lines, counted from the one in which the focal point lies.
        x = area.x + step * (math.floor((focal.cx - area.x) / step) + column)
        y = area.y + step * (math.floor((focal.cy - area.y) / step) + row)
        return f'<rect x="{x:.1f}" y="{y:.1f}" width="{step:.1f}" height="{step:.1f}" fill="{fill}"/>'

    half = max(1, round(focal.width / step / 2)) + 1
    tall = max(1, round(focal.height / step / 2))
    for column, row, fill in (
        (half, -tall, inks.loud),
        (half, -tall - 1, inks.soft),
        (half + 1, -tall, inks.softer),
        (-half, tall, inks.softer),
        (-half, tall + 1, inks.soft),
        (-half - 1, tall, inks.near),
    ):
        out.append(cell(column, row, fill))
    return "".join(out)


def _rays(unit: float, inks: Inks, focal: Rect, area: Rect) -> str:
    reach = math.hypot(area.width, area.height)
    count = 16
    wedges: list[str] = []
    for i in range(count):
        start, end = 2 * math.pi * (i + 0.12) / count, 2 * math.pi * (i + 0.62) / count
        wedges.append(
            f"M{focal.cx:.1f},{focal.cy:.1f} L{focal.cx + reach * math.cos(start):.1f},"
            f"{focal.cy + reach * math.sin(start):.1f} L{focal.cx + reach * math.cos(end):.1f},"
            f"{focal.cy + reach * math.sin(end):.1f} Z "
        )
    r = max(focal.width, focal.height) * 0.56
    return f'<path d="{"".join(wedges)}" fill="{inks.near}"/>' + _disc(focal.cx, focal.cy, r, inks.soft)


_ART: Final[dict[Motif, Callable[[float, Inks, Rect, Rect], str]]] = {
    Motif.CIRCLE: _circle,
    Motif.ARCH: _arch,
    Motif.DIAGONAL: _diagonal,
    Motif.WAVE: _wave,
    Motif.DOTS: _dots,
    Motif.GRID: _grid,
    Motif.RAYS: _rays,
}


def bled(box: Rect, stage: Stage) -> Rect:
    """Return the box, its sides that lie on the canvas's edges moved beyond: antialiasing must not show there."""
    return Rect.spanning(
        box.x - (BLEED_PX if box.x <= 0 else 0),
        box.y - (BLEED_PX if box.y <= 0 else 0),
        right=box.right + (BLEED_PX if box.right >= stage.width else 0),
        bottom=box.bottom + (BLEED_PX if box.bottom >= stage.height else 0),
    )


def edge_depth(stage: Stage, motif: Motif) -> float:
    """Return how far the motif's edge may swing to either side of its line, in pixels."""
    return {Motif.DOTS: 0.0, Motif.GRID: 0.0, Motif.WAVE: 1.4, Motif.DIAGONAL: 2.0}.get(motif, 1.7) * stage.unit


def edged_block(block: Rect, edge: Edge, motif: Motif, *, depth: float) -> str:
    """Return the path data of `block` with its `edge` shaped by the motif, swinging up to `depth` to either side."""
    forward = edge in {"top", "left"}  # the block lies behind its edge, further down or right
    sign = -1.0 if forward else 1.0
    line = {"top": block.y, "bottom": block.bottom, "left": block.x, "right": block.right}[edge]
    far = {"top": block.bottom, "bottom": block.y, "left": block.right, "right": block.x}[edge]
    upright = edge in {"left", "right"}
    low, high = (block.y, block.bottom) if upright else (block.x, block.right)

    def point(along: float, across: float) -> str:
        return f"{across:.1f},{along:.1f}" if upright else f"{along:.1f},{across:.1f}"

    out, back = line + sign * depth, line - sign * depth
    if motif is Motif.DIAGONAL:
        curve = f"M{point(low, out)} L{point(high, back)}"
    elif motif is Motif.WAVE:
        third = (high - low) / 3
        bends = f"{point(low + third, out + sign * depth)} {point(high - third, back - sign * depth)}"
        curve = f"M{point(low, line)} C{bends} {point(high, line)}"
    elif motif in {Motif.CIRCLE, Motif.ARCH, Motif.RAYS}:
        curve = f"M{point(low, back)} Q{point((low + high) / 2, out + sign * depth)} {point(high, back)}"
    else:
        curve = f"M{point(low, line)} L{point(high, line)}"
    return f"{curve} L{point(high, far)} L{point(low, far)} Z"

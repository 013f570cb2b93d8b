"""The ad's motif, drawn on whole grounds and as the edge of blocks of colour: SVG in canvas coordinates."""

import math
from collections.abc import Callable
from typing import Final, Literal

from gauntlet.render.layout.geometry import Rect, Stage
from gauntlet.render.layout.legibility import Ground
from gauntlet.render.layout.theme import Motif

Edge = Literal["top", "bottom", "left", "right"]

_LIGHT, _LIGHTER, _SHADE, _DARKER, _TINT, _TINT_2, _STRONG, _STRONG_2 = range(8)
"""Places of a ground's tones (see `legibility.ground_of`)."""


def ground_art(stage: Stage, ground: Ground, motif: Motif, *, focal: Rect, area: Rect) -> str:
    """Return SVG that fills `area` with the ground and its motif, gathered around `focal`; type is legible all over."""
    tone = ground.tones
    base = (
        f'<defs><linearGradient id="g" x1="0" y1="0" x2="0.35" y2="1">'
        f'<stop offset="0" stop-color="{tone[_LIGHT]}"/><stop offset="0.55" stop-color="{ground.base}"/>'
        f'<stop offset="1" stop-color="{tone[_SHADE]}"/></linearGradient></defs>'
        f'<rect x="{area.x}" y="{area.y}" width="{area.width}" height="{area.height}" fill="url(#g)"/>'
    )
    return base + _ART[motif](stage, ground, focal, area)


def _circle(stage: Stage, ground: Ground, focal: Rect, area: Rect) -> str:
    r = max(focal.width, focal.height) * 0.62
    tone = ground.tones
    return (
        f'<circle cx="{focal.cx:.1f}" cy="{focal.cy:.1f}" r="{r * 1.42:.1f}" fill="{tone[_SHADE]}" opacity="0.55"/>'
        f'<circle cx="{focal.cx:.1f}" cy="{focal.cy:.1f}" r="{r:.1f}" fill="{tone[_TINT]}"/>'
        f'<circle cx="{focal.cx + r * 1.22:.1f}" cy="{focal.cy - r * 0.82:.1f}" r="{r * 0.2:.1f}" '
        f'fill="{tone[_STRONG_2]}"/>'
        f'<circle cx="{focal.cx:.1f}" cy="{focal.cy:.1f}" r="{r * 1.2:.1f}" fill="none" '
        f'stroke="{tone[_LIGHTER]}" stroke-width="{stage.unit * 0.12:.1f}"/>'
    )


def _arch(stage: Stage, ground: Ground, focal: Rect, area: Rect) -> str:
    tone = ground.tones
    out: list[str] = []
    for grow, fill in ((1.5, tone[_SHADE]), (1.22, tone[_TINT_2]), (0.96, tone[_TINT])):
        half = max(focal.width, stage.unit * 14) * 0.5 * grow
        top = min(focal.y, focal.bottom - half) - stage.unit * 3 * (grow - 0.6)
        out.append(
            f'<path d="M{focal.cx - half:.1f},{area.bottom:.1f} V{top + half:.1f} '
            f'A{half:.1f},{half:.1f} 0 0 1 {focal.cx + half:.1f},{top + half:.1f} V{area.bottom:.1f} Z" fill="{fill}"/>'
        )
    return "".join(out)


def _diagonal(stage: Stage, ground: Ground, focal: Rect, area: Rect) -> str:
    tone = ground.tones
    lean = area.width * 0.34
    out: list[str] = []
    spans = ((-0.06, 0.46, tone[_TINT]), (0.46, 0.54, tone[_STRONG_2]), (0.6, 0.63, tone[_LIGHTER]))
    width = max(focal.width, area.width * 0.5)
    left = focal.cx - width / 2
    for start, end, fill in spans:
        x1, x2 = left + width * start, left + width * end + width * 0.32
        out.append(
            f'<path d="M{x1 + lean:.1f},{area.y:.1f} H{x2 + lean:.1f} L{x2 - lean:.1f},{area.bottom:.1f} '
            f'H{x1 - lean:.1f} Z" fill="{fill}"/>'
        )
    return "".join(out)


def _wave(stage: Stage, ground: Ground, focal: Rect, area: Rect) -> str:
    tone = ground.tones
    out: list[str] = []
    levels = ((0.0, tone[_LIGHT]), (0.34, tone[_TINT]), (0.72, tone[_TINT_2]))
    rise = stage.unit * 3.4
    for place, fill in levels:
        y = focal.y + focal.height * (0.3 + place * 0.9)
        shift = area.width * 0.25 * (1 if place != 0.34 else -1)
        out.append(
            f'<path d="M{area.x:.1f},{y:.1f} C{area.cx - shift:.1f},{y - 2 * rise:.1f} {area.cx + shift:.1f},'
            f"{y + 2 * rise:.1f} {area.right:.1f},{y - rise * 0.4:.1f} "
            f'V{area.bottom:.1f} H{area.x:.1f} Z" fill="{fill}"/>'
        )
    return "".join(out)


def _dots(stage: Stage, ground: Ground, focal: Rect, area: Rect) -> str:
    tone = ground.tones
    r = max(focal.width, focal.height) * 0.6
    step = stage.unit * 2
    out = [f'<circle cx="{focal.cx:.1f}" cy="{focal.cy:.1f}" r="{r:.1f}" fill="{tone[_TINT]}"/>']
    for row in range(7):
        for column in range(7):
            size = stage.unit * (0.42 - 0.045 * max(row, column))
            x, y = area.right - step * (column + 1), area.y + step * (row + 1)
            out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{tone[_STRONG_2]}"/>')
    for dx, dy, share, index in (
        (-1.02, 0.74, 0.24, _STRONG_2),
        (0.98, 0.88, 0.36, _TINT_2),
        (-0.8, -0.95, 0.14, _LIGHTER),
    ):
        x, y = focal.cx + dx * r, focal.cy + dy * r
        out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r * share:.1f}" fill="{tone[index]}"/>')
    return "".join(out)


def _grid(stage: Stage, ground: Ground, focal: Rect, area: Rect) -> str:
    tone = ground.tones
    step = stage.unit * 3
    columns, rows = math.ceil(area.width / step), math.ceil(area.height / step)
    lines = "".join(f"M{area.x + i * step:.1f},{area.y:.1f} V{area.bottom:.1f} " for i in range(1, columns + 1))
    lines += "".join(f"M{area.x:.1f},{area.y + i * step:.1f} H{area.right:.1f} " for i in range(1, rows + 1))
    out = [f'<path d="{lines}" fill="none" stroke="{tone[_LIGHT]}" stroke-width="2"/>']
    r = max(focal.width, focal.height) * 0.7
    out.append(
        f'<defs><radialGradient id="glow"><stop offset="0" stop-color="{tone[_STRONG]}" stop-opacity="0.9"/>'
        f'<stop offset="1" stop-color="{ground.base}" stop-opacity="0"/></radialGradient></defs>'
        f'<circle cx="{focal.cx:.1f}" cy="{focal.cy:.1f}" r="{r:.1f}" fill="url(#glow)"/>'
    )
    cells = ((1, 1, _TINT), (2, 3, _TINT_2), (-2, 2, _TINT), (-3, 1, _STRONG_2), (-1, -4, _TINT), (1, -2, _TINT_2))
    for column, row, index in cells:
        x = area.x + step * (column if column >= 0 else columns + column)
        y = area.y + step * (row if row >= 0 else rows + row)
        out.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{step:.1f}" height="{step:.1f}" fill="{tone[index]}"/>')
    return "".join(out)


def _rays(stage: Stage, ground: Ground, focal: Rect, area: Rect) -> str:
    tone = ground.tones
    reach = math.hypot(area.width, area.height)
    count = 14
    wedges: list[str] = []
    for i in range(count):
        start, end = 2 * math.pi * i / count, 2 * math.pi * (i + 0.5) / count
        wedges.append(
            f"M{focal.cx:.1f},{focal.cy:.1f} L{focal.cx + reach * math.cos(start):.1f},"
            f"{focal.cy + reach * math.sin(start):.1f} L{focal.cx + reach * math.cos(end):.1f},"
            f"{focal.cy + reach * math.sin(end):.1f} Z "
        )
    r = max(focal.width, focal.height) * 0.56
    return (
        f'<path d="{"".join(wedges)}" fill="{tone[_LIGHT]}"/>'
        f'<circle cx="{focal.cx:.1f}" cy="{focal.cy:.1f}" r="{r * 1.12:.1f}" fill="{tone[_TINT_2]}"/>'
        f'<circle cx="{focal.cx:.1f}" cy="{focal.cy:.1f}" r="{r:.1f}" fill="{tone[_TINT]}"/>'
    )


_ART: Final[dict[Motif, Callable[[Stage, Ground, Rect, Rect], str]]] = {
    Motif.CIRCLE: _circle,
    Motif.ARCH: _arch,
    Motif.DIAGONAL: _diagonal,
    Motif.WAVE: _wave,
    Motif.DOTS: _dots,
    Motif.GRID: _grid,
    Motif.RAYS: _rays,
}


def edge_depth(stage: Stage, motif: Motif) -> float:
    """Return how far the motif's edge may swing to either side of its line, in pixels."""
    return {Motif.DOTS: 0.0, Motif.GRID: 0.0, Motif.WAVE: 1.4, Motif.DIAGONAL: 2.2}.get(motif, 1.8) * stage.unit


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

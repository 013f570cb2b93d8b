"""A view from above: tiles of quarter circles, leaves and stripes, some of them carrying the product."""

import random
from collections.abc import Callable
from typing import Final

from gauntlet.render.panels.colours import lighter
from gauntlet.render.panels.objects import object_art, object_size
from gauntlet.render.panels.pen import Paint, Pen

_PRODUCT_EVERY: Final = 3
"""Of so many tiles in a row, one carries the product."""


def mosaic_art(name: str, paint: Paint, *, box: tuple[float, float, float, float], tile: float, seed: int) -> str:
    """Return tiles that fill `box` (x, y, width, height), the object on every third."""
    x, y, width, height = box
    dice = random.Random(seed)
    pen = Pen("m")
    grounds = (paint.main, paint.accent, paint.second, paint.paper)
    objects: list[str] = []
    columns, rows = int(width / tile) + 1, int(height / tile) + 1
    left, top = x + (width - columns * tile) / 2, y + (height - rows * tile) / 2
    for row in range(rows):
        for column in range(columns):
            tx, ty = left + column * tile, top + row * tile
            fill = grounds[(column + 2 * row + seed) % 4]
            pen.rect(tx, ty, tile + 1, tile + 1, fill)
            if (column + row * 2) % _PRODUCT_EVERY == 0:
                pen.disc(tx + tile / 2, ty + tile / 2, tile * 0.4, lighter(fill, 0.05))
                objects.append(_product(name, paint.apart_from(fill), tx, ty, tile, f"t{row}_{column}_"))
            else:
                ink = grounds[(column + 2 * row + seed + 1 + dice.randrange(2)) % 4]
                dice.choice(_PATTERNS)(pen, tx, ty, tile, ink if ink != fill else lighter(fill, -0.1))
    return pen.svg() + "".join(objects)


def _product(name: str, paint: Paint, x: float, y: float, tile: float, prefix: str) -> str:
    width, height = object_size(name, width=tile * 0.66, height=tile * 0.66)
    return object_art(name, paint, x=x + (tile - width) / 2, y=y + (tile - height) / 2, width=width, prefix=prefix)


def _quarter(pen: Pen, x: float, y: float, t: float, ink: str) -> None:
    pen.path(f"M{x},{y} H{x + t} A{t},{t} 0 0 1 {x},{y + t} Z", ink)


def _leaf(pen: Pen, x: float, y: float, t: float, ink: str) -> None:
    pen.path(f"M{x},{y + t} A{t},{t} 0 0 1 {x + t},{y} A{t},{t} 0 0 1 {x},{y + t} Z", ink)


def _half(pen: Pen, x: float, y: float, t: float, ink: str) -> None:
    for foot in (y + t, y + t / 2):
        pen.path(f"M{x},{foot} A{t / 2},{t / 2} 0 0 1 {x + t},{foot} Z", ink)


def _ring(pen: Pen, x: float, y: float, t: float, ink: str) -> None:
    pen.disc(x + t / 2, y + t / 2, t * 0.36, ink)
    pen.disc(x + t / 2, y + t / 2, t * 0.15, lighter(ink, 0.14))


def _stripes(pen: Pen, x: float, y: float, t: float, ink: str) -> None:
    for i in range(4):
        pen.rect(x + t * (i + 0.25) / 4, y, t / 8, t, ink)


def _dots(pen: Pen, x: float, y: float, t: float, ink: str) -> None:
    for i in range(9):
        pen.disc(x + t * (i % 3 + 0.5) / 3, y + t * (i // 3 + 0.5) / 3, t * 0.07, ink)


_PATTERNS: Final[tuple[Callable[[Pen, float, float, float, str], None], ...]] = (
    _quarter,
    _leaf,
    _half,
    _ring,
    _stripes,
    _dots,
)

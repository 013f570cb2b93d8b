"""Places for illustrated panels, drawn from a ground's own tones, so that type stays legible on every part of them."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gauntlet.render.panels.pen import Pen


@dataclass(frozen=True, slots=True)
class Setting:
    """What a place is drawn into.

    The area is `x`, `y`, `width`, `height` in canvas pixels. Things stand on `horizon` (a y); what is tall stays
    between `head` (a y) and the horizon, since words stand above. `tones` are the ground's eight tones beside its
    `base`; `unit` is the grid's step; `seed` makes what is scattered the same each time.
    """

    x: float
    y: float
    width: float
    height: float
    horizon: float
    head: float
    base: str
    tones: tuple[str, ...]
    unit: float
    seed: int

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.height

    @property
    def wall(self) -> float:
        """Height free for tall things."""
        return max(self.unit * 4, self.horizon - self.head)


def window(pen: Pen, s: Setting) -> None:
    """Draw a room: daylight through a window, a table, a lamp."""
    light, lighter, shade, darker, tint, tint_2, _, strong_2 = s.tones
    pen.rect(s.x, s.y, s.width, s.height, pen.down(light, s.base))
    pane_w, pane_h = min(s.width * 0.42, s.wall * 0.8), s.wall * 0.86
    x, y = s.x + s.width * 0.09, s.horizon - pane_h - s.unit * 0.8
    _pane(pen, s, x=x, y=y, pane_w=pane_w, pane_h=pane_h)
    pen.path(
        f"M{x + pane_w},{y} L{s.right},{s.horizon - s.wall * 0.2} V{s.bottom} H{x + pane_w * 1.6} "
        f"L{x + pane_w},{y + pane_h} Z",
        lighter,
        opacity=0.35,
    )
    lamp_x, lamp_y = s.right - s.width * 0.2, s.head + s.wall * 0.16
    pen.rect(lamp_x - 2, s.y, 4, lamp_y - s.y, tint_2)
    pen.path(
        f"M{lamp_x},{lamp_y - s.unit * 1.2} L{lamp_x + s.unit * 2.2},{lamp_y + s.unit} H{lamp_x - s.unit * 2.2} Z",
        strong_2,
    )
    top = s.unit * 4.2
    pen.rect(s.x, s.horizon, s.width, top, pen.down(tint_2, tint))
    pen.rect(s.x, s.horizon, s.width, s.unit * 0.25, lighter)
    pen.rect(s.x, s.horizon + top, s.width, s.bottom - s.horizon - top, pen.down(shade, s.base))
    pen.rect(s.x, s.horizon + top, s.width, s.unit * 0.5, darker)


def _pane(pen: Pen, s: Setting, *, x: float, y: float, pane_w: float, pane_h: float) -> None:
    """Draw a window with a sun over hills outside."""
    _, lighter, _, _, tint, _, strong, strong_2 = s.tones
    pen.rect(x - s.unit * 0.5, y - s.unit * 0.5, pane_w + s.unit, pane_h + s.unit, lighter, r=s.unit * 0.3)
    pen.rect(x, y, pane_w, pane_h, pen.down(tint, lighter))
    pen.disc(x + pane_w * 0.68, y + pane_h * 0.34, pane_w * 0.17, strong_2)
    pen.path(
        f"M{x},{y + pane_h} V{y + pane_h * 0.72} Q{x + pane_w * 0.3},{y + pane_h * 0.52} {x + pane_w * 0.55},"
        f"{y + pane_h * 0.74} T{x + pane_w},{y + pane_h * 0.7} V{y + pane_h} Z",
        strong,
    )
    pen.rect(x + pane_w / 2 - s.unit * 0.16, y, s.unit * 0.32, pane_h, lighter)
    pen.rect(x, y + pane_h * 0.46, pane_w, s.unit * 0.32, lighter)


def city(pen: Pen, s: Setting) -> None:
    """Draw a skyline before a low sun, and a street."""
    light, lighter, shade, darker, tint, tint_2, strong, strong_2 = s.tones
    pen.rect(s.x, s.y, s.width, s.height, pen.down(light, s.base))
    pen.disc(s.x + s.width * 0.7, s.horizon - s.wall * 0.5, s.wall * 0.3, strong_2)
    dice = random.Random(s.seed)
    for reach, fill, lit_fill in ((0.94, tint, lighter), (0.66, tint_2, light), (0.4, strong, lighter)):
        x = s.x - s.unit
        while x < s.right:
            width = s.unit * dice.uniform(2.6, 5.2)
            tall = s.wall * reach * dice.uniform(0.5, 1.0)
            pen.rect(x, s.horizon - tall, width - s.unit * 0.25, tall, fill)
            step = s.unit * 1.1
            for row in range(1, int(tall / step) - 1):
                if dice.random() < 0.4:
                    pen.rect(
                        x + s.unit * 0.5,
                        s.horizon - tall + row * step,
                        width - s.unit * 1.3,
                        step * 0.36,
                        lit_fill,
                        opacity=0.5,
                    )
            x += width
    pen.rect(s.x, s.horizon, s.width, s.bottom - s.horizon, pen.down(shade, darker))
    pen.rect(s.x, s.horizon, s.width, s.unit * 0.5, tint_2)
    for i in range(6):
        pen.rect(
            s.x + s.width * (i + 0.2) / 6, s.horizon + s.unit * 5.2, s.width * 0.1, s.unit * 0.3, lighter, opacity=0.7
        )


def hills(pen: Pen, s: Setting) -> None:
    """Draw hills behind one another under a sun."""
    light, lighter, _, _, tint, tint_2, strong, strong_2 = s.tones
    pen.rect(s.x, s.y, s.width, s.height, pen.down(light, s.base))
    pen.disc(s.x + s.width * 0.28, s.horizon - s.wall * 0.56, s.wall * 0.24, strong_2)
    pen.disc(s.x + s.width * 0.28, s.horizon - s.wall * 0.56, s.wall * 0.34, strong_2, opacity=0.25)
    for i, (rise, fill) in enumerate(((0.52, tint), (0.36, tint_2), (0.2, strong))):
        y = s.horizon - s.wall * rise
        a, b = (-1, 1) if i % 2 else (1, -1)
        third = s.width / 3
        swell = s.wall * 0.22
        pen.path(
            f"M{s.x},{y + a * swell * 0.5} C{s.x + third},{y + a * swell} {s.right - third},{y + b * swell} {s.right},"
            f"{y + b * swell * 0.3} V{s.bottom} H{s.x} Z",
            fill,
        )
    pen.path(
        f"M{s.x},{s.horizon + s.unit} Q{s.x + s.width / 2},{s.horizon - s.unit * 1.4} {s.right},{s.horizon + s.unit} "
        f"V{s.bottom} H{s.x} Z",
        pen.down(tint, s.base),
    )
    for cx, cy in ((0.72, 0.2), (0.5, 0.06)):
        x, y = s.x + s.width * cx, s.head + s.wall * cy
        pen.rect(x, y, s.unit * 5, s.unit * 1.1, lighter, r=s.unit * 0.55, opacity=0.9)
        pen.rect(x + s.unit * 1.2, y - s.unit * 0.8, s.unit * 2.6, s.unit * 1.4, lighter, r=s.unit * 0.7, opacity=0.9)


def arch(pen: Pen, s: Setting) -> None:
    """Draw an interior of arches with a polished floor."""
    light, lighter, shade, darker, tint, tint_2, strong, strong_2 = s.tones
    pen.rect(s.x, s.y, s.width, s.height, pen.down(light, s.base))
    for centre, half, fill, inner in ((0.5, 0.27, tint_2, tint), (0.03, 0.17, tint, shade), (0.97, 0.17, tint, shade)):
        cx, r = s.x + s.width * centre, min(s.width * half, s.wall * 0.5)
        top = s.horizon - s.wall * (0.94 if centre == 0.5 else 0.74)
        for grow, colour in ((1.0, fill), (0.86, inner)):
            w = r * grow
            pen.path(
                f"M{cx - w},{s.horizon} V{top + r} A{w},{w} 0 0 1 {cx + w},{top + r} V{s.horizon} Z",
                pen.down(colour, lighter) if grow < 1 and centre == 0.5 else colour,
            )
    pen.disc(s.x + s.width * 0.5, s.horizon - s.wall * 0.42, min(s.width * 0.13, s.wall * 0.2), strong_2)
    pen.rect(s.x, s.horizon, s.width, s.bottom - s.horizon, pen.down(darker, shade))
    for i in range(-4, 5):
        x = s.x + s.width / 2
        pen.line(f"M{x + i * s.unit * 3},{s.horizon} L{x + i * s.unit * 9},{s.bottom}", light, 2, opacity=0.6)
    pen.rect(s.x, s.horizon, s.width, s.unit * 0.35, strong)


def studio(pen: Pen, s: Setting) -> None:
    """Draw a photographer's seamless background, lit from the side."""
    light, lighter, shade, darker, tint, tint_2, _, strong_2 = s.tones
    pen.rect(s.x, s.y, s.width, s.height, pen.down(light, s.base))
    reach = min(s.width * 0.44, s.wall * 0.55)
    cx, cy = s.x + s.width / 2, s.horizon - reach * 0.72
    pen.disc(cx, cy, reach * 1.25, tint, opacity=0.6)
    pen.disc(cx, cy, reach, tint_2)
    pen.disc(cx + reach * 0.98, cy - reach * 0.78, reach * 0.17, strong_2)
    pen.path(
        f"M{s.x},{s.horizon} Q{s.x + s.width / 2},{s.horizon + s.unit * 2.4} {s.right},{s.horizon} "
        f"V{s.bottom} H{s.x} Z",
        pen.down(darker, shade),
    )
    pen.path(f"M{s.x},{s.head} L{s.x + s.width * 0.5},{s.horizon} H{s.x} Z", lighter, opacity=0.35)


def rays(pen: Pen, s: Setting) -> None:
    """Draw a sunburst over a plain floor."""
    light, lighter, shade, darker, tint, tint_2, _, strong_2 = s.tones
    pen.rect(s.x, s.y, s.width, s.height, s.base)
    cx, cy = s.x + s.width / 2, s.horizon - s.wall * 0.36
    reach = math.hypot(s.width, s.height)
    wedges = "".join(
        f"M{cx:.1f},{cy:.1f} L{cx + reach * math.cos(a):.1f},{cy + reach * math.sin(a):.1f} "
        f"L{cx + reach * math.cos(a + 0.19):.1f},{cy + reach * math.sin(a + 0.19):.1f} Z "
        for a in (2 * math.pi * i / 16 for i in range(16))
    )
    pen.path(wedges, light)
    r = min(s.width * 0.4, s.wall * 0.5)
    pen.disc(cx, cy, r * 1.16, tint)
    pen.disc(cx, cy, r, tint_2)
    pen.disc(cx - r * 1.2, cy - r * 0.7, r * 0.16, strong_2)
    pen.rect(s.x, s.horizon, s.width, s.bottom - s.horizon, pen.down(darker, shade))
    pen.rect(s.x, s.horizon, s.width, s.unit * 0.35, lighter)


PLACES: Final[dict[str, Callable[[Pen, Setting], None]]] = {
    "window": window,
    "city": city,
    "hills": hills,
    "arch": arch,
    "studio": studio,
    "rays": rays,
}


def backdrop_art(place: str, setting: Setting) -> str:
    """Return the place as SVG that fills the setting's area."""
    pen = Pen("b")
    PLACES[place](pen, setting)
    return pen.svg()

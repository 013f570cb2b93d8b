"""Drawing: shapes and gradients as SVG, in an object's own coordinates."""

from dataclasses import dataclass, field

from gauntlet.render.panels.colours import lch, lighter, toned


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of an illustration, each with its lit and its shaded side."""

    main: str
    second: str
    accent: str
    paper: str
    ink: str

    @classmethod
    def of(cls, primary: str, secondary: str, accent: str) -> "Paint":
        """Return the paint of a palette; paper and ink take the primary's hue, nearly white and nearly black."""
        return cls(
            primary,
            secondary,
            accent,
            toned(primary, 0.965, chroma_at_most=0.012),
            toned(primary, 0.24, chroma_at_most=0.05),
        )

    def apart_from(self, ground: str) -> "Paint":
        """Return it with a main colour that does not sink into `ground`."""
        level = lch(ground)[0]
        options = (self.main, self.accent, self.second, self.paper)
        main = next((c for c in options if abs(lch(c)[0] - level) >= 0.14), self.paper if level < 0.6 else self.ink)
        others = [c for c in (self.accent, self.main, self.second) if c != main]
        return Paint(main, others[1] if len(others) > 1 else self.second, others[0], self.paper, self.ink)


def lit(colour: str) -> str:
    """Return the colour where light falls on it."""
    return lighter(colour, min(0.07, 1 - lch(colour)[0]))


def shaded(colour: str) -> str:
    """Return the colour in its own shadow."""
    return lighter(colour, -0.08)


@dataclass(slots=True)
class Pen:
    """Collects shapes; `prefix` keeps its gradients apart from another pen's in the same document."""

    prefix: str
    _defs: list[str] = field(default_factory=list[str])
    _shapes: list[str] = field(default_factory=list[str])

    def across(self, *colours: str) -> str:
        """Return a fill that runs through the colours from left to right."""
        return self._gradient('x1="0" y1="0" x2="1" y2="0"', colours)

    def down(self, *colours: str) -> str:
        """Return a fill that runs through the colours from top to bottom."""
        return self._gradient('x1="0" y1="0" x2="0" y2="1"', colours)

    def body(self, colour: str) -> str:
        """Return the fill of a round upright body: lit from the left, shaded to the right."""
        return self.across(shaded(colour), lit(colour), colour, shaded(colour), lighter(colour, -0.13))

    def ball(self, colour: str) -> str:
        """Return the fill of a ball lit from the upper left."""
        name = f"{self.prefix}{len(self._defs)}"
        self._defs.append(
            f'<radialGradient id="{name}" cx="0.36" cy="0.3" r="0.75">'
            f'<stop offset="0" stop-color="{lighter(colour, 0.1)}"/>'
            f'<stop offset="0.5" stop-color="{colour}"/><stop offset="1" stop-color="{lighter(colour, -0.15)}"/>'
            f"</radialGradient>"
        )
        return f"url(#{name})"

    def fade(self, colour: str, *, opacity: float) -> str:
        """Return a fill that is `opacity` dense in the middle and nothing at the rim."""
        name = f"{self.prefix}{len(self._defs)}"
        self._defs.append(
            f'<radialGradient id="{name}"><stop offset="0" stop-color="{colour}" stop-opacity="{opacity:.2f}"/>'
            f'<stop offset="0.5" stop-color="{colour}" stop-opacity="{opacity * 0.5:.2f}"/>'
            f'<stop offset="1" stop-color="{colour}" stop-opacity="0"/></radialGradient>'
        )
        return f"url(#{name})"

    def path(self, data: str, fill: str = "none", *, opacity: float = 1.0) -> None:
        """Draw a filled path."""
        self._shapes.append(f'<path d="{data}" fill="{fill}"{_faint(opacity)}/>')

    def line(self, data: str, colour: str, width: float, *, opacity: float = 1.0) -> None:
        """Draw a round-ended line along a path."""
        self._shapes.append(
            f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linecap="round" '
            f'stroke-linejoin="round"{_faint(opacity)}/>'
        )

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, *, r: float = 0.0, opacity: float = 1.0
    ) -> None:
        """Draw a rectangle with corners of radius `r`."""
        self._shapes.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{r:g}" fill="{fill}"'
            f"{_faint(opacity)}/>"
        )

    def oval(self, cx: float, cy: float, rx: float, ry: float, fill: str, *, opacity: float = 1.0) -> None:
        """Draw an ellipse."""
        self._shapes.append(
            f'<ellipse cx="{cx:g}" cy="{cy:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}"{_faint(opacity)}/>'
        )

    def disc(self, cx: float, cy: float, r: float, fill: str, *, opacity: float = 1.0) -> None:
        """Draw a circle."""
        self.oval(cx, cy, r, r, fill, opacity=opacity)

    def svg(self) -> str:
        """Return all that was drawn."""
        return f"<defs>{''.join(self._defs)}</defs>{''.join(self._shapes)}"

    def _gradient(self, axis: str, colours: tuple[str, ...]) -> str:
        name = f"{self.prefix}{len(self._defs)}"
        last = max(len(colours) - 1, 1)
        stops = "".join(f'<stop offset="{i / last:.3f}" stop-color="{c}"/>' for i, c in enumerate(colours))
        self._defs.append(f'<linearGradient id="{name}" {axis}>{stops}</linearGradient>')
        return f"url(#{name})"


def _faint(opacity: float) -> str:
    return "" if opacity >= 1 else f' opacity="{opacity:g}"'

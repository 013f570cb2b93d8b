"""The stage: the canvas of one film, its grid and the part of it where words and subjects may stand."""

from dataclasses import dataclass
from typing import Final, Self

from gauntlet.core.creative.brief import TechnicalSpecs
from gauntlet.core.creative.formats import AspectRatio, safe_area

_UNITS_PER_SHORT_SIDE: Final = 36
_FOOT_UNITS: Final = 8
_PORTRAIT_AT_MOST: Final = 1.2
"""Width to height up to which type and picture are stacked rather than set side by side."""


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle in canvas pixels, origin top left."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def spanning(cls, left: float, top: float, *, right: float, bottom: float) -> Self:
        """Return the rectangle between two edges each way; never of negative size."""
        return cls(left, top, max(0.0, right - left), max(0.0, bottom - top))

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Bottom edge."""
        return self.y + self.height

    @property
    def cx(self) -> float:
        """Centre across."""
        return self.x + self.width / 2

    @property
    def cy(self) -> float:
        """Centre down."""
        return self.y + self.height / 2

    def grown(self, by: float, by_y: float | None = None) -> "Rect":
        """Return it with every edge moved outwards by `by` (inwards when negative)."""
        down = by if by_y is None else by_y
        return Rect(self.x - by, self.y - down, max(0.0, self.width + 2 * by), max(0.0, self.height + 2 * down))

    def clipped(self, to: "Rect") -> "Rect":
        """Return the part of it that lies in `to`."""
        return Rect.spanning(
            max(self.x, to.x), max(self.y, to.y), right=min(self.right, to.right), bottom=min(self.bottom, to.bottom)
        )

    def overlaps(self, other: "Rect") -> bool:
        """Tell whether both share more than an edge."""
        return (
            self.x < other.right - 1e-6
            and other.x < self.right - 1e-6
            and self.y < other.bottom - 1e-6
            and other.y < self.bottom - 1e-6
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """A film's canvas. `unit` is the grid's step; `safe` where words may stand; `rtl` mirrors what has a side."""

    canvas: Rect
    unit: float
    safe: Rect
    rtl: bool

    @property
    def width(self) -> float:
        """Canvas width."""
        return self.canvas.width

    @property
    def height(self) -> float:
        """Canvas height."""
        return self.canvas.height

    @property
    def short(self) -> float:
        """The canvas's shorter side."""
        return min(self.width, self.height)

    @property
    def stacked(self) -> bool:
        """Whether type and picture stand above one another (else side by side)."""
        return self.width <= self.height * _PORTRAIT_AT_MOST

    @property
    def column(self) -> Rect:
        """The safe area's part that lies evenly about the canvas's middle, for what is centred."""
        half = min(self.width / 2 - self.safe.x, self.safe.right - self.width / 2)
        return Rect(self.width / 2 - half, self.safe.y, 2 * half, self.safe.height)

    @property
    def has_reserved_foot(self) -> bool:
        """Whether a platform's controls lie over so much of the frame's foot that it would be bare without words."""
        return self.height - self.safe.bottom > self.unit * _FOOT_UNITS

    @property
    def standing(self) -> float:
        """How low a subject may stand: its foot may reach a little into what a platform's controls lie over."""
        if not self.has_reserved_foot:
            return self.safe.bottom
        return min(self.height * 0.88, self.safe.bottom + self.unit * 5)

    @property
    def low_is_free(self) -> bool:
        """Whether words may stand near the frame's foot (a platform's own caption leaves no room there)."""
        return self.safe.bottom > self.height * 0.74


def stage_for(specs: TechnicalSpecs, *, rtl: bool) -> Stage:
    """Return the stage of a film of these specifications."""
    margins = safe_area(platform=specs.platform, aspect=specs.aspect_ratio)
    width, height = float(specs.width), float(specs.height)
    # A hair's breadth inside, so that antialiasing and rounding to pixels stay within the published margins.
    left, right = margins.left * width + 2, width - margins.right * width - 2
    top, bottom = margins.top * height + 2, height - margins.bottom * height - 2
    if specs.aspect_ratio is not AspectRatio.VERTICAL:
        # The published margins are broadcast's; a layout wants more air at the sides than that.
        extra = min(width, height) * 0.012
        left, right, top, bottom = left + extra, right - extra, top + extra, bottom - extra
    return Stage(
        canvas=Rect(0, 0, width, height),
        unit=min(width, height) / _UNITS_PER_SHORT_SIDE,
        safe=Rect.spanning(left, top, right=right, bottom=bottom),
        rtl=rtl,
    )

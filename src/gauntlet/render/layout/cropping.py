"""What part of a picture to show: by its subject, never stretched, never enlarged beyond what its pixels bear."""

import math
from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.brief import ShotType
from gauntlet.core.creative.storyboard import FootageCut
from gauntlet.core.ids import Digest
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.timeline import View

UPSCALE_LIMIT: Final = 1.25
"""Canvas pixels per picture pixel. Above about a quarter more, softness shows beside sharp type at phone distance."""

FOOTAGE_UPSCALE_LIMIT: Final = 1.8
"""For moving pictures: the eye sees less of a pixel that is never twice in the same place.

Just enough for 1080p filmed lying to fill an upright frame, as editors do.
"""

GENERATED_UPSCALE_LIMIT: Final = 1.55
"""For pictures that a model made for this very frame, which are not to hang in it as prints.

They come in its aspect and at about a megapixel: 768 × 1344 for an upright film (November 2026). The preflight warns of
what is softer than a photograph may be; an upscaling model mends it.
"""

_TIGHTNESS: Final[dict[ShotType, float]] = {
    ShotType.WIDE: 1.0,
    ShotType.OVERHEAD: 1.0,
    ShotType.MEDIUM: 0.92,
    ShotType.END_CARD: 1.0,
    ShotType.CLOSE_UP: 0.8,
    ShotType.DETAIL: 0.7,
    ShotType.EXTREME_CLOSE_UP: 0.62,
}
"""Share of the widest possible crop that a shot type shows, as far as the pixels bear."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as layout knows it: the upright size in pixels and its subject's centre, 0 to 1.

    With a `cut` it is footage; what `is_generated` was made for this frame.
    """

    digest: Digest
    width: int
    height: int
    has_alpha: bool
    focus: tuple[float, float]
    cut: FootageCut | None = None
    is_generated: bool = False

    @property
    def upscale_limit(self) -> float:
        """Canvas pixels per pixel of its own that it bears."""
        if self.cut is not None:
            return FOOTAGE_UPSCALE_LIMIT
        return GENERATED_UPSCALE_LIMIT if self.is_generated else UPSCALE_LIMIT

    @property
    def moves_by_itself(self) -> bool:
        """Whether the ad's camera may rest: over footage, unless that ends before its scene."""
        return self.cut is not None and self.cut.play != "hold"


def bears(picture: Picture, width: float, height: float) -> bool:
    """Tell whether the picture can fill that many pixels."""
    return max(width / picture.width, height / picture.height) <= picture.upscale_limit


def kept_share(picture: Picture, width: float, height: float) -> float:
    """Return the share of the picture's area that the widest crop of that aspect keeps."""
    factor = max(width / picture.width, height / picture.height)
    return (width / factor) * (height / factor) / (picture.width * picture.height)


def crop(
    picture: Picture,
    *,
    width: float,
    height: float,
    shot_type: ShotType,
    subject_at: tuple[float, float] = (0.5, 0.5),
) -> View:
    """Return the view for a layer of `width` × `height`, with the subject as near to `subject_at` (0 to 1) as may be.

    Tight shot types crop closer, but never beyond the limit of enlargement that the widest crop keeps to.
    """
    widest = min(picture.width / width, picture.height / height)
    least = min(widest, 1 / picture.upscale_limit)
    # What moves needs its room: of footage as much is shown as there is.
    scale = max(widest * (_TIGHTNESS[shot_type] if picture.cut is None else 1.0), least)
    # Rounding must not carry the view over the picture's edge.
    view_width, view_height = min(width * scale, picture.width), min(height * scale, picture.height)
    left = picture.focus[0] * picture.width - subject_at[0] * view_width
    top = picture.focus[1] * picture.height - subject_at[1] * view_height
    return View(
        x=min(max(left, 0.0), picture.width - view_width),
        y=min(max(top, 0.0), picture.height - view_height),
        width=view_width,
        height=view_height,
    )


def fitted_size(picture: Picture, *, width: float, height: float) -> tuple[int, int]:
    """Return the largest whole-pixel size in the box that shows all of the picture and keeps to the limit."""
    factor = min(width / picture.width, height / picture.height, picture.upscale_limit)
    return max(1, int(picture.width * factor)), max(1, int(picture.height * factor))


def whole_view(picture: Picture, *, width: int, height: int) -> View:
    """Return the view that shows (to within a pixel) the whole picture in a layer of that size, unstretched."""
    scale = min(picture.width / width, picture.height / height)
    view_width, view_height = min(width * scale, picture.width), min(height * scale, picture.height)
    return View(
        x=(picture.width - view_width) / 2, y=(picture.height - view_height) / 2, width=view_width, height=view_height
    )


def part_view(picture: Picture, *, box: Rect, part: Rect) -> View:
    """Return the view for the `part` of a picture that lies in `box` whole."""
    scale = min(picture.width / box.width, picture.height / box.height)
    return View(
        x=max(0.0, (part.x - box.x) * scale),
        y=max(0.0, (part.y - box.y) * scale),
        width=part.width * scale,
        height=part.height * scale,
    )


def whole_pixels(box: Rect) -> Rect:
    """Return the largest rectangle of whole pixels inside."""
    left, top = math.ceil(box.x), math.ceil(box.y)
    return Rect(left, top, max(1, math.floor(box.right) - left), max(1, math.floor(box.bottom) - top))

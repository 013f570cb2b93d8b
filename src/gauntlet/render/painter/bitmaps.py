"""A layer's content as straight RGBA pixels at the size that it is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gauntlet.core.errors import GauntletError, RenderFailed
from gauntlet.core.ids import Digest
from gauntlet.media.pictures import Cut, cut_picture
from gauntlet.media.vector import Drawing, rasterise, rasterise_ink
from gauntlet.render.timeline import Layer, PictureContent, VectorContent, View
from gauntlet.render.typography.fonts import font_files

_INK_FROM_PX = 250_000
"""Looking for the ink first pays from about this area on."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What layers are drawn from: the pictures' bytes by digest, and the fonts."""

    pictures: Mapping[Digest, bytes]
    fonts: Sequence[Path] = field(default_factory=font_files)


def draw(layer: Layer, width: int, height: int, sources: Sources) -> Drawing:
    """Return the layer's bitmap at `width` × `height`, without empty margins where that is worthwhile.

    Raises RenderFailed with the layer's name when its content cannot be drawn.
    """
    try:
        match layer.content:
            case PictureContent():
                return Drawing(0, 0, _picture(layer, layer.content, width, height, sources))
            case VectorContent(svg=svg):
                if layer.opaque or width * height < _INK_FROM_PX:
                    pixels = rasterise(svg, width=width, height=height, font_files=sources.fonts)
                    return Drawing(0, 0, pixels)
                return rasterise_ink(svg, width=width, height=height, font_files=sources.fonts)
    except (GauntletError, ValueError) as error:
        raise RenderFailed(
            f"Layer “{layer.name}” cannot be drawn: {error}",
            next_step=getattr(error, "next_step", None),
            details={"layer": layer.name},
        ) from error


def unstretched(view: View, width: float, height: float) -> View:
    """Return the part of `view`, about its centre, that has the aspect of `width` × `height`."""
    fitting_width = min(view.width, view.height * width / height)
    fitting_height = min(view.height, view.width * height / width)
    return View(
        x=view.x + (view.width - fitting_width) / 2,
        y=view.y + (view.height - fitting_height) / 2,
        width=fitting_width,
        height=fitting_height,
    )


def _picture(layer: Layer, content: PictureContent, width: int, height: int, sources: Sources) -> NDArray[np.uint8]:
    data = sources.pictures.get(content.digest)
    if data is None:
        raise ValueError(f"its picture {content.digest[:12]} was not handed over")
    view = unstretched(content.view, layer.width, layer.height)
    cut = Cut(view.x, view.y, view.width, view.height, width, height)
    picture = cut_picture(data, cut, font_files=sources.fonts)
    if content.corner_radius <= 0:
        return picture.rgba
    return _rounded(picture.rgba, content.corner_radius * width / layer.width)


def _rounded(rgba: NDArray[np.uint8], radius: float) -> NDArray[np.uint8]:
    height, width = rgba.shape[:2]
    radius = min(radius, width / 2, height / 2)
    beyond_x, beyond_y = _beyond_centres(width, radius), _beyond_centres(height, radius)
    distance = np.hypot(beyond_x[None, :], beyond_y[:, None])
    cover = np.clip((radius - distance + 0.5) * 255, 0, 255).astype(np.uint8)
    rounded = rgba.copy()
    rounded[..., 3] = cv2.multiply(rgba[..., 3], cover, scale=1 / 255)
    return rounded


def _beyond_centres(length: int, radius: float) -> NDArray[np.float32]:
    """Return how far each pixel's centre lies outside the corners' centres, along one axis."""
    from_start = np.arange(length, dtype=np.float32)
    from_nearer = np.minimum(from_start, length - 1 - from_start)
    return np.maximum(0, radius - 0.5 - from_nearer).astype(np.float32)

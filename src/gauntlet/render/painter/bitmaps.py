"""A layer's content as straight RGBA pixels at the size that it is needed."""

import cv2
import numpy as np
from numpy.typing import NDArray

from gauntlet.core.errors import GauntletError, RenderFailed
from gauntlet.media.pictures import Cut, cut_picture
from gauntlet.media.vector import Drawing, rasterise, rasterise_ink
from gauntlet.render.footage import unstretched
from gauntlet.render.painter.clips import ClipReader, clip_of
from gauntlet.render.painter.planes import to_rgb
from gauntlet.render.painter.sources import Sources
from gauntlet.render.timeline import FootageContent, Layer, PictureContent, VectorContent

_INK_FROM_PX = 250_000
"""Looking for the ink first pays from about this area on."""


def draw(layer: Layer, width: int, height: int, sources: Sources, *, moment: int = 0) -> Drawing:
    """Return the layer's bitmap at `width` × `height`, without empty margins where that is worthwhile.

    Of moving pictures it is the frame `moment`. Raises RenderFailed with the layer's name when its content cannot be
    drawn.
    """
    try:
        match layer.content:
            case PictureContent():
                return Drawing(0, 0, _picture(layer, layer.content, width, height, sources))
            case FootageContent():
                return Drawing(0, 0, _footage(layer, layer.content, width, height, sources, moment))
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


def _picture(layer: Layer, content: PictureContent, width: int, height: int, sources: Sources) -> NDArray[np.uint8]:
    data = sources.pictures.get(content.digest)
    if data is None:
        raise ValueError(f"its picture {content.digest[:12]} was not handed over")
    view = unstretched(content.view, layer.width, layer.height)
    cut = Cut(view.x, view.y, view.width, view.height, width, height)
    picture = cut_picture(data, cut, font_files=sources.fonts)
    if content.corner_radius <= 0:
        return picture.rgba
    return rounded(picture.rgba, content.corner_radius * width / layer.width)


def _footage(
    layer: Layer, content: FootageContent, width: int, height: int, sources: Sources, moment: int
) -> NDArray[np.uint8]:
    rgb = to_rgb(ClipReader(clip_of(layer, content, sources)).frame(moment))
    shrinks = width * height < rgb.shape[0] * rgb.shape[1]
    scaled = cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    rgba = cv2.cvtColor(scaled, cv2.COLOR_RGB2RGBA).astype(np.uint8, copy=False)
    return rgba if content.corner_radius <= 0 else rounded(rgba, content.corner_radius * width / layer.width)


def rounded(rgba: NDArray[np.uint8], radius: float) -> NDArray[np.uint8]:
    """Return the bitmap with its corners cut to that radius."""
    height, width = rgba.shape[:2]
    radius = min(radius, width / 2, height / 2)
    beyond_x, beyond_y = _beyond_centres(width, radius), _beyond_centres(height, radius)
    distance = np.hypot(beyond_x[None, :], beyond_y[:, None])
    cover = np.clip((radius - distance + 0.5) * 255, 0, 255).astype(np.uint8)
    result = rgba.copy()
    result[..., 3] = cv2.multiply(rgba[..., 3], cover, scale=1 / 255)
    return result


def _beyond_centres(length: int, radius: float) -> NDArray[np.float32]:
    """Return how far each pixel's centre lies outside the corners' centres, along one axis."""
    from_start = np.arange(length, dtype=np.float32)
    from_nearer = np.minimum(from_start, length - 1 - from_start)
    return np.maximum(0, radius - 0.5 - from_nearer).astype(np.float32)

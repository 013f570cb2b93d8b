"""Layers from shapes, pictures and set type."""

import math

from gauntlet.render.layout.cropping import Picture
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.timeline import FootageContent, Key, Layer, PictureContent, VectorContent, View

_STILL = (Key(frame=0),)


def vector_layer(
    name: str,
    body: str,
    *,
    box: Rect,
    last_frame: int,
    keys: tuple[Key, ...] = _STILL,
    first_frame: int = 0,
    opaque: bool = False,
) -> Layer:
    """Return a layer of SVG `body`, drawn in canvas coordinates and cropped to `box` (widened to whole pixels)."""
    left, top = math.floor(box.x), math.floor(box.y)
    width, height = max(1, math.ceil(box.right) - left), max(1, math.ceil(box.bottom) - top)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{left} {top} {width} {height}">{body}</svg>'
    )
    return Layer(
        name=name,
        content=VectorContent(svg=svg),
        x=left,
        y=top,
        width=width,
        height=height,
        keys=keys,
        first_frame=first_frame,
        last_frame=last_frame,
        opaque=opaque,
    )


def picture_layer(
    name: str,
    picture: Picture,
    *,
    box: Rect,
    view: View,
    last_frame: int,
    keys: tuple[Key, ...] = _STILL,
    corner_radius: float = 0.0,
    opaque: bool = False,
) -> Layer:
    """Return a layer that shows `view` of a picture in `box`, which must be of whole pixels and the view's aspect.

    Footage begins with the shot.
    """
    return Layer(
        name=name,
        content=_content(picture, view, corner_radius),
        x=box.x,
        y=box.y,
        width=round(box.width),
        height=round(box.height),
        keys=keys,
        last_frame=last_frame,
        opaque=opaque,
    )


def _content(picture: Picture, view: View, corner_radius: float) -> PictureContent | FootageContent:
    cut = picture.cut
    if cut is None:
        return PictureContent(digest=picture.digest, view=view, corner_radius=corner_radius)
    return FootageContent(
        digest=picture.digest,
        source_width=picture.width,
        source_height=picture.height,
        view=view,
        start_ms=cut.start_ms,
        length_ms=cut.length_ms,
        pace_percent=cut.pace_percent,
        play=cut.play,
        corner_radius=corner_radius,
    )

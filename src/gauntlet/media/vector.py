"""SVG to pixels through resvg: no scripts, no system fonts, and nothing loaded from outside the document."""

import re
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Final, cast
from xml.etree import ElementTree

import numpy as np
import pyvips
import resvg_py
from numpy.typing import NDArray

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia

PIXEL_LIMIT: Final = 100_000_000

_HREF: Final = re.compile(r"""href\s*=\s*["']\s*([^"']{0,8})""")
_OUTSIDE_LOADERS: Final = frozenset({"image", "feImage", "use"})
_LENGTH: Final = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|%)?\s*$")
# CSS Values and Units 3, section 6.2: absolute lengths at 96 pixels an inch.
_PIXELS_PER_UNIT: Final = {
    None: 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
}
_DEFAULT_SIDE_PX: Final = 100.0  # what resvg takes for a document with neither size nor viewBox


def svg_size(svg: str) -> tuple[float, float]:
    """Return the document's own width and height in pixels (96 to the inch).

    Raises UnsupportedMedia when the text is not SVG, InvalidInput when its size is not positive.
    """
    root = _parse(svg)
    view_box = _view_box(root.get("viewBox"))
    width, height = _completed(
        _length(root.get("width"), relative_to=view_box and view_box[0]),
        _length(root.get("height"), relative_to=view_box and view_box[1]),
        view_box or (_DEFAULT_SIDE_PX, _DEFAULT_SIDE_PX),
    )
    if width <= 0 or height <= 0:
        raise InvalidInput(
            f"The SVG's size is {width:g} × {height:g} pixels; both must be more than 0.",
            next_step="Set width, height or viewBox on the document's root element.",
            details={"field": "svg", "width": width, "height": height},
        )
    return width, height


def rasterise(svg: str, *, width: int, height: int, font_files: Sequence[Path] = ()) -> NDArray[np.uint8]:
    """Return the document drawn to fill `width` × `height` pixels: H×W×4 straight RGBA in sRGB.

    The target's aspect ratio must be the document's own, to the pixel; what rounding leaves over is cut off at the
    right and bottom. Text is drawn only with `font_files`. A document that refers to a picture outside itself is
    refused: resvg would read such a path from the disk, even with no resources directory set.
    Raises UnsupportedMedia for what is not SVG or refers outside, TooLarge past 100 megapixels.
    """
    if width * height > PIXEL_LIMIT:
        raise TooLarge(
            f"A drawing of {width} × {height} pixels is past the limit of {PIXEL_LIMIT // 1_000_000} megapixels.",
            next_step="Use a smaller size.",
            details={"field": "svg", "value": width * height, "limit": PIXEL_LIMIT},
        )
    own_width, own_height = svg_size(svg)
    zoom = max(width / own_width, height / own_height)
    png = _draw(without_outside_loads(svg), ceil(own_width * zoom - 1e-6), ceil(own_height * zoom - 1e-6), font_files)
    pixels = cast("NDArray[np.uint8]", pyvips.Image.new_from_buffer(png, "").numpy())
    return _cut_to(pixels, width, height)


def without_outside_loads(svg: str) -> str:
    """Return the document as resvg may be given it: the same when every reference stays inside.

    Raises UnsupportedMedia when an element would load a picture from a path or an address.
    """
    inside = all(start.startswith(("#", "data:")) for start in _HREF.findall(svg))
    if inside and "<!" not in svg.replace("<!--", ""):
        return svg
    # Entities can hide a path: look at the document as parsed, and hand on that form of it, without its DTD.
    root = _parse(svg)
    for element in root.iter():
        if element.tag.rpartition("}")[2] in _OUTSIDE_LOADERS:
            _refuse_outside_reference(element)
    return ElementTree.tostring(root, encoding="unicode")


def _refuse_outside_reference(element: ElementTree.Element) -> None:
    for name, value in element.attrib.items():
        reference = value.strip()
        if name.rpartition("}")[2] == "href" and not reference.startswith(("#", "data:")):
            raise UnsupportedMedia(
                f"The SVG refers to “{reference[:80]}”, which lies outside it and is never loaded.",
                next_step="Embed the picture in the SVG (as a data: URI) or remove the reference.",
                details={"field": "svg", "value": reference[:200]},
            )


def _draw(svg: str, width: int, height: int, font_files: Sequence[Path]) -> bytes:
    try:
        return resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            height=height,
            skip_system_fonts=True,
            font_files=[str(path) for path in font_files],
        )
    except ValueError as error:
        raise _not_svg(error) from error


def _cut_to(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    drawn_height, drawn_width = pixels.shape[:2]
    if drawn_width == width and drawn_height == height:
        return pixels
    if not (-1 <= drawn_width - width <= 2 and -1 <= drawn_height - height <= 2):
        raise ValueError(f"the document draws as {drawn_width} × {drawn_height}, not as {width} × {height}")
    short = ((0, max(0, height - drawn_height)), (0, max(0, width - drawn_width)), (0, 0))
    return np.ascontiguousarray(np.pad(pixels, short, mode="edge")[:height, :width])


def _parse(svg: str) -> ElementTree.Element:
    try:
        # The standard parser loads no outside entities, and expat bounds how far inside ones may expand.
        root = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, ValueError) as error:
        raise _not_svg(error) from error
    if root.tag.rpartition("}")[2] != "svg":
        raise _not_svg(ValueError(f"the root element is <{root.tag}>"))
    return root


def _not_svg(cause: Exception) -> UnsupportedMedia:
    return UnsupportedMedia(
        f"The SVG cannot be read: {cause}.",
        next_step="Export the drawing again as plain SVG 1.1.",
        details={"field": "svg"},
    )


def _completed(width: float | None, height: float | None, own: tuple[float, float]) -> tuple[float, float]:
    """Return both sides where one or none is given, in the proportion of the document's `own` size."""
    if width is None:
        return own if height is None else (height * own[0] / own[1], height)
    return (width, width * own[1] / own[0]) if height is None else (width, height)


def _length(text: str | None, *, relative_to: float | None) -> float | None:
    if text is None or text.strip() == "auto":
        return None
    match = _LENGTH.match(text)
    if match is None:
        raise InvalidInput(
            f"The SVG's size “{text[:40]}” is not a length in px, pt, pc, mm, cm, in or %.",
            next_step="Set width and height in pixels on the document's root element.",
            details={"field": "svg", "value": text[:40]},
        )
    number, unit = float(match[1]), match[2]
    if unit == "%":
        return None if relative_to is None else relative_to * number / 100
    return number * _PIXELS_PER_UNIT[unit]


def _view_box(text: str | None) -> tuple[float, float] | None:
    if text is None:
        return None
    try:
        _, _, width, height = (float(part) for part in re.split(r"[\s,]+", text.strip()))
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None

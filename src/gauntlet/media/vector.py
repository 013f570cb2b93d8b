"""SVG to pixels through resvg: no scripts, no system fonts, and nothing loaded from outside the document."""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast
from xml.etree import ElementTree

import numpy as np
import pyvips
import resvg
from numpy.typing import NDArray
from resvg import usvg

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia

PIXEL_LIMIT: Final = 100_000_000

_SKETCH: Final = 4  # ink is looked for at a quarter of the size: a hairline still shows there
_ASPECT_SLACK_PX: Final = 1.0
_DEPTH_LIMIT: Final = 256  # resvg recurses: some thousands of levels overflow its stack and end the process

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


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """The part of a drawing that has ink: H×W×4 straight RGBA whose top left lies at (`x`, `y`) of the whole."""

    x: int
    y: int
    rgba: NDArray[np.uint8]


def rasterise(svg: str, *, width: int, height: int, font_files: Sequence[Path] = ()) -> NDArray[np.uint8]:
    """Return the document drawn to fill `width` × `height` pixels: H×W×4 straight RGBA in sRGB.

    The target's aspect ratio must be the document's own, to about a pixel. Text is drawn only with `font_files`. A
    document that refers to a picture outside itself is refused: resvg would read such a path from the disk.
    Raises UnsupportedMedia for what is not SVG or refers outside, TooLarge past 100 megapixels.
    """
    return _Sheet(svg, width, height, font_files).draw(0, 0, width, height)


def rasterise_ink(svg: str, *, width: int, height: int, font_files: Sequence[Path] = ()) -> Drawing:
    """Return what `rasterise` would, without the empty margins: cheaper by as much as they are large."""
    sheet = _Sheet(svg, width, height, font_files)
    left, top, right, bottom = _ink_box(sheet.draw_small(), width, height)
    return Drawing(left, top, sheet.draw(left, top, right - left, bottom - top))


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


class _Sheet:
    """A parsed document and the size at which it is to be drawn."""

    def __init__(self, svg: str, width: int, height: int, font_files: Sequence[Path]) -> None:
        if width * height > PIXEL_LIMIT:
            raise TooLarge(
                f"A drawing of {width} × {height} pixels is past the limit of {PIXEL_LIMIT // 1_000_000} megapixels.",
                next_step="Use a smaller size.",
                details={"field": "svg", "value": width * height, "limit": PIXEL_LIMIT},
            )
        own_width, own_height = svg_size(svg)
        self._scale_x, self._scale_y = width / own_width, height / own_height
        # Sides are rounded to whole pixels: one of them fits the other to a pixel, or the aspect is another.
        if min(abs(width - own_width * self._scale_y), abs(height - own_height * self._scale_x)) > _ASPECT_SLACK_PX:
            raise ValueError(f"a document of {own_width:g} × {own_height:g} cannot fill {width} × {height} unstretched")
        self._width, self._height = width, height
        self._tree = _tree(without_outside_loads(svg), font_files)

    def draw(self, left: int, top: int, width: int, height: int) -> NDArray[np.uint8]:
        return _render(self._tree, (self._scale_x, 0, -left, 0, self._scale_y, -top), width, height)

    def draw_small(self) -> NDArray[np.uint8]:
        scale_x, scale_y = self._scale_x / _SKETCH, self._scale_y / _SKETCH
        size = (-(-self._width // _SKETCH), -(-self._height // _SKETCH))
        return _render(self._tree, (scale_x, 0, 0, 0, scale_y, 0), *size)


def _tree(svg: str, font_files: Sequence[Path]) -> usvg.Tree:
    try:
        return usvg.Tree.from_str(svg, _options(tuple(font_files)))
    except BaseException as error:
        raise _unless_panic(error) from error


def _render(
    tree: usvg.Tree, transform: tuple[float, float, float, float, float, float], width: int, height: int
) -> NDArray[np.uint8]:
    try:
        png = resvg.render(tree, transform, bg_size=(width, height))
    except BaseException as error:
        raise _unless_panic(error) from error
    return cast("NDArray[np.uint8]", pyvips.Image.new_from_buffer(png, "").numpy())


def _unless_panic(error: BaseException) -> BaseException:
    # The binding panics where it should raise; PyO3 makes that a BaseException of a type that cannot be imported.
    return _not_svg(error) if type(error).__name__ == "PanicException" else error


class _Fonts(threading.local):
    """Fonts stay loaded from one drawing to the next. The binding's objects must not leave the thread they are of."""

    def __init__(self) -> None:
        self.files: tuple[Path, ...] | None = None
        self.options = usvg.Options.default()


_fonts = _Fonts()


def _options(font_files: tuple[Path, ...]) -> usvg.Options:
    if _fonts.files != font_files:
        options = usvg.Options.default()
        for path in font_files:
            options.load_font_file(str(path))
        _fonts.options, _fonts.files = options, font_files
    return _fonts.options


def _ink_box(sketch: NDArray[np.uint8], width: int, height: int) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom at full size of what `sketch` shows, a cell wider on each side."""
    inked = sketch[..., 3] > 0
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if not rows.size:
        return (0, 0, 1, 1)
    left, top = max(0, int(columns[0]) - 1) * _SKETCH, max(0, int(rows[0]) - 1) * _SKETCH
    return left, top, min(width, (int(columns[-1]) + 2) * _SKETCH), min(height, (int(rows[-1]) + 2) * _SKETCH)


def _parse(svg: str) -> ElementTree.Element:
    try:
        # The standard parser loads no outside entities, and expat bounds how far inside ones may expand.
        root = ElementTree.fromstring(svg)
    except (ElementTree.ParseError, ValueError) as error:
        raise _not_svg(error) from error
    if root.tag.rpartition("}")[2] != "svg":
        raise _not_svg(ValueError(f"the root element is <{root.tag}>"))
    if _is_deeper_than(root, _DEPTH_LIMIT):
        raise _not_svg(ValueError(f"its elements are nested more than {_DEPTH_LIMIT} deep"))
    return root


def _is_deeper_than(root: ElementTree.Element, limit: int) -> bool:
    generation = [root]
    for _ in range(limit):
        generation = [child for element in generation for child in element]
        if not generation:
            return False
    return True


def _not_svg(cause: BaseException) -> UnsupportedMedia:
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

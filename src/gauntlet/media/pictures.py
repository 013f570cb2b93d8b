"""Raster and SVG pictures to upright sRGB pixels. The one place that touches libvips' untyped surface."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
import pyvips
from numpy.typing import NDArray

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.media.vector import rasterise, svg_size

PIXEL_LIMIT: Final = 100_000_000
SVG_SIDE_PX: Final = 2_048
"""An SVG is drawn with its longer side at least this long: it has no pixels of its own to respect."""

_LOADERS: Final = {
    "jpegload_buffer": "jpg",
    "pngload_buffer": "png",
    "webpload_buffer": "webp",
    "gifload_buffer": "gif",
}
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})  # EXIF orientations that swap width and height

pyvips.block_untrusted_set(True)
# Each picture is read once; libvips' cache of operations would only hold its pixels for longer.
pyvips.cache_set_max(0)


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Pixels H×W×4, uint8, straight alpha, sRGB, upright. `has_alpha` says whether any pixel may be transparent."""

    rgba: NDArray[np.uint8]
    has_alpha: bool

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.rgba.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.rgba.shape[0])


@dataclass(frozen=True, slots=True)
class Cut:
    """A rectangle of an upright picture, in its pixels, and the size that it is resampled to."""

    x: float
    y: float
    width: float
    height: float
    out_width: int
    out_height: int


def picture_size(data: bytes, *, max_pixels: int = PIXEL_LIMIT) -> tuple[int, int]:
    """Return width and height of the upright picture from its header, as `decode_picture` would give them.

    Raises UnsupportedMedia, InvalidInput or TooLarge; pixels are not decoded, so damage further on is not seen.
    """
    if _looks_like_svg(data):
        return _svg_pixels(_svg_text(data))
    image = _open(data, max_pixels=max_pixels)
    return (image.height, image.width) if _orientation(image) in _SIDEWAYS else (image.width, image.height)


def picture_format(data: bytes) -> str:
    """Return `jpg`, `png`, `webp`, `gif` or `svg`, after the content. Raises as `picture_size`."""
    if _looks_like_svg(data):
        svg_size(_svg_text(data))
        return "svg"
    return _LOADERS[cast(str, _open(data, max_pixels=PIXEL_LIMIT).get("vips-loader"))]


def decode_picture(data: bytes, *, max_pixels: int = PIXEL_LIMIT) -> Picture:
    """Return the whole picture: upright, in sRGB, a GIF's first frame, an SVG with a long side of 2,048 or more.

    Raises UnsupportedMedia for content of another type, InvalidInput for damaged content, TooLarge past `max_pixels`
    (judged by the header, before any pixel is decoded).
    """
    if _looks_like_svg(data):
        svg = _svg_text(data)
        width, height = _svg_pixels(svg)
        return Picture(rasterise(svg, width=width, height=height), has_alpha=True)
    image = _open(data, max_pixels=max_pixels)
    try:
        return _to_picture(_to_srgb(_upright(image)))
    except pyvips.Error as error:
        raise _damaged(error) from error


def cut_picture(data: bytes, cut: Cut, *, max_pixels: int = PIXEL_LIMIT, font_files: Sequence[Path] = ()) -> Picture:
    """Return a part of the picture at another size, resampled with Lanczos 3 on premultiplied alpha.

    The part may reach past the picture's edge by a pixel of rounding, where the edge is repeated. Less memory than
    decoding it whole. `font_files` are what an SVG's text is drawn with. Raises as `decode_picture`.
    """
    scale_x, scale_y = cut.out_width / cut.width, cut.out_height / cut.height
    if _looks_like_svg(data):
        image = _from_rgba(_drawn_for(_svg_text(data), max(scale_x, scale_y), font_files))
        upright_width, upright_height = _svg_pixels(_svg_text(data))
        scale_x *= upright_width / image.width
        scale_y *= upright_height / image.height
    else:
        image = _upright(_open(data, max_pixels=max_pixels))
    try:
        return _to_picture(_resampled(image, cut, scale_x, scale_y))
    except pyvips.Error as error:
        raise _damaged(error) from error


def _resampled(image: pyvips.Image, cut: Cut, scale_x: float, scale_y: float) -> pyvips.Image:
    image = _to_srgb(image)
    alpha = bool(image.hasalpha())
    if abs(scale_x - 1) > 1e-9 or abs(scale_y - 1) > 1e-9:
        image = image.premultiply() if alpha else image
        image = image.resize(scale_x, vscale=scale_y, kernel="lanczos3")
        image = image.unpremultiply() if alpha else image
        image = image.rint().cast("uchar") if alpha else image
    left, top = round(cut.x * cut.out_width / cut.width), round(cut.y * cut.out_height / cut.height)
    x, y = min(max(left, 0), max(image.width - 1, 0)), min(max(top, 0), max(image.height - 1, 0))
    # A view's edges are fractions: one row or column may be missing after rounding.
    inside = image.crop(x, y, min(cut.out_width, image.width - x), min(cut.out_height, image.height - y))
    return inside.embed(0, 0, cut.out_width, cut.out_height, extend="copy")


def _drawn_for(svg: str, scale: float, font_files: Sequence[Path]) -> NDArray[np.uint8]:
    width, height = _svg_pixels(svg)
    grown = max(scale, 1.0)
    size = (max(1, round(width * grown)), max(1, round(height * grown)))
    return rasterise(svg, width=size[0], height=size[1], font_files=font_files)


def _from_rgba(rgba: NDArray[np.uint8]) -> pyvips.Image:
    image = pyvips.Image.new_from_memory(rgba.data, rgba.shape[1], rgba.shape[0], 4, "uchar")
    return image.copy(interpretation="srgb")


def _svg_pixels(svg: str) -> tuple[int, int]:
    width, height = svg_size(svg)
    grown = max(1.0, SVG_SIDE_PX / max(width, height))
    return max(1, ceil(width * grown - 1e-6)), max(1, ceil(height * grown - 1e-6))


def _looks_like_svg(data: bytes) -> bool:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<") and b"<svg" in data[:65_536]


def _svg_text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnsupportedMedia(
            "The SVG is not encoded in UTF-8.",
            next_step="Save the drawing again with UTF-8 encoding.",
            details={"field": "picture"},
        ) from error


def _open(data: bytes, *, max_pixels: int) -> pyvips.Image:
    """Return the picture with only its header read, in a type and size that is taken."""
    try:
        image = pyvips.Image.new_from_buffer(data, "", fail_on="error")
    except pyvips.Error as error:
        raise _unsupported("is not one that can be read, or is damaged at its start") from error
    loader = cast(str, image.get("vips-loader"))
    if loader not in _LOADERS:
        raise _unsupported(f"is read by “{loader}”, which is not taken")
    if image.width * image.height > max_pixels:
        raise TooLarge(
            f"The picture is {image.width} × {image.height} pixels, {image.width * image.height / 1e6:.0f} megapixels; "
            f"the limit is {max_pixels / 1e6:g} megapixels.",
            next_step="Upload a smaller version of it.",
            details={"field": "picture", "value": image.width * image.height, "limit": max_pixels},
        )
    return image


def _unsupported(why: str) -> UnsupportedMedia:
    return UnsupportedMedia(
        f"The picture's type {why}; JPEG, PNG, WebP, GIF and SVG are.",
        next_step="Save it as JPEG or PNG and upload that.",
        details={"field": "picture"},
    )


def _damaged(cause: Exception) -> InvalidInput:
    reason = " ".join(str(cause).split())[:200]
    return InvalidInput(
        f"The picture is damaged or cut short: {reason}",
        next_step="Export it again and upload that.",
        details={"field": "picture"},
    )


def _orientation(image: pyvips.Image) -> int:
    return cast(int, image.get("orientation")) if image.get_typeof("orientation") else 1


def _upright(image: pyvips.Image) -> pyvips.Image:
    return image.autorot()


def _to_srgb(image: pyvips.Image) -> pyvips.Image:
    if image.get_typeof("icc-profile-data") and not _is_srgb(image):
        try:
            return image.icc_transform("srgb", embedded=True, intent="relative")
        except pyvips.Error:
            pass  # a profile that does not fit its picture is ignored, as browsers do
    if image.interpretation == "cmyk":
        return image.icc_transform("srgb", input_profile="cmyk", intent="relative")
    return image.colourspace("srgb") if image.interpretation != "srgb" else image


def _is_srgb(image: pyvips.Image) -> bool:
    profile = bytes(cast(Any, image.get("icc-profile-data")))
    return image.interpretation == "srgb" and (b"sRGB" in profile or "sRGB".encode("utf-16-be") in profile)


def _to_picture(image: pyvips.Image) -> Picture:
    has_alpha = bool(image.hasalpha())
    if image.format != "uchar":
        image = image.cast("uchar")
    if not has_alpha:
        image = image.addalpha()
    pixels = cast("NDArray[np.uint8]", image.numpy())
    if pixels.ndim != 3 or pixels.shape[2] != 4:
        raise _damaged(ValueError(f"its pixels have the shape {pixels.shape}"))
    return Picture(pixels, has_alpha=has_alpha and bool(pixels[..., 3].min() < 255))

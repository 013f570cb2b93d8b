"""Raster pictures through libvips: their header, and a small upright version of them, read as a stream.

A picture of 100 megapixels is never whole in memory here.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, cast

import numpy as np
import pyvips
from numpy.typing import NDArray

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.media.kinds import found_kind

RasterFormat = Literal["jpg", "png", "webp", "gif"]
PIXEL_LIMIT: Final = 100_000_000

_FORMATS: Final[dict[str, RasterFormat]] = {
    "jpegload_buffer": "jpg",
    "pngload_buffer": "png",
    "webpload_buffer": "webp",
    "gifload_buffer": "gif",
}
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})  # EXIF orientations that swap width and height
_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_WEBP_QUALITY: Final = 82
_WEBP_EFFORT: Final = 2
"""Of 6. The usual 4 takes twice as long for a twentieth fewer bytes: 12 instead of 6 ms, a sixth of a film's look."""
_OUT_OF_MEMORY: Final = re.compile(r"out of memory|insufficient memory|error creating thread", re.IGNORECASE)
_WHOLE_BYTES_A_PIXEL: Final = 5  # measured: 4.9 for a GIF, 4.4 for a picture in a drawing, and what is beside
_BESIDE_BYTES: Final = 32 << 20

pyvips.block_untrusted_set(True)  # only loaders that are fuzzed and meant for strangers' files
pyvips.cache_set_max(0)  # each file is read once; a cache would only hold its pixels for longer


@dataclass(frozen=True, slots=True)
class RasterHeader:
    """What a raster picture says of itself; width and height are of the upright picture."""

    format: RasterFormat
    width: int
    height: int
    orientation: int
    frames: int


def read_header(data: bytes, *, pixel_limit: int = PIXEL_LIMIT) -> RasterHeader:
    """Return the header's facts; no pixel is decoded.

    Raises UnsupportedMedia for other content, InvalidInput for a damaged header, TooLarge past `pixel_limit`.
    """
    image = _opened(data, pixel_limit=pixel_limit)
    orientation = _field(image, "orientation", default=1)
    sideways = orientation in _SIDEWAYS
    return RasterHeader(
        format=_FORMATS[cast(str, image.get("vips-loader"))],
        width=image.height if sideways else image.width,
        height=image.width if sideways else image.height,
        orientation=orientation,
        frames=_field(image, "n-pages", default=1),
    )


def make_sure_of_memory(header: RasterHeader) -> None:
    """Raise MemoryError where there is none for decoding a picture whole.

    To be asked before a decoder that ends the process when it gets no memory: libvips' for GIF, and resvg's.
    """
    # Asked for and given back untouched: no page of it ever becomes real.
    np.empty(_WHOLE_BYTES_A_PIXEL * header.width * header.height + _BESIDE_BYTES, dtype=np.uint8)


def shrunk(data: bytes, *, longest_px: int, pixel_limit: int = PIXEL_LIMIT) -> NDArray[np.uint8]:
    """Return the first frame upright, H×W×4 straight-alpha sRGB, its longer side at most `longest_px`.

    Every pixel of the frame is decoded on the way, so damage anywhere in it raises InvalidInput. Else as `read_header`.
    """
    try:
        image = _opened(data, pixel_limit=pixel_limit)
        is_webp = image.get("vips-loader") == "webpload_buffer"
        small = _shrunk_on_the_way(data, longest_px) if is_webp else _shrunk(image, longest_px)
        if not small.hasalpha():
            small = small.addalpha()
        pixels = cast("NDArray[np.uint8]", small.cast("uchar").numpy())
    except pyvips.Error as error:
        raise _damaged(error) from error
    return pixels


def smaller(rgba: NDArray[np.uint8], *, longest_px: int) -> NDArray[np.uint8]:
    """Return H×W×4 straight-alpha sRGB pixels shrunk so that the longer side is at most `longest_px`."""
    if max(rgba.shape[:2]) <= longest_px:
        return rgba
    small = _from_pixels(rgba).thumbnail_image(longest_px, height=longest_px, size="down")
    return cast("NDArray[np.uint8]", small.cast("uchar").numpy())


def webp_of(rgba: NDArray[np.uint8]) -> bytes:
    """Return H×W×4 straight-alpha sRGB pixels as WebP."""
    return _from_pixels(rgba).write_to_buffer(".webp", Q=_WEBP_QUALITY, effort=_WEBP_EFFORT, keep="none")


def png_of(rgba: NDArray[np.uint8]) -> bytes:
    """Return H×W×4 straight-alpha sRGB pixels as PNG."""
    return _from_pixels(rgba).write_to_buffer(".png", keep="none")


def _opened(data: bytes, *, pixel_limit: int) -> pyvips.Image:
    _check_png_size(data, pixel_limit)
    try:
        image = pyvips.Image.new_from_buffer(data, "", access="sequential", fail_on="error")
    except pyvips.Error as error:
        kind = found_kind(data)
        if kind.lower() in _FORMATS.values():
            raise _damaged(error) from error
        raise _unsupported(kind) from error
    if image.get("vips-loader") not in _FORMATS:
        raise _unsupported(found_kind(data))
    _check_size(image.width, image.height, pixel_limit)
    return image


def _check_png_size(data: bytes, pixel_limit: int) -> None:
    # The decoder reads on past the size to the first pixels, and calls a file damaged that is too large as well.
    if data.startswith(_PNG_START) and len(data) >= 24:
        _check_size(int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"), pixel_limit)


def _check_size(width: int, height: int, pixel_limit: int) -> None:
    if width * height > pixel_limit:
        raise too_many_pixels(width, height, pixel_limit)


def too_many_pixels(width: int, height: int, pixel_limit: int) -> TooLarge:
    """Return the error for a picture of more pixels than are taken."""
    return TooLarge(
        f"The picture is {width} × {height} pixels ({width * height / 1e6:,.0f} megapixels);"
        f" the limit is {pixel_limit / 1e6:g} megapixels.",
        next_step="Upload a smaller version of it.",
        details={"field": "file", "value": width * height, "limit": pixel_limit},
    )


def _shrunk(image: pyvips.Image, longest_px: int) -> pyvips.Image:
    # Shrinks premultiplied, turns by the EXIF orientation and converts the colour profile; never enlarges.
    return image.thumbnail_image(longest_px, height=longest_px, size="down", output_profile="srgb")


def _shrunk_on_the_way(data: bytes, longest_px: int) -> pyvips.Image:
    # A WebP of 48 megapixels takes 6 MB so, and 380 whole. A JPEG that is cut short would not be noticed.
    return pyvips.Image.thumbnail_buffer(
        data, longest_px, height=longest_px, size="down", output_profile="srgb", fail_on="error"
    )


def _from_pixels(rgba: NDArray[np.uint8]) -> pyvips.Image:
    contiguous = np.ascontiguousarray(rgba)
    height, width = contiguous.shape[:2]
    return pyvips.Image.new_from_memory(contiguous.tobytes(), width, height, 4, "uchar").copy(interpretation="srgb")


def _field(image: pyvips.Image, name: str, *, default: int) -> int:
    return cast(int, image.get(name)) if image.get_typeof(name) else default


def _unsupported(kind: str) -> UnsupportedMedia:
    return UnsupportedMedia(
        f"The content is {kind}; JPEG, PNG, WebP, GIF and SVG pictures are taken.",
        next_step="Save it as one of these and upload that.",
        details={"field": "file", "value": kind},
    )


def _damaged(cause: Exception) -> InvalidInput | MemoryError:
    reason = " ".join(str(cause).split())[:160]
    if _OUT_OF_MEMORY.search(reason):  # the libraries say so only in words
        return MemoryError(reason)
    return InvalidInput(
        f"The picture is damaged or cut short ({reason}).",
        next_step="Export it again and upload that.",
        details={"field": "file"},
    )

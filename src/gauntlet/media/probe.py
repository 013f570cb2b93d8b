"""What is in a picture, and small versions of it: bytes in, facts and bytes out.

Everything here is work for the processor: callers on an event loop hand it to a thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gauntlet.core.errors import InvalidInput
from gauntlet.media.facts import ImageFacts, ImageFormat
from gauntlet.media.focus import focus_of
from gauntlet.media.palettes import dominant_colours
from gauntlet.media.rasters import (
    RasterHeader,
    make_sure_of_memory,
    png_of,
    read_header,
    shrunk,
    smaller,
    too_many_pixels,
    webp_of,
)
from gauntlet.media.svg_safety import SafeSvg, read_svg
from gauntlet.media.vector import rasterise, svg_size

_SAMPLE_PX: Final = 256
_OPAQUE: Final = 250  # below this, after shrinking, some pixel was see-through


def look_at_raster(
    data: bytes, header: RasterHeader, *, thumbnail_px: int, pixel_limit: int
) -> tuple[ImageFacts, bytes]:
    """Return the facts of a JPEG, PNG, WebP or GIF and its thumbnail (WebP), decoded once.

    Every pixel of the first frame is decoded. Raises InvalidInput for damage anywhere in it, and where nothing in it
    can be seen.
    """
    small = shrunk(data, longest_px=thumbnail_px, pixel_limit=pixel_limit)
    facts = _facts(
        header.format,
        header.width,
        header.height,
        smaller(small, longest_px=_SAMPLE_PX),
        orientation=header.orientation,
        frames=header.frames,
    )
    return facts, webp_of(small)


@dataclass(frozen=True, slots=True)
class LookedAtSvg:
    """An SVG's facts and what is kept of it: its thumbnail (WebP) and a PNG to show.

    `replacement` is what is left of it where something had to be taken out: that is kept in the original's stead.
    """

    facts: ImageFacts
    thumbnail: bytes
    png: bytes
    replacement: bytes | None


def look_at_svg(
    data: bytes, *, thumbnail_px: int, png_px: int, pixel_limit: int, font_files: Sequence[Path] = ()
) -> LookedAtSvg:
    """Return all about an SVG, drawn once; `png_px` is the longer side of its PNG.

    Raises UnsupportedMedia for other XML, InvalidInput for damaged content, TooLarge past the limit, by its size alone.
    """
    safe = read_svg(data, check_embedded=lambda picture: _check_embedded(picture, pixel_limit=pixel_limit))
    width, height = _whole_size(safe, pixel_limit=pixel_limit)
    drawn = _drawn(safe, longest_px=png_px, font_files=font_files)
    small = smaller(drawn, longest_px=thumbnail_px)
    return LookedAtSvg(
        facts=_facts("svg", width, height, smaller(small, longest_px=_SAMPLE_PX)),
        thumbnail=webp_of(small),
        png=png_of(drawn),
        replacement=safe.text.encode() if safe.removed else None,
    )


def _check_embedded(picture: bytes, *, pixel_limit: int) -> None:
    make_sure_of_memory(read_header(picture, pixel_limit=pixel_limit))


def _whole_size(safe: SafeSvg, *, pixel_limit: int) -> tuple[int, int]:
    width, height = (max(1, round(side)) for side in svg_size(safe.text))
    if width * height > pixel_limit:
        raise too_many_pixels(width, height, pixel_limit)
    return width, height


def _drawn(safe: SafeSvg, *, longest_px: int, font_files: Sequence[Path]) -> NDArray[np.uint8]:
    width, height = svg_size(safe.text)
    # The shorter side is set first: rounding it second would stretch a long, thin drawing.
    short = max(1, int(min(width, height) * longest_px / max(width, height)))
    scale = short / min(width, height)
    return rasterise(
        safe.text,
        width=short if width < height else round(width * scale),
        height=short if height <= width else round(height * scale),
        font_files=font_files,
    )


def _facts(
    format_: ImageFormat,
    width: int,
    height: int,
    sample: NDArray[np.uint8],
    *,
    orientation: int = 1,
    frames: int = 1,
) -> ImageFacts:
    if not sample[..., 3].any():
        raise InvalidInput(
            "Nothing in the picture can be seen: all of it is transparent.",
            next_step="Export it with its layers switched on. Text in an SVG must be turned into paths.",
            details={"field": "file"},
        )
    return ImageFacts(
        format=format_,
        width=width,
        height=height,
        orientation=orientation,
        frames=frames,
        has_alpha=bool(sample[..., 3].min() < _OPAQUE),
        dominant_colours=dominant_colours(sample),
        focus=focus_of(sample),
    )

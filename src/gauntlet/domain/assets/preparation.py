"""Turning the bytes of an upload into what is kept: work for the processor, done in a thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gauntlet.media.facts import ImageFacts
from gauntlet.media.pictures import picture_size
from gauntlet.media.probe import clean_svg, is_svg, probe_image, svg_png, thumbnail

THUMBNAIL_PX: Final = 480
RENDITION_PX: Final = 2_048


@dataclass(frozen=True, slots=True)
class PreparedImage:
    """A picture's facts and what is kept beside it.

    `width` and `height` are of the picture as the compositor decodes it, and views into it are measured in them: an
    SVG, which has no pixels of its own, is drawn larger than the size in `facts`.
    `replacement` stands for the original where that may not be kept as it came (an SVG with scripts); `rendition` is a
    PNG to show in place of an SVG.
    """

    facts: ImageFacts
    width: int
    height: int
    thumbnail: bytes
    rendition: bytes | None = None
    replacement: bytes | None = None


def prepare_image(data: bytes, *, pixel_limit: int, font_files: Sequence[Path]) -> PreparedImage:
    """Return what is kept of a picture; raises UnsupportedMedia, InvalidInput or TooLarge for one that is not taken."""
    facts = probe_image(data, pixel_limit=pixel_limit, font_files=font_files)
    small = thumbnail(data, size=THUMBNAIL_PX, font_files=font_files)
    if not is_svg(data):
        return PreparedImage(facts=facts, width=facts.width, height=facts.height, thumbnail=small)
    clean = clean_svg(data, pixel_limit=pixel_limit)
    width, height = picture_size(clean.data, max_pixels=pixel_limit)
    return PreparedImage(
        facts=facts,
        width=width,
        height=height,
        thumbnail=small,
        rendition=svg_png(data, longest_px=RENDITION_PX, font_files=font_files),
        replacement=clean.data if clean.removed else None,
    )

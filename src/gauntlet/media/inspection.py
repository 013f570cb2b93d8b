"""What comes of looking into a file, and how far looking may go. The looking itself is `media.inspector`'s."""

from dataclasses import dataclass
from typing import Final

from pydantic import Field

from gauntlet.core.schema import Schema
from gauntlet.media.facts import MediaFacts
from gauntlet.media.waveforms import Waveform

MEGABYTE: Final = 1_000_000


class InspectionLimits(Schema):
    """How much a file may be before it is refused, and how large what is made of it may become."""

    pixel_limit: int = Field(default=100_000_000, ge=1, description="Width × height of a picture or a film's frame.")
    animation_pixel_limit: int = Field(
        default=1_000_000_000, ge=1, description="Width × height × frames of a picture that moves."
    )
    picture_size_max_bytes: int = Field(
        default=200 * MEGABYTE, ge=1, description="Pictures are decoded from memory, whatever larger films may be."
    )
    video_side_max_px: int = Field(default=8_192, ge=1)
    video_duration_max_s: float = Field(default=6 * 3600.0, gt=0)
    audio_duration_max_s: float = Field(default=24 * 3600.0, gt=0)
    archive_entries_max: int = Field(default=10_000, ge=1, description="Parts of a DOCX.")
    archive_unpacked_max_bytes: int = Field(default=500 * MEGABYTE, ge=1, description="A DOCX's parts, unpacked.")
    thumbnail_px: int = Field(default=480, ge=1, le=2_048, description="A thumbnail's longer side, never enlarged.")
    rendition_px: int = Field(default=2_048, ge=1, le=4_096, description="Longer side of a drawing drawn as PNG.")


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file's facts and what is kept beside it.

    `width` and `height` are of the picture or frame as the compositor decodes it, and views into it are measured in
    them: an SVG, which has no pixels of its own, is drawn larger than the size in `facts`. `thumbnail` is WebP.
    `replacement` stands for the original where that may not be kept as it came (an SVG with scripts); `rendition` is a
    PNG to show in place of an SVG.
    """

    facts: MediaFacts
    width: int | None = None
    height: int | None = None
    thumbnail: bytes | None = None
    rendition: bytes | None = None
    replacement: bytes | None = None
    waveform: Waveform | None = None

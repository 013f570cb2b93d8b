"""What a film is: its facts as they are, not as its header has them, and a picture that stands for it."""

from dataclasses import dataclass
from typing import BinaryIO, Final

import cv2
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

from gauntlet.core.errors import UnsupportedMedia
from gauntlet.media.facts import VideoFacts, VideoFormat
from gauntlet.media.focus import focus_of
from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.lengths import measure_picture
from gauntlet.media.palettes import dominant_colours
from gauntlet.media.posters import choose_poster
from gauntlet.media.rasters import webp_of
from gauntlet.media.streams import Reel, channels_of, check_duration, codec_of, opened, sample_rate_of

_SAMPLE_PX: Final = 96
"""Colours and focus are found in so small a picture: more pixels change neither, and cost more than the decoding."""


@dataclass(frozen=True, slots=True)
class FilmInspection:
    """A film's facts and its thumbnail (WebP)."""

    facts: VideoFacts
    thumbnail: bytes


def inspect_film(file: BinaryIO, *, limits: InspectionLimits) -> FilmInspection:
    """Return the facts of a film, told by its content alone; `file` must be seekable, and is read only where needed.

    `width` and `height` are those of the upright picture with square pixels. `duration_s` is that of the picture,
    measured from its packets; sound that goes on after it does not count. Nothing past the thumbnail's frame is
    decoded, so damage elsewhere in it is not seen.
    Raises UnsupportedMedia for other content (a sound among them) and codecs that are not taken, InvalidInput for a
    damaged film or one that is cut short, TooLarge past the limits of size and duration.
    """
    with opened(file, limits=limits) as reel:
        return film_of(reel, limits=limits)


def film_of(reel: Reel, *, limits: InspectionLimits) -> FilmInspection:
    """Return the facts of a film that is open; else as `inspect_film`."""
    picture, format_ = _film_in(reel)
    length = measure_picture(reel, picture)
    check_duration(float(length.duration_s), max_s=limits.video_duration_max_s, what="film")
    poster = choose_poster(reel, picture, length, limits=limits)
    sample = _sample(poster.rgba)
    sound = reel.sound
    facts = VideoFacts(
        format=format_,
        width=poster.width,
        height=poster.height,
        duration_s=round(float(length.duration_s), 6),
        frame_rate=length.frame_rate,
        frames=length.frames,
        rotation=poster.rotation,
        video_codec=codec_of(picture),
        pixel_format=poster.pixel_format,
        audio_codec=None if sound is None else codec_of(sound),
        channels=None if sound is None else channels_of(sound),
        sample_rate_hz=None if sound is None else sample_rate_of(sound),
        bit_rate_bps=round(reel.size_bytes * 8 / length.duration_s) or None,
        dominant_colours=dominant_colours(sample),
        focus=focus_of(sample),
    )
    return FilmInspection(facts=facts, thumbnail=webp_of(poster.rgba))


def _film_in(reel: Reel) -> tuple[VideoStream, VideoFormat]:
    picture, format_ = reel.picture, reel.film_format
    if picture is None:
        raise UnsupportedMedia(
            "The file has sound but no picture.",
            next_step="Export it again with its picture, or upload it as a sound (MP3, WAV, OGG, AAC, M4A).",
            details={"field": "file"},
        )
    if format_ is None:
        raise UnsupportedMedia(
            f"The content is a film in {reel.kind.upper()}; films are taken as MP4, MOV, WebM, MKV and AVI.",
            next_step="Save it as one of these and upload that.",
            details={"field": "file", "value": reel.kind},
        )
    return picture, format_


def _sample(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = rgba.shape[:2]
    scale = min(1.0, _SAMPLE_PX / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(np.ascontiguousarray(rgba), size, interpolation=cv2.INTER_AREA), dtype=np.uint8)

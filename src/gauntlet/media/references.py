"""Looking at a reference picture or film: its palette and light, and small JPEGs of it for a model to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from gauntlet.core.creative.reference import LightFacts
from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.media.inspection import MEGABYTE, InspectionLimits
from gauntlet.media.kinds import HEAD_BYTES, kind_of
from gauntlet.media.lengths import measure_picture
from gauntlet.media.light import joined_light, light_of
from gauntlet.media.palettes import dominant_colours
from gauntlet.media.posters import key_frames
from gauntlet.media.probe import look_at_svg
from gauntlet.media.rasters import make_sure_of_memory, read_header, shrunk, smaller
from gauntlet.media.reference_limits import Measured, ReferenceLimits
from gauntlet.media.streams import opened

_SAMPLE_PX: Final = 256
_JPEG_QUALITY: Final = 85
_PLACES: Final = (Fraction(1, 10), Fraction(2, 5), Fraction(7, 10), Fraction(19, 20))


@dataclass(frozen=True, slots=True)
class Looked:
    """What was measured, and the picture or the film's key frames as JPEG."""

    measured: Measured
    jpegs: tuple[bytes, ...]


def look_at_reference(file: BinaryIO, *, limits: ReferenceLimits, font_files: Sequence[Path] = ()) -> Looked:
    """Look at a seekable file, told by its content alone.

    Raises UnsupportedMedia for what is neither picture nor film, TooLarge past a limit, InvalidInput for damage.
    """
    size_bytes = file.seek(0, 2)
    file.seek(0)
    kind = kind_of(file.read(HEAD_BYTES))
    if kind == "timed":
        _check_size(size_bytes, limits.film_max_bytes, what="video")
        return _film(file, limits)
    if kind not in {"raster", "svg"}:
        raise _no_reference(f"a {kind.upper()} document")
    _check_size(size_bytes, limits.picture_max_bytes, what="image")
    file.seek(0)
    return _picture(file.read(), limits, font_files=font_files, is_svg=kind == "svg")


def _picture(data: bytes, limits: ReferenceLimits, *, font_files: Sequence[Path], is_svg: bool) -> Looked:
    if is_svg:
        drawn = look_at_svg(
            data,
            thumbnail_px=_SAMPLE_PX,
            png_px=limits.longest_px,
            pixel_limit=limits.pixel_limit,
            font_files=font_files,
        )
        width, height = drawn.facts.width, drawn.facts.height
        rgba = shrunk(drawn.png, longest_px=limits.longest_px)
    else:
        header = read_header(data, pixel_limit=limits.pixel_limit)
        if header.format == "gif":
            make_sure_of_memory(header)
        width, height = header.width, header.height
        rgba = shrunk(data, longest_px=limits.longest_px, pixel_limit=limits.pixel_limit)
    colours, light = _measured(rgba)
    measured = Measured(media="picture", width=width, height=height, colours=colours, light=light)
    return Looked(measured, (_jpeg(rgba),))


def _film(file: BinaryIO, limits: ReferenceLimits) -> Looked:
    inspection = InspectionLimits(pixel_limit=limits.pixel_limit, thumbnail_px=limits.longest_px)
    with opened(file, limits=inspection) as reel:
        if reel.picture is None:
            raise _no_reference("a sound")
        length = measure_picture(reel, reel.picture)
        _check_duration(float(length.duration_s), limits)
        seen = key_frames(reel, reel.picture, length, places=_PLACES, limits=inspection)
    lights = [_measured(poster.rgba)[1] for _, poster in seen]
    measured = Measured(
        media="footage",
        width=seen[0][1].width,
        height=seen[0][1].height,
        duration_s=round(float(length.duration_s), 3),
        colours=dominant_colours(_strip([poster.rgba for _, poster in seen])),
        light=joined_light(lights),
        seconds=tuple(round(at_s, 2) for at_s, _ in seen),
    )
    return Looked(measured, tuple(_jpeg(poster.rgba) for _, poster in seen))


def _measured(rgba: NDArray[np.uint8]) -> tuple[tuple[str, ...], LightFacts]:
    sample = smaller(rgba, longest_px=_SAMPLE_PX)
    light = light_of(sample)
    if light is None:
        raise InvalidInput(
            "Nothing in the reference can be seen: all of it is transparent.",
            next_step="Export it with its layers switched on.",
            details={"field": "reference"},
        )
    return dominant_colours(sample), light


def _strip(pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """Return the pixels of several pictures as one, for one palette of all of them."""
    samples = [smaller(picture, longest_px=_SAMPLE_PX).reshape(-1, 4) for picture in pictures]
    return np.concatenate(samples)[:, np.newaxis]


def _jpeg(rgba: NDArray[np.uint8]) -> bytes:
    """Return the picture on white as JPEG, without anything that the file said of where and when it was taken."""
    alpha = rgba[..., 3:].astype(np.uint16)
    flat = (rgba[..., :3].astype(np.uint16) * alpha + 255 * (255 - alpha) + 127) // 255
    bgr = np.ascontiguousarray(flat.astype(np.uint8)[..., ::-1])
    done, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    if not done:
        raise RuntimeError(f"a picture of {rgba.shape[1]} × {rgba.shape[0]} pixels could not be written as JPEG")
    return np.asarray(data, dtype=np.uint8).tobytes()


def _check_size(size_bytes: int, limit_bytes: int, *, what: str) -> None:
    if size_bytes > limit_bytes:
        raise TooLarge(
            f"The reference {what} has {size_bytes / MEGABYTE:,.1f} MB; the limit is {limit_bytes / MEGABYTE:g} MB.",
            next_step=f"Save the {what} smaller, or give another one.",
            details={"field": "reference", "value": size_bytes, "limit": limit_bytes},
        )


def _check_duration(duration_s: float, limits: ReferenceLimits) -> None:
    if duration_s > limits.film_max_s:
        raise TooLarge(
            f"The reference video lasts {duration_s:,.1f} s; the limit is {limits.film_max_s:g} s.",
            next_step="Cut it to the part whose look the ad is to have.",
            details={"field": "reference", "value": round(duration_s, 3), "limit": limits.film_max_s},
        )


def _no_reference(what: str) -> UnsupportedMedia:
    return UnsupportedMedia(
        f"The reference is {what}; a reference is an image or a video.",
        next_step="Give an image (JPEG, PNG, WebP, GIF, SVG) or a video (MP4, MOV, WebM, MKV, AVI).",
        details={"field": "reference"},
    )

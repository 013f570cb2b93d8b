"""Looking into a file: what it is, its facts, its small pictures. Work for the processor, done in the media sandbox."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from gauntlet.core.errors import TooLarge
from gauntlet.media.documents import inspect_document
from gauntlet.media.films import film_of
from gauntlet.media.inspection import MEGABYTE, Inspection, InspectionLimits
from gauntlet.media.kinds import HEAD_BYTES, kind_of
from gauntlet.media.pictures import picture_size
from gauntlet.media.probe import look_at_raster, look_at_svg
from gauntlet.media.rasters import RasterHeader, make_sure_of_memory, read_header
from gauntlet.media.sounds import sound_of
from gauntlet.media.streams import opened


def inspect(file: BinaryIO, *, limits: InspectionLimits, font_files: Sequence[Path] = ()) -> Inspection:
    """Return what a seekable file is and what is kept beside it, told by its content alone.

    `font_files` are what an SVG's text is drawn with. Raises UnsupportedMedia for what is not taken, InvalidInput for
    damaged content, TooLarge past a limit.
    """
    file.seek(0)
    kind = kind_of(file.read(HEAD_BYTES))
    match kind:
        case "raster":
            return _raster(_whole(file, limits), limits)
        case "svg":
            return _svg(_whole(file, limits), limits, font_files)
        case "pdf" | "docx" | "doc" | "txt":
            return inspect_document(file, kind, limits=limits)
        case "timed":
            return _timed(file, limits)


def _timed(file: BinaryIO, limits: InspectionLimits) -> Inspection:
    """Look into a film, or into a sound where there is no picture but perhaps a cover."""
    with opened(file, limits=limits) as reel:
        if reel.picture is None:
            sound = sound_of(reel, limits=limits)
            return Inspection(facts=sound.facts, waveform=sound.waveform)
        film = film_of(reel, limits=limits)
    return Inspection(facts=film.facts, width=film.facts.width, height=film.facts.height, thumbnail=film.thumbnail)


def _whole(file: BinaryIO, limits: InspectionLimits) -> bytes:
    size_bytes = file.seek(0, 2)
    if size_bytes > limits.picture_size_max_bytes:
        raise TooLarge(
            f"A picture of {size_bytes / MEGABYTE:,.1f} MB; the limit for pictures is"
            f" {limits.picture_size_max_bytes / MEGABYTE:g} MB.",
            next_step="Save it with fewer pixels or stronger compression.",
            details={"field": "file", "value": size_bytes, "limit": limits.picture_size_max_bytes},
        )
    file.seek(0)
    return file.read()


def _raster(data: bytes, limits: InspectionLimits) -> Inspection:
    header = read_header(data, pixel_limit=limits.pixel_limit)
    _check_animation(header, limits)
    if header.format == "gif":
        make_sure_of_memory(header)
    facts, thumbnail = look_at_raster(data, header, thumbnail_px=limits.thumbnail_px, pixel_limit=limits.pixel_limit)
    return Inspection(facts=facts, width=facts.width, height=facts.height, thumbnail=thumbnail)


def _check_animation(header: RasterHeader, limits: InspectionLimits) -> None:
    pixels = header.width * header.height * header.frames
    if header.frames > 1 and pixels > limits.animation_pixel_limit:
        raise TooLarge(
            f"The picture moves through {header.frames:,} frames of {header.width} × {header.height} pixels,"
            f" {pixels / 1e6:,.0f} megapixels in all; the limit is {limits.animation_pixel_limit / 1e6:g} megapixels.",
            next_step="Upload it as a film (MP4 or WebM), or with fewer frames.",
            details={"field": "file", "value": pixels, "limit": limits.animation_pixel_limit},
        )


def _svg(data: bytes, limits: InspectionLimits, font_files: Sequence[Path]) -> Inspection:
    seen = look_at_svg(
        data,
        thumbnail_px=limits.thumbnail_px,
        png_px=limits.rendition_px,
        pixel_limit=limits.pixel_limit,
        font_files=font_files,
    )
    width, height = picture_size(seen.replacement or data, max_pixels=limits.pixel_limit)
    return Inspection(
        facts=seen.facts,
        width=width,
        height=height,
        thumbnail=seen.thumbnail,
        rendition=seen.png,
        replacement=seen.replacement,
    )

"""The border to HarfBuzz, which ships no types: font files in, plain numbers out. All lengths are in ems, y upwards."""

import functools
import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_hb: Final[Any] = importlib.import_module("uharfbuzz")  # untyped extension module; nothing untyped leaves this file

_FAMILY_NAME_IDS: Final = (16, 1)
"""`name` table: typographic family, else the older family name (OpenType specification)."""


@dataclass(frozen=True, slots=True)
class FaceFacts:
    """What a font file says of itself."""

    family: str
    weight: int
    italic: bool


@dataclass(frozen=True, slots=True)
class Metrics:
    """A face's own vertical metrics (hhea or OS/2, whichever the font says to use); `descent` is positive."""

    ascent: float
    descent: float
    cap_height: float
    x_height: float


@dataclass(frozen=True, slots=True)
class ShapedRun:
    """One run's advance and the box of its ink, relative to its origin."""

    advance: float
    clusters: int
    ink_left: float
    ink_right: float
    ink_top: float
    ink_bottom: float


def face_facts(path: Path) -> FaceFacts | None:
    """Return what the file at `path` says of itself, or None when it is no font."""
    face = _hb.Face(_hb.Blob.from_file_path(str(path)))
    if face.glyph_count == 0:
        return None
    font = _hb.Font(face)
    names: dict[int, str] = {int(n.name_id): str(face.get_name(n.name_id)) for n in face.list_names()}
    family = next((names[i] for i in _FAMILY_NAME_IDS if names.get(i)), "")
    if not family:
        return None
    weight = round(float(font.get_style_value(_hb.StyleTag.WEIGHT)))
    return FaceFacts(family, weight, float(font.get_style_value(_hb.StyleTag.ITALIC)) > 0)


def covers(path: Path, character: str) -> bool:
    """Tell whether the face has a glyph for the character."""
    return ord(character) in _font(path).face.unicodes


@functools.cache
def metrics(path: Path) -> Metrics:
    """Return the face's vertical metrics."""
    font = _font(path)
    upem = float(font.face.upem)
    extents = font.get_font_extents("ltr")
    tags = _hb.OTMetricsTag
    return Metrics(
        ascent=float(extents.ascender) / upem,
        descent=-float(extents.descender) / upem,
        cap_height=float(font.get_metric_position_with_fallback(tags.CAP_HEIGHT)) / upem,
        x_height=float(font.get_metric_position_with_fallback(tags.X_HEIGHT)) / upem,
    )


@functools.lru_cache(maxsize=16_384)
def shape(path: Path, text: str, *, rtl: bool, language: str) -> ShapedRun:
    """Shape `text` (one face, one direction, kerning and joining applied) and measure it."""
    font = _font(path)
    upem = float(font.face.upem)
    buffer = _hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.language = language
    buffer.guess_segment_properties()
    _hb.shape(font, buffer)
    return _measured(font, buffer, upem)


def _measured(font: Any, buffer: Any, upem: float) -> ShapedRun:
    pen = 0.0
    left, right, top, bottom = 1e9, -1e9, -1e9, 1e9
    clusters: set[int] = set()
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        clusters.add(int(info.cluster))
        box = font.get_glyph_extents(info.codepoint)
        if box is not None and box.width:
            x, y = pen + place.x_offset + box.x_bearing, place.y_offset + box.y_bearing
            left, right = min(left, x), max(right, x + box.width)
            top, bottom = max(top, y), min(bottom, y + box.height)
        pen += place.x_advance
    if right < left:
        left = right = top = bottom = 0.0
    return ShapedRun(pen / upem, len(clusters), left / upem, right / upem, top / upem, bottom / upem)


@functools.cache
def _font(path: Path) -> Any:
    return _hb.Font(_hb.Face(_hb.Blob.from_file_path(str(path))))

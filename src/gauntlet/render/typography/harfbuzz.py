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
def shape(path: Path, text: str, *, rtl: bool) -> ShapedRun:
    """Shape `text` (one face, one direction, kerning and joining applied) and measure it.

    No language is named: the rasteriser names none either, and what is measured must be what is drawn.
    """
    font = _font(path)
    return _measured(font, _shaped(font, text, rtl=rtl), float(font.face.upem))


@functools.lru_cache(maxsize=1_024)
def outline(path: Path, text: str, *, rtl: bool) -> str:
    """Return the shaped text's outlines as SVG path data in thousandths of an em, y downwards from the baseline."""
    font = _font(path)
    unit = 1000 / float(font.face.upem)
    buffer = _shaped(font, text, rtl=rtl)
    pen = _PathPen(unit)
    at = 0.0
    for info, place in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True):
        pen.move_origin(at + place.x_offset, place.y_offset)
        font.draw_glyph_with_pen(info.codepoint, pen)
        at += place.x_advance
    return " ".join(pen.commands)


class _PathPen:
    """Takes HarfBuzz's drawing calls (fontTools' pen protocol) and writes SVG path commands."""

    def __init__(self, unit: float) -> None:
        self.commands: list[str] = []
        self._unit = unit
        self._origin = (0.0, 0.0)

    def move_origin(self, x: float, y: float) -> None:
        self._origin = (x, y)

    def _at(self, *points: tuple[float, float]) -> str:
        ox, oy = self._origin
        return " ".join(f"{(x + ox) * self._unit:.1f},{-(y + oy) * self._unit:.1f}" for x, y in points)

    def moveTo(self, point: tuple[float, float]) -> None:
        self.commands.append("M" + self._at(point))

    def lineTo(self, point: tuple[float, float]) -> None:
        self.commands.append("L" + self._at(point))

    def curveTo(self, *points: tuple[float, float]) -> None:
        self.commands.append("C" + self._at(*points))

    def qCurveTo(self, *points: tuple[float, float]) -> None:
        self.commands.append("Q" + self._at(*points))

    def closePath(self) -> None:
        self.commands.append("Z")


def _shaped(font: Any, text: str, *, rtl: bool) -> Any:
    buffer = _hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.guess_segment_properties()
    _hb.shape(font, buffer)
    return buffer


def _measured(font: Any, buffer: Any, upem: float) -> ShapedRun:
    pen = 0.0
    left, right, top, bottom = 1e9, -1e9, -1e9, 1e9
    clusters: set[int] = set()
    for info, place in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True):
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

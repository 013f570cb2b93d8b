"""The contact sheet: a storyboard on one page, for a person to say yes or no to."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gauntlet.core.creative.brief import Brief, Scene
from gauntlet.core.creative.formats import PLATFORM_NAMES, AspectRatio
from gauntlet.media.pictures import decode_picture
from gauntlet.media.vector import rasterise
from gauntlet.render.still import encode_png, resample
from gauntlet.render.typography.fitting import fit_text
from gauntlet.render.typography.fonts import font_files
from gauntlet.render.typography.svg import line_elements

_UI_FAMILY: Final = "Manrope"
_PAPER: Final = "#FAFAF8"
_INK: Final = "#1B1C1F"
_QUIET: Final = "#6A6C72"
_RULE: Final = "#E2E1DC"
_MARGIN: Final = 56
_GUTTER: Final = 28
_HEADER: Final = 132
_CAPTION: Final = 124
_RADIUS: Final = 10
_MARK: Final = 44
_MARK_INSET: Final = 14

# Columns and width of a frame, so that a sheet of five to eight scenes is about 2,000 px wide in every aspect.
_GRID: Final[Mapping[AspectRatio, tuple[int, int]]] = {
    AspectRatio.VERTICAL: (4, 440),
    AspectRatio.PORTRAIT: (4, 440),
    AspectRatio.SQUARE: (4, 440),
    AspectRatio.LANDSCAPE: (3, 600),
}


@dataclass(frozen=True, slots=True)
class _Sheet:
    columns: int
    frame_width: int
    frame_height: int
    rows: int

    @classmethod
    def of(cls, brief: Brief) -> "_Sheet":
        specs = brief.technical_specs
        columns, width = _GRID[specs.aspect_ratio]
        rows = -(-len(brief.scenes) // columns)
        return cls(columns, width, round(width * specs.height / specs.width), rows)

    @property
    def width(self) -> int:
        return 2 * _MARGIN + self.columns * self.frame_width + (self.columns - 1) * _GUTTER

    @property
    def height(self) -> int:
        return _MARGIN + _HEADER + self.rows * (self.frame_height + _CAPTION) + (self.rows - 1) * _GUTTER + _MARGIN

    def corner(self, index: int) -> tuple[int, int]:
        row, column = divmod(index, self.columns)
        x = _MARGIN + column * (self.frame_width + _GUTTER)
        return x, _MARGIN + _HEADER + row * (self.frame_height + _CAPTION + _GUTTER)


def draw_contact_sheet(brief: Brief, images: Mapping[int, bytes], moving: Set[int] = frozenset()) -> bytes:
    """Return the sheet as PNG: each scene's frame with number, seconds, purpose and words, under title and palette.

    `images` holds the frames' encoded images by scene number; every scene must have one. Those of the scenes `moving`,
    which show footage, bear a small mark that says so.
    """
    sheet = _Sheet.of(brief)
    drawn = rasterise(_page(brief, sheet), width=sheet.width, height=sheet.height, font_files=font_files())
    page = drawn[..., :3].copy()
    mask = _rounded(sheet.frame_width, sheet.frame_height)
    for index, scene in enumerate(brief.scenes):
        frame = resample(decode_picture(images[scene.number]).rgba[..., :3], sheet.frame_width, sheet.frame_height)
        x, y = sheet.corner(index)
        ground = page[y : y + sheet.frame_height, x : x + sheet.frame_width]
        ground[:] = (frame * mask + ground * (1 - mask)).astype(np.uint8)
        if scene.number in moving:
            _mark(ground)
    return encode_png(page)


def _mark(frame: NDArray[np.uint8]) -> None:
    """Draw the sign for footage into the frame's upper left corner: a play button."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_MARK}" height="{_MARK}">'
        f'<rect width="{_MARK}" height="{_MARK}" rx="{_MARK * 0.28:.1f}" fill="{_INK}" fill-opacity="0.78"/>'
        f'<path d="M{_MARK * 0.38:.1f},{_MARK * 0.29:.1f} L{_MARK * 0.73:.1f},{_MARK * 0.5:.1f} '
        f'L{_MARK * 0.38:.1f},{_MARK * 0.71:.1f} Z" fill="#FFFFFF" stroke="#FFFFFF" stroke-width="2" '
        'stroke-linejoin="round"/></svg>'
    )
    drawn = rasterise(svg, width=_MARK, height=_MARK)
    alpha = drawn[..., 3:].astype(np.float32) / np.float32(255)
    part = frame[_MARK_INSET : _MARK_INSET + _MARK, _MARK_INSET : _MARK_INSET + _MARK]
    part[:] = (drawn[..., :3] * alpha + part * (1 - alpha)).astype(np.uint8)


def _rounded(width: int, height: int) -> NDArray[np.float32]:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}" rx="{_RADIUS}" fill="#FFFFFF"/></svg>'
    )
    return rasterise(svg, width=width, height=height)[..., 3:].astype(np.float32) / np.float32(255)


def _page(brief: Brief, sheet: _Sheet) -> str:
    parts = [f'<rect width="{sheet.width}" height="{sheet.height}" fill="{_PAPER}"/>', *_header(brief, sheet)]
    for index, scene in enumerate(brief.scenes):
        parts += _caption(scene, sheet.corner(index), sheet, language=brief.text_strategy.language)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width}" height="{sheet.height}">{"".join(parts)}</svg>'
    )


def _header(brief: Brief, sheet: _Sheet) -> list[str]:
    specs = brief.technical_specs
    room = sheet.width - 2 * _MARGIN
    language = brief.text_strategy.language
    facts = (
        f"{PLATFORM_NAMES[specs.platform]} · {specs.aspect_ratio.value} · {specs.duration:g} s · "
        f"{len(brief.scenes)} scenes · {brief.visual_direction.mood.value} · {brief.audio_direction.tempo_bpm:g} bpm"
    )
    parts = _words(brief.title, x=_MARGIN, top=_MARGIN, width=room * 0.72, px=40, weight=700, language=language)
    parts += _words(facts, x=_MARGIN, top=_MARGIN + 62, width=room * 0.72, px=22, ink=_QUIET)
    return parts + _swatches(brief, right=sheet.width - _MARGIN)


def _swatches(brief: Brief, *, right: int) -> list[str]:
    palette = brief.visual_direction.palette
    colours = (palette.primary, palette.secondary, palette.accent, palette.background)
    step, radius = 60, 22
    return [
        f'<circle cx="{right - radius - step * place}" cy="{_MARGIN + 34}" r="{radius}" fill="{colour}" '
        f'stroke="{_RULE}" stroke-width="1.5"/>'
        for place, colour in enumerate(reversed(colours))
    ]


def _caption(scene: Scene, corner: tuple[int, int], sheet: _Sheet, *, language: str) -> list[str]:
    x, y = corner[0], corner[1] + sheet.frame_height + 16
    width = sheet.frame_width
    label = f"{scene.number}   {scene.purpose.value.replace('_', ' ')}"
    seconds = f"{scene.start:.1f} to {scene.start + scene.duration:.1f} s"
    parts = _words(label, x=x, top=y, width=width * 0.62, px=20, weight=700)
    parts += _words(seconds, x=x + width * 0.64, top=y, width=width * 0.36, px=20, ink=_QUIET, align_right=True)
    words = scene.overlay_text or "(no words)"
    ink = _INK if scene.overlay_text else _QUIET
    return parts + _words(words, x=x, top=y + 34, width=width, px=22, ink=ink, language=language, lines=2)


def _words(
    text: str,
    *,
    x: float,
    top: float,
    width: float,
    px: float,
    weight: int = 400,
    ink: str = _INK,
    language: str = "en",
    lines: int = 1,
    align_right: bool = False,
) -> list[str]:
    fitted = fit_text(
        text,
        family=_UI_FAMILY,
        weight=weight,
        language=language,
        box_width=width,
        box_height=px * 1.6 * lines,
        max_lines=lines,
        max_px=px,
        min_px=px * 0.3,
        leading=1.25,
    )
    lefts = [x + width - set_width if align_right else x for set_width in fitted.widths]
    return [
        line_elements(line, x=left, baseline=top + baseline, px=fitted.font_px, ink=ink)
        for line, left, baseline in zip(fitted.lines, lefts, fitted.baselines, strict=True)
    ]

"""`gauntlet/panel`: a picture without words, drawn from what the prompt speaks of."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from gauntlet.core.creative.brand import BrandGuidelines
from gauntlet.core.creative.brief import Mood, Palette
from gauntlet.core.creative.colour import contrast_ratio
from gauntlet.core.creative.formats import CANVASES
from gauntlet.media.vector import rasterise
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.local.models.inputs import PanelForm, PictureFormat, mood_named
from gauntlet.providers.local.planner.known import gather
from gauntlet.providers.local.planner.look import choose_palette
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.layout.legibility import Ground, ground_of
from gauntlet.render.panels.backdrops import Setting, backdrop_art
from gauntlet.render.panels.colours import toned
from gauntlet.render.panels.mosaic import mosaic_art
from gauntlet.render.panels.objects import object_art, object_size
from gauntlet.render.panels.pen import Paint
from gauntlet.render.panels.subjects import is_night, object_for, place_for
from gauntlet.render.still import Rgb, encode_jpeg, encode_png, encode_webp

MEDIA_TYPES: Final[dict[PictureFormat, str]] = {"png": "image/png", "webp": "image/webp", "jpg": "image/jpeg"}
_UNITS_PER_SHORT_SIDE: Final = 36
_STAND_UNITS: Final = 1.6
"""How far in front of the horizon things stand."""

_WHERE: Final = re.compile(
    r"[,;:]|\b(?:on|in|at|by|under|beside|against|outside|inside|near|auf|im|am|bei|vor|sur|dans|à|en|sobre|junto|su|nel|em|no|na)\b",
    re.IGNORECASE,
)
"""What parts the words for a subject from those for its place: “a cup of coffee” from “on a kitchen table”."""

_MOOD_PLACES: Final[dict[Mood, str]] = {
    Mood.ENERGETIC: "city",
    Mood.UPLIFTING: "hills",
    Mood.CALM: "studio",
    Mood.ELEGANT: "arch",
    Mood.PLAYFUL: "rays",
    Mood.DRAMATIC: "city",
    Mood.WARM: "window",
    Mood.TECH: "studio",
}
_DARK_MOODS: Final = frozenset({Mood.ENERGETIC, Mood.DRAMATIC, Mood.TECH})
_INKS: Final = ("#FFFFFF", "#08090C")
_SEEN_FROM: Final = 1.22
"""Least contrast between a ground and the tones that places are drawn with at which they are seen."""


@dataclass(frozen=True, slots=True)
class _View:
    """How a shot type shows its subject: its largest width and height, and the horizon, as shares of the canvas."""

    width: float
    height: float
    horizon: float


_VIEWS: Final = {"wide": _View(0.34, 0.3, 0.72), "medium": _View(0.62, 0.46, 0.76), "close_up": _View(0.96, 0.78, 0.9)}


def draw_panel(form: PanelForm) -> bytes:
    """Return the picture, as large as a film of its aspect ratio: the same bytes for the same form."""
    canvas = CANVASES[form.aspect]
    box = Rect(0, 0, canvas.width, canvas.height)
    palette, mood = _look(form)
    seed = _seed(form)
    art = (
        _overhead(form, palette, box, seed) if form.shot_type == "overhead" else _scene(form, palette, mood, box, seed)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{canvas.width}" height="{canvas.height}"'
        f' viewBox="0 0 {canvas.width} {canvas.height}">{art}</svg>'
    )
    rgba = rasterise(svg, width=canvas.width, height=canvas.height)
    return _encoded(np.ascontiguousarray(rgba[..., :3]), form.output_format)


def _look(form: PanelForm) -> tuple[Palette, Mood]:
    """Return the colours and the mood: those given, else those that an ad for the prompt would have."""
    known = gather(PlanRequest(prompt=form.prompt))
    mood = mood_named(form.mood) or known.mood
    asked = mood if form.mood or known.reading.mood is mood else None
    palette = choose_palette(
        brand=BrandGuidelines(),
        assets=(),
        said=form.palette or known.reading.colours,
        category=known.category,
        mood=mood,
        asked_mood=asked,
    )
    return palette, mood


def _seed(form: PanelForm) -> int:
    return int.from_bytes(hashlib.sha256(f"{form.seed}|{form.prompt}".encode()).digest()[:4]) >> 1


def _overhead(form: PanelForm, palette: Palette, box: Rect, seed: int) -> str:
    columns = 3 if box.width < box.height * 1.6 else 5
    paint = Paint.of(palette.primary, palette.secondary, palette.accent)
    area = (box.x, box.y, box.width, box.height)
    return mosaic_art(_subject(form.prompt), paint, box=area, tile=box.width / columns, seed=seed)


def _scene(form: PanelForm, palette: Palette, mood: Mood, box: Rect, seed: int) -> str:
    """Return the subject in its place; the nearer, the larger, and the less of the place."""
    view, unit = _VIEWS[form.shot_type], min(box.width, box.height) / _UNITS_PER_SHORT_SIDE
    ground = _ground(palette, mood, night=is_night(form.prompt))
    horizon = box.height * view.horizon
    place = place_for(form.prompt) or _MOOD_PLACES[mood]
    setting = Setting(
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        horizon=horizon,
        head=box.height * 0.16,
        base=ground.base,
        tones=ground.tones,
        unit=unit,
        seed=seed,
    )
    name = _subject(form.prompt)
    width, height = object_size(name, width=box.width * view.width, height=box.height * view.height)
    foot = horizon + unit * _STAND_UNITS
    stand = Rect(box.cx - width / 2, foot - height, width, height)
    paint = Paint.of(palette.primary, palette.secondary, palette.accent).apart_from(ground.tones[5])
    subject = object_art(name, paint, x=stand.x, y=stand.y, width=stand.width)
    return f"{backdrop_art(place, setting)}{_shadow(stand, unit)}{subject}"


def _subject(prompt: str) -> str:
    """Return the name of the object that the prompt is about: its first words count before those for the place."""
    first, *rest = _WHERE.split(prompt, maxsplit=1)
    return object_for(first, *rest)


def _shadow(stand: Rect, unit: float) -> str:
    rx, ry = stand.width * 0.46, max(unit * 0.9, stand.width * 0.05)
    return (
        '<defs><radialGradient id="k"><stop offset="0" stop-color="#000" stop-opacity="0.36"/>'
        '<stop offset="0.5" stop-color="#000" stop-opacity="0.16"/>'
        '<stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient></defs>'
        f'<ellipse cx="{stand.cx:.1f}" cy="{stand.bottom - ry * 0.35:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="url(#k)"/>'
    )


def _ground(palette: Palette, mood: Mood, *, night: bool) -> Ground:
    """Return the ground that the place is drawn on: the palette's own, unless that is too pale to draw in."""
    tints = (palette.primary, palette.accent)
    deep = ground_of(toned(palette.primary, 0.21, chroma_at_most=0.065), inks=_INKS, tints=tints)
    if night:
        return deep
    own = ground_of(palette.background, inks=(palette.on_background, *_INKS), tints=tints)
    if contrast_ratio(own.base, own.tones[5]) >= _SEEN_FROM and mood not in _DARK_MOODS:
        return own
    if mood in _DARK_MOODS:
        return deep
    return ground_of(toned(palette.primary, 0.9, chroma_at_most=0.05), inks=_INKS, tints=tints)


def _encoded(pixels: Rgb, picture_format: PictureFormat) -> bytes:
    match picture_format:
        case "png":
            return encode_png(pixels)
        case "webp":
            return encode_webp(pixels)
        case "jpg":
            return encode_jpeg(pixels)

"""Lines as they will stand: which face each character is set in, in which order, how wide, where the ink is."""

import functools
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gauntlet.render.typography import bidi, harfbuzz
from gauntlet.render.typography.fonts import Catalogue, Face, FontsUnavailable, default_catalogue, family_stack

_DISPLAY_FAMILIES: Final = frozenset({"Fredoka One"})
"""Families whose single weight is bold by design."""

_EMBOLDEN_EM: Final = 0.036
"""Outline that turns a regular weight into a bold one, in ems; more closes the counters of dense kanji."""

_JOINING: Final = ("ARABIC", "SYRIAC", "MANDAIC", "NKO", "MONGOLIAN", "DEVANAGARI", "BENGALI", "THAI")
"""Scripts that letter-spacing would tear apart (resvg leaves them alone too)."""

_JOINERS: Final = frozenset("\u200c\u200d")
_INVISIBLE: Final = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f\u00ad\ufeff")


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """How a piece of text is set: everything but its size. `tracking` is in ems."""

    families: tuple[str, ...]
    weight: int
    language: str
    tracking: float = 0.0
    fonts: Catalogue | None = None

    @property
    def faces(self) -> tuple[Face, ...]:
        """The faces to try for each character, in order."""
        return _faces(self.families, self.weight, self.fonts)


@dataclass(frozen=True, slots=True)
class PlacedRun:
    """A run of one face and direction; `x` is its left edge from the line's left edge, in ems."""

    text: str
    face: Face
    rtl: bool
    x: float
    embolden: float
    tracking: float


@dataclass(frozen=True, slots=True)
class Line:
    """One set line in ems: `width` is the advance, `ink_*` the inked box (y upwards from the baseline)."""

    text: str
    runs: tuple[PlacedRun, ...]
    width: float
    ink_left: float
    ink_right: float
    ink_top: float
    ink_bottom: float


def type_style(
    family: str, *, weight: int, language: str, tracking: float = 0.0, fonts: Catalogue | None = None
) -> TypeStyle:
    """Return the style for a family by name (a brand's own, or one of the catalogue's)."""
    return TypeStyle(family_stack(family, language, fonts), weight, language, tracking, fonts)


def settable(text: str, style: TypeStyle) -> str:
    """Return the text without what cannot be set: emoji and control characters that no face has.

    Raises FontsUnavailable when letters or digits would be lost, naming the script.
    """
    normal = unicodedata.normalize("NFC", text)
    kept: list[str] = []
    for character in normal:
        if character.isspace():
            kept.append(" " if character != "\u00a0" else character)
        elif character in _INVISIBLE:
            # A joiner means something between letters only; elsewhere it is what an emoji left behind.
            if character in _JOINERS and kept and kept[-1].isalpha():
                kept.append(character)
        elif any(harfbuzz.covers(face.path, character) for face in style.faces):
            kept.append(character)
        elif unicodedata.category(character)[0] in "LN":
            raise _no_face_for(character, text)
    return " ".join(part for part in "".join(kept).split(" ") if part)


@functools.lru_cache(maxsize=8_192)
def set_line(text: str, style: TypeStyle) -> Line:
    """Set one line: itemised into runs by face and direction, in visual order, measured."""
    base_rtl = style.language in bidi.RTL_LANGUAGES and bidi.has_rtl(text)
    runs: list[PlacedRun] = []
    pen = 0.0
    left, right, top, bottom = 1e9, -1e9, -1e9, 1e9
    for directed in bidi.visual_runs(text, base_rtl=base_rtl):
        for face, whole in _by_face(directed, style):
            # The rasteriser would put a right-to-left run's outer spaces on the wrong side: they become distance.
            piece = whole.strip(" ") if directed.rtl else whole
            before, after = _outer_spaces(whole) if directed.rtl else (0, 0)
            space = harfbuzz.shape(face.path, " ", rtl=False).advance
            pen += after * space
            shaped = harfbuzz.shape(face.path, piece, rtl=directed.rtl)
            tracking = 0.0 if _joins(piece) else style.tracking
            bold = _embolden(face, style.weight)
            runs.append(PlacedRun(piece, face, directed.rtl, pen, bold, tracking))
            if shaped.ink_right > shaped.ink_left:
                spread = tracking * max(shaped.clusters - 1, 0)
                left = min(left, pen + shaped.ink_left - bold / 2)
                right = max(right, pen + shaped.ink_right + spread + bold / 2)
                top, bottom = max(top, shaped.ink_top + bold / 2), min(bottom, shaped.ink_bottom - bold / 2)
            pen += shaped.advance + tracking * shaped.clusters + before * space
    width = max(pen - style.tracking, 0.0) if runs and runs[-1].tracking else pen
    if right < left:
        left = right = top = bottom = 0.0
    return Line(text, tuple(runs), width, left, right, top, bottom)


def cap_height(style: TypeStyle) -> float:
    """Return the height of the style's capitals, in ems."""
    return harfbuzz.metrics(style.faces[0].path).cap_height


@functools.cache
def _faces(families: tuple[str, ...], weight: int, fonts: Catalogue | None) -> tuple[Face, ...]:
    known = fonts or default_catalogue()
    return tuple(face for family in families if (face := known.nearest(family, weight)) is not None)


def _by_face(run: bidi.DirectionalRun, style: TypeStyle) -> list[tuple[Face, str]]:
    """Split a run by the face that covers each character; spaces and marks stay with their neighbour."""
    pieces: list[tuple[Face, str]] = []
    for character in run.text:
        last = pieces[-1][0] if pieces else None
        sticky = character.isspace() or character in _INVISIBLE or unicodedata.combining(character) > 0
        face = last if last and sticky else _face_for(character, style.faces)
        if pieces and face == last:
            pieces[-1] = (face, pieces[-1][1] + character)
        else:
            pieces.append((face, character))
    # Pieces of a right-to-left run stand from right to left.
    return pieces[::-1] if run.rtl else pieces


@functools.lru_cache(maxsize=16_384)
def _face_for(character: str, faces: tuple[Face, ...]) -> Face:
    return next((face for face in faces if harfbuzz.covers(face.path, character)), faces[0])


def _outer_spaces(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))


def _embolden(face: Face, wanted: int) -> float:
    gap = wanted - face.weight
    return 0.0 if face.family in _DISPLAY_FAMILIES or gap < 200 else _EMBOLDEN_EM * min(gap, 400) / 400


def _joins(text: str) -> bool:
    return any(unicodedata.name(c, "").startswith(_JOINING) for c in text)


def _no_face_for(character: str, text: str) -> FontsUnavailable:
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return FontsUnavailable(
        f"no installed font has the character {character!r} ({name}) of the text {text[:60]!r}",
        next_step="put a TTF or OTF font of that script into the folder named by GAUNTLET_RENDER__FONTS_DIR",
        details={"character": name, "text": text[:60]},
    )


def font_paths(line: Line) -> tuple[Path, ...]:
    """Return the font files that the line is set from."""
    return tuple(dict.fromkeys(run.face.path for run in line.runs))

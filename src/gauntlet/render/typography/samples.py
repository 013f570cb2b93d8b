"""Families as people see them when they choose one: their name and a line of text, as outlines."""

from typing import Final

from gauntlet.core.creative.typefaces import FontSample, OutlinePiece, TypeOutline
from gauntlet.render.typography.fonts import Catalogue, default_catalogue
from gauntlet.render.typography.harfbuzz import metrics, outline
from gauntlet.render.typography.measuring import TypeStyle, set_line, type_style

_HEADING_WEIGHT: Final = 800
_BODY_WEIGHT: Final = 500
_LINE: Final = "Every frame on brand, 0123"
_EM: Final = 1_000


def font_sample(family: str, fonts: Catalogue | None = None) -> FontSample:
    """Return a family of the catalogue as shapes."""
    known = fonts or default_catalogue()
    heading = type_style(family, weight=_HEADING_WEIGHT, language="en", fonts=fonts)
    body = type_style(family, weight=_BODY_WEIGHT, language="en", fonts=fonts)
    return FontSample(
        family=family,
        weights=known.weights(family),
        heading=_outlined(family, heading),
        body=_outlined(_LINE, body),
    )


def _outlined(text: str, style: TypeStyle) -> TypeOutline:
    line = set_line(text, style)
    heights = metrics(style.faces[0].path)
    return TypeOutline(
        text=text,
        width=round(line.width * _EM, 1),
        ascent=round(heights.ascent * _EM, 1),
        descent=round(heights.descent * _EM, 1),
        pieces=tuple(
            OutlinePiece(x=round(run.x * _EM, 1), d=outline(run.face.path, run.text, rtl=run.rtl)) for run in line.runs
        ),
    )

"""Set lines as SVG text: every run names its face and place, so that the rasteriser has nothing left to decide."""

from xml.sax.saxutils import escape, quoteattr

from gauntlet.render.typography.harfbuzz import outline
from gauntlet.render.typography.measuring import Line, PlacedRun

_RIGHT_TO_LEFT_MARK = "\u200f"


def line_elements(line: Line, *, x: float, baseline: float, px: float, ink: str) -> str:
    """Return `<text>` elements that put the line's origin at (`x`, `baseline`) at `px` in colour `ink`."""
    parts: list[str] = []
    for run in line.runs:
        if _must_be_outlined(run.text):
            parts.append(_outlined(run, x=x + run.x * px, baseline=baseline, px=px, ink=ink))
            continue
        attributes = [
            f'x="{x + run.x * px:.2f}"',
            f'y="{baseline:.2f}"',
            f"font-family={quoteattr(run.face.family)}",
            f'font-weight="{run.face.weight}"',
            f'font-size="{px:g}"',
            f'fill="{ink}"',
            'xml:space="preserve"',
        ]
        if run.tracking:
            attributes.append(f'letter-spacing="{run.tracking * px:.3f}"')
        if run.embolden:
            attributes.append(f'stroke="{ink}" stroke-width="{run.embolden * px:.2f}" stroke-linejoin="round"')
        parts.append(f"<text {' '.join(attributes)}>{escape(_shown(run))}</text>")
    return "".join(parts)


def _must_be_outlined(text: str) -> bool:
    # resvg sets Indic consonants with a nukta on top of their neighbours (seen November 2026); these outlines do not.
    return any("\u0900" <= character <= "\u0dff" for character in text)


def _outlined(run: PlacedRun, *, x: float, baseline: float, px: float, ink: str) -> str:
    size = px / 1000
    data = outline(run.face.path, run.text, rtl=run.rtl)
    return f'<path transform="translate({x:.2f} {baseline:.2f}) scale({size:.5f})" fill="{ink}" d="{data}"/>'


def _shown(run: PlacedRun) -> str:
    # XML has no place for control characters, and the rasteriser need not see what draws nothing.
    text = "".join(c for c in run.text if c >= " ")
    # It takes every text for left-to-right at its edges: marks hold a sentence's full stop on its own side.
    return f"{_RIGHT_TO_LEFT_MARK}{text}{_RIGHT_TO_LEFT_MARK}" if run.rtl else text

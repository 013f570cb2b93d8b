"""What changed colours do to a brief: a pure rule. Type stays readable on its ground."""

from collections.abc import Mapping
from typing import Final

from pydantic.alias_generators import to_camel

from gauntlet.core.creative.brief import Brief, Palette
from gauntlet.core.creative.colour import contrast_ratio
from gauntlet.core.errors import InvalidInput
from gauntlet.domain.jobs.edits import Colors

_CONTRAST_MIN: Final = 4.5
"""WCAG 2.2, success criterion 1.4.3 (AA)."""

_GROUNDS: Final = {"on_primary": "primary", "on_accent": "accent", "on_background": "background"}
_INKS: Final = ("#FFFFFF", "#141414", "#000000")
"""White or black can be read on every colour; a softer black comes first where it can."""


def recoloured(brief: Brief, colors: Colors) -> Brief:
    """Return the brief with other colours.

    A colour of type that nobody named stays where it can be read, and is chosen anew where not. Raises `InvalidInput`
    for one that was named and cannot be read.
    """
    look = brief.visual_direction
    palette = _readable(look.palette.model_copy(update=colors.said), named=colors.said)
    return brief.model_copy(update={"visual_direction": look.model_copy(update={"palette": palette})})


def _readable(palette: Palette, *, named: Mapping[str, str]) -> Palette:
    inks: dict[str, str] = {}
    for name, ground_name in _GROUNDS.items():
        ink, ground = str(getattr(palette, name)), str(getattr(palette, ground_name))
        ratio = contrast_ratio(ink, ground)
        if ratio >= _CONTRAST_MIN or (name not in named and ground_name not in named):
            continue
        if name in named:
            raise _unreadable(name, ink, ground_name, ground, ratio=ratio)
        inks[name] = next(one for one in _INKS if contrast_ratio(one, ground) >= _CONTRAST_MIN)
    return palette.model_copy(update=inks)


def _unreadable(name: str, ink: str, ground_name: str, ground: str, *, ratio: float) -> InvalidInput:
    return InvalidInput(
        f"{to_camel(name)} {ink} on {ground_name} {ground} has a contrast of {ratio:.1f}:1; type needs"
        f" {_CONTRAST_MIN}:1 to be read.",
        next_step=f"Choose a lighter or a darker colour for one of the two, or leave {to_camel(name)} out.",
        details={"field": f"colors.{to_camel(name)}", "value": round(ratio, 2), "limit": _CONTRAST_MIN},
    )

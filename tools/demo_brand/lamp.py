"""The demo brand's product, drawn: a portable dome lamp as an SVG group.

The group's origin is the middle of the foot's underside; y runs down, so the lamp stands at negative y. It is 520 wide
and 716 high. The camera's eye is between foot and shade: the foot is seen from above, the glowing rim from below.
"""

import math
from dataclasses import dataclass

from gauntlet.core.creative.colour import mix

LAMP_WIDTH = 520
LAMP_HEIGHT = 716

_SHADE = "M-260,-426 C-262,-566 -176,-706 0,-710 C176,-706 262,-566 260,-426 A260,38 0 0 1 -260,-426 Z"
# Its top passes in front of the shade's far inside and ends behind the near rim, which is the opening's upper arc.
_STEM = (
    "M-27,-457.8 C-25,-300 -30,-150 -42,-64 A42,7 0 0 0 42,-64 C30,-150 25,-300 27,-457.8 A254,34 0 0 0 -27,-457.8 Z"
)
_FOOT = "M-138,-62 A138,22 0 0 1 138,-62 C150,-58 156,-46 156,-32 A156,27 0 0 1 -156,-32 C-156,-46 -150,-58 -138,-62 Z"


@dataclass(frozen=True, slots=True)
class Finish:
    """An enamel colour; `name` also keeps the SVG ids of two lamps in one picture apart."""

    name: str
    enamel: str


TERRACOTTA = Finish("terracotta", "#C4532F")
OAT = Finish("oat", "#E2D3B8")
PINE = Finish("pine", "#2F5A4A")


def lamp(finish: Finish, *, glow: float = 1.0) -> str:
    """Return the lamp; `glow` (0 to 1) is how strongly it is lit."""
    return f"""<g>{_defs(finish)}{_shade(finish, glow)}{_foot(finish, glow)}{_stem(finish, glow)}{_ring(finish)}</g>"""


def _stops(*stops: tuple[float, str, float]) -> str:
    return "".join(f'<stop offset="{at}" stop-color="{hue}" stop-opacity="{alpha}"/>' for at, hue, alpha in stops)


def _defs(finish: Finish) -> str:
    enamel, key = finish.enamel, finish.name
    lit, shade, core = (
        mix(enamel, "#FFF1DF", share=0.34),
        mix(enamel, "#1B0D12", share=0.5),
        mix(enamel, "#120A10", share=0.7),
    )
    bounce = mix(enamel, "#FFD9B0", share=0.12)
    return f"""<defs>
<radialGradient id="{key}-turn" cx="0.34" cy="0.30" r="0.80">{
        _stops(
            (0, lit, 1),
            (0.16, mix(enamel, lit, share=0.55), 1),
            (0.40, enamel, 1),
            (0.66, mix(enamel, shade, share=0.62), 1),
            (0.86, shade, 1),
            (1, core, 1),
        )
    }</radialGradient>
<linearGradient id="{key}-edge" x1="0" x2="1" y1="0" y2="0">{
        _stops(
            (0, core, 0.75),
            (0.05, core, 0.3),
            (0.16, core, 0),
            (0.9, core, 0),
            (0.965, bounce, 0.55),
            (0.985, bounce, 0.30),
            (1, core, 0.5),
        )
    }</linearGradient>
<linearGradient id="{key}-window" x1="0.2" x2="0" y1="0" y2="1">{
        _stops((0, "#FFFFFF", 0.70), (0.5, "#FFFFFF", 0.34), (1, "#FFFFFF", 0.05))
    }</linearGradient>
<linearGradient id="{key}-fall" x1="0" x2="0" y1="0" y2="1">{
        _stops(
            (0, "#FFFFFF", 0.14),
            (0.24, "#FFFFFF", 0),
            (0.66, "#1A0A0C", 0),
            (0.9, "#1A0A0C", 0.26),
            (1, "#1A0A0C", 0.34),
        )
    }</linearGradient>
<radialGradient id="{key}-sheen" cx="0.33" cy="0.26" r="0.44">{
        _stops((0, "#FFF8EE", 0.42), (0.35, "#FFF3E4", 0.16), (1, "#FFF3E4", 0))
    }</radialGradient>
<radialGradient id="{key}-inside" cx="0.5" cy="0.42" r="0.56">{
        _stops((0, "#FFFDF3", 1), (0.24, "#FFF0C8", 1), (0.56, "#FFCB7C", 1), (0.84, "#EE9443", 1), (1, "#C9692A", 1))
    }</radialGradient>
<linearGradient id="{key}-metal" x1="0" x2="1" y1="0" y2="0">{
        _stops(
            (0, mix(enamel, core, share=0.55), 1),
            (0.10, mix(enamel, core, share=0.2), 1),
            (0.22, mix(enamel, lit, share=0.3), 1),
            (0.30, lit, 1),
            (0.345, mix(lit, "#FFFFFF", share=0.22), 1),
            (0.39, lit, 1),
            (0.48, mix(enamel, lit, share=0.3), 1),
            (0.58, enamel, 1),
            (0.74, mix(enamel, shade, share=0.7), 1),
            (0.86, mix(shade, core, share=0.6), 1),
            (0.95, shade, 1),
            (1, core, 1),
        )
    }</linearGradient>
<linearGradient id="{key}-warm" x1="0" x2="0" y1="0" y2="1">{
        _stops(
            (0, "#FFE9BC", 1),
            (0.10, "#FFD592", 0.85),
            (0.28, "#FFBF6E", 0.45),
            (0.6, "#FFAE5C", 0.22),
            (1, "#FFA04C", 0.05),
        )
    }</linearGradient>
<linearGradient id="{key}-brass" x1="0" x2="1" y1="0" y2="0">{
        _stops(
            (0, "#5C3C16", 1),
            (0.2, "#C8963E", 1),
            (0.36, "#FFF0BF", 1),
            (0.5, "#D9A648", 1),
            (0.78, "#6B4518", 1),
            (0.93, "#B98536", 1),
            (1, "#4A2F10", 1),
        )
    }</linearGradient>
<linearGradient id="{key}-lip" x1="0" x2="1" y1="0" y2="0">{
        _stops((0, "#FFE9C6", 0.25), (0.33, "#FFF6E4", 0.95), (0.6, "#FFE2B4", 0.6), (1, "#FFD9A0", 0.12))
    }</linearGradient>
<radialGradient id="{key}-pool" cx="0.5" cy="0.36" r="0.52">{
        _stops((0, "#FFE7B8", 0.85), (0.5, "#FFC273", 0.5), (1, "#FF9A40", 0))
    }</radialGradient>
<filter id="{key}-soft" x="-150%" y="-150%" width="400%" height="400%"><feGaussianBlur stdDeviation="9"/></filter>
<filter id="{key}-softer" x="-150%" y="-150%" width="400%" height="400%"><feGaussianBlur stdDeviation="22"/></filter>
<clipPath id="{key}-shade-clip"><path d="{_SHADE}"/></clipPath>
<clipPath id="{key}-stem-clip"><path d="{_STEM}"/></clipPath>
<clipPath id="{key}-foot-clip"><path d="{_FOOT}"/></clipPath>
<clipPath id="{key}-inside-clip"><ellipse cx="0" cy="-426" rx="254" ry="34"/></clipPath>
</defs>"""


def _foot(finish: Finish, glow: float) -> str:
    key = finish.name
    return f"""<path d="{_FOOT}" fill="url(#{key}-metal)"/>
<g clip-path="url(#{key}-foot-clip)">
<ellipse cx="0" cy="-62" rx="139" ry="22.5" fill="{mix(finish.enamel, "#FFE2BC", share=0.22)}"/>
<ellipse cx="0" cy="-62" rx="139" ry="22.5" fill="url(#{key}-pool)" opacity="{glow:.2f}"/>
<ellipse cx="52" cy="-57" rx="58" ry="9" fill="#2A0F0A" opacity="0.34" filter="url(#{key}-soft)"/>
<path d="M-138.6,-62 A138.6,22.5 0 0 0 138.6,-62" fill="none" stroke="url(#{key}-lip)" stroke-opacity="{glow:.2f}" stroke-width="1.8"/>
<path d="M-156,-30 A156,27 0 0 0 156,-30 L156,0 L-156,0 Z" fill="#140709" opacity="0.55" filter="url(#{key}-soft)"/>
</g>"""


def _stem(finish: Finish, glow: float) -> str:
    key = finish.name
    return f"""<ellipse cx="4" cy="-58" rx="66" ry="12" fill="#2A0F0A" opacity="0.5" filter="url(#{key}-soft)"/>
<path d="{_STEM}" fill="url(#{key}-metal)"/><path d="{_STEM}" fill="url(#{key}-warm)" opacity="{glow:.2f}"/>
<g clip-path="url(#{key}-stem-clip)">
<path d="M-13,-470 C-12,-300 -15,-150 -21,-64" fill="none" stroke="#FFF4DE" stroke-width="7" stroke-opacity="0.5" filter="url(#{key}-soft)"/>
<ellipse cx="0" cy="-446" rx="60" ry="40" fill="#FFF6DA" opacity="{0.8 * glow:.2f}" filter="url(#{key}-soft)"/>
</g>"""


def _ring(finish: Finish) -> str:
    """Return the brass ring that is turned to dim the light, with its knurling."""
    key = finish.name
    turns = [math.radians(5 * step) for step in range(-16, 17)]
    knurls = "".join(
        f'<path d="M{36 * math.sin(turn):.2f},{-133 + 6 * math.cos(turn):.2f} L{37 * math.sin(turn):.2f},{-106 + 6.5 * math.cos(turn):.2f}"'
        f' stroke="#3B250B" stroke-opacity="0.5" stroke-width="{0.5 + 0.8 * math.cos(turn):.2f}"/>'
        for turn in turns
    )
    return f"""<path d="M-36,-134 A36,6 0 0 0 36,-134 L37,-104 A37,6.5 0 0 1 -37,-104 Z" fill="url(#{key}-brass)"/>{knurls}
<path d="M-36,-134 A36,6 0 0 0 36,-134" fill="none" stroke="#FFF3CC" stroke-width="1.6" stroke-opacity="0.9"/>
<path d="M-37,-104 A37,6.5 0 0 0 37,-104" fill="none" stroke="#2C1A06" stroke-width="2" stroke-opacity="0.6"/>"""


def _shade(finish: Finish, glow: float) -> str:
    key = finish.name
    window = "M-192,-516 C-186,-574 -160,-622 -116,-654 C-108,-660 -99,-652 -104,-643 C-130,-604 -144,-566 -149,-512 C-150,-504 -193,-506 -192,-516 Z"
    return f"""<path d="{_SHADE}" fill="url(#{key}-turn)"/>
<g clip-path="url(#{key}-shade-clip)">
<path d="{_SHADE}" fill="url(#{key}-edge)"/><path d="{_SHADE}" fill="url(#{key}-fall)"/><path d="{_SHADE}" fill="url(#{key}-sheen)"/>
<path d="{window}" fill="#FFFFFF" opacity="0.30" filter="url(#{key}-soft)"/><path d="{window}" fill="url(#{key}-window)"/>
<path d="M262,-420 C262,-566 176,-706 40,-710" fill="none" stroke="#FFD7B2" stroke-width="10" stroke-opacity="0.34" filter="url(#{key}-soft)"/>
</g>
<ellipse cx="0" cy="-426" rx="260" ry="38" fill="{mix(finish.enamel, "#2A1008", share=0.45)}"/>
<ellipse cx="0" cy="-426" rx="254" ry="34" fill="{mix(finish.enamel, "#20100C", share=0.7)}"/>
<ellipse cx="0" cy="-426" rx="254" ry="34" fill="url(#{key}-inside)" opacity="{glow:.2f}"/>
<g clip-path="url(#{key}-inside-clip)"><ellipse cx="0" cy="-444" rx="110" ry="26" fill="#FFFFFF" opacity="{0.9 * glow:.2f}" filter="url(#{key}-soft)"/></g>
<path d="M-258.6,-424 A258.6,37 0 0 0 258.6,-424" fill="none" stroke="{mix(finish.enamel, "#FFD9A6", share=0.5)}" stroke-width="3" stroke-opacity="0.85"/>
<path d="M-258.6,-428 A258.6,37 0 0 1 258.6,-428" fill="none" stroke="{mix(finish.enamel, "#FFE6C4", share=0.30)}" stroke-width="2.4" stroke-opacity="0.9"/>"""

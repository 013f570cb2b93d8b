"""Still lifes as SVG documents: one thing on a table, in a colour's light."""

from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.colour import mix
from tools.demo_brand.lamp import OAT, PINE, TERRACOTTA, Finish, lamp

# Each is about 520 wide and 700 high and stands at y = 0; {a} is its colour, {b} its shade, {c} its light.
_SHAPES: Final = {
    "cup": """<path d="M150,-250 h60 a70,70 0 0 1 0,150 h-40 v-36 h40 a36,36 0 0 0 0,-78 h-60 z" fill="{b}"/>
<path d="M-190,-300 h380 l-36,250 a60,50 0 0 1 -60,50 h-188 a60,50 0 0 1 -60,-50 z" fill="url(#body)"/>
<ellipse cy="-300" rx="190" ry="34" fill="{c}"/><ellipse cy="-296" rx="164" ry="25" fill="#3a2218"/>
<path d="M-30,-360 c-40,-60 40,-90 0,-160 M60,-360 c-40,-60 40,-90 0,-160" stroke="{c}" stroke-width="10" fill="none" opacity="0.5" stroke-linecap="round"/>""",
    "vase": """<path d="M-8,-330 C-60,-520 -160,-560 -190,-700 M0,-330 C10,-540 20,-600 10,-760 M8,-330 C70,-500 150,-560 200,-660" stroke="#50624a" stroke-width="9" fill="none"/>
<g fill="#6d8560"><ellipse cx="-190" cy="-690" rx="34" ry="72" transform="rotate(-24 -190 -690)"/><ellipse cx="10" cy="-750" rx="34" ry="80"/><ellipse cx="200" cy="-655" rx="32" ry="70" transform="rotate(30 200 -655)"/><ellipse cx="-100" cy="-560" rx="24" ry="54" transform="rotate(-50 -100 -560)"/><ellipse cx="96" cy="-545" rx="24" ry="54" transform="rotate(52 96 -545)"/></g>
<path d="M-60,-350 h120 c-6,90 130,120 130,230 c0,90 -80,120 -190,120 s-190,-30 -190,-120 c0,-110 136,-140 130,-230 z" fill="url(#body)"/><ellipse cy="-350" rx="60" ry="13" fill="{b}"/>""",
    "bowl": """<g fill="#c9772f"><circle cx="-90" cy="-235" r="74"/><circle cx="70" cy="-245" r="80"/><circle cx="-10" cy="-300" r="72" fill="#d98c3e"/></g>
<path d="M-270,-220 h540 c-10,130 -110,220 -200,220 h-140 c-90,0 -190,-90 -200,-220 z" fill="url(#body)"/><path d="M-270,-220 h540 l-2,18 h-536 z" fill="{c}" opacity="0.7"/>""",
    "bag": """<path d="M-190,-520 l30,-60 h320 l30,60 v500 a20,20 0 0 1 -20,20 h-340 a20,20 0 0 1 -20,-20 z" fill="url(#body)"/>
<path d="M-190,-520 l30,-60 h320 l30,60 z" fill="{b}"/><rect x="-110" y="-400" width="220" height="240" rx="6" fill="{c}"/>
<circle cy="-310" r="44" fill="{a}"/><rect x="-70" y="-240" width="140" height="12" fill="{b}"/><rect x="-45" y="-212" width="90" height="10" fill="{b}" opacity="0.6"/>""",
    "jar": """<rect x="-120" y="-470" width="240" height="80" rx="14" fill="{b}"/>
<path d="M-150,-390 h300 a40,40 0 0 1 30,40 v300 a50,50 0 0 1 -50,50 h-260 a50,50 0 0 1 -50,-50 v-300 a40,40 0 0 1 30,-40 z" fill="url(#body)"/>
<rect x="-180" y="-290" width="360" height="170" fill="{c}"/><rect x="-100" y="-240" width="200" height="16" fill="{b}"/><rect x="-70" y="-200" width="140" height="12" fill="{b}" opacity="0.6"/>""",
}  # fmt: skip
_LAMPS: Final[dict[str, Finish]] = {"lamp-oat": OAT, "lamp-pine": PINE, "lamp-terracotta": TERRACOTTA}


@dataclass(frozen=True, slots=True)
class Still:
    """What stands there, its colour and that of the wall behind it, how large the picture is, and where in it."""

    thing: str
    colour: str
    wall: str
    width: int
    height: int
    across: float = 0.5


def drawn(still: Still) -> str:
    """Return the picture as an SVG document."""
    width, height, wall = still.width, still.height, still.wall
    scale = min(width / 900, height / 1150)
    x, table = round(still.across * width), round(height * 0.74)
    lit, dark = mix(wall, "#FFF3DD", share=0.5), mix(wall, "#120A14", share=0.4)
    board, edge = mix(wall, "#6A4630", share=0.55), mix(wall, "#20120E", share=0.65)
    foot = round(table + height * 0.07)
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"><defs>
<radialGradient id="wall" cx="{still.across}" cy="0.42" r="0.85"><stop offset="0" stop-color="{lit}"/><stop offset="0.55" stop-color="{wall}"/><stop offset="1" stop-color="{dark}"/></radialGradient>
<linearGradient id="table" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{board}"/><stop offset="1" stop-color="{edge}"/></linearGradient>
<radialGradient id="shadow" cx="0.5" cy="0.5" r="0.5"><stop offset="0" stop-color="#0c0608" stop-opacity="0.6"/><stop offset="1" stop-color="#0c0608" stop-opacity="0"/></radialGradient>
<linearGradient id="body" x1="0" y1="0" x2="1" y2="0">{_turned(still.colour)}</linearGradient></defs>
<rect width="{width}" height="{height}" fill="url(#wall)"/><rect y="{table}" width="{width}" height="{height - table}" fill="url(#table)"/>
<ellipse cx="{x}" cy="{foot}" rx="{round(340 * scale)}" ry="{round(52 * scale)}" fill="url(#shadow)"/>
<g transform="translate({x},{foot}) scale({scale:.3f})">{_thing(still)}</g></svg>"""


def logo(ink: str, ground: str) -> str:
    """Return a palm on a disc, as an SVG document."""
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" viewBox="0 0 400 400">
<circle cx="200" cy="200" r="190" fill="{ink}"/><path d="M200,330 C190,240 196,200 204,150" stroke="{ground}" stroke-width="18" fill="none"/>
<g fill="{ground}"><path d="M204,150 C150,90 90,110 70,170 C120,140 160,140 204,150z"/><path d="M204,150 C258,90 318,110 338,170 C288,140 248,140 204,150z"/><path d="M204,150 C180,90 196,60 226,50 C226,90 222,120 204,150z"/></g></svg>"""


def _turned(colour: str) -> str:
    """Return the stops of a round body that is lit from the left."""
    hues = (mix(colour, "#FFFFFF", share=0.3), colour, mix(colour, "#10080C", share=0.45))
    return "".join(f'<stop offset="{at}" stop-color="{hue}"/>' for at, hue in zip((0.1, 0.45, 1), hues, strict=True))


def _thing(still: Still) -> str:
    finish = _LAMPS.get(still.thing)
    if finish is not None:
        return lamp(finish)
    shade, light = mix(still.colour, "#10080C", share=0.5), mix(still.colour, "#FFFFFF", share=0.6)
    return _SHAPES[still.thing].format(a=still.colour, b=shade, c=light)

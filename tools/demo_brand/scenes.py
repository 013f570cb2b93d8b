"""The demo brand's pictures as SVG documents: a cut-out of the lamp and three scenes around it."""

from tools.demo_brand.lamp import OAT, PINE, TERRACOTTA, Finish, lamp

Size = tuple[int, int]

CUTOUT_SIZE: Size = (1600, 2000)
EVENING_SIZE: Size = (1800, 2400)
FAMILY_SIZE: Size = (2400, 1600)
DETAIL_SIZE: Size = (2000, 2000)


def cutout() -> str:
    """Return the terracotta lamp on nothing, for a designed ground."""
    return _document(CUTOUT_SIZE, _placed(TERRACOTTA, x=800, y=1885, scale=2.5))


def evening() -> str:
    """Return the lamp on a table at dusk, by a window, with two books and a cup."""
    width = EVENING_SIZE[0]
    return _document(
        EVENING_SIZE,
        f"""<defs>
<linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#221C2C"/><stop offset="0.55" stop-color="#33263A"/><stop offset="1" stop-color="#2A1E2B"/></linearGradient>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#26365C"/><stop offset="0.45" stop-color="#5C5A86"/><stop offset="0.72" stop-color="#C07A74"/><stop offset="0.9" stop-color="#E9A66C"/><stop offset="1" stop-color="#8C5A5E"/></linearGradient>
<radialGradient id="wash" cx="0.5" cy="0.5" r="0.5"><stop offset="0" stop-color="#FFD08A" stop-opacity="0.95"/><stop offset="0.22" stop-color="#F5A85A" stop-opacity="0.70"/><stop offset="0.5" stop-color="#C4683A" stop-opacity="0.36"/><stop offset="0.78" stop-color="#8A4238" stop-opacity="0.12"/><stop offset="1" stop-color="#8A4238" stop-opacity="0"/></radialGradient>
<radialGradient id="halo" cx="0.5" cy="0.5" r="0.5"><stop offset="0" stop-color="#FFB870" stop-opacity="0.40"/><stop offset="0.5" stop-color="#D9803F" stop-opacity="0.16"/><stop offset="1" stop-color="#D9803F" stop-opacity="0"/></radialGradient>
<linearGradient id="oak" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#6A4027"/><stop offset="0.3" stop-color="#5A3420"/><stop offset="1" stop-color="#2E1911"/></linearGradient>
<radialGradient id="pool" cx="0.5" cy="0.5" r="0.5"><stop offset="0" stop-color="#FFDFA6" stop-opacity="0.95"/><stop offset="0.3" stop-color="#FFBE74" stop-opacity="0.62"/><stop offset="0.65" stop-color="#E88B45" stop-opacity="0.24"/><stop offset="1" stop-color="#E88B45" stop-opacity="0"/></radialGradient>
<filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.0016 0.055" numOctaves="4" seed="11"/><feColorMatrix values="0 0 0 0 0.10  0 0 0 0 0.05  0 0 0 0 0.03  2.6 0 0 0 -1.05"/></filter>
<filter id="b3" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="2.6"/></filter>
<filter id="b6" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="6"/></filter>
<filter id="b14" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="14"/></filter>
<filter id="b40" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="40"/></filter>
<clipPath id="room"><rect width="{width}" height="1652"/></clipPath><clipPath id="table"><rect y="1640" width="{width}" height="760"/></clipPath>
<linearGradient id="fade" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity="0.34"/><stop offset="0.35" stop-color="#fff" stop-opacity="0.08"/><stop offset="0.6" stop-color="#fff" stop-opacity="0"/></linearGradient>
<mask id="mirror" maskUnits="userSpaceOnUse" x="0" y="1930" width="{width}" height="470"><rect y="1940" width="{width}" height="460" fill="url(#fade)"/></mask>
</defs>
<rect width="{width}" height="1660" fill="url(#wall)"/>
{_window()}
<g clip-path="url(#room)"><ellipse cx="1010" cy="1330" rx="1060" ry="640" fill="url(#wash)"/><ellipse cx="1010" cy="1150" rx="1250" ry="1050" fill="url(#halo)"/>
<path d="M575,1214 C600,960 740,650 1010,640 C1290,650 1420,960 1450,1214 Z" fill="#160C14" opacity="0.42" filter="url(#b40)"/></g>
<g clip-path="url(#table)"><rect y="1640" width="{width}" height="760" fill="url(#oak)"/><rect y="1640" width="{width}" height="760" filter="url(#grain)" opacity="0.8"/>
<ellipse cx="1010" cy="1900" rx="1180" ry="330" fill="url(#pool)"/><ellipse cx="1010" cy="1690" rx="900" ry="80" fill="#FFC27A" opacity="0.25" filter="url(#b40)"/></g>
<rect y="1637" width="{width}" height="5" fill="#1B0E0A" opacity="0.55" filter="url(#b6)"/>
{_books()}
<g mask="url(#mirror)" filter="url(#b6)"><g transform="translate(1010,1944) scale(1.75,-1.75)">{lamp(Finish("mirrored", TERRACOTTA.enamel))}</g></g>
<ellipse cx="1024" cy="1920" rx="330" ry="58" fill="#1A0B07" opacity="0.55" filter="url(#b14)"/><ellipse cx="1012" cy="1909" rx="278" ry="50" fill="#140805" opacity="0.9" filter="url(#b6)"/>
{_placed(TERRACOTTA, x=1010, y=1962, scale=1.75)}
{_cup()}""",
    )


def family() -> str:
    """Return the three finishes on a warm studio sweep."""
    width, height = FAMILY_SIZE
    standing = ((OAT, 468, 1205, 1.2), (PINE, 1934, 1205, 1.2), (TERRACOTTA, 1200, 1395, 1.52))
    return _document(
        FAMILY_SIZE,
        f"""<defs>
<linearGradient id="sweep" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#A98069"/><stop offset="0.42" stop-color="#C49A7E"/><stop offset="0.66" stop-color="#D6AE8E"/><stop offset="0.80" stop-color="#C99F7E"/><stop offset="1" stop-color="#9C735A"/></linearGradient>
<radialGradient id="key" cx="0.34" cy="0.24" r="0.75"><stop offset="0" stop-color="#FFF0DC" stop-opacity="0.42"/><stop offset="0.5" stop-color="#FFE9CF" stop-opacity="0.12"/><stop offset="1" stop-color="#5E3A30" stop-opacity="0.34"/></radialGradient>
<radialGradient id="pool" cx="0.5" cy="0.5" r="0.5"><stop offset="0" stop-color="#FFE9BE" stop-opacity="0.95"/><stop offset="0.45" stop-color="#FFD596" stop-opacity="0.5"/><stop offset="1" stop-color="#FFC880" stop-opacity="0"/></radialGradient>
<filter id="b4" x="-80%" y="-80%" width="260%" height="260%"><feGaussianBlur stdDeviation="4"/></filter>
<filter id="b12" x="-80%" y="-80%" width="260%" height="260%"><feGaussianBlur stdDeviation="12"/></filter>
<filter id="b46" x="-80%" y="-80%" width="260%" height="260%"><feGaussianBlur stdDeviation="46"/></filter>
</defs>
<rect width="{width}" height="{height}" fill="url(#sweep)"/><rect width="{width}" height="{height}" fill="url(#key)"/>
{"".join(_standing(finish, x=x, y=y, scale=scale) for finish, x, y, scale in standing)}""",
    )


def detail() -> str:
    """Return the brass dimmer ring, close."""
    width, height = DETAIL_SIZE
    bokeh = (
        (150, 430, 132, 0.16), (330, 250, 78, 0.30), (470, 620, 58, 0.24), (240, 790, 100, 0.13), (90, 1060, 70, 0.18),
        (420, 1010, 40, 0.22), (1840, 300, 150, 0.15), (1660, 520, 66, 0.28), (1560, 240, 44, 0.30), (1900, 760, 88, 0.17),
        (1700, 900, 120, 0.11), (1590, 1130, 46, 0.20), (1880, 1200, 64, 0.14),
    )  # fmt: skip
    lights = "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="#FFB765" stroke="#FFD9A0" stroke-width="5" stroke-opacity="0.5" opacity="{o}"/>'
        for x, y, r, o in bokeh
    )
    return _document(
        DETAIL_SIZE,
        f"""<defs>
<linearGradient id="dusk" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="#3A2230"/><stop offset="0.5" stop-color="#57302C"/><stop offset="0.8" stop-color="#3A1E1A"/><stop offset="1" stop-color="#22120F"/></linearGradient>
<radialGradient id="spill" cx="0.5" cy="0.5" r="0.5"><stop offset="0" stop-color="#FFE0A4" stop-opacity="0.95"/><stop offset="0.4" stop-color="#FFB663" stop-opacity="0.5"/><stop offset="1" stop-color="#E0813C" stop-opacity="0"/></radialGradient>
<linearGradient id="oak" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#8A5430"/><stop offset="1" stop-color="#3A2013"/></linearGradient>
<filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.0012 0.04" numOctaves="4" seed="5"/><feColorMatrix values="0 0 0 0 0.10  0 0 0 0 0.05  0 0 0 0 0.03  2.4 0 0 0 -1.05"/></filter>
<filter id="b5" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="5"/></filter>
<filter id="b26" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="26"/></filter>
</defs>
<rect width="{width}" height="{height}" fill="url(#dusk)"/><g filter="url(#b5)">{lights}</g>
<ellipse cx="1000" cy="-60" rx="1300" ry="900" fill="url(#spill)"/>
<rect y="1730" width="{width}" height="270" fill="url(#oak)"/><rect y="1730" width="{width}" height="270" filter="url(#grain)" opacity="0.6"/>
<rect y="1700" width="{width}" height="70" fill="#3A1E16" filter="url(#b26)"/><ellipse cx="1000" cy="1960" rx="1250" ry="240" fill="url(#spill)"/>
{_placed(TERRACOTTA, x=1000, y=2165, scale=7.0)}""",
    )


def _document(size: Size, body: str) -> str:
    width, height = size
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">{body}</svg>'


def _placed(finish: Finish, *, x: float, y: float, scale: float) -> str:
    return f'<g transform="translate({x},{y}) scale({scale})">{lamp(finish)}</g>'


def _standing(finish: Finish, *, x: float, y: float, scale: float) -> str:
    """Return a lamp on the sweep: its own pool of light, the key light's long shadow to the right, and contact."""
    return f"""<g transform="translate({x},{y}) scale({scale})">
<path d="M-60,-20 L110,-20 L560,-96 C640,-110 640,-150 560,-152 L420,-150 Z" fill="#5A3C28" opacity="0.30" filter="url(#b46)"/>
<ellipse cx="0" cy="-12" rx="400" ry="86" fill="url(#pool)"/>
<ellipse cx="14" cy="-24" rx="178" ry="33" fill="#4A2A1C" opacity="0.5" filter="url(#b12)"/><ellipse cx="2" cy="-29" rx="158" ry="27.5" fill="#24110B" opacity="0.85" filter="url(#b4)"/></g>
{_placed(finish, x=x, y=y, scale=scale)}"""


def _window() -> str:
    lights = (
        (150, 1180, 16),
        (236, 1236, 11),
        (318, 1150, 13),
        (372, 1262, 17),
        (196, 1316, 12),
        (432, 1212, 10),
        (112, 1290, 14),
    )
    city = "".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="#FFD79A" opacity="0.75"/>' for x, y, r in lights)
    return f"""<g filter="url(#b14)"><rect x="60" y="250" width="440" height="1130" fill="url(#sky)"/>
<path d="M60,1130 L120,1130 L120,1080 L190,1080 L190,1160 L260,1160 L260,1050 L340,1050 L340,1140 L420,1140 L420,1090 L500,1090 L500,1380 L60,1380 Z" fill="#2A2238" opacity="0.75"/></g>
<g filter="url(#b6)">{city}</g>
<g filter="url(#b6)" fill="#191320"><rect x="266" y="240" width="22" height="1150"/><rect x="50" y="760" width="460" height="20"/>
<path d="M40,230 H520 V1400 H40 Z M62,252 V1378 H498 V252 Z" fill-rule="evenodd"/><rect x="14" y="1392" width="532" height="34"/></g>"""


def _books() -> str:
    return """<g filter="url(#b6)"><ellipse cx="500" cy="1846" rx="330" ry="26" fill="#150905" opacity="0.8" filter="url(#b14)"/></g>
<defs><linearGradient id="cloth" x1="0" x2="1"><stop offset="0" stop-color="#162A2A"/><stop offset="0.7" stop-color="#2F5A4A"/><stop offset="1" stop-color="#6F8F6A"/></linearGradient>
<linearGradient id="linen" x1="0" x2="1"><stop offset="0" stop-color="#5E4A3E"/><stop offset="0.6" stop-color="#B79A78"/><stop offset="1" stop-color="#F2D3A0"/></linearGradient>
<linearGradient id="leaves" x1="0" x2="1"><stop offset="0" stop-color="#7A654E"/><stop offset="1" stop-color="#F6DDB0"/></linearGradient></defs>
<g filter="url(#b3)"><path d="M210,1780 H770 Q790,1780 790,1800 V1836 Q790,1850 776,1850 H210 Q196,1850 196,1836 V1796 Q196,1780 210,1780 Z" fill="url(#cloth)"/>
<path d="M214,1776 L262,1744 H744 L782,1782 Z" fill="#3E6A57"/><path d="M300,1780 H306 V1850 H300 Z M322,1780 H325 V1850 H322 Z" fill="#D9B36A" opacity="0.7"/>
<path d="M262,1712 H716 Q732,1712 732,1728 V1756 Q732,1770 718,1770 H262 Q248,1770 248,1756 V1728 Q248,1712 262,1712 Z" fill="url(#linen)"/>
<path d="M262,1712 L306,1684 H694 L726,1714 Z" fill="#E2C79A"/><path d="M196,1826 H790 V1850 H196 Z M248,1752 H732 V1770 H248 Z" fill="#120907" opacity="0.4" filter="url(#b6)"/>
<path d="M790,1800 V1836 Q790,1850 776,1850 M732,1728 V1756 Q732,1770 718,1770" fill="none" stroke="#FFE2AE" stroke-width="5" stroke-opacity="0.65"/></g>"""


def _cup() -> str:
    return """<defs><linearGradient id="glaze" x1="0" x2="1"><stop offset="0" stop-color="#FFE7C2"/><stop offset="0.16" stop-color="#E9CDA4"/><stop offset="0.5" stop-color="#A98A6C"/><stop offset="0.85" stop-color="#4E3A34"/><stop offset="1" stop-color="#2E2226"/></linearGradient>
<linearGradient id="tea" x1="0" x2="1"><stop offset="0" stop-color="#B5622A"/><stop offset="1" stop-color="#3A1A10"/></linearGradient></defs>
<ellipse cx="1560" cy="2150" rx="190" ry="30" fill="#120806" opacity="0.7" filter="url(#b14)"/><ellipse cx="1508" cy="2154" rx="92" ry="18" fill="#0C0504" opacity="0.9" filter="url(#b6)"/><g filter="url(#b3)">
<path d="M1630,2000 C1722,1990 1730,2096 1622,2092" fill="none" stroke="#3B2A2A" stroke-width="24"/><path d="M1632,1996 C1724,1988 1730,2092 1626,2090" fill="none" stroke="#8C6E58" stroke-width="5" stroke-opacity="0.6"/>
<path d="M1378,1944 C1380,2060 1400,2150 1440,2160 A80,14 0 0 0 1570,2160 C1612,2150 1632,2060 1634,1944 Z" fill="url(#glaze)"/>
<ellipse cx="1506" cy="1944" rx="128" ry="25" fill="#C9AB84"/><ellipse cx="1506" cy="1948" rx="116" ry="20" fill="url(#tea)"/>
<path d="M1400,1940 A112,18 0 0 1 1480,1931" fill="none" stroke="#FFE9C4" stroke-width="5" stroke-opacity="0.85"/><path d="M1378,1944 A128,25 0 0 0 1634,1944" fill="none" stroke="#FFEBCB" stroke-width="3" stroke-opacity="0.7"/></g>"""

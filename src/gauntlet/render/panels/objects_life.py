"""Homes, journeys, people and the rest, drawn standing on the lower edge of their box."""

from gauntlet.render.panels.pen import Paint, Pen, lit, shaded

WHITE = "#FFFFFF"
LEAF, LEAF_DARK = "#6FA35B", "#3F7344"


def parcel(pen: Pen, p: Paint) -> None:
    """Draw a box with a ribbon of tape. 380 × 340."""
    pen.path("M190,4 L376,84 L190,164 L4,84 Z", lit(p.main))
    pen.path("M4,84 L190,164 V338 L4,254 Z", p.main)
    pen.path("M376,84 L190,164 V338 L376,254 Z", shaded(p.main))
    pen.path("M97,44 L283,124 L248,140 L62,60 Z", p.accent)
    pen.path("M248,140 L283,124 V190 L266,184 L248,206 Z", shaded(p.accent))
    pen.rect(34, 190, 70, 10, p.paper, opacity=0.85)
    pen.path("M30,196 L104,230 V246 L30,212 Z", p.paper, opacity=0.9)
    pen.path("M30,224 L76,245 V256 L30,235 Z", p.paper, opacity=0.6)


def house(pen: Pen, p: Paint) -> None:
    """Draw a house with a lit window. 460 × 400."""
    pen.rect(318, 40, 50, 110, shaded(p.second))
    pen.rect(60, 168, 340, 232, pen.across(lit(p.paper), p.paper, shaded(p.paper)))
    pen.path("M230,8 L452,190 H8 Z", pen.across(lit(p.main), p.main, shaded(p.main)))
    pen.rect(250, 250, 92, 150, pen.across(p.accent, shaded(p.accent)), r=6)
    pen.disc(324, 330, 7, p.paper)
    pen.rect(100, 244, 104, 92, p.ink, r=6)
    pen.rect(108, 252, 88, 76, "#FFE3A3")
    pen.rect(148, 252, 8, 76, p.ink)
    pen.rect(108, 286, 88, 8, p.ink)
    pen.disc(230, 124, 30, p.paper)
    pen.path("M-6,400 C10,340 50,330 66,372 C84,350 110,368 108,400 Z", LEAF_DARK)
    pen.path("M370,400 C372,346 420,332 436,376 C452,368 466,382 464,400 Z", LEAF)


def plant(pen: Pen, p: Paint) -> None:
    """Draw a plant in a pot. 320 × 440."""
    for d, fill in (
        ("M160,300 C40,260 10,160 36,90 C120,120 166,200 160,300 Z", LEAF_DARK),
        ("M160,300 C280,260 312,170 288,100 C204,124 154,204 160,300 Z", LEAF),
        ("M160,300 C96,200 106,70 160,6 C214,70 224,200 160,300 Z", "#86BB6B"),
    ):
        pen.path(d, fill)
    pen.line(
        "M160,300 V60 M160,300 C120,220 80,160 52,120 M160,300 C200,220 240,170 272,130", LEAF_DARK, 5, opacity=0.6
    )
    pen.rect(66, 282, 188, 44, pen.body(p.main), r=10)
    pen.path("M80,322 H240 L222,424 Q219,436 206,436 H114 Q101,436 98,424 Z", pen.body(p.main))
    pen.path("M84,344 H236 L232,366 H88 Z", p.accent)


def armchair(pen: Pen, p: Paint) -> None:
    """Draw an armchair. 440 × 400."""
    for x in (92, 328):
        pen.path(f"M{x},340 h26 l-6,60 h-14 Z", shaded(p.second))
    pen.path("M88,40 Q88,4 126,4 H314 Q352,4 352,40 V240 H88 Z", pen.down(lit(p.main), p.main))
    pen.line("M220,20 V190 M154,20 V190 M286,20 V190", shaded(p.main), 5, opacity=0.6)
    pen.rect(92, 202, 256, 74, pen.down(lit(p.main), p.main), r=26)
    pen.path("M60,260 H380 V340 Q380,352 366,352 H74 Q60,352 60,340 Z", shaded(p.main))
    for x in (10, 346):
        pen.rect(x, 146, 84, 206, pen.body(p.main), r=40)
    pen.rect(164, 112, 112, 104, pen.across(lit(p.accent), p.accent, shaded(p.accent)), r=18)


def suitcase(pen: Pen, p: Paint) -> None:
    """Draw a suitcase. 320 × 440."""
    pen.line("M112,100 V22 Q112,8 126,8 H194 Q208,8 208,22 V100", p.ink, 14)
    for x in (60, 226):
        pen.rect(x, 412, 34, 28, p.ink, r=10)
    pen.rect(10, 96, 300, 322, pen.across(lit(p.main), p.main, shaded(p.main)), r=40)
    for x in (80, 136, 184, 240):
        pen.line(f"M{x},120 V396", shaded(p.main), 7, opacity=0.7)
    pen.rect(10, 214, 300, 30, p.accent)
    pen.rect(134, 204, 52, 50, p.paper, r=10)
    pen.disc(232, 320, 34, p.second)
    pen.line("M40,150 V370", WHITE, 10, opacity=0.3)


def mountain(pen: Pen, p: Paint) -> None:
    """Peaks, a sun and firs. 520 × 380."""
    pen.disc(372, 118, 82, pen.ball(p.accent))
    pen.path("M-10,380 L150,120 L236,250 L310,160 L530,380 Z", p.second)
    pen.path("M40,380 L228,40 L420,380 Z", p.main)
    pen.path("M228,40 L420,380 H250 L200,250 Z", shaded(p.main))
    pen.path("M228,40 L276,126 L244,112 L224,142 L200,108 L178,130 Z", p.paper)
    for x, h in ((60, 110), (104, 84), (404, 120), (452, 90)):
        pen.path(f"M{x},{380 - h} l{h * 0.34:g},{h} h-{h * 0.68:g} Z", LEAF_DARK)
        pen.path(f"M{x},{380 - h} l{h * 0.34:g},{h} h-{h * 0.34:g} Z", "#2F5A39")


def person(pen: Pen, p: Paint) -> None:
    """Draw a person, smiling, from the chest up. 400 × 460."""
    pen.path("M100,196 C70,60 150,6 206,6 C290,6 330,80 306,210 C300,260 100,260 100,196 Z", "#3B2A26")
    pen.rect(164, 250, 76, 90, "#C98F6B", r=30)
    pen.path("M8,460 C8,360 80,322 164,312 C176,352 228,352 240,312 C322,322 392,360 392,460 Z", pen.body(p.main))
    pen.path("M150,314 C164,372 240,372 254,314 L272,318 C256,400 148,400 132,318 Z", p.accent)
    pen.path("M124,150 C124,84 282,84 282,150 C282,240 246,284 203,284 C160,284 124,240 124,150 Z", "#E0A983")
    pen.path("M203,96 C260,96 282,110 282,150 C282,240 246,284 203,284 Z", "#D49A73", opacity=0.55)
    pen.path(
        "M116,166 C120,90 200,120 236,78 C262,110 290,110 292,168 C310,60 250,40 206,40 C140,40 96,80 116,166 Z",
        "#4A3530",
    )
    pen.disc(172, 182, 7, "#3B2A26")
    pen.disc(236, 182, 7, "#3B2A26")
    pen.path("M172,226 Q204,262 238,226 Q204,236 172,226 Z", WHITE)
    pen.disc(150, 216, 15, "#E58F76", opacity=0.5)
    pen.disc(258, 216, 15, "#E58F76", opacity=0.5)


def gift(pen: Pen, p: Paint) -> None:
    """Draw a wrapped gift. 340 × 370."""
    for side in (1, -1):
        pen.path(
            f"M170,104 C{170 + side * 20},40 {170 + side * 60},-6 {170 + side * 108},20 C{170 + side * 144},42 "
            f"{170 + side * 100},102 170,104 Z",
            p.accent if side > 0 else lit(p.accent),
        )
    pen.rect(24, 160, 292, 206, pen.across(lit(p.main), p.main, shaded(p.main)), r=12)
    pen.rect(6, 98, 328, 78, pen.across(lit(lit(p.main)), lit(p.main), p.main), r=14)
    pen.rect(142, 98, 56, 268, pen.across(lit(p.accent), p.accent, shaded(p.accent)))
    pen.rect(24, 176, 292, 14, p.ink, opacity=0.14)
    pen.disc(170, 102, 22, shaded(p.accent))


def book(pen: Pen, p: Paint) -> None:
    """Draw a standing book and one lying beneath. 400 × 420."""
    pen.rect(10, 360, 380, 56, pen.down(lit(p.second), shaded(p.second)), r=8)
    pen.rect(30, 368, 360, 38, p.paper)
    pen.line("M40,380 H384 M40,392 H384", shaded(p.paper), 3)
    pen.path("M84,8 H318 V356 H84 Q60,356 60,332 V32 Q60,8 84,8 Z", pen.across(shaded(p.main), lit(p.main), p.main))
    pen.rect(318, 20, 18, 336, p.paper)
    pen.rect(88, 8, 8, 348, shaded(p.main))
    pen.disc(206, 136, 58, p.accent)
    pen.path("M148,136 a58,58 0 0 0 116,0 Z", shaded(p.accent))
    pen.rect(140, 232, 132, 14, p.paper, r=7)
    pen.rect(164, 262, 84, 10, p.paper, r=5, opacity=0.6)
    pen.path("M268,8 H296 V84 L282,70 L268,84 Z", p.second)


def dumbbell(pen: Pen, p: Paint) -> None:
    """Draw a dumbbell beside a kettlebell. 500 × 260."""
    pen.line("M376,132 C360,30 460,30 444,132", p.ink, 26)
    pen.disc(410, 180, 78, pen.ball(p.main))
    pen.disc(410, 184, 32, p.accent)
    pen.rect(84, 168, 170, 28, pen.down("#D5D9E2", "#8F96A6"), r=10)
    for x, h in ((20, 110), (52, 152), (236, 152), (278, 110)):
        pen.rect(x, 182 - h / 2, 34, h, pen.body(p.ink if h > 120 else p.main), r=12)
    pen.rect(0, 164, 22, 36, p.ink, r=8)
    pen.rect(310, 164, 22, 36, p.ink, r=8)


def blocks(pen: Pen, p: Paint) -> None:
    """Draw toy bricks, stacked. 400 × 400."""
    pen.rect(10, 240, 170, 160, pen.across(lit(p.main), p.main, shaded(p.main)), r=18)
    pen.rect(200, 240, 190, 160, pen.across(lit(p.second), p.second, shaded(p.second)), r=18)
    pen.rect(110, 98, 176, 146, pen.across(lit(p.accent), p.accent, shaded(p.accent)), r=18)
    pen.path("M198,-6 L292,100 H104 Z", pen.across(lit(p.main), shaded(p.main)))
    pen.disc(95, 320, 42, p.paper, opacity=0.9)
    pen.path("M295,276 l14,30 33,4 -24,23 6,33 -29,-16 -29,16 6,-33 -24,-23 33,-4 Z", p.paper, opacity=0.95)
    pen.rect(164, 138, 68, 68, p.paper, r=10, opacity=0.9)
    pen.disc(350, 200, 40, pen.ball(p.main))


def pet(pen: Pen, p: Paint) -> None:
    """Draw a cat, sitting. 340 × 420."""
    pen.line("M270,380 C350,360 340,250 300,250", shaded(p.accent), 28)
    pen.path(
        "M170,150 C262,170 296,300 280,414 H60 C44,300 78,170 170,150 Z",
        pen.across(lit(p.accent), p.accent, shaded(p.accent)),
    )
    pen.path("M74,120 L66,6 L146,66 Z M266,120 L274,6 L194,66 Z", shaded(p.accent))
    pen.path("M86,96 L82,36 L126,70 Z M254,96 L258,36 L214,70 Z", "#F3B7A3")
    pen.oval(170, 136, 112, 96, pen.ball(p.accent))
    pen.oval(170, 340, 62, 76, p.paper)
    for x in (130, 210):
        pen.oval(x, 130, 15, 19, p.ink)
        pen.disc(x + 5, 123, 5, WHITE)
    pen.path("M158,162 H182 L170,176 Z", "#E07A66")
    pen.line("M170,176 Q158,194 142,188 M170,176 Q182,194 198,188", p.ink, 5)
    pen.line("M112,166 L52,156 M112,176 L54,184 M228,166 L288,156 M228,176 L286,184", p.paper, 4)
    pen.rect(92, 214, 156, 20, p.main, r=10)
    pen.disc(170, 236, 16, p.second)


def orb(pen: Pen, p: Paint) -> None:
    """Draw solids in balance, for what has no picture of its own. 420 × 420."""
    pen.rect(30, 300, 360, 116, pen.across(lit(p.second), p.second, shaded(p.second)), r=20)
    pen.path("M60,300 V190 A70,70 0 0 1 200,190 V300 Z", pen.across(lit(p.accent), p.accent, shaded(p.accent)))
    pen.path("M100,300 V200 A30,30 0 0 1 160,200 V300 Z", shaded(shaded(p.accent)))
    pen.disc(280, 190, 110, pen.ball(p.main))
    pen.disc(130, 66, 54, pen.ball(p.paper))

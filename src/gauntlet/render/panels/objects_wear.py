"""Things to wear and to care with, drawn standing on the lower edge of their box."""

# ruff: noqa: E501 - an outline stays in one line

from gauntlet.render.panels.pen import Paint, Pen, lit, shaded

WHITE = "#FFFFFF"


def sneaker(pen: Pen, p: Paint) -> None:
    """Draw a running shoe from the side. 500 × 270."""
    pen.path("M20,208 H484 C496,226 488,262 456,264 H44 C14,262 8,232 20,208 Z", pen.down(p.paper, shaded(p.paper)))
    pen.path("M30,244 H480 C476,256 468,264 456,264 H44 C34,263 30,254 30,244 Z", p.accent)
    pen.path(
        "M22,210 C10,150 20,84 40,52 C52,34 84,40 92,60 C104,88 142,90 168,70 C186,56 206,60 218,76 C256,126 330,150 "
        "408,158 C462,164 488,186 486,210 Z",
        pen.down(lit(p.main), p.main, shaded(p.main)),
    )
    pen.path("M408,158 C462,164 488,186 486,210 H372 C368,184 380,164 408,158 Z", shaded(p.main))
    pen.path("M22,210 C16,170 18,130 28,92 C70,110 96,150 100,210 Z", shaded(p.main))
    pen.path("M120,206 C190,200 250,170 262,128 C286,146 310,152 328,156 C290,190 214,212 120,206 Z", p.accent)
    for i in range(4):
        x, y = 206 + i * 32, 92 + i * 17
        pen.line(f"M{x},{y} l-34,18", p.paper, 9)
    pen.line("M60,66 C64,90 108,104 146,92", WHITE, 8, opacity=0.35)


def shirt(pen: Pen, p: Paint) -> None:
    """Draw a folded-out shirt. 420 × 420."""
    pen.path(
        "M140,14 L60,48 L4,150 L74,190 L98,154 V400 Q98,414 112,414 H308 Q322,414 322,400 V154 L346,190 L416,150 L360,48 "
        "L280,14 C262,58 158,58 140,14 Z",
        pen.body(p.main),
    )
    pen.path("M140,14 C158,58 262,58 280,14 L262,8 C246,38 174,38 158,8 Z", shaded(p.main))
    pen.disc(210, 190, 52, p.accent)
    pen.path("M158,190 a52,52 0 0 1 104,0 Z", lit(p.accent))
    pen.line("M98,154 C108,120 112,100 110,76", shaded(p.main), 6)
    pen.line("M322,154 C312,120 308,100 310,76", shaded(p.main), 6)
    pen.line("M124,200 V380", WHITE, 10, opacity=0.16)


def bag(pen: Pen, p: Paint) -> None:
    """Draw a carrier bag with handles. 340 × 440."""
    pen.line("M106,150 C96,12 244,12 234,150", shaded(p.main), 16)
    pen.path("M30,120 H310 L330,420 Q330,434 316,434 H24 Q10,434 10,420 Z", pen.body(p.main))
    pen.path("M30,120 H310 L313,160 H27 Z", shaded(p.main))
    pen.line("M116,158 C112,60 228,60 224,158", lit(p.main), 12)
    pen.disc(170, 292, 62, p.accent)
    pen.path("M170,230 a62,62 0 0 1 0,124 Z", shaded(p.accent))
    pen.line("M52,186 L40,400", WHITE, 10, opacity=0.22)


def watch(pen: Pen, p: Paint) -> None:
    """Draw a wrist watch. 240 × 460."""
    for y, h in ((0, 140), (320, 140)):
        pen.rect(62, y, 116, h, pen.body(p.second), r=18)
    pen.rect(216, 206, 22, 44, shaded(p.main), r=8)
    pen.disc(120, 230, 116, pen.ball(p.main))
    pen.disc(120, 230, 94, p.paper)
    pen.path("M120,136 a94,94 0 0 1 0,188 Z", shaded(p.paper), opacity=0.5)
    for dx, dy in ((0, -80), (80, 0), (0, 80), (-80, 0)):
        pen.disc(120 + dx, 230 + dy, 6, p.ink)
    pen.line("M120,230 V172", p.ink, 9)
    pen.line("M120,230 L164,256", p.accent, 8)
    pen.disc(120, 230, 9, p.ink)


def headphones(pen: Pen, p: Paint) -> None:
    """Draw over-ear headphones. 400 × 420."""
    pen.line("M62,270 C40,60 360,60 338,270", p.ink, 30)
    pen.line("M62,250 C50,76 350,76 338,250", lit(p.main), 12)
    for x, side in ((34, 1), (286, -1)):
        pen.rect(x, 236, 80, 172, pen.body(p.main), r=38)
        pen.rect(x + (54 if side > 0 else -10), 250, 36, 144, pen.body(p.ink), r=18)
        pen.disc(x + (32 if side > 0 else 48), 322, 20, p.accent)
    pen.line("M54,270 V360", WHITE, 8, opacity=0.35)


def flacon(pen: Pen, p: Paint) -> None:
    """Draw a perfume flacon. 260 × 380."""
    pen.rect(88, 0, 84, 96, pen.body(p.ink), r=10)
    pen.rect(104, 92, 52, 30, pen.body(p.accent))
    pen.rect(8, 118, 244, 258, pen.body(p.main), r=40)
    pen.rect(34, 146, 192, 204, lit(p.main), r=24, opacity=0.55)
    pen.path("M34,240 C90,214 160,266 226,236 V326 Q226,350 202,350 H58 Q34,350 34,326 Z", p.second, opacity=0.65)
    pen.rect(78, 216, 104, 72, p.paper, r=6)
    pen.rect(96, 238, 68, 8, p.ink, r=4)
    pen.rect(108, 256, 44, 6, p.ink, r=3, opacity=0.5)
    pen.line("M34,170 V320", WHITE, 10, opacity=0.45)


def jar(pen: Pen, p: Paint) -> None:
    """Draw a cream jar beside a dropper bottle. 420 × 340."""
    pen.rect(286, 0, 48, 70, pen.body(p.ink), r=20)
    pen.rect(266, 66, 88, 44, pen.body(p.second), r=8)
    pen.rect(240, 106, 140, 230, pen.body(p.main), r=26)
    pen.rect(240, 180, 140, 92, p.paper)
    pen.rect(272, 208, 76, 9, p.ink, r=4)
    pen.rect(286, 228, 48, 7, p.ink, r=3, opacity=0.5)
    pen.rect(10, 196, 240, 140, pen.body(p.paper), r=30)
    pen.rect(0, 150, 260, 70, pen.body(p.accent), r=20)
    pen.rect(74, 258, 112, 9, p.ink, r=4)
    pen.rect(96, 278, 68, 7, p.ink, r=3, opacity=0.5)
    pen.line("M26,168 H120", WHITE, 8, opacity=0.45)


def gem(pen: Pen, p: Paint) -> None:
    """Draw a ring with a stone. 340 × 400."""
    pen.line("M170,150 a112,112 0 1 0 0.1,0", pen.across(lit(p.second), p.second, shaded(p.second)), 30)
    pen.path("M92,52 L132,4 H208 L248,52 L170,164 Z", p.main)
    pen.path("M92,52 L132,4 L140,52 Z", lit(p.main))
    pen.path("M208,4 L248,52 H200 Z", shaded(p.main))
    pen.path("M132,4 H208 L200,52 H140 Z", lit(lit(p.main)))
    pen.path("M140,52 H200 L170,164 Z", lit(p.main))
    pen.path("M200,52 H248 L170,164 Z", shaded(p.main))
    pen.line("M78,222 C70,262 80,306 104,334", WHITE, 8, opacity=0.5)
    for x, y, r in ((280, 40, 22), (54, 92, 14)):
        pen.path(
            f"M{x},{y - r} Q{x},{y} {x + r},{y} Q{x},{y} {x},{y + r} Q{x},{y} {x - r},{y} Q{x},{y} {x},{y - r} Z",
            p.accent,
        )

"""Things to eat and drink, drawn standing on the lower edge of their box."""

# ruff: noqa: E501 - an outline stays in one line

from gauntlet.render.panels.pen import Paint, Pen, lit, shaded

WHITE = "#FFFFFF"


def cup(pen: Pen, p: Paint) -> None:
    """Draw a mug on a saucer, steaming. 360 × 360."""
    for x, sway in ((130, 16), (175, -16), (220, 16)):
        pen.line(f"M{x},96 C{x - sway},66 {x + sway},44 {x},8", p.paper, 9, opacity=0.55)
    pen.oval(180, 334, 176, 24, pen.across(lit(p.paper), p.paper, shaded(p.paper)))
    pen.oval(180, 328, 120, 13, shaded(p.paper))
    pen.line("M268,160 C352,146 350,258 254,260", pen.across(p.main, shaded(p.main)), 26)
    pen.path("M72,120 H288 C288,236 270,318 226,328 H134 C90,318 72,236 72,120 Z", pen.body(p.main))
    pen.oval(180, 120, 108, 26, lit(p.main))
    pen.oval(180, 123, 96, 20, pen.across("#4A2A18", "#6B3E22", "#3B2012"))
    pen.oval(156, 119, 40, 7, "#C98A4B", opacity=0.55)
    pen.path("M96,150 C98,226 108,276 126,306", WHITE, opacity=0.0)
    pen.line("M100,158 C102,222 110,262 124,292", WHITE, 10, opacity=0.28)


def glass(pen: Pen, p: Paint) -> None:
    """Draw a tall drink with ice, a slice and a straw. 240 × 420."""
    pen.line("M150,70 L186,4", p.main, 12)
    pen.path("M34,70 H206 L184,412 H56 Z", p.paper, opacity=0.5)
    pen.path("M42,140 H198 L181,404 H59 Z", pen.down(lit(p.accent), p.accent, shaded(p.accent)))
    for x, y in ((64, 150), (118, 138), (88, 206)):
        pen.rect(x, y, 58, 58, WHITE, r=12, opacity=0.42)
    pen.disc(196, 92, 46, lit(p.second))
    pen.disc(196, 92, 36, p.second)
    for dx, dy in ((0, -28), (24, 14), (-24, 14)):
        pen.line(f"M196,92 l{dx},{dy}", lit(p.second), 5)
    pen.line("M58,96 L74,380", WHITE, 12, opacity=0.4)


def bottle(pen: Pen, p: Paint) -> None:
    """Draw a bottle with a label. 180 × 480."""
    pen.rect(62, 4, 56, 46, pen.body(p.ink), r=8)
    pen.path(
        "M66,46 H114 V110 C114,150 172,164 172,226 V448 Q172,476 144,476 H36 Q8,476 8,448 V226 C8,164 66,150 66,110 Z",
        pen.body(p.main),
    )
    pen.rect(8, 258, 164, 136, pen.across(shaded(p.paper), p.paper, p.paper, shaded(p.paper)))
    pen.disc(90, 308, 26, p.accent)
    pen.rect(46, 350, 88, 9, p.ink, r=4)
    pen.rect(62, 368, 56, 6, p.ink, r=3, opacity=0.5)
    pen.line("M34,236 C34,200 62,190 76,166", WHITE, 9, opacity=0.35)
    pen.line("M30,412 V446", WHITE, 9, opacity=0.3)


def bowl(pen: Pen, p: Paint) -> None:
    """Draw a bowl heaped with fresh food. 420 × 320."""
    for cx, cy, r, colour in ((120, 130, 62, p.second), (206, 96, 74, p.accent), (300, 130, 64, p.second)):
        pen.disc(cx, cy, r, pen.ball(colour))
    for x, lean in ((86, -38), (250, -8), (336, 34)):
        pen.path(
            f"M{x},150 C{x - 34 + lean},104 {x + lean},44 {x + 10 + lean},26 C{x + 52 + lean},72 {x + 44},122 {x},150 Z",
            pen.down("#8CC152", "#4E8A36"),
        )
    pen.disc(160, 140, 34, pen.ball("#D9463B"))
    pen.disc(262, 146, 30, pen.ball("#F2B13C"))
    pen.path("M12,150 H408 C404,250 330,306 268,310 H152 C90,306 16,250 12,150 Z", pen.body(p.main))
    pen.oval(210, 151, 198, 14, lit(p.main))
    pen.rect(150, 302, 120, 16, shaded(p.main), r=8)
    pen.line("M44,186 C60,240 100,274 134,288", WHITE, 10, opacity=0.28)


def burger(pen: Pen, p: Paint) -> None:
    """Draw a burger in layers. 400 × 320."""
    pen.path("M30,150 C30,40 120,8 200,8 C280,8 370,40 370,150 Z", pen.down("#F0B45E", "#D98B35", "#B96D22"))
    for x, y in ((120, 66), (186, 44), (250, 66), (158, 102), (226, 106), (296, 108)):
        pen.oval(x, y, 10, 6, "#FBE7BE")
    pen.path(
        "M20,150 H380 C392,150 388,182 366,176 C340,170 332,196 304,186 C276,176 262,200 236,188 C208,176 194,200 "
        "166,188 C138,176 126,198 98,186 C70,176 60,192 36,180 C12,182 8,150 20,150 Z",
        pen.down("#8CC152", "#5E9C3C"),
    )
    pen.path("M34,186 H366 L330,226 L300,196 H34 Z", "#F7C948")
    pen.rect(26, 196, 348, 50, pen.down("#7A4526", "#552C16"), r=24)
    pen.rect(40, 236, 320, 14, "#D9463B", r=7)
    pen.path("M30,254 H370 V270 C370,304 340,314 310,314 H90 C60,314 30,304 30,270 Z", pen.down("#E5A04A", "#BC7227"))
    pen.line("M72,110 C82,70 118,46 150,36", WHITE, 12, opacity=0.3)


def bread(pen: Pen, p: Paint) -> None:
    """Draw a loaf on a board. 440 × 260."""
    pen.rect(0, 214, 440, 42, pen.down(lit(p.second), p.second, shaded(p.second)), r=14)
    pen.path("M36,214 C10,110 80,36 220,36 C360,36 430,110 404,214 Z", pen.down("#E9B366", "#CB873A", "#9C5C22"))
    for x in (120, 200, 280):
        pen.path(
            f"M{x - 30},150 C{x - 16},104 {x + 24},70 {x + 62},62 C{x + 40},96 {x + 12},132 {x - 30},150 Z", "#F8E0B0"
        )
    pen.line("M62,168 C62,110 104,74 150,62", WHITE, 10, opacity=0.3)
    for x, y in ((30, 206), (414, 208), (394, 200)):
        pen.disc(x, y, 8, "#F8E0B0")

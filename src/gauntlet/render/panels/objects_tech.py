"""Screens, machines and figures, drawn standing on the lower edge of their box."""

# ruff: noqa: E501 - an outline stays in one line

from gauntlet.render.panels.pen import Paint, Pen, lit, shaded

WHITE = "#FFFFFF"


def phone(pen: Pen, p: Paint) -> None:
    """Draw a phone with an app. 240 × 480."""
    pen.rect(0, 0, 240, 480, pen.across(p.ink, shaded(p.ink)), r=38)
    pen.rect(12, 12, 216, 456, pen.down(lit(p.main), p.main), r=28)
    pen.rect(84, 22, 72, 16, p.ink, r=8)
    pen.rect(32, 64, 120, 16, p.paper, r=8)
    pen.rect(32, 90, 78, 10, p.paper, r=5, opacity=0.6)
    pen.rect(28, 122, 184, 136, p.paper, r=20)
    pen.path(
        "M28,214 C72,170 104,236 146,194 C176,166 196,180 212,170 V238 Q212,258 192,258 H48 Q28,258 28,238 Z", p.accent
    )
    pen.line("M30,214 C72,170 104,236 146,194 C176,166 196,180 210,172", shaded(p.accent), 6)
    for i in range(2):
        pen.rect(28, 274 + i * 62, 184, 50, p.paper, r=14, opacity=0.92)
        pen.disc(54, 299 + i * 62, 14, p.accent if i else p.second)
        pen.rect(78, 288 + i * 62, 90, 9, p.ink, r=4, opacity=0.8)
        pen.rect(78, 304 + i * 62, 60, 7, p.ink, r=3, opacity=0.35)
    pen.rect(60, 412, 120, 34, p.accent, r=17)
    pen.path("M12,40 Q12,12 40,12 H150 L12,300 Z", WHITE, opacity=0.07)


def laptop(pen: Pen, p: Paint) -> None:
    """Draw an open laptop with a dashboard. 520 × 330."""
    pen.rect(50, 4, 420, 284, p.ink, r=20)
    pen.rect(64, 18, 392, 254, p.paper, r=8)
    pen.rect(64, 18, 86, 254, p.main)
    for i in range(4):
        pen.rect(80, 44 + i * 30, 54, 8, p.paper, r=4, opacity=0.9 if i == 0 else 0.5)
    pen.rect(170, 38, 128, 98, lit(p.main), r=10, opacity=0.28)
    pen.rect(312, 38, 128, 98, p.second, r=10, opacity=0.5)
    for i, h in enumerate((34, 58, 44, 74)):
        pen.rect(184 + i * 27, 126 - h, 17, h, p.main, r=4)
    pen.line("M376,62 a26,26 0 1 1 -24,36", p.accent, 13)
    pen.rect(170, 150, 270, 104, shaded(p.paper), r=10)
    pen.line("M184,232 C220,170 258,244 300,196 C340,152 380,204 426,166", p.accent, 8)
    pen.path("M0,288 H520 L500,322 Q496,328 484,328 H36 Q24,328 20,322 Z", pen.down("#D8DBE2", "#A6ABB8"))
    pen.rect(210, 288, 100, 11, "#8E94A3", r=5)


def camera(pen: Pen, p: Paint) -> None:
    """Draw a camera. 420 × 310."""
    pen.path("M134,62 L156,16 H264 L286,62 Z", pen.across(p.ink, shaded(p.ink)))
    pen.rect(0, 54, 420, 250, pen.down(lit(p.main), p.main, shaded(p.main)), r=34)
    pen.rect(0, 112, 420, 120, p.ink, opacity=0.9)
    pen.rect(34, 34, 66, 26, p.accent, r=10)
    pen.disc(210, 176, 106, shaded(p.ink))
    pen.disc(210, 176, 88, pen.ball(p.ink))
    pen.disc(210, 176, 56, pen.ball(p.second))
    pen.disc(210, 176, 30, p.ink)
    pen.disc(186, 150, 16, WHITE, opacity=0.75)
    pen.rect(330, 76, 56, 26, p.paper, r=8)


def chart(pen: Pen, p: Paint) -> None:
    """Draw growing columns, a line above them and coins. 460 × 380."""
    for i, (h, colour) in enumerate(((110, p.second), (170, p.main), (230, p.main), (310, p.accent))):
        x = 20 + i * 112
        pen.rect(x, 380 - h, 84, h, pen.across(lit(colour), colour, shaded(colour)), r=14)
        pen.rect(x, 366, 84, 14, shaded(colour))
    pen.line("M40,220 L150,150 L262,110 L392,14", p.ink, 12)
    pen.path("M352,4 L414,-2 L402,58 Z", p.ink)
    for i in range(3):
        pen.oval(64, 250 - i * 22, 46, 14, shaded("#E8B63A"))
        pen.oval(64, 244 - i * 22, 46, 14, "#F6CF5B")


def car(pen: Pen, p: Paint) -> None:
    """Draw a car from the side. 560 × 240."""
    pen.path("M150,90 C176,30 210,8 276,8 H336 C392,8 428,40 456,92 Z", p.ink)
    pen.path("M172,90 C190,48 216,26 266,26 H282 V90 Z", "#BFD9EA")
    pen.path("M298,26 H334 C378,28 404,56 424,90 H298 Z", "#A9C7DC")
    pen.path(
        "M14,190 C4,150 22,112 74,104 L156,88 H452 L516,108 C552,120 558,158 548,190 Q546,200 532,200 H30 Q18,200 14,190 Z",
        pen.down(lit(p.main), p.main, shaded(p.main)),
    )
    pen.rect(20, 166, 520, 12, shaded(p.main))
    pen.rect(506, 128, 40, 20, "#FFE9A8", r=8)
    pen.rect(14, 134, 30, 16, "#D9463B", r=6)
    pen.rect(206, 114, 40, 8, shaded(p.main), r=4)
    for x in (130, 430):
        pen.disc(x, 192, 48, "#1B1D22")
        pen.disc(x, 192, 27, "#C9CDD6")
        pen.disc(x, 192, 10, p.accent)
    pen.line("M70,118 L156,102 H260", WHITE, 8, opacity=0.45)


def bike(pen: Pen, p: Paint) -> None:
    """Draw a bicycle. 540 × 350."""
    for x in (116, 424):
        pen.line(f"M{x},126 a108,108 0 1 0 0.1,0", p.ink, 16)
        pen.line(f"M{x},144 a90,90 0 1 0 0.1,0", shaded(p.paper), 4)
        pen.disc(x, 234, 13, p.ink)
    pen.line("M116,234 L200,92 H372 L262,234 Z M200,92 L262,234 M372,92 L424,234", p.main, 18)
    pen.line("M372,92 L360,46 H410 C436,46 440,74 420,82", p.ink, 14)
    pen.line("M200,92 L188,56", p.ink, 12)
    pen.rect(146, 38, 92, 20, p.accent, r=10)
    pen.disc(262, 234, 25, p.accent)
    pen.line("M262,234 L292,276 M282,278 H308", p.ink, 10)

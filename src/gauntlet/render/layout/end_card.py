"""The last scene: logo or name, closing line, button, where to go, and the product once more."""

from gauntlet.render.layout.backdrops import still_life
from gauntlet.render.layout.card_scenes import Zones
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.layout.lockups import Button, button_lockup, fit_button, logo_lockup, logo_size, moved
from gauntlet.render.layout.ornament import edge_depth
from gauntlet.render.layout.take import Composition, Take, lettering
from gauntlet.render.layout.words import Placed, Words
from gauntlet.render.timeline import Layer, TextBox

_FIELD_AT_LEAST = 0.2
"""Share of a stacked canvas's height that the closing field keeps, so that the product can still be made out."""


def end_card(take: Take) -> Composition:
    """Lay out the end card: a centred column on the ad's ground, the product in a field below (or beside) it."""
    column = _column(take)
    button = fit_button(take, take.brief.call_to_action.text, width=column.width)
    logo = _logo_size(take, column)
    foot = _foot(take, column)
    used = _fixed_height(take, button=button, logo=logo, foot=foot)
    room = Rect(column.x, column.y, column.width, column.height - used)
    words = take.stack(_closing_words(take), room, anchor="top", align="center")
    text_height = words[-1].box.bottom - words[0].box.y if words else 0.0
    total = used + text_height
    top = column.y + max(0.0, column.height - total) * (0.4 if take.stage.stacked else 0.5)
    zones, stand = _zones(take, column, content_bottom=top + total)
    body = _stacked_up(take, words, foot, column=column, top=top, button=button, logo=logo)
    return Composition((*still_life(take, zones, room=stand), *body.layers), body.texts)


def _column(take: Take) -> Rect:
    """Return where the column stands: what the field leaves of the safe area."""
    stage, safe, unit = take.stage, take.stage.safe, take.stage.unit
    air = edge_depth(stage, take.theme.motif) + unit * 1.6
    if stage.stacked:
        width = min(stage.column.width, unit * 31)
        bottom = min(safe.bottom, stage.height * (1 - _FIELD_AT_LEAST) - air)
        middle = stage.column.cx
        return Rect.spanning(middle - width / 2, safe.y, right=middle + width / 2, bottom=bottom)
    seam = stage.width * (0.44 if stage.rtl else 0.56)
    if stage.rtl:
        return Rect.spanning(seam + air, safe.y, right=safe.right, bottom=safe.bottom)
    return Rect.spanning(safe.x, safe.y, right=seam - air, bottom=safe.bottom)


def _zones(take: Take, column: Rect, *, content_bottom: float) -> tuple[Zones, Rect]:
    """Return the scene's areas, and the room in which the product stands."""
    stage, unit = take.stage, take.stage.unit
    air = edge_depth(stage, take.theme.motif) + unit * 1.6
    if stage.stacked:
        seam = content_bottom + air
        field = Rect.spanning(0, seam, right=stage.width, bottom=stage.height)
        height = min(field.height * 0.78, unit * 20)
        stand = Rect(stage.width * 0.2, field.y + field.height * 0.88 - height, stage.width * 0.6, height)
        return Zones(column, stand, field, "top"), stand
    if stage.rtl:
        field = Rect.spanning(0, 0, right=column.x - air, bottom=stage.height)
    else:
        field = Rect.spanning(column.right + air, 0, right=stage.width, bottom=stage.height)
    stand = Rect(field.x + field.width * 0.16, stage.height * 0.2, field.width * 0.66, stage.height * 0.62)
    return Zones(column, stand, field, "right" if stage.rtl else "left"), stand


def _gaps(take: Take) -> tuple[float, float, float]:
    unit = take.stage.unit
    return unit * 1.9, unit * 2.0, unit * 1.4


def _fixed_height(
    take: Take, *, button: Button | None, logo: tuple[int, int] | None, foot: tuple[Placed, ...]
) -> float:
    """Return the height of all but the words, with the gaps between."""
    after_logo, before_button, before_foot = _gaps(take)
    height = logo[1] + take.stage.unit * 1.8 + after_logo if logo else 0.0
    height += button.pill.height + before_button if button else 0.0
    return height + (foot[0].box.height + before_foot if foot else 0.0)


def _stacked_up(
    take: Take,
    words: tuple[Placed, ...],
    foot: tuple[Placed, ...],
    *,
    column: Rect,
    top: float,
    button: Button | None,
    logo: tuple[int, int] | None,
) -> Composition:
    """Return the column's pieces below one another from `top`."""
    ground, unit = take.ground, take.stage.unit
    after_logo, before_button, before_foot = _gaps(take)
    layers: list[Layer] = []
    texts: list[TextBox] = []
    y = top
    if logo and take.logo:
        box = Rect(round(column.cx - logo[0] / 2), round(y + unit * 0.9), logo[0], logo[1])
        layers += logo_lockup(take, take.logo, box, ground=ground, begin=max(0, take.begin - 2)).layers
        y += logo[1] + unit * 1.8 + after_logo
    closing = lettering(take, tuple(moved(p, 0, y - column.y) for p in words), ink=ground.ink, ground=ground.worst)
    y += words[-1].box.bottom - words[0].box.y if words else 0.0
    if button:
        y += before_button
        at = (column.cx - button.pill.width / 2, y)
        call = button_lockup(take, button, at, ground=ground, begin=min(take.begin + 8, take.ready - 11))
        closing = Composition((*closing.layers, *call.layers), (*closing.texts, *call.texts))
        y += button.pill.height + before_foot
    where = lettering(take, tuple(moved(p, 0, y - p.box.y) for p in foot), ink=ground.ink, ground=ground.worst)
    return Composition((*layers, *closing.layers, *where.layers), (*texts, *closing.texts, *where.texts))


def _foot(take: Take, column: Rect) -> tuple[Placed, ...]:
    destination = take.brief.call_to_action.destination or ""
    item = Words("destination", destination, take.theme.strong, take.stage.unit * 1.6, 2, 1.2)
    return take.stack([item], Rect(column.x, column.y, column.width, take.stage.unit * 4), anchor="top", align="center")


def _logo_size(take: Take, column: Rect) -> tuple[int, int] | None:
    if take.logo is None:
        return None
    unit = take.stage.unit
    return logo_size(take, take.logo, width=column.width * 0.66, height=min(unit * 6.5, column.height * 0.24))


def _closing_words(take: Take) -> list[Words]:
    """Return the end card's lines, none of which says what the button or the address says already."""
    brief, theme, unit, scene = take.brief, take.theme, take.stage.unit, take.scene
    said = {brief.call_to_action.text.strip().lower(), (brief.call_to_action.destination or "").strip().lower(), ""}
    candidates = (scene.overlay_text, brief.text_strategy.tagline or "", brief.text_strategy.headline)
    line = next((text.strip() for text in candidates if text.strip().lower() not in said), "")
    name = brief.product.brand or brief.product.name
    items: list[Words] = []
    if take.logo is None and name.strip().lower() not in line.lower():
        items.append(Words("brand", name, theme.strong, unit * 2.1, 2, 1.15, 0.25))
    items.append(Words("headline", line, theme.heading, unit * 4.2, 3, 1.06))
    support = scene.supporting_text.strip()
    if support.lower() not in said | {line.lower()}:
        items.append(Words("supporting", support, theme.body, unit * 1.45, 2, 1.28, 0.28))
    return items

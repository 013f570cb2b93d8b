"""Scenes that words carry: a hook in big type, an offer as a badge, the end card."""

import math
import re
from typing import Final

from gauntlet.render.layout.card_scenes import ground_layer
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.layout.layers import vector_layer
from gauntlet.render.layout.lockups import button_lockup, fit_button, logo_lockup, logo_size, moved
from gauntlet.render.layout.motion import pop
from gauntlet.render.layout.take import Composition, Take, lettering
from gauntlet.render.layout.theme import Motif
from gauntlet.render.layout.words import Entrance, Placed, Words, stack, text_box, text_layers
from gauntlet.render.timeline import Layer, TextBox

_FIGURE: Final = re.compile(
    r"(?:[-−]\s?)?(?:[€$£¥₹]\s?\d[\d.,]*|\d[\d.,]*\s?(?:%|٪|％|€|£|¥|円|割|kr|zł|Kč|USD|EUR|GBP)|[٠-٩]+\s?[%٪]"
    r"|\b\d\s?[x×]\s?\d\b|\b\d\s?(?:for|por|pour|für|per)\s?\d\b)",
    re.IGNORECASE,
)
"""What an offer is about: a share, a price, a pair."""


def figure_in(text: str) -> tuple[str, str, str] | None:
    """Return what stands before an offer's figure, the figure, and what follows; None without a figure."""
    found = _FIGURE.search(text)
    if not found:
        return None
    figure = re.sub(r"[\s\u00a0]+", "\u00a0", found.group().strip().rstrip(".,"))
    before, after = text[: found.start()].strip(), text[found.start() + len(found.group().rstrip(".,")) :].strip()
    return before.strip(" -–—:,、"), figure, after.lstrip(" -–—:,、.")


def type_only(take: Take) -> Composition:
    """Lay out words alone on the ad's ground, as large as they go."""
    stage, safe = take.stage, take.stage.safe
    tall = stage.stacked and stage.height > stage.width * 1.4
    area = safe if tall else safe.grown(-safe.width * 0.02, -safe.height * 0.04)
    focal_side = stage.unit * (15 if stage.stacked else 18)
    at_x = safe.x + focal_side * 0.2 if stage.rtl else safe.right - focal_side * 0.2
    focal = Rect(at_x - focal_side / 2, safe.bottom - focal_side * 0.2, focal_side, focal_side)
    placed = take.stack(take.words(scale=1.25, lines=4), area, anchor="middle")
    words = lettering(take, placed, ink=take.ground.ink, ground=take.ground.worst)
    return Composition((ground_layer(take, focal=focal), *words.layers), words.texts)


def offer(take: Take) -> Composition | None:
    """Lay out an offer: its figure as large as the frame bears, on a badge; None when there is no figure."""
    scene, stage, unit, theme = take.scene, take.stage, take.stage.unit, take.theme
    in_headline = figure_in(scene.overlay_text) is not None
    parts = figure_in(scene.overlay_text if in_headline else scene.supporting_text)
    if parts is None:
        return None
    before, figure, after = parts
    side = min(stage.safe.width * 0.9, stage.safe.height * 0.62, unit * 25)
    badge = _badge_box(take, side)
    items = [
        Words("label", before, theme.strong, unit * 2.0, 2, 1.15, 0.28),
        Words("headline", figure, theme.heading, side * 0.44, 1, 1.0),
        Words("supporting", after, theme.strong, unit * 2.2, 3, 1.15, 0.4),
    ]
    inner = badge.grown(-side * 0.15)
    placed = stack(items, inner, gap=unit * 0.7, anchor="middle", align="center", rtl=stage.rtl)
    other = scene.supporting_text if in_headline else scene.overlay_text
    tail_item = Words("supporting", other, theme.body, unit * 1.8, 3, 1.25)
    side_by_side = not stage.stacked
    lines = take.stack(
        [tail_item],
        _beside_badge(take, badge),
        anchor="middle" if side_by_side else "top",
        align="start" if side_by_side else "center",
    )
    layers: list[Layer] = [ground_layer(take, focal=badge.grown(-side * 0.12)), _badge_layer(take, badge)]
    texts: list[TextBox] = []
    entrance = Entrance(take.begin + 2, False, take.ready)
    for item in placed:
        layers += text_layers(item, ink=theme.pop.ink, entrance=entrance, last_frame=take.last_frame)
        texts.append(text_box(item, ink=theme.pop.ink, ground=theme.pop.base, frames=take.screen_frames))
    tail = lettering(take, lines, ink=take.ground.ink, ground=take.ground.worst)
    return Composition((*layers, *tail.layers), (*texts, *tail.texts))


def _badge_box(take: Take, side: float) -> Rect:
    stage, safe = take.stage, take.stage.safe
    if stage.stacked:
        return Rect(safe.cx - side / 2, safe.y + (safe.height - side) * 0.3, side, side)
    x = safe.x + safe.width * (0.75 if stage.rtl else 0.25) - side / 2
    return Rect(x, safe.cy - side / 2, side, side)


def _beside_badge(take: Take, badge: Rect) -> Rect:
    """Return where the rest of an offer's words stand: under the badge, in a wide frame beside it."""
    stage, safe, unit = take.stage, take.stage.safe, take.stage.unit
    if stage.stacked:
        return Rect.spanning(safe.x, badge.bottom + unit * 1.6, right=safe.right, bottom=safe.bottom)
    if stage.rtl:
        return Rect.spanning(safe.x, safe.y, right=badge.x - unit * 2, bottom=safe.bottom)
    return Rect.spanning(badge.right + unit * 2, safe.y, right=safe.right, bottom=safe.bottom)


def _badge_layer(take: Take, badge: Rect) -> Layer:
    """Return the badge: a disc or a scalloped seal in the accent colour, after the ad's motif."""
    theme, r = take.theme, badge.width / 2
    begin = max(0, take.begin - 2)
    scallops = {Motif.RAYS: 24, Motif.DIAGONAL: 16, Motif.DOTS: 12}.get(theme.motif, 0)
    if scallops:
        points = [
            (badge.cx + r * k * math.cos(a), badge.cy + r * k * math.sin(a))
            for i in range(scallops * 2)
            for k, a in [(1.0 if i % 2 == 0 else 0.9, math.pi * i / scallops)]
        ]
        path = "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in points) + " Z"
        shape = f'<path d="{path}" fill="{theme.pop.base}" stroke="{theme.pop.base}" stroke-width="{r * 0.06:.1f}" stroke-linejoin="round"/>'
    else:
        shape = f'<circle cx="{badge.cx:.1f}" cy="{badge.cy:.1f}" r="{r:.1f}" fill="{theme.pop.base}"/>'
    ring = (
        f'<circle cx="{badge.cx:.1f}" cy="{badge.cy:.1f}" r="{r * 0.84:.1f}" fill="none" stroke="{theme.pop.ink}" '
        f'stroke-opacity="0.35" stroke-width="{take.stage.unit * 0.1:.1f}"/>'
    )
    return vector_layer(
        "badge",
        shape + ring,
        box=badge.grown(r * 0.05 + 2),
        keys=pop(begin),
        first_frame=begin,
        last_frame=take.last_frame,
    )


def end_card(take: Take) -> Composition:
    """Lay out the last scene: logo (or name), closing line, button, where to go; centred, on the ad's ground."""
    stage, unit, safe, ground = take.stage, take.stage.unit, take.stage.safe, take.ground
    width = min(safe.width, unit * (29 if stage.stacked else 34))
    column = Rect(safe.cx - width / 2, safe.y, width, safe.height)
    button = fit_button(take, take.brief.call_to_action.text, width=width)
    foot = _foot(take, column)
    logo = _logo_size(take, column)
    logo_height = logo[1] + unit * 1.8 if logo else 0.0
    gaps = (unit * 2.0, unit * 1.9, unit * 1.2)
    used = (logo_height + gaps[0] if logo else 0.0) + (button.pill.height + gaps[1] if button else 0.0)
    used += foot[0].box.height + gaps[2] if foot else 0.0
    room = Rect(column.x, column.y, column.width, column.height - used)
    words = take.stack(_closing_words(take), room, anchor="top", align="center")
    text_height = words[-1].box.bottom - words[0].box.y if words else 0.0
    y = column.y + (column.height - used - text_height) * 0.5
    layers: list[Layer] = [ground_layer(take, focal=Rect(safe.cx - unit * 9, safe.cy - unit * 9, unit * 18, unit * 18))]
    texts: list[TextBox] = []
    if logo and take.logo:
        box = Rect(round(column.cx - logo[0] / 2), round(y + unit * 0.9), logo[0], logo[1])
        mark = logo_lockup(take, take.logo, box, ground=ground, begin=0)
        layers += mark.layers
        y += logo_height + gaps[0]
    closing = lettering(
        take, tuple(moved(item, 0, y - column.y) for item in words), ink=ground.ink, ground=ground.worst
    )
    layers += closing.layers
    texts += closing.texts
    y += text_height + gaps[1]
    if button:
        at = (column.cx - button.pill.width / 2, y)
        call = button_lockup(take, button, at, ground=ground, begin=min(take.begin + 8, take.ready - 11))
        layers += call.layers
        texts += call.texts
        y += button.pill.height + gaps[2]
    where = lettering(take, tuple(moved(item, 0, y - item.box.y) for item in foot), ink=ground.ink, ground=ground.worst)
    return Composition((*layers, *where.layers), (*texts, *where.texts))


def _foot(take: Take, column: Rect) -> tuple[Placed, ...]:
    destination = take.brief.call_to_action.destination or ""
    item = Words("destination", destination, take.theme.strong, take.stage.unit * 1.4, 2, 1.2)
    return take.stack([item], Rect(column.x, column.y, column.width, take.stage.unit * 4), anchor="top", align="center")


def _logo_size(take: Take, column: Rect) -> tuple[int, int] | None:
    if take.logo is None:
        return None
    unit = take.stage.unit
    return logo_size(take, take.logo, width=column.width * 0.66, height=min(unit * 7, column.height * 0.24))


def _closing_words(take: Take) -> list[Words]:
    """Return the end card's lines, none of which says what the button or the address says already."""
    brief, theme, unit, scene = take.brief, take.theme, take.stage.unit, take.scene
    said = {brief.call_to_action.text.strip().lower(), (brief.call_to_action.destination or "").strip().lower(), ""}
    candidates = (scene.overlay_text, brief.text_strategy.tagline or "", brief.text_strategy.headline)
    line = next((text.strip() for text in candidates if text.strip().lower() not in said), "")
    name = brief.product.brand or brief.product.name
    items: list[Words] = []
    if take.logo is None and name.strip().lower() not in line.lower():
        items.append(Words("brand", name, theme.strong, unit * 1.9, 2, 1.15, 0.25))
    items.append(Words("headline", line, theme.heading, unit * 3.1, 3, 1.08))
    support = scene.supporting_text.strip()
    if support.lower() not in said | {line.lower()}:
        items.append(Words("supporting", support, theme.body, unit * 1.45, 2, 1.28, 0.28))
    return items

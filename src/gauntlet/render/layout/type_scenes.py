"""Scenes that words carry: a hook in big type, an offer as a badge."""

import math
import re
from typing import Final

from gauntlet.render.layout.backdrops import backdrop, product_in
from gauntlet.render.layout.card_scenes import Zones, zones_for
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.layout.layers import vector_layer
from gauntlet.render.layout.motion import camera_move, pop, rise
from gauntlet.render.layout.ornament import ground_art, legible_inks, motif_art
from gauntlet.render.layout.photo_scenes import bears_window
from gauntlet.render.layout.take import Composition, Take, lettering
from gauntlet.render.layout.theme import Motif
from gauntlet.render.layout.words import Entrance, Words, stack, text_box, text_layers
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
    """Lay out words alone on the ad's ground, as large as they go; the ground moves, the motif at a corner."""
    stage, safe, unit = take.stage, take.stage.safe, take.stage.unit
    placed = take.stack(take.words(scale=1.3 if take.is_hook else 1.6, lines=4), safe, anchor="middle")
    move = camera_move(take.scene.camera_movement, stage.canvas, frames=take.frames)
    side = unit * 18
    x = -side * 0.35 if stage.rtl else stage.width - side * 0.65
    spot = Rect(x, stage.height - side * 0.6 if take.turn % 2 == 0 else -side * 0.4, side, side)
    inks = legible_inks(take.ground)
    art = ground_art(take.ground, area=move.box)
    art += motif_art(stage, take.theme.motif, inks, focal=spot, area=move.box)
    ground = vector_layer("ground", art, box=move.box, keys=move.keys, last_frame=take.last_frame, opaque=True)
    words = lettering(take, placed, ink=take.ground.ink, ground=take.ground.worst)
    return Composition((ground, *words.layers), words.texts)


def offer(take: Take) -> Composition | None:
    """Lay out an offer: its figure as large as the frame bears, on a badge; None when there is no figure."""
    scene, stage, unit, theme = take.scene, take.stage, take.stage.unit, take.theme
    in_headline = figure_in(scene.overlay_text) is not None
    parts = figure_in(scene.overlay_text if in_headline else scene.supporting_text)
    if parts is None:
        return None
    other = scene.supporting_text if in_headline else scene.overlay_text
    largest = min(
        (stage.column if stage.stacked else stage.safe).width * 0.95,
        stage.safe.height * (0.66 if stage.stacked else 0.84),
        unit * 25,
    )
    badge, zones = _offer_areas(take, largest, alone=not other.strip())
    side = badge.width
    placed = stack(_figure_words(take, parts, side), badge.grown(-side * 0.16), gap=unit * 0.7, anchor="middle",
                   align="center", rtl=stage.rtl)  # fmt: skip
    layers: list[Layer] = [
        *backdrop(take, zones, focal=badge.grown(-side * 0.2), beside=theme.pop.base),
        _badge_layer(take, badge),
    ]
    texts: list[TextBox] = []
    entrance = Entrance(min(take.begin + 2, take.ready - 11), False, take.ready)
    for item in placed:
        layers += text_layers(item, ink=theme.pop.ink, entrance=entrance, last_frame=take.last_frame)
        texts.append(text_box(item, ink=theme.pop.ink, ground=theme.pop.base, frames=take.screen_frames))
    tail = _offer_tail(take, other, badge, zones)
    layers += _product_beside(take, zones, badge=badge, top=max([badge.bottom, *(t.y + t.height for t in tail.texts)]))
    return Composition((*layers, *tail.layers), (*texts, *tail.texts))


def _product_beside(take: Take, zones: Zones, *, badge: Rect, top: float) -> tuple[Layer, ...]:
    """Return the product in the field that the badge leaves free: at a tall frame's foot, a wide one's side."""
    stage, unit = take.stage, take.stage.unit
    if stage.stacked:
        left, right, bottom = stage.width * 0.2, stage.width * 0.8, stage.height - unit * 2
        room = Rect.spanning(left, top + unit * 2.4, right=right, bottom=bottom)
    else:
        room = zones.picture.grown(-unit * 2, -unit * 3)
    taken = badge.overlaps(room) or room.height < unit * 7
    if taken or bears_window(take, zones.field):
        return ()
    fill = take.theme.field_colours(take.ground, take.turn, beside=take.theme.pop.base)[0]
    return product_in(take, room, fill=fill)


def _figure_words(take: Take, parts: tuple[str, str, str], side: float) -> list[Words]:
    before, figure, after = parts
    theme, unit = take.theme, take.stage.unit
    return [
        Words("label", before, theme.strong, unit * 1.75, 2, 1.15, 0.26),
        Words("headline", figure, theme.heading, side * 0.44, 1, 1.0),
        Words("supporting", after, theme.strong, unit * 2.2, 3, 1.15, 0.4),
    ]


def _offer_areas(take: Take, side: float, *, alone: bool) -> tuple[Rect, Zones]:
    """Return the badge's box and the offer's areas. The badge ties both together, but never hides a photograph."""
    stage, safe, unit = take.stage, take.stage.safe, take.stage.unit
    if stage.stacked:
        spare = safe.height - side - (0 if alone else unit * 7)
        badge = Rect(stage.column.cx - side / 2, safe.y + max(0.0, spare) * 0.5, side, side)
        below = Rect.spanning(0, badge.bottom - side * 0.14, right=stage.width, bottom=stage.height)
        if not bears_window(take, below):
            below = Rect.spanning(0, badge.bottom - side * 0.3, right=stage.width, bottom=stage.height)
        return badge, Zones(safe, safe, below, "top")
    zones = zones_for(take, words_first=True)
    if not bears_window(take, zones.field) and not alone:
        room = zones.picture
        size = min(side, room.width)
        return Rect(room.cx - size / 2, room.cy - size / 2, size, size), zones
    size = min(side, zones.words.width, zones.words.height - (0 if alone else unit * 6))
    y = zones.words.y + (zones.words.height - size - (0 if alone else unit * 6)) / 2
    return Rect(zones.words.cx - size / 2, y, size, size), zones


def _offer_tail(take: Take, text: str, badge: Rect, zones: Zones) -> Composition:
    """Return the offer's other words: on a plate under the badge, in a wide frame large beside it."""
    stage, unit, theme, ground = take.stage, take.stage.unit, take.theme, take.ground
    beside = not stage.stacked and not badge.overlaps(zones.words)
    if beside:
        item = Words("supporting", text, theme.heading, unit * 3.4, 4, 1.1)
        placed = take.stack([item], zones.words.grown(-unit * 0.5, 0), anchor="middle")
        return lettering(take, placed, ink=ground.ink, ground=ground.worst)
    pad_x, pad_y = unit * 1.2, unit * 0.9
    column = stage.column if stage.stacked else zones.words
    room = Rect.spanning(column.x, badge.bottom + unit * 0.8, right=column.right, bottom=stage.safe.bottom)
    item = Words("supporting", text, theme.strong, unit * 1.6, 3, 1.25)
    placed = take.stack([item], room.grown(-pad_x, -pad_y), anchor="top", align="center")
    if not placed:
        return Composition(())
    plate = placed[0].box.grown(pad_x, pad_y)
    body = (
        f'<rect x="{plate.x:.1f}" y="{plate.y:.1f}" width="{plate.width:.1f}" height="{plate.height:.1f}" '
        f'rx="{min(plate.height / 2, unit * 1.4):.1f}" fill="{ground.base}"/>'
    )
    begin = min(take.begin + 6, take.ready - 11)
    base = vector_layer("plate", body, box=plate.grown(1), keys=rise(begin, distance=unit, frames=9),
                        first_frame=begin, last_frame=take.last_frame)  # fmt: skip
    words = lettering(take, placed, ink=ground.ink, ground=ground.base)
    return Composition((base, *words.layers), words.texts)


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
        shape = (
            f'<path d="{path}" fill="{theme.pop.base}" stroke="{theme.pop.base}" stroke-width="{r * 0.06:.1f}" '
            f'stroke-linejoin="round"/>'
        )
    else:
        shape = f'<circle cx="{badge.cx:.1f}" cy="{badge.cy:.1f}" r="{r:.1f}" fill="{theme.pop.base}"/>'
    ring = (
        f'<circle cx="{badge.cx:.1f}" cy="{badge.cy:.1f}" r="{r * 0.93:.1f}" fill="none" stroke="{theme.pop.ink}" '
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

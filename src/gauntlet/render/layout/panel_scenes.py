"""Scenes of a product without its own background, drawn or cut out, composed after the shot type."""

from dataclasses import replace
from typing import Final

from gauntlet.core.creative.brief import Mood, ShotType
from gauntlet.core.creative.colour import contrast_ratio
from gauntlet.render.layout.backdrops import product_object, product_paint, product_standing
from gauntlet.render.layout.card_scenes import Zones, contact_shadow, cut_out, drift_keys, field_layer, zones_for
from gauntlet.render.layout.cropping import fitted_size, part_view, whole_pixels
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.layout.layers import picture_layer, vector_layer
from gauntlet.render.layout.legibility import Ground
from gauntlet.render.layout.motion import camera_move
from gauntlet.render.layout.ornament import TINT_2, Field, field_inks, floor_art, foot_art, motif_art
from gauntlet.render.layout.photo_scenes import cover_block
from gauntlet.render.layout.take import Composition, Take, lettering, union
from gauntlet.render.layout.theme import Motif
from gauntlet.render.layout.words import Placed
from gauntlet.render.panels.backdrops import Setting, backdrop_art
from gauntlet.render.panels.colours import lighter
from gauntlet.render.panels.mosaic import mosaic_art
from gauntlet.render.panels.objects import object_art, object_size
from gauntlet.render.panels.pen import Paint
from gauntlet.render.panels.subjects import is_night, place_for
from gauntlet.render.timeline import Layer

_MOOD_PLACES: Final[dict[Mood, str]] = {
    Mood.ENERGETIC: "city",
    Mood.UPLIFTING: "hills",
    Mood.CALM: "hills",
    Mood.ELEGANT: "arch",
    Mood.PLAYFUL: "rays",
    Mood.DRAMATIC: "city",
    Mood.WARM: "window",
    Mood.TECH: "city",
}

_SCENIC_CONTRAST: Final = 1.22
"""Least contrast between a ground and its drawn tones at which a backdrop is seen."""

_MACRO: Final = 1.25
"""Width of the product in a detail shot, as a share of the canvas's: its sides are cropped."""

_MACRO_KEPT: Final = 0.62
"""Share of the product's height that a detail shot shows at least, its head first."""

_NEAR_GAP_UNITS: Final = 1.7
"""Between a near product and the words, whichever way it drifts."""

_NEAR_OVERLAP_UNITS: Final = 5
"""How far a near product reaches over the words' panel at most."""

_PANEL_AT_LEAST: Final = 0.22
"""Share of the canvas that a near product leaves to the panel, words or none."""

_GROUND_FROM: Final = 0.8
"""Share of the canvas from which a table seen from above is all of the ground."""

_NEAR_REACH_UNITS: Final = 1.6
"""How far a near product is drawn beyond the canvas, so that its drift never shows where it was cut."""


def panel(take: Take) -> Composition:
    """Lay out a product drawn (or cut out) in the ad's palette: near, far or from above, as the shot type says."""
    words_first = take.is_hook or take.turn % 2 == 0
    cut = take.picture is not None and take.picture.has_alpha
    match take.scene.shot_type:
        case ShotType.WIDE if cut:
            return cut_out(take, words_first=words_first or not take.stage.low_is_free)
        case ShotType.WIDE:
            return in_place(take, words_first=words_first)
        case ShotType.OVERHEAD if not cut:
            return from_above(take, words_first=words_first or not take.stage.low_is_free)
        case ShotType.CLOSE_UP | ShotType.DETAIL | ShotType.EXTREME_CLOSE_UP:
            return near(take, words_first=words_first or not take.stage.low_is_free)
        case _:
            return on_podium(take, words_first=words_first or not take.stage.low_is_free)


def in_place(take: Take, *, words_first: bool) -> Composition:
    """Lay out the product, small, in the place that the scene speaks of: the whole backdrop moves, it less so."""
    stage, unit = take.stage, take.stage.unit
    take = replace(take, ground=_scenic(take))
    zones = zones_for(take, words_first=words_first, words_share=0.38) if stage.stacked else _under_words(take)
    room = zones.picture
    horizon = room.bottom - room.height * 0.2
    head = room.y if zones.edge == "top" else stage.safe.y * 0.5
    move = camera_move(take.scene.camera_movement, stage.canvas, frames=take.frames)
    place = place_for(take.scene.environment) or _MOOD_PLACES[take.theme.mood]
    art = backdrop_art(place, _setting(take, move.box, horizon=horizon, head=head))
    if stage.stacked:
        art += foot_art(stage, Motif.CIRCLE, take.ground)
    ground = vector_layer("backdrop", art, box=move.box, keys=move.keys, last_frame=take.last_frame, opaque=True)
    share = 0.66
    standing = horizon + unit * 1.6
    stand = Rect.spanning(
        room.cx - room.width * share / 2,
        max(room.y, standing - room.height * (0.74 if stage.stacked else 0.86)),
        right=room.cx + room.width * share / 2,
        bottom=standing,
    )
    box, product = product_standing(take, stand, fill=take.ground.tones[5])
    return _with_words(take, zones, (ground, contact_shadow(take, box, strength=0.3), product))


def on_podium(take: Take, *, words_first: bool) -> Composition:
    """Lay out the product on a podium in a field of colour."""
    unit = take.stage.unit
    zones = zones_for(take, words_first=words_first)
    room = zones.picture
    fill, loud = take.theme.field_colours(take.ground, take.turn)
    tall = min(unit * 3.4, room.height * 0.2)
    width = min(room.width * 0.9, unit * 27)
    top = unit * 1.1
    stand = Rect.spanning(
        room.cx - width * 0.44,
        room.y + unit * 0.6,
        right=room.cx + width * 0.44,
        bottom=room.bottom - tall + top * 0.35,
    )
    # A low product is raised: the air above it would else be as large as itself.
    rise = max(0.0, stand.height - _near_size(take, width=stand.width, height=stand.height)[1]) * 0.5
    stand = Rect(stand.x, stand.y, stand.width, stand.height - rise)
    plinth = Rect(room.cx - width / 2, room.bottom - tall - rise, width, tall)
    podium = _podium(take, zones, plinth, top=top, colour=loud)
    box, product = product_standing(take, stand, fill=fill)
    ground = field_layer(take, zones, focal=box)
    return _with_words(take, zones, (ground, podium, contact_shadow(take, box, strength=0.4), product))


def _podium(take: Take, zones: Zones, plinth: Rect, *, top: float, colour: str) -> Layer:
    """Return a drum whose lid is an ellipse `top` high; it runs to the canvas's foot where the field does."""
    foot = take.stage.height if zones.field.bottom >= take.stage.height else plinth.bottom
    body = (
        f'<defs><linearGradient id="p"><stop offset="0" stop-color="{lighter(colour, -0.04)}"/>'
        f'<stop offset="0.3" stop-color="{lighter(colour, -0.02)}"/>'
        f'<stop offset="1" stop-color="{lighter(colour, -0.16)}"/></linearGradient></defs>'
        f'<path d="M{plinth.x:.1f},{plinth.y:.1f} V{foot:.1f} A{plinth.width / 2:.1f},{top:.1f} 0 0 0 '
        f'{plinth.right:.1f},{foot:.1f} V{plinth.y:.1f} Z" fill="url(#p)"/>'
        f'<ellipse cx="{plinth.cx:.1f}" cy="{plinth.y:.1f}" rx="{plinth.width / 2:.1f}" ry="{top:.1f}" '
        f'fill="{colour}"/>'
    )
    box = Rect.spanning(plinth.x, plinth.y - top, right=plinth.right, bottom=foot + top).grown(1)
    return vector_layer("podium", body, box=box.clipped(take.stage.canvas), last_frame=take.last_frame)


def near(take: Take, *, words_first: bool) -> Composition:
    """Lay out the product so near that it reaches over the words' panel; in a detail the canvas crops it.

    Nothing else ever does: it is drawn over the panel, and ends where the words begin.
    """
    stage = take.stage
    zones = zones_for(take, words_first=words_first or stage.stacked, words_share=0.42)
    placed = take.stack(take.words(), zones.words, anchor="middle")
    fill, loud = take.theme.field_colours(take.ground, take.turn)
    box = _near_box(take, _beside_words(take, zones, placed))
    product = _near_product(take, box, reach=stage.canvas.grown(stage.unit * _NEAR_REACH_UNITS), fill=fill)
    focal = Rect(box.cx, box.cy, 0, 0).grown(min(box.width, box.height, stage.short) * 0.32)
    art = f'<rect width="{stage.width:.0f}" height="{stage.height:.0f}" fill="{fill}"/>' + motif_art(
        stage, take.theme.motif, field_inks(fill, loud), focal=focal, area=zones.field
    )
    stands = box.bottom < stage.height
    if stands:
        field = Field(zones.field, zones.edge, fill, field_inks(fill, loud))
        art += floor_art(stage, field, focal=box, y=box.bottom - stage.unit * 1.6)
    ground = vector_layer("ground", art, box=stage.canvas, last_frame=take.last_frame, opaque=True)
    cover = cover_block(take, _rest(take, zones), zones.edge, words=placed)
    shadow = (contact_shadow(take, box, strength=0.3),) if stands else ()
    words = lettering(take, placed, ink=take.ground.ink, ground=take.ground.worst)
    return Composition((ground, cover, *shadow, product, *words.layers), words.texts)


def _beside_words(take: Take, zones: Zones, placed: tuple[Placed, ...]) -> Rect:
    """Return the part of the canvas that a product may fill: its field, and of the words' panel what they leave."""
    stage, unit = take.stage, take.stage.unit
    gap, overlap = unit * _NEAR_GAP_UNITS, unit * _NEAR_OVERLAP_UNITS
    text = union(tuple(item.box for item in placed)) if placed else Rect(zones.words.cx, zones.words.cy, 0, 0)
    match zones.edge:
        case "left":
            left = max(text.right + gap, zones.field.x - overlap, stage.width * _PANEL_AT_LEAST)
            return Rect.spanning(left, 0, right=stage.width, bottom=stage.height)
        case "right":
            right = min(text.x - gap, zones.field.right + overlap, stage.width * (1 - _PANEL_AT_LEAST))
            return Rect.spanning(0, 0, right=right, bottom=stage.height)
        case _:
            top = max(text.bottom + gap, zones.field.y - overlap, stage.height * _PANEL_AT_LEAST)
            return Rect.spanning(0, top, right=stage.width, bottom=stage.height)


def _near_box(take: Take, room: Rect) -> Rect:
    """Return where the product stands in `room`: whole, or so large that the canvas crops its foot or its sides."""
    stage, unit = take.stage, take.stage.unit
    head = 0.0 if stage.stacked else stage.height * 0.07
    foot = min(stage.height * 0.88, stage.safe.bottom + unit * 5) if stage.stacked else stage.height * 0.93
    whole = Rect.spanning(room.x, room.y + head, right=room.right, bottom=foot)
    if take.scene.shot_type is ShotType.CLOSE_UP:
        width, height = _near_size(take, width=whole.width * 0.92, height=whole.height)
    else:
        sides = _MACRO if stage.stacked else 1.0
        width, height = _near_size(take, width=room.width * sides, height=(room.height - head) / _MACRO_KEPT)
    y = whole.y + max(0.0, whole.height - height) / 2
    return Rect(round(room.cx - width / 2), round(y), width, height)


def _near_size(take: Take, *, width: float, height: float) -> tuple[float, float]:
    picture = take.picture
    if picture is not None and picture.has_alpha:
        return fitted_size(picture, width=width, height=height)
    return object_size(product_object(take), width=width, height=height)


def _near_product(take: Take, box: Rect, *, reach: Rect, fill: str) -> Layer:
    """Return as much of the product, `box` large, as lies in `reach`."""
    picture = take.picture
    if picture is None or not picture.has_alpha:
        art = object_art(product_object(take), product_paint(take, fill), x=box.x, y=box.y, width=box.width)
        shown = box.grown(take.stage.unit * 0.4).clipped(reach)
        return vector_layer("product", art, box=shown, keys=drift_keys(take), last_frame=take.last_frame)
    visible = whole_pixels(box.clipped(reach))
    view = part_view(picture, box=box, part=visible)
    return picture_layer("product", picture, box=visible, view=view, keys=drift_keys(take), last_frame=take.last_frame)


def from_above(take: Take, *, words_first: bool) -> Composition:
    """Lay out a table of tiles seen from above, the product on some of them."""
    stage = take.stage
    zones = zones_for(take, words_first=words_first, words_share=0.42)
    window = zones.field.grown(stage.unit * 2).clipped(stage.canvas)
    # Where words leave (nearly) all of it the table is the ground itself: two such layers would be painted for one.
    is_ground = window.width * window.height >= stage.canvas.width * stage.canvas.height * _GROUND_FROM
    window = stage.canvas if is_ground else window
    move = camera_move(take.scene.camera_movement, window, frames=take.frames, strength=0.8)
    primary, secondary, accent, _ = take.theme.palette
    columns = 3 if window.width < window.height * 1.6 else 4
    box = (move.box.x, move.box.y, move.box.width, move.box.height)
    art = mosaic_art(
        product_object(take),
        Paint.of(primary, secondary, accent),
        box=box,
        tile=window.width / columns,
        seed=take.theme.seed,
    )
    base = vector_layer(
        "ground",
        f'<rect width="{stage.width:.0f}" height="{stage.height:.0f}" fill="{take.ground.base}"/>',
        box=stage.canvas,
        last_frame=take.last_frame,
        opaque=True,
    )
    tiles = vector_layer("tiles", art, box=move.box, keys=move.keys, last_frame=take.last_frame, opaque=True)
    return _covered(take, zones, (tiles,) if is_ground else (base, tiles))


def _covered(take: Take, zones: Zones, layers: tuple[Layer, ...]) -> Composition:
    """Return the layers under a block of colour with the scene's words on it."""
    placed = take.stack(take.words(), zones.words, anchor="middle")
    cover = cover_block(take, _rest(take, zones), zones.edge, words=placed)
    words = lettering(take, placed, ink=take.ground.ink, ground=take.ground.worst)
    return Composition((*layers, cover, *words.layers), words.texts)


def _with_words(take: Take, zones: Zones, layers: tuple[Layer, ...]) -> Composition:
    placed = take.stack(take.words(), zones.words, anchor="middle")
    words = lettering(take, placed, ink=take.ground.ink, ground=take.ground.worst)
    return Composition((*layers, *words.layers), words.texts)


def _scenic(take: Take) -> Ground:
    """Return the scene's ground, or where its tones are too near one another to draw a place with, a better one."""
    ground, theme = take.ground, take.theme
    if is_night(take.scene.environment):
        return theme.deep
    if contrast_ratio(ground.base, ground.tones[TINT_2]) >= _SCENIC_CONTRAST:
        return ground
    return theme.deep if theme.mood in {Mood.ENERGETIC, Mood.DRAMATIC, Mood.TECH} else theme.soft


def _under_words(take: Take) -> Zones:
    """Return a wide frame's areas one above the other: words in the sky, the place below."""
    stage, safe = take.stage, take.stage.safe
    seam = safe.y + safe.height * 0.36
    words = Rect.spanning(safe.x, safe.y, right=safe.right, bottom=seam - stage.unit)
    below = Rect.spanning(safe.x, seam, right=safe.right, bottom=safe.bottom)
    return Zones(words, below, Rect.spanning(0, seam, right=stage.width, bottom=stage.height), "top")


def _setting(take: Take, area: Rect, *, horizon: float, head: float) -> Setting:
    ground: Ground = take.ground
    return Setting(
        x=area.x,
        y=area.y,
        width=area.width,
        height=area.height,
        horizon=horizon,
        head=head,
        base=ground.base,
        tones=ground.tones,
        unit=take.stage.unit,
        seed=take.theme.seed,
    )


def _rest(take: Take, zones: Zones) -> Rect:
    """Return what the field leaves of the canvas."""
    stage, field = take.stage, zones.field
    match zones.edge:
        case "top":
            return Rect.spanning(0, 0, right=stage.width, bottom=field.y)
        case "bottom":
            return Rect.spanning(0, field.bottom, right=stage.width, bottom=stage.height)
        case "left":
            return Rect.spanning(0, 0, right=field.x, bottom=stage.height)
        case "right":
            return Rect.spanning(field.right, 0, right=stage.width, bottom=stage.height)

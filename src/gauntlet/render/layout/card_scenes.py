"""Scenes on a designed ground: a framed photograph too small to fill the frame, or a product cut out of its own."""

from dataclasses import dataclass

from gauntlet.core.creative.brief import CameraMovement
from gauntlet.render.layout.cropping import Picture, fitted_size, whole_view
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.layout.layers import picture_layer, vector_layer
from gauntlet.render.layout.ornament import (
    Edge,
    Field,
    edge_depth,
    field_art,
    field_inks,
    foot_art,
    ground_art,
)
from gauntlet.render.layout.take import Composition, Take, lettering
from gauntlet.render.timeline import Ease, Key, Layer

_GROWTH = 1.06
"""A card goes on growing by this much; its resting size leaves the room for it."""

_SHOWN_AT_LEAST = 0.26
"""Width of the smallest card, as a share of the canvas's shorter side; a stamp is no picture."""


_PICTURE_MARGIN_UNITS = 1.6
"""Picture and canvas edge: a platform's margins are for words, and what is shown may stand a little in them."""

_HEAD_SHARE = 0.7
"""Share of the safe area's top margin that a picture at the head of the frame keeps clear."""

PICTURE_SHARE = 0.5
"""Share of a stacked canvas's height that a picture above the words has at least; else the words go above it."""

_WORDS_AT_LEAST_UNITS = 7
"""Height of the least area into which words are put."""


@dataclass(frozen=True, slots=True)
class Zones:
    """Where the words stand, where the picture, and the field of colour behind it."""

    words: Rect
    picture: Rect
    field: Rect
    edge: Edge


def can_be_shown(take: Take) -> bool:
    """Tell whether the scene's picture has pixels enough to be shown at all."""
    picture = take.picture
    return picture is not None and picture.width * picture.upscale_limit >= take.stage.short * _SHOWN_AT_LEAST


def card(take: Take, *, words_first: bool) -> Composition:
    """Lay out a whole photograph as a mounted print on a field of colour."""
    zones = zones_for(take, words_first=words_first)
    mount, layers = mounted_print(take, zones.picture)
    return _on_field(take, zones, layers, focal=mount)


def mounted_print(take: Take, room: Rect) -> tuple[Rect, tuple[Layer, ...]]:
    """Return the scene's whole photograph as a print in the middle of `room`: its mount's box, and its layers."""
    picture = _picture(take)
    mat = take.stage.unit * 0.7
    inner = room.grown(-mat)
    growth = 1.0 if picture.moves_by_itself else _GROWTH
    width, height = fitted_size(picture, width=inner.width / growth, height=inner.height / growth)
    if picture.cut is not None:
        width, height = max(2, width - width % 2), max(2, height - height % 2)
    print_box = _centred(room, width, height)
    mount = print_box.grown(mat)
    keys = drift_keys(take)
    print_layer = picture_layer(
        "picture",
        picture,
        box=print_box,
        view=whole_view(picture, width=width, height=height),
        keys=keys,
        corner_radius=take.stage.unit * 0.2,
        last_frame=take.last_frame,
    )
    return mount, (_mount_layer(take, mount, keys), print_layer)


def cut_out(take: Take, *, words_first: bool) -> Composition:
    """Lay out a product without background, standing in its own light on a field of colour."""
    picture = _picture(take)
    zones = zones_for(take, words_first=words_first)
    width, height = fitted_size(
        picture, width=zones.picture.width / _GROWTH, height=zones.picture.height * 0.96 / _GROWTH
    )
    box = _centred(zones.picture, width, height)
    product = picture_layer(
        "product",
        picture,
        box=box,
        view=whole_view(picture, width=width, height=height),
        keys=drift_keys(take),
        last_frame=take.last_frame,
    )
    floor = None if zones.edge == "bottom" else box.bottom - take.stage.unit * 1.6
    return _on_field(take, zones, (contact_shadow(take, box), product), focal=box, floor=floor)


def zones_for(take: Take, *, words_first: bool, words_share: float = 0.4) -> Zones:
    """Return where words and picture stand: one above the other, in a wide frame side by side."""
    stage, safe = take.stage, take.stage.safe
    air = stage.unit * (1.1 if stage.stacked else 2.2) + edge_depth(stage, take.theme.motif)
    if stage.stacked:
        return _stacked_zones(take, words_first=words_first, words_share=words_share, air=air)
    words_left = words_first != stage.rtl
    seam = stage.width * (0.47 if words_left else 0.53)
    left = Rect.spanning(safe.x, safe.y, right=seam - air, bottom=safe.bottom)
    right = Rect.spanning(seam + air, safe.y, right=safe.right, bottom=safe.bottom)
    if words_left:
        return Zones(left, right, Rect.spanning(seam, 0, right=stage.width, bottom=stage.height), "left")
    return Zones(right, left, Rect.spanning(0, 0, right=seam, bottom=stage.height), "right")


def _stacked_zones(take: Take, *, words_first: bool, words_share: float, air: float) -> Zones:
    """Return a stacked scene's areas: the words take what they need, the picture all the rest."""
    stage, safe, unit = take.stage, take.stage.safe, take.stage.unit
    side = unit * _PICTURE_MARGIN_UNITS
    highest = max(safe.y + safe.height * (1 - words_share), stage.height * PICTURE_SHARE)
    room = safe.bottom - highest - air
    if words_first or room < unit * _WORDS_AT_LEAST_UNITS:
        most = Rect(safe.x, safe.y, safe.width, safe.height * words_share - air)
        seam = safe.y + _height(take, most) + air
        words = Rect.spanning(safe.x, safe.y, right=safe.right, bottom=seam - air)
        picture = Rect.spanning(side, seam + air, right=stage.width - side, bottom=stage.standing)
        return Zones(words, picture, Rect.spanning(0, seam, right=stage.width, bottom=stage.height), "top")
    seam = safe.bottom - _height(take, Rect(safe.x, highest + air, safe.width, room)) - air
    words = Rect.spanning(safe.x, seam + air, right=safe.right, bottom=safe.bottom)
    head = safe.y * _HEAD_SHARE
    picture = Rect.spanning(side, head, right=stage.width - side, bottom=seam - air)
    return Zones(words, picture, Rect.spanning(0, 0, right=stage.width, bottom=seam), "bottom")


def _height(take: Take, most: Rect) -> float:
    """Return the height of the words set in `most`, with a hair more, so that they come out the same in it."""
    return min(most.height, max(take.words_height(most) + 2, take.stage.unit * 3))


def field_layer(
    take: Take, zones: Zones, *, focal: Rect, beside: str | None = None, floor: float | None = None
) -> Layer:
    """Return the scene's ground with its field of colour, and a floor in it from `floor` down: the canvas, at rest."""
    stage, theme = take.stage, take.theme
    fill, loud = theme.field_colours(take.ground, take.turn, beside=beside)
    field = Field(zones.field, zones.edge, fill, field_inks(fill, loud), floor)
    art = ground_art(take.ground, area=stage.canvas)
    if zones.edge == "bottom":
        art += foot_art(stage, theme.motif, take.ground)
    art += field_art(stage, theme.motif, field, focal=focal)
    return vector_layer("ground", art, box=stage.canvas, last_frame=take.last_frame, opaque=True)


def _on_field(
    take: Take, zones: Zones, objects: tuple[Layer, ...], *, focal: Rect, floor: float | None = None
) -> Composition:
    placed = take.stack(take.words(), zones.words, anchor="middle")
    text = lettering(take, placed, ink=take.ground.ink, ground=take.ground.worst)
    return Composition((field_layer(take, zones, focal=focal, floor=floor), *objects, *text.layers), text.texts)


def contact_shadow(take: Take, box: Rect, *, strength: float = 0.42) -> Layer:
    """Return a soft shadow under something that stands on the lower edge of `box`."""
    rx, ry = box.width * 0.44, max(take.stage.unit * 0.9, box.width * 0.055)
    # Cut-outs seldom end just where the product does: theirs lies higher, for the most part behind it.
    is_cut_out = take.picture is not None and take.picture.has_alpha
    cy = box.bottom - ry * (1.2 if is_cut_out else 0.35)
    body = (
        f'<defs><radialGradient id="k"><stop offset="0" stop-color="#000" stop-opacity="{strength:.2f}"/>'
        f'<stop offset="0.45" stop-color="#000" stop-opacity="{strength * 0.5:.2f}"/>'
        f'<stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient></defs>'
        f'<ellipse cx="{box.cx:.1f}" cy="{cy:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="url(#k)"/>'
    )
    return vector_layer(
        "shadow", body, box=Rect(box.cx - rx, cy - ry, 2 * rx, 2 * ry).grown(1), last_frame=take.last_frame
    )


def _picture(take: Take) -> Picture:
    if take.picture is None:
        raise ValueError("a scene of a picture was laid out without one")
    return take.picture


def drift_keys(take: Take) -> tuple[Key, ...]:
    """Return the camera's move, carried out by the object: it is there from the cut on and never stops."""
    if take.picture is not None and take.picture.moves_by_itself:
        return (Key(frame=0),)
    unit, end = take.stage.unit * 1.1, take.frames + 8
    small = 1 / _GROWTH
    match take.scene.camera_movement:
        case CameraMovement.PAN_LEFT | CameraMovement.PAN_RIGHT as pan:
            side = unit if pan is CameraMovement.PAN_LEFT else -unit
            return (Key(frame=0, dx=-side), Key(frame=end, dx=side, ease=Ease.LINEAR))
        case CameraMovement.TILT_UP | CameraMovement.TILT_DOWN as tilt:
            side = unit if tilt is CameraMovement.TILT_UP else -unit
            return (Key(frame=0, dy=-side), Key(frame=end, dy=side, ease=Ease.LINEAR))
        case CameraMovement.PULL_OUT:
            return (Key(frame=0, scale=1.0), Key(frame=end, scale=small, ease=Ease.LINEAR))
        case _:
            return (Key(frame=0, scale=small), Key(frame=end, scale=1.0, ease=Ease.LINEAR))


def _centred(zone: Rect, width: float, height: float) -> Rect:
    return Rect(round(zone.cx - width / 2), round(zone.cy - height / 2), width, height)


def _mount_layer(take: Take, mount: Rect, keys: tuple[Key, ...]) -> Layer:
    """Return the print's mount and its shadow; centred on the print, so that both move as one."""
    unit = take.stage.unit
    blur = unit * 0.9
    reach = blur * 3 + unit * 0.8
    body = (
        f'<defs><filter id="b" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="{blur:.1f}"/>'
        f"</filter></defs>"
        f'<rect x="{mount.x:.1f}" y="{mount.y + unit * 0.7:.1f}" width="{mount.width:.1f}" height="{mount.height:.1f}" '
        f'rx="{unit * 0.5:.1f}" fill="#000" opacity="0.34" filter="url(#b)"/>'
        f'<rect x="{mount.x:.1f}" y="{mount.y:.1f}" width="{mount.width:.1f}" height="{mount.height:.1f}" '
        f'rx="{unit * 0.5:.1f}" fill="#FFFFFF"/>'
    )
    return vector_layer("mount", body, box=mount.grown(reach), keys=keys, last_frame=take.last_frame)

"""Scenes on a designed ground: a framed photograph too small to fill the frame, or a product cut out of its own."""

from dataclasses import dataclass

from gauntlet.render.layout.cropping import Picture, fitted_size, whole_view
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.layout.layers import picture_layer, vector_layer
from gauntlet.render.layout.motion import camera_move
from gauntlet.render.layout.ornament import ground_art
from gauntlet.render.layout.take import Composition, Take, lettering
from gauntlet.render.layout.words import Align
from gauntlet.render.timeline import Key, Layer

_GROWTH = 1.035
"""A card goes on growing by this much; its resting size leaves the room for it."""

_SHOWN_AT_LEAST = 0.26
"""Width of the smallest card, as a share of the canvas's shorter side; a stamp is no picture."""


@dataclass(frozen=True, slots=True)
class Zones:
    """Where words and picture stand."""

    words: Rect
    picture: Rect
    align: Align


def can_be_shown(take: Take) -> bool:
    """Tell whether the scene's picture has pixels enough to be shown at all."""
    picture = take.picture
    return picture is not None and picture.width * 1.25 >= take.stage.short * _SHOWN_AT_LEAST


def card(take: Take, *, words_first: bool) -> Composition:
    """Lay out a whole photograph as a mounted print on the ad's ground."""
    picture = _picture(take)
    zones = zones_for(take, words_first=words_first)
    mat = take.stage.unit * 0.7
    width, height = fitted_size(
        picture,
        width=(zones.picture.width - 2 * mat) / _GROWTH,
        height=(zones.picture.height - 2 * mat) / _GROWTH,
    )
    print_box = _centred(zones.picture, width, height)
    mount = print_box.grown(mat)
    keys = _arrival(take)
    placed = take.stack(take.words(), zones.words, anchor=_anchor(take, words_first), align=zones.align)
    text = lettering(take, placed, ink=take.ground.ink, ground=take.ground.worst)
    layers = (
        ground_layer(take, focal=mount),
        _mount_layer(take, mount, keys),
        picture_layer(
            "picture",
            picture.digest,
            box=print_box,
            view=whole_view(picture, width=width, height=height),
            keys=keys,
            corner_radius=take.stage.unit * 0.25,
            last_frame=take.last_frame,
        ),
        *text.layers,
    )
    return Composition(layers, text.texts)


def cut_out(take: Take, *, words_first: bool) -> Composition:
    """Lay out a product without background, standing in its own light on the ad's ground."""
    picture = _picture(take)
    zones = zones_for(take, words_first=words_first)
    width, height = fitted_size(
        picture, width=zones.picture.width / _GROWTH, height=zones.picture.height * 0.94 / _GROWTH
    )
    box = _centred(zones.picture, width, height)
    keys = _arrival(take)
    placed = take.stack(take.words(), zones.words, anchor=_anchor(take, words_first), align=zones.align)
    text = lettering(take, placed, ink=take.ground.ink, ground=take.ground.worst)
    layers = (
        ground_layer(take, focal=box),
        contact_shadow(take, box),
        picture_layer(
            "product",
            picture.digest,
            box=box,
            view=whole_view(picture, width=width, height=height),
            keys=keys,
            last_frame=take.last_frame,
        ),
        *text.layers,
    )
    return Composition(layers, text.texts)


def zones_for(take: Take, *, words_first: bool, words_share: float = 0.4) -> Zones:
    """Return where words and picture stand: one above the other, in a wide frame side by side."""
    stage, safe, gutter = take.stage, take.stage.safe, take.stage.unit * 1.4
    if stage.stacked:
        split_at = safe.y + safe.height * (words_share if words_first else 1 - words_share)
        upper = Rect.spanning(safe.x, safe.y, right=safe.right, bottom=split_at - gutter / 2)
        lower = Rect.spanning(safe.x, split_at + gutter / 2, right=safe.right, bottom=safe.bottom)
        return Zones(upper, lower, "start") if words_first else Zones(lower, upper, "start")
    middle = safe.x + safe.width * (0.48 if words_first != stage.rtl else 0.52)
    left = Rect.spanning(safe.x, safe.y, right=middle - gutter, bottom=safe.bottom)
    right = Rect.spanning(middle + gutter, safe.y, right=safe.right, bottom=safe.bottom)
    return Zones(left, right, "start") if words_first != stage.rtl else Zones(right, left, "start")


def ground_layer(take: Take, *, focal: Rect) -> Layer:
    """Return the ad's ground with its motif, moving slowly: the scene's one full-canvas moving layer."""
    move = camera_move(take.scene.camera_movement, take.stage.canvas, frames=take.frames, strength=0.6)
    art = ground_art(take.stage, take.ground, take.theme.motif, focal=focal, area=move.box)
    return vector_layer("ground", art, box=move.box, keys=move.keys, last_frame=take.last_frame, opaque=True)


def contact_shadow(take: Take, box: Rect, *, strength: float = 0.42) -> Layer:
    """Return a soft shadow under something that stands on the lower edge of `box`."""
    rx, ry = box.width * 0.44, max(take.stage.unit * 0.9, box.width * 0.055)
    cy = box.bottom - ry * 0.35
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


def _anchor(take: Take, words_first: bool):
    if not take.stage.stacked:
        return "middle"
    return "bottom" if words_first else "top"


def _arrival(take: Take) -> tuple[Key, ...]:
    # The picture is there from the cut on (a scene must not open on an empty ground); it only comes to rest.
    return (Key(frame=0, scale=1 / _GROWTH), Key(frame=take.frames + 8, scale=1.0))


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

"""What fills a scene's field: the scene's photograph where it bears it, else colour with the ad's motif."""

from gauntlet.render.layout.card_scenes import (
    Zones,
    can_be_shown,
    contact_shadow,
    drift_keys,
    field_layer,
    mounted_print,
)
from gauntlet.render.layout.cropping import fitted_size, whole_view
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.layout.layers import picture_layer, vector_layer
from gauntlet.render.layout.photo_scenes import bears_window, windowed
from gauntlet.render.layout.take import Take
from gauntlet.render.panels.objects import object_art, object_size
from gauntlet.render.panels.pen import Paint
from gauntlet.render.panels.subjects import object_for
from gauntlet.render.timeline import Layer


def backdrop(take: Take, zones: Zones, *, focal: Rect, beside: str) -> tuple[Layer, ...]:
    """Return ground and field, the bottom layer covering the canvas; colours stand apart from `beside`."""
    if bears_window(take, zones.field):
        return windowed(take, zones.field, picture_first=zones.edge in {"bottom", "right"})
    return (field_layer(take, zones, focal=focal, beside=beside),)


def still_life(take: Take, zones: Zones, *, room: Rect) -> tuple[Layer, ...]:
    """Return the field with the product in `room`: photographed (at large or as a print), cut out, or drawn."""
    if bears_window(take, zones.field):
        return windowed(take, zones.field, picture_first=zones.edge in {"bottom", "right"})
    if take.picture is not None and not take.picture.has_alpha and can_be_shown(take):
        mount, layers = mounted_print(take, room)
        return field_layer(take, zones, focal=mount), *layers
    fill = take.theme.field_colours(take.ground, take.turn)[0]
    objects = product_in(take, room, fill=fill)
    top = objects[-1]
    return field_layer(take, zones, focal=Rect(top.x, top.y, top.width, top.height)), *objects


def product_in(take: Take, room: Rect, *, fill: str) -> tuple[Layer, ...]:
    """Return the product standing in `room` on a ground of colour `fill`, and its shadow beneath."""
    box, thing = product_standing(take, room, fill=fill)
    return contact_shadow(take, box, strength=0.34), thing


def product_standing(take: Take, room: Rect, *, fill: str) -> tuple[Rect, Layer]:
    """Return the product, cut out of its photograph or else drawn, on the lower edge of `room`, and its box."""
    picture = take.picture
    if picture is not None and picture.has_alpha:
        width, height = fitted_size(picture, width=room.width, height=room.height)
        box = Rect(round(room.cx - width / 2), round(room.bottom - height), width, height)
        view = whole_view(picture, width=width, height=height)
        return box, picture_layer(
            "product", picture, box=box, view=view, keys=drift_keys(take), last_frame=take.last_frame
        )
    name = product_object(take)
    drawn_width, drawn_height = object_size(name, width=room.width, height=room.height)
    box = Rect(
        round(room.cx - drawn_width / 2), round(room.bottom - drawn_height), round(drawn_width), round(drawn_height)
    )
    body = object_art(name, product_paint(take, fill), x=box.x, y=box.y, width=box.width)
    return box, vector_layer(
        "product", body, box=box.grown(take.stage.unit * 0.4), keys=drift_keys(take), last_frame=take.last_frame
    )


def product_paint(take: Take, fill: str) -> Paint:
    """Return the ad's colours for an illustration on a ground of colour `fill`."""
    primary, secondary, accent, _ = take.theme.palette
    return Paint.of(primary, secondary, accent).apart_from(fill)


def product_object(take: Take) -> str:
    """Return the name of the object that stands for what is advertised."""
    product = take.brief.product
    return object_for(product.name, product.description, product.category, take.scene.subject)

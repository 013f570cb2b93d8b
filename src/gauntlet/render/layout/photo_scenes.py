"""Scenes of a photograph that fills the frame, or a large part of it."""

from gauntlet.core.creative.brief import ShotType
from gauntlet.render.layout.card_scenes import Zones, zones_for
from gauntlet.render.layout.cropping import Picture, bears, crop, kept_share
from gauntlet.render.layout.geometry import Rect, Stage
from gauntlet.render.layout.layers import picture_layer, vector_layer
from gauntlet.render.layout.legibility import scrim_alpha, stands_out, under_scrim
from gauntlet.render.layout.motion import Move, camera_move, rise, stand_still
from gauntlet.render.layout.ornament import (
    BLEED_PX,
    Edge,
    bled,
    calm_inks,
    edge_depth,
    edged_block,
    foot_art,
    ground_art,
    legible_inks,
    motif_art,
    quiet_inks,
)
from gauntlet.render.layout.take import Composition, Take, lettering, union
from gauntlet.render.layout.theme import Motif
from gauntlet.render.layout.words import Placed
from gauntlet.render.timeline import FootageContent, Layer, PictureContent

_SCRIM_STEPS = (0.0, 0.03, 0.12, 0.28, 0.5, 0.72, 0.88, 0.97, 1.0)
"""A smooth rise (sampled cosine): a straight ramp shows its ends as edges."""

_SWEEPING = frozenset({Motif.ARCH, Motif.DIAGONAL, Motif.WAVE})
"""Motifs that would run across a whole block, behind its words."""

_SUBJECT_CLEAR = 0.56
"""Share of a wide frame's width from where words begin, at which the subject's middle is clear of them."""

_KEPT_AT_LEAST = 0.34
"""Share of a picture that a full-bleed crop must keep; less would no longer be the picture that was taken."""


_FOOTAGE_KEPT_AT_LEAST = 0.3
"""Of footage a little more may be cropped: a wide film shows in an upright ad what its middle shows."""


_GROUND_FROM = 0.85
"""Share of the canvas from which a window's picture is laid under all of it."""


def fills_frame(take: Take) -> bool:
    """Tell whether the scene's photograph bears to fill the canvas and survives the crop."""
    picture = take.picture
    if picture is None or picture.has_alpha:
        return False
    return _survives(picture, _move(take, take.stage.canvas).box)


def _survives(picture: Picture, box: Rect) -> bool:
    """Tell whether the picture has pixels for that box, and is still itself when cropped to it."""
    least = _KEPT_AT_LEAST if picture.cut is None else _FOOTAGE_KEPT_AT_LEAST
    return bears(picture, box.width, box.height) and kept_share(picture, box.width, box.height) >= least


def _move(take: Take, target: Rect, *, strength: float = 1.0) -> Move:
    """Return the camera's move over the scene's picture; footage has its own."""
    if take.picture is not None and take.picture.moves_by_itself:
        return stand_still(target)
    return camera_move(take.scene.camera_movement, target, frames=take.frames, strength=strength)


def leaves_side(take: Take) -> bool:
    """Tell whether a wide frame filled with the photograph shows its subject clear of words at the side."""
    stage, picture = take.stage, _required(take.picture)
    if stage.stacked:
        return True
    clear = stage.canvas.width * (1 - _SUBJECT_CLEAR if stage.rtl else _SUBJECT_CLEAR)
    layer = _moving_picture(take, Rect(clear, 0, 0, stage.height))
    if not isinstance(layer.content, PictureContent | FootageContent):
        return False
    view = layer.content.view
    at = layer.x + (picture.focus[0] * picture.width - view.x) / view.width * layer.width
    return at <= clear + 1 if stage.rtl else at >= clear - 1


def window_for(take: Take, *, picture_first: bool) -> Rect:
    """Return the part of the canvas that a split scene gives to its picture."""
    stage = take.stage
    if not stage.stacked:
        at_start = picture_first != stage.rtl
        share = 0.54
        left = 0.0 if at_start else stage.width * (1 - share)
        return Rect(left, 0, stage.width * share, stage.height)
    return _split_zones(take, picture_first=picture_first).field


def _split_zones(take: Take, *, picture_first: bool) -> Zones:
    return zones_for(take, words_first=not picture_first, words_share=0.46)


def fills_window(take: Take, *, picture_first: bool) -> bool:
    """Tell whether the photograph bears to fill a split scene's window, and the words have room beside it."""
    window = window_for(take, picture_first=picture_first)
    if take.stage.stacked and picture_first != (window.y <= 0):
        return False
    return bears_window(take, window)


def full_bleed(take: Take, *, low: bool) -> Composition:
    """Lay out a photograph over the whole frame, words low or high (in a wide frame: beside), on a scrim."""
    stage = take.stage
    safe = stage.safe
    if stage.stacked:
        zone = safe.height * 0.5
        area = Rect(safe.x, safe.bottom - zone if low else safe.y, safe.width, zone)
        placed = take.stack(take.words(), area, anchor="bottom" if low else "top")
    else:
        width = safe.width * 0.48
        area = Rect(safe.right - width if stage.rtl else safe.x, safe.y, width, safe.height)
        placed = take.stack(take.words(), area, anchor="bottom" if low else "middle")
    background = _moving_picture(take, _free_area(take, placed, low=low))
    if not placed:
        return Composition((background,))
    theme = take.theme
    alpha = scrim_alpha(theme.scrim, theme.scrim_ink)
    worst = under_scrim(theme.scrim, theme.scrim_ink, alpha=alpha)
    text = union(tuple(item.box for item in placed))
    words = lettering(take, placed, ink=theme.scrim_ink, ground=worst)
    scrim = _scrim(take, text, alpha=alpha, low=low)
    return Composition((background, scrim, *words.layers), words.texts)


def plated(take: Take) -> Composition:
    """Lay out a photograph over the whole frame with the words on a solid plate in the brand's colour."""
    stage, unit = take.stage, take.stage.unit
    pad = unit * 1.5
    safe = stage.safe
    width = safe.width * (0.92 if stage.stacked else 0.46)
    zone = safe.height * (0.42 if stage.stacked else 0.7)
    left = safe.right - width if stage.rtl else safe.x
    area = Rect(left, safe.bottom - zone, width, zone).grown(-pad)
    placed = take.stack(take.words(scale=0.84), area, anchor="bottom")
    background = _moving_picture(take, _free_area(take, placed, low=True))
    if not placed:
        return Composition((background,))
    text = union(tuple(item.box for item in placed))
    card = _plate_layer(take, text.grown(pad))
    words = lettering(take, placed, ink=take.ground.ink, ground=take.ground.base)
    return Composition((background, card, *words.layers), words.texts)


def _plate_layer(take: Take, plate: Rect) -> Layer:
    """Return a plate in the ground's colour with an accent along the side where reading starts."""
    stage, unit, ground = take.stage, take.stage.unit, take.ground
    bar = Rect(plate.right if stage.rtl else plate.x - unit * 0.35, plate.y, unit * 0.35, plate.height)
    accent = stands_out((take.theme.palette[2], take.theme.palette[1], ground.ink), ground.base, least=1.8)
    body = (
        f'<rect x="{plate.x:.1f}" y="{plate.y:.1f}" width="{plate.width:.1f}" height="{plate.height:.1f}" '
        f'fill="{ground.base}"/>'
        f'<rect x="{bar.x:.1f}" y="{bar.y:.1f}" width="{bar.width:.1f}" height="{bar.height:.1f}" fill="{accent}"/>'
    )
    begin = max(0, take.begin - 2)
    return vector_layer(
        "plate",
        body,
        box=union((plate, bar)).grown(1),
        keys=rise(begin, distance=unit, frames=9),
        first_frame=begin,
        last_frame=take.last_frame,
    )


def split(take: Take, *, picture_first: bool) -> Composition:
    """Lay out a picture and a block of colour side by side, their border shaped by the ad's motif."""
    stage, ground = take.stage, take.ground
    window = window_for(take, picture_first=picture_first)
    block, _ = _block_beside(take, window, picture_first=picture_first)
    area = _words_area(take, block, depth=edge_depth(stage, take.theme.motif))
    if stage.stacked:
        area = _split_zones(take, picture_first=picture_first).words
    placed = take.stack(take.words(), area, anchor="middle")
    words = lettering(take, placed, ink=ground.ink, ground=ground.worst)
    layers = windowed(take, window, picture_first=picture_first, words=placed)
    return Composition((*layers, *words.layers), words.texts)


def windowed(take: Take, window: Rect, *, picture_first: bool, words: tuple[Placed, ...] = ()) -> tuple[Layer, ...]:
    """Return a photograph moving in `window` and the block of colour that covers the rest of the canvas."""
    stage, picture = take.stage, _required(take.picture)
    block, edge = _block_beside(take, window, picture_first=picture_first)
    move = _window_move(take, window)
    view = crop(
        picture,
        width=move.box.width,
        height=move.box.height,
        shot_type=take.scene.shot_type,
        subject_at=_within(window.clipped(stage.safe.grown(stage.unit * 3)), move.box),
    )
    base = vector_layer(
        "ground",
        f'<rect width="{stage.width:.0f}" height="{stage.height:.0f}" fill="{take.ground.base}"/>',
        box=stage.canvas,
        last_frame=take.last_frame,
        opaque=True,
    )
    photo = picture_layer(
        "picture", picture, box=move.box, view=view, keys=move.keys, last_frame=take.last_frame, opaque=True
    )
    cover = _block_layer(take, block, edge, words=words)
    return (photo, cover) if photo.width >= stage.width and photo.height >= stage.height else (base, photo, cover)


def bears_window(take: Take, window: Rect) -> bool:
    """Tell whether the scene's photograph bears to fill that part of the canvas."""
    picture = take.picture
    if picture is None or picture.has_alpha:
        return False
    return _survives(picture, _window_move(take, window).box)


def cover_block(take: Take, block: Rect, edge: Edge, *, words: tuple[Placed, ...]) -> Layer:
    """Return the block of colour beside a field whose free edge is `edge`: it covers what moves beneath."""
    opposite: dict[Edge, Edge] = {"top": "bottom", "bottom": "top", "left": "right", "right": "left"}
    return _block_layer(take, block, opposite[edge], words=words)


def _required(picture: Picture | None) -> Picture:
    if picture is None:
        raise ValueError("a scene of a photograph was laid out without one")
    return picture


def _moving_picture(take: Take, free: Rect) -> Layer:
    picture = _required(take.picture)
    move = _move(take, take.stage.canvas)
    view = crop(
        picture,
        width=move.box.width,
        height=move.box.height,
        shot_type=take.scene.shot_type if take.scene.shot_type is not ShotType.END_CARD else ShotType.WIDE,
        subject_at=_within(free, move.box),
    )
    return picture_layer(
        "picture", picture, box=move.box, view=view, keys=move.keys, last_frame=take.last_frame, opaque=True
    )


def _within(free: Rect, box: Rect) -> tuple[float, float]:
    """Return the centre of `free` as shares of `box`."""
    return (free.cx - box.x) / box.width, (free.cy - box.y) / box.height


def _free_area(take: Take, placed: tuple[Placed, ...], *, low: bool) -> Rect:
    """Return where the subject should be: in the safe area, clear of the words."""
    stage, safe = take.stage, take.stage.safe
    if not placed:
        return safe
    text = union(tuple(item.box for item in placed))
    if not stage.stacked:
        if stage.rtl:
            return Rect.spanning(0, safe.y, right=text.x, bottom=safe.bottom)
        return Rect.spanning(text.right, safe.y, right=stage.width, bottom=safe.bottom)
    if low:
        return Rect.spanning(safe.x, safe.y * 0.6, right=safe.right, bottom=text.y)
    return Rect.spanning(
        safe.x, text.bottom, right=safe.right, bottom=max(safe.bottom, text.bottom + safe.height * 0.3)
    )


def _scrim(take: Take, text: Rect, *, alpha: float, low: bool) -> Layer:
    """Return a static gradient, at least `alpha` dense wherever words stand."""
    stage, theme = take.stage, take.theme
    fade = stage.unit * (8 if stage.stacked else 14)
    pad = stage.unit * 0.6
    if not stage.stacked:
        inner = text.x - pad if stage.rtl else text.right + pad
        start, end = (inner - fade, stage.width) if stage.rtl else (0.0, inner + fade)
        box = Rect(start, 0, end - start, stage.height)
        axis = 'x1="0" y1="0" x2="1" y2="0"' if stage.rtl else 'x1="1" y1="0" x2="0" y2="0"'
        dense_from = fade / box.width
    elif low:
        box = Rect.spanning(0, max(0.0, text.y - pad - fade), right=stage.width, bottom=stage.height)
        axis, dense_from = 'x1="0" y1="0" x2="0" y2="1"', (text.y - pad - box.y) / box.height
    else:
        box = Rect(0, 0, stage.width, min(stage.height, text.bottom + pad + fade))
        axis, dense_from = 'x1="0" y1="1" x2="0" y2="0"', (box.bottom - text.bottom - pad) / box.height
    box = box.clipped(stage.canvas)
    stops = "".join(
        f'<stop offset="{dense_from * i / (len(_SCRIM_STEPS) - 1):.4f}" stop-color="{theme.scrim}" '
        f'stop-opacity="{alpha * step:.3f}"/>'
        for i, step in enumerate(_SCRIM_STEPS)
    )
    stops += f'<stop offset="1" stop-color="{theme.scrim}" stop-opacity="{min(1.0, alpha + 0.18):.3f}"/>'
    body = (
        f'<defs><linearGradient id="s" {axis}>{stops}</linearGradient></defs>'
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" fill="url(#s)"/>'
    )
    return vector_layer("scrim", body, box=box, last_frame=take.last_frame)


def _block_beside(take: Take, window: Rect, *, picture_first: bool) -> tuple[Rect, Edge]:
    stage = take.stage
    if stage.stacked:
        if picture_first:
            return Rect.spanning(0, window.bottom, right=stage.width, bottom=stage.height), "top"
        return Rect.spanning(0, 0, right=stage.width, bottom=window.y), "bottom"
    if window.x <= 0:
        return Rect.spanning(window.right, 0, right=stage.width, bottom=stage.height), "left"
    return Rect.spanning(0, 0, right=window.x, bottom=stage.height), "right"


def _words_area(take: Take, block: Rect, *, depth: float) -> Rect:
    unit = take.stage.unit
    clear = depth + unit * 1.2
    return block.grown(-clear).clipped(take.stage.safe)


def _window_move(take: Take, window: Rect) -> Move:
    depth = edge_depth(take.stage, take.theme.motif)
    reach = window.grown(depth + 2).clipped(take.stage.canvas)
    return _move(take, take.stage.canvas if _is_ground(take, reach) else reach, strength=0.8)


def _is_ground(take: Take, reach: Rect) -> bool:
    """Tell whether a window takes (nearly) all of the canvas: two such layers would be painted for one."""
    canvas = take.stage.canvas
    return reach.width * reach.height >= canvas.width * canvas.height * _GROUND_FROM


def _block_layer(take: Take, block: Rect, edge: Edge, *, words: tuple[Placed, ...]) -> Layer:
    """Return the block of colour with a thin accent along its shaped edge; it hides the picture's moving overscan."""
    stage, ground, theme = take.stage, take.ground, take.theme
    unit, depth = stage.unit, edge_depth(stage, theme.motif)
    accent = stands_out((theme.palette[2], theme.palette[1], theme.palette[0]), ground.base, least=1.5)
    step = unit * 0.45
    shift = {"top": (0, -step), "bottom": (0, step), "left": (-step, 0), "right": (step, 0)}[edge]
    path = edged_block(bled(block, stage), edge, theme.motif, depth=depth)
    spot = _outer_corner(stage, block)
    # Where words reach the ornament it steps back to a tone that hardly shows.
    near = any(item.box.overlaps(spot.grown(spot.width * 0.3)) for item in words) or theme.motif is Motif.GRID
    inks = quiet_inks(ground) if near else calm_inks(ground) if ground.is_light else legible_inks(ground)
    area = block.grown(depth * 2 + BLEED_PX)
    art = ground_art(ground, area=area)
    foot = foot_art(stage, theme.motif, ground) if stage.stacked and edge == "top" else ""
    if foot:
        art += foot
    elif theme.motif not in _SWEEPING:
        art += motif_art(stage, theme.motif, inks, focal=spot, area=area)
    body = (
        f'<path d="{path}" fill="{accent}" transform="translate({shift[0]:.1f} {shift[1]:.1f})"/>'
        f'<defs><clipPath id="c"><path d="{path}"/></clipPath></defs><g clip-path="url(#c)">{art}</g>'
    )
    reach = block.grown(depth + step + 1).clipped(stage.canvas.grown(BLEED_PX))
    return vector_layer("block", body, box=reach, last_frame=take.last_frame)


def _outer_corner(stage: Stage, block: Rect) -> Rect:
    """Return a spot for the motif at the block's outer corner, away from where reading starts."""
    side = stage.unit * 9
    x = block.x - side * 0.3 if stage.rtl else block.right - side * 0.7
    at_foot = block.bottom >= stage.height - 1
    return Rect(x, block.bottom - side * 0.55 if at_foot else block.y - side * 0.45, side, side)

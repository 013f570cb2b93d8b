"""Small fixed pieces: the button, the brand's tag, the logo on its plate."""

from dataclasses import dataclass

from gauntlet.core.creative.colour import contrast_ratio, relative_luminance
from gauntlet.core.creative.storyboard import Logo
from gauntlet.render.layout.cropping import Picture, fitted_size, whole_view
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.layout.layers import picture_layer, vector_layer
from gauntlet.render.layout.legibility import TEXT_CONTRAST, Ground, ink_for
from gauntlet.render.layout.motion import pulse, rise
from gauntlet.render.layout.ornament import LIGHT, SHADE
from gauntlet.render.layout.take import Take
from gauntlet.render.layout.words import Placed, Words, stack, static_text, text_box
from gauntlet.render.timeline import Layer, TextBox

_TAG_CHARACTERS = 28
_LIGHT_GROUND = 0.7
"""Relative luminance from which a ground is safe for a logo made for white paper."""

_LOGO_CONTRAST = 3.0
"""WCAG 2.2, success criterion 1.4.11 (AA): what must be recognised without being read."""

_PLATES = ("#FFFFFF", "#101114")


@dataclass(frozen=True, slots=True)
class Lockup:
    """Layers of one piece, the box they fill, and its words if it has any."""

    layers: tuple[Layer, ...]
    box: Rect
    texts: tuple[TextBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Button:
    """A button's words in place and the pill around them."""

    label: Placed
    pill: Rect


def fit_button(take: Take, text: str, *, width: float) -> Button | None:
    """Set a button's label; the pill stands at the origin, to be moved to its place."""
    unit = take.stage.unit
    pad_x, pad_y = unit * 2.3, unit * 1.2
    item = Words("cta", text, take.theme.strong, unit * 2.0, 2, 1.2)
    area = Rect(pad_x, pad_y, max(unit, width - 2 * pad_x), unit * 4)
    placed = stack([item], area, gap=0, anchor="top", align="center", rtl=take.stage.rtl)
    if not placed:
        return None
    box = placed[0].box
    # Capitals sit optically high when their descenders' room counts below: even out above.
    pill = Rect(box.x - pad_x, box.y - pad_y, box.width + 2 * pad_x, box.height + 2 * pad_y - unit * 0.1)
    return Button(placed[0], pill)


def button_lockup(take: Take, button: Button, at: tuple[float, float], *, ground: Ground, begin: int) -> Lockup:
    """Return a button with its pill's top left at `at`: colour that stands out from `ground`, pulsing on the beat."""
    dx, dy = at[0] - button.pill.x, at[1] - button.pill.y
    label = moved(button.label, dx, dy)
    pill = Rect(at[0], at[1], button.pill.width, button.pill.height)
    fill, ink = _button_colours(take, ground)
    unit = take.stage.unit
    radius = min(pill.height / 2, unit * 2.4)
    body = (
        f'<rect x="{pill.x:.1f}" y="{pill.y:.1f}" width="{pill.width:.1f}" height="{pill.height:.1f}" '
        f'rx="{radius:.1f}" fill="{fill}"/>' + static_text(label, ink=ink)
    )
    beat = 60 / take.brief.audio_direction.tempo_bpm * take.brief.technical_specs.fps
    keys = pulse(begin, beat_frames=beat, until=take.frames)
    layer = vector_layer("button", body, box=pill.grown(2), keys=keys, first_frame=begin, last_frame=take.last_frame)
    text = text_box(label, ink=ink, ground=fill, frames=(begin, take.screen_frames[1]))
    return Lockup((layer,), pill, (text,))


def moved(placed: Placed, dx: float, dy: float) -> Placed:
    """Return placed words somewhere else."""
    box = Rect(placed.box.x + dx, placed.box.y + dy, placed.box.width, placed.box.height)
    return Placed(placed.role, placed.fitted, box, placed.align, placed.rtl)


def brand_tag(take: Take, *, name: str) -> Lockup | None:
    """Return the brand's name on a small plate at the head of the frame, or None when it is too long for one."""
    if len(name) > _TAG_CHARACTERS:
        return None
    stage, unit = take.stage, take.stage.unit
    item = Words("brand", name, take.theme.strong, unit * 1.1, 1, 1.2)
    pad_x, pad_y = unit * 0.8, unit * 0.55
    area = Rect(stage.safe.x + pad_x, stage.safe.y + pad_y, stage.safe.width * 0.6, unit * 2)
    if stage.rtl:
        area = Rect(stage.safe.right - pad_x - area.width, area.y, area.width, area.height)
    placed = stack([item], area, gap=0, anchor="top", align="start", rtl=stage.rtl)
    if not placed:
        return None
    box = placed[0].box
    plate = Rect(box.x - pad_x, box.y - pad_y, box.width + 2 * pad_x, box.height + 2 * pad_y)
    ground = take.theme.brand
    body = (
        f'<rect x="{plate.x:.1f}" y="{plate.y:.1f}" width="{plate.width:.1f}" height="{plate.height:.1f}" '
        f'rx="{plate.height / 2:.1f}" fill="{ground.base}"/>' + static_text(placed[0], ink=ground.ink)
    )
    layer = vector_layer(
        "brand",
        body,
        box=plate.grown(1),
        keys=rise(take.begin, distance=unit * 0.8),
        first_frame=take.begin,
        last_frame=take.last_frame,
    )
    return Lockup(
        (layer,), plate, (text_box(placed[0], ink=ground.ink, ground=ground.base, frames=take.screen_frames),)
    )


def logo_size(take: Take, logo: Logo, *, width: float, height: float) -> tuple[int, int]:
    """Return the size in whole pixels at which the logo fits a box, enlarged no more than its pixels bear."""
    return fitted_size(_as_picture(logo), width=width, height=height)


def logo_lockup(take: Take, logo: Logo, box: Rect, *, ground: Ground, begin: int) -> Lockup:
    """Return the logo in `box` (of whole pixels), on a plate unless it shows on the ground as it is."""
    unit = take.stage.unit
    picture = _as_picture(logo)
    keys = rise(begin, distance=unit * 0.8)
    plate = box.grown(unit * 1.1, unit * 0.9)
    art = picture_layer(
        "logo",
        picture,
        box=box,
        view=whole_view(picture, width=round(box.width), height=round(box.height)),
        keys=keys,
        corner_radius=0.0 if logo.has_alpha else unit * 0.4,
        last_frame=take.last_frame,
    )
    if logo_shows(logo, ground):
        return Lockup((art,), box)
    body = (
        f'<rect x="{plate.x:.1f}" y="{plate.y:.1f}" width="{plate.width:.1f}" height="{plate.height:.1f}" '
        f'rx="{unit * 0.7:.1f}" fill="{_plate_colour(logo)}"/>'
    )
    base = vector_layer("plate", body, box=plate.grown(1), keys=keys, first_frame=begin, last_frame=take.last_frame)
    return Lockup((base, art), plate)


def logo_shows(logo: Logo, ground: Ground) -> bool:
    """Tell whether the logo can be made out on the ground; one of unknown colour is taken to be for white paper."""
    if not logo.has_alpha:
        return True
    if logo.mean_colour is None:
        return relative_luminance(ground.base) >= _LIGHT_GROUND
    # The ground is shaded with these two; its other tones are for ornament elsewhere.
    tones = (ground.base, ground.tones[LIGHT], ground.tones[SHADE])
    return min(contrast_ratio(logo.mean_colour, tone) for tone in tones) >= _LOGO_CONTRAST


def _plate_colour(logo: Logo) -> str:
    """Return the colour of the plate on which the logo shows best, white where that will do."""
    colour = logo.mean_colour
    if colour is None or contrast_ratio(colour, _PLATES[0]) >= _LOGO_CONTRAST:
        return _PLATES[0]
    return max(_PLATES, key=lambda plate: contrast_ratio(colour, plate))


def _as_picture(logo: Logo) -> Picture:
    return Picture(logo.picture_digest, logo.width, logo.height, logo.has_alpha, (0.5, 0.5))


def _button_colours(take: Take, ground: Ground) -> tuple[str, str]:
    """Return fill and ink of a button that cannot be overlooked on `ground`."""
    theme = take.theme
    for candidate in (theme.pop, theme.brand):
        if min(contrast_ratio(candidate.base, tone) for tone in (ground.base, ground.worst)) >= 1.9:
            return candidate.base, candidate.ink
    if contrast_ratio(ground.base, ground.ink) >= TEXT_CONTRAST:
        return ground.ink, ground.base
    return ground.ink, ink_for(ground.ink)

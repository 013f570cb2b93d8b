"""`gauntlet/motion`: a camera moved over a picture, as the compositor moves it in an ad."""

import hashlib
import re
from typing import Final

from gauntlet.core.creative.brief import CameraMovement, Mood, ShotType, Transition
from gauntlet.core.creative.formats import CANVASES, FPS
from gauntlet.core.ids import Digest
from gauntlet.media.focus import focus_of
from gauntlet.media.pictures import Cut, cut_picture, picture_size
from gauntlet.providers.local.models.inputs import MotionForm
from gauntlet.render.encoder.film import join_film
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.encoder.shots import encode_shot
from gauntlet.render.layout.cropping import UPSCALE_LIMIT, Picture, crop
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.layout.layers import picture_layer, vector_layer
from gauntlet.render.layout.motion import camera_move
from gauntlet.render.timeline import Layer, MusicBed, Shot, Timeline
from gauntlet.render.typography.fonts import font_files

_SETTINGS: Final = EncoderSettings(crf=17)
"""Finer than a film's own: what comes out is encoded once more when it is part of one."""

_LEAST_SCALE: Final = 0.5
_LOOK_SIDE_PX: Final = 256
_PAPER: Final = "#F2F2F0"
_WORDS: Final[tuple[tuple[re.Pattern[str], CameraMovement], ...]] = (
    (re.compile(r"\b(pan\w*|mov\w+|slid\w+|truck\w*)\s+(\w+\s+)?left\b", re.IGNORECASE), CameraMovement.PAN_LEFT),
    (re.compile(r"\b(pan\w*|mov\w+|slid\w+|truck\w*)\s+(\w+\s+)?right\b", re.IGNORECASE), CameraMovement.PAN_RIGHT),
    (re.compile(r"\b(tilt\w*|rais\w+|ris\w+|crane)\s+(\w+\s+)?up\b", re.IGNORECASE), CameraMovement.TILT_UP),
    (re.compile(r"\b(tilt\w*|lower\w*|crane)\s+(\w+\s+)?down\b", re.IGNORECASE), CameraMovement.TILT_DOWN),
    (
        re.compile(r"\b(zoom\w*|pull\w*|dolly|move\w*)\s+(\w+\s+)?(out|back|away)\b", re.IGNORECASE),
        CameraMovement.PULL_OUT,
    ),
    (re.compile(r"\b(zoom\w*|push\w*|dolly|move\w*)\s+(\w+\s+)?(in|closer)\b", re.IGNORECASE), CameraMovement.PUSH_IN),
    (re.compile(r"\b(static|still|locked|no (camera )?movement)\b", re.IGNORECASE), CameraMovement.STATIC),
)


def film_motion(form: MotionForm, picture: bytes) -> bytes:
    """Return an MP4 without sound: exactly `duration` long to the frame, 30 frames a second.

    It is as large as a film of its aspect ratio, smaller where the picture has not the pixels for that. Raises what
    `media.pictures.picture_size` does for a picture that is none.
    """
    timeline, digest = _timeline(form, picture)
    segment = encode_shot(
        timeline, 0, pictures={digest: picture}, settings=_SETTINGS, on_frame=_unheard, is_canceled=_never
    )
    return join_film([segment], None, timeline=timeline)


def _unheard(_frame: int) -> None:
    """Nobody follows the frames of so short a film."""


def _never() -> bool:
    return False


def movement_of(form: MotionForm) -> CameraMovement:
    """Return how the camera moves: as given, else as the prompt says, else towards what the picture shows."""
    found = (movement for words, movement in _WORDS if words.search(form.prompt))
    return form.movement or next(found, CameraMovement.PUSH_IN)


def _timeline(form: MotionForm, data: bytes) -> tuple[Timeline, Digest]:
    digest = Digest(hashlib.sha256(data).hexdigest())
    picture_width, picture_height = picture_size(data)
    look_width, look_height = _small(picture_width, picture_height)
    look = cut_picture(data, Cut(0, 0, picture_width, picture_height, look_width, look_height), font_files=font_files())
    picture = Picture(digest, picture_width, picture_height, look.has_alpha, focus_of(look.rgba))
    canvas = _canvas(form, picture)
    frames = round(form.duration * FPS)
    shot = Shot(
        scene_number=1,
        start_frame=0,
        duration_frames=frames,
        transition=Transition.CUT,
        layers=_layers(form, picture, canvas, frames=frames),
        poster_frame=0,
    )
    timeline = Timeline(
        width=int(canvas.width),
        height=int(canvas.height),
        fps=FPS,
        total_frames=frames,
        title="Motion",
        language="en",
        shots=(shot,),
        music=MusicBed(tempo_bpm=100, mood=Mood.CALM, genre="", instruments=(), sections=(), seed=0),
        poster_shot=0,
    )
    return timeline, digest


def _layers(form: MotionForm, picture: Picture, canvas: Rect, *, frames: int) -> tuple[Layer, ...]:
    move = camera_move(movement_of(form), canvas, frames=frames, strength=form.strength)
    view = crop(picture, width=move.box.width, height=move.box.height, shot_type=ShotType.WIDE)
    shown = picture_layer(
        "picture",
        picture,
        box=move.box,
        view=view,
        keys=move.keys,
        last_frame=frames - 1,
        opaque=not picture.has_alpha,
    )
    if not picture.has_alpha:
        return (shown,)
    paper = f'<rect width="{canvas.width:.0f}" height="{canvas.height:.0f}" fill="{_PAPER}"/>'
    return (vector_layer("paper", paper, box=canvas, last_frame=frames - 1, opaque=True), shown)


def _canvas(form: MotionForm, picture: Picture) -> Rect:
    """Return the film's size: the full one of its aspect, or less, down to half, where the picture is too small."""
    full = CANVASES[form.aspect]
    bears = UPSCALE_LIMIT * min(picture.width / full.width, picture.height / full.height)
    scale = min(1.0, max(_LEAST_SCALE, bears))
    return Rect(0, 0, 2 * round(full.width * scale / 2), 2 * round(full.height * scale / 2))


def _small(width: int, height: int) -> tuple[int, int]:
    scale = min(1.0, _LOOK_SIDE_PX / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))

"""Small films for the tests of painter, encoder and pool."""

import hashlib
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from gauntlet.core.creative.brief import Mood, Transition
from gauntlet.core.ids import Digest
from gauntlet.render.timeline import (
    BedSection,
    Key,
    Layer,
    MusicBed,
    PictureContent,
    Shot,
    Timeline,
    VectorContent,
    View,
)

WIDTH = 128
HEIGHT = 228
STILL = (Key(frame=0),)


def svg(body: str, *, width: int = WIDTH, height: int = HEIGHT) -> VectorContent:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
    return VectorContent(svg=f"{head}{body}</svg>")


def plain(colour: str, *, keys: Sequence[Key] = STILL, last: int = 59) -> Layer:
    body = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colour}"/>'
    return Layer(
        name="ground",
        content=svg(body),
        x=0,
        y=0,
        width=WIDTH,
        height=HEIGHT,
        keys=tuple(keys),
        last_frame=last,
        opaque=True,
    )


def scene(*, keys: Sequence[Key] = STILL, last: int = 59) -> Layer:
    """Return a ground with a gradient and soft shapes: something to see moving."""
    body = (
        '<defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#204060"/>'
        '<stop offset="1" stop-color="#d08040"/></linearGradient></defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#g)"/>'
        '<circle cx="40" cy="70" r="22" fill="#f0e0c0"/><circle cx="90" cy="150" r="30" fill="#803050"/>'
        '<rect x="60.5" y="30.5" width="40" height="60" fill="#30a080" transform="rotate(20 80 60)"/>'
    )
    return plain("#000", keys=keys, last=last).model_copy(update={"content": svg(body), "name": "scene"})


def badge(
    *, x: float = 30, y: float = 60, keys: Sequence[Key] = STILL, first: int = 0, last: int = 59, opacity: float = 1
) -> Layer:
    body = f'<rect x="6" y="6" width="48" height="28" rx="10" fill="#ffffff" fill-opacity="{opacity}"/>'
    return Layer(
        name="badge",
        content=svg(body, width=60, height=40),
        x=x,
        y=y,
        width=60,
        height=40,
        keys=tuple(keys),
        first_frame=first,
        last_frame=last,
    )


def picture_layer(data: bytes, view: View, *, radius: float = 0, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Layer:
    content = PictureContent(digest=digest_of(data), view=view, corner_radius=radius)
    return Layer(name="picture", content=content, x=0, y=0, width=size[0], height=size[1], last_frame=59)


def digest_of(data: bytes) -> Digest:
    return Digest(hashlib.sha256(data).hexdigest())


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Return RGB or RGBA pixels as a PNG."""
    swapped = cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGRA if pixels.shape[2] == 4 else cv2.COLOR_RGB2BGR)
    return cv2.imencode(".png", swapped)[1].tobytes()


def shot(
    layers: Sequence[Layer], *, frames: int = 20, transition: Transition = Transition.CUT, overlap: int = 0
) -> Shot:
    return Shot(
        scene_number=1,
        start_frame=0,
        duration_frames=frames,
        transition=transition,
        transition_frames=overlap,
        layers=tuple(layers),
        poster_frame=0,
    )


def film(*shots: Shot, width: int = WIDTH, height: int = HEIGHT, fps: int = 30) -> Timeline:
    """Return a film of the shots, one after another, numbered from 1."""
    placed: list[Shot] = []
    at = 0
    for number, one in enumerate(shots, start=1):
        placed.append(one.model_copy(update={"scene_number": number, "start_frame": at}))
        at += one.duration_frames
    sections = (BedSection(start_frame=0, duration_frames=at, intensity=0.5, purpose="hook"),)
    music = MusicBed(tempo_bpm=100, mood=Mood.CALM, genre="ambient", instruments=("pad",), sections=sections, seed=1)
    return Timeline(
        width=width,
        height=height,
        fps=fps,
        total_frames=at,
        title="Tiny",
        language="en",
        shots=tuple(placed),
        music=music,
        poster_shot=0,
    )

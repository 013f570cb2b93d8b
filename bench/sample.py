"""A film to measure with: six shots with camera moves, type, a button and an end card, on pictures made here."""

import hashlib
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from gauntlet.core.creative.brief import Mood, Transition
from gauntlet.core.ids import Digest
from gauntlet.render.timeline import (
    BedSection,
    Ease,
    Key,
    Layer,
    MusicBed,
    PictureContent,
    Shot,
    Timeline,
    VectorContent,
    View,
)

WIDTH: Final = 1080
HEIGHT: Final = 1920
FPS: Final = 30
_PICTURE: Final = (1620, 2880)
_INKS: Final = ("#1d3b53", "#7a2e3a", "#2f5d50", "#4a3b73", "#8a5a24", "#27364b")


@dataclass(frozen=True, slots=True)
class Sample:
    """A film's data and the bytes of its pictures."""

    timeline: Timeline
    pictures: dict[Digest, bytes]


def sample_film(*, seconds: int, width: int = WIDTH, height: int = HEIGHT) -> Sample:
    """Return a film of that length: five shots of pictures and an end card, sharing the time evenly."""
    total = seconds * FPS
    lengths = [total // 6 + (1 if place < total % 6 else 0) for place in range(6)]
    shots: list[Shot] = []
    pictures: dict[Digest, bytes] = {}
    for place, frames in enumerate(lengths):
        start = sum(lengths[:place])
        if place == 5:
            shots.append(_end_card(start, frames, width, height))
            continue
        data = photograph(place)
        digest = Digest(hashlib.sha256(data).hexdigest())
        pictures[digest] = data
        shots.append(_picture_shot(place, digest, start, frames, width, height))
    return Sample(_timeline(shots, total, width, height), pictures)


def photograph(seed: int, size: tuple[int, int] = _PICTURE) -> bytes:
    """Return a JPEG with what a photograph has: soft light, edges, texture at all scales, a little grain."""
    width, height = size
    chance = np.random.default_rng(seed)
    pixels: NDArray[np.float32] = np.full((height, width, 3), 118, np.float32)
    for cells, swing in ((3, 55), (9, 34), (40, 16), (160, 8), (640, 5)):
        noise = chance.normal(0, 1, (cells * height // width + 1, cells, 3)).astype(np.float32)
        noise = noise.mean(axis=2, keepdims=True) * 0.8 + noise * 0.35
        grown: NDArray[np.float32] = np.asarray(cv2.resize(noise, size, interpolation=cv2.INTER_CUBIC), np.float32)
        pixels += grown * swing
    for _ in range(14):
        centre = (int(chance.integers(0, width)), int(chance.integers(0, height)))
        colour = [float(part) for part in chance.integers(20, 235, 3)]
        cv2.circle(pixels, centre, int(chance.integers(60, width // 5)), colour, -1, cv2.LINE_AA)
    grain = np.tile(chance.normal(0, 2.0, (180, 180, 3)).astype(np.float32), (height // 180, width // 180, 1))
    pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 1.0), np.float32) + grain
    return cv2.imencode(".jpg", np.clip(pixels, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()


def _svg(width: int, height: int, body: str) -> VectorContent:
    return VectorContent(
        svg=f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{body}</svg>'
    )


def _picture_shot(place: int, digest: Digest, start: int, frames: int, width: int, height: int) -> Shot:
    overlap = 10 if place else 0
    grows, moves = (1.0, 1.12) if place % 2 == 0 else (1.12, 1.0), (-20.0 if place % 3 == 0 else 20.0)
    last = frames - 1
    shown_until = last + 10
    picture = Layer(
        name="picture",
        content=PictureContent(digest=digest, view=_middle(width / height)),
        x=0,
        y=0,
        width=width,
        height=height,
        keys=(Key(frame=0, scale=grows[0] + 0.04), Key(frame=shown_until, scale=grows[1] + 0.04, dx=moves)),
        last_frame=last,
        opaque=True,
    )
    return Shot(
        scene_number=place + 1,
        start_frame=start,
        duration_frames=frames,
        transition=Transition.CUT if place == 0 else (Transition.DISSOLVE, Transition.PUSH)[place % 2],
        transition_frames=overlap,
        layers=(picture, *_words(place, width, height, last)),
        poster_frame=min(last, 40),
    )


def _middle(aspect: float) -> View:
    width, height = _PICTURE
    shown = min(width, height * aspect)
    return View(x=(width - shown) / 2, y=(height - shown / aspect) / 2, width=shown, height=shown / aspect)


def _words(place: int, width: int, height: int, last: int) -> tuple[Layer, ...]:
    unit = width / 1080
    scrim = _svg(
        width,
        height // 2,
        '<defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="#000" stop-opacity="0"/>'
        f'<stop offset="1" stop-color="{_INKS[place]}" stop-opacity="0.85"/></linearGradient></defs>'
        f'<rect width="{width}" height="{height // 2}" fill="url(#g)"/>',
    )
    line = (round(900 * unit), round(150 * unit))
    layers = [
        Layer(
            name="scrim", content=scrim, x=0, y=height - height // 2, width=width, height=height // 2, last_frame=last
        )
    ]
    for row, words in enumerate(("Made for mornings", "that start slowly")):
        body = (
            '<filter id="s" x="-10%" y="-30%" width="120%" height="170%"><feGaussianBlur stdDeviation="9"/></filter>'
            f'<g font-family="Manrope" font-weight="800" font-size="{88 * unit}">'
            f'<text x="{8 * unit}" y="{104 * unit}" filter="url(#s)" fill-opacity="0.5">{words}</text>'
            f'<text x="{8 * unit}" y="{100 * unit}" fill="#fff">{words}</text></g>'
        )
        arrives = 6 + row * 4
        layers.append(
            Layer(
                name=f"line {row + 1}",
                content=_svg(*line, body),
                x=60 * unit,
                y=(1180 + row * 120) * unit,
                width=line[0],
                height=line[1],
                keys=(
                    Key(frame=arrives, dy=60 * unit, opacity=0),
                    Key(frame=arrives + 16, ease=Ease.OUT),
                ),
                first_frame=arrives,
                last_frame=last,
            )
        )
    return tuple(layers)


def _end_card(start: int, frames: int, width: int, height: int) -> Shot:
    unit = width / 1080
    last = frames - 1
    ground = _svg(
        width,
        height,
        '<defs><linearGradient id="g" x2="0.4" y2="1"><stop stop-color="#1b2a41"/><stop offset="1" '
        f'stop-color="#c26b3f"/></linearGradient></defs><rect width="{width}" height="{height}" fill="url(#g)"/>',
    )
    size = (round(640 * unit), round(160 * unit))
    button = _svg(
        *size,
        f'<rect x="2" y="2" width="{size[0] - 4}" height="{size[1] - 4}" rx="{size[1] / 2 - 2}" fill="#ffd9a0"/>'
        f'<text x="{size[0] / 2}" y="{size[1] * 0.62}" text-anchor="middle" font-family="Manrope" font-weight="700" '
        f'font-size="{58 * unit}" fill="#1b2a41">Order yours today</text>',
    )
    layers = (
        Layer(name="ground", content=ground, x=0, y=0, width=width, height=height, last_frame=last, opaque=True),
        Layer(
            name="button",
            content=button,
            x=(width - size[0]) / 2,
            y=1060 * unit,
            width=size[0],
            height=size[1],
            keys=(Key(frame=8, scale=0.6, opacity=0), Key(frame=26, ease=Ease.OUT_BACK)),
            first_frame=8,
            last_frame=last,
        ),
    )
    return Shot(
        scene_number=6,
        start_frame=start,
        duration_frames=frames,
        transition=Transition.DISSOLVE,
        transition_frames=10,
        layers=layers,
        poster_frame=min(last, 30),
    )


def _timeline(shots: list[Shot], total: int, width: int, height: int) -> Timeline:
    sections = tuple(
        BedSection(start_frame=shot.start_frame, duration_frames=shot.duration_frames, intensity=0.6, purpose="context")
        for shot in shots
    )
    bed = MusicBed(
        tempo_bpm=96,
        mood=Mood.WARM,
        genre="acoustic",
        instruments=("piano", "bass", "drums"),
        sections=sections,
        seed=7,
    )
    return Timeline(
        width=width,
        height=height,
        fps=FPS,
        total_frames=total,
        title="Bench",
        language="en",
        shots=tuple(shots),
        music=bed,
        poster_shot=0,
    )

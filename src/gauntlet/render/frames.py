"""Stills of a film: what a scene looks like once everything in it has arrived, and the film's poster."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from gauntlet.core.ids import Digest
from gauntlet.render.painter.shots import PAINTER_VERSION
from gauntlet.render.painter.stills import paint_frame
from gauntlet.render.still import encode_jpeg, encode_webp
from gauntlet.render.timeline import Timeline

FRAME_SHORT_SIDE_PX: Final = 540
"""A storyboard frame's short side: sharp on a screen, a quarter of the film's pixels to draw."""


def draw_frame(
    timeline: Timeline, shot_index: int, *, pictures: Mapping[Digest, bytes], fonts: Sequence[Path] | None = None
) -> bytes:
    """Return the shot's poster frame as WebP, its short side 540 px; `fonts` as for `paint_frame`."""
    scale = FRAME_SHORT_SIDE_PX / min(timeline.width, timeline.height)
    frame = timeline.shots[shot_index].poster_frame
    return encode_webp(paint_frame(timeline, shot_index, frame, pictures=pictures, scale=scale, fonts=fonts))


def draw_poster(timeline: Timeline, *, pictures: Mapping[Digest, bytes], fonts: Sequence[Path] | None = None) -> bytes:
    """Return the film's poster as JPEG, at the film's full size."""
    shot = timeline.shots[timeline.poster_shot]
    return encode_jpeg(paint_frame(timeline, timeline.poster_shot, shot.poster_frame, pictures=pictures, fonts=fonts))


def frame_fingerprint(timeline: Timeline, shot_index: int) -> str:
    """Return a SHA-256 (hex) that is equal exactly when `draw_frame` would draw the same picture."""
    shot = timeline.shots[shot_index]
    layers = "".join(layer.model_dump_json() for layer in shot.layers)
    facts = f"{PAINTER_VERSION}|{timeline.width}x{timeline.height}|{FRAME_SHORT_SIDE_PX}|{shot.poster_frame}|{layers}"
    return hashlib.sha256(facts.encode()).hexdigest()

"""Looks at a film before it is rendered: single frames, and the film itself small and quickly encoded.

Both are painted by the film's own painter, from the film's own timeline: a smaller one has every length scaled.
"""

import hashlib
import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from gauntlet.core.ids import Digest
from gauntlet.render.encoder.fingerprint import shot_fingerprint
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.painter.shots import PAINTER_VERSION, overlap_frames
from gauntlet.render.painter.stills import paint_frame
from gauntlet.render.soundtrack import sound_fingerprint
from gauntlet.render.still import encode_jpeg
from gauntlet.render.timeline import Layer, Shot, TextBox, Timeline, VectorContent

PREVIEW_VERSION: Final = 1
"""Raised whenever the same film would come out as other previews."""

PREVIEW_ENCODER: Final = EncoderSettings(preset="ultrafast", crf=28, keyframe_interval_s=1)
_QUALITY: Final = 85
_SIDES: Final = re.compile(r'^(<svg [^>]*?)width="[^"]*" height="[^"]*" viewBox=')
"""How the documents of `render.layout.layers` begin."""


def place_of(timeline: Timeline, frame: int) -> tuple[int, int]:
    """Return the shot that a frame of the film (from 0 to before its end) belongs to, and the frame in that shot."""
    index = bisect_right([shot.start_frame for shot in timeline.shots], frame) - 1
    return index, frame - timeline.shots[index].start_frame


def shots_seen(timeline: Timeline, index: int) -> tuple[Shot, ...]:
    """Return the shots that are painted for one: its own, and the one before where that is still seen."""
    first = index - 1 if index > 0 and overlap_frames(timeline.shots[index]) > 0 else index
    return timeline.shots[first : index + 1]


def draw_preview(
    timeline: Timeline,
    shot_index: int,
    frame: int,
    *,
    width: int,
    pictures: Mapping[Digest, bytes],
    fonts: Sequence[Path] | None = None,
) -> bytes:
    """Return a frame of a shot as JPEG of that width; see `paint_frame`."""
    scale = width / timeline.width
    return encode_jpeg(
        paint_frame(timeline, shot_index, frame, pictures=pictures, scale=scale, fonts=fonts), quality=_QUALITY
    )


def preview_fingerprint(timeline: Timeline, shot_index: int, frame: int, *, width: int) -> str:
    """Return a SHA-256 (hex) that is equal exactly when `draw_preview` would draw the same picture."""
    shot = timeline.shots[shot_index]
    seen = shots_seen(timeline, shot_index) if frame < overlap_frames(shot) else (shot,)
    facts = [PREVIEW_VERSION, PAINTER_VERSION, timeline.width, timeline.height, width, frame]
    digest = hashlib.sha256(repr(facts).encode())
    for one in seen:
        digest.update(f"|{one.transition}|{one.transition_frames}|{one.duration_frames}".encode())
        for layer in one.layers:
            digest.update(layer.model_dump_json().encode())
    return digest.hexdigest()


def film_fingerprint(timeline: Timeline, *, has_sound: bool, fonts: Sequence[Path] | None = None) -> str:
    """Return a SHA-256 (hex) that is equal exactly when the same small film would come out."""
    shots = [shot_fingerprint(timeline, i, PREVIEW_ENCODER, fonts=fonts) for i in range(len(timeline.shots))]
    facts = f"{PREVIEW_VERSION}|{'|'.join(shots)}|{sound_fingerprint(timeline) if has_sound else ''}"
    return hashlib.sha256(facts.encode()).hexdigest()


def only_shot(timeline: Timeline, index: int) -> Timeline:
    """Return the film of one shot alone; the shot before is not seen in it."""
    shot = timeline.shots[index].model_copy(update={"start_frame": 0, "transition_frames": 0})
    return timeline.model_copy(
        update={
            "shots": (shot,),
            "total_frames": shot.duration_frames,
            "captions": (),
            "poster_shot": 0,
        }
    )


def scaled(timeline: Timeline, *, width: int) -> Timeline:
    """Return the film at another width, every length in proportion; both sides are even."""
    factor = width / timeline.width
    across, down = _even(width), _even(timeline.height * factor)
    shots = tuple(_scaled_shot(shot, factor) for shot in timeline.shots)
    return timeline.model_copy(update={"width": across, "height": down, "shots": shots})


def _scaled_shot(shot: Shot, factor: float) -> Shot:
    layers = tuple(_scaled_layer(layer, factor) for layer in shot.layers)
    return shot.model_copy(update={"layers": layers, "texts": tuple(_scaled_text(t, factor) for t in shot.texts)})


def _scaled_layer(layer: Layer, factor: float) -> Layer:
    """Return the layer scaled; one that promises to cover what it lies on is rounded outwards."""
    x, y, right, bottom = (side * factor for side in (layer.x, layer.y, layer.x + layer.width, layer.y + layer.height))
    if layer.opaque:
        x, y = float(math.floor(x)), float(math.floor(y))
        width, height = math.ceil(right - x), math.ceil(bottom - y)
    else:
        width, height = max(1, round(right - x)), max(1, round(bottom - y))
    keys = tuple(key.model_copy(update={"dx": key.dx * factor, "dy": key.dy * factor}) for key in layer.keys)
    content = layer.content
    if isinstance(content, VectorContent):
        content = content.model_copy(update={"svg": _resized(content.svg, width, height)})
    else:
        content = content.model_copy(update={"corner_radius": content.corner_radius * factor})
    return layer.model_copy(update={"x": x, "y": y, "width": width, "height": height, "keys": keys, "content": content})


def _resized(svg: str, width: int, height: int) -> str:
    """Return a document of ours at another size: rounding to whole pixels stretches it by less than one of them."""
    sides = f'width="{width}" height="{height}" preserveAspectRatio="none" viewBox='
    return _SIDES.sub(lambda found: found[1] + sides, svg, count=1)


def _scaled_text(text: TextBox, factor: float) -> TextBox:
    sides = {name: getattr(text, name) * factor for name in ("x", "y", "width", "height", "font_px")}
    return text.model_copy(update=sides)


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)

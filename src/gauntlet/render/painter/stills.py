"""Single frames as RGB: storyboard frames and posters. Painted in RGB throughout, so chroma keeps its full detail."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gauntlet.core.creative.brief import Transition
from gauntlet.core.ids import Digest
from gauntlet.render.painter.bitmaps import draw
from gauntlet.render.painter.easing import Pose, pose_at
from gauntlet.render.painter.shots import overlap_frames, progress, push_offset
from gauntlet.render.painter.sources import Sources
from gauntlet.render.timeline import Layer, Shot, Timeline

Rgb = NDArray[np.uint8]


def paint_frame(
    timeline: Timeline,
    shot_index: int,
    frame: int,
    *,
    pictures: Mapping[Digest, bytes],
    scale: float = 1.0,
    fonts: Sequence[Path] | None = None,
) -> Rgb:
    """Return one frame of a shot as H×W×3 sRGB, at `scale` of the canvas, as the film shows it.

    Raises RenderFailed when a layer cannot be drawn.
    """
    sources = Sources(pictures) if fonts is None else Sources(pictures, fonts)
    shot = timeline.shots[shot_index]
    size = (max(1, round(timeline.width * scale)), max(1, round(timeline.height * scale)))
    own = _stack(shot, frame, size, scale, sources)
    if shot_index == 0 or frame >= overlap_frames(shot):
        return own
    earlier = timeline.shots[shot_index - 1]
    old = _stack(earlier, earlier.duration_frames + frame, size, scale, sources)
    way = progress(shot, frame)
    if shot.transition is Transition.DISSOLVE:
        return cv2.addWeighted(old, 1 - way, own, way, 0).astype(np.uint8, copy=False)
    moved = min(size[0], round(push_offset(timeline.width, way) * scale))
    return np.concatenate([old[:, moved:], own[:, :moved]], axis=1)


def _stack(shot: Shot, frame: int, size: tuple[int, int], scale: float, sources: Sources) -> Rgb:
    width, height = size
    canvas = np.zeros((height, width, 3), np.uint8)
    for place, layer in enumerate(shot.layers):
        ends = layer.last_frame < shot.duration_frames - 1 and frame > layer.last_frame
        pose = pose_at(layer, frame)
        if place > 0 and (ends or frame < layer.first_frame or pose.opacity <= 0):
            continue
        _lay(layer, pose, canvas, scale, sources, is_ground=place == 0)
    return canvas


def _lay(layer: Layer, pose: Pose, canvas: Rgb, scale: float, sources: Sources, *, is_ground: bool) -> None:
    height, width = canvas.shape[:2]
    drawn_width = max(1, round(layer.width * pose.scale * scale))
    drawn_height = max(1, round(layer.height * pose.scale * scale))
    drawing = draw(layer, drawn_width, drawn_height, sources, moment=pose.moment)
    x = (layer.x + pose.dx + layer.width / 2) * scale - drawn_width / 2 + drawing.x
    y = (layer.y + pose.dy + layer.height / 2) * scale - drawn_height / 2 + drawing.y
    left, top = (round(x), round(y))
    source = drawing.rgba
    if is_ground:
        # The ground covers the canvas: where rounding leaves a line, its edge is repeated.
        after = (max(0, top), max(0, height - top - source.shape[0]))
        beside = (max(0, left), max(0, width - left - source.shape[1]))
        source = cv2.copyMakeBorder(source, *after, *beside, cv2.BORDER_REPLICATE)
        left, top = min(left, 0), min(top, 0)
    _blend(source.astype(np.uint8, copy=False), left, top, canvas, pose.opacity)


def _blend(source: NDArray[np.uint8], left: int, top: int, canvas: Rgb, opacity: float) -> None:
    height, width = canvas.shape[:2]
    x, y = max(0, left), max(0, top)
    right, bottom = min(width, left + source.shape[1]), min(height, top + source.shape[0])
    if right <= x or bottom <= y:
        return
    part = source[y - top : bottom - top, x - left : right - left]
    target = canvas[y:bottom, x:right]
    if opacity >= 1 and part[..., 3].min() == 255:
        target[:] = part[..., :3]
        return
    alpha = part[..., 3:].astype(np.float32) * np.float32(opacity / 255)
    blended = target + (part[..., :3].astype(np.float32) - target) * alpha
    target[:] = np.rint(blended)

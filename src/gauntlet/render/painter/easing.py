"""How a layer's pose follows from its keys."""

import itertools
from dataclasses import dataclass, replace
from math import cos, pi
from typing import Final

from gauntlet.render.timeline import Ease, FootageContent, Key, Layer

_BACK: Final = 1.70158  # Penner's overshoot of about a tenth of the way
_SCALE_MIN: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a layer is at one frame: offset in canvas pixels, scale about its centre, opacity 0 to 1.

    `moment` is the frame that its content shows then: always 0 but for moving pictures.
    """

    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0
    opacity: float = 1.0
    moment: int = 0


def ease(kind: Ease, progress: float) -> float:
    """Return the way covered (0 to 1, more while overshooting) after a share `progress` (0 to 1) of the time."""
    if progress <= 0:
        return 0.0
    if progress >= 1:
        return 1.0
    left = 1 - progress
    match kind:
        case Ease.LINEAR:
            return progress
        case Ease.IN_OUT:
            # Sine: its middle is only 1.6 times as fast as its mean, which suits slow camera moves.
            return (1 - cos(pi * progress)) / 2
        case Ease.OUT:
            return 1 - left**3
        case Ease.OUT_BACK:
            return 1 - (_BACK + 1) * left**3 + _BACK * left**2


def pose_at(layer: Layer, frame: int) -> Pose:
    """Return the layer's pose: exactly a key's at its frame, held before the first and after the last."""
    pose = _pose_between(layer.keys, frame)
    if isinstance(layer.content, FootageContent):
        return replace(pose, moment=min(max(0, frame), layer.last_frame))
    return pose


def _pose_between(keys: tuple[Key, ...], frame: int) -> Pose:
    if frame <= keys[0].frame or len(keys) == 1:
        return _pose_of(keys[0])
    for before, after in itertools.pairwise(keys):
        if frame < after.frame:
            return _between(before, after, frame)
    return _pose_of(keys[-1])


def _between(before: Key, after: Key, frame: int) -> Pose:
    if frame == before.frame:
        return _pose_of(before)
    way = ease(after.ease, (frame - before.frame) / (after.frame - before.frame))
    return Pose(
        dx=before.dx + (after.dx - before.dx) * way,
        dy=before.dy + (after.dy - before.dy) * way,
        scale=max(_SCALE_MIN, before.scale + (after.scale - before.scale) * way),
        opacity=min(1.0, max(0.0, before.opacity + (after.opacity - before.opacity) * way)),
    )


def _pose_of(key: Key) -> Pose:
    return Pose(dx=key.dx, dy=key.dy, scale=key.scale, opacity=key.opacity)

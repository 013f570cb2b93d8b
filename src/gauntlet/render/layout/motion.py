"""How things move: camera moves over a picture, entrances of type, a button's pulse. All as keys, all in frames."""

import math
from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.brief import CameraMovement
from gauntlet.render.layout.geometry import Rect
from gauntlet.render.timeline import Ease, Key

_EDGE_PX: Final = 4
"""What a moving layer reaches beyond what it must cover, so that resampling never shows its edge."""

_ZOOM: Final = 0.075
_DRIFT: Final = 0.03
"""A scene called static still breathes a little: a still picture reads as a fault in a film."""

_PAN: Final = 0.07
_RISE_FRAMES: Final = 11
_STAGGER_LINE: Final = 3
_STAGGER_WORD: Final = 2
HOOK_READY_FRAME: Final = 28
"""All of a hook's words have arrived by then: within the first second."""


@dataclass(frozen=True, slots=True)
class Move:
    """A moving layer's box at scale 1 and its keys. Scale never exceeds 1, so pixels are never enlarged in motion."""

    box: Rect
    keys: tuple[Key, ...]


def camera_move(movement: CameraMovement, target: Rect, *, frames: int, strength: float = 1.0) -> Move:
    """Return a move at constant speed that covers `target` in each of `frames` frames, and goes on beyond them."""
    end = frames + 8  # beyond the last frame that is ever seen, so that speed is constant up to the cut
    if movement in {CameraMovement.PAN_LEFT, CameraMovement.PAN_RIGHT}:
        travel = target.width * _PAN * strength
        side = 1 if movement is CameraMovement.PAN_LEFT else -1
        box = _whole(target.grown(travel / 2 + _EDGE_PX, _EDGE_PX))
        return Move(box, (Key(frame=0, dx=-side * travel / 2), Key(frame=end, dx=side * travel / 2, ease=Ease.LINEAR)))
    if movement in {CameraMovement.TILT_UP, CameraMovement.TILT_DOWN}:
        travel = target.height * _PAN * 0.8 * strength
        side = 1 if movement is CameraMovement.TILT_UP else -1
        box = _whole(target.grown(_EDGE_PX, travel / 2 + _EDGE_PX))
        return Move(box, (Key(frame=0, dy=-side * travel / 2), Key(frame=end, dy=side * travel / 2, ease=Ease.LINEAR)))
    amount = (_DRIFT if movement is CameraMovement.STATIC else _ZOOM) * strength
    box = _whole(target.grown(target.width * amount / 2 + _EDGE_PX, target.height * amount / 2 + _EDGE_PX))
    least = max((target.width + 2) / box.width, (target.height + 2) / box.height)
    first, last = (1.0, least) if movement is CameraMovement.PULL_OUT else (least, 1.0)
    return Move(box, (Key(frame=0, scale=first), Key(frame=end, scale=last, ease=Ease.LINEAR)))


def stand_still(target: Rect) -> Move:
    """Return no move at all, for what moves by itself: the box, even on every side, covers `target`."""
    left, top = 2 * math.floor(target.x / 2), 2 * math.floor(target.y / 2)
    width, height = 2 * math.ceil((target.right - left) / 2), 2 * math.ceil((target.bottom - top) / 2)
    return Move(Rect(left, top, width, height), (Key(frame=0),))


def drift(*, frames: int, dx: float = 0.0, dy: float = 0.0, scale: float = 1.0) -> tuple[Key, ...]:
    """Return a slow constant move to that pose, for parallax."""
    return (Key(frame=0), Key(frame=frames + 8, dx=dx, dy=dy, scale=scale, ease=Ease.LINEAR))


def rise(start: int, *, distance: float, frames: int = _RISE_FRAMES) -> tuple[Key, ...]:
    """Return an entrance from below: arrives at `start + frames` and stays."""
    return (Key(frame=start, dy=distance, opacity=0.0), Key(frame=start + frames, ease=Ease.OUT))


def pop(start: int, *, frames: int = 12) -> tuple[Key, ...]:
    """Return an entrance by growing, a little over and back."""
    return (Key(frame=start, scale=0.82, opacity=0.0), Key(frame=start + frames, ease=Ease.OUT_BACK))


def settle(start: int, *, distance: float, frames: int, until: int, scale: float) -> tuple[Key, ...]:
    """Return an entrance from below that goes on as a slow growth up to frame `until`."""
    return (
        Key(frame=start, dy=distance, opacity=0.0),
        Key(frame=start + frames, ease=Ease.OUT),
        Key(frame=max(until, start + frames + 1) + 8, scale=scale, ease=Ease.LINEAR),
    )


def pulse(start: int, *, beat_frames: float, until: int, by: float = 0.035) -> tuple[Key, ...]:
    """Return an entrance followed by a soft swell every second beat up to frame `until`."""
    keys = list(rise(start, distance=30.0))
    at = keys[-1].frame + beat_frames
    while at + beat_frames < until + 2 * beat_frames:
        peak, rest = round(at + beat_frames * 0.5), round(at + beat_frames)
        if peak > keys[-1].frame and rest > peak:
            keys += [Key(frame=peak, scale=1 + by, ease=Ease.IN_OUT), Key(frame=rest, ease=Ease.IN_OUT)]
        at += 2 * beat_frames
    return tuple(keys)


def starts(count: int, *, first: int, by_word: bool, ready: int | None = None) -> tuple[int, ...]:
    """Return the frame at which each of `count` pieces begins to enter, all arrived by `ready` where given."""
    step = float(_STAGGER_WORD if by_word else _STAGGER_LINE)
    if ready is not None and count > 1:
        step = max(0.0, min(step, (ready - _RISE_FRAMES - first) / (count - 1)))
    return tuple(first + math.floor(i * step) for i in range(count))


def fade_away(keys: tuple[Key, ...], *, start: int, frames: int) -> tuple[Key, ...]:
    """Return the keys up to `start` (or the arrival, if that is later), then a fade to nothing where the layer is."""
    start = max(start, settled_frame(keys))
    kept = tuple(key for key in keys if key.frame <= start)
    rest = kept[-1].model_copy(update={"frame": start, "ease": Ease.LINEAR})
    gone = rest.model_copy(update={"frame": start + frames, "opacity": 0.0, "ease": Ease.IN_OUT})
    return (*kept, rest, gone) if kept[-1].frame < start else (*kept, gone)


def settled_frame(keys: tuple[Key, ...]) -> int:
    """Return the first frame from which a layer is fully opaque and stays so."""
    return next((key.frame for key in keys if key.opacity >= 1.0), keys[-1].frame)


def _whole(box: Rect) -> Rect:
    left, top = math.floor(box.x), math.floor(box.y)
    return Rect(left, top, math.ceil(box.right) - left, math.ceil(box.bottom) - top)

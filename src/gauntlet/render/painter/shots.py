"""Frames of a shot as the film shows them: its own layers, and while it comes in those of the shot before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from gauntlet.core.creative.brief import Transition
from gauntlet.core.ids import Digest
from gauntlet.render.footage import clips_of
from gauntlet.render.painter.easing import ease
from gauntlet.render.painter.planes import Yuv, empty
from gauntlet.render.painter.sources import Sources
from gauntlet.render.painter.sprites import Bitmaps
from gauntlet.render.painter.stack import StackPainter
from gauntlet.render.timeline import Ease, PictureContent, Shot, Timeline

PAINTER_VERSION: Final = 1
"""Raised whenever the same timeline would give other pixels, so that kept shots are not reused."""

_bitmaps = Bitmaps()


@dataclass(frozen=True, slots=True, eq=False)
class _Leaving:
    """The shot before, while it is still seen: painted from its `first_frame` on into `frame`, beside the `own` one."""

    stack: StackPainter
    first_frame: int
    frame: Yuv
    own: Yuv


class ShotPainter:
    """Paints the frames of one shot, from 0 to its duration, best in increasing order: onto `canvas` if given."""

    def __init__(
        self,
        timeline: Timeline,
        shot_index: int,
        pictures: Mapping[Digest, bytes],
        *,
        fonts: Sequence[Path] | None = None,
        canvas: Yuv | None = None,
    ) -> None:
        self._timeline = timeline
        self._shot = timeline.shots[shot_index]
        self._sources = Sources(pictures) if fonts is None else Sources(pictures, fonts)
        self._own = self._stack(self._shot)
        self._frame = canvas or empty(timeline.width, timeline.height)
        self._before: _Leaving | None = None
        if shot_index > 0 and overlap_frames(self._shot) > 0:
            earlier = timeline.shots[shot_index - 1]
            planes = (empty(timeline.width, timeline.height), empty(timeline.width, timeline.height))
            self._before = _Leaving(self._stack(earlier), earlier.duration_frames, *planes)

    def paint(self, frame: int) -> Yuv:
        """Return the frame; its planes are for reading only, and overwritten by the next call.

        Raises RenderFailed when a layer cannot be drawn.
        """
        before = self._before
        if before is not None and frame < overlap_frames(self._shot):
            self._own.paint(frame, before.own)
            before.stack.paint(before.first_frame + frame, before.frame)
            _join(self._shot.transition, progress(self._shot, frame), before.frame, before.own, self._frame)
            return self._frame
        if before is not None:
            self._before = None
            self._own.move()
        self._own.paint(frame, self._frame)
        return self._frame

    def _stack(self, shot: Shot) -> StackPainter:
        return StackPainter(
            shot.layers,
            width=self._timeline.width,
            height=self._timeline.height,
            duration_frames=shot.duration_frames,
            sources=self._sources,
            bitmaps=_bitmaps,
        )


def overlap_frames(shot: Shot) -> int:
    """Return for how many frames of the shot the one before is still seen."""
    return 0 if shot.transition is Transition.CUT else min(shot.transition_frames, shot.duration_frames)


def pictures_of(timeline: Timeline, shot_index: int, pictures: Mapping[Digest, bytes]) -> dict[Digest, bytes]:
    """Return those of `pictures` that the shot takes: its own, and those of the one before while that is seen.

    Footage is among them, by its clips' keys.
    """
    shots = [timeline.shots[shot_index]]
    if shot_index > 0 and overlap_frames(shots[0]) > 0:
        shots.append(timeline.shots[shot_index - 1])
    contents = [layer.content for shot in shots for layer in shot.layers]
    wanted = {content.digest for content in contents if isinstance(content, PictureContent)}
    wanted |= {order.key for order in clips_of(shots)}
    return {digest: data for digest, data in pictures.items() if digest in wanted}


def progress(shot: Shot, frame: int) -> float:
    """Return how far the shot has come in at one of its overlapping frames: over 0 and under 1 at all of them."""
    return ease(Ease.IN_OUT, (frame + 1) / (overlap_frames(shot) + 1))


def push_offset(width: int, way: float) -> int:
    """Return by how many pixels, an even number, the picture has moved to the left."""
    return 2 * round(width * way / 2)


def _join(transition: Transition, way: float, old: Yuv, new: Yuv, out: Yuv) -> None:
    for before, after, target in zip(old.planes, new.planes, out.planes, strict=True):
        if transition is Transition.DISSOLVE:
            cv2.addWeighted(before, 1 - way, after, way, 0, dst=target)
            continue
        width = target.shape[1]
        moved = push_offset(old.y.shape[1], way) * width // old.y.shape[1]
        np.copyto(target[:, : width - moved], before[:, moved:])
        np.copyto(target[:, width - moved :], after[:, :moved])

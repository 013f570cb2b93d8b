"""A shot's layers painted over one another, doing again from frame to frame only what changed."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from gauntlet.render.painter.easing import Pose, pose_at
from gauntlet.render.painter.footage import FootageSprite
from gauntlet.render.painter.planes import Plane, Yuv, Yuva, empty
from gauntlet.render.painter.sources import Sources
from gauntlet.render.painter.sprites import Bitmaps, Placed, Rect, Sprite, blend
from gauntlet.render.timeline import FootageContent, Layer

_INVISIBLE: Final = 1 / 512
_LASTING_FRAMES: Final = 4
"""Layers that rest at least this long together are worth merging into one."""

Entry = tuple[int, Pose]


class StackPainter:
    """Paints one shot's own layers, at any frame from its first, in increasing order for speed.

    Layers that are there at the shot's last frame go on being painted past it.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        *,
        width: int,
        height: int,
        duration_frames: int,
        sources: Sources,
        bitmaps: Bitmaps,
    ) -> None:
        canvas = Rect(0, 0, width, height)
        self._duration_frames = duration_frames
        self._sprites = [
            _sprite_class(layer)(layer, canvas=canvas, sources=sources, bitmaps=bitmaps, is_ground=place == 0)
            for place, layer in enumerate(layers)
        ]
        self._painted: tuple[Entry, ...] | None = None
        self._base: Yuv | None = None
        self._base_of: tuple[Entry, ...] = ()
        self._merged: dict[tuple[Entry, ...], list[Placed]] = {}

    def paint(self, frame: int, out: Yuv) -> bool:
        """Paint the frame into `out`; False when `out` was left alone, being the last frame painted already.

        `out` must be the same from call to call, unless `move` comes between.
        """
        entries = self._entries(frame)
        if entries == self._painted:
            return False
        still = self._still_from(entries, frame)
        begin = self._lay_base(entries, still, out)
        for run, rests in _runs(entries[begin:], still[begin:]):
            for placed in self._placed(run, rests=rests):
                _lay(placed, out)
        self._painted = entries
        return True

    def move(self) -> None:
        """Expect another `out`, of which nothing is known, at the next call."""
        self._painted = None

    def _entries(self, frame: int) -> tuple[Entry, ...]:
        """Return the visible layers at a frame, bottom first, without those that are wholly hidden."""
        shown: list[Entry] = []
        for place, sprite in enumerate(self._sprites):
            if not self._is_on(sprite.layer, frame) and place > 0:
                continue
            pose = pose_at(sprite.layer, frame)
            if pose.opacity <= _INVISIBLE and place > 0:
                continue
            if sprite.hides_all_below(pose):
                shown.clear()
            shown.append((place, pose))
        return tuple(shown)

    def _is_on(self, layer: Layer, frame: int) -> bool:
        stays = layer.last_frame >= self._duration_frames - 1
        return layer.first_frame <= frame and (stays or frame <= layer.last_frame)

    def _still_from(self, entries: tuple[Entry, ...], frame: int) -> tuple[bool, ...]:
        """Say of each entry whether it stays as it is for some frames."""
        return tuple(
            all(
                self._is_on(self._sprites[place].layer, later) and pose_at(self._sprites[place].layer, later) == pose
                for later in range(frame + 1, frame + _LASTING_FRAMES)
            )
            for place, pose in entries
        )

    def _lay_base(self, entries: tuple[Entry, ...], still: tuple[bool, ...], out: Yuv) -> int:
        """Begin `out` with what lies lowest and rests; return how many entries that were."""
        count = next((place for place, rests in enumerate(still) if not rests), len(entries))
        known = len(self._base_of)
        if self._base and known and entries[:known] == self._base_of:
            self._base.copy_to(out)
        else:
            known = 1
            ground, pose = entries[0]
            self._sprites[ground].paint_ground(pose, out)
            self._base_of = ()
        if count <= known and self._base_of:
            return known
        for place, pose in entries[known:count]:
            placed = self._sprites[place].place(pose, kept=False)
            if placed is not None:
                _lay(placed, out)
        if count:
            self._base = self._base or empty(out.y.shape[1], out.y.shape[0])
            out.copy_to(self._base)
        self._base_of = entries[:count]
        return max(known, count)

    def _placed(self, run: tuple[Entry, ...], *, rests: bool) -> list[Placed]:
        """Return a run's pixels: of one moving layer, or of resting ones merged, which are kept."""
        if run in self._merged:
            return self._merged[run]
        found = [self._sprites[place].place(pose, kept=rests) for place, pose in run]
        placed = merged([one for one in found if one is not None])
        if rests:
            # Runs follow one another in time: only the latest with the same lowest layer can come again.
            self._merged = {other: kept for other, kept in self._merged.items() if other[0][0] != run[0][0]}
            self._merged[run] = placed
        return placed


def _sprite_class(layer: Layer) -> type[Sprite]:
    return FootageSprite if isinstance(layer.content, FootageContent) else Sprite


def merged(placed: Sequence[Placed]) -> list[Placed]:
    """Return the same picture in fewer pieces: neighbours are joined where that makes no more pixels."""
    pieces: list[Placed] = []
    for piece in placed:
        around = _around(pieces[-1].rect, piece.rect) if pieces else piece.rect
        if pieces and around.area <= pieces[-1].rect.area + piece.rect.area:
            pieces[-1] = _joined(pieces[-1], piece, around)
        else:
            pieces.append(piece)
    return pieces


def _joined(below: Placed, above: Placed, rect: Rect) -> Placed:
    out = empty(rect.width, rect.height)
    through, through_chroma = np.full_like(out.y, 255), np.full_like(out.u, 255)
    for plane in out.planes:
        plane[:] = 0
    for piece in (below, above):
        windows = _windows(out, piece.rect, rect)
        for target, (colour, passed) in zip(windows.planes, piece.pixels.layers, strict=True):
            blend(target, colour, passed)
        _dim(through, piece.pixels.through, piece.rect, rect, every=1)
        _dim(through_chroma, piece.pixels.through_chroma, piece.rect, rect, every=2)
    return Placed(rect, Yuva(out, through, through_chroma))


def _dim(
    through: Plane,
    passed: Plane | None,
    part: Rect,
    whole: Rect,
    *,
    every: int,
) -> None:
    y, x = (part.y - whole.y) // every, (part.x - whole.x) // every
    window = through[y : y + part.height // every, x : x + part.width // every]
    # Over nothing, what lets light through is blended like a colour that is 0.
    blend(window, np.zeros_like(window), np.zeros_like(window) if passed is None else passed)


def _runs(entries: tuple[Entry, ...], still: tuple[bool, ...]) -> list[tuple[tuple[Entry, ...], bool]]:
    """Split into moving entries, each alone, and runs of resting ones (True)."""
    runs: list[tuple[tuple[Entry, ...], bool]] = []
    for entry, rests in zip(entries, still, strict=True):
        if rests and runs and runs[-1][1]:
            runs[-1] = ((*runs[-1][0], entry), True)
        else:
            runs.append(((entry,), rests))
    return runs


def _around(a: Rect, b: Rect) -> Rect:
    x, y = min(a.x, b.x), min(a.y, b.y)
    return Rect(x, y, max(a.x + a.width, b.x + b.width) - x, max(a.y + a.height, b.y + b.height) - y)


def _lay(placed: Placed, out: Yuv) -> None:
    windows = _windows(out, placed.rect, Rect(0, 0, out.y.shape[1], out.y.shape[0]))
    for target, (colour, through) in zip(windows.planes, placed.pixels.layers, strict=True):
        blend(target, colour, through)


def _windows(frame: Yuv, part: Rect, whole: Rect) -> Yuv:
    x, y = part.x - whole.x, part.y - whole.y
    half = (slice(y // 2, (y + part.height) // 2), slice(x // 2, (x + part.width) // 2))
    return Yuv(frame.y[y : y + part.height, x : x + part.width], frame.u[half], frame.v[half])

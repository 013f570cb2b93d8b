"""A film's frames and sounds by the second, decoded one after another; and where in it an ad should look."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, BinaryIO, Final, Self, cast

import numpy as np
from av.error import FFmpegError
from pydantic import Field

from gauntlet.core.errors import InvalidInput
from gauntlet.core.schema import Schema
from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.streams import Reel, opened

_TICK_S: Final = 0.005
"""A frame is shown from this little before its own time on: some containers round times to milliseconds."""

_ACROSS_PX: Final = 64
_FLAT: Final = 6.0
"""Black, white, and one colour alone have less contrast than this, also with grain; a night sky has more."""

_LOOKS: Final = 3
_WATCHED_MS: Final = 20_000
"""A film up to this long is watched once through, since it may have one keyframe; into longer ones a few looks do."""

_GLANCE_FRAMES: Final = 60
"""Frames decoded at most for one look: where keyframes are far apart it is a look at something earlier."""

_TAKEN_SLACK: Final = 0.1
_PLACES: Final = (0.5, 0.35, 0.65, 0.2, 0.8, 0.08, 0.92)
"""Where a stretch may lie in what is left of the film beside it, best first: the middle shows what a film is of."""


class StretchWish(Schema):
    """A stretch of a film is wanted: how long, and which stretches are shown elsewhere already."""

    length_ms: int = Field(gt=0)
    duration_ms: int = Field(gt=0)
    taken_ms: tuple[tuple[int, int], ...] = ()


class Stretch(Schema):
    """A stretch of a film."""

    start_ms: int = Field(ge=0)
    length_ms: int = Field(gt=0)


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A decoded frame and when it begins to be shown, in seconds from the film's start."""

    time_s: float
    frame: Any


class TrackReader:
    """One track of an opened file, decoded from any second on."""

    def __init__(self, container: Any, stream: Any) -> None:
        self._container = container
        self._stream = stream
        self._time_base: Fraction = stream.time_base
        self._begin: int = stream.start_time or 0

    @classmethod
    def sound_of(cls, reel: Reel) -> Self:
        """Return the main sound; raises InvalidInput where there is none."""
        if reel.sound is None:
            raise InvalidInput("The file has no sound.", next_step="Use a file that has.")
        return cls(reel.container, reel.sound)

    def from_time(self, start_s: float) -> Iterator[tuple[float, Any]]:
        """Yield (seconds, frame) in order, beginning with the frame that is running at `start_s`, or before it.

        Ends at the first damage after something was decoded.
        """
        self._seek(start_s)
        decoded = self._decoded()
        first = next(decoded, None)
        if start_s > 0 and (first is None or first[0] > start_s + _TICK_S):
            # Some files seek to a place behind the one asked for; their beginning is found always.
            self._seek(0)
            yield from self._decoded()
        elif first is not None:
            yield first
            yield from decoded

    def _seek(self, time_s: float) -> None:
        self._container.seek(self._begin + int(time_s / self._time_base), stream=self._stream, backward=True)

    def _decoded(self) -> Iterator[tuple[float, Any]]:
        yielded = False
        at_s = 0.0
        try:
            for frame in self._container.decode(self._stream):
                if frame.pts is not None:
                    at_s = float((frame.pts - self._begin) * self._time_base)
                yielded = True
                yield at_s, frame
        except FFmpegError:
            if not yielded:
                raise


class VideoTrack(TrackReader):
    """A film's picture."""

    @classmethod
    def of(cls, reel: Reel) -> Self:
        """Return the main film; raises InvalidInput where there is none."""
        if reel.picture is None:
            raise InvalidInput("The file has no moving picture.", next_step="Use a film.")
        cast(Any, reel.picture).thread_type = "NONE"
        return cls(reel.container, reel.picture)

    def glance(self, at_s: float) -> Any:
        """Return a frame from about that second, cheaply: few are decoded to get there; None where there is none."""
        self._seek(at_s)
        last = None
        for at, frame in itertools.islice(self._decoded(), _GLANCE_FRAMES):
            last = frame
            if at >= at_s:
                break
        return last

    def shown_at(self, times_s: Iterable[float]) -> Iterator[Moment]:
        """Yield what is shown at each of the rising times; past the end, the last frame there is."""
        times = iter(times_s)
        first_s = next(times, None)
        if first_s is None:
            return
        decoded = (Moment(at_s, frame) for at_s, frame in self.from_time(first_s))
        shown = next(decoded, None)
        if shown is None:
            raise InvalidInput(
                "The film has no picture where it is to be shown.", next_step="Use another film, or upload it again."
            )
        upcoming = next(decoded, None)
        for time_s in (first_s, *times):
            while upcoming is not None and upcoming.time_s <= time_s + _TICK_S:
                shown, upcoming = upcoming, next(decoded, None)
            yield shown


def choose_stretch(file: BinaryIO, wish: StretchWish) -> Stretch:
    """Return the stretch of the film to show: not what is taken already, near the middle, neither dark nor empty.

    A film shorter than the wish is taken whole.
    """
    spare_ms = wish.duration_ms - wish.length_ms
    if spare_ms <= 0:
        return Stretch(start_ms=0, length_ms=wish.duration_ms)
    starts = sorted((round(spare_ms * place) for place in _PLACES), key=lambda start: _taken_share(start, wish))
    most = _taken_share(starts[0], wish) + _TAKEN_SLACK
    free = [start for start in starts if _taken_share(start, wish) <= most]
    best, best_looks = free[0], -1
    with opened(file, limits=InspectionLimits()) as reel:
        track = VideoTrack.of(reel)
        seen = _watched(track, free, wish) if wish.duration_ms <= _WATCHED_MS else {}
        for start in free:
            times_s = _looks(start, wish)
            looks = sum(seen[at_s] if seen else _shows_something(track.glance(at_s)) for at_s in times_s)
            if looks > best_looks:
                best, best_looks = start, looks
            if looks == _LOOKS:
                break
    return Stretch(start_ms=best, length_ms=wish.length_ms)


def _watched(track: VideoTrack, starts: Iterable[int], wish: StretchWish) -> dict[float, bool]:
    """Return of every look whether something is to be seen there, having watched the film once through."""
    times_s = sorted({at_s for start in starts for at_s in _looks(start, wish)})
    return {at_s: _shows_something(moment.frame) for at_s, moment in zip(times_s, track.shown_at(times_s), strict=True)}


def _taken_share(start_ms: int, wish: StretchWish) -> float:
    end_ms = start_ms + wish.length_ms
    return sum(max(0, min(end_ms, end) - max(start_ms, begin)) for begin, end in wish.taken_ms) / wish.length_ms


def _looks(start_ms: int, wish: StretchWish) -> tuple[float, ...]:
    end_ms = start_ms + wish.length_ms - 100
    return tuple(max(0, start_ms + (end_ms - start_ms) * look / (_LOOKS - 1)) / 1_000 for look in range(_LOOKS))


def _shows_something(frame: Any) -> bool:
    if frame is None:
        return False
    small = np.asarray(frame.reformat(width=_ACROSS_PX, height=_ACROSS_PX, format="gray").to_ndarray())
    return float(small.std()) > _FLAT

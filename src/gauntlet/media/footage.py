"""A film's frames and sounds by the second, decoded one after another; and where in it an ad should look."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, BinaryIO, Final, Self, cast

import av
import numpy as np
from av.error import FFmpegError
from pydantic import Field

from gauntlet.core.errors import InvalidInput
from gauntlet.core.schema import Schema

_TICK_S: Final = 1 / 60
"""A frame is shown from half a frame of the ad before its own time on: at the nearest moment there is."""

_ACROSS_PX: Final = 64
_DARK: Final = 24.0
_FLAT: Final = 4.0
_LOOKS: Final = 3
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


@contextmanager
def opened(file: BinaryIO) -> Generator[Any]:
    """Open a film or a sound; raises InvalidInput where it is none that can be read."""
    file.seek(0)
    try:
        container = cast(Any, av.open(file, metadata_errors="replace", options={"protocol_whitelist": ""}))
    except (FFmpegError, ValueError) as error:
        raise unreadable(error) from error
    with container:
        yield container


def unreadable(error: Exception) -> InvalidInput:
    """Return the error for media that were accepted once and do not decode now."""
    return InvalidInput(
        f"The file cannot be decoded: {str(error)[:200] or type(error).__name__}.",
        next_step="Save it again as an ordinary MP4 (H.264) or MP3, upload that and use it instead.",
    )


class TrackReader:
    """One track of an opened file, decoded from any second on."""

    def __init__(self, container: Any, stream: Any) -> None:
        self._container = container
        self._stream = stream
        self._time_base: Fraction = stream.time_base
        self._begin: int = stream.start_time or 0

    @classmethod
    def sound_of(cls, container: Any) -> Self:
        """Return the first track with sound; raises InvalidInput where there is none."""
        return cls._first(container, "audio", "sound")

    @classmethod
    def _first(cls, container: Any, kind: str, noun: str) -> Self:
        streams = getattr(container.streams, kind)
        if not streams:
            raise InvalidInput(f"The file has no {noun}.", next_step=f"Use a file that has {noun}.")
        return cls(container, streams[0])

    def from_time(self, start_s: float) -> Iterator[tuple[float, Any]]:
        """Yield (seconds, frame) in order, beginning with the frame that is running at `start_s`, or before it.

        Ends at the first damage after something was decoded.
        """
        self._seek(start_s)
        first = next(self._decoded(), None)
        if first is not None and first[0] > start_s + 1 / 24 and start_s > 0:
            # Some files seek to a place behind the one asked for; their beginning is found always.
            self._seek(0)
        elif first is not None:
            yield first
        yield from self._decoded()

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
    def of(cls, container: Any) -> Self:
        """Return the first track with a moving picture; cover art is none."""
        streams = [one for one in container.streams.video if not _is_cover(one)]
        if not streams:
            raise InvalidInput("The file has no moving picture.", next_step="Use a film.")
        streams[0].thread_type = "NONE"
        return cls(container, streams[0])

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


def _is_cover(stream: Any) -> bool:
    return bool(int(stream.disposition) & 0x400)  # AV_DISPOSITION_ATTACHED_PIC


def choose_stretch(file: BinaryIO, wish: StretchWish) -> Stretch:
    """Return the stretch of the film to show: near its middle, neither dark nor empty, not what is taken already.

    Where no place is better than another, the middle; a film shorter than the wish is taken whole.
    """
    spare_ms = wish.duration_ms - wish.length_ms
    if spare_ms <= 0:
        return Stretch(start_ms=0, length_ms=wish.duration_ms)
    starts = [round(spare_ms * place) for place in _PLACES]
    best, best_worth = starts[0], (-2.0, 0)
    with opened(file) as container:
        track = VideoTrack.of(container)
        for start in starts:
            worth = _worth(track, start, wish)
            if worth > best_worth:
                best, best_worth = start, worth
            if worth == (0.0, _LOOKS):
                break
    return Stretch(start_ms=best, length_ms=wish.length_ms)


def _worth(track: VideoTrack, start_ms: int, wish: StretchWish) -> tuple[float, int]:
    """Return how well a stretch suits: how little of it is taken, and how many of the looks into it show something."""
    end_ms = start_ms + wish.length_ms
    taken = sum(max(0, min(end_ms, end) - max(start_ms, begin)) for begin, end in wish.taken_ms)
    looks = (start_ms, (start_ms + end_ms) // 2, end_ms - 100)
    return -round(taken / wish.length_ms, 1), sum(_shows_something(track, max(0, look) / 1_000) for look in looks)


def _shows_something(track: VideoTrack, at_s: float) -> bool:
    try:
        moment = next(track.shown_at([at_s]))
    except (FFmpegError, InvalidInput):
        return False
    small = np.asarray(moment.frame.reformat(width=_ACROSS_PX, height=_ACROSS_PX, format="gray").to_ndarray())
    return float(small.mean()) > _DARK and float(small.std()) > _FLAT

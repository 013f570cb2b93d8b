"""The mixer for what was recorded: the client's own music as the bed, and footage heard over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gauntlet.render.mixer.mastering import Fade, finish, loud_rms
from gauntlet.render.mixer.signal import SAMPLE_RATE, Audio, Curve, decibels

_SEAM_S: Final = 2.0
_CLOSING_S: Final = 2.0
_OPENING_S: Final = 0.01
_OWN_END_S: Final = 0.05
DUCK_DB: Final = -11.0
DUCK_RAMP_S: Final = 0.3
_EDGE_S: Final = 0.08
_EVEN_RMS: Final = decibels(-18.0)
_MOST_GAIN_DB: Final = 18.0
_SILENT_RMS: Final = decibels(-60.0)


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """A film's own sound, `(2, samples)`, and the sample of the ad at which it begins."""

    sound: Audio
    start: int


def lay_bed(track: Audio, *, length: int, is_whole: bool) -> Audio:
    """Return the track from its beginning, `length` samples: cut, or repeated with a crossfade until it is enough.

    A whole one is never repeated: it ends, and silence follows.
    """
    if track.shape[1] >= length:
        return track[:, :length].copy()
    if is_whole:
        ended = track * _closing(track.shape[1], round(_OWN_END_S * SAMPLE_RATE))
        return np.pad(ended, ((0, 0), (0, length - track.shape[1])))
    return _repeated(track, length)


def _repeated(track: Audio, length: int) -> Audio:
    count = track.shape[1]
    seam = min(round(_SEAM_S * SAMPLE_RATE), count // 4)
    out = np.zeros((2, length), np.float32)
    coming = np.sin(np.linspace(0, np.pi / 2, seam)).astype(np.float32)
    start = 0
    while start < length:
        piece = track.copy()
        if start > 0:
            piece[:, :seam] *= coming
        piece[:, count - seam :] *= coming[::-1]
        taken = min(count, length - start)
        out[:, start : start + taken] += piece[:, :taken]
        start += count - seam
    return out


def mix_recorded(
    bed: Audio, heard: Sequence[Heard], *, is_ducked: bool, ends_by_itself: bool = False
) -> NDArray[np.float32]:
    """Return bed and footage as `(samples, 2)`: as loud as every film of ours, fading out over its last 2 s.

    Where footage is heard the bed goes down by 11 dB, if it is to be ducked. Changes `bed`.
    """
    length = bed.shape[1]
    audible = [one for one in heard if one.sound.shape[1] and loud_rms(one.sound) > _SILENT_RMS]
    if audible:
        bed *= np.float32(_gain_to_even(bed))
        if is_ducked:
            bed *= _ducking(audible, length)
        for one in audible:
            taken = min(one.sound.shape[1], length - one.start)
            edge = min(round(_EDGE_S * SAMPLE_RATE), taken // 2)
            bed[:, one.start : one.start + taken] += (
                one.sound[:, :taken]
                * np.float32(_gain_to_even(one.sound))
                * _closing(taken, edge)
                * _closing(taken, edge)[::-1]
            )
    closing = _OWN_END_S if ends_by_itself else min(_CLOSING_S, length / SAMPLE_RATE / 4)
    return finish(bed, fade=Fade(opening=round(_OPENING_S * SAMPLE_RATE), closing=max(2, round(closing * SAMPLE_RATE))))


def _gain_to_even(sound: Audio) -> float:
    """Return what brings the sound to the level at which bed and footage are mixed."""
    return min(decibels(_MOST_GAIN_DB), _EVEN_RMS / max(loud_rms(sound), 1e-9))


def _ducking(heard: Sequence[Heard], length: int) -> Curve:
    gain = np.ones(length, np.float32)
    low = decibels(DUCK_DB)
    ramp = round(DUCK_RAMP_S * SAMPLE_RATE)
    places = np.arange(length, dtype=np.float64)
    for one in heard:
        end = one.start + one.sound.shape[1]
        shape = np.interp(places, [one.start - ramp, one.start, end, end + ramp], [1.0, low, low, 1.0])
        np.minimum(gain, shape.astype(np.float32), out=gain)
    return gain


def _closing(length: int, fade: int) -> Curve:
    curve = np.ones(length, np.float32)
    if fade:
        curve[length - fade :] = np.cos(np.linspace(0, np.pi / 2, fade)).astype(np.float32)
    return curve

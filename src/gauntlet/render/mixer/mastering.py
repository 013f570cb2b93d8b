"""Mastering: tone, width, loudness, peaks, fades. Sound is float32 `(2, samples)` inside."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gauntlet.render.mixer.loudness import gated_loudness, k_weighted_power, mean_steps, true_peaks
from gauntlet.render.mixer.signal import (
    SAMPLE_RATE,
    Audio,
    Curve,
    bins,
    decibels,
    high_pass,
    low_pass,
    moving_average,
    polyline,
    sliding_maximum,
    zero_phase,
)

TARGET_LUFS: Final = -14.0
"""What social platforms normalise to."""

CEILING_DBTP: Final = -1.0
"""Highest true peak of the film's file."""

_LIMIT_DBTP: Final = -2.1
"""Where the limiter holds: AAC at 192 kbit/s was seen to add up to 1.1 dB to these beds' sharpest transients."""

_BLOCK: Final = 32
"""Samples whose gain is decided together: two thirds of a millisecond."""

_BLOCKS_A_STEP: Final = SAMPLE_RATE // 10 // _BLOCK
_LOOKAHEAD: Final = 6
_RELEASE: Final = 120
_ROUNDS: Final = 10
_CLOSE_ENOUGH_LU: Final = 0.05
_MOST_GAIN_DB: Final = 60.0
_ROUGH_RMS: Final = decibels(-16.0)
_KNEE: Final = np.float32(0.4)

_BINS: Final = 2_049
_LOWEST_HZ: Final = 30.0
_HIGHEST_HZ: Final = 17_500.0
_MONO_BELOW_HZ: Final = 130.0
_OCTAVES_HZ: Final = (62.5, 125.0, 250.0, 500.0, 1_000.0, 2_000.0, 4_000.0, 8_000.0, 14_000.0)
_TARGET_DB: Final = (-1.0, 0.0, -2.0, -3.5, -5.0, -7.0, -9.5, -13.0, -18.0)
"""Octave bands of an ordinary pop master: about −4.5 dB an octave per hertz, that is −1.5 dB an octave by band, and
more above 4 kHz (long-term average spectra of number-one singles: Pestana et al., AES convention paper 8984, 2013)."""
_WINDOWS: Final = 90
_CORRECTION_SHARE: Final = 0.85
_MOST_CORRECTION_DB: Final = 9.0


@dataclass(frozen=True, slots=True)
class Fade:
    """How many samples the sound takes to come in and to go out."""

    opening: int
    closing: int


def master(audio: Audio, *, fade: Fade) -> NDArray[np.float32]:
    """Return the finished sound as `(samples, 2)`: −14 LUFS, at most −1 dBTP, first and last sample 0.

    Changes `audio`.
    """
    audio *= np.float32(min(decibels(_MOST_GAIN_DB), _ROUGH_RMS / max(loud_rms(audio), 1e-9)))
    _saturate(audio)
    return finish(_toned(audio), fade=fade)


def finish(audio: Audio, *, fade: Fade) -> NDArray[np.float32]:
    """Return a sound of its own tone as `(samples, 2)`: faded, −14 LUFS, at most −1 dBTP, first and last sample 0.

    For what is mastered already, whose balance is its maker's. Changes `audio`.
    """
    audio *= _fade_curve(audio.shape[1], fade)
    limited = _loud(audio)
    limited[:, 0] = 0
    limited[:, -1] = 0
    return np.ascontiguousarray(limited.T)


def octave_levels_db(audio: Audio) -> NDArray[np.float64]:
    """Return the mean power in dB of nine octave bands (62.5 Hz to 14 kHz) of both channels, unreferenced."""
    size = 1 << 13
    count = max(1, audio.shape[1] // size)
    padded = np.pad(audio, ((0, 0), (0, max(0, size - audio.shape[1]))))
    window = np.hanning(size).astype(np.float32)
    power = np.zeros(size // 2 + 1)
    # A sample of windows is enough for an average; drawn, because evenly spaced ones would fall in step with the beat.
    drawn = np.random.default_rng(count).permutation(count)[:_WINDOWS]
    for start in sorted(int(index) * size for index in drawn):
        power += np.square(np.abs(np.fft.rfft(padded[:, start : start + size] * window))).sum(axis=0)
    frequencies = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    bands = [power[(frequencies >= centre / 2**0.5) & (frequencies < centre * 2**0.5)].sum() for centre in _OCTAVES_HZ]
    return 10 * np.log10(np.maximum(bands, 1e-12))


def _toned(audio: Audio) -> Audio:
    """Return the sound brought most of the way to an ordinary master's balance, bass in the middle, no rumble."""
    frequencies = bins(_BINS)
    levels = octave_levels_db(audio)
    # Only shape is corrected here: loudness comes later.
    missing = np.array(_TARGET_DB) - levels
    missing -= np.average(missing, weights=(1, 2, 2, 2, 2, 2, 1, 1, 0.5))
    correction = np.clip(_CORRECTION_SHARE * missing, -_MOST_CORRECTION_DB, _MOST_CORRECTION_DB)
    gain_db = np.interp(np.log2(np.maximum(frequencies, 20)), np.log2(_OCTAVES_HZ), correction)
    shape = 10 ** (gain_db / 20) * low_pass(frequencies, cutoff_hz=_HIGHEST_HZ, order=24)
    shape *= high_pass(frequencies, cutoff_hz=_LOWEST_HZ, order=2)
    narrowed = shape * high_pass(frequencies, cutoff_hz=_MONO_BELOW_HZ, order=2)
    _turn(audio)
    zero_phase(audio, np.stack((shape, narrowed)).astype(np.float32))
    return _turn(audio)


def _turn(audio: Audio) -> Audio:
    """Turn left and right into middle and side, or back, in place: an orthogonal step that undoes itself."""
    side = (audio[0] - audio[1]) * np.float32(0.5**0.5)
    audio[0] += audio[1]
    audio[0] *= np.float32(0.5**0.5)
    audio[1] = side
    return audio


def _fade_curve(length: int, fade: Fade) -> Curve:
    curve = np.ones(length, np.float32)
    opening, closing = min(fade.opening, length), min(fade.closing, length)
    curve[:opening] *= (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, opening))).astype(np.float32)
    curve[length - closing :] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, closing))).astype(np.float32)
    return curve


def _loud(audio: Audio) -> Audio:
    """Return the sound at the target loudness under the ceiling, changing it in place.

    The gain is searched on the K-weighted power, where limiting is one factor a block: the sound itself is filtered
    and oversampled once.
    """
    peaks = _blocks(true_peaks(audio)).max(axis=1)
    power = _blocks(k_weighted_power(audio)).mean(axis=1)
    gain_db = 0.0
    curve = _limiter(peaks, gain_db=gain_db)
    for _ in range(_ROUNDS):
        loudness = gated_loudness(mean_steps(power * np.square(curve), step=_BLOCKS_A_STEP))
        missing_db = min(_MOST_GAIN_DB, TARGET_LUFS - gain_db - loudness)
        if abs(missing_db) < _CLOSE_ENOUGH_LU:
            break
        gain_db += missing_db
        curve = _limiter(peaks, gain_db=gain_db)
    centres = np.arange(len(curve), dtype=np.float64) * _BLOCK + _BLOCK / 2
    audio *= polyline(centres, curve * np.float64(decibels(gain_db)), length=audio.shape[1])
    return audio


def _blocks(values: Curve) -> NDArray[np.float32]:
    """Return the curve as `(blocks, _BLOCK)`, the last block filled up with zeros."""
    padded = np.pad(values, (0, -len(values) % _BLOCK))
    return padded.reshape(-1, _BLOCK)


def loud_rms(audio: Audio) -> float:
    """Return the RMS of the louder half of the 100 ms steps."""
    steps = np.sort(mean_steps(np.square(audio).mean(axis=0)))
    return float(np.sqrt(steps[len(steps) // 2 :].mean())) if len(steps) else 0.0


def _saturate(audio: Audio) -> None:
    """Round off, in place, what rises over the knee towards full scale: drums' peaks, as a desk's bus would.

    Before the tone is set, so that what it adds above the audible is filtered out again.
    """
    over = np.abs(audio) > _KNEE
    high = audio[over]
    room = np.float32(1 - _KNEE)
    audio[over] = np.sign(high) * (_KNEE + room * np.tanh((np.abs(high) - _KNEE) / room))


def _limiter(peaks: Curve, *, gain_db: float) -> Curve:
    """Return for each block the gain (at most 1) that keeps `peaks` times `gain_db` under the limit.

    Reduction starts `_LOOKAHEAD` blocks before a peak, is complete at it, and lets go within `_RELEASE`: a running
    maximum of the reduction, held, then averaged over less than it was held for, so never short of what a peak in reach
    needs. One more block on either side covers the way from a block's middle to the next one's.
    """
    wanted = np.minimum(1.0, decibels(_LIMIT_DBTP - gain_db) / np.maximum(peaks, 1e-9)).astype(np.float32)
    reduction = np.pad(np.float32(1.0) - wanted, (_RELEASE, 0))
    held = sliding_maximum(reduction, _RELEASE + _LOOKAHEAD + 2)[: len(peaks)]
    return np.float32(1.0) - moving_average(held, _LOOKAHEAD)

"""Signal arithmetic that instruments, mix and mastering share; audio is float32 `(2, samples)` at 48 kHz inside."""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE: Final = 48_000
"""Samples a second of everything the mixer makes or measures."""

Audio = NDArray[np.float32]
"""Sound: `(2, samples)` unless a function says otherwise, full scale ±1."""

Curve = NDArray[np.float32]
"""One value a sample (a gain, an envelope) or a frequency."""

_BLOCK: Final = 1 << 16


def decibels(value: float) -> float:
    """Return the linear amplitude gain of `value` dB."""
    return 10.0 ** (value / 20.0)


def frequency(midi: float) -> float:
    """Return the hertz of a MIDI note number in equal temperament, A4 = 69 = 440 Hz."""
    return 440.0 * 2.0 ** ((midi - 69.0) / 12.0)


def convolve(audio: Audio, kernels: NDArray[np.float32], *, advance: int = 0) -> Audio:
    """Convolve each channel with its kernel (overlap-add) in place, and return it.

    `kernels` is `(2, taps)`, or `(1, taps)` for both channels alike; the result comes `advance` samples (fewer than
    `taps`) early. In place because a long film's buses are most of the memory that mixing takes.
    """
    taps = kernels.shape[1]
    size = max(_BLOCK, 1 << (2 * taps - 1).bit_length())
    hop = size - taps + 1
    response = np.fft.rfft(kernels, size)
    length = audio.shape[1]
    carry = np.zeros((audio.shape[0], taps - 1), np.float32)
    for start in range(0, length + advance, hop):
        block = np.fft.irfft(np.fft.rfft(audio[:, start : start + hop], size) * response, size)
        block[:, : taps - 1] += carry
        carry = block[:, hop:]
        # What is written lies `advance` before what was just read, so nothing unread is lost.
        low, high = max(0, start - advance), min(start - advance + hop, length)
        if high > low:
            audio[:, low:high] = block[:, low - start + advance : high - start + advance]
    return audio


def zero_phase(audio: Audio, magnitudes: NDArray[np.float32]) -> Audio:
    """Filter in place with a linear-phase kernel whose delay is taken out again, and return the audio.

    `magnitudes` is `(1 or 2, bins)`: linear gains at `bins` frequencies evenly spaced from 0 to half the sample rate.
    """
    taps = 2 * (magnitudes.shape[1] - 1)
    kernels = np.fft.irfft(magnitudes.astype(np.complex64), taps)
    centred = np.roll(kernels, taps // 2, axis=1) * np.hanning(taps + 1)[:-1].astype(np.float32)
    return convolve(audio, centred.astype(np.float32), advance=taps // 2)


@cache
def bins(count: int) -> Curve:
    """Return the `count` frequencies in hertz that `zero_phase` takes its magnitudes at; do not write to it."""
    return np.linspace(0, SAMPLE_RATE / 2, count, dtype=np.float32)


def low_pass(frequencies: Curve, *, cutoff_hz: float, order: int) -> Curve:
    """Return the magnitude of a Butterworth low-pass: −3 dB at `cutoff_hz`, falling 6·`order` dB an octave."""
    return (1.0 / np.sqrt(1.0 + (frequencies / np.float32(cutoff_hz)) ** (2 * order))).astype(np.float32)


def high_pass(frequencies: Curve, *, cutoff_hz: float, order: int) -> Curve:
    """Return the magnitude of a Butterworth high-pass: −3 dB at `cutoff_hz`, rising 6·`order` dB an octave."""
    ratio = (frequencies / np.float32(cutoff_hz)) ** (2 * order)
    return np.sqrt(ratio / (1.0 + ratio)).astype(np.float32)


def polyline(places: NDArray[np.float64], values: NDArray[np.float64], *, length: int) -> Curve:
    """Return `length` samples on straight lines through `values` at rising sample `places`, level outside them."""
    out = np.empty(length, np.float32)
    # Piece by piece, because the interpolation works in 64 bits.
    for start in range(0, length, _BLOCK):
        end = min(start + _BLOCK, length)
        out[start:end] = np.interp(np.arange(start, end), places, values)
    return out


def sliding_maximum(values: Curve, width: int) -> Curve:
    """Return for each place the maximum of the `width` values from it onward (fewer at the end)."""
    out = values.copy()
    reach = 1
    while reach < width:
        step = min(reach, width - reach)
        out[:-step] = np.maximum(out[:-step], out[step:])
        reach += step
    return out


def moving_average(values: Curve, width: int) -> Curve:
    """Return for each place the mean of the `width` values up to it; before the start counts as the first value."""
    padded = np.concatenate((np.full(width, values[0], np.float64), values))
    total = np.cumsum(padded)
    return ((total[width:] - total[:-width]) / width).astype(np.float32)


def fade_edges(audio: Audio, *, attack_s: float, release_s: float) -> Audio:
    """Return the sound with raised-cosine edges, so that it starts and ends at exactly 0; changes it in place."""
    for seconds, rising in ((attack_s, True), (release_s, False)):
        count = min(audio.shape[1], max(2, round(seconds * SAMPLE_RATE)))
        ramp = (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, count))).astype(np.float32)
        if rising:
            audio[:, :count] *= ramp
        else:
            audio[:, -count:] *= ramp[::-1]
    return audio


def decay(count: int, seconds: float) -> Curve:
    """Return an exponential that falls by 60 dB in `seconds`, `count` samples long, from 1."""
    return np.exp(np.arange(count, dtype=np.float32) * np.float32(-6.9078 / (seconds * SAMPLE_RATE)))

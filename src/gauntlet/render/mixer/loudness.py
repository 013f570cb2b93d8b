"""Loudness and true peak of 48 kHz stereo after ITU-R BS.1770-4 (10/2015)."""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gauntlet.core.errors import InvalidInput
from gauntlet.render.mixer.signal import SAMPLE_RATE, Audio, Curve, convolve

_SHELF: Final = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
"""BS.1770-4 table 1: numerator and denominator of the head-effect shelf at 48 kHz."""

_HIGH_PASS: Final = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""BS.1770-4 table 2: numerator and denominator of the RLB high-pass at 48 kHz."""

_KERNEL_TAPS: Final = 1 << 14
"""K-weighting rings for about 40 ms before it is 100 dB down; this is 341 ms."""

_STEP: Final = SAMPLE_RATE // 10
_STEPS_A_BLOCK: Final = 4
_ABSOLUTE_GATE_LUFS: Final = -70.0
_RELATIVE_GATE_LU: Final = -10.0
SILENCE_LUFS: Final = -70.0
"""What silence, and anything shorter than one gating block of 0.4 s, measures."""

_PHASES: Final = 4
_HALF_TAPS: Final = 8


@cache
def _k_kernel() -> NDArray[np.float32]:
    z = np.exp(-1j * np.linspace(0, np.pi, _KERNEL_TAPS + 1))
    response = np.ones_like(z)
    for above, below in (_SHELF, _HIGH_PASS):
        response *= np.polyval(above[::-1], z) / np.polyval(below[::-1], z)
    return np.fft.irfft(response, 2 * _KERNEL_TAPS)[np.newaxis, :_KERNEL_TAPS].astype(np.float32)


def k_weighted_power(audio: Audio) -> Curve:
    """Return the squares of the K-weighted samples of `(2, samples)` audio, both channels added."""
    weighted = convolve(audio.copy(), _k_kernel())
    np.square(weighted, out=weighted)
    return weighted[0] + weighted[1]


def mean_steps(power: Curve, *, step: int = _STEP) -> NDArray[np.float64]:
    """Return the mean of each whole 100 ms of a curve that has `step` values in 100 ms."""
    count = len(power) // step
    return power[: count * step].reshape(count, step).mean(axis=1, dtype=np.float64)


def gated_loudness(steps: NDArray[np.float64]) -> float:
    """Return integrated loudness in LUFS of 100 ms mean squares: 400 ms blocks, gates at −70 LUFS and −10 LU."""
    if len(steps) < _STEPS_A_BLOCK:
        return SILENCE_LUFS
    blocks = np.convolve(steps, np.full(_STEPS_A_BLOCK, 1 / _STEPS_A_BLOCK), "valid")
    loud = blocks[blocks > 10 ** ((_ABSOLUTE_GATE_LUFS + 0.691) / 10)]
    if not len(loud):
        return SILENCE_LUFS
    gated = loud[loud > loud.mean() * 10 ** (_RELATIVE_GATE_LU / 10)]
    return float(-0.691 + 10 * np.log10(gated.mean()))


def integrated_loudness(pcm: NDArray[np.float32]) -> float:
    """Return the programme loudness in LUFS of `(samples, 2)` at 48 kHz; −70 for silence or less than 0.4 s."""
    return gated_loudness(mean_steps(k_weighted_power(_channels_first(pcm))))


def true_peak_dbtp(pcm: NDArray[np.float32]) -> float:
    """Return the highest true peak in dBTP of `(samples, 2)` at 48 kHz, 4× oversampled; −inf for silence."""
    peak = float(true_peaks(_channels_first(pcm)).max(initial=0.0))
    return float("-inf") if peak <= 0 else 20 * float(np.log10(peak))


def true_peaks(audio: Audio) -> Curve:
    """Return for each sample the largest magnitude, over both channels, of it and the three points after it."""
    peaks = np.abs(audio).max(axis=0)
    for kernel in _interpolators():
        for channel in audio:
            between = np.abs(np.convolve(channel, kernel, "full"))
            np.maximum(peaks, between[_HALF_TAPS - 1 : _HALF_TAPS - 1 + len(peaks)], out=peaks)
    return peaks


@cache
def _interpolators() -> tuple[NDArray[np.float32], ...]:
    """Return for each point between two samples a windowed sinc of 16 taps (BS.1770-4 annex 2 takes 12)."""
    taps = np.arange(-_HALF_TAPS + 1, _HALF_TAPS + 1)
    kernels: list[NDArray[np.float32]] = []
    for phase in range(1, _PHASES):
        distance = taps - phase / _PHASES
        window = np.cos(np.pi * distance / (2 * _HALF_TAPS + 1)) ** 2
        kernel = np.sinc(distance) * window
        kernels.append((kernel / kernel.sum()).astype(np.float32)[::-1])
    return tuple(kernels)


def _channels_first(pcm: NDArray[np.float32]) -> Audio:
    if pcm.ndim != 2 or pcm.shape[1] != 2:
        raise InvalidInput(
            f"sound of shape {pcm.shape} cannot be measured: it must be (samples, 2)",
            next_step="Give interleaved stereo at 48 kHz.",
            details={"field": "pcm", "value": str(pcm.shape), "limit": "(samples, 2)"},
        )
    return np.ascontiguousarray(pcm.T)

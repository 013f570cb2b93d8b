"""How loud a sound is along its length: the greatest sample of each of many equal stretches."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

STRETCHES_MAX: Final = 1_000
_STRETCH_LEAST_S: Final = 0.01
_SILENT_SAMPLE: Final = 128
_BYTE_SCALE: Final = 128.0


class PeakMeter:
    """Takes blocks of samples in order of time, gaps allowed, and keeps the peak of each of equal stretches."""

    def __init__(self, duration_s: float) -> None:
        self._stretches = max(1, min(STRETCHES_MAX, round(duration_s / _STRETCH_LEAST_S)))
        self._per_second = self._stretches / duration_s
        self._peaks = np.zeros(self._stretches, dtype=np.float32)

    @property
    def stretches(self) -> int:
        """How many stretches the length is divided into: none shorter than a hundredth of a second."""
        return self._stretches

    def add(self, samples: NDArray[np.generic], *, channels: int, at_s: float, rate_hz: int) -> None:
        """Take in a block that begins at `at_s`: channels × samples, or one row of interleaved channels."""
        if samples.dtype.kind == "f":
            samples = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)  # a file of floats may hold anything
        across = samples.shape[0] if samples.shape[0] > 1 else channels
        count = samples.size // across
        first = int(at_s * self._per_second)
        last = int((at_s + (count - 1) / rate_hz) * self._per_second)
        if count <= 0 or first >= self._stretches:
            return
        if first == last:
            self._keep(first, _peak(samples))
            return
        heights = _heights(samples, across)
        for stretch in range(first, min(last, self._stretches - 1) + 1):
            start, end = (self._sample_at(edge, at_s, rate_hz, count) for edge in (stretch, stretch + 1))
            if end > start:
                self._keep(stretch, float(heights[start:end].max()))

    def peaks(self) -> tuple[float, ...]:
        """Return the peaks, 0 to 1, to three decimals."""
        return tuple(round(float(peak), 3) for peak in self._peaks)

    def _sample_at(self, edge: int, at_s: float, rate_hz: int, count: int) -> int:
        return min(count, max(0, round((edge / self._per_second - at_s) * rate_hz)))

    def _keep(self, stretch: int, peak: float) -> None:
        self._peaks[stretch] = max(float(self._peaks[stretch]), min(peak, 1.0))


def _peak(samples: NDArray[np.generic]) -> float:
    if samples.dtype == np.uint8:
        return max(int(samples.max()) - _SILENT_SAMPLE, _SILENT_SAMPLE - int(samples.min())) / _BYTE_SCALE
    return max(float(samples.max()), -float(samples.min())) / _full_scale(samples)


def _heights(samples: NDArray[np.generic], across: int) -> NDArray[np.float32]:
    """Return the greatest of all channels at each moment."""
    scaled = samples.astype(np.float32)
    if samples.dtype == np.uint8:
        scaled -= _SILENT_SAMPLE
    lines = scaled if samples.shape[0] > 1 else scaled.reshape(-1, across).T
    return np.asarray(np.abs(lines).max(axis=0) / np.float32(_full_scale(samples)), dtype=np.float32)


def _full_scale(samples: NDArray[np.generic]) -> float:
    if samples.dtype == np.uint8:
        return _BYTE_SCALE
    return float(1 << 8 * samples.dtype.itemsize - 1) if samples.dtype.kind == "i" else 1.0

import math

import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.filter import Graph
from numpy.typing import NDArray

from gauntlet.core.errors import InvalidInput
from gauntlet.render.mixer.loudness import integrated_loudness, true_peak_dbtp

RATE = 48_000


def _tone(hertz: float, *, seconds: float, amplitude: float, phase: float = 0.0) -> NDArray[np.float32]:
    wave = amplitude * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE + phase)
    return np.stack((wave, wave), axis=1).astype(np.float32)


def _ebur128(pcm: NDArray[np.float32]) -> tuple[float, float]:
    """Integrated LUFS and true peak dBTP as FFmpeg's ebur128 filter reports them."""
    graph = Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="flt", layout="stereo")
    meter = graph.add("ebur128", "metadata=1:peak=true")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    last: dict[str, str] = {}
    for start in range(0, len(pcm), RATE // 10):
        block = np.ascontiguousarray(pcm[start : start + RATE // 10]).reshape(1, -1)
        frame = AudioFrame.from_ndarray(block, format="flt", layout="stereo")
        frame.sample_rate = RATE
        frame.pts = start
        graph.push(frame)
        while True:
            try:
                out = graph.pull()
            except (BlockingIOError, EOFError):
                break
            last = dict(out.metadata) or last
    peaks = [float(last[f"lavfi.r128.true_peaks_ch{channel}"]) for channel in (0, 1)]
    return float(last["lavfi.r128.I"]), 20 * math.log10(max(peaks))


def _pink_bursts(seed: int) -> NDArray[np.float32]:
    """Uncorrelated stereo that is loud, soft and silent by turns, so that both gates matter."""
    rng = np.random.default_rng(seed)
    noise = np.cumsum(rng.standard_normal((RATE * 6, 2)), axis=0)
    noise -= np.stack([np.convolve(channel, np.ones(2_000) / 2_000, "same") for channel in noise.T], axis=1)
    noise *= 0.2 / np.abs(noise).max()
    gains = np.interp(
        np.arange(len(noise)) / RATE,
        [0.0, 0.1, 1.0, 1.1, 2.0, 2.1, 3.0, 3.1, 4.0, 4.1, 5.9, 6.0],
        [0, 1, 1, 0.05, 0.05, 1, 1, 0, 0, 1, 1, 0],
    )
    return (noise * gains[:, np.newaxis]).astype(np.float32)


@pytest.mark.parametrize("level_db", [-3.0, -20.0, -40.0])
def test_a_997_hz_stereo_tone_measures_its_level(level_db: float) -> None:
    tone = _tone(997, seconds=3, amplitude=10 ** (level_db / 20))

    assert integrated_loudness(tone) == pytest.approx(level_db, abs=0.05)
    assert true_peak_dbtp(tone) == pytest.approx(level_db, abs=0.05)


@pytest.mark.parametrize(
    "pcm",
    [
        pytest.param(_tone(60, seconds=3, amplitude=0.4), id="bass"),
        pytest.param(_tone(6_000, seconds=3, amplitude=0.1, phase=1.0), id="treble"),
        pytest.param(_pink_bursts(1), id="bursts"),
    ],
)
def test_measurements_agree_with_ffmpegs_ebur128(pcm: NDArray[np.float32]) -> None:
    # Edges without a jump: how far a jump overshoots is a matter of the interpolator's length, which is free.
    pcm = pcm * np.hanning(len(pcm))[:, np.newaxis].astype(np.float32)
    loudness, peak = _ebur128(pcm)

    assert integrated_loudness(pcm) == pytest.approx(loudness, abs=0.1)
    assert true_peak_dbtp(pcm) == pytest.approx(peak, abs=0.3)


def test_silence_between_does_not_lower_the_loudness() -> None:
    tone = _tone(997, seconds=4, amplitude=0.1)
    with_silence = np.concatenate((tone, np.zeros_like(tone), tone))

    assert integrated_loudness(with_silence) == pytest.approx(integrated_loudness(tone), abs=0.2)


def test_true_peak_between_samples_is_found() -> None:
    # A quarter of the sample rate sampled at 45°: no sample is above 0.707 of the wave's own peak.
    tone = _tone(RATE / 4, seconds=1, amplitude=1.0, phase=math.pi / 4)[RATE // 4 : RATE // 2]

    assert 20 * math.log10(np.abs(tone).max()) == pytest.approx(-3.01, abs=0.02)
    # What starts and stops abruptly overshoots at its ends: the steady middle is what is known.
    edges = np.hanning(len(tone))[:, np.newaxis].astype(np.float32)
    assert true_peak_dbtp(tone * edges) == pytest.approx(0.0, abs=0.2)


def test_silence_measures_the_floor() -> None:
    silence = np.zeros((RATE, 2), np.float32)

    assert integrated_loudness(silence) == -70.0
    assert true_peak_dbtp(silence) == -math.inf


def test_sound_that_is_not_stereo_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"\(2, 48000\)"):
        integrated_loudness(np.zeros((2, RATE), np.float32))

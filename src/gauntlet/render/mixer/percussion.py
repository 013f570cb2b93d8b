"""Drums and effects: each hit is made once from sines and shaped noise. Sound is float32 `(1 or 2, samples)`."""

from collections.abc import Callable
from typing import Final

import numpy as np

from gauntlet.render.mixer.signal import SAMPLE_RATE, Audio, Curve, decay, fade_edges, high_pass, low_pass

_RNG_STREAM: Final = 0xD0


def _rng(name: str) -> np.random.Generator:
    return np.random.default_rng((_RNG_STREAM, *name.encode()))


def _noise(name: str, seconds: float, *, low_hz: float, high_hz: float, channels: int = 1) -> Audio:
    """Return noise between two cut-offs (18 dB/octave), RMS 1."""
    count = round(seconds * SAMPLE_RATE)
    size = 1 << max(8, (count - 1).bit_length())
    white = _rng(name).standard_normal((channels, size), dtype=np.float32)
    frequencies = np.fft.rfftfreq(size, 1 / SAMPLE_RATE).astype(np.float32)
    shape = high_pass(frequencies, cutoff_hz=low_hz, order=3) * low_pass(frequencies, cutoff_hz=high_hz, order=3)
    shaped = np.fft.irfft(np.fft.rfft(white) * shape, size)[:, :count].astype(np.float32)
    return shaped / np.sqrt(np.square(shaped).mean())


def _sweep(seconds: float, *, from_hz: float, to_hz: float, fall_s: float) -> Curve:
    """Return a sine whose frequency falls exponentially from one to the other."""
    count = round(seconds * SAMPLE_RATE)
    hertz = to_hz + (from_hz - to_hz) * decay(count, fall_s)
    return np.sin(2 * np.pi * np.cumsum(hertz, dtype=np.float64) / SAMPLE_RATE).astype(np.float32)


def _finished(audio: Audio | Curve, *, peak: float, attack_s: float = 0.001, release_s: float = 0.02) -> Audio:
    sound = audio[np.newaxis] if audio.ndim == 1 else audio
    sound = fade_edges(sound.astype(np.float32), attack_s=attack_s, release_s=release_s)
    return sound * np.float32(peak / np.abs(sound).max())


def _kick() -> Audio:
    body = _sweep(0.32, from_hz=190, to_hz=50, fall_s=0.09)
    body *= decay(len(body), 0.38)
    click = _noise("kick", 0.012, low_hz=1_500, high_hz=5_000)[0] * decay(576, 0.012)
    body[:576] += 0.12 * click
    return _finished(np.tanh(1.6 * body), peak=0.95)


def _soft_kick() -> Audio:
    body = _sweep(0.3, from_hz=110, to_hz=48, fall_s=0.08)
    return _finished(body * decay(len(body), 0.3), peak=0.8, attack_s=0.004)


def _deep_kick() -> Audio:
    body = _sweep(0.7, from_hz=150, to_hz=42, fall_s=0.1)
    return _finished(np.tanh(1.3 * body * decay(len(body), 0.8)), peak=0.9)


def _snare() -> Audio:
    wires = _noise("snare", 0.26, low_hz=1_200, high_hz=8_500)[0]
    shell = _sweep(0.26, from_hz=330, to_hz=185, fall_s=0.04)
    return _finished(0.32 * wires * decay(len(wires), 0.24) + 0.6 * shell * decay(len(shell), 0.14), peak=0.75)


def _brush() -> Audio:
    wires = _noise("brush", 0.2, low_hz=1_500, high_hz=6_500)[0]
    return _finished(wires * decay(len(wires), 0.22), peak=0.35, attack_s=0.012)


def _clap() -> Audio:
    hands = _noise("clap", 0.28, low_hz=900, high_hz=4_500, channels=2)
    envelope = np.zeros(hands.shape[1], np.float32)
    # Several hands are never together: three short bursts, then the room.
    for at, loudness in ((0.0, 0.6), (0.011, 0.7), (0.021, 0.8)):
        start = round(at * SAMPLE_RATE)
        envelope[start:] += loudness * decay(len(envelope) - start, 0.014)
    start = round(0.03 * SAMPLE_RATE)
    envelope[start:] += 0.7 * decay(len(envelope) - start, 0.2)
    middle = hands.mean(axis=0, keepdims=True)
    return _finished((middle + 0.35 * (hands - middle)) * envelope, peak=0.6)


def _snap() -> Audio:
    finger = _noise("snap", 0.12, low_hz=1_400, high_hz=3_600)[0]
    return _finished(finger * decay(len(finger), 0.07), peak=0.5)


def _rim() -> Audio:
    stick = _sweep(0.06, from_hz=1_700, to_hz=820, fall_s=0.02)
    return _finished(stick * decay(len(stick), 0.05), peak=0.4)


def _hat() -> Audio:
    metal = _noise("hat", 0.07, low_hz=7_000, high_hz=13_000)[0]
    return _finished(metal * decay(len(metal), 0.055), peak=0.3)


def _open_hat() -> Audio:
    metal = _noise("open hat", 0.3, low_hz=6_500, high_hz=12_500)[0]
    return _finished(metal * decay(len(metal), 0.32), peak=0.3, release_s=0.05)


def _shaker() -> Audio:
    beads = _noise("shaker", 0.1, low_hz=4_500, high_hz=9_500)[0]
    return _finished(beads * decay(len(beads), 0.1), peak=0.22, attack_s=0.018)


def _tambourine() -> Audio:
    jingles = _noise("tambourine", 0.18, low_hz=6_000, high_hz=11_500)[0]
    return _finished(jingles * decay(len(jingles), 0.14), peak=0.26, attack_s=0.003)


def _tom(hertz: float) -> Audio:
    skin = _sweep(0.42, from_hz=hertz * 1.7, to_hz=hertz, fall_s=0.07)
    stick = _noise("tom", 0.42, low_hz=600, high_hz=3_500)[0] * decay(len(skin), 0.03)
    return _finished(skin * decay(len(skin), 0.4) + 0.08 * stick, peak=0.7, release_s=0.05)


def _taiko() -> Audio:
    skin = _sweep(0.9, from_hz=140, to_hz=62, fall_s=0.1)
    slap = _noise("taiko", 0.9, low_hz=250, high_hz=2_400)[0] * decay(len(skin), 0.09)
    return _finished(np.tanh(1.4 * (skin * decay(len(skin), 0.85) + 0.25 * slap)), peak=0.9, release_s=0.1)


def _crash() -> Audio:
    metal = _noise("crash", 1.8, low_hz=3_500, high_hz=11_000, channels=2)
    middle = metal.mean(axis=0, keepdims=True)
    wash = middle + 0.5 * (metal - middle)
    return _finished(wash * decay(wash.shape[1], 1.6), peak=0.34, attack_s=0.002, release_s=0.3)


def _impact() -> Audio:
    boom = _sweep(1.4, from_hz=95, to_hz=38, fall_s=0.25)
    boom *= decay(len(boom), 1.3)
    air = _noise("impact", 1.4, low_hz=120, high_hz=1_800)[0] * decay(len(boom), 0.5)
    return _finished(np.tanh(1.2 * (boom + 0.12 * air)), peak=0.85, attack_s=0.002, release_s=0.2)


def _shimmer() -> Audio:
    count = 2 * SAMPLE_RATE
    seconds = np.arange(count, dtype=np.float32) / SAMPLE_RATE
    out = np.zeros((2, count), np.float32)
    # Far above the harmony and beating slowly: heard as light, not as notes.
    for number, hertz in enumerate((3_520.0, 4_186.0, 5_274.0, 6_272.0, 7_040.0)):
        glint = np.sin(2 * np.pi * hertz * seconds) * (0.6 + 0.4 * np.sin(2 * np.pi * (0.7 + 0.37 * number) * seconds))
        pan = 0.25 + 0.5 * (number % 2)
        out += np.array([[1 - pan], [pan]], np.float32) * glint * decay(count, 1.8 / (1 + 0.2 * number)) * 0.7**number
    return _finished(out, peak=0.1, attack_s=0.06, release_s=0.3)


HITS: Final[dict[str, Callable[[], Audio]]] = {
    "kick": _kick,
    "soft_kick": _soft_kick,
    "deep_kick": _deep_kick,
    "snare": _snare,
    "brush": _brush,
    "clap": _clap,
    "snap": _snap,
    "rim": _rim,
    "hat": _hat,
    "open_hat": _open_hat,
    "shaker": _shaker,
    "tambourine": _tambourine,
    "low_tom": lambda: _tom(88),
    "mid_tom": lambda: _tom(122),
    "high_tom": lambda: _tom(165),
    "taiko": _taiko,
    "crash": _crash,
    "impact": _impact,
    "shimmer": _shimmer,
}
"""Every drum by name; calling makes the hit, peak-levelled against the others as on a balanced kit."""

KICKS: Final = frozenset({"kick", "soft_kick", "deep_kick", "taiko"})
"""What the side-chain listens to."""


def riser(seconds: float) -> Audio:
    """Return stereo wind whose pitch and loudness grow to its very end: what leads into a louder section."""
    bands = ((350, 900), (900, 2_200), (2_200, 5_000), (5_000, 9_500))
    count = round(seconds * SAMPLE_RATE)
    progress = np.linspace(0, 1, count, dtype=np.float32)
    out = np.zeros((2, count), np.float32)
    for number, (low_hz, high_hz) in enumerate(bands):
        wind = _noise(f"riser {number}", seconds, low_hz=low_hz, high_hz=high_hz, channels=2)
        centre = (number + 0.5) / len(bands)
        weight = np.exp(-(((progress - centre) / 0.3) ** 2)) * progress**2
        out += weight * wind * np.float32(0.7**number)
    middle = out.mean(axis=0, keepdims=True)
    return _finished(middle + 0.6 * (out - middle), peak=0.24, attack_s=0.05, release_s=0.012)

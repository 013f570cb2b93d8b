"""The engines that turn a timbre, pitches and a length into sound, each note rendered once and placed many times.

All return float32 `(1 or 2, samples)`, level-matched by ear-like RMS over their loudest 100 ms, edges at 0.
"""

from typing import Final

import numpy as np

from gauntlet.render.mixer.signal import SAMPLE_RATE, Audio, Curve, decay, decibels, fade_edges, frequency
from gauntlet.render.mixer.timbres import Timbre

_REFERENCE_RMS: Final = 0.2
_TABLE_BITS: Final = 14
_TABLE: Final = 1 << _TABLE_BITS
_HIGHEST_HZ: Final = 16_000.0
_CLOUD_SIDE: Final = 0.45


def render_note(timbre: Timbre, *, pitches: tuple[int, ...], duration_s: float, seed: int) -> Audio:
    """Return the pitches sounded together; `duration_s` is how long they are held, the release comes after it."""
    rng = np.random.default_rng((seed, *pitches))
    if timbre.engine == "cloud":
        audio = _cloud(timbre, pitches, duration_s, rng)
    else:
        engine = {"table": _table, "fm": _fm, "string": _string, "modes": _modes}[timbre.engine]
        audio = sum_aligned([engine(timbre, frequency(pitch), duration_s, rng) for pitch in pitches])
    return level(audio)


def sum_aligned(parts: list[Audio]) -> Audio:
    """Return the sum of sounds that start together, as long as the longest and as wide as the widest."""
    out = np.zeros((max(p.shape[0] for p in parts), max(p.shape[1] for p in parts)), np.float32)
    for part in parts:
        out[:, : part.shape[1]] += part
    return out


def level(audio: Audio) -> Audio:
    """Return the sound scaled so that the RMS of its loudest 100 ms is the common reference."""
    power = np.square(audio).mean(axis=0)
    window = min(len(power), SAMPLE_RATE // 10)
    usable = len(power) // window * window
    loudest = float(power[:usable].reshape(-1, window).mean(axis=1).max())
    return audio * np.float32(_REFERENCE_RMS / max(loudest, 1e-12) ** 0.5)


def _length(timbre: Timbre, duration_s: float) -> int:
    held = duration_s if timbre.hold or timbre.engine == "cloud" else min(duration_s, timbre.ring_s)
    return max(256, round((held + timbre.release_s) * SAMPLE_RATE))


def _shaped(timbre: Timbre, audio: Audio) -> Audio:
    return fade_edges(audio, attack_s=timbre.attack_s, release_s=timbre.release_s)


def _harmonics(timbre: Timbre, hertz: float, *, cutoff_hz: float) -> Curve:
    """Return amplitudes of harmonics 1, 2, …: the timbre's tilt through a 12 dB/octave low-pass at `cutoff_hz`."""
    count = max(1, min(64, int(min(_HIGHEST_HZ, 6 * cutoff_hz + 2 * hertz) / hertz)))
    order = np.arange(1, count + 1, dtype=np.float32)
    amplitude = order ** np.float32(timbre.tilt_db / 6.02) / (1 + (order * np.float32(hertz / cutoff_hz)) ** 2)
    if timbre.odd_only:
        amplitude[1::2] *= 0.06
    return amplitude.astype(np.float32)


def _cloud(timbre: Timbre, pitches: tuple[int, ...], duration_s: float, rng: np.random.Generator) -> Audio:
    """Return many slightly detuned players at once: every harmonic a narrow band of random phases (one inverse FFT)."""
    length = _length(timbre, duration_s)
    size = 1 << (length - 1).bit_length()
    spectrum = np.zeros(size // 2 + 1, np.float32)
    per_bin = SAMPLE_RATE / size
    for pitch in pitches:
        hertz = frequency(pitch)
        for number, amplitude in enumerate(_harmonics(timbre, hertz, cutoff_hz=timbre.bright_hz), start=1):
            centre = hertz * number / per_bin
            sigma = max(1.0, centre * (2 ** (timbre.spread_cents / 2400) - 1))
            low, high = max(1, int(centre - 3 * sigma)), min(size // 2, int(centre + 3 * sigma) + 2)
            offset = (np.arange(low, high, dtype=np.float32) - np.float32(centre)) / np.float32(sigma)
            spectrum[low:high] += amplitude / np.float32(sigma**0.5) * np.exp(-offset * offset)
    phases = rng.random((2, len(spectrum)), dtype=np.float32) * np.float32(2 * np.pi)
    middle, side = np.fft.irfft(spectrum * (np.cos(phases) + 1j * np.sin(phases)), size)[:, :length].astype(np.float32)
    return _shaped(timbre, np.stack((middle + _CLOUD_SIDE * side, middle - _CLOUD_SIDE * side)))


def _table(timbre: Timbre, hertz: float, duration_s: float, rng: np.random.Generator) -> Audio:
    """Return a subtractive voice: one period as it is with the filter open and closed, blended as the filter falls."""
    length = _length(timbre, duration_s)
    open_filter = decay(length, timbre.sweep_s * 3)
    bright = _period(_harmonics(timbre, hertz, cutoff_hz=timbre.bright_hz))
    dark = _period(_harmonics(timbre, hertz, cutoff_hz=timbre.dark_hz))
    out = np.zeros((1 if timbre.voices == 1 else 2, length), np.float32)
    steps = np.arange(length, dtype=np.uint32)
    for voice in range(timbre.voices):
        place = 0.0 if timbre.voices == 1 else 2 * voice / (timbre.voices - 1) - 1
        detuned = hertz * 2 ** (place * timbre.detune_cents / 1200)
        increment = np.uint32(round(detuned / SAMPLE_RATE * 2**32))
        index = (steps * increment + np.uint32(int(rng.random() * 2**32))) >> np.uint32(32 - _TABLE_BITS)
        wave = dark[index]
        wave += open_filter * (bright[index] - wave)
        pans = (1.0,) if timbre.voices == 1 else (1 - 0.5 * max(0.0, place), 1 + 0.5 * min(0.0, place))
        for channel, pan in zip(out, pans, strict=True):
            channel += np.float32(pan) * wave
    if not timbre.hold:
        out *= decay(length, timbre.ring_s)
    return _shaped(timbre, out)


def _period(amplitudes: Curve) -> Curve:
    spectrum = np.zeros(_TABLE // 2 + 1, np.complex64)
    spectrum[1 : len(amplitudes) + 1] = -0.5j * _TABLE * amplitudes
    return np.fft.irfft(spectrum, _TABLE).astype(np.float32)


def _fm(timbre: Timbre, hertz: float, duration_s: float, rng: np.random.Generator) -> Audio:
    """Return one operator modulating another, which dies away faster than the tone: electric pianos, bells."""
    length = _length(timbre, duration_s)
    modulator = np.sin(_phase(hertz * timbre.ratio, length, start=rng.random()))
    # Higher notes are modulated less, as on the instrument; otherwise they turn shrill.
    index = np.float32(timbre.index * min(1.0, 440.0 / hertz))
    wave = np.sin(_phase(hertz, length, start=rng.random()) + index * decay(length, timbre.ring_s * 0.35) * modulator)
    return _shaped(timbre, (wave * decay(length, timbre.ring_s))[np.newaxis])


def _phase(hertz: float, count: int, *, start: float = 0.0) -> Curve:
    """Return the running phase in radians of a tone that starts at `start` turns; whole turns fall away in integers."""
    steps = np.arange(count, dtype=np.uint32) * np.uint32(round(hertz / SAMPLE_RATE * 2**32) % 2**32)
    steps += np.uint32(int(start * 2**32) % 2**32)
    return steps.astype(np.float32) * np.float32(2 * np.pi / 2**32)


def _string(timbre: Timbre, hertz: float, duration_s: float, rng: np.random.Generator) -> Audio:
    """Return a plucked string (Karplus and Strong, 1983): noise circulating in a delay line through a mean of two."""
    length = _length(timbre, duration_s)
    period = int(SAMPLE_RATE / hertz - 0.5)
    loss = np.float32(0.5 * 10 ** (-3 / (hertz * timbre.ring_s)))
    # The delay line holds whole samples: what is missing to the pitch is made up by resampling.
    stretch = (period + 0.5) * hertz / SAMPLE_RATE
    raw = np.zeros(int(length * stretch) + 2 * period + 3, np.float32)
    raw[1 : period + 1] = _excitation(timbre, hertz, period, rng)
    for start in range(period + 1, len(raw), period):
        end = min(start + period, len(raw))
        raw[start:end] = raw[start - period : end - period]
        raw[start:end] += raw[start - period - 1 : end - period - 1]
        raw[start:end] *= loss
    wave = np.interp(np.arange(length) * stretch + 1, np.arange(len(raw)), raw).astype(np.float32)
    return _shaped(timbre, wave[np.newaxis])


def _excitation(timbre: Timbre, hertz: float, period: int, rng: np.random.Generator) -> Curve:
    """Return one period of noise as a soft pick at `pick` of the string's length sets it going, without DC."""
    noise = rng.random(period, dtype=np.float32) * 2 - 1
    noise -= np.roll(noise, max(1, round(timbre.pick * period)))
    spectrum = np.fft.rfft(noise)
    harmonics = np.arange(len(spectrum), dtype=np.float32) * np.float32(hertz)
    # Even magnitudes: white noise would give each pitch another colour by chance.
    magnitude = np.abs(np.sin(np.pi * timbre.pick * np.arange(len(spectrum)))) + 0.15
    spectrum = np.exp(1j * np.angle(spectrum)) * magnitude / (1 + (harmonics / timbre.bright_hz) ** 2)
    spectrum[0] = 0
    return np.fft.irfft(spectrum, period).astype(np.float32)


def _modes(timbre: Timbre, hertz: float, duration_s: float, rng: np.random.Generator) -> Audio:
    """Return a struck body: the sum of its partials, each `(ratio, level, share of the ring)`."""
    length = _length(timbre, duration_s)
    # Low notes ring longer than high ones on every struck instrument.
    ring_s = timbre.ring_s * min(1.5, (300.0 / hertz) ** 0.35)
    wave = np.zeros(length, np.float32)
    for ratio, amplitude, ring in timbre.partials:
        if ratio * hertz > _HIGHEST_HZ:
            continue
        # A partial is left out once it has fallen by 60 dB.
        count = min(length, round(ring_s * ring * SAMPLE_RATE))
        wave[:count] += np.float32(amplitude) * decay(count, ring_s * ring) * np.sin(_phase(ratio * hertz, count))
    thump = min(length, SAMPLE_RATE // 50)
    wave[:thump] += rng.standard_normal(thump).astype(np.float32) * decay(thump, 0.02) * np.float32(decibels(-34))
    return _shaped(timbre, wave[np.newaxis])

"""The mixer: a music bed in, mastered stereo out. The same bed gives the same samples on the same machine."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from gauntlet.render.mixer.composer import compose, styled
from gauntlet.render.mixer.mastering import Fade, master
from gauntlet.render.mixer.percussion import HITS, KICKS, riser
from gauntlet.render.mixer.score import Hit, Note, Passage, Score
from gauntlet.render.mixer.signal import (
    SAMPLE_RATE,
    Audio,
    Curve,
    bins,
    convolve,
    decay,
    decibels,
    high_pass,
    low_pass,
    polyline,
    zero_phase,
)
from gauntlet.render.mixer.styles import Style
from gauntlet.render.mixer.synthesis import render_note
from gauntlet.render.mixer.timbres import TIMBRES
from gauntlet.render.timeline import MusicBed

_FILTER_BINS: Final = 513
_PUMP_DIP_S: Final = 0.006
_PUMP_RECOVERY_BEATS: Final = 0.8
_FADE_S: Final = 2.2
_OPENING_S: Final = 0.05
_HIT_SEND: Final[dict[str, float]] = {
    "kick": 0.0,
    "soft_kick": 0.0,
    "deep_kick": 0.0,
    "clap": 0.25,
    "snap": 0.3,
    "snare": 0.18,
    "taiko": 0.3,
}
_HIT_SEND_OTHERWISE: Final = 0.12


@dataclass(frozen=True, slots=True)
class _Desk:
    """The mixing desk's buses, each `(2, samples)`."""

    music: Audio
    drums: Audio
    hall: Audio

    def place(self, sound: Audio, *, start_s: float, gain_db: float, pan: float, send: float, drum: bool) -> None:
        """Add a sound at its time, panned −1 (left) to 1 (right) at equal power; what lies past the end is cut."""
        start = round(start_s * SAMPLE_RATE)
        count = min(sound.shape[1], self.music.shape[1] - start)
        if count <= 0:
            return
        angle = (pan + 1) * np.pi / 4
        gains = decibels(gain_db) * np.sqrt(2) * np.array([np.cos(angle), np.sin(angle)])
        bus = self.drums if drum else self.music
        for channel in (0, 1):
            panned = sound[min(channel, sound.shape[0] - 1), :count] * np.float32(gains[channel])
            bus[channel, start : start + count] += panned
            if send:
                self.hall[channel, start : start + count] += panned * np.float32(send)


def mix_bed(music: MusicBed, *, total_frames: int, fps: int) -> NDArray[np.float32]:
    """Return the mastered bed, `(samples, 2)` at 48 kHz, `round(total_frames / fps * 48000)` samples.

    −14 LUFS integrated, at most −1 dBTP, fading out with the last section, first and last sample 0. Deterministic by
    the bed's `seed`. InvalidInput for a bed without sections, with sections out of order or a tempo out of range.
    """
    score = compose(music, total_frames=total_frames, fps=fps)
    style = styled(music)
    length = round(total_frames / fps * SAMPLE_RATE)
    desk = _Desk(*(np.zeros((2, length), np.float32) for _ in range(3)))
    _sound_notes(desk, score.notes, seed=music.seed)
    _sound_hits(desk, score.hits)
    for rise in score.rises:
        sound = riser(round(rise.duration_s, 3))
        desk.place(sound, start_s=rise.end_s - rise.duration_s, gain_db=rise.gain_db, pan=0, send=0.2, drum=True)
    mixed = _mixed(desk, score, style)
    del desk
    return master(mixed, fade=_fade(score, length))


def _sound_notes(desk: _Desk, notes: Iterable[Note], *, seed: int) -> None:
    rendered: dict[tuple[str, tuple[int, ...], int], Audio] = {}
    for note in notes:
        key = (note.timbre, note.pitches, round(note.duration_s * 1_000))
        if key not in rendered:
            timbre = TIMBRES[note.timbre]
            rendered[key] = render_note(timbre, pitches=note.pitches, duration_s=note.duration_s, seed=seed)
        desk.place(rendered[key], start_s=note.start_s, gain_db=note.gain_db, pan=note.pan, send=note.send, drum=False)


@lru_cache(maxsize=len(HITS))
def _hit(voice: str) -> Audio:
    return HITS[voice]()


def _sound_hits(desk: _Desk, hits: Iterable[Hit]) -> None:
    for hit in hits:
        send = _HIT_SEND.get(hit.voice, _HIT_SEND_OTHERWISE)
        desk.place(_hit(hit.voice), start_s=hit.start_s, gain_db=hit.gain_db, pan=hit.pan, send=send, drum=True)


def _mixed(desk: _Desk, score: Score, style: Style) -> Audio:
    """Return the sum of the buses: the music filtered and pumped, the drums, the hall's answer to both."""
    mixed = _brightened(desk.music, score, style)
    mixed *= _pump(score, style, length=mixed.shape[1])
    mixed += desk.drums
    mixed += _reverberated(desk.hall, style)
    return mixed


def _brightened(audio: Audio, score: Score, style: Style) -> Audio:
    """Return the music through a low-pass that opens with intensity: a blend of the music and its dark side."""
    dark = zero_phase(audio.copy(), low_pass(bins(_FILTER_BINS), cutoff_hz=style.dark_hz, order=1)[np.newaxis])
    audio -= dark
    audio *= _intensity_curve(score, length=audio.shape[1])
    audio += dark
    return audio


def _intensity_curve(score: Score, *, length: int) -> Curve:
    """Return the intensity at each sample; towards a louder section it opens over the last two beats before."""
    beat = score.beat_s * SAMPLE_RATE
    times: list[float] = []
    values: list[float] = []
    for before, passage in zip((None, *score.passages), score.passages, strict=False):
        start = passage.span.start * beat
        if before is not None:
            sweep = 2 * beat if passage.intensity > before.intensity else 0.02 * SAMPLE_RATE
            times.append(max(start - sweep, times[-1] + 1))
            values.append(before.intensity)
        times.append(max(start, times[-1] + 1) if times else 0.0)
        values.append(passage.intensity)
    return polyline(np.array(times), np.array(values), length=length)


def _pump(score: Score, style: Style, *, length: int) -> Curve:
    """Return the side-chain's gain: down by the style's `pump_db` at each kick and up again within the beat."""
    gain = np.ones(length, np.float32)
    if not style.pump_db:
        return gain
    dip = round(_PUMP_DIP_S * SAMPLE_RATE)
    recovery = round(_PUMP_RECOVERY_BEATS * score.beat_s * SAMPLE_RATE)
    depth = 1 - decibels(-style.pump_db)
    falling = 1 - depth * (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, dip)))
    rising = 1 - depth * (0.5 + 0.5 * np.cos(np.pi * np.linspace(0, 1, recovery) ** 0.8))
    shape = np.concatenate((falling, rising)).astype(np.float32)
    for hit in score.hits:
        start = round(hit.start_s * SAMPLE_RATE) - dip
        if hit.voice not in KICKS or start >= length or start < 0:
            continue
        part = gain[start : start + len(shape)]
        np.minimum(part, shape[: len(part)], out=part)
    return gain


def _reverberated(audio: Audio, style: Style) -> Audio:
    return convolve(audio, _room(style.reverb_s) * np.float32(decibels(style.reverb_db)))


@lru_cache(maxsize=16)
def _room(seconds: float) -> NDArray[np.float32]:
    """Return a stereo impulse response: noise after 18 ms, high notes dying sooner, no bass; unit energy a channel."""
    count = round(seconds * SAMPLE_RATE)
    rng = np.random.default_rng(round(seconds * 1_000))
    white = np.fft.rfft(rng.standard_normal((2, count)).astype(np.float32))
    frequencies = np.fft.rfftfreq(count, 1 / SAMPLE_RATE).astype(np.float32)
    edges = (220.0, 900.0, 3_600.0, 9_000.0)
    room = np.zeros((2, count), np.float32)
    for (low_hz, high_hz), share in zip(pairwise(edges), (1.0, 0.75, 0.45), strict=True):
        band = high_pass(frequencies, cutoff_hz=low_hz, order=2) * low_pass(frequencies, cutoff_hz=high_hz, order=2)
        room += np.fft.irfft(white * band, count).astype(np.float32) * decay(count, seconds * share)
    silence = round(0.018 * SAMPLE_RATE)
    onset = np.minimum(1, np.maximum(0, np.arange(count, dtype=np.float32) - silence) / (0.01 * SAMPLE_RATE))
    room *= onset.astype(np.float32)
    return room / np.sqrt(np.square(room).sum(axis=1, keepdims=True)) * np.float32(2.0)


def _fade(score: Score, length: int) -> Fade:
    """Return the fade that ends with the film: as long as the ending lets it be, after it has landed."""
    ending: Passage = score.passages[-1]
    available = length - round(ending.span.start * score.beat_s * SAMPLE_RATE)
    fade_out = min(round(_FADE_S * SAMPLE_RATE), round(0.75 * available))
    return Fade(opening=min(round(_OPENING_S * SAMPLE_RATE) // 10, length // 4), closing=max(2, fade_out))

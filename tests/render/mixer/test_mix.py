import io
from functools import cache
from itertools import pairwise

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from gauntlet.core.creative.brief import Mood
from gauntlet.render.encoder.sound import encode_audio
from gauntlet.render.mixer.composer import compose
from gauntlet.render.mixer.loudness import integrated_loudness, true_peak_dbtp
from gauntlet.render.mixer.mix import mix_bed
from gauntlet.render.timeline import BedSection, MusicBed

RATE = 48_000
FPS = 30
FRAMES = 450
CURVE = (0.6, 0.15, 0.6, 0.75, 1.0, 0.5)
TEMPI = {
    Mood.ENERGETIC: 128.0,
    Mood.UPLIFTING: 116.0,
    Mood.CALM: 72.0,
    Mood.ELEGANT: 96.0,
    Mood.PLAYFUL: 120.0,
    Mood.DRAMATIC: 90.0,
    Mood.WARM: 92.0,
    Mood.TECH: 110.0,
}
BANDS = {
    Mood.ENERGETIC: ("driving electronic", ("drums", "synth bass", "plucked synth", "claps")),
    Mood.UPLIFTING: ("indie pop", ("drums", "bass", "piano", "plucked guitar", "claps")),
    Mood.CALM: ("ambient", ("soft pad", "felt piano", "sub bass")),
    Mood.ELEGANT: ("modern classical", ("piano", "strings", "sub bass", "soft pad")),
    Mood.PLAYFUL: ("quirky pop", ("marimba", "plucked bass", "claps", "shaker")),
    Mood.DRAMATIC: ("cinematic", ("low strings", "toms", "brass pad", "piano")),
    Mood.WARM: ("acoustic folk", ("acoustic guitar", "upright bass", "shaker", "piano")),
    Mood.TECH: ("minimal electronic", ("drum machine", "synth bass", "arpeggiator", "pad")),
}
"""What the built-in planner asks for."""


def _bed(
    mood: Mood, *, frames: int = FRAMES, seed: int = 11, genre: str = "", instruments: tuple[str, ...] = ()
) -> MusicBed:
    """A bed of six sections whose cuts are the frames nearest to beats, as a planner makes it."""
    tempo = TEMPI[mood]
    beats = frames / FPS * tempo / 60
    cuts = [round(round(beats * n / len(CURVE)) * 60 / tempo * FPS) for n in range(len(CURVE))]
    sections = tuple(
        BedSection(start_frame=start, duration_frames=end - start, intensity=intensity, purpose="benefit")
        for start, end, intensity in zip(cuts, [*cuts[1:], frames], CURVE, strict=True)
    )
    return MusicBed(tempo_bpm=tempo, mood=mood, genre=genre, instruments=instruments, sections=sections, seed=seed)


def _band(mood: Mood) -> MusicBed:
    genre, instruments = BANDS[mood]
    return _bed(mood, genre=genre, instruments=instruments)


@cache
def _mixed(mood: Mood) -> NDArray[np.float32]:
    return mix_bed(_band(mood), total_frames=FRAMES, fps=FPS)


def _power(pcm: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Frequencies and mean power of the mono sum."""
    size = 8_192
    mono = pcm.mean(axis=1)[: len(pcm) // size * size].reshape(-1, size) * np.hanning(size)
    power = np.square(np.abs(np.fft.rfft(mono))).mean(axis=0)
    return np.fft.rfftfreq(size, 1 / RATE).astype(np.float64), np.asarray(power, np.float64)


def _ultrasonic(pcm: NDArray[np.float32]) -> float:
    """Strongest energy above 21.5 kHz in any 5 ms: a jump in the wave has it, music made here has none."""
    frames = np.lib.stride_tricks.sliding_window_view(pcm.mean(axis=1), 256)[::64] * np.blackman(256)
    return float(np.abs(np.fft.rfft(frames)[:, 115:]).max())


@pytest.mark.parametrize("mood", list(Mood))
def test_a_bed_is_mastered_to_platform_loudness(mood: Mood) -> None:
    pcm = _mixed(mood)

    assert pcm.dtype == np.float32
    assert pcm.shape == (FRAMES * RATE // FPS, 2)
    assert integrated_loudness(pcm) == pytest.approx(-14.0, abs=0.5)
    assert true_peak_dbtp(pcm) <= -1.0


@pytest.mark.parametrize("mood", [Mood.TECH, Mood.PLAYFUL])
def test_a_bed_keeps_its_peaks_and_loudness_through_aac(mood: Mood) -> None:
    with av.open(io.BytesIO(encode_audio(_mixed(mood))), mode="r") as container:
        decoded = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
        decoded = decoded.T.astype(np.float32)

    assert true_peak_dbtp(decoded) <= -1.0
    assert integrated_loudness(decoded) == pytest.approx(-14.0, abs=0.5)


@pytest.mark.parametrize("mood", list(Mood))
def test_a_bed_starts_and_ends_at_zero_and_has_no_clicks(mood: Mood) -> None:
    pcm = _mixed(mood)

    assert not pcm[0].any()
    assert not pcm[-1].any()
    assert np.isfinite(pcm).all()
    quiet = _ultrasonic(pcm)
    clicked = pcm.copy()
    clicked[RATE * 5 :] += 0.03
    assert quiet < 0.5 * _ultrasonic(clicked)


@pytest.mark.parametrize("mood", list(Mood))
def test_a_bed_fades_out_with_its_last_section(mood: Mood) -> None:
    pcm = _mixed(mood)
    last_second = np.square(pcm[-RATE:]).reshape(4, -1).mean(axis=1)

    assert (np.diff(last_second) < 0).all()
    assert last_second[-1] < 0.01 * np.square(pcm).mean()


@pytest.mark.parametrize("mood", list(Mood))
def test_the_loudest_section_is_three_loudness_units_over_the_softest(mood: Mood) -> None:
    pcm = _mixed(mood)
    starts = [section.start_frame * RATE // FPS for section in _band(mood).sections]

    assert integrated_loudness(pcm[starts[4] : starts[5]]) - integrated_loudness(pcm[starts[1] : starts[2]]) >= 3.0


@pytest.mark.parametrize("mood", list(Mood))
def test_stereo_is_wide_but_survives_mono(mood: Mood) -> None:
    pcm = _mixed(mood)
    left, right = pcm[:, 0], pcm[:, 1]
    correlation = float(np.vdot(left, right) / np.sqrt(np.vdot(left, left) * np.vdot(right, right)))
    mono = np.repeat(pcm.mean(axis=1, keepdims=True), 2, axis=1)

    assert 0.3 < correlation < 0.99
    assert integrated_loudness(pcm) - integrated_loudness(mono) < 2.0


@pytest.mark.parametrize("mood", list(Mood))
def test_the_spectrum_falls_like_an_ordinary_masters(mood: Mood) -> None:
    frequencies, power = _power(_mixed(mood))
    inside = (frequencies > 60) & (frequencies < 10_000)
    centres = np.geomspace(70, 9_000, 24)
    levels = [power[(frequencies > c / 1.16) & (frequencies < c * 1.16)].mean() for c in centres]
    slope_db = np.polyfit(np.log2(centres), 10 * np.log10(levels), 1)[0]
    share = power / power[inside].sum()

    assert -7.0 < slope_db < -3.0
    # Harshness and mud: neither the presence region nor the low middle outweighs what lies around it.
    assert share[(frequencies > 2_000) & (frequencies < 5_000)].sum() < 0.15
    assert share[(frequencies > 200) & (frequencies < 450)].sum() < 0.5
    assert 0.2 < share[(frequencies > 40) & (frequencies < 200)].sum() < 0.85


@pytest.mark.parametrize("mood", [Mood.ENERGETIC, Mood.UPLIFTING, Mood.PLAYFUL, Mood.TECH])
def test_kicks_are_heard_within_five_milliseconds_of_their_beats(mood: Mood) -> None:
    pcm = _mixed(mood)
    score = compose(_band(mood), total_frames=FRAMES, fps=FPS)
    loudest = score.passages[4].span
    beats = [
        hit.start_s
        for hit in score.hits
        if "kick" in hit.voice and loudest.start * score.beat_s - 0.01 < hit.start_s < loudest.end * score.beat_s - 0.1
    ]
    window = RATE // 500
    offsets: list[float] = []
    for beat_s in beats:
        start = round((beat_s - 0.04) * RATE)
        energy = np.convolve(np.square(pcm[start : start + RATE // 10].sum(axis=1)), np.ones(window) / window, "valid")
        rising = energy[2 * window :] / (energy[: -2 * window] + 1e-4)
        offsets.append((int(rising.argmax()) + 1.5 * window) / RATE - 0.04)
    assert len(beats) >= 2
    assert abs(float(np.median(offsets))) < 0.005


@pytest.mark.parametrize("mood", list(Mood))
def test_the_end_card_sounds_the_tonic_chord(mood: Mood) -> None:
    bed = _band(mood)
    pcm = _mixed(mood)
    score = compose(bed, total_frames=FRAMES, fps=FPS)
    start = bed.sections[-1].start_frame * RATE // FPS + RATE // 3
    tail = pcm[start : start + RATE].mean(axis=1)
    spectrum = np.square(np.abs(np.fft.rfft(tail * np.hanning(len(tail)), 4 * RATE)))
    chroma = np.zeros(12)
    for midi in range(45, 76):
        hertz = 440 * 2 ** ((midi - 69) / 12)
        low, high = int(hertz * 4 * 0.985), int(hertz * 4 * 1.015) + 1
        chroma[midi % 12] += spectrum[low:high].max()
    home = score.harmony[-1].chord.pitch_classes(score.tonic)

    assert int(chroma.argmax()) in home
    assert chroma[list(home)].sum() > 0.8 * chroma.sum()


def test_the_same_bed_gives_the_same_samples_and_another_seed_others() -> None:
    short = _bed(Mood.TECH, frames=150)
    again = mix_bed(short, total_frames=150, fps=FPS)

    assert np.array_equal(mix_bed(short, total_frames=150, fps=FPS), again)
    assert not np.array_equal(mix_bed(_bed(Mood.TECH, frames=150, seed=12), total_frames=150, fps=FPS), again)


def test_moods_differ_in_sound() -> None:
    profiles: list[NDArray[np.float64]] = []
    for mood in Mood:
        pcm = _mixed(mood).mean(axis=1)
        envelope = np.square(pcm[: len(pcm) // 2_400 * 2_400]).reshape(-1, 2_400).mean(axis=1)
        profiles.append(10 * np.log10(envelope + 1e-6))
    for index, one in enumerate(profiles):
        for other in profiles[index + 1 :]:
            assert np.corrcoef(one[:240], other[:240])[0, 1] < 0.9


def test_named_instruments_change_the_sound_and_unknown_ones_do_not() -> None:
    plain = mix_bed(_bed(Mood.WARM, frames=150), total_frames=150, fps=FPS)
    unknown = mix_bed(_bed(Mood.WARM, frames=150, instruments=("theremin", "🎷")), total_frames=150, fps=FPS)
    harp = mix_bed(_bed(Mood.WARM, frames=150, instruments=("concert harp",)), total_frames=150, fps=FPS)

    assert np.array_equal(plain, unknown)
    assert not np.array_equal(plain, harp)


@pytest.mark.parametrize("frames", [151, 301, 1_001])
def test_a_bed_is_as_long_as_its_film_to_the_sample(frames: int) -> None:
    pcm = mix_bed(_bed(Mood.CALM, frames=frames), total_frames=frames, fps=FPS)

    assert len(pcm) == round(frames / FPS * RATE)
    assert not pcm[-1].any()


def test_the_music_lies_on_one_beat_grid_from_the_first_frame() -> None:
    bed = _bed(Mood.ENERGETIC)
    score = compose(bed, total_frames=FRAMES, fps=FPS)

    for section, passage in zip(bed.sections, score.passages, strict=True):
        assert abs(passage.span.start * score.beat_s - section.start_frame / FPS) <= 0.5 / FPS + 1e-9
    assert all(one.span.end == other.span.start for one, other in pairwise(score.passages))

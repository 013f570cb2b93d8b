"""The client's own music: laid to length, ducked under footage, as loud as every film of ours."""

import numpy as np
import pytest
from numpy.typing import NDArray

from gauntlet.core.ids import Digest
from gauntlet.media.conform import SAMPLE_RATE_HZ
from gauntlet.render.footage import sounds_of
from gauntlet.render.mixer.loudness import gated_loudness, k_weighted_power, mean_steps, true_peaks
from gauntlet.render.mixer.recorded import Heard, lay_bed, mix_recorded
from gauntlet.render.soundtrack import encode_sound, sound_fingerprint
from gauntlet.render.timeline import HeardFootage, RecordedBed, Timeline
from tests.media_files import decoded_seconds
from tests.render.painter.tiny import film, plain, shot

Sound = NDArray[np.float32]
SECOND = SAMPLE_RATE_HZ


def hum(seconds: float, *, hz: float = 220.0, level: float = 0.3) -> Sound:
    time_s = np.arange(round(seconds * SECOND)) / SECOND
    wave = level * np.sin(2 * np.pi * hz * time_s)
    return np.stack([wave, wave]).astype(np.float32)


def level_db(sound: Sound, start_s: float, end_s: float) -> float:
    part = sound[round(start_s * SECOND) : round(end_s * SECOND)]
    return float(10 * np.log10(np.square(part).mean() + 1e-12))


def share_of(sound: Sound, hz: float, start_s: float, end_s: float) -> float:
    """Return the amplitude of one frequency."""
    part = sound[round(start_s * SECOND) : round(end_s * SECOND), 0]
    time_s = np.arange(len(part)) / SECOND
    return float(2 * abs(np.mean(part * np.exp(-2j * np.pi * hz * time_s))))


def test_longer_track_is_cut_at_the_film_s_length() -> None:
    track = hum(5)
    assert np.array_equal(lay_bed(track, length=2 * SECOND, is_whole=False), track[:, : 2 * SECOND])


def test_shorter_track_is_repeated_without_a_gap() -> None:
    bed = lay_bed(hum(3, hz=200), length=10 * SECOND, is_whole=False)
    assert bed.shape == (2, 10 * SECOND)
    steps = [level_db(bed.T, at, at + 0.25) for at in np.arange(0, 9.75, 0.25)]
    assert max(steps) - min(steps) < 3.5
    assert float(np.abs(np.diff(bed[0])).max()) < 0.03  # no click at a seam


def test_whole_track_ends_and_silence_follows() -> None:
    bed = lay_bed(hum(2), length=4 * SECOND, is_whole=True)
    assert level_db(bed.T, 0, 1.9) > -15
    assert not bed[:, 2 * SECOND :].any()


@pytest.mark.parametrize("level", [0.01, 0.3, 0.99])
def test_music_is_as_loud_as_every_film_and_fades_out_at_its_end(level: float) -> None:
    rng = np.random.default_rng(1)
    noise = (rng.standard_normal((2, 12 * SECOND)) * level / 3).astype(np.float32)
    out = mix_recorded(noise, [], is_ducked=True)
    audio = np.ascontiguousarray(out.T)
    assert abs(gated_loudness(mean_steps(k_weighted_power(audio))) + 14) < 0.2
    assert 20 * np.log10(float(true_peaks(audio).max())) <= -1.0
    assert not out[[0, -1]].any()
    assert level_db(out, 11.8, 12.0) < level_db(out, 5, 9) - 15
    assert abs(level_db(out, 9.6, 9.9) - level_db(out, 5, 9)) < 1.5


def test_bed_goes_down_by_about_11_db_while_footage_is_heard() -> None:
    heard = Heard(hum(3, hz=1_000), 4 * SECOND)
    out = mix_recorded(hum(12, hz=220), [heard], is_ducked=True)
    before, under, after = (share_of(out, 220, a, b) for a, b in ((1, 3), (4.5, 6.5), (8, 9.5)))
    assert 20 * np.log10(under / before) == pytest.approx(-11, abs=1)
    assert after == pytest.approx(before, rel=0.1)
    assert share_of(out, 1_000, 4.5, 6.5) > 2 * under
    assert share_of(out, 1_000, 8, 9.5) < 1e-3


def test_whole_bed_is_not_ducked_and_silent_footage_ducks_nothing() -> None:
    quiet = Heard(np.zeros((2, 3 * SECOND), np.float32), 4 * SECOND)
    for heard, is_ducked in ((quiet, True), (Heard(hum(3, hz=1_000), 4 * SECOND), False)):
        out = mix_recorded(hum(12, hz=220), [heard], is_ducked=is_ducked)
        assert share_of(out, 220, 4.5, 6.5) == pytest.approx(share_of(out, 220, 1, 3), rel=0.1)


def test_silent_track_stays_silent() -> None:
    out = mix_recorded(np.zeros((2, 6 * SECOND), np.float32), [], is_ducked=True)
    assert np.isfinite(out).all()
    assert not out.any()


def _timeline(recorded: RecordedBed | None, *heard: HeardFootage) -> Timeline:
    timeline = film(shot([plain("#333333", last=179)], frames=180))
    return timeline.model_copy(update={"recorded": recorded, "heard": heard})


def _pcm(sound: Sound) -> bytes:
    return (sound.T * 32_767).astype("<i2").tobytes()


def test_film_s_sound_is_exactly_as_long_as_the_film_whatever_it_is_made_of() -> None:
    bed = RecordedBed(digest=Digest("b" * 64), duration_ms=2_500)
    spoken = HeardFootage(digest=Digest("c" * 64), start_ms=0, start_frame=30, duration_frames=60)
    prints: set[str] = set()
    for timeline in (_timeline(bed), _timeline(None, spoken), _timeline(bed, spoken), _timeline(None)):
        sounds = {order.key: _pcm(hum(2.0)) for order in sounds_of(timeline)}
        assert decoded_seconds(encode_sound(timeline, sounds)) == pytest.approx(6.0, abs=0.03)
        prints.add(sound_fingerprint(timeline))
    assert len(prints) == 4

import io
import struct
import time
from typing import Any, cast

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.inspector import inspect
from gauntlet.media.sounds import SoundInspection, inspect_sound
from tests.media_files import SOUND_KINDS, SoundKind, assert_told, decoded_seconds, film, sound, tone

LIMITS = InspectionLimits()
WITHOUT_XING = {"write_xing": "0", "id3v2_version": "0"}


def inspected(data: bytes, *, limits: InspectionLimits = LIMITS) -> SoundInspection:
    return inspect_sound(io.BytesIO(data), limits=limits)


def noise_after_silence(duration_s: float = 6.0) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Return what an encoder of varying bit rate gives few bytes to first, and many then."""
    samples = np.random.default_rng(1).uniform(-0.8, 0.8, round(duration_s * 48_000)).astype(np.float32)
    samples[: len(samples) // 2] = 0
    return samples


@pytest.mark.parametrize(
    ("kind", "format_", "codec", "channels"),
    [
        ("mp3", "mp3", "mp3", 1),
        ("wav", "wav", "pcm_s16le", 1),
        ("ogg", "ogg", "opus", 1),
        ("vorbis", "ogg", "vorbis", 2),
        ("aac", "aac", "aac", 1),
        ("m4a", "m4a", "aac", 1),
    ],
)
def test_a_sound_of_each_format_gives_the_facts_it_was_made_with(
    kind: SoundKind, format_: str, codec: str, channels: int
):
    data = sound(kind, duration_s=2.0)
    result = inspected(data)
    facts = result.facts
    assert (facts.format, facts.audio_codec, facts.channels, facts.sample_rate_hz) == (format_, codec, channels, 48_000)
    assert facts.duration_s == pytest.approx(decoded_seconds(data), abs=1e-6)
    assert facts.duration_s == pytest.approx(2.0, abs=0.03)
    assert facts.bit_rate_bps is not None
    assert 0.6 < facts.bit_rate_bps / (len(data) * 8 / 2) <= 1.01  # without headers, which weigh on a short Vorbis
    assert result.waveform.duration_s == facts.duration_s


@pytest.mark.parametrize("kind", SOUND_KINDS)
def test_the_waveform_follows_the_sound(kind: SoundKind):
    peaks = np.array(inspected(sound(kind, duration_s=2.0)).waveform.peaks)
    assert 190 <= len(peaks) <= 210
    # The tone swells evenly from nothing to half of full scale; in stereo its power is shared between two channels.
    top = 0.5 if kind != "vorbis" else 0.5 / np.sqrt(2)
    middle = slice(10, 190)
    expected = np.linspace(0, top, len(peaks))
    assert np.abs(peaks[middle] - expected[middle]).max() < 0.09


@pytest.mark.parametrize("codec", ["pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le"])
def test_samples_of_any_width_reach_the_same_height(codec: str):
    result = inspected(sound("wav", codec=codec, duration_s=1.0))
    assert result.facts.audio_codec == codec
    assert max(result.waveform.peaks) == pytest.approx(0.5, abs=0.01)


def test_the_loudest_moment_is_where_it_is_in_the_sound():
    samples = np.zeros(48_000 * 3, dtype=np.float32)
    samples[48_000 * 2] = -0.9
    peaks = inspected(sound("wav", samples=samples)).waveform.peaks
    assert len(peaks) == 300
    assert peaks.index(max(peaks)) == 200
    assert peaks[200] == pytest.approx(0.9, abs=0.001)
    assert sum(peaks) == peaks[200]


def test_silence_is_taken_and_its_waveform_is_flat():
    result = inspected(sound("wav", samples=np.zeros(24_000, dtype=np.float32)))
    assert set(result.waveform.peaks) == {0.0}


def test_floats_that_are_no_numbers_leave_the_rest_of_the_waveform():
    samples = np.full(48_000, 0.25, dtype=np.float32)
    samples[100:200] = np.nan
    samples[300] = np.inf
    peaks = inspected(sound("wav", codec="pcm_f32le", samples=samples)).waveform.peaks
    assert peaks[0] == 1.0
    assert peaks[-1] == pytest.approx(0.25)


def test_a_single_sample_is_a_sound():
    result = inspected(sound("wav", samples=np.array([0.5], dtype=np.float32)))
    assert result.facts.duration_s == pytest.approx(1 / 48_000, rel=0.05)
    assert len(result.waveform.peaks) == 1


def test_a_varying_bit_rate_without_a_count_of_frames_does_not_mislead():
    data = sound("mp3", samples=noise_after_silence(), quality=0, options=WITHOUT_XING)
    with av.open(io.BytesIO(data), "r") as container:
        claimed_s = (container.duration or 0) / 1_000_000
    result = inspected(data)
    assert abs(claimed_s - 6) > 0.5  # FFmpeg's guess from the first frames' bit rate
    assert result.facts.duration_s == pytest.approx(decoded_seconds(data), abs=1e-6)
    assert result.facts.duration_s == pytest.approx(6.0, abs=0.05)
    peaks = result.waveform.peaks
    assert max(peaks[: len(peaks) * 2 // 5]) < 0.05 < 0.5 < min(peaks[len(peaks) * 3 // 5 : -5])


def test_a_count_of_frames_that_lies_is_not_believed():
    data = sound("mp3", duration_s=2.0)
    at = data.index(b"Info") if b"Info" in data else data.index(b"Xing")
    lying = data[: at + 8] + (1_000_000).to_bytes(4, "big") + data[at + 12 :]
    assert inspected(lying).facts.duration_s == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize("kind", ["mp3", "m4a"])
def test_a_cover_is_neither_film_nor_length(kind: SoundKind):
    data = sound(kind, cover=True, duration_s=2.0)
    facts = inspect(io.BytesIO(data), limits=LIMITS).facts
    assert facts.type == "audio"
    assert facts.duration_s == pytest.approx(2.0, abs=0.03)


def test_a_long_sound_is_heard_here_and_there_and_its_length_is_exact():
    samples = np.concatenate([tone(5.0, rate_hz=8_000), np.zeros(5 * 8_000, dtype=np.float32)] * 40)
    data = sound("mp3", samples=samples, rate_hz=8_000, options={"write_xing": "0"})
    long = data * 4  # frames follow one another without a container: 1,600 seconds of them
    result = inspected(long)
    assert result.facts.duration_s == pytest.approx(4 * decoded_seconds(data), rel=0.001)
    peaks = np.array(result.waveform.peaks)
    assert len(peaks) == 1_000
    # 160 swells of 5 s, each with a pause of 5 s behind it.
    phase = (np.arange(1_000) + 0.5) * result.facts.duration_s / 1_000 % 10
    assert peaks[(phase > 3) & (phase < 4.5)].mean() > 0.25
    assert np.median(peaks[(phase > 6.5) & (phase < 9)]) < 0.05


class VirtualWav(io.RawIOBase):
    """A WAV of any length, made where it is read: half a gigabyte that is nowhere."""

    def __init__(self, *, seconds: int) -> None:
        self.data_bytes = seconds * 96_000
        self.header = b"RIFF" + struct.pack("<I", self.data_bytes + 36) + b"WAVEfmt "
        self.header += struct.pack("<IHHIIHH", 16, 1, 1, 48_000, 96_000, 2, 16)
        self.header += b"data" + struct.pack("<I", self.data_bytes)
        self.at = self.taken = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.data_bytes + 44}[whence]
        self.at = base + offset
        return self.at

    def tell(self) -> int:
        return self.at

    def read(self, size: int = -1, /) -> bytes:
        end = min(self.at + size, self.data_bytes + 44) if size >= 0 else self.data_bytes + 44
        out = self.header[self.at : end]
        first = max(0, self.at + len(out) - 44)
        if end - 44 > first:
            steps = np.arange(first // 2, -(-(end - 44) // 2), dtype=np.float64) / (self.data_bytes // 2)
            made = (steps * 30_000 * np.where(np.arange(len(steps)) % 2, -1, 1)).astype("<i2").tobytes()
            out += made[first % 2 : first % 2 + end - 44 - first]
        self.at += len(out)
        self.taken += len(out)
        return out


def test_a_wav_of_half_a_gigabyte_is_read_at_places_only():
    file = VirtualWav(seconds=5_400)
    result = inspect_sound(file, limits=LIMITS)  # pyright: ignore[reportArgumentType]  # raw reads are whole here
    assert result.facts.duration_s == pytest.approx(5_400)
    assert (result.facts.channels, result.facts.bit_rate_bps) == (1, pytest.approx(768_000, rel=0.01))
    peaks = np.array(result.waveform.peaks)
    assert np.abs(peaks - np.linspace(0, 30_000 / 32_768, 1_000)).max() < 0.01
    assert file.taken < 0.3 * file.data_bytes


def test_a_sound_that_lasts_longer_than_allowed_is_refused_with_both_numbers():
    with pytest.raises(TooLarge) as error:
        inspected(sound("wav", duration_s=2.0), limits=InspectionLimits(audio_duration_max_s=1.0))
    assert error.value.details == {"field": "file", "value": 2.0, "limit": 1.0}


@pytest.mark.parametrize("kind", ["wav", "ogg", "vorbis", "m4a", "mp3"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_sound_that_is_cut_short_is_refused(kind: SoundKind, share: float):
    data = sound(kind, duration_s=4.0)
    with pytest.raises(InvalidInput, match="cut short"):
        inspected(data[: int(len(data) * share)])


@pytest.mark.parametrize(("kind", "options"), [("aac", None), ("mp3", WITHOUT_XING)])
def test_a_sound_that_cannot_know_it_was_cut_has_the_length_that_is_left(
    kind: SoundKind, options: dict[str, str] | None
):
    data = sound(kind, duration_s=4.0, options=options)
    assert inspected(data[: len(data) // 2]).facts.duration_s == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize("unknown", [0xFFFF_FFFF, 0x7FFF_FFFF])
def test_a_wav_whose_writer_could_not_go_back_has_the_length_of_its_samples(unknown: int):
    data = sound("wav", duration_s=1.5)
    at = data.index(b"data") + 4
    size = struct.pack("<I", unknown)
    streamed = data[:4] + size + data[8:at] + size + data[at + 4 :]
    assert inspected(streamed).facts.duration_s == pytest.approx(1.5)


def test_a_film_is_not_taken_for_a_sound():
    with pytest.raises(UnsupportedMedia, match="film"):
        inspected(film())


def test_a_sound_in_a_container_of_films_is_refused_by_name():
    with pytest.raises(UnsupportedMedia, match="MKV"):
        inspected(_matroska_sound())


def _matroska_sound() -> bytes:
    file = io.BytesIO()
    with cast(Any, av).open(file, "w", format="matroska") as container:
        stream = container.add_stream("pcm_s16le", rate=48_000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4_800), dtype=np.int16), format="s16", layout="stereo")
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"RIFF\x24\0\0\0WAVE", b"OggS", b"ID3\x04\0\0\0\0\0\0", b"\xff\xfb" * 40]
)
def test_the_mere_beginning_of_a_sound_is_refused(content: bytes):
    with pytest.raises(InvalidInput):
        inspected(content)


def test_twenty_minutes_are_looked_into_within_seconds():
    data = sound("aac", duration_s=30.0) * 40
    started = time.process_time()
    assert inspected(data).facts.duration_s == pytest.approx(1_200, rel=0.01)
    assert time.process_time() - started < 8


MADE = {kind: sound(kind, duration_s=1.0) for kind in SOUND_KINDS} | {
    "cover": sound("m4a", cover=True, duration_s=1.0),
    "floats": sound("wav", codec="pcm_f32le", duration_s=0.5),
    "vbr": sound("mp3", quality=4, duration_s=1.0, options=WITHOUT_XING),
}


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(sorted(MADE)),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
    kept=st.one_of(st.just(1.0), st.floats(0, 1)),
)
def test_a_damaged_sound_gives_facts_or_one_of_three_errors_soon(
    name: str, flips: list[tuple[float, int]], kept: float
):
    data = bytearray(MADE[name][: int(len(MADE[name]) * kept)])
    for place, value in flips:
        if data:
            data[int(place * len(data))] = value
    assert_told(bytes(data))

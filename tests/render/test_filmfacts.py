# pyright: reportUnknownMemberType=false
# PyAV's stubs leave the parameter of Packet open, so that every mux and encode counts as partly unknown.
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from gauntlet.core.errors import RenderFailed
from gauntlet.render.filmfacts import FilmFacts, FrameSpan, measure_film, starts_fast

FPS = 30
WIDTH, HEIGHT = 192, 128
RATE = 48_000


def _picture(shift: float) -> NDArray[np.uint8]:
    """A soft pattern, `shift` pixels to the right."""
    across = np.arange(WIDTH)[np.newaxis, :] - shift
    down = np.arange(HEIGHT)[:, np.newaxis]
    grey = 128 + 80 * np.sin(across / 9) * np.cos(down / 11)
    return np.repeat(grey[:, :, np.newaxis], 3, axis=2).astype(np.uint8)


def _film(
    pictures: list[NDArray[np.uint8]],
    *,
    sound: NDArray[np.float32] | None = None,
    faststart: bool = True,
    tagged: bool = True,
    times: list[int] | None = None,
) -> bytes:
    # On disk, because the muxer reopens its file by name to move the index to the front.
    with TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        options = {"movflags": "+faststart"} if faststart else {}
        with av.open(str(path), mode="w", format="mp4", options=options) as container:
            video = _video_stream(container, tagged=tagged)
            audio = container.add_stream("aac", rate=RATE, layout="stereo") if sound is not None else None
            for index, picture in enumerate(pictures):
                frame = VideoFrame.from_ndarray(picture, format="rgb24")
                frame.pts = times[index] if times else index
                frame.time_base = Fraction(1, FPS)
                container.mux(video.encode(frame))
            container.mux(video.encode())
            if audio is not None and sound is not None:
                _write_sound(container, audio, sound)
        return path.read_bytes()


def _video_stream(container: OutputContainer, *, tagged: bool) -> VideoStream:
    video = container.add_stream("libx264", rate=FPS, options={"crf": "16", "profile": "high"})
    video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    if tagged:
        codec = video.codec_context
        codec.color_primaries = codec.color_trc = codec.colorspace = codec.color_range = 1
    return video


def _write_sound(container: OutputContainer, audio: AudioStream, sound: NDArray[np.float32]) -> None:
    for start in range(0, len(sound), 1_024):
        block = np.ascontiguousarray(sound[start : start + 1_024].T)
        heard = AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        heard.sample_rate, heard.pts = RATE, start
        container.mux(audio.encode(heard))
    container.mux(audio.encode())


@cache
def _moving() -> bytes:
    seconds = np.arange(RATE * 2) / RATE
    # Faded in and out: a codec overshoots where a tone begins abruptly.
    tone = 0.2 * np.sin(2 * np.pi * 997 * seconds) * np.interp(seconds, [0, 0.05, 1.95, 2], [0, 1, 1, 0])
    sound = np.stack((tone, tone), axis=1).astype(np.float32)
    return _film([_picture(shift=0.5 * n) for n in range(60)], sound=sound)


@cache
def _facts() -> FilmFacts:
    return measure_film(_moving())


def test_a_good_film_is_measured_as_it_was_made() -> None:
    facts = _facts()

    assert (facts.width, facts.height, facts.frames, facts.fps) == (WIDTH, HEIGHT, 60, 30.0)
    assert (facts.video_codec, facts.profile, facts.pixel_format) == ("h264", "High", "yuv420p")
    assert facts.constant_frame_rate
    assert facts.bt709
    assert facts.faststart
    assert facts.black_spans == ()
    assert facts.frozen_spans == ()
    assert facts.size_bytes == len(_moving())


def test_sound_is_measured_through_the_codec() -> None:
    sound = _facts().sound

    assert sound is not None
    assert (sound.codec, sound.sample_rate_hz, sound.channels) == ("aac", RATE, 2)
    assert abs(sound.samples - 2 * RATE) <= 1_024
    assert sound.loudness_lufs == pytest.approx(-13.98, abs=0.3)
    assert sound.true_peak_dbtp == pytest.approx(-13.98, abs=0.5)


def test_a_black_stretch_is_found_and_a_short_one_is_not() -> None:
    black = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    pictures = [_picture(shift=n) for n in range(60)]
    pictures[5:10] = [black] * 5
    pictures[30:50] = [black] * 20
    facts = measure_film(_film(pictures))

    assert facts.black_spans == (FrameSpan(start_frame=30, end_frame=50),)
    assert facts.sound is None


def test_a_frozen_stretch_is_found_and_a_slow_move_is_not() -> None:
    slow = [_picture(shift=0.05 * n) for n in range(40)]
    pictures = [*slow, *[_picture(shift=30)] * 20, *[_picture(shift=30 + n) for n in range(10)]]
    facts = measure_film(_film(pictures))

    assert len(facts.frozen_spans) == 1
    # After a cut the encoder takes a few frames to settle.
    assert abs(facts.frozen_spans[0].start_frame - 40) <= 3
    assert abs(facts.frozen_spans[0].end_frame - 60) <= 3


def test_an_index_at_the_end_is_found() -> None:
    assert not measure_film(_film([_picture(n) for n in range(5)], faststart=False)).faststart
    assert starts_fast(_moving())
    assert not starts_fast(b"nothing of the kind")


def test_missing_colour_tags_are_found() -> None:
    assert not measure_film(_film([_picture(n) for n in range(5)], tagged=False)).bt709


def test_uneven_frames_are_found() -> None:
    facts = measure_film(_film([_picture(n) for n in range(6)], times=[0, 1, 2, 5, 6, 7]))

    assert not facts.constant_frame_rate
    assert facts.frames == 6


@pytest.mark.parametrize("damage", [b"", b"not a film at all", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 500])
def test_bytes_that_are_no_film_are_refused_with_their_size(damage: bytes) -> None:
    with pytest.raises(RenderFailed, match=f"{len(damage)} bytes") as refused:
        measure_film(damage)
    assert refused.value.next_step


def test_a_film_cut_off_is_refused_or_counted_short() -> None:
    whole = _moving()
    try:
        facts = measure_film(whole[: len(whole) // 2])
    except RenderFailed:
        return
    assert facts.frames < 60

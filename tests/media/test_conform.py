"""Conforming: exactly the frames that are wanted, upright, in the right colours; sound at our rate."""

import io
import itertools
from fractions import Fraction
from typing import Any, cast

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from gauntlet.core.errors import InvalidInput
from gauntlet.core.ids import Digest
from gauntlet.core.settings import MEGABYTE, MediaSettings
from gauntlet.media.conform import ClipSpec, SoundSpec, clip_key, conform_clip, conform_sound, samples_of
from gauntlet.media.footage import Stretch, StretchWish, choose_stretch
from gauntlet.media.sandbox.conforming import Conformer
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.media.sandbox.sources import MemorySource
from tests.media_files import decoded_frames, film, sound, tone

WIDTH, HEIGHT = 160, 96
DIGEST = Digest("a" * 64)
Rgb = NDArray[np.uint8]
open_media: Any = cast(Any, av).open


def spec(**changes: Any) -> ClipSpec:
    whole = {"source_width": WIDTH, "source_height": HEIGHT, "view_x": 0, "view_y": 0}
    shown = {"view_width": WIDTH, "view_height": HEIGHT, "width": WIDTH, "height": HEIGHT}
    return ClipSpec.model_validate({**whole, **shown, "start_ms": 0, "length_ms": 2_000, "frames": 30, **changes})


def conformed(data: bytes, wanted: ClipSpec) -> list[Rgb]:
    clip = conform_clip(io.BytesIO(data), wanted)
    with open_media(io.BytesIO(clip)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def shades(*, rate: int, frames: int, gap_at: int | None = None) -> bytes:
    """Return a film whose frame number n is a grey of 20 + 2n, lossless; without frame `gap_at`."""
    file = io.BytesIO()
    with open_media(file, "w", format="matroska") as container:
        stream: Any = container.add_stream("ffv1", rate=rate)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.time_base = Fraction(1, rate)
        for number in range(frames):
            if number == gap_at:
                continue
            planes = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
            planes[:HEIGHT] = 20 + 2 * number
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def numbers(data: bytes, wanted: ClipSpec) -> list[int]:
    """Return which frame of `shades` each frame of the clip shows."""
    clip = conform_clip(io.BytesIO(data), wanted)
    with open_media(io.BytesIO(clip)) as container:
        luma = [frame.to_ndarray()[: HEIGHT // 2].mean() for frame in container.decode(video=0)]
    return [round((float(level) - 20) / 2) for level in luma]


def test_clip_has_exactly_the_frames_wanted_at_our_rate_and_says_what_its_colours_are() -> None:
    clip = conform_clip(io.BytesIO(film(frames=20, rate=10)), spec(frames=47, width=64, height=40))
    with open_media(io.BytesIO(clip)) as container:
        stream: Any = container.streams.video[0]
        frames: list[Any] = list(container.decode(video=0))
    assert len(frames) == 47
    assert (stream.average_rate, frames[0].width, frames[0].height) == (30, 64, 40)
    assert [frame.pts * stream.time_base for frame in frames] == [Fraction(n, 30) for n in range(47)]
    assert (frames[0].colorspace, frames[0].color_range, frames[0].format.name) == (1, 1, "yuv420p")


def test_same_film_and_order_give_the_same_bytes_and_key() -> None:
    data = film()
    assert conform_clip(io.BytesIO(data), spec()) == conform_clip(io.BytesIO(data), spec())
    assert clip_key(DIGEST, spec()) == clip_key(DIGEST, spec())
    others = {clip_key(DIGEST, spec(start_ms=1)), clip_key(Digest("b" * 64), spec()), clip_key(DIGEST, spec(frames=29))}
    assert len(others | {clip_key(DIGEST, spec())}) == 4
    assert clip_key(DIGEST, SoundSpec(samples=30)) not in others


def test_24_frames_a_second_become_30_by_showing_the_nearest() -> None:
    found = numbers(shades(rate=24, frames=48), spec(frames=30, length_ms=2_000))
    assert found == sorted(found)
    assert found == [int(place * 24 / 30 + 0.01) for place in range(30)]
    repeats = [place for place in range(1, 30) if found[place] == found[place - 1]]
    assert len(repeats) == 6  # one in five, evenly
    assert {b - a for a, b in itertools.pairwise(repeats)} == {5}


def test_60_frames_a_second_become_30_by_showing_every_other() -> None:
    assert numbers(shades(rate=60, frames=60), spec(frames=20, length_ms=1_000)) == list(range(0, 40, 2))


def test_stretch_begins_where_it_is_to_and_slow_motion_takes_twice_as_long() -> None:
    data = shades(rate=30, frames=60)
    assert numbers(data, spec(frames=10, start_ms=1_000, length_ms=400)) == list(range(30, 40))
    slow = numbers(data, spec(frames=20, start_ms=1_000, length_ms=400, pace_percent=50))
    assert slow[0] == 30
    assert slow[-1] in {39, 40}
    assert slow == sorted(slow)


def test_film_of_uneven_rate_shows_the_frame_of_the_moment() -> None:
    found = numbers(shades(rate=30, frames=30, gap_at=10), spec(frames=20, length_ms=900))
    assert found == [*range(10), 9, *range(11, 20)]


def test_stretch_that_is_over_stays_on_its_last_frame_or_begins_again_without_a_jump() -> None:
    data = shades(rate=30, frames=30)
    held = numbers(data, spec(frames=40, length_ms=1_000))
    assert held == [*range(30), *[29] * 10]
    looped = numbers(data, spec(frames=70, length_ms=1_000, play="loop"))
    assert looped[:20] == list(range(20))
    assert max(abs(b - a) for a, b in itertools.pairwise(looped)) <= 4
    assert len(looped) == 70


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("mirrored", [False, True])
def test_film_stands_upright_however_it_was_stored(rotation: int, mirrored: bool) -> None:
    data = film("mp4", rotation=rotation, mirrored=mirrored, frames=4)
    upright = (HEIGHT, WIDTH) if rotation in {90, 270} else (WIDTH, HEIGHT)
    size = {"source_width": upright[0], "source_height": upright[1], "width": upright[0], "height": upright[1]}
    shown = conformed(data, spec(**size, view_width=upright[0], view_height=upright[1], frames=1))[0]
    with open_media(io.BytesIO(data)) as container:
        frame: Any = next(container.decode(video=0))
        stored: Rgb = frame.to_ndarray(format="rgb24")
    matrix = (
        next(bytes(one) for one in frame.side_data if one.type.name == "DISPLAYMATRIX") if rotation or mirrored else b""
    )
    expected = _placed(stored, matrix) if matrix else stored
    assert shown.shape == expected.shape
    assert float(np.abs(shown.astype(int) - expected).mean()) < 6


def _placed(stored: Rgb, matrix: bytes) -> Rgb:
    """Move every pixel to where the matrix says: x′ = ax + cy, y′ = bx + dy."""
    a, b, _, c, d = (round(number / 65_536) for number in np.frombuffer(matrix, "<i4")[:5])
    height, width = stored.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    to_x, to_y = a * x + c * y, b * x + d * y
    to_x, to_y = to_x - to_x.min(), to_y - to_y.min()
    out = np.zeros((int(to_y.max()) + 1, int(to_x.max()) + 1, 3), np.uint8)
    out[to_y, to_x] = stored
    return out


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_view_is_cut_from_the_upright_film(rotation: int) -> None:
    data = film("mp4", rotation=rotation, frames=2)
    upright = (HEIGHT, WIDTH) if rotation in {90, 270} else (WIDTH, HEIGHT)
    size = {"source_width": upright[0], "source_height": upright[1]}
    whole = conformed(
        data, spec(**size, view_width=upright[0], view_height=upright[1], width=upright[0], height=upright[1], frames=1)
    )[0]
    part = conformed(
        data, spec(**size, view_x=16, view_y=24, view_width=48, view_height=32, width=48, height=32, frames=1)
    )[0]
    assert float(np.abs(part.astype(int) - whole[24:56, 16:64]).mean()) < 6


def test_view_of_a_film_with_oblong_pixels_is_measured_in_square_ones() -> None:
    data = film("mp4", sample_aspect=Fraction(2), frames=2)
    whole = conformed(data, spec(frames=1))[0]
    wide = spec(source_width=2 * WIDTH, view_x=WIDTH, view_width=WIDTH, width=80, height=HEIGHT, frames=1)
    right_half = conformed(data, wide)[0]
    assert float(np.abs(right_half.astype(int) - whole[:, 80:]).mean()) < 6


@pytest.mark.parametrize(
    ("format_", "matrix", "range_"), [("yuv420p", 5, 1), ("yuv420p", 1, 2), ("yuv444p", 9, 1), ("yuvj420p", 5, 2)]
)
def test_colours_are_the_same_whatever_matrix_and_range_they_were_stored_in(
    format_: str, matrix: int, range_: int
) -> None:
    colour = (200, 60, 40)
    pixels = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    pixels[:] = colour
    source = av.VideoFrame.from_ndarray(pixels, format="rgb24")
    stored: Any = source.reformat(format=format_, dst_colorspace=matrix, dst_color_range=range_)
    stored.pts, stored.time_base = 0, Fraction(1, 30)
    file = io.BytesIO()
    with open_media(file, "w", format="matroska") as container:
        stream: Any = container.add_stream("ffv1" if format_ != "yuvj420p" else "mjpeg", rate=30)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, format_
        stream.codec_context.colorspace, stream.codec_context.color_range = matrix, range_
        container.mux(stream.encode(stored))
        container.mux(stream.encode(None))
    clip = conform_clip(io.BytesIO(file.getvalue()), spec(frames=1))
    with open_media(io.BytesIO(clip)) as container:
        frame: Any = next(container.decode(video=0))
    planes: NDArray[np.uint8] = frame.to_ndarray()
    y, u, v = (float(part.mean()) for part in np.split(planes, [HEIGHT, HEIGHT * 5 // 4]))
    red, blue = y_scaled(y) + 1.5748 * (v - 128) / 224 * 255, y_scaled(y) + 1.8556 * (u - 128) / 224 * 255
    green = (y_scaled(y) - 0.2126 * red - 0.0722 * blue) / 0.7152
    assert max(abs(found - meant) for found, meant in zip((red, green, blue), colour, strict=True)) < 6


def y_scaled(luma: float) -> float:
    return (luma - 16) / 219 * 255


def test_damaged_film_gives_an_error_with_a_way_out() -> None:
    data = film()
    with pytest.raises(InvalidInput) as caught:
        conform_clip(io.BytesIO(data[: len(data) // 2]), spec())
    assert caught.value.next_step
    with pytest.raises(InvalidInput, match="moving picture"):
        conform_clip(io.BytesIO(sound("mp3")), spec())
    with pytest.raises(InvalidInput, match="no sound"):
        conform_sound(io.BytesIO(film(with_sound=False)), SoundSpec(samples=100))


@pytest.mark.parametrize("kind", ["mp3", "wav", "ogg", "vorbis", "aac", "m4a"])
def test_sound_comes_as_stereo_at_48_khz_from_its_beginning(kind: Any) -> None:
    heard = samples_of(conform_sound(io.BytesIO(sound(kind, duration_s=2.0)), SoundSpec(samples=96_000)))
    assert heard.shape[0] == 2
    assert abs(heard.shape[1] - 96_000) < 3_000
    meant = tone(2.0) * 0.5**0.5  # equal power: one channel becomes two
    loud = slice(40_000, 80_000)
    assert abs(float(np.abs(heard[0, loud]).max()) - float(np.abs(meant[loud]).max())) < 0.08
    assert np.allclose(heard[0], heard[1], atol=1e-3)


def test_sound_of_another_rate_keeps_its_pitch_and_only_as_much_comes_as_is_wanted() -> None:
    data = sound("wav", samples=tone(1.0, rate_hz=22_050), rate_hz=22_050)
    heard = samples_of(conform_sound(io.BytesIO(data), SoundSpec(samples=30_000)))[0]
    assert heard.shape == (30_000,)
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    assert abs(int(spectrum.argmax()) * 48_000 / 30_000 - 440) < 4


def test_sound_of_a_film_begins_at_the_stretch() -> None:
    data = film("mov", frames=20, rate=10)
    whole = samples_of(conform_sound(io.BytesIO(data), SoundSpec(samples=96_000)))[0]
    later = samples_of(conform_sound(io.BytesIO(data), SoundSpec(start_ms=1_000, samples=24_000)))[0]
    assert np.allclose(later, whole[48_000:72_000], atol=2e-3)


def test_sound_that_is_over_before_its_stretch_is_refused() -> None:
    with pytest.raises(InvalidInput):
        conform_sound(io.BytesIO(sound("wav", duration_s=0.5)), SoundSpec(start_ms=9_000, samples=100))


def test_stretch_is_taken_from_the_middle() -> None:
    data = film(frames=60, rate=10)
    assert choose_stretch(io.BytesIO(data), StretchWish(length_ms=2_000, duration_ms=6_000)) == Stretch(
        start_ms=2_000, length_ms=2_000
    )


def test_film_shorter_than_the_stretch_is_taken_whole() -> None:
    wish = StretchWish(length_ms=9_000, duration_ms=2_000)
    assert choose_stretch(io.BytesIO(film()), wish) == Stretch(start_ms=0, length_ms=2_000)


@pytest.mark.parametrize("key_every", [5, 250])
def test_stretch_is_not_black_where_the_film_shows_something_elsewhere(key_every: int) -> None:
    data = film(frames=60, rate=10, black_frames=36, key_every=key_every)
    found = choose_stretch(io.BytesIO(data), StretchWish(length_ms=1_500, duration_ms=6_000))
    assert found.start_ms >= 3_500


def test_second_stretch_of_a_film_is_another_one() -> None:
    data = film(frames=60, rate=10)
    first = choose_stretch(io.BytesIO(data), StretchWish(length_ms=1_500, duration_ms=6_000))
    taken = ((first.start_ms, first.start_ms + first.length_ms),)
    other = choose_stretch(io.BytesIO(data), StretchWish(length_ms=1_500, duration_ms=6_000, taken_ms=taken))
    assert other.start_ms + 1_500 <= first.start_ms or other.start_ms >= first.start_ms + 1_500


def test_seam_of_a_loop_dissolves() -> None:
    data = shades(rate=30, frames=36)
    looped = numbers(data, spec(frames=60, length_ms=1_200, play="loop"))
    at_seam = looped[22:40]
    assert looped[:24] == list(range(24))
    assert at_seam != sorted(at_seam)
    assert looped[36:48] == list(range(12, 24))


def test_conformed_clip_is_as_sharp_as_its_source() -> None:
    data = film("mkv", codec="ffv1", frames=3, width=320, height=192)
    size = {"source_width": 320, "source_height": 192, "view_width": 320, "view_height": 192}
    clip = conformed(data, spec(**size, width=320, height=192, frames=3, length_ms=300))
    with open_media(io.BytesIO(data)) as container:
        source: Any = next(container.decode(video=0))
        original = source.reformat(src_colorspace=5).to_ndarray(format="rgb24")
    assert cv2.PSNR(clip[0], original) > 32


async def test_long_stretch_takes_no_more_memory_than_a_short_one() -> None:
    data = film("mp4", width=1_280, height=720, frames=200, rate=30, with_sound=False)
    size = {"source_width": 1_280, "source_height": 720, "view_width": 1_280, "view_height": 720}
    wanted = spec(**size, width=320, height=180, frames=200, length_ms=6_600)
    # 200 decoded frames would be 280 MB.
    async with MediaSandbox(MediaSettings(memory_limit_bytes=256 * MEGABYTE)) as sandbox:
        clip = await Conformer(sandbox).conform(MemorySource(data), wanted)
    assert decoded_frames(clip) == 200

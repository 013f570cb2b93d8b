import io
from fractions import Fraction
from typing import cast

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.media.films import FilmInspection, inspect_film
from gauntlet.media.inspection import InspectionLimits
from tests.media_files import FILM_KINDS, FilmKind, assert_told, decoded_frames, film, patched, sound
from tests.pictures import decoded, encoded, scene

LIMITS = InspectionLimits()
WARM = (228, 87, 46)
IN_FRAGMENTS = {"movflags": "frag_keyframe+empty_moov"}
FAST_START = {"movflags": "faststart"}


def inspected(data: bytes, *, limits: InspectionLimits = LIMITS) -> FilmInspection:
    return inspect_film(io.BytesIO(data), limits=limits)


def corner(data: bytes, place: str) -> tuple[int, int, int]:
    """Return the mean colour of a corner of the thumbnail."""
    pixels = decoded(inspected(data).thumbnail)[..., :3]
    height, width = pixels.shape[:2]
    rows = slice(0, height // 4) if "top" in place else slice(-height // 4, None)
    columns = slice(0, width // 4) if "left" in place else slice(-width // 4, None)
    mean = pixels[rows, columns].reshape(-1, 3).mean(axis=0)
    return cast("tuple[int, int, int]", tuple(round(float(channel)) for channel in mean))


def is_warm(colour: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(colour, WARM, strict=True))


@pytest.mark.parametrize(
    ("kind", "format_", "codec", "sound_codec"),
    [
        ("mp4", "mp4", "h264", "aac"),
        ("m4v", "mp4", "h264", "aac"),
        ("mov", "mov", "h264", "pcm_s16le"),
        ("webm", "webm", "vp8", "opus"),
        ("mkv", "mkv", "h264", "aac"),
        ("avi", "avi", "mpeg4", None),  # with sound, its writer adds an empty frame, and so a tenth of a second
    ],
)
def test_a_film_of_each_container_gives_the_facts_it_was_made_with(
    kind: FilmKind, format_: str, codec: str, sound_codec: str | None
):
    data = film(kind, width=160, height=96, frames=20, rate=10, with_sound=sound_codec is not None)
    facts = inspected(data).facts
    assert (facts.format, facts.video_codec, facts.audio_codec) == (format_, codec, sound_codec)
    assert (facts.width, facts.height, facts.rotation, facts.pixel_format) == (160, 96, 0, "yuv420p")
    assert facts.frames == decoded_frames(data) == 20
    assert facts.frame_rate == 10
    assert facts.duration_s == pytest.approx(2.0, abs=0.002)
    assert (facts.channels, facts.sample_rate_hz) == ((1, 48_000) if sound_codec else (None, None))
    assert facts.bit_rate_bps == pytest.approx(len(data) * 8 / 2, rel=0.01)


@pytest.mark.parametrize(
    ("kind", "codec", "pixel_format", "name"),
    [
        ("webm", "libvpx-vp9", "yuv420p", "vp9"),
        ("mov", "prores_ks", "yuv422p10le", "prores"),
        ("avi", "mjpeg", "yuvj420p", "mjpeg"),
        ("mkv", "ffv1", "yuv444p", "ffv1"),
    ],
)
def test_the_codecs_of_cameras_editors_and_the_web_are_read(kind: FilmKind, codec: str, pixel_format: str, name: str):
    data = film(kind, codec=codec, pixel_format=pixel_format)
    facts = inspected(data).facts
    assert (facts.video_codec, facts.frames) == (name, decoded_frames(data))
    assert is_warm(corner(data, "top left"))


def test_the_sound_of_an_avi_is_told_of():
    facts = inspected(film("avi")).facts
    assert (facts.audio_codec, facts.channels, facts.sample_rate_hz) == ("mp3", 1, 48_000)


def test_a_film_without_sound_has_no_facts_about_sound():
    facts = inspected(film(with_sound=False)).facts
    assert (facts.audio_codec, facts.channels, facts.sample_rate_hz) == (None, None, None)


@pytest.mark.parametrize("size", [(161, 97), (2, 2), (1, 300), (16, 720)])
def test_odd_sizes_are_told_as_they_are(size: tuple[int, int]):
    width, height = size
    facts = inspected(film(width=width, height=height, pixel_format="yuv444p", with_sound=False)).facts
    assert (facts.width, facts.height) == size


def test_a_thumbnail_fits_its_size_and_is_never_enlarged():
    limits = InspectionLimits(thumbnail_px=100)
    assert decoded(inspected(film(width=160, height=96), limits=limits).thumbnail).shape[:2] == (60, 100)
    assert decoded(inspected(film(width=160, height=96)).thumbnail).shape[:2] == (96, 160)


@pytest.mark.parametrize(
    ("rotation", "mirrored", "place"),
    [
        (0, False, "top left"),
        (90, False, "top right"),
        (180, False, "bottom right"),
        (270, False, "bottom left"),
        (0, True, "top right"),
    ],
)
def test_a_turned_film_is_upright_in_facts_and_thumbnail(rotation: int, mirrored: bool, place: str):
    data = film(rotation=rotation, mirrored=mirrored)
    result = inspected(data)
    size = (96, 160) if rotation in {90, 270} else (160, 96)
    assert (result.facts.width, result.facts.height, result.facts.rotation) == (*size, rotation)
    assert decoded(result.thumbnail).shape[:2] == (size[1], size[0])
    corners = {each for each in ("top left", "top right", "bottom right", "bottom left") if is_warm(corner(data, each))}
    assert corners == {place}


@pytest.mark.parametrize(("aspect", "size"), [(Fraction(2), (320, 96)), (Fraction(1, 2), (160, 192))])
def test_pixels_that_are_not_square_lengthen_the_side_they_are_longer_on(aspect: Fraction, size: tuple[int, int]):
    result = inspected(film(sample_aspect=aspect))
    assert (result.facts.width, result.facts.height) == size
    assert decoded(result.thumbnail).shape[:2] == (size[1], size[0])


def test_the_size_of_a_turned_film_with_long_pixels_is_lengthened_before_it_is_turned():
    facts = inspected(film(sample_aspect=Fraction(2), rotation=90)).facts
    assert (facts.width, facts.height) == (96, 320)


def test_a_film_that_begins_in_black_has_a_thumbnail_that_is_not():
    assert is_warm(corner(film(black_frames=12, frames=20, key_every=2), "top left"))


@pytest.mark.parametrize("kind", ["mp4", "mkv"])
def test_a_film_whose_one_key_frame_is_black_is_looked_into_further(kind: FilmKind):
    data = film(kind, black_frames=12, frames=20, key_every=100, codec_options={"sc_threshold": "0"})
    with av.open(io.BytesIO(data), "r") as container:
        assert sum(packet.is_keyframe for packet in container.demux(video=0) if packet.size) == 1
    assert is_warm(corner(data, "top left"))


def test_a_film_that_is_black_throughout_is_taken_with_a_black_thumbnail():
    assert decoded(inspected(film(black_frames=20)).thumbnail)[..., :3].max() < 16


def test_colours_and_focus_are_those_of_the_thumbnail():
    facts = inspected(film()).facts
    assert facts.dominant_colours
    warmest = max(facts.dominant_colours, key=lambda colour: int(colour[1:3], 16))
    assert is_warm(cast("tuple[int, int, int]", tuple(bytes.fromhex(warmest[1:]))))
    assert all(0 < side < 1 for side in facts.focus)


def test_frames_at_uneven_times_give_their_average_rate():
    data = film("mkv", times=[index * index for index in range(20)], with_sound=False)
    facts = inspected(data).facts
    assert facts.frames == 20
    assert facts.duration_s == pytest.approx(36.1, abs=2.0)
    assert facts.frame_rate == pytest.approx(20 / facts.duration_s, rel=0.02)


@pytest.mark.parametrize("options", [IN_FRAGMENTS, FAST_START])
def test_where_the_index_lies_makes_no_difference(options: dict[str, str]):
    plain, other = inspected(film()).facts, inspected(film(options=options)).facts
    assert (other.duration_s, other.frames, other.frame_rate) == (plain.duration_s, plain.frames, plain.frame_rate)
    assert (other.width, other.height) == (plain.width, plain.height)


def test_a_live_recording_whose_header_knows_no_length_has_the_length_of_its_packets():
    facts = inspected(film("webm", options={"live": "1"})).facts
    assert (facts.duration_s, facts.frames) == (pytest.approx(2.0, abs=0.01), 20)


@pytest.mark.parametrize("lie", [1, 2_000_000_000])
def test_a_header_that_lies_about_the_length_is_not_believed(lie: int):
    data = film()
    data = patched(data, b"mvhd", lie.to_bytes(4, "big"), skip=16)
    assert inspected(data).facts.duration_s == pytest.approx(2.0)
    data = patched(film(with_sound=False), b"mdhd", lie.to_bytes(4, "big"), skip=16)
    assert inspected(data).facts.duration_s == pytest.approx(2.0)
    matroska = patched(film("mkv"), b"\x44\x89\x88", np.array(lie, dtype=">f8").tobytes())
    assert inspected(matroska).facts.duration_s == pytest.approx(2.0, abs=0.002)


@pytest.mark.parametrize("lie", [float("nan"), float("inf"), -5.0, 0.0])
def test_a_length_that_is_no_length_is_not_believed(lie: float):
    data = patched(film("mkv"), b"\x44\x89\x88", np.array(lie, dtype=">f8").tobytes())
    assert inspected(data).facts.duration_s == pytest.approx(2.0, abs=0.002)


def test_a_film_that_lasts_longer_than_allowed_is_refused_with_both_numbers():
    with pytest.raises(TooLarge) as error:
        inspected(film(frames=20, rate=10), limits=InspectionLimits(video_duration_max_s=1.5))
    assert error.value.details == {"field": "file", "value": 2.0, "limit": 1.5}
    assert "2 seconds" in error.value.message


def test_a_frame_said_to_last_for_years_is_refused():
    with pytest.raises(TooLarge):
        inspected(film("mkv", times=[0, *range(10**9, 10**9 + 19)], with_sound=False))


def test_a_side_past_the_limit_is_refused_with_both_numbers():
    with pytest.raises(TooLarge) as error:
        inspected(film(width=8_208, height=16, frames=2, with_sound=False))
    assert error.value.details == {"field": "file", "value": 8_208, "limit": 8_192}


def test_more_pixels_than_allowed_are_refused_with_both_numbers():
    with pytest.raises(TooLarge) as error:
        inspected(film(width=160, height=96), limits=InspectionLimits(pixel_limit=10_000))
    assert error.value.details == {"field": "file", "value": 15_360, "limit": 10_000}


def test_absurd_dimensions_in_a_header_are_refused_before_anything_is_decoded():
    data = film(with_sound=False)
    with pytest.raises(TooLarge, match="65500 × 65500"):
        inspected(patched(data, b"avc1", (65_500).to_bytes(2, "big") * 2, skip=24))


@pytest.mark.parametrize("kind", FILM_KINDS)
@pytest.mark.parametrize("share", [0.1, 0.35, 0.6, 0.85, 0.99])
def test_a_film_that_is_cut_short_is_refused(kind: FilmKind, share: float):
    data = film(kind)
    with pytest.raises(InvalidInput, match="cut short"):
        inspected(data[: int(len(data) * share)])


def test_a_film_that_could_start_at_once_and_is_cut_short_says_how_much_is_missing():
    data = film(options=FAST_START)
    with pytest.raises(InvalidInput) as error:
        inspected(data[:-5_000])
    assert error.value.details["value"] == cast(int, error.value.details["limit"]) - 5_000
    assert error.value.next_step is not None


def test_fragments_that_are_cut_short_are_refused():
    data = film(options=IN_FRAGMENTS)
    with pytest.raises(InvalidInput, match="cut short"):
        inspected(data[: data.rindex(b"mdat") + 40])


def test_an_index_that_points_past_the_end_is_refused():
    data = film(options=FAST_START, with_sound=False)
    table = data.rindex(b"stco") + 4 + 8
    moved = (int.from_bytes(data[table : table + 4], "big") + 1_000_000).to_bytes(4, "big")
    with pytest.raises(InvalidInput, match="damaged or cut short"):
        inspected(data[:table] + moved + data[table + 4 :])


def test_a_film_of_nothing_but_noise_in_its_frames_is_refused():
    data = film(options=FAST_START, with_sound=False)
    start = data.index(b"mdat") + 4
    noise = np.random.default_rng(3).integers(0, 256, len(data) - start, dtype=np.uint8).tobytes()
    with pytest.raises(InvalidInput, match="none of its pictures can be decoded"):
        inspected(data[:start] + noise)


@pytest.mark.parametrize(
    "content",
    [
        b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile '/etc/passwd'\n",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
        b"<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'></MPD>",
        b"",
        b"\0" * 4_096,
        b"\xff" * 70_000,
        encoded(scene(), "webp"),
        encoded(scene(), "jpg"),
    ],
)
def test_content_that_is_no_film_is_refused_whatever_would_open_it(content: bytes):
    with pytest.raises(UnsupportedMedia):
        inspected(content)


def test_a_sound_is_not_taken_for_a_film_even_with_a_cover():
    for data in (sound("m4a", cover=True), sound("mp3", cover=True), sound("wav")):
        with pytest.raises(UnsupportedMedia, match="no picture"):
            inspected(data)


def test_a_codec_that_is_not_taken_is_named():
    with pytest.raises(UnsupportedMedia, match="gif"):
        inspected(film("mov", codec="gif", pixel_format="rgb8", with_sound=False))


def test_an_unknown_codec_is_refused():
    data = film("mov", with_sound=False)
    with pytest.raises(UnsupportedMedia, match="not known"):
        inspected(patched(data, b"avc1"[:0] + b"stsd", b"zzzz", skip=12))


def test_a_matroska_that_says_it_is_something_else_is_refused():
    with pytest.raises(UnsupportedMedia, match="matros"):
        inspected(film("mkv").replace(b"matroska", b"matroskb", 1))


def test_a_failure_to_read_the_file_is_not_told_as_damage():
    class Unreachable(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 200:
                raise ConnectionResetError("gone")
            return super().read(size)

    with pytest.raises(ConnectionResetError):
        inspect_film(Unreachable(film()), limits=LIMITS)


class Counting(io.BytesIO):
    """Counts the bytes that are read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def test_only_the_parts_that_are_needed_are_read():
    data = film(width=640, height=360, frames=100, codec="mjpeg", pixel_format="yuvj420p")
    file = Counting(data + (50_000_000).to_bytes(4, "big") + b"free" + bytes(49_999_992))
    assert inspect_film(file, limits=LIMITS).facts.frames == 100
    assert file.taken < len(data)


@pytest.mark.parametrize("kind", ["mkv", "avi"])
def test_a_large_film_without_a_table_of_its_frames_is_measured_at_both_ends(kind: FilmKind):
    file = Counting(film(kind, width=960, height=640, frames=40, codec="rawvideo", with_sound=False))
    facts = inspect_film(file, limits=LIMITS).facts
    assert len(file.getvalue()) > 32_000_000
    assert (facts.duration_s, facts.frame_rate, facts.frames) == (pytest.approx(4.0, abs=0.002), 10, None)
    assert file.taken < 0.2 * len(file.getvalue())


MADE = {kind: film(kind, frames=8, with_sound=kind == "mp4") for kind in FILM_KINDS} | {
    "fragments": film(frames=8, options=IN_FRAGMENTS),
    "fast start": film(frames=8, options=FAST_START),
    "live": film("webm", frames=8, options={"live": "1"}),
}


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(sorted(MADE)),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12),
    kept=st.one_of(st.just(1.0), st.floats(0, 1)),
)
def test_a_damaged_film_gives_facts_or_one_of_three_errors_soon(name: str, flips: list[tuple[float, int]], kept: float):
    data = bytearray(MADE[name][: int(len(MADE[name]) * kept)])
    for place, value in flips:
        if data:
            data[int(place * len(data))] = value
    assert_told(bytes(data))

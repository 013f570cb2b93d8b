import struct

import numpy as np
import pytest
import pyvips

from gauntlet.core.errors import InvalidInput, TooLarge
from gauntlet.media.facts import AudioFacts, ImageFacts, VideoFacts
from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.pictures import decode_picture
from tests import media_files, pictures
from tests.media.looking import facts_of, look
from tests.pictures import SVG, Kind, encoded, scene

KINDS: tuple[Kind, ...] = ("jpg", "png", "webp", "gif")


def moving(frames: int, kind: str, *, side: int = 64) -> bytes:
    whole = pictures.noise(side, side)
    pages = [pyvips.Image.new_from_array(np.roll(whole, 3 * n, axis=0)) for n in range(frames)]
    film = pyvips.Image.arrayjoin(pages, across=1).copy(interpretation="srgb")
    film.set_type(pyvips.GValue.gint_type, "page-height", side)
    return film.write_to_buffer(f".{kind}")


@pytest.mark.parametrize("kind", KINDS)
def test_picture_has_a_thumbnail_and_facts_that_do_not_hang_on_its_size(kind: Kind) -> None:
    data = encoded(scene(900, 600), kind)

    seen = look(data)

    at_once = facts_of(data, InspectionLimits(thumbnail_px=256))  # shrunk in one go, where `seen` was in two
    assert isinstance(seen.facts, ImageFacts)
    assert (seen.facts.format, seen.width, seen.height) == (kind, 900, 600)
    assert seen.facts.model_dump(exclude={"focus", "dominant_colours"}) == at_once.model_dump(
        exclude={"focus", "dominant_colours"}
    )
    assert seen.facts.focus == pytest.approx(at_once.focus, abs=0.02)
    assert seen.thumbnail is not None
    assert pictures.decoded(seen.thumbnail).shape[:2] == (320, 480)
    assert (seen.rendition, seen.replacement, seen.waveform) == (None, None, None)


def test_turned_picture_has_upright_size_and_thumbnail() -> None:
    seen = look(encoded(scene(), "jpg", orientation=6))

    assert (seen.width, seen.height) == (200, 300)
    assert seen.thumbnail is not None
    assert pictures.decoded(seen.thumbnail).shape[:2] == (300, 200)


def test_drawing_has_the_size_that_it_is_drawn_with_and_a_png() -> None:
    seen = look(SVG)

    assert isinstance(seen.facts, ImageFacts)
    assert (seen.facts.width, seen.facts.height) == (300, 200)
    drawn = decode_picture(SVG)
    assert (seen.width, seen.height) == (drawn.width, drawn.height)
    assert seen.replacement is None
    assert seen.rendition is not None
    assert pictures.decoded(seen.rendition).shape == (1365, 2048, 4)


def test_drawing_with_a_script_is_replaced_by_what_is_left_of_it() -> None:
    seen = look(SVG.replace(b"<circle", b"<script>alert(1)</script><circle"))

    assert seen.replacement is not None
    assert b"script" not in seen.replacement
    assert look(seen.replacement).replacement is None


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_frames_are_counted_and_their_pixels_bounded_together(kind: str) -> None:
    data = moving(20, kind)

    seen = look(data)
    assert isinstance(seen.facts, ImageFacts)
    assert seen.facts.frames == 20
    with pytest.raises(TooLarge, match=r"20 frames of 64 × 64 pixels.* the limit is 0\.0819 megapixels") as many:
        look(data, InspectionLimits(animation_pixel_limit=20 * 64 * 64 - 20))
    assert many.value.details == {"field": "file", "value": 20 * 64 * 64, "limit": 20 * 64 * 64 - 20}


def test_one_frame_is_not_bounded_as_moving() -> None:
    assert look(encoded(scene(), "gif"), InspectionLimits(animation_pixel_limit=1)).width == 300


@pytest.mark.parametrize("kind", ["gif", "webp"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_damage_after_the_first_frame_is_taken_or_refused_and_nothing_else(kind: str, share: float) -> None:
    whole = moving(12, kind)
    damaged = bytearray(whole)
    start = int(len(whole) * share)
    damaged[start : start + 40] = bytes(len(damaged[start : start + 40]))

    for data in (bytes(damaged), whole[:start]):
        try:
            seen = look(data)
        except InvalidInput as error:
            told = error.next_step
        else:
            told = (seen.width, seen.height) == (64, 64) and seen.thumbnail
        assert told


def test_a_small_gif_of_many_large_frames_is_refused_before_any_is_decoded() -> None:
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 3_000, 3_000, 0) + b"\x02\x02\x44\x01\x00"
    screen = struct.pack("<HHBBB", 3_000, 3_000, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    data = b"GIF89a" + screen + frame * 50_000 + b"\x3b"

    with pytest.raises(TooLarge, match="50,000 frames of 3000 × 3000 pixels, 450,000 megapixels in all"):
        look(data)


def test_a_picture_over_the_size_limit_is_refused_before_it_is_read() -> None:
    data = encoded(pictures.noise(), "png")

    with pytest.raises(TooLarge, match=r"the limit for pictures is 0\.1 MB"):
        look(data, InspectionLimits(picture_size_max_bytes=100_000))


def test_a_page_inside_a_png_is_a_png() -> None:
    data = encoded(scene(), "png") + b"<html><script>alert(1)</script></html>"

    assert look(data).facts.type == "image"


def test_a_script_that_begins_like_a_gif_is_no_gif() -> None:
    with pytest.raises(InvalidInput):
        look(b"GIF89a/*" + bytes(8) + b"*/=1;alert(1)//")


def test_limits_of_thumbnail_and_rendition_hold() -> None:
    seen = look(SVG, InspectionLimits(thumbnail_px=100, rendition_px=400))

    assert seen.thumbnail is not None
    assert seen.rendition is not None
    assert max(pictures.decoded(seen.thumbnail).shape) == 100
    assert max(pictures.decoded(seen.rendition).shape) == pytest.approx(400, abs=2)


@pytest.mark.parametrize("kind", ["mp4", "mov", "webm", "mkv", "avi"])
def test_film_has_its_size_and_a_thumbnail(kind: media_files.FilmKind) -> None:
    seen = look(media_files.film(kind))

    assert isinstance(seen.facts, VideoFacts)
    assert (seen.facts.format, seen.width, seen.height) == (kind, 160, 96)
    assert seen.thumbnail is not None
    assert pictures.decoded(seen.thumbnail).shape[:2] == (96, 160)
    assert seen.waveform is None


@pytest.mark.parametrize(
    ("kind", "cover"),
    [("mp3", False), ("mp3", True), ("wav", False), ("ogg", False), ("aac", False), ("m4a", False), ("m4a", True)],
)
def test_sound_has_a_waveform_and_no_picture(kind: media_files.SoundKind, cover: bool) -> None:
    seen = look(media_files.sound(kind, cover=cover))

    assert isinstance(seen.facts, AudioFacts)
    assert seen.facts.format == kind
    assert seen.waveform is not None
    assert max(seen.waveform.peaks) > 0.3
    assert (seen.width, seen.height, seen.thumbnail) == (None, None, None)

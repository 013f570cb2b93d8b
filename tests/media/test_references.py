"""What is measured of reference pictures and films, and the small pictures that are made of them."""

import io
from collections.abc import AsyncIterator, Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.core.settings import MediaSettings
from gauntlet.media.light import joined_light, light_of
from gauntlet.media.reference_limits import ReferenceLimits
from gauntlet.media.references import Looked, look_at_reference
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.media.sandbox.references import ReferenceReader
from gauntlet.media.sandbox.sources import MemorySource
from tests.media_files import film, sound
from tests.pictures import animated_gif, cut_out, decoded, encoded, noise, scene

RED_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#c00"/></svg>'
)


def flat(*colour: int, width: int = 40, height: int = 40) -> NDArray[np.uint8]:
    pixels = np.empty((height, width, 4), dtype=np.uint8)
    pixels[:] = (*colour, 255)
    return pixels


def look(data: bytes, limits: ReferenceLimits | None = None) -> Looked:
    return look_at_reference(io.BytesIO(data), limits=limits or ReferenceLimits())


def test_black_white_and_grey_are_told_by_lightness_and_have_neither_warmth_nor_saturation() -> None:
    for level, brightness in ((0, 0.0), (255, 1.0), (119, 0.568)):
        light = light_of(flat(level, level, level))
        assert light is not None
        assert light.brightness == pytest.approx(brightness, abs=0.005)
        assert (light.contrast, light.saturation) == (0.0, 0.0)
        assert abs(light.warmth) < 0.01
        assert light.is_dark is (level == 0)


def test_amber_is_warm_and_blue_is_cool() -> None:
    amber, blue = light_of(flat(230, 150, 60)), light_of(flat(60, 110, 200))
    assert amber is not None
    assert blue is not None
    assert amber.warmth > 0.7
    assert blue.warmth < -0.5


def test_half_black_half_white_has_all_contrast_and_the_white_side_is_named() -> None:
    sides: dict[str, Callable[[NDArray[np.uint8]], NDArray[np.uint8]]] = {
        "left": lambda pixels: pixels[:, :20],
        "right": lambda pixels: pixels[:, 20:],
        "top": lambda pixels: pixels[:20],
        "bottom": lambda pixels: pixels[20:],
    }
    for side, half in sides.items():
        pixels = flat(0, 0, 0)
        half(pixels)[..., :3] = 255
        light = light_of(pixels)
        assert light is not None
        assert (light.contrast, light.brighter_side) == (1.0, side)


def test_even_light_names_no_side_and_transparent_pixels_do_not_count() -> None:
    light = light_of(np.dstack([noise(), np.full((300, 400), 255, dtype=np.uint8)]))
    assert light is not None
    assert light.brighter_side is None
    seen = light_of(cut_out())
    assert seen is not None
    assert seen.contrast == 0.0
    assert light_of(np.zeros((4, 4, 4), dtype=np.uint8)) is None


def test_light_of_a_film_names_a_side_only_where_all_its_pictures_agree() -> None:
    left, right = flat(0, 0, 0), flat(0, 0, 0)
    left[:, :20, :3] = right[:, 20:, :3] = 255
    lights = [light for light in (light_of(left), light_of(right)) if light is not None]
    assert joined_light(lights).brighter_side is None
    assert joined_light(lights[:1]).brighter_side == "left"


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
def test_picture_is_measured_and_made_small_without_being_enlarged(kind: str) -> None:
    seen = look(encoded(scene(3_000, 2_000), kind))  # pyright: ignore[reportArgumentType]  # the three kinds above
    assert (seen.measured.media, seen.measured.width, seen.measured.height) == ("picture", 3_000, 2_000)
    assert 1 <= len(seen.measured.colours) <= 5
    assert decoded(seen.jpegs[0]).shape[:2] == (683, 1_024)
    assert decoded(look(encoded(scene(60, 40), "png")).jpegs[0]).shape[:2] == (40, 60)


def test_sideways_photograph_is_upright_in_what_the_model_sees() -> None:
    seen = look(encoded(scene(300, 200), "jpg", orientation=6))
    assert (seen.measured.width, seen.measured.height) == (200, 300)
    assert decoded(seen.jpegs[0]).shape[:2] == (300, 200)


def test_transparent_parts_are_white_in_what_the_model_sees() -> None:
    pixels = decoded(look(encoded(cut_out(), "png")).jpegs[0])
    assert pixels[5, 5].min() > 245
    assert pixels[140, 140, 1] > 120 > pixels[140, 140, 0]


def test_drawing_and_moving_picture_are_pictures() -> None:
    drawing = look(RED_SVG)
    assert (drawing.measured.media, drawing.measured.width) == ("picture", 40)
    assert drawing.measured.colours[0].upper() in {"#CC0000", "#CB0000"}
    assert look(animated_gif()).measured.media == "picture"


def test_film_gives_its_key_frames_upright_with_their_seconds() -> None:
    seen = look(film(frames=40, rate=10, key_every=5, rotation=90, width=160, height=96))
    assert (seen.measured.media, seen.measured.width, seen.measured.height) == ("footage", 96, 160)
    assert seen.measured.duration_s == pytest.approx(4.0, abs=0.01)
    assert seen.measured.seconds == (0.0, 1.5, 2.5, 3.5)
    assert [decoded(jpeg).shape[:2] for jpeg in seen.jpegs] == [(160, 96)] * 4


def test_film_with_one_key_frame_gives_that_one() -> None:
    seen = look(film(frames=20, key_every=250))
    assert (len(seen.jpegs), seen.measured.seconds) == (1, (0.0,))


def test_black_beginning_of_a_film_is_not_shown_to_the_model() -> None:
    seen = look(film(frames=40, rate=10, key_every=5, black_frames=8))
    assert min(seen.measured.seconds) > 0


@pytest.mark.parametrize(
    ("limits", "data", "words"),
    [
        (ReferenceLimits(picture_max_bytes=1_000), encoded(noise(), "png"), "image has 0.4 MB; the limit is 0.001 MB"),
        (ReferenceLimits(film_max_bytes=1_000), film(), "video has 0.0 MB; the limit is 0.001 MB"),
        (ReferenceLimits(film_max_s=1.5), film(frames=20, rate=10), "lasts 2.0 s; the limit is 1.5 s"),
        (ReferenceLimits(pixel_limit=5_000), encoded(scene(), "png"), "megapixels"),
    ],
    ids=["image", "video", "seconds", "pixels"],
)
def test_reference_past_a_limit_is_refused_naming_value_and_limit(
    limits: ReferenceLimits, data: bytes, words: str
) -> None:
    with pytest.raises(TooLarge, match=words):
        look(data, limits)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (sound("mp3"), UnsupportedMedia),
        (b"just some words in a file that is a text", UnsupportedMedia),
        (b"\x00\x01\x02\x03" * 99, UnsupportedMedia),
        (b"", InvalidInput),
        (encoded(noise(), "png")[:-9_000], InvalidInput),
        (film()[:-3_000], InvalidInput),
        (encoded(np.zeros((9, 9, 4), dtype=np.uint8), "png"), InvalidInput),
    ],
    ids=["sound", "text", "noise", "empty", "cut picture", "cut film", "invisible"],
)
def test_what_is_no_reference_is_refused(data: bytes, error: type[InvalidInput]) -> None:
    with pytest.raises(error):
        look(data)


@pytest.fixture
async def sandbox() -> AsyncIterator[MediaSandbox]:
    async with MediaSandbox(MediaSettings(processes=1)) as opened:
        yield opened


async def test_media_process_looks_at_references_and_passes_on_why_it_refuses_one(sandbox: MediaSandbox) -> None:
    reader = ReferenceReader(sandbox, limits=ReferenceLimits(film_max_s=3))
    seen = await reader.look(MemorySource(film(frames=20, rate=10)), name="clip.mp4")
    assert (seen.facts.media, seen.facts.name) == ("footage", "clip.mp4")
    assert next(label for label, _ in seen.pictures) == "reference, at 0 s"
    assert all(decoded(jpeg).shape[:2] == (96, 160) for _, jpeg in seen.pictures)
    assert "light" in seen.facts.description
    still = await reader.look(MemorySource(encoded(scene(), "jpg")), name="still.jpg")
    assert [label for label, _ in still.pictures] == ["reference"]
    with pytest.raises(TooLarge, match="the limit is 3 s"):
        await reader.look(MemorySource(film(frames=40, rate=10)), name="long.mp4")

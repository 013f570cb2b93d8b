"""The built-in models make real media of what they are given."""

from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray
from pydantic import JsonValue

from gauntlet.core.creative.brief import CameraMovement, Mood
from gauntlet.core.errors import InvalidInput, UnsupportedMedia
from gauntlet.core.generation import is_built_in
from gauntlet.media.pictures import decode_picture, picture_format
from gauntlet.providers.base import ProviderRejected
from gauntlet.providers.inputs import check_inputs, file_inputs
from gauntlet.providers.local.models.bed import mood_of
from gauntlet.providers.local.models.cards import BED, BUILT_IN_MODELS, MOTION, PANEL
from gauntlet.providers.local.models.inputs import BedForm, MotionForm
from gauntlet.providers.local.models.motion import movement_of
from gauntlet.providers.local.models.running import LocalOutput, run_local
from gauntlet.render.encoder.containers import reader, tracks
from gauntlet.render.pool import RenderPool
from tests.pictures import encoded, scene

Json = dict[str, JsonValue]

CARDS = {card.id: card for card in BUILT_IN_MODELS}


def panel(**inputs: JsonValue) -> LocalOutput:
    return run_local(PANEL, {"prompt": "a cup of coffee on a kitchen table", **inputs}, {})


def pixels(output: LocalOutput) -> NDArray[np.uint8]:
    return decode_picture(output.data).rgba


def motion(picture: bytes, **inputs: JsonValue) -> list[NDArray[np.uint8]]:
    output = run_local(MOTION, {"image": {"assetId": "x"}, "duration": 1, **inputs}, {"image": picture})
    assert output.media_type == "video/mp4"
    with reader(output.data) as film:
        assert not tracks(film, "audio")
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(tracks(film, "video")[0])]


def centre(frame: NDArray[np.uint8]) -> tuple[float, float]:
    """Return where the warm disc of `scene` is, 0 to 1."""
    warm = (frame[..., 0] > 160) & (frame[..., 2] < 120)
    y, x = np.nonzero(warm)
    return float(x.mean()) / frame.shape[1], float(y.mean()) / frame.shape[0]


def sound(output: LocalOutput) -> tuple[float, NDArray[np.float32]]:
    """Return how long a bed lasts, and its samples, both channels."""
    assert output.media_type == "audio/mp4"
    with reader(output.data) as file:
        track = tracks(file, "audio")[0]
        length_s = float((track.duration or 0) * track.time_base)
        parts: list[NDArray[np.float32]] = [frame.to_ndarray() for frame in file.decode(track)]
    return length_s, np.concatenate(parts, axis=1)[:, : round(length_s * 48_000)]


@pytest.mark.parametrize("card", BUILT_IN_MODELS, ids=lambda card: card.id)
def test_each_built_in_model_has_a_form_that_numbers_its_inputs(card: object) -> None:
    found = next(known for known in BUILT_IN_MODELS if known is card)
    fields = cast(dict[str, Json], found.input_schema["properties"])

    assert is_built_in(found.id)
    assert [field["x-order"] for field in fields.values()] == list(range(len(fields)))
    assert found.input_schema["additionalProperties"] is False
    assert all(field.get("description") for field in fields.values())


@pytest.mark.parametrize(
    ("model", "inputs"),
    [
        (PANEL, {"prompt": "a cup", "mood": None, "palette": ["#AABBCC"], "seed": 3}),
        (MOTION, {"image": {"imageId": 3}, "camera_movement": None, "duration": 2.5}),
        (BED, {"mood": "calm", "tempo_bpm": 90, "duration": 6}),
        (BED, {}),
    ],
)
def test_inputs_that_fit_the_form_pass_the_check(model: str, inputs: Json) -> None:
    check_inputs(CARDS[model], inputs)


@pytest.mark.parametrize(
    ("model", "inputs", "words"),
    [
        (PANEL, {}, "prompt is missing"),
        (PANEL, {"prompt": "a cup", "palette": ["blue"]}, "palette.0"),
        (PANEL, {"prompt": "a cup", "mood": "grumpy"}, "one of energetic"),
        (MOTION, {"image": {"imageId": 1}, "duration": 11}, "at most 10"),
        (BED, {"tempo_bpm": 10}, "at least 50"),
    ],
)
def test_inputs_that_do_not_fit_are_refused_by_the_check_and_by_the_model(model: str, inputs: Json, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        check_inputs(CARDS[model], inputs)
    with pytest.raises(InvalidInput):
        run_local(model, inputs, {"image": encoded(scene(), "png")})


def test_motion_takes_its_picture_as_a_file() -> None:
    assert file_inputs(CARDS[MOTION]) == {"image"}


@pytest.mark.parametrize(
    ("aspect", "size"), [("9:16", (1080, 1920)), ("4:5", (1080, 1350)), ("1:1", (1080, 1080)), ("16:9", (1920, 1080))]
)
def test_a_panel_is_as_large_as_a_film_of_its_aspect(aspect: str, size: tuple[int, int]) -> None:
    picture = decode_picture(panel(aspect_ratio=aspect).data)

    assert (picture.width, picture.height) == size
    assert not picture.has_alpha


@pytest.mark.parametrize(("name", "media_type"), [("png", "image/png"), ("webp", "image/webp"), ("jpg", "image/jpeg")])
def test_a_panel_comes_as_the_type_that_is_asked_for(name: str, media_type: str) -> None:
    output = panel(output_format=name, aspect_ratio="1:1")

    assert (picture_format(output.data), output.media_type) == (name, media_type)


def test_the_same_panel_comes_out_the_same() -> None:
    assert panel(aspect_ratio="1:1").data == panel(aspect_ratio="1:1").data


@pytest.mark.parametrize(
    "changes",
    [
        {"prompt": "running shoes in the city"},
        {"shot_type": "close_up"},
        {"shot_type": "overhead"},
        {"shot_type": "wide"},
        {"palette": ["#0B5D1E", "#F4A259"]},
        {"prompt": "a cup of coffee on a kitchen table at night"},
    ],
)
def test_each_input_of_a_panel_is_seen(changes: Json) -> None:
    usual, changed = pixels(panel(aspect_ratio="1:1")), pixels(panel(**{"aspect_ratio": "1:1", **changes}))

    assert float(np.abs(usual.astype(np.int16) - changed).mean()) > 2


def test_another_seed_gives_another_city() -> None:
    one, other = (
        pixels(run_local(PANEL, {"prompt": "shoes in the city", "aspect_ratio": "1:1", "seed": seed}, {}))
        for seed in (1, 2)
    )

    assert not np.array_equal(one, other)


def test_a_panel_has_the_colours_that_it_is_given() -> None:
    picture = pixels(panel(palette=["#0B5D1E"], shot_type="overhead", aspect_ratio="1:1"))[..., :3].reshape(-1, 3)

    green = (picture[:, 1] > picture[:, 0]) & (picture[:, 1] > picture[:, 2])
    assert float(green.mean()) > 0.3


@pytest.mark.parametrize("prompt", ["x", "お茶", "قهوة في الصباح", "<svg onload='x'>&\"", "🎉", "a\nb\tc"])
def test_a_panel_is_drawn_of_any_words(prompt: str) -> None:
    assert pixels(run_local(PANEL, {"prompt": prompt, "aspect_ratio": "1:1"}, {})).std() > 5


def test_motion_lasts_to_the_frame_and_has_the_films_size() -> None:
    frames = motion(encoded(scene(2_400, 2_400), "jpg"), duration=1.5)

    assert len(frames) == 45
    assert frames[0].shape == (1920, 1080, 3)


@pytest.mark.parametrize(
    ("movement", "axis", "sign"), [("pan_left", 0, 1), ("pan_right", 0, -1), ("tilt_up", 1, 1), ("tilt_down", 1, -1)]
)
def test_what_is_seen_moves_against_the_camera(movement: str, axis: int, sign: int) -> None:
    frames = motion(encoded(scene(1_200, 1_200, at=(0.5, 0.5)), "png"), camera_movement=movement, aspect_ratio="1:1")

    first, last = centre(frames[0]), centre(frames[-1])
    assert sign * (last[axis] - first[axis]) > 0.02
    assert abs(last[1 - axis] - first[1 - axis]) < 0.01


def test_pushing_in_makes_what_is_seen_larger_and_pulling_out_smaller() -> None:
    picture = encoded(scene(1_200, 1_200, at=(0.5, 0.5)), "png")

    def growth(movement: str) -> float:
        frames = motion(picture, camera_movement=movement, aspect_ratio="1:1", strength=2)
        areas = [float(((frame[..., 0] > 160) & (frame[..., 2] < 120)).mean()) for frame in (frames[0], frames[-1])]
        return areas[1] / areas[0]

    assert growth("push_in") > 1.1
    assert growth("pull_out") < 0.9


def test_what_draws_the_eye_stays_in_the_frame() -> None:
    frames = motion(encoded(scene(2_000, 1_000, at=(0.15, 0.5)), "png"), aspect_ratio="9:16")

    assert all(0.1 < centre(frame)[0] < 0.9 for frame in (frames[0], frames[-1]))


def test_a_small_picture_gives_a_smaller_film_rather_than_a_soft_one() -> None:
    assert motion(encoded(scene(300, 300), "png"), aspect_ratio="1:1")[0].shape == (540, 540, 3)


def test_a_picture_with_holes_lies_on_paper() -> None:
    cut_out = np.zeros((1_000, 1_000, 4), np.uint8)
    cut_out[300:700, 300:700] = (200, 30, 30, 255)

    corner = motion(encoded(cut_out, "png"), aspect_ratio="1:1")[0][20, 20]

    assert int(corner.min()) > 225


def test_motion_without_its_picture_is_refused() -> None:
    with pytest.raises(InvalidInput, match="image is a file that was not handed over"):
        run_local(MOTION, {"image": "https://a.test/x.png"}, {})


def test_motion_over_what_is_no_picture_is_refused() -> None:
    with pytest.raises(UnsupportedMedia):
        run_local(MOTION, {"image": "x"}, {"image": b"not a picture"})


@pytest.mark.parametrize(
    ("prompt", "movement"),
    [
        ("slow pan left across the table", CameraMovement.PAN_LEFT),
        ("the camera moves slowly right", CameraMovement.PAN_RIGHT),
        ("tilt up to the sky", CameraMovement.TILT_UP),
        ("zoom out", CameraMovement.PULL_OUT),
        ("pull back slowly", CameraMovement.PULL_OUT),
        ("dolly in", CameraMovement.PUSH_IN),
        ("a static shot", CameraMovement.STATIC),
        ("steam rises from the cup", CameraMovement.PUSH_IN),
    ],
)
def test_the_cameras_movement_is_read_in_words(prompt: str, movement: CameraMovement) -> None:
    assert movement_of(MotionForm(image="x", prompt=prompt)) is movement


def test_a_movement_that_is_given_goes_before_words() -> None:
    assert movement_of(MotionForm(image="x", prompt="pan left", camera_movement="tilt_up")) is CameraMovement.TILT_UP


def test_a_bed_lasts_as_long_as_is_asked_and_fades_to_nothing() -> None:
    duration_s, samples = sound(run_local(BED, {"duration": 6, "mood": "calm"}, {}))

    assert duration_s == pytest.approx(6, abs=0.001)
    loudest = float(np.abs(samples).max())
    assert 0.05 < loudest <= 1.0
    assert float(np.abs(samples[:, -480:]).max()) < 0.1 * loudest


def test_the_shortest_bed_and_the_slowest_are_played() -> None:
    assert sound(run_local(BED, {"duration": 2, "tempo_bpm": 50}, {}))[0] == pytest.approx(2, abs=0.001)


def test_the_same_bed_sounds_the_same_and_another_seed_otherwise() -> None:
    one, again, other = (run_local(BED, {"duration": 4, "seed": seed}, {}).data for seed in (1, 1, 2))

    assert one == again != other


@pytest.mark.parametrize(
    ("prompt", "mood"),
    [("dramatic music for a film", Mood.DRAMATIC), ("a calm, quiet track", Mood.CALM), ("music", Mood.UPLIFTING)],
)
def test_a_beds_mood_is_read_in_words(prompt: str, mood: Mood) -> None:
    assert mood_of(BedForm(prompt=prompt)) is mood


def test_a_mood_that_is_given_goes_before_words() -> None:
    assert mood_of(BedForm(prompt="dramatic music", mood="calm")) is Mood.CALM


def test_a_model_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(ProviderRejected, match="gauntlet/nothing") as raised:
        run_local("gauntlet/nothing", {}, {})

    assert raised.value.next_step == "Choose one of gauntlet/panel, gauntlet/motion, gauntlet/bed."


async def test_a_model_runs_in_the_render_pool() -> None:
    async with RenderPool(1) as pool:
        output = await pool.run(run_local, model=PANEL, inputs={"prompt": "a gift", "aspect_ratio": "1:1"}, files={})
        with pytest.raises(InvalidInput):
            await pool.run(run_local, model=PANEL, inputs={}, files={})

    assert decode_picture(output.data).width == 1080

from typing import Any

import pytest
from pydantic import ValidationError

from gauntlet.core.creative.brief import CameraMovement
from gauntlet.core.errors import InvalidInput
from gauntlet.domain.briefs.editing import edited
from gauntlet.domain.briefs.schemas import BriefPatch
from tests.render.layout.filmset import make_brief


def patched(**patch: Any) -> BriefPatch:
    return BriefPatch.model_validate(patch)


def test_what_is_absent_stays_and_what_is_given_is_changed() -> None:
    before = make_brief()
    after = edited(
        before, patched(title="New", scenes=[{"number": 2, "overlayText": "Hi", "cameraMovement": "pan_left"}])
    )
    assert (after.title, after.audience) == ("New", before.audience)
    assert (after.scenes[1].overlay_text, after.scenes[1].camera_movement) == ("Hi", CameraMovement.PAN_LEFT)
    assert after.scenes[1].subject == before.scenes[1].subject
    assert after.scenes[0] == before.scenes[0]


def test_longer_scene_moves_those_after_it_and_makes_the_film_longer() -> None:
    before = make_brief()
    after = edited(before, patched(scenes=[{"number": 1, "duration": before.scenes[0].duration + 1}]))
    assert after.technical_specs.duration_frames == before.technical_specs.duration_frames + 30
    assert [scene.start_frame - old.start_frame for scene, old in zip(after.scenes, before.scenes, strict=True)] == [
        0,
        *[30] * (len(before.scenes) - 1),
    ]
    assert after.pacing.cuts_per_minute < before.pacing.cuts_per_minute


def test_music_follows_the_scenes_intensities() -> None:
    before = make_brief()
    after = edited(before, patched(scenes=[{"number": 1, "musicIntensity": 0.11}]))
    assert after.audio_direction.intensity_curve[0] == after.pacing.energy_curve[0] == 0.11


def test_picture_that_is_taken_out_takes_its_focus_along() -> None:
    asset = "0b9c5a3e-6d0b-4d0e-9d3e-0c6f2f9b8a11"
    shown = edited(make_brief(), patched(scenes=[{"number": 1, "assetId": asset, "focus": [0.2, 0.8]}]))
    assert shown.scenes[0].focus == (0.2, 0.8)
    bare = edited(shown, patched(scenes=[{"number": 1, "assetId": None}]))
    assert (bare.scenes[0].asset_id, bare.scenes[0].focus) == (None, None)


@pytest.mark.parametrize(
    ("patch", "field", "words"),
    [
        ({"title": ""}, "title", "at least 1 character"),
        ({"title": "x" * 161}, "title", "at most 160"),
        ({"scenes": [{"number": 2, "overlayText": "x" * 121}]}, "scenes.2.overlayText", "at most 120"),
        ({"scenes": [{"number": 8, "overlayText": "x"}]}, "scenes", "no scene 8"),
        ({"scenes": [{"number": 1, "duration": 180}]}, "scenes", "a film lasts 5 to 180 s"),
        ({}, None, "changes nothing"),
    ],
    ids=["empty title", "long title", "long headline", "no such scene", "too long", "nothing"],
)
def test_what_breaks_a_rule_is_refused_naming_the_field(patch: dict[str, Any], field: str | None, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as raised:
        edited(make_brief(), patched(**patch))
    assert raised.value.details.get("field") == field


def test_type_that_could_not_be_read_on_its_ground_is_refused() -> None:
    look = make_brief().visual_direction.model_dump(mode="json", by_alias=True)
    look["palette"] |= {"background": "#777777", "onBackground": "#888888"}
    with pytest.raises(InvalidInput, match=r"onBackground #888888 on background #777777 has a contrast of 1\.\d:1"):
        edited(make_brief(), patched(visualDirection=look))


@pytest.mark.parametrize(
    "patch",
    [
        {"title": None},
        {"scenes": [{"number": 1, "subject": None}]},
        {"scenes": [{"number": 1}, {"number": 1}]},
        {"scenes": [{"number": 0}]},
        {"scenes": [{"number": 1, "startFrame": 3}]},
        {"scenes": [{"number": 1, "duration": -1}]},
    ],
    ids=["null", "null in a scene", "twice", "scene 0", "derived", "negative"],
)
def test_patch_that_says_something_impossible_is_refused_at_the_door(patch: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        patched(**patch)

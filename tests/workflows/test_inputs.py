"""A step's wishes in the words of each model's own input schema."""

import pytest

from gauntlet.core.creative.formats import AspectRatio
from gauntlet.core.errors import InvalidInput
from gauntlet.core.generation import ModelChoice, ModelKind
from gauntlet.providers.predictions import ModelCard
from gauntlet.workflows.inputs import Wishes, fill

WISHES = Wishes(
    prompt="A blue fox",
    aspect=AspectRatio.PORTRAIT,
    duration_s=4.2,
    tempo_bpm=96,
    mood="calm",
    camera_movement="push_in",
)


def card(properties: dict[str, dict[str, object]], *, kind: ModelKind = ModelKind.TEXT_TO_IMAGE) -> ModelCard:
    return ModelCard.model_validate(
        {
            "id": "owner/name",
            "provider": "replicate",
            "kind": kind,
            "title": "A model",
            "input_schema": {"type": "object", "properties": properties},
        }
    )


def filled(properties: dict[str, dict[str, object]], **own: object) -> dict[str, object]:
    choice = ModelChoice.model_validate({"model": "owner/name", "inputs": own})
    return dict(fill(card(properties), choice, WISHES).inputs)


@pytest.mark.parametrize(
    ("properties", "inputs"),
    [
        ({"prompt": {"type": "string"}}, {"prompt": "A blue fox"}),
        ({"text": {"type": "string", "maxLength": 6}}, {"text": "A blue"}),
        ({"unheard_of": {"type": "string"}}, {}),
        ({"aspect_ratio": {"enum": ["1:1", "16:9", "9:16", "4:5"]}}, {"aspect_ratio": "4:5"}),
        ({"aspect_ratio": {"enum": ["1:1", "16:9", "9:16", "3:4", "match_input"]}}, {"aspect_ratio": "3:4"}),
        ({"aspect_ratio": {"type": "string"}}, {"aspect_ratio": "4:5"}),
        ({"size": {"enum": ["1024x1024", "1024x1280", "1280x1024"]}}, {"size": "1024x1280"}),
        ({"resolution": {"enum": ["720p", "1080p"]}}, {}),
        (
            {"width": {"type": "integer", "maximum": 900}, "height": {"type": "integer", "multipleOf": 64}},
            {"width": 900, "height": 1152},
        ),
        ({"duration": {"enum": [5, 10]}}, {"duration": 5}),
        ({"duration": {"enum": [2, 3]}}, {"duration": 3}),
        ({"seconds": {"type": "integer", "minimum": 1, "maximum": 30}}, {"seconds": 5}),
        ({"duration": {"type": "number", "minimum": 6}}, {"duration": 6}),
        ({"tempo_bpm": {"type": "integer"}}, {"tempo_bpm": 96}),
        ({"mood": {"enum": ["calm", "wild"]}}, {"mood": "calm"}),
        ({"mood": {"enum": ["wild"]}}, {}),
        ({"camera_movement": {"enum": ["static", "push_in"]}}, {"camera_movement": "push_in"}),
    ],
)
def test_wish_goes_where_the_schema_takes_it_and_nowhere_else(
    properties: dict[str, dict[str, object]], inputs: dict[str, object]
) -> None:
    assert filled(properties) == inputs


def test_what_a_person_set_stays() -> None:
    properties: dict[str, dict[str, object]] = {"prompt": {"type": "string"}, "duration": {"type": "integer"}}
    assert filled(properties, duration=9, prompt="Mine") == {"prompt": "Mine", "duration": 9}


@pytest.mark.parametrize(
    ("properties", "name"),
    [
        ({"image": {"type": "string", "format": "uri"}, "start_image": {"type": "string"}}, "start_image"),
        ({"still": {"type": "string", "format": "uri"}}, "still"),
    ],
)
def test_picture_goes_into_the_input_that_takes_one(properties: dict[str, dict[str, object]], name: str) -> None:
    moving = card(properties, kind=ModelKind.IMAGE_TO_VIDEO)
    assert fill(moving, ModelChoice(model="owner/name"), WISHES).picture_input == name
    own = ModelChoice(model="owner/name", inputs={name: "https://pictures.example/mine.png"})
    assert fill(moving, own, WISHES).picture_input is None


def test_model_of_motion_that_takes_no_picture_is_refused_by_name() -> None:
    moving = card({"prompt": {"type": "string"}}, kind=ModelKind.IMAGE_TO_VIDEO)
    with pytest.raises(InvalidInput, match="owner/name takes no picture"):
        fill(moving, ModelChoice(model="owner/name"), WISHES)

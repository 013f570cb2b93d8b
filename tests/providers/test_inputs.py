"""Inputs are checked against the model's own schema, and the error names each fault."""

import pytest
from pydantic import JsonValue

from gauntlet.core.errors import FieldFault, InvalidInput
from gauntlet.core.generation import ModelKind
from gauntlet.providers.inputs import check_inputs, file_inputs
from gauntlet.providers.predictions import ModelCard

Json = dict[str, JsonValue]

URI: Json = {"type": "string", "format": "uri"}
CARD = ModelCard(
    id="a/b",
    provider="replicate",
    kind=ModelKind.TEXT_TO_IMAGE,
    title="b",
    input_schema={
        "type": "object",
        "required": ["prompt"],
        "additionalProperties": False,
        "properties": {
            "prompt": {"type": "string", "minLength": 1, "maxLength": 20},
            "steps": {"type": "integer", "minimum": 1, "maximum": 4},
            "guidance": {"type": ["number", "null"], "exclusiveMinimum": 0, "exclusiveMaximum": 1},
            "aspect_ratio": {"type": "string", "enum": ["1:1", "16:9"]},
            "image": URI,
            "images": {"type": "array", "items": URI, "maxItems": 2},
            "either": {"anyOf": [URI, {"type": "null"}]},
            "api_key": {"type": "string", "x-cog-secret": True, "maxLength": 3},
            "go_fast": {"type": "boolean"},
        },
    },
)


def refused(inputs: Json) -> InvalidInput:
    with pytest.raises(InvalidInput) as raised:
        check_inputs(CARD, inputs)
    return raised.value


@pytest.mark.parametrize(
    "inputs",
    [
        {"prompt": "a cup"},
        {"prompt": "a cup", "steps": 4, "guidance": None, "aspect_ratio": "16:9", "go_fast": True},
        {"prompt": "a cup", "guidance": 0.5},
        {"prompt": "a cup", "image": "https://a.test/x.png"},
        {"prompt": "a cup", "image": {"assetId": "0198c0de-0000-7000-8000-000000000000"}},
        {"prompt": "a cup", "images": [{"imageId": 3}, "data:image/png;base64,AAAA"]},
        {"prompt": "a cup", "either": {"videoId": 7}},
        {"prompt": "a cup", "either": None},
    ],
)
def test_inputs_that_fit_are_taken(inputs: Json) -> None:
    check_inputs(CARD, inputs)


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({}, "prompt is missing"),
        ({"prompt": 3}, "prompt is 3; it must be text"),
        ({"prompt": ""}, 'prompt is ""; it must be at least 1 characters long'),
        ({"prompt": "x" * 21}, "it must be at most 20 characters long"),
        ({"prompt": "x", "steps": 5}, "steps is 5; it must be at most 4"),
        ({"prompt": "x", "steps": 0}, "steps is 0; it must be at least 1"),
        ({"prompt": "x", "steps": 2.5}, "steps is 2.5; it must be a whole number"),
        ({"prompt": "x", "steps": True}, "steps is true; it must be a whole number"),
        ({"prompt": "x", "guidance": 1}, "guidance is 1; it must be less than 1"),
        ({"prompt": "x", "guidance": 0}, "guidance is 0; it must be more than 0"),
        ({"prompt": "x", "guidance": "1"}, 'guidance is "1"; it must be a number or null'),
        ({"prompt": "x", "aspect_ratio": "5:7"}, 'aspect_ratio is "5:7"; it must be one of 1:1, 16:9'),
        ({"prompt": "x", "promt": "y"}, "there is no input promt (is prompt meant?)"),
        ({"prompt": "x", "zzz": 1}, "there is no input zzz"),
        ({"prompt": "x", "image": {"assetId": "1", "extra": 2}}, "it must be text"),
        ({"prompt": "x", "image": {"userId": 2}}, "it must be text"),
        ({"prompt": {"assetId": "1"}}, "it must be text"),
        ({"prompt": "x", "images": ["https://a.test/1"] * 3}, "it must be at most 2 of them"),
        ({"prompt": "x", "image": "file:///etc/passwd"}, "image is file:///etc/passwd; it must be a web address"),
        ({"prompt": "x", "image": "picture.png"}, "it must be a web address"),
        ({"prompt": "x", "image": "https://a.test/x y"}, "it must be a web address"),
        ({"prompt": "x", "images": ["javascript:alert(1)"]}, "it must be a web address"),
        ({"prompt": "x", "image": "data:image/png;base64," + "A" * 262_144}, "at most 256 KB"),
        ({"prompt": "x", "either": 3}, "one of the forms"),
    ],
)
def test_an_input_that_does_not_fit_is_told_of_with_what_it_may_be(inputs: Json, words: str) -> None:
    assert words in refused(inputs).message


def test_all_faults_are_named_at_once() -> None:
    error = refused({"steps": 9, "aspect_ratio": "5:7", "promt": "x"})

    assert error.details["fields"] == "promt, prompt, steps, aspect_ratio"
    assert error.next_step == "`gauntlet model show a/b` tells what it takes."


def test_each_fault_is_there_as_data_with_its_way_value_and_limit() -> None:
    faults = refused({"steps": 9, "promt": "x", "images": ["https://a.test/1", 7]}).faults

    assert {fault.field for fault in faults} == {"inputs.promt", "inputs.prompt", "inputs.steps", "inputs.images.1"}
    assert FieldFault("inputs.steps", "steps is 9; it must be at most 4", value="9", limit="at most 4") in faults
    assert FieldFault("inputs.prompt", "prompt is missing") in faults


def test_several_missing_inputs_are_told_of_once_each() -> None:
    properties: Json = {"prompt": {"type": "string"}, "image": URI}
    schema: Json = {"type": "object", "required": ["prompt", "image"], "properties": properties}
    with pytest.raises(InvalidInput) as raised:
        check_inputs(CARD.model_copy(update={"input_schema": schema}), {})

    assert [fault.field for fault in raised.value.faults] == ["inputs.prompt", "inputs.image"]
    assert raised.value.message == "a/b does not take these inputs: prompt is missing; image is missing."


def test_faults_of_a_thousand_entries_are_told_of_up_to_a_limit() -> None:
    numbers: list[JsonValue] = list(range(1_000))

    assert len(refused({"prompt": "x", "images": numbers}).faults) == 60


def test_the_first_fault_is_there_as_data() -> None:
    details = refused({"prompt": "x", "steps": 9}).details

    assert (details["field"], details["value"], details["limit"]) == ("inputs.steps", "9", "at most 4")


def test_a_secret_is_never_told() -> None:
    error = refused({"prompt": "x", "api_key": "sk-hush"})

    assert "sk-hush" not in f"{error.message}{error.details}{error.faults}"
    assert "api_key is …" in error.message


def test_a_long_value_is_shortened() -> None:
    assert len(refused({"prompt": "x" * 100_000}).message) < 400


def test_a_thousand_unknown_names_make_a_short_message() -> None:
    assert len(refused({f"name{number}": 1 for number in range(1_000)}).message) < 2_000


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "half \ud800", {"a": [float("-inf")]}])
def test_what_json_cannot_hold_is_refused(value: JsonValue) -> None:
    assert "something that JSON cannot" in refused({"prompt": value}).message


def test_inputs_too_large_together_are_refused() -> None:
    part = "data:image/png;base64," + "A" * 250_000
    error = refused({f"image{number}": part for number in range(9)})

    assert "more than 2,000,000" in error.message


def test_the_inputs_that_are_files_are_known() -> None:
    assert file_inputs(CARD) == {"image", "images", "either"}

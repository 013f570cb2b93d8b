import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import JsonValue

from gauntlet.providers.llm.draft import Draft, NotADraft, SceneDraft, read_draft, wire_schema
from tests.providers.llm.scripted import answer, scenes_with


def objects(node: JsonValue) -> Iterator[dict[str, JsonValue]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from objects(value)
    if isinstance(node, list):
        for value in node:
            yield from objects(value)


@pytest.mark.parametrize("kind", [Draft, SceneDraft])
def test_the_schema_is_strict_in_every_object_and_holds_no_word_that_a_service_refuses(
    kind: type[Draft | SceneDraft],
) -> None:
    schema = wire_schema(kind)
    told = json.dumps(schema)
    assert not any(f'"{word}":' in told for word in ("$ref", "$defs", "minItems", "maxLength", "minimum", "default"))
    for node in objects(schema):
        if node.get("type") == "object":
            properties = node["properties"]
            assert isinstance(properties, dict)
            assert node["additionalProperties"] is False
            assert node["required"] == list(properties)


def test_the_schema_names_the_closed_sets_and_a_property_called_title() -> None:
    properties: Any = wire_schema(Draft)["properties"]
    assert "title" in properties
    assert "cta" in properties["scenes"]["items"]["properties"]["purpose"]["enum"]


@pytest.mark.parametrize("fence", ["{}", "```json\n{}\n```", "  ```\n{}```  "])
def test_an_answer_is_read_with_or_without_a_fence(fence: str) -> None:
    text = fence.replace("{}", json.dumps(answer()))
    assert read_draft(Draft, text).title == "Slow mornings"


def test_a_word_too_many_is_passed_over() -> None:
    assert read_draft(Draft, json.dumps(answer(comment="I hope you like it"))).title == "Slow mornings"


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (answer(scenes=scenes_with()[:4]), "scenes"),
        (answer(scenes=[*scenes_with(), *scenes_with()]), "scenes"),
        (answer(mood="jazzy"), "mood"),
        (answer(scenes=scenes_with(s2={"seconds": "long"})), "scenes.1.seconds"),
        ({key: value for key, value in answer().items() if key != "palette"}, "palette"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(document: dict[str, Any], place: str) -> None:
    with pytest.raises(NotADraft) as caught:
        read_draft(Draft, json.dumps(document))
    assert any(fault.startswith(f"{place}:") for fault in caught.value.faults)


def test_faults_are_few_and_short_however_much_is_wrong() -> None:
    with pytest.raises(NotADraft) as caught:
        read_draft(Draft, json.dumps({"scenes": [{"purpose": "x" * 10_000}] * 8}))
    assert len(caught.value.faults) <= 12
    assert all(len(fault) <= 300 for fault in caught.value.faults)

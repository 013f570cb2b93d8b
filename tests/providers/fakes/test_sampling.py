"""Answers to any schema, made of a question's own words."""

from typing import Any

import pytest

from gauntlet.providers.fakes.language.answers import answer
from gauntlet.providers.fakes.language.material import read_material
from gauntlet.providers.fakes.language.sampling import Sampler, Unanswerable
from tests.providers.fakes.asking import faults_in

QUESTION = 'A 12 second ad for "Kvelda One", the portable brass lamp. Calm.'


def sampled(schema: dict[str, Any], text: str = QUESTION) -> Any:
    document = Sampler(schema, read_material(text, properties=frozenset())).answer()
    assert faults_in(document, schema) == []
    return document


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 50, "maxLength": 60},
        {"type": "string", "maxLength": 3},
        {"type": "string", "pattern": "^#[0-9a-f]{6}$"},
        {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        {"type": "integer", "minimum": 7},
        {"type": "number", "maximum": 0.5},
        {"type": "integer", "exclusiveMinimum": 4, "maximum": 9},
        {"type": "number", "minimum": 0.111, "maximum": 0.112},
        {"type": "array", "items": {"type": "boolean"}, "minItems": 4},
        {"type": "array", "items": {"type": "string"}, "maxItems": 1},
        {"type": ["null", "string"]},
        {"anyOf": [{"type": "null"}, {"type": "integer"}]},
        {"oneOf": [{"const": "a"}, {"const": "b"}]},
        {"enum": [3, "x", None]},
        {"type": "object", "properties": {"a": {"type": "null"}, "b": {"type": "string"}}, "required": ["a", "b"]},
        {"$defs": {"Tint": {"enum": ["red"]}}, "type": "array", "items": {"$ref": "#/$defs/Tint"}, "minItems": 1},
        {"$defs": {"P": {"type": "object", "properties": {"x": {}}}}, "allOf": [{"$ref": "#/$defs/P"}]},
    ],
)  # fmt: skip
def test_an_answer_fits_whatever_is_asked_for(schema: dict[str, Any]) -> None:
    sampled(schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "^z{40}$"},
        {"$ref": "#/$defs/Nothing"},
        {"$defs": {"A": {"type": "array", "items": {"$ref": "#/$defs/A"}, "minItems": 1}}, "$ref": "#/$defs/A"},
    ],
)
def test_what_nothing_fits_is_said_to_be_unanswerable(schema: dict[str, Any]) -> None:
    with pytest.raises(Unanswerable):
        Sampler(schema, read_material(QUESTION, properties=frozenset())).answer()


def test_a_list_of_scenes_tells_a_story_with_a_beginning_and_an_end() -> None:
    scene = {
        "type": "object",
        "properties": {
            "purpose": {"enum": ["cta", "hook", "benefit", "product_showcase", "proof"]},
            "shotType": {"enum": ["end_card", "wide", "close_up", "medium"]},
            "overlayText": {"type": "string"},
            "seconds": {"type": "number"},
        },
    }
    scenes = sampled({"properties": {"scenes": {"type": "array", "items": scene}}, "type": "object"})["scenes"]
    purposes = [entry["purpose"] for entry in scenes]
    assert (purposes[0], purposes[-1]) == ("hook", "cta")
    assert purposes.count("cta") == purposes.count("hook") == 1
    assert "product_showcase" in purposes
    assert [entry["shotType"] == "end_card" for entry in scenes] == [False] * (len(scenes) - 1) + [True]
    assert sum(entry["seconds"] for entry in scenes) == pytest.approx(12, abs=0.1)
    texts = [entry["overlayText"] for entry in scenes]
    assert len(set(texts)) == len(texts)


def test_an_offer_is_told_before_the_end_in_its_own_words() -> None:
    properties = {"purpose": {"enum": ["offer", "hook", "cta", "proof"]}, "overlayText": {"type": "string"}}
    scene = {"type": "object", "properties": properties}
    form = {"properties": {"offer": {"type": "string"}, "scenes": {"type": "array", "items": scene}}, "type": "object"}
    plan = sampled(form, f"7 scenes suit it. {QUESTION} 20 % off until Sunday. Shop now.")
    assert plan["offer"] == "20 % off until Sunday"
    assert [entry["purpose"] for entry in plan["scenes"]].index("offer") == len(plan["scenes"]) - 2 == 5
    assert plan["scenes"][-2]["overlayText"] == plan["offer"]
    assert "offer" not in [entry["purpose"] for entry in sampled(form)["scenes"]]


def test_words_come_from_the_block_that_holds_the_request() -> None:
    text = f'<data name="guidelines">\nsecret words\n</data>\n<data name="request">\n{QUESTION} Tom &amp; Co\n</data>'
    material = read_material(text, properties=frozenset())
    assert (material.name, material.seconds) == ("Kvelda One", 12)
    assert "lamp" in material.words
    assert "Co" in material.words
    assert "secret" not in material.words


def test_a_plan_that_is_to_be_changed_is_changed_where_the_wish_says() -> None:
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {"title": {"type": "string"}, "scenes": {"type": "array", "items": {"type": "object"}}},
        "required": ["title", "scenes"],
    }
    plan = '{"title": "T", "scenes": [{"environment": "a room"}, {"environment": "a hall"}]}'
    text = f'<data name="plan as it is">\n{plan}\n</data><data name="wish for a change">\nscene 2 at night\n</data>'
    said = answer(text, schema, fault=None).text
    assert said == '{"title": "T", "scenes": [{"environment": "a room"}, {"environment": "a hall, scene 2 at night"}]}'

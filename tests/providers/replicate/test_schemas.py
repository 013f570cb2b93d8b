"""A vendor's form becomes a plain JSON Schema; a hostile one becomes an error."""

import json

import pytest
from pydantic import JsonValue

from gauntlet.providers.base import ProviderError
from gauntlet.providers.replicate.schemas import input_schema_of
from tests.providers.replicate.service import Json, openapi

REFERENCE = "#/components/schemas/"


def properties(form: Json) -> Json:
    found = input_schema_of(form)["properties"]
    assert isinstance(found, dict)
    return found


def field(schema: JsonValue, **schemas: JsonValue) -> JsonValue:
    return properties(openapi({"x": schema}, **schemas))["x"]


def test_a_form_has_its_inputs_in_the_vendors_order_and_takes_no_others() -> None:
    schema = input_schema_of(
        openapi(
            {
                "seed": {"type": "integer", "x-order": 2},
                "extra": {"type": "string"},
                "prompt": {"type": "string", "x-order": 0},
                "steps": {"type": "integer", "x-order": 1},
            }
        )
    )

    assert list(schema["properties"]) == ["prompt", "steps", "seed", "extra"]  # pyright: ignore[reportArgumentType] # an object, as the line above says
    assert schema["required"] == ["prompt"]
    assert schema["additionalProperties"] is False
    assert schema["type"] == "object"


def test_an_enumeration_behind_all_of_is_laid_under_the_inputs_own_words() -> None:
    found = field(
        {"allOf": [{"$ref": f"{REFERENCE}aspect_ratio"}], "default": "1:1", "x-order": 1, "description": "Shape"},
        aspect_ratio={"title": "aspect_ratio", "enum": ["1:1", "16:9"], "type": "string", "description": "An enum."},
    )

    assert found == {
        "title": "aspect_ratio",
        "enum": ["1:1", "16:9"],
        "type": "string",
        "description": "Shape",
        "default": "1:1",
        "x-order": 1,
    }


def test_a_bare_reference_is_resolved_too() -> None:
    assert field({"$ref": f"{REFERENCE}size"}, size={"type": "integer", "minimum": 1}) == {
        "type": "integer",
        "minimum": 1,
    }


def test_a_nullable_input_takes_null() -> None:
    assert field({"type": "string", "enum": ["a"], "nullable": True}) == {
        "type": ["string", "null"],
        "enum": ["a", None],
    }
    assert field({"anyOf": [{"type": "string"}], "nullable": True}) == {"anyOf": [{"type": "string"}, {"type": "null"}]}


def test_ranges_of_the_older_kind_become_todays() -> None:
    assert field({"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 1}) == {
        "type": "number",
        "exclusiveMinimum": 0,
        "maximum": 1,
    }


def test_files_lists_and_secrets_stay_marked() -> None:
    assert field({"type": "string", "format": "uri"}) == {"type": "string", "format": "uri"}
    assert field({"type": "array", "items": {"type": "string", "format": "uri"}, "maxItems": 4}) == {
        "type": "array",
        "items": {"type": "string", "format": "uri"},
        "maxItems": 4,
    }
    assert field({"type": "string", "x-cog-secret": True}) == {"type": "string", "x-cog-secret": True}


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": "(a+)+$"},
        {"patternProperties": {"(a+)+$": {}}},
        {"if": {}, "then": {}, "else": {}},
        {"not": {}},
        {"$dynamicRef": "#x"},
        {"$id": "https://evil.test/"},
        {"minimum": "low"},
        {"minimum": True},
        {"maxLength": -1},
        {"maxLength": 1.5},
        {"type": "tuple"},
        {"type": ["string", 3]},
        {"enum": []},
        {"enum": "abc"},
        {"multipleOf": 0},
        {"multipleOf": 0.1},
        {"format": 3},
        {"items": 3},
        {"x-cog-secret": "no"},
    ],
)
def test_what_is_not_known_or_not_what_it_should_be_is_left_out(schema: Json) -> None:
    assert field({"title": "X", **schema}) == {"title": "X"}


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"components": None},
        {"components": {"schemas": {}}},
        {"components": {"schemas": {"Input": []}}},
        {"components": {"schemas": {"Input": {"properties": []}}}},
    ],
)
def test_a_document_without_a_form_is_an_error(form: Json) -> None:
    with pytest.raises(ProviderError, match="does not say"):
        input_schema_of(form)


def test_a_form_without_inputs_is_one() -> None:
    assert input_schema_of({"components": {"schemas": {"Input": {"type": "object"}}}})["properties"] == {}


@pytest.mark.parametrize(
    "reference",
    ["https://evil.test/schema.json", "file:///etc/passwd", f"{REFERENCE}nothing", "#/info", "other.json#/x"],
)
def test_a_reference_to_anything_outside_is_refused(reference: str) -> None:
    with pytest.raises(ProviderError, match="not in it"):
        field({"$ref": reference})


@pytest.mark.parametrize(
    "schemas",
    [
        {"a": {"$ref": f"{REFERENCE}a"}},
        {"a": {"allOf": [{"$ref": f"{REFERENCE}b"}]}, "b": {"allOf": [{"$ref": f"{REFERENCE}a"}]}},
        {"a": {"type": "object", "properties": {"a": {"$ref": f"{REFERENCE}a"}}}},
        {"a": {"type": "array", "items": {"$ref": f"{REFERENCE}a"}}},
        {"a": {"anyOf": [{"$ref": f"{REFERENCE}a"}]}},
    ],
)
def test_a_form_that_refers_to_itself_is_refused(schemas: Json) -> None:
    with pytest.raises(ProviderError, match="larger or deeper"):
        field({"$ref": f"{REFERENCE}a"}, **schemas)


def test_a_form_that_grows_with_each_reference_is_refused_soon() -> None:
    wide: Json = {}
    for level in range(6):
        below: list[JsonValue] = [{"$ref": f"{REFERENCE}l{level + 1}"}] * 20
        wide[f"l{level}"] = {"anyOf": below}
    wide["l6"] = {"type": "string"}

    with pytest.raises(ProviderError, match="larger or deeper"):
        field({"$ref": f"{REFERENCE}l0"}, **wide)


def test_a_form_of_too_many_inputs_is_refused() -> None:
    with pytest.raises(ProviderError, match="larger or deeper"):
        input_schema_of(openapi({f"x{number}": {"type": "string"} for number in range(201)}))


def test_a_form_of_too_many_bytes_is_refused() -> None:
    with pytest.raises(ProviderError, match="larger or deeper"):
        input_schema_of(openapi({f"x{number}": {"description": "d" * 4_000} for number in range(150)}))


def test_long_descriptions_are_cut() -> None:
    assert len(json.dumps(field({"description": "d" * 100_000}))) < 5_000

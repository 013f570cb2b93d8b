"""A model's form, made usable: the vendor's OpenAPI in, a plain JSON Schema with all references resolved out.

Forms come from strangers. Of a form only keywords that are known here are kept (no patterns, whose matching could take
for ever, and no references), in bounded number, depth and size.
"""

import json
from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from gauntlet.providers.base import ProviderError
from gauntlet.providers.inputs import SECRET_KEYWORD

ORDER_KEYWORD: Final = "x-order"

_DEPTH_MAX: Final = 8
_NODES_MAX: Final = 2_000
_PROPERTIES_MAX: Final = 200
_CHOICES_MAX: Final = 500
_BRANCHES_MAX: Final = 20
_TEXT_MAX_CHARACTERS: Final = 4_000
_SCHEMA_MAX_BYTES: Final = 512_000
_REFERENCE: Final = "#/components/schemas/"
_NO_CARD: Final = "Choose another model; this one's form is not one that can be filled in safely."

_NUMBERS: Final = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", ORDER_KEYWORD})
_COUNTS: Final = frozenset({"minLength", "maxLength", "minItems", "maxItems"})
_TEXTS: Final = frozenset({"title", "description", "format"})
_FLAGS: Final = frozenset({SECRET_KEYWORD, "deprecated"})
_TYPES: Final = frozenset({"string", "integer", "number", "boolean", "array", "object", "null"})
_BRANCHES: Final = ("anyOf", "oneOf")


def input_schema_of(openapi: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the JSON Schema of a model's inputs, its properties in the vendor's order, no others allowed.

    Raises `ProviderError` where there is no form, or one past the bounds.
    """
    form = _Resolver(openapi).form("Input")
    if len(json.dumps(form)) > _SCHEMA_MAX_BYTES:
        raise _too_large()
    return form


class _Resolver:
    """Resolves one document's references, and counts what it has to go through."""

    def __init__(self, openapi: Mapping[str, JsonValue]) -> None:
        components = openapi.get("components")
        schemas = components.get("schemas") if isinstance(components, dict) else None
        self._schemas: dict[str, JsonValue] = schemas if isinstance(schemas, dict) else {}
        self._nodes = 0

    def form(self, name: str) -> dict[str, JsonValue]:
        source = self._schemas.get(name)
        if not isinstance(source, dict) or not isinstance(source.get("properties", {}), dict):
            raise ProviderError("The model does not say which inputs it takes.", next_step=_NO_CARD)
        form = self._resolved(source, depth=0)
        properties = form.setdefault("properties", {})
        return {"type": "object", **form, "properties": properties, "additionalProperties": False}

    def _resolved(self, source: Mapping[str, JsonValue], *, depth: int) -> dict[str, JsonValue]:
        """Return one schema in our keywords."""
        self._nodes += 1
        if depth > _DEPTH_MAX or self._nodes > _NODES_MAX:
            raise _too_large()
        schema = self._merged(source, depth=depth)
        found = _plain(schema)
        if isinstance(items := schema.get("items"), dict):
            found["items"] = self._resolved(items, depth=depth + 1)
        for keyword in _BRANCHES:
            if isinstance(branches := schema.get(keyword), list):
                kept = [branch for branch in branches[:_BRANCHES_MAX] if isinstance(branch, dict)]
                found[keyword] = [self._resolved(branch, depth=depth + 1) for branch in kept]
        if isinstance(properties := schema.get("properties"), dict):
            found["properties"] = self._properties(properties, depth=depth)
            required = schema.get("required")
            if isinstance(required, list):
                found["required"] = [name for name in required if isinstance(name, str) and name in properties]
        return _nullable(found) if schema.get("nullable") is True else found

    def _merged(self, source: Mapping[str, JsonValue], *, depth: int) -> dict[str, JsonValue]:
        """Return a schema with what it refers to laid under its own words."""
        merged: dict[str, JsonValue] = {}
        parts = source.get("allOf")
        for part in [{"$ref": source.get("$ref")}, *(parts[:_BRANCHES_MAX] if isinstance(parts, list) else [])]:
            if isinstance(part, dict):
                merged |= self._pointed(part, depth=depth)
        return merged | {name: value for name, value in source.items() if name not in {"$ref", "allOf"}}

    def _pointed(self, part: Mapping[str, JsonValue], *, depth: int) -> dict[str, JsonValue]:
        self._nodes += 1
        if depth > _DEPTH_MAX or self._nodes > _NODES_MAX:
            raise _too_large()
        reference = part.get("$ref")
        if not isinstance(reference, str):
            return {} if "$ref" in part else self._merged(part, depth=depth + 1)
        target = self._schemas.get(reference.removeprefix(_REFERENCE)) if reference.startswith(_REFERENCE) else None
        if not isinstance(target, dict):
            raise ProviderError(
                f"The model's form refers to {reference[:80]!r}, which is not in it.", next_step=_NO_CARD
            )
        return self._merged(target, depth=depth + 1)

    def _properties(self, properties: Mapping[str, JsonValue], *, depth: int) -> dict[str, JsonValue]:
        if len(properties) > _PROPERTIES_MAX:
            raise _too_large()
        resolved = {
            name: self._resolved(value, depth=depth + 1)
            for name, value in properties.items()
            if isinstance(value, dict) and len(name) <= _PROPERTIES_MAX
        }
        return dict(sorted(resolved.items(), key=lambda item: _order(item[1])))


def _plain(schema: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the keywords that hold values only, those that are what they should be."""
    found: dict[str, JsonValue] = {}
    for name, value in schema.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if name in _NUMBERS and is_number:
            found[name] = value
        elif name in _COUNTS and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            found[name] = value
        elif name in _TEXTS and isinstance(value, str):
            found[name] = value[:_TEXT_MAX_CHARACTERS]
        elif name in _FLAGS and value is True:
            found[name] = True
        elif name == "type" and _is_type(value):
            found[name] = value
        elif name == "enum" and isinstance(value, list) and 0 < len(value) <= _CHOICES_MAX:
            found[name] = [choice for choice in value if not isinstance(choice, dict | list)]
        elif name in {"default", "const"} and len(json.dumps(value)) <= _TEXT_MAX_CHARACTERS:
            found[name] = value
    return _modern(found, schema)


def _modern(found: dict[str, JsonValue], schema: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return ranges as JSON Schema has them now: OpenAPI 3.0 says with a flag that an end is excluded."""
    for flag, end in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if schema.get(flag) is True and end in found:
            found[flag] = found.pop(end)
    step = found.get("multipleOf")
    if step is not None and not (isinstance(step, int) and step > 0):
        del found["multipleOf"]  # 0.3 is no multiple of 0.1 in binary; the service knows what it means by that
    return found


def _is_type(value: JsonValue) -> bool:
    if isinstance(value, list):
        return bool(value) and all(isinstance(name, str) and name in _TYPES for name in value)
    return isinstance(value, str) and value in _TYPES


def _nullable(schema: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Return a schema that takes null as well."""
    kind, choices = schema.get("type"), schema.get("enum")
    if isinstance(kind, str):
        schema["type"] = [kind, "null"]
    if isinstance(choices, list) and None not in choices:
        schema["enum"] = [*choices, None]
    for keyword in _BRANCHES:
        if isinstance(branches := schema.get(keyword), list):
            schema[keyword] = [*branches, {"type": "null"}]
    return schema


def _order(schema: JsonValue) -> float:
    order = schema.get(ORDER_KEYWORD) if isinstance(schema, dict) else None
    return float(order) if isinstance(order, int | float) else float("inf")


def _too_large() -> ProviderError:
    return ProviderError("The model's form is larger or deeper than any that can be filled in.", next_step=_NO_CARD)

"""What services refuse in a schema that is to be kept strictly."""

from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import JsonValue

_ANTHROPIC_REFUSES: Final = {
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "string": ("minLength", "maxLength"),
    "array": ("maxItems", "uniqueItems"),
}


def openai_fault(schema: JsonValue) -> str | None:
    """Return what OpenAI says of a strict schema that it does not take."""
    if not isinstance(schema, dict) or schema.get("type") != "object":
        return "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"None\"'."
    for path, node in _nodes(schema, ()):
        context = f"In context={path!r}"
        properties = node.get("properties")
        if node.get("type") == "object" or isinstance(properties, dict):
            if node.get("additionalProperties") is not False:
                return f"{context}, 'additionalProperties' is required to be supplied and to be false."
            names = list(properties) if isinstance(properties, dict) else []
            required = node.get("required")
            missing = [name for name in names if not isinstance(required, list) or name not in required]
            if missing:
                return (
                    f"{context}, 'required' is required to be supplied and to be an array including every key in"
                    f" properties. Missing '{missing[0]}'."
                )
        if "default" in node:
            return f"{context}, 'default' is not permitted."
    return None


def anthropic_fault(schema: JsonValue) -> str | None:
    """Return what Anthropic says of a schema for structured output that it does not take."""
    if not isinstance(schema, dict):
        return "output_config.format.schema: Input should be a valid dictionary"
    for _, node in _nodes(schema, ()):
        kind = node.get("type")
        if kind == "object" and node.get("additionalProperties") is not False:
            return (
                "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false"
            )
        refused = [name for name in _ANTHROPIC_REFUSES.get(str(kind), ()) if name in node]
        if refused:
            return f"output_config.format.schema: For '{kind}' type, properties {', '.join(refused)} are not supported"
        least = node.get("minItems")
        if isinstance(least, int) and least > 1:
            return (
                "output_config.format.schema: For 'array' type, 'minItems' values other than 0 or 1 are not supported"
            )
    return None


def _nodes(
    schema: Mapping[str, JsonValue], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Mapping[str, JsonValue]]]:
    """Yield a schema and all schemas within it, with the way to each."""
    yield path, schema
    for group in ("properties", "$defs", "definitions"):
        inner = schema.get(group)
        if isinstance(inner, dict):
            for name, value in inner.items():
                if isinstance(value, dict):
                    yield from _nodes(value, (*path, group, name))
    for group in ("anyOf", "oneOf", "allOf"):
        options = schema.get(group)
        for place, option in enumerate(options if isinstance(options, list) else ()):
            if isinstance(option, dict):
                yield from _nodes(option, (*path, group, str(place)))
    items = schema.get("items")
    if isinstance(items, dict):
        yield from _nodes(items, (*path, "items"))

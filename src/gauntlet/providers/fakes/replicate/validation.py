"""What the service says of a body that does not fit: its own words, field by field."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, cast

from pydantic import JsonValue

from gauntlet.providers.fakes.replicate.models import FakeModel, Json

_URI: Final = re.compile(r"^(https?://\S+|data:[\w.+-]+/[\w.+-]+[;,].*)$", re.DOTALL)
DATA_URL_MAX_BYTES: Final = 256_000
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `field` is the path to it, or to what lacks it."""

    type: str
    field: str
    description: str

    def line(self) -> str:
        """Return it as a line of the error's detail."""
        return f"- {self.field}: {self.description}\n" if self.field else f"- {self.description}\n"


def problem(faults: list[Fault]) -> Json:
    """Return the body of the answer 422."""
    fields: list[JsonValue] = [
        {"type": fault.type, "field": fault.field, "description": fault.description} for fault in faults
    ]
    return {
        "detail": "".join(fault.line() for fault in faults),
        "status": 422,
        "title": "Input validation failed",
        "invalid_fields": fields,
    }


def body_faults(body: Json, *, needs_version: bool, allowed: frozenset[str]) -> list[Fault]:
    """Return what is wrong with the fields around the model's own inputs."""
    required = ("version", "input") if needs_version else ("input",)
    faults = [Fault("required", "", f"{name} is required") for name in required if name not in body]
    faults += [
        Fault("additional_property_not_allowed", "", f"Additional property {name} is not allowed")
        for name in body
        if name not in allowed
    ]
    if "input" in body and not isinstance(body["input"], dict):
        faults.append(_wrong_type("input", "object", body["input"]))
    return faults


def input_faults(model: FakeModel, inputs: Json) -> list[Fault]:
    """Return what is wrong with a model's inputs."""
    faults = [Fault("required", "input", f"{name} is required") for name in model.required if inputs.get(name) is None]
    for name, value in inputs.items():
        declared = model.properties.get(name)
        if declared is None:
            faults.append(
                Fault("additional_property_not_allowed", "input", f"Additional property {name} is not allowed")
            )
        elif value is not None or name not in model.required:
            faults += _value_faults(name, value, _resolved(cast(Json, declared), model))
    return faults


def filled(model: FakeModel, inputs: Json) -> Json:
    """Return the inputs with the defaults of those that were not given."""
    defaults: Json = {
        name: cast(Json, declared)["default"]
        for name, declared in model.properties.items()
        if "default" in cast(Json, declared)
    }
    return defaults | {name: value for name, value in inputs.items() if value is not None}


def _resolved(declared: Json, model: FakeModel) -> Json:
    references = declared.get("allOf")
    if not isinstance(references, list):
        return declared
    target = str(cast(Json, references[0])["$ref"]).rsplit("/", 1)[-1]
    return {**cast(Json, model.enums[target]), **{key: value for key, value in declared.items() if key != "allOf"}}


def _value_faults(name: str, value: JsonValue, schema: Json) -> Iterator[Fault]:
    field = f"input.{name}"
    if value is None:
        if not schema.get("nullable"):
            yield _wrong_type(field, str(schema.get("type")), value)
        return
    kind = str(schema.get("type", "string"))
    if type(value) not in _TYPES[kind]:
        yield _wrong_type(field, kind, value)
        return
    values = schema.get("enum")
    if isinstance(values, list) and value not in values:
        listed = ", ".join(f'"{entry}"' if isinstance(entry, str) else str(entry) for entry in values)
        yield Fault("enum", field, f"{name} must be one of the following: {listed}")
    if isinstance(value, (int, float)):
        yield from _range_faults(field, value, schema)
    if schema.get("format") == "uri" and isinstance(value, str):
        yield from _uri_faults(field, value)


def _range_faults(field: str, value: float, schema: Json) -> Iterator[Fault]:
    least, most = schema.get("minimum"), schema.get("maximum")
    if isinstance(least, (int, float)) and value < least:
        yield Fault("number_gte", field, f"Must be greater than or equal to {least}")
    if isinstance(most, (int, float)) and value > most:
        yield Fault("number_lte", field, f"Must be less than or equal to {most}")


def _uri_faults(field: str, value: str) -> Iterator[Fault]:
    if not _URI.match(value):
        yield Fault("format", field, "Does not match format 'uri'")
    elif value.startswith("data:") and len(value) > DATA_URL_MAX_BYTES * 4 / 3 + 100:
        yield Fault("string_lte", field, "Data URLs must be smaller than 256kb; upload the file instead")


def _wrong_type(field: str, expected: str, value: JsonValue) -> Fault:
    names: dict[type, str] = {
        bool: "boolean",
        int: "integer",
        float: "number",
        str: "string",
        dict: "object",
        list: "array",
    }
    given = "null" if value is None else names[type(value)]
    return Fault("invalid_type", field, f"Invalid type. Expected: {expected}, given: {given}")

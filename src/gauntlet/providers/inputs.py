"""A model's inputs, checked against its own schema before anything is sent, drawn or paid."""

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from pydantic import JsonValue

from gauntlet.core.errors import FieldFault, InvalidInput
from gauntlet.providers.predictions import ModelCard

if TYPE_CHECKING:  # it takes 0.1 s to load, which only those pay who check something
    from jsonschema.exceptions import ValidationError

FILE_REFERENCES: Final = ("assetId", "imageId", "videoId")
"""What may stand, as the one member of an object, where a model takes a file's address: the id of a file kept here."""

DATA_URL_MAX_BYTES: Final = 256 * 1024
INPUTS_MAX_BYTES: Final = 2_000_000
SECRET_KEYWORD: Final = "x-cog-secret"

_PROBLEMS_MAX: Final = 8
_FAULTS_MAX: Final = 60
_SHOWN_CHARACTERS: Final = 60
_CHOICES_SHOWN: Final = 24
_WHOLE: Final = "inputs"
_STAND_IN: Final = "https://file.invalid/"
"""Checked in place of a file that is kept here."""

_TYPE_WORDS: Final = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def check_inputs(card: ModelCard, inputs: Mapping[str, JsonValue]) -> None:
    """Raise `InvalidInput` that names each input which does not fit the model's schema, its value and what it may be.

    Inputs that the schema does not know are refused, as the services do. Where it takes a file's address, an object
    with one of `FILE_REFERENCES` stands for a file that is kept here.
    """
    problems = _faulty_values(inputs)
    if not problems:
        fields = file_inputs(card)
        standing = {name: _standing(value) if name in fields else value for name, value in inputs.items()}
        problems = [*_unknown(card, inputs), *_breaches(card, standing), *_bad_addresses(card, standing)]
    if not problems:
        return
    first, shown = problems[0], problems[:_PROBLEMS_MAX]
    more = f" ({len(problems) - len(shown)} more)" if len(problems) > len(shown) else ""
    raise InvalidInput(
        f"{card.id} does not take these inputs: {'; '.join(problem.message for problem in shown)}{more}.",
        next_step=f"`gauntlet model show {card.id}` tells what it takes.",
        details={
            "model": card.id,
            "field": f"inputs.{first.field}" if first.field else _WHOLE,
            "value": first.value,
            "limit": first.limit,
            "fields": ", ".join(dict.fromkeys(problem.field for problem in shown if problem.field)),
        },
        faults=[_among_inputs(problem) for problem in problems[:_FAULTS_MAX]],
    )


def _among_inputs(fault: FieldFault) -> FieldFault:
    """Return a fault of one input, or of them all, with the way to it from where the inputs stand."""
    return replace(fault, field=f"inputs.{fault.field}" if fault.field not in ("", _WHOLE) else _WHOLE)


def file_inputs(card: ModelCard) -> frozenset[str]:
    """Return the names of the inputs that are files: their addresses, or lists of such."""
    return frozenset(name for name, schema in _properties(card).items() if _is_address(schema))


def _properties(card: ModelCard) -> Mapping[str, dict[str, JsonValue]]:
    properties = card.input_schema.get("properties")
    if not isinstance(properties, dict):
        return {}
    return {name: schema for name, schema in properties.items() if isinstance(schema, dict)}


def _is_address(schema: Mapping[str, JsonValue]) -> bool:
    """Tell whether a schema (or what it lists, or one of its branches) is of the format `uri`."""
    if schema.get("format") == "uri":
        return True
    branches = [schema.get("items")]
    for keyword in ("anyOf", "oneOf"):
        if isinstance(found := schema.get(keyword), list):
            branches += found
    return any(_is_address(branch) for branch in branches if isinstance(branch, dict))


def _standing(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_standing(one) for one in value]
    is_kept = isinstance(value, dict) and len(value) == 1 and next(iter(value)) in FILE_REFERENCES
    return _STAND_IN if is_kept else value


def _faulty_values(inputs: Mapping[str, JsonValue]) -> list[FieldFault]:
    """Return the inputs that cannot be written as JSON, or are too large together."""
    problems: list[FieldFault] = []
    size_bytes = 0
    for name, value in inputs.items():
        try:
            size_bytes += len(json.dumps({name: value}, ensure_ascii=False, allow_nan=False).encode())
        except (ValueError, RecursionError):
            words = f"{_short(name)} holds something that JSON cannot (an infinite number, half a character)"
            problems.append(FieldFault(_short(name), words))
    if size_bytes > INPUTS_MAX_BYTES:
        words = f"they have {size_bytes:,} bytes together, more than {INPUTS_MAX_BYTES:,}"
        problems.append(FieldFault("", words, value=str(size_bytes), limit=str(INPUTS_MAX_BYTES)))
    return problems


def _unknown(card: ModelCard, inputs: Mapping[str, JsonValue]) -> Iterator[FieldFault]:
    known = _properties(card)
    for name in inputs:
        if name not in known:
            near = difflib.get_close_matches(name[:100], known, n=1)
            hint = f" (is {near[0]} meant?)" if near else ""
            yield FieldFault(_short(name), f"there is no input {_short(name)}{hint}", limit=_listed(list(known)))


def _breaches(card: ModelCard, inputs: Mapping[str, JsonValue]) -> Iterator[FieldFault]:
    from jsonschema import Draft202012Validator

    # Unknown names are told of by themselves, with what may have been meant.
    schema = {name: value for name, value in card.input_schema.items() if name != "additionalProperties"}
    without: set[tuple[str, ...]] = set()
    for error in Draft202012Validator(schema).iter_errors(dict(inputs)):  # pyright: ignore[reportUnknownMemberType] # untyped there
        path = tuple(str(part) for part in error.absolute_path)
        if error.validator != "required":
            yield _told(card, error, path)
        elif path not in without:  # the library tells of each that is missing, and names none as data
            without.add(path)
            yield from _missing(error, path)


def _missing(error: "ValidationError", path: tuple[str, ...]) -> Iterator[FieldFault]:
    there = cast(Mapping[str, object], error.instance)
    for name in cast(list[str], error.validator_value):
        if name not in there:
            field = ".".join((*path, name))
            yield FieldFault(field, f"{field} is missing")


def _told(card: ModelCard, error: "ValidationError", path: tuple[str, ...]) -> FieldFault:
    wanted = cast(Any, error.validator_value)
    field = ".".join(path) or _WHOLE
    is_secret = bool(path) and _properties(card).get(path[0], {}).get(SECRET_KEYWORD) is True
    value = "…" if is_secret else _short(json.dumps(error.instance, ensure_ascii=False, default=str))
    limit = _limit(str(error.validator), wanted)
    return FieldFault(field, f"{field} is {value}; it must be {limit}", value=value, limit=limit)


def _limit(keyword: str, wanted: Any) -> str:
    """Return what a value must be, in words."""
    match keyword:
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else list(wanted)
            return " or ".join(_TYPE_WORDS.get(kind, kind) for kind in kinds)
        case "enum":
            return f"one of {_listed([str(choice) for choice in wanted])}"
        case "minimum" | "exclusiveMinimum":
            return f"{'at least' if keyword == 'minimum' else 'more than'} {_number(wanted)}"
        case "maximum" | "exclusiveMaximum":
            return f"{'at most' if keyword == 'maximum' else 'less than'} {_number(wanted)}"
        case "minLength" | "maxLength":
            return f"{'at least' if keyword == 'minLength' else 'at most'} {wanted} characters long"
        case "minItems" | "maxItems":
            return f"{'at least' if keyword == 'minItems' else 'at most'} {wanted} of them"
        case "multipleOf":
            return f"a multiple of {_number(wanted)}"
        case "anyOf" | "oneOf":
            return "one of the forms that the model's schema lists"
        case _:
            return f"as the schema's {keyword} says"


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def _bad_addresses(card: ModelCard, inputs: Mapping[str, JsonValue]) -> Iterator[FieldFault]:
    """Yield the addresses that no service could read a file from."""
    limit = f"a web address, {{“assetId”: …}}, or a data URL of at most {DATA_URL_MAX_BYTES // 1024} KB"
    for name in sorted(file_inputs(card) & inputs.keys()):
        value = inputs[name]
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and not _is_readable(one):
                yield FieldFault(name, f"{name} is {_short(one)}; it must be {limit}", value=_short(one), limit=limit)


def _is_readable(address: str) -> bool:
    if address[:5].lower() == "data:":
        return len(address.encode()) <= DATA_URL_MAX_BYTES
    return address.lower().startswith(("https://", "http://")) and address.isprintable() and " " not in address


def _listed(names: list[str]) -> str:
    shown = ", ".join(_short(name) for name in names[:_CHOICES_SHOWN])
    return shown + (f" and {len(names) - _CHOICES_SHOWN} more" if len(names) > _CHOICES_SHOWN else "")


def _short(text: str) -> str:
    line = "".join(char if char.isprintable() else " " for char in text[: _SHOWN_CHARACTERS + 1])
    return line if len(text) <= _SHOWN_CHARACTERS else line[: _SHOWN_CHARACTERS - 1] + "…"

"""A valid answer to any JSON schema, made of a question's own words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Final

from pydantic import JsonValue

from gauntlet.providers.fakes.language.material import Material

Json = Mapping[str, JsonValue]

_COLOURS: Final = ("#1F2A44", "#F4EFE6", "#C8553D", "#588B8B", "#FFD5C2", "#2E4057")
_BETWEEN: Final = re.compile(r"\b(\d{1,3}) to (\d{1,3})\b")
_AT_MOST_WORDS: Final = re.compile(r"\bat most (\d{1,2})\b(?: words)?")
_LONG: Final = (
    "prompt",
    "description",
    "subject",
    "environment",
    "aesthetic",
    "lighting",
    "camera",
    "summary",
    "story",
)
_NEUTRAL: Final = ("other", "general", "none", "mid", "standard", "calm")
_SAID: Final = {
    "tone": "calm and clear",
    "aesthetic": "natural materials, few things, much air around them",
    "lighting": "soft daylight from one side, long shadows",
    "camera": "50 mm, shallow focus, unhurried",
    "environment": "a quiet room with a plain wall and morning light",
}
"""What is said where a question's own words would say nothing."""
_EMPTY: Final = ("supporting",)
_ITEMS: Final = 2
_SCENES: Final = 6
_DEPTH_MAX: Final = 24
_LAST: Final = ("cta", "end_card", "static")
_FIRST: Final = ("hook",)
_OFFER: Final = ("offer",)
_SECOND: Final = ("product_showcase", "close_up")
"""What suits the end of a list, its beginning, the offer and the second place, where a closed set has it."""


class Unanswerable(ValueError):
    """The schema asks for something that nothing fits."""


@dataclass(frozen=True)
class Place:
    """Where in the answer something is: the nearest name, and which of how many in the list around it."""

    name: str = ""
    index: int = 0
    count: int = 1
    depth: int = 0

    def inside(self, name: str) -> "Place":
        """Return the place of a property."""
        return Place(name, self.index, self.count, self.depth + 1)

    def entry(self, index: int, count: int) -> "Place":
        """Return the place of a list's entry."""
        return Place(self.name, index, count, self.depth + 1)


@dataclass
class Sampler:
    """Makes answers. `root` is the schema that references lead into."""

    root: Json
    material: Material
    _used: dict[str, int] = field(default_factory=dict[str, int])

    def answer(self) -> JsonValue:
        """Return a document that the schema admits; raises `Unanswerable`."""
        return self._value(self.root, Place())

    def _value(self, schema: Json, place: Place) -> JsonValue:
        if place.depth > _DEPTH_MAX:
            raise Unanswerable(f"{place.name}: the schema has no end")
        schema = self._resolved(schema)
        if "const" in schema:
            return schema["const"]
        options = schema.get("anyOf") or schema.get("oneOf")
        if isinstance(options, list):
            return self._option([option for option in options if isinstance(option, dict)], place)
        values = schema.get("enum")
        if isinstance(values, list):
            return self._chosen(values, place)
        return self._typed(schema, _kind(schema), place)

    def _typed(self, schema: Json, kind: str, place: Place) -> JsonValue:
        match kind:
            case "object":
                return self._object(schema, place)
            case "array":
                return self._array(schema, place)
            case "string":
                return self._text(schema, place)
            case "integer" | "number":
                return self._number(schema, place, whole=kind == "integer")
            case "boolean":
                return False
            case "null":
                return None
            case _:
                raise Unanswerable(f"{place.name}: unknown type {kind!r}")

    def _resolved(self, schema: Json) -> Json:
        merged = dict(schema)
        parts = merged.pop("allOf", None)
        reference = merged.pop("$ref", None)
        if isinstance(reference, str):
            return self._resolved({**self._definition(reference), **merged})
        if isinstance(parts, list):
            for part in parts:
                if isinstance(part, dict):
                    merged = {**self._resolved(part), **merged}
        return merged

    def _definition(self, reference: str) -> Json:
        node: JsonValue = dict(self.root)
        for step in reference.removeprefix("#/").split("/") if reference != "#" else ():
            node = node.get(step) if isinstance(node, dict) else None
        if not isinstance(node, dict):
            raise Unanswerable(f"{reference} leads nowhere")
        return node

    def _option(self, options: list[dict[str, JsonValue]], place: Place) -> JsonValue:
        """Return a value of the first option that is one; nothing is given of what only may be there."""
        real = [option for option in options if option.get("type") != "null"]
        if len(real) < len(options) and not _is_wordy(place.name):
            return None
        return self._value(real[0], place)

    def _chosen(self, values: list[JsonValue], place: Place) -> JsonValue:
        if place.count == 1:
            return self._fitting_choice(values)
        wanted = self._suiting(place)
        for value in values:
            if value in wanted:
                return value
        others = [value for value in values if value not in (*_LAST, *_FIRST, *_OFFER)] or values
        return others[place.index % len(others)]

    def _suiting(self, place: Place) -> tuple[str, ...]:
        if place.index == place.count - 1:
            return _LAST
        if self._is_offers(place):
            return _OFFER
        return {0: _FIRST, 1: _SECOND}.get(place.index, ())

    def _is_offers(self, place: Place) -> bool:
        return bool(self.material.offer) and place.count > 1 and place.index == place.count - 2

    def _fitting_choice(self, values: list[JsonValue]) -> JsonValue:
        """Return the value that the question names, else one that says little, else the same for the same words."""
        if self.material.language in values:
            return self.material.language
        said = {word.lower() for word in self.material.words}
        for value in values:
            if isinstance(value, str) and said & set(re.split(r"[_\W]+", value.lower())):
                return value
        neutral = next((value for value in values if value in _NEUTRAL), None)
        return neutral if neutral is not None else values[sum(map(len, self.material.words)) % len(values)]

    def _object(self, schema: Json, place: Place) -> JsonValue:
        properties = schema.get("properties")
        if not isinstance(properties, dict):
            return {}
        required = schema.get("required")
        names = [name for name in properties if not isinstance(required, list) or name in required]
        return {
            name: self._value(declared, place.inside(name))
            for name in names
            if isinstance(declared := properties[name], dict)
        }

    def _array(self, schema: Json, place: Place) -> JsonValue:
        items = schema.get("items")
        if not isinstance(items, dict):
            return []
        count = _count(schema, place, scenes=self.material.scenes)
        return [self._value(items, place.entry(index, count)) for index in range(count)]

    def _text(self, schema: Json, place: Place) -> str:
        least, most = _whole(schema.get("minLength"), 0), _whole(schema.get("maxLength"), 400)
        description = str(schema.get("description", ""))
        pattern = schema.get("pattern")
        text = self._words(place, description)
        if isinstance(pattern, str) and not re.search(pattern, text):
            text = self._fitting(pattern, place)
        while len(text) < least:
            text = f"{text} {self.material.phrase(len(text), 2)}".strip()
        return text[:most].rstrip() if len(text) > most else text

    def _words(self, place: Place, description: str) -> str:
        name, material = place.name.lower(), self.material
        told = description.lower()
        if "#rrggbb" in told or "hex" in told or "colour" in name or "color" in name:
            return self._colour()
        if "iso 639" in told or name in ("language", "lang"):
            return material.language
        if "asset" in name or "letter of" in told:
            return material.assets[place.index % len(material.assets)] if material.assets else ""
        if "offer" in name or (self._is_offers(place) and "overlay" in name):
            return material.offer
        if any(part in name for part in _EMPTY) or "mostly empty" in told:
            return ""
        if "product" in name or name in ("brand", "name"):
            return material.name
        if name in _SAID:
            return _SAID[name] if place.count == 1 else f"{_SAID[name]}, corner {place.index + 1}"
        if "audience" in name:
            return f"people who care for {material.phrase(0, 2)}"
        if "action" in name:
            return f"See {material.name}" if material.language == "en" else material.name
        if any(part in name for part in _LONG):
            return f"{material.name}, {material.phrase(place.index, 5)}, soft daylight, seen from {place.index + 1} m"
        limit = _AT_MOST_WORDS.search(told)
        count = min(int(limit[1]), 4) if limit else 4
        # What was said once is not said again: no line of an ad comes twice.
        turn = self._used[name] = self._used.get(name, -1) + 1
        phrase = material.phrase(turn, count)
        return phrase[:1].upper() + phrase[1:]

    def _fitting(self, pattern: str, place: Place) -> str:
        candidates = (
            self._colour(), self._colour().lower(), self.material.language, "en-US", "A", "1", "2026-01-01", "12:00",
            self.material.words[0].lower(), "https://example.com", "00000000-0000-4000-8000-000000000000", "",
        )  # fmt: skip
        for candidate in candidates:
            if re.search(pattern, candidate):
                return candidate
        raise Unanswerable(f"{place.name}: nothing is known that fits the pattern {pattern!r}")

    def _colour(self) -> str:
        turn = self._used["#"] = self._used.get("#", -1) + 1
        return _COLOURS[turn % len(_COLOURS)]

    def _number(self, schema: Json, place: Place, *, whole: bool) -> JsonValue:
        least, most = (
            _bound(schema, "minimum", "exclusiveMinimum", 1),
            _bound(schema, "maximum", "exclusiveMaximum", -1),
        )
        name = place.name.lower()
        wanted = self.material.seconds / place.count if "second" in name or "duration" in name else 1.0
        if "confidence" in name:
            wanted = 0.7
        value = wanted if least is None else max(wanted, least)
        value = value if most is None else min(value, most)
        if whole:
            return ceil(value) if least is not None and value == least else floor(value)
        short = round(value, 2)
        fits = (least is None or short >= least) and (most is None or short <= most)
        return short if fits else value


def _kind(schema: Json) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        return next((str(entry) for entry in kind if entry != "null"), "null")
    if isinstance(kind, str):
        return kind
    return "object" if "properties" in schema else "array" if "items" in schema else "string"


def _count(schema: Json, place: Place, *, scenes: int | None) -> int:
    described = _BETWEEN.search(str(schema.get("description", "")))
    least = _whole(schema.get("minItems"), int(described[1]) if described else 0)
    most = _whole(schema.get("maxItems"), int(described[2]) if described else 1_000)
    wanted = (scenes or _SCENES) if "scene" in place.name.lower() else 0 if place.name in ("facts",) else _ITEMS
    return min(max(wanted, least), most)


def _whole(value: JsonValue, fallback: int) -> int:
    return value if isinstance(value, int) else fallback


def _bound(schema: Json, name: str, exclusive: str, step: int) -> float | None:
    value, beyond = schema.get(name), schema.get(exclusive)
    if isinstance(beyond, (int, float)) and not isinstance(beyond, bool):
        return beyond + step * 0.5
    return value if isinstance(value, (int, float)) else None


def _is_wordy(name: str) -> bool:
    return any(part in name.lower() for part in ("text", "headline", "line", "title"))

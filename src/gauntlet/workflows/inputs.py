"""What a step gives a model, in the words of that model's own input schema: pure rules.

Vendors name the same thing differently. What a person set is never changed; what the schema does not know is left out.
"""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Final

from pydantic import Field, JsonValue

from gauntlet.core.creative.formats import CANVASES, AspectRatio
from gauntlet.core.errors import InvalidInput
from gauntlet.core.generation import ModelChoice, ModelKind
from gauntlet.core.schema import Schema
from gauntlet.providers.predictions import ModelCard

PICTURE_NAMES: Final = (
    "start_image",
    "first_frame_image",
    "first_frame",
    "image",
    "input_image",
    "image_url",
    "init_image",
)
_PROMPT_NAMES: Final = ("prompt", "text", "text_prompt", "description")
_DURATION_NAMES: Final = ("duration", "duration_s", "seconds", "num_seconds", "seconds_total", "length")
_SIZE_NAMES: Final = ("size", "image_size", "resolution")
_TEMPO_NAMES: Final = ("tempo", "tempo_bpm", "bpm")
_MOVE_NAMES: Final = ("camera_movement", "camera_motion", "movement")

_RATIO: Final = re.compile(r"^(\d{1,5})\s*[:x×]\s*(\d{1,5})$")
_PIXELS: Final = 1_048_576
_STEP_PX: Final = 16


class Wishes(Schema):
    """What a step wants of a model, whatever that calls it."""

    prompt: str
    aspect: AspectRatio | None = None
    duration_s: float | None = Field(default=None, gt=0)
    tempo_bpm: float | None = None
    mood: str | None = None
    camera_movement: str | None = None


class Filled(Schema):
    """A model's inputs, and the name of the one that takes the scene's picture."""

    inputs: dict[str, JsonValue]
    picture_input: str | None = None


def fill(card: ModelCard, choice: ModelChoice, wishes: Wishes) -> Filled:
    """Return the person's inputs with the step's beside them, those that the model takes.

    Raises `InvalidInput` for a model that moves pictures and takes none.
    """
    known = properties(card)
    inputs: dict[str, JsonValue] = {**_wished(known, wishes), **choice.inputs}
    picture = None
    if card.kind is ModelKind.IMAGE_TO_VIDEO:
        picture = picture_input(card)
        if picture is None:
            raise InvalidInput(
                f"The model {card.id} takes no picture, so it cannot move one.",
                next_step="Choose an image-to-video model; gauntlet model list shows them.",
                details={"field": "model", "value": card.id},
            )
    return Filled(inputs=inputs, picture_input=None if picture in choice.inputs else picture)


def properties(card: ModelCard) -> dict[str, Mapping[str, JsonValue]]:
    """Return the model's inputs by name."""
    found = card.input_schema.get("properties")
    if not isinstance(found, dict):
        return {}
    return {name: part for name, part in found.items() if isinstance(part, dict)}


def picture_input(card: ModelCard) -> str | None:
    """Return the input that takes the picture to start from: by its usual names, else the first that is an address."""
    known = properties(card)
    usual = next((name for name in PICTURE_NAMES if name in known), None)
    return usual or next((name for name, part in known.items() if part.get("format") == "uri"), None)


def _wished(known: Mapping[str, Mapping[str, JsonValue]], wishes: Wishes) -> dict[str, JsonValue]:
    inputs: dict[str, JsonValue] = {}
    if name := _first(known, _PROMPT_NAMES):
        inputs[name] = _shortened(wishes.prompt, known[name])
    if wishes.aspect is not None:
        inputs |= _shape(known, wishes.aspect)
    if wishes.duration_s is not None and (name := _first(known, _DURATION_NAMES)):
        inputs |= _put(name, _length(known[name], wishes.duration_s))
    if wishes.tempo_bpm is not None and (name := _first(known, _TEMPO_NAMES)):
        inputs |= _put(name, _within(known[name], wishes.tempo_bpm))
    if wishes.mood is not None and "mood" in known:
        inputs |= _put("mood", _word(known["mood"], wishes.mood))
    if wishes.camera_movement is not None and (name := _first(known, _MOVE_NAMES)):
        inputs |= _put(name, _word(known[name], wishes.camera_movement))
    return inputs


def _first(known: Mapping[str, object], names: Iterable[str]) -> str | None:
    return next((name for name in names if name in known), None)


def _put(name: str, value: JsonValue) -> dict[str, JsonValue]:
    return {} if value is None else {name: value}


def _shortened(prompt: str, part: Mapping[str, JsonValue]) -> str:
    limit = part.get("maxLength")
    return prompt[:limit] if isinstance(limit, int) else prompt


def _shape(known: Mapping[str, Mapping[str, JsonValue]], aspect: AspectRatio) -> dict[str, JsonValue]:
    """Return the shape nearest to the film's: as a ratio, a size out of a list, or width and height."""
    for name in ("aspect_ratio", *_SIZE_NAMES):
        if name in known and (nearest := _nearest(_choices(known[name]), aspect)):
            return {name: nearest}
    if "aspect_ratio" in known and not _choices(known["aspect_ratio"]):
        return {"aspect_ratio": aspect.value}
    if "width" in known and "height" in known:
        wanted = _ratio(aspect.value) or 1.0
        width, height = math.sqrt(_PIXELS * wanted), math.sqrt(_PIXELS / wanted)
        sides = {"width": _side(known["width"], width), "height": _side(known["height"], height)}
        return {name: side for name, side in sides.items() if side is not None}
    return {}


def _nearest(choices: Iterable[JsonValue], aspect: AspectRatio) -> str | None:
    wanted = CANVASES[aspect].width / CANVASES[aspect].height
    shapes = {choice: ratio for choice in choices if isinstance(choice, str) and (ratio := _ratio(choice))}
    return min(shapes, key=lambda choice: abs(math.log(shapes[choice] / wanted)), default=None)


def _ratio(text: str) -> float | None:
    found = _RATIO.match(text)
    return int(found[1]) / int(found[2]) if found and int(found[1]) and int(found[2]) else None


def _side(part: Mapping[str, JsonValue], pixels: float) -> int | None:
    choices = [choice for choice in _choices(part) if isinstance(choice, int)]
    if choices:
        return min(choices, key=lambda choice: abs(choice - pixels))
    step = part.get("multipleOf")
    step = step if isinstance(step, int) and step > 0 else _STEP_PX
    rounded = _within(part, round(pixels / step) * step)
    return int(rounded) if isinstance(rounded, int | float) else None


def _length(part: Mapping[str, JsonValue], wanted_s: float) -> JsonValue:
    """Return the shortest length on offer that lasts as long as is wanted, else the longest."""
    choices = [choice for choice in _choices(part) if isinstance(choice, int | float)]
    if choices:
        return min((choice for choice in choices if choice >= wanted_s), default=max(choices))
    if part.get("type") == "integer":
        return _within(part, math.ceil(wanted_s))
    return _within(part, round(wanted_s, 2)) if part.get("type") == "number" else None


def _within(part: Mapping[str, JsonValue], value: float) -> JsonValue:
    least, most = part.get("minimum"), part.get("maximum")
    if isinstance(least, int | float):
        value = max(value, least)
    if isinstance(most, int | float):
        value = min(value, most)
    return int(value) if part.get("type") == "integer" else value


def _word(part: Mapping[str, JsonValue], word: str) -> JsonValue:
    choices = _choices(part)
    return word if not choices or word in choices else None


def _choices(part: Mapping[str, JsonValue]) -> tuple[JsonValue, ...]:
    found = part.get("enum")
    return tuple(found) if isinstance(found, list) else ()

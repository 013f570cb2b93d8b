"""What a language model is asked for: creative words and choices only. Everything countable is Gauntlet's own."""

import re
from typing import Annotated, Final, TypeVar

from pydantic import ConfigDict, Field, JsonValue, StringConstraints, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from gauntlet.core.creative.brief import CameraMovement, Mood, Purpose, ShotType
from gauntlet.core.creative.formats import SCENES_MAX, SCENES_MIN
from gauntlet.core.schema import Schema
from gauntlet.providers.local.planner.categories import Category
from gauntlet.providers.local.planner.known import PriceTier

SCHEMA_VERSION: Final = 1
FAULTS_TOLD_MAX: Final = 12
_LINE_MAX: Final = 400
_TEXT_MAX: Final = 4_000
_UNSUPPORTED: Final = frozenset(
    {
        "$defs",
        "title",
        "default",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minItems",
        "maxItems",
        "pattern",
        "format",
    }
)
"""Keywords that one service or another refuses in a strict schema; what they say is checked here instead."""

_JSON_OBJECT: Final = TypeAdapter(dict[str, JsonValue])
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=_LINE_MAX)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=_TEXT_MAX)]


class _Answer(Schema):
    # A word too many is no reason to ask, and pay, again.
    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


A = TypeVar("A", bound=_Answer)


class DraftPalette(_Answer):
    """Colours that would suit; the brand's own win over them."""

    primary: Line = Field(default="", description="#RRGGBB, or empty.")
    secondary: Line = Field(default="", description="#RRGGBB, or empty.")
    accent: Line = Field(default="", description="#RRGGBB, or empty.")
    background: Line = Field(default="", description="#RRGGBB, or empty.")


class DraftScene(_Answer):
    """One scene as the model would have it."""

    purpose: Purpose = Field(description="What the scene does for the story; the last scene, and no other, is cta.")
    shot_type: ShotType = Field(description="The last scene, and no other, is end_card.")
    camera_movement: CameraMovement = Field(description="Unlike the scene before; static in the last scene.")
    subject: Text = Field(description="What is seen, in English, concretely.")
    environment: Text = Field(description="Where it is seen, in English.")
    generation_prompt: Text = Field(description="For an image model, in English: subject, place, light, lens. No type.")
    overlay_text: Line = Field(description="Headline on screen, at most 8 words; may be empty.")
    supporting_text: Line = Field(description="Smaller line beneath it, at most 10 words; mostly empty.")
    seconds: float = Field(ge=0, le=180, description="How long the scene would like to be.")
    asset: Line = Field(description="Letter of the given picture or film that it shows, or empty.")


class Draft(_Answer):
    """The plan of an ad in a model's words."""

    title: Line = Field(description="Short name of the ad, for the people who make it.")
    language: Line = Field(description="ISO 639-1 code of the language of the words on screen.")
    product_name: Line = Field(description="As the prompt or the brand writes it.")
    category: Category = Field(description="Line of business.")
    price_tier: PriceTier = Field(description="Which kind of price the product has.")
    facts: tuple[Line, ...] = Field(max_length=20, description="What is said of the product, quoted word by word.")
    audience: Line = Field(description="Whom the ad speaks to.")
    tone: Line = Field(description="How it speaks, in two or three words.")
    mood: Mood = Field(description="The feeling of picture and music.")
    aesthetic: Text = Field(description="The look, in English.")
    lighting: Text = Field(description="The light, in English.")
    camera: Text = Field(description="Lens and framing, in English.")
    palette: DraftPalette
    call_to_action: Line = Field(description="Words on the button, at most 4.")
    offer: Line = Field(description="The offer, quoted word by word from the prompt; empty where there is none.")
    scenes: tuple[DraftScene, ...] = Field(
        min_length=SCENES_MIN, max_length=SCENES_MAX, description=f"{SCENES_MIN} to {SCENES_MAX} scenes, in order."
    )


class SceneDraft(_Answer):
    """One scene again, changed as asked."""

    scene: DraftScene


class NotADraft(ValueError):
    """An answer that is not what was asked for; `faults` say why, for the model and for people."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def read_draft(kind: type[A], text: str) -> A:
    """Return the draft that an answer holds, code fences or not; raise `NotADraft` naming what is wrong with it."""
    bare = re.sub(r"^\s*```(?:json)?\s*|\s*```\s*$", "", text)
    try:
        return kind.model_validate_json(bare)
    except ValidationError as error:
        raise NotADraft(tuple(_fault(item["loc"], item["msg"]) for item in error.errors()[:FAULTS_TOLD_MAX])) from None


def _fault(place: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(part) for part in place) or "answer"
    return f"{where}: {message}"[:300]


def wire_schema(kind: type[_Answer]) -> dict[str, JsonValue]:
    """Return the JSON schema that every service takes as strict: references resolved, all required, nothing more.

    Limits that strict schemas may not hold are kept in the descriptions, where models read them.
    """
    schema = _JSON_OBJECT.validate_python(kind.model_json_schema(by_alias=True))
    return _strict_object(schema, _object(schema.get("$defs")))


def _object(node: JsonValue) -> dict[str, JsonValue]:
    return node if isinstance(node, dict) else {}


def _strict(node: JsonValue, parts: dict[str, JsonValue]) -> JsonValue:
    if isinstance(node, list):
        return [_strict(item, parts) for item in node]
    return _strict_object(node, parts) if isinstance(node, dict) else node


def _strict_object(node: dict[str, JsonValue], parts: dict[str, JsonValue]) -> dict[str, JsonValue]:
    if "$ref" in node:
        target = _object(parts[str(node["$ref"]).rsplit("/", 1)[-1]])
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    kept = {key: value for key, value in node.items() if key not in _UNSUPPORTED}
    properties = _object(kept.pop("properties", None))
    strict = {key: _strict(value, parts) for key, value in kept.items()}
    if properties:
        strict["properties"] = {name: _strict(value, parts) for name, value in properties.items()}
        strict["required"] = list(properties)
        strict["additionalProperties"] = False
    return strict

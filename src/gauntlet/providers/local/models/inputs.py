"""What the built-in models take: the same kind of form that a hosted model has."""

from typing import Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, ValidationError

from gauntlet.core.creative.brief import CameraMovement, Mood, Share
from gauntlet.core.creative.formats import DURATION_MAX_S, PROMPT_MAX_CHARACTERS, AspectRatio
from gauntlet.core.errors import InvalidInput

SEED_MAX: Final = 2**31 - 1
MOTION_MAX_S: Final = 10

Aspect = Literal["9:16", "4:5", "1:1", "16:9"]
MoodName = Literal["energetic", "uplifting", "calm", "elegant", "playful", "dramatic", "warm", "tech"]
MovementName = Literal["static", "push_in", "pull_out", "pan_left", "pan_right", "tilt_up", "tilt_down"]
ShotName = Literal["wide", "medium", "close_up", "overhead"]
PictureFormat = Literal["png", "webp", "jpg"]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Prompt = Annotated[str, StringConstraints(max_length=PROMPT_MAX_CHARACTERS)]
Seed = Annotated[int, Field(ge=0, le=SEED_MAX, description="Another one gives another of the same kind.")]


class Form(BaseModel):
    """The base of the forms; fields are named as hosted models name theirs."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PanelForm(Form):
    """`gauntlet/panel`."""

    prompt: Annotated[
        str,
        StringConstraints(min_length=1, max_length=PROMPT_MAX_CHARACTERS),
        Field(description="What the picture is of, and where: its subject and its place are drawn."),
    ]
    aspect_ratio: Aspect = Field(default="9:16", description="Width to height.")
    shot_type: ShotName = Field(default="medium", description="How much of the subject the picture shows.")
    palette: tuple[Colour, ...] = Field(
        default=(), max_length=5, description="Colours to draw in, as #RRGGBB; else those that fit the prompt."
    )
    mood: MoodName | None = Field(default=None, description="The feeling; else the one that the prompt speaks of.")
    seed: Seed = 0
    output_format: PictureFormat = Field(default="png", description="The file's type.")

    @property
    def aspect(self) -> AspectRatio:
        """The aspect ratio in our own words."""
        return AspectRatio(self.aspect_ratio)


class MotionForm(Form):
    """`gauntlet/motion`."""

    image: str = Field(
        min_length=1,
        description="The picture to move over.",
        json_schema_extra={"format": "uri"},
    )
    camera_movement: MovementName | None = Field(
        default=None, description="How the camera moves; else as the prompt says, else it pushes in."
    )
    prompt: Prompt = Field(default="", description="The camera's movement in words, as in “pan left”.")
    duration: float = Field(default=4, ge=1, le=MOTION_MAX_S, description="Seconds.")
    aspect_ratio: Aspect = Field(default="9:16", description="Width to height.")
    strength: float = Field(default=1, ge=0.2, le=2, description="How far the camera moves; 1 is as in an ad.")

    @property
    def aspect(self) -> AspectRatio:
        """The aspect ratio in our own words."""
        return AspectRatio(self.aspect_ratio)

    @property
    def movement(self) -> CameraMovement | None:
        """The movement in our own words, where one is given."""
        return CameraMovement(self.camera_movement) if self.camera_movement else None


class BedForm(Form):
    """`gauntlet/bed`."""

    prompt: Prompt = Field(default="", description="What the music is for; its mood is read in it.")
    mood: MoodName | None = Field(default=None, description="The feeling; else the one that the prompt speaks of.")
    tempo_bpm: float | None = Field(
        default=None, ge=50, le=190, description="Beats a minute; else as the mood has them."
    )
    duration: float = Field(default=15, ge=2, le=DURATION_MAX_S, description="Seconds.")
    intensity: Share = Field(default=0.8, description="How loud and full it gets at its height, 0 to 1.")
    seed: Seed = 0


FormType = TypeVar("FormType", bound=Form)


def read_form(form: type[FormType], inputs: dict[str, JsonValue]) -> FormType:
    """Return the inputs as the form; raises `InvalidInput` for the first that does not fit."""
    try:
        return form.model_validate(inputs)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in fault["loc"])
        raise InvalidInput(
            f"The input {field} is not one that the model takes: {fault['msg']}.",
            next_step="Correct it; the model's schema tells what it takes.",
            details={"field": f"inputs.{field}", "value": str(fault["input"])[:60]},
        ) from error


def schema_of(form: type[Form]) -> dict[str, JsonValue]:
    """Return a form's JSON Schema, its properties numbered in their order as hosted models number theirs."""
    schema: dict[str, JsonValue] = form.model_json_schema()
    properties = schema["properties"]
    assert isinstance(properties, dict)
    numbered: dict[str, JsonValue] = {}
    for place, (name, field) in enumerate(properties.items()):
        numbered[name] = {**_flat(field), "x-order": place}
    kept = {name: schema[name] for name in schema if name not in {"title", "description", "properties"}}
    return {"type": "object", **kept, "properties": numbered}


def _flat(field: JsonValue) -> dict[str, JsonValue]:
    """Return a field's schema with null among its types, instead of null as one of two branches."""
    assert isinstance(field, dict)
    branches = field.get("anyOf")
    if not isinstance(branches, list):
        return field
    some, nothing = branches
    assert isinstance(some, dict)
    assert nothing == {"type": "null"}
    named = some.get("enum")
    choices: dict[str, JsonValue] = {"enum": [*named, None]} if isinstance(named, list) else {}
    rest = {name: value for name, value in field.items() if name not in {"anyOf", "default"}}
    return {**rest, **some, "type": [some["type"], "null"], **choices, "default": None}


def mood_named(name: MoodName | None) -> Mood | None:
    """Return the mood of that name."""
    return None if name is None else Mood(name)

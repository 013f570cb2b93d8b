"""The brief: what a planner made of a prompt, in the words that planner, storyboard and compositor share."""

from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, computed_field, model_validator

from gauntlet.core.creative.colour import HexColour
from gauntlet.core.creative.formats import FPS, SCENES_MAX, SCENES_MIN, AspectRatio, Platform
from gauntlet.core.schema import Schema

Share = Annotated[float, Field(ge=0, le=1)]


class Purpose(StrEnum):
    """What a scene does for the story."""

    HOOK = "hook"
    CONTEXT = "context"
    PROBLEM = "problem"
    PRODUCT_SHOWCASE = "product_showcase"
    BENEFIT = "benefit"
    PROOF = "proof"
    OFFER = "offer"
    CTA = "cta"


class ShotType(StrEnum):
    """How much of the subject the frame shows."""

    EXTREME_CLOSE_UP = "extreme_close_up"
    CLOSE_UP = "close_up"
    MEDIUM = "medium"
    WIDE = "wide"
    OVERHEAD = "overhead"
    DETAIL = "detail"
    END_CARD = "end_card"


class CameraMovement(StrEnum):
    """How the frame moves during the scene."""

    STATIC = "static"
    PUSH_IN = "push_in"
    PULL_OUT = "pull_out"
    PAN_LEFT = "pan_left"
    PAN_RIGHT = "pan_right"
    TILT_UP = "tilt_up"
    TILT_DOWN = "tilt_down"


class Transition(StrEnum):
    """How a scene comes in after the one before it."""

    CUT = "cut"
    DISSOLVE = "dissolve"
    PUSH = "push"


class Mood(StrEnum):
    """The feeling of picture and music; each has a look and a sound."""

    ENERGETIC = "energetic"
    UPLIFTING = "uplifting"
    CALM = "calm"
    ELEGANT = "elegant"
    PLAYFUL = "playful"
    DRAMATIC = "dramatic"
    WARM = "warm"
    TECH = "tech"


class Product(Schema):
    """What is advertised. `name` and `description` hold only what prompt, brand or campaign say."""

    name: str = Field(min_length=1, max_length=120)
    brand: str | None = Field(default=None, max_length=120)
    category: str = Field(min_length=1, max_length=60)
    description: str = Field(default="", max_length=600)
    price_tier: Literal["value", "mid", "premium", "luxury"]


class TechnicalSpecs(Schema):
    """What the film is, in numbers."""

    duration_frames: int = Field(gt=0)
    aspect_ratio: AspectRatio
    platform: Platform
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    fps: Literal[30] = FPS

    @computed_field
    @property
    def duration(self) -> float:
        """Seconds, for people; the frames are the truth."""
        return self.duration_frames / self.fps


class Palette(Schema):
    """The film's colours by role; `on_*` are the type colours with at least 4.5:1 on their ground."""

    primary: HexColour
    secondary: HexColour
    accent: HexColour
    background: HexColour
    on_background: HexColour
    on_primary: HexColour
    on_accent: HexColour
    source: Literal["brand", "reference", "logo", "assets", "planner", "category"]


class VisualDirection(Schema):
    """The look."""

    aesthetic: str = Field(max_length=200)
    mood: Mood
    palette: Palette
    lighting: str = Field(max_length=200)
    camera: str = Field(max_length=200)
    heading_font: str = Field(max_length=80)
    body_font: str = Field(max_length=80)


class AudioDirection(Schema):
    """The sound. `tempo_bpm` and the scenes' frames are chosen together so that cuts fall on beats."""

    genre: str = Field(max_length=60)
    mood: Mood
    tempo_bpm: float = Field(ge=50, le=190)
    intensity_curve: tuple[Share, ...] = Field(min_length=SCENES_MIN, max_length=SCENES_MAX)
    instruments: tuple[str, ...] = Field(max_length=8)
    seed: int = Field(ge=0, lt=2**31, description="Makes the synthesized bed the same each time.")


class TextStrategy(Schema):
    """What kind of words stand in the picture, and in which language."""

    language: str = Field(pattern=r"^[a-z]{2,3}$", description="ISO 639 code of the prompt's language.")
    direction: Literal["ltr", "rtl"]
    tone: str = Field(max_length=120)
    headline: str = Field(max_length=120)
    tagline: str | None = Field(default=None, max_length=160)


class Pacing(Schema):
    """How fast the film cuts and how its energy runs."""

    cuts_per_minute: float = Field(gt=0)
    transition: Transition
    energy_curve: tuple[Share, ...] = Field(min_length=SCENES_MIN, max_length=SCENES_MAX)


class CallToAction(Schema):
    """What the viewer is asked to do, and where."""

    text: str = Field(min_length=1, max_length=60)
    destination: str | None = Field(default=None, max_length=200, description="Web address or handle, as given.")
    offer: str | None = Field(default=None, max_length=160)


class Scene(Schema):
    """One scene; the film's picture, type and sound of its frames follow from it."""

    number: int = Field(ge=1, le=SCENES_MAX)
    purpose: Purpose
    start_frame: int = Field(ge=0)
    duration_frames: int = Field(gt=0)
    shot_type: ShotType
    camera_movement: CameraMovement
    subject: str = Field(max_length=300)
    environment: str = Field(max_length=300)
    generation_prompt: str = Field(max_length=2_000, description="For a hosted image or video model.")
    overlay_text: str = Field(max_length=120, description="Headline on screen; may be empty.")
    supporting_text: str = Field(default="", max_length=160)
    music_intensity: Share
    transition: Transition
    asset_id: UUID | None = Field(default=None, description="The client's picture that this scene shows.")
    focus: tuple[Share, Share] | None = Field(default=None, description="Subject's centre in that picture, 0 to 1.")

    @computed_field
    @property
    def start(self) -> float:
        """Seconds from the film's start, for people."""
        return self.start_frame / FPS

    @computed_field
    @property
    def duration(self) -> float:
        """Seconds, for people; the frames are the truth."""
        return self.duration_frames / FPS


class ConfidencePart(Schema):
    """How sure the planner is of one thing it read, and why."""

    part: Literal["product", "audience", "tone", "platform", "duration", "offer", "call_to_action", "brand", "pictures"]
    score: Share
    reason: str = Field(max_length=300)


class Confidence(Schema):
    """How well the brief is founded in what was given."""

    overall: Share
    parts: tuple[ConfidencePart, ...]


class Default(Schema):
    """Something that nobody said and the planner assumed."""

    field: str = Field(max_length=60)
    value: str = Field(max_length=200)
    reason: str = Field(max_length=300)


class BriefWarning(Schema):
    """Something a person should look at before approving."""

    code: str = Field(pattern=r"^[a-z_]+$")
    message: str = Field(max_length=500)


class Brief(Schema):
    """The whole plan of an ad. Scene frames are contiguous, start at 0 and sum to the film's duration exactly."""

    title: str = Field(min_length=1, max_length=160)
    product: Product
    audience: str = Field(max_length=300)
    technical_specs: TechnicalSpecs
    visual_direction: VisualDirection
    audio_direction: AudioDirection
    text_strategy: TextStrategy
    pacing: Pacing
    call_to_action: CallToAction
    scenes: tuple[Scene, ...] = Field(min_length=SCENES_MIN, max_length=SCENES_MAX)
    confidence: Confidence
    defaults_used: tuple[Default, ...] = ()
    warnings: tuple[BriefWarning, ...] = ()
    planner: str = Field(default="gauntlet/planner", max_length=120, description="Who made it.")

    @model_validator(mode="after")
    def _scenes_fill_the_film(self) -> Self:
        at = 0
        for number, scene in enumerate(self.scenes, start=1):
            if scene.number != number:
                raise ValueError(f"scene at place {number} is numbered {scene.number}")
            if scene.start_frame != at:
                raise ValueError(f"scene {number} starts at frame {scene.start_frame}, not {at}")
            at += scene.duration_frames
        if at != self.technical_specs.duration_frames:
            raise ValueError(f"scenes last {at} frames, the film {self.technical_specs.duration_frames}")
        return self

"""What callers give to and get from briefs."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic.alias_generators import to_camel

from gauntlet.core.attempts import Attempt
from gauntlet.core.creative.brief import (
    AudioDirection,
    Brief,
    CallToAction,
    CameraMovement,
    Pacing,
    Product,
    Purpose,
    Share,
    ShotType,
    TextStrategy,
    Transition,
    VisualDirection,
)
from gauntlet.core.creative.formats import (
    DURATION_MAX_S,
    DURATION_MIN_S,
    PROMPT_MAX_CHARACTERS,
    SCENES_MAX,
    AspectRatio,
    Platform,
)
from gauntlet.core.creative.reference import ReferenceFacts
from gauntlet.core.errors import Detail
from gauntlet.core.generation import ModelChoice
from gauntlet.core.ids import BriefId, Digest, UserId
from gauntlet.core.schema import Schema
from gauntlet.domain.briefs.diff import BriefDiff

ASSETS_MAX = 50
INSTRUCTION_MAX_CHARACTERS = 1_000

OrderKind = Literal["plan", "refine"]
OrderStatus = Literal["working", "done", "failed", "paused"]
BriefStatus = Literal["planning", "ready", "failed", "paused"]
PlannerChoice = Literal["hosted", "built_in"]
SceneNumber = Annotated[int, Field(ge=1, le=SCENES_MAX)]


class BriefModels(Schema):
    """Who plans."""

    brief: PlannerChoice = Field(
        default="hosted",
        description="`hosted`: the language models that there are keys for, else the built-in planner.",
    )


class BriefRequest(Schema):
    """A prompt, whose ad it is, and what the person has decided already."""

    prompt: str = Field(min_length=1, max_length=PROMPT_MAX_CHARACTERS, pattern=r"\S")
    client_id: UUID
    campaign_id: UUID | None = None
    duration: float | None = Field(
        default=None, ge=DURATION_MIN_S, le=DURATION_MAX_S, description="Seconds; read from the prompt where absent."
    )
    platform: Platform | None = None
    aspect_ratio: AspectRatio | None = None
    asset_ids: tuple[UUID, ...] = Field(
        default=(), max_length=ASSETS_MAX, description="Images and videos to show, audio for the bed."
    )
    logo_asset_id: UUID | None = Field(default=None, description="Overrides the brand guidelines' logo.")
    reference_asset_id: UUID | None = Field(
        default=None, description="An image or a video of the client whose look the ad is to have; it is not shown."
    )
    models: BriefModels = BriefModels()


class BriefProblem(Schema):
    """Why there is no (new) version, and what to do about it."""

    code: str
    message: str
    next_step: str | None = None
    details: dict[str, Detail] = Field(default_factory=dict)


class GivenReference(Schema):
    """A reference medium whose bytes are stored, with what was measured of it."""

    digest: Digest
    facts: ReferenceFacts
    asset_id: UUID | None = None


class BriefOrder(Schema):
    """What is asked of a planner, as the work on it sees it."""

    id: int
    brief_id: BriefId
    kind: OrderKind
    status: OrderStatus
    run: int
    instruction: str | None
    scene_number: int | None
    base_version: int
    version: int | None
    error: BriefProblem | None
    user_id: UserId
    client_id: UUID
    campaign_id: UUID | None
    prompt: str
    current_version: int = Field(description="Of the brief: past `base_version` where it was changed meanwhile.")
    request: BriefRequest | None
    reference: GivenReference | None


class BriefContent(Schema):
    """A version of a brief with whose it is."""

    brief_id: BriefId
    client_id: UUID
    campaign_id: UUID | None
    version: int
    brief: Brief


class BriefSummary(Schema):
    """A brief in a list. `status` is of the latest thing that was asked of a planner."""

    id: BriefId
    client_id: UUID
    campaign_id: UUID | None
    user_id: UserId
    prompt: str
    title: str | None = Field(description="Null as long as there is no version.")
    status: BriefStatus
    error: BriefProblem | None = None
    version: int = Field(description="The newest; 0 while the first is being planned.")
    provider: str | None = Field(description="Who made that version: `service:model`, or `gauntlet/planner`.")
    cost_microusd: int = Field(description="Of all versions.")
    created_at: datetime
    updated_at: datetime


class BriefVersion(Schema):
    """A version of a brief: what changed, who made it, what each planner that was asked answered, what it cost."""

    version: int
    change: str
    provider: str
    attempts: tuple[Attempt, ...]
    cost_microusd: int
    user_id: UserId
    created_at: datetime


class BriefDetail(BriefSummary):
    """A brief with one version of it, the newest unless another was asked for."""

    request: BriefRequest | None = Field(description="What it was asked for with; null for a job's own brief.")
    reference: ReferenceFacts | None = Field(description="What was measured of the reference medium.")
    reference_asset_id: UUID | None
    content_version: int | None = Field(description="The version that `content` and `made` are of.")
    content: Brief | None
    made: BriefVersion | None


class RefinedBrief(BriefDetail):
    """A brief after a change in words; `diff` is null as long as the planner is at it."""

    diff: BriefDiff | None = None


class BriefRefinement(Schema):
    """A change in words, to one scene or (without `scene`) to the whole brief."""

    instruction: str = Field(min_length=1, max_length=INSTRUCTION_MAX_CHARACTERS, pattern=r"\S")
    scene: SceneNumber | None = None
    version: int | None = Field(default=None, ge=1, description="The version that was seen; refused where it is old.")


class _Patch(Schema):
    """A partial change: what is absent stays as it is, and only what says so may be null."""

    nullable: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="after")
    def _is_null_only_where_it_may_be(self) -> Self:
        for name in self.model_fields_set - self.nullable:
            if getattr(self, name) is None:
                raise ValueError(f"{to_camel(name)} cannot be null; leave it out to keep it as it is")
        return self


class ScenePatch(_Patch):
    """What is changed by hand about a scene; what is absent stays as it is."""

    nullable: ClassVar[frozenset[str]] = frozenset({"asset_id", "focus"})

    number: SceneNumber
    purpose: Purpose | None = None
    duration: float | None = Field(
        default=None, gt=0, le=DURATION_MAX_S, description="Seconds, to a thirtieth; the film's length follows."
    )
    shot_type: ShotType | None = None
    camera_movement: CameraMovement | None = None
    subject: str | None = None
    environment: str | None = None
    generation_prompt: str | None = None
    overlay_text: str | None = None
    supporting_text: str | None = None
    music_intensity: Share | None = None
    transition: Transition | None = None
    asset_id: UUID | None = Field(default=None, description="An image or video of the client; null takes it out.")
    focus: tuple[Share, Share] | None = None


class BriefPatch(_Patch):
    """What is changed by hand: sections are replaced as a whole, scenes field by field."""

    version: int | None = Field(default=None, ge=1, description="The version that was seen; refused where it is old.")
    title: str | None = None
    audience: str | None = None
    product: Product | None = None
    visual_direction: VisualDirection | None = None
    audio_direction: AudioDirection | None = None
    text_strategy: TextStrategy | None = None
    pacing: Pacing | None = None
    call_to_action: CallToAction | None = None
    scenes: tuple[ScenePatch, ...] = Field(default=(), max_length=SCENES_MAX)

    @model_validator(mode="after")
    def _names_each_scene_once(self) -> Self:
        numbers = [scene.number for scene in self.scenes]
        twice = next((number for number in numbers if numbers.count(number) > 1), None)
        if twice is not None:
            raise ValueError(f"scene {twice} is named twice")
        return self


class SceneImages(Schema):
    """Images to order of a model: for every scene but the end card, or for those named."""

    model: ModelChoice
    scenes: tuple[SceneNumber, ...] = Field(default=(), max_length=SCENES_MAX)
    version: int | None = Field(default=None, ge=1, description="Of the brief; the newest where absent.")


class SceneMotion(Schema):
    """A scene's motion to order of a model, of a generated image, an asset, or else what the scene shows."""

    scene: SceneNumber
    model: ModelChoice
    image_id: int | None = Field(default=None, ge=1, le=2**31 - 1)
    asset_id: UUID | None = None
    version: int | None = Field(default=None, ge=1, description="Of the brief; the newest where absent.")

    @model_validator(mode="after")
    def _names_at_most_one_picture(self) -> Self:
        if self.image_id is not None and self.asset_id is not None:
            raise ValueError("name one of imageId and assetId, not both")
        return self

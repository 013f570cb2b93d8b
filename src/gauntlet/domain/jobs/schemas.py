"""What callers give to and get from jobs."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from gauntlet.core.attempts import Attempt
from gauntlet.core.creative.brand import BrandGuidelines, CampaignBrief
from gauntlet.core.creative.brief import Brief, Purpose
from gauntlet.core.creative.formats import (
    DURATION_MAX_S,
    DURATION_MIN_S,
    PROMPT_MAX_CHARACTERS,
    SCENES_MAX,
    AspectRatio,
    Platform,
)
from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.errors import Detail
from gauntlet.core.generation import ModelChoice, ModelId, ModelKind
from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema
from gauntlet.domain.jobs.look import JobLook
from gauntlet.domain.jobs.progress import Progress
from gauntlet.domain.jobs.rules import JobStatus, Phase, Stage

ASSETS_MAX = 50

SceneNumber = Annotated[int, Field(ge=1, le=SCENES_MAX)]
GenerationId = Annotated[int, Field(ge=1, le=2**31 - 1)]


class SceneChoice(Schema):
    """Models for one scene; what is None is as for all scenes."""

    scene: SceneNumber
    image: ModelChoice | None = None
    motion: ModelChoice | None = None


class ModelChoices(Schema):
    """Who makes what. None, and Gauntlet's own models without inputs of their own, mean the compositor.

    `image` makes a picture for every scene but the end card that none of the client's pictures fits, `motion` moves
    every scene but the end card and footage; a scene that is named gets what is named for it, whatever it would show.
    """

    brief: Literal["hosted", "built_in"] = Field(
        default="hosted", description="`hosted`: the language models that have keys, then the built-in planner."
    )
    image: ModelChoice | None = None
    motion: ModelChoice | None = None
    music: ModelChoice | None = Field(default=None, description="Not asked where audio of the client's is given.")
    scenes: tuple[SceneChoice, ...] = Field(default=(), max_length=SCENES_MAX)

    @model_validator(mode="after")
    def _scenes_are_named_once(self) -> Self:
        numbers = [choice.scene for choice in self.scenes]
        for number in numbers:
            if numbers.count(number) > 1:
                raise ValueError(f"scene {number} is named twice")
        return self

    def of_scene(self, number: int) -> SceneChoice:
        """Return what is chosen for that scene alone."""
        return next((choice for choice in self.scenes if choice.scene == number), SceneChoice(scene=number))

    @property
    def wants_media(self) -> bool:
        """Whether any model other than a language model is chosen."""
        return bool(self.image or self.motion or self.music or self.scenes)


class JobRequest(Schema):
    """A prompt or a brief, whose ad it is, and what the person has decided already."""

    brief_id: UUID | None = Field(
        default=None, description="A brief that is there already: nothing is planned, and it says all but the models."
    )
    brief_version: int | None = Field(default=None, ge=1, description="Of that brief; the newest where absent.")
    prompt: str = Field(
        default="",
        validate_default=True,
        max_length=PROMPT_MAX_CHARACTERS,
        description="What the ad is for and what it shall say; may be left out with a brief alone.",
    )
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
        default=None, description="An image or a video whose look the ad is to have; it is not shown."
    )
    models: ModelChoices = ModelChoices()

    @field_validator("prompt")
    @classmethod
    def _says_something(cls, prompt: str, info: ValidationInfo) -> str:
        if not prompt.strip() and info.data.get("brief_id") is None:
            raise PydanticCustomError("string_too_short", "String should have at least 1 character")
        return prompt

    @model_validator(mode="after")
    def _leaves_to_the_brief_what_it_says(self) -> Self:
        if self.brief_id is None and self.brief_version is not None:
            raise ValueError("briefVersion says nothing without briefId")
        decided = [
            to_camel(name) for name in ("duration", "platform", "aspect_ratio") if getattr(self, name) is not None
        ]
        if self.brief_id is not None and decided:
            raise ValueError(f"the brief says the {decided[0]} already; leave it out, or change the brief")
        return self


class Refinement(Schema):
    """A change to one scene, in words."""

    scene: int = Field(ge=1)
    instruction: str = Field(min_length=1, max_length=1_000, pattern=r"\S")


class NewOrder(Schema):
    """The scenes' numbers in the order in which they are to be shown."""

    order: tuple[int, ...] = Field(min_length=1)


class Replacement(Schema):
    """Another picture or film for one scene: an asset of the client's, or what a model made for the client."""

    scene: int = Field(ge=1)
    asset_id: UUID | None = None
    image_id: GenerationId | None = None
    video_id: GenerationId | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if [self.asset_id, self.image_id, self.video_id].count(None) != 2:
            raise ValueError("name exactly one of assetId, imageId and videoId")
        return self


class SceneModels(Schema):
    """Other models for one scene. What is left out stays as it is; null leaves it to the compositor."""

    image: ModelChoice | None = None
    motion: ModelChoice | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("name image, motion, or both")
        return self


class MusicModel(Schema):
    """Another model for the music; null for the synthesized bed."""

    model: ModelChoice | None


class ApprovalRequest(Schema):
    """What is approved: the version that the person saw."""

    version: int | None = Field(default=None, ge=1)


class JobProblem(Schema):
    """Why a job failed or is paused."""

    code: str
    message: str
    next_step: str | None = None
    stage: Stage | None = None
    details: dict[str, Detail] = Field(default_factory=dict)


class EstimateLine(Schema):
    """What one thing that is to be paid for is estimated to cost."""

    step: Literal["brief", "image", "motion", "music"]
    scene: int | None = None
    model: str
    kind: ModelKind | None = None
    amount_microusd: int | None = Field(description="Null where the price is not known.")
    is_made: bool = Field(default=False, description="Made before, and not paid for again.")


class Estimate(Schema):
    """What a job is estimated to cost before anything is spent; `unknown` names what no price is known of."""

    lines: tuple[EstimateLine, ...] = ()
    total: str
    total_microusd: int = Field(description="Of the lines whose price is known and that are not made yet.")
    render_microusd: int = Field(description="The part of it that is spent after the approval.")
    unknown: tuple[str, ...] = ()


class FrameView(Schema):
    """One scene of the storyboard as a person reviews it."""

    scene: int
    purpose: Purpose
    start: float = Field(description="Seconds from the film's start.")
    duration: float = Field(description="Seconds.")
    overlay_text: str
    supporting_text: str
    source: Literal["asset", "panel", "generated"]
    asset_id: UUID | None = None
    asset_version: int | None = Field(default=None, description="The version of the asset that it shows.")
    moves: bool = Field(default=False, description="Whether the scene shows footage; the image is one frame of it.")
    image_model: ModelId | None = Field(default=None, description="The model that makes its picture.")
    image_id: int | None = Field(default=None, description="The generated medium that it shows.")
    is_awaited: bool = Field(default=False, description="Whether its picture is still to be made.")
    motion_model: ModelId | None = Field(default=None, description="The model that will move it, once approved.")
    image_url: str | None = Field(default=None, description="There once the frame is drawn.")


class BedView(Schema):
    """The client's own music under the film."""

    asset_id: UUID
    asset_version: int | None
    name: str
    duration: float = Field(description="Seconds.")


class ApprovalView(Schema):
    """Who approved which version, when, and the fingerprint of exactly what."""

    version: int
    fingerprint: str
    user_id: int
    approved_at: datetime


class DeliverableKind(StrEnum):
    """The files of a finished ad."""

    VIDEO = "video"
    POSTER = "poster"
    SRT = "srt"
    VTT = "vtt"
    MANIFEST = "manifest"


class DeliverableView(Schema):
    """A file of the finished ad."""

    kind: DeliverableKind
    url: str
    size_bytes: int


class Job(JobLook):
    """A job as its people see it."""

    id: int
    client_id: UUID
    campaign_id: UUID | None
    user_id: int
    brief_id: UUID | None
    prompt: str
    status: JobStatus
    phase: Phase
    progress: Progress
    storyboard_version: int | None
    storyboard: tuple[FrameView, ...] = ()
    bed: BedView | None = Field(default=None, description="The client's own music; null for a synthesized bed.")
    music_model: ModelId | None = Field(default=None, description="The model that will make the music, once approved.")
    approval: ApprovalView | None = None
    contact_sheet_url: str | None = None
    video_url: str | None = None
    deliverables: tuple[DeliverableView, ...] = ()
    error: JobProblem | None = None
    estimated_cost: str
    estimated_cost_microusd: int = Field(description="Of the whole job, as far as prices are known.")
    reserved_cost_microusd: int = Field(default=0, description="Held back for what is being made now.")
    actual_cost_microusd: int = Field(description="Spent so far.")
    render_estimate_microusd: int | None = Field(
        default=None, description="What rendering the present storyboard will cost, as far as prices are known."
    )
    unknown_prices: tuple[str, ...] = Field(default=(), description="Models whose price is not known, by step.")
    timings: dict[Stage, float] = Field(default_factory=dict[Stage, float], description="Seconds each stage took.")
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None = None


class JobDetail(Job):
    """A job with its whole brief."""

    brief: Brief | None = None
    attempts: tuple[Attempt, ...] = Field(default=(), description="Each planner that was asked for this brief.")
    estimate: Estimate | None = Field(default=None, description="Of the present storyboard; before, of the request.")
    storyboard_fingerprint: str | None = None


class ApprovalMark(Schema):
    """An approval that a version had or has; `voided_at` is null as long as it stands."""

    user_id: int
    approved_at: datetime
    voided_at: datetime | None
    void_reason: str | None = Field(description="The change that voided it.")


class StoryboardVersion(Schema):
    """A version in the storyboard's history."""

    version: int
    brief_version: int
    change: str
    fingerprint: str
    user_id: int
    created_at: datetime
    approved: bool
    last_approval: ApprovalMark | None = Field(default=None, description="The latest, also where it is void.")


class JobEvent(Schema):
    """Something that happened to a job; `id` grows and never repeats."""

    id: int
    job_id: int
    kind: Literal[
        "job.created",
        "job.status",
        "brief.ready",
        "storyboard.version",
        "frame.ready",
        "medium.ready",
        "storyboard.approved",
        "approval.voided",
        "shot.ready",
        "job.completed",
    ]
    data: dict[str, str | int | float | bool | None]
    created_at: datetime


class PlanInputs(Schema):
    """All that the planner is told, as it was when the job was made: later changes to the brand change no old job."""

    client_name: str
    client_homepage: str | None = None
    brand: BrandGuidelines = BrandGuidelines()
    campaign: CampaignBrief = CampaignBrief()


class StoryboardMedium(Schema):
    """A medium that a model made for a storyboard; `scene` is 0 for the music."""

    scene: int
    role: Literal["image", "motion", "music"]
    generation_id: int
    digest: Digest
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    has_alpha: bool = False


class StoryboardState(Schema):
    """A storyboard version with what is drawn of it; for workflows."""

    job_id: int
    version: int
    content: StoryboardContent
    fingerprint: str
    frames: dict[int, Digest] = Field(description="Scene number to image.")
    contact_sheet: Digest | None = None
    media: tuple[StoryboardMedium, ...] = Field(default=(), description="What was made of its orders.")


class JobState(Schema):
    """The bare state of a job; for workflows."""

    id: int
    status: JobStatus
    phase: Phase
    run: int
    storyboard_version: int | None
    request: JobRequest
    user_id: int
    brief_id: UUID | None
    stages: dict[Stage, float]
    created_at: datetime

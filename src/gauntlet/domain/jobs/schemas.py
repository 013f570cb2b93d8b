"""What callers give to and get from jobs."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from gauntlet.core.creative.brand import BrandGuidelines, CampaignBrief
from gauntlet.core.creative.brief import Brief, Purpose
from gauntlet.core.creative.formats import (
    DURATION_MAX_S,
    DURATION_MIN_S,
    PROMPT_MAX_CHARACTERS,
    AspectRatio,
    Platform,
)
from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema
from gauntlet.domain.jobs.rules import JobStatus, Phase, Stage

ASSETS_MAX = 50


class JobRequest(Schema):
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


class Refinement(Schema):
    """A change to one scene, in words."""

    scene: int = Field(ge=1)
    instruction: str = Field(min_length=1, max_length=1_000, pattern=r"\S")


class NewOrder(Schema):
    """The scenes' numbers in the order in which they are to be shown."""

    order: tuple[int, ...] = Field(min_length=1)


class Replacement(Schema):
    """Another of the client's pictures or films for one scene."""

    scene: int = Field(ge=1)
    asset_id: UUID


class ApprovalRequest(Schema):
    """What is approved: the version that the person saw."""

    version: int | None = Field(default=None, ge=1)


class Progress(Schema):
    """How far the job is."""

    stage: Stage
    percentage: int = Field(ge=0, le=100)
    stages: dict[Stage, Annotated[float, Field(ge=0, le=1)]] = Field(description="Each stage's share done.")
    message: str = ""
    eta_s: float | None = Field(default=None, description="Seconds left at the pace so far.")


class JobProblem(Schema):
    """Why a job failed or is paused."""

    code: str
    message: str
    next_step: str | None = None
    stage: Stage | None = None


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


class Job(Schema):
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
    approval: ApprovalView | None = None
    contact_sheet_url: str | None = None
    video_url: str | None = None
    deliverables: tuple[DeliverableView, ...] = ()
    error: JobProblem | None = None
    estimated_cost: str
    estimated_cost_microusd: int
    actual_cost_microusd: int
    timings: dict[Stage, float] = Field(default_factory=dict[Stage, float], description="Seconds each stage took.")
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None = None


class JobDetail(Job):
    """A job with its whole brief."""

    brief: Brief | None = None
    storyboard_fingerprint: str | None = None


class StoryboardVersion(Schema):
    """A version in the storyboard's history."""

    version: int
    brief_version: int
    change: str
    fingerprint: str
    user_id: int
    created_at: datetime
    approved: bool


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


class StoryboardState(Schema):
    """A storyboard version with what is drawn of it; for workflows."""

    job_id: int
    version: int
    content: StoryboardContent
    fingerprint: str
    frames: dict[int, Digest] = Field(description="Scene number to image.")
    contact_sheet: Digest | None = None


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

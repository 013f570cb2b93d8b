"""What callers give to and get from generations."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, JsonValue, StringConstraints, model_validator

from gauntlet.core.creative.formats import PROMPT_MAX_CHARACTERS
from gauntlet.core.errors import Detail
from gauntlet.core.generation import GeneratedType, ModelId, ModelKind, PredictionStatus
from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.media.facts import MediaFacts

INPUTS_MAX = 60
FILES_MAX = 20
SCENE_MAX = 8

InputName = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f.]{1,80}(\.[0-9]{1,2})?$")]
"""An input's name in the model's schema; `name.0`, `name.1` … for the entries of an input that takes several files."""


class FileReference(Schema):
    """A file that a model is given: an asset, or a medium that was generated before."""

    asset_id: UUID | None = None
    image_id: int | None = Field(default=None, ge=1, le=2**31 - 1)
    video_id: int | None = Field(default=None, ge=1, le=2**31 - 1)

    @model_validator(mode="after")
    def _names_one(self) -> "FileReference":
        if [self.asset_id, self.image_id, self.video_id].count(None) != 2:
            raise ValueError("name exactly one of assetId, imageId and videoId")
        return self


class GivenFile(Schema):
    """A stored file as a model is given it."""

    digest: Digest
    media_type: str = Field(max_length=100)


class GenerationRequest(Schema):
    """What a person asks of a model. Inputs that are files may stand among `inputs` or in `files`."""

    client_id: UUID
    campaign_id: UUID | None = None
    brief_id: UUID | None = None
    scene_number: int | None = Field(default=None, ge=1, le=SCENE_MAX, description="Of the brief.")
    model: ModelId
    prompt: str = Field(default="", max_length=PROMPT_MAX_CHARACTERS)
    inputs: dict[str, JsonValue] = Field(
        default_factory=dict,
        max_length=INPUTS_MAX,
        description="The model's own inputs. A file is an address (fetched by this server), a data address,"
        ' `{"assetId": …}`, `{"imageId": …}` or `{"videoId": …}`.',
    )
    files: dict[InputName, FileReference] = Field(default_factory=dict, max_length=FILES_MAX)


class GenerationOrder(Schema):
    """What a model is asked for, and for whom; `key` makes asking twice asking once.

    `files` are by the names of the inputs that they are, and are not checked for whose they are: that is the caller's.
    """

    key: str | None = Field(default=None, max_length=200)
    client_id: UUID
    campaign_id: UUID | None = None
    user_id: int
    job_id: int | None = None
    brief_id: UUID | None = None
    scene_number: int | None = None
    kind: ModelKind | None = Field(default=None, description="What the model must be; any kind where None.")
    model: ModelId
    prompt: str = Field(default="", max_length=PROMPT_MAX_CHARACTERS)
    inputs: dict[str, JsonValue] = Field(default_factory=dict, max_length=INPUTS_MAX)
    files: dict[InputName, GivenFile] = Field(default_factory=dict, max_length=FILES_MAX)


class GenerationProblem(Schema):
    """Why a generation failed, is paused or is ambiguous."""

    code: str
    message: str
    next_step: str | None = None
    details: dict[str, Detail] = Field(default_factory=dict)


class PredictionWord(Schema):
    """What a service said last of a prediction."""

    id: str = Field(max_length=200)
    status: PredictionStatus
    error: str | None = None
    metrics: dict[str, float] = Field(default_factory=dict)
    created_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None


class GenerationState(Schema):
    """The bare state of a generation; for workflows.

    `digest` and what follows it are there once it has succeeded. `cost_microusd` is what it cost so far, earlier
    attempts included, once that is known.
    """

    id: int
    key: str | None
    type: GeneratedType
    kind: ModelKind
    model: ModelId
    version: str | None
    status: GenerationStatus
    run: int
    attempt: int
    client_id: UUID
    campaign_id: UUID | None
    user_id: int
    job_id: int | None
    brief_id: UUID | None
    scene_number: int | None
    prompt: str
    inputs: dict[str, JsonValue]
    sent_inputs: dict[str, JsonValue] | None = None
    intent_id: UUID | None
    prediction: PredictionWord | None = None
    digest: Digest | None = None
    thumbnail_digest: Digest | None = None
    format: str | None = None
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    size_bytes: int | None = None
    facts: MediaFacts | None = None
    estimate_microusd: int | None = None
    cost_microusd: int = 0
    error: GenerationProblem | None = None
    created_at: datetime


class GeneratedMedium(Schema):
    """A generated picture, film or sound as its people see it."""

    id: int
    type: GeneratedType
    client_id: UUID
    campaign_id: UUID | None
    user_id: int
    job_id: int | None
    brief_id: UUID | None
    scene_number: int | None
    kind: ModelKind
    model: ModelId
    version: str | None = Field(description="The version of the model that ran; null where the vendor chooses it.")
    prompt: str
    inputs: dict[str, JsonValue]
    status: GenerationStatus
    error: GenerationProblem | None
    prediction: PredictionWord | None = Field(description="What the service said last; null for built-in models.")
    format: str | None
    width: int | None
    height: int | None
    duration: float | None = Field(description="Seconds.")
    size: int | None = Field(description="Bytes.")
    url: str | None = Field(description="There once it has succeeded.")
    thumbnail_url: str | None
    estimated_cost_microusd: int | None = Field(description="Null where the price is not known.")
    reserved_cost_microusd: int
    actual_cost_microusd: int
    is_cost_estimated: bool = Field(
        description="Whether the actual cost could not be computed and was taken as reserved."
    )
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None


class GenerationEstimate(Schema):
    """What an order will probably cost."""

    amount_microusd: int | None = Field(description="Null where the price is not known.")


class GenerationQuery(Schema):
    """Which generations are wanted."""

    type: GeneratedType
    status: GenerationStatus | None = None
    client_id: UUID | None = None
    campaign_id: UUID | None = None
    brief_id: UUID | None = None
    job_id: int | None = None
    model: str | None = None


class AssetWish(Schema):
    """What is said of a generated medium that becomes an asset; without a name it keeps the one that it is saved by."""

    campaign_id: UUID | None = None
    name: str | None = None
    tags: tuple[str, ...] = ()


MediumFile = Literal["data", "thumbnail"]

"""The words for hosted and built-in generation: kinds of models, who runs them, and what becomes of a run."""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field, JsonValue, StringConstraints

from gauntlet.core.schema import Schema

MODEL_ID_PATTERN: Final = r"^[a-z0-9][a-z0-9._-]{0,99}/[a-z0-9][a-z0-9._-]{0,99}(:[0-9a-f]{64})?$"
ModelId = Annotated[str, StringConstraints(pattern=MODEL_ID_PATTERN)]
"""`owner/name`, with `:version` (64 hex digits) where exactly one version is meant."""

BUILT_IN_OWNER: Final = "gauntlet"

LanguageProvider = Literal["openrouter", "openai", "anthropic"]
MediaProvider = Literal["gauntlet", "replicate"]
KeyedProvider = Literal["openrouter", "openai", "anthropic", "replicate"]
"""The services that a key is for."""


class ModelKind(StrEnum):
    """What a model makes, of what."""

    TEXT_TO_IMAGE = "text-to-image"
    IMAGE_TO_VIDEO = "image-to-video"
    TEXT_TO_VIDEO = "text-to-video"
    TEXT_TO_MUSIC = "text-to-music"
    UPSCALE = "upscale"


GeneratedType = Literal["image", "video", "audio"]

TYPE_OF_KIND: Final[dict[ModelKind, GeneratedType]] = {
    ModelKind.TEXT_TO_IMAGE: "image",
    ModelKind.IMAGE_TO_VIDEO: "video",
    ModelKind.TEXT_TO_VIDEO: "video",
    ModelKind.TEXT_TO_MUSIC: "audio",
    ModelKind.UPSCALE: "image",
}


class PredictionStatus(StrEnum):
    """What becomes of a prediction, in Replicate's own words; a built-in run uses the same."""

    STARTING = "starting"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"
    ABORTED = "aborted"


PREDICTION_ENDED: Final = frozenset(
    {PredictionStatus.SUCCEEDED, PredictionStatus.FAILED, PredictionStatus.CANCELED, PredictionStatus.ABORTED}
)


class ModelChoice(Schema):
    """A model that is to do a step, with inputs of its own beside those that the step gives it."""

    model: ModelId
    inputs: dict[str, JsonValue] = Field(default_factory=dict, max_length=60)


def is_built_in(model: str) -> bool:
    """Tell whether a model is run by Gauntlet itself, without a network."""
    return model.startswith(f"{BUILT_IN_OWNER}/")

"""Replicate's bodies as they come over the wire, and what they mean here.

Fields that are not known are passed over, because the service adds some now and then; those that are known must be
what they are said to be. Sizes are bounded by whoever reads the body.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, StringConstraints, ValidationError

from gauntlet.core.generation import PredictionStatus
from gauntlet.providers.predictions import Prediction

_OUTPUTS_MAX: Final = 64
_ADDRESS_MAX_CHARACTERS: Final = 4_096
_ERROR_MAX_CHARACTERS: Final = 2_000
_VERSION: Final = r"[0-9a-f]{64}"

Address = Annotated[str, StringConstraints(max_length=_ADDRESS_MAX_CHARACTERS)]
PredictionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,200}$")]
"""Goes into addresses, so nothing else may be in it."""


class Body(BaseModel):
    """The base of all bodies."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class PredictionBody(Body):
    """A prediction: as an answer, in the account's list, as a webhook's body."""

    id: PredictionId
    model: str | None = Field(default=None, max_length=300)
    version: str | None = Field(default=None, max_length=300)
    status: PredictionStatus
    input: dict[str, JsonValue] | None = None
    output: JsonValue = None
    error: JsonValue = None
    webhook: Address | None = None
    metrics: dict[str, JsonValue] | None = None
    data_removed: bool = False
    created_at: AwareDatetime | None = None
    started_at: AwareDatetime | None = None
    completed_at: AwareDatetime | None = None

    def prediction(self) -> Prediction:
        """Return it in our words."""
        return Prediction(
            id=self.id,
            model=self.model or self.version or "",
            status=self.status,
            outputs=addresses_in(self.output),
            error=_words(self.error),
            webhook_url=self.webhook,
            inputs=self.input or {},
            metrics=_numbers(self.metrics or {}),
            is_data_removed=self.data_removed,
            created_at=self.created_at,
            started_at=self.started_at,
            completed_at=self.completed_at,
        )


class PredictionPage(Body):
    """A part of the account's predictions."""

    next: Address | None = None
    results: tuple[PredictionBody, ...] = Field(max_length=1_000)


class VersionBody(Body):
    """A model's version with its form; of official models, which are not run by it, the id may be any word."""

    id: str = Field(max_length=300)
    openapi_schema: dict[str, JsonValue] | None = None

    @property
    def digest(self) -> str | None:
        """What it is run by."""
        return self.id if re.fullmatch(_VERSION, self.id) else None


class ExampleBody(Body):
    """A model's own example of what it makes; of all the prediction only what tells its kind and its time."""

    output: JsonValue = None
    metrics: dict[str, JsonValue] | None = None

    @property
    def typical_time_s(self) -> float | None:
        """How long the example took."""
        time_s = _numbers(self.metrics or {}).get("predict_time")
        return time_s if time_s is not None and time_s > 0 else None


class ModelBody(Body):
    """A model."""

    owner: str = Field(min_length=1, max_length=100)
    name: str = Field(min_length=1, max_length=100)
    description: str | None = None
    cover_image_url: str | None = None
    run_count: int | None = None
    is_official: bool = False
    default_example: ExampleBody | None = None
    latest_version: VersionBody | None = None


class CollectionBody(Body):
    """A collection; each model is read by itself, so that one that is odd costs only itself."""

    models: tuple[JsonValue, ...] = Field(max_length=1_000)


class FileAddresses(Body):
    """Where a file is read from."""

    get: Address


class FileBody(Body):
    """A file that was handed over."""

    urls: FileAddresses


class WebhookSecretBody(Body):
    """The secret that the account's webhooks are signed with."""

    key: str = Field(min_length=8, max_length=500)


class InvalidField(Body):
    """One input that was refused."""

    field: str = ""
    description: str = ""


class ProblemBody(Body):
    """Any refusal."""

    title: str | None = None
    detail: str | None = None
    retry_after: float | None = Field(default=None, ge=0)
    invalid_fields: tuple[InvalidField, ...] = ()


def fault_of(error: ValidationError) -> str:
    """Return what is wrong with a body, in a few words and without any of its contents."""
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in fault["loc"][:6])
    return f"{where[:100]}: {fault['type']}" if where else str(fault["type"])


def addresses_in(output: JsonValue) -> tuple[str, ...]:
    """Return the web addresses in an output (one, a list, or named ones), in their order; other words are not any."""
    found: list[str] = []
    pending: list[JsonValue] = [output]
    while pending and len(found) < _OUTPUTS_MAX:
        value = pending.pop(0)
        if isinstance(value, str):
            if value.startswith(("https://", "http://")) and len(value) <= _ADDRESS_MAX_CHARACTERS:
                found.append(value)
        elif isinstance(value, list):
            pending[:0] = value[:_OUTPUTS_MAX]
        elif isinstance(value, dict):
            pending[:0] = list(value.values())[:_OUTPUTS_MAX]
    return tuple(found)


def _numbers(metrics: Mapping[str, JsonValue]) -> dict[str, float]:
    return {
        name[:100]: float(value)
        for name, value in list(metrics.items())[:100]
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _words(error: JsonValue) -> str | None:
    """Return what the service says went wrong; usually a string, at times an object with a `detail`."""
    if isinstance(error, dict):
        error = error.get("detail") or error.get("message") or str(error)
    if error is None or error == "":
        return None
    return str(error)[:_ERROR_MAX_CHARACTERS]

"""Predictions as any service of media models makes them: what is asked, what is answered, who can be asked."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from pydantic import Field, JsonValue

from gauntlet.core.generation import MediaProvider, ModelId, ModelKind, PredictionStatus
from gauntlet.core.schema import Schema


class ModelCard(Schema):
    """A model as people choose it and as its inputs are checked."""

    id: ModelId
    provider: MediaProvider
    kind: ModelKind
    title: str
    description: str = ""
    cover_url: str | None = None
    version: str | None = Field(default=None, description="The version that would run; null for official models.")
    is_official: bool = False
    run_count: int | None = None
    typical_time_s: float | None = Field(default=None, description="From runs seen here, or the vendor's own word.")
    input_schema: dict[str, JsonValue] = Field(
        default_factory=dict, description="JSON Schema of the inputs, references resolved, in the vendor's order."
    )


class PredictionRequest(Schema):
    """What is asked of a model. `token` is unique to the intent behind it and part of the webhook's address."""

    model: ModelId
    version: str | None = None
    inputs: dict[str, JsonValue]
    token: str
    webhook_url: str | None = None
    deadline_s: int = Field(ge=5)


class Prediction(Schema):
    """A prediction as the service tells of it. `outputs` are addresses to fetch from, for a limited time."""

    id: str = Field(min_length=1, max_length=200)
    model: str
    status: PredictionStatus
    outputs: tuple[str, ...] = ()
    error: str | None = None
    webhook_url: str | None = None
    inputs: dict[str, JsonValue] = Field(default_factory=dict)
    metrics: dict[str, float] = Field(default_factory=dict)
    is_data_removed: bool = False
    created_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None


class MediaModels(Protocol):
    """A service that runs media models for one account.

    Every method raises `ProviderError`s: not configured, rejected, payment required, rate limited (with retry after),
    unavailable (nothing was taken), ambiguous (from `create` alone: it cannot be told whether it was taken).
    """

    async def models(self, kind: ModelKind) -> tuple[ModelCard, ...]:
        """Return the models of a kind that the service recommends."""
        ...

    async def model(self, model: ModelId) -> ModelCard:
        """Return one model with its input schema; `ProviderRejected` where there is none."""
        ...

    async def create(self, request: PredictionRequest) -> Prediction:
        """Ask once; never asks again by itself."""
        ...

    async def get(self, prediction_id: str) -> Prediction:
        """Return how a prediction is."""
        ...

    async def cancel(self, prediction_id: str) -> Prediction:
        """Ask for its end; one that has ended stays as it is."""
        ...

    def created_since(self, moment: datetime) -> AsyncIterator[Prediction]:
        """Yield the account's own predictions since a moment, newest first, for finding a lost one."""
        ...

    async def upload(self, data: bytes, *, name: str, media_type: str) -> str:
        """Hand a file over; return the address that a model reads it from."""
        ...

    def fetch(self, url: str, *, size_limit_bytes: int) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Give an output's bytes in pieces; only from the service's own delivery hosts."""
        ...


class WebhookVerifier(Protocol):
    """Tells a service's own webhooks from everybody else's."""

    async def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
        """Return the delivery's id; raises `NotSignedIn` for a signature that does not fit or an age over the limit."""
        ...

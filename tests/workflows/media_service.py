"""A service of media models in memory: predictions that are kept, charged and lost as a test says."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final
from uuid import UUID

from gauntlet.core.generation import PREDICTION_ENDED, ModelKind, PredictionStatus
from gauntlet.providers.base import (
    ProviderAmbiguous,
    ProviderError,
    ProviderRejected,
)
from gauntlet.providers.predictions import ModelCard, Prediction, PredictionRequest
from tests.clocks import ManualClock
from tests.pictures import encoded, scene

PICTURE: Final = encoded(scene(64, 48), "png")
PRICE_MICROUSD: Final = 3_000

CARD: Final = ModelCard(
    id="acme/painter",
    provider="replicate",
    kind=ModelKind.TEXT_TO_IMAGE,
    title="Painter",
    input_schema={
        "type": "object",
        "required": ["prompt"],
        "additionalProperties": False,
        "properties": {
            "prompt": {"type": "string"},
            "seed": {"type": "integer"},
            "image": {"type": "string", "format": "uri"},
            "num_outputs": {"type": "integer", "minimum": 1, "maximum": 4, "default": 1},
        },
    },
)


class AcceptedButLost(Exception):
    """Told to the service: take the order, and let its answer be lost."""


class MemoryModels:
    """Implements `MediaModels`. Time passes by a second with every request.

    `refusals` are raised by the next creates, in order; an `AcceptedButLost` among them takes the order first.
    """

    def __init__(self, clock: ManualClock, *, tells_webhooks: bool = True) -> None:
        self._clock = clock
        self._tells_webhooks = tells_webhooks
        self.predictions: dict[str, Prediction] = {}
        self.refusals: list[Exception] = []
        self.list_refusals: list[ProviderError] = []
        self.fetch_refusals: list[ProviderError] = []
        self.get_refusals: list[ProviderError] = []
        self.canceled: list[str] = []
        self.uploads: list[bytes] = []
        self.ends_as: PredictionStatus | None = PredictionStatus.SUCCEEDED
        self.cancels = True
        self.output = PICTURE
        self.on_create: Callable[[Prediction], None] = lambda prediction: None

    async def models_for(self, client_id: UUID) -> "MemoryModels":
        return self

    async def models(self, kind: ModelKind) -> tuple[ModelCard, ...]:
        return (CARD,) if kind is CARD.kind else ()

    async def model(self, model: str) -> ModelCard:
        return CARD.model_copy(update={"id": model})

    async def create(self, request: PredictionRequest) -> Prediction:
        self._clock.advance(seconds=1)
        refusal = self.refusals.pop(0) if self.refusals else None
        if refusal is not None and not isinstance(refusal, AcceptedButLost):
            raise refusal
        prediction = self.accept(request)
        if refusal is not None:
            raise ProviderAmbiguous("The answer was lost.")
        return prediction

    def accept(self, request: PredictionRequest) -> Prediction:
        """Take an order as the service does."""
        number = len(self.predictions) + 1
        prediction = Prediction(
            id=f"p{number}",
            model=request.model,
            status=PredictionStatus.STARTING,
            webhook_url=request.webhook_url if self._tells_webhooks else None,
            inputs={"num_inference_steps": 4, **request.inputs},
            created_at=self._clock.now(),
        )
        self.predictions[prediction.id] = prediction
        self.on_create(prediction)
        return prediction

    async def get(self, prediction_id: str) -> Prediction:
        self._clock.advance(seconds=1)
        if self.get_refusals:
            raise self.get_refusals.pop(0)
        if prediction_id not in self.predictions:
            raise ProviderRejected(f"There is no prediction {prediction_id}.", details={"status": 404})
        present = self.predictions[prediction_id]
        if present.status not in PREDICTION_ENDED and self.ends_as is not None:
            self.end(prediction_id, self.ends_as)
        return self.predictions[prediction_id]

    def end(self, prediction_id: str, status: PredictionStatus) -> Prediction:
        """Let a prediction end."""
        succeeded = status is PredictionStatus.SUCCEEDED
        self.predictions[prediction_id] = self.predictions[prediction_id].model_copy(
            update={
                "status": status,
                "outputs": (f"https://replicate.delivery/{prediction_id}",) if succeeded else (),
                "error": "out of memory" if status is PredictionStatus.FAILED else None,
                "started_at": None if status is PredictionStatus.ABORTED else self._clock.now(),
                "completed_at": self._clock.now(),
            }
        )
        return self.predictions[prediction_id]

    async def cancel(self, prediction_id: str) -> Prediction:
        self._clock.advance(seconds=1)
        self.canceled.append(prediction_id)
        if self.cancels and self.predictions[prediction_id].status not in PREDICTION_ENDED:
            self.end(prediction_id, PredictionStatus.CANCELED)
        return self.predictions[prediction_id]

    async def created_since(self, moment: datetime) -> AsyncGenerator[Prediction]:
        self._clock.advance(seconds=1)
        if self.list_refusals:
            raise self.list_refusals.pop(0)
        for prediction in reversed(list(self.predictions.values())):
            if prediction.created_at is not None and prediction.created_at >= moment:
                yield prediction

    async def upload(self, data: bytes, *, name: str, media_type: str) -> str:
        self.uploads.append(data)
        return f"https://replicate.example/files/{len(self.uploads)}"

    @asynccontextmanager
    async def fetch(self, url: str, *, size_limit_bytes: int) -> AsyncGenerator[AsyncIterator[bytes]]:
        if self.fetch_refusals:
            raise self.fetch_refusals.pop(0)
        yield self._pieces()

    async def _pieces(self) -> AsyncGenerator[bytes]:
        yield self.output

    @property
    def charged_microusd(self) -> int:
        """What the service charges for all that ended."""
        return sum(self.price_of(prediction) for prediction in self.predictions.values())

    @staticmethod
    def price_of(prediction: Prediction) -> int:
        """Return what a prediction costs: what succeeded, and what was canceled while it ran."""
        billed = prediction.status in (PredictionStatus.SUCCEEDED, PredictionStatus.CANCELED)
        return PRICE_MICROUSD if billed else 0


class FixedPrices:
    """Every run costs the same."""

    def estimate_media(self, model: str, inputs: object) -> int | None:
        return PRICE_MICROUSD

    def actual_media(self, model: str, inputs: object, metrics: object, outputs_count: int) -> int | None:
        return PRICE_MICROUSD * outputs_count

"""Replicate, asked over HTTP: models, predictions, files and outputs of one account."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Final

import structlog
from pydantic import JsonValue, SecretStr, ValidationError

from gauntlet.core.errors import TooLarge
from gauntlet.core.generation import ModelKind
from gauntlet.providers.base import ProviderAmbiguous, ProviderError, ProviderRejected, ProviderUnavailable
from gauntlet.providers.predictions import ModelCard, Prediction, PredictionRequest
from gauntlet.providers.replicate.breaker import Breakers, Outcome
from gauntlet.providers.replicate.cards import card_of, split_id
from gauntlet.providers.replicate.deliveries import Deliveries
from gauntlet.providers.replicate.kinds import COLLECTIONS
from gauntlet.providers.replicate.line import AccountLine, Upload
from gauntlet.providers.replicate.wire import (
    CollectionBody,
    FileBody,
    ModelBody,
    PredictionBody,
    PredictionPage,
    VersionBody,
    WebhookSecretBody,
)

UPLOAD_MAX_BYTES: Final = 100_000_000
WEBHOOK_EVENTS: Final[tuple[JsonValue, ...]] = ("start", "completed")
_PAGES_MAX: Final = 200
_FILE_NAME_MAX_CHARACTERS: Final = 100

log = structlog.get_logger(__name__)


class ReplicateClient:
    """Implements `providers.predictions.MediaModels` for one account.

    What costs money is sent exactly once: nothing here or below repeats it. Questions are asked again a little where
    nobody answers. `breakers` are shared by all accounts, since a model is the same for all.
    """

    def __init__(self, line: AccountLine, *, deliveries: Deliveries, breakers: Breakers) -> None:
        self._line = line
        self._deliveries = deliveries
        self._breakers = breakers

    async def models(self, kind: ModelKind) -> tuple[ModelCard, ...]:
        """Return the models of Replicate's own collection of that kind; those that cannot be read are left out."""
        subject = f"collection {COLLECTIONS[kind]}"
        answer = await self._line.get(f"/collections/{COLLECTIONS[kind]}", subject)
        collection = self._line.read(CollectionBody, answer, self._line.question(subject))
        cards: list[ModelCard] = []
        for source in collection.models:
            try:
                cards.append(card_of(ModelBody.model_validate(source), kind=kind))
            except (ValidationError, ProviderError) as error:
                log.info("model.left_out", kind=kind.value, reason=type(error).__name__)
        return tuple(cards)

    async def model(self, model: str) -> ModelCard:
        """Return one model, of the version that is named where one is; `ProviderRejected` where there is none."""
        name, digest = split_id(model)
        subject = f"model {model}"
        question = self._line.question(subject)
        found = self._line.read(ModelBody, await self._line.get(f"/models/{name}", subject), question)
        if digest is None:
            return card_of(found)
        answer = await self._line.get(f"/models/{name}/versions/{digest}", subject)
        version = self._line.read(VersionBody, answer, question)
        return card_of(found.model_copy(update={"latest_version": version, "is_official": False}), model_id=model)

    async def create(self, request: PredictionRequest) -> Prediction:
        """Ask for a prediction, once.

        Raises `ProviderAmbiguous` for every fault after which it may have been taken.
        """
        self._breakers.admit(request.model)
        outcome: Outcome = "unknown"
        try:
            prediction = await self._create(request)
            outcome = "answered"
            return prediction
        except (ProviderUnavailable, ProviderAmbiguous):
            outcome = "failed"
            raise
        except ProviderError:
            outcome = "answered"
            raise
        finally:
            self._breakers.note(request.model, outcome)

    async def get(self, prediction_id: str) -> Prediction:
        """Return how a prediction is."""
        subject = f"prediction {prediction_id}"
        answer = await self._line.get(f"/predictions/{_safe(prediction_id)}", subject)
        return self._line.read(PredictionBody, answer, self._line.question(subject)).prediction()

    async def cancel(self, prediction_id: str) -> Prediction:
        """Ask for a prediction's end, once; one that has ended stays as it is."""
        question = self._line.question(f"the end of prediction {prediction_id}")
        answer = await self._line.send("POST", f"/predictions/{_safe(prediction_id)}/cancel", question)
        return self._line.read(PredictionBody, answer, question).prediction()

    async def created_since(self, moment: datetime) -> AsyncGenerator[Prediction]:
        """Yield the account's predictions since a moment, newest first.

        Raises `ProviderError` rather than leave one out that cannot be read: what is not found here may be paid again.
        """
        subject = "the account's predictions"
        since = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
        path: str | None = "/predictions"
        params: dict[str, str] | None = {"created_after": since}
        for _ in range(_PAGES_MAX):
            answer = await self._line.get(path, subject, params=params)
            page = self._line.read(PredictionPage, answer, self._line.question(subject))
            recent = [one for one in page.results if one.created_at is None or one.created_at >= moment]
            for body in recent:
                yield body.prediction()
            if page.next is None or (page.results and not recent):
                return
            path, params = self._line.path_of(page.next), None
            if path is None:
                raise ProviderError(
                    "Replicate's list of predictions goes on at an address that is not its own.",
                    next_step="Check GAUNTLET_HOSTED__REPLICATE_URL.",
                )
        raise ProviderError(
            f"The account has more than {_PAGES_MAX} pages of predictions since {since}, too many to look for one.",
            next_step="Look for the prediction at https://replicate.com/predictions.",
        )

    async def upload(self, data: bytes, *, name: str, media_type: str) -> str:
        """Hand a file over; return the address that a model reads it from. Raises `TooLarge` past 100 MB."""
        if len(data) > UPLOAD_MAX_BYTES:
            raise TooLarge(
                f"{name[:_FILE_NAME_MAX_CHARACTERS]} has {len(data) / 1e6:,.1f} MB; models on Replicate take files of"
                f" at most {UPLOAD_MAX_BYTES // 1_000_000} MB.",
                next_step="Use a smaller file.",
                details={"field": "file", "value": len(data), "limit": UPLOAD_MAX_BYTES},
            )
        question = self._line.question(f"the upload of {name[:_FILE_NAME_MAX_CHARACTERS]}")
        file = Upload(_file_name(name), data, media_type)
        answer = await self._line.send("POST", "/files", question, upload=file)
        return self._line.read(FileBody, answer, question).urls.get

    def fetch(self, url: str, *, size_limit_bytes: int) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Give an output's bytes in pieces; see `Deliveries.fetch`."""
        return self._deliveries.fetch(url, size_limit_bytes=size_limit_bytes)

    async def webhook_secret(self) -> SecretStr:
        """Return the secret that this account's webhooks are signed with."""
        subject = "the secret of webhooks"
        answer = await self._line.get("/webhooks/default/secret", subject)
        return SecretStr(self._line.read(WebhookSecretBody, answer, self._line.question(subject)).key)

    async def _create(self, request: PredictionRequest) -> Prediction:
        name, digest = split_id(request.model)
        digest = digest or request.version
        body: dict[str, JsonValue] = {"input": request.inputs}
        if digest is not None:
            body["version"] = digest
        if request.webhook_url is not None:
            body |= {"webhook": request.webhook_url, "webhook_events_filter": [*WEBHOOK_EVENTS]}
        question = self._line.question(f"model {request.model}", kind="create")
        path = f"/models/{name}/predictions" if digest is None else "/predictions"
        headers = {"Cancel-After": f"{request.deadline_s}s"}
        answer = await self._line.send("POST", path, question, headers=headers, json=body)
        return self._line.read(PredictionBody, answer, question).prediction()


def _safe(prediction_id: str) -> str:
    """Return an id that can stand in an address; raises `ProviderRejected` for one that no prediction has."""
    if not prediction_id.isascii() or not prediction_id.replace("-", "").replace("_", "").isalnum():
        raise ProviderRejected(
            f"{prediction_id[:60]!r} is not the id of a prediction.", next_step="Use the id that the service gave."
        )
    return prediction_id


def _file_name(name: str) -> str:
    """Return a name that can stand in a header, its ending kept."""
    kept = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "_" for char in name)
    return kept[-_FILE_NAME_MAX_CHARACTERS:] or "file"

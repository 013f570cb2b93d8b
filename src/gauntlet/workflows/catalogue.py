"""The models that there are to choose from: the built-in ones, and those that Replicate recommends, with their prices.

What a service says is kept for some minutes, and for longer while the service does not answer.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Generic, Protocol, TypeVar
from uuid import UUID

import structlog
from pydantic import Field

from gauntlet.core.clock import Clock
from gauntlet.core.errors import NotFound
from gauntlet.core.generation import ModelKind, is_built_in
from gauntlet.core.money import format_usd
from gauntlet.core.schema import Schema
from gauntlet.domain.costs.prices import MediaPrice, PriceBook, Rate
from gauntlet.providers.base import ProviderError, ProviderNotConfigured, ProviderRejected
from gauntlet.providers.local.models.cards import BUILT_IN_MODELS
from gauntlet.providers.predictions import ModelCard

FRESH_FOR: Final = timedelta(minutes=10)
STALE_FOR: Final = timedelta(hours=24)
RETRY_AFTER: Final = timedelta(seconds=30)
"""For how long a service that failed is not asked the same again."""

_ENTRIES_MAX: Final = 500
_UNIT_WORDS: Final = {
    "image": "an image",
    "output_second": "a second that comes out",
    "run": "a run",
    "predict_second": "a second of running",
}

Kept = TypeVar("Kept")

log = structlog.get_logger(__name__)


class ModelPrice(Schema):
    """What a model costs, and where that is said."""

    summary: str = Field(description="In words, as in `$0.003 an image`.")
    rates: tuple[Rate, ...] = Field(default=(), description="The first that fits a run's inputs holds.")
    source: str | None = None
    as_of: date | None = None


class Model(ModelCard):
    """A model as it is shown, with its price."""

    price: ModelPrice | None = Field(default=None, description="Null where it is not known.")


class ModelListing(Schema):
    """Models to choose from; `note` says what is missing, and why."""

    models: tuple[Model, ...]
    note: str | None = None


class ModelSource(Protocol):
    """A service of models, asked for one account."""

    async def models(self, kind: ModelKind) -> tuple[ModelCard, ...]:
        """Return the models of a kind that the service recommends."""
        ...

    async def model(self, model: str) -> ModelCard:
        """Return one model."""
        ...


class ModelAccount(Protocol):
    """An account at the service; `id` tells it from others."""

    @property
    def id(self) -> str:
        """Its name, which says nothing of its key."""
        ...

    @property
    def models(self) -> ModelSource:
        """What it is asked by."""
        ...


class ModelAccounts(Protocol):
    """Gives the account that a client's work is done with."""

    async def find(self, client_id: UUID | None) -> ModelAccount | None:
        """Return it, None where there is no key."""
        ...


class ModelCatalogue:
    """Finds models. Accounts are kept apart: one's private models are not seen by another."""

    def __init__(self, accounts: ModelAccounts, *, prices: PriceBook, clock: Clock) -> None:
        self._accounts = accounts
        self._prices = prices
        self._lists = _Memory[tuple[ModelCard, ...]](clock)
        self._cards = _Memory[ModelCard](clock)

    async def list(self, *, kind: ModelKind | None, client_id: UUID | None) -> ModelListing:
        """Return the models of a kind (or of all kinds), the built-in ones first.

        A service that does not answer costs only its own models; the note says so.
        """
        kinds = tuple(ModelKind) if kind is None else (kind,)
        built_in = [card for card in BUILT_IN_MODELS if card.kind in kinds]
        account = await self._accounts.find(client_id)
        if account is None:
            return self._listing(built_in, _no_key().message)
        found = await asyncio.gather(*(self._recommended(account, one) for one in kinds))
        cards = [*built_in, *(card for cards, _ in found for card in cards)]
        return self._listing(cards, next((note for _, note in found if note), None))

    async def get(self, model: str, *, client_id: UUID | None) -> Model:
        """Return a model; raises `NotFound` where there is none, and what the service raises."""
        try:
            return self._shown(await self.card(model, client_id))
        except ProviderRejected as error:
            if error.details.get("status") != 404:
                raise
            raise NotFound(error.message, next_step=error.next_step, details={"model": model}) from error

    async def card(self, model: str, client_id: UUID | None) -> ModelCard:
        """Return a model as its inputs are checked by; raises `ProviderRejected` where there is none."""
        if is_built_in(model):
            return _built_in(model)
        account = await self._accounts.find(client_id)
        if account is None:
            raise _no_key(model)
        return await self._cards.recall((account.id, model), lambda: account.models.model(model))

    async def _recommended(self, account: ModelAccount, kind: ModelKind) -> tuple[tuple[ModelCard, ...], str | None]:
        """Return a service's models of a kind, or the reason why there are none."""
        try:
            return await self._lists.recall((account.id, kind.value), lambda: account.models.models(kind)), None
        except ProviderError as error:
            log.warning("model.list.failed", kind=kind.value, code=error.code)
            return (), f"Replicate's models are not shown. {error.message}"

    def _listing(self, cards: Iterable[ModelCard], note: str | None) -> ModelListing:
        once: dict[str, ModelCard] = {}
        for card in cards:
            once.setdefault(card.id, card)
        return ModelListing(models=tuple(self._shown(card) for card in once.values()), note=note)

    def _shown(self, card: ModelCard) -> Model:
        price = ModelPrice(summary="free") if is_built_in(card.id) else _told(self._prices.media_price(card.id))
        return Model(**dict(card), price=price)


@dataclass(slots=True)
class _Entry(Generic[Kept]):
    """What a service said, and when it was last asked in vain."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    value: Kept | None = None
    kept_at: datetime | None = None
    failure: ProviderError | None = None
    failed_at: datetime | None = None


class _Memory(Generic[Kept]):
    """Keeps answers: fresh for some minutes, and beyond while their source fails. Each is asked for once at a time."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: OrderedDict[tuple[str, str], _Entry[Kept]] = OrderedDict()

    async def recall(self, key: tuple[str, str], ask: Callable[[], Awaitable[Kept]]) -> Kept:
        """Return what is known, else what is answered; raises what the source raises where nothing is known."""
        entry = self._entries.setdefault(key, _Entry[Kept]())
        self._entries.move_to_end(key)
        while len(self._entries) > _ENTRIES_MAX:
            self._entries.popitem(last=False)
        async with entry.lock:
            if entry.value is not None and self._is_within(entry.kept_at, FRESH_FOR):
                return entry.value
            if entry.failure is None or not self._is_within(entry.failed_at, RETRY_AFTER):
                await self._refresh(entry, ask)
            if entry.value is not None and self._is_within(entry.kept_at, STALE_FOR):
                return entry.value
            # Raised anew each time, so without the ways that it went before.
            raise (entry.failure or RuntimeError("an answer was neither kept nor refused")).with_traceback(None)

    async def _refresh(self, entry: _Entry[Kept], ask: Callable[[], Awaitable[Kept]]) -> None:
        try:
            entry.value, entry.kept_at = await ask(), self._clock.now()
            entry.failure = None
        except (ProviderRejected, ProviderNotConfigured) as error:
            # The service does answer: what it said before holds no longer.
            entry.value, entry.failure, entry.failed_at = None, error, self._clock.now()
        except ProviderError as error:
            entry.failure, entry.failed_at = error, self._clock.now()

    def _is_within(self, moment: datetime | None, span: timedelta) -> bool:
        return moment is not None and self._clock.now() - moment < span


def _built_in(model: str) -> ModelCard:
    for card in BUILT_IN_MODELS:
        if card.id == model:
            return card
    names = ", ".join(card.id for card in BUILT_IN_MODELS)
    raise ProviderRejected(
        f"There is no built-in model {model[:120]}.",
        next_step=f"Choose one of {names}.",
        details={"field": "model", "value": model[:120], "status": 404},
    )


def _no_key(model: str | None = None) -> ProviderNotConfigured:
    what = "its models are not shown" if model is None else f"{model} cannot be used"
    return ProviderNotConfigured(
        f"There is no key for Replicate, so {what}.",
        next_step="Set REPLICATE_API_TOKEN, or a key of the client's own with `gauntlet provider-key set`;"
        " gauntlet/panel, gauntlet/motion and gauntlet/bed need none.",
        details={"provider": "replicate", "setting": "REPLICATE_API_TOKEN"},
    )


def _told(price: MediaPrice | None) -> ModelPrice | None:
    if price is None:
        return None
    spans: list[str] = []
    for unit in dict.fromkeys(rate.unit for rate in price.rates):
        amounts = [rate.amount_microusd for rate in price.rates if rate.unit == unit]
        low, high = format_usd(min(amounts)), format_usd(max(amounts))
        spans.append(f"{low if low == high else f'{low} to {high}'} {_UNIT_WORDS[unit]}")
    return ModelPrice(summary=", or ".join(spans), rates=price.rates, source=price.source, as_of=price.as_of)

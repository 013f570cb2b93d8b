"""The catalogue shows what there is to choose from, also while a service does not answer."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

import pytest

from gauntlet.core.errors import NotFound
from gauntlet.core.generation import ModelKind
from gauntlet.domain.costs.prices import MediaPrice, PriceBook, PriceList, Rate
from gauntlet.providers.base import ProviderError, ProviderNotConfigured, ProviderRejected, ProviderUnavailable
from gauntlet.providers.predictions import ModelCard
from gauntlet.workflows.catalogue import ModelCatalogue
from tests.clocks import ManualClock

CLIENT = uuid4()
BUILT_IN_IMAGE = ["gauntlet/panel"]


def card(name: str = "meta/x", kind: ModelKind = ModelKind.TEXT_TO_IMAGE) -> ModelCard:
    return ModelCard(id=name, provider="replicate", kind=kind, title=name)


@dataclass
class Source:
    """Answers in turn; where nothing is laid up for it, with one model."""

    answers: deque[tuple[ModelCard, ...] | Exception] = field(default_factory=deque[tuple[ModelCard, ...] | Exception])
    asked: list[str] = field(default_factory=list[str])

    def _next(self) -> tuple[ModelCard, ...]:
        answer = self.answers.popleft() if self.answers else (card(),)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def models(self, kind: ModelKind) -> tuple[ModelCard, ...]:
        self.asked.append(kind.value)
        await asyncio.sleep(0)  # others get their turn, as they do while a service is asked
        return self._next()

    async def model(self, model: str) -> ModelCard:
        self.asked.append(model)
        return self._next()[0]


@dataclass
class Account:
    id: str
    models: Source


@dataclass
class Accounts:
    """Each client's account; None's is the workspace's."""

    by_client: dict[UUID | None, Account] = field(default_factory=dict[UUID | None, Account])

    async def find(self, client_id: UUID | None) -> Account | None:
        return self.by_client.get(client_id)


@dataclass
class Shop:
    """A catalogue with one account that everybody uses."""

    source: Source
    accounts: Accounts
    catalogue: ModelCatalogue

    async def images(self, client_id: UUID | None = None) -> list[str]:
        listing = await self.catalogue.list(kind=ModelKind.TEXT_TO_IMAGE, client_id=client_id)
        return [model.id for model in listing.models]

    async def note(self) -> str | None:
        return (await self.catalogue.list(kind=ModelKind.TEXT_TO_IMAGE, client_id=None)).note


@pytest.fixture
def shop(clock: ManualClock) -> Shop:
    source = Source()
    accounts = Accounts({None: Account("workspace", source)})
    prices = PriceBook(
        PriceList(
            media=(
                MediaPrice(
                    model="meta/x",
                    source="https://replicate.com/meta/x",
                    as_of=date(2026, 1, 2),
                    rates=(
                        Rate(unit="image", amount_microusd=3_000, when={"size": ("small",)}),
                        Rate(unit="image", amount_microusd=40_000),
                    ),
                ),
            )
        )
    )
    return Shop(source, accounts, ModelCatalogue(accounts, prices=prices, clock=clock))


def down() -> ProviderUnavailable:
    return ProviderUnavailable("Replicate is in trouble.")


async def test_built_in_models_come_first_among_the_services_own(shop: Shop) -> None:
    assert await shop.images() == ["gauntlet/panel", "meta/x"]
    assert await shop.note() is None


async def test_without_a_key_there_are_the_built_in_ones_and_a_note(shop: Shop) -> None:
    shop.accounts.by_client.clear()

    assert await shop.images() == BUILT_IN_IMAGE
    assert await shop.note() == "There is no key for Replicate, so its models are not shown."


async def test_all_kinds_together_name_each_model_once(shop: Shop) -> None:
    shop.source.answers.extend([(card("a/both"),), (card("a/both"), card("b/one")), (), (), ()])

    listing = await shop.catalogue.list(kind=None, client_id=None)

    assert [model.id for model in listing.models] == [
        "gauntlet/panel",
        "gauntlet/motion",
        "gauntlet/bed",
        "a/both",
        "b/one",
    ]
    assert shop.source.asked == [kind.value for kind in ModelKind]


async def test_the_service_is_asked_again_only_after_ten_minutes(shop: Shop, clock: ManualClock) -> None:
    await shop.images()
    clock.advance(seconds=599)
    await shop.images()
    assert shop.source.asked == ["text-to-image"]

    clock.advance(seconds=1)
    shop.source.answers.append((card("new/one"),))

    assert await shop.images() == ["gauntlet/panel", "new/one"]


async def test_many_at_once_ask_the_service_once(shop: Shop) -> None:
    lists = await asyncio.gather(*(shop.images() for _ in range(20)))

    assert all(found == ["gauntlet/panel", "meta/x"] for found in lists)
    assert shop.source.asked == ["text-to-image"]


async def test_what_was_known_is_shown_while_the_service_does_not_answer(shop: Shop, clock: ManualClock) -> None:
    await shop.images()
    clock.advance(hours=23)
    shop.source.answers.append(down())

    assert await shop.images() == ["gauntlet/panel", "meta/x"]
    assert await shop.note() is None


async def test_what_was_known_a_day_ago_is_shown_no_longer(shop: Shop, clock: ManualClock) -> None:
    await shop.images()
    clock.advance(hours=24)
    shop.source.answers.append(down())

    assert await shop.images() == BUILT_IN_IMAGE
    assert await shop.note() == "Replicate's models are not shown. Replicate is in trouble."


async def test_a_service_that_fails_is_left_alone_for_half_a_minute(shop: Shop, clock: ManualClock) -> None:
    shop.source.answers.append(down())
    for _ in range(3):
        assert await shop.images() == BUILT_IN_IMAGE
    assert len(shop.source.asked) == 1

    clock.advance(seconds=30)

    assert await shop.images() == ["gauntlet/panel", "meta/x"]


async def test_a_key_that_is_refused_is_told_of_and_what_was_known_is_not_shown(shop: Shop, clock: ManualClock) -> None:
    await shop.images()
    clock.advance(seconds=600)
    shop.source.answers.append(ProviderNotConfigured("Replicate does not accept the key."))

    assert await shop.images() == BUILT_IN_IMAGE
    assert await shop.note() == "Replicate's models are not shown. Replicate does not accept the key."


async def test_a_fault_of_ours_is_not_hidden(shop: Shop) -> None:
    shop.source.answers.append(ZeroDivisionError("a fault"))

    with pytest.raises(ZeroDivisionError):
        await shop.images()


async def test_one_accounts_models_are_not_shown_to_another(shop: Shop) -> None:
    private = Source(deque([(card("secret/model"),)]))
    shop.accounts.by_client[CLIENT] = Account("client", private)

    assert await shop.images(CLIENT) == ["gauntlet/panel", "secret/model"]
    assert await shop.images() == ["gauntlet/panel", "meta/x"]
    private.answers.append((card("secret/model"),))
    assert (await shop.catalogue.get("secret/model", client_id=CLIENT)).id == "secret/model"
    shop.source.answers.append(ProviderRejected("There is no such model.", details={"status": 404}))
    with pytest.raises(NotFound):
        await shop.catalogue.get("secret/model", client_id=None)


async def test_clients_of_one_account_share_what_is_known(shop: Shop) -> None:
    shop.accounts.by_client[CLIENT] = shop.accounts.by_client[None]

    await shop.images()
    await shop.images(CLIENT)

    assert len(shop.source.asked) == 1


async def test_a_price_is_told_with_its_source(shop: Shop) -> None:
    price = (await shop.catalogue.get("meta/x", client_id=None)).price

    assert price is not None
    assert price.summary == "$0.0030 to $0.04 an image"
    assert (price.source, price.as_of) == ("https://replicate.com/meta/x", date(2026, 1, 2))
    assert [rate.amount_microusd for rate in price.rates] == [3_000, 40_000]


async def test_a_price_that_is_not_known_is_none_and_what_is_built_in_is_free(shop: Shop) -> None:
    shop.source.answers.append((card("who/knows"),))

    assert (await shop.catalogue.get("who/knows", client_id=None)).price is None
    built_in = (await shop.catalogue.get("gauntlet/bed", client_id=None)).price
    assert built_in is not None
    assert built_in.summary == "free"


async def test_a_built_in_model_is_known_without_asking_anybody(shop: Shop) -> None:
    found = await shop.catalogue.card("gauntlet/motion", CLIENT)

    assert found.kind is ModelKind.IMAGE_TO_VIDEO
    assert shop.source.asked == []


async def test_a_built_in_model_that_there_is_not_is_refused(shop: Shop) -> None:
    with pytest.raises(NotFound, match="gauntlet/nothing"):
        await shop.catalogue.get("gauntlet/nothing", client_id=None)
    with pytest.raises(ProviderRejected, match="gauntlet/nothing"):
        await shop.catalogue.card("gauntlet/nothing", CLIENT)


async def test_a_hosted_model_without_a_key_says_what_to_set(shop: Shop) -> None:
    with pytest.raises(ProviderNotConfigured, match="meta/x cannot be used"):
        await shop.catalogue.card("meta/x", CLIENT)


async def test_a_model_that_cannot_be_asked_for_is_told_of_again_within_the_half_minute(shop: Shop) -> None:
    shop.source.answers.append(down())

    for _ in range(2):
        with pytest.raises(ProviderError, match="in trouble"):
            await shop.catalogue.get("meta/x", client_id=None)

    assert shop.source.asked == ["meta/x"]

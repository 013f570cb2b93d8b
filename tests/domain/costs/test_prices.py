import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import JsonValue

from gauntlet.core.errors import Misconfigured
from gauntlet.domain.costs.price_list import BUILT_IN_PRICES
from gauntlet.domain.costs.prices import PRICES_FILE_LIMIT_BYTES, PriceBook, open_price_book, read_prices

BOOK = PriceBook(BUILT_IN_PRICES)
FLUX = "black-forest-labs/flux-schnell"


@pytest.mark.parametrize(
    ("model", "inputs", "estimate_microusd"),
    [
        (FLUX, {"prompt": "a fox"}, 3_000),
        (FLUX, {"prompt": "a fox", "num_outputs": 4}, 12_000),
        (f"{FLUX}:{'0' * 64}", {}, 3_000),
        ("kwaivgi/kling-v2.1", {}, 250_000),
        ("kwaivgi/kling-v2.1", {"mode": "pro", "duration": 10}, 900_000),
        ("kwaivgi/kling-v2.1", {"mode": None, "duration": "10"}, 500_000),
        ("minimax/hailuo-02", {"resolution": "768P"}, 270_000),
        ("minimax/video-01", {}, 500_000),
        ("google/veo-3", {"generate_audio": False, "duration": 8}, 1_600_000),
        ("meta/musicgen", {"duration": 8}, 84_000),
        ("nightmareai/real-esrgan", {}, 2_250),
        ("gauntlet/panel", {}, 0),
    ],
)
def test_run_is_estimated_by_its_inputs(model: str, inputs: Mapping[str, JsonValue], estimate_microusd: int) -> None:
    assert BOOK.estimate_media(model, inputs) == estimate_microusd


@pytest.mark.parametrize(
    ("model", "inputs"),
    [
        ("somebody/unheard-of", {}),
        ("google/veo-3", {"duration": 8}),  # with sound or without is not said, and what the model takes is not known
        ("openai/sora-2", {}),  # how long is not said
        ("kwaivgi/kling-v2.1", {"mode": "turbo"}),
        ("kwaivgi/kling-v2.1", {"duration": "long"}),
        ("kwaivgi/kling-v2.1", {"duration": -5}),
        ("kwaivgi/kling-v2.1", {"duration": True}),
        (FLUX, {"num_outputs": [4]}),
    ],
)
def test_what_is_not_known_is_said_to_be_unknown(model: str, inputs: Mapping[str, JsonValue]) -> None:
    assert BOOK.estimate_media(model, inputs) is None


@pytest.mark.parametrize(
    ("model", "inputs", "metrics", "outputs_count", "actual_microusd"),
    [
        (FLUX, {"num_outputs": 4}, {"predict_time": 0.6}, 3, 9_000),
        ("kwaivgi/kling-v2.1", {"duration": 10}, {"video_output_duration_seconds": 5.1}, 1, 255_000),
        ("kwaivgi/kling-v2.1", {"duration": 10}, {"predict_time": 95.0}, 1, 500_000),
        ("meta/musicgen", {}, {"predict_time": 14.0}, 1, 19_600),
        ("nightmareai/real-esrgan", {}, {"predict_time": 1.5}, 1, 338),
        ("nightmareai/real-esrgan", {}, {}, 1, None),
        ("nightmareai/real-esrgan", {}, {"predict_time": float("nan")}, 1, None),
        ("somebody/unheard-of", {}, {"predict_time": 1.0}, 1, None),
        ("gauntlet/bed", {}, {}, 1, 0),
    ],
)
def test_run_costs_what_came_of_it(
    model: str,
    inputs: Mapping[str, JsonValue],
    metrics: Mapping[str, float],
    outputs_count: int,
    actual_microusd: int | None,
) -> None:
    assert BOOK.actual_media(model, inputs, metrics, outputs_count) == actual_microusd


@pytest.mark.parametrize(
    ("provider", "model", "amount_microusd"),
    [
        ("openai", "gpt-5.1", 1_250 + 5_000),
        ("openai", "gpt-5.1-2025-11-13", 1_250 + 5_000),
        ("anthropic", "claude-sonnet-4-5-20250929", 3_000 + 7_500),
        ("openrouter", "anthropic/claude-sonnet-4.5", 3_000 + 7_500),
        ("openrouter", "gpt-5.1", None),
        ("openai", "gpt-unheard-of", None),
    ],
)
def test_answer_costs_its_tokens(provider: str, model: str, amount_microusd: int | None) -> None:
    assert BOOK.estimate_tokens(provider, model, 1_000, 500) == amount_microusd
    assert BOOK.actual_tokens(provider, model, 1_000, 500) == amount_microusd


def test_every_built_in_price_is_named_once() -> None:
    media = [price.model for price in BUILT_IN_PRICES.media]
    tokens = [(price.provider, price.model) for price in BUILT_IN_PRICES.tokens]
    assert len(media) == len(set(media))
    assert len(tokens) == len(set(tokens))


def price(model: str = "acme/painter", amount_microusd: object = 7, **more: object) -> dict[str, object]:
    rates = [{"unit": "image", "amountMicrousd": amount_microusd}]
    return {"model": model, "source": "https://example.com/prices", "asOf": "2026-11-01", "rates": rates, **more}


def written(path: Path, document: object) -> Path:
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def test_own_prices_are_added_and_go_before_the_built_in_ones(tmp_path: Path) -> None:
    own = written(tmp_path / "prices.json", {"media": [price(), price(FLUX, 2_500)]})
    book = open_price_book(own, built_in=BUILT_IN_PRICES)
    assert book.estimate_media("acme/painter", {}) == 7
    assert book.estimate_media(FLUX, {}) == 2_500
    assert book.estimate_media("minimax/video-01", {}) == 500_000
    assert open_price_book(None, built_in=BUILT_IN_PRICES).estimate_media(FLUX, {}) == 3_000


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ("{", "the document"),
        ({"media": [price(amount_microusd=-1)]}, "media.0.rates.0.amountMicrousd"),
        ({"media": [price(amount_microusd=0.5)]}, "media.0.rates.0.amountMicrousd"),
        ({"media": [price(rates=[])]}, "media.0.rates"),
        ({"media": [price(model="painter")]}, "media.0.model"),
        ({"media": [price(source="a friend")]}, "media.0.source"),
        ({"media": [price(asOf="lately")]}, "media.0.asOf"),
        ({"media": [price(currency="EUR")]}, "media.0.currency"),
        ({"media": [price(), price()]}, "acme/painter twice"),
        ({"tokens": [{"provider": "acme"}]}, "tokens.0.provider"),
    ],
)
def test_wrong_price_list_is_refused_naming_its_fault(tmp_path: Path, document: object, named: str) -> None:
    own = written(tmp_path / "prices.json", document)
    with pytest.raises(Misconfigured) as caught:
        read_prices(own)
    assert named in caught.value.message
    assert caught.value.details["setting"] == "GAUNTLET_COSTS__PRICES_FILE"


def test_price_list_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="No such file"):
        read_prices(tmp_path / "nowhere.json")
    with pytest.raises(Misconfigured, match="1,000,000 bytes"):
        read_prices(written(tmp_path / "large.json", " " * (PRICES_FILE_LIMIT_BYTES + 1)))

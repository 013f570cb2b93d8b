"""The doubles charge what Gauntlet expects their models to cost, to the micro-dollar."""

import pytest

from gauntlet.domain.costs.price_list import BUILT_IN_PRICES as PRICES
from gauntlet.domain.costs.prices import PriceBook
from gauntlet.providers.fakes.language.charging import cost_microusd
from gauntlet.providers.fakes.replicate.catalogue import MODELS
from gauntlet.providers.fakes.replicate.models import Json
from gauntlet.providers.fakes.replicate.prices import charge_microusd
from gauntlet.providers.fakes.replicate.validation import filled

RUNS: list[tuple[str, Json, int]] = [
    ("black-forest-labs/flux-schnell", {"prompt": "a"}, 1),
    ("black-forest-labs/flux-schnell", {"prompt": "a", "num_outputs": 4}, 4),
    ("black-forest-labs/flux-1.1-pro", {"prompt": "a"}, 1),
    ("minimax/video-01", {"prompt": "a"}, 1),
    ("kwaivgi/kling-v2.1", {"prompt": "a", "start_image": "https://x.example/a.png"}, 1),
    ("kwaivgi/kling-v2.1", {"prompt": "a", "start_image": "https://x.example/a.png", "mode": "pro", "duration": 10}, 1),
    ("meta/musicgen", {"prompt": "a"}, 1),
    ("nightmareai/real-esrgan", {"image": "https://x.example/a.png"}, 1),
]


@pytest.mark.parametrize(("model", "inputs", "outputs"), RUNS)
@pytest.mark.parametrize("predict_s", [0.523611, 1.0, 14.999999, 104.13744])
def test_a_run_is_charged_what_it_is_reckoned_at(model: str, inputs: Json, outputs: int, predict_s: float) -> None:
    fake = MODELS[model]
    charged = charge_microusd(fake, filled(fake, inputs), predict_s=predict_s, outputs=outputs)
    assert charged == PriceBook(PRICES).actual_media(model, inputs, {"predict_time": predict_s}, outputs)


def test_every_model_of_the_double_has_a_known_price() -> None:
    assert {model for model, _, _ in RUNS} == set(MODELS)


@pytest.mark.parametrize(("provider", "model"), [("openai", "gpt-5.1"), ("anthropic", "claude-sonnet-4-5")])
@pytest.mark.parametrize(("into", "out"), [(1, 1), (1_087, 801), (8_191, 7_777)])
def test_an_answer_is_charged_what_it_is_reckoned_at(provider: str, model: str, into: int, out: int) -> None:
    charged = cost_microusd(model, input_tokens=into, output_tokens=out)
    assert charged == PriceBook(PRICES).actual_tokens(provider, model, into, out)

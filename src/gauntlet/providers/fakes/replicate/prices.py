"""What the double charges for a run, by its own list."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from pydantic import JsonValue

from gauntlet.providers.fakes.replicate.models import FakeModel, Json

_MICRO: Final = Decimal(1_000_000)
_VIDEO_01_SECONDS: Final = 6


def charge_microusd(model: FakeModel, inputs: Json, *, predict_s: float, outputs: int) -> int:
    """Return what a run costs: `outputs` things came out of it after `predict_s` of running."""
    usd = _usd(model, inputs)
    match model.price.unit:
        case "image":
            units = Decimal(outputs)
        case "video_second":
            units = Decimal(str(video_seconds(model, inputs)))
        case "predict_second":
            units = Decimal(str(predict_s))
        case "run":
            units = Decimal(1)
    return int((usd * units * _MICRO).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def asked_outputs(inputs: Json) -> int:
    """Return how many things a run is to bring."""
    count: JsonValue = inputs.get("num_outputs", 1)
    return count if isinstance(count, int) else 1


def video_seconds(model: FakeModel, inputs: Json) -> int:
    """Return how long a film is to be."""
    duration = inputs.get("duration")
    return duration if isinstance(duration, int) else _VIDEO_01_SECONDS


def _usd(model: FakeModel, inputs: Json) -> Decimal:
    for name, value, usd in model.price.by_input:
        if inputs.get(name) == value:
            return usd
    return model.price.usd

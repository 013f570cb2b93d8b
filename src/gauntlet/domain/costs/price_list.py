"""The prices that Gauntlet comes with. Each names where it was read; what was not found is not here.

`as_of` is the date that the source carries, or else the day on which it was read. Replicate charges official models by
what comes out (https://replicate.com/docs/topics/models/official-models), others by the second that they run on their
hardware: Nvidia T4 $0.000225, A100 (80 GB) $0.0014. Its prices are on its models' pages and in no API, so some are from
lists that others keep. A price of one's own goes before these; see docs/guide/costs.md.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from gauntlet.core.generation import LanguageProvider
from gauntlet.domain.costs.prices import MediaPrice, PriceList, Rate, Scalar, TokenPrice, Unit

_T4_SECOND: Final = 225
_A100_SECOND: Final = 1_400
_DOLLAR: Final = 1_000_000

_READ: Final = date(2026, 11, 22)
_CATALOGUE: Final = "https://github.com/keremk/renku/blob/main/catalog/models/replicate/replicate.yaml"
_RESOLD: Final = "https://oauth.openai-hk.com/docs/en/lab/replicate.html"


def _flat(model: str, unit: Unit, amount_microusd: int, *, source: str = _CATALOGUE, as_of: date = _READ) -> MediaPrice:
    """Return the price of a model that costs the same whatever its inputs are."""
    rate = Rate(unit=unit, amount_microusd=amount_microusd)
    return MediaPrice(model=model, source=source, as_of=as_of, rates=(rate,))


def _film(
    model: str,
    by: str,
    amounts_microusd: Mapping[Scalar, int],
    *,
    defaults: dict[str, Scalar] | None = None,
    source: str = _CATALOGUE,
    as_of: date = _READ,
) -> MediaPrice:
    """Return the price of a second of film that depends on one input."""
    rates = tuple(
        Rate(unit="output_second", amount_microusd=amount, when={by: (value,)})
        for value, amount in amounts_microusd.items()
    )
    return MediaPrice(model=model, source=source, as_of=as_of, rates=rates, defaults=defaults or {})


def _timed(model: str, amount_microusd: int, *, typical_s: float) -> MediaPrice:
    """Return the price of a model that is charged by the second that it runs."""
    rate = Rate(unit="predict_second", amount_microusd=amount_microusd)
    source = "https://replicate.com/pricing"
    return MediaPrice(model=model, source=source, as_of=date(2026, 3, 9), rates=(rate,), typical_s=typical_s)


def _tokens(
    provider: LanguageProvider, model: str, reads_microusd: int, writes_microusd: int, *, source: str
) -> TokenPrice:
    return TokenPrice(
        provider=provider,
        model=model,
        source=source,
        as_of=_READ,
        input_microusd=reads_microusd,
        output_microusd=writes_microusd,
    )


_IMAGES: Final = (
    _flat(
        "black-forest-labs/flux-schnell",
        "image",
        3_000,
        source="https://www.workflowlab.dev/cost/flux-schnell-replicate",
        as_of=date(2026, 5, 25),
    ),
    _flat(
        "black-forest-labs/flux-dev",
        "image",
        25_000,
        source="https://www.workflowlab.dev/cost/flux-api-options-compared",
        as_of=date(2026, 5, 11),
    ),
    _flat("black-forest-labs/flux-pro", "image", 55_000, source="https://replicate.com/black-forest-labs/flux-pro"),
    _flat("black-forest-labs/flux-1.1-pro", "image", 40_000, source=_RESOLD),
    _flat("black-forest-labs/flux-1.1-pro-ultra", "image", 60_000, source=_RESOLD),
    _flat("black-forest-labs/flux-kontext-pro", "image", 40_000),
    _flat("black-forest-labs/flux-kontext-max", "image", 80_000, source=_RESOLD),
    _flat("bytedance/seedream-4", "image", 30_000),
    _flat("bytedance/seedream-4.5", "image", 40_000),
    _flat("google/imagen-4", "image", 40_000),
    _flat("google/nano-banana", "image", 39_000),
    _flat("qwen/qwen-image", "image", 25_000),
    _flat("recraft-ai/recraft-v3", "image", 40_000, source=_RESOLD),
    _flat("recraft-ai/recraft-v3-svg", "image", 80_000, source=_RESOLD),
    _flat("recraft-ai/recraft-v4", "image", 40_000),
    _flat("recraft-ai/recraft-v4-svg", "image", 80_000),
)
_UPSCALING: Final = (
    _timed("nightmareai/real-esrgan", _T4_SECOND, typical_s=10),
    _flat("recraft-ai/recraft-crisp-upscale", "image", 6_000, source=_RESOLD),
)
_MUSIC: Final = (
    _timed("meta/musicgen", _A100_SECOND, typical_s=60),
    _flat("stability-ai/stable-audio-2.5", "run", 200_000),
    _flat("minimax/music-1.5", "run", 30_000),
)
_FILMS: Final = (
    _flat("minimax/video-01", "run", 500_000, source=_RESOLD),
    _flat("minimax/video-01-live", "run", 500_000, source=_RESOLD),
    _film(
        "minimax/hailuo-02",
        "resolution",
        {"512p": 16_600, "768p": 45_000, "1080p": 80_000},
        defaults={"resolution": "1080p", "duration": 6},
    ),
    _film(
        "minimax/hailuo-2.3",
        "resolution",
        {"768p": 46_600, "1080p": 81_600},
        defaults={"resolution": "768p", "duration": 6},
    ),
    _film(
        "kwaivgi/kling-v2.1",
        "mode",
        {"standard": 50_000, "pro": 90_000},
        defaults={"mode": "standard", "duration": 5},
        source="https://replicate.com/kwaivgi/kling-v2.1",
        as_of=date(2026, 9, 24),
    ),
    _flat("kwaivgi/kling-v2.5-turbo-pro", "output_second", 70_000),
    _film("kwaivgi/kling-v2.6", "generate_audio", {False: 70_000, True: 140_000}),
    _film("bytedance/seedance-1-lite", "resolution", {"480p": 18_000, "720p": 36_000, "1080p": 72_000}),
    _film(
        "google/veo-3",
        "generate_audio",
        {False: 200_000, True: 400_000},
        source="https://replicate.com/google/veo-3",
        as_of=date(2026, 9, 24),
    ),
    _film("google/veo-3.1-fast", "generate_audio", {False: 100_000, True: 150_000}),
    _film("wan-video/wan-2.6-i2v", "resolution", {"720p": 100_000, "1080p": 150_000}),
    _film("wan-video/wan2.6-i2v-flash", "resolution", {"720p": 50_000, "1080p": 75_000}),
    _flat("openai/sora-2", "output_second", 100_000),
    _flat("runwayml/gen-4.5", "output_second", 120_000),
    _flat("xai/grok-imagine-video", "output_second", 50_000),
)

_CLAUDE: Final = "https://platform.claude.com/docs/en/models/sonnet-5-5/overview"
_LANGUAGE: Final = (
    _tokens(
        "openai",
        "gpt-5.1",
        1_250_000,
        10 * _DOLLAR,
        source="https://developers.openai.com/api/docs/models/gpt-5.1",
    ),
    _tokens(
        "openai",
        "gpt-6.1-sol",
        2 * _DOLLAR,
        10 * _DOLLAR,
        source="https://github.com/TheKrush/PromptFuel/releases/tag/v1.0.22",
    ),
    _tokens("anthropic", "claude-sonnet-5-5", 2 * _DOLLAR, 10 * _DOLLAR, source=_CLAUDE),
    _tokens("anthropic", "claude-sonnet-5", 2 * _DOLLAR, 10 * _DOLLAR, source=_CLAUDE),
    _tokens("anthropic", "claude-opus-5-5", 4 * _DOLLAR, 20 * _DOLLAR, source=_CLAUDE),
    _tokens("anthropic", "claude-haiku-4-5", 1 * _DOLLAR, 5 * _DOLLAR, source=_CLAUDE),
    _tokens(
        "anthropic",
        "claude-sonnet-4-5",
        3 * _DOLLAR,
        15 * _DOLLAR,
        source="https://platform.claude.com/docs/en/models/sonnet-4-5/overview",
    ),
    # OpenRouter passes the vendor's price on; what a question really cost is in its answer.
    _tokens("openrouter", "anthropic/claude-sonnet-5.5", 2 * _DOLLAR, 10 * _DOLLAR, source=_CLAUDE),
    _tokens(
        "openrouter",
        "anthropic/claude-sonnet-4.5",
        3 * _DOLLAR,
        15 * _DOLLAR,
        source="https://openrouter.ai/anthropic/claude-sonnet-4.5/api",
    ),
)

BUILT_IN_PRICES: Final = PriceList(media=_IMAGES + _UPSCALING + _MUSIC + _FILMS, tokens=_LANGUAGE)

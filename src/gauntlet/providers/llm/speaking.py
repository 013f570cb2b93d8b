"""One question to one language model over the network: sent once, its answer or its failure told apart."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from decimal import ROUND_HALF_UP, Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

from pydantic import JsonValue

from gauntlet.core.generation import LanguageProvider
from gauntlet.core.money import MICROUSD_PER_USD
from gauntlet.providers.llm.contract import ChainLink
from gauntlet.providers.llm.links import SERVICE_NAMES
from gauntlet.providers.llm.replies import End, Spoken, Unanswered

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from httpx2 import AsyncBaseTransport, AsyncClient
    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models import Model
    from pydantic_ai.settings import ModelSettings

MAX_OUTPUT_TOKENS: Final = 12_000
"""Four times what the longest plan takes; the rest is for models that think first, which is asked to be little."""

_CONNECT_TIMEOUT_S: Final = 5.0
_ENDS: Final[dict[str | None, End]] = {"content_filter": "refused", "length": "truncated"}


class Speaker(Protocol):
    """Asks one link of a chain. The one seam where the network is."""

    def connect(self, link: ChainLink) -> AbstractAsyncContextManager["Model"]:
        """Give the model behind a link, ready to be asked."""
        ...


class NetworkSpeaker:
    """Asks the services themselves, with nothing below that repeats a question. Tests hand in another transport."""

    def __init__(self, *, transport: "AsyncBaseTransport | None" = None) -> None:
        self._transport = transport

    @asynccontextmanager
    async def connect(self, link: ChainLink) -> "AsyncGenerator[Model]":
        """Give the model behind a link over a connection of its own, closed afterwards."""
        import httpx2

        # The libraries take seconds to import, the first time: that must not stand in everybody else's way.
        await asyncio.to_thread(_load, link.provider)
        timeout = httpx2.Timeout(link.timeout_s, connect=min(_CONNECT_TIMEOUT_S, link.timeout_s))
        async with httpx2.AsyncClient(timeout=timeout, transport=self._transport) as client:
            try:
                model = _model(link, client)
            except Exception as error:
                from gauntlet.providers.llm.failures import misfit

                raise misfit(link) from error
            yield model


def _load(provider: LanguageProvider) -> None:
    # OpenAI's model comes with OpenRouter's.
    import_module("pydantic_ai.models.anthropic" if provider == "anthropic" else "pydantic_ai.models.openrouter")


def _model(link: ChainLink, client: "AsyncClient") -> "Model":
    key = link.key.get_secret_value() if link.key is not None else ""
    if link.provider == "anthropic":
        from anthropic import AsyncAnthropic
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        anthropic = AsyncAnthropic(api_key=key, base_url=link.base_url, http_client=client, max_retries=0)
        return AnthropicModel(link.model, provider=AnthropicProvider(anthropic_client=anthropic))
    from openai import AsyncOpenAI

    openai = AsyncOpenAI(api_key=key, base_url=link.base_url, http_client=client, max_retries=0)
    if link.provider == "openai":
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai import OpenAIProvider

        return OpenAIChatModel(link.model, provider=OpenAIProvider(openai_client=openai))
    from pydantic_ai.models.openrouter import OpenRouterModel
    from pydantic_ai.profiles import ModelProfile
    from pydantic_ai.providers.openrouter import OpenRouterProvider

    # Whether a model can keep to a schema is OpenRouter's to know: it is asked for one that can.
    able = ModelProfile(supports_json_schema_output=True)
    return OpenRouterModel(link.model, provider=OpenRouterProvider(openai_client=openai), profile=able)


async def speak(
    model: "Model", link: ChainLink, messages: "Sequence[ModelMessage]", *, schema: dict[str, JsonValue]
) -> Spoken:
    """Ask once and return the answer; raise `Unanswered` for everything that is none."""
    from pydantic_ai.models import ModelRequestParameters
    from pydantic_ai.output import OutputObjectDefinition

    from gauntlet.providers.llm.failures import failure_of

    asked = OutputObjectDefinition(json_schema=schema, name="ad_plan", strict=True)
    form = ModelRequestParameters(output_mode="native", output_object=asked, allow_text_output=True)
    try:
        response = await model.request(list(messages), _settings(model, link), form)
    except Exception as error:
        # Whatever a vendor's library raises, the chain goes on: what it means is told by `failure_of`, cause attached.
        raise failure_of(error, link) from error
    return _spoken(response, link)


def _settings(model: "Model", link: ChainLink) -> "ModelSettings":
    from pydantic_ai.settings import ModelSettings

    settings = ModelSettings(max_tokens=MAX_OUTPUT_TOKENS)
    if link.provider == "openrouter":
        from pydantic_ai.models.openrouter import OpenRouterModelSettings

        settings = OpenRouterModelSettings(
            max_tokens=MAX_OUTPUT_TOKENS,
            openrouter_provider={"require_parameters": True},
            openrouter_usage={"include": True},
        )
    profile = model.profile
    if profile.get("thinking_always_enabled") or profile.get("thinking_enabled_by_default"):
        settings["thinking"] = "low"
    return settings


def _spoken(response: "ModelResponse", link: ChainLink) -> Spoken:
    from pydantic_ai.messages import TextPart

    if response.finish_reason == "error":
        name = SERVICE_NAMES[link.provider]
        raise Unanswered("unavailable", f"{name} broke off in the middle of its answer.", money="lose")
    usage = response.usage
    is_counted = bool(usage.input_tokens or usage.output_tokens)
    return Spoken(
        text="".join(part.content for part in response.parts if isinstance(part, TextPart)),
        end=_ENDS.get(response.finish_reason, "done"),
        input_tokens=usage.input_tokens if is_counted else None,
        output_tokens=usage.output_tokens if is_counted else None,
        cost_microusd=_cost_microusd((response.provider_details or {}).get("cost")),
        request_id=response.provider_response_id,
    )


def _cost_microusd(cost_usd: object) -> int | None:
    if not isinstance(cost_usd, int | float) or cost_usd < 0:
        return None
    return int((Decimal(str(cost_usd)) * MICROUSD_PER_USD).to_integral_value(ROUND_HALF_UP))

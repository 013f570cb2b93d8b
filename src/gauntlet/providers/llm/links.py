"""The chain of language models: OpenRouter, then OpenAI, then Anthropic, as settings and keys have them."""

from collections.abc import Mapping
from typing import Final

from pydantic import SecretStr

from gauntlet.core.generation import LanguageProvider
from gauntlet.core.settings import HostedSettings
from gauntlet.providers.llm.contract import ChainLink

ORDER: Final[tuple[LanguageProvider, ...]] = ("openrouter", "openai", "anthropic")
SERVICE_NAMES: Final[dict[LanguageProvider, str]] = {
    "openrouter": "OpenRouter",
    "openai": "OpenAI",
    "anthropic": "Anthropic",
}
"""As the services write themselves."""


def chain_of(settings: HostedSettings, keys: Mapping[LanguageProvider, SecretStr | None]) -> tuple[ChainLink, ...]:
    """Return the links for the services that have a key, in the order in which they are asked."""
    places: dict[LanguageProvider, tuple[str, str]] = {
        "openrouter": (settings.openrouter_model, settings.openrouter_url),
        "openai": (settings.openai_model, settings.openai_url),
        "anthropic": (settings.anthropic_model, settings.anthropic_url),
    }
    return tuple(
        ChainLink(
            provider=provider,
            model=places[provider][0],
            key=keys[provider],
            base_url=places[provider][1],
            timeout_s=settings.language_timeout_s,
        )
        for provider in ORDER
        if keys.get(provider) is not None
    )

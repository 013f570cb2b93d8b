"""The doubles over HTTP, behind one address."""

from starlette.applications import Starlette

from gauntlet.providers.fakes.control import ControlRoutes
from gauntlet.providers.fakes.doubles import Doubles
from gauntlet.providers.fakes.language.anthropic import PREFIX as ANTHROPIC
from gauntlet.providers.fakes.language.anthropic import AnthropicDouble
from gauntlet.providers.fakes.language.openai import PREFIX as OPENAI
from gauntlet.providers.fakes.language.openai import OpenAiDouble
from gauntlet.providers.fakes.language.openrouter import PREFIX as OPENROUTER
from gauntlet.providers.fakes.language.openrouter import OpenRouterDouble
from gauntlet.providers.fakes.replicate.routes import PREFIX as REPLICATE
from gauntlet.providers.fakes.replicate.routes import ReplicateRoutes


def create_app(doubles: Doubles) -> Starlette:
    """Return the application that answers for all of them."""
    shared = doubles.shared
    return Starlette(
        routes=[
            *ReplicateRoutes(doubles.replicate).routes(),
            *OpenRouterDouble(shared).routes(),
            *OpenAiDouble(shared).routes(),
            *AnthropicDouble(shared).routes(),
            *ControlRoutes(doubles).routes(),
        ]
    )


def addresses(origin: str) -> dict[str, str]:
    """Return where each service is, as their clients want to be told."""
    return {
        "replicate": origin + REPLICATE,
        "openrouter": origin + OPENROUTER,
        "openai": origin + OPENAI,
        "anthropic": origin + ANTHROPIC,
    }

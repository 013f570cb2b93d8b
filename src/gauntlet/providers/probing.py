"""Whether a hosted service answers and takes a key: one question for each that costs nothing."""

from typing import TYPE_CHECKING, Final, Literal

from pydantic import SecretStr

from gauntlet.core.generation import KeyedProvider
from gauntlet.core.schema import Schema

if TYPE_CHECKING:
    from httpx import AsyncBaseTransport

_TIMEOUT_S: Final = 10.0
_FREE_QUESTIONS: Final[dict[KeyedProvider, str]] = {
    "openrouter": "/key",
    "openai": "/models",
    "anthropic": "/v1/models",
    "replicate": "/account",
}
_REFUSED: Final = frozenset({401, 403})


class Probe(Schema):
    """What came of asking. `detail` is in words, without anything of the key."""

    outcome: Literal["answers", "refused", "in_trouble", "unreachable"]
    detail: str


async def probe(
    provider: KeyedProvider, *, base_url: str, key: SecretStr, transport: "AsyncBaseTransport | None" = None
) -> Probe:
    """Ask a service who is asking; nothing is ordered and nothing charged."""
    import httpx  # takes longer to load than most commands run

    try:
        async with httpx.AsyncClient(timeout=_TIMEOUT_S, follow_redirects=False, transport=transport) as client:
            answer = await client.get(
                f"{base_url.rstrip('/')}{_FREE_QUESTIONS[provider]}", headers=_headers(provider, key)
            )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Probe(outcome="unreachable", detail=f"cannot be reached ({type(error).__name__})")
    if answer.status_code in _REFUSED:
        return Probe(outcome="refused", detail=f"refuses the key (HTTP {answer.status_code})")
    if answer.is_success:
        return Probe(outcome="answers", detail="answers and takes the key")
    return Probe(outcome="in_trouble", detail=f"answers HTTP {answer.status_code}")


def _headers(provider: KeyedProvider, key: SecretStr) -> dict[str, str]:
    if provider == "anthropic":
        return {"x-api-key": key.get_secret_value(), "anthropic-version": "2023-06-01"}
    return {"authorization": f"Bearer {key.get_secret_value()}"}

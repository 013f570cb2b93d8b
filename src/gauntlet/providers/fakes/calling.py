"""How the doubles call others: on this machine only, over one client."""

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import httpx

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_TIMEOUT_S: Final = 10


def is_near(url: str) -> bool:
    """Tell whether an address is on this machine; nothing that is for trying things out reaches further."""
    return urlsplit(url).hostname in LOOPBACK


class Caller:
    """Gives the client, made when it is first needed."""

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None

    def client(self) -> "httpx.AsyncClient":
        """Return the client; it follows no redirects and knows no proxies."""
        if self._client is None:
            import httpx

            # Certificates of this machine's own servers are nobody's word for anything, and take long to load.
            self._client = httpx.AsyncClient(timeout=_TIMEOUT_S, follow_redirects=False, trust_env=False, verify=False)
        return self._client

    async def close(self) -> None:
        """Close its connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

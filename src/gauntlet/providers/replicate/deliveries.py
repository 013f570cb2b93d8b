"""Outputs, fetched from the hosts that the service delivers from and from no others."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from gauntlet.core.errors import TooLarge
from gauntlet.providers.base import ProviderError, ProviderRejected, ProviderUnavailable
from gauntlet.providers.replicate.line import Line, NotAnswered, NotSent, Pause
from gauntlet.providers.web.answers import REDIRECTS

if TYPE_CHECKING:
    import httpx

_REDIRECTS_MAX: Final = 3
_WHOLE_FILE_WITHIN_S: Final = 300.0
_PIECE_BYTES: Final = 256 * 1024
_PAUSES_S: Final = (0.25, 1.0)
_ADDRESS_MAX_CHARACTERS: Final = 4_096
_GONE: Final = frozenset({401, 403, 404, 410})
_HEADERS: Final = {"Accept": "*/*", "Accept-Encoding": "identity"}
_EXPIRED: Final = "Outputs are kept for an hour by Replicate. Generate it again."


class Deliveries:
    """Fetches outputs. No key goes along, wherever they lie.

    Allowed are addresses over HTTPS on `hosts` and their subdomains, and whatever has the scheme, host and port of
    `service_url`: a double of the service delivers from where it is.
    """

    def __init__(self, line: Line, *, hosts: Sequence[str], service_url: str, pause: Pause) -> None:
        self._line = line
        self._hosts = tuple(host.lower().strip(".") for host in hosts)
        self._origin = _origin(service_url)
        self._pause = pause

    @asynccontextmanager
    async def fetch(self, url: str, *, size_limit_bytes: int) -> AsyncGenerator[AsyncIterator[bytes]]:
        """Give an output's bytes in pieces, to be read inside the block.

        Raises `ProviderRejected` for an address elsewhere and for what is no longer there, `TooLarge` past the limit,
        `ProviderUnavailable` where it is not delivered.
        """
        async with AsyncExitStack() as held:
            response = await self._follow(url, held)
            _check_size(response, size_limit_bytes)
            async with aclosing(_pieces(response, size_limit_bytes)) as pieces:
                yield pieces

    async def _follow(self, url: str, held: AsyncExitStack) -> "httpx.Response":
        """Return the answer with the file; redirects are followed to allowed places only."""
        for _ in range(_REDIRECTS_MAX + 1):
            self._check(url)
            hop = await held.enter_async_context(AsyncExitStack())
            response = await self._asked(url, hop)
            location = response.headers.get("location") if response.status_code in REDIRECTS else None
            if location is None:
                return response
            await hop.aclose()
            url = _joined(url, location)
        raise ProviderError(
            f"The output is redirected more than {_REDIRECTS_MAX} times.", next_step="Generate it again."
        )

    async def _asked(self, url: str, hop: AsyncExitStack) -> "httpx.Response":
        """Ask, and again a little where nobody answers: an output is fetched as often as one likes."""
        for pause_s in _PAUSES_S:
            try:
                return await self._ask(url, hop)
            except ProviderUnavailable:
                await hop.aclose()
                await self._pause(pause_s)
        return await self._ask(url, hop)

    async def _ask(self, url: str, hop: AsyncExitStack) -> "httpx.Response":
        try:
            response = await hop.enter_async_context(self._line.answering("GET", url, headers=_HEADERS))
        except (NotSent, NotAnswered) as error:
            raise _unavailable(str(error)) from error
        status = response.status_code
        if status in _GONE:
            raise ProviderRejected(
                f"The output is no longer where the service said it would be (status {status}).",
                next_step=_EXPIRED,
                details={"status": status},
            )
        if status == 429 or status >= 500:
            raise _unavailable(f"cannot send it for the moment (status {status})")
        if status != 200 and status not in REDIRECTS:
            raise ProviderError(
                f"The output is answered with status {status}, where a file comes with 200.",
                next_step="Generate it again.",
                details={"status": status},
            )
        return response

    def _check(self, url: str) -> None:
        if len(url) > _ADDRESS_MAX_CHARACTERS or not self._allows(url):
            raise ProviderRejected(
                "The output lies at an address that is not one of the service's delivery hosts"
                f" ({', '.join(self._hosts)}), so it is not fetched.",
                next_step="If the service has a new host, add it to GAUNTLET_HOSTED__REPLICATE_DELIVERY_HOSTS.",
                details={"field": "output", "value": _host(url)},
            )

    def _allows(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError:
            return False
        if parts.username is not None or parts.password is not None:
            return False
        if _origin(url) == self._origin:
            return True
        is_delivery = any(host == known or host.endswith(f".{known}") for known in self._hosts if known)
        return parts.scheme == "https" and port in {None, 443} and is_delivery


def _check_size(response: "httpx.Response", limit_bytes: int) -> None:
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding != "identity":
        raise ProviderError(
            "The output comes compressed, although it was asked for as it is.", next_step="Generate it again."
        )
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdecimal() and int(declared) > limit_bytes:
        raise _too_large(limit_bytes)


async def _pieces(response: "httpx.Response", limit_bytes: int) -> AsyncGenerator[bytes]:
    received_bytes = 0
    deadline = asyncio.get_running_loop().time() + _WHOLE_FILE_WITHIN_S
    async with aclosing(_raw(response)) as raw:
        while True:
            try:
                async with asyncio.timeout_at(deadline):
                    piece = await anext(raw, None)
            except TimeoutError as error:
                raise _unavailable(f"was not sent whole within {_WHOLE_FILE_WITHIN_S:g} s") from error
            if piece is None:
                return
            received_bytes += len(piece)
            if received_bytes > limit_bytes:
                raise _too_large(limit_bytes)
            yield piece


async def _raw(response: "httpx.Response") -> AsyncGenerator[bytes]:
    import httpx

    try:
        async for piece in response.aiter_raw(_PIECE_BYTES):
            yield piece
    except httpx.TimeoutException as error:
        raise _unavailable("stopped coming") from error
    except httpx.HTTPError as error:
        raise _unavailable("broke off") from error


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", port


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location  # which is refused for not being one of the allowed addresses


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "")[:200]
    except ValueError:
        return ""


def _unavailable(fault: str) -> ProviderUnavailable:
    return ProviderUnavailable(
        f"The output could not be fetched: it {fault}.",
        next_step="It is fetched again by itself for as long as it is kept.",
    )


def _too_large(limit_bytes: int) -> TooLarge:
    return TooLarge(
        f"The output is larger than {limit_bytes / 1e6:g} MB, which is the limit.",
        next_step="Ask the model for a smaller one (a lower resolution, a shorter duration).",
        details={"field": "output", "limit": limit_bytes},
    )

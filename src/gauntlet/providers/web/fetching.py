"""Files from the web, fetched as if from outside: nothing of the house's own network is reached unless it says so."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from ipaddress import ip_address
from socket import EAI_NONAME, gaierror
from typing import TYPE_CHECKING, Final

import structlog

from gauntlet.core.errors import InvalidInput, NotAllowed
from gauntlet.core.settings import FetchSettings
from gauntlet.providers.base import ProviderError, ProviderUnavailable
from gauntlet.providers.web.addresses import Address, why_refused
from gauntlet.providers.web.answers import REDIRECTS, Headers, check_answer, declared_size_bytes, too_large
from gauntlet.providers.web.names import remote_name
from gauntlet.providers.web.resolving import Resolver, SystemResolver
from gauntlet.providers.web.targets import Target, read_redirect, read_target

if TYPE_CHECKING:  # it takes 0.1 s to load, which every command and every start of the server would pay
    import httpcore

REDIRECTS_MAX: Final = 5
_PIECE_BYTES: Final = 256 * 1024
# A body in pieces of a byte would cost a thousand times its size in work: past so many they must be of some size.
_SMALL_PIECES_MAX: Final = 10_000
_PIECE_MEAN_MIN_BYTES: Final = 256
_NO_SUCH_NAME: Final = frozenset({EAI_NONAME, -5})  # the other is Linux's EAI_NODATA, which not every system names

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file whose bytes are still to come; `size_bytes` is what the server declares, where it does."""

    name: str | None
    size_bytes: int | None
    pieces: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class _Call:
    """One fetch: how long it may take, and what it may bring."""

    deadline: float
    size_limit_bytes: int


class RemoteFetcher:
    """Fetches files by their web addresses.

    Every host is looked up once, by us; all addresses that come back must be allowed; the connection goes to one of
    them and nowhere else; and each redirect begins anew. `resolver`, `network` and `trust` are how names are looked
    up, how connections are made and whose certificates are believed, where that is not the machine's own way.
    """

    def __init__(
        self,
        settings: FetchSettings,
        *,
        resolver: Resolver | None = None,
        network: "httpcore.AsyncNetworkBackend | None" = None,
        trust: Callable[[], ssl.SSLContext] | None = None,
    ) -> None:
        self._settings = settings
        self._resolver = resolver or SystemResolver()
        self._network = network
        self._trust = trust
        self._context: ssl.SSLContext | None = None
        self._slots = asyncio.Semaphore(settings.at_once)

    def check(self, url: str) -> None:
        """Raise what `fetching` would raise before it asks anybody anything."""
        self._start(url)

    @asynccontextmanager
    async def fetching(self, url: str, *, size_limit_bytes: int) -> AsyncGenerator[RemoteFile]:
        """Ask for a file; its pieces are to be read inside the block, and raise as this does.

        Raises `NotAllowed` where fetching is switched off, `InvalidInput` for an address that is not fetched from,
        `TooLarge` past the limit, `ProviderUnavailable` where nobody answers in time, `ProviderRejected` and others
        of `ProviderError` where something else than a file is answered.
        """
        target = self._start(url)
        async with AsyncExitStack() as held:
            await held.enter_async_context(self._slots)
            loop = asyncio.get_running_loop()
            call = _Call(deadline=loop.time() + self._settings.total_timeout_s, size_limit_bytes=size_limit_bytes)
            last, response = await self._follow(target, call, held)
            headers = Headers(response.headers)
            check_answer(response.status, headers, host=last.host, size_limit_bytes=size_limit_bytes)
            async with aclosing(self._pieces(response, last, call, held)) as pieces:
                yield RemoteFile(
                    name=remote_name(headers.get("content-disposition"), last.path, target.path),
                    size_bytes=declared_size_bytes(headers),
                    pieces=pieces,
                )

    def _start(self, url: str) -> Target:
        if not self._settings.enabled:
            raise NotAllowed(
                "Fetching files from web addresses is switched off on this server.",
                next_step="Download the file and upload it, or have GAUNTLET_FETCH__ENABLED set to true.",
            )
        target = read_target(url, allowed_ports=self._settings.allowed_ports)
        if target.literal is not None:
            self._check_literal(target.literal)
        return target

    async def _follow(self, target: Target, call: _Call, held: AsyncExitStack) -> "tuple[Target, httpcore.Response]":
        """Return the first answer that is no redirect, and where it came from; `held` closes its connection."""
        start = target
        for _hop in range(REDIRECTS_MAX + 1):
            hop = await held.enter_async_context(AsyncExitStack())
            response = await self._ask(target, call, hop)
            location = Headers(response.headers).get("location") if response.status in REDIRECTS else None
            if location is None:
                return target, response
            await hop.aclose()
            target = self._redirected(target, location)
        raise ProviderError(
            f"{start.host} redirects more than {REDIRECTS_MAX} times.",
            next_step="Give the address of the file itself.",
            details={"field": "url", "value": start.host, "limit": REDIRECTS_MAX},
        )

    def _redirected(self, source: Target, location: str) -> Target:
        try:
            target = read_redirect(location, base=source, allowed_ports=self._settings.allowed_ports)
            if target.literal is not None:
                self._check_literal(target.literal)
        except InvalidInput as error:
            raise InvalidInput(
                f"{source.host} redirects to an address that is not fetched from. {error.message}",
                next_step=error.next_step,
                details=error.details,
            ) from error
        return target

    async def _ask(self, target: Target, call: _Call, held: AsyncExitStack) -> "httpcore.Response":
        from gauntlet.providers.web.connections import answered

        settings = self._settings
        with self._telling(target):
            async with asyncio.timeout_at(call.deadline):
                addresses = await self._addresses(target)
                return await held.enter_async_context(
                    answered(
                        target,
                        addresses=addresses,
                        headers=_headers(target),
                        connect_timeout_s=settings.connect_timeout_s,
                        read_timeout_s=settings.read_timeout_s,
                        trust=await self._trusted() if target.scheme == "https" else None,
                        network=self._network,
                    )
                )

    async def _addresses(self, target: Target) -> Sequence[Address]:
        """Return where the target's host is, all of it allowed; raises `InvalidInput` and `ProviderUnavailable`.

        A name that leads inside and one that leads nowhere are told of alike: what the house's own names are is
        nobody's to find out here.
        """
        if target.literal is not None:
            self._check_literal(target.literal)  # once more: whatever comes before, nothing else is connected to
            return (target.literal,)
        try:
            async with asyncio.timeout(self._settings.connect_timeout_s):
                found = await self._resolver.addresses(target.host, target.port)
        except OSError as error:  # the timeout's own error and that of looking up are both of this kind
            if isinstance(error, gaierror) and error.errno in _NO_SUCH_NAME:
                raise _nowhere(target.host) from error
            raise _no_lookup(target.host) from error
        addresses = [ip_address(address) for address in found]
        refused = [kind for address in addresses if (kind := self._why_refused(address)) is not None]
        if refused or not addresses:
            log.info("fetch.refused", host=target.host, kinds=refused)
            raise _nowhere(target.host)
        return addresses

    async def _trusted(self) -> ssl.SSLContext:
        from gauntlet.providers.web.connections import usual_trust

        if self._context is None:
            self._context = await asyncio.to_thread(self._trust or usual_trust)  # reads some hundred certificates
        return self._context

    def _check_literal(self, address: Address) -> None:
        kind = self._why_refused(address)
        if kind is None:
            return
        raise InvalidInput(
            f"Nothing is fetched from {address}: that address is {kind}, not of the public internet.",
            next_step="Give an address on the public internet, or have GAUNTLET_FETCH__ALLOWED_NETWORKS extended.",
            details={"field": "url", "value": str(address)},
        )

    def _why_refused(self, address: Address) -> str | None:
        return why_refused(address, allowed=self._settings.allowed_networks)

    async def _pieces(
        self, response: "httpcore.Response", target: Target, call: _Call, held: AsyncExitStack
    ) -> AsyncGenerator[bytes]:
        """Yield the body in pieces of some size; `held` is closed at its end, so that nothing waits for us by then."""
        received_bytes = count = 0
        buffer = bytearray()
        async with aclosing(_body(response)) as body:
            while True:
                with self._telling(target):
                    async with asyncio.timeout_at(call.deadline):
                        piece = await anext(body, None)
                if piece is None:
                    break
                count, received_bytes = count + 1, received_bytes + len(piece)
                if received_bytes > call.size_limit_bytes:
                    raise too_large(call.size_limit_bytes)
                _check_pieces(count, received_bytes, host=target.host)
                buffer += piece
                if len(buffer) >= _PIECE_BYTES:
                    yield bytes(buffer)
                    buffer.clear()
        await held.aclose()
        if buffer:
            yield bytes(buffer)

    @contextmanager
    def _telling(self, target: Target) -> Generator[None]:
        """Raise what may go wrong on the way as `ProviderError`s, in words."""
        import httpcore

        host, settings = target.host, self._settings
        try:
            yield
        except httpcore.ConnectTimeout as error:
            raise _unavailable(host, f"does not answer within {settings.connect_timeout_s} s") from error
        except (httpcore.ReadTimeout, httpcore.WriteTimeout) as error:
            raise _unavailable(host, f"sent nothing for {settings.read_timeout_s} s") from error
        except TimeoutError as error:
            raise _unavailable(host, f"did not send the whole file within {settings.total_timeout_s} s") from error
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise _untrusted(host, error.__cause__) from error
            raise _unavailable(host, "cannot be connected to") from error
        except httpcore.NetworkError as error:
            raise _unavailable(host, "broke the connection off") from error
        except httpcore.ProtocolError as error:
            raise ProviderError(
                f"{host} sent an answer that is cut short or not HTTP ({error}).",
                next_step="Try again, or download the file and upload it.",
                details={"field": "url", "value": host},
            ) from error


def _headers(target: Target) -> dict[str, str]:
    """Return all that is told to the server: no cookies, no credentials, nothing of who asks."""
    return {
        "Host": target.authority,
        "User-Agent": f"Gauntlet/{version('gauntlet')}",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


async def _body(response: "httpcore.Response") -> AsyncGenerator[bytes]:
    async for piece in response.aiter_stream():
        yield piece


def _check_pieces(count: int, received_bytes: int, *, host: str) -> None:
    if count > _SMALL_PIECES_MAX and received_bytes < count * _PIECE_MEAN_MIN_BYTES:
        raise ProviderError(
            f"{host} sends the file in pieces of {received_bytes // count} bytes on average; from {_SMALL_PIECES_MAX:,}"
            f" pieces on they must have {_PIECE_MEAN_MIN_BYTES}.",
            next_step="Download the file and upload it.",
            details={"field": "url", "value": host, "limit": _PIECE_MEAN_MIN_BYTES},
        )


def _nowhere(host: str) -> InvalidInput:
    return InvalidInput(
        f"The host {host} has no address on the public internet that files are fetched from.",
        next_step="Check the spelling; for a host of your own network have GAUNTLET_FETCH__ALLOWED_NETWORKS extended.",
        details={"field": "url", "value": host},
    )


def _no_lookup(host: str) -> ProviderUnavailable:
    return _unavailable(host, "could not be looked up for the moment")


def _unavailable(host: str, fault: str) -> ProviderUnavailable:
    return ProviderUnavailable(
        f"{host} {fault}.",
        next_step="Try again later, or download the file and upload it.",
        details={"field": "url", "value": host},
    )


def _untrusted(host: str, fault: ssl.SSLError) -> ProviderError:
    reason = fault.verify_message if isinstance(fault, ssl.SSLCertVerificationError) else (fault.reason or "no TLS")
    return ProviderError(
        f"The connection to {host} cannot be secured: {reason}.",
        next_step="Have the server's certificate mended, or download the file and upload it.",
        details={"field": "url", "value": host},
    )

"""One request on one connection, to an address that was checked and no other."""

import ssl
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from ipaddress import ip_address
from time import monotonic
from typing import Final, cast

import httpcore
import httpx

from gauntlet.providers.base import ProviderError
from gauntlet.providers.web.addresses import Address
from gauntlet.providers.web.targets import Target

_ADDRESSES_TRIED: Final = 4

# What httpcore calls a socket's option: level, option, value.
_SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to given addresses, whatever host it is asked for; the host's name serves TLS alone.

    A name looked up again could lead elsewhere by then, so nothing below this looks up anything.
    """

    def __init__(self, addresses: Sequence[Address], *, network: httpcore.AsyncNetworkBackend | None = None) -> None:
        self._addresses = tuple(addresses[:_ADDRESSES_TRIED])
        # httpcore declares a stand-in of no type for where AnyIO is missing.
        self._network = network or cast(httpcore.AsyncNetworkBackend, httpcore.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the base's name and way
        local_address: str | None = None,
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers; raises `ProviderError` where another one does."""
        deadline = None if timeout is None else monotonic() + timeout
        failure: httpcore.ConnectError | httpcore.ConnectTimeout = httpcore.ConnectError("there is no address")
        for tried, address in enumerate(self._addresses):
            share = None if deadline is None else max(0.0, deadline - monotonic()) / (len(self._addresses) - tried)
            try:
                stream = await self._network.connect_tcp(str(address), port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            if not _is_peer(stream, address, port):
                await stream.aclose()
                raise ProviderError(
                    f"The connection to {host} led to another address than the one that was checked.",
                    next_step="Look at what redirects connections on the server's network.",
                    details={"field": "url", "value": host},
                )
            return stream
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the base's name and way
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: sockets of this machine are never fetched from."""
        raise httpcore.UnsupportedProtocol("no sockets of this machine")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._network.sleep(seconds)


@asynccontextmanager
async def answered(
    target: Target,
    *,
    addresses: Sequence[Address],
    headers: Mapping[str, str],
    connect_timeout_s: float,
    read_timeout_s: float,
    trust: ssl.SSLContext | None,
    network: httpcore.AsyncNetworkBackend | None,
) -> AsyncGenerator[httpcore.Response]:
    """Send a GET and give the answer, its body unread; the connection is closed at the block's end."""
    connection = httpcore.AsyncHTTPConnection(
        origin=httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port),
        ssl_context=trust,
        network_backend=CheckedNetwork(addresses, network=network),
    )
    timeouts = {"connect": connect_timeout_s, "read": read_timeout_s, "write": read_timeout_s}
    request = httpcore.Request(
        b"GET",
        httpcore.URL(
            scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
        ),
        headers=[(name.encode(), value.encode()) for name, value in headers.items()],
        extensions={"timeout": timeouts},
    )
    try:
        yield await connection.handle_async_request(request)
    finally:
        await connection.aclose()


def usual_trust() -> ssl.SSLContext:
    """Return a context that verifies certificates by the packaged authorities and those of this machine."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def _is_peer(stream: httpcore.AsyncNetworkStream, address: Address, port: int) -> bool:
    peer = cast("tuple[str, int] | None", stream.get_extra_info("server_addr"))
    return peer is not None and ip_address(peer[0].partition("%")[0]) == address and peer[1] == port

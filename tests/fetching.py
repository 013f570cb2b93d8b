"""Fetching from real servers on loopback, which the tests' house allows; what it does not allow is 127.0.0.2."""

from collections.abc import Mapping, Sequence

import pytest

from gauntlet.core.errors import GauntletError
from gauntlet.core.settings import FetchSettings
from gauntlet.providers.web.fetching import RemoteFetcher, RemoteFile
from tests.webservers import Names, WebServer

HERE, INNER = "127.0.0.1", "127.0.0.2"
LIMIT_BYTES = 1_000_000
NAMES = {"pictures.test": [[HERE]], "other.test": [[HERE]], "inner.test": [[INNER]]}


def settings(*servers: WebServer, **changes: int) -> FetchSettings:
    ports = tuple(server.port for server in servers)
    return FetchSettings.model_validate({"allowed_networks": f"{HERE}/32", "allowed_ports": ports} | changes)


def fetcher(*servers: WebServer, names: Mapping[str, Sequence[Sequence[str]]] = NAMES) -> RemoteFetcher:
    return RemoteFetcher(settings(*servers), resolver=Names(names))


async def fetched(source: RemoteFetcher, url: str, *, size_limit_bytes: int = LIMIT_BYTES) -> tuple[bytes, RemoteFile]:
    async with source.fetching(url, size_limit_bytes=size_limit_bytes) as remote:
        return b"".join([piece async for piece in remote.pieces]), remote


async def refusal(source: RemoteFetcher, url: str, *, size_limit_bytes: int = LIMIT_BYTES) -> GauntletError:
    with pytest.raises(GauntletError) as caught:
        await fetched(source, url, size_limit_bytes=size_limit_bytes)
    assert caught.value.next_step
    return caught.value

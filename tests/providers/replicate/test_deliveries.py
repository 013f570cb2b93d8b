"""Outputs are fetched from where the service delivers, and from nowhere else."""

from collections.abc import AsyncIterator

import httpx
import pytest

from gauntlet.core.errors import TooLarge
from gauntlet.core.settings import HostedSettings
from gauntlet.providers.base import ProviderError, ProviderRejected, ProviderUnavailable
from tests.clocks import ManualClock
from tests.providers.replicate.service import Pauses, Service, accounts_of, client_of

OUTPUT = "https://pbxt.replicate.delivery/abc/out-0.webp"


class Breaking(httpx.AsyncByteStream):
    """Bytes that end in an error."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"half"
        raise httpx.ReadError("reset")


class Endless(httpx.AsyncByteStream):
    """Bytes without end, counted."""

    def __init__(self) -> None:
        self.count = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            self.count += 1
            yield b"x" * 256 * 1024


def file(data: bytes = b"bytes") -> httpx.Response:
    return httpx.Response(200, stream=httpx.ByteStream(data))


async def fetched(service: Service, clock: ManualClock, url: str = OUTPUT, *, limit: int = 1_000_000) -> bytes:
    client = await client_of(service, clock=clock)
    async with client.fetch(url, size_limit_bytes=limit) as pieces:
        return b"".join([piece async for piece in pieces])


@pytest.mark.parametrize(
    "url", [OUTPUT, "https://replicate.delivery/a", "https://REPLICATE.delivery./a", "https://a.b.replicate.delivery/x"]
)
async def test_an_output_is_fetched_without_the_key(clock: ManualClock, url: str) -> None:
    service = Service()
    service.will(file())

    assert await fetched(service, clock, url) == b"bytes"
    assert "Authorization" not in service.requests[0].headers
    assert service.requests[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "url",
    [
        "http://replicate.delivery/a",
        "https://evilreplicate.delivery/a",
        "https://replicate.delivery.evil.test/a",
        "https://replicate.delivery@evil.test/a",
        "https://user:word@replicate.delivery/a",
        "https://replicate.delivery:8443/a",
        "https://127.0.0.1/a",
        "https://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "ftp://replicate.delivery/a",
        "//replicate.delivery/a",
        "https://[::1/a",
        "https://replicate.delivery:port/a",
        "",
        "https://replicate.delivery/" + "a" * 5_000,
    ],
)
async def test_an_address_elsewhere_is_not_fetched(clock: ManualClock, url: str) -> None:
    service = Service()

    with pytest.raises(ProviderRejected, match="delivery hosts"):
        await fetched(service, clock, url)

    assert service.requests == []


async def test_a_double_delivers_from_its_own_origin_and_no_other_port(clock: ManualClock) -> None:
    service = Service()
    service.will(file())
    settings = HostedSettings(replicate_url="http://127.0.0.1:8123/replicate/v1")
    client = await accounts_of(service, clock=clock, settings=settings).models_for(None)

    async with client.fetch("http://127.0.0.1:8123/delivery/a.png", size_limit_bytes=100) as pieces:
        assert b"".join([piece async for piece in pieces]) == b"bytes"
    with pytest.raises(ProviderRejected):
        async with client.fetch("http://127.0.0.1:8124/delivery/a.png", size_limit_bytes=100):
            pass


async def test_a_redirect_among_the_delivery_hosts_is_followed(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(302, headers={"Location": "/b"}), file())

    assert await fetched(service, clock) == b"bytes"
    assert str(service.requests[1].url) == "https://pbxt.replicate.delivery/b"


@pytest.mark.parametrize(
    "location", ["https://evil.test/", "http://replicate.delivery/", "http://10.0.0.1/", "https://["]
)
async def test_a_redirect_elsewhere_is_not_followed(clock: ManualClock, location: str) -> None:
    service = Service()
    service.will(httpx.Response(302, headers={"Location": location}))

    with pytest.raises(ProviderRejected):
        await fetched(service, clock)

    assert len(service.requests) == 1


async def test_redirects_without_end_are_given_up(clock: ManualClock) -> None:
    service = Service()
    service.will(*[httpx.Response(302, headers={"Location": OUTPUT})] * 4)

    with pytest.raises(ProviderError, match="redirected more than 3 times"):
        await fetched(service, clock)


async def test_an_output_that_declares_too_much_is_refused_unread(clock: ManualClock) -> None:
    stream = Endless()
    service = Service()
    service.will(httpx.Response(200, headers={"Content-Length": "5000000"}, stream=stream))

    with pytest.raises(TooLarge, match="1 MB"):
        await fetched(service, clock)

    assert stream.count == 0


async def test_an_output_that_sends_too_much_is_refused_soon(clock: ManualClock) -> None:
    stream = Endless()
    service = Service()
    service.will(httpx.Response(200, stream=stream))

    with pytest.raises(TooLarge):
        await fetched(service, clock)

    assert stream.count <= 5


async def test_a_compressed_output_is_refused(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=Endless()))

    with pytest.raises(ProviderError, match="compressed"):
        await fetched(service, clock)


@pytest.mark.parametrize("status", [403, 404, 410])
async def test_an_output_that_is_gone_is_said_to_be(clock: ManualClock, status: int) -> None:
    service = Service()
    service.will(httpx.Response(status))

    with pytest.raises(ProviderRejected, match="no longer where"):
        await fetched(service, clock)

    assert len(service.requests) == 1


async def test_an_output_is_asked_for_again_where_nobody_answers(clock: ManualClock) -> None:
    service, pauses = Service(), Pauses()
    service.will(httpx.ConnectError("refused"), httpx.Response(503), file())
    client = await client_of(service, clock=clock, pauses=pauses)

    async with client.fetch(OUTPUT, size_limit_bytes=100) as pieces:
        assert b"".join([piece async for piece in pieces]) == b"bytes"

    assert pauses.lengths_s == [0.25, 1.0]


async def test_an_output_that_breaks_off_is_unavailable(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(200, stream=Breaking()))

    with pytest.raises(ProviderUnavailable, match="broke off"):
        await fetched(service, clock)


async def test_an_output_with_a_status_of_its_own_is_an_error(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(206, content=b"part"))

    with pytest.raises(ProviderError, match="206"):
        await fetched(service, clock)

"""Fetching from real servers on loopback, which the tests' house allows; what it does not allow is 127.0.0.2."""

import asyncio
import gzip
import ssl
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpcore
import pytest
import uvloop

from gauntlet.core.errors import GauntletError, InvalidInput, NotAllowed, TooLarge
from gauntlet.core.settings import FetchSettings
from gauntlet.providers.base import ProviderError, ProviderRejected, ProviderUnavailable, RateLimited
from gauntlet.providers.web.fetching import RemoteFetcher, RemoteFile
from tests.webservers import Answer, Authority, Names, WebServer, answer_of, redirect_to, serving

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


async def test_a_file_is_fetched_with_its_name_and_declared_size() -> None:
    body = bytes(range(256)) * 3_000
    async with serving(answer_of(body, headers={"Content-Disposition": 'attachment; filename="lamp.jpg"'})) as server:
        data, remote = await fetched(fetcher(server), f"http://pictures.test:{server.port}/x/y.png?z=1")
    assert data == body
    assert remote.name == "lamp.jpg"
    assert remote.size_bytes == len(body)


async def test_the_request_tells_nothing_but_what_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")  # nobody listens there
    async with serving(answer_of(b"x")) as server:
        await fetched(fetcher(server), f"http://pictures.test:{server.port}/x?y=1")
        lines = server.heads[0].decode().rstrip().split("\r\n")
    assert lines[0] == "GET /x?y=1 HTTP/1.1"
    headers = dict(line.lower().split(": ", 1) for line in lines[1:])
    assert headers.pop("user-agent").startswith("gauntlet/")
    assert headers == {
        "host": f"pictures.test:{server.port}",
        "accept": "*/*",
        "accept-encoding": "identity",
        "connection": "close",
    }


async def test_a_redirect_carries_no_cookies_credentials_or_referer() -> None:
    async with serving(answer_of(b"here")) as last:
        url = f"http://other.test:{last.port}/lamp.jpg"
        async with serving(redirect_to(url, headers={"Set-Cookie": "a=b; Path=/"})) as first:
            source = fetcher(first, last)
            data, remote = await fetched(source, f"http://pictures.test:{first.port}/start.png")
        head = last.heads[0].decode().lower()
    assert data == b"here"
    assert remote.name == "lamp.jpg"
    assert not any(name in head for name in ("cookie", "referer", "authorization"))


async def test_switched_off_nothing_is_fetched() -> None:
    with pytest.raises(NotAllowed, match="switched off"):
        RemoteFetcher(FetchSettings(enabled=False)).check("https://example.com/x")


async def test_a_name_is_looked_up_once_so_that_it_cannot_lead_elsewhere_when_connected() -> None:
    async with (
        serving(answer_of(b"outer")) as outer,
        serving(answer_of(b"inner"), host=INNER, port=outer.port) as inner,
    ):
        names = Names({"rebinding.test": [[HERE], [INNER]]})
        source = RemoteFetcher(settings(outer), resolver=names)
        data, _ = await fetched(source, f"http://rebinding.test:{outer.port}/x")
        assert (data, names.asked, inner.heads) == (b"outer", ["rebinding.test"], [])
        # Asked again, it leads inside, and is refused.
        assert isinstance(await refusal(source, f"http://rebinding.test:{outer.port}/x"), InvalidInput)
        assert inner.heads == []


@pytest.mark.parametrize("answer", [[HERE, INNER], [INNER, HERE], [HERE, "::1"], [HERE, "169.254.169.254"], []])
async def test_a_name_with_one_address_that_is_not_allowed_is_refused_whole(answer: list[str]) -> None:
    async with serving(answer_of(b"x")) as server:
        source = fetcher(server, names={"mixed.test": [answer]})
        error = await refusal(source, f"http://mixed.test:{server.port}/x")
        assert server.heads == []
    assert isinstance(error, InvalidInput)


async def test_a_name_that_leads_inside_is_told_of_like_one_that_is_not_there() -> None:
    async with serving(answer_of(b"x"), host=INNER) as server:
        source = fetcher(server)
        inside = await refusal(source, f"http://inner.test:{server.port}/x")
        nowhere = await refusal(source, f"http://nowhere.test:{server.port}/x")
        assert server.heads == []
    assert inside.message.replace("inner", "nowhere") == nowhere.message
    assert type(inside) is type(nowhere) is InvalidInput
    assert INNER not in f"{inside.message}{inside.next_step}{inside.details}"


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/",
        "http://inner.test:{port}/x",
        f"http://{INNER}:{{port}}/x",
        "http://2130706434:{port}/x",
        "http://0x7f.2:{port}/x",
        "//127.2:{port}/x",
        "http://pictures.test:22/",
        "file:///etc/passwd",
        "http://me:secret@pictures.test:{port}/x",
        "http://[",
    ],
)
async def test_a_redirect_to_where_nothing_is_fetched_from_is_refused(location: str) -> None:
    async with serving(answer_of(b"inner"), host=INNER) as inner:
        target = location.format(port=inner.port)
        async with serving(redirect_to(target)) as server:
            ports = (server.port, inner.port, 80)
            source = RemoteFetcher(settings(server).model_copy(update={"allowed_ports": ports}), resolver=Names(NAMES))
            error = await refusal(source, f"http://pictures.test:{server.port}/x")
        assert inner.heads == []
    assert isinstance(error, InvalidInput)
    assert "secret" not in error.message


@asynccontextmanager
async def chain(length: int) -> AsyncGenerator[WebServer]:
    """Give a server whose /0 is that many redirects away from a file."""

    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        at = int(head.split()[1].rpartition(b"/")[2])
        writer.write(answer_of(b"end") if at >= length else redirect_to(f"/{at + 1}", status="307 Temporary Redirect"))

    async with serving(answer) as server:
        yield server


async def test_five_redirects_are_followed_and_no_sixth() -> None:
    async with chain(5) as server:
        assert (await fetched(fetcher(server), f"http://pictures.test:{server.port}/0"))[0] == b"end"
    async with chain(6) as server:
        error = await refusal(fetcher(server), f"http://pictures.test:{server.port}/0")
        assert len(server.heads) == 6
    assert isinstance(error, ProviderError)
    assert "more than 5" in error.message


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("204 No Content", ProviderError),
        ("206 Partial Content", ProviderError),
        ("304 Not Modified", ProviderError),
        ("300 Multiple Choices", ProviderError),
        ("302 Found", ProviderError),  # without a place
        ("400 Bad Request", ProviderRejected),
        ("401 Unauthorized", ProviderRejected),
        ("403 Forbidden", ProviderRejected),
        ("404 Not Found", ProviderRejected),
        ("410 Gone", ProviderRejected),
        ("500 Internal Server Error", ProviderUnavailable),
        ("503 Service Unavailable", ProviderUnavailable),
    ],
)
async def test_another_status_than_200_is_told(status: str, kind: type[ProviderError]) -> None:
    async with serving(answer_of(b"", status=status)) as server:
        error = await refusal(fetcher(server), f"http://pictures.test:{server.port}/x")
    assert type(error) is kind
    assert status[:3] in error.message
    assert "pictures.test" in error.message


async def test_asked_too_often_says_when_to_come_back_where_the_server_does() -> None:
    async with serving(answer_of(b"", status="429 Too Many Requests", headers={"Retry-After": "30"})) as server:
        error = await refusal(fetcher(server), f"http://pictures.test:{server.port}/x")
    assert isinstance(error, RateLimited)
    assert error.retry_after_s == 30


async def test_a_declared_size_over_the_limit_is_refused_before_the_body_comes() -> None:
    async with serving(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n") as server:
        error = await refusal(fetcher(server), f"http://pictures.test:{server.port}/x")
    assert isinstance(error, TooLarge)
    assert error.details["value"] == 1_000_000_000_000


async def endless(head: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + bytes(0x10000) + b"\r\n")
        await writer.drain()


async def endless_without_chunks(head: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.0 200 OK\r\n\r\n")
    while True:
        writer.write(bytes(0x10000))
        await writer.drain()


@pytest.mark.parametrize("answer", [endless, endless_without_chunks])
async def test_a_body_without_end_is_refused_at_the_limit(answer: Answer) -> None:
    async with serving(answer) as server:
        error = await refusal(fetcher(server), f"http://pictures.test:{server.port}/x")
    assert isinstance(error, TooLarge)
    assert error.details["limit"] == LIMIT_BYTES


async def test_a_body_of_exactly_the_limit_is_taken_and_a_byte_more_is_not() -> None:
    for head in (b"Content-Length: 5000\r\n", b""):
        async with serving(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + bytes(5_000)) as server:
            url = f"http://pictures.test:{server.port}/x"
            assert (await fetched(fetcher(server), url, size_limit_bytes=5_000))[0] == bytes(5_000)
            assert isinstance(await refusal(fetcher(server), url, size_limit_bytes=4_999), TooLarge)


async def test_a_body_longer_than_declared_ends_where_it_was_declared_to() -> None:
    async with serving(answer_of(b"0123456789" * 1_000, headers={"Content-Length": "10"})) as server:
        assert (await fetched(fetcher(server), f"http://pictures.test:{server.port}/x"))[0] == b"0123456789"


@pytest.mark.parametrize(
    "answer",
    [
        answer_of(b"0123456789", headers={"Content-Length": "11"}),
        answer_of(b"0123456789", headers={"Content-Length": "-1"}),
        answer_of(b"0123456789", headers={"Content-Length": "1e1"}),
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZ\r\nabc\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
        b"",
    ],
)
async def test_an_answer_that_is_cut_short_or_not_http_is_no_file(answer: bytes) -> None:
    async with serving(answer) as server:
        error = await refusal(fetcher(server), f"http://pictures.test:{server.port}/x")
    assert type(error) in {ProviderError, ProviderUnavailable}


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate, gzip", "identity, gzip", "GZIP"])
async def test_a_compressed_answer_is_refused_unread(encoding: str) -> None:
    bomb = gzip.compress(bytes(10_000_000))
    async with serving(answer_of(bomb, headers={"Content-Encoding": encoding})) as server:
        error = await refusal(fetcher(server), f"http://pictures.test:{server.port}/x")
    assert type(error) is ProviderError
    assert "compressed" in error.message


async def test_a_file_that_is_itself_compressed_is_a_file() -> None:
    archive = gzip.compress(b"x")
    headers = {"Content-Type": "application/gzip", "Content-Encoding": "identity"}
    async with serving(answer_of(archive, headers=headers)) as server:
        assert (await fetched(fetcher(server), f"http://pictures.test:{server.port}/x.gz"))[0] == archive


async def test_a_body_in_pieces_of_a_byte_is_not_worked_through() -> None:
    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 20_000 + b"0\r\n\r\n")

    async with serving(answer) as server:
        error = await refusal(fetcher(server), f"http://pictures.test:{server.port}/x")
    assert type(error) is ProviderError
    assert "pieces of 1 bytes" in error.message


async def test_a_server_that_falls_silent_is_given_up() -> None:
    silent = asyncio.Event()

    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome")
        await writer.drain()
        await silent.wait()

    async with serving(answer) as server:
        source = RemoteFetcher(settings(server, read_timeout_s=1), resolver=Names(NAMES))
        error = await refusal(source, f"http://pictures.test:{server.port}/x")
        silent.set()
    assert isinstance(error, ProviderUnavailable)
    assert "nothing for 1 s" in error.message


async def test_a_server_that_drips_is_given_up_when_the_whole_time_is_over() -> None:
    gone = asyncio.Event()

    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not gone.is_set():
            writer.write(b"x")
            await writer.drain()
            await asyncio.wait([asyncio.ensure_future(gone.wait())], timeout=0.05)

    async with serving(answer) as server:
        source = RemoteFetcher(settings(server, total_timeout_s=1), resolver=Names(NAMES))
        error = await refusal(source, f"http://pictures.test:{server.port}/x")
        gone.set()
    assert isinstance(error, ProviderUnavailable)
    assert "within 1 s" in error.message


async def test_a_name_server_that_does_not_answer_is_given_up() -> None:
    class Mute:
        async def addresses(self, host: str, port: int) -> Sequence[str]:
            await asyncio.Event().wait()
            raise AssertionError

    source = RemoteFetcher(FetchSettings(connect_timeout_s=1), resolver=Mute())
    error = await refusal(source, "http://pictures.test/x")
    assert isinstance(error, ProviderUnavailable)
    assert "looked up" in error.message


async def test_a_port_where_nobody_listens_is_told_of() -> None:
    async with serving(b"") as server:
        pass
    error = await refusal(fetcher(server), f"http://pictures.test:{server.port}/x")
    assert isinstance(error, ProviderUnavailable)
    assert "cannot be connected" in error.message


async def test_where_the_first_address_does_not_answer_the_next_is_tried() -> None:
    async with serving(answer_of(b"x")) as server:
        changed = settings(server).model_copy(
            update={
                "allowed_networks": FetchSettings.model_validate({"allowed_networks": "127.0.0.0/30"}).allowed_networks
            }
        )
        source = RemoteFetcher(changed, resolver=Names({"two.test": [["127.0.0.3", HERE]]}))
        assert (await fetched(source, f"http://two.test:{server.port}/x"))[0] == b"x"


class Detour(httpcore.AsyncNetworkBackend):
    """A network that leads to another address than the one it is asked for, as a redirecting firewall does."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the base's name and way
        local_address: str | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        backend: httpcore.AsyncNetworkBackend = httpcore.AnyIOBackend()  # pyright: ignore[reportAssignmentType] # declared with a stand-in of no type
        return await backend.connect_tcp(INNER, port, timeout)


async def test_a_connection_that_leads_to_another_address_is_closed_before_a_word_is_said() -> None:
    async with serving(answer_of(b"inner"), host=INNER) as inner:
        source = RemoteFetcher(settings(inner), resolver=Names(NAMES), network=Detour())
        error = await refusal(source, f"http://pictures.test:{inner.port}/x")
        assert inner.heads == []
    assert type(error) is ProviderError
    assert "another address" in error.message


def test_all_of_it_holds_on_the_loop_that_the_server_runs_on() -> None:
    async def fetch() -> None:
        async with serving(answer_of(b"outer")) as outer, serving(answer_of(b"inner"), host=INNER) as inner:
            assert (await fetched(fetcher(outer), f"http://pictures.test:{outer.port}/x"))[0] == b"outer"
            source = RemoteFetcher(settings(inner), resolver=Names(NAMES), network=Detour())
            error = await refusal(source, f"http://pictures.test:{inner.port}/x")
            assert "another address" in error.message
            assert inner.heads == []

    uvloop.run(fetch())


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.make()


async def test_tls_is_verified_for_the_name_though_the_connection_goes_to_a_number(
    authority: Authority, tmp_path: Path
) -> None:
    asked: list[str | None] = []
    context = authority.server("pictures.test", tmp_path)
    context.sni_callback = lambda _object, name, _context: asked.append(name)
    async with serving(answer_of(b"sealed"), tls=context) as server:
        source = RemoteFetcher(settings(server), resolver=Names(NAMES), trust=authority.trust)
        data, _ = await fetched(source, f"https://pictures.test:{server.port}/x")
        assert b"Host: pictures.test:" in server.heads[0]
    assert data == b"sealed"
    assert asked == ["pictures.test"]


@pytest.mark.parametrize("trusted", [True, False])
async def test_a_certificate_for_another_name_or_of_nobody_known_is_refused(
    trusted: bool, authority: Authority, tmp_path: Path
) -> None:
    name = "other.test" if trusted else "pictures.test"
    async with serving(answer_of(b"x"), tls=authority.server(name, tmp_path)) as server:
        trust = authority.trust if trusted else None
        source = RemoteFetcher(settings(server), resolver=Names(NAMES), trust=trust)
        error = await refusal(source, f"https://pictures.test:{server.port}/x")
        assert server.heads == []
    assert type(error) is ProviderError
    assert "cannot be secured" in error.message


async def test_a_server_without_tls_is_not_talked_to_over_https(authority: Authority) -> None:
    async with serving(answer_of(b"x")) as server:
        source = RemoteFetcher(settings(server, connect_timeout_s=1), resolver=Names(NAMES), trust=authority.trust)
        error = await refusal(source, f"https://pictures.test:{server.port}/x")
    assert isinstance(error, ProviderError)


async def test_a_redirect_from_https_to_http_is_not_followed(authority: Authority, tmp_path: Path) -> None:
    async with serving(answer_of(b"x")) as plain:
        location = f"http://pictures.test:{plain.port}/x"
        async with serving(redirect_to(location), tls=authority.server("pictures.test", tmp_path)) as server:
            source = RemoteFetcher(settings(server, plain), resolver=Names(NAMES), trust=authority.trust)
            error = await refusal(source, f"https://pictures.test:{server.port}/x")
        assert plain.heads == []
    assert isinstance(error, InvalidInput)


async def test_the_usual_trust_verifies_names_and_chains() -> None:
    from gauntlet.providers.web.connections import usual_trust

    context = usual_trust()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


async def test_no_more_than_set_are_fetched_at_once_and_those_who_wait_come_next() -> None:
    async with serving(answer_of(b"x")) as server:
        source = RemoteFetcher(settings(server, at_once=1), resolver=Names(NAMES))
        url = f"http://pictures.test:{server.port}/x"
        async with source.fetching(url, size_limit_bytes=10):
            waiting = asyncio.create_task(fetched(source, url))
            done, _ = await asyncio.wait([waiting], timeout=0.05)
            assert not done
            assert len(server.heads) == 1
        assert (await waiting)[0] == b"x"


async def test_a_file_that_has_come_keeps_nobody_waiting() -> None:
    async with serving(answer_of(b"x")) as server:
        source = RemoteFetcher(settings(server, at_once=1), resolver=Names(NAMES))
        url = f"http://pictures.test:{server.port}/x"
        async with source.fetching(url, size_limit_bytes=10) as remote:
            assert [piece async for piece in remote.pieces] == [b"x"]
            assert (await fetched(source, url))[0] == b"x"


async def test_whoever_stops_reading_frees_the_connection() -> None:
    closed = asyncio.Event()

    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        try:
            await endless(head, writer)
        except ConnectionError:
            closed.set()

    async with serving(answer) as server:
        source = fetcher(server)
        async with source.fetching(f"http://pictures.test:{server.port}/x", size_limit_bytes=10**12) as remote:
            assert await anext(remote.pieces)
        async with asyncio.timeout(5):
            await closed.wait()


async def test_the_system_looks_up_this_machine_and_it_is_refused() -> None:
    error = await refusal(RemoteFetcher(FetchSettings()), "http://localhost/x")
    assert isinstance(error, InvalidInput)
    assert "public internet" in error.message

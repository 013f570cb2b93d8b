"""What is asked of whom, and what is followed."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from gauntlet.core.errors import InvalidInput, NotAllowed
from gauntlet.core.settings import FetchSettings
from gauntlet.providers.base import ProviderError, ProviderRejected, ProviderUnavailable, RateLimited
from gauntlet.providers.web.fetching import RemoteFetcher
from tests.fetching import HERE, INNER, NAMES, fetched, fetcher, refusal, settings
from tests.webservers import Names, WebServer, answer_of, redirect_to, serving


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


async def test_the_system_looks_up_this_machine_and_it_is_refused() -> None:
    error = await refusal(RemoteFetcher(FetchSettings()), "http://localhost/x")
    assert isinstance(error, InvalidInput)
    assert "public internet" in error.message

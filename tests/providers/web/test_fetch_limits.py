"""How much, how long, how many: servers that send too much, nothing, or something else than they say."""

import asyncio
import gzip
from collections.abc import Sequence

import pytest

from gauntlet.core.errors import TooLarge
from gauntlet.core.settings import FetchSettings
from gauntlet.providers.base import ProviderError, ProviderUnavailable
from gauntlet.providers.web.fetching import RemoteFetcher
from tests.fetching import LIMIT_BYTES, NAMES, fetched, fetcher, refusal, settings
from tests.webservers import Answer, Names, answer_of, serving


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

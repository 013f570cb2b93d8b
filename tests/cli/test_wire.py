"""Large bodies over real sockets, on both event loops."""

import asyncio
import random
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
import uvloop
from starlette.types import Message, Receive, Scope, Send
from uvicorn.server import ServerState

from gauntlet.cli.wire import PIECE_BYTES, LargeBodyProtocol

Run = Callable[[Coroutine[Any, Any, None]], None]
both_loops = pytest.mark.parametrize("run", [asyncio.run, uvloop.run])
BODY = random.Random(1).randbytes(3 * PIECE_BYTES + 12_345)


@dataclass(slots=True)
class Reading:
    """An application that reads each body to its end, or as far as it is told to, and notes what it was given."""

    most_messages: int = 1_000
    messages: list[list[Message]] = field(default_factory=list[list[Message]])
    got: asyncio.Queue[int] = field(default_factory=asyncio.Queue[int])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        given = list[Message]()
        self.messages.append(given)
        while len(given) < self.most_messages:
            given.append(await receive())
            self.got.put_nowait(len(given[-1].get("body", b"")))
            if not given[-1].get("more_body", False):
                break
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    def bodies(self) -> list[bytes]:
        return [b"".join(message.get("body", b"") for message in given) for given in self.messages]


@dataclass(frozen=True, slots=True)
class Line:
    """A connection to the server."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def answer(self) -> bytes:
        return (await self.reader.readuntil(b"\r\n\r\n")).split(b"\r\n", 1)[0]


def head(size_bytes: int, *more: str) -> bytes:
    lines = ["POST / HTTP/1.1", "Host: here", f"Content-Length: {size_bytes}", *more]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


@asynccontextmanager
async def connected(application: Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]) -> AsyncGenerator[Line]:
    config = uvicorn.Config(application, http=LargeBodyProtocol, lifespan="off", log_config=None)
    config.load()
    state = ServerState()
    server = await asyncio.get_running_loop().create_server(
        lambda: LargeBodyProtocol(config=config, server_state=state, app_state={}), "127.0.0.1", 0
    )
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    try:
        yield Line(reader, writer)
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        await asyncio.gather(*state.tasks)
        server.close()


@both_loops
def test_large_body_comes_whole_in_large_pieces_and_the_connection_goes_on(run: Run) -> None:
    async def main() -> None:
        reading = Reading()
        async with connected(reading) as line:
            for _ in range(2):
                line.writer.write(head(len(BODY)) + BODY)
                assert await line.answer() == b"HTTP/1.1 200 OK"
        assert reading.bodies() == [BODY, BODY]
        assert all(isinstance(message["body"], bytes) for given in reading.messages for message in given)

    run(main())


@both_loops
def test_request_that_follows_at_once_is_not_taken_for_the_body(run: Run) -> None:
    async def main() -> None:
        reading = Reading()
        async with connected(reading) as line:
            line.writer.write(head(len(BODY)) + BODY + head(5) + b"small" + head(len(BODY)) + BODY)
            assert [await line.answer() for _ in range(3)] == [b"HTTP/1.1 200 OK"] * 3
        assert reading.bodies() == [BODY, b"small", BODY]

    run(main())


@both_loops
def test_piece_that_does_not_fill_is_handed_on_all_the_same(run: Run) -> None:
    async def main() -> None:
        reading = Reading()
        async with connected(reading) as line:
            line.writer.write(head(len(BODY)) + BODY[:1_000])
            received = 0
            for end in (1_000, 2_000, 400_000):
                line.writer.write(BODY[received:end] if received else b"")
                while received < end:
                    received += await reading.got.get()
            line.writer.write(BODY[received:])
            await line.answer()
        assert reading.bodies() == [BODY]

    run(main())


@both_loops
def test_what_came_before_the_client_went_away_is_handed_on(run: Run) -> None:
    async def main() -> None:
        reading = Reading()
        sent = 2 * PIECE_BYTES + 777
        async with connected(reading) as line:
            line.writer.write(head(len(BODY)) + BODY[:sent])
            await line.writer.drain()
            line.writer.write_eof()
            while not reading.messages or reading.messages[0][-1:] != [{"type": "http.disconnect"}]:
                await reading.got.get()
        assert reading.bodies() == [BODY[:sent]]

    run(main())


@both_loops
def test_body_that_is_not_read_to_its_end_leaves_the_connection_in_order(run: Run) -> None:
    async def main() -> None:
        reading = Reading(most_messages=2)
        async with connected(reading) as line:
            line.writer.write(head(len(BODY)) + BODY)
            assert await line.answer() == b"HTTP/1.1 200 OK"
            line.writer.write(head(5) + b"small")
            assert await line.answer() == b"HTTP/1.1 200 OK"
        assert BODY.startswith(reading.bodies()[0])
        assert reading.bodies()[1] == b"small"

    run(main())


@both_loops
def test_who_stops_waiting_loses_nothing(run: Run) -> None:
    async def main() -> None:
        received = bytearray()
        waiting = asyncio.Event()

        async def application(_scope: Scope, receive: Receive, send: Send) -> None:
            received.extend((await receive())["body"])
            impatient = asyncio.ensure_future(receive())
            waiting.set()
            await asyncio.wait([impatient], timeout=0)
            impatient.cancel()
            await asyncio.wait([impatient])
            if not impatient.cancelled():
                received.extend(impatient.result()["body"])
            while len(received) < len(BODY):
                received.extend((await receive())["body"])
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        async with connected(application) as line:
            line.writer.write(head(len(BODY)) + BODY[:70_000])
            await waiting.wait()
            line.writer.write(BODY[70_000:])
            assert await line.answer() == b"HTTP/1.1 204 No Content"
        assert received == BODY

    run(main())


@both_loops
def test_client_that_waits_to_be_told_is_told(run: Run) -> None:
    async def main() -> None:
        reading = Reading()
        async with connected(reading) as line:
            line.writer.write(head(len(BODY), "Expect: 100-continue"))
            assert (await line.answer()).startswith(b"HTTP/1.1 100")
            line.writer.write(BODY)
            assert await line.answer() == b"HTTP/1.1 200 OK"
        assert reading.bodies() == [BODY]

    run(main())


@both_loops
def test_body_of_no_told_length_comes_as_ever(run: Run) -> None:
    async def main() -> None:
        reading = Reading()
        async with connected(reading) as line:
            line.writer.write(b"POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n")
            line.writer.write(f"{len(BODY):x}\r\n".encode() + BODY + b"\r\n0\r\n\r\n")
            assert await line.answer() == b"HTTP/1.1 200 OK"
        assert reading.bodies() == [BODY]

    run(main())


@both_loops
def test_large_pieces_are_few(run: Run) -> None:
    async def main() -> None:
        reading = Reading()
        async with connected(reading) as line:
            line.writer.write(head(len(BODY)) + BODY)
            await line.writer.drain()
            await line.answer()
        # By uvicorn's own way a piece never holds more than it takes from a socket at once, a quarter of a megabyte.
        assert max(len(message["body"]) for message in reading.messages[0]) > 256 << 10

    run(main())

import asyncio
from collections.abc import Sequence

import pytest
from fastapi import Request
from starlette.types import Message

from gauntlet.api.bodies import Body, note_read
from gauntlet.domain.uploads.errors import BrokenOff


class Server:
    """Hands over a body as a server does: after its end there is nothing but the client's going away."""

    def __init__(self, pieces: Sequence[bytes], *, breaks: bool = False) -> None:
        last = len(pieces) - 1
        self.messages: list[Message] = [
            {"type": "http.request", "body": piece, "more_body": breaks or index < last}
            for index, piece in enumerate(pieces)
        ]
        if breaks:
            self.messages.append({"type": "http.disconnect"})

    async def receive(self) -> Message:
        if not self.messages:
            await asyncio.Event().wait()
        return self.messages.pop(0)

    def request(self, **headers: str) -> Request:
        sent = [(name.encode(), value.encode()) for name, value in headers.items()]
        return Request({"type": "http", "method": "POST", "path": "/", "headers": sent}, self.receive)


async def test_pieces_are_handed_on_and_empty_ones_left_out() -> None:
    body = Body(Server([b"ab", b"", b"c"]).request())
    assert [piece async for piece in body.pieces()] == [b"ab", b"c"]


async def test_client_that_goes_away_is_told_of_after_what_it_sent() -> None:
    pieces = Body(Server([b"ab"], breaks=True).request()).pieces()
    assert await anext(pieces) == b"ab"
    with pytest.raises(BrokenOff):
        await anext(pieces)


async def test_reading_goes_on_after_who_read_was_stopped() -> None:
    body = Body(Server([b"a", b"b", b"c"]).request())
    assert await anext(body.pieces()) == b"a"
    assert [piece async for piece in body.pieces()] == [b"b", b"c"]


async def test_body_that_was_read_whole_is_not_waited_for() -> None:
    at_end = Body(Server([b"a"]).request())
    assert [piece async for piece in at_end.pieces()] == [b"a"]
    request = Server([]).request()
    note_read(request)
    async with asyncio.timeout(5):
        await at_end.drain()
        await Body(request).drain()
        assert [piece async for piece in Body(request).pieces()] == []


async def test_client_that_waits_to_be_told_to_send_is_not_told_when_refused() -> None:
    server = Server([b"a", b"b"])
    await Body(server.request(expect="100-continue")).drain()
    assert len(server.messages) == 2
    begun = Body(server.request(expect="100-continue"))
    await anext(begun.pieces())
    await begun.drain()
    assert server.messages == []

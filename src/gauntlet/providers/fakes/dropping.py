"""Answers that never come, or not whole."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterable, Coroutine
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

TRANSPORT: Final = "gauntlet.transport"


class ConnectionDropped(ConnectionResetError):
    """The connection is gone; raised where there is none to be dropped, as between programs in one process."""


class DroppedResponse(Response):
    """Holds the connection for a while, then resets it without an answer."""

    def __init__(self, *, hold_s: float, stopping: asyncio.Event) -> None:
        super().__init__()
        self._hold_s = hold_s
        self._stopping = stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait until the time is over, the client has gone or the doubles stop; then drop it."""
        if self._hold_s > 0:
            await first_of(_gone(receive), self._stopping.wait(), timeout_s=self._hold_s)
        drop(scope)


class CutResponse(Response):
    """Sends some pieces of an answer, holds the connection, then resets it in the middle."""

    def __init__(
        self,
        pieces: AsyncIterable[bytes],
        *,
        headers: dict[str, str],
        hold_s: float,
        stopping: asyncio.Event,
    ) -> None:
        super().__init__()
        self._pieces = pieces
        self._sent_headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        self._hold_s = hold_s
        self._stopping = stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what there is, then as `DroppedResponse`."""
        await send({"type": "http.response.start", "status": 200, "headers": self._sent_headers})
        async for piece in self._pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        if self._hold_s > 0:
            await first_of(_gone(receive), self._stopping.wait(), timeout_s=self._hold_s)
        drop(scope)


class PlainJson(Response):
    """A JSON document as services send it: compact, in UTF-8."""

    media_type = "application/json"

    def render(self, content: object) -> bytes:
        """Return the document's bytes."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def drop(scope: Scope) -> None:
    """Reset the connection of a request, or raise `ConnectionDropped` where it came without one."""
    transport = scope.get("extensions", {}).get(TRANSPORT)
    if not isinstance(transport, asyncio.Transport):
        raise ConnectionDropped("the double dropped the connection")
    connection = transport.get_extra_info("socket")
    if connection is not None:
        # Without waiting for what was not sent: that is what makes it a reset and not an end.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def first_of(*waits: Coroutine[None, None, object], timeout_s: float) -> None:
    """Wait until one of these is over, or the time is; the others are given up."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    await asyncio.wait(tasks, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

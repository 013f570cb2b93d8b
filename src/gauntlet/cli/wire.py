"""HTTP/1.1 as uvicorn speaks it, with a shorter way for large bodies: from the socket into the pieces handed on.

Left to itself, every quarter of a megabyte is copied four times and wakes the application once. Here the kernel writes
into the piece that the application is given.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, cast

from h11._readers import ContentLengthReader
from uvicorn._types import ASGIReceiveEvent
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

PIECE_BYTES: Final = 1 << 20
_LEAST_BYTES: Final = 1 << 16  # what is smaller comes with the head, or soon after it
_PATIENCE_S: Final = 0.02
"""A piece that is not full is handed on this long after its first byte: senders may be slow, or stop to be told on."""


class LargeBodyProtocol(H11Protocol):
    """One connection. Bodies without a length of their own (chunked) come as uvicorn gives them."""

    def handle_events(self) -> None:
        """Take what has come; a request that has just begun gets its way to receive."""
        before = cast("RequestResponseCycle | None", self.cycle)
        super().handle_events()
        # h11 has no other way to say how much of a body is still to come, nor to be told that it came elsewhere.
        reader = self.conn._reader  # pyright: ignore[reportPrivateUsage]
        if self.cycle is not before and isinstance(reader, ContentLengthReader):
            body = _Body(self, self.cycle, reader)
            self.cycle.receive = body.receive  # pyright: ignore[reportAttributeAccessIssue] - asked for when it starts


class _Body:
    """What is left of one request's body; `receive` is ASGI's."""

    def __init__(self, protocol: H11Protocol, cycle: RequestResponseCycle, reader: ContentLengthReader) -> None:
        self._protocol = protocol
        self._cycle = cycle
        self._reader = reader
        self._piece: bytearray | None = None
        self._receive = cast("Callable[[], Awaitable[ASGIReceiveEvent]]", cycle.receive)

    async def receive(self) -> ASGIReceiveEvent:
        cycle = self._cycle
        is_over = cycle.disconnected or cycle.response_complete or cycle.waiting_for_100_continue
        if is_over or cycle.body or self._left_bytes < _LEAST_BYTES:
            return await self._receive()
        # Filled again and again: memory that is fresh each time costs as much as copying what is in it.
        self._piece = self._piece or bytearray(min(PIECE_BYTES, self._left_bytes))
        with memoryview(self._piece)[: self._left_bytes] as piece:
            size_bytes = await self._fill(piece)
            body = bytes(piece[:size_bytes])
        if not body:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": body, "more_body": self._left_bytes > 0}

    @property
    def _left_bytes(self) -> int:
        return self._reader._remaining  # pyright: ignore[reportPrivateUsage] - see above

    async def _fill(self, piece: memoryview) -> int:
        """Return how many bytes came; none where the client went away."""
        filling = _Filling(self._protocol, piece)
        try:
            await filling.done()
        except asyncio.CancelledError:
            self._cycle.body += piece[: filling.size_bytes]  # for whoever asks next
            self._cycle.message_event.set()
            raise
        finally:
            filling.end()
            self._reader._remaining -= filling.size_bytes  # pyright: ignore[reportPrivateUsage] - see above
            if not self._left_bytes:
                self._protocol.handle_events()  # h11 sees the end of the body, and what follows it
                self._cycle.message_event.clear()
        return filling.size_bytes


class _Filling(asyncio.BufferedProtocol):
    """What a connection's bytes go to while a piece is filled."""

    def __init__(self, protocol: H11Protocol, piece: memoryview) -> None:
        self.size_bytes = 0
        self._view = piece
        self._protocol = protocol
        self._loop = asyncio.get_running_loop()
        self._done = self._loop.create_future()
        self._timer: asyncio.TimerHandle | None = None

    async def done(self) -> None:
        """Wait until the piece is full, or was waited for long enough, or the client is gone."""
        self._protocol.flow.pause_reading()
        self._protocol.transport.set_protocol(self)
        self._protocol.flow.resume_reading()
        await self._done

    def end(self) -> None:
        """Let the connection's bytes go where they went before."""
        if self._timer is not None:
            self._timer.cancel()
        if not self._protocol.transport.is_closing():
            self._protocol.flow.pause_reading()
            self._protocol.transport.set_protocol(self._protocol)

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._view[self.size_bytes :]

    def buffer_updated(self, nbytes: int) -> None:
        self.size_bytes += nbytes
        if self.size_bytes == len(self._view):
            self._finish()
        elif self._timer is None:
            self._timer = self._loop.call_later(_PATIENCE_S, self._finish)

    def connection_lost(self, exc: Exception | None) -> None:
        self._protocol.connection_lost(exc)
        self._finish()

    def pause_writing(self) -> None:
        self._protocol.pause_writing()

    def resume_writing(self) -> None:
        self._protocol.resume_writing()

    def _finish(self) -> None:
        if not self._protocol.transport.is_closing():
            self._protocol.flow.pause_reading()
        if not self._done.done():
            self._done.set_result(None)

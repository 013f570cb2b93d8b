"""Request bodies read as they arrive, and no faster than what becomes of them."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Final

from fastapi import Request

from gauntlet.domain.uploads.errors import BrokenOff

# A client that is still sending sees a broken connection instead of the answer, unless somebody goes on reading.
_DRAINED_BYTES: Final = 32 << 20
_DRAIN_TIMEOUT_S: Final = 10.0


def note_read(request: Request) -> None:
    """Note that a request's body has been read whole already."""
    request.state.body_was_read = True


def was_read(request: Request) -> bool:
    """Return whether a request's body has been read whole already."""
    return bool(getattr(request.state, "body_was_read", False))


class Body:
    """A request's body; nothing else may read from the request."""

    def __init__(self, request: Request) -> None:
        self._receive = request.receive
        # Asked for more than there is, the server waits until the client goes away.
        self._ended = was_read(request)
        self._is_awaited = request.headers.get("expect", "").lower() == "100-continue"

    async def pieces(self) -> AsyncGenerator[bytes]:
        """Yield the bytes as they come, whoever read some before; raises `BrokenOff` where the client goes away."""
        while not self._ended:
            self._is_awaited = False
            message = await self._receive()
            if message["type"] == "http.disconnect":
                self._ended = True
                raise BrokenOff
            self._ended = not message.get("more_body", False)
            if piece := message.get("body", b""):
                yield piece

    async def drain(self) -> None:
        """Read on, for a while, what is not wanted any more, so that the client comes to read the answer.

        A client that waits to be told to send is not told.
        """
        if self._is_awaited:
            return
        read_bytes = 0
        try:
            async with asyncio.timeout(_DRAIN_TIMEOUT_S):
                async for piece in self.pieces():
                    read_bytes += len(piece)
                    if read_bytes > _DRAINED_BYTES:
                        return
        except (TimeoutError, BrokenOff):
            return  # nobody is left to tell

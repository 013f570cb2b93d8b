"""The bytes of one request on their way into the store."""

import hashlib
from collections.abc import AsyncGenerator
from typing import Literal

from gauntlet.core.errors import TooLarge
from gauntlet.domain.uploads.errors import BrokenOff, ChecksumMismatch
from gauntlet.domain.uploads.schemas import Checksum, Stretch
from gauntlet.domain.uploads.writers import Switch

Ending = Literal["disconnected", "stood still", "taken over"]


class Incoming:
    """What a request sends, cut into parts.

    However the sender stops, what came is handed on; `broken` tells then how it stopped.
    """

    def __init__(self, stretch: Stretch, *, limit_bytes: int, switch: Switch) -> None:
        self._pieces = stretch.pieces
        self._limit_bytes = limit_bytes
        self._switch = switch
        self._hash = stretch.checksum and hashlib.new(stretch.checksum.algorithm, usedforsecurity=False)
        self._next = b""
        self._ended = False
        self.size_bytes = 0
        self.broken: Ending | None = None

    async def has_more(self) -> bool:
        """Wait for bytes and return True, or False at the end; raises `TooLarge` past the limit."""
        if not self._next and not self._ended:
            self._next = await self._piece()
        return bool(self._next)

    async def part(self, limit_bytes: int) -> AsyncGenerator[bytes]:
        """Yield the next bytes, at most so many."""
        left = limit_bytes
        while left and await self.has_more():
            piece, self._next = self._next[:left], self._next[left:]
            left -= len(piece)
            yield piece

    def check(self, checksum: Checksum) -> None:
        """Raise `ChecksumMismatch` where the bytes that came are not those that were announced."""
        if self._hash is None or self._hash.digest() != checksum.digest:
            raise ChecksumMismatch(
                f"The {self.size_bytes:,} bytes that came do not have the {checksum.algorithm} checksum that was sent"
                " with them; they were changed on their way, and nothing of this request is kept.",
                next_step="Send the same stretch again.",
                details={"field": "Upload-Checksum", "value": checksum.algorithm},
            )

    async def _piece(self) -> bytes:
        """Return a piece that is not empty, or nothing at the end."""
        piece = b""
        while not piece and not self._ended:
            try:
                came = await self._switch.waiting_for(lambda: anext(self._pieces, None))
            except BrokenOff:
                self._break("disconnected")
            except TimeoutError:
                self._break("taken over" if self._switch.is_off else "stood still")
            else:
                self._ended = came is None
                piece = came or b""
        self.size_bytes += len(piece)
        if self.size_bytes > self._limit_bytes:
            raise TooLarge(
                f"The request sends more than the {self._limit_bytes:,} bytes that may still come.",
                next_step="Send no more than Upload-Length announced.",
                details={"field": "body", "limit": self._limit_bytes},
            )
        if self._hash is not None:
            self._hash.update(piece)
        return piece

    def _break(self, how: Ending) -> None:
        self._ended = True
        self.broken = how

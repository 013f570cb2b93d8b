"""The seam behind which bytes live."""

from collections.abc import AsyncIterator
from typing import Protocol

from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema


class BlobFacts(Schema):
    """What a store knows of a blob."""

    digest: Digest
    size_bytes: int


class BlobStore(Protocol):
    """Content-addressed bytes: equal bytes are stored once; a blob is visible only when it is whole."""

    async def put(self, chunks: AsyncIterator[bytes], *, size_limit_bytes: int) -> BlobFacts:
        """Store a stream and return its address.

        Memory does not grow with the stream's length. Raises `TooLarge` past the limit and `StorageFailed` when the
        store cannot take it; nothing is left behind in either case.
        """
        ...

    async def put_bytes(self, data: bytes) -> BlobFacts:
        """Store bytes that are at hand."""
        ...

    async def facts(self, digest: Digest) -> BlobFacts | None:
        """Return the blob's facts, or None where there is no whole blob of that address."""
        ...

    def read(self, digest: Digest, *, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        """Yield the bytes from `start`, `length` of them or all; raises `NotFound` for an unknown address."""
        ...

    async def read_bytes(self, digest: Digest) -> bytes:
        """Return a whole blob; for media that is decoded in memory anyway."""
        ...

    async def delete(self, digest: Digest) -> None:
        """Remove a blob; no error where there is none. Callers make sure that nothing refers to it."""
        ...

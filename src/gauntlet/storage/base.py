"""The seam behind which bytes live."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema

Piece = bytes | memoryview
"""Some of a stream's bytes; a view is of use until the next piece is asked for."""


class BlobFacts(Schema):
    """What a store knows of a blob.

    `hold` is set by `put` alone: until `release` ends it (or a sweeper finds it old) nobody's `release` removes the
    blob, so that a row can be written that refers to it, however many others store and drop the same bytes meanwhile.
    """

    digest: Digest
    size_bytes: int
    hold: UUID | None = None


class BlobStore(Protocol):
    """Content-addressed bytes: equal bytes are stored once; a blob is visible only when it is whole."""

    async def put(self, chunks: AsyncIterator[Piece], *, size_limit_bytes: int, is_durable: bool = True) -> BlobFacts:
        """Store a stream and return its address.

        Memory does not grow with the stream's length. With `is_durable=False` the blob outlives a power cut only with
        the next durable transaction (see `Database`): for those whose next one writes the row that refers to it.
        Raises `TooLarge` past the limit and `StorageFailed` when the store cannot take it; nothing is left behind in
        either case.
        """
        ...

    async def put_bytes(self, data: bytes, *, is_durable: bool = True) -> BlobFacts:
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

    async def release(self, digest: Digest, *, hold: UUID | None = None) -> None:
        """End a hold that `put` gave, then remove the blob unless a row or another hold still refers to it.

        For after the transaction that wrote (or deleted) the referring row, whether it succeeded or not; callers that
        never release leave the hold to the sweeper. No error where there is no such blob or hold.
        """
        ...

    async def end_holds(self, session: AsyncSession, blobs: Sequence[BlobFacts]) -> None:
        """End holds in the transaction that writes the rows which refer to the blobs: nothing is left to release."""
        ...

    async def release_all(self, blobs: Sequence[BlobFacts]) -> None:
        """Do with several what `release` does with one, in one transaction where all of them are referred to."""
        ...

"""Conformed footage and sound for the steps of an ad: found, or made in the media sandbox and kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from gauntlet.core.errors import InvalidInput, NotFound
from gauntlet.core.ids import Digest
from gauntlet.domain.jobs.clips import ClipShelf
from gauntlet.media.footage import Stretch, StretchWish
from gauntlet.media.sandbox.conforming import Conformer
from gauntlet.render.footage import ClipOrder
from gauntlet.storage.base import BlobStore

UNUSED_FOR: Final = timedelta(days=7)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _StoredFile:
    """A blob, read by ranges."""

    blobs: BlobStore
    digest: Digest
    size_bytes: int

    async def read(self, start: int, length: int) -> bytes:
        return b"".join([piece async for piece in self.blobs.read(self.digest, start=start, length=length)])


class CuttingRoom:
    """Chooses stretches of clients' films, and has them conformed once for every ad that shows them."""

    def __init__(self, *, blobs: BlobStore, clips: ClipShelf, conformer: Conformer) -> None:
        self._blobs = blobs
        self._clips = clips
        self._conformer = conformer

    async def stretch(self, film: Digest, wish: StretchWish) -> Stretch:
        """Return which stretch of a film to show; raises `InvalidInput` where it cannot be decoded."""
        return await self._conformer.choose_stretch(await self._file(film), wish)

    async def conform(self, order: ClipOrder) -> Digest:
        """Return the blob of what was ordered, made now unless it was before."""
        key = order.key
        known = await self._clips.find(key)
        if known is not None:
            return known
        data = await self._conformer.conform(await self._file(order.source), order.spec)
        facts = await self._blobs.put_bytes(data)
        try:
            await self._clips.keep(key, facts.digest)
        finally:
            await self._blobs.release(facts.digest, hold=facts.hold)
        log.info("clip.conformed", source=order.source, size_bytes=facts.size_bytes)
        return facts.digest

    async def load(self, orders: Iterable[ClipOrder]) -> dict[Digest, bytes]:
        """Return the bytes of what was ordered, by the orders' keys."""
        return {order.key: await self._blobs.read_bytes(await self.conform(order)) for order in orders}

    async def sweep(self, *, unused_for: timedelta = UNUSED_FOR) -> int:
        """Delete what no ad has used for so long; it would be made again. Return how much that was."""
        swept = await self._clips.sweep(unused_for=unused_for)
        for digest in swept:
            await self._blobs.release(digest)
        return len(swept)

    async def _file(self, digest: Digest) -> _StoredFile:
        facts = await self._blobs.facts(digest)
        if facts is None:
            raise NotFound(
                f"The bytes {digest[:12]} of a film or a sound are not stored any more.",
                next_step="Replace it in the storyboard, or submit a new job.",
            )
        return _StoredFile(self._blobs, digest, facts.size_bytes)


def named(error: InvalidInput, name: str) -> InvalidInput:
    """Return the error with the name of the file that it is about before it."""
    return InvalidInput(f"{name[:80]}: {error.message}", next_step=error.next_step, details=error.details)

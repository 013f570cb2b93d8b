"""Bytes on their way to become an asset, or a version of one: received, looked into, kept."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.errors import InvalidInput, StorageFailed, TooLarge
from gauntlet.core.settings import AssetSettings
from gauntlet.db.models.assets import AssetRow, AssetVersionRow
from gauntlet.db.session import Database
from gauntlet.domain.assets import rules
from gauntlet.media.facts import AudioFacts, DocumentFacts, MediaFacts, VideoFacts
from gauntlet.media.inspection import Inspection, InspectionLimits
from gauntlet.media.sandbox.sources import ByteSource
from gauntlet.storage.base import BlobFacts, BlobStore, Piece

log = structlog.get_logger(__name__)


class Inspector(Protocol):
    """Looks into files; the media sandbox does, in processes that may be lost."""

    async def inspect(self, source: ByteSource, *, limits: InspectionLimits) -> Inspection:
        """Return what a file is and what is kept beside it.

        Raises UnsupportedMedia, InvalidInput or TooLarge for one that is not taken, and what `source` raises.
        """
        ...


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """The bytes of an upload, safe in the store, of which no asset is made yet."""

    name: str
    blob: BlobFacts


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is taken, with all that is kept beside it: every blob is held until its row is written."""

    name: str
    facts: MediaFacts
    width: int | None
    height: int | None
    blob: BlobFacts
    thumbnail: BlobFacts | None
    waveform: BlobFacts | None
    rendition: BlobFacts | None

    @property
    def blobs(self) -> list[BlobFacts]:
        """All that a row which tells of these bytes refers to."""
        return [blob for blob in (self.blob, self.thumbnail, self.waveform, self.rendition) if blob is not None]

    def describe(self, row: AssetRow | AssetVersionRow) -> None:
        """Let a row tell of these bytes."""
        facts = self.facts
        row.file_name = self.name
        row.format = facts.format
        row.size_bytes = self.blob.size_bytes
        row.blob_digest = self.blob.digest
        row.thumbnail_digest = self.thumbnail.digest if self.thumbnail else None
        row.waveform_digest = self.waveform.digest if self.waveform else None
        row.rendition_digest = self.rendition.digest if self.rendition else None
        row.width = self.width
        row.height = self.height
        row.duration_s = facts.duration_s if isinstance(facts, VideoFacts | AudioFacts) else None
        row.page_count = facts.page_count if isinstance(facts, DocumentFacts) else None
        row.facts = facts.model_dump(mode="json")

    def version(self, asset_id: UUID, number: int, *, user_id: int, created_at: datetime) -> AssetVersionRow:
        """Return the row of these bytes as a version of an asset."""
        row = AssetVersionRow(asset_id=asset_id, number=number, user_id=user_id, created_at=created_at)
        self.describe(row)
        return row


@dataclass(frozen=True, slots=True)
class _StoredSource:
    """A blob as the sandbox reads it."""

    blobs: BlobStore
    blob: BlobFacts

    @property
    def size_bytes(self) -> int:
        """How many bytes there are."""
        return self.blob.size_bytes

    async def read(self, start: int, length: int) -> bytes:
        """Return `length` bytes from `start` on."""
        pieces = [piece async for piece in self.blobs.read(self.blob.digest, start=start, length=length)]
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class Intake:
    """Takes files in; what no row refers to at the end of a block is gone."""

    def __init__(self, *, blobs: BlobStore, inspector: Inspector, settings: AssetSettings) -> None:
        self._blobs = blobs
        self._inspector = inspector
        self._settings = settings
        self._limits = InspectionLimits(pixel_limit=settings.pixel_limit)
        self._ended: set[UUID] = set()

    @asynccontextmanager
    async def receiving(self, stream: AsyncIterator[Piece], *, file_name: str | None) -> AsyncGenerator[ReceivedFile]:
        """Store a stream; raises `TooLarge` past the limit, and `StorageFailed`."""
        shown = rules.name_of_file(file_name)
        try:
            # What is answered with success has been in a durable transaction since: that of its row.
            blob = await self._blobs.put(stream, size_limit_bytes=self._settings.size_limit_bytes, is_durable=False)
        except TooLarge as error:
            raise rules.about_file(error, shown) from error
        try:
            yield ReceivedFile(name=shown, blob=blob)
        finally:
            await self.release(blob)

    @asynccontextmanager
    async def keeping(self, received: ReceivedFile) -> AsyncGenerator[KeptFile]:
        """Look into received bytes and store what is kept beside them, until rows refer to it.

        Raises `UnsupportedMedia`, `InvalidInput` or `TooLarge` for a file that is not taken.
        """
        found = await self.look_into(_StoredSource(self._blobs, received.blob), name=received.name)
        async with self._storing() as stored:
            waveform = found.waveform.model_dump_json().encode() if found.waveform else None
            yield KeptFile(
                name=received.name,
                facts=found.facts,
                width=found.width,
                height=found.height,
                blob=await stored(found.replacement) or received.blob,
                thumbnail=await stored(found.thumbnail),
                waveform=await stored(waveform),
                rendition=await stored(found.rendition),
            )

    async def look_into(self, source: ByteSource, *, name: str) -> Inspection:
        """Return what a file is; the errors of one that is not taken begin with its name."""
        try:
            rules.check_size(source.size_bytes, limit_bytes=self._settings.size_limit_bytes)
            return await self._inspector.inspect(source, limits=self._limits)
        except (InvalidInput, StorageFailed) as error:
            raise rules.about_file(error, name) from error

    @asynccontextmanager
    async def referring(self, database: Database, kept: KeptFile) -> AsyncGenerator[AsyncSession]:
        """Give a transaction that writes a row of a kept file; with it end the holds, so that none is left to release.

        Each transaction that is spared makes room for others: on SQLite there is one writer at a time.
        """
        async with database.transaction() as session:
            yield session
            await self._blobs.end_holds(session, kept.blobs)
        self._ended |= {blob.hold for blob in kept.blobs if blob.hold is not None}

    async def release(self, *blobs: BlobFacts) -> None:
        """Let blobs go where nothing refers to them, but for those whose holds `referring` has ended."""
        ended = {blob.hold for blob in blobs if blob.hold in self._ended}
        self._ended -= ended
        blobs = tuple(blob for blob in blobs if blob.hold is None or blob.hold not in ended)
        if not blobs:
            return
        # Whether the row stands is decided by now; what cannot be let go of here, the sweeper lets go of later.
        try:
            await self._blobs.release_all(blobs)
        except StorageFailed as error:
            log.warning("asset.release.failed", digests=[blob.digest for blob in blobs], reason=error.message)

    @asynccontextmanager
    async def _storing(self) -> AsyncGenerator[Callable[[bytes | None], Awaitable[BlobFacts | None]]]:
        """Give a way to store what there is; at the end, let go of all that nothing refers to."""
        held: list[BlobFacts] = []

        async def stored(data: bytes | None) -> BlobFacts | None:
            if data is None:
                return None
            held.append(await self._blobs.put_bytes(data, is_durable=False))
            return held[-1]

        try:
            yield stored
        finally:
            if held:
                await self.release(*held)

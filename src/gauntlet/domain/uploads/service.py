"""Uploads in parts: begun, gone on with after whatever broke them off, and at their end an asset."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.errors import GauntletError, NotFound, StorageFailed
from gauntlet.core.ids import AssetId, Digest, new_uuid
from gauntlet.core.paging import Page
from gauntlet.core.settings import AssetSettings
from gauntlet.db.models.uploads import UploadPartRow, UploadRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.intake import ReceivedFile
from gauntlet.domain.assets.rules import clean_name, clean_tags, name_of_file
from gauntlet.domain.assets.schemas import Asset, AssetDraft
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.uploads import repository, rules
from gauntlet.domain.uploads.errors import UploadInterrupted
from gauntlet.domain.uploads.incoming import Incoming
from gauntlet.domain.uploads.repository import upload_of
from gauntlet.domain.uploads.schemas import Stretch, Upload
from gauntlet.domain.uploads.writers import Writers
from gauntlet.storage.base import BlobFacts, BlobStore

_SWEPT_AT_ONCE: Final = 50

log = structlog.get_logger(__name__)


class UploadService:
    """What people do with uploads in parts. One that is not theirs, or no more there, is `NotFound`.

    What one request sends lies in the store as blobs of their own, its parts; a row a part says so, written in the
    transaction that moves the offset. A crash therefore loses at most the part that was being written. The last part
    makes the asset, under the upload's own id: however often that is tried, there is one.
    """

    def __init__(
        self,
        database: Database,
        *,
        blobs: BlobStore,
        assets: AssetService,
        settings: AssetSettings,
        clock: Clock,
        writers: Writers | None = None,
        part_bytes: int = rules.PART_BYTES,
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._assets = assets
        self._size_limit_bytes = settings.size_limit_bytes
        self._clock = clock
        self._writers = writers or Writers()
        self._part_bytes = part_bytes

    async def create(
        self,
        principal: Principal,
        draft: AssetDraft,
        *,
        file_name: str | None,
        size_bytes: int | None,
        metadata_line: str,
    ) -> Upload:
        """Begin an upload of a file of a size, or of one that is told later.

        `metadata_line` is kept as it came, for whoever asks for it. Raises what an upload in one piece would raise
        before its first byte.
        """
        await self._check_file(principal, draft, file_name=file_name, size_bytes=size_bytes)
        now = self._clock.now()
        row = UploadRow(
            id=new_uuid(),
            user_id=principal.user_id,
            client_id=draft.client_id,
            file_name=name_of_file(file_name),
            draft=_cleaned(draft).model_dump(mode="json"),
            metadata_line=metadata_line,
            size_bytes=size_bytes,
            offset_bytes=0,
            status="receiving",
            created_at=now,
            expires_at=now + rules.LIFETIME,
        )
        async with self._database.transaction() as session:
            rules.check_unfinished(await repository.count_unfinished(session, principal.user_id))
            session.add(row)
        log.info("upload.begun", upload_id=str(row.id), client_id=str(row.client_id), size_bytes=size_bytes)
        return upload_of(row)

    async def list(self, principal: Principal, *, page: Page) -> tuple[list[Upload], int]:
        """Return a page of the caller's uploads, newest first, and how many there are; ended ones for a while too."""
        async with self._database.read() as session:
            rows, total = await repository.list_uploads(session, principal.user_id, page=page)
        return [upload_of(row) for row in rows], total

    async def get(self, principal: Principal, upload_id: UUID) -> Upload:
        """Return an upload as it stands; asking disturbs nobody who is sending."""
        async with self._database.read() as session:
            return upload_of(await _existing(session, principal, upload_id))

    async def metadata_line(self, principal: Principal, upload_id: UUID) -> str:
        """Return what was said of the file when the upload began."""
        async with self._database.read() as session:
            return (await _existing(session, principal, upload_id)).metadata_line

    async def resume(self, principal: Principal, upload_id: UUID) -> Upload:
        """Return an upload of which more is about to be sent: whoever still sends is stopped, and what came is kept.

        Where all bytes are there and only the asset is missing, it is made now. Raises `UploadGone` for one that has
        expired or was refused.
        """
        async with self._writers.alone(upload_id):
            async with self._database.read() as session:
                row = await _existing(session, principal, upload_id)
            self._require_alive(row)
            try:
                return await self._ended(principal, row)
            except rules.REFUSALS as error:
                row.failure = rules.failure_of(error).model_dump(mode="json")
                raise rules.gone(row) from error

    async def append(self, principal: Principal, upload_id: UUID, stretch: Stretch) -> Upload:
        """Add bytes; the last ones make the asset.

        However the bytes stop coming, those that came are kept (with a checksum: none of them), and
        `UploadInterrupted` is raised. Raises `Conflict` where they do not continue the upload, `TooLarge` where they
        are too many, `ChecksumMismatch`, and for a whole file what an upload in one piece raises: then nothing of it
        is kept, and the upload has failed.
        """
        async with self._writers.alone(upload_id) as switch:
            row = await self._prepared(principal, upload_id, stretch)
            remaining = (self._size_limit_bytes if row.size_bytes is None else row.size_bytes) - row.offset_bytes
            rules.check_length(stretch, remaining_bytes=remaining)
            incoming = Incoming(stretch, limit_bytes=remaining, switch=switch)
            row = await self._take(row, stretch, incoming)
            if incoming.broken:
                checked = stretch.checksum is not None
                raise UploadInterrupted(
                    rules.interruption(incoming.broken, safe=row.offset_bytes, checked=checked),
                    next_step=f"Ask HEAD /api/v2/uploads/{upload_id} for its Upload-Offset and send from there.",
                    details={"offset": row.offset_bytes},
                )
            return await self._ended(principal, row)

    async def delete(self, principal: Principal, upload_id: UUID) -> None:
        """End an upload and forget it; an asset that it became stays."""
        async with self._writers.alone(upload_id):
            async with self._database.transaction() as session:
                row = await _existing(session, principal, upload_id, lock=True)
                digests = await repository.drop_parts(session, row.id)
                await session.delete(row)
            await self._release_all(digests)
        log.info("upload.deleted", upload_id=str(upload_id), status=row.status)

    async def sweep(self) -> int:
        """Remove the uploads whose time is over, and return how many; for upkeep."""
        now = self._clock.now()
        async with self._database.read() as session:
            upload_ids = await repository.expired(session, before=now, limit=_SWEPT_AT_ONCE)
        swept = 0
        for upload_id in upload_ids:
            if self._writers.are_at(upload_id):
                continue
            async with self._database.transaction() as session:
                row = await session.get(UploadRow, upload_id, with_for_update=True)
                if row is None or row.expires_at >= now:
                    continue
                digests = await repository.drop_parts(session, upload_id)
                await session.delete(row)
            await self._release_all(digests)
            swept += 1
        return swept

    async def _check_file(
        self, principal: Principal, draft: AssetDraft, *, file_name: str | None, size_bytes: int | None
    ) -> None:
        if size_bytes is not None:
            rules.check_not_empty(size_bytes)
        await self._assets.check_upload(principal, draft, file_name=file_name, size_bytes=size_bytes)

    async def _prepared(self, principal: Principal, upload_id: UUID, stretch: Stretch) -> UploadRow:
        """Return the upload, ready to take the stretch."""
        async with self._database.read() as session:
            row = await _existing(session, principal, upload_id)
        self._require_alive(row)
        rules.check_stretch(row, stretch)
        if row.size_bytes is None and stretch.size_bytes is not None:
            draft = AssetDraft.model_validate(row.draft)
            await self._check_file(principal, draft, file_name=row.file_name, size_bytes=stretch.size_bytes)
            async with self._database.transaction() as session:
                row = await _existing(session, principal, upload_id, lock=True)
                rules.check_stretch(row, stretch)
                row.size_bytes = stretch.size_bytes
        return row

    async def _take(self, row: UploadRow, stretch: Stretch, incoming: Incoming) -> UploadRow:
        """Store what comes, part by part, and return the upload as it stands then."""
        checksum = stretch.checksum
        # What has a checksum is true or not as a whole, so it is not cut.
        cut = self._part_bytes if checksum is None else self._size_limit_bytes
        while await incoming.has_more():
            blob = await self._blobs.put(incoming.part(cut), size_limit_bytes=cut)
            try:
                if checksum is not None and incoming.broken is not None:
                    return row
                if checksum is not None:
                    incoming.check(checksum)
                row = await self._add(row, blob)
            finally:
                await self._release(blob)
        if checksum is not None and not incoming.size_bytes and incoming.broken is None:
            incoming.check(checksum)
        return row

    async def _add(self, row: UploadRow, blob: BlobFacts) -> UploadRow:
        async with self._database.transaction() as session:
            found = await session.get(UploadRow, row.id, with_for_update=True)
            if found is None:
                raise _unknown(row.id)
            # Between reading and now another process may have been here; of two, one moves the offset.
            if (found.offset_bytes, found.status) != (row.offset_bytes, "receiving"):
                raise rules.offset_conflict(row.id, sent=row.offset_bytes, safe=found.offset_bytes)
            rules.check_part_count(await repository.count_parts(session, row.id))
            part = UploadPartRow(
                upload_id=row.id,
                start_byte=row.offset_bytes,
                size_bytes=blob.size_bytes,
                blob_digest=blob.digest,
            )
            session.add(part)
            found.offset_bytes += blob.size_bytes
            found.expires_at = self._clock.now() + rules.LIFETIME
        return found

    async def _ended(self, principal: Principal, row: UploadRow) -> Upload:
        """Return the upload; where all its bytes are there, as the asset that they make."""
        if row.status != "receiving" or row.offset_bytes != row.size_bytes:
            return upload_of(row)
        try:
            asset_id = await self._asset_of(principal, row)
        except rules.REFUSALS as error:
            await self._end(row, failure=error)
            raise
        log.info("upload.finished", upload_id=str(row.id), asset_id=str(asset_id))
        return await self._end(row, asset_id=asset_id)

    async def _asset_of(self, principal: Principal, row: UploadRow) -> AssetId:
        try:
            # Made by an attempt that did not live to write down that it was.
            return (await self._assets.get(principal, row.id)).id
        except NotFound:
            pass
        async with self._database.read() as session:
            parts = await repository.parts(session, row.id)
        return (await self._registered(principal, row, parts)).id

    async def _registered(self, principal: Principal, row: UploadRow, parts: Sequence[BlobFacts]) -> Asset:
        draft = AssetDraft.model_validate(row.draft)
        async with self._whole(row, parts) as received:
            return await self._assets.register(principal, draft, received, asset_id=row.id)

    @asynccontextmanager
    async def _whole(self, row: UploadRow, parts: Sequence[BlobFacts]) -> AsyncGenerator[ReceivedFile]:
        """Give the file as one blob: the only part itself, or one made of all."""
        if len(parts) == 1:
            yield ReceivedFile(name=row.file_name, blob=parts[0])
            return
        async with self._assets.receiving(self._read_all(parts), file_name=row.file_name) as received:
            yield received

    async def _read_all(self, parts: Sequence[BlobFacts]) -> AsyncGenerator[bytes]:
        for part in parts:
            async for piece in self._blobs.read(part.digest):
                yield piece

    async def _end(
        self, row: UploadRow, *, asset_id: AssetId | None = None, failure: GauntletError | None = None
    ) -> Upload:
        """Write down what became of an upload, and let go of its parts."""
        async with self._database.transaction() as session:
            found = await session.get(UploadRow, row.id, with_for_update=True)
            if found is None:
                raise _unknown(row.id)
            found.status = "complete" if failure is None else "failed"
            found.asset_id = asset_id
            found.failure = None if failure is None else rules.failure_of(failure).model_dump(mode="json")
            found.expires_at = self._clock.now() + rules.LIFETIME
            digests = await repository.drop_parts(session, row.id)
        await self._release_all(digests)
        if failure is not None:
            log.info("upload.refused", upload_id=str(row.id), code=failure.code)
        return upload_of(found)

    def _require_alive(self, row: UploadRow) -> None:
        if row.status == "failed" or row.expires_at <= self._clock.now():
            raise rules.gone(row)

    async def _release_all(self, digests: set[Digest]) -> None:
        await self._release(*(BlobFacts(digest=digest, size_bytes=0) for digest in digests))

    async def _release(self, *blobs: BlobFacts) -> None:
        # Whether the row stands is decided by now; what cannot be let go of here, the sweeper lets go of later.
        try:
            await self._blobs.release_all(blobs)
        except StorageFailed as error:
            log.warning("upload.release.failed", digests=[blob.digest for blob in blobs], reason=error.message)


async def _existing(session: AsyncSession, principal: Principal, upload_id: UUID, *, lock: bool = False) -> UploadRow:
    row = await repository.find(session, principal.user_id, upload_id, lock=lock)
    if row is None:
        raise _unknown(upload_id)
    return row


def _cleaned(draft: AssetDraft) -> AssetDraft:
    name = None if draft.name is None else clean_name(draft.name)
    return draft.model_copy(update={"name": name, "tags": tuple(clean_tags(draft.tags))})


def _unknown(upload_id: UUID) -> NotFound:
    return NotFound(
        f"There is no upload {upload_id}.",
        next_step="List yours with GET /api/v2/uploads, or start one with POST /api/v2/uploads.",
        details={"uploadId": str(upload_id)},
    )

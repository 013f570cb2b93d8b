"""Assets: the client's own files, from upload to deletion."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.creative.brand import BrandGuidelines
from gauntlet.core.errors import InvalidInput, NotFound, StorageFailed, TooLarge
from gauntlet.core.ids import Digest, new_uuid
from gauntlet.core.paging import Page
from gauntlet.core.settings import MEGABYTE, AssetSettings
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets import repository, rules
from gauntlet.domain.assets.preparation import PreparedImage, prepare_image
from gauntlet.domain.assets.repository import asset_of
from gauntlet.domain.assets.schemas import Asset, AssetDraft, AssetPatch, AssetType, FileKind, StoredFile
from gauntlet.domain.campaigns import repository as campaigns
from gauntlet.domain.clients.access import require_role
from gauntlet.media.rasters import found_kind
from gauntlet.storage.base import BlobFacts, BlobStore

IMAGE_SIZE_LIMIT_BYTES: Final = 200 * MEGABYTE  # pictures are decoded from memory, whatever larger films may be
_SNIFFED_BYTES: Final = 8_192
_DECODERS: Final = 2  # pictures decoded at once: each may take some hundred megabytes

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """The bytes of an upload, safe in the store, of which no asset is made yet."""

    name: str
    blob: BlobFacts


class AssetService:
    """What people do with assets. One that is not theirs is `NotFound`; one they may only look at, `NotAllowed`."""

    def __init__(
        self,
        database: Database,
        *,
        blobs: BlobStore,
        settings: AssetSettings,
        clock: Clock,
        font_files: Sequence[Path] = (),
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._settings = settings
        self._clock = clock
        self._font_files = tuple(font_files)
        self._decoders = asyncio.Semaphore(_DECODERS)

    async def upload(
        self,
        principal: Principal,
        *,
        client_id: UUID,
        stream: AsyncIterator[bytes],
        file_name: str | None,
        campaign_id: UUID | None = None,
        name: str | None = None,
        tags: Sequence[str] = (),
    ) -> Asset:
        """Make an asset of a stream of bytes.

        Raises `NotFound` for a client or campaign that is not the caller's, `TooLarge` past a limit,
        `UnsupportedMedia` for other types, `InvalidInput` for damaged bytes, a bad name or bad tags, `StorageFailed`
        where the bytes cannot be kept. Nothing is stored then.
        """
        draft = AssetDraft(client_id=client_id, campaign_id=campaign_id, name=name, tags=tuple(tags))
        await self.check_upload(principal, draft, file_name=file_name)
        async with self.receiving(stream, file_name=file_name) as received:
            return await self.register(principal, draft, received)

    async def check_upload(self, principal: Principal, draft: AssetDraft, *, file_name: str | None) -> None:
        """Raise what `upload` would raise before it has seen a byte."""
        _name_of(draft, file_name)
        rules.clean_tags(draft.tags)
        async with self._database.read() as session:
            await self._check_place(session, principal, draft.client_id, draft.campaign_id)

    @asynccontextmanager
    async def receiving(self, stream: AsyncIterator[bytes], *, file_name: str | None) -> AsyncGenerator[ReceivedFile]:
        """Store a stream, for `register` inside the block; what is not registered is gone at its end."""
        shown = rules.name_of_file(file_name)
        try:
            blob = await self._blobs.put(stream, size_limit_bytes=self._settings.size_limit_bytes)
        except TooLarge as error:
            raise rules.about_file(error, shown) from error
        try:
            yield ReceivedFile(name=shown, blob=blob)
        finally:
            await self._release(blob)

    async def register(
        self, principal: Principal, draft: AssetDraft, received: ReceivedFile, *, asset_id: UUID | None = None
    ) -> Asset:
        """Make an asset of received bytes, under an id of its own or the given one; raises as `upload`."""
        name, tags = _name_of(draft, received.name), rules.clean_tags(draft.tags)
        await self.check_upload(principal, draft, file_name=received.name)
        try:
            prepared = await self._prepared(received.blob)
        except (InvalidInput, StorageFailed) as error:
            raise rules.about_file(error, received.name) from error
        async with AsyncExitStack() as held:
            blob = received.blob
            if prepared.replacement is not None:
                blob = await held.enter_async_context(self._stored(prepared.replacement))
            thumbnail = await held.enter_async_context(self._stored(prepared.thumbnail))
            rendition = None
            if prepared.rendition is not None:
                rendition = await held.enter_async_context(self._stored(prepared.rendition))
            row = self._row(principal, draft, prepared, blob)
            row.id = asset_id or new_uuid()
            row.name, row.tags = name, tags
            row.thumbnail_digest = thumbnail.digest
            row.rendition_digest = rendition.digest if rendition else None
            async with self._database.transaction() as session:
                await self._check_place(session, principal, draft.client_id, draft.campaign_id)
                session.add(row)
        log.info("asset.uploaded", asset_id=str(row.id), client_id=str(row.client_id), size_bytes=row.size_bytes)
        return asset_of(row)

    async def list(
        self,
        principal: Principal,
        *,
        page: Page,
        client_id: UUID | None = None,
        campaign_id: UUID | None = None,
        asset_type: AssetType | None = None,
        tag: str | None = None,
    ) -> tuple[list[Asset], int]:
        """Return a page of the caller's assets, newest first, and how many there are.

        Raises `NotFound` where it is asked for those of a client or campaign that is not the caller's.
        """
        async with self._database.read() as session:
            if client_id is not None:
                await require_role(session, principal, client_id, minimum="viewer")
            if campaign_id is not None and await campaigns.find(session, principal, campaign_id) is None:
                raise _no_campaign(campaign_id)
            rows, total = await repository.list_assets(
                session,
                principal,
                client_id=client_id,
                campaign_id=campaign_id,
                asset_type=asset_type,
                tag=tag,
                page=page,
            )
        return [asset_of(row) for row in rows], total

    async def get(self, principal: Principal, asset_id: UUID) -> Asset:
        """Return an asset."""
        async with self._database.read() as session:
            return asset_of(await _existing(session, principal, asset_id))

    async def update(self, principal: Principal, asset_id: UUID, patch: AssetPatch) -> Asset:
        """Change what the patch holds; raises `NotFound` for a campaign that is not one of the asset's client."""
        async with self._database.transaction() as session:
            row = await _existing(session, principal, asset_id, lock=True)
            changed = patch.model_fields_set
            campaign_id = patch.campaign_id if "campaign_id" in changed else None
            await self._check_place(session, principal, row.client_id, campaign_id)
            if "name" in changed:
                row.name = rules.clean_name(patch.name)
            if "tags" in changed:
                row.tags = rules.clean_tags(patch.tags)
            if "campaign_id" in changed:
                row.campaign_id = campaign_id
            row.updated_at = self._clock.now()
        return asset_of(row)

    async def delete(self, principal: Principal, asset_id: UUID) -> None:
        """Remove an asset, and its bytes unless something else (a storyboard, another asset) still shows them.

        Where it was its client's logo, the brand guidelines name none afterwards.
        """
        async with self._database.transaction() as session:
            row = await _existing(session, principal, asset_id, lock=True)
            await require_role(session, principal, row.client_id, minimum="editor")
            await _forget_logo(session, row)
            await session.delete(row)
        for digest in repository.digests_of(row):
            await self._release(BlobFacts(digest=digest, size_bytes=0))

    async def file(self, principal: Principal, asset_id: UUID, *, kind: FileKind) -> StoredFile:
        """Return where one of an asset's files is, and what it is; raises `NotFound` where it has none such."""
        async with self._database.read() as session:
            row = await _existing(session, principal, asset_id)
        digest, format_ = _file_of(row, kind)
        blob = await self._blobs.facts(digest) if digest is not None else None
        if blob is None:
            raise NotFound(
                f"The asset {asset_id} has no {kind}.",
                next_step=f"Ask for its data with GET /api/v2/assets/{asset_id}/data.",
                details={"assetId": str(asset_id)},
            )
        return StoredFile(
            digest=blob.digest,
            size_bytes=blob.size_bytes,
            media_type=rules.MEDIA_TYPES[format_],
            name=rules.download_name(row.name, format_),
        )

    async def _check_place(
        self, session: AsyncSession, principal: Principal, client_id: UUID, campaign_id: UUID | None
    ) -> None:
        await require_role(session, principal, client_id, minimum="editor")
        if campaign_id is None:
            return
        campaign = await campaigns.find(session, principal, campaign_id)
        if campaign is None or campaign.client_id != client_id:
            raise _no_campaign(campaign_id, of_client=client_id)

    async def _prepared(self, blob: BlobFacts) -> PreparedImage:
        start = b"".join([piece async for piece in self._blobs.read(blob.digest, length=_SNIFFED_BYTES)])
        kind = found_kind(start)
        later = rules.later_type(kind)
        if later is not None and not (kind == "text" and start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")):
            raise rules.not_taken_yet(kind, later)
        if blob.size_bytes > IMAGE_SIZE_LIMIT_BYTES:
            raise TooLarge(
                f"A picture of {blob.size_bytes / MEGABYTE:,.1f} MB; the limit for pictures is"
                f" {IMAGE_SIZE_LIMIT_BYTES / MEGABYTE:g} MB.",
                next_step="Save it with fewer pixels or stronger compression.",
                details={"field": "file", "value": blob.size_bytes, "limit": IMAGE_SIZE_LIMIT_BYTES},
            )
        async with self._decoders:
            data = await self._blobs.read_bytes(blob.digest)
            return await asyncio.to_thread(
                prepare_image, data, pixel_limit=self._settings.pixel_limit, font_files=self._font_files
            )

    @asynccontextmanager
    async def _stored(self, data: bytes) -> AsyncGenerator[BlobFacts]:
        blob = await self._blobs.put_bytes(data)
        try:
            yield blob
        finally:
            await self._release(blob)

    async def _release(self, blob: BlobFacts) -> None:
        # Whether the row stands is decided by now; what cannot be let go of here, the sweeper lets go of later.
        try:
            await self._blobs.release(blob.digest, hold=blob.hold)
        except StorageFailed as error:
            log.warning("asset.release.failed", digest=blob.digest, reason=error.message)

    def _row(self, principal: Principal, draft: AssetDraft, prepared: PreparedImage, blob: BlobFacts) -> AssetRow:
        now = self._clock.now()
        return AssetRow(
            user_id=principal.user_id,
            client_id=draft.client_id,
            campaign_id=draft.campaign_id,
            type="image",
            format=prepared.facts.format,
            size_bytes=blob.size_bytes,
            blob_digest=blob.digest,
            width=prepared.width,
            height=prepared.height,
            facts=prepared.facts.model_dump(mode="json"),
            version=1,
            uploaded_at=now,
            updated_at=now,
        )


def _name_of(draft: AssetDraft, file_name: str | None) -> str:
    return rules.name_of_file(file_name) if draft.name is None else rules.clean_name(draft.name)


def _file_of(row: AssetRow, kind: FileKind) -> tuple[Digest | None, str]:
    """Return digest and format of one of an asset's files."""
    digest, format_ = {
        "original": (row.blob_digest, row.format),
        "shown": (row.rendition_digest, "png") if row.rendition_digest else (row.blob_digest, row.format),
        "thumbnail": (row.thumbnail_digest, "webp"),
        "waveform": (row.waveform_digest, "webp"),
    }[kind]
    return (None if digest is None else Digest(digest)), format_


async def _existing(session: AsyncSession, principal: Principal, asset_id: UUID, *, lock: bool = False) -> AssetRow:
    row = await repository.find(session, principal, asset_id, lock=lock)
    if row is None:
        raise NotFound(
            f"There is no asset {asset_id}.",
            next_step="List the assets you reach with GET /api/v2/assets.",
            details={"assetId": str(asset_id)},
        )
    return row


def _no_campaign(campaign_id: UUID, *, of_client: UUID | None = None) -> NotFound:
    where = "" if of_client is None else f" of the client {of_client}"
    return NotFound(
        f"There is no campaign {campaign_id}{where}.",
        next_step="List the campaigns you reach with GET /api/v2/campaigns.",
        details={"campaignId": str(campaign_id)},
    )


async def _forget_logo(session: AsyncSession, row: AssetRow) -> None:
    client = await session.get_one(ClientRow, row.client_id, with_for_update=True)
    guidelines = BrandGuidelines.model_validate(client.brand_guidelines)
    if guidelines.logo_asset_id == row.id:
        client.brand_guidelines = guidelines.model_copy(update={"logo_asset_id": None}).model_dump(mode="json")

"""Assets: the client's own files, from upload to deletion."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.errors import Conflict, NotFound
from gauntlet.core.ids import Digest, new_uuid
from gauntlet.core.paging import Page
from gauntlet.core.settings import AssetSettings
from gauntlet.db.models.assets import AssetRow, ClientStorageRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets import disposal, repository, rules, versions
from gauntlet.domain.assets.access import (
    changeable,
    changeable_together,
    check_place,
    visible,
    visible_files,
)
from gauntlet.domain.assets.files import content_of, content_with, digest_and_format, stored_file
from gauntlet.domain.assets.intake import Inspector, Intake, KeptFile, ReceivedFile
from gauntlet.domain.assets.links import Claims, LinkSigner, lifetime
from gauntlet.domain.assets.listing import list_assets
from gauntlet.domain.assets.schemas import (
    Asset,
    AssetDraft,
    AssetPatch,
    AssetQuery,
    AssetVersion,
    BulkEdit,
    FileKind,
    SignedFile,
    SignedUrl,
    StoredFile,
)
from gauntlet.domain.assets.totals import Totals
from gauntlet.domain.assets.views import asset_of, version_of
from gauntlet.domain.clients.access import require_role
from gauntlet.media.facts import MediaFacts
from gauntlet.media.sandbox.sources import ByteSource
from gauntlet.media.waveforms import Waveform
from gauntlet.storage.base import BlobFacts, BlobStore, Piece

_PURGED_AT_ONCE: Final = 100  # bounds a transaction: other writers wait for it

log = structlog.get_logger(__name__)


class AssetService:
    """What people do with assets. One that is not theirs is `NotFound`; one they may only look at, `NotAllowed`.

    An asset in the bin can be looked at, taken out and purged, but not changed: that is a `Conflict`.
    """

    def __init__(
        self,
        database: Database,
        *,
        blobs: BlobStore,
        inspector: Inspector,
        settings: AssetSettings,
        clock: Clock,
        secret_key: bytes,
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._settings = settings
        self._clock = clock
        self._intake = Intake(blobs=blobs, inspector=inspector, settings=settings)
        self._links = LinkSigner(secret_key)
        self._totals = Totals()

    async def upload(
        self,
        principal: Principal,
        *,
        client_id: UUID,
        stream: AsyncIterator[Piece],
        file_name: str | None,
        campaign_id: UUID | None = None,
        name: str | None = None,
        tags: Sequence[str] = (),
    ) -> Asset:
        """Make an asset of a stream of bytes.

        Raises `NotFound` for a client or campaign that is not the caller's, `TooLarge` past a limit (`QuotaExceeded`
        past the client's), `UnsupportedMedia` for other types, `InvalidInput` for damaged bytes, a bad name or bad
        tags, `StorageFailed` where the bytes cannot be kept. Nothing is stored then.
        """
        draft = AssetDraft(client_id=client_id, campaign_id=campaign_id, name=name, tags=tuple(tags))
        await self.check_upload(principal, draft, file_name=file_name)
        async with self.receiving(stream, file_name=file_name) as received:
            return await self.register(principal, draft, received)

    async def check_upload(
        self, principal: Principal, draft: AssetDraft, *, file_name: str | None, size_bytes: int | None = None
    ) -> None:
        """Raise what `upload` would raise before it has seen a byte; `size_bytes` where it is known."""
        _name_of(draft, file_name)
        rules.clean_tags(draft.tags)
        async with self._database.read() as session:
            await check_place(session, principal, draft.client_id, draft.campaign_id)
            if size_bytes is not None:
                rules.check_size(size_bytes, limit_bytes=self._settings.size_limit_bytes)
                await self._check_room(session, draft.client_id, size_bytes)

    async def look_into(self, source: ByteSource, *, file_name: str) -> MediaFacts:
        """Return what a file is and store nothing; raises what `upload` would raise of its bytes."""
        return (await self._intake.look_into(source, name=rules.name_of_file(file_name))).facts

    @asynccontextmanager
    async def receiving(self, stream: AsyncIterator[Piece], *, file_name: str | None) -> AsyncGenerator[ReceivedFile]:
        """Store a stream, for `register` or `replace` inside the block; what is not used is gone at its end."""
        async with self._intake.receiving(stream, file_name=file_name) as received:
            yield received

    async def register(
        self, principal: Principal, draft: AssetDraft, received: ReceivedFile, *, asset_id: UUID | None = None
    ) -> Asset:
        """Make an asset of received bytes, under an id of its own or the given one; raises as `upload`."""
        name, tags = _name_of(draft, received.name), rules.clean_tags(draft.tags)
        async with self._intake.keeping(received) as kept:
            row = self._row(principal, draft, kept, asset_id=asset_id or new_uuid())
            row.name, row.tags = name, tags
            async with self._intake.referring(self._database, kept) as session:
                await check_place(session, principal, draft.client_id, draft.campaign_id)
                storage = await repository.lock_library(session, draft.client_id)
                self._take_room(storage, kept.blob.size_bytes)
                version = kept.version(row.id, 1, user_id=principal.user_id, created_at=row.uploaded_at)
                await repository.add(session, row, version)
        log.info(
            "asset.uploaded",
            asset_id=str(row.id),
            client_id=str(row.client_id),
            type=row.type,
            format=row.format,
            size_bytes=row.size_bytes,
        )
        return asset_of(row)

    async def list(self, principal: Principal, *, query: AssetQuery, page: Page) -> tuple[Sequence[Asset], int]:
        """Return a page of the caller's assets that meet a query, and how many do.

        Raises `NotFound` where it is asked for those of a client or campaign that is not the caller's.
        """
        async with self._database.read() as session:
            rows, total = await list_assets(session, principal, query=query, page=page, totals=self._totals)
        return [asset_of(row) for row in rows], total

    async def get(self, principal: Principal, asset_id: UUID) -> Asset:
        """Return an asset."""
        async with self._database.read() as session:
            return asset_of(await visible(session, principal, asset_id))

    async def update(self, principal: Principal, asset_id: UUID, patch: AssetPatch) -> Asset:
        """Change what the patch holds; raises `NotFound` for a campaign that is not one of the asset's client."""
        async with self._database.transaction() as session:
            row, _ = await changeable(session, principal, asset_id)
            _require_outside_bin(row)
            changed = patch.model_fields_set
            campaign_id = patch.campaign_id if "campaign_id" in changed else None
            await check_place(session, principal, row.client_id, campaign_id)
            if "name" in changed:
                await repository.rename(session, row, rules.clean_name(patch.name))
            if "tags" in changed:
                await repository.tag(session, row, rules.clean_tags(patch.tags))
            if "campaign_id" in changed:
                row.campaign_id = campaign_id
            row.updated_at = self._clock.now()
        return asset_of(row)

    async def edit_many(self, principal: Principal, edit: BulkEdit) -> Sequence[Asset]:
        """Make one change to many assets, or to none where one of them refuses; return them as they are then.

        What is to come out of the bin comes out first, and what is to go in goes last.
        """
        now = self._clock.now()
        async with self._database.transaction() as session:
            rows, _ = await changeable_together(session, principal, edit.asset_ids)
            if edit.in_bin is False:
                await disposal.take_from_bin(session, rows, now=now)
            if edit.model_fields_set & {"add_tags", "remove_tags", "campaign_id"}:
                for client_id in sorted({row.client_id for row in rows}):
                    await check_place(session, principal, client_id, edit.campaign_id)
                for row in rows:
                    _require_outside_bin(row)
                    tags = rules.edited_tags(row.tags, add=edit.add_tags, remove=edit.remove_tags)
                    await repository.tag(session, row, tags)
                    if "campaign_id" in edit.model_fields_set:
                        row.campaign_id = edit.campaign_id
                    row.updated_at = now
            if edit.in_bin:
                await session.flush()
                await disposal.put_in_bin(session, rows, user_id=principal.user_id, now=now)
        log.info("asset.edited", count=len(rows), fields=sorted(edit.model_fields_set), user_id=principal.user_id)
        return [asset_of(row) for row in rows]

    async def delete(self, principal: Principal, asset_id: UUID) -> None:
        """Put an asset into the bin; there it stays, until it is restored, purged or its time is over."""
        async with self._database.transaction() as session:
            row, _ = await changeable(session, principal, asset_id)
            await disposal.put_in_bin(session, [row], user_id=principal.user_id, now=self._clock.now())
        log.info("asset.binned", asset_id=str(asset_id), client_id=str(row.client_id))

    async def restore(self, principal: Principal, asset_id: UUID) -> Asset:
        """Take an asset out of the bin, with all that it had; one that is not there stays as it is."""
        async with self._database.transaction() as session:
            row, _ = await changeable(session, principal, asset_id)
            await disposal.take_from_bin(session, [row], now=self._clock.now())
        log.info("asset.restored", asset_id=str(asset_id), client_id=str(row.client_id))
        return asset_of(row)

    async def purge(self, principal: Principal, asset_id: UUID, *, permanently: bool = False) -> None:
        """Remove an asset of the bin for good, and its bytes unless something else (a storyboard) still shows them.

        One that is not in the bin is a `Conflict`, unless `permanently` says that this is known. Where it was its
        client's logo, the brand guidelines name none afterwards.
        """
        async with self._database.transaction() as session:
            row, storage = await changeable(session, principal, asset_id)
            if row.deleted_at is None and not permanently:
                raise Conflict(
                    f"The asset {asset_id} is not in the bin.",
                    next_step="Delete it first, or say that it is to go permanently.",
                    details={"assetId": str(asset_id)},
                )
            digests = await disposal.purge(session, [row], storage)
        log.info("asset.purged", asset_id=str(asset_id), client_id=str(row.client_id))
        await self._release_all(digests)

    async def empty_bin(self, *, older_than: timedelta | None = None) -> int:
        """Purge what has lain in the bin for that long, or as long as the settings say; return how many it were.

        For upkeep: it acts for the house, not for a person.
        """
        age = timedelta(days=self._settings.bin_retention_days) if older_than is None else older_than
        before = self._clock.now() - age
        purged = 0
        while True:
            async with self._database.read() as session:
                found = await disposal.overdue(session, before=before, limit=_PURGED_AT_ONCE)
            if found is None:
                return purged
            with suppress(NotFound):  # the client went meanwhile, and with it all that it had
                purged += await self._purge_overdue(*found)

    async def replace(self, principal: Principal, asset_id: UUID, received: ReceivedFile) -> Asset:
        """Give an asset a new version of its bytes; name, tags and id stay, and the old bytes are kept.

        The same bytes again change nothing. Raises `InvalidInput` for another type, and as `upload`.
        """
        async with self._database.read() as session:
            row = await visible(session, principal, asset_id)
            await require_role(session, principal, row.client_id, minimum="editor")
            _require_outside_bin(row)
        async with self._intake.keeping(received) as kept:
            rules.check_same_type(kept.facts.type, wanted=row.type)
            async with self._database.transaction() as session:
                row, storage = await changeable(session, principal, asset_id)
                _require_outside_bin(row)
                if kept.blob.digest != row.blob_digest:
                    self._take_room(storage, kept.blob.size_bytes)
                    await versions.append(session, row, kept, user_id=principal.user_id, now=self._clock.now())
        log.info("asset.replaced", asset_id=str(asset_id), client_id=str(row.client_id), version=row.version)
        return asset_of(row)

    async def versions(self, principal: Principal, asset_id: UUID, *, page: Page) -> tuple[Sequence[AssetVersion], int]:
        """Return a page of an asset's versions, newest first, and how many there are."""
        async with self._database.read() as session:
            row = await visible(session, principal, asset_id)
            rows, total = await repository.versions(session, asset_id, page=page)
        return [version_of(version, current=row.version) for version in rows], total

    async def restore_version(self, principal: Principal, asset_id: UUID, number: int) -> Asset:
        """Make a version the present one again, as a new version that repeats it.

        Raises `NotFound` for a version that there is not, `Conflict` for the present one.
        """
        async with self._database.transaction() as session:
            row, _ = await changeable(session, principal, asset_id)
            _require_outside_bin(row)
            await versions.repeat(session, row, number, user_id=principal.user_id, now=self._clock.now())
        log.info("asset.version_restored", asset_id=str(asset_id), client_id=str(row.client_id), number=number)
        return asset_of(row)

    async def file(
        self, principal: Principal, asset_id: UUID, *, kind: FileKind, version: int | None = None
    ) -> StoredFile:
        """Return where one of the files of an asset, or of a version of it, is, and what it is.

        Raises `NotFound` where it has none such.
        """
        async with self._database.read() as session:
            row = await visible_files(session, principal, asset_id)
            content = await content_of(session, row, version)
        return await stored_file(self._blobs, content, kind, asset_id=asset_id, name=row.name)

    async def waveform(self, principal: Principal, asset_id: UUID, *, version: int | None = None) -> Waveform:
        """Return a sound as peaks; raises `NotFound` for an asset that is none."""
        file = await self.file(principal, asset_id, kind="waveform", version=version)
        return Waveform.model_validate_json(await self._blobs.read_bytes(file.digest))

    async def sign(
        self, principal: Principal, asset_id: UUID, *, kind: FileKind, expires_in_s: int, download: bool = False
    ) -> SignedUrl:
        """Return an address that gives one of the present version's files to whoever has it, for at most 7 days.

        Raises `Conflict` for an asset in the bin, `NotFound` where it has no such file.
        """
        expires_at = self._clock.now() + lifetime(expires_in_s)
        async with self._database.read() as session:
            row = await visible(session, principal, asset_id)
        _require_outside_bin(row)
        file = await stored_file(self._blobs, row, kind, asset_id=asset_id, name=row.name)
        claims = Claims(
            asset_id=asset_id,
            digest=file.digest,
            kind=kind,
            download=download,
            expires_s=int(expires_at.timestamp()),
        )
        return self._links.sign(claims, name=file.name)

    async def signed_file(self, token: str) -> SignedFile:
        """Return what a signed address stands for.

        Raises `NotFound` for one that is not ours, has expired, or whose asset lies in the bin or is gone.
        """
        claims = self._links.read(token, now=self._clock.now())
        async with self._database.read() as session:
            row = await session.get(AssetRow, claims.asset_id)
            if row is None or row.deleted_at is not None:
                raise rules.no_asset(claims.asset_id)
            content = await content_with(session, row, claims.digest)
        if content is None or digest_and_format(content, claims.kind)[0] != claims.digest:
            raise rules.no_asset(claims.asset_id)
        file = await stored_file(self._blobs, content, claims.kind, asset_id=row.id, name=row.name)
        return SignedFile(file=file, kind=claims.kind, download=claims.download, expires_at=claims.expires_at)

    async def _purge_overdue(self, client_id: UUID, asset_ids: Sequence[UUID]) -> int:
        async with self._database.transaction() as session:
            storage = await repository.lock_library(session, client_id)
            found = await repository.find_again(session, asset_ids)
            rows = [row for row in found.values() if row.deleted_at is not None]
            digests = await disposal.purge(session, rows, storage)
        log.info("asset.bin_emptied", client_id=str(client_id), count=len(rows))
        await self._release_all(digests)
        return len(rows)

    async def _release_all(self, digests: Sequence[Digest]) -> None:
        await self._intake.release(*(BlobFacts(digest=digest, size_bytes=0) for digest in digests))

    async def _check_room(self, session: AsyncSession, client_id: UUID, size_bytes: int) -> None:
        storage = await session.get(ClientStorageRow, client_id)
        rules.check_quota(
            used_bytes=storage.used_bytes if storage else 0,
            more_bytes=size_bytes,
            quota_bytes=self._quota(storage),
        )

    def _take_room(self, storage: ClientStorageRow, size_bytes: int) -> None:
        rules.check_quota(used_bytes=storage.used_bytes, more_bytes=size_bytes, quota_bytes=self._quota(storage))
        storage.used_bytes += size_bytes

    def _quota(self, storage: ClientStorageRow | None) -> int | None:
        own = None if storage is None else storage.quota_bytes
        return self._settings.client_quota_bytes if own is None else own

    def _row(self, principal: Principal, draft: AssetDraft, kept: KeptFile, *, asset_id: UUID) -> AssetRow:
        now = self._clock.now()
        row = AssetRow(
            id=asset_id,
            user_id=principal.user_id,
            client_id=draft.client_id,
            campaign_id=draft.campaign_id,
            type=kept.facts.type,
            version=1,
            uploaded_at=now,
            updated_at=now,
        )
        kept.describe(row)
        return row


def _name_of(draft: AssetDraft, file_name: str | None) -> str:
    return rules.name_of_file(file_name) if draft.name is None else rules.clean_name(draft.name)


def _require_outside_bin(row: AssetRow) -> None:
    if row.deleted_at is not None:
        raise rules.in_the_bin(row.id)

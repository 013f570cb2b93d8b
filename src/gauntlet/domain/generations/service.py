"""What people do with generated media: look at them, take their files, give them to models again, delete them."""

from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.errors import InvalidInput, NotFound, StorageFailed
from gauntlet.core.generation import GeneratedType
from gauntlet.core.ids import Digest
from gauntlet.core.paging import Page
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.briefs import BriefRow
from gauntlet.db.models.generations import GenerationRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets import access as assets_access
from gauntlet.domain.assets import rules as assets_rules
from gauntlet.domain.assets.schemas import StoredFile
from gauntlet.domain.clients.access import reachable_clients, require_role
from gauntlet.domain.generations import repository, rules
from gauntlet.domain.generations.rules import WORKING, GenerationStatus
from gauntlet.domain.generations.schemas import (
    FileReference,
    GeneratedMedium,
    GenerationQuery,
    GenerationRequest,
    GivenFile,
    MediumFile,
)
from gauntlet.domain.generations.views import medium_of
from gauntlet.storage.base import BlobFacts, BlobStore

log = structlog.get_logger(__name__)


def reachable_generations(principal: Principal) -> ColumnElement[bool]:
    """Return the condition that every query of generations holds: those of clients that may be reached, not deleted."""
    return and_(GenerationRow.client_id.in_(reachable_clients(principal)), GenerationRow.deleted_at.is_(None))


class GenerationService:
    """The people's side of generations. What is not theirs is `NotFound`; what they may only look at, `NotAllowed`."""

    def __init__(self, database: Database, *, blobs: BlobStore, clock: Clock) -> None:
        self._database = database
        self._blobs = blobs
        self._clock = clock

    async def list(
        self, principal: Principal, *, query: GenerationQuery, page: Page
    ) -> tuple[list[GeneratedMedium], int]:
        """Return a page of generated media, newest first, and how many there are."""
        async with self._database.read() as session:
            if query.client_id is not None:
                await require_role(session, principal, query.client_id, minimum="viewer")
            rows, total = await repository.list_rows(
                session, within=reachable_generations(principal), query=query, page=page
            )
            intents = await repository.intents_of_all(session, rows)
            return [medium_of(row, intents.get(row.id, [])) for row in rows], total

    async def get(self, principal: Principal, type_: GeneratedType, generation_id: int) -> GeneratedMedium:
        """Return one."""
        async with self._database.read() as session:
            row = await _visible(session, principal, type_, generation_id)
            return medium_of(row, await repository.intents_of(session, row))

    async def require_editor(self, principal: Principal, type_: GeneratedType, generation_id: int) -> None:
        """Raise unless the caller may change it."""
        async with self._database.read() as session:
            row = await _visible(session, principal, type_, generation_id)
            await require_role(session, principal, row.client_id, minimum="editor")

    async def check_place(self, principal: Principal, request: GenerationRequest) -> None:
        """Raise unless the caller may order media there, for a campaign and a brief of the same client."""
        async with self._database.read() as session:
            await assets_access.check_place(session, principal, request.client_id, request.campaign_id)
            brief = None if request.brief_id is None else await session.get(BriefRow, request.brief_id)
            if request.brief_id is not None and (brief is None or brief.client_id != request.client_id):
                raise NotFound(
                    f"Client {request.client_id} has no brief {request.brief_id}.",
                    next_step="List the client's briefs, or leave the brief out.",
                    details={"briefId": str(request.brief_id)},
                )

    async def given_file(self, client_id: UUID, reference: FileReference, *, name: str) -> GivenFile:
        """Return a file of a client's that a model is to be given; raises `NotFound` for any other's."""
        async with self._database.read() as session:
            if reference.asset_id is not None:
                return await _asset_file(session, client_id, reference.asset_id, name=name)
            if reference.image_id is not None:
                return await _medium_file(session, client_id, "image", reference.image_id)
            return await _medium_file(session, client_id, "video", reference.video_id or 0)

    async def file(
        self, principal: Principal, type_: GeneratedType, generation_id: int, *, kind: MediumFile
    ) -> StoredFile:
        """Return where a medium's file is, and what it is; raises `NotFound` while there is none."""
        async with self._database.read() as session:
            row = await _visible(session, principal, type_, generation_id)
        digest = row.digest if kind == "data" else row.thumbnail_digest
        blob = None
        if digest is not None and row.status == GenerationStatus.SUCCEEDED:
            blob = await self._blobs.facts(Digest(digest))
        if blob is None:
            raise NotFound(
                f"The {rules.NOUNS[type_]} {generation_id} is {row.status}; it has no {kind}.",
                next_step=rules.how_to_go_on(row.status),
                details={"generationId": generation_id, "status": row.status},
            )
        format_ = "webp" if kind == "thumbnail" else row.format or ""
        return StoredFile(
            digest=blob.digest,
            size_bytes=blob.size_bytes,
            media_type=assets_rules.MEDIA_TYPES[format_],
            name=f"{rules.NOUNS[type_]}-{generation_id}.{format_}",
        )

    async def delete(self, principal: Principal, type_: GeneratedType, generation_id: int) -> None:
        """Remove a medium and its bytes, unless an ad shows them; raises `Conflict` while it is being made.

        What it cost stays in the books. The step that ordered it, should it ask again, orders anew.
        """
        async with self._database.transaction() as session:
            await _visible(session, principal, type_, generation_id)
            row = await repository.lock(session, generation_id, within=reachable_generations(principal))
            if row is None:
                raise rules.unknown(generation_id, type_=type_)
            await require_role(session, principal, row.client_id, minimum="editor")
            status = GenerationStatus(row.status)
            if status in WORKING:
                raise rules.refuse("deleted", generation_id=row.id, type_=type_, status=status)
            digests = [Digest(digest) for digest in (row.digest, row.thumbnail_digest) if digest is not None]
            digests += await repository.forget_inputs(session, row.id)
            row.digest = row.thumbnail_digest = row.key = None
            row.deleted_at = row.updated_at = self._clock.now()
        log.info("generation.delete.done", generation_id=generation_id, type=type_)
        await self._release(digests)

    async def _release(self, digests: "list[Digest]") -> None:
        try:
            await self._blobs.release_all([BlobFacts(digest=digest, size_bytes=0) for digest in digests])
        except StorageFailed as error:
            # The row is gone; what cannot be let go of here, the sweeper lets go of later.
            log.warning("generation.release.failed", digests=digests, reason=error.message)


async def _visible(
    session: AsyncSession, principal: Principal, type_: GeneratedType, generation_id: int
) -> GenerationRow:
    row = await repository.find(session, generation_id, within=reachable_generations(principal))
    if row is None or row.type != type_:
        raise rules.unknown(generation_id, type_=type_)
    return row


async def _asset_file(session: AsyncSession, client_id: UUID, asset_id: UUID, *, name: str) -> GivenFile:
    row = await session.get(AssetRow, asset_id)
    if row is None or row.client_id != client_id or row.deleted_at is not None:
        raise NotFound(
            f"Client {client_id} has no asset {asset_id}.",
            next_step="List the client's assets and use their ids.",
            details={"field": f"inputs.{name}", "assetId": str(asset_id)},
        )
    if row.type == "document":
        raise InvalidInput(
            f"The asset {asset_id} ({row.name[:80]!r}) is a document; models take pictures, films and sounds.",
            next_step="Name another asset.",
            details={"field": f"inputs.{name}", "value": str(asset_id)},
        )
    # A drawing is given as the picture of it: models decode pixels.
    drawn = row.rendition_digest is not None
    return GivenFile(
        digest=Digest(row.rendition_digest or row.blob_digest),
        media_type="image/png" if drawn else assets_rules.MEDIA_TYPES[row.format],
    )


async def _medium_file(session: AsyncSession, client_id: UUID, type_: GeneratedType, generation_id: int) -> GivenFile:
    row = await session.get(GenerationRow, generation_id)
    if row is None or row.type != type_ or row.client_id != client_id or row.deleted_at is not None:
        raise rules.unknown(generation_id, type_=type_)
    if row.digest is None or row.format is None or row.status != GenerationStatus.SUCCEEDED:
        raise rules.refuse("given to a model", generation_id=row.id, type_=type_, status=GenerationStatus(row.status))
    return GivenFile(digest=Digest(row.digest), media_type=assets_rules.MEDIA_TYPES[row.format])

"""Uploads in the database. They belong to who began them, not to all who reach the client."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.ids import AssetId, ClientId, Digest, UserId
from gauntlet.core.paging import Page
from gauntlet.db.models.uploads import UploadPartRow, UploadRow
from gauntlet.db.paging import fetch_page
from gauntlet.domain.uploads.schemas import Upload, UploadFailure
from gauntlet.storage.base import BlobFacts


async def find(session: AsyncSession, user_id: UserId, upload_id: UUID, *, lock: bool = False) -> UploadRow | None:
    """Return somebody's upload, locked until the transaction ends where asked for."""
    statement = select(UploadRow).where(UploadRow.id == upload_id, UploadRow.user_id == user_id)
    return await session.scalar(statement.with_for_update() if lock else statement)


async def list_uploads(session: AsyncSession, user_id: UserId, *, page: Page) -> tuple[list[UploadRow], int]:
    """Return a page of somebody's uploads, newest first, and how many there are."""
    statement = select(UploadRow).where(UploadRow.user_id == user_id)
    return await fetch_page(session, statement.order_by(UploadRow.created_at.desc(), UploadRow.id.desc()), page=page)


async def count_unfinished(session: AsyncSession, user_id: UserId) -> int:
    """Return how many uploads somebody has begun and not ended."""
    statement = select(func.count()).where(UploadRow.user_id == user_id, UploadRow.status == "receiving")
    return await session.scalar(statement) or 0


async def expired(session: AsyncSession, *, before: datetime, limit: int) -> Sequence[UUID]:
    """Return uploads whose time is over."""
    return (await session.scalars(select(UploadRow.id).where(UploadRow.expires_at < before).limit(limit))).all()


async def parts(session: AsyncSession, upload_id: UUID) -> list[BlobFacts]:
    """Return the parts of an upload in their order."""
    rows = await session.scalars(
        select(UploadPartRow).where(UploadPartRow.upload_id == upload_id).order_by(UploadPartRow.start_byte)
    )
    return [BlobFacts(digest=Digest(row.blob_digest), size_bytes=row.size_bytes) for row in rows]


async def count_parts(session: AsyncSession, upload_id: UUID) -> int:
    """Return how many parts an upload has."""
    return await session.scalar(select(func.count()).where(UploadPartRow.upload_id == upload_id)) or 0


async def drop_parts(session: AsyncSession, upload_id: UUID) -> set[Digest]:
    """Remove an upload's parts; return the blobs that they referred to, to be released after the transaction."""
    digests = await session.scalars(
        delete(UploadPartRow).where(UploadPartRow.upload_id == upload_id).returning(UploadPartRow.blob_digest)
    )
    return {Digest(digest) for digest in digests}


def upload_of(row: UploadRow) -> Upload:
    """Return a row as callers see it."""
    return Upload(
        id=row.id,
        client_id=ClientId(row.client_id),
        file_name=row.file_name,
        offset=row.offset_bytes,
        size=row.size_bytes,
        status=row.status,  # pyright: ignore[reportArgumentType]  # the table admits no other words
        asset_id=None if row.asset_id is None else AssetId(row.asset_id),
        failure=None if row.failure is None else UploadFailure.model_validate(row.failure),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )

"""Accounts in the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.ids import UserId
from gauntlet.core.paging import Page
from gauntlet.db.models.accounts import ApiKeyRow, SessionRow, UserRow
from gauntlet.db.paging import fetch_page

# Put together once: every request of a person's begins with it.
_LIVE_SESSION_USER: Final = (
    select(UserRow)
    .join(SessionRow, SessionRow.user_id == UserRow.id)
    .where(
        SessionRow.id == bindparam("session_id"),
        SessionRow.revoked_at.is_(None),
        SessionRow.expires_at > bindparam("now"),
        UserRow.disabled_at.is_(None),
    )
)


async def find_user_by_email(session: AsyncSession, email: str) -> UserRow | None:
    """Return the user of a normalised address."""
    return await session.scalar(select(UserRow).where(UserRow.email == email))


async def somebody_signs_in(session: AsyncSession) -> bool:
    """Return whether there is any account with a password, disabled or not."""
    found = await session.scalar(select(UserRow.id).where(UserRow.password_hash.is_not(None)).limit(1))
    return found is not None


async def hold_others_off(session: AsyncSession) -> None:
    """Let nobody else make or change accounts until the transaction ends."""
    # On SQLite whoever writes is alone already.
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE"))


async def list_users(session: AsyncSession, *, page: Page) -> tuple[list[UserRow], int]:
    """Return a page of all users, newest first."""
    statement = select(UserRow).order_by(UserRow.created_at.desc(), UserRow.id.desc())
    return await fetch_page(session, statement, page=page)


async def lock_admins_who_sign_in(session: AsyncSession) -> list[UserId]:
    """Return the ids of enabled administrators with a password, locked until the transaction ends."""
    ids = await session.scalars(
        select(UserRow.id)
        .where(UserRow.role == "admin", UserRow.disabled_at.is_(None), UserRow.password_hash.is_not(None))
        .order_by(UserRow.id)
        .with_for_update()
    )
    return [UserId(id_) for id_ in ids]


async def find_live_session_user(session: AsyncSession, session_id: UUID, *, now: datetime) -> UserRow | None:
    """Return the enabled user whose session this is, unless it was revoked or has run out."""
    return await session.scalar(_LIVE_SESSION_USER, {"session_id": session_id, "now": now})


async def live_session_users(
    session: AsyncSession, session_ids: Collection[UUID], *, now: datetime
) -> dict[UUID, UserRow]:
    """Return the enabled users of those of some sessions that are neither revoked nor have run out."""
    found = await session.execute(
        select(SessionRow.id, UserRow)
        .join(UserRow, SessionRow.user_id == UserRow.id)
        .where(
            SessionRow.id.in_(session_ids),
            SessionRow.revoked_at.is_(None),
            SessionRow.expires_at > now,
            UserRow.disabled_at.is_(None),
        )
    )
    return {id_: user for id_, user in found}


async def live_key_users(session: AsyncSession, digests: Collection[str]) -> dict[str, UserRow]:
    """Return the enabled users of those of some keys (by SHA-256) that are not revoked."""
    found = await session.execute(
        select(ApiKeyRow.sha256, UserRow)
        .join(UserRow, ApiKeyRow.user_id == UserRow.id)
        .where(ApiKeyRow.sha256.in_(digests), ApiKeyRow.revoked_at.is_(None), UserRow.disabled_at.is_(None))
    )
    return {digest: user for digest, user in found}


async def find_live_key(session: AsyncSession, digest: str) -> tuple[ApiKeyRow, UserRow] | None:
    """Return an unrevoked key by its SHA-256, with its enabled user."""
    found = await session.execute(
        select(ApiKeyRow, UserRow)
        .join(UserRow, ApiKeyRow.user_id == UserRow.id)
        .where(ApiKeyRow.sha256 == digest, ApiKeyRow.revoked_at.is_(None), UserRow.disabled_at.is_(None))
    )
    row = found.one_or_none()
    return None if row is None else (row[0], row[1])


async def list_keys(session: AsyncSession, user_id: UserId, *, page: Page) -> tuple[list[ApiKeyRow], int]:
    """Return a page of a user's keys, newest first, revoked ones included."""
    statement = (
        select(ApiKeyRow).where(ApiKeyRow.user_id == user_id).order_by(ApiKeyRow.created_at.desc(), ApiKeyRow.id.desc())
    )
    return await fetch_page(session, statement, page=page)


async def mark_key_used(session: AsyncSession, key_id: int, *, now: datetime) -> None:
    """Note that a key was used."""
    await session.execute(update(ApiKeyRow).where(ApiKeyRow.id == key_id).values(last_used_at=now))


async def revoke_sessions(session: AsyncSession, user_id: UserId, *, now: datetime, but: UUID | None = None) -> None:
    """End all of a user's sessions, or all but one."""
    ended = update(SessionRow).where(SessionRow.user_id == user_id, SessionRow.revoked_at.is_(None))
    if but is not None:
        ended = ended.where(SessionRow.id != but)
    await session.execute(ended.values(revoked_at=now))

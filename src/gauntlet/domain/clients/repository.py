"""Clients and memberships in the database."""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.paging import Page
from gauntlet.db.models.accounts import UserRow
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.clients import ClientRow, MembershipRow
from gauntlet.db.models.jobs import JobRow
from gauntlet.db.paging import fetch_page
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients.access import reachable_clients
from gauntlet.domain.clients.schemas import ClientStats

# The same states as `jobs.rules.WORKING`, which is above this layer; a test holds the two together.
RUNNING_JOB_STATUSES: Final = ("pending", "parsing", "generating_storyboard", "rendering")


async def list_clients(session: AsyncSession, principal: Principal, *, page: Page) -> tuple[list[ClientRow], int]:
    """Return a page of the clients that the caller reaches, newest first."""
    statement = (
        select(ClientRow)
        .where(ClientRow.id.in_(reachable_clients(principal)))
        .order_by(ClientRow.created_at.desc(), ClientRow.id.desc())
    )
    return await fetch_page(session, statement, page=page)


async def find_by_name(session: AsyncSession, principal: Principal, name: str) -> ClientRow | None:
    """Return the oldest client of exactly that name among those that the caller reaches."""
    return await session.scalar(
        select(ClientRow)
        .where(ClientRow.name == name, ClientRow.id.in_(reachable_clients(principal)))
        .order_by(ClientRow.created_at, ClientRow.id)
        .limit(1)
    )


async def lock_client(session: AsyncSession, client_id: UUID) -> None:
    """Let nobody else change the client's members, or give it a job, until the transaction ends."""
    await session.execute(select(ClientRow.id).where(ClientRow.id == client_id).with_for_update())


async def count_running_jobs(session: AsyncSession, client_id: UUID) -> int:
    """Return how many jobs are at work for a client."""
    return await _count(session, JobRow.client_id == client_id, JobRow.status.in_(RUNNING_JOB_STATUSES))


async def has_asset(session: AsyncSession, client_id: UUID, asset_id: UUID) -> bool:
    """Return whether an asset is this client's own, and not in the bin."""
    owner = await session.scalar(
        select(AssetRow.client_id).where(AssetRow.id == asset_id, AssetRow.deleted_at.is_(None))
    )
    return owner == client_id


async def stats(session: AsyncSession, client_id: UUID) -> ClientStats:
    """Return what a client has."""
    assets = await session.execute(
        select(func.count(), func.coalesce(func.sum(AssetRow.size_bytes), 0)).where(
            AssetRow.client_id == client_id, AssetRow.deleted_at.is_(None)
        )
    )
    asset_count, asset_size_bytes = assets.one()
    of_client = JobRow.client_id == client_id
    cost = await session.scalar(select(func.sum(JobRow.actual_cost_microusd)).where(of_client))
    return ClientStats(
        campaigns=await _count(session, CampaignRow.client_id == client_id),
        assets=asset_count,
        asset_size_bytes=int(asset_size_bytes),
        jobs=await _count(session, of_client),
        jobs_running=await count_running_jobs(session, client_id),
        jobs_completed=await _count(session, of_client, JobRow.status == "completed"),
        actual_cost_microusd=int(cost or 0),
    )


async def list_members(
    session: AsyncSession, client_id: UUID, *, page: Page
) -> tuple[list[tuple[MembershipRow, UserRow]], int]:
    """Return a page of a client's members with their accounts, by address, and how many there are."""
    total = await _count(session, MembershipRow.client_id == client_id)
    rows = await session.execute(
        select(MembershipRow, UserRow)
        .join(UserRow, UserRow.id == MembershipRow.user_id)
        .where(MembershipRow.client_id == client_id)
        .order_by(UserRow.email)
        .limit(page.limit)
        .offset(page.offset)
    )
    return [(row[0], row[1]) for row in rows], total


async def count_other_owners(session: AsyncSession, client_id: UUID, *, than_user_id: int) -> int:
    """Return how many owners a client has besides one."""
    return await _count(
        session,
        MembershipRow.client_id == client_id,
        MembershipRow.role == "owner",
        MembershipRow.user_id != than_user_id,
    )


async def _count(session: AsyncSession, *conditions: ColumnElement[bool]) -> int:
    return await session.scalar(select(func.count()).where(*conditions)) or 0

"""Campaigns in the database."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.paging import Page
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.jobs import JobRow
from gauntlet.db.paging import fetch_page
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.campaigns.schemas import CampaignStats, CampaignStatus
from gauntlet.domain.clients.access import reachable_clients
from gauntlet.domain.clients.repository import RUNNING_JOB_STATUSES


async def find(session: AsyncSession, principal: Principal, campaign_id: UUID) -> CampaignRow | None:
    """Return a campaign that the caller reaches."""
    return await session.scalar(
        select(CampaignRow).where(
            CampaignRow.id == campaign_id, CampaignRow.client_id.in_(reachable_clients(principal))
        )
    )


async def list_campaigns(
    session: AsyncSession,
    principal: Principal,
    *,
    client_id: UUID | None,
    status: CampaignStatus | None,
    page: Page,
) -> tuple[list[CampaignRow], int]:
    """Return a page of the campaigns that the caller reaches, newest first."""
    statement = select(CampaignRow).where(CampaignRow.client_id.in_(reachable_clients(principal)))
    if client_id is not None:
        statement = statement.where(CampaignRow.client_id == client_id)
    if status is not None:
        statement = statement.where(CampaignRow.status == status)
    return await fetch_page(
        session, statement.order_by(CampaignRow.created_at.desc(), CampaignRow.id.desc()), page=page
    )


async def stats(session: AsyncSession, campaign_id: UUID) -> CampaignStats:
    """Return what a campaign has."""
    assets = await session.execute(
        select(func.count(), func.coalesce(func.sum(AssetRow.size_bytes), 0)).where(
            AssetRow.campaign_id == campaign_id, AssetRow.deleted_at.is_(None)
        )
    )
    asset_count, asset_size_bytes = assets.one()
    of_campaign = JobRow.campaign_id == campaign_id
    cost = await session.scalar(select(func.sum(JobRow.actual_cost_microusd)).where(of_campaign))
    return CampaignStats(
        assets=asset_count,
        asset_size_bytes=int(asset_size_bytes),
        jobs=await _count_jobs(session, of_campaign),
        jobs_running=await _count_jobs(session, of_campaign, JobRow.status.in_(RUNNING_JOB_STATUSES)),
        jobs_completed=await _count_jobs(session, of_campaign, JobRow.status == "completed"),
        actual_cost_microusd=int(cost or 0),
    )


async def _count_jobs(session: AsyncSession, *conditions: ColumnElement[bool]) -> int:
    return await session.scalar(select(func.count()).where(*conditions)) or 0

"""Rows of briefs and their versions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.creative.brief import Brief
from gauntlet.db.models.briefs import BriefRow, BriefVersionRow


async def add_brief(
    session: AsyncSession,
    *,
    brief_id: UUID,
    client_id: UUID,
    campaign_id: UUID | None,
    user_id: int,
    prompt: str,
    at: datetime,
) -> None:
    """Insert a brief that has no version yet."""
    session.add(
        BriefRow(
            id=brief_id,
            client_id=client_id,
            campaign_id=campaign_id,
            user_id=user_id,
            prompt=prompt,
            current_version=0,
            created_at=at,
            updated_at=at,
        )
    )
    await session.flush()


async def add_version(
    session: AsyncSession,
    *,
    brief_id: UUID,
    brief: Brief,
    change: str,
    cost_microusd: int,
    user_id: int,
    at: datetime,
) -> int:
    """Append a version and make it the current one; return its number."""
    row = await session.get_one(BriefRow, brief_id)
    row.current_version += 1
    row.updated_at = at
    session.add(
        BriefVersionRow(
            brief_id=brief_id,
            version=row.current_version,
            content=brief.model_dump(mode="json", by_alias=True, exclude_computed_fields=True),
            change=change,
            provider=brief.planner,
            cost_microusd=cost_microusd,
            user_id=user_id,
            created_at=at,
        )
    )
    await session.flush()
    return row.current_version


async def current_brief(session: AsyncSession, brief_id: UUID) -> Brief | None:
    """Return the brief's newest version, or None where there is none."""
    content = await session.scalar(
        select(BriefVersionRow.content)
        .join(BriefRow, BriefRow.id == BriefVersionRow.brief_id)
        .where(BriefRow.id == brief_id, BriefVersionRow.version == BriefRow.current_version)
    )
    return None if content is None else Brief.model_validate(content)

"""Rows of briefs, their versions, and what was asked of planners."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.attempts import Attempt
from gauntlet.core.creative.brief import Brief
from gauntlet.core.paging import Page
from gauntlet.db.models.briefs import BriefOrderRow, BriefReferenceRow, BriefRow, BriefVersionRow
from gauntlet.domain.briefs.schemas import BriefRequest, GivenReference


async def add_brief(
    session: AsyncSession,
    *,
    brief_id: UUID,
    client_id: UUID,
    campaign_id: UUID | None,
    user_id: int,
    prompt: str,
    at: datetime,
    request: BriefRequest | None = None,
    reference: GivenReference | None = None,
) -> None:
    """Insert a brief that has no version yet."""
    session.add(
        BriefRow(
            id=brief_id,
            client_id=client_id,
            campaign_id=campaign_id,
            user_id=user_id,
            prompt=prompt,
            request=None if request is None else request.model_dump(mode="json", by_alias=True),
            reference=None if reference is None else reference.facts.model_dump(mode="json", by_alias=True),
            current_version=0,
            created_at=at,
            updated_at=at,
        )
    )
    await session.flush()
    if reference is not None:
        session.add(BriefReferenceRow(brief_id=brief_id, digest=reference.digest, asset_id=reference.asset_id))


async def add_version(
    session: AsyncSession,
    *,
    brief_id: UUID,
    brief: Brief,
    change: str,
    cost_microusd: int,
    user_id: int,
    at: datetime,
    provider: str | None = None,
    attempts: Sequence[Attempt] = (),
) -> int:
    """Append a version and make it the current one; return its number.

    `provider` is who made it, by default whom the brief names; `attempts` what each planner that was asked answered.
    """
    row = await session.get_one(BriefRow, brief_id, with_for_update=True)
    row.current_version += 1
    row.updated_at = at
    session.add(
        BriefVersionRow(
            brief_id=brief_id,
            version=row.current_version,
            content=brief.model_dump(mode="json", by_alias=True, exclude_computed_fields=True),
            change=change,
            provider=provider or brief.planner,
            cost_microusd=cost_microusd,
            attempts=[attempt.model_dump(mode="json", by_alias=True) for attempt in attempts] or None,
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


async def find_brief(session: AsyncSession, brief_id: UUID, *, within: ColumnElement[bool]) -> BriefRow | None:
    """Return the brief if it is among those that `within` admits."""
    return await session.scalar(select(BriefRow).where(BriefRow.id == brief_id, within))


async def lock_brief(session: AsyncSession, brief_id: UUID, *, within: ColumnElement[bool]) -> BriefRow | None:
    """As `find_brief`, holding the row until the transaction ends."""
    return await session.scalar(select(BriefRow).where(BriefRow.id == brief_id, within).with_for_update())


async def list_briefs(
    session: AsyncSession, *, within: Sequence[ColumnElement[bool]], page: Page
) -> tuple[list[BriefRow], int]:
    """Return a page of briefs, newest first, and how many there are."""
    total = await session.scalar(select(func.count()).select_from(BriefRow).where(*within)) or 0
    rows = await session.scalars(
        select(BriefRow)
        .where(*within)
        .order_by(BriefRow.created_at.desc(), BriefRow.id)
        .limit(page.limit)
        .offset(page.offset)
    )
    return list(rows), total


async def version_row(session: AsyncSession, brief_id: UUID, version: int) -> BriefVersionRow | None:
    """Return a version of a brief."""
    return await session.get(BriefVersionRow, (brief_id, version))


async def current_versions(session: AsyncSession, brief_ids: Sequence[UUID]) -> dict[UUID, BriefVersionRow]:
    """Return the newest versions of several briefs."""
    rows = await session.scalars(
        select(BriefVersionRow)
        .join(BriefRow, BriefRow.id == BriefVersionRow.brief_id)
        .where(BriefRow.id.in_(brief_ids), BriefVersionRow.version == BriefRow.current_version)
    )
    return {row.brief_id: row for row in rows}


async def list_versions(session: AsyncSession, brief_id: UUID, *, page: Page) -> tuple[list[BriefVersionRow], int]:
    """Return a page of a brief's versions, newest first, and how many there are."""
    within = BriefVersionRow.brief_id == brief_id
    total = await session.scalar(select(func.count()).select_from(BriefVersionRow).where(within)) or 0
    rows = await session.scalars(
        select(BriefVersionRow)
        .where(within)
        .order_by(BriefVersionRow.version.desc())
        .limit(page.limit)
        .offset(page.offset)
    )
    return list(rows), total


async def total_costs(session: AsyncSession, brief_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return what all versions of each brief cost together."""
    rows = await session.execute(
        select(BriefVersionRow.brief_id, func.sum(BriefVersionRow.cost_microusd))
        .where(BriefVersionRow.brief_id.in_(brief_ids))
        .group_by(BriefVersionRow.brief_id)
    )
    return {brief_id: int(cost) for brief_id, cost in rows}


async def latest_orders(session: AsyncSession, brief_ids: Sequence[UUID]) -> dict[UUID, BriefOrderRow]:
    """Return the latest order for each brief that has one."""
    latest = (
        select(func.max(BriefOrderRow.id)).where(BriefOrderRow.brief_id.in_(brief_ids)).group_by(BriefOrderRow.brief_id)
    )
    rows = await session.scalars(select(BriefOrderRow).where(BriefOrderRow.id.in_(latest)))
    return {row.brief_id: row for row in rows}


async def order_of_key(session: AsyncSession, *, user_id: int, key: str) -> BriefOrderRow | None:
    """Return what a user ordered under an idempotency key."""
    return await session.scalar(
        select(BriefOrderRow).where(BriefOrderRow.user_id == user_id, BriefOrderRow.idempotency_key == key)
    )


async def orders_at_work(session: AsyncSession) -> list[BriefOrderRow]:
    """Return every order that some workflow should be working on."""
    return list(
        await session.scalars(select(BriefOrderRow).where(BriefOrderRow.status == "working").order_by(BriefOrderRow.id))
    )


async def all_attempts(session: AsyncSession, brief_id: UUID) -> list[Attempt]:
    """Return what each planner that was asked for any version of the brief answered, in order."""
    rows = await session.scalars(
        select(BriefVersionRow.attempts).where(BriefVersionRow.brief_id == brief_id).order_by(BriefVersionRow.version)
    )
    return [Attempt.model_validate(attempt) for attempts in rows for attempt in attempts or ()]

"""Lists a page at a time."""

from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.paging import Page

Row = TypeVar("Row")


async def fetch_page(session: AsyncSession, statement: Select[Row], *, page: Page) -> tuple[list[Row], int]:
    """Return one page of an ordered select of one entity, and how many rows there are in all."""
    total = await session.scalar(select(func.count()).select_from(statement.order_by(None).subquery()))
    rows = await session.scalars(statement.limit(page.limit).offset(page.offset))
    return list(rows), total or 0

"""From rows to what people and workflows see of a brief."""

from typing import cast

from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.attempts import Attempt
from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.reference import ReferenceFacts
from gauntlet.core.ids import BriefId, Digest, UserId
from gauntlet.db.models.briefs import BriefOrderRow, BriefReferenceRow, BriefRow, BriefVersionRow
from gauntlet.domain.briefs import repository, rules
from gauntlet.domain.briefs.schemas import (
    BriefDetail,
    BriefOrder,
    BriefProblem,
    BriefRequest,
    BriefStatus,
    BriefSummary,
    BriefVersion,
    GivenReference,
    OrderStatus,
)


def order_of(row: BriefOrderRow, brief: BriefRow, reference: BriefReferenceRow | None) -> BriefOrder:
    """Return an order as the work on it sees it."""
    return BriefOrder.model_validate(
        {
            **{name: getattr(row, name) for name in _OF_ORDER},
            "error": problem_of(row),
            "client_id": brief.client_id,
            "campaign_id": brief.campaign_id,
            "prompt": brief.prompt,
            "current_version": brief.current_version,
            "request": None if brief.request is None else BriefRequest.model_validate(brief.request),
            "reference": _reference(brief, reference),
        }
    )


_OF_ORDER = (
    "id",
    "brief_id",
    "kind",
    "status",
    "run",
    "instruction",
    "scene_number",
    "base_version",
    "version",
    "user_id",
)


def _reference(brief: BriefRow, row: BriefReferenceRow | None) -> GivenReference | None:
    facts = facts_of(brief)
    if row is None or facts is None:
        return None
    return GivenReference(digest=Digest(row.digest), facts=facts, asset_id=row.asset_id)


def status_of(row: BriefRow, order: BriefOrderRow | None) -> BriefStatus:
    """Return how a brief is."""
    # The column holds the same closed set as the type (a check constraint).
    status = None if order is None else cast(OrderStatus, order.status)
    return rules.brief_status(status, version=row.current_version)


def problem_of(order: BriefOrderRow | None) -> BriefProblem | None:
    """Return why an order came to nothing."""
    return None if order is None or order.error is None else BriefProblem.model_validate(order.error)


def facts_of(brief: BriefRow) -> ReferenceFacts | None:
    """Return what was measured of a brief's reference."""
    return None if brief.reference is None else ReferenceFacts.model_validate(brief.reference)


def version_of(row: BriefVersionRow) -> BriefVersion:
    """Return a version without its content."""
    return BriefVersion(
        version=row.version,
        change=row.change,
        provider=row.provider,
        attempts=tuple(Attempt.model_validate(attempt) for attempt in row.attempts or ()),
        cost_microusd=row.cost_microusd,
        user_id=UserId(row.user_id),
        created_at=row.created_at,
    )


def summary_of(
    row: BriefRow, *, order: BriefOrderRow | None, newest: BriefVersionRow | None, cost_microusd: int
) -> BriefSummary:
    """Return a brief as lists show it."""
    return BriefSummary(
        id=BriefId(row.id),
        client_id=row.client_id,
        campaign_id=row.campaign_id,
        user_id=UserId(row.user_id),
        prompt=row.prompt,
        title=None if newest is None else str(newest.content["title"]),
        status=status_of(row, order),
        error=problem_of(order),
        version=row.current_version,
        provider=None if newest is None else newest.provider,
        cost_microusd=cost_microusd,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


async def summaries_of(session: AsyncSession, rows: list[BriefRow]) -> list[BriefSummary]:
    """Return briefs as lists show them, with three queries for all of them."""
    ids = [row.id for row in rows]
    newest = await repository.current_versions(session, ids)
    orders = await repository.latest_orders(session, ids)
    costs = await repository.total_costs(session, ids)
    return [
        summary_of(row, order=orders.get(row.id), newest=newest.get(row.id), cost_microusd=costs.get(row.id, 0))
        for row in rows
    ]


async def detail_of(session: AsyncSession, row: BriefRow, *, version: BriefVersionRow | None) -> BriefDetail:
    """Return a brief with one version of it."""
    (summary,) = await summaries_of(session, [row])
    reference = await session.get(BriefReferenceRow, row.id)
    return BriefDetail(
        **{name: getattr(summary, name) for name in BriefSummary.model_fields},
        request=None if row.request is None else BriefRequest.model_validate(row.request),
        reference=facts_of(row),
        reference_asset_id=None if reference is None else reference.asset_id,
        content_version=None if version is None else version.version,
        content=None if version is None else Brief.model_validate(version.content),
        made=None if version is None else version_of(version),
    )

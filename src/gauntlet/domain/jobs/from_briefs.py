"""Jobs of briefs that are there already: what such a job is asked for with."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.creative.brief import Brief
from gauntlet.core.errors import NotFound
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.briefs import BriefRow
from gauntlet.domain.briefs import repository, rules
from gauntlet.domain.briefs.schemas import BriefRequest
from gauntlet.domain.briefs.views import status_of
from gauntlet.domain.jobs.schemas import ASSETS_MAX, JobRequest


async def completed_by_brief(session: AsyncSession, request: JobRequest) -> JobRequest:
    """Return the request with what its brief says and it does not say itself."""
    row = await session.get(BriefRow, request.brief_id) if request.brief_id else None
    if row is None or row.client_id != request.client_id:
        raise NotFound(
            f"Client {request.client_id} has no brief {request.brief_id}.",
            next_step="List the client's briefs with GET /api/v2/briefs, or give a prompt instead.",
            details={"briefId": str(request.brief_id)},
        )
    order = (await repository.latest_orders(session, [row.id])).get(row.id)
    rules.require_ready(row.id, status=status_of(row, order), version=row.current_version)
    version = request.brief_version or row.current_version
    asked = BriefRequest.model_validate(row.request) if row.request else None
    brief = await given_brief(session, row.id, version)
    shown = [scene.asset_id for scene in brief.scenes if scene.asset_id is not None]
    wanted = [*request.asset_ids, *(asked.asset_ids if asked else ()), *shown]
    return request.model_copy(
        update={
            "brief_version": version,
            "prompt": request.prompt if request.prompt.strip() else row.prompt,
            "campaign_id": request.campaign_id or row.campaign_id,
            "asset_ids": await _present(session, request.client_id, wanted),
            "logo_asset_id": request.logo_asset_id or (asked.logo_asset_id if asked else None),
        }
    )


async def given_brief(session: AsyncSession, brief_id: UUID, version: int) -> Brief:
    """Return a version of a brief; raises `NotFound`."""
    row = await repository.version_row(session, brief_id, version)
    if row is None:
        raise NotFound(
            f"The brief {brief_id} has no version {version}.",
            next_step=f"List them with GET /api/v2/briefs/{brief_id}/versions.",
            details={"briefId": str(brief_id), "version": version},
        )
    return Brief.model_validate(row.content)


async def _present(session: AsyncSession, client_id: UUID, wanted: list[UUID]) -> tuple[UUID, ...]:
    """Return those of some assets that are there; a scene whose picture was deleted since is drawn."""
    found = await session.scalars(
        select(AssetRow.id).where(
            AssetRow.id.in_(wanted), AssetRow.client_id == client_id, AssetRow.deleted_at.is_(None)
        )
    )
    present = set(found)
    return tuple(asset_id for asset_id in dict.fromkeys(wanted) if asset_id in present)[:ASSETS_MAX]

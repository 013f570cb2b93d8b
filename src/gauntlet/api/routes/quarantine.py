"""Assets that an upgrade found without a client."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from gauntlet.api.dependencies import Administrator, Services
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.core.schema import Schema
from gauntlet.domain.assets.schemas import Asset, QuarantinedAsset

router = APIRouter(prefix="/admin/quarantine", tags=["storage"])


class Adoption(Schema):
    """Which client an asset is given to."""

    client_id: UUID


@router.get("", responses=problems(403))
async def list_quarantined_assets(
    request: Request, response: Response, caller: Administrator, services: Services, page: PageQuery
) -> list[QuarantinedAsset]:
    """List the assets that an upgrade found without a client, newest first."""
    assets, total = await services.quarantine.list(caller, page=page)
    tell_page(request, response, page=page, total=total)
    return list(assets)


@router.post("/{asset_id}/adopt", responses=problems(403, 409, 413))
async def adopt_asset(asset_id: UUID, adoption: Adoption, caller: Administrator, services: Services) -> Asset:
    """Give such an asset to a client; it keeps its id."""
    return await services.quarantine.adopt(caller, asset_id, adoption.client_id)

"""Campaigns."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.etag import CONDITIONAL, not_modified
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.domain.campaigns.schemas import (
    Campaign,
    CampaignDraft,
    CampaignPatch,
    CampaignStats,
    CampaignStatus,
)

router = APIRouter(prefix="/campaigns", tags=["campaigns"])


@router.get("", responses=problems(404))
async def list_campaigns(
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    page: PageQuery,
    client_id: Annotated[UUID | None, Query(alias="clientId", description="Only those of this client.")] = None,
    status: Annotated[CampaignStatus | None, Query(description="Only those of this status.")] = None,
) -> list[Campaign]:
    """List the campaigns that the caller reaches, newest first."""
    campaigns, total = await services.campaigns.list(caller, client_id=client_id, status=status, page=page)
    tell_page(request, response, page=page, total=total)
    return campaigns


@router.post("", status_code=201, responses=problems(403, 404))
async def create_campaign(draft: CampaignDraft, caller: Caller, services: Services) -> Campaign:
    """Make a campaign of a client."""
    return await services.campaigns.create(caller, draft)


@router.get("/{campaign_id}", response_model=Campaign, responses=CONDITIONAL)
async def get_campaign(
    campaign_id: UUID, request: Request, response: Response, caller: Caller, services: Services
) -> Campaign | Response:
    """Return a campaign."""
    campaign = await services.campaigns.get(caller, campaign_id)
    return not_modified(request, response, campaign) or campaign


@router.patch("/{campaign_id}", responses=problems(403))
async def update_campaign(campaign_id: UUID, patch: CampaignPatch, caller: Caller, services: Services) -> Campaign:
    """Change a campaign; what is absent stays as it is."""
    return await services.campaigns.update(caller, campaign_id, patch)


@router.delete("/{campaign_id}", status_code=204, responses=problems(403))
async def delete_campaign(campaign_id: UUID, caller: Caller, services: Services) -> None:
    """Remove a campaign; its assets, briefs and jobs stay with the client."""
    await services.campaigns.delete(caller, campaign_id)


@router.get("/{campaign_id}/stats")
async def get_campaign_stats(campaign_id: UUID, caller: Caller, services: Services) -> CampaignStats:
    """Return what a campaign has, and what its jobs cost."""
    return await services.campaigns.stats(caller, campaign_id)

"""What was spent."""

from datetime import date
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.domain.costs.schemas import (
    CostQuery,
    CostReport,
    EntryQuery,
    GroupBy,
    Intent,
    LedgerAccount,
    LedgerEntry,
    Resolution,
)
from gauntlet.domain.costs.sheets import report_csv

router = APIRouter(prefix="/costs", tags=["costs"])

CSV: Final = "text/csv"
_REPORTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {CSV: {"schema": {"type": "string"}}},
        "description": "As JSON, or as CSV where that is asked for.",
    }
}

ClientQuery = Annotated[UUID | None, Query(alias="clientId", description="Only that client's.")]
CampaignQuery = Annotated[UUID | None, Query(alias="campaignId", description="Only that campaign's.")]
JobQuery = Annotated[int | None, Query(alias="jobId", ge=1, le=2**31 - 1, description="Only that job's.")]


async def _query(
    group_by: Annotated[GroupBy, Query(alias="groupBy", description="What is summed up together.")] = "day",
    first_day: Annotated[date | None, Query(alias="from", description="The first day, in UTC.")] = None,
    last_day: Annotated[date | None, Query(alias="to", description="The last day.")] = None,
    client_id: ClientQuery = None,
    campaign_id: CampaignQuery = None,
    job_id: JobQuery = None,
) -> CostQuery:
    return CostQuery(
        group_by=group_by,
        first_day=first_day,
        last_day=last_day,
        client_id=client_id,
        campaign_id=campaign_id,
        job_id=job_id,
    )


async def _entry_query(
    client_id: ClientQuery = None,
    campaign_id: CampaignQuery = None,
    job_id: JobQuery = None,
    intent_id: Annotated[UUID | None, Query(alias="intentId", description="Only of that spending.")] = None,
    account: Annotated[LedgerAccount | None, Query(description="Only of that account.")] = None,
) -> EntryQuery:
    return EntryQuery(client_id=client_id, campaign_id=campaign_id, job_id=job_id, intent_id=intent_id, account=account)


@router.get("", response_model=CostReport, responses={**_REPORTS, **problems(404)})
async def get_costs(
    caller: Caller,
    services: Services,
    query: Annotated[CostQuery, Depends(_query)],
    accept: Annotated[str, Header(description="`text/csv` for a sheet.")] = "*/*",
    format: Annotated[Literal["json", "csv"] | None, Query(description="Goes before `Accept`.")] = None,
) -> CostReport | Response:
    """Sum up what was estimated, is reserved and was spent, for the clients that the caller reaches."""
    report = await services.costs.report(caller, query)
    if format == "json" or (format is None and not _prefers_csv(accept)):
        return report
    name = f"costs-by-{query.group_by}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"', "vary": "accept"}
    return Response(report_csv(report), media_type=f"{CSV}; charset=utf-8", headers=headers)


@router.get("/entries", responses=problems(404))
async def list_cost_entries(
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    page: PageQuery,
    query: Annotated[EntryQuery, Depends(_entry_query)],
) -> list[LedgerEntry]:
    """List the ledger's entries, newest first: two for each transfer, which sum to zero."""
    entries, total = await services.costs.entries(caller, query, page=page)
    tell_page(request, response, page=page, total=total)
    return entries


@router.get("/ambiguous")
async def list_ambiguous_costs(
    request: Request, response: Response, caller: Caller, services: Services, page: PageQuery
) -> list[Intent]:
    """List what cannot be told of whether it was charged, of the clients that the caller edits, newest first."""
    intents, total = await services.costs.ambiguous(caller, page=page)
    tell_page(request, response, page=page, total=total)
    return intents


@router.post("/ambiguous/{intent_id}/resolve", responses=problems(403, 409))
async def resolve_ambiguous_cost(intent_id: UUID, resolution: Resolution, caller: Caller, services: Services) -> Intent:
    """Say whether it was charged, as the provider's own list of charges tells: it is booked, or given back."""
    return await services.costs.resolve(caller, intent_id, resolution)


def _prefers_csv(accept: str) -> bool:
    """Tell whether an Accept header (RFC 9110) would rather have CSV than JSON."""
    weights: dict[str, float] = {}
    for entry in accept.lower().split(","):
        media_type, *parameters = (part.strip() for part in entry.split(";"))
        weight = next((parameter[2:] for parameter in parameters if parameter.startswith("q=")), "1")
        weights[media_type] = float(weight) if weight.replace(".", "", 1).isdecimal() else 0.0
    return weights.get(CSV, 0.0) > weights.get("application/json", 0.0)

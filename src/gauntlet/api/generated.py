"""What the routes of generated pictures and those of generated films share."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from gauntlet.api.dependencies import Services
from gauntlet.api.files import file_response
from gauntlet.core.generation import GeneratedType
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.generations.schemas import GenerationQuery, MediumFile


class MediaFilter:
    """What a list is narrowed down to."""

    def __init__(
        self,
        *,
        status: Annotated[GenerationStatus | None, Query(description="Only those in this state.")] = None,
        model: Annotated[str | None, Query(max_length=300, description="Only those that this model made.")] = None,
        client_id: Annotated[UUID | None, Query(alias="clientId", description="Only those of this client.")] = None,
        campaign_id: Annotated[UUID | None, Query(alias="campaignId", description="Only of this campaign.")] = None,
        brief_id: Annotated[UUID | None, Query(alias="briefId", description="Only those of this brief.")] = None,
        job_id: Annotated[int | None, Query(alias="jobId", ge=1, le=2**31 - 1, description="Only of this job.")] = None,
    ) -> None:
        self._wanted = {
            "status": status,
            "model": model,
            "client_id": client_id,
            "campaign_id": campaign_id,
            "brief_id": brief_id,
            "job_id": job_id,
        }

    def query(self, type_: GeneratedType) -> GenerationQuery:
        """Return the query for media of a type."""
        return GenerationQuery.model_validate({"type": type_, **self._wanted})


MediaFilterQuery = Annotated[MediaFilter, Depends()]


async def medium_file(
    request: Request,
    caller: Principal,
    services: Services,
    *,
    type_: GeneratedType,
    generation_id: int,
    kind: MediumFile,
    download: bool = False,
) -> Response:
    """Return a medium's file, whole or in part."""
    file = await services.generations.file(caller, type_, generation_id, kind=kind)
    return file_response(request, services.blobs, file, download=download)

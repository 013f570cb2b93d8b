"""The client's pictures as the makers of an ad see them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from gauntlet.core.creative.colour import HexColour
from gauntlet.core.errors import NotFound
from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.db.session import Database
from gauntlet.domain.jobs.schemas import JobRequest, PlanInputs


class StudioPicture(Schema):
    """A picture with what composing with it takes; `digest` is of the version that was current when it was read."""

    id: UUID
    name: str
    tags: tuple[str, ...]
    digest: Digest
    width: int
    height: int
    has_alpha: bool
    dominant_colours: tuple[HexColour, ...]
    focus: tuple[float, float] | None


class PictureShelf:
    """Reads brands and pictures for workflows, which act for a job and not for a person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pictures(self, request: JobRequest, *, also: Sequence[UUID] = ()) -> list[StudioPicture]:
        """Return the job's pictures in the order asked for, its logo among them, and `also` others of the client.

        Raises `NotFound` for one that is not (or no longer) the client's.
        """
        inputs = await self._brand_logo(request)
        wanted = [*request.asset_ids, *([inputs] if inputs else []), *also]
        async with self._database.read() as session:
            rows = await session.scalars(
                select(AssetRow).where(
                    AssetRow.id.in_(wanted), AssetRow.client_id == request.client_id, AssetRow.type == "image"
                )
            )
            found = {row.id: _picture(row) for row in rows}
        for asset_id in wanted:
            if asset_id not in found and asset_id != inputs:
                raise NotFound(
                    f"Client {request.client_id} has no image {asset_id} (any more).",
                    next_step="List the client's assets and name one of its images.",
                )
        return [found[asset_id] for asset_id in dict.fromkeys(wanted) if asset_id in found]

    async def logo_asset_id(self, request: JobRequest) -> UUID | None:
        """Return the logo that the request names, or else the brand guidelines'."""
        return await self._brand_logo(request)

    async def plan_inputs(self, request: JobRequest) -> PlanInputs:
        """Return what the brand and the campaign demand."""
        async with self._database.read() as session:
            client = await session.get_one(ClientRow, request.client_id)
            campaign = await session.get(CampaignRow, request.campaign_id) if request.campaign_id else None
            return PlanInputs.model_validate(
                {
                    "client_name": client.name,
                    "client_homepage": client.homepage,
                    "brand": client.brand_guidelines or {},
                    "campaign": (campaign.brief if campaign else None) or {},
                }
            )

    async def _brand_logo(self, request: JobRequest) -> UUID | None:
        if request.logo_asset_id is not None:
            return request.logo_asset_id
        return (await self.plan_inputs(request)).brand.logo_asset_id


def _picture(row: AssetRow) -> StudioPicture:
    return StudioPicture.model_validate(
        {
            "id": row.id,
            "name": row.name,
            "tags": tuple(row.tags),
            "digest": row.blob_digest,
            "width": row.width,
            "height": row.height,
            "has_alpha": row.facts.get("hasAlpha", False),
            "dominant_colours": tuple(row.facts.get("dominantColours", ())),
            "focus": row.facts.get("focus"),
        }
    )

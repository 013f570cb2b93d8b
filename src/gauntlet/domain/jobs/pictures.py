"""The client's pictures, films and sounds as the makers of an ad see them."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.colour import HexColour
from gauntlet.core.errors import InvalidInput, NotFound
from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.db.session import Database
from gauntlet.domain.jobs.from_briefs import given_brief
from gauntlet.domain.jobs.schemas import JobRequest, PlanInputs

_SHOWN: Final = ("image", "video")


class StudioPicture(Schema):
    """A picture, or a film, with what composing with it takes.

    `digest` is of the version that was current when it was read. What says how long is of films alone.
    """

    id: UUID
    name: str
    tags: tuple[str, ...]
    digest: Digest
    version: int = 1
    media: Literal["picture", "footage"] = "picture"
    width: int
    height: int
    has_alpha: bool = False
    dominant_colours: tuple[HexColour, ...]
    focus: tuple[float, float] | None
    duration_s: float | None = Field(default=None, gt=0)
    frame_rate: float | None = Field(default=None, gt=0)
    has_sound: bool = False


class StudioSound(Schema):
    """A track with what laying it under a film takes; `digest` as for pictures."""

    id: UUID
    name: str
    tags: tuple[str, ...]
    digest: Digest
    version: int = 1
    duration_s: float = Field(gt=0)


class PictureShelf:
    """Reads brands, pictures, films and sounds for workflows, which act for a job and not for a person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pictures(self, request: JobRequest, *, also: Sequence[UUID] = ()) -> list[StudioPicture]:
        """Return the job's pictures and films in the order asked for, its logo among them, and `also` others.

        Raises `NotFound` for one that is not (or no longer) the client's, `InvalidInput` for one of `also` that is
        nothing to be shown.
        """
        logo = await self._brand_logo(request)
        wanted = [*request.asset_ids, *([logo] if logo else []), *also]
        rows = await self._rows(request, wanted, may_miss=logo)
        for asset_id in also:
            if rows[asset_id].type not in _SHOWN:
                raise InvalidInput(
                    f"Asset {asset_id} ({rows[asset_id].name[:80]!r}) is of type {rows[asset_id].type};"
                    " a scene shows an image or a video.",
                    next_step="Name an image or a video of the client.",
                    details={"field": "assetId", "value": str(asset_id), "type": rows[asset_id].type},
                )
        return [_picture(row) for row in _in_order(rows, wanted) if row.type in _SHOWN]

    async def given_brief(self, request: JobRequest) -> Brief | None:
        """Return the brief that a job is made of; None where it is to be planned."""
        if request.brief_id is None or request.brief_version is None:
            return None
        async with self._database.read() as session:
            return await given_brief(session, request.brief_id, request.brief_version)

    async def sounds(self, request: JobRequest) -> list[StudioSound]:
        """Return the job's sounds in the order asked for; raises `NotFound` as `pictures` does."""
        rows = await self._rows(request, request.asset_ids)
        return [_sound(row) for row in _in_order(rows, request.asset_ids) if row.type == "audio"]

    async def reference(self, request: JobRequest) -> tuple[Digest, str]:
        """Return the bytes and the name of the request's reference; raises `NotFound` as `pictures` does."""
        wanted = [asset_id for asset_id in (request.reference_asset_id,) if asset_id is not None]
        row = next(iter((await self._rows(request, wanted)).values()))
        return Digest(row.blob_digest), row.name

    async def _rows(
        self, request: JobRequest, wanted: Sequence[UUID], *, may_miss: UUID | None = None
    ) -> dict[UUID, AssetRow]:
        async with self._database.read() as session:
            rows = await session.scalars(
                select(AssetRow).where(
                    AssetRow.id.in_(wanted), AssetRow.client_id == request.client_id, AssetRow.deleted_at.is_(None)
                )
            )
            found = {row.id: row for row in rows}
        for asset_id in wanted:
            if asset_id not in found and asset_id != may_miss:
                raise NotFound(
                    f"Client {request.client_id} has no asset {asset_id} (any more).",
                    next_step="List the client's assets and name one of those, or restore it from the bin.",
                )
        return found

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


def _in_order(rows: dict[UUID, AssetRow], wanted: Iterable[UUID]) -> list[AssetRow]:
    return [rows[asset_id] for asset_id in dict.fromkeys(wanted) if asset_id in rows]


def _picture(row: AssetRow) -> StudioPicture:
    facts = row.facts
    return StudioPicture.model_validate(
        {
            "id": row.id,
            "name": row.name,
            "tags": tuple(row.tags),
            "digest": row.blob_digest,
            "version": row.version,
            "media": "footage" if row.type == "video" else "picture",
            "width": row.width,
            "height": row.height,
            "has_alpha": facts.get("hasAlpha", False),
            "dominant_colours": tuple(facts.get("dominantColours", ())),
            "focus": facts.get("focus"),
            "duration_s": row.duration_s if row.type == "video" else None,
            "frame_rate": facts.get("frameRate"),
            "has_sound": facts.get("audioCodec") is not None,
        }
    )


def _sound(row: AssetRow) -> StudioSound:
    return StudioSound.model_validate(
        {
            "id": row.id,
            "name": row.name,
            "tags": tuple(row.tags),
            "digest": row.blob_digest,
            "version": row.version,
            "duration_s": row.duration_s,
        }
    )

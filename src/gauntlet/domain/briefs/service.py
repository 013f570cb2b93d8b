"""What people do with briefs: ask for them, look, change, compare. Planning itself is in `workflows`."""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.creative.brief import Brief
from gauntlet.core.errors import Conflict, InvalidInput, NotFound
from gauntlet.core.ids import BriefId, Digest, new_uuid
from gauntlet.core.paging import Page
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.briefs import BriefOrderRow, BriefReferenceRow, BriefRow, BriefVersionRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.briefs import repository, rules, views
from gauntlet.domain.briefs.diff import BriefDiff, diff_briefs
from gauntlet.domain.briefs.editing import edited
from gauntlet.domain.briefs.schemas import (
    BriefContent,
    BriefDetail,
    BriefOrder,
    BriefPatch,
    BriefRefinement,
    BriefRequest,
    BriefSummary,
    BriefVersion,
    GivenReference,
)
from gauntlet.domain.clients.access import reachable_clients, require_role

_SHOWN: Final = frozenset({"image", "video"})
_USABLE: Final = frozenset({"image", "video", "audio"})
_BY_HAND: Final = "Changed by hand"


class BriefService:
    """The people's side of a brief. What is not theirs is `NotFound`; what they may only look at, `NotAllowed`."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def check(self, principal: Principal, request: BriefRequest) -> tuple[Digest, str] | None:
        """Raise where a brief may not be asked for so; return the bytes and the name of the asset to refer to."""
        async with self._database.read() as session:
            await require_role(session, principal, request.client_id, minimum="editor")
            await _require_campaign(session, request)
            assets = await _assets(session, request)
        _require_fitting(request, assets)
        if request.reference_asset_id is None:
            return None
        row = assets[request.reference_asset_id]
        return Digest(row.blob_digest), row.name

    async def create(
        self,
        principal: Principal,
        request: BriefRequest,
        *,
        reference: GivenReference | None = None,
        idempotency_key: str | None = None,
    ) -> BriefOrder:
        """Store a brief that is to be planned; the same key of the same user gives the same one."""

        async def insert(session: AsyncSession) -> BriefOrderRow:
            await require_role(session, principal, request.client_id, minimum="editor")
            brief_id, now = new_uuid(), self._clock.now()
            await repository.add_brief(
                session,
                brief_id=brief_id,
                client_id=request.client_id,
                campaign_id=request.campaign_id,
                user_id=principal.user_id,
                prompt=request.prompt,
                at=now,
                request=request,
                reference=reference,
            )
            return self._ordered(session, principal, brief_id=brief_id, base_version=0, key=idempotency_key)

        order = await self._once(principal, insert, key=idempotency_key)
        if idempotency_key is not None:
            rules.require_same(order.request, request, key=idempotency_key)
        return order

    async def refine(
        self,
        principal: Principal,
        brief_id: UUID,
        refinement: BriefRefinement,
        *,
        idempotency_key: str | None = None,
    ) -> BriefOrder:
        """Store a change in words that is to be made; raises `Conflict` while a planner is at work on the brief."""

        async def insert(session: AsyncSession) -> BriefOrderRow:
            row, newest = await self._ready(session, principal, brief_id, seen=refinement.version)
            scenes = len(newest.content["scenes"])
            if refinement.scene is not None and refinement.scene > scenes:
                raise InvalidInput(
                    f"There is no scene {refinement.scene}: this brief has scenes 1 to {scenes}.",
                    next_step=f"Name a scene from 1 to {scenes}.",
                    details={"field": "scene", "value": refinement.scene, "limit": scenes},
                )
            return self._ordered(
                session,
                principal,
                brief_id=brief_id,
                base_version=row.current_version,
                key=idempotency_key,
                refinement=refinement,
            )

        return await self._once(principal, insert, key=idempotency_key)

    async def retry(self, principal: Principal, brief_id: UUID) -> BriefOrder:
        """Count a new run of what came to nothing; raises `Conflict` where nothing did."""
        async with self._database.transaction() as session:
            row = await self._locked(session, principal, brief_id)
            order = (await repository.latest_orders(session, [brief_id])).get(brief_id)
            if order is None or order.status not in {"failed", "paused"}:
                raise Conflict(
                    f"Nothing that was asked about the brief {brief_id} failed or is paused.",
                    next_step="Refine the brief, or ask for a new one.",
                    details={"briefId": str(brief_id)},
                )
            order.status, order.error, order.ended_at = "working", None, None
            order.run += 1
            return views.order_of(order, row, await session.get(BriefReferenceRow, brief_id))

    async def edit(self, principal: Principal, brief_id: UUID, patch: BriefPatch) -> BriefDetail:
        """Change a brief by hand: a new version. Raises `InvalidInput` naming what breaks a rule."""
        async with self._database.transaction() as session:
            row, newest = await self._ready(session, principal, brief_id, seen=patch.version)
            await _require_shown(session, row.client_id, patch)
            changed = edited(Brief.model_validate(newest.content), patch)
            version = await repository.add_version(
                session,
                brief_id=brief_id,
                brief=changed,
                change=_BY_HAND,
                cost_microusd=0,
                user_id=principal.user_id,
                at=self._clock.now(),
                provider="person",
            )
            return await views.detail_of(session, row, version=await repository.version_row(session, brief_id, version))

    async def list(
        self, principal: Principal, *, page: Page, client_id: UUID | None = None, campaign_id: UUID | None = None
    ) -> tuple[list[BriefSummary], int]:
        """Return a page of the briefs that the caller reaches, newest first, and how many there are."""
        async with self._database.read() as session:
            within = [reachable_briefs(principal)]
            if client_id is not None:
                await require_role(session, principal, client_id, minimum="viewer")
                within.append(BriefRow.client_id == client_id)
            if campaign_id is not None:
                within.append(BriefRow.campaign_id == campaign_id)
            rows, total = await repository.list_briefs(session, within=within, page=page)
            return await views.summaries_of(session, rows), total

    async def get(self, principal: Principal, brief_id: UUID, *, version: int | None = None) -> BriefDetail:
        """Return a brief with its newest version, or the one that is asked for."""
        async with self._database.read() as session:
            row = await self._visible(session, principal, brief_id)
            found = await _version(session, row, version)
            return await views.detail_of(session, row, version=found)

    async def versions(self, principal: Principal, brief_id: UUID, *, page: Page) -> "tuple[list[BriefVersion], int]":
        """Return a page of a brief's versions, newest first, and how many there are."""
        async with self._database.read() as session:
            await self._visible(session, principal, brief_id)
            rows, total = await repository.list_versions(session, brief_id, page=page)
        return [views.version_of(row) for row in rows], total

    async def diff(
        self, principal: Principal, brief_id: UUID, *, from_version: int | None = None, to_version: int | None = None
    ) -> BriefDiff:
        """Return what changed between two versions, by default between the newest and the one before it."""
        async with self._database.read() as session:
            row = await self._visible(session, principal, brief_id)
            newer = to_version or row.current_version
            older = from_version or max(1, newer - 1)
            before = await _version(session, row, older)
            after = await _version(session, row, newer)
        if before is None or after is None:
            raise _no_version(row, newer)
        return diff_briefs(
            Brief.model_validate(before.content),
            Brief.model_validate(after.content),
            from_version=before.version,
            to_version=after.version,
        )

    async def content(self, principal: Principal, brief_id: UUID, *, version: int | None = None) -> BriefContent:
        """Return a version that media are to be ordered by; for editors."""
        async with self._database.read() as session:
            row = await self._visible(session, principal, brief_id)
            await require_role(session, principal, row.client_id, minimum="editor")
            found = await _version(session, row, version)
        if found is None:
            raise _no_version(row, version or row.current_version)
        return BriefContent(
            brief_id=BriefId(row.id),
            client_id=row.client_id,
            campaign_id=row.campaign_id,
            version=found.version,
            brief=Brief.model_validate(found.content),
        )

    async def _once(
        self, principal: Principal, insert: Callable[[AsyncSession], Awaitable[BriefOrderRow]], *, key: str | None
    ) -> BriefOrder:
        """Insert an order unless the user has one of that key; the key's first request wins a race."""
        for attempt in (1, 2):
            try:
                async with self._database.transaction() as session:
                    row = await repository.order_of_key(session, user_id=principal.user_id, key=key) if key else None
                    if row is None:
                        row = await insert(session)
                        await session.flush()
                    brief = await session.get_one(BriefRow, row.brief_id)
                    return views.order_of(row, brief, await session.get(BriefReferenceRow, row.brief_id))
            except IntegrityError:
                if key is None or attempt == 2:
                    raise
        raise AssertionError("the second attempt returns or raises")

    def _ordered(
        self,
        session: AsyncSession,
        principal: Principal,
        *,
        brief_id: UUID,
        base_version: int,
        key: str | None,
        refinement: BriefRefinement | None = None,
    ) -> BriefOrderRow:
        row = BriefOrderRow(
            brief_id=brief_id,
            user_id=principal.user_id,
            kind="plan" if refinement is None else "refine",
            instruction=None if refinement is None else refinement.instruction,
            scene_number=None if refinement is None else refinement.scene,
            base_version=base_version,
            status="working",
            run=1,
            idempotency_key=key,
            created_at=self._clock.now(),
        )
        session.add(row)
        return row

    async def _ready(
        self, session: AsyncSession, principal: Principal, brief_id: UUID, *, seen: int | None
    ) -> tuple[BriefRow, BriefVersionRow]:
        """Return a brief, locked, and its newest version, where a new one may be made of it."""
        row = await self._locked(session, principal, brief_id)
        order = (await repository.latest_orders(session, [brief_id])).get(brief_id)
        rules.require_ready(brief_id, status=views.status_of(row, order), version=row.current_version)
        rules.require_current(brief_id, seen=seen, current=row.current_version)
        newest = await repository.version_row(session, brief_id, row.current_version)
        if newest is None:
            raise _no_version(row, row.current_version)
        return row, newest

    async def _locked(self, session: AsyncSession, principal: Principal, brief_id: UUID) -> BriefRow:
        row = await repository.lock_brief(session, brief_id, within=reachable_briefs(principal))
        if row is None:
            raise unknown_brief(brief_id)
        await require_role(session, principal, row.client_id, minimum="editor")
        return row

    async def _visible(self, session: AsyncSession, principal: Principal, brief_id: UUID) -> BriefRow:
        row = await repository.find_brief(session, brief_id, within=reachable_briefs(principal))
        if row is None:
            raise unknown_brief(brief_id)
        return row


def reachable_briefs(principal: Principal) -> ColumnElement[bool]:
    """Return the condition that every query of briefs holds: only those of clients that may be reached."""
    return BriefRow.client_id.in_(reachable_clients(principal))


def unknown_brief(brief_id: UUID) -> NotFound:
    """Return the error for a brief that is not there for the caller."""
    return NotFound(
        f"There is no brief {brief_id}.",
        next_step="List your briefs with GET /api/v2/briefs.",
        details={"briefId": str(brief_id)},
    )


def _no_version(row: BriefRow, version: int) -> NotFound:
    there = f"it has versions 1 to {row.current_version}" if row.current_version else "it has none yet"
    return NotFound(
        f"The brief {row.id} has no version {version}; {there}.",
        next_step=f"List them with GET /api/v2/briefs/{row.id}/versions.",
        details={"briefId": str(row.id), "version": version},
    )


async def _version(session: AsyncSession, row: BriefRow, version: int | None) -> BriefVersionRow | None:
    """Return a version, None only where the newest is asked for and there is none yet."""
    found = await repository.version_row(session, row.id, version or row.current_version)
    if found is None and version is not None:
        raise _no_version(row, version)
    return found


async def _require_campaign(session: AsyncSession, request: BriefRequest) -> None:
    if request.campaign_id is None:
        return
    owner = await session.scalar(select(CampaignRow.client_id).where(CampaignRow.id == request.campaign_id))
    if owner != request.client_id:
        raise NotFound(
            f"Client {request.client_id} has no campaign {request.campaign_id}.",
            next_step="List the client's campaigns, or leave the campaign out.",
        )


async def _assets(session: AsyncSession, request: BriefRequest) -> dict[UUID, AssetRow]:
    single = (request.logo_asset_id, request.reference_asset_id)
    wanted = [*request.asset_ids, *(asset_id for asset_id in single if asset_id is not None)]
    return await _own_assets(session, request.client_id, wanted)


async def _own_assets(session: AsyncSession, client_id: UUID, wanted: "list[UUID]") -> dict[UUID, AssetRow]:
    rows = await session.scalars(
        select(AssetRow).where(AssetRow.id.in_(wanted), AssetRow.client_id == client_id, AssetRow.deleted_at.is_(None))
    )
    found = {row.id: row for row in rows}
    for asset_id in wanted:
        if asset_id not in found:
            raise NotFound(
                f"Client {client_id} has no asset {asset_id}.",
                next_step="List the client's assets and use their ids.",
                details={"assetId": str(asset_id)},
            )
    return found


def _require_fitting(request: BriefRequest, assets: dict[UUID, AssetRow]) -> None:
    for asset_id in request.asset_ids:
        _require_type(assets[asset_id], _USABLE, field="assetIds", takes="an ad is made from images, videos and audio")
    if request.logo_asset_id is not None:
        _require_type(
            assets[request.logo_asset_id], frozenset({"image"}), field="logoAssetId", takes="a logo is an image"
        )
    if request.reference_asset_id is not None:
        _require_type(
            assets[request.reference_asset_id],
            _SHOWN,
            field="referenceAssetId",
            takes="a reference is an image or a video",
        )


async def _require_shown(session: AsyncSession, client_id: UUID, patch: BriefPatch) -> None:
    named = [scene.asset_id for scene in patch.scenes if scene.asset_id is not None]
    for row in (await _own_assets(session, client_id, named)).values():
        _require_type(row, _SHOWN, field="scenes.assetId", takes="a scene shows an image or a video")


def _require_type(row: AssetRow, allowed: frozenset[str], *, field: str, takes: str) -> None:
    if row.type not in allowed:
        raise InvalidInput(
            f"Asset {row.id} ({row.name[:80]!r}) is of type {row.type}; {takes}.",
            next_step="Name another asset, or leave it out.",
            details={"field": field, "value": str(row.id), "type": row.type},
        )

"""Campaigns: what a client wants to say, to whom and where."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.errors import NotFound
from gauntlet.core.ids import new_uuid
from gauntlet.core.paging import Page
from gauntlet.db.models.assets import ClientStorageRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.campaigns import repository
from gauntlet.domain.campaigns.schemas import (
    Campaign,
    CampaignDraft,
    CampaignPatch,
    CampaignStats,
    CampaignStatus,
)
from gauntlet.domain.clients.access import require_role


class CampaignService:
    """What people do with campaigns. One that is not theirs is `NotFound`; one they may only look at, `NotAllowed`."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(self, principal: Principal, draft: CampaignDraft) -> Campaign:
        """Make a campaign of a client; raises `NotFound` where the client is not the caller's."""
        now = self._clock.now()
        row = CampaignRow(
            id=new_uuid(),
            client_id=draft.client_id,
            name=draft.name,
            goal=draft.goal,
            status=draft.status,
            brief=draft.brief.model_dump(mode="json"),
            platforms=[str(platform) for platform in draft.platforms],
            created_at=now,
            updated_at=now,
        )
        async with self._database.transaction() as session:
            await require_role(session, principal, draft.client_id, minimum="editor")
            session.add(row)
        return campaign_of(row)

    async def list(
        self,
        principal: Principal,
        *,
        page: Page,
        client_id: UUID | None = None,
        status: CampaignStatus | None = None,
    ) -> tuple[list[Campaign], int]:
        """Return a page of the caller's campaigns, newest first, and how many there are.

        Raises `NotFound` where it is asked for those of a client that is not the caller's.
        """
        async with self._database.read() as session:
            if client_id is not None:
                await require_role(session, principal, client_id, minimum="viewer")
            rows, total = await repository.list_campaigns(
                session, principal, client_id=client_id, status=status, page=page
            )
        return [campaign_of(row) for row in rows], total

    async def get(self, principal: Principal, campaign_id: UUID) -> Campaign:
        """Return a campaign."""
        async with self._database.read() as session:
            return campaign_of(await _existing(session, principal, campaign_id))

    async def update(self, principal: Principal, campaign_id: UUID, patch: CampaignPatch) -> Campaign:
        """Change what the patch holds."""
        async with self._database.transaction() as session:
            row = await _existing(session, principal, campaign_id)
            await require_role(session, principal, row.client_id, minimum="editor")
            changed = patch.model_fields_set
            for field in changed & {"name", "goal", "status"}:
                setattr(row, field, getattr(patch, field))
            if "brief" in changed:
                row.brief = patch.brief.model_dump(mode="json")
            if "platforms" in changed:
                row.platforms = [str(platform) for platform in patch.platforms]
            row.updated_at = self._clock.now()
        return campaign_of(row)

    async def delete(self, principal: Principal, campaign_id: UUID) -> None:
        """Remove a campaign; its assets, briefs and jobs stay with the client."""
        async with self._database.transaction() as session:
            row = await _existing(session, principal, campaign_id)
            await require_role(session, principal, row.client_id, minimum="editor")
            # Its assets change with it: in turn with whoever else changes the library, not in a circle with them.
            await session.get(ClientStorageRow, row.client_id, with_for_update=True)
            await session.delete(row)

    async def stats(self, principal: Principal, campaign_id: UUID) -> CampaignStats:
        """Return what a campaign has, and what its jobs cost."""
        async with self._database.read() as session:
            row = await _existing(session, principal, campaign_id)
            return await repository.stats(session, row.id)


async def _existing(session: AsyncSession, principal: Principal, campaign_id: UUID) -> CampaignRow:
    row = await repository.find(session, principal, campaign_id)
    if row is None:
        raise NotFound(
            f"There is no campaign {campaign_id}.",
            next_step="List the campaigns you reach with GET /api/v2/campaigns.",
            details={"campaignId": str(campaign_id)},
        )
    return row


def campaign_of(row: CampaignRow) -> Campaign:
    """Return a row as callers see it."""
    return Campaign.model_validate(
        {
            "id": row.id,
            "client_id": row.client_id,
            "name": row.name,
            "goal": row.goal,
            "status": row.status,
            "brief": row.brief,
            "platforms": row.platforms,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        }
    )

"""Clients: the brands that everything else belongs to."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.creative.brand import BrandGuidelines
from gauntlet.core.errors import InvalidInput
from gauntlet.core.ids import ClientId, new_uuid
from gauntlet.core.paging import Page
from gauntlet.core.text import NAME_MAX_CHARACTERS
from gauntlet.db.models.accounts import UserRow
from gauntlet.db.models.clients import ClientRow, MembershipRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients import repository, rules
from gauntlet.domain.clients.access import no_client, require_role
from gauntlet.domain.clients.members import MemberService
from gauntlet.domain.clients.schemas import Client, ClientDraft, ClientPatch, ClientStats


class ClientService:
    """What people do with clients, and (at `members`) with whom they share them.

    A client that is not theirs is `NotFound`; one that they may only look at, `NotAllowed`.
    """

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.members = MemberService(database)

    async def create(self, principal: Principal, draft: ClientDraft) -> Client:
        """Make a client that the caller owns."""
        async with self._database.transaction() as session:
            return client_of(await self._insert(session, principal, draft))

    async def find_or_create_by_name(self, principal: Principal, name: str) -> Client:
        """Return the client of exactly that name among the caller's, made where there is none.

        Callers that ask at once get the same client. Raises `InvalidInput` for an empty or too long name.
        """
        wanted = name.strip()
        if not 1 <= len(wanted) <= NAME_MAX_CHARACTERS or not wanted.isprintable():
            raise InvalidInput(
                f"The client's name {wanted[:80]!r} has {len(wanted)} characters; it must be one line of 1 to"
                f" {NAME_MAX_CHARACTERS} without control characters.",
                next_step="Give a shorter name.",
                details={"field": "client", "value": wanted[:80], "limit": NAME_MAX_CHARACTERS},
            )
        async with self._database.transaction() as session:
            # Two of one user who both find nothing would both make one: the second waits here for the first.
            await session.execute(select(UserRow.id).where(UserRow.id == principal.user_id).with_for_update())
            row = await repository.find_by_name(session, principal, wanted)
            if row is None:
                row = await self._insert(session, principal, ClientDraft(name=wanted))
        return client_of(row)

    async def list(self, principal: Principal, *, page: Page) -> tuple[list[Client], int]:
        """Return a page of the caller's clients, newest first, and how many there are."""
        async with self._database.read() as session:
            rows, total = await repository.list_clients(session, principal, page=page)
        return [client_of(row) for row in rows], total

    async def get(self, principal: Principal, client_id: UUID) -> Client:
        """Return a client."""
        async with self._database.read() as session:
            await require_role(session, principal, client_id, minimum="viewer")
            return client_of(await _existing(session, client_id))

    async def update(self, principal: Principal, client_id: UUID, patch: ClientPatch) -> Client:
        """Change what the patch holds; raises `InvalidInput` for a logo that is not the client's own asset."""
        async with self._database.transaction() as session:
            await require_role(session, principal, client_id, minimum="editor")
            row = await _existing(session, client_id)
            changed = patch.model_fields_set
            if "brand_guidelines" in changed:
                await _require_own_logo(session, client_id, patch.brand_guidelines)
                row.brand_guidelines = patch.brand_guidelines.model_dump(mode="json")
            for field in changed & {"name", "description", "homepage"}:
                setattr(row, field, getattr(patch, field))
            row.updated_at = self._clock.now()
        return client_of(row)

    async def delete(self, principal: Principal, client_id: UUID) -> None:
        """Remove a client with all it owns; raises `Conflict` while a job of it runs.

        Rows go at once; bytes that nothing refers to any more go with the store's next sweep.
        """
        async with self._database.transaction() as session:
            await require_role(session, principal, client_id, minimum="owner")
            await repository.lock_client(session, client_id)
            rules.check_no_running_jobs(running=await repository.count_running_jobs(session, client_id))
            await session.delete(await _existing(session, client_id))

    async def stats(self, principal: Principal, client_id: UUID) -> ClientStats:
        """Return what a client has, and what its jobs cost."""
        async with self._database.read() as session:
            await require_role(session, principal, client_id, minimum="viewer")
            return await repository.stats(session, client_id)

    async def _insert(self, session: AsyncSession, principal: Principal, draft: ClientDraft) -> ClientRow:
        now = self._clock.now()
        row = ClientRow(
            id=new_uuid(),
            name=draft.name,
            description=draft.description,
            homepage=draft.homepage,
            brand_guidelines=draft.brand_guidelines.model_dump(mode="json"),
            created_at=now,
            updated_at=now,
            created_by=principal.user_id,
        )
        await _require_own_logo(session, row.id, draft.brand_guidelines)
        session.add(row)
        await session.flush()
        session.add(MembershipRow(user_id=principal.user_id, client_id=row.id, role="owner"))
        return row


async def _existing(session: AsyncSession, client_id: UUID) -> ClientRow:
    row = await session.get(ClientRow, client_id)
    if row is None:  # deleted by somebody else a moment ago
        raise no_client(client_id)
    return row


async def _require_own_logo(session: AsyncSession, client_id: UUID, guidelines: BrandGuidelines) -> None:
    logo = guidelines.logo_asset_id
    if logo is not None and not await repository.has_asset(session, client_id, logo):
        raise InvalidInput(
            f"The logo {logo} is not an asset of this client.",
            next_step="Upload the logo for this client with POST /api/v2/upload-asset, then name its id here.",
            details={"field": "brandGuidelines.logoAssetId", "value": str(logo)},
        )


def client_of(row: ClientRow) -> Client:
    """Return a row as callers see it."""
    return Client(
        id=ClientId(row.id),
        name=row.name,
        description=row.description,
        homepage=row.homepage,
        brand_guidelines=BrandGuidelines.model_validate(row.brand_guidelines),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )

"""Members: the users who reach a client."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.errors import Conflict, NotFound
from gauntlet.core.ids import UserId
from gauntlet.core.paging import Page
from gauntlet.db.models.accounts import UserRow
from gauntlet.db.models.clients import MembershipRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.repository import find_user_by_email
from gauntlet.domain.accounts.rules import normal_email
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients import repository, rules
from gauntlet.domain.clients.access import require_role
from gauntlet.domain.clients.schemas import Member, MemberDraft, MemberRole


class MemberService:
    """Who reaches a client. Owners decide; everybody may leave, except the last owner."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, principal: Principal, client_id: UUID, *, page: Page) -> tuple[list[Member], int]:
        """Return a page of a client's members by address, and how many there are."""
        async with self._database.read() as session:
            await require_role(session, principal, client_id, minimum="viewer")
            rows, total = await repository.list_members(session, client_id, page=page)
        return [_member(membership, user) for membership, user in rows], total

    async def add(self, principal: Principal, client_id: UUID, draft: MemberDraft) -> Member:
        """Let a user reach a client; raises `NotFound` for no such user, `Conflict` for one who is a member."""
        async with self._database.transaction() as session:
            await require_role(session, principal, client_id, minimum="owner")
            await repository.lock_client(session, client_id)
            email = normal_email(draft.email)
            user = await find_user_by_email(session, email)
            if user is None:
                raise NotFound(
                    f"There is no user {email}.", next_step="An administrator makes accounts with POST /api/v2/users."
                )
            if await session.get(MembershipRow, (user.id, client_id)) is not None:
                raise Conflict(f"{email} is a member already.", next_step="Change the member's role instead.")
            membership = MembershipRow(user_id=user.id, client_id=client_id, role=draft.role)
            session.add(membership)
        return _member(membership, user)

    async def change(self, principal: Principal, client_id: UUID, user_id: UserId, *, role: MemberRole) -> Member:
        """Give a member another role; raises `NotFound` for no such member, `Conflict` for the last owner."""
        async with self._database.transaction() as session:
            await require_role(session, principal, client_id, minimum="owner")
            await repository.lock_client(session, client_id)
            membership, user = await _existing(session, client_id, user_id)
            if membership.role == "owner" and role != "owner":
                others = await repository.count_other_owners(session, client_id, than_user_id=user_id)
                rules.check_owner_remains(other_owners=others)
            membership.role = role
        return _member(membership, user)

    async def remove(self, principal: Principal, client_id: UUID, user_id: UserId) -> None:
        """End a membership, somebody's or one's own; raises as `change`."""
        async with self._database.transaction() as session:
            leaves = user_id == principal.user_id
            await require_role(session, principal, client_id, minimum="viewer" if leaves else "owner")
            await repository.lock_client(session, client_id)
            membership, _ = await _existing(session, client_id, user_id)
            if membership.role == "owner":
                others = await repository.count_other_owners(session, client_id, than_user_id=user_id)
                rules.check_owner_remains(other_owners=others)
            await session.delete(membership)


async def _existing(session: AsyncSession, client_id: UUID, user_id: UserId) -> tuple[MembershipRow, UserRow]:
    membership = await session.get(MembershipRow, (user_id, client_id))
    if membership is None:
        raise NotFound(
            f"User {user_id} is not a member of client {client_id}.",
            next_step=f"List the members with GET /api/v2/clients/{client_id}/members.",
        )
    return membership, await session.get_one(UserRow, user_id)


def _member(membership: MembershipRow, user: UserRow) -> Member:
    return Member.model_validate({"user_id": user.id, "email": user.email, "name": user.name, "role": membership.role})

"""Which clients a user may reach, and how far: the only place that says so."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.deeds import note_client
from gauntlet.core.errors import NotFound
from gauntlet.core.ids import UserId
from gauntlet.db.models.clients import ClientRow, MembershipRow
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients import rules
from gauntlet.domain.clients.schemas import MemberRole


def reachable_clients(principal: Principal, *, minimum: MemberRole = "viewer") -> Select[UUID]:
    """Return the select of the ids of all clients that may be reached, for `column.in_(…)`.

    Every query of rows that a client owns holds this condition. Administrators reach all, members those they are
    members of (with a role that reaches as far as `minimum`).
    """
    if principal.is_admin:
        return select(ClientRow.id)
    own = select(MembershipRow.client_id).where(MembershipRow.user_id == principal.user_id)
    return own if minimum == "viewer" else own.where(MembershipRow.role.in_(rules.roles_from(minimum)))


async def reachable_ids(
    session: AsyncSession, principal: Principal, *, minimum: MemberRole = "viewer"
) -> list[UUID] | None:
    """Return the ids of all clients that may be reached; None for administrators, who reach all there are.

    For queries that are written otherwise for one client than for many, and of rows that outlive their client.
    """
    if principal.is_admin:
        return None
    return list(await session.scalars(reachable_clients(principal, minimum=minimum)))


async def reaches(session: AsyncSession, principals: Iterable[Principal]) -> dict[UserId, frozenset[UUID] | None]:
    """Return for each of several users the ids of all clients that they may reach; None for administrators."""
    people = list(principals)
    found: dict[UserId, frozenset[UUID] | None] = {
        person.user_id: None if person.is_admin else frozenset() for person in people
    }
    members = [person.user_id for person in people if not person.is_admin]
    if members:
        own = await session.execute(
            select(MembershipRow.user_id, MembershipRow.client_id).where(MembershipRow.user_id.in_(members))
        )
        for user_id, client_id in own:
            found[UserId(user_id)] = (found[UserId(user_id)] or frozenset()) | {client_id}
    return found


async def require_role(
    session: AsyncSession, principal: Principal, client_id: UUID, *, minimum: MemberRole
) -> MemberRole:
    """Return the caller's role at a client; administrators are owners everywhere.

    Raises `NotFound` for a client that does not exist or is not theirs, alike, and `NotAllowed` where the role does
    not reach as far as `minimum`.
    """
    found = await session.execute(
        select(ClientRow.id, MembershipRow.role)
        .outerjoin(
            MembershipRow,
            and_(MembershipRow.client_id == ClientRow.id, MembershipRow.user_id == principal.user_id),
        )
        .where(ClientRow.id == client_id, ClientRow.id.in_(reachable_clients(principal)))
    )
    row = found.one_or_none()
    if row is None:
        raise no_client(client_id)
    role: MemberRole = "owner" if principal.is_admin else _member_role(row[1])
    rules.check_role(role, minimum=minimum)
    note_client(client_id)
    return role


def no_client(client_id: UUID) -> NotFound:
    """Return the error for a client that is not there for the caller."""
    return NotFound(
        f"There is no client {client_id}.",
        next_step="List the clients you reach with GET /api/v2/clients.",
        details={"clientId": str(client_id)},
    )


def _member_role(word: str | None) -> MemberRole:
    # The database holds the same closed set (a check constraint), so anything else is a fault of this program.
    match word:
        case "owner" | "editor" | "viewer":
            return word
        case _:
            raise ValueError(f"{word!r} is not a member's role")

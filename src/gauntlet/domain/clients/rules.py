"""What roles allow: pure functions."""

from collections.abc import Mapping
from typing import Final

from gauntlet.core.errors import Conflict, NotAllowed
from gauntlet.domain.clients.schemas import MemberRole

_RANK: Final[Mapping[MemberRole, int]] = {"viewer": 0, "editor": 1, "owner": 2}


def check_role(role: MemberRole, *, minimum: MemberRole) -> None:
    """Raise `NotAllowed` where a member's role does not reach as far as is needed."""
    if _RANK[role] < _RANK[minimum]:
        raise NotAllowed(
            f"This needs the role {minimum}; yours is {role}.",
            next_step="Ask an owner of the client to change your role.",
            details={"role": role, "needed": minimum},
        )


def roles_from(minimum: MemberRole) -> list[MemberRole]:
    """Return the roles that reach as far as `minimum`."""
    return [role for role, rank in _RANK.items() if rank >= _RANK[minimum]]


def check_owner_remains(*, other_owners: int) -> None:
    """Raise `Conflict` where a change would leave a client without an owner."""
    if other_owners < 1:
        raise Conflict("This is the client's last owner.", next_step="Make another member an owner first.")


def check_no_running_jobs(*, running: int) -> None:
    """Raise `Conflict` where a client still has jobs at work: they would lose their inputs half way."""
    if running:
        raise Conflict(
            f"{running} {'job of this client is' if running == 1 else 'jobs of this client are'} still running.",
            next_step="Cancel them or wait until they are done, then delete the client.",
            details={"jobsRunning": running},
        )

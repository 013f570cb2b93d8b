"""The audit log: who did what to what, and when. It is added to and read, nothing else."""

from sqlalchemy import Select, func, or_, select

from gauntlet.core.clock import Clock
from gauntlet.core.ids import UserId
from gauntlet.core.paging import Page
from gauntlet.db.models.audit import AuditEntryRow
from gauntlet.db.paging import fetch_page
from gauntlet.db.session import Database
from gauntlet.domain.accounts import rules
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.admin.schemas import AuditDraft, AuditEntry, AuditQuery

_ACTOR_CHARACTERS = 254


class AuditLog:
    """Writes entries down and shows them to administrators."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def record(self, *drafts: AuditDraft) -> None:
        """Write down what happened just now, in one transaction."""
        at = self._clock.now()
        async with self._database.transaction() as session:
            for draft in drafts:
                values = draft.model_dump(by_alias=False) | {"actor": draft.actor[:_ACTOR_CHARACTERS]}
                session.add(AuditEntryRow(at=at, **values))

    async def list(self, principal: Principal, query: AuditQuery, *, page: Page) -> tuple[list[AuditEntry], int]:
        """Return a page of entries, newest first, and how many there are; raises `NotAllowed` for other people."""
        rules.require_admin(principal)
        async with self._database.read() as session:
            rows, total = await fetch_page(session, _wanted(query), page=page)
        return [_entry(row) for row in rows], total


def _wanted(query: AuditQuery) -> Select[AuditEntryRow]:
    row = AuditEntryRow
    statement = select(row).order_by(row.id.desc())
    if query.actor is not None:
        statement = statement.where(func.lower(row.actor) == query.actor.strip().lower())
    if query.action is not None:
        # `client` finds all that was done to clients.
        exact, below = query.action, f"{query.action}."
        statement = statement.where(or_(row.action == exact, row.action.startswith(below, autoescape=True)))
    if query.client_id is not None:
        statement = statement.where(row.client_id == query.client_id)
    if query.since is not None:
        statement = statement.where(row.at >= query.since)
    if query.before is not None:
        statement = statement.where(row.at < query.before)
    return statement


def _entry(row: AuditEntryRow) -> AuditEntry:
    return AuditEntry.model_validate(
        {
            "id": row.id,
            "at": row.at,
            "action": row.action,
            "outcome": row.outcome,
            "actor_id": None if row.actor_id is None else UserId(row.actor_id),
            "actor": row.actor,
            "client_id": row.client_id,
            "subject": row.subject,
            "request_id": row.request_id,
            "address": row.address,
            "detail": row.detail or {},
        }
    )

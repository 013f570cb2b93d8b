"""Who did what to what, and when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from gauntlet.db.base import Base, Json, UtcDateTime, one_of

AUDIT_OUTCOMES = ("done", "refused")


class AuditEntryRow(Base):
    """Something that somebody did or was refused. Never changed or deleted; outlives whoever and whatever it names.

    `actor` is the address as it was then (of a failed sign-in: as it was given), `subject` the id of what it was done
    to, `detail` what else is worth telling, never a secret.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        one_of("outcome", AUDIT_OUTCOMES),
        Index("ix_audit_entries_action_id", "action", "id"),
        Index("ix_audit_entries_actor_id_id", "actor_id", "id"),
        Index("ix_audit_entries_client_id_id", "client_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(254))
    action: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(8))
    client_id: Mapped[UUID | None]
    subject: Mapped[str | None] = mapped_column(String(200))
    request_id: Mapped[str] = mapped_column(String(64))
    address: Mapped[str | None] = mapped_column(String(64))
    detail: Mapped[dict[str, Any] | None] = mapped_column(Json)

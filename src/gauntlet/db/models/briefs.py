"""Briefs and their versions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gauntlet.core.ids import new_uuid
from gauntlet.db.base import Base, Json, UtcDateTime, one_of

BRIEF_ORDER_KINDS = ("plan", "refine")
BRIEF_ORDER_STATUSES = ("working", "done", "failed", "paused")


class BriefRow(Base):
    """A brief of one client; what it says is in its versions.

    `request` is what it was asked for with, where that was not a job; `reference` the facts of its reference medium.
    """

    __tablename__ = "briefs"
    __table_args__ = (
        Index("ix_briefs_client_id_created_at", "client_id", "created_at"),
        Index("ix_briefs_updated_at", "updated_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id", ondelete="SET NULL"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    prompt: Mapped[str] = mapped_column(Text)
    request: Mapped[dict[str, Any] | None] = mapped_column(Json)
    reference: Mapped[dict[str, Any] | None] = mapped_column(Json)
    current_version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BriefVersionRow(Base):
    """One version of a brief: the whole document as it was, and what each planner that was asked answered."""

    __tablename__ = "brief_versions"

    brief_id: Mapped[UUID] = mapped_column(ForeignKey("briefs.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    change: Mapped[str] = mapped_column(Text)
    provider: Mapped[str] = mapped_column(Text)
    cost_microusd: Mapped[int]
    attempts: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BriefReferenceRow(Base):
    """The reference medium that a brief was asked for with: keeps its bytes even where the asset is deleted."""

    __tablename__ = "brief_references"

    brief_id: Mapped[UUID] = mapped_column(ForeignKey("briefs.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("blobs.digest", ondelete="RESTRICT"), index=True)
    asset_id: Mapped[UUID | None] = mapped_column(ForeignKey("assets.id", ondelete="SET NULL"), index=True)


class BriefOrderRow(Base):
    """What a person asked of a planner: a brief, or a change to one in words; `version` is what came of it.

    `run` counts the workflows started for it; only the latest may write its state.
    """

    __tablename__ = "brief_orders"
    __table_args__ = (
        one_of("kind", BRIEF_ORDER_KINDS),
        one_of("status", BRIEF_ORDER_STATUSES),
        UniqueConstraint("user_id", "idempotency_key"),
        Index("ix_brief_orders_brief_id_id", "brief_id", "id"),
        Index("ix_brief_orders_created_at", "created_at"),
        Index("ix_brief_orders_ended_at", "ended_at"),
        Index("ix_brief_orders_status", "status"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    brief_id: Mapped[UUID] = mapped_column(ForeignKey("briefs.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(8))
    instruction: Mapped[str | None] = mapped_column(Text)
    scene_number: Mapped[int | None]
    base_version: Mapped[int]
    status: Mapped[str] = mapped_column(String(8))
    run: Mapped[int]
    version: Mapped[int | None]
    error: Mapped[dict[str, Any] | None] = mapped_column(Json)
    idempotency_key: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

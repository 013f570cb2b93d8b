"""Briefs and their versions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from gauntlet.core.ids import new_uuid
from gauntlet.db.base import Base, Json, UtcDateTime


class BriefRow(Base):
    """A brief of one client; what it says is in its versions."""

    __tablename__ = "briefs"
    __table_args__ = (Index("ix_briefs_client_id_created_at", "client_id", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id", ondelete="SET NULL"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    prompt: Mapped[str] = mapped_column(Text)
    current_version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BriefVersionRow(Base):
    """One version of a brief: the whole document as it was."""

    __tablename__ = "brief_versions"

    brief_id: Mapped[UUID] = mapped_column(ForeignKey("briefs.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    change: Mapped[str] = mapped_column(Text)
    provider: Mapped[str] = mapped_column(Text)
    cost_microusd: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

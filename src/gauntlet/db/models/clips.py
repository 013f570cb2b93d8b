"""Conformed media: stretches of clients' films and sounds, made ready for the compositor."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from gauntlet.db.base import Base, UtcDateTime


class ClipRow(Base):
    """A conformed stretch; `key` tells what of what it is, so that none is made twice."""

    __tablename__ = "clips"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("blobs.digest", ondelete="RESTRICT"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

"""Jobs: the way from prompt to film, its storyboards, approvals, events and results."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gauntlet.db.base import Base, Json, UtcDateTime, one_of

_BLOB = "blobs.digest"


class JobRow(Base):
    """A job. `run` counts the workflows started for it; only the latest may write its state.

    `estimate` is of the request, made before anything was spent; each storyboard has one of its own.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_client_id_id", "client_id", "id"),
        Index("ix_jobs_status", "status"),
        Index("ix_jobs_updated_at", "updated_at"),
        UniqueConstraint("user_id", "idempotency_key"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id", ondelete="SET NULL"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    brief_id: Mapped[UUID | None] = mapped_column(ForeignKey("briefs.id", ondelete="SET NULL"))
    idempotency_key: Mapped[str | None] = mapped_column(String(200))
    request: Mapped[dict[str, Any]] = mapped_column(Json)
    status: Mapped[str] = mapped_column(String(32))
    phase: Mapped[str] = mapped_column(String(16))
    run: Mapped[int]
    storyboard_version: Mapped[int | None]
    progress: Mapped[dict[str, Any]] = mapped_column(Json)
    timings: Mapped[dict[str, Any]] = mapped_column(Json)
    error: Mapped[dict[str, Any] | None] = mapped_column(Json)
    estimate: Mapped[dict[str, Any] | None] = mapped_column(Json)
    estimated_cost_microusd: Mapped[int] = mapped_column(BigInteger)
    actual_cost_microusd: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StoryboardRow(Base):
    """One version of a job's storyboard. `contact_sheet_digest` is there once every frame is."""

    __tablename__ = "storyboards"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    brief_version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    fingerprint: Mapped[str] = mapped_column(String(64))
    change: Mapped[str] = mapped_column(Text)
    estimate: Mapped[dict[str, Any] | None] = mapped_column(Json)
    contact_sheet_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StoryboardFrameRow(Base):
    """A drawn frame. `fingerprint` tells equal frames of other versions, so that none is drawn twice."""

    __tablename__ = "storyboard_frames"
    __table_args__ = (
        ForeignKeyConstraint(["job_id", "version"], ["storyboards.job_id", "storyboards.version"], ondelete="CASCADE"),
        Index("ix_storyboard_frames_job_id_fingerprint", "job_id", "fingerprint"),
    )

    job_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    scene_number: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    image_digest: Mapped[str] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StoryboardPictureRow(Base):
    """A picture that a storyboard version shows: keeps its bytes even where the asset is deleted."""

    __tablename__ = "storyboard_pictures"
    __table_args__ = (
        ForeignKeyConstraint(["job_id", "version"], ["storyboards.job_id", "storyboards.version"], ondelete="CASCADE"),
    )

    job_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), primary_key=True, index=True)


class StoryboardMediumRow(Base):
    """A medium that a storyboard version orders from a model and that was made: a scene's picture or motion, the music.

    `scene_number` is 0 for what belongs to the whole film.
    """

    __tablename__ = "storyboard_media"
    __table_args__ = (
        ForeignKeyConstraint(["job_id", "version"], ["storyboards.job_id", "storyboards.version"], ondelete="CASCADE"),
        one_of("role", ("image", "motion", "music")),
    )

    job_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    scene_number: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(String(8), primary_key=True)
    generation_id: Mapped[int] = mapped_column(ForeignKey("generations.id", ondelete="RESTRICT"), index=True)
    digest: Mapped[str] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ApprovalRow(Base):
    """Who approved what, when: the fingerprint is of exactly the storyboard that was approved."""

    __tablename__ = "approvals"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    void_reason: Mapped[str | None] = mapped_column(Text)


class RenderPartRow(Base):
    """A finished part of a film (an encoded shot, the mixed sound), kept so that it is never made twice."""

    __tablename__ = "render_parts"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DeliverableRow(Base):
    """A file of the finished ad."""

    __tablename__ = "deliverables"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    storyboard_version: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class JobEventRow(Base):
    """Something that happened to a job; the ids order all events and let a stream go on where it broke off."""

    __tablename__ = "job_events"
    __table_args__ = (
        Index("ix_job_events_created_at", "created_at"),
        Index("ix_job_events_job_id_id", "job_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

"""Generated media: pictures, films and music that a model made, and the predictions behind them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gauntlet.db.base import Base, Json, UtcDateTime, one_of

GENERATED_TYPES = ("image", "video", "audio")
GENERATION_STATUSES = ("pending", "running", "succeeded", "failed", "canceled", "paused", "ambiguous")
_BLOB = "blobs.digest"


class GenerationRow(Base):
    """One medium that a model is asked for. `key` makes the same step's second asking the same generation.

    `run` counts the workflows started for it; only the latest may write its state. `attempt` counts what is paid for:
    runs of the same attempt have the same intent. `sent_inputs` is what is sent in this attempt, its files by address;
    `prediction` is the provider's last word on it, without inputs and outputs.
    """

    __tablename__ = "generations"
    __table_args__ = (
        one_of("type", GENERATED_TYPES),
        one_of("status", GENERATION_STATUSES),
        UniqueConstraint("key"),
        Index("ix_generations_client_id_type_id", "client_id", "type", "id"),
        Index("ix_generations_status", "status"),
        Index("ix_generations_updated_at", "updated_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str | None] = mapped_column(String(200))
    type: Mapped[str] = mapped_column(String(8))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id", ondelete="SET NULL"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"), index=True)
    brief_id: Mapped[UUID | None] = mapped_column(ForeignKey("briefs.id", ondelete="SET NULL"), index=True)
    scene_number: Mapped[int | None]
    source_id: Mapped[int | None] = mapped_column(ForeignKey("generations.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    model: Mapped[str] = mapped_column(String(300))
    version: Mapped[str | None] = mapped_column(String(64))
    prompt: Mapped[str] = mapped_column(Text)
    inputs: Mapped[dict[str, Any]] = mapped_column(Json)
    status: Mapped[str] = mapped_column(String(16))
    run: Mapped[int]
    attempt: Mapped[int]
    estimate_microusd: Mapped[int | None] = mapped_column(BigInteger)
    sent_inputs: Mapped[dict[str, Any] | None] = mapped_column(Json)
    intent_id: Mapped[UUID | None] = mapped_column(ForeignKey("spending_intents.id", ondelete="SET NULL"), index=True)
    prediction: Mapped[dict[str, Any] | None] = mapped_column(Json)
    error: Mapped[dict[str, Any] | None] = mapped_column(Json)
    digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    thumbnail_digest: Mapped[str | None] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    format: Mapped[str | None] = mapped_column(String(16))
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration_s: Mapped[float | None] = mapped_column(Float)
    facts: Mapped[dict[str, Any] | None] = mapped_column(Json)
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    predicted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GenerationInputRow(Base):
    """A file that a generation was given: keeps its bytes while the generation may still need them."""

    __tablename__ = "generation_inputs"

    generation_id: Mapped[int] = mapped_column(ForeignKey("generations.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey(_BLOB, ondelete="RESTRICT"), index=True)
    media_type: Mapped[str] = mapped_column(String(100))


class WebhookRow(Base):
    """A webhook delivery that was taken: the same one again changes nothing."""

    __tablename__ = "webhook_deliveries"

    provider: Mapped[str] = mapped_column(String(32), primary_key=True)
    delivery_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

"""The tables of revision 0005 for generated media, and what storyboards take of them."""

import sqlalchemy as sa
from alembic import op

from gauntlet.db.migrations.tables_0004 import JSON, MOMENT, create_indexes


def upgrade_generations() -> None:
    """Make them."""
    create_generations()
    create_generation_inputs()
    create_webhook_deliveries()
    create_storyboard_media()


def create_generations() -> None:
    """Make `generations`."""
    op.create_table(
        "generations",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(200)),
        sa.Column("type", sa.String(8), nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("campaign_id", sa.Uuid),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("job_id", sa.Integer),
        sa.Column("brief_id", sa.Uuid),
        sa.Column("scene_number", sa.Integer),
        sa.Column("source_id", sa.Integer),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("model", sa.String(300), nullable=False),
        sa.Column("version", sa.String(64)),
        sa.Column("prompt", sa.Text, nullable=False),
        sa.Column("inputs", JSON, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("estimate_microusd", sa.BigInteger),
        sa.Column("sent_inputs", JSON),
        sa.Column("intent_id", sa.Uuid),
        sa.Column("prediction", JSON),
        sa.Column("error", JSON),
        sa.Column("digest", sa.String(64)),
        sa.Column("thumbnail_digest", sa.String(64)),
        sa.Column("format", sa.String(16)),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("duration_s", sa.Float),
        sa.Column("facts", JSON),
        sa.Column("size_bytes", sa.BigInteger),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("predicted_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.Column("deleted_at", MOMENT),
        sa.CheckConstraint(
            "status IN ('pending', 'running', 'succeeded', 'failed', 'canceled', 'paused', 'ambiguous')",
            name=op.f("ck_generations_status"),
        ),
        sa.CheckConstraint("type IN ('image', 'video', 'audio')", name=op.f("ck_generations_type")),
        sa.ForeignKeyConstraint(["brief_id"], ["briefs.id"], name=op.f("fk_generations_brief_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_generations_campaign_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_generations_client_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["digest"], ["blobs.digest"], name=op.f("fk_generations_digest"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["intent_id"], ["spending_intents.id"], name=op.f("fk_generations_intent_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_generations_job_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["generations.id"], name=op.f("fk_generations_source_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["thumbnail_digest"], ["blobs.digest"], name=op.f("fk_generations_thumbnail_digest"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_generations_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_generations")),
        sa.UniqueConstraint("key", name=op.f("uq_generations_key")),
        sqlite_autoincrement=True,
    )
    create_indexes(
        "generations",
        [
            ("brief_id",),
            ("campaign_id",),
            ("client_id", "type", "id"),
            ("digest",),
            ("intent_id",),
            ("job_id",),
            ("source_id",),
            ("status",),
            ("thumbnail_digest",),
        ],
    )


def create_generation_inputs() -> None:
    """Make `generation_inputs`."""
    op.create_table(
        "generation_inputs",
        sa.Column("generation_id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["blobs.digest"], name=op.f("fk_generation_inputs_digest"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["generation_id"], ["generations.id"], name=op.f("fk_generation_inputs_generation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("generation_id", "name", name=op.f("pk_generation_inputs")),
    )
    create_indexes("generation_inputs", [("digest",)])


def create_webhook_deliveries() -> None:
    """Make `webhook_deliveries`."""
    op.create_table(
        "webhook_deliveries",
        sa.Column("provider", sa.String(32), nullable=False),
        sa.Column("delivery_id", sa.String(200), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("provider", "delivery_id", name=op.f("pk_webhook_deliveries")),
    )
    create_indexes("webhook_deliveries", [("received_at",)])


def create_storyboard_media() -> None:
    """Make `storyboard_media`."""
    op.create_table(
        "storyboard_media",
        sa.Column("job_id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("scene_number", sa.Integer, nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("generation_id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("role IN ('image', 'motion', 'music')", name=op.f("ck_storyboard_media_role")),
        sa.ForeignKeyConstraint(
            ["digest"], ["blobs.digest"], name=op.f("fk_storyboard_media_digest"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["generation_id"], ["generations.id"], name=op.f("fk_storyboard_media_generation_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["job_id", "version"],
            ["storyboards.job_id", "storyboards.version"],
            name=op.f("fk_storyboard_media_job_id_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("job_id", "version", "scene_number", "role", name=op.f("pk_storyboard_media")),
    )
    create_indexes("storyboard_media", [("digest",), ("generation_id",)])


def downgrade_generations() -> None:
    """Drop them."""
    for table in ("storyboard_media", "webhook_deliveries", "generation_inputs", "generations"):
        op.drop_table(table)

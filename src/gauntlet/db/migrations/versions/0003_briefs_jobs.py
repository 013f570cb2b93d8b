"""Briefs and jobs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    create_briefs()
    create_brief_versions()
    create_jobs()
    create_storyboards()
    create_storyboard_frames()
    create_storyboard_pictures()
    create_approvals()
    create_render_parts()
    create_deliverables()
    create_job_events()


def create_briefs() -> None:
    op.create_table(
        "briefs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_briefs_campaign_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_briefs_client_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_briefs_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefs")),
    )
    op.create_index(op.f("ix_briefs_campaign_id"), "briefs", ["campaign_id"], unique=False)
    op.create_index("ix_briefs_client_id_created_at", "briefs", ["client_id", "created_at"], unique=False)


def create_brief_versions() -> None:
    op.create_table(
        "brief_versions",
        sa.Column("brief_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("cost_microusd", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["brief_id"], ["briefs.id"], name=op.f("fk_brief_versions_brief_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_brief_versions_user_id")),
        sa.PrimaryKeyConstraint("brief_id", "version", name=op.f("pk_brief_versions")),
    )


def create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("brief_id", sa.Uuid(), nullable=True),
        sa.Column("idempotency_key", sa.String(length=200), nullable=True),
        sa.Column("request", JSON, nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("phase", sa.String(length=16), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("storyboard_version", sa.Integer(), nullable=True),
        sa.Column("progress", JSON, nullable=False),
        sa.Column("timings", JSON, nullable=False),
        sa.Column("error", JSON, nullable=True),
        sa.Column("estimated_cost_microusd", sa.BigInteger(), nullable=False),
        sa.Column("actual_cost_microusd", sa.BigInteger(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("completed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["brief_id"], ["briefs.id"], name=op.f("fk_jobs_brief_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_jobs_campaign_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_jobs_client_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_jobs_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("user_id", "idempotency_key", name=op.f("uq_jobs_user_id_idempotency_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_jobs_campaign_id"), "jobs", ["campaign_id"], unique=False)
    op.create_index("ix_jobs_client_id_id", "jobs", ["client_id", "id"], unique=False)
    op.create_index("ix_jobs_status", "jobs", ["status"], unique=False)


def create_storyboards() -> None:
    op.create_table(
        "storyboards",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("brief_version", sa.Integer(), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("contact_sheet_digest", sa.String(length=64), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_sheet_digest"],
            ["blobs.digest"],
            name=op.f("fk_storyboards_contact_sheet_digest"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_storyboards_job_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_storyboards_user_id")),
        sa.PrimaryKeyConstraint("job_id", "version", name=op.f("pk_storyboards")),
    )
    op.create_index(op.f("ix_storyboards_contact_sheet_digest"), "storyboards", ["contact_sheet_digest"], unique=False)


def create_storyboard_frames() -> None:
    op.create_table(
        "storyboard_frames",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("scene_number", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("image_digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["image_digest"], ["blobs.digest"], name=op.f("fk_storyboard_frames_image_digest"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["job_id", "version"],
            ["storyboards.job_id", "storyboards.version"],
            name=op.f("fk_storyboard_frames_job_id_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("job_id", "version", "scene_number", name=op.f("pk_storyboard_frames")),
    )
    op.create_index(op.f("ix_storyboard_frames_image_digest"), "storyboard_frames", ["image_digest"], unique=False)
    op.create_index(
        "ix_storyboard_frames_job_id_fingerprint", "storyboard_frames", ["job_id", "fingerprint"], unique=False
    )


def create_storyboard_pictures() -> None:
    op.create_table(
        "storyboard_pictures",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["blobs.digest"], name=op.f("fk_storyboard_pictures_digest"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["job_id", "version"],
            ["storyboards.job_id", "storyboards.version"],
            name=op.f("fk_storyboard_pictures_job_id_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("job_id", "version", "digest", name=op.f("pk_storyboard_pictures")),
    )
    op.create_index(op.f("ix_storyboard_pictures_digest"), "storyboard_pictures", ["digest"], unique=False)


def create_approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("voided_at", MOMENT, nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_approvals_job_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_approvals_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    op.create_index(op.f("ix_approvals_job_id"), "approvals", ["job_id"], unique=False)


def create_render_parts() -> None:
    op.create_table(
        "render_parts",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["blobs.digest"], name=op.f("fk_render_parts_digest"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_render_parts_job_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "fingerprint", name=op.f("pk_render_parts")),
    )
    op.create_index(op.f("ix_render_parts_digest"), "render_parts", ["digest"], unique=False)


def create_deliverables() -> None:
    op.create_table(
        "deliverables",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("storyboard_version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["digest"], ["blobs.digest"], name=op.f("fk_deliverables_digest"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_deliverables_job_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "storyboard_version", "kind", name=op.f("pk_deliverables")),
    )
    op.create_index(op.f("ix_deliverables_digest"), "deliverables", ["digest"], unique=False)


def create_job_events() -> None:
    op.create_table(
        "job_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_events_job_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_events_job_id_id", "job_events", ["job_id", "id"], unique=False)


def downgrade() -> None:
    for table in (
        "job_events",
        "deliverables",
        "render_parts",
        "approvals",
        "storyboard_pictures",
        "storyboard_frames",
        "storyboards",
        "jobs",
        "brief_versions",
        "briefs",
    ):
        op.drop_table(table)

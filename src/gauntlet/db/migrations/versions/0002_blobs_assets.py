"""Blobs and assets."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    create_blobs()
    create_assets()


def create_blobs() -> None:
    op.create_table(
        "blob_contents",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blob_contents")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_blob_contents_written_at"), "blob_contents", ["written_at"])
    op.create_table(
        "blob_chunks",
        sa.Column("content_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"], ["blob_contents.id"], name=op.f("fk_blob_chunks_content_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("content_id", "position", name=op.f("pk_blob_chunks")),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Media do not compress: spare the attempt, and let a part of a chunk be read without the rest of it.
        op.execute("ALTER TABLE blob_chunks ALTER COLUMN data SET STORAGE EXTERNAL")
    op.create_table(
        "blobs",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("content_id", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["content_id"], ["blob_contents.id"], name=op.f("fk_blobs_content_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_blobs")),
        sa.UniqueConstraint("content_id", name=op.f("uq_blobs_content_id")),
    )
    op.create_table(
        "blob_holds",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        blob_reference("blob_holds", "digest"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blob_holds")),
    )
    op.create_index(op.f("ix_blob_holds_digest"), "blob_holds", ["digest"])
    op.create_index(op.f("ix_blob_holds_made_at"), "blob_holds", ["made_at"])


def create_assets() -> None:
    op.create_table(
        "assets",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("campaign_id", sa.Uuid),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("format", sa.String(8), nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("blob_digest", sa.String(64), nullable=False),
        sa.Column("thumbnail_digest", sa.String(64)),
        sa.Column("waveform_digest", sa.String(64)),
        sa.Column("rendition_digest", sa.String(64)),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("duration_s", sa.Double),
        sa.Column("page_count", sa.Integer),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint("type IN ('image', 'video', 'audio', 'document')", name=op.f("ck_assets_type")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_assets_user_id")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_assets_client_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_assets_campaign_id"), ondelete="SET NULL"
        ),
        *(blob_reference("assets", f"{kind}_digest") for kind in ("blob", "thumbnail", "waveform", "rendition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assets")),
    )
    for columns in (
        ["user_id"],
        ["blob_digest"],
        ["thumbnail_digest"],
        ["waveform_digest"],
        ["rendition_digest"],
        ["client_id", "uploaded_at", "id"],
        ["client_id", "type", "uploaded_at", "id"],
        ["campaign_id", "uploaded_at", "id"],
        ["uploaded_at", "id"],
    ):
        op.create_index(op.f(f"ix_assets_{'_'.join(columns)}"), "assets", columns)


def blob_reference(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["blobs.digest"], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT")


def downgrade() -> None:
    for table in ("assets", "blob_holds", "blobs", "blob_chunks", "blob_contents"):
        op.drop_table(table)

"""The asset library: versions, tags, search, bin, quotas, uploads in pieces, conformed clips, bytes in other stores."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from gauntlet.db.migrations.library_0004 import downgrade_assets, upgrade_assets

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    extend_contents()
    upgrade_assets()
    create_uploads()
    create_clips()


def extend_contents() -> None:
    with op.batch_alter_table("blob_contents", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("store", sa.String(16), nullable=False, server_default="database"))
        table.add_column(sa.Column("location", sa.String(200)))
        table.add_column(sa.Column("state", sa.String(16), nullable=False, server_default="sound"))
        table.create_check_constraint(op.f("ck_blob_contents_store"), "store IN ('database', 'filesystem', 's3')")
        table.create_check_constraint(op.f("ck_blob_contents_state"), "state IN ('sound', 'damaged', 'discarded')")


def create_uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("draft", JSON, nullable=False),
        sa.Column("metadata_line", sa.String(8_192), nullable=False),
        sa.Column("size_bytes", sa.BigInteger),
        sa.Column("offset_bytes", sa.BigInteger, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("asset_id", sa.Uuid),
        sa.Column("failure", JSON),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.CheckConstraint("status IN ('receiving', 'complete', 'failed')", name=op.f("ck_uploads_status")),
        reference("uploads", "user_id", "users", ondelete="CASCADE"),
        reference("uploads", "client_id", "clients", ondelete="CASCADE"),
        reference("uploads", "asset_id", "assets", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    index("uploads", ["user_id"], ["client_id"], ["asset_id"], ["expires_at"])
    op.create_table(
        "upload_parts",
        sa.Column("upload_id", sa.Uuid, nullable=False),
        sa.Column("start_byte", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("blob_digest", sa.String(64), nullable=False),
        reference("upload_parts", "upload_id", "uploads", ondelete="CASCADE"),
        blob_reference("upload_parts", "blob_digest"),
        sa.PrimaryKeyConstraint("upload_id", "start_byte", name=op.f("pk_upload_parts")),
    )
    index("upload_parts", ["blob_digest"])


def create_clips() -> None:
    op.create_table(
        "clips",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        blob_reference("clips", "digest"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_clips")),
    )
    index("clips", ["digest"], ["used_at"])


def index(table: str, *column_lists: list[str]) -> None:
    for columns in column_lists:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)


def reference(table: str, column: str, target: str, *, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def blob_reference(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["blobs.digest"], name=op.f(f"fk_{table}_{column}"), ondelete="RESTRICT")


def downgrade() -> None:
    for table in (
        "clips",
        "upload_parts",
        "uploads",
    ):
        op.drop_table(table)
    downgrade_assets()
    with op.batch_alter_table("blob_contents", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint(op.f("ck_blob_contents_state"), type_="check")
        table.drop_constraint(op.f("ck_blob_contents_store"), type_="check")
        table.drop_column("state")
        table.drop_column("location")
        table.drop_column("store")

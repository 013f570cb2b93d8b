"""The asset library: versions, tags, search, bin, quotas, uploads in pieces, conformed clips, bytes in other stores."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    extend_contents()
    extend_assets()
    create_versions()
    create_finders()
    create_client_storage()
    create_quarantine()
    create_uploads()
    create_clips()


def extend_contents() -> None:
    with op.batch_alter_table("blob_contents", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("store", sa.String(16), nullable=False, server_default="database"))
        table.add_column(sa.Column("location", sa.String(200)))
        table.create_check_constraint(op.f("ck_blob_contents_store"), "store IN ('database', 'filesystem', 's3')")


def extend_assets() -> None:
    with op.batch_alter_table("assets") as table:
        table.add_column(sa.Column("sort_name", sa.String(400), nullable=False, server_default=""))
        table.add_column(sa.Column("deleted_at", MOMENT))
        table.add_column(sa.Column("deleted_by", sa.Integer))
        table.create_foreign_key(op.f("fk_assets_deleted_by"), "users", ["deleted_by"], ["id"], ondelete="SET NULL")
    index("assets", ["deleted_at"], ["deleted_by"])


def create_versions() -> None:
    op.create_table(
        "asset_versions",
        sa.Column("asset_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
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
        sa.Column("facts", JSON, nullable=False),
        sa.Column("restored_from", sa.Integer),
        sa.Column("created_at", MOMENT, nullable=False),
        reference("asset_versions", "asset_id", "assets", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_asset_versions_user_id")),
        *(
            blob_reference("asset_versions", f"{kind}_digest")
            for kind in ("blob", "thumbnail", "waveform", "rendition")
        ),
        sa.PrimaryKeyConstraint("asset_id", "number", name=op.f("pk_asset_versions")),
    )
    index(
        "asset_versions", ["user_id"], ["blob_digest"], ["thumbnail_digest"], ["waveform_digest"], ["rendition_digest"]
    )


def create_finders() -> None:
    for table, column, length in (("asset_tags", "tag", 50), ("asset_terms", "term", 60)):
        op.create_table(
            table,
            sa.Column("asset_id", sa.Uuid, nullable=False),
            sa.Column(column, sa.String(length), nullable=False),
            sa.Column("client_id", sa.Uuid, nullable=False),
            reference(table, "asset_id", "assets", ondelete="CASCADE"),
            reference(table, "client_id", "clients", ondelete="CASCADE"),
            sa.PrimaryKeyConstraint("asset_id", column, name=op.f(f"pk_{table}")),
        )
        index(table, ["client_id", column, "asset_id"], [column, "asset_id"])


def create_client_storage() -> None:
    op.create_table(
        "client_storage",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("used_bytes", sa.BigInteger, nullable=False),
        sa.Column("quota_bytes", sa.BigInteger),
        reference("client_storage", "client_id", "clients", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_storage")),
    )


def create_quarantine() -> None:
    op.create_table(
        "quarantined_assets",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("original", JSON, nullable=False),
        sa.Column("blob_digest", sa.String(64)),
        sa.Column("thumbnail_digest", sa.String(64)),
        sa.Column("rendition_digest", sa.String(64)),
        sa.Column("quarantined_at", MOMENT, nullable=False),
        *(blob_reference("quarantined_assets", f"{kind}_digest") for kind in ("blob", "thumbnail", "rendition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined_assets")),
    )
    index("quarantined_assets", ["blob_digest"], ["thumbnail_digest"], ["rendition_digest"])


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
        "quarantined_assets",
        "client_storage",
        "asset_terms",
        "asset_tags",
        "asset_versions",
    ):
        op.drop_table(table)
    op.drop_index(op.f("ix_assets_deleted_by"), "assets")
    op.drop_index(op.f("ix_assets_deleted_at"), "assets")
    with op.batch_alter_table("assets") as table:
        table.drop_constraint(op.f("fk_assets_deleted_by"), type_="foreignkey")
        for column in ("deleted_by", "deleted_at", "sort_name"):
            table.drop_column(column)
    with op.batch_alter_table("blob_contents", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint(op.f("ck_blob_contents_store"), type_="check")
        table.drop_column("location")
        table.drop_column("store")

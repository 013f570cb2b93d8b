"""The tables of revision 0005 for keys of hosted services, their answers, and what is asked of planners."""

import sqlalchemy as sa
from alembic import op

from gauntlet.db.migrations.tables_0004 import JSON, MOMENT, create_indexes


def upgrade_hosted() -> None:
    """Make them."""
    create_provider_keys()
    create_hosted_answers()
    create_brief_references()
    create_brief_orders()


def create_provider_keys() -> None:
    """Make `provider_keys`."""
    op.create_table(
        "provider_keys",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("provider", sa.String(32), nullable=False),
        sa.Column("ciphertext", sa.Text, nullable=False),
        sa.Column("hint", sa.String(8), nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_provider_keys_client_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_provider_keys_user_id")),
        sa.PrimaryKeyConstraint("client_id", "provider", name=op.f("pk_provider_keys")),
    )


def create_hosted_answers() -> None:
    """Make `hosted_answers`."""
    op.create_table(
        "hosted_answers",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("answer", JSON, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"], ["clients.id"], name=op.f("fk_hosted_answers_client_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("client_id", "key", name=op.f("pk_hosted_answers")),
    )
    create_indexes("hosted_answers", [("created_at",)])


def create_brief_references() -> None:
    """Make `brief_references`."""
    op.create_table(
        "brief_references",
        sa.Column("brief_id", sa.Uuid, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("asset_id", sa.Uuid),
        sa.ForeignKeyConstraint(
            ["brief_id"], ["briefs.id"], name=op.f("fk_brief_references_brief_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["digest"], ["blobs.digest"], name=op.f("fk_brief_references_digest"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["asset_id"], ["assets.id"], name=op.f("fk_brief_references_asset_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("brief_id", name=op.f("pk_brief_references")),
    )
    create_indexes("brief_references", [("asset_id",), ("digest",)])


def create_brief_orders() -> None:
    """Make `brief_orders`."""
    op.create_table(
        "brief_orders",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("brief_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("instruction", sa.Text),
        sa.Column("scene_number", sa.Integer),
        sa.Column("base_version", sa.Integer, nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("run", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("error", JSON),
        sa.Column("idempotency_key", sa.String(200)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint("kind IN ('plan', 'refine')", name=op.f("ck_brief_orders_kind")),
        sa.CheckConstraint("status IN ('working', 'done', 'failed', 'paused')", name=op.f("ck_brief_orders_status")),
        sa.ForeignKeyConstraint(["brief_id"], ["briefs.id"], name=op.f("fk_brief_orders_brief_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_brief_orders_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brief_orders")),
        sa.UniqueConstraint("user_id", "idempotency_key", name=op.f("uq_brief_orders_user_id_idempotency_key")),
        sqlite_autoincrement=True,
    )
    create_indexes("brief_orders", [("brief_id", "id"), ("status",)])


def downgrade_hosted() -> None:
    """Drop them."""
    for table in ("brief_orders", "brief_references", "hosted_answers", "provider_keys"):
        op.drop_table(table)

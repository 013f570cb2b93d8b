"""What the tables of revision 0004 share, and the table of assets that it found."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

MOMENT: Final = sa.DateTime(timezone=True)
JSON: Final = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KINDS: Final = ("blob", "thumbnail", "waveform", "rendition")
BATCH_ROWS: Final = 500


def former_assets() -> sa.Table:
    """Return the table as revision 0002 made it."""
    return sa.Table(
        "assets",
        sa.MetaData(),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("campaign_id", sa.Uuid),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        *file_columns(),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint("type IN ('image', 'video', 'audio', 'document')", name="ck_assets_type"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_assets_user_id"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_assets_client_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_assets_campaign_id", ondelete="SET NULL"),
        *blob_references("assets"),
        sa.PrimaryKeyConstraint("id", name="pk_assets"),
    )


def file_columns() -> list[sa.Column[Any]]:
    """Return the columns that tell of a file's bytes, in an asset and in a version alike."""
    return [
        sa.Column("format", sa.String(8), nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("blob_digest", sa.String(64), nullable=False),
        *(sa.Column(f"{kind}_digest", sa.String(64)) for kind in KINDS[1:]),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("duration_s", sa.Double),
        sa.Column("page_count", sa.Integer),
    ]


def blob_references(table: str) -> list[sa.ForeignKeyConstraint]:
    """Return the foreign keys of the four digests that a file has."""
    return [
        sa.ForeignKeyConstraint(
            [f"{kind}_digest"], ["blobs.digest"], name=op.f(f"fk_{table}_{kind}_digest"), ondelete="RESTRICT"
        )
        for kind in KINDS
    ]


def create_indexes(table: str, column_lists: Sequence[tuple[str, ...]]) -> None:
    """Make indexes under the names that the models give them."""
    for columns in column_lists:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def batches(things: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield the things, some at a time."""
    for at in range(0, len(things), BATCH_ROWS):
        yield things[at : at + BATCH_ROWS]

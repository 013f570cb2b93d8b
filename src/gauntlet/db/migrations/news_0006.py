"""The indexes of revision 0006, by which what changed lately is found without looking at the rest."""

from typing import Final

from alembic import op

from gauntlet.db.migrations.tables_0004 import create_indexes

_INDEXES: Final = (
    ("brief_orders", [("created_at",), ("ended_at",)]),
    ("briefs", [("updated_at",)]),
    ("generations", [("updated_at",)]),
    ("job_events", [("created_at",)]),
    ("jobs", [("updated_at",)]),
)


def upgrade_news() -> None:
    """Make them."""
    for table, columns in _INDEXES:
        create_indexes(table, columns)


def downgrade_news() -> None:
    """Drop them."""
    for table, columns in _INDEXES:
        for (column,) in columns:
            op.drop_index(op.f(f"ix_{table}_{column}"), table)

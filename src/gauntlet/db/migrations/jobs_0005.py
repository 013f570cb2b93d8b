"""The columns of revision 0005 for what jobs are estimated to cost, and for who made a brief."""

import sqlalchemy as sa
from alembic import op

from gauntlet.db.migrations.tables_0004 import JSON

_COLUMNS = (
    ("briefs", "request"),
    ("briefs", "reference"),
    ("brief_versions", "attempts"),
    ("jobs", "estimate"),
    ("storyboards", "estimate"),
)


def upgrade_jobs() -> None:
    """Add them."""
    for table, column in _COLUMNS:
        op.add_column(table, sa.Column(column, JSON))


def downgrade_jobs() -> None:
    """Drop them."""
    for table, column in reversed(_COLUMNS):
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)

"""The table of revision 0006 that says who did what."""

from typing import Final

import sqlalchemy as sa
from alembic import op

from gauntlet.db.migrations.tables_0004 import JSON, MOMENT, create_indexes

SEAL: Final = "audit_entries_sealed"
SEALED_EVENTS: Final = ("update", "delete")


def upgrade_audit() -> None:
    """Make it, and let entries be added only: whoever tries to change or delete one, is refused."""
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.Integer),
        sa.Column("actor", sa.String(254), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("client_id", sa.Uuid),
        sa.Column("subject", sa.String(200)),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64)),
        sa.Column("detail", JSON),
        sa.CheckConstraint("outcome IN ('done', 'refused')", name=op.f("ck_audit_entries_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sqlite_autoincrement=True,
    )
    create_indexes("audit_entries", [("action", "id"), ("actor_id", "id"), ("at",), ("client_id", "id")])
    _seal()


def downgrade_audit() -> None:
    """Drop it."""
    op.drop_table("audit_entries")
    if _on_postgresql():
        op.execute(f"DROP FUNCTION {SEAL}()")


def _seal() -> None:
    refusal = "entries of the audit log are never changed or deleted"
    if _on_postgresql():
        op.execute(
            f"CREATE FUNCTION {SEAL}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        )
        for event in (*SEALED_EVENTS, "truncate"):
            op.execute(
                f"CREATE TRIGGER {SEAL}_on_{event} BEFORE {event.upper()} ON audit_entries"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {SEAL}()"
            )
        return
    for event in SEALED_EVENTS:
        op.execute(
            f"CREATE TRIGGER {SEAL}_on_{event} BEFORE {event.upper()} ON audit_entries"
            f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"

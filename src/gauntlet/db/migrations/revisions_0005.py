"""The revisions of clients' libraries, of revision 0005: numbers that grow with whatever a list's total depends on.

A total that was counted once is good for as long as the revisions are those at which it was counted. They grow in the
transaction that changes the rows, whoever changes them, foreign keys' actions too. They are never taken away, not even
with their client: else the sum of several could come to what it was before.

PostgreSQL revises a library once a transaction, all of which others see at once, and not once a statement: a row that
is changed a thousand times in one transaction lies there in a thousand versions, each to be passed on the way to the
next. Which libraries were revised is in a setting that ends with the transaction, or with the savepoint it was made
after.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

REVISED: Final = ("assets", "asset_tags", "asset_terms")

# By event: of which clients PostgreSQL finds the rows that a statement changed, and under which names.
_CHANGED: Final = {
    "insert": ("NEW TABLE AS come", "SELECT DISTINCT client_id FROM come"),
    "delete": ("OLD TABLE AS gone", "SELECT DISTINCT client_id FROM gone"),
    "update": (
        "OLD TABLE AS gone NEW TABLE AS come",
        "SELECT client_id FROM gone UNION SELECT client_id FROM come",
    ),
}
_FUNCTION: Final = "library_revisions_on"
_REVISED: Final = "gauntlet.revised_libraries"


def upgrade_revisions() -> None:
    """Make `library_revisions` and the triggers that keep them."""
    op.create_table(
        "library_revisions",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_library_revisions")),
    )
    create_triggers()


def create_triggers() -> None:
    """Revise from now on."""
    if _on_postgresql():
        _create_on_postgresql()
    else:
        _create_on_sqlite()


def downgrade_revisions() -> None:
    """Drop them."""
    for source in REVISED:
        for event in _CHANGED:
            op.execute(f"DROP TRIGGER {source}_revised_on_{event}{f' ON {source}' if _on_postgresql() else ''}")
    if _on_postgresql():
        for event in _CHANGED:
            op.execute(f"DROP FUNCTION {_FUNCTION}_{event}()")
    op.drop_table("library_revisions")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _create_on_sqlite() -> None:
    revise = (
        "INSERT INTO library_revisions (client_id, revision) SELECT {row}.client_id, 1 WHERE {condition}"
        " ON CONFLICT (client_id) DO UPDATE SET revision = revision + 1;"
    )
    come, gone = (revise.format(row=row, condition="true") for row in ("NEW", "OLD"))
    moved = revise.format(row="NEW", condition="NEW.client_id <> OLD.client_id")
    for source in REVISED:
        for event, statements in (("insert", come), ("delete", gone), ("update", f"{gone} {moved}")):
            op.execute(
                f"CREATE TRIGGER {source}_revised_on_{event} AFTER {event.upper()} ON {source} BEGIN {statements} END"
            )


def _create_on_postgresql() -> None:
    for event, (tables, clients) in _CHANGED.items():
        op.execute(
            f"""
            CREATE FUNCTION {_FUNCTION}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
              revised text := COALESCE(current_setting('{_REVISED}', true), '');
              changed uuid;
            BEGIN
              FOR changed IN SELECT client_id FROM ({clients}) AS changes ORDER BY client_id LOOP
                IF position(changed::text IN revised) = 0 THEN
                  INSERT INTO library_revisions AS kept (client_id, revision) VALUES (changed, 1)
                  ON CONFLICT (client_id) DO UPDATE SET revision = kept.revision + 1;
                  revised := set_config('{_REVISED}', revised || changed::text || ' ', true);
                END IF;
              END LOOP;
              RETURN NULL;
            END $$
            """
        )
        for source in REVISED:
            op.execute(
                f"CREATE TRIGGER {source}_revised_on_{event} AFTER {event.upper()} ON {source} REFERENCING {tables}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}_{event}()"
            )

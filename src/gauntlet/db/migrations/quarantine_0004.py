"""The quarantine of revision 0004: assets that belong to nobody are kept apart, and none is dropped."""

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa
import structlog
from alembic import op

from gauntlet.db.migrations.tables_0004 import (
    JSON,
    KINDS,
    MOMENT,
    batches,
    blob_references,
    create_indexes,
    former_assets,
)

log = structlog.get_logger(__name__)

_BLOBS: Final = sa.table("blobs", sa.column("digest", sa.String))
_QUARANTINE: Final = sa.table(
    "quarantined_assets",
    sa.column("id", sa.Uuid),
    sa.column("reason", sa.Text),
    sa.column("original", JSON),
    *(sa.column(f"{kind}_digest", sa.String) for kind in KINDS),
    sa.column("quarantined_at", MOMENT),
)


def create_quarantine() -> None:
    """Make the table of what waits for somebody to adopt it."""
    op.create_table(
        "quarantined_assets",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("original", JSON, nullable=False),
        *(sa.Column(f"{kind}_digest", sa.String(64)) for kind in KINDS),
        sa.Column("quarantined_at", MOMENT, nullable=False),
        *blob_references("quarantined_assets"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined_assets")),
    )
    create_indexes("quarantined_assets", (*((f"{kind}_digest",) for kind in KINDS), ("quarantined_at",)))


def quarantine_assets() -> None:
    """Move what belongs to nobody out of the way, with all that is known of it; lose only references to nothing."""
    reasons = {
        "It names no client.": "client_id IS NULL",
        "Its client does not exist.": _missing("client_id", "clients", "id"),
        "The user who uploaded it does not exist.": _missing("user_id", "users", "id"),
        "Its bytes do not exist.": _missing("blob_digest", "blobs", "digest"),
    }
    for reason, condition in reasons.items():
        count = _move_to_quarantine(reason, condition)
        if count:
            log.warning("upgrade.assets.quarantined", count=count, reason=reason)
    foreign = (
        "NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.id = assets.campaign_id AND c.client_id = assets.client_id)"
    )
    _forget("campaign_id", foreign)
    for kind in KINDS[1:]:
        _forget(f"{kind}_digest", _missing(f"{kind}_digest", "blobs", "digest"))


def _move_to_quarantine(reason: str, condition: str) -> int:
    connection = op.get_bind()
    found = connection.execute(sa.text(f"SELECT {_as_written()} FROM assets WHERE {condition}")).mappings().all()
    known = {
        digest
        for digests in batches([row[f"{kind}_digest"] for row in found for kind in KINDS])
        for digest in connection.scalars(sa.select(_BLOBS.c.digest).where(_BLOBS.c.digest.in_(digests)))
    }
    for rows in batches(found):
        connection.execute(_QUARANTINE.insert(), [_quarantined(dict(row), reason, known) for row in rows])
    connection.execute(sa.text(f"DELETE FROM assets WHERE {condition}"))
    return len(found)


def _quarantined(original: dict[str, Any], reason: str, known: set[str]) -> dict[str, Any]:
    kept = {name: original[name] if original[name] in known else None for name in (f"{kind}_digest" for kind in KINDS)}
    now = datetime.now(UTC)
    return {"id": _id_of(original["id"]), "reason": reason, "original": original, "quarantined_at": now, **kept}


def _id_of(text: str | None) -> UUID:
    try:
        return UUID(text)
    except (TypeError, ValueError):  # SQLite holds anything: what it was stays in `original`
        return uuid4()


def _as_written() -> str:
    """Return the columns of an asset in a form that JSON can hold, whatever stands in them."""
    casts = {"JSON": "CAST({0} AS TEXT)", "INTEGER": "{0}", "BIGINT": "{0}", "DOUBLE": "{0}"}
    columns = ((column.name, str(column.type.as_generic()).split("(")[0]) for column in former_assets().columns)
    return ", ".join(f"{casts.get(kind, 'CAST({0} AS VARCHAR)').format(name)} AS {name}" for name, kind in columns)


def _forget(column: str, condition: str) -> None:
    lost = op.get_bind().execute(
        sa.text(f"UPDATE assets SET {column} = NULL WHERE {column} IS NOT NULL AND {condition}")
    )
    if lost.rowcount:
        log.warning("upgrade.assets.reference_forgotten", column=column, count=lost.rowcount)


def _missing(column: str, table: str, key: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM {table} there WHERE there.{key} = assets.{column})"

"""What revision 0004 makes of assets: quarantine for those without a client, versions, tags, terms, counts, quotas."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from gauntlet.db.migrations.counts_0004 import COUNTED, count_now, create_triggers, drop_triggers
from gauntlet.db.migrations.quarantine_0004 import create_quarantine, quarantine_assets
from gauntlet.db.migrations.tables_0004 import (
    BATCH_ROWS,
    JSON,
    KINDS,
    MOMENT,
    blob_references,
    create_indexes,
    file_columns,
    former_assets,
)
from gauntlet.db.migrations.words_0004 import shared_beginnings, sort_name, terms_of

_LIVE_INDEXES: Final = (
    ("client_id", "uploaded_at"),
    ("client_id", "type", "uploaded_at"),
    ("client_id", "format", "uploaded_at"),
    ("client_id", "sort_name"),
    ("client_id", "type", "sort_name"),
    ("client_id", "size_bytes"),
    ("client_id", "type", "size_bytes"),
    ("client_id", "updated_at"),
    ("campaign_id", "uploaded_at"),
    ("campaign_id", "type", "uploaded_at"),
    ("campaign_id", "sort_name"),
    ("campaign_id", "size_bytes"),
    ("uploaded_at",),
    ("type", "uploaded_at"),
    ("sort_name",),
    ("size_bytes",),
    ("updated_at",),
)
_LASTING_INDEXES: Final = (
    ("client_id", "duration_s"),
    ("client_id", "type", "duration_s"),
    ("duration_s",),
)
_BIN_INDEXES: Final = (
    ("client_id", "deleted_at"),
    ("client_id", "sort_name"),
    ("client_id", "size_bytes"),
    ("deleted_at",),
)
_SHELVES: Final = {
    "live": ("deleted_at IS NULL", _LIVE_INDEXES),
    "lasting": ("deleted_at IS NULL AND duration_s IS NOT NULL", _LASTING_INDEXES),
    "bin": ("deleted_at IS NOT NULL", _BIN_INDEXES),
}
_FORMER_INDEXES: Final = (
    ("client_id", "uploaded_at", "id"),
    ("client_id", "type", "uploaded_at", "id"),
    ("campaign_id", "uploaded_at", "id"),
    ("uploaded_at", "id"),
)
_KEPT_INDEXES: Final = (("user_id",), *((f"{kind}_digest",) for kind in KINDS))
_NEW_INDEXES: Final = (("client_id",), ("campaign_id",), ("deleted_by",))


def upgrade_assets() -> None:
    """Bring what revision 0003 has of assets to what this one knows of them."""
    create_quarantine()
    quarantine_assets()
    _drop_indexes("assets", (*_FORMER_INDEXES, *_KEPT_INDEXES))
    _extend_assets()
    _create_versions()
    _create_finders()
    _create_counts()
    _create_client_storage()
    _describe_assets()
    create_indexes("assets", (*_KEPT_INDEXES, *_NEW_INDEXES))
    _create_shelves()
    count_now()
    create_triggers()


def downgrade_assets() -> None:
    """Take all of it back; what is quarantined, and all versions but the present, are lost."""
    drop_triggers()
    for table in ("quarantined_assets", "client_storage", *COUNTED, "asset_terms", "asset_tags", "asset_versions"):
        op.drop_table(table)
    for shelf, (_condition, column_lists) in _SHELVES.items():
        for columns in column_lists:
            op.drop_index(f"ix_assets_{shelf}_{'_'.join(columns)}_id", "assets")
    _drop_indexes("assets", (*_KEPT_INDEXES, *_NEW_INDEXES))
    with op.batch_alter_table("assets") as table:
        table.drop_constraint(op.f("fk_assets_deleted_by"), type_="foreignkey")
        for column in ("deleted_by", "deleted_at", "file_name", "sort_name"):
            table.drop_column(column)
    create_indexes("assets", (*_KEPT_INDEXES, *_FORMER_INDEXES))


def _extend_assets() -> None:
    connection = op.get_bind()
    found = sa.inspect(connection).get_foreign_keys("assets")
    there = {column for key in found for column in key["constrained_columns"]}
    # SQLite makes the table anew after `copy_from`, whatever the old one lacks; PostgreSQL is given what it lacks.
    with op.batch_alter_table("assets", copy_from=former_assets(), recreate="auto") as table:
        table.add_column(sa.Column("sort_name", _ordered(400), nullable=False, server_default=""))
        table.add_column(sa.Column("file_name", sa.String(200), nullable=False, server_default=""))
        table.add_column(sa.Column("deleted_at", MOMENT))
        table.add_column(sa.Column("deleted_by", sa.Integer))
        table.create_foreign_key(op.f("fk_assets_deleted_by"), "users", ["deleted_by"], ["id"], ondelete="SET NULL")
        if connection.dialect.name == "postgresql":
            table.alter_column("client_id", nullable=False)
            for column, target, key, action in (
                ("client_id", "clients", "id", "CASCADE"),
                ("campaign_id", "campaigns", "id", "SET NULL"),
                ("user_id", "users", "id", None),
                *((f"{kind}_digest", "blobs", "digest", "RESTRICT") for kind in KINDS),
            ):
                if column not in there:
                    name = op.f(f"fk_assets_{column}")
                    table.create_foreign_key(name, target, [column], [key], ondelete=action)


def _create_versions() -> None:
    op.create_table(
        "asset_versions",
        sa.Column("asset_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        *file_columns(),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("restored_from", sa.Integer),
        sa.Column("created_at", MOMENT, nullable=False),
        _reference("asset_versions", "asset_id", "assets"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_asset_versions_user_id")),
        *blob_references("asset_versions"),
        sa.PrimaryKeyConstraint("asset_id", "number", name=op.f("pk_asset_versions")),
    )
    create_indexes("asset_versions", (("user_id",), *((f"{kind}_digest",) for kind in KINDS)))


def _create_finders() -> None:
    for table, column, type_, more in (
        ("asset_tags", "tag", sa.String(50), ()),
        ("asset_terms", "term", _ordered(60), ("shared",)),
    ):
        op.create_table(
            table,
            sa.Column("asset_id", sa.Uuid, nullable=False),
            sa.Column(column, type_, nullable=False),
            *(sa.Column(name, sa.SmallInteger, nullable=False) for name in more),
            sa.Column("client_id", sa.Uuid, nullable=False),
            sa.Column("in_bin", sa.Boolean, nullable=False),
            sa.Column("type", sa.String(16), nullable=False),
            sa.Column("uploaded_at", MOMENT, nullable=False),
            _reference(table, "asset_id", "assets"),
            _reference(table, "client_id", "clients"),
            sa.PrimaryKeyConstraint("asset_id", column, name=op.f(f"pk_{table}")),
        )
        covering = ["in_bin", column, "uploaded_at", "asset_id", "type", *more]
        op.create_index(f"ix_{table}_client_id_{column}", table, ["client_id", *covering])
        op.create_index(f"ix_{table}_{column}", table, covering)


def _create_counts() -> None:
    columns: dict[str, sa.types.TypeEngine[Any]] = {
        "client_id": sa.Uuid(),
        "in_bin": sa.Boolean(),
        "campaign_id": sa.Uuid(),
        "format": sa.String(8),
        "tag": sa.String(50),
        "term": _ordered(60),
        "shared": sa.SmallInteger(),
        "type": sa.String(16),
    }
    for table, (_source, keys) in COUNTED.items():
        op.create_table(
            table,
            *(sa.Column(key, columns[key], autoincrement=False, nullable=False) for key in keys),
            sa.Column("assets", sa.Integer, nullable=False),
            sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{table}")),
        )
    create_indexes("asset_tag_counts", (("in_bin", "tag"),))
    create_indexes("asset_term_counts", (("in_bin", "term"),))


def _create_client_storage() -> None:
    op.create_table(
        "client_storage",
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("used_bytes", sa.BigInteger, nullable=False),
        sa.Column("quota_bytes", sa.BigInteger),
        _reference("client_storage", "client_id", "clients"),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_storage")),
    )


def _create_shelves() -> None:
    for shelf, (condition, column_lists) in _SHELVES.items():
        where = sa.text(condition)
        for columns in column_lists:
            name = f"ix_assets_{shelf}_{'_'.join(columns)}_id"
            op.create_index(name, "assets", [*columns, "id"], sqlite_where=where, postgresql_where=where)


def _describe_assets() -> None:
    """Fill the new tables for the assets that are there."""
    connection = op.get_bind()
    copied = "format, size_bytes, blob_digest, thumbnail_digest, waveform_digest, rendition_digest, width, height,"
    copied += " duration_s, page_count, facts"
    op.execute("UPDATE assets SET file_name = name")
    op.execute(
        f"INSERT INTO asset_versions (asset_id, number, user_id, file_name, {copied}, created_at)"
        f" SELECT id, version, user_id, name, {copied}, uploaded_at FROM assets"
    )
    op.execute(
        "INSERT INTO client_storage (client_id, used_bytes)"
        " SELECT client_id, CAST(SUM(size_bytes) AS BIGINT) FROM assets GROUP BY client_id"
    )
    for rows in _described():
        # Times are written anew too: finders repeat them, and SQLite compares them as they are spelled.
        connection.execute(
            sa.update(_ASSETS)
            .where(_ASSETS.c.id == sa.bindparam("asset"))
            .values(sort_name=sa.bindparam("sorted"), uploaded_at=sa.bindparam("at")),
            [{"asset": row.id, "sorted": sort_name(row.name), "at": row.uploaded_at} for row in rows],
        )
        tags = [{**_shelf(row), "tag": tag} for row in rows for tag in dict.fromkeys(tag[:50] for tag in row.tags)]
        terms = [
            {**_shelf(row), "term": term, "shared": shared}
            for row in rows
            for term, shared in shared_beginnings(terms_of(row.name)).items()
        ]
        for table, values in ((_TAGS, tags), (_TERMS, terms)):
            if values:
                connection.execute(table.insert(), values)


def _described() -> Iterator[Sequence[sa.Row[Any]]]:
    """Yield the assets in the order of their ids, some at a time."""
    connection = op.get_bind()
    last: UUID | None = None
    while True:
        statement = sa.select(_ASSETS).order_by(_ASSETS.c.id).limit(BATCH_ROWS)
        rows = connection.execute(statement if last is None else statement.where(_ASSETS.c.id > last)).all()
        if not rows:
            return
        yield rows
        last = rows[-1].id


def _shelf(row: sa.Row[Any]) -> dict[str, Any]:
    own = {"client_id": row.client_id, "type": row.type, "uploaded_at": row.uploaded_at}
    return {"asset_id": row.id, "in_bin": False, **own}


def _ordered(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")


def _drop_indexes(table: str, column_lists: Sequence[tuple[str, ...]]) -> None:
    for columns in column_lists:
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, if_exists=True)


def _finder(name: str, *columns: sa.ColumnClause[Any]) -> sa.TableClause:
    return sa.table(
        name,
        sa.column("asset_id", sa.Uuid),
        *columns,
        sa.column("client_id", sa.Uuid),
        sa.column("in_bin", sa.Boolean),
        sa.column("type", sa.String),
        sa.column("uploaded_at", MOMENT),
    )


_ASSETS: Final = sa.table(
    "assets",
    sa.column("id", sa.Uuid),
    sa.column("client_id", sa.Uuid),
    sa.column("type", sa.String),
    sa.column("name", sa.String),
    sa.column("sort_name", sa.String),
    sa.column("tags", JSON),
    sa.column("uploaded_at", MOMENT),
)
_TAGS: Final = _finder("asset_tags", sa.column("tag", sa.String))
_TERMS: Final = _finder("asset_terms", sa.column("term", sa.String), sa.column("shared", sa.SmallInteger))

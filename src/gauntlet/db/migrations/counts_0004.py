"""The triggers of revision 0004, by which assets, their tags and their terms are counted whoever changes them.

Lists tell how many there are in all, and counting a hundred thousand rows takes longer than showing fifty. The counts
change in the transaction that changes the rows, also where a foreign key's action does (a campaign is deleted).
PostgreSQL counts once a statement: a row counted a thousand times in one transaction would lie there in a thousand
versions, each to be passed on the way to the next.
"""

from typing import Final

from alembic import op

NO_CAMPAIGN: Final = "00000000-0000-0000-0000-000000000000"

# By table of counts: what is counted, and by which keys (column, expression of a counted row).
COUNTED: Final = {
    "asset_counts": (
        "assets",
        {
            "client_id": "{row}.client_id",
            "in_bin": "({row}.deleted_at IS NOT NULL)",
            "campaign_id": "COALESCE({row}.campaign_id, '{none}')",
            "format": "{row}.format",
            "type": "{row}.type",
        },
    ),
    "asset_tag_counts": (
        "asset_tags",
        {key: f"{{row}}.{key}" for key in ("client_id", "in_bin", "tag", "type")},
    ),
    "asset_term_counts": (
        "asset_terms",
        {key: f"{{row}}.{key}" for key in ("client_id", "in_bin", "term", "shared", "type")},
    ),
}


def count_now() -> None:
    """Count what is there."""
    for counts, (source, keys) in COUNTED.items():
        columns = ", ".join(keys)
        numbers = ", ".join(str(number) for number in range(1, len(keys) + 1))
        op.execute(
            f"INSERT INTO {counts} ({columns}, assets)"
            f" SELECT {_expressions(keys, source)}, COUNT(*) FROM {source} GROUP BY {numbers}"
        )


def create_triggers() -> None:
    """Count from now on."""
    for counts, (source, keys) in COUNTED.items():
        if _on_postgresql():
            _create_on_postgresql(counts, source, keys)
        else:
            _create_on_sqlite(counts, source, keys)


def drop_triggers() -> None:
    """Count no more."""
    for counts, (source, _keys) in COUNTED.items():
        for event in ("insert", "delete", "update"):
            table = f" ON {source}" if _on_postgresql() else ""
            op.execute(f"DROP TRIGGER {counts}_on_{event}{table}")
            if _on_postgresql():
                op.execute(f"DROP FUNCTION {counts}_on_{event}()")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _expressions(keys: dict[str, str], row: str) -> str:
    none = NO_CAMPAIGN if _on_postgresql() else NO_CAMPAIGN.replace("-", "")
    return ", ".join(expression.format(row=row, none=none) for expression in keys.values())


def _create_on_sqlite(counts: str, source: str, keys: dict[str, str]) -> None:
    columns = ", ".join(keys)
    more = (
        f"INSERT INTO {counts} ({columns}, assets) VALUES ({_expressions(keys, 'NEW')}, 1)"
        f" ON CONFLICT ({columns}) DO UPDATE SET assets = assets + 1;"
    )
    one = f"({columns}) = ({_expressions(keys, 'OLD')})"
    less = f"UPDATE {counts} SET assets = assets - 1 WHERE {one}; DELETE FROM {counts} WHERE {one} AND assets <= 0;"
    moved = f"({_expressions(keys, 'OLD')}) <> ({_expressions(keys, 'NEW')})"
    op.execute(f"CREATE TRIGGER {counts}_on_insert AFTER INSERT ON {source} BEGIN {more} END")
    op.execute(f"CREATE TRIGGER {counts}_on_delete AFTER DELETE ON {source} BEGIN {less} END")
    op.execute(f"CREATE TRIGGER {counts}_on_update AFTER UPDATE ON {source} WHEN {moved} BEGIN {less} {more} END")


def _create_on_postgresql(counts: str, source: str, keys: dict[str, str]) -> None:
    columns = ", ".join(keys)
    took = f"SELECT {_expressions(keys, 'gone')}, -1 FROM gone"
    gave = f"SELECT {_expressions(keys, 'come')}, 1 FROM come"
    changed = ", ".join(f"counted.{key}" for key in keys)
    gone = (
        f"DELETE FROM {counts} AS counted USING gone"
        f" WHERE ({changed}) = ({_expressions(keys, 'gone')}) AND counted.assets = 0;"
    )
    for event, changes, tables, tidied in (
        ("insert", gave, "NEW TABLE AS come", ""),
        ("delete", took, "OLD TABLE AS gone", gone),
        ("update", f"{took} UNION ALL {gave}", "OLD TABLE AS gone NEW TABLE AS come", gone),
    ):
        op.execute(
            f"""
            CREATE FUNCTION {counts}_on_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              INSERT INTO {counts} AS counted ({columns}, assets)
              SELECT {columns}, SUM(change) FROM ({changes}) AS changes ({columns}, change)
              GROUP BY {columns} HAVING SUM(change) <> 0 ORDER BY {columns}
              ON CONFLICT ({columns}) DO UPDATE SET assets = counted.assets + EXCLUDED.assets;
              {tidied}
              RETURN NULL;
            END $$
            """
        )
        op.execute(
            f"CREATE TRIGGER {counts}_on_{event} AFTER {event.upper()} ON {source} REFERENCING {tables}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {counts}_on_{event}()"
        )

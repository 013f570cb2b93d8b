"""The tables of revision 0005 that money is kept in."""

from typing import Final

import sqlalchemy as sa
from alembic import op

from gauntlet.db.migrations.tables_0004 import MOMENT, create_indexes

SEAL: Final = "ledger_entries_sealed"
SEALED_EVENTS: Final = ("update", "delete")


def upgrade_costs() -> None:
    """Make them."""
    create_spending_intents()
    create_ledger_entries()
    seal_ledger()
    create_budgets()
    create_spend_balances()


def create_spending_intents() -> None:
    """Make `spending_intents`."""
    op.create_table(
        "spending_intents",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("campaign_id", sa.Uuid),
        sa.Column("job_id", sa.Integer),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("provider", sa.String(32), nullable=False),
        sa.Column("model", sa.String(300), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("estimate_microusd", sa.BigInteger),
        sa.Column("reserved_microusd", sa.BigInteger, nullable=False),
        sa.Column("actual_microusd", sa.BigInteger),
        sa.Column("is_actual_estimated", sa.Boolean, nullable=False),
        sa.Column("reserved_on", sa.Date, nullable=False),
        sa.Column("provider_ref", sa.String(200)),
        sa.Column("reason", sa.Text),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.CheckConstraint(
            "status IN ('reserved', 'sending', 'sent', 'settled', 'released', 'ambiguous')",
            name=op.f("ck_spending_intents_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending_intents")),
        sa.UniqueConstraint("key", name=op.f("uq_spending_intents_key")),
        sa.UniqueConstraint("provider", "provider_ref", name=op.f("uq_spending_intents_provider_provider_ref")),
    )
    create_indexes("spending_intents", [("campaign_id",), ("client_id", "created_at"), ("job_id",), ("status",)])


def create_ledger_entries() -> None:
    """Make `ledger_entries`."""
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("transfer_id", sa.Uuid, nullable=False),
        sa.Column("intent_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("account", sa.String(16), nullable=False),
        sa.Column("amount_microusd", sa.BigInteger, nullable=False),
        sa.Column("client_id", sa.Uuid, nullable=False),
        sa.Column("campaign_id", sa.Uuid),
        sa.Column("job_id", sa.Integer),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("provider", sa.String(32), nullable=False),
        sa.Column("model", sa.String(300), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("provider_ref", sa.String(200)),
        sa.Column("note", sa.Text),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "account IN ('estimate', 'plan', 'available', 'reserved', 'spent')", name=op.f("ck_ledger_entries_account")
        ),
        sa.CheckConstraint("kind IN ('estimate', 'reserve', 'settle', 'release')", name=op.f("ck_ledger_entries_kind")),
        sa.ForeignKeyConstraint(
            ["intent_id"], ["spending_intents.id"], name=op.f("fk_ledger_entries_intent_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint("transfer_id", "account", name=op.f("uq_ledger_entries_transfer_id_account")),
        sqlite_autoincrement=True,
    )
    create_indexes("ledger_entries", [("client_id", "created_at"), ("created_at",), ("intent_id",), ("job_id",)])


def seal_ledger() -> None:
    """Let entries of the ledger be added only: whoever tries to change or delete one, is refused."""
    refusal = "entries of the ledger are never changed or deleted"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {SEAL}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        )
        for event in (*SEALED_EVENTS, "truncate"):
            op.execute(
                f"CREATE TRIGGER {SEAL}_on_{event} BEFORE {event.upper()} ON ledger_entries"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {SEAL}()"
            )
        return
    for event in SEALED_EVENTS:
        op.execute(
            f"CREATE TRIGGER {SEAL}_on_{event} BEFORE {event.upper()} ON ledger_entries"
            f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )


def create_budgets() -> None:
    """Make `budgets`."""
    op.create_table(
        "budgets",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("scope_key", sa.String(64), nullable=False),
        sa.Column("client_id", sa.Uuid),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("hard_microusd", sa.BigInteger),
        sa.Column("soft_microusd", sa.BigInteger),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint("period IN ('day', 'month', 'total')", name=op.f("ck_budgets_period")),
        sa.CheckConstraint("scope IN ('workspace', 'client', 'campaign', 'job')", name=op.f("ck_budgets_scope")),
        sa.CheckConstraint("hard_microusd >= 0", name=op.f("ck_budgets_hard")),
        sa.CheckConstraint("soft_microusd >= 0", name=op.f("ck_budgets_soft")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_budgets_client_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_budgets_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budgets")),
        sa.UniqueConstraint("scope", "scope_key", "period", name=op.f("uq_budgets_scope_scope_key_period")),
        sqlite_autoincrement=True,
    )
    create_indexes("budgets", [("client_id",)])


def create_spend_balances() -> None:
    """Make `spend_balances`."""
    op.create_table(
        "spend_balances",
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("scope_key", sa.String(64), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("reserved_microusd", sa.BigInteger, nullable=False),
        sa.Column("spent_microusd", sa.BigInteger, nullable=False),
        sa.Column("hard_microusd", sa.BigInteger),
        sa.Column("soft_microusd", sa.BigInteger),
        sa.Column("warned_at", MOMENT),
        sa.CheckConstraint("period IN ('day', 'month', 'total')", name=op.f("ck_spend_balances_period")),
        sa.CheckConstraint("scope IN ('workspace', 'client', 'campaign', 'job')", name=op.f("ck_spend_balances_scope")),
        sa.PrimaryKeyConstraint("scope", "scope_key", "period", "starts_on", name=op.f("pk_spend_balances")),
    )


def downgrade_costs() -> None:
    """Drop them."""
    for table in ("spend_balances", "budgets", "ledger_entries", "spending_intents"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {SEAL}()")

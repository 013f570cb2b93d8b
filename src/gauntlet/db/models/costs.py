"""Money: intents to spend, the ledger's double entries, budgets, and the balances that hold them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gauntlet.core.ids import new_uuid
from gauntlet.db.base import Base, UtcDateTime, one_of

INTENT_STATUSES = ("reserved", "sending", "sent", "settled", "released", "ambiguous")
LEDGER_ACCOUNTS = ("estimate", "plan", "available", "reserved", "spent")
LEDGER_KINDS = ("estimate", "reserve", "settle", "release")
BUDGET_SCOPES = ("workspace", "client", "campaign", "job")
BUDGET_PERIODS = ("day", "month", "total")


class SpendingIntentRow(Base):
    """One thing that is to be paid for, committed before anybody is asked for it.

    The id is the token by which the order is found again among the provider's own. `key` makes asking twice for the
    same thing the same intent. `provider_ref` is the provider's id of what was ordered. An intent outlives its client.
    """

    __tablename__ = "spending_intents"
    __table_args__ = (
        one_of("status", INTENT_STATUSES),
        UniqueConstraint("key"),
        UniqueConstraint("provider", "provider_ref"),
        Index("ix_spending_intents_client_id_created_at", "client_id", "created_at"),
        Index("ix_spending_intents_status", "status"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    key: Mapped[str] = mapped_column(String(200))
    client_id: Mapped[UUID]
    campaign_id: Mapped[UUID | None] = mapped_column(index=True)
    job_id: Mapped[int | None] = mapped_column(index=True)
    user_id: Mapped[int]
    provider: Mapped[str] = mapped_column(String(32))
    model: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(16))
    estimate_microusd: Mapped[int | None] = mapped_column(BigInteger)
    reserved_microusd: Mapped[int] = mapped_column(BigInteger)
    actual_microusd: Mapped[int | None] = mapped_column(BigInteger)
    is_actual_estimated: Mapped[bool] = mapped_column(Boolean, default=False)
    reserved_on: Mapped[date] = mapped_column(Date)
    provider_ref: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LedgerEntryRow(Base):
    """One side of a transfer between two accounts; the entries of a transfer sum to zero. Never changed or deleted."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        one_of("account", LEDGER_ACCOUNTS),
        one_of("kind", LEDGER_KINDS),
        UniqueConstraint("transfer_id", "account"),
        Index("ix_ledger_entries_client_id_created_at", "client_id", "created_at"),
        Index("ix_ledger_entries_created_at", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    transfer_id: Mapped[UUID]
    intent_id: Mapped[UUID] = mapped_column(ForeignKey("spending_intents.id", ondelete="RESTRICT"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    account: Mapped[str] = mapped_column(String(16))
    amount_microusd: Mapped[int] = mapped_column(BigInteger)
    client_id: Mapped[UUID]
    campaign_id: Mapped[UUID | None]
    job_id: Mapped[int | None] = mapped_column(index=True)
    user_id: Mapped[int]
    provider: Mapped[str] = mapped_column(String(32))
    model: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(String(32))
    provider_ref: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BudgetRow(Base):
    """A limit of what may be spent in a scope and period. `scope_key` is the scope's id, empty for the workspace."""

    __tablename__ = "budgets"
    __table_args__ = (
        one_of("scope", BUDGET_SCOPES),
        one_of("period", BUDGET_PERIODS),
        UniqueConstraint("scope", "scope_key", "period"),
        CheckConstraint("hard_microusd >= 0", name="hard"),
        CheckConstraint("soft_microusd >= 0", name="soft"),
        Index("ix_budgets_client_id", "client_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    scope: Mapped[str] = mapped_column(String(16))
    scope_key: Mapped[str] = mapped_column(String(64))
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    period: Mapped[str] = mapped_column(String(8))
    hard_microusd: Mapped[int | None] = mapped_column(BigInteger)
    soft_microusd: Mapped[int | None] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SpendBalanceRow(Base):
    """What is reserved and spent in one scope and period, with its limit beside it.

    The limits lie here so that a reservation is one statement whose condition is of the row that it changes: that is
    what holds a hard budget under any concurrency on both databases. `warned_at` is when the soft limit was passed.
    """

    __tablename__ = "spend_balances"
    __table_args__ = (one_of("scope", BUDGET_SCOPES), one_of("period", BUDGET_PERIODS))

    scope: Mapped[str] = mapped_column(String(16), primary_key=True)
    scope_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    starts_on: Mapped[date] = mapped_column(Date, primary_key=True)
    reserved_microusd: Mapped[int] = mapped_column(BigInteger)
    spent_microusd: Mapped[int] = mapped_column(BigInteger)
    hard_microusd: Mapped[int | None] = mapped_column(BigInteger)
    soft_microusd: Mapped[int | None] = mapped_column(BigInteger)
    warned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

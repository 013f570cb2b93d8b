"""Money as callers see it: intents to spend, what was reserved and spent, and budgets."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field

from gauntlet.core.schema import Schema

AMOUNT_MAX_MICROUSD: Final = 2**53 - 1
Amount = Annotated[int, Field(ge=0, le=AMOUNT_MAX_MICROUSD)]
"""Micro-dollars that a JSON number holds exactly."""

JobNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""A job's id that both databases can hold."""

BudgetScope = Literal["workspace", "client", "campaign", "job"]
BudgetPeriod = Literal["day", "month", "total"]
Purpose = Literal["image", "motion", "music", "video", "brief", "refine", "upscale"]
LedgerAccount = Literal["estimate", "plan", "available", "reserved", "spent"]
LedgerKind = Literal["estimate", "reserve", "settle", "release"]
Sending = Literal["send", "find", "sent", "ended"]


class IntentStatus(StrEnum):
    """How far a spending is; see docs/adr/0020."""

    RESERVED = "reserved"
    SENDING = "sending"
    SENT = "sent"
    SETTLED = "settled"
    RELEASED = "released"
    AMBIGUOUS = "ambiguous"


class IntentDraft(Schema):
    """What is to be paid for. `key` is the step that wants it: the same key is the same intent."""

    key: str = Field(min_length=1, max_length=200)
    client_id: UUID
    campaign_id: UUID | None = None
    job_id: int | None = None
    user_id: int
    provider: str = Field(min_length=1, max_length=32)
    model: str = Field(min_length=1, max_length=300)
    purpose: Purpose
    estimate_microusd: Amount | None = Field(default=None, description="None where the price is not known.")


class Intent(Schema):
    """One thing that is paid for, once. Its id is the token by which the order is found again."""

    id: UUID
    key: str
    status: IntentStatus
    client_id: UUID
    campaign_id: UUID | None
    job_id: int | None
    user_id: int
    provider: str
    model: str
    purpose: Purpose
    provider_ref: str | None = Field(description="The provider's id of what was ordered, once it is known.")
    estimate_microusd: int | None = Field(description="Null where the price was not known.")
    reserved_microusd: int
    actual_microusd: int | None
    is_actual_estimated: bool = Field(description="The price could not be computed: what was reserved was booked.")
    reason: str | None = Field(description="Why it was released, parked or settled as it was.")
    created_at: datetime
    sent_at: datetime | None = Field(description="When sending began: the order is not older than this.")
    ended_at: datetime | None


class BalanceKey(Schema):
    """Whose spending is summed up, over which time."""

    scope: BudgetScope
    scope_key: str
    period: BudgetPeriod
    starts_on: date


class UsedBudget(Schema):
    """A hard limit and what is used of it."""

    scope: BudgetScope
    scope_key: str
    period: BudgetPeriod
    hard_microusd: int
    spent_microusd: int
    reserved_microusd: int


class Transfer(Schema):
    """Money that goes from one account to another: two entries that sum to zero."""

    kind: LedgerKind
    source: LedgerAccount
    target: LedgerAccount
    amount_microusd: int


GroupBy = Literal["day", "client", "campaign", "job", "model", "purpose"]


class CostSums(Schema):
    """What was estimated, is reserved and was spent; what was released counts nowhere."""

    estimate_microusd: int = Field(default=0, description="Of those whose price was known.")
    reserved_microusd: int = Field(default=0, description="By what is under way, or left to a person.")
    spent_microusd: int = 0


class CostCounts(CostSums):
    """What things cost, and how many there are."""

    count: int = Field(default=0, description="Things paid for, or under way.")
    unknown_price_count: int = Field(default=0, description="Of these: no price was known beforehand.")
    estimated_count: int = Field(default=0, description="Of these: booked as reserved, for want of a price.")
    ambiguous_count: int = Field(default=0, description="Of these: a person is to say whether they were charged.")


class CostGroup(CostCounts):
    """What was spent on one day, for one client or campaign, in one job, on one model, to one purpose."""

    key: str | None = Field(description="Day, id, `provider:model` or purpose; null for what has no campaign or job.")
    name: str | None = Field(default=None, description="The client's or campaign's name.")


class CostQuery(Schema):
    """What a report is of. Days are UTC; what ended later counts in the day in which it was reserved."""

    group_by: GroupBy = "day"
    first_day: date | None = None
    last_day: date | None = None
    client_id: UUID | None = None
    campaign_id: UUID | None = None
    job_id: JobNumber | None = None


class CostReport(Schema):
    """What was spent, in groups and in all; days newest first, all else dearest first."""

    query: CostQuery
    groups: tuple[CostGroup, ...]
    total: CostCounts


class LedgerEntry(Schema):
    """One side of a transfer of money between two accounts."""

    id: int
    transfer_id: UUID
    intent_id: UUID
    kind: LedgerKind
    account: LedgerAccount
    amount_microusd: int = Field(description="What came into the account, or, below zero, went out.")
    client_id: UUID
    campaign_id: UUID | None
    job_id: int | None
    user_id: int
    provider: str
    model: str
    purpose: Purpose
    provider_ref: str | None = Field(description="The provider's id of what was paid for.")
    note: str | None
    created_at: datetime


class EntryQuery(Schema):
    """Which entries are wanted."""

    client_id: UUID | None = None
    campaign_id: UUID | None = None
    job_id: JobNumber | None = None
    intent_id: UUID | None = None
    account: LedgerAccount | None = None


class Resolution(Schema):
    """What a person found out about a spending that nobody could tell of."""

    outcome: Literal["charged", "not_charged"]
    amount_microusd: Amount | None = Field(
        default=None, description="What was charged; left out, what was reserved is booked and marked as estimated."
    )
    provider_ref: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        default=None, description="The provider's id of it, where it is known."
    )


class Budget(Schema):
    """A limit of what may be spent, and what is used of it in the present period (days and months are UTC)."""

    id: int
    scope: BudgetScope
    client_id: UUID | None = Field(description="Of all scopes but the workspace.")
    campaign_id: UUID | None
    job_id: int | None
    name: str | None = Field(description="The client's or campaign's name.")
    period: BudgetPeriod
    hard_microusd: int | None = Field(description="What may be reserved and spent together; nothing goes over it.")
    soft_microusd: int | None = Field(description="Going over it is told of once a period, and stops nothing.")
    spent_microusd: int
    reserved_microusd: int
    left_microusd: int | None = Field(description="Until the hard limit; below zero where more was charged.")
    percentage: float = Field(description="What is used of the hard limit, or else of the soft one.")
    starts_on: date | None = Field(description="The present period's first day; null for `total`.")
    ends_on: date | None = Field(description="Its last day.")
    warned_at: datetime | None = Field(description="When the soft limit was passed in this period.")
    created_at: datetime
    updated_at: datetime


class BudgetDraft(Schema):
    """What a budget is made from: the id that its scope needs, and a limit or two."""

    scope: BudgetScope
    client_id: UUID | None = None
    campaign_id: UUID | None = None
    job_id: JobNumber | None = None
    period: BudgetPeriod
    hard_microusd: Amount | None = None
    soft_microusd: Amount | None = None


class BudgetPatch(Schema):
    """What is changed about a budget; an absent limit stays as it is, null takes it away."""

    hard_microusd: Amount | None = None
    soft_microusd: Amount | None = None

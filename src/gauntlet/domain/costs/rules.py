"""What money may do: pure functions."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from gauntlet.core.errors import Conflict, InvalidInput
from gauntlet.core.money import format_usd
from gauntlet.domain.costs.schemas import (
    BalanceKey,
    BudgetDraft,
    BudgetPeriod,
    BudgetScope,
    IntentStatus,
    Resolution,
    Sending,
    Transfer,
)

WORKSPACE_KEY: Final = ""
BEGINNING: Final = date(1970, 1, 1)
"""Where the period `total` starts."""
PERIODS: Final[tuple[BudgetPeriod, ...]] = ("day", "month", "total")

OPEN: Final = frozenset({IntentStatus.RESERVED, IntentStatus.SENDING, IntentStatus.SENT, IntentStatus.AMBIGUOUS})
"""States in which money is reserved."""
SETTLEABLE: Final = OPEN - {IntentStatus.RESERVED}
PARKABLE: Final = frozenset({IntentStatus.SENDING, IntentStatus.SENT})
FINDABLE: Final = frozenset({IntentStatus.SENDING, IntentStatus.AMBIGUOUS})
"""States in which the provider's id may come to be known: one that was parked may turn up late."""

_SENDING: Final[dict[IntentStatus, Sending]] = {
    IntentStatus.RESERVED: "send",
    IntentStatus.SENDING: "find",
    IntentStatus.SENT: "sent",
}


def sending_of(status: IntentStatus) -> Sending:
    """Return what is to be done about an intent that is to be sent."""
    return _SENDING.get(status, "ended")


def check_state(intent_id: UUID, status: IntentStatus, *, within: Collection[IntentStatus], verb: str) -> None:
    """Raise `Conflict` where an intent's state does not admit what is to be done with it."""
    if status not in within:
        raise Conflict(
            f"The spending {intent_id} is {status.value} and cannot be {verb}.",
            next_step="Look at it with GET /api/v2/costs/entries.",
            details={"intentId": str(intent_id), "status": status.value},
        )


def period_start(period: BudgetPeriod, on: date) -> date:
    """Return the first day of the period that a day lies in."""
    match period:
        case "day":
            return on
        case "month":
            return on.replace(day=1)
        case "total":
            return BEGINNING


def period_end(period: BudgetPeriod, starts_on: date) -> date | None:
    """Return the last day of the period that starts on a day; None for one that never ends."""
    match period:
        case "day":
            return starts_on
        case "month":
            return (starts_on.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        case "total":
            return None


def scopes_of(*, client_id: UUID, campaign_id: UUID | None, job_id: int | None) -> tuple[tuple[BudgetScope, str], ...]:
    """Return the scopes that a spending counts in, with the key of each."""
    named: tuple[tuple[BudgetScope, object | None], ...] = (
        ("client", client_id),
        ("campaign", campaign_id),
        ("job", job_id),
    )
    return (("workspace", WORKSPACE_KEY), *((scope, str(key)) for scope, key in named if key is not None))


def balance_keys(*, client_id: UUID, campaign_id: UUID | None, job_id: int | None, on: date) -> tuple[BalanceKey, ...]:
    """Return the balances that a spending of a day counts in: every scope by day, by month and in all."""
    return tuple(
        BalanceKey(scope=scope, scope_key=key, period=period, starts_on=period_start(period, on))
        for scope, key in scopes_of(client_id=client_id, campaign_id=campaign_id, job_id=job_id)
        for period in PERIODS
    )


def opening_transfers(*, estimate_microusd: int | None, reserved_microusd: int) -> tuple[Transfer, ...]:
    """Return what an intent that is opened moves; an unknown price is not planned for."""
    reserve = Transfer(kind="reserve", source="available", target="reserved", amount_microusd=reserved_microusd)
    if estimate_microusd is None:
        return (reserve,)
    plan = Transfer(kind="estimate", source="plan", target="estimate", amount_microusd=estimate_microusd)
    return (plan, reserve)


def settling_transfers(*, reserved_microusd: int, actual_microusd: int) -> tuple[Transfer, ...]:
    """Return what settling moves: the actual amount is spent, and the difference evened out, up or down."""
    spend = Transfer(kind="settle", source="reserved", target="spent", amount_microusd=actual_microusd)
    over = actual_microusd - reserved_microusd
    if over > 0:
        return (Transfer(kind="settle", source="available", target="reserved", amount_microusd=over), spend)
    if over < 0:
        return (spend, Transfer(kind="settle", source="reserved", target="available", amount_microusd=-over))
    return (spend,)


def releasing_transfers(*, reserved_microusd: int) -> tuple[Transfer, ...]:
    """Return what a release moves."""
    return (Transfer(kind="release", source="reserved", target="available", amount_microusd=reserved_microusd),)


def check_limits(*, hard_microusd: int | None, soft_microusd: int | None) -> None:
    """Raise `InvalidInput` for a budget without a limit, or with one that would never warn."""
    if hard_microusd is None and soft_microusd is None:
        raise InvalidInput(
            "A budget has a hard limit, a soft one, or both; this has none.",
            next_step="Give hardMicrousd or softMicrousd, or delete the budget.",
            details={"field": "hardMicrousd"},
        )
    if hard_microusd is not None and soft_microusd is not None and soft_microusd > hard_microusd:
        raise InvalidInput(
            f"The soft limit {format_usd(soft_microusd)} is over the hard one, {format_usd(hard_microusd)}:"
            " it would never warn.",
            next_step="Choose a soft limit up to the hard one.",
            details={"field": "softMicrousd", "value": soft_microusd, "limit": hard_microusd},
        )


def check_target(draft: BudgetDraft) -> None:
    """Raise `InvalidInput` where a budget does not name exactly what its scope needs."""
    given = {
        name
        for name, value in (("clientId", draft.client_id), ("campaignId", draft.campaign_id), ("jobId", draft.job_id))
        if value is not None
    }
    needed: set[str] = set() if draft.scope == "workspace" else {f"{draft.scope}Id"}
    for name in sorted(needed - given):
        raise InvalidInput(
            f"A budget of a {draft.scope} needs its {name}.",
            next_step=f"Give {name}, or another scope.",
            details={"field": name},
        )
    for name in sorted(given - needed):
        raise InvalidInput(
            f"A budget of the scope {draft.scope} has no {name}.",
            next_step=f"Leave {name} out, or choose the scope {name.removesuffix('Id')}.",
            details={"field": name},
        )


def percentage_used(used_microusd: int, *, hard_microusd: int | None, soft_microusd: int | None) -> float:
    """Return how much of a budget's hard limit, or else of its soft one, is used; nothing of nothing is all of it."""
    limit = hard_microusd if hard_microusd is not None else soft_microusd
    return round(100 * used_microusd / limit, 1) if limit else 100.0


def check_days(first: date | None, last: date | None) -> None:
    """Raise `InvalidInput` for a stretch of time that ends before it begins."""
    if first is not None and last is not None and last < first:
        raise InvalidInput(
            f"The last day {last} is before the first, {first}.",
            next_step="Exchange from and to.",
            details={"field": "to", "value": str(last), "limit": str(first)},
        )


def check_resolution(resolution: Resolution) -> None:
    """Raise `InvalidInput` where something is told of a charge that did not happen."""
    if resolution.outcome == "charged":
        return
    for field, value in (("amountMicrousd", resolution.amount_microusd), ("providerRef", resolution.provider_ref)):
        if value is not None:
            raise InvalidInput(
                f"What was not charged has no {field}.",
                next_step="Leave it out, or say that it was charged.",
                details={"field": field, "value": value},
            )

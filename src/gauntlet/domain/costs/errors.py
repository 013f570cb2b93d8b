"""What goes wrong with money."""

from gauntlet.core.errors import GauntletError
from gauntlet.core.money import format_usd
from gauntlet.domain.costs.schemas import BudgetScope, UsedBudget

_OF_SCOPE: dict[BudgetScope, str] = {
    "workspace": "the workspace",
    "client": "this client",
    "campaign": "this campaign",
    "job": "this job",
}
_PERIODS = {"day": "today's budget", "month": "this month's budget", "total": "the whole budget"}


class BudgetExceeded(GauntletError):
    """A hard budget does not have room for what was asked; nothing was reserved.

    The amounts in `details` (`limit`, `spent`, `reserved`, `asked`) are micro-dollars. Of the workspace's budget only
    what was asked is told: its sums are of other clients' spending too, which is not for everybody who spends.
    """

    code = "budget_exceeded"
    status = 402

    def __init__(self, used: UsedBudget, *, asked_microusd: int) -> None:
        whose = f"{_PERIODS[used.period]} of {_OF_SCOPE[used.scope]}"
        amounts = {"limit": used.hard_microusd, "spent": used.spent_microusd, "reserved": used.reserved_microusd}
        super().__init__(
            f"{whose[0].upper()}{whose[1:]} {_why(used)} there is no room for {format_usd(asked_microusd)}.",
            next_step=_next_step(used),
            details={
                "scope": used.scope,
                "scopeId": used.scope_key or None,
                "period": used.period,
                **({} if used.scope == "workspace" else amounts),
                "asked": asked_microusd,
            },
        )
        self.used = used
        self.asked_microusd = asked_microusd


def _why(used: UsedBudget) -> str:
    if used.scope == "workspace":
        return "is used up so far that"
    spent, reserved = format_usd(used.spent_microusd), format_usd(used.reserved_microusd)
    return f"is {format_usd(used.hard_microusd)}; {spent} are spent and {reserved} reserved, so"


def _next_step(used: UsedBudget) -> str:
    who = {"workspace": "an administrator", "client": "an owner of the client"}.get(used.scope, "an editor")
    wait = {"day": ", or wait until tomorrow (UTC)", "month": ", or wait until next month (UTC)"}.get(used.period, "")
    return f"Let {who} raise the budget{wait}."

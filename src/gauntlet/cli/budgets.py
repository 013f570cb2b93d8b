"""`gauntlet budget`."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import JsonOption, print_json, print_table, stderr

if TYPE_CHECKING:
    from gauntlet.domain.costs.schemas import Budget
    from gauntlet.workflows.container import Container

budgets = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="What hosted models may cost.")


class Period(StrEnum):
    """How long a budget is for, in UTC."""

    DAY = "day"
    MONTH = "month"
    TOTAL = "total"


@budgets.command("set")
def set_budget(
    *,
    client: Annotated[
        str | None, typer.Option(metavar="CLIENT", help="Of this client; name or id.", show_default=False)
    ] = None,
    campaign: Annotated[
        str | None, typer.Option(metavar="CAMPAIGN", help="Of this campaign; name or id.", show_default=False)
    ] = None,
    job: Annotated[int | None, typer.Option(metavar="ID", help="Of this job.", show_default=False)] = None,
    period: Annotated[Period, typer.Option(help="How long it is for.")] = Period.MONTH,
    hard: Annotated[
        str | None, typer.Option(metavar="DOLLARS", help="Nothing goes over this.", show_default=False)
    ] = None,
    soft: Annotated[
        str | None, typer.Option(metavar="DOLLARS", help="Going over this is told of.", show_default=False)
    ] = None,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Limit what may be spent: in the whole workspace, or by what is named. A budget that is there is replaced."""
    from gauntlet.cli.quantities import read_dollars
    from gauntlet.domain.costs.schemas import BudgetDraft

    limits = {
        "period": period.value,
        "hard_microusd": read_dollars(hard, field="hard"),
        "soft_microusd": read_dollars(soft, field="soft"),
    }

    async def keep(container: "Container") -> "Budget":
        from gauntlet.cli.orders import validated
        from gauntlet.cli.places import place_of

        principal = await container.accounts.local_user()
        client_id, campaign_id = await place_of(container, principal, client=client, campaign=campaign)
        if job is not None:
            target = {"scope": "job", "job_id": job}
        elif campaign_id is not None:
            target = {"scope": "campaign", "campaign_id": campaign_id}
        elif client_id is not None:
            target = {"scope": "client", "client_id": client_id}
        else:
            target = {"scope": "workspace"}
        return await container.budgets.put(principal, validated(BudgetDraft, {**target, **limits}))

    budget = work(load_settings(data_dir), keep)
    if json:
        print_json(budget.model_dump(mode="json"))
    else:
        stderr().print(f"Budget {budget.id} of {_whose(budget)}: {', '.join(_limits(budget))}.", markup=False)


@budgets.command("list")
def list_budgets(
    *,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 50,
    offset: Annotated[int, typer.Option(min=0, help="How many of the newest to leave out.")] = 0,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """List the budgets and what is used of them, newest first."""
    from gauntlet.core.paging import Page

    async def find(container: "Container") -> "list[Budget]":
        principal = await container.accounts.local_user()
        return (await container.budgets.list(principal, page=Page(limit=limit, offset=offset)))[0]

    found = work(load_settings(data_dir), find)
    if json:
        print_json([budget.model_dump(mode="json") for budget in found])
        return
    columns = ("id", "of", "limits", "used", "spent", "reserved", "left", "")
    print_table("Budgets", columns, [_row(budget) for budget in found], empty="There are no budgets.")


@budgets.command("rm")
def remove_budget(
    budget_id: Annotated[int, typer.Argument(metavar="ID", help="Which; gauntlet budget list tells.")],
    *,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Take a budget away; what was spent stays counted."""

    async def remove(container: "Container") -> None:
        await container.budgets.delete(await container.accounts.local_user(), budget_id)

    work(load_settings(data_dir), remove)
    if json:
        print_json({"id": budget_id})
    else:
        stderr().print(f"Removed budget {budget_id}.", markup=False)


def _row(budget: "Budget") -> tuple[str, ...]:
    from gauntlet.core.money import format_usd

    return (
        str(budget.id),
        _whose(budget),
        ", ".join(_limits(budget)),
        f"{budget.percentage:g} %",
        format_usd(budget.spent_microusd),
        format_usd(budget.reserved_microusd),
        "" if budget.left_microusd is None else format_usd(budget.left_microusd),
        f"soft limit passed {budget.warned_at:%Y-%m-%d %H:%M} UTC" if budget.warned_at else "",
    )


def _whose(budget: "Budget") -> str:
    match budget.scope:
        case "workspace":
            return "the workspace"
        case "job":
            return f"job {budget.job_id}"
        case "client" | "campaign":
            return f"{budget.scope} {budget.name or budget.campaign_id or budget.client_id}"


def _limits(budget: "Budget") -> list[str]:
    from gauntlet.core.money import format_usd

    pace = {"day": " a day", "month": " a month", "total": " in all"}[budget.period]
    named = (("hard", budget.hard_microusd), ("soft", budget.soft_microusd))
    return [f"{name} {format_usd(amount)}{pace}" for name, amount in named if amount is not None]

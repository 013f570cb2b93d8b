"""`gauntlet costs`, and `gauntlet spending`: what nobody but a person can tell."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import JsonOption, one_line, print_json, print_table, stderr

if TYPE_CHECKING:
    from gauntlet.domain.costs.schemas import CostCounts, CostReport, Intent
    from gauntlet.workflows.container import Container

spending = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Spendings of which only a person can tell whether they were charged.",
)


class By(StrEnum):
    """What is summed up together."""

    DAY = "day"
    CLIENT = "client"
    CAMPAIGN = "campaign"
    JOB = "job"
    MODEL = "model"
    PURPOSE = "purpose"


class Outcome(StrEnum):
    """What the service's own list of charges says."""

    CHARGED = "charged"
    NOT_CHARGED = "not-charged"


def costs(
    *,
    by: Annotated[By, typer.Option(help="What is summed up together.")] = By.DAY,
    first_day: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="The first day, in UTC.", show_default=False)
    ] = None,
    last_day: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="The last day.", show_default=False)
    ] = None,
    client: Annotated[
        str | None, typer.Option(metavar="CLIENT", help="Only this client's; name or id.", show_default=False)
    ] = None,
    campaign: Annotated[
        str | None, typer.Option(metavar="CAMPAIGN", help="Only this campaign's; name or id.", show_default=False)
    ] = None,
    job: Annotated[int | None, typer.Option(metavar="ID", help="Only this job's.", show_default=False)] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print it as CSV.")] = False,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Tell what hosted models cost: estimated, reserved, spent."""
    from gauntlet.cli.orders import validated
    from gauntlet.domain.costs.schemas import CostQuery

    wanted = {"group_by": by.value, "first_day": first_day, "last_day": last_day, "job_id": job}
    query = validated(CostQuery, wanted)

    async def find(container: "Container") -> "CostReport":
        from gauntlet.cli.places import place_of

        principal = await container.accounts.local_user()
        client_id, campaign_id = await place_of(container, principal, client=client, campaign=campaign)
        place = {"client_id": client_id, "campaign_id": campaign_id}
        return await container.costs.report(principal, query.model_copy(update=place))

    report = work(load_settings(data_dir), find)
    if json:
        print_json(report.model_dump(mode="json"))
    elif csv:
        from gauntlet.domain.costs.sheets import report_csv

        sys.stdout.write(report_csv(report).replace("\r\n", "\n"))
    else:
        _print_report(report, by)


def _print_report(report: "CostReport", by: By) -> None:
    rows = [(group.key or "none", group.name or "", *_cells(group)) for group in report.groups]
    if len(rows) > 1:
        rows.append(("all", "", *_cells(report.total)))
    columns = (by.value, "name", "spent", "reserved", "estimate", "runs", "")
    print_table("Costs", columns, rows, empty="Nothing was spent.")


def _cells(counts: "CostCounts") -> tuple[str, ...]:
    from gauntlet.core.money import format_usd

    notes = (
        (counts.unknown_price_count, "of unknown price"),
        (counts.estimated_count, "booked as estimated"),
        (counts.ambiguous_count, "to be decided by a person"),
    )
    return (
        format_usd(counts.spent_microusd),
        format_usd(counts.reserved_microusd),
        format_usd(counts.estimate_microusd),
        f"{counts.count:,}",
        ", ".join(f"{number} {note}" for number, note in notes if number),
    )


@spending.command("list")
def list_spendings(
    *,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 50,
    offset: Annotated[int, typer.Option(min=0, help="How many of the newest to leave out.")] = 0,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """List what cannot be told of whether it was charged, newest first."""
    from gauntlet.core.paging import Page

    async def find(container: "Container") -> "list[Intent]":
        principal = await container.accounts.local_user()
        return (await container.costs.ambiguous(principal, page=Page(limit=limit, offset=offset)))[0]

    found = work(load_settings(data_dir), find)
    if json:
        print_json([intent.model_dump(mode="json") for intent in found])
        return
    from gauntlet.core.money import format_usd

    rows = [
        (
            str(intent.id),
            f"{intent.provider}:{intent.model}",
            format_usd(intent.reserved_microusd),
            f"{intent.sent_at:%Y-%m-%d %H:%M} UTC" if intent.sent_at else "",
            intent.provider_ref or "",
            one_line(intent.reason or ""),
        )
        for intent in found
    ]
    columns = ("id", "model", "reserved", "sent", "the service's id", "why")
    print_table("To be decided", columns, rows, empty="Nothing is left to be decided.")


@spending.command("resolve")
def resolve_spending(
    spending_id: Annotated[UUID, typer.Argument(metavar="ID", help="Which; gauntlet spending list tells.")],
    outcome: Annotated[Outcome, typer.Argument(metavar="OUTCOME", help="charged or not-charged.")],
    *,
    amount: Annotated[
        str | None,
        typer.Option(metavar="DOLLARS", help="What was charged; else what was reserved is booked.", show_default=False),
    ] = None,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Say whether it was charged: it is booked, or given back. What waits for it can then be retried."""
    from gauntlet.cli.quantities import read_dollars
    from gauntlet.domain.costs.schemas import Resolution

    resolution = Resolution(
        outcome="charged" if outcome is Outcome.CHARGED else "not_charged",
        amount_microusd=read_dollars(amount, field="amount"),
    )

    async def resolve(container: "Container") -> "Intent":
        return await container.costs.resolve(await container.accounts.local_user(), spending_id, resolution)

    intent = work(load_settings(data_dir), resolve)
    if json:
        print_json(intent.model_dump(mode="json"))
        return
    from gauntlet.core.money import format_usd

    booked = f"{format_usd(intent.actual_microusd)} is booked" if intent.actual_microusd is not None else "given back"
    stderr().print(f"{intent.provider}:{intent.model}: {booked}.", markup=False)

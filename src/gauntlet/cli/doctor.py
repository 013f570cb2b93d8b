"""`gauntlet doctor`."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from gauntlet.cli.environment import DataDirOption, load_settings
from gauntlet.cli.output import EXIT_FAILED, JsonOption, print_json, stdout

if TYPE_CHECKING:
    from gauntlet.diagnosis import Diagnosis

_MARKS: Final = {"ok": "[green]✓[/]", "limited": "[yellow]![/]", "missing": "[red]✗[/]"}


def doctor(
    *,
    online: Annotated[
        bool, typer.Option("--online", help="Ask the hosted services whether they take the keys; costs nothing.")
    ] = False,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Say what this machine can do, and what it lacks would take."""
    from gauntlet.diagnosis import diagnose, look_online

    settings = load_settings(data_dir)
    diagnosis = diagnose(settings)
    if online:
        import asyncio

        seen = asyncio.run(look_online(settings))
        diagnosis = diagnosis.model_copy(update={"findings": (*diagnosis.findings, *seen)})
    if json:
        print_json(diagnosis.model_dump(mode="json"))
    else:
        _show(diagnosis)
    if not diagnosis.can_make_ads:
        raise typer.Exit(EXIT_FAILED)


def _show(diagnosis: "Diagnosis") -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(width=1)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for finding in diagnosis.findings:
        remedy = f"\n[dim]→ {escape(finding.remedy)}[/]" if finding.remedy else ""
        table.add_row(_MARKS[finding.state], finding.name, escape(finding.detail) + remedy)
    console = stdout()
    console.print(table)
    console.print()
    if diagnosis.can_make_ads:
        console.print("[green]Ready:[/] `gauntlet demo` makes an ad now; `gauntlet serve` starts the API.")
    else:
        console.print("[red]Not ready:[/] what is marked ✗ is needed first.")

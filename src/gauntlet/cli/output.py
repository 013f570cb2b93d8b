"""What the command line prints: results on stdout, everything else on stderr, errors with what to do about them."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from gauntlet.core.errors import GauntletError

JSON_WANTED: Final = "gauntlet.json"
EXIT_FAILED: Final = 1
EXIT_USAGE: Final = 2
EXIT_INTERRUPTED: Final = 130


def stdout() -> "Console":
    """Return the console of results."""
    from rich.console import Console

    return Console(highlight=False)


def stderr() -> "Console":
    """Return the console of progress, questions and errors, which a pipe does not catch."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def _remember(context: typer.Context, wanted: bool) -> bool:
    context.meta[JSON_WANTED] = wanted
    return wanted


_GAP: Final = 2
_LEAST_SECOND: Final = 16

JsonOption = Annotated[
    bool,
    typer.Option("--json", help="Print one JSON document, errors included.", callback=_remember, is_eager=True),
]


def print_json(document: object) -> None:
    """Print one JSON document on stdout, readable by people and programs alike."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")
    sys.stdout.flush()


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, empty: str) -> None:
    """Print rows under headings, a line each, or the sentence for none.

    A terminal that is too narrow is shown fewer of the last columns, and the second shortened; what is not a terminal
    is given everything.
    """
    from rich.cells import cell_len
    from rich.markup import escape
    from rich.table import Table

    if not rows:
        stderr().print(empty)
        return
    console = stdout()
    widths = [max(map(cell_len, cells)) for cells in zip(columns, *rows, strict=True)]
    if not console.is_terminal:
        console.width = sum(widths) + _GAP * len(widths)
    shown = _fitting(widths, console.width)
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for place, column in enumerate(columns[:shown]):
        others = sum(widths[:shown]) - widths[place] + _GAP * (shown - 1)
        table.add_column(column, no_wrap=True, width=min(widths[1], console.width - others) if place == 1 else None)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row[:shown]))
    console.print(table)


def _fitting(widths: Sequence[int], room: int) -> int:
    """Return how many columns have room beside each other when the second takes no more than it must."""
    needed = 0
    for place, width in enumerate(widths):
        needed += (min(width, _LEAST_SECOND) if place == 1 else width) + (_GAP if place else 0)
        if needed > room:
            return max(place, 1)
    return len(widths)


def problem(error: "GauntletError") -> Mapping[str, object]:
    """Return the error as a problem document (RFC 9457), the same members as the API's."""
    document: dict[str, object] = {
        "type": f"urn:gauntlet:problem:{error.code}",
        "title": error.code.replace("_", " ").capitalize(),
        "status": error.status,
        "code": error.code,
        "detail": error.message,
    }
    if error.next_step:
        document["nextStep"] = error.next_step
    return document | ({"details": error.details} if error.details else {})


def report(error: "GauntletError", *, as_json: bool) -> None:
    """Tell of an error: as JSON on stdout, or in words on stderr with the next step under it."""
    if as_json:
        print_json(problem(error))
        return
    from rich.markup import escape

    console = stderr()
    console.print(f"[bold red]Error:[/] {escape(error.message)}", soft_wrap=True)
    if error.next_step:
        console.print(f"  [bold]→[/] {escape(error.next_step)}", soft_wrap=True)


def one_line(value: object, *, limit: int = 60) -> str:
    """Return the value as a single line of at most `limit` characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"

"""The command `gauntlet`. Nothing heavy is imported before a command needs it, so that help and errors come at once."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from gauntlet.cli import (
    accounts,
    asset_changes,
    assets,
    briefs,
    budgets,
    clients,
    costs,
    demo,
    doctor,
    fakes,
    images,
    make,
    models,
    provider_keys,
    quarantine,
    serve,
    storage,
    videos,
)
from gauntlet.cli.output import EXIT_FAILED, EXIT_INTERRUPTED, JSON_WANTED, report, stderr


class GauntletGroup(TyperGroup):
    """The root group: the one place where an error of ours becomes words and an exit code."""

    def invoke(self, ctx: typer.Context) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride] # the base's context type is private to Typer
        """Run the command; a `GauntletError` is told of and ends it with code 1, Ctrl-C with 130."""
        from gauntlet.core.errors import GauntletError

        try:
            return super().invoke(ctx)
        except GauntletError as error:
            report(error, as_json=bool(ctx.meta.get(JSON_WANTED)))
            raise typer.Exit(EXIT_FAILED) from error
        except KeyboardInterrupt:
            stderr().print("Stopped.")
            raise typer.Exit(EXIT_INTERRUPTED) from None


app = typer.Typer(
    name="gauntlet",
    cls=GauntletGroup,
    no_args_is_help=True,
    rich_markup_mode=None,  # Typer's boxes load a Markdown parser and a syntax highlighter: twice the time for help
    pretty_exceptions_enable=False,  # a traceback of a fault is to be copied into a report, and must show no keys
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"gauntlet {version('gauntlet')}")
        raise typer.Exit


@app.callback()
def gauntlet(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Turn a brief into an approved, on-brand video ad."""


app.command("make")(make.make)
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("doctor")(doctor.doctor)
app.add_typer(fakes.fakes, name="fakes")
app.add_typer(accounts.users, name="user")
app.add_typer(accounts.keys, name="key")
app.add_typer(clients.clients, name="client")
app.add_typer(briefs.briefs, name="brief")
app.add_typer(models.models, name="model")
app.add_typer(images.images, name="image")
app.add_typer(videos.videos, name="video")
app.command("costs")(costs.costs)
app.add_typer(costs.spending, name="spending")
app.add_typer(budgets.budgets, name="budget")
app.add_typer(provider_keys.provider_keys, name="provider-key")
assets.assets.add_typer(asset_changes.changes)
app.add_typer(assets.assets, name="asset")
app.add_typer(storage.storage, name="storage")
app.add_typer(quarantine.quarantine, name="quarantine")

"""`gauntlet fakes`: the hosted services' doubles, to try everything without a key, a network or a cent."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gauntlet.cli.output import JsonOption, print_json, stderr

if TYPE_CHECKING:
    from gauntlet.doubles import Whereabouts

fakes = typer.Typer(help="Doubles of the hosted services, for trying things out.", no_args_is_help=True)


@fakes.callback()
def _group() -> None:  # pyright: ignore[reportUnusedFunction] # Typer makes a group of a single command only so
    """Doubles of the hosted services, for trying things out."""


@fakes.command("serve")
def serve(
    *,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Port to listen on; 0 takes a free one.")] = 0,
    seed: Annotated[int, typer.Option(help="What faults by chance are drawn from.")] = 0,
    speed: Annotated[
        float, typer.Option(min=0.01, max=10_000, help="How many times as quickly queues and runs pass.")
    ] = 1.0,
    faults: Annotated[Path | None, typer.Option("--faults", help="JSON file with rules of faults.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Serve the doubles of Replicate, OpenRouter, OpenAI and Anthropic on loopback; Ctrl-C stops them."""
    from gauntlet.core.logging import configure_logging
    from gauntlet.doubles import serve_doubles

    configure_logging(level="info", style="json" if as_json else "console")

    def announce(found: "Whereabouts") -> None:
        if as_json:
            print_json({"origin": found.origin, "environment": dict(found.environment)})
            return
        for name, value in found.environment.items():
            typer.echo(f"export {name}='{value}'")
        stderr().print(f"The doubles listen on [bold]{found.origin}[/]; nothing here costs anything.")

    serve_doubles(port=port, seed=seed, speed=speed, faults_file=faults, announce=announce)

"""`gauntlet make`: the whole way from a prompt to a finished ad in one command."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import JsonOption, print_json
from gauntlet.core.creative.formats import AspectRatio, Platform

if TYPE_CHECKING:
    from gauntlet.cli.delivery import Delivery
    from gauntlet.workflows.container import Container

PlannerName = Literal["hosted", "built-in"]


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text[:40]!r} is not a number of seconds; give one from 5 to 180.") from error


def make(
    prompt: Annotated[str, typer.Argument(metavar="PROMPT", help="What the ad is for and what it shall say.")],
    *,
    client: Annotated[str, typer.Option(metavar="NAME", help="Whose ad it is; made if it is new.", show_default=False)],
    asset: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="A picture or a film to show, or music for the bed; may be given again.",
            show_default=False,
        ),
    ] = None,
    logo: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The brand's logo, best as SVG.", show_default=False)
    ] = None,
    brand: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Brand guidelines as JSON; kept for the client.", show_default=False),
    ] = None,
    homepage: Annotated[str | None, typer.Option(metavar="URL", help="The client's.", show_default=False)] = None,
    platform: Annotated[
        Platform | None, typer.Option(help="Where it will run.", show_default="from the prompt")
    ] = None,
    duration: Annotated[
        float | None,
        typer.Option(parser=_seconds, metavar="S", help="Seconds, 5 to 180.", show_default="from the prompt"),
    ] = None,
    aspect: Annotated[AspectRatio | None, typer.Option(help="Width to height.", show_default="the platform's")] = None,
    planner: Annotated[
        PlannerName | None,
        typer.Option(help="Who plans: language models, or the built-in rules.", show_default="hosted where a key is"),
    ] = None,
    image_model: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[N=]MODEL",
            help="Makes the pictures that the client does not give, or scene N's; may be given again.",
            show_default=False,
        ),
    ] = None,
    motion_model: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[N=]MODEL",
            help="Moves the pictures, or scene N's, once the storyboard is approved; may be given again.",
            show_default=False,
        ),
    ] = None,
    music_model: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="Makes the music, once the storyboard is approved.", show_default=False),
    ] = None,
    out: Annotated[Path, typer.Option(metavar="FILE", help="The film; its other files go beside it.")] = Path("ad.mp4"),
    yes: Annotated[
        bool, typer.Option("--yes", help="Spend what is estimated, and approve the storyboard unseen.")
    ] = False,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Make an ad: plan it, show the storyboard, render what is approved."""
    from gauntlet.cli.making import make_ad
    from gauntlet.cli.orders import AdOrder, check_order, read_brand, read_models

    settings = load_settings(data_dir)
    order = AdOrder(
        prompt=prompt,
        client=client,
        assets=tuple(asset or ()),
        logo=logo,
        brand=read_brand(brand) if brand else None,
        homepage=homepage,
        platform=platform,
        duration_s=duration,
        aspect=aspect,
        out=out,
        models=read_models(planner=planner, image=image_model or (), motion=motion_model or (), music=music_model),
    )
    check_order(order, size_limit_bytes=settings.assets.size_limit_bytes)
    if not yes:
        _require_terminal(as_json=json)

    async def made(container: "Container") -> "Delivery":
        return await make_ad(container, order, approve_unseen=yes, silent=json)

    delivery = work(settings, made, role="either")
    if json:
        print_json(delivery.as_document())
    else:
        from gauntlet.cli.delivery import print_delivery

        print_delivery(delivery)


def _require_terminal(*, as_json: bool) -> None:
    if not as_json and sys.stdin.isatty() and sys.stderr.isatty():
        return
    from gauntlet.core.errors import InvalidInput

    raise InvalidInput(
        "The storyboard needs an approval, and nobody can be asked"
        + (" with --json." if as_json else ": this is no terminal."),
        next_step="Add --yes to approve it unseen, or run the command in a terminal without --json.",
        details={"field": "yes"},
    )

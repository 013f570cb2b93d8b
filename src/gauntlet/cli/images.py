"""`gauntlet image`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import JsonOption, print_json

if TYPE_CHECKING:
    from gauntlet.domain.generations.schemas import GeneratedMedium
    from gauntlet.workflows.container import Container

images = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Images that models make.")

IdArgument = Annotated[int, typer.Argument(metavar="ID", help="Its number.", min=1, show_default=False)]
# Spelled out, because what defines them takes a tenth of a second to load; a test holds both together.
StatusName = Literal["pending", "running", "succeeded", "failed", "canceled", "paused", "ambiguous"]


@images.command("create")
def create_image(
    prompt: Annotated[str, typer.Argument(metavar="PROMPT", help="What it is to show.", show_default=False)],
    *,
    client: Annotated[str, typer.Option(metavar="CLIENT", help="Whose it is; name or id.", show_default=False)],
    model: Annotated[str, typer.Option(metavar="MODEL", help="Who makes it.")] = "gauntlet/panel",
    input_: Annotated[
        list[str] | None,
        typer.Option("--input", metavar="NAME=VALUE", help="An input of the model's own.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it there as well.", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Spend what is estimated without asking.")] = False,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Have a model make an image, and wait for it."""
    from gauntlet.cli import generated

    order = generated.MediumOrder(
        prompt=prompt, client=client, model=model, inputs=generated.read_inputs(input_ or ()), out=out, agreed=yes
    )

    async def create(container: "Container") -> "GeneratedMedium":
        return await generated.create(container, "image", order, silent=json)

    generated.tell_ordered(work(load_settings(data_dir), create, role="either"), as_json=json)


@images.command("list")
def list_images(
    *,
    client: Annotated[
        str | None, typer.Option(metavar="CLIENT", help="Only this client's; name or id.", show_default=False)
    ] = None,
    status: Annotated[StatusName | None, typer.Option(help="Only those in this state.", show_default=False)] = None,
    model: Annotated[
        str | None, typer.Option(metavar="MODEL", help="Only those that it made.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 50,
    offset: Annotated[int, typer.Option(min=0, help="How many of the newest to leave out.")] = 0,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """List images, newest first."""
    from gauntlet.cli import generated
    from gauntlet.core.paging import Page
    from gauntlet.domain.generations.rules import GenerationStatus
    from gauntlet.domain.generations.schemas import GenerationQuery

    query = GenerationQuery(type="image", status=None if status is None else GenerationStatus(status), model=model)

    async def find(container: "Container") -> "list[GeneratedMedium]":
        return await generated.listed(container, query, client=client, page=Page(limit=limit, offset=offset))

    generated.show_all("Images", work(load_settings(data_dir), find), as_json=json)


@images.command("show")
def show_image(image_id: IdArgument, *, data_dir: DataDirOption = None, json: JsonOption = False) -> None:
    """Show an image: what was asked for, what came of it and what it cost."""
    from gauntlet.cli import generated

    async def find(container: "Container") -> "GeneratedMedium":
        return await container.generations.get(await container.accounts.local_user(), "image", image_id)

    generated.show_one(work(load_settings(data_dir), find), as_json=json)


@images.command("get")
def get_image(
    image_id: IdArgument,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="PATH", help="A file or a folder; else here.", show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Write an image to a file."""
    from gauntlet.cli import generated

    async def get(container: "Container") -> Path:
        return await generated.write(container, "image", image_id, out, overwrite=force, silent=json)

    path = work(load_settings(data_dir), get)
    if json:
        print_json({"path": str(path)})


@images.command("retry")
def retry_image(image_id: IdArgument, *, data_dir: DataDirOption = None, json: JsonOption = False) -> None:
    """Try again what failed or is paused, and wait for it."""
    from gauntlet.cli import generated

    async def retry(container: "Container") -> "GeneratedMedium":
        principal = await container.accounts.local_user()
        await container.media.retry(principal, "image", image_id)
        await container.generation_desk.wait(image_id)
        return await container.generations.get(principal, "image", image_id)

    generated.tell_ordered(work(load_settings(data_dir), retry, role="either"), as_json=json)

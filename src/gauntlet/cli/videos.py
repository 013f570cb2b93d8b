"""`gauntlet video`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import JsonOption, print_json

if TYPE_CHECKING:
    from gauntlet.domain.generations.schemas import GeneratedMedium
    from gauntlet.workflows.container import Container

videos = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Videos that models make.")

IdArgument = Annotated[int, typer.Argument(metavar="ID", help="Its number.", min=1, show_default=False)]
# Spelled out, because what defines them takes a tenth of a second to load; a test holds both together.
StatusName = Literal["pending", "running", "succeeded", "failed", "canceled", "paused", "ambiguous"]


@videos.command("create")
def create_video(
    prompt: Annotated[str, typer.Argument(metavar="PROMPT", help="What is to happen in it.", show_default=False)],
    *,
    client: Annotated[str, typer.Option(metavar="CLIENT", help="Whose it is; name or id.", show_default=False)],
    model: Annotated[str, typer.Option(metavar="MODEL", help="Who makes it.")] = "gauntlet/motion",
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
    """Have a model make a video, and wait for it."""
    from gauntlet.cli import generated

    order = generated.MediumOrder(
        prompt=prompt, client=client, model=model, inputs=generated.read_inputs(input_ or ()), out=out, agreed=yes
    )

    async def create(container: "Container") -> "GeneratedMedium":
        return await generated.create(container, "video", order, silent=json)

    generated.tell_ordered(work(load_settings(data_dir), create, role="either"), as_json=json)


@videos.command("list")
def list_videos(
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
    """List videos, newest first."""
    from gauntlet.cli import generated
    from gauntlet.core.paging import Page
    from gauntlet.domain.generations.rules import GenerationStatus
    from gauntlet.domain.generations.schemas import GenerationQuery

    query = GenerationQuery(type="video", status=None if status is None else GenerationStatus(status), model=model)

    async def find(container: "Container") -> "list[GeneratedMedium]":
        return await generated.listed(container, query, client=client, page=Page(limit=limit, offset=offset))

    generated.show_all("Videos", work(load_settings(data_dir), find), as_json=json)


@videos.command("show")
def show_video(video_id: IdArgument, *, data_dir: DataDirOption = None, json: JsonOption = False) -> None:
    """Show a video: what was asked for, what came of it and what it cost."""
    from gauntlet.cli import generated

    async def find(container: "Container") -> "GeneratedMedium":
        return await container.generations.get(await container.accounts.local_user(), "video", video_id)

    generated.show_one(work(load_settings(data_dir), find), as_json=json)


@videos.command("get")
def get_video(
    video_id: IdArgument,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="PATH", help="A file or a folder; else here.", show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Write a video to a file."""
    from gauntlet.cli import generated

    async def get(container: "Container") -> Path:
        return await generated.write(container, "video", video_id, out, overwrite=force, silent=json)

    path = work(load_settings(data_dir), get)
    if json:
        print_json({"path": str(path)})


@videos.command("retry")
def retry_video(video_id: IdArgument, *, data_dir: DataDirOption = None, json: JsonOption = False) -> None:
    """Try again what failed or is paused, and wait for it."""
    from gauntlet.cli import generated

    async def retry(container: "Container") -> "GeneratedMedium":
        principal = await container.accounts.local_user()
        await container.media.retry(principal, "video", video_id)
        await container.generation_desk.wait(video_id)
        return await container.generations.get(principal, "video", video_id)

    generated.tell_ordered(work(load_settings(data_dir), retry, role="either"), as_json=json)

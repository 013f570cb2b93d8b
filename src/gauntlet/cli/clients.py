"""`gauntlet client`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import JsonOption, one_line, print_json, print_table, stderr

if TYPE_CHECKING:
    from gauntlet.domain.clients.schemas import Client
    from gauntlet.workflows.container import Container

clients = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The brands that ads are made for.")


@clients.command("create")
def create_client(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the brand is called.")],
    *,
    description: Annotated[str | None, typer.Option(help="What it does.", show_default=False)] = None,
    homepage: Annotated[str | None, typer.Option(help="Its web address.", show_default=False)] = None,
    brand: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Brand guidelines as JSON.", show_default=False)
    ] = None,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Make a client, owned by the local user of the data directory."""
    from gauntlet.cli.orders import read_brand, validated
    from gauntlet.core.creative.brand import BrandGuidelines
    from gauntlet.domain.clients.schemas import ClientDraft

    guidelines = read_brand(brand) if brand else BrandGuidelines()
    draft = validated(
        ClientDraft,
        {"name": name, "description": description, "homepage": homepage, "brand_guidelines": guidelines},
    )

    async def create(container: "Container") -> "Client":
        return await container.clients.create(await container.accounts.local_user(), draft)

    client = work(load_settings(data_dir), create)
    if json:
        print_json(client.model_dump(mode="json"))
    else:
        stderr().print(f"Created client {client.name} ({client.id}).", markup=False)


@clients.command("list")
def list_clients(
    *,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 50,
    offset: Annotated[int, typer.Option(min=0, help="How many of the newest to leave out.")] = 0,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """List the clients, newest first."""
    from gauntlet.core.paging import Page

    async def find(container: "Container") -> "list[Client]":
        principal = await container.accounts.local_user()
        return (await container.clients.list(principal, page=Page(limit=limit, offset=offset)))[0]

    found = work(load_settings(data_dir), find)
    if json:
        print_json([client.model_dump(mode="json") for client in found])
        return
    rows = [
        (client.name, str(client.id), client.homepage or "", one_line(client.description or "")) for client in found
    ]
    print_table("Clients", ("name", "id", "homepage", "description"), rows, empty="There are no clients yet.")

"""`gauntlet quarantine`: assets that an upgrade found without a client."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import JsonOption, one_line, print_json, print_table, stderr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gauntlet.domain.assets.schemas import Asset, QuarantinedAsset
    from gauntlet.workflows.container import Container

quarantine = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Assets that an upgrade found without a client."
)


@quarantine.command("list")
def list_quarantined(
    *,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 50,
    offset: Annotated[int, typer.Option(min=0, help="How many of the first to leave out.")] = 0,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """List them, and why they are there."""
    from gauntlet.cli.quantities import shown_size
    from gauntlet.core.paging import Page

    async def find(container: "Container") -> "tuple[Sequence[QuarantinedAsset], int]":
        principal = await container.accounts.local_user()
        return await container.quarantine.list(principal, page=Page(limit=limit, offset=offset))

    found, total = work(load_settings(data_dir), find)
    if json:
        print_json({"total": total, "assets": [asset.model_dump(mode="json") for asset in found]})
        return
    rows = [
        (
            str(asset.id),
            one_line(asset.name, limit=40),
            asset.type or "",
            shown_size(asset.size) if asset.size is not None else "",
            asset.reason,
            "" if asset.has_bytes else "its bytes are lost",
        )
        for asset in found
    ]
    print_table("Quarantine", ("id", "name", "type", "size", "why", ""), rows, empty="Nothing is in quarantine.")
    if total > len(found):
        stderr().print(f"{len(found)} of {total:,}; --offset shows others.", markup=False)


@quarantine.command("adopt")
def adopt_quarantined(
    asset_ids: Annotated[list[UUID], typer.Argument(metavar="ID", help="Their ids; any number.")],
    *,
    client: Annotated[str, typer.Option(metavar="CLIENT", help="Whose they shall be; name or id.", show_default=False)],
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Give assets to a client; each is there, with its bytes, when its line is printed."""
    from gauntlet.cli.places import find_client

    async def adopt(container: "Container") -> "list[Asset]":
        principal = await container.accounts.local_user()
        client_id = (await find_client(container, principal, client)).id
        adopted: list[Asset] = []
        for asset_id in asset_ids:
            adopted.append(await container.quarantine.adopt(principal, asset_id, client_id))
            if not json:
                stderr().print(f"Adopted {asset_id} {adopted[-1].name}.", markup=False, soft_wrap=True)
        return adopted

    adopted = work(load_settings(data_dir), adopt)
    if json:
        print_json({"assets": [asset.model_dump(mode="json") for asset in adopted]})

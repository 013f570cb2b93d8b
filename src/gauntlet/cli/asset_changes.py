"""`gauntlet asset`, the commands that change what is there."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gauntlet.cli.assets import IdArgument, IdsArgument, print_one
from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import JsonOption, print_json, stderr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from gauntlet.domain.assets.schemas import Asset, AssetVersion
    from gauntlet.workflows.container import Container

changes = typer.Typer(rich_markup_mode=None)


@changes.command("tag")
def tag_assets(
    asset_ids: IdsArgument,
    *,
    add: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="May be given again.", show_default=False)
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="May be given again.", show_default=False)
    ] = None,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Add tags to assets and remove others; all of it happens or nothing."""
    if not add and not remove:
        raise typer.BadParameter("Say which tags, with --add TAG and --remove TAG.")
    change = {"add_tags": tuple(add or ()), "remove_tags": tuple(remove or ())}
    _edit(asset_ids, change, data_dir=data_dir, as_json=json)


@changes.command("edit")
def edit_asset(
    asset_id: IdArgument,
    *,
    name: Annotated[str | None, typer.Option(help="What it is called.", show_default=False)] = None,
    campaign: Annotated[
        str | None, typer.Option(metavar="CAMPAIGN", help="One of its client; name or id.", show_default=False)
    ] = None,
    no_campaign: Annotated[bool, typer.Option("--no-campaign", help="Take it out of its campaign.")] = False,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Rename an asset, or move it to another campaign of its client."""
    from gauntlet.cli.places import find_campaign
    from gauntlet.domain.assets.schemas import AssetPatch

    if campaign is not None and no_campaign:
        raise typer.BadParameter("--campaign and --no-campaign contradict each other.")
    if name is None and campaign is None and not no_campaign:
        raise typer.BadParameter("Say what to change, with --name, --campaign or --no-campaign.")

    async def edit(container: "Container") -> "Asset":
        principal = await container.accounts.local_user()
        change: dict[str, object] = {} if name is None else {"name": name}
        if no_campaign:
            change["campaign_id"] = None
        if campaign is not None:
            client_id = (await container.assets.get(principal, asset_id)).client_id
            change["campaign_id"] = (await find_campaign(container, principal, campaign, client_id=client_id)).id
        return await container.assets.update(principal, asset_id, AssetPatch.model_validate(change))

    print_one(work(load_settings(data_dir), edit), as_json=json)


@changes.command("rm")
def remove_assets(
    asset_ids: IdsArgument,
    *,
    permanently: Annotated[
        bool, typer.Option("--permanently", help="Not into the bin: for good, at once, with all versions.")
    ] = False,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Put assets into the bin, from which they can be restored until it is emptied."""
    if not permanently:
        _edit(asset_ids, {"in_bin": True}, data_dir=data_dir, as_json=json)
        return

    async def purge(container: "Container") -> None:
        principal = await container.accounts.local_user()
        for asset_id in asset_ids:
            await container.assets.get(principal, asset_id)  # all are there, before the first is gone
        for asset_id in asset_ids:
            await container.assets.purge(principal, asset_id, permanently=True)

    work(load_settings(data_dir), purge)
    if json:
        print_json({"removed": [str(asset_id) for asset_id in asset_ids]})
    else:
        stderr().print(f"Removed {_count(len(asset_ids))} for good.", markup=False)


@changes.command("restore")
def restore_assets(asset_ids: IdsArgument, *, data_dir: DataDirOption = None, json: JsonOption = False) -> None:
    """Take assets out of the bin, with all that they had."""
    _edit(asset_ids, {"in_bin": False}, data_dir=data_dir, as_json=json)


@changes.command("versions")
def list_versions(
    asset_id: IdArgument,
    *,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 50,
    offset: Annotated[int, typer.Option(min=0, help="How many of the newest to leave out.")] = 0,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """List the files that an asset has had, newest first."""
    from gauntlet.cli.asset_tables import print_versions
    from gauntlet.core.paging import Page

    async def find(container: "Container") -> "tuple[Sequence[AssetVersion], int]":
        principal = await container.accounts.local_user()
        return await container.assets.versions(principal, asset_id, page=Page(limit=limit, offset=offset))

    found, total = work(load_settings(data_dir), find)
    if json:
        print_json({"total": total, "versions": [version.model_dump(mode="json") for version in found]})
    else:
        print_versions(found)


@changes.command("replace")
def replace_asset(
    asset_id: IdArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Its new bytes, of the same type.")],
    *,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Give an asset a new version; what was made with an earlier one keeps showing that."""
    from gauntlet.cli.asset_files import replace_file

    async def replace(container: "Container") -> "Asset":
        principal = await container.accounts.local_user()
        return await replace_file(container, principal, asset_id, file, silent=json)

    print_one(work(load_settings(data_dir), replace), as_json=json)


@changes.command("revert")
def revert_asset(
    asset_id: IdArgument,
    number: Annotated[int, typer.Argument(metavar="NUMBER", min=1, help="The version to have back.")],
    *,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Make an earlier version the present one again, as a new version that repeats it."""

    async def revert(container: "Container") -> "Asset":
        return await container.assets.restore_version(await container.accounts.local_user(), asset_id, number)

    print_one(work(load_settings(data_dir), revert), as_json=json)


def _edit(asset_ids: "list[UUID]", change: "Mapping[str, object]", *, data_dir: Path | None, as_json: bool) -> None:
    """Make one change to all of them or to none, and tell of it."""
    from gauntlet.cli.asset_tables import print_changed
    from gauntlet.cli.orders import validated
    from gauntlet.domain.assets.schemas import BulkEdit

    edit = validated(BulkEdit, {"asset_ids": tuple(dict.fromkeys(asset_ids)), **change})

    async def apply(container: "Container") -> "Sequence[Asset]":
        return await container.assets.edit_many(await container.accounts.local_user(), edit)

    changed = work(load_settings(data_dir), apply)
    if as_json:
        print_json({"assets": [asset.model_dump(mode="json") for asset in changed]})
    else:
        print_changed(changed)


def _count(number: int) -> str:
    return "1 asset" if number == 1 else f"{number:,} assets"

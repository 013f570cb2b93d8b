"""`gauntlet asset`: the library of clients' files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import EXIT_FAILED, JsonOption, print_json, stderr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gauntlet.bootstrap import Container
    from gauntlet.cli.asset_files import Outcome
    from gauntlet.domain.assets.schemas import Asset, AssetVersion, StorageUsage, StoredFile

assets = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The clients' files.")

IdArgument = Annotated[UUID, typer.Argument(metavar="ID", help="The asset's id, as `gauntlet asset list` shows it.")]
IdsArgument = Annotated[list[UUID], typer.Argument(metavar="ID", help="Assets' ids; any number.")]
ClientOption = Annotated[
    str | None, typer.Option(metavar="CLIENT", help="Only this client's; its name or id.", show_default=False)
]
CampaignOption = Annotated[
    str | None, typer.Option(metavar="CAMPAIGN", help="Only this campaign's; its name or id.", show_default=False)
]


@assets.command("add")
def add_assets(
    sources: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Files, or web addresses (http, https); any number.")
    ],
    *,
    client: Annotated[str, typer.Option(metavar="CLIENT", help="Whose; its name or id.", show_default=False)],
    campaign: Annotated[
        str | None, typer.Option(metavar="CAMPAIGN", help="One of that client; its name or id.", show_default=False)
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="May be given again.", show_default=False)
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="What it is called, else as its file; for one file.", show_default=False)
    ] = None,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Put files into the library; one that is refused does not keep the others."""
    from gauntlet.cli.asset_files import add_all, document_of
    from gauntlet.cli.asset_tables import print_added
    from gauntlet.cli.places import find_client, place_of
    from gauntlet.domain.assets.schemas import AssetDraft

    if name is not None and len(sources) > 1:
        raise typer.BadParameter("--name is for one file; leave it out to keep the files' own names.")

    async def add(container: "Container") -> "list[Outcome]":
        principal = await container.accounts.local_user()
        client_id = (await find_client(container, principal, client)).id
        _, campaign_id = await place_of(container, principal, client=str(client_id), campaign=campaign)
        draft = AssetDraft(client_id=client_id, campaign_id=campaign_id, name=name, tags=tuple(tag or ()))
        return await add_all(container, principal, sources, draft, silent=json)

    outcomes = work(load_settings(data_dir), add)
    if json:
        print_json(document_of(outcomes))
    else:
        print_added(outcomes)
    if any(outcome.error is not None for outcome in outcomes):
        raise typer.Exit(EXIT_FAILED)


@assets.command("list")
def list_assets(
    *,
    client: ClientOption = None,
    campaign: CampaignOption = None,
    type_: Annotated[
        str | None, typer.Option("--type", help="image, video, audio or document.", show_default=False)
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="With this tag; again for several.", show_default=False)
    ] = None,
    format_: Annotated[str | None, typer.Option("--format", help="As in png or mp4.", show_default=False)] = None,
    text: Annotated[str, typer.Option(help="Words that begin words of the name.", show_default=False)] = "",
    from_: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help="Uploaded then or later.", show_default=False)
    ] = None,
    before: Annotated[
        str | None, typer.Option(metavar="TIME", help="Uploaded earlier than that.", show_default=False)
    ] = None,
    min_size: Annotated[
        str | None, typer.Option(metavar="SIZE", help="At least, as in 500kB.", show_default=False)
    ] = None,
    max_size: Annotated[
        str | None, typer.Option(metavar="SIZE", help="At most, as in 20MB.", show_default=False)
    ] = None,
    bin_: Annotated[bool, typer.Option("--bin", help="What lies in the bin instead.")] = False,
    sort: Annotated[
        str, typer.Option(help="newest, oldest, name, size or duration (- before them turns them), updated.")
    ] = "newest",
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 50,
    offset: Annotated[int, typer.Option(min=0, help="How many of the first to leave out.")] = 0,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """List assets that meet every condition given."""
    from gauntlet.cli.asset_tables import print_assets
    from gauntlet.cli.orders import validated
    from gauntlet.cli.places import place_of
    from gauntlet.cli.quantities import read_size, read_time
    from gauntlet.core.paging import Page
    from gauntlet.domain.assets.schemas import AssetQuery

    conditions = {
        "asset_type": type_,
        "tags": tuple(tag or ()),
        "format": format_,
        "text": text,
        "uploaded_from": read_time(from_, field="from"),
        "uploaded_before": read_time(before, field="before"),
        "size_min_bytes": read_size(min_size, field="min-size"),
        "size_max_bytes": read_size(max_size, field="max-size"),
        "in_bin": bin_,
        "sort": sort,
    }
    query = validated(AssetQuery, conditions)
    page = validated(Page, {"limit": limit, "offset": offset})

    async def find(container: "Container") -> "tuple[Sequence[Asset], int]":
        principal = await container.accounts.local_user()
        client_id, campaign_id = await place_of(container, principal, client=client, campaign=campaign)
        placed = query.model_copy(update={"client_id": client_id, "campaign_id": campaign_id})
        return await container.assets.list(principal, query=placed, page=page)

    found, total = work(load_settings(data_dir), find)
    if json:
        print_json({"total": total, "assets": [asset.model_dump(mode="json") for asset in found]})
    else:
        print_assets(found, page=page, total=total, in_bin=bin_)


@assets.command("show")
def show_asset(asset_id: IdArgument, *, data_dir: DataDirOption = None, json: JsonOption = False) -> None:
    """Tell all that is known of an asset."""

    async def find(container: "Container") -> "Asset":
        return await container.assets.get(await container.accounts.local_user(), asset_id)

    _print_asset(work(load_settings(data_dir), find), as_json=json)


@assets.command("get")
def get_asset(
    asset_id: IdArgument,
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="A file, a folder, or - for stdout.", show_default="its name"),
    ] = None,
    version: Annotated[
        int | None, typer.Option(min=1, metavar="NUMBER", help="An earlier version.", show_default="the present one")
    ] = None,
    thumbnail: Annotated[bool, typer.Option("--thumbnail", help="The small picture of it instead.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Take a file out of the library, whole or not at all."""
    from gauntlet.cli.asset_files import STDOUT, Wanted, get_file

    if json and out == STDOUT:
        raise typer.BadParameter("--json and the file itself cannot both go to stdout.")
    wanted = Wanted(
        asset_id=asset_id, kind="thumbnail" if thumbnail else "original", version=version, out=out, overwrite=force
    )

    async def get(container: "Container") -> "tuple[Path, StoredFile]":
        return await get_file(container, await container.accounts.local_user(), wanted, silent=json)

    path, stored = work(load_settings(data_dir), get)
    if json:
        print_json({"file": str(path), **stored.model_dump(mode="json")})
    elif path != STDOUT:
        typer.echo(str(path))


@assets.command("tag")
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


@assets.command("edit")
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

    _print_asset(work(load_settings(data_dir), edit), as_json=json)


@assets.command("rm")
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


@assets.command("restore")
def restore_assets(asset_ids: IdsArgument, *, data_dir: DataDirOption = None, json: JsonOption = False) -> None:
    """Take assets out of the bin, with all that they had."""
    _edit(asset_ids, {"in_bin": False}, data_dir=data_dir, as_json=json)


@assets.command("versions")
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


@assets.command("replace")
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

    _print_asset(work(load_settings(data_dir), replace), as_json=json)


@assets.command("revert")
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

    _print_asset(work(load_settings(data_dir), revert), as_json=json)


@assets.command("usage")
def show_usage(
    *,
    client: Annotated[str, typer.Option(metavar="CLIENT", help="Whose; its name or id.", show_default=False)],
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Tell where a client's space goes: by type, by campaign, and in the bin."""
    from gauntlet.cli.asset_tables import print_usage
    from gauntlet.cli.places import find_client

    async def find(container: "Container") -> "StorageUsage":
        principal = await container.accounts.local_user()
        client_id = (await find_client(container, principal, client)).id
        return await container.usage.usage(principal, client_id)

    usage = work(load_settings(data_dir), find)
    if json:
        print_json(usage.model_dump(mode="json"))
    else:
        print_usage(usage)


def _edit(asset_ids: list[UUID], change: "Mapping[str, object]", *, data_dir: Path | None, as_json: bool) -> None:
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


def _print_asset(asset: "Asset", *, as_json: bool) -> None:
    from gauntlet.cli.asset_tables import print_asset

    if as_json:
        print_json(asset.model_dump(mode="json"))
    else:
        print_asset(asset)


def _count(number: int) -> str:
    return "1 asset" if number == 1 else f"{number:,} assets"

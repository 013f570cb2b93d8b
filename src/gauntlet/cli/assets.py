"""`gauntlet asset`: the library of clients' files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import EXIT_FAILED, JsonOption, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gauntlet.cli.asset_files import Outcome
    from gauntlet.domain.assets.schemas import Asset, FileKind, SignedUrl, StorageUsage, StoredFile
    from gauntlet.workflows.container import Container

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

    print_one(work(load_settings(data_dir), find), as_json=json)


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


@assets.command("link")
def sign_asset(
    asset_id: IdArgument,
    *,
    hours: Annotated[int, typer.Option(min=1, max=168, help="For how long it holds.")] = 24,
    thumbnail: Annotated[bool, typer.Option("--thumbnail", help="The small picture of it instead.")] = False,
    download: Annotated[bool, typer.Option("--download", help="To be saved rather than shown.")] = False,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Print an address that gives the file to whoever has it, for a while."""
    settings = load_settings(data_dir)
    kind: FileKind = "thumbnail" if thumbnail else "original" if download else "shown"

    async def sign(container: "Container") -> "SignedUrl":
        principal = await container.accounts.local_user()
        return await container.assets.sign(
            principal, asset_id, kind=kind, expires_in_s=hours * 3_600, download=download
        )

    signed = work(settings, sign)
    base = settings.base_url or f"http://{settings.server.host}:{settings.server.port}"
    url = f"{base.rstrip('/')}{signed.url}"
    if json:
        print_json(signed.model_dump(mode="json") | {"url": url})
    else:
        typer.echo(url)


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


def print_one(asset: "Asset", *, as_json: bool) -> None:
    """Print one asset."""
    from gauntlet.cli.asset_tables import print_asset

    if as_json:
        print_json(asset.model_dump(mode="json"))
    else:
        print_asset(asset)

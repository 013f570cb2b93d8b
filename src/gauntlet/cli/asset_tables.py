"""Assets as the terminal shows them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import typer

from gauntlet.cli.output import one_line, print_table, stderr
from gauntlet.cli.quantities import shown_duration, shown_size

if TYPE_CHECKING:
    from gauntlet.cli.asset_files import Outcome
    from gauntlet.core.paging import Page
    from gauntlet.domain.assets.schemas import Asset, AssetVersion, StorageUsage


def print_added(outcomes: "Sequence[Outcome]") -> None:
    """Print the ids and names of what was added, and why the rest was not."""
    from rich.markup import escape

    for outcome in outcomes:
        if outcome.asset is not None:
            typer.echo(f"{outcome.asset.id}  {outcome.asset.name}")
    console = stderr()
    for outcome in outcomes:
        if outcome.error is None:
            continue
        console.print(f"[bold red]Not added:[/] {escape(outcome.source)}", soft_wrap=True)
        console.print(f"  {escape(outcome.error.message)}", soft_wrap=True)
        if outcome.error.next_step:
            console.print(f"  [bold]→[/] {escape(outcome.error.next_step)}", soft_wrap=True)
    added = sum(outcome.asset is not None for outcome in outcomes)
    console.print(f"Added {added} of {len(outcomes)}.", markup=False)


def print_assets(found: "Sequence[Asset]", *, page: "Page", total: int, in_bin: bool) -> None:
    """Print assets as a table, and which part of how many they are."""
    rows = [
        (
            str(asset.id),
            one_line(asset.name, limit=40),
            asset.format,
            _measure(asset),
            shown_size(asset.size),
            one_line(", ".join(asset.tags), limit=30),
            f"{asset.deleted_at if in_bin and asset.deleted_at else asset.uploaded_at:%Y-%m-%d %H:%M}",
        )
        for asset in found
    ]
    headings = ("id", "name", "format", "", "size", "tags", "in the bin since" if in_bin else "uploaded")
    print_table("Assets", headings, rows, empty="No assets are like that." if total == 0 else "None is that far back.")
    if total > len(found):
        end = page.offset + len(found)
        stderr().print(f"{min(page.offset + 1, end)} to {end} of {total:,}; --offset {end} shows more.", markup=False)


def print_asset(asset: "Asset") -> None:
    """Print all that is known of an asset, a line each."""
    from rich.markup import escape
    from rich.table import Table

    from gauntlet.cli.output import stdout

    table = Table.grid(padding=(0, 2))
    shown: dict[str, object] = asset.model_dump(mode="json", by_alias=False, exclude_none=True, exclude={"user_id"})
    shown["size"] = f"{shown_size(asset.size)} ({asset.size:,} bytes)"
    for name, value in shown.items():
        parts = cast("list[object]", value) if isinstance(value, list) else [value]
        text = ", ".join(str(part) for part in parts)
        table.add_row(f"[bold]{name.replace('_', ' ')}[/]", escape(text))
    stdout().print(table, soft_wrap=True)


def print_changed(changed: "Sequence[Asset]") -> None:
    """Say what assets are like now."""
    console = stderr()
    for asset in changed:
        tags = f" [{', '.join(asset.tags)}]" if asset.tags else ""
        where = " is in the bin" if asset.deleted_at else tags
        console.print(f"{asset.id}  {asset.name}{where}", markup=False, soft_wrap=True)


def print_versions(found: "Sequence[AssetVersion]") -> None:
    """Print versions as a table."""
    rows = [
        (
            str(version.number),
            one_line(version.file_name, limit=40),
            version.format,
            shown_size(version.size),
            f"{version.created_at:%Y-%m-%d %H:%M}",
            "present" if version.is_current else "",
            f"repeats {version.restored_from}" if version.restored_from else "",
        )
        for version in found
    ]
    print_table("Versions", ("", "file", "format", "size", "since", "", ""), rows, empty="There are no more versions.")


def print_usage(usage: "StorageUsage") -> None:
    """Print where a client's space goes."""
    of_all = f" of {shown_size(usage.quota_bytes)}" if usage.quota_bytes is not None else ""
    typer.echo(f"{shown_size(usage.used_bytes)}{of_all} used by {usage.asset_count:,} assets,")
    typer.echo(f"{shown_size(usage.bin_bytes)} of it by {usage.bin_count:,} in the bin.")
    types = [(type_, f"{share.asset_count:,}", shown_size(share.size_bytes)) for type_, share in usage.by_type.items()]
    print_table("By type", ("type", "assets", "size"), types, empty="No type has any.")
    campaigns = [
        (share.name or "none", f"{share.asset_count:,}", shown_size(share.size_bytes)) for share in usage.by_campaign
    ]
    print_table("By campaign", ("campaign", "assets", "size"), campaigns, empty="No campaign has any.")


def _measure(asset: "Asset") -> str:
    match asset.type:
        case "image":
            return f"{asset.width}×{asset.height}"
        case "video":
            return f"{asset.width}×{asset.height} {shown_duration(asset.duration)}"
        case "audio":
            return shown_duration(asset.duration)
        case "document":
            return "" if asset.page_count is None else f"{asset.page_count:,} p."

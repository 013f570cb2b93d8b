"""`gauntlet storage`: where bytes lie, whether all of them do, and moving them elsewhere."""

from typing import TYPE_CHECKING, Annotated

import typer

from gauntlet.cli.environment import DataDirOption, load_settings, work
from gauntlet.cli.output import EXIT_FAILED, JsonOption, print_json, print_table, stderr

if TYPE_CHECKING:
    from gauntlet.domain.assets.schemas import StorageTotals, StorageUsage
    from gauntlet.storage.contents import StoreName
    from gauntlet.storage.reports import CheckDepth, CheckProgress, Finding, MoveProgress, MoveReport, StorageStats
    from gauntlet.workflows.container import Container

storage = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Where the library's bytes lie.")


@storage.command("stats")
def show_stats(*, data_dir: DataDirOption = None, json: JsonOption = False) -> None:
    """Tell where space goes: by store, by client, by type."""

    async def look(container: "Container") -> "tuple[StorageStats, StorageTotals]":
        principal = await container.accounts.local_user()
        return await container.storage.stats(), await container.usage.totals(principal)

    stats, totals = work(load_settings(data_dir), look)
    if json:
        print_json({"storage": stats.model_dump(mode="json"), "library": totals.model_dump(mode="json")})
    else:
        _print_stats(stats, totals)


@storage.command("quota")
def set_quota(
    size: Annotated[str, typer.Argument(metavar="SIZE", help="As in 5GB, or none for what the settings say.")],
    *,
    client: Annotated[str, typer.Option(metavar="CLIENT", help="Whose; its name or id.", show_default=False)],
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Say how much space a client's files may take."""
    from gauntlet.cli.asset_tables import print_usage
    from gauntlet.cli.places import find_client
    from gauntlet.cli.quantities import read_size

    quota_bytes = None if size == "none" else read_size(size, field="size")

    async def change(container: "Container") -> "StorageUsage":
        principal = await container.accounts.local_user()
        client_id = (await find_client(container, principal, client)).id
        return await container.usage.set_quota(principal, client_id, quota_bytes)

    usage = work(load_settings(data_dir), change)
    if json:
        print_json(usage.model_dump(mode="json"))
    else:
        print_usage(usage)


@storage.command("check")
def check_storage(
    *,
    deep: Annotated[bool, typer.Option("--deep", help="Read all bytes and compare their digests.")] = False,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended.")] = False,
    after: Annotated[
        str | None,
        typer.Option(metavar="DIGEST", help="Go on after this blob, as a check that stopped said.", show_default=False),
    ] = None,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Prove that rows and bytes agree; ends with 1 where they do not and that was not mended."""
    depth: CheckDepth = "hashes" if deep else "sizes"

    async def check(container: "Container") -> "tuple[list[Finding], CheckProgress | None]":
        return await _check(container, depth=depth, repair=repair, after=after, silent=json)

    findings, progress = work(load_settings(data_dir), check)
    left = [finding for finding in findings if not finding.was_repaired]
    if json:
        checked = progress.blobs_checked if progress else 0
        found = [finding.model_dump(mode="json") for finding in findings]
        print_json({"isSound": not left, "blobsChecked": checked, "findings": found})
    elif findings:
        mended = len(findings) - len(left)
        stderr().print(f"{len(findings):,} found, {mended:,} mended.", markup=False)
    else:
        stderr().print("Rows and bytes agree.", markup=False)
    if left:
        raise typer.Exit(EXIT_FAILED)


@storage.command("move")
def move_storage(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="database, filesystem or s3.")],
    target: Annotated[str, typer.Argument(metavar="TARGET", help="Another of them, set up as the settings say.")],
    *,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Move all bytes from one store to another, while the library is used; run it again where it was stopped."""
    places = _store(source), _store(target)

    async def move(container: "Container") -> "MoveReport":
        return await _move(container, *places, silent=json)

    settings = load_settings(data_dir)
    report = work(settings, move)
    if json:
        print_json(report.model_dump(mode="json"))
    else:
        _print_report(report, new_files_go_to=settings.storage.kind)
    if report.remaining or report.failures:
        raise typer.Exit(EXIT_FAILED)


def _store(name: str) -> "StoreName":
    from gauntlet.storage.contents import STORE_NAMES

    for known in STORE_NAMES:
        if name == known:
            return known
    raise typer.BadParameter(f"There is no store {name[:40]!r}; there are {', '.join(STORE_NAMES)}.")


async def _check(
    container: "Container", *, depth: "CheckDepth", repair: bool, after: str | None, silent: bool
) -> "tuple[list[Finding], CheckProgress | None]":
    from asyncio import CancelledError

    from gauntlet.cli.transfers import transfers
    from gauntlet.core.ids import Digest

    findings: list[Finding] = []
    latest: CheckProgress | None = None
    with transfers(silent=silent, unit="things") as shown:
        bar = shown.begin("Blobs", total_bytes=None)

        def follow(progress: "CheckProgress") -> None:
            nonlocal latest
            latest = progress
            bar.move(progress.blobs_checked, progress.blobs)

        try:
            async for finding in container.storage.check(
                depth=depth, repair=repair, after=Digest(after) if after else None, on_progress=follow
            ):
                findings.append(finding)
                if not silent:
                    _print_finding(finding)
        except CancelledError:
            if latest is not None and latest.last_digest is not None:
                bar.end(f"stopped; go on with gauntlet storage check --after {latest.last_digest}")
            raise
        bar.end(f"{latest.blobs_checked if latest else 0:,} checked")
    return findings, latest


async def _move(container: "Container", source: "StoreName", target: "StoreName", *, silent: bool) -> "MoveReport":
    from gauntlet.cli.quantities import shown_size
    from gauntlet.cli.transfers import transfers

    with transfers(silent=silent) as shown:
        bar = shown.begin(f"{source} → {target}", total_bytes=None)

        def follow(progress: "MoveProgress") -> None:
            bar.move(progress.bytes_moved, progress.size_bytes)
            bar.tell(f"{progress.blobs_moved:,} of {progress.blobs:,} blobs")

        report = await container.storage.move(source, target, on_progress=follow)
        bar.end(f"{report.blobs_moved:,} blobs moved, {shown_size(report.bytes_moved)}")
    return report


def _print_finding(finding: "Finding") -> None:
    mended = "mended: " if finding.was_repaired else ""
    typer.echo(f"{finding.kind.replace('_', ' ')}: {mended}{finding.message}")
    if finding.next_step and not finding.was_repaired:
        typer.echo(f"  → {finding.next_step}")


def _print_report(report: "MoveReport", *, new_files_go_to: str) -> None:
    for failure in report.failures:
        _print_finding(failure)
    if report.remaining:
        left = f"{report.remaining:,} blobs still lie in {report.source}; run the command again."
        stderr().print(left, markup=False)
    if new_files_go_to != report.target:
        advice = f"New files still go to {new_files_go_to}; set GAUNTLET_STORAGE__KIND={report.target} to change that."
        stderr().print(advice, markup=False, soft_wrap=True)


def _print_stats(stats: "StorageStats", totals: "StorageTotals") -> None:
    from gauntlet.cli.quantities import shown_size

    stores = [
        (
            store.store,
            f"{store.blobs:,}",
            shown_size(store.size_bytes),
            f"{store.unfinished:,}",
            "takes new files" if store.is_default else "" if store.is_configured else "not set up",
        )
        for store in stats.stores
    ]
    print_table("Stores", ("store", "blobs", "size", "unfinished", ""), stores, empty="There is no store.")
    clients = [
        (
            share.name,
            f"{share.asset_count:,}",
            shown_size(share.used_bytes),
            shown_size(share.quota_bytes) if share.quota_bytes is not None else "no limit",
        )
        for share in totals.by_client
    ]
    print_table("Clients", ("client", "assets", "used", "quota"), clients, empty="No client has any files.")
    types = [(type_, f"{share.asset_count:,}", shown_size(share.size_bytes)) for type_, share in totals.by_type.items()]
    print_table("Types", ("type", "assets", "size"), types, empty="There are no files yet.")
    typer.echo(f"Storing equal files once saves {shown_size(totals.saved_bytes)}.")
    if stats.damaged_blobs:
        typer.echo(f"Damaged blobs: {stats.damaged_blobs:,}; gauntlet storage check tells which.")
    if totals.quarantined_count:
        typer.echo(f"In quarantine, without a client: {totals.quarantined_count:,}; see gauntlet quarantine list.")

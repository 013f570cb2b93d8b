"""Many files put into the library at once, and files taken out of it."""

import asyncio
import sys
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gauntlet.cli.output import problem
from gauntlet.cli.transfers import Bar, Transfers, check_file, check_target, copy, file_pieces, save, transfers
from gauntlet.core.errors import GauntletError, InvalidInput
from gauntlet.domain.assets.schemas import Asset, AssetDraft, FileKind, StoredFile

if TYPE_CHECKING:
    from gauntlet.domain.accounts.schemas import Principal
    from gauntlet.workflows.container import Container

AT_ONCE: Final = 4
STDOUT: Final = Path("-")
_WEB: Final = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: an asset, or an error."""

    source: str
    asset: Asset | None = None
    error: GauntletError | None = None


def document_of(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Return outcomes for a program to read."""
    return {
        "assets": [outcome.asset.model_dump(mode="json") for outcome in outcomes if outcome.asset is not None],
        "failures": [
            {"source": outcome.source, "problem": problem(outcome.error)}
            for outcome in outcomes
            if outcome.error is not None
        ],
    }


async def add_all(
    container: "Container", principal: "Principal", sources: Sequence[str], draft: AssetDraft, *, silent: bool
) -> list[Outcome]:
    """Make an asset of each file or web address, a few at once; one that fails does not keep the others."""
    slots = asyncio.Semaphore(AT_ONCE)
    with transfers(silent=silent) as shown:

        async def add(source: str) -> Outcome:
            async with slots:
                try:
                    return Outcome(source, asset=await _add(container, principal, source, draft, shown))
                except GauntletError as error:
                    return Outcome(source, error=error)

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(add(source)) for source in sources]
    return [task.result() for task in tasks]


async def _add(
    container: "Container", principal: "Principal", source: str, draft: AssetDraft, shown: Transfers
) -> Asset:
    from_web = source.lower().startswith(_WEB)
    size_bytes = None if from_web else check_file(Path(source))
    bar = shown.begin(source if from_web else Path(source).name, total_bytes=size_bytes)
    try:
        if size_bytes is None:
            asset = await container.remote_uploads.fetch(principal, draft, source, on_progress=bar.move)
        else:
            asset = await _add_file(container, principal, Path(source), draft, bar, size_bytes=size_bytes)
    except BaseException:
        bar.end("not added")
        raise
    bar.end(f"added as {asset.id}")
    return asset


async def _add_file(
    container: "Container", principal: "Principal", path: Path, draft: AssetDraft, bar: Bar, *, size_bytes: int
) -> Asset:
    assets = container.assets
    await assets.check_upload(principal, draft, file_name=path.name, size_bytes=size_bytes)
    async with aclosing(file_pieces(path, bar, total_bytes=size_bytes)) as pieces:
        async with assets.receiving(pieces, file_name=path.name) as received:
            return await assets.register(principal, draft, received)


async def replace_file(
    container: "Container", principal: "Principal", asset_id: UUID, path: Path, *, silent: bool
) -> Asset:
    """Make a file the newest version of an asset."""
    size_bytes = check_file(path)
    before = await container.assets.get(principal, asset_id)
    with transfers(silent=silent) as shown:
        bar = shown.begin(path.name, total_bytes=size_bytes)
        async with aclosing(file_pieces(path, bar, total_bytes=size_bytes)) as pieces:
            async with container.assets.receiving(pieces, file_name=path.name) as received:
                asset = await container.assets.replace(principal, asset_id, received)
        same = asset.version == before.version
        bar.end(f"is {'still ' if same else ''}version {asset.version} of {asset.id}")
    return asset


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which file of an asset goes where; `out` is a file, a folder, `-` or, as None, the working directory."""

    asset_id: UUID
    kind: FileKind
    version: int | None
    out: Path | None
    overwrite: bool


async def get_file(
    container: "Container", principal: "Principal", wanted: Wanted, *, silent: bool
) -> tuple[Path, StoredFile]:
    """Write a file of an asset, whole or not at all; return where it is and what it is."""
    stored = await container.assets.file(principal, wanted.asset_id, kind=wanted.kind, version=wanted.version)
    path = _target(wanted, stored)
    with transfers(silent=silent) as shown:
        bar = shown.begin(stored.name, total_bytes=stored.size_bytes)
        pieces = container.blobs.read(stored.digest)
        if path == STDOUT:
            await copy(pieces, sys.stdout.buffer, bar, digest=stored.digest, size_bytes=stored.size_bytes)
        else:
            await save(
                pieces,
                path,
                bar,
                digest=stored.digest,
                size_bytes=stored.size_bytes,
                overwrite=wanted.overwrite,
            )
        bar.end(f"{stored.size_bytes:,} bytes")
    return path, stored


def _target(wanted: Wanted, stored: StoredFile) -> Path:
    if wanted.out == STDOUT:
        if sys.stdout.isatty() and not wanted.overwrite:
            raise InvalidInput(
                "The file's bytes would go to the terminal.",
                next_step="Pipe them on, give --out FILE, or insist with --force.",
                details={"field": "out", "value": "-"},
            )
        return STDOUT
    out = wanted.out or Path()
    path = out / Path(stored.name).name if out.is_dir() else out
    check_target(path, overwrite=wanted.overwrite)
    return path

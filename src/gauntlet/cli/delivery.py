"""The files of a finished ad, written beside each other, and what is said about them."""

import contextlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gauntlet.cli.output import stdout
from gauntlet.cli.progress import FILM_STAGES, STORYBOARD_STAGES
from gauntlet.cli.quantities import shown_size
from gauntlet.core.errors import StorageFailed
from gauntlet.core.money import format_usd
from gauntlet.domain.jobs.schemas import DeliverableKind

if TYPE_CHECKING:
    from gauntlet.domain.accounts.schemas import Principal
    from gauntlet.domain.jobs.schemas import JobDetail
    from gauntlet.workflows.container import Container

CONTACT_SHEET: Final = "contact_sheet"
_SUFFIXES: Final[Mapping[str, str]] = {
    DeliverableKind.VIDEO.value: ".mp4",
    DeliverableKind.SRT.value: ".srt",
    DeliverableKind.VTT.value: ".vtt",
    DeliverableKind.POSTER.value: ".poster",
    CONTACT_SHEET: ".contact-sheet",
    DeliverableKind.MANIFEST.value: ".manifest.json",
}
_PICTURE_SUFFIXES: Final = ((b"\x89PNG", ".png"), (b"\xff\xd8", ".jpg"), (b"RIFF", ".webp"))


@dataclass(frozen=True, slots=True)
class Delivery:
    """A finished ad: the job as it ended, and its files by kind."""

    job: "JobDetail"
    files: Mapping[str, Path]

    def as_document(self) -> dict[str, object]:
        """Return it for a program to read."""
        job = self.job
        return {
            "jobId": job.id,
            "clientId": str(job.client_id),
            "status": job.status.value,
            "durationS": job.brief.technical_specs.duration if job.brief else None,
            "storyboardVersion": job.storyboard_version,
            "fingerprint": job.storyboard_fingerprint,
            "files": {kind: str(path) for kind, path in self.files.items()},
            "stageSeconds": {stage.value: round(seconds, 3) for stage, seconds in job.timings.items()},
            "cost": format_usd(job.actual_cost_microusd),
            "costMicrousd": job.actual_cost_microusd,
            "estimatedCostMicrousd": job.estimated_cost_microusd,
            "planner": job.brief.planner if job.brief else None,
            "warnings": [warning.message for warning in job.brief.warnings] if job.brief else [],
        }


async def deliver(container: "Container", principal: "Principal", job: "JobDetail", *, out: Path) -> Delivery:
    """Write the job's files beside `out`; each is there whole or not at all. Raises `StorageFailed`."""
    files: dict[str, Path] = {CONTACT_SHEET: await deliver_sheet(container, principal, job, out=out)}
    for kind in DeliverableKind:
        digest = await container.jobs.deliverable(principal, job.id, kind=kind)
        files[kind.value] = _write(out, kind.value, await container.blobs.read_bytes(digest))
    return Delivery(job=job, files={kind: files[kind] for kind in _SUFFIXES})


async def deliver_sheet(container: "Container", principal: "Principal", job: "JobDetail", *, out: Path) -> Path:
    """Write the contact sheet beside `out`."""
    digest = await container.jobs.contact_sheet(principal, job.id)
    return _write(out, CONTACT_SHEET, await container.blobs.read_bytes(digest))


def print_delivery(delivery: Delivery) -> None:
    """Print files, times and cost."""
    from rich.markup import escape
    from rich.table import Table

    files = Table.grid(padding=(0, 2))
    for kind, path in delivery.files.items():
        size = shown_size(path.stat().st_size)
        files.add_row(kind.replace("_", " "), f"[bold]{escape(str(path))}[/]", f"[dim]{size}[/]")
    timings = delivery.job.timings
    times = [
        f"{stage.value} {timings[stage]:.1f} s" for stage in (*STORYBOARD_STAGES, *FILM_STAGES) if stage in timings
    ]
    console = stdout()
    console.print(files)
    console.print(f"Time: {' · '.join(times)}", soft_wrap=True)
    job = delivery.job
    estimated = f" (estimated {job.estimated_cost})" if job.estimated_cost_microusd else ""
    console.print(f"Cost: {format_usd(job.actual_cost_microusd)}{estimated}")


def _write(out: Path, kind: str, data: bytes) -> Path:
    suffix = _SUFFIXES[kind]
    if "." not in suffix[1:] and kind in {DeliverableKind.POSTER.value, CONTACT_SHEET}:
        suffix += next((ending for mark, ending in _PICTURE_SUFFIXES if data.startswith(mark)), "")
    path = out.with_name(out.stem + suffix)
    try:
        _write_whole(path, data)
    except OSError as error:
        raise StorageFailed(
            f"{path} could not be written: {error.strerror or error}.",
            next_step="Make room or choose another place with --out; the ad itself is kept in the data directory.",
            details={"path": str(path)},
        ) from error
    return path


def _write_whole(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)  # mkstemp's 0600 would keep the ad from everybody else
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise

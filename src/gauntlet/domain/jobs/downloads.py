"""What can be taken away of a job: files with names of their own, and what was checked of the film."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, Literal

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema
from gauntlet.db.models.blobs import BlobRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.db.models.jobs import JobRow
from gauntlet.domain.jobs import repository
from gauntlet.domain.jobs.rules import JobStatus

_STEM_MAX: Final = 80


class DownloadKind(StrEnum):
    """The files of an ad."""

    VIDEO = "video"
    POSTER = "poster"
    CONTACT_SHEET = "contact_sheet"
    SRT = "srt"
    VTT = "vtt"
    MANIFEST = "manifest"


class Download(Schema):
    """A file to take away; `url` has it saved under `file_name`."""

    kind: DownloadKind
    media_type: str
    size_bytes: int
    url: str
    file_name: str


class JobFile(Schema):
    """A file of a job, as it is stored and as it is called."""

    kind: DownloadKind
    digest: Digest
    size_bytes: int
    media_type: str
    file_name: str


class PreflightCheck(Schema):
    """One thing that was looked at; where it was not as it should be, if it was not."""

    id: str
    status: Literal["passed", "warned", "failed"]
    message: str
    scene: int | None = None
    at_frame: int | None = None
    at_s: float | None = Field(default=None, description="Seconds from the film's start.")


class PreflightView(Schema):
    """What a program can see of an ad before it is delivered. Nothing but `failed` stands in the way of that."""

    job_id: int
    version: int = Field(description="The storyboard's.")
    is_of_film: bool = Field(description="False before the film is there: then only its timeline was looked at.")
    status: Literal["passed", "warned", "failed"] = Field(description="The worst among the checks.")
    checks: tuple[PreflightCheck, ...]


_SHAPES: Final = {
    # media type, the end of the name, the end of the address
    DownloadKind.VIDEO: ("video/mp4", ".mp4", "video"),
    DownloadKind.POSTER: ("image/jpeg", "-poster.jpg", "thumbnail"),
    DownloadKind.CONTACT_SHEET: ("image/png", "-storyboard.png", "contact-sheet"),
    DownloadKind.SRT: ("application/x-subrip", ".srt", "captions.srt"),
    DownloadKind.VTT: ("text/vtt", ".vtt", "captions.vtt"),
    DownloadKind.MANIFEST: ("application/json", "-manifest.json", "metadata"),
}


def file_stem(*, client: str, title: str, job_id: int) -> str:
    """Return how an ad's files are called, after its client and its title: `blue-fox-wake-up`."""
    whose, what = _slug(client), _slug(title)
    stem = what if f"{what}-".startswith(f"{whose}-") or not whose else f"{whose}-{what}"
    return stem[:_STEM_MAX].strip("-") or f"ad-{job_id}"


def _slug(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-")


def download(file: JobFile, *, job_id: int) -> Download:
    """Return the file with its address."""
    return Download(
        kind=file.kind,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        url=f"/api/v2/jobs/{job_id}/{_SHAPES[file.kind][2]}?download=true",
        file_name=file.file_name,
    )


async def job_files(session: AsyncSession, row: JobRow) -> Sequence[JobFile]:
    """Return the files that there are of a job's present version: of a film that is not finished, none."""
    version = row.storyboard_version or 0
    storyboard = await repository.storyboard_row(session, job_id=row.id, version=version)
    if storyboard is None:
        return ()
    client = await session.get_one(ClientRow, row.client_id)
    stem = file_stem(client=client.name, title=str(storyboard.content["brief"]["title"]), job_id=row.id)
    found: dict[DownloadKind, tuple[str, int]] = {}
    if row.status == JobStatus.COMPLETED:
        delivered = await repository.deliverables(session, job_id=row.id, version=version)
        found = {DownloadKind(file.kind): (file.digest, file.size_bytes) for file in delivered}
    sheet = storyboard.contact_sheet_digest
    if sheet is not None:
        size_bytes = await session.scalar(select(BlobRow.size_bytes).where(BlobRow.digest == sheet))
        found[DownloadKind.CONTACT_SHEET] = (sheet, size_bytes or 0)
    return tuple(_file(kind, *found[kind], stem=stem) for kind in DownloadKind if kind in found)


def _file(kind: DownloadKind, digest: str, size_bytes: int, *, stem: str) -> JobFile:
    media_type, ending, _ = _SHAPES[kind]
    return JobFile(
        kind=kind, digest=Digest(digest), size_bytes=size_bytes, media_type=media_type, file_name=f"{stem}{ending}"
    )

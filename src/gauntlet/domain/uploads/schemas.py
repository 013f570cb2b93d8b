"""Uploads as callers see them, and what they say of the bytes that they send."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from pydantic import Field

from gauntlet.core.errors import Detail
from gauntlet.core.ids import AssetId, ClientId
from gauntlet.core.schema import Schema

UploadStatus = Literal["receiving", "complete", "failed"]
ChecksumAlgorithm = Literal["sha1", "sha256", "sha512", "md5"]

CHECKSUM_ALGORITHMS: Final[tuple[ChecksumAlgorithm, ...]] = ("sha1", "sha256", "sha512", "md5")


class UploadFailure(Schema):
    """Why an upload became nothing: the problem that its last request was answered with."""

    code: str
    status: int
    detail: str
    next_step: str | None = None
    details: dict[str, Detail] = Field(default_factory=dict)


class Upload(Schema):
    """A file on its way."""

    id: UUID
    client_id: ClientId
    file_name: str
    offset: int = Field(ge=0, description="Bytes that are safe; the next one to send.")
    size: int | None = Field(ge=0, description="Bytes of the whole file; null while that is not declared.")
    status: UploadStatus
    asset_id: AssetId | None = Field(description="What it became; null before that, and after the asset is deleted.")
    failure: UploadFailure | None
    created_at: datetime
    expires_at: datetime = Field(description="When an unfinished upload, or the memory of one that ended, is removed.")


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the bytes of one request must hash to."""

    algorithm: ChecksumAlgorithm
    digest: bytes


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes that somebody sends: `pieces`, to be placed at `offset`.

    `length` is how many are announced, where they are; `size_bytes` the whole file's size, where it is declared only
    now. `pieces` raises `BrokenOff` where the sender goes away.
    """

    offset: int
    pieces: AsyncIterator[bytes]
    length: int | None = None
    size_bytes: int | None = None
    checksum: Checksum | None = None

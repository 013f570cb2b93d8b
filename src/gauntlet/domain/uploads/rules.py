"""What an upload in parts must keep to: pure functions."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from gauntlet.core.errors import Conflict, GauntletError, InvalidInput, NotAllowed, NotFound, TooLarge
from gauntlet.db.models.uploads import UploadRow
from gauntlet.domain.uploads.errors import UploadGone
from gauntlet.domain.uploads.incoming import Ending
from gauntlet.domain.uploads.schemas import Stretch, UploadFailure

LIFETIME: Final = timedelta(hours=24)
"""Until an upload of which nothing more comes is removed."""

PART_BYTES: Final = 64 << 20
"""What one request sends is made safe in parts of this size, so that a crash loses no more."""

PARTS_MAX: Final = 10_000
UNFINISHED_MAX: Final = 1_000

REFUSALS: Final = (InvalidInput, NotFound, NotAllowed)
"""Errors of registering a file that no second attempt would mend, as those of a full disk are mended."""


def check_not_empty(size_bytes: int) -> None:
    """Raise for a file that is announced to have no content."""
    if size_bytes == 0:
        raise InvalidInput(
            "The file is announced with 0 bytes; an empty file is no asset.",
            next_step="Upload a file that has content.",
            details={"field": "Upload-Length", "value": 0},
        )


def check_unfinished(count: int) -> None:
    """Raise where somebody has as many unfinished uploads as may be."""
    if count >= UNFINISHED_MAX:
        raise Conflict(
            f"You have {count:,} unfinished uploads; the limit is {UNFINISHED_MAX:,}.",
            next_step="Finish or delete some; list them with GET /api/v2/uploads.",
            details={"value": count, "limit": UNFINISHED_MAX},
        )


def check_stretch(row: UploadRow, stretch: Stretch) -> None:
    """Raise where bytes do not continue the upload, or are more than it may still have."""
    if stretch.offset != row.offset_bytes:
        raise offset_conflict(row.id, sent=stretch.offset, safe=row.offset_bytes)
    declared = stretch.size_bytes
    if declared is not None and row.size_bytes not in {None, declared}:
        raise Conflict(
            f"The upload was declared with {row.size_bytes:,} bytes, and now with {declared:,}.",
            next_step="Send Upload-Length once; start a new upload for another file.",
            details={"field": "Upload-Length", "value": declared, "limit": row.size_bytes},
        )
    if declared is not None and declared < row.offset_bytes:
        raise InvalidInput(
            f"Upload-Length says {declared:,} bytes, but {row.offset_bytes:,} have come already.",
            next_step="Declare the whole file's size.",
            details={"field": "Upload-Length", "value": declared, "limit": row.offset_bytes},
        )


def check_length(stretch: Stretch, *, remaining_bytes: int) -> None:
    """Raise where more bytes are announced than may still come."""
    if stretch.length is not None and stretch.length > remaining_bytes:
        raise TooLarge(
            f"The request announces {stretch.length:,} bytes; {remaining_bytes:,} may still come.",
            next_step="Send no more than Upload-Length announced.",
            details={"field": "Content-Length", "value": stretch.length, "limit": remaining_bytes},
        )


def check_part_count(count: int) -> None:
    """Raise where an upload is cut too small."""
    if count >= PARTS_MAX:
        raise TooLarge(
            f"The upload came in {count:,} parts; the limit is {PARTS_MAX:,}.",
            next_step="Start again and send larger parts: a megabyte and more, or all that is left.",
            details={"value": count, "limit": PARTS_MAX},
        )


def offset_conflict(upload_id: UUID, *, sent: int, safe: int) -> Conflict:
    """Return the error for bytes that are sent to another place than where the upload goes on."""
    return Conflict(
        f"The upload goes on at byte {safe:,}, not at byte {sent:,}.",
        next_step=f"Ask HEAD /api/v2/uploads/{upload_id} for its Upload-Offset and send from there.",
        details={"field": "Upload-Offset", "value": sent, "offset": safe},
    )


def interruption(how: Ending, *, safe: int, checked: bool) -> str:
    """Return what is told where the bytes stopped coming."""
    cause = {
        "disconnected": "The client went away",
        "stood still": "No bytes came for a minute",
        "taken over": "Another request took the upload over",
    }[how]
    kept = "nothing of the request is kept, for its checksum cannot be told" if checked else "what came is kept"
    return f"{cause}; {kept}. The upload goes on at byte {safe:,}."


def gone(row: UploadRow) -> UploadGone:
    """Return the error for an upload that cannot be taken up again."""
    failure = None if row.failure is None else UploadFailure.model_validate(row.failure)
    why = "it has expired" if failure is None else f"it was refused: {failure.detail}"
    return UploadGone(
        f"The upload {row.id} is gone; {why}",
        next_step="Start a new upload with POST /api/v2/uploads.",
        details={"uploadId": str(row.id), "reason": "expired" if failure is None else failure.code},
    )


def failure_of(error: GauntletError) -> UploadFailure:
    """Return what is remembered of a refusal."""
    return UploadFailure(
        code=error.code,
        status=error.status,
        detail=error.message,
        next_step=error.next_step,
        details=error.details,
    )

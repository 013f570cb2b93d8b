"""Files of assets on the wire: what a browser may show, what it may only save, and sounds drawn or as numbers."""

from typing import Final, Literal

from fastapi import Request, Response

from gauntlet.api.etag import matches
from gauntlet.api.ranges import CONTENT_SECURITY_POLICY, Disposition, Sent, blob_response
from gauntlet.core.ids import Digest
from gauntlet.domain.assets.schemas import StoredFile
from gauntlet.media.waveforms import Waveform, waveform_svg
from gauntlet.storage.base import BlobStore

WaveformFormat = Literal["json", "svg"]

# What browsers show without running anything of it. A PDF may hold scripts and links, an SVG is a page, and text is
# what somebody's plugin takes it for: those are saved.
_SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
_SHOWN_KINDS: Final = ("video/", "audio/")
_JSON: Final = "application/json"
_SVG: Final = "image/svg+xml"

FILE_MEDIA_TYPES: Final = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    _SVG,
    "video/mp4",
    "video/webm",
    "video/quicktime",
    "video/x-msvideo",
    "video/x-matroska",
    "audio/mpeg",
    "audio/wav",
    "audio/ogg",
    "audio/aac",
    "audio/mp4",
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/plain",
)


def disposition_of(media_type: str) -> Disposition:
    """Return whether a browser may show a file of this type, or only save it."""
    is_shown = media_type in _SHOWN or media_type.startswith(_SHOWN_KINDS)
    return "inline" if is_shown else "attachment"


def file_response(request: Request, blobs: BlobStore, file: StoredFile, *, download: bool) -> Response:
    """Return an asset's file, whole or in part; `download` has it saved whatever it is."""
    sent = Sent(
        digest=file.digest,
        size_bytes=file.size_bytes,
        media_type=file.media_type,
        name=file.name,
        disposition="attachment" if download else disposition_of(file.media_type),
    )
    return blob_response(request, blobs, sent)


async def waveform_response(
    request: Request, blobs: BlobStore, file: StoredFile, wanted: WaveformFormat | None
) -> Response:
    """Return a sound as a drawing or as peaks: as asked for, else as `Accept` prefers, else drawn.

    A drawing is what an `<img>` needs, and not every browser says so.
    """
    format_ = wanted or ("json" if prefers_json(request.headers.get("accept", "")) else "svg")
    etag = f'"{file.digest}-{format_}"'
    headers = {
        "etag": etag,
        "vary": "Accept",
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "x-content-type-options": "nosniff",
    }
    if matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    peaks = await _peaks(blobs, file.digest)
    if format_ == "json":
        return Response(peaks.model_dump_json(), headers=headers, media_type=_JSON)
    return Response(waveform_svg(peaks), headers=headers, media_type=_SVG)


def prefers_json(accept: str) -> bool:
    """Return whether an `Accept` header (RFC 9110, section 12.5.1) wants JSON more than a drawing."""
    wanted = _qualities(accept)
    return _quality(wanted, _JSON) > _quality(wanted, _SVG)


def _qualities(accept: str) -> dict[str, float]:
    wanted: dict[str, float] = {}
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            wanted[media_range] = float(weight)
        except ValueError:
            wanted[media_range] = 0.0
    return wanted


def _quality(wanted: dict[str, float], media_type: str) -> float:
    kind = media_type.partition("/")[0]
    return next((wanted[name] for name in (media_type, f"{kind}/*", "*/*") if name in wanted), 0.0)


async def _peaks(blobs: BlobStore, digest: Digest) -> Waveform:
    return Waveform.model_validate_json(await blobs.read_bytes(digest))

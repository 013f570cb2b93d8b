"""Stored bytes on the wire: whole or in part (RFC 9110, section 14), sent again only when they changed."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final, Literal, cast
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from gauntlet.api.errors import PROBLEM_MEDIA_TYPE, problem_response, request_id_of
from gauntlet.api.etag import matches
from gauntlet.core.errors import GauntletError
from gauntlet.core.ids import Digest
from gauntlet.storage.base import BlobStore

# Whatever a browser is shown here, it runs and loads nothing, and belongs to no origin.
CONTENT_SECURITY_POLICY: Final = "sandbox; default-src 'none'"
# The page that a browser makes around a film or a sound which it is sent to loads that one again.
_PLAYED_SECURITY_POLICY: Final = f"{CONTENT_SECURITY_POLICY}; media-src 'self'"
_PLAYED: Final = ("video/", "audio/")
_AT_ONCE_BYTES: Final = 1 << 18
_RANGES_READ: Final = 16  # of one header; who asks for more gets the whole
_RANGE: Final = re.compile(r"([0-9]{0,18})-([0-9]{0,18})")
_ATTRIBUTE_CHARACTERS: Final = "!#$&+-.^_`|~"  # RFC 8187: what a filename* may hold besides letters and digits

Disposition = Literal["inline", "attachment"]


class RangeNotSatisfiable(GauntletError):
    """None of the parts that were asked for lies inside the file."""

    code = "range_not_satisfiable"
    status = 416


@dataclass(frozen=True, slots=True)
class ByteRange:
    """A part of a file that lies inside it; never empty."""

    start: int
    length: int

    def content_range(self, size_bytes: int) -> str:
        """Return the value of `Content-Range`."""
        return f"bytes {self.start}-{self.start + self.length - 1}/{size_bytes}"


@dataclass(frozen=True, slots=True)
class Sent:
    """A blob as it is to be sent; `name` is what a browser saves it under."""

    digest: Digest
    size_bytes: int
    media_type: str
    name: str
    disposition: Disposition = "inline"


def requested_range(header: str | None, *, size_bytes: int) -> ByteRange | None:
    """Return the part that a `Range` header asks for, or None where the whole is to be sent.

    Of several parts, the first that lies inside the file is sent, as RFC 9110 allows. A header in another unit or one
    that breaks the grammar is ignored. Raises `RangeNotSatisfiable` where no part lies inside.
    """
    unit, separator, ranges = (header or "").partition("=")
    if not separator or unit.strip().lower() != "bytes":
        return None
    wanted = [part.strip(" \t") for part in ranges.split(",")]
    wanted = [part for part in wanted if part]
    if not 1 <= len(wanted) <= _RANGES_READ:
        return None
    bounds = [_bounds(part, size_bytes) for part in wanted]
    if None in bounds:
        return None
    found = [bound for bound in bounds if bound is not None and bound.length > 0]
    if found:
        return found[0]
    raise RangeNotSatisfiable(
        f"The range {ranges[:60]!r} lies outside the file, which has {size_bytes:,} bytes.",
        next_step=f"Ask for bytes between 0 and {size_bytes - 1}." if size_bytes else "Ask without a Range header.",
        details={"field": "Range", "value": ranges[:60], "limit": size_bytes},
    )


def _bounds(part: str, size_bytes: int) -> ByteRange | None:
    """Return one part cut to the file (with length 0 outside it), or None for one that breaks the grammar."""
    match = _RANGE.fullmatch(part)
    if match is None or part == "-":
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), size_bytes)
        return ByteRange(size_bytes - length, length)
    start, end = int(first), int(last) if last else size_bytes - 1
    if last and end < start:
        return None
    return ByteRange(start, max(0, min(end, size_bytes - 1) - start + 1))


def blob_response(request: Request, blobs: BlobStore, sent: Sent) -> Response:
    """Return a blob as a response: 200, 206 for a part, 304 where the caller has it, 416 outside it.

    Reads only the bytes that are sent, as they are sent. For HEAD as well.
    """
    etag = f'"{sent.digest}"'
    headers = {
        "etag": etag,
        "accept-ranges": "bytes",
        "content-disposition": content_disposition(sent.name, sent.disposition),
        "content-security-policy": (
            _PLAYED_SECURITY_POLICY if sent.media_type.startswith(_PLAYED) else CONTENT_SECURITY_POLICY
        ),
        "x-content-type-options": "nosniff",
    }
    if matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    try:
        part = requested_range(_range_header(request, etag), size_bytes=sent.size_bytes)
    except RangeNotSatisfiable as error:
        return _not_satisfiable(request, error, size_bytes=sent.size_bytes)
    if part is not None:
        headers["content-range"] = part.content_range(sent.size_bytes)
    else:
        part = ByteRange(0, sent.size_bytes)
    headers["content-length"] = str(part.length)
    body = _nothing() if request.method == "HEAD" else blobs.read(sent.digest, start=part.start, length=part.length)
    status = 206 if "content-range" in headers else 200
    kind = StreamingResponse if part.length > _AT_ONCE_BYTES else _ShortResponse
    return kind(body, status_code=status, headers=headers, media_type=sent.media_type)


class _ShortResponse(StreamingResponse):
    """A response of few bytes: sent before anybody could go away, so that nothing has to watch whether somebody does.

    What goes wrong with reading is answered with a problem, for nothing is sent before all is read.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        pieces = [cast("bytes", piece) async for piece in self.body_iterator]
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": b"".join(pieces), "more_body": False})


def content_disposition(name: str, disposition: Disposition) -> str:
    """Return the header that names a file (RFC 6266), for every browser and every script."""
    plain = re.sub(r'[^ -~]|["\\%]', "_", name)
    extended = quote(name, safe=_ATTRIBUTE_CHARACTERS)
    return f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{extended}"


def file_responses(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route that answers with `blob_response`, for the API's description."""
    content = {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in media_types}
    text = {"schema": {"type": "string"}}
    problem = {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        200: {"description": "The file.", "content": content, "headers": {"ETag": text, "Accept-Ranges": text}},
        206: {
            "description": "The part of it that `Range` asks for.",
            "content": content,
            "headers": {"ETag": text, "Content-Range": text},
        },
        304: {"description": "Not changed since the answer whose `ETag` was sent as `If-None-Match`."},
        416: {
            "description": "The range lies outside the file.",
            "content": problem,
            "headers": {"Content-Range": text},
        },
    }


def _range_header(request: Request, etag: str) -> str | None:
    """Return the range to honour: none when `If-Range` speaks of another version (a strong comparison, no dates)."""
    condition = request.headers.get("if-range")
    if request.method != "GET" or (condition is not None and condition.strip() != etag):
        return None
    return request.headers.get("range")


def _not_satisfiable(request: Request, error: RangeNotSatisfiable, *, size_bytes: int) -> Response:
    return problem_response(
        request_id=request_id_of(request),
        status=error.status,
        code=error.code,
        detail=error.message,
        next_step=error.next_step,
        details=error.details,
        headers={"content-range": f"bytes */{size_bytes}"},
    )


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""

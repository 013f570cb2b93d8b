"""The tus protocol, version 1.0.0 (https://tus.io/protocols/resumable-upload): its headers, read and written.

Core and the extensions in `EXTENSIONS`. What a server of it must do with every request and answer is done by the
middleware; what the requests mean, by `routes/uploads.py`.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gauntlet.api.errors import problem_response
from gauntlet.core.errors import GauntletError, InvalidInput, UnsupportedMedia
from gauntlet.domain.uploads.schemas import CHECKSUM_ALGORITHMS, Checksum, ChecksumAlgorithm

VERSION: Final = "1.0.0"
EXTENSIONS: Final = (
    "creation",
    "creation-with-upload",
    "creation-defer-length",
    "expiration",
    "checksum",
    "termination",
)
BYTES_MEDIA_TYPE: Final = "application/offset+octet-stream"
METADATA_MAX_CHARACTERS: Final = 8_192

_PATH: Final = re.compile(r"/api/v2/uploads(/[^/]*)?/?")
# OPTIONS tells of the version; GET is no method of the protocol, and answers JSON to whoever asks.
_WITHOUT_VERSION: Final = frozenset({"OPTIONS", "GET"})
_OVERRIDES: Final = frozenset({"PATCH", "DELETE", "HEAD"})
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_KEY: Final = re.compile(r"[!-+\--~]{1,100}")  # printable ASCII but the comma


class BadUploadRequest(InvalidInput):
    """A request that the tus protocol does not allow."""

    code = "bad_request"
    status = 400


class UnknownProtocolVersion(GauntletError):
    """A request in another version of the tus protocol, or in none."""

    code = "precondition_failed"
    status = 412


class TusProtocol:
    """Refuses other versions than ours, says ours in every answer, and reads the method that a proxy did not let by."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not _PATH.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return

        async def send_with_version(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("tus-resumable", VERSION)
            await send(message)

        headers = Headers(scope=scope)
        override = headers.get("x-http-method-override", "").upper()
        if scope["method"] == "POST" and override in _OVERRIDES:
            scope = {**scope, "method": override}
        sent = headers.get("tus-resumable")
        if scope["method"] in _WITHOUT_VERSION or sent == VERSION:
            await self._app(scope, receive, send_with_version)
            return
        response = problem_response(
            request_id=str(scope["state"]["request_id"]),
            status=UnknownProtocolVersion.status,
            code=UnknownProtocolVersion.code,
            detail=f"Uploads in parts follow the tus protocol {VERSION}; the request's Tus-Resumable is {sent!r:.40}.",
            next_step=f"Use a tus client, or send `Tus-Resumable: {VERSION}`.",
            details={"field": "Tus-Resumable", "value": (sent or "")[:40], "limit": VERSION},
            headers={"tus-version": VERSION, "connection": "close"},
        )
        await response(scope, receive, send_with_version)


def length_of(headers: Mapping[str, str], name: str) -> int | None:
    """Return a header's number, or None where there is no such header."""
    value = headers.get(name)
    if value is None:
        return None
    if not _NUMBER.fullmatch(value.strip()):
        raise BadUploadRequest(
            f"{name} is {value[:40]!r}, which is no number of bytes.",
            next_step="Send a decimal number, 0 or larger.",
            details={"field": name, "value": value[:40]},
        )
    return int(value)


def declared_size(headers: Mapping[str, str]) -> int | None:
    """Return the file's size as a creation declares it, or None where it is to be told later."""
    size_bytes = length_of(headers, "Upload-Length")
    deferred = headers.get("Upload-Defer-Length")
    if deferred not in {None, "1"} or (size_bytes is None) == (deferred is None):
        raise BadUploadRequest(
            "An upload begins with either Upload-Length, or Upload-Defer-Length: 1.",
            next_step="Send the file's size in bytes as Upload-Length.",
            details={"field": "Upload-Length", "value": (deferred or "")[:40]},
        )
    if "Upload-Concat" in headers:
        raise BadUploadRequest(
            "Uploads that are put together from parallel ones (Upload-Concat) are not offered here.",
            next_step="Send the file as one upload: with tus-js-client, leave parallelUploads at 1.",
            details={"field": "Upload-Concat"},
        )
    return size_bytes


def checksum_of(headers: Mapping[str, str]) -> Checksum | None:
    """Return what the request's bytes must hash to, where it says so."""
    value = headers.get("Upload-Checksum")
    if value is None:
        return None
    algorithm, _, encoded = value.strip().partition(" ")
    found: ChecksumAlgorithm | None = next((name for name in CHECKSUM_ALGORITHMS if name == algorithm.lower()), None)
    digest = _decoded(encoded)
    if found is None or not digest:
        raise BadUploadRequest(
            f"Upload-Checksum is {value[:60]!r}; it must be an algorithm ({', '.join(CHECKSUM_ALGORITHMS)}), a space"
            " and the checksum in base64.",
            next_step="Send it so, or leave it out.",
            details={"field": "Upload-Checksum", "value": value[:60]},
        )
    return Checksum(found, digest)


def metadata_of(line: str) -> dict[str, str]:
    """Return what `Upload-Metadata` says: text by key; raises where it breaks the protocol."""
    if len(line) > METADATA_MAX_CHARACTERS:
        raise _bad_metadata(f"has {len(line):,} characters; the limit is {METADATA_MAX_CHARACTERS:,}")
    found: dict[str, str] = {}
    for pair in line.split(",") if line.strip() else []:
        key, _, encoded = pair.strip().partition(" ")
        if not _KEY.fullmatch(key):
            raise _bad_metadata(f"has a key {key[:40]!r}")
        if key in found:
            raise _bad_metadata(f"has {key[:40]!r} twice")
        data = _decoded(encoded)
        try:
            found[key] = (data if data is not None else b"\xff").decode()
        except UnicodeDecodeError as error:
            raise _bad_metadata(f"has a value of {key[:40]!r} that is not UTF-8 in base64") from error
    return found


def http_date(moment: datetime) -> str:
    """Return a moment as HTTP writes it (RFC 9110, section 5.6.7)."""
    return format_datetime(moment, usegmt=True)


def require_bytes(headers: Mapping[str, str]) -> None:
    """Raise where a body is not declared as an upload's bytes."""
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != BYTES_MEDIA_TYPE:
        raise UnsupportedMedia(
            f"The bytes of an upload come as {BYTES_MEDIA_TYPE}, not as {media_type[:60] or 'nothing'!r}.",
            next_step=f"Send `Content-Type: {BYTES_MEDIA_TYPE}`.",
            details={"field": "Content-Type", "value": media_type[:60]},
        )


def _decoded(encoded: str) -> bytes | None:
    try:
        return base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None


def _bad_metadata(fault: str) -> BadUploadRequest:
    return BadUploadRequest(
        f"Upload-Metadata {fault}.",
        next_step="Send pairs with commas between: a key, a space, the value in base64.",
        details={"field": "Upload-Metadata"},
    )

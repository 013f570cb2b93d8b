"""What happens around every request: an id, a line in the log, a limit on bodies. Pure ASGI."""

import re
import time
import uuid
from typing import Final

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gauntlet.api.errors import problem_response, unexpected_response

REQUEST_ID_HEADER: Final = "x-request-id"
DOCUMENT_LIMIT_BYTES: Final = 1_000_000
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SIGNED_PATH: Final = "/api/v2/signed/"
_FILE_PATHS: Final = re.compile(r"/api/v2/(upload-asset|briefs|uploads(/[^/]*)?|assets/[^/]*/versions)/?")
_FILE_MEDIA_TYPES: Final = ("multipart/", "application/offset+octet-stream")

log = structlog.get_logger(__name__)


class RequestContext:
    """Gives the request an id, tells of it in the log, and turns a fault of this program into a problem document."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a fault after the first byte is raised on, so that the server cuts the connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        answer = _Answer(send, request_id)
        began_s = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, answer.send)
            except Exception:
                log.exception("http.request.failed", method=scope["method"], path=_logged_path(scope))
                if answer.status is not None:
                    raise
                await unexpected_response(request_id)(scope, receive, answer.send)
            finally:
                log.info(
                    "http.request.finished",
                    method=scope["method"],
                    path=_logged_path(scope),
                    status=answer.status,
                    size_bytes=answer.size_bytes,
                    duration_ms=round((time.perf_counter() - began_s) * 1000, 1),
                )


class DocumentLimit:
    """Refuses bodies over a limit, declared or streamed; files that are uploaded have limits of their own."""

    def __init__(self, app: ASGIApp, *, limit_bytes: int = DOCUMENT_LIMIT_BYTES) -> None:
        self._app = app
        self._limit_bytes = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or _brings_a_file(scope):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        declared = headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self._limit_bytes:
            await self._refuse(scope, receive, send, size_bytes=int(declared))
            return
        size_bytes = 0

        async def receive_counted() -> Message:
            nonlocal size_bytes
            message = await receive()
            size_bytes += len(message.get("body", b""))
            if size_bytes > self._limit_bytes:
                # FastAPI passes on HTTPException alone from where it reads a body.
                raise HTTPException(413)
            return message

        await self._app(scope, receive_counted, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, *, size_bytes: int) -> None:
        response = problem_response(
            request_id=str(scope["state"]["request_id"]),
            status=413,
            code="too_large",
            detail=f"The request's body has {size_bytes} bytes; at most {self._limit_bytes} are taken here.",
            next_step="Send less at once; files go to POST /api/v2/upload-asset.",
            details={"sizeBytes": size_bytes, "limit": self._limit_bytes},
            # What was announced is not read, so that the connection cannot be used again.
            headers={"connection": "close"},
        )
        await response(scope, receive, send)


class _Answer:
    """The response as it goes out, with the request's id on it."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._request_id = request_id
        self.status: int | None = None
        self.size_bytes = 0

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.status = int(message["status"])  # an HTTPStatus would be logged as its name
            MutableHeaders(scope=message)[REQUEST_ID_HEADER] = self._request_id
        elif message["type"] == "http.response.body":
            self.size_bytes += len(message.get("body", b""))
        await self._send(message)


def _brings_a_file(scope: Scope) -> bool:
    # Elsewhere a body is read whole, whatever it says that it is.
    kind = Headers(scope=scope).get("content-type", "").lower()
    return kind.startswith(_FILE_MEDIA_TYPES) and _FILE_PATHS.fullmatch(scope["path"]) is not None


def _logged_path(scope: Scope) -> str:
    # Whoever has a signed address has what it was signed for: the log is not the place to find some.
    path = str(scope["path"])
    return f"{_SIGNED_PATH}…" if path.startswith(_SIGNED_PATH) else path


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get(REQUEST_ID_HEADER, "")
    return given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex

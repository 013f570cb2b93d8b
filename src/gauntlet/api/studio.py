"""The studio's files, as the browser gets them: what the build wrote into the package, and its page at every address.

The build names everything under `assets/` after its content, so that a browser may keep it for ever; the page itself is
asked for again each time, which costs one answer without a body.
"""

import hashlib
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

import gauntlet

STUDIO_DIR: Final = Path(gauntlet.__file__).parent / "studio" if gauntlet.__file__ else Path("studio")
"""Where the build of `web/` goes, and what the wheel carries."""

_PAGE: Final = "index.html"
_KEPT_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ASKED_FOR_AGAIN: Final = "no-cache"
_NOT_PAGES: Final = ("/api/", "/assets/", "/openapi.json")
_IN_MEMORY_MAX_BYTES: Final = 256_000
_COMPRESSED: Final = {"br": ".br", "gzip": ".gz"}
# Scripts come from here alone. Styles may stand in the page: what draws waveforms brings its own into a shadow root.
_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' blob: data:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_NOT_BUILT: Final = (
    "Gauntlet's API is here, under /api/v2 (described at /openapi.json). Its studio is not built: run `make web`.\n"
)


@dataclass(frozen=True, slots=True)
class _Form:
    """A file's bytes on disk, and in memory where they are few: a page is dozens of files, and a disk's thread each."""

    path: Path
    body: bytes | None

    def response(self, media_type: str, headers: Mapping[str, str], *, in_parts: bool) -> Response:
        if self.body is None or in_parts:
            return FileResponse(self.path, media_type=media_type, headers=headers)
        return Response(self.body, media_type=media_type, headers=dict(headers))


@dataclass(frozen=True, slots=True)
class _File:
    plain: _Form
    media_type: str
    etag: str
    compressed: Mapping[str, _Form]

    @property
    def is_in_memory(self) -> bool:
        return all(form.body is not None for form in (self.plain, *self.compressed.values()))


class StudioPages:
    """Answers what no route does: the studio's files, its page for a person's other addresses, else `otherwise`.

    A new build is noticed when somebody asks for the page. Those who have the one before it open are given its scripts
    from memory.
    """

    def __init__(self, otherwise: ASGIApp, *, folder: Path = STUDIO_DIR) -> None:
        self._otherwise = otherwise
        self._folder = folder
        self._build: tuple[int, ...] | None = _build_in(folder)
        self._built = _files_in(folder)
        self._files = self._built

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        response = self._response(scope) if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} else None
        await (self._otherwise if response is None else response)(scope, receive, send)

    def _response(self, scope: Scope) -> Response | None:
        path, headers = scope["path"], Headers(scope=scope)
        name = path.removeprefix("/")
        if name in {"", _PAGE} or (name not in self._files and _is_persons(path, headers)):
            self._look_again()
            name = _PAGE
        found = self._files.get(name)
        if found is None and path == "/":
            return PlainTextResponse(_NOT_BUILT)
        return None if found is None else _answer(found, headers)

    def _look_again(self) -> None:
        build = _build_in(self._folder)
        if build is None or build == self._build:  # while one is being made, what was there goes on
            return
        before = {name: file for name, file in self._built.items() if file.is_in_memory}
        self._build, self._built = build, _files_in(self._folder)
        self._files = {**before, **self._built}


def _is_persons(path: str, headers: Headers) -> bool:
    """Tell whether a person's browser asks for a page; programs that ask for what is not there are told so."""
    return not path.startswith(_NOT_PAGES) and "text/html" in headers.get("accept", "")


def _answer(file: _File, headers: Headers) -> Response:
    is_kept = file.plain.path.parent.name == "assets"
    told = {"etag": file.etag, "cache-control": _KEPT_FOR_EVER if is_kept else _ASKED_FOR_AGAIN}
    if file.compressed:
        told["vary"] = "Accept-Encoding"
    if file.plain.path.name == _PAGE:
        told["content-security-policy"] = _POLICY
    if file.etag in headers.get("if-none-match", ""):
        return Response(status_code=304, headers=told)
    accepted = _accepted(headers.get("accept-encoding", ""))
    in_parts = "range" in headers
    for encoding, form in file.compressed.items():
        if encoding in accepted and not in_parts:
            return form.response(file.media_type, {**told, "content-encoding": encoding}, in_parts=False)
    return file.plain.response(file.media_type, told, in_parts=in_parts)


def _accepted(header: str) -> Sequence[str]:
    """Return the encodings that a browser takes; one with a quality of zero it does not."""
    offers = [offer.strip().partition(";") for offer in header.split(",")]
    return [name.strip() for name, _, quality in offers if quality.replace(" ", "") not in {"q=0", "q=0.0"}]


def _build_in(folder: Path) -> tuple[int, ...] | None:
    """Return what tells a build from another, None where its page is not there: the build writes that last."""
    pages = [folder / f"{_PAGE}{ending}" for ending in ("", *_COMPRESSED.values())]
    times = tuple(page.stat().st_mtime_ns for page in pages if page.exists())
    return times if pages[0].exists() else None


def _files_in(folder: Path) -> dict[str, _File]:
    """Return all files by their addresses. They are few."""
    forms = {
        path.relative_to(folder).as_posix(): (path, path.read_bytes()) for path in folder.rglob("*") if path.is_file()
    }
    return {
        name: _File(
            plain=_form(path, body),
            media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
            compressed={
                encoding: _form(*forms[name + ending])
                for encoding, ending in _COMPRESSED.items()
                if name + ending in forms
            },
        )
        for name, (path, body) in forms.items()
        if not name.endswith(tuple(_COMPRESSED.values()))
    }


def _form(path: Path, body: bytes) -> _Form:
    return _Form(path, body if len(body) <= _IN_MEMORY_MAX_BYTES else None)

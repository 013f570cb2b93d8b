"""The server while it opens: the studio's page and files at once, and everything else as soon as the API is there.

Loading the API takes seconds, in which a browser can load the studio. It asks for what it needs in the meantime, and is
answered late instead of refused. Only what is quickly loaded is imported here.
"""

import asyncio
from pathlib import Path
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from gauntlet.api.safe_headers import SafeHeaders
from gauntlet.api.studio import STUDIO_DIR, StudioPages

_NEVER_OPENED: Final = "Gauntlet stopped before it was ready. Look at its log, then start it again.\n"


class Door:
    """An ASGI application that another one takes the place of, once."""

    def __init__(self, *, studio_dir: Path = STUDIO_DIR) -> None:
        self._app: ASGIApp = SafeHeaders(StudioPages(self._wait, folder=studio_dir))
        self._behind: ASGIApp | None = None
        self._is_settled = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self._app(scope, receive, send)

    def open(self, app: ASGIApp) -> None:
        """Lead to `app` from now on, and those who wait as well."""
        self._app = self._behind = app
        self._is_settled.set()

    def close(self) -> None:
        """Answer 503 to those who still wait: nothing will open."""
        self._is_settled.set()

    async def _wait(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._is_settled.wait()
        app = self._behind or PlainTextResponse(_NEVER_OPENED, status_code=503)
        await app(scope, receive, send)

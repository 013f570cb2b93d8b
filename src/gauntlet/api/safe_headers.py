"""The headers that every answer has. Apart from the other middleware: the door needs them before the API is loaded."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAFE_HEADERS: Final = {
    # A browser must take a file for what it is said to be, never guess that it is a page.
    "x-content-type-options": "nosniff",
    # Addresses hold ids and, signed, rights.
    "referrer-policy": "no-referrer",
    # Nothing that the API answers is a page: whatever gets a browser to show it runs and loads nothing.
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    # Answers are for one caller; to keep them is fine as long as they are asked for again (ETag).
    "cache-control": "private, no-cache",
}


class SafeHeaders:
    """Adds the headers above to every response that does not say otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SAFE_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)

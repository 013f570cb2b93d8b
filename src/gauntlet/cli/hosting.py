"""The server process: uvicorn on a socket that is bound already, around services that are open."""

import gc
import signal
import socket
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from functools import partial
from typing import cast

import uvicorn
import uvloop

from gauntlet.api.app import close_streams, create_app
from gauntlet.bootstrap import open_container
from gauntlet.cli.output import stderr
from gauntlet.cli.wire import LargeBodyProtocol
from gauntlet.core.logging import configure_logging
from gauntlet.core.settings import Settings

_GRACE_S = 10


class StudioServer(uvicorn.Server):
    """Says where it is once requests are answered, and ends without killing the process that it runs in."""

    def __init__(self, config: uvicorn.Config, *, url: str, before_end: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._url = url
        self._before_end = before_end

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the URL."""
        await super().startup(sockets)
        if self.started and not self.should_exit:
            stderr().print(f"Gauntlet listens on [bold]{self._url}[/]  (API: {self._url}/openapi.json)", soft_wrap=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what would go on for ever, then wait for the requests that end by themselves."""
        await self._before_end()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Stop on SIGINT and SIGTERM.

        Uvicorn's own version raises the signal again at the end, which would end the process before the services are
        closed.
        """
        stops = (signal.SIGINT, signal.SIGTERM)
        before = {stop: signal.signal(stop, self.handle_exit) for stop in stops}
        try:
            yield
        finally:
            for stop, handler in before.items():
                signal.signal(stop, handler)


def run_server(settings: Settings, listener: socket.socket) -> None:
    """Serve until the process is told to stop, then close everything."""
    configure_logging(level=settings.log.level, style=settings.log.style)
    uvloop.run(_serve(settings, listener))


async def _serve(settings: Settings, listener: socket.socket) -> None:
    async with open_container(settings, role="worker") as container:
        # What is there now stays; looking through it again and again would cost every request its share.
        gc.collect()
        gc.freeze()
        gc.enable()
        app = create_app(container)
        config = uvicorn.Config(
            app,
            http=LargeBodyProtocol,
            lifespan="off",  # the container is opened and closed here
            log_config=None,  # logging is set up already
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_S,
        )
        await StudioServer(config, url=_url(listener), before_end=partial(close_streams, app)).serve(sockets=[listener])


def _url(listener: socket.socket) -> str:
    host, port = cast(tuple[str, int], listener.getsockname()[:2])
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"

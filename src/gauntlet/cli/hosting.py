"""The server process: uvicorn on a socket that is bound already, around services that are open."""

import signal
import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import cast

import uvicorn
import uvloop

from gauntlet.api.app import create_app
from gauntlet.bootstrap import open_container
from gauntlet.cli.output import stderr
from gauntlet.core.logging import configure_logging
from gauntlet.core.settings import Settings

_GRACE_S = 10


class StudioServer(uvicorn.Server):
    """Says where it is once requests are answered, and ends without killing the process that it runs in."""

    def __init__(self, config: uvicorn.Config, *, url: str) -> None:
        super().__init__(config)
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the URL."""
        await super().startup(sockets)
        if self.started and not self.should_exit:
            stderr().print(f"Gauntlet listens on [bold]{self._url}[/]  (API: {self._url}/openapi.json)", soft_wrap=True)

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
        config = uvicorn.Config(
            create_app(container),
            lifespan="off",  # the container is opened and closed here
            log_config=None,  # logging is set up already
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_S,
        )
        await StudioServer(config, url=_url(listener)).serve(sockets=[listener])


def _url(listener: socket.socket) -> str:
    host, port = cast(tuple[str, int], listener.getsockname()[:2])
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"

"""The server process: uvicorn on a socket that is bound already, answering pages while the services open behind it."""

import asyncio
import gc
import signal
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from functools import partial
from typing import Final, cast

import uvicorn
import uvloop
from starlette.types import ASGIApp

from gauntlet.api.door import Door
from gauntlet.cli.output import stderr
from gauntlet.cli.wire import LargeBodyProtocol
from gauntlet.core.logging import configure_logging
from gauntlet.core.settings import Settings

_Opened = tuple[ASGIApp, Callable[[], Awaitable[None]]]
_GRACE_S: Final = 10


class StudioServer(uvicorn.Server):
    """Ends without killing the process that it runs in."""

    def __init__(self, config: uvicorn.Config, *, before_end: Callable[[], Awaitable[None]]) -> None:
        super().__init__(config)
        self._before_end = before_end

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
    door, ends = Door(), AsyncExitStack()
    ends.callback(door.close)
    config = uvicorn.Config(
        door,
        http=LargeBodyProtocol,
        lifespan="off",  # the services are opened and closed here
        log_config=None,  # logging is set up already
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
    )
    server = StudioServer(config, before_end=ends.aclose)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        # In a thread, so that the door is answered meanwhile.
        opening = await asyncio.to_thread(_load, settings)
        async with opening as (app, close_streams):
            ends.push_async_callback(close_streams)
            # What is there now stays; looking through it again and again would cost every request its share.
            gc.collect()
            gc.freeze()
            gc.enable()
            door.open(app)
            if not serving.done():
                _tell(_url(listener))
            await serving
    finally:
        server.should_exit = True
        await serving


def _load(settings: Settings) -> AbstractAsyncContextManager[_Opened]:
    """Load the services and the API on them, which is seconds of imports; they open when they are entered."""
    from gauntlet.api.app import close_streams, create_app
    from gauntlet.bootstrap import open_container

    @asynccontextmanager
    async def opened() -> AsyncGenerator[_Opened]:
        async with open_container(settings, role="worker") as container:
            app = create_app(container)
            yield app, partial(close_streams, app)

    return opened()


def _tell(url: str) -> None:
    stderr().print(f"Gauntlet listens on [bold]{url}[/]  (API: {url}/openapi.json)", soft_wrap=True)


def _url(listener: socket.socket) -> str:
    host, port = cast(tuple[str, int], listener.getsockname()[:2])
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"

"""The doubles on a port: uvicorn, with connections that can be dropped as a service's own sometimes are."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from gauntlet.providers.fakes.app import create_app
from gauntlet.providers.fakes.doubles import Doubles
from gauntlet.providers.fakes.dropping import TRANSPORT


class DroppableProtocol(H11Protocol):
    """Hands the connection to the application, so that it can be dropped without an answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inner: ASGIApp = self.app  # pyright: ignore[reportAssignmentType] # uvicorn names the same callable by types of its own

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[TRANSPORT] = self.transport
            await inner(scope, receive, send)

        self.app = app  # pyright: ignore[reportAttributeAccessIssue] # as above


class FakesServer(uvicorn.Server):
    """Says when it answers, and leaves signals to whoever runs it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self._stopped = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        """Go on until `stop`; uvicorn's own loop looks ten times a second whether it is to end."""
        await self.on_tick(0)
        await self._stopped.wait()

    def stop(self) -> None:
        """Let it end."""
        self.should_exit = True
        self._stopped.set()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Change nothing about signals."""
        yield


def listening(*, host: str = "127.0.0.1", port: int = 0) -> socket.socket:
    """Return a bound socket; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named asyncio sends at once; without it every answer in two parts waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


@asynccontextmanager
async def serving(doubles: Doubles, listener: socket.socket) -> AsyncGenerator[FakesServer]:
    """Serve while the block runs; the doubles are closed at the end."""
    config = uvicorn.Config(
        create_app(doubles),
        http=DroppableProtocol,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = FakesServer(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await server.ready.wait()
        yield server
    finally:
        doubles.shared.stopping.set()
        server.stop()
        await task
        await doubles.close()

"""`gauntlet serve`."""

import gc
import socket
from contextlib import closing
from typing import Annotated

import typer

from gauntlet.cli.environment import DataDirOption, load_settings


def serve(
    *,
    host: Annotated[
        str | None, typer.Option(envvar="GAUNTLET_SERVER__HOST", help="Address to listen on.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            envvar="GAUNTLET_SERVER__PORT",
            min=0,
            max=65_535,
            help="Port to listen on; 0 takes a free one.",
            show_default="8000",
        ),
    ] = None,
    data_dir: DataDirOption = None,
) -> None:
    """Start the API and the workers that make ads; Ctrl-C stops them."""
    # All that is imported stays: looking for garbage in between is a fifth of a start. `run_server` looks again.
    gc.disable()
    settings = load_settings(data_dir)
    address = (host or settings.server.host, settings.server.port if port is None else port)
    with closing(_listening(*address)) as listener:
        from gauntlet.cli.hosting import run_server
        from gauntlet.core.settings import ServerSettings

        server = ServerSettings(host=address[0], port=listener.getsockname()[1])
        run_server(settings.model_copy(update={"server": server}), listener)


def _listening(host: str, port: int) -> socket.socket:
    """Return a bound socket, so that a port in use is known before anything else starts."""
    from gauntlet.core.errors import Misconfigured

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        try:
            # A server that has just stopped leaves its port in TIME_WAIT, which must not keep the next one out.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise Misconfigured(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}.",
            next_step=f"Stop what uses port {port}, or choose another with --port; --port 0 takes a free one.",
            details={"host": host, "port": port},
        ) from error
    return listener

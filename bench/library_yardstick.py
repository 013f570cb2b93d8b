"""The least that a server can do with bytes: write what comes to a file and sync it, send a file as it lies there.

Run as a process of its own (`python -m bench.library_yardstick PORT FOLDER`), on the same server and event loop.
"""

import os
import sys
import uuid
from pathlib import Path

import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route


def application(folder: Path) -> Starlette:
    """Return the yardstick, which keeps its files in a folder."""

    async def health(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def take(request: Request) -> Response:
        path = folder / uuid.uuid4().hex
        with path.open("wb", buffering=0) as file:
            async for piece in request.stream():
                file.write(piece)
            await run_in_threadpool(os.fsync, file.fileno())
        path.unlink()
        return PlainTextResponse("kept", status_code=201)

    async def give(request: Request) -> Response:
        return FileResponse(folder / request.path_params["name"])

    return Starlette(
        routes=[
            Route("/health", health),
            Route("/take", take, methods=["POST"]),
            Route("/give/{name}", give),
        ]
    )


def main(port: int, folder: Path) -> None:
    """Serve until told to stop."""
    config = uvicorn.Config(application(folder), port=port, log_config=None, access_log=False, lifespan="off")
    uvloop.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

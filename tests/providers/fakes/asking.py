"""The doubles as a program without Gauntlet's clients asks them, and somebody who takes their webhooks."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, cast

import httpx
import uvicorn
from jsonschema import Draft202012Validator
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gauntlet.providers.fakes.serving import FakesServer, listening
from tests.hosted import KEYS, Fakes

NOON: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SCHNELL: Final = "/models/black-forest-labs/flux-schnell/predictions"
MUSICGEN: Final = "671ac645ce5e552cc63a54a2bbff63fcf798043055d2dac5fc9e36a837eedcfb"
ESRGAN: Final = "f121d640bd286e1fdc67f9799164c1d5be36ff74576ee11c803ae5b665dd46aa"
LAMP: Final = {"prompt": "a brass lamp in the evening"}


@asynccontextmanager
async def replicate(fakes: Fakes, *, key: str = KEYS["replicate"]) -> AsyncGenerator[httpx.AsyncClient]:
    headers = {"authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=fakes.urls["replicate"], headers=headers, timeout=20, verify=False) as client:
        yield client


async def ordered(client: httpx.AsyncClient, inputs: dict[str, Any] | None = None, **body: Any) -> dict[str, Any]:
    """Order a picture and return what was answered."""
    answer = await client.post(SCHNELL, json={"input": inputs or LAMP, **body})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def told(client: httpx.AsyncClient, prediction: dict[str, Any]) -> dict[str, Any]:
    """Return a prediction as it is now."""
    answer = await client.get(f"/predictions/{prediction['id']}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def made(
    client: httpx.AsyncClient, path: str, inputs: dict[str, Any], *, version: str | None = None
) -> dict[str, Any]:
    """Order something, wait for its end as the service lets one, and return it."""
    body = {"input": inputs} | ({"version": version} if version else {})
    answer = await client.post(path, json=body, headers={"prefer": "wait=60"})
    assert answer.status_code == 201, answer.text
    return answer.json()


def faults_in(document: Any, schema: dict[str, Any]) -> list[str]:
    """Return what is wrong with a document by a JSON schema."""
    validator = cast(Any, Draft202012Validator(schema))  # the library's own types leave it open
    return [str(error.message) for error in validator.iter_errors(document)]


@dataclass
class Receiver:
    """Takes webhooks; `statuses` are answered one after another, then 200."""

    url: str
    statuses: list[int] = field(default_factory=list[int])
    taken: list[httpx.Request] = field(default_factory=list[httpx.Request])

    def bodies(self) -> list[dict[str, Any]]:
        return [httpx.Response(200, content=request.content).json() for request in self.taken]

    def states(self) -> list[str]:
        return [body["status"] for body in self.bodies()]


@asynccontextmanager
async def receiving(*statuses: int) -> AsyncGenerator[Receiver]:
    """Take webhooks on a free port of loopback."""
    listener = listening()
    receiver = Receiver(f"http://127.0.0.1:{listener.getsockname()[1]}/hook?token=abc", list(statuses))

    async def take(request: Request) -> Response:
        body = await request.body()
        receiver.taken.append(httpx.Request("POST", str(request.url), headers=request.headers.raw, content=body))
        status = receiver.statuses.pop(0) if receiver.statuses else 200
        return Response(status_code=status, headers={"location": receiver.url})

    config = uvicorn.Config(
        Starlette(routes=[Route("/hook", take, methods=["POST"])]), lifespan="off", log_config=None, access_log=False
    )
    server = FakesServer(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    try:
        yield receiver
    finally:
        server.stop()
        await task

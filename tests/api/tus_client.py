"""A tus 1.0.0 client written from the protocol: it does what it is told, and misbehaves where it is told to."""

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import httpx
from fastapi import FastAPI
from sqlalchemy import func, select
from starlette.types import Message

from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.blobs import BlobContentRow, BlobHoldRow, BlobRow
from gauntlet.db.models.uploads import UploadPartRow
from gauntlet.db.session import Database
from tests.pictures import encoded, noise

VERSION = {"tus-resumable": "1.0.0"}
BYTES = {"content-type": "application/offset+octet-stream"}
PNG = encoded(noise(250, 200), "png")
"""Larger than two parts and within the size limit of the application that the tests here call."""


def metadata(**values: str) -> str:
    """Return the header's value."""
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


@dataclass(frozen=True)
class TusClient:
    """Sends files as one caller."""

    caller: httpx.AsyncClient
    endpoint: str = "http://gauntlet.test/api/v2/uploads"

    async def create(
        self, *, size: int | None, data: bytes | None = None, headers: Mapping[str, str] | None = None, **said: str
    ) -> httpx.Response:
        length = {"upload-defer-length": "1"} if size is None else {"upload-length": str(size)}
        sent = {**VERSION, **length, "upload-metadata": metadata(**said), **(headers or {})}
        return await self.caller.post(self.endpoint, headers=sent | (BYTES if data is not None else {}), content=data)

    async def begin(self, *, size: int | None, **said: str) -> str:
        """Return the address of a new upload."""
        answer = await self.create(size=size, data=None, headers=None, **said)
        assert answer.status_code == 201, answer.text
        return urljoin(self.endpoint, answer.headers["location"])

    async def offset(self, url: str) -> int:
        answer = await self.head(url)
        assert answer.status_code in {200, 204}, answer.status_code
        assert answer.headers["cache-control"] == "no-store"
        return int(answer.headers["upload-offset"])

    async def head(self, url: str) -> httpx.Response:
        return await self.caller.head(url, headers=VERSION)

    async def patch(
        self, url: str, data: bytes | AsyncIterator[bytes], *, offset: int, **headers: str
    ) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {**VERSION, **BYTES, "upload-offset": str(offset), **named}
        return await self.caller.patch(url, headers=sent, content=data)

    async def delete(self, url: str) -> httpx.Response:
        return await self.caller.delete(url, headers=VERSION)

    async def upload(self, data: bytes, *, chunk: int | None = None, **said: str) -> httpx.Response:
        """Send a file and return the last answer."""
        url = await self.begin(size=len(data), **said)
        return await self.go_on(url, data, chunk=chunk)

    async def go_on(self, url: str, data: bytes, *, chunk: int | None = None) -> httpx.Response:
        offset = await self.offset(url)
        while True:
            answer = await self.patch(url, data[offset : offset + (chunk or len(data))], offset=offset)
            if answer.status_code != 204:
                return answer
            offset = int(answer.headers["upload-offset"])
            if offset >= len(data):
                return answer


@dataclass
class RawRequest:
    """A request to the application whose body the test hands over, holds back or breaks off."""

    app: FastAPI
    url: str
    headers: Mapping[str, str]
    method: str = "PATCH"
    statuses: list[int] = field(default_factory=list[int])
    _messages: asyncio.Queue[Message] = field(default_factory=asyncio.Queue[Message])
    _hungry: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self._messages.put_nowait({"type": "http.request", "body": piece, "more_body": True})

    def end(self) -> None:
        self._messages.put_nowait({"type": "http.request", "body": b"", "more_body": False})

    def disconnect(self) -> None:
        self._messages.put_nowait({"type": "http.disconnect"})

    async def wait_until_all_is_read(self) -> None:
        """Wait until the application has taken what was sent, and waits for more."""
        async with asyncio.timeout(10):
            await self._hungry.acquire()

    async def run(self) -> int:
        """Return the status of the answer."""
        url = httpx.URL(self.url)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self.method,
            "scheme": "http",
            "path": url.path,
            "raw_path": url.raw_path,
            "query_string": b"",
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in self.headers.items()],
            "client": ("192.0.2.7", 1),
            "server": ("gauntlet.test", 80),
        }

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.statuses.append(message["status"])

        async def more() -> Message:
            if self._messages.empty():
                self._hungry.release()
            return await self._messages.get()

        await self.app(scope, more, answered)
        return self.statuses[-1]


def raw_patch(app: FastAPI, client: TusClient, url: str, *, offset: int, **headers: str) -> RawRequest:
    """Return a PATCH that the test steers."""
    sent = {
        "authorization": client.caller.headers["authorization"],
        "upload-offset": str(offset),
        "transfer-encoding": "chunked",
        **VERSION,
        **BYTES,
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return RawRequest(app, url, sent)


def cut(data: bytes, *sizes: int) -> Sequence[bytes]:
    """Return the first bytes, cut to these sizes."""
    pieces: list[bytes] = []
    for size in sizes:
        pieces.append(data[:size])
        data = data[size:]
    return pieces


async def stored(database: Database) -> dict[str, int]:
    """Return how many rows lie in the tables that an upload touches."""
    tables = (AssetRow, UploadPartRow, BlobRow, BlobHoldRow, BlobContentRow)
    async with database.read() as session:
        return {t.__tablename__: await session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}


async def bytes_of(caller: httpx.AsyncClient, answer: httpx.Response) -> bytes:
    """Return the bytes of the asset that an answer names."""
    asset = (await caller.get(urljoin("http://gauntlet.test", answer.headers["gauntlet-asset"]))).json()
    return (await caller.get(urljoin("http://gauntlet.test", asset["url"]))).content


async def as_json(caller: httpx.AsyncClient, url: str) -> dict[str, Any]:
    answer = await caller.get(url)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())

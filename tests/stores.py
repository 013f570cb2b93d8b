"""The stores that tests keep bytes in: all three, beside one another, over one index."""

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from gauntlet.core.clock import Clock
from gauntlet.core.settings import StorageSettings
from gauntlet.db.session import Database
from gauntlet.storage.contents import Content, ContentStore, ContentStores, StoreName
from gauntlet.storage.database import DatabaseContents
from gauntlet.storage.filesystem import FileContents
from gauntlet.storage.library import BlobLibrary
from gauntlet.storage.s3 import S3Contents

SECRET = "a-secret-of-the-bucket"
REGION = "eu-central-1"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket on a server that speaks S3."""

    endpoint: str
    name: str

    def settings(self) -> StorageSettings:
        return StorageSettings(
            s3_bucket=self.name,
            s3_prefix="studio/library",
            s3_endpoint=self.endpoint,
            s3_region=REGION,
            s3_access_key_id=SecretStr("tester"),
            s3_secret_access_key=SecretStr(SECRET),
        )

    def keys(self) -> list[str]:
        """Return the names of all objects, by another client than ours."""
        return _names(self._client().list_objects_v2(Bucket=self.name).get("Contents", []))

    def uploads(self) -> list[str]:
        """Return the names of all uploads in parts that are neither finished nor called off."""
        return _names(self._client().list_multipart_uploads(Bucket=self.name).get("Uploads", []))

    def put(self, key: str, data: bytes) -> None:
        self._client().put_object(Bucket=self.name, Key=key, Body=data)

    def delete(self, key: str) -> None:
        self._client().delete_object(Bucket=self.name, Key=key)

    def make(self) -> None:
        self._client().create_bucket(Bucket=self.name, CreateBucketConfiguration={"LocationConstraint": REGION})

    def _client(self) -> Any:
        import boto3  # takes a while to load, as its server does

        return boto3.client(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] # made at run time
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id="tester",
            aws_secret_access_key=SECRET,
            region_name=REGION,
        )


def _names(listed: list[dict[str, object]]) -> list[str]:
    return [str(each["Key"]) for each in listed]


@contextmanager
def s3_server() -> Generator[str]:
    """Give the address of a server that speaks S3, on loopback and in memory."""
    from moto.server import ThreadedMotoServer  # most tests do without it, and it takes a second to load

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def new_bucket(endpoint: str) -> Bucket:
    bucket = Bucket(endpoint, f"library-{uuid.uuid4().hex}")
    bucket.make()
    return bucket


@dataclass(frozen=True, slots=True)
class Stores:
    """One of each kind."""

    database: Database
    directory: Path
    bucket: Bucket
    clock: Clock

    def library(self, default: StoreName) -> BlobLibrary:
        """Return a library that knows all stores and keeps new bytes in one of them."""
        by_name: dict[StoreName, ContentStore] = {
            "database": DatabaseContents(self.database, clock=self.clock),
            "filesystem": FileContents(self.directory),
            "s3": S3Contents(self.bucket.settings()),
        }
        return BlobLibrary(self.database, ContentStores(by_name=by_name, default=default), clock=self.clock)

    def tamper(self, content: Content, data: bytes | None) -> None:
        """Let a file or an object hold other bytes, or none at all, as no program of ours would."""
        location = str(content.location)
        path = self.directory / "objects" / location[:2] / location
        key = f"studio/library/objects/{location[:2]}/{location}"
        if content.store == "filesystem":
            path.unlink() if data is None else path.write_bytes(data)
        elif data is None:
            self.bucket.delete(key)
        else:
            self.bucket.put(key, data)


async def lying(library: BlobLibrary, store: StoreName) -> list[str]:
    """Return the names of all that lies in a store."""
    return [each.name async for each in library.stores[store].iterate()]


async def stream(data: bytes, *, piece: int = 1 << 16) -> AsyncIterator[bytes]:
    for at in range(0, len(data), piece):
        yield data[at : at + piece]


async def break_off(library: BlobLibrary, data: bytes) -> None:
    """Send some bytes and lose the connection; passes on what the library raises then."""

    async def broken() -> AsyncIterator[bytes]:
        yield data
        raise ConnectionResetError("gone")

    await library.put(broken(), size_limit_bytes=1 << 40)


async def cancel_within(library: BlobLibrary, data: bytes) -> None:
    """Send some bytes, and cancel the upload while it waits for more; passes on what that raises."""
    stuck = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield data
        stuck.set()
        await asyncio.Event().wait()

    upload = asyncio.create_task(library.put(endless(), size_limit_bytes=1 << 40))
    await stuck.wait()
    upload.cancel()
    await upload

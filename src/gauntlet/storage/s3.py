"""Contents as objects in a bucket of Amazon S3, or of a service that speaks its protocol."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from gauntlet.core.errors import StorageFailed
from gauntlet.core.ids import new_uuid
from gauntlet.core.settings import StorageSettings
from gauntlet.storage.contents import BATCH_SIZE_BYTES, Content, ContentMissing, LyingBytes, StoreName

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import S3Config, S3Store

PART_SIZE_BYTES: Final = 8 << 20  # of an upload in parts; 10,000 of them are the most that S3 takes
_PARTS_AT_ONCE: Final = 2
_QUESTIONS_AT_ONCE: Final = 16
_PAGE_OBJECTS: Final = 1_000
_OBJECTS: Final = "objects"
_STRAYS: Final = "strays"
_TRIES: Final = 4
_PATIENCE: Final = timedelta(seconds=60)


class S3Contents:
    """`ContentStore` in a bucket.

    A content of more than a batch is sent in parts while it comes; an upload that fails is called off, so that no part
    stays behind. What a killed process leaves of one is seen by the bucket's own lifecycle rules alone.
    """

    name: StoreName = "s3"
    piece_bytes: int = 4 << 20

    def __init__(self, settings: StorageSettings) -> None:
        self._settings = settings
        self._made: S3Store | None = None

    def new_location(self) -> str:
        """Return a fresh name."""
        return new_uuid().hex

    def open(self, content: Content) -> "_ObjectWriter":
        """Begin to write a content."""
        return _ObjectWriter(self, _key(content))

    async def fetch(self, content: Content, start: int, end: int) -> bytes:
        """Return bytes of the object."""
        import obstore

        async with self.talking("read"):
            try:
                data = await obstore.get_range_async(self.bucket(), _key(content), start=start, end=end)
            except FileNotFoundError as error:
                raise ContentMissing from error
        if not len(data):
            raise ContentMissing
        return data.to_bytes()

    async def sizes(self, contents: Sequence[Content]) -> Mapping[int, int]:
        """Return the sizes of those objects that are there."""
        turns = asyncio.Semaphore(_QUESTIONS_AT_ONCE)

        async def ask(content: Content) -> tuple[int, int | None]:
            async with turns:
                return content.id, await self._size(_key(content))

        answers = await asyncio.gather(*(ask(content) for content in contents))
        return {content_id: size for content_id, size in answers if size is not None}

    async def delete(self, content: Content) -> None:
        """Remove a content's object."""
        import obstore

        async with self.talking("delete"):
            try:
                await obstore.delete_async(self.bucket(), _key(content))
            except FileNotFoundError:
                return  # some services say so, S3 itself does not

    async def iterate(self) -> AsyncGenerator[LyingBytes]:
        """Yield all objects of the store, as they are listed."""
        import obstore

        async with self.talking("list"):
            pages: AsyncIterable[Sequence[ObjectMeta]] = obstore.list(  # pyright: ignore[reportUnknownMemberType] # of Arrow
                self.bucket(), prefix=_OBJECTS, chunk_size=_PAGE_OBJECTS
            )
            async for page in pages:
                for found in page:
                    name = found["path"].rpartition("/")[2]
                    yield LyingBytes(store=self.name, name=name, size_bytes=found["size"])

    async def holds(self, lying: LyingBytes) -> bool:
        """Return whether there is such an object still."""
        return await self._size(_path(lying.name)) is not None

    async def set_aside(self, lying: LyingBytes) -> str:
        """Rename an object to `strays/…`."""
        import obstore

        target = f"{_STRAYS}/{lying.name}"
        async with self.talking("rename"):
            await obstore.copy_async(self.bucket(), _path(lying.name), target)
            await obstore.delete_async(self.bucket(), _path(lying.name))
        return "s3://" + "/".join(filter(None, (self._settings.s3_bucket, self._settings.s3_prefix, target)))

    async def _size(self, path: str) -> int | None:
        import obstore

        async with self.talking("look at"):
            try:
                return (await obstore.head_async(self.bucket(), path))["size"]
            except FileNotFoundError:
                return None

    def bucket(self) -> "S3Store":
        """Return the bucket, made at first use: the library behind it takes its time to load."""
        if self._made is None:
            self._made = _open_bucket(self._settings)
        return self._made

    @asynccontextmanager
    async def talking(self, verb: str) -> AsyncGenerator[None]:
        """Turn what the service and the way to it may raise into the error that is told."""
        from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError

        try:
            yield
        except (PermissionDeniedError, UnauthenticatedError) as error:
            raise self._failed(
                f"may not {verb} objects there",
                next_step="Check GAUNTLET_STORAGE__S3_ACCESS_KEY_ID, …S3_SECRET_ACCESS_KEY and the bucket's policy.",
            ) from error
        except FileNotFoundError as error:
            raise self._failed(
                "finds no such bucket", next_step="Make the bucket, or correct GAUNTLET_STORAGE__S3_BUCKET."
            ) from error
        except (BaseError, OSError) as error:
            raise self._failed(
                f"could not {verb} an object: {_first_line(error)}",
                next_step="Make sure that the service answers at GAUNTLET_STORAGE__S3_ENDPOINT, then try again.",
            ) from error

    def _failed(self, what: str, *, next_step: str) -> StorageFailed:
        bucket = self._settings.s3_bucket
        return StorageFailed(
            f"The store in the bucket {bucket!r} {what}.", next_step=next_step, details={"bucket": bucket}
        )


class _ObjectWriter:
    """Keeps the first batch back: a content of no more is one plain request."""

    def __init__(self, store: S3Contents, key: str) -> None:
        self._store = store
        self._key = key
        self._first: bytes | None = None
        self._sending: asyncio.Task[None] | None = None
        self._handover: asyncio.Queue[bytes | None] = asyncio.Queue(maxsize=1)
        self._is_aborted = False

    async def write(self, data: memoryview) -> None:
        copy = bytes(data)
        if self._first is None and self._sending is None and len(copy) <= BATCH_SIZE_BYTES:
            self._first = copy
            return
        if self._sending is None:
            self._sending = asyncio.create_task(self._send_parts())
            await self._hand_over(self._first or b"")
            self._first = b""
        await self._hand_over(copy)

    async def finish(self) -> None:
        if self._sending is None:
            return await self._send_whole(self._first or b"")
        await self._hand_over(None)
        await self._sending
        return None

    async def abort(self) -> None:
        if self._sending is None:
            return
        self._is_aborted = True
        if not self._sending.done():
            # The source fails, upon which the upload in parts is called off; cancelling it would leave its parts.
            while not self._handover.empty():
                self._handover.get_nowait()
            self._handover.put_nowait(None)
        await asyncio.wait([self._sending])
        if not self._sending.cancelled() and isinstance(error := self._sending.exception(), StorageFailed):
            raise error

    async def _hand_over(self, data: bytes | None) -> None:
        """Give the sender more; raises what it met, should it have ended."""
        sending = self._sending
        if sending is None:
            raise RuntimeError("nobody sends")
        giving = asyncio.ensure_future(self._handover.put(data))
        try:
            await asyncio.wait([giving, sending], return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not giving.done():
                giving.cancel()
        if sending.done():
            sending.result()

    async def _send_whole(self, data: bytes) -> None:
        import obstore

        async with self._store.talking("write"):
            await obstore.put_async(self._store.bucket(), self._key, data, use_multipart=False)

    async def _send_parts(self) -> None:
        import obstore

        try:
            async with self._store.talking("write"):
                await obstore.put_async(
                    self._store.bucket(),
                    self._key,
                    self._batches(),
                    use_multipart=True,
                    chunk_size=PART_SIZE_BYTES,
                    max_concurrency=_PARTS_AT_ONCE,
                )
        except _Aborted:
            return

    async def _batches(self) -> AsyncGenerator[bytes]:
        while (data := await self._handover.get()) is not None:
            yield data
        if self._is_aborted:
            raise _Aborted


class _Aborted(Exception):
    """The source of an upload in parts ends without having come to its end."""


def _open_bucket(settings: StorageSettings) -> "S3Store":
    from obstore.store import S3Store

    config: S3Config = {}
    endpoint = settings.s3_endpoint
    if endpoint:
        config["endpoint"] = endpoint
    if settings.s3_region:
        config["region"] = settings.s3_region
    if settings.s3_access_key_id:
        config["access_key_id"] = settings.s3_access_key_id.get_secret_value()
    if settings.s3_secret_access_key:
        config["secret_access_key"] = settings.s3_secret_access_key.get_secret_value()
    if settings.s3_session_token:
        config["session_token"] = settings.s3_session_token.get_secret_value()
    return S3Store(
        settings.s3_bucket,
        prefix=settings.s3_prefix or None,
        config=config,
        client_options={"allow_http": bool(endpoint and endpoint.startswith("http://"))},
        retry_config={"max_retries": _TRIES - 1, "retry_timeout": _PATIENCE},
    )


def _key(content: Content) -> str:
    if not content.location:
        raise StorageFailed(
            f"The content {content.id} has no place in the bucket.",
            next_step="Restore the database from its last backup.",
            details={"content": content.id},
        )
    return _path(content.location)


def _path(name: str) -> str:
    return f"{_OBJECTS}/{name[:2]}/{name}"


def _first_line(error: Exception) -> str:
    """Return what happened without the library's own dump, in which there may be more than is to be told."""
    return str(error).partition("\n")[0][:300]

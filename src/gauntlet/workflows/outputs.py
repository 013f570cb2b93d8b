"""What models bring: fetched, looked into by decoding it, and stored before anybody is told."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from gauntlet.core.errors import InvalidInput
from gauntlet.core.generation import TYPE_OF_KIND, ModelKind
from gauntlet.core.settings import AssetSettings
from gauntlet.domain.assets.intake import Inspector, Intake, KeptFile, ReceivedFile
from gauntlet.domain.generations.worklog import StoredMedium
from gauntlet.providers.base import ProviderError
from gauntlet.providers.predictions import MediaModels
from gauntlet.storage.base import BlobStore

_WORDS: Final = {"image": "a picture", "video": "a film", "audio": "a sound", "document": "a document"}


class WrongMedium(ProviderError):
    """What the service brought is not what its model's kind promises; it is charged all the same."""

    code = "wrong_medium"
    status = 502


class MediaStore:
    """Takes in what models bring."""

    def __init__(self, *, blobs: BlobStore, inspector: Inspector, settings: AssetSettings) -> None:
        self._size_limit_bytes = settings.size_limit_bytes
        self._intake = Intake(blobs=blobs, inspector=inspector, settings=settings)

    @asynccontextmanager
    async def fetched(self, service: MediaModels, url: str, *, kind: ModelKind) -> AsyncGenerator[StoredMedium]:
        """Copy an output, and give it for a row to be written that refers to it.

        Raises `WrongMedium` for what is damaged, empty or of another type, and what `MediaModels.fetch` raises.
        """
        async with service.fetch(url, size_limit_bytes=self._size_limit_bytes) as pieces:
            async with self.stored(pieces, kind=kind) as medium:
                yield medium

    @asynccontextmanager
    async def stored(self, pieces: AsyncIterator[bytes], *, kind: ModelKind) -> AsyncGenerator[StoredMedium]:
        """Store a medium, and give it for a row to be written that refers to it; raises `WrongMedium`."""
        async with (
            self._intake.receiving(pieces, file_name="output") as received,
            self._looked_into(received, kind=kind) as kept,
        ):
            yield StoredMedium(
                facts=kept.facts,
                width=kept.width,
                height=kept.height,
                digest=kept.blob.digest,
                size_bytes=kept.blob.size_bytes,
                thumbnail_digest=kept.thumbnail.digest if kept.thumbnail else None,
            )

    @asynccontextmanager
    async def _looked_into(self, received: ReceivedFile, *, kind: ModelKind) -> AsyncGenerator[KeptFile]:
        wanted = TYPE_OF_KIND[kind]
        async with AsyncExitStack() as held:
            try:
                kept = await held.enter_async_context(self._intake.keeping(received))
            except InvalidInput as error:
                raise _wrong(f"something that cannot be read ({error.message})", wanted=wanted) from error
            if kept.facts.type != wanted:
                raise _wrong(f"{_WORDS[kept.facts.type]} ({kept.facts.format})", wanted=wanted)
            yield kept


def _wrong(brought: str, *, wanted: str) -> WrongMedium:
    return WrongMedium(
        f"The model brought {brought} where {_WORDS[wanted]} was expected.",
        next_step="Retry it (a new run, paid for anew), or choose another model.",
        details={"expected": wanted},
    )

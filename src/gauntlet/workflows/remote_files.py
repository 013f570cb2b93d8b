"""Files that people name by their web address: fetched by a provider, kept by the library."""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Protocol

from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.schemas import Asset, AssetDraft
from gauntlet.domain.assets.service import AssetService
from gauntlet.providers.web.fetching import RemoteFetcher


class FetchProgress(Protocol):
    """Hears how far a fetch is."""

    def __call__(self, received_bytes: int, total_bytes: int | None, /) -> None:
        """Take in how much has come, and how much there is where the server declares it."""
        ...


class RemoteUploads:
    """Makes assets of files on the web."""

    def __init__(self, assets: AssetService, fetcher: RemoteFetcher, *, size_limit_bytes: int) -> None:
        self._assets = assets
        self._fetcher = fetcher
        self._size_limit_bytes = size_limit_bytes

    async def fetch(
        self, principal: Principal, draft: AssetDraft, url: str, *, on_progress: FetchProgress | None = None
    ) -> Asset:
        """Fetch a file and make an asset of it; without a name in the draft it keeps the one it has there.

        Raises what an upload raises, and what `RemoteFetcher.fetching` raises; nothing is stored then. Nobody is asked
        for anything before it is known that the caller may upload there.
        """
        self._fetcher.check(url)
        await self._assets.check_upload(principal, draft, file_name=None)
        async with self._fetcher.fetching(url, size_limit_bytes=self._size_limit_bytes) as remote:
            await self._assets.check_upload(principal, draft, file_name=remote.name, size_bytes=remote.size_bytes)
            pieces = remote.pieces
            if on_progress is not None:
                pieces = _told(pieces, on_progress, total_bytes=remote.size_bytes)
            async with self._assets.receiving(pieces, file_name=remote.name) as received:
                return await self._assets.register(principal, draft, received)


async def _told(
    pieces: AsyncIterator[bytes], on_progress: FetchProgress, *, total_bytes: int | None
) -> AsyncGenerator[bytes]:
    received_bytes = 0
    async for piece in pieces:
        received_bytes += len(piece)
        on_progress(received_bytes, total_bytes)
        yield piece

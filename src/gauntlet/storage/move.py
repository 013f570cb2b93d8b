"""A library's bytes on their way from one store to another, while it is used."""

import contextlib
from collections.abc import AsyncGenerator, Callable
from typing import Final, TypedDict

from sqlalchemy import func, select

from gauntlet.core.clock import Clock, SystemClock
from gauntlet.core.errors import InvalidInput, StorageFailed
from gauntlet.db.models.blobs import BlobContentRow, BlobRow
from gauntlet.storage import index, publishing
from gauntlet.storage.contents import ContentMissing, StoreName
from gauntlet.storage.index import IndexedBlob
from gauntlet.storage.library import BlobLibrary
from gauntlet.storage.reports import Finding, MoveProgress, MoveReport

_PAGE_ROWS: Final = 100
_FAILURES_IN_A_ROW: Final = 3  # one broken file is passed over; a store that answers nothing ends the move


class _Done(TypedDict):
    blobs_moved: int
    bytes_moved: int


class StorageMove:
    """Moves blob by blob: a copy, its digest compared; the row switched in one transaction; the old bytes deleted.

    It can be killed at any moment and run again: what is half copied is swept, what is copied is not copied again.
    Readers are not disturbed: who meets the end of the old bytes goes on in the new ones.
    """

    def __init__(self, library: BlobLibrary, *, clock: Clock | None = None) -> None:
        self._library = library
        self._clock: Clock = clock or SystemClock()
        self._failures: list[Finding] = []
        self._moved = self._moved_bytes = 0

    async def run(
        self, source: StoreName, target: StoreName, *, on_progress: Callable[[MoveProgress], None] | None = None
    ) -> MoveReport:
        """Move all blobs that lie in `source` now; raises `InvalidInput` for a move to itself.

        Raises `StorageFailed` where one of the stores is not configured or fails for good.
        """
        if source == target:
            raise _to_itself(source)
        for name in (source, target):
            _ = self._library.stores[name]
        blobs, size_bytes = await self._remaining(source)
        in_a_row = 0
        async for found in self._blobs_in(source):
            failure = await self._move(found, target)
            in_a_row = in_a_row + 1 if isinstance(failure, StorageFailed) else 0
            if isinstance(failure, StorageFailed) and in_a_row == _FAILURES_IN_A_ROW:
                raise failure
            if on_progress is not None:
                on_progress(
                    MoveProgress(source=source, target=target, blobs=blobs, size_bytes=size_bytes, **self._done())
                )
        remaining, _ = await self._remaining(source)
        return MoveReport(
            source=source, target=target, remaining=remaining, failures=tuple(self._failures), **self._done()
        )

    def _done(self) -> _Done:
        return _Done(blobs_moved=self._moved, bytes_moved=self._moved_bytes)

    async def _move(self, found: IndexedBlob, target: StoreName) -> StorageFailed | None:
        """Move one blob; return the failure of a store, which may be one of the whole store."""
        try:
            if await self._switch(found, target):
                self._moved += 1
                self._moved_bytes += found.size_bytes
        except StorageFailed as error:
            self._fail(found, error.message, next_step=error.next_step)
            return error
        except (ContentMissing, _Damaged):
            if await self._is_still(found):
                self._fail(
                    found,
                    f"The blob {found.digest} was not moved: its bytes are damaged or missing.",
                    next_step="Run `gauntlet storage check --deep`, or upload the same file again.",
                )
        return None

    async def _switch(self, found: IndexedBlob, target: StoreName) -> bool:
        with contextlib.suppress(_Outrun):
            async with self._library.unpublished(
                self._copied(found), size_limit_bytes=found.size_bytes, store=target
            ) as (content, written):
                if (written.digest, written.size_bytes) != (found.digest, found.size_bytes):
                    raise _Damaged
                async with self._library.transaction() as session:
                    if not await session.run_sync(
                        publishing.touch_content, content_id=content.id, now=self._clock.now()
                    ):
                        raise _Outrun
                    if not await index.switch_content(session, found.digest, old=found.content, new=content):
                        raise _Outrun
            await self._library.remove_discarded(found.content)
            return True
        return False

    async def _copied(self, found: IndexedBlob) -> AsyncGenerator[bytes]:
        async with contextlib.aclosing(self._library.pieces(found.content, 0, found.size_bytes)) as pieces:
            async for piece in pieces:
                yield piece

    async def _is_still(self, found: IndexedBlob) -> bool:
        """Return whether the blob is made of the same bytes still; else somebody deleted or moved it meanwhile."""
        now = await self._library.find(found.digest)
        return now is not None and now.content.id == found.content.id

    def _fail(self, found: IndexedBlob, message: str, *, next_step: str | None) -> None:
        self._failures.append(
            Finding(
                kind="unreadable_bytes",
                store=found.content.store,
                subject=found.digest,
                message=message,
                next_step=next_step,
            )
        )

    async def _blobs_in(self, store: StoreName) -> AsyncGenerator[IndexedBlob]:
        last = ""
        while True:
            async with self._library.database.read() as session:
                page = await index.blobs_after(session, last, limit=_PAGE_ROWS, where=BlobContentRow.store == store)
            for found in page:
                yield found
            if len(page) < _PAGE_ROWS:
                return
            last = page[-1].digest

    async def _remaining(self, store: StoreName) -> tuple[int, int]:
        async with self._library.database.read() as session:
            count, size = (
                await session.execute(
                    select(func.count(), func.coalesce(func.sum(BlobRow.size_bytes), 0))
                    .join(BlobContentRow, BlobContentRow.id == BlobRow.content_id)
                    .where(BlobContentRow.store == store)
                )
            ).one()
        return int(count), int(size)


def _to_itself(store: StoreName) -> InvalidInput:
    return InvalidInput(
        f"Bytes cannot be moved from the store {store!r} to itself.",
        next_step="Name two different stores.",
        details={"field": "target", "value": store},
    )


class _Damaged(Exception):
    """The bytes are not those of their address."""


class _Outrun(Exception):
    """Somebody deleted or moved the blob while it was copied."""

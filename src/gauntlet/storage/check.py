"""Proof that rows and bytes agree, and the repair of what can be."""

import hashlib
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from datetime import timedelta
from typing import Final, Literal, Protocol

from sqlalchemy import func, select

from gauntlet.core.clock import Clock, SystemClock
from gauntlet.core.errors import StorageFailed
from gauntlet.core.ids import Digest
from gauntlet.db.models.blobs import BlobRow
from gauntlet.storage import index
from gauntlet.storage.contents import Content, ContentMissing, LyingBytes, StoreName
from gauntlet.storage.index import IndexedBlob
from gauntlet.storage.library import BlobLibrary
from gauntlet.storage.references import referring_columns
from gauntlet.storage.reports import CheckDepth, CheckProgress, Finding, FindingKind

UNFINISHED_AGE: Final = timedelta(hours=1)
_PAGE_ROWS: Final = 200
_FAILURES_IN_A_ROW: Final = 3  # one broken file is a finding; a store that answers nothing ends the check
_RESTORE: Final = (
    "Upload the same file again, or store it by any other way: equal bytes take its place. Else restore the store"
    " from its last backup."
)

Progress = Callable[[CheckProgress], None]


class Verifier(Protocol):
    """Another check that belongs to the same proof, as of what clients are said to use."""

    def __call__(self, *, repair: bool) -> AsyncIterator[Finding]:
        """Yield what does not agree; with `repair`, after making it right."""
        ...


class StorageCheck:
    """Looks at every blob, every content and all that lies in every store, a page at a time.

    What is found is yielded at once. Without `repair` nothing is changed.
    """

    def __init__(self, library: BlobLibrary, *, verifiers: Sequence[Verifier] = (), clock: Clock | None = None) -> None:
        self._library = library
        self._verifiers = verifiers
        self._clock: Clock = clock or SystemClock()

    async def run(
        self,
        *,
        depth: CheckDepth = "sizes",
        repair: bool = False,
        after: Digest | None = None,
        on_progress: Progress | None = None,
    ) -> AsyncGenerator[Finding]:
        """Yield all that does not agree.

        With depth `hashes` all bytes are read. `after` passes over blobs that a check which was broken off has seen
        (`CheckProgress.last_digest`). Raises `StorageFailed` where a store answers nothing.
        """
        blobs = _BlobPass(self._library, depth=depth, repair=repair, on_progress=on_progress)
        steps: tuple[AsyncIterator[Finding], ...] = (
            blobs.run(after),
            self._unfinished(repair=repair),
            self._strays(repair=repair),
            self._dangling(),
            *(verify(repair=repair) for verify in self._verifiers),
        )
        for step in steps:
            async for finding in step:
                yield finding

    async def _unfinished(self, *, repair: bool) -> AsyncGenerator[Finding]:
        before, last = self._clock.now() - UNFINISHED_AGE, 0
        while True:
            async with self._library.database.read() as session:
                contents = await index.condemned(session, before=before, limit=_PAGE_ROWS, after=last)
            for content in contents:
                removed = repair and await self._library.remove_condemned(content, before=before)
                yield Finding(
                    kind="unfinished_content",
                    store=content.store,
                    subject=_place(content),
                    message=f"The content {content.id} belongs to no blob: an upload or a move that broke off.",
                    was_repaired=removed,
                    next_step=None if removed else "The server's upkeep removes it; `--repair` does so now.",
                )
            if len(contents) < _PAGE_ROWS:
                return
            last = contents[-1].id

    async def _strays(self, *, repair: bool) -> AsyncGenerator[Finding]:
        for name in self._library.stores.by_name:
            page: list[LyingBytes] = []
            async with aclosing(self._library.stores[name].iterate()) as lying:
                async for each in lying:
                    page.append(each)
                    if len(page) == _PAGE_ROWS:
                        for finding in await self._strays_of(name, page, repair=repair):
                            yield finding
                        page = []
            for finding in await self._strays_of(name, page, repair=repair):
                yield finding

    async def _strays_of(self, name: StoreName, page: Sequence[LyingBytes], *, repair: bool) -> list[Finding]:
        async with self._library.database.read() as session:
            known = await index.known_places(session, name, [each.name for each in page])
        found: list[Finding] = []
        for each in page:
            # Listed first and looked up second: what was removed in between, row and bytes, is no stray.
            if each.name in known or not await self._library.stores[name].holds(each):
                continue
            place = await self._library.stores[name].set_aside(each) if repair else None
            found.append(
                Finding(
                    kind="stray_bytes",
                    store=name,
                    subject=each.name,
                    message=f"{each.size_bytes:,} bytes lie in the store under {each.name}, of which no row knows.",
                    next_step=(
                        "`--repair` sets them aside; nothing is lost by that."
                        if place is None
                        else f"They lie in {place} now; delete them when you are sure that nothing needs them."
                    ),
                )
            )
        return found

    async def _dangling(self) -> AsyncGenerator[Finding]:
        for column in referring_columns():
            table = column.table
            statement = (
                select(func.count(), func.min(column))
                .select_from(table)
                .outerjoin(BlobRow, BlobRow.digest == column)
                .where(column.is_not(None), BlobRow.digest.is_(None))
            )
            async with self._library.database.read() as session:
                count, example = (await session.execute(statement)).one()
            if count:
                yield Finding(
                    kind="dangling_reference",
                    subject=f"{table}.{column.name}",
                    message=f"{count:,} rows of {table} refer to blobs that are not there, such as {example}.",
                    next_step="Restore the database from its last backup.",
                )


class _BlobPass:
    """The walk over all blobs."""

    def __init__(self, library: BlobLibrary, *, depth: CheckDepth, repair: bool, on_progress: Progress | None) -> None:
        self._library = library
        self._depth = depth
        self._repair = repair
        self._on_progress = on_progress
        self._checked = self._total = self._bytes_read = self._failures = 0

    async def run(self, after: Digest | None) -> AsyncGenerator[Finding]:
        """Yield what is wrong with any blob's bytes, in the order of digests."""
        last = after or ""
        async with self._library.database.read() as session:
            self._total = await session.scalar(select(func.count()).select_from(BlobRow)) or 0
        while True:
            async with self._library.database.read() as session:
                page = await index.blobs_after(session, last, limit=_PAGE_ROWS)
            sizes = await self._sizes(page)
            for found in page:
                finding = await self._look_at(found, sizes.get(found.content.id))
                if finding is not None:
                    yield finding
                self._tell(found.digest)
            if len(page) < _PAGE_ROWS:
                return
            last = page[-1].digest

    async def _sizes(self, page: Sequence[IndexedBlob]) -> dict[int, int]:
        sizes: dict[int, int] = {}
        names: set[StoreName] = {found.content.store for found in page}
        for name in names:
            contents = [found.content for found in page if found.content.store == name]
            sizes |= await self._library.stores[name].sizes(contents)
        return sizes

    async def _look_at(self, found: IndexedBlob, size_bytes: int | None) -> Finding | None:
        try:
            fault = await self._fault(found, size_bytes)
        except StorageFailed as error:
            self._failures += 1
            if self._failures == _FAILURES_IN_A_ROW:
                raise
            return _finding(found, "unreadable_bytes", error.message, next_step=error.next_step)
        self._failures = 0
        if fault is None:
            # Sizes alone do not show that bytes are sound again.
            return await self._sound_again(found) if found.is_damaged and self._depth == "hashes" else None
        if not await self._is_still(found):
            return None  # deleted or moved while we looked
        if self._repair and not found.is_damaged:
            await self._mark(found, "damaged")
        kind, message = fault
        return _finding(found, kind, message, next_step=_RESTORE)

    async def _fault(self, found: IndexedBlob, size_bytes: int | None) -> tuple[FindingKind, str] | None:
        if size_bytes is None and found.size_bytes:
            return "missing_bytes", f"The bytes of the blob {found.digest} are not in the store."
        if (size_bytes or 0) != found.size_bytes:
            return (
                "wrong_size",
                f"The blob {found.digest} has {size_bytes:,} bytes in the store and should have {found.size_bytes:,}.",
            )
        if self._depth == "hashes" and await self._hashed(found) != found.digest:
            return "wrong_bytes", f"The bytes of the blob {found.digest} are damaged: their hash is another."
        return None

    async def _hashed(self, found: IndexedBlob) -> str | None:
        sha = hashlib.sha256()
        try:
            async with aclosing(self._library.pieces(found.content, 0, found.size_bytes)) as pieces:
                async for piece in pieces:
                    sha.update(piece)
                    self._bytes_read += len(piece)
        except ContentMissing:
            return None
        return sha.hexdigest()

    async def _sound_again(self, found: IndexedBlob) -> Finding:
        if self._repair:
            await self._mark(found, "sound")
        return _finding(
            found,
            "sound_again",
            f"The blob {found.digest} was marked as damaged, and its bytes are right.",
            next_step=None if self._repair else "`--repair` takes the mark away.",
            was_repaired=self._repair,
        )

    async def _is_still(self, found: IndexedBlob) -> bool:
        now = await self._library.find(found.digest)
        return now is not None and now.content.id == found.content.id

    async def _mark(self, found: IndexedBlob, state: Literal["damaged", "sound"]) -> None:
        async with self._library.transaction() as session:
            await index.set_state(session, found.content.id, state=state)

    def _tell(self, digest: Digest) -> None:
        self._checked += 1
        if self._on_progress is not None:
            self._on_progress(
                CheckProgress(
                    blobs_checked=self._checked, blobs=self._total, bytes_read=self._bytes_read, last_digest=digest
                )
            )


def _finding(
    found: IndexedBlob, kind: FindingKind, message: str, *, next_step: str | None, was_repaired: bool = False
) -> Finding:
    return Finding(
        kind=kind,
        store=found.content.store,
        subject=found.digest,
        message=message,
        next_step=next_step,
        was_repaired=was_repaired,
    )


def _place(content: Content) -> str:
    return content.location or str(content.id)

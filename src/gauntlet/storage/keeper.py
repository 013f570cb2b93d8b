"""What an administrator does with stored bytes."""

from collections.abc import AsyncIterator, Callable, Sequence

from gauntlet.core.clock import Clock, SystemClock
from gauntlet.core.ids import Digest
from gauntlet.storage.check import StorageCheck, Verifier
from gauntlet.storage.contents import StoreName
from gauntlet.storage.library import BlobLibrary
from gauntlet.storage.move import StorageMove
from gauntlet.storage.reports import CheckDepth, CheckProgress, Finding, MoveProgress, MoveReport, StorageStats
from gauntlet.storage.stats import storage_stats


class StorageKeeper:
    """The verbs: look, prove, move. Who may use them is the surfaces' to say."""

    def __init__(self, library: BlobLibrary, *, verifiers: Sequence[Verifier] = (), clock: Clock | None = None) -> None:
        self._library = library
        self._verifiers = verifiers
        self._clock: Clock = clock or SystemClock()

    async def stats(self) -> StorageStats:
        """Return where space goes."""
        return await storage_stats(self._library)

    def check(
        self,
        *,
        depth: CheckDepth = "sizes",
        repair: bool = False,
        after: Digest | None = None,
        on_progress: Callable[[CheckProgress], None] | None = None,
    ) -> AsyncIterator[Finding]:
        """Yield all that does not agree between rows and bytes (see `StorageCheck.run`)."""
        check = StorageCheck(self._library, verifiers=self._verifiers, clock=self._clock)
        return check.run(depth=depth, repair=repair, after=after, on_progress=on_progress)

    async def move(
        self, source: StoreName, target: StoreName, *, on_progress: Callable[[MoveProgress], None] | None = None
    ) -> MoveReport:
        """Move all blobs from one store to another (see `StorageMove.run`)."""
        return await StorageMove(self._library, clock=self._clock).run(source, target, on_progress=on_progress)

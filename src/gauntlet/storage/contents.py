"""The seam behind which a content's bytes lie: chunks in the database, files, or objects in a bucket."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from gauntlet.core.errors import StorageFailed

BATCH_SIZE_BYTES: Final = 2 << 20
"""What a writer is given at once; all but the last of a content are of this size."""

StoreName = Literal["database", "filesystem", "s3"]
STORE_NAMES: Final[tuple[StoreName, ...]] = ("database", "filesystem", "s3")


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes that belong together, and where they lie.

    `location` is drawn by lot for each content and never made of the bytes: deleting some and storing equal ones at
    the same time do not meet. In the database the number is the location.
    """

    id: int
    store: StoreName
    location: str | None


@dataclass(frozen=True, slots=True)
class LyingBytes:
    """What a store holds under a name, whether or not a row knows of it."""

    store: StoreName
    name: str
    size_bytes: int


class ContentMissing(Exception):
    """A store has none of the bytes that were asked for; whoever knows the index says what that means."""


class ContentSwept(Exception):
    """The row of a content that is being written is gone: the sweeper took it for one that was broken off."""


class ContentWriter(Protocol):
    """Takes one content's bytes, in order."""

    async def write(self, data: memoryview) -> None:
        """Take the next bytes, which the caller may overwrite as soon as this returns.

        May raise `ContentSwept`, where the store sees it.
        """
        ...

    async def finish(self) -> None:
        """Return when all bytes outlive a power cut (in the database: with the next durable commit)."""
        ...

    async def abort(self) -> None:
        """Let go of what is open; `ContentStore.delete` removes what lies there already."""
        ...


class ContentStore(Protocol):
    """Keeps contents and knows nothing of what they are for.

    All methods raise `StorageFailed` where the store cannot be reached, is full or is broken.
    """

    name: StoreName
    piece_bytes: int
    """What is fetched at once by those who read a whole content."""

    def new_location(self) -> str | None:
        """Return where a fresh content will lie."""
        ...

    def open(self, content: Content) -> ContentWriter:
        """Begin to write a content whose row is there."""
        ...

    async def fetch(self, content: Content, start: int, end: int) -> bytes:
        """Return the bytes from `start` to before `end`, or fewer, but one at least.

        Raises `ContentMissing` where there is none at `start`. Callers ask for `piece_bytes` at most.
        """
        ...

    async def sizes(self, contents: Sequence[Content]) -> Mapping[int, int]:
        """Return how many bytes lie there, by the contents' numbers; those of which nothing lies there are left out."""
        ...

    async def delete(self, content: Content) -> None:
        """Remove all of a content's bytes, written or half written; no error where there are none."""
        ...

    def iterate(self) -> AsyncGenerator[LyingBytes]:
        """Yield all that lies in the store, half-written bytes included."""
        ...

    async def holds(self, lying: LyingBytes) -> bool:
        """Return whether what `iterate` told of is there still."""
        ...

    async def set_aside(self, lying: LyingBytes) -> str:
        """Put bytes that no row knows where `iterate` does not see them, and return where that is, for a person."""
        ...


@dataclass(frozen=True, slots=True)
class ContentStores:
    """The stores that are configured, and which of them takes new bytes."""

    by_name: dict[StoreName, ContentStore]
    default: StoreName

    def __getitem__(self, name: StoreName) -> ContentStore:
        """Return a store; raises `StorageFailed` for one that is not configured."""
        store = self.by_name.get(name)
        if store is None:
            raise StorageFailed(
                f"Bytes lie in the store {name!r}, which is not configured.",
                next_step="Set the GAUNTLET_STORAGE__S3_… variables as they were when the bytes were stored.",
                details={"store": name},
            )
        return store

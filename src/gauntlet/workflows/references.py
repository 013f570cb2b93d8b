"""Reference media for planners: looked at in the media sandbox each time, so that only their bytes are kept."""

from dataclasses import dataclass

from gauntlet.core.creative.reference import ReferenceFacts
from gauntlet.core.errors import NotFound
from gauntlet.core.ids import Digest
from gauntlet.media.sandbox.references import ReferenceReader
from gauntlet.providers.llm.contract import ReferencePicture
from gauntlet.storage.base import BlobStore


@dataclass(frozen=True, slots=True)
class Reference:
    """What a planner is told of a reference, and the small pictures that a language model looks at."""

    facts: ReferenceFacts
    pictures: tuple[ReferencePicture, ...]


@dataclass(frozen=True, slots=True)
class _StoredFile:
    blobs: BlobStore
    digest: Digest
    size_bytes: int

    async def read(self, start: int, length: int) -> bytes:
        return b"".join([piece async for piece in self.blobs.read(self.digest, start=start, length=length)])


class ReferenceRoom:
    """Looks at stored references."""

    def __init__(self, *, blobs: BlobStore, reader: ReferenceReader) -> None:
        self._blobs = blobs
        self._reader = reader

    async def look(self, digest: Digest, *, name: str) -> Reference:
        """Return what is to be seen of a stored image or video.

        Raises `UnsupportedMedia` for anything else, `TooLarge` past 10 MB (an image), 50 MB or 60 s (a video),
        `InvalidInput` for a damaged one.
        """
        facts = await self._blobs.facts(digest)
        if facts is None:
            raise NotFound(
                f"The bytes {digest[:12]} of a reference are not stored any more.",
                next_step="Give another reference, or go on without one.",
            )
        seen = await self._reader.look(_StoredFile(self._blobs, digest, facts.size_bytes), name=name)
        pictures = tuple(
            ReferencePicture(media_type="image/jpeg", data=data, label=label) for label, data in seen.pictures
        )
        return Reference(facts=seen.facts, pictures=pictures)

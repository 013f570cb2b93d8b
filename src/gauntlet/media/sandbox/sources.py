"""Where a file's bytes come from, for a process that may reach nothing itself."""

from dataclasses import dataclass
from typing import Protocol


class ByteSource(Protocol):
    """Bytes that can be read from anywhere in them, as often as needed, on the caller's event loop."""

    @property
    def size_bytes(self) -> int:
        """How many bytes there are."""
        ...

    async def read(self, start: int, length: int) -> bytes:
        """Return `length` bytes from `start` on; both always lie inside the file."""
        ...


@dataclass(frozen=True, slots=True)
class MemorySource:
    """Bytes that are in memory already."""

    data: bytes

    @property
    def size_bytes(self) -> int:
        """How many bytes there are."""
        return len(self.data)

    async def read(self, start: int, length: int) -> bytes:
        """Return `length` bytes from `start` on."""
        return self.data[start : start + length]

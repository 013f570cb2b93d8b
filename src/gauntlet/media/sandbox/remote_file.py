"""A file whose bytes are with the server: what a media process reads from."""

from __future__ import annotations

import io
import socket
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from gauntlet.media.sandbox.frames import BYTES, PREFIX, READ, READ_MAX_BYTES, WANTS, packed

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

BLOCK_BYTES: Final = 256 << 10
_RUN_MAX: Final = READ_MAX_BYTES // BLOCK_BYTES  # blocks fetched at once while a decoder reads on and on
_KEPT_BLOCKS: Final = 48
_KEPT_READ_MAX_BYTES: Final = 4 << 20
"""What is read in larger pieces is read once, by a decoder that has it all in memory then."""


class Channel:
    """The process's end of its socket, blocking."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection

    def send(self, kind: bytes, header: bytes = b"", *bodies: ReadableBuffer) -> None:
        """Send a frame."""
        views = [memoryview(body).cast("B") for body in bodies]
        self._socket.sendall(packed(kind, header, sum(len(view) for view in views)))
        for view in views:
            self._socket.sendall(view)

    def receive(self) -> tuple[bytes, bytes, int]:
        """Return a frame's kind, header and the length of its body, which `receive_into` reads; EOFError at the end."""
        prefix = bytearray(PREFIX.size)
        self.receive_into(memoryview(prefix))
        kind, header_bytes, body_bytes = PREFIX.unpack(prefix)
        header = bytearray(header_bytes)
        self.receive_into(memoryview(header))
        return kind, bytes(header), body_bytes

    def receive_into(self, view: memoryview) -> None:
        """Fill a view; EOFError where the server closes before."""
        while view:
            count = self._socket.recv_into(view)
            if not count:
                raise EOFError("the server closed the connection")
            view = view[count:]


class RemoteFile(io.RawIOBase):
    """A seekable binary file that asks the server for the parts that are read, and keeps the last ones."""

    def __init__(self, channel: Channel, size_bytes: int) -> None:
        super().__init__()
        self._channel = channel
        self._size = size_bytes
        self._at = 0
        self._blocks: OrderedDict[int, bytes] = OrderedDict()
        self._next_block = -1
        self._run = 1

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def tell(self) -> int:
        """Return the position."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Set the position; one past the end is allowed, one before the start is not."""
        at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if at < 0:
            raise OSError(22, f"a position of {at} lies before the file's start")
        self._at = at
        return at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer as far as there are bytes; unlike other raw files it never gives less than there is."""
        view = memoryview(buffer).cast("B")
        view = view[: max(0, min(len(view), self._size - self._at))]
        self._fill(view)
        return len(view)

    def read(self, size: int | None = -1, /) -> bytes:
        """Return so many bytes, or all that are left."""
        left = max(0, self._size - self._at)
        data = bytearray(left if size is None or size < 0 else min(size, left))
        self._fill(memoryview(data))
        return bytes(data)

    def readall(self) -> bytes:
        """Return all that is left."""
        return self.read()

    def _fill(self, view: memoryview) -> None:
        if len(view) > _KEPT_READ_MAX_BYTES:
            self._fetch(self._at, view)
            self._at += len(view)
            return
        while view:
            index, offset = divmod(self._at, BLOCK_BYTES)
            part = self._block(index)[offset : offset + len(view)]
            view[: len(part)] = part
            view = view[len(part) :]
            self._at += len(part)

    def _block(self, index: int) -> bytes:
        if index not in self._blocks:
            self._run = min(self._run * 2, _RUN_MAX) if index == self._next_block else 1
            self._fetch_blocks(index, self._run)
        self._blocks.move_to_end(index)
        return self._blocks[index]

    def _fetch_blocks(self, first: int, count: int) -> None:
        start = first * BLOCK_BYTES
        data = bytearray(min(count * BLOCK_BYTES, self._size - start))
        self._fetch(start, memoryview(data))
        for place in range(-(-len(data) // BLOCK_BYTES)):
            self._blocks[first + place] = bytes(data[place * BLOCK_BYTES : (place + 1) * BLOCK_BYTES])
        self._next_block = first + count
        while len(self._blocks) > _KEPT_BLOCKS:
            self._blocks.popitem(last=False)

    def _fetch(self, start: int, view: memoryview) -> None:
        for offset in range(0, len(view), READ_MAX_BYTES):
            part = view[offset : offset + READ_MAX_BYTES]
            self._channel.send(WANTS, b"", READ.pack(start + offset, len(part)))
            kind, _, length = self._channel.receive()
            if kind != BYTES or length != len(part):
                raise EOFError(f"the server answered a read with a frame {kind!r} of {length} bytes")
            self._channel.receive_into(part)

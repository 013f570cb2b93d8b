"""The compound files of older Office programs ([MS-CFB]): what is in one, read only as far as that takes."""

import struct
from dataclasses import dataclass
from typing import BinaryIO, Final

from gauntlet.core.errors import InvalidInput

_HEADER_BYTES: Final = 512
_SHIFTS: Final = {3: 9, 4: 12}  # major version to sector size, section 2.2
_ENTRY_BYTES: Final = 128
_SECTORS_MAX: Final = 256  # of the directory, and of the table of tables: real files have a handful
_LAST_SECTOR: Final = 0xFFFFFFF9
_STREAM: Final = 2


@dataclass(frozen=True, slots=True)
class OleStream:
    """A stream of a compound file; `start` is its first sector."""

    name: str
    start: int
    size_bytes: int


class OleFile:
    """A compound file. Raises InvalidInput where its structure does not hold."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size_bytes = file.seek(0, 2)
        header = self._read(0, _HEADER_BYTES)
        if len(header) < _HEADER_BYTES:
            raise _damaged("its header is cut short")
        major, order, shift = struct.unpack_from("<HHH", header, 26)
        if order != 0xFFFE or _SHIFTS.get(major) != shift:
            raise _damaged("its header contradicts itself")
        self._sector_bytes = 1 << shift
        self._directory_start, self._mini_cutoff = struct.unpack_from("<I4xI", header, 48)
        self._tables = self._table_sectors(header)

    def streams(self) -> list[OleStream]:
        """Return the streams that it has, at any depth."""
        found: list[OleStream] = []
        for sector in self._chain(self._directory_start):
            data = self._sector(sector)
            for at in range(0, len(data) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
                name_bytes, kind = struct.unpack_from("<HB", data, at + 64)
                if kind == _STREAM and 2 < name_bytes <= 64:
                    name = data[at : at + name_bytes - 2].decode("utf-16-le", "replace")
                    start, size_bytes = struct.unpack_from("<II", data, at + 116)
                    found.append(OleStream(name, start, size_bytes))
        return found

    def first_bytes(self, stream: OleStream, length: int) -> bytes | None:
        """Return how a stream begins, None for a small one (kept elsewhere); InvalidInput where it is cut off."""
        if stream.size_bytes < self._mini_cutoff:
            return None
        return self._sector(stream.start)[:length]

    def _table_sectors(self, header: bytes) -> list[int]:
        """Return where the parts of the allocation table are: 109 stand in the header, more in sectors of their own."""
        found = list(struct.unpack_from("<109I", header, 76))
        following, count = struct.unpack_from("<II", header, 68)
        for _ in range(min(count, _SECTORS_MAX)):
            if following > _LAST_SECTOR:
                break
            numbers = struct.unpack(f"<{self._sector_bytes // 4}I", self._sector(following))
            found += numbers[:-1]
            following = numbers[-1]
        return [sector for sector in found if sector <= _LAST_SECTOR]

    def _chain(self, sector: int) -> list[int]:
        found: list[int] = []
        per_table = self._sector_bytes // 4
        while sector <= _LAST_SECTOR:
            if len(found) >= _SECTORS_MAX or sector in found:
                raise _damaged("its directory has no end")
            found.append(sector)
            table, place = divmod(sector, per_table)
            if table >= len(self._tables):
                raise _damaged("its directory leads outside it")
            (sector,) = struct.unpack_from("<I", self._sector(self._tables[table]), place * 4)
        return found

    def _sector(self, number: int) -> bytes:
        data = self._read((number + 1) * self._sector_bytes, self._sector_bytes)
        if len(data) < self._sector_bytes:
            raise _damaged(f"sector {number:,} lies past its end")
        return data

    def _read(self, at: int, length: int) -> bytes:
        if at >= self._size_bytes:
            return b""
        self._file.seek(at)
        return self._file.read(length)


def _damaged(reason: str) -> InvalidInput:
    return InvalidInput(
        f"The document is damaged or cut short ({reason}).",
        next_step="Open it, save it again and upload that.",
        details={"field": "file"},
    )

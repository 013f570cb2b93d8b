"""Contents as files: each under a name of its own, whole or not there at all."""

import asyncio
import os
import re
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from gauntlet.core.errors import StorageFailed
from gauntlet.core.ids import new_uuid
from gauntlet.storage.contents import Content, ContentMissing, LyingBytes, StoreName

_LOCATION: Final = re.compile(r"[0-9a-f]{32}")
_OBJECTS: Final = "objects"
_INCOMING: Final = "incoming"
_STRAYS: Final = "strays"
_NEXT_STEP: Final = "Make sure that the directory is there, writable and has space, then try again."

_Args = ParamSpec("_Args")
_Result = TypeVar("_Result")


class FileContents:
    """`ContentStore` in a directory.

    A content is written into `incoming/NAME`, synced, and renamed to `objects/NA/NAME`; the folder is synced too, so
    that the name outlives a power cut as the bytes do. All file work is done in threads.
    """

    name: StoreName = "filesystem"
    piece_bytes: int = 1 << 20

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def new_location(self) -> str:
        """Return a fresh name."""
        return new_uuid().hex

    def open(self, content: Content) -> "_FileWriter":
        """Begin to write a content; the file is made with its first bytes."""
        return _FileWriter(self._path(content, _INCOMING), self._path(content, _OBJECTS), self._directory)

    async def fetch(self, content: Content, start: int, end: int) -> bytes:
        """Return bytes of the file."""
        data = await self._in_thread(_read, self._path(content, _OBJECTS), start, end - start)
        if not data:
            raise ContentMissing
        return data

    async def sizes(self, contents: Sequence[Content]) -> Mapping[int, int]:
        """Return the sizes of those files that are there."""
        paths = [(content.id, self._path(content, _OBJECTS)) for content in contents]
        return await self._in_thread(_sizes, paths)

    async def delete(self, content: Content) -> None:
        """Remove a content's file, finished or not."""
        paths = [self._path(content, folder) for folder in (_INCOMING, _OBJECTS)]
        await self._in_thread(_unlink, paths)

    async def iterate(self) -> AsyncGenerator[LyingBytes]:
        """Yield all files of the store, a folder at a time."""
        folders = await self._in_thread(_folders, self._directory)
        for folder in folders:
            for path, size_bytes in await self._in_thread(_files, folder):
                name = path.name if _LOCATION.fullmatch(path.name) else str(path.relative_to(self._directory))
                yield LyingBytes(store=self.name, name=name, size_bytes=size_bytes)

    async def holds(self, lying: LyingBytes) -> bool:
        """Return whether there is such a file still."""
        return await self._in_thread(lambda: any(map(os.path.lexists, self._candidates(lying.name))))

    async def set_aside(self, lying: LyingBytes) -> str:
        """Move a file into the folder `strays` beside the others."""
        target = self._directory / _STRAYS / Path(lying.name).name
        await self._in_thread(_move_first, self._candidates(lying.name), target)
        return str(target)

    def _candidates(self, name: str) -> list[Path]:
        if _LOCATION.fullmatch(name):
            return [self._directory / _OBJECTS / name[:2] / name, self._directory / _INCOMING / name]
        return [self._directory / name]

    def _path(self, content: Content, folder: str) -> Path:
        """Return where a content lies; a location that is no name of ours leads nowhere."""
        if content.location is None or not _LOCATION.fullmatch(content.location):
            raise StorageFailed(
                f"The content {content.id} lies at {content.location!r}, which is no place in the file store.",
                next_step="Restore the database from its last backup.",
                details={"content": content.id},
            )
        if folder == _INCOMING:
            return self._directory / _INCOMING / content.location
        return self._directory / folder / content.location[:2] / content.location

    async def _in_thread(self, work: Callable[_Args, _Result], *args: _Args.args, **kwargs: _Args.kwargs) -> _Result:
        try:
            return await asyncio.to_thread(work, *args, **kwargs)
        except OSError as error:
            raise files_failed(self._directory, error) from error


class _FileWriter:
    def __init__(self, draft: Path, final: Path, directory: Path) -> None:
        self._draft = draft
        self._final = final
        self._directory = directory
        self._file: int | None = None

    async def write(self, data: memoryview) -> None:
        await self._in_thread(self._append, data)

    async def finish(self) -> None:
        await self._in_thread(self._finish)

    async def abort(self) -> None:
        await self._in_thread(self._close)

    def _append(self, data: memoryview) -> None:
        if self._file is None:
            self._open()
        while data:
            data = data[os.write(self._opened, data) :]

    def _finish(self) -> None:
        if self._file is None:
            self._open()  # an empty content is a file too
        os.fsync(self._opened)
        self._close()
        _make_folder(self._final.parent)
        os.rename(self._draft, self._final)
        _sync_folder(self._final.parent)

    def _open(self) -> None:
        _make_folder(self._draft.parent)
        self._file = os.open(self._draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)

    @property
    def _opened(self) -> int:
        if self._file is None:
            raise StorageFailed("The file was closed while it was written.", next_step="Try again.")
        return self._file

    def _close(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            os.close(file)

    async def _in_thread(self, work: Callable[_Args, None], *args: _Args.args, **kwargs: _Args.kwargs) -> None:
        running = asyncio.ensure_future(asyncio.to_thread(work, *args, **kwargs))
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            # A thread cannot be stopped: what follows (closing, deleting) must not overtake it.
            await asyncio.wait([running])
            raise
        except OSError as error:
            raise files_failed(self._directory, error) from error


def files_failed(directory: Path, error: OSError) -> StorageFailed:
    """Return the error to tell when the file system does not take or give bytes."""
    return StorageFailed(
        f"The file store in {directory} failed: {error.strerror or error}.",
        next_step=_NEXT_STEP,
        details={"path": str(directory)},
    )


def _read(path: Path, start: int, size_bytes: int) -> bytes:
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return b""
    try:
        return os.pread(file, size_bytes, start)
    finally:
        os.close(file)


def _sizes(paths: Sequence[tuple[int, Path]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for content_id, path in paths:
        try:
            found[content_id] = path.lstat().st_size
        except FileNotFoundError:
            continue
    return found


def _unlink(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _folders(directory: Path) -> list[Path]:
    objects = directory / _OBJECTS
    return [
        *(folder for folder in [directory / _INCOMING] if folder.is_dir()),
        *(sorted(folder for folder in objects.iterdir() if folder.is_dir()) if objects.is_dir() else []),
    ]


def _files(folder: Path) -> list[tuple[Path, int]]:
    def found() -> Iterator[tuple[Path, int]]:
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    if not entry.is_dir(follow_symlinks=False):
                        yield folder / entry.name, entry.stat(follow_symlinks=False).st_size
                except FileNotFoundError:
                    continue  # finished or deleted since it was listed

    return sorted(found())


def _move_first(candidates: Sequence[Path], target: Path) -> None:
    _make_folder(target.parent)
    for path in candidates:
        if os.path.lexists(path):
            os.rename(path, target)
            _sync_folder(target.parent)
            return


def _make_folder(folder: Path) -> None:
    """Make a folder, and its parents, whose names outlive a power cut."""
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(file)
    finally:
        os.close(file)

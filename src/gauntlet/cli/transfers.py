"""Files on their way into the library and out of it: a bar each on a terminal, a line each elsewhere."""

import asyncio
import contextlib
import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, Literal, Protocol

from gauntlet.cli.output import one_line, stderr
from gauntlet.core.errors import Conflict, InvalidInput, StorageFailed

_PIECE_BYTES: Final = 1 << 20
_NAME_CHARACTERS: Final = 32


class Bar(Protocol):
    """Shows how far one file is."""

    def move(self, done_bytes: int, total_bytes: int | None) -> None:
        """Take in how much is there, of how much where that is known."""
        ...

    def tell(self, note: str) -> None:
        """Say what happens now."""
        ...

    def end(self, note: str) -> None:
        """Say what came of it; nothing is shown after that."""
        ...


class Transfers(Protocol):
    """Gives the bars."""

    def begin(self, name: str, *, total_bytes: int | None) -> Bar:
        """Show another file."""
        ...


class _SilentBar:
    def move(self, done_bytes: int, total_bytes: int | None) -> None:
        """Take note of nothing."""

    def tell(self, note: str) -> None:
        """Take note of nothing."""

    def end(self, note: str) -> None:
        """Take note of nothing."""


class _Silence:
    def begin(self, name: str, *, total_bytes: int | None) -> Bar:
        """Show nothing; for programs that read the result."""
        return _SilentBar()


class _LineBar(_SilentBar):
    def __init__(self, name: str) -> None:
        self._name = name

    def end(self, note: str) -> None:
        """Print one line."""
        stderr().print(f"{self._name}: {note}", markup=False, soft_wrap=True)


class _Lines:
    def begin(self, name: str, *, total_bytes: int | None) -> Bar:
        """Print a line when the file is through; for logs and pipes."""
        return _LineBar(name)


@contextmanager
def transfers(*, silent: bool, unit: Literal["bytes", "things"] = "bytes") -> Generator[Transfers]:
    """Give what fits where stderr goes; `unit` is what the bars count, for which all their numbers stand."""
    if silent:
        yield _Silence()
    elif not sys.stderr.isatty():
        yield _Lines()
    else:
        with _bars(unit) as bars:
            yield bars


@contextmanager
def _bars(unit: Literal["bytes", "things"]) -> Generator[Transfers]:
    from rich.markup import escape
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn

    shown = Progress(
        TextColumn("{task.fields[file]}", style="bold"),
        BarColumn(bar_width=28),
        DownloadColumn() if unit == "bytes" else MofNCompleteColumn(),
        TextColumn("[dim]{task.fields[note]}[/]"),
        console=stderr(),
    )

    class LiveBar:
        """One bar; it gives way to a line when its file is through, so that many files fit a screen."""

        def __init__(self, name: str, total_bytes: int | None) -> None:
            self._name = name
            label = escape(one_line(name, limit=_NAME_CHARACTERS).ljust(_NAME_CHARACTERS))
            self._task = shown.add_task("", total=total_bytes, file=label, note="")

        def move(self, done_bytes: int, total_bytes: int | None) -> None:
            """Move the bar."""
            shown.update(self._task, completed=done_bytes, total=total_bytes)

        def tell(self, note: str) -> None:
            """Write beside the bar."""
            shown.update(self._task, note=escape(note))

        def end(self, note: str) -> None:
            """Leave a line in its place."""
            shown.remove_task(self._task)
            shown.console.print(f"{self._name}: {note}", markup=False, soft_wrap=True)

    class Bars:
        """The live bars."""

        def begin(self, name: str, *, total_bytes: int | None) -> Bar:
            """Show another bar."""
            return LiveBar(name, total_bytes)

    with shown:
        yield Bars()


def check_file(path: Path) -> int:
    """Return a file's size in bytes; raises `InvalidInput` for what is no file, or may not be read."""
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise InvalidInput(
                f"{str(path)[:200]!r} is {'a directory' if stat.S_ISDIR(facts.st_mode) else 'no regular file'}.",
                next_step="Give files, as in FOLDER/*.jpg .",
                details={"field": "file", "value": str(path)[:200]},
            )
        with path.open("rb"):
            return facts.st_size
    except (OSError, ValueError) as error:  # a name that holds NUL is a ValueError
        raise _unreadable(path, error) from error


async def file_pieces(path: Path, bar: Bar, *, total_bytes: int) -> AsyncGenerator[bytes]:
    """Yield a file's bytes and move the bar along; raises `InvalidInput` where it cannot be read."""
    done_bytes = 0
    try:
        with path.open("rb") as file:
            while piece := await asyncio.to_thread(file.read, _PIECE_BYTES):
                yield piece
                done_bytes += len(piece)
                bar.move(done_bytes, total_bytes)
    except OSError as error:
        raise _unreadable(path, error) from error
    bar.tell("looking into it")


async def save(
    pieces: AsyncIterator[bytes], path: Path, bar: Bar, *, digest: str, size_bytes: int, overwrite: bool
) -> None:
    """Write a file whole or not at all; raises `Conflict` where there is one, and `StorageFailed`.

    `digest` is the SHA-256 that the bytes must have.
    """
    try:
        with _draft_beside(path) as (draft, file):
            await copy(pieces, file, bar, digest=digest, size_bytes=size_bytes)
            await asyncio.to_thread(os.fsync, file.fileno())
            _publish(draft, path, overwrite=overwrite)
    except OSError as error:
        raise _unwritable(path, error) from error


@contextmanager
def _draft_beside(path: Path) -> Generator[tuple[Path, IO[bytes]]]:
    """Give a new file in the same folder, gone at the end of the block unless it was renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            umask = os.umask(0)
            os.umask(umask)
            draft.chmod(0o666 & ~umask)  # mkstemp's 0600 would keep it from everybody else
            yield draft, file
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()


async def copy(pieces: AsyncIterator[bytes], file: IO[bytes], bar: Bar, *, digest: str, size_bytes: int) -> None:
    """Write bytes to an open file as they come; raises `StorageFailed` where they are not those of the digest."""
    sha = hashlib.sha256()
    done_bytes = 0
    async for piece in pieces:
        sha.update(piece)
        await asyncio.to_thread(file.write, piece)
        done_bytes += len(piece)
        bar.move(done_bytes, size_bytes)
    await asyncio.to_thread(file.flush)
    if sha.hexdigest() != digest:
        raise StorageFailed(
            f"What was read back ({done_bytes:,} of {size_bytes:,} bytes) is not what was stored.",
            next_step="Run gauntlet storage check --deep.",
            details={"digest": digest},
        )


def check_target(path: Path, *, overwrite: bool) -> None:
    """Raise what `save` would raise before it writes: `Conflict`, or `InvalidInput` for what is no file."""
    if not (path.exists() or path.is_symlink()):
        return
    if not path.is_file():
        raise InvalidInput(
            f"{path} is no regular file.",
            next_step="Choose another place with --out, or pipe: --out - > PLACE",
            details={"field": "out", "value": str(path)},
        )
    if not overwrite:
        raise _exists(path)


def _publish(draft: Path, path: Path, *, overwrite: bool) -> None:
    if overwrite:
        draft.replace(path)
        return
    try:
        path.hardlink_to(draft)  # fails where the name exists, also where it came to be a moment ago
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError:  # file systems without links
        if path.exists():
            raise _exists(path) from None
        draft.replace(path)


def _exists(path: Path) -> Conflict:
    return Conflict(
        f"There is a file {path} already.",
        next_step="Choose another place with --out, or overwrite it with --force.",
        details={"field": "out", "value": str(path)},
    )


def _unwritable(path: Path, error: OSError) -> StorageFailed:
    return StorageFailed(
        f"{path} could not be written: {error.strerror or error}.",
        next_step="Make room or choose another place with --out.",
        details={"field": "out", "value": str(path)},
    )


def _unreadable(path: Path, error: OSError | ValueError) -> InvalidInput:
    reason = error.strerror if isinstance(error, OSError) else None
    return InvalidInput(
        f"The file {str(path)[:200]!r} cannot be read: {reason or error}.",
        next_step="Check the name and that you may read it.",
        details={"field": "file", "value": str(path)[:200]},
    )

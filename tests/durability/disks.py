"""A small disk that a test can fill to the last byte, and free again."""

import errno
import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_BLOCK: bytes = b"\0" * (1 << 20)


@dataclass(frozen=True)
class SmallDisk:
    """A mounted tmpfs."""

    path: Path

    @property
    def _filler(self) -> Path:
        return self.path / "filler"

    def fill(self, *, leaving_bytes: int = 0) -> None:
        """Take all the space but so much; what others free meanwhile is taken too."""
        with self._filler.open("ab", buffering=0) as filler:
            while (free := self.free_bytes() - leaving_bytes) > 0:
                try:
                    filler.write(_BLOCK[: min(free, len(_BLOCK))])
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    return

    def free(self) -> None:
        self._filler.unlink(missing_ok=True)

    def free_bytes(self) -> int:
        facts = os.statvfs(self.path)
        return facts.f_bavail * facts.f_frsize


@contextmanager
def small_disk(path: Path, *, size_bytes: int) -> Generator[SmallDisk | None]:
    """Mount a disk for as long as the block lasts; give None where that is not permitted."""
    path.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size_bytes}", "tmpfs", str(path)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        yield None
        return
    try:
        yield SmallDisk(path)
    finally:
        # Lazily: a process that a test killed may take a moment to let go.
        subprocess.run(["umount", "--lazy", str(path)], check=True)

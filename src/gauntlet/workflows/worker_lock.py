"""Which process of a data directory runs its workflows: the one that holds the lock."""

import errno
import fcntl
import os
from pathlib import Path
from typing import Final, Self

from gauntlet.core.errors import Misconfigured

LOCK_FILE_NAME: Final = "worker.lock"


class WorkerLock:
    """An advisory lock on a file in the data directory; a kill -9 frees it too."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def try_take(cls, data_dir: Path) -> Self | None:
        """Return the lock, or None where another process holds it.

        Raises `Misconfigured` for a directory that cannot be written.
        """
        path = data_dir / LOCK_FILE_NAME
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise Misconfigured(
                f"The data directory {data_dir} cannot be written: {error.strerror}.",
                next_step="Choose another with --data-dir or GAUNTLET_DATA_DIR, or change its permissions.",
                details={"path": str(data_dir)},
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
                return None
            raise
        return cls(descriptor)

    def free(self) -> None:
        """Let another process take over; a second call changes nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

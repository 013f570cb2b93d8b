"""The secret key that signs sessions and links: made on first start, kept in the data directory."""

import os
import secrets
from pathlib import Path
from typing import Final

import structlog

from gauntlet.core.errors import Misconfigured

SECRET_FILE_NAME: Final = "secret.key"
SECRET_SIZE_BYTES: Final = 64
_SIZE_MIN_BYTES: Final = 32  # RFC 7518, section 3.2: a key for HS256 is at least 256 bits
_OTHERS: Final = 0o077

log = structlog.get_logger(__name__)


def load_or_create_secret(path: Path) -> bytes:
    """Return the key in the file, made (mode 0600) where there is none.

    Programs that start at once all get the same key, and a crash leaves either no file or a whole one. Raises
    `Misconfigured` where it cannot be read or made, or is too short to be one.
    """
    try:
        if not path.exists():
            _create(path)
        _keep_to_owner(path)
        key = path.read_bytes().strip()
    except OSError as error:
        raise Misconfigured(
            f"The secret key {path} cannot be read or made: {error.strerror or error}.",
            next_step="Make sure that the data directory exists and belongs to the user that runs Gauntlet.",
            details={"path": str(path)},
        ) from error
    if len(key) < _SIZE_MIN_BYTES:
        raise Misconfigured(
            f"The secret key {path} holds {len(key)} bytes; it needs at least {_SIZE_MIN_BYTES}.",
            next_step="Restore the file from a backup, or delete it: a new one is made and everybody signs in again.",
            details={"path": str(path), "sizeBytes": len(key), "limit": _SIZE_MIN_BYTES},
        )
    return key


def _create(path: Path) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(SECRET_SIZE_BYTES).encode())
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link, unlike a rename, fails where the name is taken: of programs that start at once, the first wins.
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
    _sync_directory(path.parent)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _keep_to_owner(path: Path) -> None:
    mode = path.stat().st_mode
    if mode & _OTHERS:
        path.chmod(0o600)
        log.warning("secret_key.permissions.narrowed", path=str(path), found=oct(mode & 0o777))

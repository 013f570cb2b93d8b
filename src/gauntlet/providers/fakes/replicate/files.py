"""Files that are handed over before they are used as inputs."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from gauntlet.providers.fakes import identity
from gauntlet.providers.fakes.clock import FakesClock
from gauntlet.providers.fakes.ledger import Account
from gauntlet.providers.fakes.replicate.models import Json
from gauntlet.providers.fakes.replicate.predictions import stamp

SIZE_MAX_BYTES: Final = 100_000_000
_KEPT_FOR: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of an account, for a day."""

    id: str
    account: Account
    name: str
    content_type: str
    data: bytes
    created_at: datetime

    def told(self, *, origin: str) -> Json:
        """Return it as the service tells of it."""
        return {
            "id": self.id,
            "name": self.name,
            "content_type": self.content_type,
            "size": len(self.data),
            "etag": hashlib.md5(self.data, usedforsecurity=False).hexdigest(),
            "checksums": {"sha256": hashlib.sha256(self.data).hexdigest()},
            "metadata": {},
            "created_at": stamp(self.created_at),
            "expires_at": stamp(self.created_at + _KEPT_FOR),
            "urls": {"get": f"{origin}/replicate/v1/files/{self.id}"},
        }


@dataclass
class Files:
    """All files that have not expired."""

    clock: FakesClock
    _stored: dict[str, StoredFile] = field(default_factory=dict[str, StoredFile])

    def add(self, account: Account, data: bytes, *, name: str, content_type: str) -> StoredFile:
        """Keep a file."""
        stored = StoredFile(identity.token(52), account, name, content_type, data, self.clock.now())
        self._stored[stored.id] = stored
        return stored

    def find(self, account: Account, file_id: str) -> StoredFile | None:
        """Return an account's own file while there is one."""
        stored = self._stored.get(file_id)
        if stored is None or stored.account is not account or self.clock.now() - stored.created_at >= _KEPT_FOR:
            return None
        return stored

    def of(self, account: Account) -> list[StoredFile]:
        """Return an account's files, newest first."""
        return [stored for stored in reversed(self._stored.values()) if self.find(account, stored.id)]

    def remove(self, account: Account, file_id: str) -> bool:
        """Delete an account's own file; tell whether there was one."""
        if self.find(account, file_id) is None:
            return False
        del self._stored[file_id]
        return True

"""Password hashes: Argon2id, off the event loop."""

import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from pwdlib import PasswordHash

# A hash takes 64 MiB and a tenth of a second of a core: two at once bound what a flood of sign-ins can take.
_HASHES_AT_ONCE: Final = 2


class Passwords:
    """Makes and checks hashes in threads of its own."""

    def __init__(self, scheme: PasswordHash) -> None:
        self._scheme = scheme
        self._threads = ThreadPoolExecutor(_HASHES_AT_ONCE, thread_name_prefix="passwords")

    @classmethod
    def recommended(cls) -> "Passwords":
        """Return Argon2id with the parameters that pwdlib recommends (RFC 9106, second choice)."""
        return cls(PasswordHash.recommended())

    async def hash(self, password: str) -> str:
        """Return a salted hash."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._scheme.hash, password)

    async def verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        """Return whether the password is the one hashed, and a new hash where the stored one is outdated.

        With nothing stored the answer is no, and takes as long as it does for a wrong password.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._verify, password, stored)

    def _verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        decoy = self._decoy  # made by the first check of all, whoever it is of
        if stored is None:
            self._scheme.verify(password, decoy)
            return False, None
        return self._scheme.verify_and_update(password, stored)

    @functools.cached_property
    def _decoy(self) -> str:
        return self._scheme.hash("nobody has this password")

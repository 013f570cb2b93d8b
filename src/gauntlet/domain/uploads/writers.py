"""Who of this process is at work on which upload, so that the newest request finds the truth at once.

That two requests never both add the same bytes is held by the database. This is about manners: a connection that died
without a word would otherwise keep, for as long as nobody notices, the bytes that it received and the store has not.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, TypeVar
from uuid import UUID

from gauntlet.domain.uploads.errors import UploadLocked

IDLE_LIMIT_S: Final = 60.0
_PATIENCE_S: Final = 10.0

Awaited = TypeVar("Awaited")


class Switch:
    """Ends somebody's waiting for the network, and nothing else of what they do."""

    def __init__(self, *, idle_limit_s: float = IDLE_LIMIT_S) -> None:
        self._idle_limit_s = idle_limit_s
        self._waiting: asyncio.Timeout | None = None
        self.is_off = False

    def turn_off(self) -> None:
        """End the waiting of now and of later."""
        self.is_off = True
        if self._waiting is not None:
            self._waiting.reschedule(asyncio.get_running_loop().time())

    async def waiting_for(self, coming: Callable[[], Awaitable[Awaited]]) -> Awaited:
        """Return what comes; raises `TimeoutError` when it does not for long, or the switch is turned off."""
        if self.is_off:
            raise TimeoutError
        try:
            async with asyncio.timeout(self._idle_limit_s) as self._waiting:
                return await coming()
        finally:
            self._waiting = None


@dataclass(slots=True)
class _Turn:
    """The queue at one upload."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    present: int = 0
    switch: Switch | None = None


class Writers:
    """The requests at work, one an upload; a new one has the present one turned off, and then its turn."""

    def __init__(self, *, idle_limit_s: float = IDLE_LIMIT_S, patience_s: float = _PATIENCE_S) -> None:
        self._idle_limit_s = idle_limit_s
        self._patience_s = patience_s
        self._turns: dict[UUID, _Turn] = {}

    @asynccontextmanager
    async def alone(self, upload_id: UUID) -> AsyncGenerator[Switch]:
        """Be the only one at an upload for the block; raises `UploadLocked` when the present one does not end."""
        turn = self._turns.setdefault(upload_id, _Turn())
        turn.present += 1
        try:
            if turn.switch is not None:
                turn.switch.turn_off()
            await self._acquire(turn.lock, upload_id)
            try:
                turn.switch = Switch(idle_limit_s=self._idle_limit_s)
                if turn.present > 1:  # somebody newer waits already
                    turn.switch.turn_off()
                yield turn.switch
            finally:
                turn.switch = None
                turn.lock.release()
        finally:
            turn.present -= 1
            if not turn.present:
                del self._turns[upload_id]

    def are_at(self, upload_id: UUID) -> bool:
        """Return whether somebody is at work on the upload."""
        return upload_id in self._turns

    async def _acquire(self, lock: asyncio.Lock, upload_id: UUID) -> None:
        try:
            async with asyncio.timeout(self._patience_s):
                await lock.acquire()
        except TimeoutError as error:
            raise UploadLocked(
                f"Another request is still at work on the upload {upload_id}.",
                next_step="Ask again in some seconds.",
                details={"uploadId": str(upload_id)},
            ) from error

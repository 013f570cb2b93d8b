"""Whether a run of a job is wanted still, asked once for all who wait for something on its behalf."""

import time
from typing import Final, Protocol

from gauntlet.core.errors import Canceled

_ASKED_EVERY_S: Final = 1.0
"""Half of how often each of those who wait looks: a run that nobody wants stops as soon as if each asked for itself."""


class AskIfWanted(Protocol):
    """Raises `Canceled` where nobody waits for a run any more; see `MediaLog.require_at_work`."""

    async def __call__(self, job_id: int, *, run: int) -> None:
        """Ask the database."""
        ...


class Wanted:
    """One for each workflow: jobs wait for many models at once, and would ask for each of them otherwise."""

    def __init__(self, ask: AskIfWanted) -> None:
        self._ask = ask
        self._asked_at: dict[tuple[int, int], float] = {}

    async def require(self, job_id: int, run: int) -> None:
        """Raise `Canceled` where the run is not wanted; what was asked a moment ago is not asked again."""
        key, now = (job_id, run), time.monotonic()
        if now - self._asked_at.get(key, -_ASKED_EVERY_S) < _ASKED_EVERY_S:
            return
        self._asked_at[key] = now
        try:
            await self._ask(job_id, run=run)
        except Canceled:
            self.forget(job_id, run)
            raise

    def forget(self, job_id: int, run: int) -> None:
        """Let the next one ask."""
        self._asked_at.pop((job_id, run), None)

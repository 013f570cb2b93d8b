"""What the system knows of a process from outside: its memory, and how long it has been kept from working."""

import os
import resource
from typing import Final

_PAGE_BYTES: Final = resource.getpagesize()
_NANOSECONDS: Final = 1_000_000_000


class Vitals:
    """The figures of one process; systems without `/proc` know none of them."""

    def __init__(self, process_id: int) -> None:
        self._folder = f"/proc/{process_id}"
        self._waited_ns: dict[str, int] = {}

    def resident_bytes(self) -> int:
        """Return the real memory that it has, 0 where the system does not tell."""
        try:
            with open(f"{self._folder}/statm", "rb") as file:
                return int(file.read().split()[1]) * _PAGE_BYTES
        except (OSError, IndexError):
            return 0

    def waited_s(self) -> float:
        """Return how long its threads have been ready to work and had no core, those included that have ended since.

        To be asked often: a thread that came and went between two questions is not known.
        """
        try:
            for thread in os.listdir(f"{self._folder}/task"):
                with open(f"{self._folder}/task/{thread}/schedstat", "rb") as file:
                    self._waited_ns[thread] = int(file.read().split()[1])
        except (OSError, IndexError):  # a thread that has just ended, or a system that does not count this
            pass
        return sum(self._waited_ns.values()) / _NANOSECONDS

"""Memory that a process has freed and still holds."""

import ctypes
from collections.abc import Callable
from typing import Final, cast


def give_back_memory() -> None:
    """Return freed memory to the system, where the C library can: it would keep the peak of each piece of work."""
    if _trim is not None:
        _trim(0)


def _found_trim() -> Callable[[int], int] | None:
    try:
        return cast("Callable[[int], int]", ctypes.CDLL(None).malloc_trim)
    except (AttributeError, OSError, TypeError):
        return None


_trim: Final = _found_trim()

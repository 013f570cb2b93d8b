"""Memory of a tree of processes while something runs."""

import threading
from types import TracebackType
from typing import Final, Self

import psutil

_LOOK_EVERY_S: Final = 0.05


class PeakMemory:
    """While entered, watches this process and its children; `growth_bytes` is the peak over what there was before.

    Counts each process's own pages (USS), so that what they share is not counted twice.
    """

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._before = 0
        self._peak = 0
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @property
    def growth_bytes(self) -> int:
        """How far the tree grew at most."""
        return self._peak - self._before

    def __enter__(self) -> Self:
        self._before = self._peak = _own_bytes()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_LOOK_EVERY_S):
            self._peak = max(self._peak, _own_bytes())


def _own_bytes() -> int:
    here = psutil.Process()
    total = 0
    for process in (here, *here.children(recursive=True)):
        try:
            total += int(process.memory_full_info().uss)
        except psutil.NoSuchProcess:
            continue
    return total

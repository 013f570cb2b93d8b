"""A render process: takes tasks one at a time from its parent, and ends when the parent does.

Started by `render.pool` as a fresh interpreter, so that it shares nothing with the server's threads
and never imports the program that started it.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Final, Literal

from gauntlet.core.errors import RenderFailed

_REPORT_EVERY_FRAMES: Final = 5


@dataclass(frozen=True, slots=True)
class Call:
    """What to run: a function that can be imported by name, and its arguments.

    With `is_reporting` it is also given `on_frame` and `is_canceled`.
    """

    number: int
    function: Callable[..., object]
    arguments: dict[str, Any]
    is_reporting: bool


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop the call of that number at its next frame."""

    number: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a call, or how far it is; `value` is the result, the error or the number of frames."""

    number: int
    kind: Literal["ready", "frames", "result", "error"]
    value: object = None


class _Inbox:
    """Reads from the parent in a thread, so that a cancel is seen, and the parent's end noticed, during a call."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._calls: queue.SimpleQueue[Call] = queue.SimpleQueue()
        self._canceled: set[int] = set()
        threading.Thread(target=self._read, daemon=True).start()

    def next_call(self) -> Call:
        return self._calls.get()

    def is_canceled(self, number: int) -> bool:
        return number in self._canceled

    def _read(self) -> None:
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                # The parent is gone, perhaps killed: nobody wants the result.
                os._exit(0)
            if isinstance(message, Cancel):
                self._canceled.add(message.number)
            else:
                self._calls.put(message)


def main(descriptor: int) -> None:
    """Serve calls until the connection closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    connection: Connection[Any, Any] = Connection(descriptor)
    inbox = _Inbox(connection)
    _warm_up()
    connection.send(Reply(0, "ready"))
    while True:
        call = inbox.next_call()
        reply = _answer(call, inbox, connection)
        try:
            connection.send(reply)
        except (pickle.PicklingError, TypeError, AttributeError) as error:
            connection.send(Reply(call.number, "error", RenderFailed(f"A result cannot be sent back: {error}")))


def _answer(call: Call, inbox: _Inbox, connection: Connection[Any, Any]) -> Reply:
    def on_frame(count: int) -> None:
        if count % _REPORT_EVERY_FRAMES == 0:
            connection.send(Reply(call.number, "frames", count))

    def is_canceled() -> bool:
        return inbox.is_canceled(call.number)

    hooks: dict[str, Any] = {"on_frame": on_frame, "is_canceled": is_canceled} if call.is_reporting else {}
    try:
        return Reply(call.number, "result", call.function(**call.arguments, **hooks))
    except Exception as error:
        return Reply(call.number, "error", error)


def _warm_up() -> None:
    """Import and load what every task needs, before the first one waits for it."""
    import cv2

    from gauntlet.render.encoder import shots  # noqa: F401  # pyright: ignore[reportUnusedImport]
    from gauntlet.render.painter import stills  # noqa: F401  # pyright: ignore[reportUnusedImport]
    from gauntlet.render.typography.fonts import font_files

    # One task has one core: OpenCV's own threads would only take turns with the other workers.
    cv2.setNumThreads(1)
    font_files()

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
from typing import Any, Final, Literal, cast

from gauntlet.core.errors import RenderFailed
from gauntlet.core.memory import give_back_memory

_REPORT_EVERY_FRAMES: Final = 5
_LETTER: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">'
    '<text y="60" font-size="60" font-family="Manrope">A</text></svg>'
)


@dataclass(frozen=True, slots=True)
class Call:
    """What to run: a function that can be imported by name, and its arguments.

    With `is_reporting` it is also given `on_frame` and `is_canceled`.
    """

    number: int
    function: Callable[..., object]
    arguments: dict[str, Any]
    is_reporting: bool


CALL: Final = b"call"
CANCEL: Final = b"stop"
"""How a message from the parent begins: with a pickled `Call` after it, or the number of the call to stop."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a call, or how far it is; `value` is the result, the error or the number of frames."""

    kind: Literal["ready", "frames", "result", "error"]
    value: object = None


class _Inbox:
    """Reads from the parent in a thread, so that a cancel is seen, and the parent's end noticed, during a call."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._calls: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._canceled: set[int] = set()
        threading.Thread(target=self._read, daemon=True).start()

    def next_call(self) -> bytes:
        """Return the next call, still pickled: what it names may fail to import."""
        return self._calls.get()

    def is_canceled(self, number: int) -> bool:
        return number in self._canceled

    def _read(self) -> None:
        while True:
            try:
                message = self._connection.recv_bytes()
            except (EOFError, OSError):
                # The parent is gone, perhaps killed: nobody wants the result.
                os._exit(0)
            kind, body = message[: len(CALL)], message[len(CALL) :]
            if kind == CANCEL:
                self._canceled.add(int(body))
            else:
                self._calls.put(body)


def main(descriptor: int) -> None:
    """Serve calls until the connection closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    connection: Connection[Any, Any] = Connection(descriptor)
    inbox = _Inbox(connection)
    _warm_up()
    connection.send(Reply("ready"))
    while True:
        reply = _answer(inbox, connection)
        try:
            connection.send(reply)
        except (pickle.PicklingError, TypeError, AttributeError) as error:
            connection.send(Reply("error", RenderFailed(f"A result cannot be sent back: {error}")))


def _answer(inbox: _Inbox, connection: Connection[Any, Any]) -> Reply:
    def on_frame(count: int) -> None:
        if count == 1:
            # The first frame decodes pictures and draws layers; the encoder's memory is only now going to grow.
            give_back_memory()
        if count % _REPORT_EVERY_FRAMES == 0:
            connection.send(Reply("frames", count))

    message = inbox.next_call()
    try:
        call = cast(Call, pickle.loads(message))
        del message  # it holds the pictures a second time
        hooks: dict[str, Any] = {}
        if call.is_reporting:
            hooks = {"on_frame": on_frame, "is_canceled": lambda: inbox.is_canceled(call.number)}
        return Reply("result", call.function(**call.arguments, **hooks))
    except Exception as error:
        return Reply("error", error)  # raised again by the parent, whatever it is
    finally:
        give_back_memory()


def _warm_up() -> None:
    """Import, load and touch what every task needs, before the first one waits for it."""
    import cv2

    from gauntlet.media.vector import rasterise
    from gauntlet.render.encoder import shots  # noqa: F401  # pyright: ignore[reportUnusedImport]
    from gauntlet.render.painter import stills  # noqa: F401  # pyright: ignore[reportUnusedImport]
    from gauntlet.render.typography.fonts import font_files

    # One task has one core: OpenCV's own threads would only take turns with the other workers.
    cv2.setNumThreads(1)
    rasterise(_LETTER, width=64, height=64, font_files=font_files())
    give_back_memory()

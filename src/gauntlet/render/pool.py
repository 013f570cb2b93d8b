"""Warm processes that paint and encode, one task each at a time.

Processes, because painting holds the interpreter; fresh ones (never forked), because the server has threads. A worker
that dies costs the one task it had and is replaced. Tasks may be given from any thread or event loop.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Self, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from gauntlet.core.errors import Canceled, RenderFailed
from gauntlet.core.ids import Digest
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.encoder.shots import encode_shot
from gauntlet.render.painter.shots import pictures_of
from gauntlet.render.painter.stills import paint_frame
from gauntlet.render.timeline import Timeline
from gauntlet.render.typography.fonts import font_files
from gauntlet.render.worker import CALL, CANCEL, Call, Reply

Result = TypeVar("Result")

_LOOK_EVERY_S: Final = 0.1
_STOP_WITHIN_S: Final = 1.5
"""A canceled call that has not stopped by then (it is stuck in one frame) loses its process."""

_START_WITHIN_S: Final = 60.0
_PROGRAM: Final = "import sys; from gauntlet.render.worker import main; main(int(sys.argv[1]))"
_ENVIRONMENT: Final = {
    # One task has one core. Large blocks go back to the system when freed instead of piling up in malloc's arenas;
    # huge pages, where there are any, keep that from costing a page fault each time.
    "VIPS_CONCURRENCY": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "1000000",
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}


@dataclass(eq=False, slots=True)
class _Task:
    call: Call
    name: str
    place: tuple[int, int] | None
    on_frame: Callable[[int], None] | None
    is_canceled: Callable[[], bool] | None
    future: Future[object] = field(default_factory=lambda: Future[object]())
    is_unwanted: threading.Event = field(default_factory=threading.Event)

    def wants_stop(self) -> bool:
        return self.is_unwanted.is_set() or (self.is_canceled is not None and self.is_canceled())


class RenderPool:
    """Processes for painting and encoding: one for each core unless told otherwise. Use as a context manager.

    A pool of higher `niceness` (0 to 19) leaves the cores to those of a lower one.
    """

    def __init__(self, workers: int | None = None, *, fonts_dir: Path | None = None, niceness: int = 0) -> None:
        self.workers = workers or available_cores()
        self._fonts = font_files(fonts_dir) if fonts_dir else None
        self._numbers = count(1)
        self._queue = _Queue()
        self._handlers = [_Handler(self._queue, niceness) for _ in range(self.workers)]
        self._is_started = False

    def start(self) -> Self:
        """Start the processes; returns at once, they become warm by themselves."""
        if not self._is_started:
            self._is_started = True
            for handler in self._handlers:
                handler.start()
        return self

    def close(self) -> None:
        """End the processes; tasks not yet done are canceled."""
        self._queue.close()
        for handler in self._handlers:
            if handler.is_alive():
                handler.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self.start()

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self.close)

    async def ready(self) -> None:
        """Wait until every process has been started and is warm."""
        self.start()
        await asyncio.gather(*(asyncio.to_thread(handler.is_warm.wait) for handler in self._handlers))

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The processes that run now."""
        return tuple(handler.process_id for handler in self._handlers if handler.process_id is not None)

    async def encode_shot(
        self,
        timeline: Timeline,
        shot_index: int,
        *,
        pictures: Mapping[Digest, bytes],
        settings: EncoderSettings,
        on_frame: Callable[[int], None] | None = None,
        is_canceled: Callable[[], bool] | None = None,
    ) -> bytes:
        """Return the shot's segment, see `encoder.shots.encode_shot`.

        `on_frame` is called in this event loop every few frames. `is_canceled` is asked about ten times a second from
        another thread; when it says so, or the awaiting task is canceled, work stops within 2 s (Canceled). Raises
        RenderFailed naming the scene when its process dies.
        """
        arguments = {
            "timeline": timeline,
            "shot_index": shot_index,
            "pictures": pictures_of(timeline, shot_index, pictures),
            "settings": settings,
            "fonts": self._fonts,
        }
        task = _Task(
            call=Call(next(self._numbers), encode_shot, arguments, is_reporting=True),
            name=f"Scene {timeline.shots[shot_index].scene_number}",
            place=(id(timeline), shot_index),
            on_frame=_in_this_loop(on_frame),
            is_canceled=is_canceled,
        )
        return cast(bytes, await self._done(task))

    async def encode_shots(
        self,
        timeline: Timeline,
        indices: Sequence[int],
        *,
        pictures: Mapping[Digest, bytes],
        settings: EncoderSettings,
        on_frame: Callable[[int, int], None] | None = None,
        is_canceled: Callable[[], bool] | None = None,
    ) -> AsyncIterator[tuple[int, bytes]]:
        """Yield (index, segment) as shots finish, in any order. `on_frame` is told index and frames done.

        The first error stops the others and is raised.
        """

        async def one(index: int) -> tuple[int, bytes]:
            report = None if on_frame is None else _bound(on_frame, index)
            segment = await self.encode_shot(
                timeline, index, pictures=pictures, settings=settings, on_frame=report, is_canceled=is_canceled
            )
            return index, segment

        running = [asyncio.ensure_future(one(index)) for index in indices]
        try:
            for finished in asyncio.as_completed(running):
                yield await finished
        finally:
            for shot in running:
                shot.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def paint_frame(
        self,
        timeline: Timeline,
        shot_index: int,
        frame: int,
        *,
        pictures: Mapping[Digest, bytes],
        scale: float = 1.0,
    ) -> NDArray[np.uint8]:
        """Return one frame as RGB, see `painter.stills.paint_frame`."""
        arguments = {
            "timeline": timeline,
            "shot_index": shot_index,
            "frame": frame,
            "pictures": pictures_of(timeline, shot_index, pictures),
            "scale": scale,
            "fonts": self._fonts,
        }
        name = f"A frame of scene {timeline.shots[shot_index].scene_number}"
        call = Call(next(self._numbers), paint_frame, arguments, is_reporting=False)
        return cast("NDArray[np.uint8]", await self._done(_Task(call, name, None, None, None)))

    async def run(self, function: Callable[..., Result], **arguments: object) -> Result:
        """Return what a module-level function gives in one of the processes; arguments and result are pickled."""
        call = Call(next(self._numbers), function, arguments, is_reporting=False)
        return cast(Result, await self._done(_Task(call, f"The call of {function.__name__}", None, None, None)))

    async def _done(self, task: _Task) -> object:
        self.start()
        self._queue.put(task)
        try:
            return await asyncio.wrap_future(task.future)
        except asyncio.CancelledError:
            task.is_unwanted.set()
            raise


def available_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Queue:
    """Tasks waiting. A worker takes by choice the shot after the one it has just done: it still holds its layers."""

    def __init__(self) -> None:
        self._waiting: list[_Task] = []
        self._changed = threading.Condition()
        self.is_closed = False

    def put(self, task: _Task) -> None:
        with self._changed:
            if self.is_closed:
                raise RenderFailed("The render pool is closed.", next_step="Restart the server.")
            self._waiting.append(task)
            self._changed.notify()

    def take(self, last: tuple[int, int] | None) -> _Task | None:
        """Return the next task, waiting for one; None when the pool is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self.is_closed)
            if self.is_closed:
                return None
            following = (last[0], last[1] + 1) if last else None
            chosen = next((task for task in self._waiting if task.place and task.place == following), self._waiting[0])
            self._waiting.remove(chosen)
            return chosen

    def close(self) -> None:
        with self._changed:
            self.is_closed = True
            for task in self._waiting:
                task.future.cancel()
            self._waiting.clear()
            self._changed.notify_all()


class _Handler(threading.Thread):
    """Looks after one process: gives it tasks, passes on what it says, replaces it when it dies."""

    def __init__(self, tasks: _Queue, niceness: int) -> None:
        super().__init__(name="render-worker", daemon=True)
        self._tasks = tasks
        self._niceness = niceness
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection[Any, Any] | None = None
        self.is_warm = threading.Event()

    @property
    def process_id(self) -> int | None:
        return self._process.pid if self._process else None

    def run(self) -> None:
        last: tuple[int, int] | None = None
        self._open_early()
        while (task := self._tasks.take(last)) is not None:
            if task.future.set_running_or_notify_cancel():
                self._carry_out(task)
                last = task.place or last
            if self._connection is None:
                self._open_early()
        self._end()

    def _open_early(self) -> None:
        """Start the process before a task needs it; if that fails, the task that needs it will say so."""
        try:
            self._open()
        except Exception:
            self._end()
        finally:
            self.is_warm.set()

    def _carry_out(self, task: _Task) -> None:
        try:
            connection = self._connection or self._open()
            connection.send_bytes(CALL + pickle.dumps(task.call, pickle.HIGHEST_PROTOCOL))
            reply = self._followed(task, connection)
        except (EOFError, OSError) as error:
            task.future.set_exception(self._died(task, error))
        except Exception as error:
            # Raised on this side (a callback, an argument that cannot travel): what the process does now is unknown.
            self._end()
            task.future.set_exception(error)
        else:
            if reply.kind == "error":
                task.future.set_exception(cast(Exception, reply.value))
            else:
                task.future.set_result(reply.value)

    def _followed(self, task: _Task, connection: Connection[Any, Any]) -> Reply:
        """Return what comes of the task, its result or its error."""
        told_at: float | None = None
        while True:
            if connection.poll(_LOOK_EVERY_S):
                reply = cast(Reply, connection.recv())
                if reply.kind == "frames" and task.on_frame:
                    task.on_frame(cast(int, reply.value))
                if reply.kind in {"result", "error"}:
                    return reply
            if told_at is None and (task.wants_stop() or self._tasks.is_closed):
                connection.send_bytes(CANCEL + str(task.call.number).encode())
                told_at = time.monotonic()
            if told_at is not None and time.monotonic() - told_at > _STOP_WITHIN_S:
                self._end()
                raise Canceled(f"{task.name} was canceled.")

    def _open(self) -> Connection[Any, Any]:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-c", _PROGRAM, str(theirs.fileno())]
        self._process = subprocess.Popen(
            command, pass_fds=(theirs.fileno(),), env={**os.environ, **_ENVIRONMENT}, stdin=subprocess.DEVNULL
        )
        theirs.close()
        if self._niceness and hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, self._niceness)
        self._connection = Connection(ours.detach())
        if not self._connection.poll(_START_WITHIN_S):
            raise OSError(f"the render process did not start within {_START_WITHIN_S:g} s")
        self._connection.recv()
        return self._connection

    def _died(self, task: _Task, error: Exception) -> RenderFailed:
        process = self._process
        self._end()
        code = process.returncode if process else None
        how = f"was ended by signal {-code}" if code is not None and code < 0 else f"ended with code {code}"
        return RenderFailed(
            f"{task.name} could not be rendered: its process {how} ({error or type(error).__name__}).",
            next_step="Try again; if it happens again, the machine may be short of memory.",
            details={"exitCode": code},
        )

    def _end(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._process = self._connection = None


def _in_this_loop(report: Callable[[int], None] | None) -> Callable[[int], None] | None:
    if report is None:
        return None
    loop = asyncio.get_running_loop()

    def passed_on(frames: int) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(report, frames)

    return passed_on


def _bound(report: Callable[[int, int], None], index: int) -> Callable[[int], None]:
    def told(frames: int) -> None:
        report(index, frames)

    return told

"""The media sandbox: strangers' files are read in processes that may be lost without loss.

A decoder that crashes, hangs or takes all memory costs the one file that it was given. Calls wait in the order in which
they came; those that take long (conforming footage) never hold all processes.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections import deque
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

import structlog
from pydantic import JsonValue, ValidationError

from gauntlet.core.errors import Canceled, GauntletError, InvalidInput, Misconfigured, TooLarge, UnsupportedMedia
from gauntlet.core.settings import MediaSettings
from gauntlet.media.inspection import MEGABYTE, Inspection, InspectionLimits
from gauntlet.media.sandbox.contract import INSPECT_BLOBS, InspectArguments, InspectValue
from gauntlet.media.sandbox.frames import Call, Failure
from gauntlet.media.sandbox.process import MediaProcess, ProcessEnded, ProcessLimits, Reply
from gauntlet.media.sandbox.sources import ByteSource

TASK_MODULE: Final = "gauntlet.media.sandbox.tasks"
_PATIENCE: Final = 0.9
"""With the limit in the settings as it is, an upload has its answer within 10 s whatever it holds."""
_REPLY_MAX_BYTES: Final = 64 * MEGABYTE
_CALLS_A_PROCESS: Final = 2_000  # a leak in a decoder, or a process that one file has got hold of, does not last
_REFUSALS: Final[Mapping[str, type[InvalidInput]]] = {
    error.code: error for error in (InvalidInput, TooLarge, UnsupportedMedia)
}

log = structlog.get_logger(__name__)


@dataclass(eq=False, slots=True)
class _Waiter:
    is_long: bool
    process: asyncio.Future[MediaProcess] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class MediaSandbox:
    """Processes for reading files: one for each core unless told otherwise, started when first needed.

    Use as an async context manager; all calls are made on its event loop. `font_files` are what SVG text is drawn with.
    `task_module` (importable with `import_paths`) has `TASKS`, what can be asked for, and `warm_up`.
    """

    def __init__(
        self,
        settings: MediaSettings | None = None,
        *,
        font_files: Sequence[Path] = (),
        task_module: str = TASK_MODULE,
        import_paths: Sequence[Path] = (),
    ) -> None:
        self._settings = settings or MediaSettings()
        self.processes = self._settings.processes or _available_cores()
        self._font_files = tuple(font_files)
        self._limits = ProcessLimits(
            self._settings.memory_limit_bytes, task_module, import_paths=import_paths, readable=self._font_files
        )
        self._idle: list[MediaProcess] = []
        self._all: dict[MediaProcess, int] = {}
        self._waiting: deque[_Waiter] = deque()
        self._long = 0
        self._is_closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def ready(self) -> None:
        """Start all processes and wait until they are warm."""
        if self._is_closed:
            raise _closed()

        async def warm_one(process: MediaProcess) -> None:
            try:
                await self._warm(process)
            finally:
                self._take_back(process)

        cold = [process for process in self._idle if not process.is_ready]
        self._idle = [process for process in self._idle if process.is_ready]
        try:
            cold += [self._started() for _ in range(self.processes - len(self._all))]
        except OSError as error:
            raise _not_started(str(error)) from error
        await asyncio.gather(*(warm_one(process) for process in cold))

    async def close(self) -> None:
        """End all processes; calls not yet done are canceled."""
        self._is_closed = True
        for waiter in self._waiting:
            if not waiter.process.done():
                waiter.process.set_exception(_closed())
        self._waiting.clear()
        ended = list(self._all)
        for process in ended:
            process.kill("closed")
        for process in self._idle:
            self._forget(process)
        self._idle.clear()
        await asyncio.to_thread(lambda: [process.wait() for process in ended])

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The processes that run now."""
        return tuple(process.process_id for process in self._all)

    @property
    def font_files(self) -> tuple[Path, ...]:
        """What SVG text is drawn with."""
        return self._font_files

    async def inspect(self, source: ByteSource, *, limits: InspectionLimits) -> Inspection:
        """Return what a file is and what is kept beside it, see `media.inspector.inspect`.

        Raises UnsupportedMedia, InvalidInput or TooLarge for a file that is not taken, also for one that takes more
        time or memory than there is for it; and what `source` raises.
        """
        arguments = InspectArguments(limits=limits, font_files=self._font_files).model_dump(mode="json")
        reply = await self.run("inspect", source, arguments)
        try:
            value = InspectValue.model_validate(reply.result.value)
        except ValidationError as error:
            raise self._nonsense("inspect", f"facts that do not fit ({error.error_count()} faults)") from error
        blobs = {name: reply.blobs.get(name) for name in INSPECT_BLOBS}
        return Inspection(facts=value.facts, width=value.width, height=value.height, waveform=value.waveform, **blobs)

    async def run(
        self,
        task: str,
        source: ByteSource,
        arguments: Mapping[str, JsonValue],
        *,
        time_limit_s: float | None = None,
        patience: float = _PATIENCE,
        reply_max_bytes: int = _REPLY_MAX_BYTES,
        is_long: bool = False,
    ) -> Reply:
        """Return what a task of the task module makes of a file; for callers that check the reply themselves.

        `time_limit_s` is for the work alone (by default the one in the settings), not for waiting in the queue or for
        bytes; on a busy machine waiting for a core is forgiven too, up to `patience` times the limit. A task that
        `is_long` leaves one process to others, where there are several. Raises as `inspect`.
        """
        limit_s = time_limit_s or self._settings.time_limit_s
        call = Call(
            task=task,
            size_bytes=source.size_bytes,
            time_limit_s=limit_s,
            patience_s=patience * limit_s,
            arguments=dict(arguments),
        )
        async with self._process(is_long=is_long) as process:
            await self._warm(process)
            try:
                reply = await process.call(call, source, reply_max_bytes=reply_max_bytes)
            except ProcessEnded as ended:
                raise self._why(ended, call) from ended
            if isinstance(reply, Failure):
                raise self._failed(process, reply, call)
        return reply

    async def _warm(self, process: MediaProcess) -> None:
        try:
            await process.ready()
        except ProcessEnded as ended:
            if ended.end == "closed":
                raise _closed() from ended
            raise _not_started(f"{ended.end}, exit code {ended.exit_code}") from ended

    @asynccontextmanager
    async def _process(self, *, is_long: bool) -> AsyncGenerator[MediaProcess]:
        """Hold a process; one that a call did not leave in order is replaced."""
        process = await self._taken(is_long=is_long)
        try:
            yield process
        finally:
            self._long -= is_long
            self._all[process] += 1
            self._take_back(process)

    async def _taken(self, *, is_long: bool) -> MediaProcess:
        if self._is_closed:
            raise _closed()
        waiter = _Waiter(is_long=is_long)
        self._waiting.append(waiter)
        self._hand_out()
        try:
            return await waiter.process
        except asyncio.CancelledError:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
            elif waiter.process.done() and not waiter.process.cancelled() and waiter.process.exception() is None:
                self._long -= is_long
                self._put_back(waiter.process.result())
            raise

    def _hand_out(self) -> None:
        """Give processes to those who wait, in their order; a long task that would take the last one is passed over."""
        most_long = max(1, self.processes - 1)
        for waiter in list(self._waiting):
            if waiter.process.done() or (waiter.is_long and self._long >= most_long):
                continue
            try:
                process = self._next_idle()
            except OSError as error:
                self._waiting.remove(waiter)
                waiter.process.set_exception(_not_started(str(error)))
                continue
            if process is None:
                return
            self._waiting.remove(waiter)
            self._long += waiter.is_long
            waiter.process.set_result(process)

    def _next_idle(self) -> MediaProcess | None:
        """Return a process that has nothing to do, a warm one by choice; None where there may be no more of them."""
        for process in sorted(self._idle, key=lambda one: one.is_ready):
            if not process.is_alive():  # ended by the system while it waited: no file is to blame
                self._idle.remove(process)
                self._forget(process)
        if not self._idle and len(self._all) < self.processes:
            self._idle.append(self._started())
        if not self._idle:
            return None
        process = max(self._idle, key=lambda one: one.is_ready)
        self._idle.remove(process)
        return process

    def _take_back(self, process: MediaProcess) -> None:
        if process.is_waiting and self._all[process] < _CALLS_A_PROCESS and not self._is_closed:
            self._put_back(process)
        else:
            self._replace(process)

    def _put_back(self, process: MediaProcess) -> None:
        self._idle.append(process)
        self._hand_out()

    def _replace(self, process: MediaProcess) -> None:
        self._forget(process)
        if self._is_closed:
            return
        try:
            # At once, so that it is warm when it is needed. One that did not even start is not tried again for nothing.
            if process.is_ready:
                self._idle.append(self._started())
        except OSError as error:
            log.warning("media.process.not_started", reason=str(error))
        self._hand_out()

    def _forget(self, process: MediaProcess) -> None:
        del self._all[process]
        process.dispose()

    def _started(self) -> MediaProcess:
        process = MediaProcess(self._limits)
        self._all[process] = 0
        return process

    def _why(self, ended: ProcessEnded, call: Call) -> GauntletError:
        """Return the error for a call whose process is no more."""
        log.warning(
            "media.process.ended", task=call.task, end=ended.end, exit_code=ended.exit_code, said=ended.said or None
        )
        if ended.end == "closed":
            return _closed()
        if ended.end == "time" or ended.exit_code == -signal.SIGXCPU:
            return _too_slow(call.time_limit_s)
        if ended.end == "memory" or ended.exit_code == -signal.SIGKILL:  # what the system sends when it has none left
            return _too_hungry(self._settings.memory_limit_bytes)
        if ended.exit_code is None:
            return _broken("an invalid answer")
        return _broken(f"signal {-ended.exit_code}" if ended.exit_code < 0 else f"exit code {ended.exit_code}")

    def _failed(self, process: MediaProcess, failure: Failure, call: Call) -> GauntletError:
        """Return the error that a process told of; one that cannot be trusted any more is ended."""
        refusal = _REFUSALS.get(failure.code)
        if failure.kind == "refused" and refusal is not None:
            return refusal(failure.message, next_step=failure.next_step, details=failure.details)
        process.kill("died")
        if failure.kind == "memory":
            log.warning("media.process.ended", task=call.task, end="memory")
            return _too_hungry(self._settings.memory_limit_bytes)
        log.error("media.task.failed", task=call.task, reason=failure.message, trace=failure.trace)
        return _broken("an error of its own")

    def _nonsense(self, task: str, said: str) -> InvalidInput:
        log.error("media.process.ended", task=task, end="nonsense", said=said)
        return _broken("an invalid answer")


def _too_slow(time_limit_s: float) -> InvalidInput:
    return InvalidInput(
        f"The file takes more than {time_limit_s:g} s to read, which is the limit.",
        next_step="Save it in a simpler form: fewer pixels, layers or pages.",
        details={"field": "file", "limit": time_limit_s},
    )


def _too_hungry(memory_limit_bytes: int) -> TooLarge:
    return TooLarge(
        f"The file takes more than {memory_limit_bytes / MEGABYTE:g} MB of memory to read, which is the limit.",
        next_step="Save it in a simpler form: fewer pixels, not progressive or interlaced.",
        details={"field": "file", "limit": memory_limit_bytes},
    )


def _broken(how: str) -> InvalidInput:
    return InvalidInput(
        f"The file is damaged in a way that its decoder did not survive ({how}).",
        next_step="Open it in the program that made it, export it again and upload that.",
        details={"field": "file"},
    )


def _closed() -> Canceled:
    return Canceled("The file was not read: the program is stopping.", next_step="Try again when it is back.")


def _not_started(why: str) -> Misconfigured:
    return Misconfigured(
        f"A process for reading media does not start ({why}).",
        next_step="Run `gauntlet doctor`; the machine may be short of memory.",
    )


def _available_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

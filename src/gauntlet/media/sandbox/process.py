"""The server's side of one media process: starts it, answers its reads, watches its time and memory, ends it."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from gauntlet.core.errors import StorageFailed
from gauntlet.media.sandbox.frames import (
    BYTES,
    CALL,
    FAILURE,
    HEADER_MAX_BYTES,
    PREFIX,
    READ,
    READ_MAX_BYTES,
    READY,
    RESULT,
    WANTS,
    Call,
    Failure,
    Result,
    packed,
)
from gauntlet.media.sandbox.sources import ByteSource
from gauntlet.media.sandbox.vitals import Vitals
from gauntlet.media.sandbox.worker import WorkerSettings

_PROGRAM: Final = "import sys; from gauntlet.media.sandbox.worker import main; main(sys.argv[1])"
_LOOK_EVERY_S: Final = 0.03
_START_WITHIN_S: Final = 60.0
_READ_OVER_MAX: Final = 8
_READ_MORE_BYTES: Final = 64 << 20
_ENVIRONMENT: Final = {
    # All there is: no secret, no proxy, no path. A file has one core; large blocks go back to the system when freed.
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "VIPS_CONCURRENCY": "1",
    "VIPS_WARNING": "0",
    "VIPS_DISC_THRESHOLD": "100g",  # no temporary file: the memory limit speaks first
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "1000000",
}

End = Literal["time", "memory", "died", "nonsense", "closed"]


class ProcessEnded(Exception):
    """The process is no more; `end` says why, `exit_code` how where it ended by itself."""

    def __init__(self, end: End, *, exit_code: int | None = None, said: str = "") -> None:
        super().__init__(f"{end} {exit_code} {said}")
        self.end: End = end
        self.exit_code = exit_code
        self.said = said


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a call."""

    result: Result
    blobs: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What one process may use."""

    memory_limit_bytes: int
    task_module: str
    import_paths: Sequence[Path] = ()
    readable: Sequence[Path] = ()


class MediaProcess:
    """One process. Calls are made one at a time; after `ProcessEnded`, or a canceled call, it is of no more use."""

    def __init__(self, limits: ProcessLimits) -> None:
        self._limits = limits
        self._end: End = "died"
        self.is_ready = False
        self.is_over = False
        self._is_busy = False
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        lifeline, self._lifeline = os.pipe()
        settings = WorkerSettings(
            connection=theirs.fileno(),
            lifeline=lifeline,
            memory_limit_bytes=limits.memory_limit_bytes,
            task_module=limits.task_module,
            import_paths=tuple(limits.import_paths),
            readable=tuple(limits.readable),
        )
        try:
            self._process = _started(settings)
        except BaseException:
            ours.close()
            os.close(self._lifeline)
            raise
        finally:
            theirs.close()
            os.close(lifeline)
        self._socket = ours

    @property
    def process_id(self) -> int:
        """The system's number for it."""
        return self._process.pid

    @property
    def is_waiting(self) -> bool:
        """Whether it is warm and waits for a call, so that it may be given another one."""
        return self.is_ready and not self._is_busy and not self.is_over

    def is_alive(self) -> bool:
        """Say whether it still runs."""
        return not self.is_over and self._process.poll() is None

    async def ready(self) -> None:
        """Wait until it is warm; raises ProcessEnded where it does not come up."""
        if self.is_ready:
            return
        try:
            async with asyncio.timeout(_START_WITHIN_S):
                kind, _, _ = await self._prefix()
        except TimeoutError:
            self.kill("time")
            raise ProcessEnded("time", said="while it started") from None
        if kind != READY:
            raise self._nonsense("no greeting")
        self.is_ready = True

    async def call(self, call: Call, source: ByteSource, *, reply_max_bytes: int) -> Reply | Failure:
        """Return what comes of a call; raises ProcessEnded, and what `source` raises."""
        self._is_busy = True
        with _Watch(self, call, memory_limit_bytes=self._limits.memory_limit_bytes) as watch:
            reply = await self._called(call, source, watch, reply_max_bytes)
        self._is_busy = False
        return reply

    async def _called(self, call: Call, source: ByteSource, watch: _Watch, reply_max_bytes: int) -> Reply | Failure:
        # Reading is not its work, but a file that is read again and again gets it nowhere.
        unread_bytes = _READ_OVER_MAX * source.size_bytes + _READ_MORE_BYTES
        await self._send(CALL, call.model_dump_json().encode())
        while True:
            kind, header_bytes, body_bytes = await self._prefix()
            if kind == WANTS and header_bytes == 0 and body_bytes == READ.size:
                unread_bytes -= await self._answer_read(source, watch)
                if unread_bytes < 0:
                    self.kill("time")
            elif kind in {RESULT, FAILURE} and header_bytes <= HEADER_MAX_BYTES and body_bytes <= reply_max_bytes:
                header = await self._received(header_bytes)
                return await self._reply(kind, bytes(header), body_bytes)
            else:
                raise self._nonsense(f"a frame {kind!r} of {header_bytes} and {body_bytes} bytes")

    async def _answer_read(self, source: ByteSource, watch: _Watch) -> int:
        """Give it what it wants to read; return how many bytes that were."""
        start, length = READ.unpack(await self._received(READ.size))
        if length > READ_MAX_BYTES or start + length > source.size_bytes:
            raise self._nonsense(f"a read of {length} bytes from {start}")
        with watch.paused():
            data = await source.read(start, length)
        if len(data) != length:
            raise StorageFailed(
                f"Of a file of {source.size_bytes:,} bytes, {len(data):,} came where {length:,} were read.",
                next_step="Check the store with `gauntlet storage check`.",
                details={"value": len(data), "limit": length},
            )
        await self._send(BYTES, b"", data)
        return length

    async def _reply(self, kind: bytes, header: bytes, body_bytes: int) -> Reply | Failure:
        try:
            if kind == FAILURE:
                return Failure.model_validate_json(header)
            result = Result.model_validate_json(header)
        except ValidationError as error:
            raise self._nonsense(f"a header that does not fit ({error.error_count()} faults)") from error
        if min(result.blobs.values(), default=0) < 0 or sum(result.blobs.values()) != body_bytes:
            raise self._nonsense("lengths that do not add up")
        return Reply(result, {name: bytes(await self._received(length)) for name, length in result.blobs.items()})

    def kill(self, end: End) -> None:
        """End it at once; a call that is in it is told why."""
        if self.is_over:
            return
        self.is_over = True
        self._end = end
        self._process.kill()
        os.close(self._lifeline)
        # Waited for in a thread: taking down half a gigabyte takes the kernel longer than the event loop has.
        self._reaper = threading.Thread(target=self._reap, name="media-process-reaper", daemon=True)
        self._reaper.start()

    def wait(self) -> None:
        """Wait until it is gone, after `kill`."""
        self._reaper.join()

    def _reap(self) -> None:
        self._process.wait()

    def dispose(self) -> None:
        """End it and let go of its connection, which no call may be using."""
        self.kill("closed")
        self._socket.close()

    async def _ended(self) -> ProcessEnded:
        """Return why the connection is closed."""
        self.kill("died")
        await asyncio.to_thread(self.wait)
        return ProcessEnded(self._end, exit_code=self._process.returncode if self._end == "died" else None)

    def _nonsense(self, said: str) -> ProcessEnded:
        self.kill("nonsense")
        return ProcessEnded("nonsense", said=said)

    async def _prefix(self) -> tuple[bytes, int, int]:
        kind, header_bytes, body_bytes = PREFIX.unpack(await self._received(PREFIX.size))
        return kind, header_bytes, body_bytes

    async def _received(self, length: int) -> bytearray:
        loop = asyncio.get_running_loop()
        data = bytearray(length)
        view = memoryview(data)
        while view:
            try:
                count = await loop.sock_recv_into(self._socket, view)
            except ConnectionError:
                count = 0
            if not count:
                raise await self._ended()
            view = view[count:]
        return data

    async def _send(self, kind: bytes, header: bytes, body: bytes = b"") -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.sock_sendall(self._socket, packed(kind, header, len(body)))
            if body:
                await loop.sock_sendall(self._socket, body)
        except ConnectionError as error:
            raise await self._ended() from error


def _started(settings: WorkerSettings) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _PROGRAM, settings.model_dump_json()],
        pass_fds=(settings.connection, settings.lifeline),
        env=_ENVIRONMENT,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # decoders print what they find in files
    )


class _Watch:
    """Ends a process that works for too long or takes too much memory.

    Waiting for the source is not its work, nor, up to a point, is waiting for a core on a busy machine.
    """

    def __init__(self, process: MediaProcess, call: Call, *, memory_limit_bytes: int) -> None:
        self._process = process
        self._vitals = Vitals(process.process_id)
        self._time_limit_s = call.time_limit_s
        self._patience_s = call.patience_s
        self._memory_limit_bytes = memory_limit_bytes
        self._spent_s = 0.0
        self._waited_before_s = 0.0
        self._looked_at: float | None = None
        self._next: asyncio.TimerHandle | None = None

    def __enter__(self) -> _Watch:
        self._looked_at = time.monotonic()
        self._waited_before_s = self._vitals.waited_s()
        self._next = asyncio.get_running_loop().call_later(_LOOK_EVERY_S, self._look)
        return self

    def __exit__(self, *_: object) -> None:
        if self._next is not None:
            self._next.cancel()

    @contextmanager
    def paused(self) -> Generator[None]:
        self._count()
        self._looked_at = None
        try:
            yield
        finally:
            self._looked_at = time.monotonic()

    def _count(self) -> None:
        now = time.monotonic()
        if self._looked_at is not None:
            self._spent_s += now - self._looked_at
            self._looked_at = now

    def _look(self) -> None:
        self._count()
        waited_s = self._vitals.waited_s() - self._waited_before_s
        # A process cannot wait, or pretend to, for ever.
        if self._spent_s - min(waited_s, self._patience_s) > self._time_limit_s:
            self._process.kill("time")
        elif self._vitals.resident_bytes() > self._memory_limit_bytes:
            self._process.kill("memory")
        else:
            self._next = asyncio.get_running_loop().call_later(_LOOK_EVERY_S, self._look)

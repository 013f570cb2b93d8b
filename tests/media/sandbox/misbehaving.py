"""Tasks for a media process that do what a broken or hostile decoder might; run in real processes by the tests."""

import ctypes
import gc
import hashlib
import io
import mmap
import os
import resource
import signal
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, cast

from pydantic import JsonValue

from gauntlet.core.errors import GauntletError, InvalidInput, TooLarge
from gauntlet.media.sandbox.contract import Arguments, Task, TaskResult
from gauntlet.media.sandbox.remote_file import Channel

MEGABYTE = 1 << 20


def warm_up() -> None:
    """Have nothing to do."""


def process_id(_file: BinaryIO, _arguments: Arguments) -> TaskResult:
    return TaskResult(os.getpid())


def echo(file: BinaryIO, arguments: Arguments) -> TaskResult:
    """Read where it is told to, with the ordinary calls of a file."""
    read: list[JsonValue] = []
    for step in cast("list[list[int]]", arguments["steps"]):
        file.seek(step[0], step[1])
        read.append(hashlib.sha256(file.read(step[2])).hexdigest())
    file.seek(0)
    return TaskResult(read, {"whole": file.read()})


def turn(file: BinaryIO, arguments: Arguments) -> TaskResult:
    """Say when it began, then read one byte, which the source holds back as long as it likes."""
    file.seek(0)
    file.read(1)
    return TaskResult(arguments["number"])


def sleep(_file: BinaryIO, _arguments: Arguments) -> TaskResult:
    time.sleep(600)
    return TaskResult()


def spin_holding_the_interpreter(_file: BinaryIO, _arguments: Arguments) -> TaskResult:
    # PyDLL keeps the interpreter's lock, as a binding might.
    ctypes.PyDLL(None).sleep(600)
    return TaskResult()


def swallow(_file: BinaryIO, _arguments: Arguments) -> TaskResult:
    held = [bytearray(os.urandom(16)) * (4 * MEGABYTE // 16) for _ in range(10_000)]
    return TaskResult(len(held))


def swallow_shared(_file: BinaryIO, _arguments: Arguments) -> TaskResult:
    """Take memory that the limit on a process's own data does not count."""
    held: list[mmap.mmap] = []
    while True:
        block = mmap.mmap(-1, 16 * MEGABYTE)
        for at in range(0, 16 * MEGABYTE, 4096):
            block[at] = 1
        held.append(block)


def crash(_file: BinaryIO, _arguments: Arguments) -> TaskResult:
    signal.raise_signal(signal.SIGSEGV)
    return TaskResult()


def leave(_file: BinaryIO, _arguments: Arguments) -> TaskResult:
    os._exit(3)


def stumble(_file: BinaryIO, _arguments: Arguments) -> TaskResult:
    raise KeyError("a fault of the program")


def refuse(_file: BinaryIO, _arguments: Arguments) -> TaskResult:
    raise TooLarge("Too many of them.", next_step="Take some out.", details={"field": "file", "limit": 3})


def refuse_oddly(_file: BinaryIO, _arguments: Arguments) -> TaskResult:
    class Odd(GauntletError):
        code = "odd"

    raise Odd("Not one of those that a file can be refused with.")


def refuse_politely(_file: BinaryIO, _arguments: Arguments) -> TaskResult:
    raise InvalidInput("No.", next_step="Do something else.")


def send(_file: BinaryIO, arguments: Arguments) -> TaskResult:
    """Send raw bytes to the parent, past all that frames them."""
    channel = next(thing for thing in gc.get_objects() if isinstance(thing, Channel))
    connection = cast(socket.socket, vars(channel)["_socket"])
    connection.sendall(bytes.fromhex(cast(str, arguments["frame"])))
    time.sleep(600)
    return TaskResult()


def many_blobs(_file: BinaryIO, arguments: Arguments) -> TaskResult:
    return TaskResult("value", {"first": b"1" * cast(int, arguments.get("bytes", 1)), "none": b"", "last": b"3"})


def attempts(_file: BinaryIO, arguments: Arguments) -> TaskResult:
    """Try what a media process must not be able to do; say what became of each."""
    port = cast(int, arguments["port"])
    environment: list[JsonValue] = [name for name in sorted(os.environ)]
    return TaskResult(
        {
            "environment": environment,
            "write": _outcome(lambda: Path(cast(str, arguments["path"])).write_text("stolen")),
            "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
            "no_new_privileges": _status("NoNewPrivs"),
            "connect": _outcome(lambda: socket.create_connection(("127.0.0.1", port), timeout=5)),
            "datagram": _outcome(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()),
            "secret": _outcome(lambda: Path(cast(str, arguments["secret"])).read_bytes()),
            "parent_environment": _outcome(lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes()),
            "remove": _outcome(lambda: os.unlink(cast(str, arguments["secret"]))),
            "permissions": _outcome(lambda: os.chmod(cast(str, arguments["secret"]), 0o666)),
            "process": _outcome(os.fork),
            "thread_signal": _outcome(lambda: _signal_thread_of(os.getppid())),
            "program": _outcome(lambda: subprocess.run(["/bin/true"], check=True)),
            "parent_signal": _outcome(lambda: os.kill(os.getppid(), 0)),
            "threads": _outcome(_threaded),
        }
    )


def _signal_thread_of(process_id: int) -> None:
    system = ctypes.CDLL(None, use_errno=True)
    if system.tgkill(process_id, process_id, 0) != 0:
        raise OSError(ctypes.get_errno(), "tgkill")


def _threaded() -> None:
    thread = threading.Thread(target=io.BytesIO)
    thread.start()
    thread.join()


def _status(name: str) -> str:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith(f"{name}:"))


def _outcome(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except Exception as error:
        return type(error).__name__
    return "done"


def frame(kind: bytes, header: bytes, body_bytes: int, body: bytes = b"") -> str:
    """Return raw bytes of a frame, as `send` takes them."""
    return (struct.pack("!cIQ", kind, len(header), body_bytes) + header + body).hex()


TASKS: Final[dict[str, Task]] = {
    "inspect": many_blobs,
} | {
    task.__name__: task
    for task in (
        process_id,
        echo,
        turn,
        sleep,
        spin_holding_the_interpreter,
        swallow,
        swallow_shared,
        crash,
        leave,
        stumble,
        refuse,
        refuse_oddly,
        refuse_politely,
        send,
        many_blobs,
        attempts,
    )
}

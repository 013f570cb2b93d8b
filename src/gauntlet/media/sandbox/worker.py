"""A media process: reads strangers' files one at a time, with nothing at hand but the bytes that it asks for.

Started by `media.sandbox.process` as a fresh interpreter with an empty environment. It writes no file, opens no
connection, and ends when its parent does.
"""

import gc
import importlib
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, Final, cast

from gauntlet.core.errors import GauntletError
from gauntlet.core.memory import give_back_memory
from gauntlet.core.schema import Schema
from gauntlet.media.sandbox import confinement
from gauntlet.media.sandbox.contract import Task, TaskResult
from gauntlet.media.sandbox.frames import CALL, FAILURE, READY, RESULT, Call, Failure, Result
from gauntlet.media.sandbox.remote_file import Channel, RemoteFile

_TRACE_CHARACTERS: Final = 8_000
_KEPT_BYTES: Final = 32 << 20
_NICENESS: Final = 5  # those who wait for an answer of the server's come first


class WorkerSettings(Schema):
    """What a process is started with. `task_module` has `TASKS` and `warm_up`; the descriptors are inherited.

    `readable` are files and folders that it may read beside the program.
    """

    connection: int
    lifeline: int
    memory_limit_bytes: int
    task_module: str
    import_paths: tuple[Path, ...] = ()
    readable: tuple[Path, ...] = ()


def main(settings_json: str) -> None:
    """Serve calls until the connection closes."""
    settings = WorkerSettings.model_validate_json(settings_json)
    os.nice(_NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    sys.path.extend(str(path) for path in settings.import_paths)
    confinement.give_up_rights(settings.readable)
    confinement.end_with_parent(settings.lifeline)
    module = importlib.import_module(settings.task_module)
    tasks = cast("Mapping[str, Task]", module.TASKS)
    cast("Callable[[], None]", module.warm_up)()
    gc.freeze()  # what is there now stays: looking through it after each file would cost more than a small file
    resting_bytes = confinement.resident_bytes()
    confinement.limit_memory(settings.memory_limit_bytes)
    channel = Channel(socket.socket(fileno=settings.connection))
    channel.send(READY)
    while _serve_one(channel, tasks):
        gc.collect()
        if confinement.resident_bytes() > resting_bytes + _KEPT_BYTES:
            give_back_memory()


def _serve_one(channel: Channel, tasks: Mapping[str, Task]) -> bool:
    """Carry out the next call; say whether there may be another one."""
    try:
        kind, header, _ = channel.receive()
        if kind != CALL:
            return False
        outcome = _outcome(channel, tasks, Call.model_validate_json(header))
        if isinstance(outcome, Failure):
            channel.send(FAILURE, outcome.model_dump_json().encode())
            return outcome.kind == "refused"  # after anything else the state of the libraries is anyone's guess
        result = Result(value=outcome.value, blobs={name: len(blob) for name, blob in outcome.blobs.items()})
        channel.send(RESULT, result.model_dump_json().encode(), *outcome.blobs.values())
    except (EOFError, OSError):
        return False  # the parent has closed: nobody wants the result
    return True


def _outcome(channel: Channel, tasks: Mapping[str, Task], call: Call) -> TaskResult | Failure:
    confinement.limit_processor_time(call.time_limit_s)
    file = RemoteFile(channel, call.size_bytes)
    try:
        return tasks[call.task](cast(BinaryIO, file), call.arguments)
    except GauntletError as error:
        return Failure(
            kind="refused", code=error.code, message=error.message, next_step=error.next_step, details=error.details
        )
    except MemoryError:
        return Failure(kind="memory")
    except Exception as error:
        return Failure(kind="fault", message=repr(error)[:200], trace=traceback.format_exc()[-_TRACE_CHARACTERS:])

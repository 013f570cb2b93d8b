"""What a media process gives up before it sees a stranger's file. Called in the process itself."""

import ctypes
import fcntl
import os
import resource
import signal
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from gauntlet.media.sandbox.landlock import see_only_the_program
from gauntlet.media.sandbox.seccomp import deny_reaching_out

_DESCRIPTORS_MAX: Final = 256
_SET_NO_NEW_PRIVILEGES: Final = 38  # PR_SET_NO_NEW_PRIVS, prctl(2)
_STATM: Final = Path("/proc/self/statm")
_CODE_BYTES: Final = 16 << 20  # what libraries load of themselves when first used is real memory, but no data
_CPU_GRACE_S: Final = 2


def end_with_parent(lifeline: int) -> None:
    """End this process when the other end of `lifeline` closes, which it does when the parent dies, however it does.

    A thread waits for that; on Linux the kernel ends the process by itself, though a decoder may hold the interpreter.
    """
    if sys.platform == "linux":
        signal.signal(signal.SIGIO, signal.SIG_DFL)  # which is to end
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)

    def wait() -> None:
        os.read(lifeline, 1)
        os._exit(0)

    threading.Thread(target=wait, daemon=True, name="lifeline").start()


def give_up_rights(readable: Iterable[Path]) -> None:
    """Give up writing files, leaving core dumps, gaining privileges, and all that reaches beyond this process.

    What is `readable` beside the program remains so. To be called before there is a second thread.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write fails then, instead of ending the process
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _DESCRIPTORS_MAX if hard == resource.RLIM_INFINITY else min(_DESCRIPTORS_MAX, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise OSError("the process could not give up new privileges")
    see_only_the_program(readable)
    deny_reaching_out()


def resident_bytes() -> int:
    """Return the real memory that this process has, 0 where the system does not tell."""
    return int(_STATM.read_text().split()[1]) * resource.getpagesize() if _STATM.exists() else 0


def limit_memory(limit_bytes: int) -> None:
    """Let allocations fail before the process holds more than `limit_bytes` of real memory.

    The limit of the system counts what is promised, not what is used: what this process has been promised by now
    without using it is left out. Where the system counts otherwise (or not at all), the parent's watch remains.
    """
    if not _STATM.exists():
        return
    data = int(_STATM.read_text().split()[5]) * resource.getpagesize()
    most = data + max(0, limit_bytes - resident_bytes() - _CODE_BYTES)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def limit_processor_time(further_s: float) -> None:
    """Have the kernel end this process when it has worked so much longer on all cores, whatever it is in.

    The parent is there first, if it is there at all.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + further_s * (os.cpu_count() or 1)) + _CPU_GRACE_S
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))

"""Linux's Landlock: what of the file system a process may still see. Called in the process itself, by number.

A process that reads strangers' files needs the program and its fonts, and nothing else that lies on the disk: not the
secret key, not the database, not other processes' environments. Kernels without it (before 5.13) leave that out.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

# The same numbers on every architecture; linux/landlock.h.
_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
_ASK_VERSION: Final = 1
_PATH_BENEATH: Final = 1
_READ_FILE: Final = 1 << 2
_READ_DIRECTORY: Final = 1 << 3
_RIGHTS_BY_VERSION: Final = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # each right is a bit, counted from the lowest
_NETWORK_SINCE: Final = 4
_SCOPE_SINCE: Final = 6
_BIND_AND_CONNECT: Final = 0b11
_SOCKETS_AND_SIGNALS: Final = 0b11

_SYSTEM: Final = (
    "/usr",
    "/lib",
    "/lib64",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/sys/devices/system/cpu",
)
_SPECIAL: Final = ("/proc/self", "/dev/null", "/dev/zero", "/dev/urandom")


class _RulesetAttributes(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scope", ctypes.c_uint64))


class _PathAttributes(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def landlock_version() -> int:
    """Return which version of Landlock the kernel has, 0 for none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(ctypes.CDLL(None).syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)))


def see_only_the_program(further: Iterable[Path] = ()) -> bool:
    """Let this thread, and those that it starts, read the program, system libraries and `further`, and write nothing.

    Nor may it run programs, or, where the kernel knows how, use TCP and signal others. Returns whether the kernel
    has it; needs `no new privileges` to be set.
    """
    version = landlock_version()
    if version < 1:
        return False
    system = ctypes.CDLL(None, use_errno=True)
    known = max(number for number in _RIGHTS_BY_VERSION if number <= version)
    attributes = _RulesetAttributes(
        files=(1 << _RIGHTS_BY_VERSION[known]) - 1,
        network=_BIND_AND_CONNECT if version >= _NETWORK_SINCE else 0,
        scope=_SOCKETS_AND_SIGNALS if version >= _SCOPE_SINCE else 0,
    )
    size = 24 if version >= _SCOPE_SINCE else 16 if version >= _NETWORK_SINCE else 8
    ruleset = _checked(system.syscall(_CREATE_RULESET, ctypes.byref(attributes), ctypes.c_size_t(size), 0))
    try:
        for path in {*_program(), *further, *(Path(path) for path in _SYSTEM + _SPECIAL)}:
            _allow(system, ruleset, path)
        _checked(system.syscall(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)
    return True


def _program() -> Iterable[Path]:
    return (Path(path) for path in (sys.prefix, sys.base_prefix, *sys.path) if path)


def _allow(system: ctypes.CDLL, ruleset: int, path: Path) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        allowed = _READ_FILE | (_READ_DIRECTORY if path.is_dir() else 0)
        attributes = _PathAttributes(allowed=allowed, parent=opened)
        _checked(system.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(attributes), 0))
    finally:
        os.close(opened)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"Landlock: {os.strerror(number)}")
    return result

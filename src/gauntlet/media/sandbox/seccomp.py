"""Linux's seccomp: which system calls a process may no longer make. Called in the process itself.

A list of what is denied, not of what is allowed: the decoders' own needs change with every version of a library. What
is on it would let a taken-over decoder reach the network, other processes or other programs.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from typing import Final

_SET_SECCOMP: Final = 22  # prctl(2)
_FILTER_MODE: Final = 2

# linux/audit.h; linux/seccomp.h
_ARCHITECTURES: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_ALLOW: Final = 0x7FFF0000
_DENY: Final = 0x00050000 | errno.EPERM
_UNKNOWN: Final = 0x00050000 | errno.ENOSYS
_KILL: Final = 0x80000000

# linux/bpf_common.h: load a word of the call's data, and jumps by comparing it.
_LOAD: Final = 0x20
_IF_EQUAL: Final = 0x15
_IF_AT_LEAST: Final = 0x35
_IF_ANY_BIT: Final = 0x45
_RETURN: Final = 0x06
_NUMBER_AT: Final = 0
_ARCHITECTURE_AT: Final = 4
_FIRST_ARGUMENT_AT: Final = 16

_X32_CALLS: Final = 0x40000000  # x86_64's other numbering of the same calls
_CLONE_THREAD: Final = 0x00010000

_DENIED: Final = {
    "x86_64": {
        "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50, "accept4": 288,
        "fork": 57, "vfork": 58, "execve": 59, "execveat": 322,
        "kill": 62, "tkill": 200, "rt_sigqueueinfo": 129, "rt_tgsigqueueinfo": 297, "pidfd_send_signal": 424,
        "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "pidfd_open": 434, "pidfd_getfd": 438,
        "chmod": 90, "fchmod": 91, "chown": 92, "fchown": 93, "lchown": 94, "fchownat": 260, "fchmodat": 268,
        "fchmodat2": 452, "utime": 132, "utimes": 235, "futimesat": 261, "utimensat": 280,
        "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "open_by_handle_at": 304,
        "mount": 165, "unshare": 272, "setns": 308, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323,
        "add_key": 248, "request_key": 249, "keyctl": 250, "io_uring_setup": 425,
    },
    "aarch64": {
        "socket": 198, "bind": 200, "listen": 201, "accept": 202, "connect": 203, "accept4": 242,
        "execve": 221, "execveat": 281,
        "kill": 129, "tkill": 130, "rt_sigqueueinfo": 138, "rt_tgsigqueueinfo": 240, "pidfd_send_signal": 424,
        "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271, "pidfd_open": 434, "pidfd_getfd": 438,
        "fchmod": 52, "fchmodat": 53, "fchownat": 54, "fchown": 55, "fchmodat2": 452, "utimensat": 88,
        "setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "open_by_handle_at": 265,
        "mount": 40, "unshare": 97, "setns": 268, "bpf": 280, "perf_event_open": 241, "userfaultfd": 282,
        "add_key": 217, "request_key": 218, "keyctl": 219, "io_uring_setup": 425,
    },
}  # fmt: skip
_TGKILL: Final = {"x86_64": 234, "aarch64": 131}
_CLONE: Final = {"x86_64": 56, "aarch64": 220}
_CLONE3: Final = 435


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def deny_reaching_out() -> bool:
    """Deny this thread, and those that it starts, the calls on the list; threads may still be made, processes not.

    Returns whether the kernel and the architecture have it; needs `no new privileges` to be set.
    """
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _ARCHITECTURES:
        return False
    program = _program(machine, os.getpid())
    described = _Program(length=len(program) // 8, filter=program)
    return ctypes.CDLL(None).prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(described), 0, 0) == 0


def _program(machine: str, process_id: int) -> bytes:
    """Return the filter: eight bytes an instruction, jumps count those that are passed over."""
    steps = [
        _step(_LOAD, _ARCHITECTURE_AT),
        _step(_IF_EQUAL, _ARCHITECTURES[machine], then=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER_AT),
    ]
    if machine == "x86_64":
        steps += [_step(_IF_AT_LEAST, _X32_CALLS, otherwise=1), _step(_RETURN, _KILL)]
    for number in _DENIED[machine].values():
        steps += [_step(_IF_EQUAL, number, otherwise=1), _step(_RETURN, _DENY)]
    # The C library makes threads by clone where it is told that there is no clone3, whose flags cannot be seen here.
    steps += [_step(_IF_EQUAL, _CLONE3, otherwise=1), _step(_RETURN, _UNKNOWN)]
    steps += _only_if(_CLONE[machine], _step(_IF_ANY_BIT, _CLONE_THREAD, otherwise=1))
    steps += _only_if(_TGKILL[machine], _step(_IF_EQUAL, process_id, otherwise=1))  # how abort() ends a program
    return b"".join([*steps, _step(_RETURN, _ALLOW)])


def _only_if(number: int, condition: bytes) -> list[bytes]:
    """Return the steps that allow a call when its first argument meets the condition, and else deny it."""
    look = [_step(_LOAD, _FIRST_ARGUMENT_AT), condition, _step(_RETURN, _ALLOW), _step(_RETURN, _DENY)]
    return [_step(_IF_EQUAL, number, otherwise=len(look)), *look]


def _step(code: int, value: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)

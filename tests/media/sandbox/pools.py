"""Media processes for tests: ones that misbehave as they are told, and what one sees of them from outside."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pydantic import JsonValue

from gauntlet.core.settings import MediaSettings
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.media.sandbox.process import Reply
from gauntlet.media.sandbox.sources import MemorySource

ROOT: Final = Path(__file__).parents[3]
NOTHING: Final = MemorySource(b"")


def misbehaving(processes: int = 1, *, time_limit_s: int = 8, memory_limit_bytes: int = 512_000_000) -> MediaSandbox:
    return MediaSandbox(
        MediaSettings(processes=processes, time_limit_s=time_limit_s, memory_limit_bytes=memory_limit_bytes),
        task_module="tests.media.sandbox.misbehaving",
        import_paths=(ROOT,),
    )


async def ask(sandbox: MediaSandbox, task: str, source: MemorySource = NOTHING, **arguments: JsonValue) -> Reply:
    return await sandbox.run(task, source, arguments)


async def number_of(sandbox: MediaSandbox) -> int:
    value = (await ask(sandbox, "process_id")).result.value
    assert isinstance(value, int)
    return value


def has_ended(child_id: int) -> bool:
    """Tell whether a child can be waited for: one of many threads is a zombie a little before the last of them ends."""
    return os.waitid(os.P_PID, child_id, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def is_gone(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def resident_bytes(process_id: int) -> int:
    return int(Path(f"/proc/{process_id}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.01)


class HeldSource:
    """A byte that is given only when it is let go; says who has asked for it."""

    size_bytes = 1

    def __init__(self, name: int, asked: list[int], is_free: asyncio.Event) -> None:
        self._name, self._asked, self._is_free = name, asked, is_free

    async def read(self, start: int, length: int) -> bytes:
        self._asked.append(self._name)
        await self._is_free.wait()
        return b"!"

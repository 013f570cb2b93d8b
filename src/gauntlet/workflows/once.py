"""Making a thing once for all who ask for it at the same time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Once(Generic[Made]):
    """Work in progress by key.

    Who goes away leaves it to the others; what nobody waits for any more is finished all the same.
    """

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[Made]] = {}

    async def get(self, key: str, make: Callable[[], Awaitable[Made]]) -> Made:
        """Return what `make` gives, or what it gives to somebody who asked for the same key before and still waits."""
        task = self._tasks.get(key)
        if task is None:
            task = asyncio.create_task(_awaited(make))
            self._tasks[key] = task
            task.add_done_callback(lambda done: self._forget(key, done))
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Break off whatever is in progress."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, key: str, done: asyncio.Task[Made]) -> None:
        self._tasks.pop(key, None)
        if not done.cancelled():
            done.exception()  # raised where it is waited for; where nobody waits any more it is of no use


async def _awaited(make: Callable[[], Awaitable[Made]]) -> Made:
    return await make()

"""Whose things a request touches: noted where permission is asked, told to whoever writes down what was done."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID


@dataclass(slots=True)
class Deed:
    """What is being done; the clients in the order in which permission was asked, each once."""

    clients: dict[UUID, None] = field(default_factory=dict[UUID, None])


_PRESENT: Final[ContextVar[Deed | None]] = ContextVar("deed", default=None)


@contextmanager
def deed() -> Generator[Deed]:
    """Give the deed that all inside the block belongs to."""
    present = Deed()
    token = _PRESENT.set(present)
    try:
        yield present
    finally:
        _PRESENT.reset(token)


def note_client(client_id: UUID) -> None:
    """Note that permission was given to do something with a client's things."""
    present = _PRESENT.get()
    if present is not None:
        present.clients[client_id] = None

"""What one hostile or odd file is, and what must come of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["accepted", "refused", "either"]
Fact = str | int | float | None

CANARY = b"127.0.0.1:65432"
"""Where files point that want to be fetched; the test puts in its own listener, which nobody may call."""


@dataclass(frozen=True)
class Case:
    """One upload.

    `facts` are what an answer must say where the file is taken. No duration is right for one whose clock itself lies
    (`is_timed` false). `disposition` is the raw value of the multipart header's `filename`, for names that no
    well-meaning client sends.
    """

    name: str
    build: Callable[[], bytes]
    outcome: Outcome
    reason: str
    file_name: str = "file"
    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])
    declared_type: str = "application/octet-stream"
    disposition: bytes | None = None
    is_timed: bool = True

    def __str__(self) -> str:
        return self.name


def given(data: bytes) -> Callable[[], bytes]:
    """Return a builder of bytes that are at hand."""
    return lambda: data

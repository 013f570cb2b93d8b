"""What the server and a media process say to each other: a JSON header and raw bytes, nothing that could run.

A frame is its kind, the lengths of header and body, then both. The process is not trusted: what it sends is measured
before it is read and checked against a schema before it is used.
"""

import struct
from typing import Final, Literal

from pydantic import Field, JsonValue

from gauntlet.core.errors import Detail
from gauntlet.core.schema import Schema

PREFIX: Final = struct.Struct("!cIQ")
"""Kind, bytes of the header, bytes of the body."""

READ: Final = struct.Struct("!QI")
"""The body of a `read` frame: where from, and how many bytes."""

HEADER_MAX_BYTES: Final = 1 << 20
READ_MAX_BYTES: Final = 1 << 20

CALL: Final = b"C"
READY: Final = b"W"
WANTS: Final = b"R"
BYTES: Final = b"B"
RESULT: Final = b"V"
FAILURE: Final = b"E"


class Call(Schema):
    """What to do with a file of so many bytes."""

    task: str
    size_bytes: int = Field(ge=0)
    time_limit_s: float = Field(gt=0)
    patience_s: float = Field(ge=0, description="How much waiting for a core is forgiven.")
    arguments: dict[str, JsonValue]


class Result(Schema):
    """What came of it; the body holds the blobs one after the other."""

    value: JsonValue = None
    blobs: dict[str, int] = Field(default_factory=dict[str, int])


class Failure(Schema):
    """Why nothing came of it: an error on purpose (`refused`), no memory left, or a fault of ours with its `trace`."""

    kind: Literal["refused", "memory", "fault"]
    code: str = ""
    message: str = ""
    next_step: str | None = None
    details: dict[str, Detail] = Field(default_factory=dict[str, Detail])
    trace: str = ""


def packed(kind: bytes, header: bytes = b"", body_bytes: int = 0) -> bytes:
    """Return the start of a frame; its body follows."""
    return PREFIX.pack(kind, len(header), body_bytes) + header

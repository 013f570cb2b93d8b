"""What is told of stored bytes: totals, what a check found, how far a move is."""

from typing import Literal

from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema
from gauntlet.storage.contents import StoreName

CheckDepth = Literal["sizes", "hashes"]
FindingKind = Literal[
    "missing_bytes",
    "wrong_size",
    "wrong_bytes",
    "unreadable_bytes",
    "sound_again",
    "unfinished_content",
    "stray_bytes",
    "dangling_reference",
    "wrong_usage",
]


class StoreTotals(Schema):
    """One store, as the index knows it: what lies in it of whole blobs, and of unfinished or discarded contents."""

    store: StoreName
    is_default: bool
    is_configured: bool
    blobs: int
    size_bytes: int
    unfinished: int


class StorageStats(Schema):
    """Where space goes, over all stores.

    `size_bytes` is what blobs take, each counted once; `referenced_bytes` what they would take if each row that refers
    to one had its own. `unreferenced_…` is what the sweeper removes unless somebody comes back for it.
    """

    stores: tuple[StoreTotals, ...]
    blobs: int
    size_bytes: int
    references: int
    referenced_bytes: int
    unreferenced_blobs: int
    unreferenced_bytes: int
    damaged_blobs: int


class Finding(Schema):
    """Something that does not agree, and what was done or can be done about it.

    `subject` is a digest, a name in a store, or a table's column. `was_repaired` is only true where nothing is left to
    do.
    """

    kind: FindingKind
    store: StoreName | None = None
    subject: str
    message: str
    was_repaired: bool = False
    next_step: str | None = None


class CheckProgress(Schema):
    """How far a check is; `last_digest` is where one that was broken off can go on."""

    blobs_checked: int
    blobs: int
    bytes_read: int
    last_digest: Digest | None


class MoveProgress(Schema):
    """How far a move is."""

    source: StoreName
    target: StoreName
    blobs_moved: int
    bytes_moved: int
    blobs: int
    size_bytes: int


class MoveReport(Schema):
    """What a move did. What could not be moved lies where it lay; `remaining` counts all blobs that still do."""

    source: StoreName
    target: StoreName
    blobs_moved: int
    bytes_moved: int
    remaining: int
    failures: tuple[Finding, ...]

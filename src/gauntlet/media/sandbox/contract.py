"""What a task is, and what the one for every upload is told and says: all that the server needs to know of tasks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from pydantic import JsonValue

from gauntlet.core.schema import Schema
from gauntlet.media.facts import MediaFacts
from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.reference_limits import ReferenceLimits
from gauntlet.media.waveforms import Waveform

Arguments: TypeAlias = Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What a task hands back: a value that JSON can carry, and named bytes beside it."""

    value: JsonValue = None
    blobs: Mapping[str, bytes] = field(default_factory=dict[str, bytes])


Task: TypeAlias = Callable[[BinaryIO, Arguments], TaskResult]


class InspectArguments(Schema):
    """What the task `inspect` is told."""

    limits: InspectionLimits
    font_files: tuple[Path, ...] = ()


class InspectValue(Schema):
    """What the task `inspect` says, beside its blobs `thumbnail`, `rendition` and `replacement`."""

    facts: MediaFacts
    width: int | None = None
    height: int | None = None
    waveform: Waveform | None = None


class ReferenceArguments(Schema):
    """What the task `look_at_reference` is told."""

    limits: ReferenceLimits
    font_files: tuple[Path, ...] = ()


INSPECT_BLOBS: Final = ("thumbnail", "rendition", "replacement")

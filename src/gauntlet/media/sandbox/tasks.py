"""What can be done with a file inside a media process. Calls come from the server, files from anyone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from pydantic import JsonValue

from gauntlet.core.schema import Schema
from gauntlet.media.conform import ClipSpec, SoundSpec, conform_clip, conform_sound
from gauntlet.media.facts import MediaFacts
from gauntlet.media.footage import StretchWish, choose_stretch
from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.inspector import inspect
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


INSPECT_BLOBS: Final = ("thumbnail", "rendition", "replacement")


def inspect_file(file: BinaryIO, arguments: Arguments) -> TaskResult:
    """Look into the file, see `media.inspector`."""
    told = InspectArguments.model_validate(arguments)
    seen = inspect(file, limits=told.limits, font_files=told.font_files)
    value = InspectValue(facts=seen.facts, width=seen.width, height=seen.height, waveform=seen.waveform)
    blobs = {"thumbnail": seen.thumbnail, "rendition": seen.rendition, "replacement": seen.replacement}
    return TaskResult(
        value=value.model_dump(mode="json"), blobs={name: blob for name, blob in blobs.items() if blob is not None}
    )


def conform_clip_of(file: BinaryIO, arguments: Arguments) -> TaskResult:
    """Make a stretch of a film ready for an ad, see `media.conform`."""
    return TaskResult(blobs={"media": conform_clip(file, ClipSpec.model_validate(arguments))})


def conform_sound_of(file: BinaryIO, arguments: Arguments) -> TaskResult:
    """Make a stretch of a sound ready for an ad, see `media.conform`."""
    return TaskResult(blobs={"media": conform_sound(file, SoundSpec.model_validate(arguments))})


def choose_stretch_of(file: BinaryIO, arguments: Arguments) -> TaskResult:
    """Say which stretch of a film to show, see `media.footage`."""
    return TaskResult(value=choose_stretch(file, StretchWish.model_validate(arguments)).model_dump(mode="json"))


TASKS: Final[dict[str, Task]] = {
    "inspect": inspect_file,
    "conform_clip": conform_clip_of,
    "conform_sound": conform_sound_of,
    "choose_stretch": choose_stretch_of,
}

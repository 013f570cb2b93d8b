"""What can be done with a file inside a media process. Calls come from the server, files from anyone."""

from typing import BinaryIO, Final

import cv2

from gauntlet.media.conform import ClipSpec, SoundSpec, conform_clip, conform_sound
from gauntlet.media.footage import StretchWish, choose_stretch
from gauntlet.media.inspector import inspect
from gauntlet.media.references import look_at_reference
from gauntlet.media.sandbox.contract import (
    Arguments,
    InspectArguments,
    InspectValue,
    ReferenceArguments,
    Task,
    TaskResult,
)


def warm_up() -> None:
    """Touch what every file needs, before the first one waits for it."""
    # One file has one core: OpenCV's own threads would only take turns with the other processes.
    cv2.setNumThreads(1)


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


def look_at_reference_of(file: BinaryIO, arguments: Arguments) -> TaskResult:
    """Look at a reference picture or film, see `media.references`."""
    told = ReferenceArguments.model_validate(arguments)
    seen = look_at_reference(file, limits=told.limits, font_files=told.font_files)
    blobs = {f"{place:02}": jpeg for place, jpeg in enumerate(seen.jpegs)}
    return TaskResult(value=seen.measured.model_dump(mode="json"), blobs=blobs)


TASKS: Final[dict[str, Task]] = {
    "inspect": inspect_file,
    "conform_clip": conform_clip_of,
    "conform_sound": conform_sound_of,
    "choose_stretch": choose_stretch_of,
    "look_at_reference": look_at_reference_of,
}

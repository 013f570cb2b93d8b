"""Conforming in the sandbox: orders in, checked answers out."""

from typing import Final

from pydantic import ValidationError

from gauntlet.core.creative.formats import FPS
from gauntlet.core.errors import InvalidInput
from gauntlet.media.conform import CLIP_BYTES_MAX, SAMPLE_RATE_HZ, ClipSpec, SoundSpec
from gauntlet.media.footage import Stretch, StretchWish
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.media.sandbox.sources import ByteSource

_TIME_LIMIT_S: Final = 30.0
_TIME_A_SECOND_S: Final = 12.0
"""A second of 4K film takes about a tenth of that on a slow core."""

_PATIENCE: Final = 3.0  # nobody waits at the door for these
_STRETCH_TIME_LIMIT_S: Final = 20.0
_BYTES_A_SAMPLE: Final = 4


class Conformer:
    """Cuts, scales and converts clients' films and sounds for ads.

    Every method raises InvalidInput for a file that cannot be decoded, or not within its limits.
    """

    def __init__(self, sandbox: MediaSandbox) -> None:
        self._sandbox = sandbox

    async def choose_stretch(self, source: ByteSource, wish: StretchWish) -> Stretch:
        """Return the stretch of a film that an ad should show, see `media.footage`."""
        arguments = wish.model_dump(mode="json")
        reply = await self._sandbox.run(
            "choose_stretch", source, arguments, time_limit_s=_STRETCH_TIME_LIMIT_S, patience=_PATIENCE
        )
        try:
            return Stretch.model_validate(reply.result.value)
        except ValidationError as error:
            raise _nonsense() from error

    async def conform(self, source: ByteSource, spec: ClipSpec | SoundSpec) -> bytes:
        """Return what `media.conform` makes of the file."""
        if isinstance(spec, ClipSpec):
            task, seconds, most = "conform_clip", spec.frames / FPS, 2 * CLIP_BYTES_MAX
        else:
            task, seconds, most = "conform_sound", spec.samples / SAMPLE_RATE_HZ, spec.samples * _BYTES_A_SAMPLE
        reply = await self._sandbox.run(
            task,
            source,
            spec.model_dump(mode="json"),
            time_limit_s=_TIME_LIMIT_S + _TIME_A_SECOND_S * seconds,
            patience=_PATIENCE,
            reply_max_bytes=most + 1_000,
            is_long=True,
        )
        media = reply.blobs.get("media")
        if not media:
            raise _nonsense()
        return media


def _nonsense() -> InvalidInput:
    return InvalidInput(
        "The file made its decoder give an invalid answer.",
        next_step="Save it again as an ordinary MP4 (H.264) or MP3, upload that and use it instead.",
    )

"""Looking at references in the sandbox: what a media process answers is checked before it is used."""

from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from gauntlet.core.creative.reference import ReferenceFacts
from gauntlet.core.errors import InvalidInput
from gauntlet.media.reference_limits import Measured, ReferenceLimits
from gauntlet.media.sandbox.contract import ReferenceArguments
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.media.sandbox.sources import ByteSource

_TIME_LIMIT_S: Final = 15.0
_REPLY_MAX_BYTES: Final = 16_000_000
_JPEG_START: Final = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Look:
    """What is measured of a reference, and small JPEGs of it with what each of them shows."""

    facts: ReferenceFacts
    pictures: tuple[tuple[str, bytes], ...]


class ReferenceReader:
    """Looks at references in media processes."""

    def __init__(self, sandbox: MediaSandbox, *, limits: ReferenceLimits | None = None) -> None:
        self._sandbox = sandbox
        self._limits = limits or ReferenceLimits()

    async def look(self, source: ByteSource, *, name: str) -> Look:
        """Return what `media.references` sees; raises as it does."""
        arguments = ReferenceArguments(limits=self._limits, font_files=self._sandbox.font_files)
        reply = await self._sandbox.run(
            "look_at_reference",
            source,
            arguments.model_dump(mode="json"),
            time_limit_s=_TIME_LIMIT_S,
            reply_max_bytes=_REPLY_MAX_BYTES,
            is_long=True,
        )
        try:
            measured = Measured.model_validate(reply.result.value)
            facts = ReferenceFacts(name=name[:200], **{field: getattr(measured, field) for field in _SHARED_FIELDS})
        except ValidationError as error:
            raise _nonsense() from error
        jpegs = [reply.blobs[key] for key in sorted(reply.blobs)]
        labels = [f"reference, at {at_s:g} s" for at_s in measured.seconds] or ["reference"]
        if len(jpegs) != len(labels) or any(not jpeg.startswith(_JPEG_START) for jpeg in jpegs):
            raise _nonsense()
        return Look(facts=facts, pictures=tuple(zip(labels, jpegs, strict=True)))


_SHARED_FIELDS: Final = ("media", "width", "height", "duration_s", "colours", "light")


def _nonsense() -> InvalidInput:
    return InvalidInput(
        "The reference made its decoder give an invalid answer.",
        next_step="Save it again as an ordinary JPEG or MP4 (H.264) and use that.",
        details={"field": "reference"},
    )

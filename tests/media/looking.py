"""Looking into bytes as an upload is looked into, and taking from it the part that a test is about."""

import io

from gauntlet.media.facts import ImageFacts
from gauntlet.media.inspection import Inspection, InspectionLimits
from gauntlet.media.inspector import inspect

LIMITS = InspectionLimits()


def look(data: bytes, limits: InspectionLimits = LIMITS) -> Inspection:
    return inspect(io.BytesIO(data), limits=limits)


def facts_of(data: bytes, limits: InspectionLimits = LIMITS) -> ImageFacts:
    """Return the facts of what must be a picture."""
    facts = look(data, limits).facts
    assert isinstance(facts, ImageFacts)
    return facts


def thumbnail_of(data: bytes, *, size: int) -> bytes:
    """Return a picture's thumbnail, made to fit in a square of that size."""
    thumbnail = look(data, InspectionLimits(thumbnail_px=size)).thumbnail
    assert thumbnail is not None
    return thumbnail


def rendition_of(data: bytes, *, longest_px: int) -> bytes:
    """Return the PNG that is shown in a drawing's place."""
    rendition = look(data, InspectionLimits(rendition_px=longest_px)).rendition
    assert rendition is not None
    return rendition


def replacement_of(data: bytes) -> bytes:
    """Return what is kept of a file that may not be kept as it came."""
    replacement = look(data).replacement
    assert replacement is not None
    return replacement

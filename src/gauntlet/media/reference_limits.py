"""How much a reference may be, and what is said of it: all that the server needs to know of looking at one."""

from typing import Literal

from pydantic import Field

from gauntlet.core.creative.colour import HexColour
from gauntlet.core.creative.reference import LightFacts
from gauntlet.core.schema import Schema
from gauntlet.media.inspection import MEGABYTE


class ReferenceLimits(Schema):
    """How much a reference may be, and how large the pictures made of it become."""

    picture_max_bytes: int = Field(default=10 * MEGABYTE, ge=1)
    film_max_bytes: int = Field(default=50 * MEGABYTE, ge=1)
    film_max_s: float = Field(default=60.0, gt=0)
    longest_px: int = Field(default=1_024, ge=16, le=2_048)
    pixel_limit: int = Field(default=100_000_000, ge=1)


class Measured(Schema):
    """What was measured; `seconds` are the places of a film's pictures, one for each JPEG."""

    media: Literal["picture", "footage"]
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    duration_s: float | None = Field(default=None, gt=0)
    colours: tuple[HexColour, ...]
    light: LightFacts
    seconds: tuple[float, ...] = ()

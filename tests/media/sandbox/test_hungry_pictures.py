"""Pictures whose decoders end the process when they get no memory are refused before, with the limit named."""

import base64
from collections.abc import AsyncGenerator
from typing import Literal

import numpy as np
import pytest
import pyvips
from numpy.typing import NDArray

from gauntlet.core.errors import TooLarge
from gauntlet.core.settings import MediaSettings
from gauntlet.media.inspection import MEGABYTE, InspectionLimits
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.media.sandbox.sources import MemorySource
from tests.pictures import encoded

Shape = Literal["gif", "moving gif", "png in a drawing", "jpg in a drawing"]
SHAPES: tuple[Shape, ...] = ("gif", "moving gif", "png in a drawing", "jpg in a drawing")
LIMITS = InspectionLimits()


@pytest.fixture
async def sandbox() -> AsyncGenerator[MediaSandbox]:
    settings = MediaSettings(processes=1, time_limit_s=60, memory_limit_bytes=256 * MEGABYTE)
    async with MediaSandbox(settings) as opened:
        yield opened


def made(shape: Shape, *, megapixels: int) -> bytes:
    side = int((megapixels * 1e6) ** 0.5)
    pixels = np.zeros((side, side, 3), dtype=np.uint8)
    pixels[: side // 2] = (200, 90, 20)
    match shape:
        case "gif":
            return encoded(pixels, "gif")
        case "moving gif":
            return _moving(pixels)
        case "png in a drawing":
            return _drawing(encoded(pixels, "png"), "png")
        case "jpg in a drawing":
            return _drawing(encoded(pixels, "jpg"), "jpeg")


def _moving(pixels: NDArray[np.uint8]) -> bytes:
    pages = [pyvips.Image.new_from_array(page) for page in (pixels, pixels[::-1])]
    film = pyvips.Image.arrayjoin(pages, across=1).copy(interpretation="srgb")
    film.set_type(pyvips.GValue.gint_type, "page-height", len(pixels))
    return film.write_to_buffer(".gif")


def _drawing(picture: bytes, kind: str) -> bytes:
    embedded = base64.b64encode(picture).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">'
        f'<image href="data:image/{kind};base64,{embedded}" width="100" height="100"/></svg>'
    ).encode()


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_picture_that_does_not_fit_in_memory_is_too_large_and_not_damaged(
    sandbox: MediaSandbox, shape: Shape
) -> None:
    with pytest.raises(TooLarge, match="more than 256 MB of memory") as refused:
        await sandbox.inspect(MemorySource(made(shape, megapixels=40)), limits=LIMITS)

    assert refused.value.details == {"field": "file", "limit": 256 * MEGABYTE}
    assert refused.value.next_step is not None
    assert "fewer pixels" in refused.value.next_step


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_picture_that_fits_in_memory_is_taken(sandbox: MediaSandbox, shape: Shape) -> None:
    seen = await sandbox.inspect(MemorySource(made(shape, megapixels=12)), limits=LIMITS)

    assert seen.facts.type == "image"
    assert seen.thumbnail is not None

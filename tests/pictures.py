"""Small real pictures, made when a test asks for one."""

import struct
import zlib
from typing import Literal, cast

import numpy as np
import pyvips
from numpy.typing import NDArray

Kind = Literal["jpg", "png", "webp", "gif"]

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200">
<circle cx="75" cy="100" r="50" fill="#E4572E"/></svg>"""


def scene(width: int = 300, height: int = 200, *, at: tuple[float, float] = (0.25, 0.5)) -> NDArray[np.uint8]:
    """Return H×W×3: a warm disc on a cool, slightly uneven ground."""
    y, x = np.mgrid[0:height, 0:width]
    pixels = np.empty((height, width, 3), dtype=np.uint8)
    pixels[:] = (40, 70, 90)
    pixels[..., 2] += ((x + y) % 7).astype(np.uint8)
    radius = min(width, height) / 5
    pixels[(x - at[0] * width) ** 2 + (y - at[1] * height) ** 2 < radius**2] = (228, 87, 46)
    return pixels


def noise(width: int = 400, height: int = 300) -> NDArray[np.uint8]:
    """Return H×W×3 that does not compress, so that every part of the file matters."""
    return np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)


def encoded(pixels: NDArray[np.uint8], kind: Kind, *, orientation: int | None = None) -> bytes:
    """Return a picture file of H×W×3 or H×W×4 pixels."""
    image = pyvips.Image.new_from_array(pixels).copy(interpretation="srgb")
    if orientation is not None:
        image.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    return image.write_to_buffer(f".{kind}")


def cut_out(width: int = 200, height: int = 200) -> NDArray[np.uint8]:
    """Return H×W×4: a green block in the lower right, all else transparent."""
    pixels = np.zeros((height, width, 4), dtype=np.uint8)
    pixels[height // 2 : height * 9 // 10, width // 2 : width * 9 // 10] = (30, 160, 90, 255)
    return pixels


def decoded(data: bytes) -> NDArray[np.uint8]:
    """Return a picture file's pixels."""
    return cast("NDArray[np.uint8]", pyvips.Image.new_from_buffer(data, "").numpy())


def huge_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a PNG whose header promises more than its few bytes hold."""
    rows = zlib.compress(b"\0" * 1000)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def animated_gif(frames: int = 3) -> bytes:
    """Return a GIF of several frames."""
    pages = [pyvips.Image.new_from_array(scene(64, 48, at=(0.2 + 0.2 * n, 0.5))) for n in range(frames)]
    film = pyvips.Image.arrayjoin(pages, across=1).copy(interpretation="srgb")
    film.set_type(pyvips.GValue.gint_type, "page-height", 48)
    return film.write_to_buffer(".gif")

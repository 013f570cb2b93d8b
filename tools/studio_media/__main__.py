"""Make media for a studio that looks lived in, as its browser tests fill one: `python -m tools.studio_media FOLDER`."""

import sys
from pathlib import Path
from typing import Final, Literal

import cv2
import numpy as np

from gauntlet.media.vector import rasterise
from tools.studio_media.papers import pdf
from tools.studio_media.recordings import film, sound
from tools.studio_media.stills import Still, drawn, logo

Kind = Literal["jpg", "png", "webp"]

_STILLS: Final[dict[str, Still]] = {
    "lamp-oat-morning.jpg": Still("lamp-oat", "#E2D3B8", "#B9A58C", 1200, 1500),
    "lamp-pine-shelf.jpg": Still("lamp-pine", "#2F5A4A", "#4B5B57", 1500, 1000, 0.4),
    "lamp-terracotta-square.jpg": Still("lamp-terracotta", "#C4532F", "#6E4A4C", 1200, 1200),
    "lamp-night-story.jpg": Still("lamp-terracotta", "#C4532F", "#2B2030", 900, 1600),
    "lamp-old-shelf.jpg": Still("lamp-oat", "#E2D3B8", "#7C6A72", 1500, 1000, 0.6),
    "reading-corner.webp": Still("vase", "#C9B79C", "#8A6B5A", 1500, 1000, 0.3),
    "espresso.jpg": Still("cup", "#1F6F5C", "#D9C7A3", 1200, 1500),
    "cardamom-coffee.jpg": Still("cup", "#B5652B", "#EAD9B8", 1200, 1200),
    "house-blend.png": Still("bag", "#1F6F5C", "#E8D6AE", 1200, 1500),
    "dates.jpg": Still("bowl", "#8C4A2B", "#C8A56A", 1500, 1000),
    "honey.webp": Still("jar", "#C98A2B", "#3C5A50", 1200, 1200),
    "terrace-story.jpg": Still("cup", "#F1E4C8", "#2E7B6A", 900, 1600),
    "blue-vase.jpg": Still("vase", "#3F5F8A", "#C3C9D1", 1200, 1500),
    "stoneware-bowl.jpg": Still("bowl", "#6C7A86", "#D8D2C6", 1500, 1000),
    "storage-jar.png": Still("jar", "#8FA3A0", "#E4DED3", 1200, 1200),
    "tall-vase.jpg": Still("vase", "#A65A49", "#5E6A70", 900, 1600),
}
_QUALITY: Final = {"jpg": cv2.IMWRITE_JPEG_QUALITY, "webp": cv2.IMWRITE_WEBP_QUALITY}
_LOGOS: Final = {"palm-logo.svg": ("#1F6F5C", "#F4E9CF"), "pottery-logo.svg": ("#3F5F8A", "#F0EDE6")}
_GUIDELINES: Final = (
    ("Who we are", "We make light for the end of the day.", "One lamp, three finishes, no cable."),
    ("Colour", "Terracotta leads, oat carries, brass is for one detail.", "Dusk is the night and the text."),
    ("Voice", "Quiet and warm. Short sentences.", "Never loud, never technical."),
)


def main(folder: Path) -> None:
    """Write all of it into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, still in _STILLS.items():
        (folder / name).write_bytes(_pictured(still, Path(name).suffix[1:]))
    for name, colours in _LOGOS.items():
        (folder / name).write_text(logo(*colours), encoding="utf-8")
    _write_recordings(folder)
    _write_papers(folder)


def _pictured(still: Still, kind: str) -> bytes:
    pixels = _pixels(still)
    options = [_QUALITY[kind], 84] if kind in _QUALITY else []
    done, data = cv2.imencode(f".{kind}", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), options)
    if not done:
        raise ValueError(f"the picture could not be encoded as {kind}")
    return data.tobytes()


def _pixels(still: Still) -> np.typing.NDArray[np.uint8]:
    return rasterise(drawn(still), width=still.width, height=still.height)[..., :3].copy()


def _write_recordings(folder: Path) -> None:
    evening, coffee = _pixels(_STILLS["lamp-night-story.jpg"]), _pixels(_STILLS["dates.jpg"])
    shelf, vase = _pixels(_STILLS["lamp-pine-shelf.jpg"]), _pixels(_STILLS["blue-vase.jpg"])
    films = {
        "evening-walk.mp4": film(evening, "mp4", width=360, height=640, duration_s=6),
        "shelf-pan.webm": film(shelf, "webm", width=640, height=360, duration_s=4),
        "market-morning.mp4": film(coffee, "mp4", width=640, height=360, duration_s=5),
        "wheel.mov": film(vase, "mov", width=480, height=600, duration_s=4),
    }
    sounds = {
        "evening-bed.mp3": sound("mp3", duration_s=16, root_hz=196.0),
        "dial-click.wav": sound("wav", duration_s=3, root_hz=329.6),
        "oud-sketch.ogg": sound("ogg", duration_s=12, root_hz=146.8),
    }
    for name, data in (films | sounds).items():
        (folder / name).write_bytes(data)


def _write_papers(folder: Path) -> None:
    pages = [list(page) for page in _GUIDELINES]
    (folder / "brand-guidelines.pdf").write_bytes(pdf("Kvelda brand guidelines", pages))
    (folder / "price-list.pdf").write_bytes(pdf("Price list", [["Kvelda One, terracotta", "Kvelda One, oat"]]))
    said = "Evening light, calm rooms, one object at a time.\n\nTake these pictures after sunset.\n"
    (folder / "shooting-notes.txt").write_text(said, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Turns five of the pages that `make e2e` looks at into the README's pictures: `python -m tools.readme_pictures`."""

import sys
from pathlib import Path
from typing import Final

import cv2

ROOT: Final = Path(__file__).parents[1]
SCREENSHOTS: Final = ROOT / "web" / "screenshots"
PICTURES: Final = ROOT / "docs" / "pictures"

CHOSEN: Final = {
    "home": "home-1440-light",
    "storyboard": "ad-storyboard-1440-light",
    "film": "ad-film-1440-light",
    "timeline": "timeline-1440-dark",
    "library": "library-1440-light",
}
HEIGHT_PX: Final = 900
LARGEST_BYTES: Final = 150_000
_QUALITIES: Final = range(90, 40, -5)


def within(data: cv2.typing.MatLike, *, largest_bytes: int) -> bytes:
    """Return the picture as WebP, as good as the size allows."""
    for quality in _QUALITIES:
        done, encoded = cv2.imencode(".webp", data, [cv2.IMWRITE_WEBP_QUALITY, quality])
        if done and encoded.size <= largest_bytes:
            return encoded.tobytes()
    raise ValueError(f"the picture cannot be kept in {largest_bytes} bytes")


def main() -> int:
    """Return the exit code."""
    for name, screenshot in CHOSEN.items():
        source = SCREENSHOTS / f"{screenshot}.png"
        seen = cv2.imread(str(source))
        if seen is None:
            print(f"{source} is not there; `make e2e` makes it.", file=sys.stderr)  # noqa: T201  # a tool's words
            return 1
        PICTURES.mkdir(parents=True, exist_ok=True)
        (PICTURES / f"{name}.webp").write_bytes(within(seen[:HEIGHT_PX], largest_bytes=LARGEST_BYTES))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Platforms, aspect ratios and safe areas, as dated data with their sources."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

FPS: Final = 30
"""Frames a second of every film; all video time is counted in these frames."""

DURATION_MIN_S: Final = 5
DURATION_MAX_S: Final = 180
PROMPT_MAX_CHARACTERS: Final = 5_000
SCENES_MIN: Final = 5
SCENES_MAX: Final = 8


class AspectRatio(StrEnum):
    """Width to height of the film."""

    VERTICAL = "9:16"
    PORTRAIT = "4:5"
    SQUARE = "1:1"
    LANDSCAPE = "16:9"


class Platform(StrEnum):
    """Where the ad will run."""

    TIKTOK = "tiktok"
    INSTAGRAM = "instagram"
    YOUTUBE = "youtube"
    FACEBOOK = "facebook"


PLATFORM_NAMES: Final[dict[Platform, str]] = {
    Platform.TIKTOK: "TikTok",
    Platform.INSTAGRAM: "Instagram",
    Platform.YOUTUBE: "YouTube",
    Platform.FACEBOOK: "Facebook",
}
"""As the platforms write themselves."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """A film's size in pixels."""

    width: int
    height: int


CANVASES: Final[dict[AspectRatio, Canvas]] = {
    AspectRatio.VERTICAL: Canvas(1080, 1920),
    AspectRatio.PORTRAIT: Canvas(1080, 1350),
    AspectRatio.SQUARE: Canvas(1080, 1080),
    AspectRatio.LANDSCAPE: Canvas(1920, 1080),
}

DEFAULT_ASPECT: Final[dict[Platform, AspectRatio]] = {
    Platform.TIKTOK: AspectRatio.VERTICAL,
    Platform.INSTAGRAM: AspectRatio.VERTICAL,
    Platform.YOUTUBE: AspectRatio.LANDSCAPE,
    Platform.FACEBOOK: AspectRatio.PORTRAIT,
}


@dataclass(frozen=True, slots=True)
class SafeArea:
    """Margins, as fractions of the canvas, outside which nothing that must be read may lie."""

    top: float
    right: float
    bottom: float
    left: float
    source: str
    as_of: date


_AD_TOOLS = "safe-zone charts published by ad-tool vendors, strictest taken"
_TITLE_SAFE = "5 % title-safe margin, broadcast practice"
_AS_OF = date(2026, 11, 1)

_VERTICAL_SAFE: Final[dict[Platform, SafeArea]] = {
    Platform.TIKTOK: SafeArea(150 / 1920, 150 / 1080, 440 / 1920, 60 / 1080, _AD_TOOLS, _AS_OF),
    Platform.INSTAGRAM: SafeArea(0.14, 0.06, 0.35, 0.06, _AD_TOOLS, _AS_OF),
    Platform.YOUTUBE: SafeArea(0.14, 0.06, 0.35, 0.06, _AD_TOOLS, _AS_OF),
    Platform.FACEBOOK: SafeArea(0.14, 0.06, 0.35, 0.06, _AD_TOOLS, _AS_OF),
}
_OTHER_SAFE: Final = SafeArea(0.06, 0.06, 0.08, 0.06, _TITLE_SAFE, _AS_OF)


def safe_area(*, platform: Platform, aspect: AspectRatio) -> SafeArea:
    """Return the margins in which `platform` draws its own controls over a film of that aspect."""
    return _VERTICAL_SAFE[platform] if aspect is AspectRatio.VERTICAL else _OTHER_SAFE
